//! How the transport asks and waits.

use {solana_rpc_client_api::config::CommitmentConfig, std::time::Duration};

/// How the transport asks and waits.
#[derive(Clone, Copy, Debug)]
pub struct RpcOptions {
    /// What counts as having happened. A transaction has landed when it is confirmed, at the least.
    pub commitment: CommitmentConfig,
    /// Longest wait for one answer, with every repetition of the question.
    pub timeout: Duration,
    /// Between two looks at the status of a sent transaction.
    pub poll: Duration,
    /// Between two broadcasts of it.
    pub rebroadcast: Duration,
    /// So long after its first broadcast, without a certain end, its fate is unknown. Longer than a blockhash
    /// lives and its last block takes to be final.
    pub give_up_after: Duration,
}

impl Default for RpcOptions {
    fn default() -> Self {
        Self {
            commitment: CommitmentConfig::confirmed(),
            timeout: Duration::from_secs(30),
            poll: Duration::from_millis(400),
            rebroadcast: Duration::from_secs(2),
            give_up_after: Duration::from_secs(180),
        }
    }
}

impl RpcOptions {
    /// The longest that sending one transaction takes, whatever the node does: until it is known to be
    /// acceptable, until its fate is certain, and until its log is read.
    pub fn longest_send(&self) -> Duration {
        self.give_up_after.saturating_add(self.timeout.saturating_mul(2))
    }
}
