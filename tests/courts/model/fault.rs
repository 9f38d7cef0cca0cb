//! The faults of a provider in one epoch, and the steps of severity that they share.

use super::{
    dispute::{Dispute, Layer},
    loss::step_cost,
    num::share,
};

/// One step of severity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Whose it is: dispute, layer, and when that was committed to.
    pub owner: Option<(usize, usize, i64)>,
    /// Whether that has drawn its reward: what comes later is nobody's.
    pub is_drawn: bool,
    pub reward: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fault {
    pub open: u32,
    /// Seats, and conduct, of which a fault was upheld.
    pub upheld: u32,
    /// Upheld disputes that have not drawn their reward.
    pub undrawn: u32,
    pub severity: u8,
    /// The highest severity of conduct.
    pub conduct: u8,
    /// What verdicts of the epoch took of each pool, together.
    pub applied: [u64; 2],
    pub steps: [Step; 5],
    pub ended_at: i64,
    /// The largest loss of each pool that a verdict of the epoch asked for.
    largest: [u64; 2],
}

impl Fault {
    pub fn join(&mut self) {
        self.open += 1;
        self.ended_at = 0;
    }

    /// A verdict takes of each pool what its loss exceeds what earlier ones took, within its claim. Together
    /// they never take more than the largest asked for.
    pub fn apply(&mut self, severity: u8, loss: [u64; 2], claimed: [u64; 2], is_first: bool) -> [u64; 2] {
        let mut added = [0; 2];
        for kind in 0..2 {
            added[kind] = loss[kind].saturating_sub(self.applied[kind]).min(claimed[kind]);
            self.applied[kind] += added[kind];
            self.largest[kind] = loss[kind].max(self.largest[kind]);
            assert!(self.applied[kind] <= self.largest[kind], "{:?} of {:?}", self.applied, self.largest);
        }
        self.severity = self.severity.max(severity);
        self.upheld += u32::from(is_first);
        self.undrawn += 1;
        added
    }

    /// The steps up to what was found belong to the earliest commitment whose standing claim covers them.
    pub fn take_steps(&mut self, dispute: usize, layers: &[Layer], found: u8) {
        for (place, layer) in layers.iter().enumerate().filter(|(_, layer)| !layer.withdrawn && !layer.conceded) {
            for severity in layer.below + 1..=layer.severity.min(found) {
                let step = &mut self.steps[usize::from(severity) - 1];
                if step.owner.is_none_or(|(.., committed_at)| layer.committed_at < committed_at) {
                    step.owner = Some((dispute, place, layer.committed_at));
                    step.is_drawn = false;
                }
            }
        }
    }

    /// A dispute has ended: its reward is shared over the steps from `above` to what it found, by what each
    /// costs the owner at first of all that was taken; the last one takes the rest.
    pub fn end_one(&mut self, dispute: &Dispute, reward: u64, now: i64) {
        let (above, found) = (dispute.above, dispute.court.severity());
        let taken = dispute.stakes[0].slash - dispute.jury_pay;
        let taken = taken.saturating_sub(dispute.extra);
        let mut given = 0;
        for severity in above + 1..=found {
            let cost = step_cost(dispute, severity).saturating_sub(step_cost(dispute, above));
            let upto = if severity == found { reward } else { share(reward, cost.min(taken), taken) };
            self.steps[usize::from(severity) - 1].reward += upto.saturating_sub(given);
            given = given.max(upto);
        }
        self.open -= 1;
        if self.open == 0 {
            self.ended_at = now;
        }
    }

    /// Takes the rewards of a dispute's steps, by layer, and what is nobody's.
    pub fn draw(&mut self, dispute: usize, layers: usize) -> (Vec<u64>, u64) {
        let (mut rewards, mut burned) = (vec![0; layers], 0);
        for step in &mut self.steps {
            match step.owner {
                Some((of, place, _)) if of == dispute && !step.is_drawn => {
                    rewards[place] += std::mem::take(&mut step.reward);
                    step.is_drawn = true;
                }
                Some(_) if !step.is_drawn => {}
                _ => burned += std::mem::take(&mut step.reward),
            }
        }
        self.undrawn -= 1;
        (rewards, burned)
    }
}
