//! JSON-RPC as a [`Transport`].
//!
//! A transaction that is sent ends in one of three ways: it landed (its outcome, or the refusal with which it
//! landed), it is certainly absent ([`TransportError::Absent`]), or its fate is unknown
//! ([`TransportError::Unknown`]). Only what is absent may be signed anew.
//!
//! [`RpcTransport`] blocks the thread; with the feature `rpc-async`, `AsyncRpcTransport` does the same
//! without. Both are one sequence of questions, whose decisions are pure: what an answer means, how long to
//! go on asking, which slot an answer needs, and when "nothing" proves that a transaction is absent.

mod answer;
#[cfg(feature = "rpc-async")]
mod client;
mod clock;
mod endpoint;
mod flight;
mod history;
mod http;
mod look;
mod options;
mod patience;
mod proof;
mod read;
mod seen;
mod send;
mod window;

#[cfg(feature = "rpc-async")]
pub use endpoint::AsyncRpcTransport;
pub use {
    clock::{Clock, Pause, SystemClock},
    history::{Recorded, SignatureOf},
    http::{HttpStatus, sender},
    options::RpcOptions,
};

#[cfg(not(feature = "rpc-async"))]
use endpoint::AsyncRpcTransport;
use {
    crate::{Hash, Pubkey, Signature, VersionedTransaction},
    crate::{
        fate::{Fate, InFlight},
        transport::{Filter, Outcome, RawAccount, Transport, TransportError},
    },
    solana_rpc_client::{
        nonblocking,
        rpc_client::{RpcClient, RpcClientConfig},
        rpc_sender::RpcSender,
    },
    solana_rpc_client_api::{
        config::CommitmentConfig,
        request::{MAX_GET_CONFIRMED_SIGNATURES_FOR_ADDRESS2_LIMIT, MAX_MULTIPLE_ACCOUNTS},
    },
    std::{
        future::Future,
        sync::{Arc, Mutex, atomic::AtomicUsize},
    },
};

#[cfg(feature = "rpc-async")]
impl AsyncRpcTransport {
    /// A chain at a URL.
    pub fn new(url: &str) -> Self {
        Self::with_options(url, RpcOptions::default())
    }

    /// A chain at a URL, asked in another way.
    pub fn with_options(url: &str, options: RpcOptions) -> Self {
        Self::over(sender(url, options.timeout, []), options, Arc::new(SystemClock::default()))
    }

    /// A chain behind any sender of requests, with a clock to wait by.
    pub fn over(sender: impl RpcSender + Send + Sync + 'static, options: RpcOptions, clock: Arc<dyn Clock>) -> Self {
        let config = RpcClientConfig::with_commitment(options.commitment);
        Self::around(Arc::new(nonblocking::rpc_client::RpcClient::new_sender(sender, config)), options, clock)
    }

    /// The client beneath, for what this type does not offer.
    pub fn rpc(&self) -> &nonblocking::rpc_client::RpcClient {
        &self.rpc
    }
}

impl AsyncRpcTransport {
    fn around(rpc: Arc<nonblocking::rpc_client::RpcClient>, options: RpcOptions, clock: Arc<dyn Clock>) -> Self {
        Self {
            rpc,
            clock,
            options,
            seen: seen::Seen::default(),
            blockhashes: Mutex::default(),
            batch: AtomicUsize::new(MAX_MULTIPLE_ACCOUNTS),
            signature_batch: AtomicUsize::new(MAX_GET_CONFIRMED_SIGNATURES_FOR_ADDRESS2_LIMIT),
        }
    }
}

/// A chain behind a JSON-RPC endpoint. Blocks the calling thread; may be shared between threads.
pub struct RpcTransport {
    rpc: RpcClient,
    chain: AsyncRpcTransport,
}

impl RpcTransport {
    /// A chain at a URL.
    pub fn new(url: &str) -> Self {
        Self::with_options(url, RpcOptions::default())
    }

    /// A chain at a URL, asked in another way.
    pub fn with_options(url: &str, options: RpcOptions) -> Self {
        Self::over(sender(url, options.timeout, []), options, Arc::new(SystemClock::default()))
    }

