//! What the node and the test share.

use {
    crate::{chain::Chain, fault::Plan},
    std::collections::HashMap,
    work_token_sdk::Signature,
};

/// The chain, what goes wrong, and what was asked.
pub struct World {
    pub chain: Chain,
    pub plan: Plan,
    /// Requests so far, of each method and of all.
    pub asked: HashMap<String, u32>,
    pub requests: u32,
    /// Signatures that a fork contains, until a slot.
    pub forks: Vec<(Signature, u64, u64)>,
    /// Signatures that were sent, each once.
    pub sent: Vec<Signature>,
    /// Methods in the order in which they were asked.
    pub trace: Vec<String>,
}

impl World {
    pub fn of(chain: Chain, plan: Plan) -> Self {
        Self { chain, plan, asked: HashMap::new(), requests: 0, forks: Vec::new(), sent: Vec::new(), trace: Vec::new() }
    }
}
