//! A chain, seen from a client: read accounts, simulate, send. The same code runs against the embedded chain
//! and against JSON-RPC.

use {
    crate::{Hash, Pubkey, Signature, Transaction, errors::Refusal},
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
    /// Compute units that it used.
    pub compute_units: u64,
    /// Its log.
    pub logs: Vec<String>,
}

/// Why a transport has no answer.
#[derive(Debug, Error)]
pub enum TransportError {
    /// The chain refused the transaction; nothing has changed.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// The chain could not be asked, or did not answer in time. A transaction that was sent may or may not
    /// have landed.
    #[error("the chain cannot be reached: {0}")]
    Unreachable(String),
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
    fn simulate(&self, transaction: &Transaction) -> Result<Outcome, TransportError>;
    /// Sends a transaction and waits until it is confirmed or certainly not. One that expired, so that it is
    /// in no block and never will be, is a refusal whose [`Refusal::is_expired`] is true; it alone may be
    /// signed anew. One whose fate is unknown is [`TransportError::Unreachable`].
    ///
    /// # Errors
    ///
    /// A refusal, after which nothing has changed, and those of [`Self::accounts`].
    fn send(&self, transaction: &Transaction) -> Result<Outcome, TransportError>;

    /// One account.
    ///
    /// # Errors
    ///
    /// Those of [`Self::accounts`].
    fn account(&self, key: &Pubkey) -> Result<Option<RawAccount>, TransportError> {
        Ok(self.accounts(std::slice::from_ref(key))?.into_iter().next().flatten())
    }
}
