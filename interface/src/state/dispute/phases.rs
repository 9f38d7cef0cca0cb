//! The machine of phases as it is stored, and the actions of parties and jurors.

use super::{Dispute, PartyState, dispute_flags};
use crate::{
    Address, WorkTokenError as E,
    math::{
        Amount, Bps, WorkTs,
        dispute::{
            BondTerms, Machine, MachineError, Phase, SILENT_SEVERITY, Side, ballot_lock, juror_fee, jury_cost,
            withdrawal_cost,
        },
        slash,
    },
    state::{Network, Provider},
};

impl From<MachineError> for E {
    fn from(error: MachineError) -> Self {
        match error {
            MachineError::WrongPhase => Self::WrongPhase,
            MachineError::AlreadyAnswered => Self::AlreadyAnswered,
            MachineError::NotRaised => Self::NotRaised,
            MachineError::VoteTooHigh => Self::VoteTooHigh,
            MachineError::NotFundable => Self::NotFundable,
            MachineError::NotARuling => Self::NotARuling,
        }
    }
}

impl Dispute {
    /// What its bonds are measured by; the smallest bond is not copied, because the one at opening was paid.
    pub fn bond_terms(&self) -> BondTerms {
        BondTerms {
            minimum: Amount::ZERO,
            juror_fee: Amount(self.first_fee()),
            bounty: Amount(self.costs.bounty),
            claim: Bps(self.claim_bond_bps),
        }
    }

    fn first_fee(&self) -> u64 {
        let [fee, ..] = self.costs.juror_fees;
        fee
    }

    /// What a juror of a round is paid: later rounds are paid by the claim that holds stake, which is nothing
    /// while a client's does not (jury-pay-2).
    pub fn fee_of(&self, round: u8) -> Amount {
        self.fee_where(round, !self.has(dispute_flags::UNRESERVED))
    }

    fn fee_where(&self, round: u8, holds: bool) -> Amount {
        let claimed = match holds {
            true => self.most_claimed(),
            false => Amount::ZERO,
        };
        juror_fee(round, self.machine.claimed, Amount(self.first_fee()), claimed)
    }

    /// What the jury of a round costs.
    pub fn cost_of(&self, round: u8) -> u64 {
        jury_cost(round, self.machine.claimed, self.fee_of(round), Amount(self.costs.bounty)).0
    }

    /// The pay of a juror of the present jury, and what a whole ballot of it binds.
    pub fn ballot_terms(&self, jury: u8) -> (Amount, Amount) {
        let round = self.machine.juries.get(usize::from(jury)).map_or(1, |jury| jury.round);
        let fee = Amount(self.costs.juror_fees.get(usize::from(round.saturating_sub(1))).copied().unwrap_or(0));
        (fee, ballot_lock(Amount(self.costs.juror_lock), fee))
    }

    /// The cost of the round after the present one: what an appeal against it must pay.
    fn next_cost(&self, machine: &Machine) -> u64 {
        self.cost_of(machine.present().round.saturating_add(1))
    }

    /// Walks through every deadline that has passed by `work_ts`. Returns whether anything changed.
    #[inline(never)]
    pub fn advance(&mut self, work_ts: WorkTs) -> bool {
        let mut machine = *self.machine;
        let changed = machine.advance(&self.clocks(), |round| self.cost_of(round), work_ts.0);
        if changed {
            self.store(&machine);
        }
        changed
    }

