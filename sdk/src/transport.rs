//! A chain, seen from a client: read accounts, simulate, send. The same code runs against the embedded chain
//! and against JSON-RPC.

use {
    crate::{
        Hash, Pubkey, Signature, VersionedTransaction,
        errors::Refusal,
        fate::{Fate, InFlight},
    },
    thiserror::Error,
};

/// An account's state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawAccount {
    /// Lamports.
    pub lamports: u64,
    /// The program that owns it.
    pub owner: Pubkey,
    /// Its data.
    pub data: Vec<u8>,
}

/// What a transaction did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Its first signature.
    pub signature: Signature,
    /// Compute units that it used; 0 where the node does not say.
    pub compute_units: u64,
    /// Bytes of accounts that it loaded, programs included; 0 where the node does not say.
    pub loaded_bytes: u32,
    /// Its log; empty where the node does not keep it.
    pub logs: Vec<String>,
}

/// Why a transport has no answer. Only [`TransportError::Unknown`] leaves open whether a transaction that was
/// to be sent has landed, or will.
#[derive(Debug, Error)]
pub enum TransportError {
    /// The chain refused the transaction, before it was sent or in the block in which it landed; but for the
    /// fee nothing has changed.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// The transaction was sent, is in no block, and no block can contain it any more. It may be signed anew.
    #[error("transaction {signature} has expired: it is in no block, and none can contain it any more")]
    Absent {
        /// Its first signature.
        signature: Signature,
    },
    /// The transaction was sent, and may or may not have landed; it may still. A second one might do the same
    /// again.
    #[error("transaction {signature} was sent and may or may not have landed: {reason}")]
    Unknown {
        /// Its first signature.
        signature: Signature,
        /// Why nothing is certain.
        reason: String,
    },
    /// The chain could not be asked, or did not answer in time; later it may. Nothing was sent.
    #[error("the chain cannot be reached: {0}")]
    Unreachable(String),
    /// The node does not answer this, now or later: a method that it does not have, a key that it does not
    /// take.
    #[error("the node refuses to answer: {0}")]
    Denied(String),
    /// The chain answered something that makes no sense.
    #[error("the chain's answer cannot be read: {0}")]
    Malformed(String),
}

/// Accounts of one type, narrowed by bytes at offsets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Size of the account in bytes; `None` for any.
    pub size: Option<usize>,
    /// Bytes that must stand at an offset, all of them.
    pub bytes: Vec<(usize, Vec<u8>)>,
}

impl Filter {
    /// Whether an account's data passes.
    pub fn admits(&self, data: &[u8]) -> bool {
        self.size.is_none_or(|size| data.len() == size)
            && self
                .bytes
                .iter()
                .all(|(offset, wanted)| data.get(*offset..).is_some_and(|rest| rest.starts_with(wanted)))
    }
}

/// A chain.
pub trait Transport {
    /// Accounts by address, in order; `None` where there is none.
    ///
    /// # Errors
    ///
    /// When the chain cannot be asked, or its answer makes no sense.
    fn accounts(&self, keys: &[Pubkey]) -> Result<Vec<Option<RawAccount>>, TransportError>;
    /// All accounts of a program that pass the filter.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    fn program_accounts(&self, program: &Pubkey, filter: &Filter) -> Result<Vec<(Pubkey, RawAccount)>, TransportError>;
    /// A recent blockhash to sign with.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    fn latest_blockhash(&self) -> Result<Hash, TransportError>;
    /// The chain's clock, in unix seconds.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`], and where there is no clock.
    fn now_ts(&self) -> Result<i64, TransportError>;
    /// Runs a transaction without effect.
    ///
    /// # Errors
    ///
    /// A refusal, and those of [`Self::accounts`].
    fn simulate(&self, transaction: &VersionedTransaction) -> Result<Outcome, TransportError>;
    /// Sends a transaction and waits until it is confirmed or certainly not. One that is in no block and
    /// never will be is [`TransportError::Absent`]; it alone may be signed anew. One whose fate is not known
    /// is [`TransportError::Unknown`]. After any other error it has not landed.
    ///
    /// # Errors
    ///
    /// A refusal, after which nothing has changed, those two, and those of [`Self::accounts`].
    fn send(&self, transaction: &VersionedTransaction) -> Result<Outcome, TransportError>;
    /// What to keep of a signed transaction before it is sent, so that [`Transport::fate`] can tell later
    /// what became of it.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    fn in_flight(&self, transaction: &VersionedTransaction) -> Result<InFlight, TransportError>;
    /// What became of a transaction, as far as the chain can tell now.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    fn fate(&self, flight: &InFlight) -> Result<Fate, TransportError>;
    /// What a transaction did that landed; `None` where the chain keeps nothing of it.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    fn outcome(&self, signature: &Signature) -> Result<Option<Outcome>, TransportError>;
    /// The hash of the chain's beginning. Addresses are equal on every chain; this is not.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    fn genesis_hash(&self) -> Result<Hash, TransportError>;
    /// What transactions that wrote to these accounts lately paid on top of the base fee, one figure a slot.
    /// Millionths of a lamport for each compute unit.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    fn recent_fees(&self, written: &[Pubkey]) -> Result<Vec<u64>, TransportError>;

    /// Sends transactions that need nothing of each other, and waits for each as [`Transport::send`] does:
    /// one after the other, or several at a time where the chain can. The answers are in order, as far as it
    /// came: after one that is no refusal nothing more is sent, and what has no answer was not sent.
    fn send_all(&self, transactions: &[VersionedTransaction]) -> Vec<Result<Outcome, TransportError>> {
        let mut answers = Vec::with_capacity(transactions.len());
        for transaction in transactions {
            let answer = self.send(transaction);
            let is_certain = matches!(answer, Ok(_) | Err(TransportError::Refused(_)));
            answers.push(answer);
            if !is_certain {
                break;
            }
        }
        answers
    }

    /// One account.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    fn account(&self, key: &Pubkey) -> Result<Option<RawAccount>, TransportError> {
        Ok(self.accounts(std::slice::from_ref(key))?.into_iter().next().flatten())
    }
}
