//! What follows from a decision: the conviction, the bonds, the seat.

use core::cmp::Ordering;

use super::{Dispute, DisputeKind, dispute_flags};
use crate::{
    math::{
        Amount, Bps, Epoch, WorkTs,
        dispute::{Flows, Jury, Machine, Outcome, Settlement, quorum, settle, settle_appeal},
        mul_div::mul_checked,
        slash::{self, Division, Stakes},
    },
    state::{Assignment, Ballot, Claim, Fault, Provider, SeatState, assignment_flags},
};

/// What a decision needs to know.
#[derive(Clone, Copy, Debug)]
pub struct Judge {
    /// Now. Unix seconds.
    pub now_ts: i64,
    /// Now, in work time.
    pub work_ts: WorkTs,
    /// The present epoch.
    pub now: Epoch,
    /// How much others' convictions raise the severity's cost (MD 5.2).
    pub correlation: Bps,
    /// From the decision to the first installment. Seconds.
    pub deferral_secs: u32,
    /// Between two installments. Seconds.
    pub interval_secs: u32,
}

/// What a decision did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Finished {
    /// Severity found; 0 for none.
    pub severity: u8,
    /// To be slashed from the own side.
    pub own: u64,
    /// To be slashed from the delegators.
    pub delegated: u64,
    /// Own rewards confiscated.
    pub confiscated: u64,
    /// The seat that an expelled provider leaves.
    pub vacated: Option<u16>,
}

impl Dispute {
    /// Whether stake is to be slashed for what was decided.
    pub fn is_upheld(&self) -> bool {
        self.kind() != DisputeKind::Score && matches!(self.outcome(), Outcome::Silent | Outcome::Upheld)
    }

    /// Applies the decision, once: the conviction, the bonds, the seat. The slash waits for its deferral.
    #[inline(never)]
    pub fn finish(
        &mut self,
        provider: &mut Provider,
        fault: &mut Fault,
        seat: Option<&mut Assignment>,
        judge: &Judge,
    ) -> Finished {
        let machine = self.machine.get();
        self.flags |= dispute_flags::FINISHED;
        let mut finished = Finished::default();
        if seat.as_ref().is_some_and(|seat| fee_was_paid(seat)) {
            self.flags |= dispute_flags::FEE_PAID;
        }
        if self.is_upheld() {
            finished = self.convict(machine.verdict, provider, fault, judge);
        }
        self.share_bonds(&machine, provider);
        self.share_appeals(&machine);
        provider.open_disputes = provider.open_disputes.saturating_sub(1);
        if let Some(seat) = seat {
            self.tell_seat(seat, judge.work_ts);
        }
        finished.own = self.own_slash;
        finished
    }

    #[inline(never)]
    fn convict(&mut self, severity: u8, provider: &mut Provider, fault: &mut Fault, judge: &Judge) -> Finished {
        let repeats = provider.repeats(severity, judge.now);
        let found =
            slash::offence_bps(self.base_bps(severity), repeats, judge.correlation, super::opening::ceiling(severity));
        let is_further = fault.upheld > 0;
        let increment = fault.apply(found);
        let stakes = provider.answering_stake(self.claim);
        let division = Division { delta: Bps(self.delta_bps), cover: severity >= self.cover_from_severity };
        // As if nobody had left since: what an owner took away in time is its debt and not its delegators' loss, unless they cover.
        let bases = self.bases();
        let whole = Stakes { own: bases.own, delegated: stakes.delegated };
        let loss = slash::loss(increment, bases, whole, division);
        let delegated =
            if division.cover { slash::loss(increment, bases, stakes, division).delegated } else { loss.delegated };
        // Each further upheld fault of the epoch costs twice its fee besides (R H18).
        let extra = if is_further { mul_checked(self.fee, 2).unwrap_or(u64::MAX) } else { 0 };
        let nominal = loss.own.saturating_add(Amount(extra)).min(Amount(self.own_claimed));
        let confiscated = provider.confiscate(self.claim, nominal);
        let own = nominal.saturating_sub(confiscated).min(stakes.own);
        provider.slash_debt =
            provider.slash_debt.saturating_add(nominal.saturating_sub(confiscated).saturating_sub(own).0);
        self.own_slash = own.0;
        self.delegated_slash = delegated.min(Amount(self.delegated_claimed)).0;
        self.confiscated = confiscated.0;
        let rule = self.rule(severity);
        self.installments = rule.installments;
        self.interval_secs = judge.interval_secs;
        self.slash_from_work_ts = judge.work_ts.after_secs(judge.deferral_secs);
        let vacated = provider.convict(severity, rule.jail_epochs, judge.now);
        Finished { severity, own: self.own_slash, delegated: self.delegated_slash, confiscated: confiscated.0, vacated }
    }

