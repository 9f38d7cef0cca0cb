//! How instructions become a transaction that landed: one sequence, for clients that block and for those that
//! do not.

use {
    super::error::ClientError,
    crate::{
        AddressLookupTableAccount, Hash, Instruction, Pubkey, Signer, VersionedTransaction,
        fate::InFlight,
        transactions::{ComputeBudget, Manner, Rehearsal, UnitPrice, Unsigned},
        transport::{Outcome, Transport, TransportError},
    },
    std::{
        future::Future,
        pin::pin,
        task::{Context, Poll, Waker},
    },
};

/// How often a transaction is signed anew after it is certainly absent.
const ATTEMPTS: u32 = 3;

/// What sending needs of a chain.
pub(crate) trait Chain {
    async fn latest_blockhash(&self) -> Result<Hash, TransportError>;
    async fn simulate(&self, transaction: &VersionedTransaction) -> Result<Outcome, TransportError>;
    async fn recent_fees(&self, written: &[Pubkey]) -> Result<Vec<u64>, TransportError>;
    async fn in_flight(&self, transaction: &VersionedTransaction) -> Result<InFlight, TransportError>;
    async fn send(&self, transaction: &VersionedTransaction) -> Result<Outcome, TransportError>;
}

/// A chain that blocks: it is always ready.
pub(crate) struct Blocking<'a>(pub &'a dyn Transport);

impl Chain for Blocking<'_> {
    async fn latest_blockhash(&self) -> Result<Hash, TransportError> {
        self.0.latest_blockhash()
    }

    async fn simulate(&self, transaction: &VersionedTransaction) -> Result<Outcome, TransportError> {
        self.0.simulate(transaction)
    }

    async fn recent_fees(&self, written: &[Pubkey]) -> Result<Vec<u64>, TransportError> {
        self.0.recent_fees(written)
    }

    async fn in_flight(&self, transaction: &VersionedTransaction) -> Result<InFlight, TransportError> {
        self.0.in_flight(transaction)
    }

    async fn send(&self, transaction: &VersionedTransaction) -> Result<Outcome, TransportError> {
        self.0.send(transaction)
    }
}

/// What a sequence over a chain that blocks comes to.
pub(crate) fn at_once<T>(sequence: impl Future<Output = T>) -> T {
    match pin!(sequence).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(end) => end,
        Poll::Pending => unreachable!("a chain that blocks never lets anybody wait"),
    }
}

/// Who signs, the payer first.
#[derive(Clone, Copy)]
pub(crate) struct Signers<'a, S: Signer + ?Sized> {
    pub payer: &'a S,
    pub others: &'a [&'a S],
}

impl<S: Signer + ?Sized> Signers<'_, S> {
    pub fn sign(
        &self,
        instructions: &[Instruction],
        tables: &[AddressLookupTableAccount],
        blockhash: Hash,
    ) -> Result<VersionedTransaction, ClientError> {
        let signers: Vec<&S> = std::iter::once(self.payer).chain(self.others.iter().copied()).collect();
        Ok(Unsigned::looking_up(instructions, &self.payer.pubkey(), tables, blockhash).sign(&signers)?)
    }

    /// Whether a person would be asked.
    fn asks(&self) -> bool {
        self.payer.is_interactive() || self.others.iter().any(|signer| signer.is_interactive())
    }
}

/// Runs instructions without effect, unsigned where a key would have to ask a person. They are tried at a
/// price of nothing, so that a wallet that can pay for what is sent can always try it.
pub(crate) async fn simulate<C: Chain, S: Signer + ?Sized>(
    chain: &C,
    manner: &Manner<'_>,
    instructions: &[Instruction],
    signers: &Signers<'_, S>,
) -> Result<Outcome, ClientError> {
    let payer = signers.payer.pubkey();
    let all = ComputeBudget::to_try(manner.fee.pays()).with_if_it_fits(instructions, &payer, manner.tables);
    let blockhash = chain.latest_blockhash().await?;
    let transaction = match signers.asks() {
        true => Unsigned::looking_up(&all, &payer, manner.tables, blockhash).transaction,
        false => signers.sign(&all, manner.tables, blockhash)?,
    };
    Ok(chain.simulate(&transaction).await?)
}

/// What a transaction of these instructions would do and ask for, tried without a signature.
pub(crate) async fn rehearse<C: Chain>(
    chain: &C,
    manner: &Manner<'_>,
    instructions: &[Instruction],
    payer: &Pubkey,
) -> Result<Rehearsal, ClientError> {
    let all = ComputeBudget::to_try(manner.fee.pays()).with_if_it_fits(instructions, payer, manner.tables);
    let unsigned = Unsigned::looking_up(&all, payer, manner.tables, chain.latest_blockhash().await?);
    let outcome = chain.simulate(&unsigned.transaction).await?;
    let budget = budget_after(chain, manner, instructions, payer, &outcome).await?;
    Ok(Rehearsal::new(outcome, budget, instructions, payer, manner.tables))
}

/// What is asked for after a trial.
async fn budget_after<C: Chain>(
    chain: &C,
    manner: &Manner<'_>,
    instructions: &[Instruction],
    payer: &Pubkey,
    tried: &Outcome,
) -> Result<ComputeBudget, TransportError> {
    let fee = &manner.fee;
    let recent = match fee.price {
        UnitPrice::Auto if fee.pays() => chain.recent_fees(&written(instructions)).await?,
        _ => Vec::new(),
    };
    let budget = ComputeBudget::after(tried.compute_units, tried.loaded_bytes, instructions, payer);
    Ok(budget.at(fee.price_for(budget.units, &recent)))
}

/// Simulates instructions, asks for what they need, signs and sends them as one transaction, and waits.
/// `note` is given what to keep of each transaction before it is sent.
pub(crate) async fn send<C: Chain, S: Signer + ?Sized, E: From<ClientError>>(
    chain: &C,
    manner: &Manner<'_>,
    instructions: &[Instruction],
    signers: Signers<'_, S>,
    mut note: impl FnMut(&InFlight) -> Result<(), E>,
) -> Result<Outcome, E> {
    let tried = simulate(chain, manner, instructions, &signers).await?;
    let payer = signers.payer.pubkey();
    let budget = budget_after(chain, manner, instructions, &payer, &tried).await.map_err(ClientError::from)?;
    let all = budget.with_if_it_fits(instructions, &payer, manner.tables);
    let mut attempt = 1;
    loop {
        let blockhash = chain.latest_blockhash().await.map_err(ClientError::from)?;
        let transaction = signers.sign(&all, manner.tables, blockhash)?;
        note(&chain.in_flight(&transaction).await.map_err(ClientError::from)?)?;
        match chain.send(&transaction).await {
            Err(TransportError::Absent { .. }) if attempt < ATTEMPTS => attempt += 1,
            answer => return answer.map_err(|error| ClientError::from(error).into()),
        }
    }
}

/// The accounts that instructions write to, each once.
fn written(instructions: &[Instruction]) -> Vec<Pubkey> {
    let metas = instructions.iter().flat_map(|instruction| &instruction.accounts);
    let mut keys: Vec<Pubkey> = metas.filter(|meta| meta.is_writable).map(|meta| meta.pubkey).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
