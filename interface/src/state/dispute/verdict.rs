//! What follows from a decision: the conviction, the bonds, the seat.

use core::cmp::Ordering;

use super::{Dispute, Party, PartyState, dispute_flags};
use crate::{
    Address,
    limits::COMPENSATION_BPS,
    math::{
        Amount, Bps, Epoch, WorkTs,
        dispute::{
            CAUTIOUS_SEVERITY, Changed, Flows, Jury, Layer, Machine, Outcome, SIDES, Settlement, settle, settle_appeal,
        },
        mul_div::mul_checked,
        slash::{self, Division, Loss, MAX_PAID_OUT, Stakes, part},
    },
    state::{Assignment, Fault, PoolKind, Provider, SeatState, assignment_flags},
};

/// What a decision needs to know.
#[derive(Clone, Copy, Debug)]
pub(super) struct DecisionTerms {
    /// Now, in work time.
    pub work_ts: WorkTs,
    /// The present epoch.
    pub now: Epoch,
    /// The epoch in which it was decided: multipliers are those of then, whoever applies it when
    /// (dispute-slash-6).
    pub verdict: Epoch,
    /// How much others' convictions raise the severity's cost (dispute-slash-5).
    pub correlation: Bps,
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
}

impl Dispute {
    /// Whether stake is to be slashed for what was decided.
    pub fn is_upheld(&self) -> bool {
        matches!(self.outcome(), Outcome::Silent | Outcome::Upheld)
    }

    /// The severity that the provider is convicted of; 0 for none.
    pub fn severity(&self) -> u8 {
        if self.is_upheld() { self.machine.verdict.max(self.machine.floor) } else { 0 }
    }

    /// When it was decided.
    pub fn decided_work_ts(&self) -> WorkTs {
        WorkTs(self.machine.until_work_ts)
    }

    /// Applies the decision, once: the conviction, the bonds, the seat. The slash waits for its deferral,
    /// which began when it was decided. Returns what it did, and the place that an expelled provider leaves.
    #[inline(never)]
    pub(super) fn finish(
        &mut self,
        address: &Address,
        provider: &mut Provider,
        fault: &mut Fault,
        mut seat: Option<&mut Assignment>,
        terms: &DecisionTerms,
    ) -> (Finished, Option<u16>) {
        let machine = *self.machine;
        self.flags |= dispute_flags::FINISHED;
        let (mut finished, mut vacated) = (Finished::default(), None);
        if seat.as_ref().is_some_and(|seat| fee_was_paid(seat)) {
            self.flags |= dispute_flags::FEE_PAID;
        }
        if self.is_upheld() {
            (finished, vacated) = self.convict(address, provider, fault, seat.as_deref_mut(), terms);
        }
        self.share_bonds(&machine, provider);
        self.share_appeals(&machine);
        provider.disputes.open = provider.disputes.open.saturating_sub(1);
        if machine.is_answered() {
            provider.disputes.answered = provider.disputes.answered.saturating_sub(1);
        }
        if let Some(seat) = seat {
            self.tell_seat(seat, terms.work_ts);
        }
        finished.own = self.slash.own;
        (finished, vacated)
    }

    #[inline(never)]
    fn convict(
        &mut self,
        address: &Address,
        provider: &mut Provider,
        fault: &mut Fault,
        seat: Option<&mut Assignment>,
        terms: &DecisionTerms,
    ) -> (Finished, Option<u16>) {
        let severity = self.severity();
        let offence = Epoch(self.offence_epoch);
        let repeats = provider.repeats(severity, offence, terms.verdict);
        let fraction =
            slash::offence_bps(self.base_bps(severity), repeats, terms.correlation, super::opening::ceiling(severity));
        let known = match &seat {
            Some(seat) => seat.found_severity,
            None => fault.conduct_severity,
        };
        self.above = if fault.severity < severity { fault.severity } else { 0 };
        let stakes = self.answering_stake(provider);
        let added = self.added_loss(fraction, severity, stakes, fault);
        // Each further seat of the epoch costs twice its fee besides, once (dispute-epoch-2).
        let is_further = fault.upheld > 0 && known == 0;
        let extra = if is_further { mul_checked(self.fee, 2).unwrap_or(u64::MAX) } else { 0 };
        let claimed = Amount(self.stake.own_claimed);
        let main = added.own;
        let nominal = main.saturating_add(Amount(extra)).min(claimed);
        let confiscated = provider.confiscate(self.claim, nominal);
        let own = nominal.saturating_sub(confiscated).min(stakes.own);
        provider.slash_debt =
            provider.slash_debt.saturating_add(nominal.saturating_sub(confiscated).saturating_sub(own).0);
        self.slash.own = own.0;
        self.extra_slash = nominal.saturating_sub(main).min(own).0;
        self.slash.delegated = added.delegated.0;
        self.slash.confiscated = confiscated.0;
        let rule = self.rule(severity);
        self.installments = rule.installments;
        self.slash.from_work_ts = self.decided_work_ts().after_secs(rule.deferral_secs);
        fault.upheld = fault.upheld.saturating_add(u32::from(known == 0));
        fault.undrawn = fault.undrawn.saturating_add(1);
        self.claim_steps(address, fault, severity);
        // A seat, or the conduct of an epoch, is jailed for once for each step of severity.
        let jail_epochs = if severity > known { rule.jail_epochs } else { 0 };
        match seat {
            Some(seat) => {
                seat.found_severity = known.max(severity);
                self.compensated_before = seat.compensated;
                seat.compensated = seat.compensated.saturating_add(self.most_compensation(own).0);
            }
            None => fault.conduct_severity = known.max(severity),
        }
        let vacated = provider.convict(severity, jail_epochs, (offence, terms.verdict), terms.now);
        let (own, delegated) = (self.slash.own, self.slash.delegated);
        (Finished { severity, own, delegated, confiscated: confiscated.0 }, vacated)
    }