    fn settlement(&self, machine: &Machine, provider: &Provider) -> Settlement {
        let mut bonds = [Amount::ZERO; crate::math::dispute::LAYERS];
        for (bond, party) in bonds.iter_mut().zip(&self.parties) {
            *bond = Amount(party.bond);
        }
        let is_score = self.kind() == DisputeKind::Score;
        let counter = if machine.answered { Amount(provider.counter_bond).min(self.bonds()) } else { Amount::ZERO };
        let [spent, ..] = self.bounties;
        Settlement {
            // A score has no loser but the one who disputes it: found wrong, its challenger bears the jury.
            outcome: if is_score && machine.outcome == Outcome::Upheld { Outcome::Tied } else { machine.outcome },
            bonds,
            counter,
            jury: self.jury_pay(machine, 1).saturating_add(Amount(spent)),
            spent: Amount(spent),
            claimed: self.base_bps(machine.claimed),
            found: self.base_bps(machine.verdict),
            arbiter_fee: Amount(self.arbiter_fee),
        }
    }

    #[inline(never)]
    fn share_bonds(&mut self, machine: &Machine, provider: &mut Provider) {
        let flows = settle(&self.settlement(machine, provider));
        let Flows { challengers, counter_lost, from_own, provider: to_provider, mut burned, .. } = flows;
        provider.counter_bond = provider.counter_bond.saturating_sub(counter_lost.0);
        for (party, due) in self.parties.iter_mut().zip(challengers) {
            party.credit = due.0;
        }
        if self.kind() == DisputeKind::Score {
            burned = burned.saturating_add(to_provider);
        } else {
            self.provider_due = to_provider.0;
        }
        self.owe_jury(from_own, provider);
        self.burn_due = self.burn_due.saturating_add(burned.saturating_add(self.forfeits(machine)).0);
    }

    /// What the own stake pays for the jurors on top of the slash (R C1). What it does not have the challengers' bonds have advanced.
    fn owe_jury(&mut self, from_own: Amount, provider: &Provider) {
        let stake = provider.answering_stake(self.claim).own.saturating_sub(Amount(self.own_slash));
        let claimed = Amount(self.own_claimed).saturating_sub(Amount(self.own_slash));
        let payable = from_own.min(stake).min(claimed);
        self.own_jury_due = payable.0;
        self.own_slash = self.own_slash.saturating_add(payable.0);
        self.advance_jury_pay(from_own.saturating_sub(payable));
    }

    /// Takes out of the challengers' credits what jurors are paid and the own stake cannot give, the last raise first.
    pub(super) fn advance_jury_pay(&mut self, amount: Amount) {
        let mut left = amount.0;
        for party in self.parties.iter_mut().rev() {
            let part = left.min(party.credit);
            party.credit = party.credit.saturating_sub(part);
            left = left.saturating_sub(part);
        }
    }

    #[inline(never)]
    fn share_appeals(&mut self, machine: &Machine) {
        let rounds = (2u8..).zip(machine.pots).zip(self.bounties.into_iter().skip(1));
        let mut back = [[0; 2]; 2];
        for (((round, pots), bounties), back) in rounds.zip(back.iter_mut()) {
            let was_held = machine.juries.iter().any(|jury| jury.round == round);
            let cost = self.jury_pay(machine, round).saturating_add(Amount(bounties));
            let pots = pots.map(Amount);
            let winner = self.winner(machine, round.saturating_sub(1));
            let returned = if was_held { settle_appeal(pots, cost, winner) } else { pots };
            *back = returned.map(|amount| amount.0);
        }
        self.appeals_back = back;
    }

    /// Who won the appeal against the verdict of a round: whom the final severity moved it towards, or whom it favoured when it stands. Nobody, when nobody decided or
    /// both had lost.
    fn winner(&self, machine: &Machine, round: u8) -> Option<usize> {
        if !matches!(machine.outcome, Outcome::Upheld | Outcome::Dismissed) {
            return None;
        }
        let of_round = machine.juries.iter().find(|jury| jury.round == round && jury.decided);
        let appealed = of_round.map_or(machine.claimed, Jury::verdict);
        match machine.verdict.cmp(&appealed) {
            Ordering::Greater => Some(0),
            Ordering::Less => Some(1),
            Ordering::Equal if appealed == machine.claimed => Some(0),
            Ordering::Equal => (appealed == 0).then_some(1),
        }
    }

    /// Pay of the coherent jurors of a round.
    fn jury_pay(&self, machine: &Machine, round: u8) -> Amount {
        let juries = machine.juries.iter().filter(|jury| jury.round == round && jury.decided);
        let votes = juries.fold(0u64, |votes, jury| votes.saturating_add(u64::from(coherent(machine, jury))));
        Amount(mul_checked(self.juror_fee, votes).unwrap_or(u64::MAX))
    }

