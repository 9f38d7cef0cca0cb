//! The faults of a provider in one epoch: together they cost the largest and not the sum, and each step of
//! severity rewards whoever committed to it first.

use super::{
    books::Model,
    refuse::{Verdict, require},
};

/// A fault's record closes this long after its last dispute. Seconds.
const CLOSE_AFTER: i64 = 90 * 86_400;

impl Model {
    /// Draws a dispute's part of the reward, once no dispute of the fault is open. Returns whether it drew.
    pub fn draw_reward(&mut self, number: usize) -> bool {
        let dispute = self.disputes.get_mut(&number).expect("it is open");
        let awaits = dispute.ended && dispute.is_upheld() && !dispute.rewarded;
        if !awaits {
            return false;
        }
        let fault = self.faults.get_mut(&(dispute.provider, dispute.epoch)).expect("its fault");
        if fault.open > 0 {
            return false;
        }
        dispute.rewarded = true;
        let (rewards, burned) = fault.draw(number, dispute.layers.len());
        dispute.dues.burn += burned;
        for (layer, reward) in dispute.layers.iter_mut().zip(rewards) {
            layer.credit += reward;
        }
        true
    }

    pub fn close_fault(&mut self, provider: usize, epoch: u32) -> Verdict {
        let now = self.time.now;
        let fault = self.faults.get(&(provider, epoch)).ok_or("no such fault")?;
        require(fault.open == 0 && fault.undrawn == 0, "it is not over")?;
        require(now >= fault.ended_at + CLOSE_AFTER, "it is too early")?;
        self.faults.remove(&(provider, epoch));
        Ok(())
    }
}