    /// What the verdict takes from each pool beyond what earlier ones of the epoch applied (dispute-epoch-1):
    /// as if nobody had left since the opening, and nothing had been taken. What an owner took away in time
    /// is its debt and not its delegators' loss, unless they cover.
    #[inline(never)]
    fn added_loss(&self, fraction: Bps, severity: u8, stakes: Stakes, fault: &mut Fault) -> Loss {
        let division = self.division(severity);
        let (bases, applied) = (self.bases(), fault.applied());
        let delegated = stakes.delegated.saturating_add(applied.delegated);
        let loss = slash::loss(fraction, bases, Stakes { own: bases.own, delegated }, division);
        let covered = if division.cover {
            let now = Stakes { own: stakes.own.saturating_add(applied.own), delegated };
            slash::loss(fraction, bases, now, division).delegated
        } else {
            loss.delegated
        };
        let most = Loss { own: Amount(self.stake.own_claimed), delegated: Amount(self.stake.delegated_claimed) };
        fault.apply(severity, Loss { own: loss.own, delegated: covered }, most)
    }

    /// The stake that answers for it: the own pool, and what tickets that left it since the dispute joined
    /// its claim took along of that; the delegated one as if nobody had left, because a loss is divided
    /// between the pools as it would have been (dispute-slash-2).
    fn answering_stake(&self, provider: &Provider) -> Stakes {
        let of = |kind: PoolKind, tokens: u64, whole: u64| {
            let gone = Amount(whole).saturating_sub(self.kept_of(provider, kind, Amount(whole)));
            Amount(tokens).saturating_add(gone)
        };
        Stakes {
            own: of(PoolKind::Own, provider.own.tokens, self.slash.own_claim_left),
            delegated: of(PoolKind::Delegated, provider.delegated.tokens, self.stake.delegated_base),
        }
    }

    /// The steps of severity that its challengers claimed rightly are theirs, if nobody committed to them
    /// earlier.
    fn claim_steps(&self, address: &Address, fault: &mut Fault, found: u8) {
        let standing = |party: &&Party| party.severity != 0 && party.state == PartyState::Standing as u8;
        for (place, party) in (0u8..).zip(&self.parties).filter(|(_, party)| standing(party)) {
            fault.claim_steps(address, place, party, party.below, found);
        }
    }

    /// The most that the client of the seat can get out of a slash of `own`.
    fn most_compensation(&self, own: Amount) -> Amount {
        let twice = Amount(self.fee).saturating_add(Amount(self.fee)).saturating_sub(Amount(self.compensated_before));
        let topped_up = if self.has(dispute_flags::FEE_PAID) {
            part(own, MAX_PAID_OUT).min(Amount(self.fee))
        } else {
            Amount::ZERO
        };
        part(own, Bps(COMPENSATION_BPS)).max(topped_up).min(twice)
    }

    fn settlement(&self, machine: &Machine, provider: &Provider) -> Settlement {
        let layers = self.parties.each_ref().map(|party| Layer {
            bond: Amount(party.bond),
            from: self.base_bps(party.below),
            to: self.base_bps(party.severity),
            is_conceded: party.state == PartyState::Conceded as u8,
        });
        let counter =
            if machine.is_answered() { Amount(provider.counter.bond).min(self.bonds()) } else { Amount::ZERO };
        let [spent, ..] = self.bounties;
        Settlement {
            outcome: machine.outcome(),
            layers,
            counter,
            jury: self.jury_pay(machine, 1).saturating_add(Amount(spent)),
            spent: Amount(spent),
            found: self.base_bps(machine.severity()),
            arbiter_fee: Amount(self.costs.arbiter_fee),
        }
    }