    /// A chain behind any sender of requests, with a clock to wait by.
    pub fn over(sender: impl RpcSender + Send + Sync + 'static, options: RpcOptions, clock: Arc<dyn Clock>) -> Self {
        let rpc = RpcClient::new_sender(sender, RpcClientConfig::with_commitment(options.commitment));
        let chain = AsyncRpcTransport::around(Arc::clone(rpc.get_inner_client()), options, clock);
        Self { rpc, chain }
    }

    /// The client beneath, for what this type does not offer.
    pub fn rpc(&self) -> &RpcClient {
        &self.rpc
    }

    /// A transaction that landed; `None` where the node keeps nothing of it.
    ///
    /// # Errors
    ///
    /// Those of [`Transport::accounts`].
    pub fn transaction(&self, signature: &Signature) -> Result<Option<Recorded>, TransportError> {
        self.wait(self.chain.transaction(signature))
    }

    /// The signatures of an address, the newest first, down to but not with `until`; at most `most`.
    ///
    /// # Errors
    ///
    /// Those of [`Transport::accounts`].
    pub fn signatures_of(
        &self,
        address: &Pubkey,
        until: Option<Signature>,
        most: usize,
    ) -> Result<Vec<SignatureOf>, TransportError> {
        self.wait(self.chain.signatures_of(address, until, most))
    }

    /// The height of the newest block.
    ///
    /// # Errors
    ///
    /// Those of [`Transport::accounts`].
    pub fn block_height(&self, commitment: CommitmentConfig) -> Result<u64, TransportError> {
        self.wait(self.chain.block_height(commitment))
    }

    /// The first slot of whose block the node still knows everything.
    ///
    /// # Errors
    ///
    /// Those of [`Transport::accounts`].
    pub fn first_available_block(&self) -> Result<u64, TransportError> {
        self.wait(self.chain.first_available_block())
    }

    fn wait<T>(&self, answer: impl Future<Output = T>) -> T {
        // A thread of somebody's runtime must be given back for as long as it blocks.
        tokio::task::block_in_place(|| self.rpc.runtime().block_on(answer))
    }
}

impl Transport for RpcTransport {
    fn accounts(&self, keys: &[Pubkey]) -> Result<Vec<Option<RawAccount>>, TransportError> {
        self.wait(self.chain.accounts(keys))
    }

    fn program_accounts(&self, program: &Pubkey, filter: &Filter) -> Result<Vec<(Pubkey, RawAccount)>, TransportError> {
        self.wait(self.chain.program_accounts(program, filter))
    }

    fn latest_blockhash(&self) -> Result<Hash, TransportError> {
        self.wait(self.chain.latest_blockhash())
    }

    fn now_ts(&self) -> Result<i64, TransportError> {
        self.wait(self.chain.now_ts())
    }

    fn simulate(&self, transaction: &VersionedTransaction) -> Result<Outcome, TransportError> {
        self.wait(self.chain.simulate(transaction))
    }

    fn send(&self, transaction: &VersionedTransaction) -> Result<Outcome, TransportError> {
        self.wait(self.chain.send(transaction))
    }

    fn in_flight(&self, transaction: &VersionedTransaction) -> Result<InFlight, TransportError> {
        self.wait(self.chain.in_flight(transaction))
    }

    fn fate(&self, flight: &InFlight) -> Result<Fate, TransportError> {
        self.wait(self.chain.fate(flight))
    }

    fn outcome(&self, signature: &Signature) -> Result<Option<Outcome>, TransportError> {
        self.wait(self.chain.outcome(signature))
    }

    fn genesis_hash(&self) -> Result<Hash, TransportError> {
        self.wait(self.chain.genesis_hash())
    }

    fn recent_fees(&self, written: &[Pubkey]) -> Result<Vec<u64>, TransportError> {
        self.wait(self.chain.recent_fees(written))
    }

    fn send_all(&self, transactions: &[VersionedTransaction]) -> Vec<Result<Outcome, TransportError>> {
        window::send_all(transactions, |transaction| self.send(transaction))
    }
}
