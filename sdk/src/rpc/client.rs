//! Sending without blocking the thread.

use {
    super::endpoint::AsyncRpcTransport,
    crate::{
        Hash, Instruction, Pubkey, Signer, VersionedTransaction,
        client::{
            error::ClientError,
            sending::{self, Chain, Signers},
        },
        fate::InFlight,
        transactions::{Manner, Rehearsal},
        transport::{Outcome, TransportError},
    },
};

impl Chain for AsyncRpcTransport {
    async fn latest_blockhash(&self) -> Result<Hash, TransportError> {
        self.latest_blockhash().await
    }

    async fn simulate(&self, transaction: &VersionedTransaction) -> Result<Outcome, TransportError> {
        self.simulate(transaction).await
    }

    async fn recent_fees(&self, written: &[Pubkey]) -> Result<Vec<u64>, TransportError> {
        self.recent_fees(written).await
    }

    async fn in_flight(&self, transaction: &VersionedTransaction) -> Result<InFlight, TransportError> {
        self.in_flight(transaction).await
    }

    async fn send(&self, transaction: &VersionedTransaction) -> Result<Outcome, TransportError> {
        self.send(transaction).await
    }
}

/// A signer that may be shared between threads.
type Key = dyn Signer + Send + Sync;

impl AsyncRpcTransport {
    /// What instructions would do and ask for as one transaction that `payer` pays for, and what that would
    /// cost. Nobody signs.
    ///
    /// # Errors
    ///
    /// A refusal, and when the chain cannot be asked.
    pub async fn rehearse(
        &self,
        instructions: &[Instruction],
        payer: &Pubkey,
        manner: &Manner<'_>,
    ) -> Result<Rehearsal, ClientError> {
        sending::rehearse(self, manner, instructions, payer).await
    }

    /// Simulates instructions, asks for what they need, signs and sends them as one transaction, and waits.
    /// Before a transaction is sent, `note` is given what to keep of it, each time that it is signed; if it
    /// fails nothing is sent.
    ///
    /// It signs anew, at most twice, only when the transaction before is certainly in no block and never will
    /// be. When that is not known ([`TransportError::Unknown`]) it gives up.
    ///
    /// # Errors
    ///
    /// A key that cannot sign, a refusal, what `note` fails with, and when the chain cannot be asked.
    /// [`TransportError`] tells whether the transaction may have landed.
    pub async fn send_instructions<E: From<ClientError>>(
        &self,
        instructions: &[Instruction],
        payer: &Key,
        others: &[&Key],
        manner: &Manner<'_>,
        note: impl FnMut(&InFlight) -> Result<(), E>,
    ) -> Result<Outcome, E> {
        sending::send(self, manner, instructions, Signers { payer, others }, note).await
    }
}