    fn store(&mut self, machine: &Machine) {
        let judged = self.machine.costs;
        *self.machine = *machine;
        // What the next round pays is fixed with the verdict that can be appealed. One that found a fault
        // holds what a client's claim left out, as soon as somebody books it, so its appeal is paid by that
        // (jury-pay-2).
        let holds = !self.has(dispute_flags::UNRESERVED) || machine.found & !1 != 0;
        for (round, (cost, before)) in (2u8..).zip(machine.costs.iter().zip(judged)) {
            if *cost > 0 && before == 0 {
                let fee = self.fee_where(round, holds);
                let full = Machine::full_cost(jury_cost(round, machine.claimed, fee, Amount(self.costs.bounty)).0);
                let place = usize::from(round.saturating_sub(1));
                if let Some(fixed) = self.costs.juror_fees.get_mut(place) {
                    *fixed = fee.0;
                }
                if let Some(fixed) = place.checked_sub(1).and_then(|place| self.machine.costs.get_mut(place)) {
                    *fixed = full;
                }
            }
        }
        // A jury that is not the one for which a draw was armed needs a seed of its own.
        if machine.phase() != Phase::Draw || self.seed_jury != machine.jury {
            self.seed_state = 0;
            self.called = 0;
        }
    }

    /// Does one action after every deadline that passed before it.
    pub(super) fn act<T>(
        &mut self,
        work_ts: WorkTs,
        action: impl FnOnce(&Self, &mut Machine) -> Result<T, MachineError>,
    ) -> Result<T, E> {
        self.advance(work_ts);
        let mut machine = *self.machine;
        let done = action(self, &mut machine)?;
        self.store(&machine);
        Ok(done)
    }

    pub(super) fn raise_machine(&mut self, severity: u8, work_ts: WorkTs) -> Result<(), E> {
        self.act(work_ts, |dispute, machine| {
            // A claim that silence executes is not raised when half the time to answer has passed: the
            // provider has that time for each.
            let half_work_ts = machine.until_work_ts.saturating_sub(i64::from(dispute.clocks().answer / 2));
            let silently = machine.phase() == Phase::Answer && severity <= SILENT_SEVERITY;
            if silently && work_ts.has_reached(half_work_ts) {
                return Err(MachineError::WrongPhase);
            }
            machine.raise(severity, work_ts.0)
        })
    }

    /// A challenger withdraws its own claim, whatever others claim: before the answer for a tenth of its
    /// bond, after it for all of it (dispute-withdraw-1). Once: another may have raised the claim to the same
    /// severity since. Returns the severity that it claimed.
    ///
    /// Refuses: anybody else than the challenger at that place; a second time; once a jury reveals.
    pub fn withdraw(&mut self, place: u8, owner: &Address, work_ts: WorkTs) -> Result<u8, E> {
        let place = usize::from(place);
        let party = self.parties.get(place).filter(|party| party.severity != 0 && party.owner == *owner);
        let party = party.ok_or(E::NotTheChallenger)?;
        // Another may claim the same severity since: that claim is not this party's to withdraw.
        if party.state != PartyState::Standing as u8 {
            return Err(E::WrongPhase);
        }
        let severity = party.severity;
        let early = self.act(work_ts, |_, machine| machine.withdraw(severity, work_ts.0))?;
        let party = self.parties.get_mut(place).ok_or(E::NotTheChallenger)?;
        if early {
            let bond = Amount(core::mem::take(&mut party.bond));
            let burned = withdrawal_cost(bond);
            party.credit = party.credit.saturating_add(bond.saturating_sub(burned).0);
            party.state = PartyState::Withdrawn as u8;
            self.burn_due = self.burn_due.saturating_add(burned.0);
        } else {
            party.state = PartyState::Conceded as u8;
        }
        Ok(severity)
    }

    /// Pays for an appeal: as much of `amount` as is missing. Returns what was taken and the index of the
    /// appeal.
    /// - Refuses: a side that has nothing to pay now; an amount of zero.
    pub fn fund(&mut self, side: Side, amount: u64, work_ts: WorkTs) -> Result<(u64, usize), E> {
        self.act(work_ts, |dispute, machine| {
            let taken = amount.min(machine.fundable(side, &dispute.clocks(), work_ts.0));
            machine.fund(side, taken, &dispute.clocks(), work_ts.0)?;
            Ok((taken, usize::from(machine.present().round.saturating_sub(1))))
        })
    }

