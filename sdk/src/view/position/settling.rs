//! What can be settled before somebody leaves?

use {
    crate::state::{EpochPool, Provider},
    crate::view::{PositionAt, touched},
};

/// What settling first does, for whoever leaves with the next instruction.
#[derive(Clone, Debug, PartialEq)]
pub struct SettledFirst {
    /// The provider afterwards: the views of a position that leaves then look at it.
    pub provider: Provider,
    /// The epochs to settle, in this order, before anything else in the same transaction.
    pub epochs: Vec<u32>,
}

/// Which of a provider's epochs can be settled now, `most` at most, the oldest first, and what it is like
/// then. `epochs` are the accounts of unsettled epochs, as many as are at hand. An epoch that brings nobody
/// anything is left out: a later one passes it.
pub fn settle_first(at: &PositionAt, epochs: &[EpochPool], most: usize) -> SettledFirst {
    let mut provider = touched(at.network, at.provider, at.now_ts);
    let mut settled = Vec::new();
    for epoch in provider.rewards.unsettled_epoch..=at.network.epoch_at(at.now_ts).0 {
        let Some(pool) = epochs.iter().find(|pool| pool.epoch == epoch) else { continue };
        let Ok(terms) = pool.settle_terms(at.now_ts) else { continue };
        let mut after = provider;
        if settled.len() < most && { *pool }.settle(&mut after, &terms).is_some_and(|done| done.is_paid_for()) {
            settled.push(epoch);
            provider = after;
        }
    }
    SettledFirst { provider, epochs: settled }
}
