//! The embedded chain, as somebody meets it whose connection breaks, or who asks another cluster.

use {
    std::cell::Cell,
    work_token_sdk::{
        Fate, Hash, InFlight, Pubkey, Signature, Transport, TransportError, VersionedTransaction,
        transport::{Filter, Outcome, RawAccount},
    },
};

type Answer<T> = Result<T, TransportError>;

/// A chain whose answers are lost after so many transactions, that loses the first one itself, or on which
/// something is not there.
pub struct Altered<'a> {
    chain: &'a dyn Transport,
    lands: Cell<u32>,
    meanwhile: Option<&'a dyn Fn()>,
    without: Option<Pubkey>,
    asked: Cell<u32>,
    sent: Cell<u32>,
}

impl<'a> Altered<'a> {
    /// The chain as it is, which counts what is read of it, and what is sent.
    pub fn counting(chain: &'a dyn Transport) -> Self {
        let [lands, asked, sent] = [0; 3].map(Cell::new);
        Self { chain, lands, meanwhile: None, without: None, asked, sent }
    }

    /// So many transactions land, and the answer to each is lost.
    pub fn answering(chain: &'a dyn Transport, lands: u32) -> Self {
        Self { lands: Cell::new(lands), ..Self::counting(chain) }
    }

    /// What is sent first is certainly absent; meanwhile something happens. Everything later lands.
    pub fn losing_the_first(chain: &'a dyn Transport, meanwhile: &'a dyn Fn()) -> Self {
        Self { meanwhile: Some(meanwhile), ..Self::counting(chain) }
    }

    /// The chain without an account.
    pub fn without(chain: &'a dyn Transport, key: Pubkey) -> Self {
        Self { without: Some(key), ..Self::counting(chain) }
    }

    /// How often something was sent.
    pub fn sent(&self) -> u32 {
        self.sent.get()
    }

    /// How often it was read.
    pub fn asked(&self) -> u32 {
        self.asked.get()
    }

    fn read(&self) -> &'a dyn Transport {
        self.asked.set(self.asked.get() + 1);
        self.chain
    }
}

impl Transport for Altered<'_> {
    fn accounts(&self, keys: &[Pubkey]) -> Answer<Vec<Option<RawAccount>>> {
        let found = self.read().accounts(keys)?.into_iter().zip(keys);
        Ok(found.map(|(account, key)| account.filter(|_| self.without != Some(*key))).collect())
    }

    fn program_accounts(&self, program: &Pubkey, filter: &Filter) -> Answer<Vec<(Pubkey, RawAccount)>> {
        self.read().program_accounts(program, filter)
    }

    fn latest_blockhash(&self) -> Answer<Hash> {
        self.read().latest_blockhash()
    }

    fn genesis_hash(&self) -> Answer<Hash> {
        self.read().genesis_hash()
    }

    fn now_ts(&self) -> Answer<i64> {
        self.read().now_ts()
    }

    fn in_flight(&self, transaction: &VersionedTransaction) -> Answer<InFlight> {
        self.chain.in_flight(transaction)
    }

    fn fate(&self, flight: &InFlight) -> Answer<Fate> {
        self.chain.fate(flight)
    }

    fn outcome(&self, signature: &Signature) -> Answer<Option<Outcome>> {
        self.chain.outcome(signature)
    }

    fn recent_fees(&self, written: &[Pubkey]) -> Answer<Vec<u64>> {
        self.chain.recent_fees(written)
    }

    fn simulate(&self, transaction: &VersionedTransaction) -> Answer<Outcome> {
        self.chain.simulate(transaction)
    }

    fn send(&self, transaction: &VersionedTransaction) -> Answer<Outcome> {
        self.sent.set(self.sent.get() + 1);
        if let Some(meanwhile) = self.meanwhile {
            if self.sent.get() > 1 {
                return self.chain.send(transaction);
            }
            meanwhile();
            return Err(TransportError::Absent { signature: transaction.signatures[0] });
        }
        let lost = || TransportError::Unreachable("the answer is lost".into());
        self.lands.set(self.lands.get().checked_sub(1).ok_or_else(lost)?);
        self.chain.send(transaction)?;
        Err(lost())
    }
}