    /// The arbiter rules, which it does not convict by alone again in 90 epochs (dispute-arbiter-1).
    ///
    /// Refuses: outside its time; another severity than one that was found, or where no jury ever decided
    /// more than the network lets it convict of; to convict the provider so twice in that time.
    pub fn take_ruling(
        &mut self,
        provider: &mut Provider,
        network: &Network,
        severity: u8,
        (now_ts, work_ts): (i64, WorkTs),
    ) -> Result<(), E> {
        if self.rule_as_arbiter(severity, network.params.disputes.arbiter_severity, work_ts)? {
            provider.note_ruling(network.epoch_at(now_ts))?;
        }
        Ok(())
    }

    /// The arbiter rules; where no jury ever decided it may convict up to `most`. Returns whether it convicts
    /// so.
    /// - Refuses: outside the arbiter's time; another severity than one that was found, or, where nothing
    ///   was, more than `most` of what is claimed.
    pub fn rule_as_arbiter(&mut self, severity: u8, most: u8, work_ts: WorkTs) -> Result<bool, E> {
        self.act(work_ts, |_, machine| {
            let is_alone = machine.found == 0;
            machine.rule(severity, most, work_ts.0).map(|()| is_alone && severity > 0)
        })
    }

    /// The present jury's draw of the next ballot is over.
    /// - Refuses: outside the time to ballot a jury.
    pub fn end_draw(&mut self, filled: bool, work_ts: WorkTs) -> Result<(), E> {
        let mut machine = *self.machine;
        machine.end_draw(filled, &self.clocks(), work_ts.0)?;
        self.store(&machine);
        Ok(())
    }

    /// A juror committed.
    /// - Refuses: outside the time to commit; a jury that is not the present one.
    pub fn note_commitment(&mut self, jury: u8, work_ts: WorkTs) -> Result<(), E> {
        self.act(work_ts, |dispute, machine| {
            if machine.jury == jury {
                machine.commit(&dispute.clocks(), work_ts.0)
            } else {
                Err(MachineError::WrongPhase)
            }
        })
    }

    /// A juror revealed its vote.
    /// - Refuses: outside the time to reveal; a jury that is not the present one; a vote above what is
    ///   claimed.
    pub fn note_vote(&mut self, jury: u8, vote: u8, work_ts: WorkTs) -> Result<(), E> {
        self.act(work_ts, |dispute, machine| {
            let cost = dispute.next_cost(machine);
            if machine.jury == jury {
                machine.reveal(vote, &dispute.clocks(), cost, work_ts.0)
            } else {
                Err(MachineError::WrongPhase)
            }
        })
    }

    /// A juror that may not judge is taken out.
    pub(super) fn exclude(&mut self, jury: u8, committed: bool, work_ts: WorkTs) -> Result<(), E> {
        self.act(work_ts, |dispute, machine| {
            let cost = dispute.next_cost(machine);
            if machine.jury == jury {
                machine.exclude(committed, &dispute.clocks(), cost, work_ts.0)
            } else {
                Err(MachineError::WrongPhase)
            }
        })
    }

    /// Supposes another course than the dispute has taken, for what would come of it.
    #[cfg(not(feature = "anchor"))]
    pub fn suppose(&mut self, change: impl FnOnce(&mut Machine)) {
        let mut machine = *self.machine;
        change(&mut machine);
        self.store(&machine);
    }

    /// Whether somebody is a party, who cannot judge: a challenger or the client. The provider's keys are the
    /// caller's to check.
    pub fn is_party(&self, owner: &Address) -> bool {
        self.client == *owner || self.parties.iter().any(|party| party.severity != 0 && party.owner == *owner)
    }

    /// Fraction of stake that a severity costs for a first fault.
    pub fn base_bps(&self, severity: u8) -> Bps {
        Bps(self.rule(severity).base_bps)
    }

    /// What a claim of a severity is measured by for its bond: the base fraction, doubled for repeats, of
    /// both pools' bases.
    pub fn claim_value(&self, severity: u8, repeats: u32) -> Amount {
        let fraction =
            slash::offence_bps(self.base_bps(severity), repeats, Bps::ZERO, super::opening::ceiling(severity));
        slash::amount(fraction, self.bases(), self.bases())
    }
}
