//! What a dispute owes its parties, until everything is claimed and it closes.

use super::{Dispute, PartyState, dispute_flags};
use crate::{
    Address, WorkTokenError as E,
    limits::CLOSE_OBJECT_SECS,
    math::{Amount, Bps, dispute::share, slash::part},
    state::{AppealShare, Fault},
};

/// Stands for the party that is no challenger: the job's client.
pub const CLIENT: u8 = u8::MAX;

impl Dispute {
    /// Takes what a party is due: a challenger by its place, or [`CLIENT`]. If it is time the dispute's part
    /// of the reward of its `fault` is drawn before, which may be nobody's or another's. `address` is the
    /// dispute's own.
    ///
    /// Refuses: anybody else than that party; before the outcome is applied and the jurors' pay is secured,
    /// but for who withdrew before the answer; without credit, unless the reward was drawn.
    pub fn claim_credit(
        &mut self,
        address: &Address,
        fault: Option<&mut Fault>,
        party: u8,
        owner: &Address,
    ) -> Result<u64, E> {
        let draws = fault.is_some_and(|fault| self.draw_reward(address, fault));
        let amount = match party {
            CLIENT => self.take_client_credit(owner)?,
            party => self.take_credit(party, owner)?,
        };
        if amount > 0 || draws { Ok(amount) } else { Err(E::NoCredit) }
    }

    /// Whether its challengers have a part of the fault's reward to come.
    pub fn awaits_reward(&self) -> bool {
        self.has(dispute_flags::ENDED) && self.is_upheld() && !self.has(dispute_flags::REWARDED)
    }

    /// Draws the dispute's part of the fault's reward once no dispute of the fault is open (dispute-sink-3):
    /// the steps of severity that its challengers were the first to commit to (dispute-sink-3). Returns
    /// whether it drew.
    pub fn draw_reward(&mut self, address: &Address, fault: &mut Fault) -> bool {
        if !self.awaits_reward() || fault.open > 0 {
            return false;
        }
        self.flags |= dispute_flags::REWARDED;
        let (rewards, burned) = fault.draw(address);
        self.burn_due = self.burn_due.saturating_add(burned);
        // A proof is rewarded by its bond at most, whatever others brought into the fault, twice its own fee
        // included (dispute-proof-1).
        let of_fee = part(Amount(self.extra_slash), Bps(self.rule(self.severity()).reward_bps));
        let mut left =
            if self.has(dispute_flags::OBJECTIVE) { self.bonds().saturating_sub(of_fee).0 } else { u64::MAX };
        for (party, reward) in self.parties.iter_mut().zip(rewards) {
            let paid = reward.min(left);
            left = left.saturating_sub(paid);
            party.credit = party.credit.saturating_add(paid);
            self.burn_due = self.burn_due.saturating_add(reward.saturating_sub(paid));
        }
        true
    }

    /// Takes what a challenger is due. Refuses while the own stake still owes jurors their pay: what it
    /// cannot give the challengers' bonds have advanced. Who withdrew before the answer waits for nothing.
    fn take_credit(&mut self, party: u8, owner: &Address) -> Result<u64, E> {
        let is_over = self.has(dispute_flags::FINISHED) && self.own_jury_due == 0;
        let party = self.parties.get_mut(usize::from(party)).filter(|party| party.severity != 0);
        let party = party.filter(|party| party.owner == *owner).ok_or(E::NotTheChallenger)?;
        if !is_over && party.state != PartyState::Withdrawn as u8 {
            return Err(E::DisputeOpen);
        }
        Ok(core::mem::take(&mut party.credit))
    }

    /// Takes what the client is due so far.
    fn take_client_credit(&mut self, owner: &Address) -> Result<u64, E> {
        if self.client == *owner { Ok(core::mem::take(&mut self.client_credit)) } else { Err(E::WrongClient) }
    }

    /// Takes what returns of a contributor's payments for appeals: its part of what its side gets back,
    /// rounded down; the last contributor takes what is left. Refuses before the decision.
    pub fn take_appeals(&mut self, paid: &AppealShare) -> Result<u64, E> {
        if !self.has(dispute_flags::FINISHED) {
            return Err(E::AppealOpen);
        }
        let side = usize::from(paid.side);
        let mut returned = 0u64;
        let appeals = self.machine.pots.iter_mut().zip(&mut self.appeals_back).zip(paid.amounts);
        for ((pots, backs), amount) in appeals.filter(|(_, amount)| *amount > 0) {
            let (Some(pot), Some(back)) = (pots.get_mut(side), backs.get_mut(side)) else { continue };
            let part = if amount >= *pot { *back } else { share(Amount(*back), Amount(amount), Amount(*pot)).0 };
            *pot = pot.saturating_sub(amount);
            *back = back.saturating_sub(part);
            returned = returned.saturating_add(part);
        }
        self.shares = self.shares.saturating_sub(1);
        Ok(returned)
    }

    /// Refuses to close it before 30 days have passed since its end, with ballots or shares of appeals, or
    /// while anything is owed: credits, the challengers' reward.
    pub fn require_closable(&self, now_ts: i64) -> Result<(), E> {
        self.require_ended()?;
        let parties = self.parties.iter().any(|party| party.credit > 0);
        let sinks =
            [self.client_credit, self.burn_due, self.insurance_due, self.provider_due].iter().any(|due| *due > 0);
        let is_owed = parties || sinks || self.awaits_reward();
        let from_ts = self.ended_ts.saturating_add(CLOSE_OBJECT_SECS);
        if is_owed || self.ballots > 0 || self.shares > 0 || now_ts < from_ts {
            Err(E::TooEarlyToCloseDispute)
        } else {
            Ok(())
        }
    }
}