    #[inline(never)]
    fn share_bonds(&mut self, machine: &Machine, provider: &mut Provider) {
        let mut flows = settle(&self.settlement(machine, provider));
        let payable = self.owe_jury(flows.from_own, provider);
        flows.advance(flows.from_own.saturating_sub(payable));
        let Flows { challengers, counter_lost, provider: to_provider, burned, .. } = flows;
        provider.counter.bond = provider.counter.bond.saturating_sub(counter_lost.0);
        for (party, due) in self.parties.iter_mut().zip(challengers) {
            party.credit = party.credit.saturating_add(due.0);
        }
        self.provider_due = to_provider.0;
        self.burn_due = self.burn_due.saturating_add(burned.0);
    }

    /// What the own stake pays for the jurors on top of the slash (dispute-layer-3), as far as it reaches.
    fn owe_jury(&mut self, from_own: Amount, provider: &Provider) -> Amount {
        let stake = self.answering_stake(provider).own.saturating_sub(Amount(self.slash.own));
        let claimed = Amount(self.stake.own_claimed).saturating_sub(Amount(self.slash.own));
        let payable = from_own.min(stake).min(claimed);
        (self.own_jury_pay, self.own_jury_due) = (payable.0, payable.0);
        self.slash.own = self.slash.own.saturating_add(payable.0);
        payable
    }

    #[inline(never)]
    fn share_appeals(&mut self, machine: &Machine) {
        let rounds = (2u8..).zip(machine.pots).zip(machine.costs).zip(self.bounties.into_iter().skip(1));
        let mut back = [[0; SIDES]; 2];
        for ((((round, pots), full), bounties), back) in rounds.zip(back.iter_mut()) {
            let was_held = machine.juries.iter().any(|jury| jury.round == round);
            let cost = self.jury_pay(machine, round).saturating_add(Amount(bounties));
            let pots = pots.map(Amount);
            let changed = changed_since(machine, round.saturating_sub(1));
            let returned = if was_held { settle_appeal(pots, Amount(full), cost, changed) } else { pots };
            *back = returned.map(|amount| amount.0);
        }
        self.appeals_back = back;
    }

    /// Pay of the coherent jurors of a round, as if each bound a whole seat.
    fn jury_pay(&self, machine: &Machine, round: u8) -> Amount {
        let juries = machine.juries.iter().filter(|jury| jury.round == round && jury.is_decided());
        let votes = juries.fold(0u64, |votes, jury| votes.saturating_add(u64::from(coherent(machine, jury))));
        let fee = self.costs.juror_fees.get(usize::from(round.saturating_sub(1))).copied().unwrap_or(0);
        Amount(mul_checked(fee, votes).unwrap_or(u64::MAX))
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

    pub(super) fn division(&self, severity: u8) -> Division {
        Division { delta: Bps(self.delta_bps), cover: severity >= self.cover_from_severity }
    }
}

/// What became of the verdict of a round that was appealed.
fn changed_since(machine: &Machine, round: u8) -> Changed {
    if !matches!(machine.outcome(), Outcome::Upheld | Outcome::Dismissed) || machine.is_tied() {
        return Changed::Open;
    }
    let of_round = machine.juries.iter().find(|jury| jury.round == round && jury.is_decided());
    let was_tied = of_round.is_some_and(Jury::is_tied);
    let appealed = of_round.map_or(machine.claimed, |jury| jury.verdict().min(machine.highest_standing()));
    // What a young tree finds above severity 2 counts as that, unless the arbiter confirmed it: the verdict
    // that was cut so stands.
    let is_cut = machine.cautious != 0 && machine.verdict <= CAUTIOUS_SEVERITY;
    let appealed = if is_cut { appealed.min(CAUTIOUS_SEVERITY) } else { appealed };
    match machine.verdict.cmp(&appealed) {
        Ordering::Greater => Changed::Raised,
        Ordering::Less => Changed::Lowered,
        // A tie that ends in a dismissal is what the provider appealed for.
        Ordering::Equal if was_tied => Changed::Lowered,
        Ordering::Equal => Changed::Stands,
    }
}

/// Whether the provider got a seat's fee: it was settled, and no earlier dispute had sent it back.
fn fee_was_paid(seat: &Assignment) -> bool {
    let returned = assignment_flags::FAULTED | assignment_flags::DIVIDED;
    seat.state == SeatState::Settled as u8 && seat.flags & returned == 0
}

fn coherent(machine: &Machine, jury: &Jury) -> u8 {
    if machine.is_tied() { jury.revealed } else { jury.coherent(machine.verdict) }
}
