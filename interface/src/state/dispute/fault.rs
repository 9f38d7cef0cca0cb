//! What a provider was found guilty of in one epoch.

use crate::state::Party;
use crate::{
    Address, WorkTokenError as E,
    limits::CLOSE_FAULT_SECS,
    math::{
        Amount,
        dispute::share,
        slash::{Loss, increment},
    },
};

/// Steps of severity, from 1 to 5.
pub const STEPS: usize = 5;

/// Stands for the challenger of a step whose dispute has drawn its reward.
const DRAWN: u8 = u8::MAX;

part! {
    /// One step of severity of the fault, and who was the first to claim it rightly. Empty while `dispute` is
    /// zero.
    pub struct FaultStep {
        /// The dispute in which it was claimed.
        pub dispute: Address,
        /// When its challenger committed to it. Unix seconds.
        pub committed_ts: i64,
        /// The challengers' reward for the step. In the escrow vault. Base units.
        pub reward: u64,
        /// The challenger's place in the dispute; 255 once that has drawn its reward: what comes later is
        /// nobody's.
        pub party: u8,
        /// Unused.
        pub padding: [u8; 7],
    }
}

account! {
    /// The faults of a provider in one epoch: together they cost the largest, not the sum (dispute-epoch-1),
    /// and each step of severity rewards whoever committed to it first (dispute-sink-3).
    pub struct Fault {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// The highest severity that was found.
        pub severity: u8,
        /// The highest severity of conduct that was found: its jail is served.
        pub conduct_severity: u8,
        /// The epoch.
        pub epoch: u32,
        /// The network.
        pub network: Address,
        /// The provider.
        pub provider: Address,
        /// Who paid this account's rent and gets it back.
        pub payer: Address,
        /// Disputes that have not ended.
        pub open: u32,
        /// Seats, and conduct, of which a fault was upheld.
        pub upheld: u32,
        /// Upheld disputes that have not drawn their part of the reward.
        pub undrawn: u32,
        /// Unused.
        pub padding: u32,
        /// What verdicts applied to the own pool, together. Base units.
        pub own_applied: u64,
        /// The same of the delegated pool.
        pub delegated_applied: u64,
        /// The steps of severity, from 1 on.
        pub steps: [FaultStep; STEPS],
        /// When the last dispute ended; 0 before. Unix seconds.
        pub ended_ts: i64,
    }
}

impl Fault {
    /// What its verdicts applied to each pool so far.
    pub fn applied(&self) -> Loss {
        Loss { own: Amount(self.own_applied), delegated: Amount(self.delegated_applied) }
    }

    /// Applies a verdict: what it adds to the largest loss of each pool so far, at most what its dispute
    /// claimed (dispute-epoch-1). Only what it adds counts as applied: what a smaller dispute could not take
    /// a later one may.
    pub fn apply(&mut self, severity: u8, loss: Loss, most: Loss) -> Loss {
        let added = increment(loss, self.applied());
        let added = Loss { own: added.own.min(most.own), delegated: added.delegated.min(most.delegated) };
        self.own_applied = self.own_applied.saturating_add(added.own.0);
        self.delegated_applied = self.delegated_applied.saturating_add(added.delegated.0);
        self.severity = self.severity.max(severity);
        added
    }

    /// The steps up to the severity found belong to the earliest commitment whose claim covers them
    /// (dispute-sink-3). `below` is the claim that this one raised.
    pub fn claim_steps(&mut self, dispute: &Address, place: u8, party: &Party, below: u8, found: u8) {
        for (severity, step) in (1u8..).zip(&mut self.steps) {
            let covers = severity > below && severity <= party.severity.min(found);
            let is_free = step.dispute == Address::default();
            if covers && (is_free || party.committed_ts < step.committed_ts) {
                *step = FaultStep {
                    dispute: *dispute,
                    committed_ts: party.committed_ts,
                    reward: step.reward,
                    party: place,
                    padding: [0; 7],
                };
            }
        }
    }

    /// A dispute has ended. What it adds to the reward is that of the steps from `above` on, up to what it
    /// found: of the `taken` of the own pool each step has what it alone costs, the lower ones first, so that
    /// a higher claim takes nothing of what a lower one is worth; rounds down, the last one takes the rest.
    pub fn end_one(
        &mut self,
        (reward, taken): (u64, Amount),
        above: u8,
        found: u8,
        costs: [Amount; STEPS],
        now_ts: i64,
    ) {
        let cost_of = |severity: u8| {
            let place = usize::from(severity).checked_sub(1).and_then(|place| costs.get(place));
            place.copied().unwrap_or(Amount::ZERO)
        };
        let mut given = Amount::ZERO;
        let steps = (1u8..).zip(&mut self.steps).filter(|(severity, _)| *severity > above && *severity <= found);
        for (severity, step) in steps {
            let upto = if severity == found {
                Amount(reward)
            } else {
                share(Amount(reward), cost_of(severity).saturating_sub(cost_of(above)).min(taken), taken)
            };
            step.reward = step.reward.saturating_add(upto.saturating_sub(given).0);
            given = given.max(upto);
        }
        self.open = self.open.saturating_sub(1);
        if self.open == 0 {
            self.ended_ts = now_ts;
        }
    }

    /// Takes the reward of the steps that belong to a dispute, by the place of its challengers, and what
    /// belongs to nobody, which burns. A dispute draws once and may be gone by the time that another of the
    /// epoch adds to its steps: what it adds is nobody's.
    pub fn draw(&mut self, dispute: &Address) -> ([u64; crate::math::dispute::LAYERS], u64) {
        let (mut rewards, mut burned) = ([0u64; crate::math::dispute::LAYERS], 0u64);
        for step in &mut self.steps {
            let is_free = step.dispute == Address::default() || step.party == DRAWN;
            if step.dispute != *dispute && !is_free {
                continue;
            }
            let reward = core::mem::take(&mut step.reward);
            match rewards.get_mut(usize::from(step.party)).filter(|_| !is_free) {
                Some(total) => {
                    *total = total.saturating_add(reward);
                    step.party = DRAWN;
                }
                None => burned = burned.saturating_add(reward),
            }
        }
        self.undrawn = self.undrawn.saturating_sub(1);
        (rewards, burned)
    }

    /// Refuses to close it while a dispute of the epoch is open, while an upheld one has not drawn its part
    /// of the reward, and for 90 days.
    pub fn require_closable(&self, now_ts: i64) -> Result<(), E> {
        if self.open > 0 {
            return Err(E::DisputeOpen);
        }
        let from_ts = self.ended_ts.saturating_add(CLOSE_FAULT_SECS);
        if self.undrawn == 0 && now_ts >= from_ts { Ok(()) } else { Err(E::TooEarlyToCloseDispute) }
    }
}
