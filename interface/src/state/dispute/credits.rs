//! What a dispute owes its parties, until everything is claimed and it closes.

use super::{Dispute, dispute_flags};
use crate::{
    Address, WorkTokenError as E,
    limits::CLOSE_OBJECT_SECS,
    math::{Amount, dispute::share},
    state::{AppealShare, Fault},
};

impl Dispute {
    /// Whether its challengers have a part of the fault's reward to come.
    pub fn awaits_reward(&self) -> bool {
        self.has(dispute_flags::ENDED) && self.is_upheld() && !self.has(dispute_flags::REWARDED)
    }

    /// Draws the dispute's part of the fault's reward, by bond, once no dispute of the fault is open (R M13). Its challengers share it by bond, rounded down, and the first gets
    /// the dust. Returns whether it drew.
    pub fn draw_reward(&mut self, fault: &mut Fault) -> bool {
        if !self.awaits_reward() || fault.open > 0 {
            return false;
        }
        self.flags |= dispute_flags::REWARDED;
        let bonds = self.bonds();
        let share_of_fault = Amount(fault.take_share(bonds.0));
        // A proof is rewarded by its bond at most, whatever others brought into the fault (R H10).
        let reward = if self.has(dispute_flags::OBJECTIVE) { share_of_fault.min(bonds) } else { share_of_fault };
        self.burn_due = self.burn_due.saturating_add(share_of_fault.saturating_sub(reward).0);
        let mut rest = reward;
        for party in &mut self.parties {
            let part = share(reward, Amount(party.bond), bonds);
            party.credit = party.credit.saturating_add(part.0);
            rest = rest.saturating_sub(part);
        }
        if let Some(first) = self.parties.first_mut() {
            first.credit = first.credit.saturating_add(rest.0);
        }
        true
    }

    /// Takes what a challenger is due. Refuses while the own stake still owes jurors their pay: what it cannot give the challengers' bonds have advanced.
    pub fn take_credit(&mut self, party: u8, owner: &Address) -> Result<u64, E> {
        if !self.has(dispute_flags::FINISHED) || self.own_jury_due > 0 {
            return Err(E::DisputeOpen);
        }
        let party = self.parties.get_mut(usize::from(party)).filter(|party| party.severity != 0);
        let party = party.filter(|party| party.owner == *owner).ok_or(E::NotTheChallenger)?;
        Ok(core::mem::take(&mut party.credit))
    }

    /// Takes what the client is due so far.
    pub fn take_client_credit(&mut self, owner: &Address) -> Result<u64, E> {
        if self.client == *owner { Ok(core::mem::take(&mut self.client_credit)) } else { Err(E::WrongClient) }
    }

    /// Takes what returns of a contributor's payments for appeals: its part of what its side gets back, rounded down; the last contributor takes what is left.
    /// Refuses before the decision.
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
        Ok(returned)
    }

    /// Refuses to close it before 30 days have passed since its end, with ballots, or while anything is owed: credits, the challengers' reward, what returns of appeals.
    pub fn require_closable(&self, now_ts: i64) -> Result<(), E> {
        self.require_ended()?;
        let parties = self.parties.iter().any(|party| party.credit > 0);
        let sinks =
            [self.client_credit, self.burn_due, self.insurance_due, self.provider_due].iter().any(|due| *due > 0);
        let appeals = self.appeals_back.iter().flatten().any(|amount| *amount > 0);
        let is_owed = parties || sinks || appeals || self.awaits_reward();
        let from_ts = self.ended_ts.saturating_add(CLOSE_OBJECT_SECS);
        if is_owed || self.ballots > 0 || now_ts < from_ts { Err(E::TooEarlyToCloseDispute) } else { Ok(()) }
    }
}