    /// Locks of jurors that had their chance and did not reveal, less what the honest ones of a jury without a quorum are paid out of them.
    fn forfeits(&self, machine: &Machine) -> Amount {
        let juries = (0u8..).zip(&machine.juries).filter(|(index, jury)| had_its_chance(machine, *index, jury));
        Amount(juries.fold(0u64, |sum, (_, jury)| sum.saturating_add(self.forfeit_of(jury))))
    }

    #[inline(never)]
    fn forfeit_of(&self, jury: &Jury) -> u64 {
        let absent = u64::from(jury.filled.saturating_sub(jury.revealed));
        let lost = mul_checked(self.juror_lock, absent).unwrap_or(0);
        let paid = if pays_from_forfeits(jury) {
            mul_checked(self.juror_fee, u64::from(jury.revealed)).unwrap_or(0)
        } else {
            0
        };
        lost.saturating_sub(paid)
    }

    /// What a ballot's juror gets, and whether it loses its lock. Only once everything is decided.
    pub fn settle_ballot(&self, ballot: &Ballot) -> (u64, bool) {
        let machine = self.machine.get();
        let Some(jury) = machine.juries.get(usize::from(ballot.jury)) else { return (0, false) };
        if ballot.is_revealed() {
            let is_paid = if jury.decided {
                is_coherent(&machine, ballot.vote)
            } else {
                pays_from_forfeits(jury) && had_its_chance(&machine, ballot.jury, jury)
            };
            return (if is_paid { self.juror_fee } else { 0 }, false);
        }
        let is_excluded = ballot.state == crate::state::BallotState::Excluded as u8;
        (0, is_excluded || had_its_chance(&machine, ballot.jury, jury))
    }

    #[inline(never)]
    fn tell_seat(&self, seat: &mut Assignment, work_ts: WorkTs) {
        let outcome = self.outcome();
        let is_paid = seat.state == SeatState::Settled as u8;
        let flag = match outcome {
            Outcome::Silent | Outcome::Upheld if !is_paid => assignment_flags::FAULTED,
            Outcome::Tied | Outcome::Undecided if !is_paid => assignment_flags::DIVIDED,
            _ => 0,
        };
        seat.dispute_decided(flag);
        if matches!(outcome, Outcome::Silent | Outcome::Withdrawn | Outcome::Conceded) {
            seat.reopen_window(work_ts);
        }
    }

    /// Everything was executed: claim and fault are told, and a claim whose last dispute this was frees its place.
    #[inline(never)]
    pub fn end(&mut self, provider: &mut Provider, claim: Option<&mut Claim>, fault: &mut Fault, now_ts: i64) {
        self.flags |= dispute_flags::ENDED;
        self.ended_ts = now_ts;
        let unpaid = core::mem::take(&mut self.own_jury_due);
        self.advance_jury_pay(Amount(unpaid));
        let upheld = if self.is_upheld() { self.bonds().0 } else { 0 };
        fault.end_one(core::mem::take(&mut self.reward_due), upheld, now_ts);
        if let Some(claim) = claim {
            claim.end_one(
                (self.own_claimed, self.own_executed),
                (self.delegated_claimed, self.delegated_executed),
                now_ts,
            );
            if claim.open == 0 {
                provider.release_claim(claim.number);
            }
        }
    }
}

/// Whether the provider got a seat's fee: it was settled, and no earlier dispute had sent it back.
fn fee_was_paid(seat: &Assignment) -> bool {
    let returned = assignment_flags::FAULTED | assignment_flags::DIVIDED;
    seat.state == SeatState::Settled as u8 && seat.flags & returned == 0
}

fn coherent(machine: &Machine, jury: &Jury) -> u8 {
    if machine.outcome == Outcome::Tied { jury.revealed } else { jury.coherent(machine.verdict) }
}

fn is_coherent(machine: &Machine, vote: u8) -> bool {
    machine.outcome == Outcome::Tied || (vote > 0) == (machine.verdict > 0)
}

/// Whether a jury's members could vote: all seats were drawn, enough of them filled, and nobody withdrew before the votes.
#[inline(never)]
fn had_its_chance(machine: &Machine, index: u8, jury: &Jury) -> bool {
    let conceded = machine.outcome == Outcome::Conceded && index == machine.jury;
    jury.seats > 0 && jury.seated >= jury.seats && quorum(jury.seats, jury.filled) && !conceded
}

/// Jurors that revealed in a jury without a quorum are paid out of the locks of those that did not, if they suffice.
fn pays_from_forfeits(jury: &Jury) -> bool {
    !jury.decided && jury.filled.saturating_sub(jury.revealed) >= jury.revealed
}
