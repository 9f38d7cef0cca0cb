//! Which challenger has which part of the reward for the fault of an epoch.

use crate::{
    Pubkey,
    state::{Dispute, Fault, FaultStep},
};

/// A step of severity of a fault: its reward is that of the earliest commitment that claimed it rightly,
/// whichever dispute of the epoch it was in (dispute-sink-3). It is paid once every dispute of the epoch has
/// ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RewardStep {
    /// The severity.
    pub severity: u8,
    /// The dispute in which it was claimed.
    pub dispute: Pubkey,
    /// The challenger's place in that dispute.
    pub party: u8,
    /// Who that is, where the dispute is the one that is looked at.
    pub owner: Option<Pubkey>,
    /// When that committed to it. Unix seconds.
    pub committed_ts: i64,
    /// Gathered for the step and not drawn, of all disputes of the epoch together. Base units.
    pub reward: u64,
}

/// The steps that belong to somebody; `dispute` at `address` is the one that is looked at.
pub(super) fn of_fault(fault: &Fault, dispute: &Dispute, address: &Pubkey) -> Vec<RewardStep> {
    let steps = (1u8..).zip(&fault.steps).filter(|(_, step)| step.dispute != Pubkey::default());
    steps.map(|(severity, step)| of_step(severity, step, dispute, address)).collect()
}

fn of_step(severity: u8, step: &FaultStep, dispute: &Dispute, address: &Pubkey) -> RewardStep {
    let party = dispute.parties.get(usize::from(step.party)).filter(|_| step.dispute == *address);
    RewardStep {
        severity,
        dispute: step.dispute,
        party: step.party,
        owner: party.map(|party| party.owner),
        committed_ts: step.committed_ts,
        reward: step.reward,
    }
}
