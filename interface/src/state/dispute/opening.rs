//! Opening a dispute: what it claims, and on which stake it is measured (dispute-claim-2, dispute-slash-2,
//! dispute-bond-2, dispute-claim-1).

use super::{Accused, Dispute, DisputeKind, Party, PartyState, dispute_flags};
use crate::{
    WorkTokenError as E,
    limits::{MISSED_SEVERITY, OBJECTIVE_SEVERITY, SEVERITY_BOUNDS},
    math::{
        Amount, Bps, Epoch, WorkTs,
        dispute::{
            BondTerms, Kept, MAX_SEVERITY, Machine, first_jury_cost, largest_deposit, raising_bond, required_bond,
        },
        mul_div::mul_div_ceil,
        slash::{self, Stakes},
    },
    state::{Claim, DisputeOpening, DisputeRules, Fault, Network, PoolKind, Provider},
};

/// The most that a severity may cost (dispute-slash-1).
pub(super) fn ceiling(severity: u8) -> Bps {
    let row = usize::from(severity).checked_sub(1).and_then(|row| SEVERITY_BOUNDS.get(row));
    Bps(row.map_or(0, |(_, most)| *most))
}

/// What a challenger opens.
#[derive(Clone, Copy)]
pub struct Opening<'a> {
    /// What it is about.
    pub kind: DisputeKind,
    /// The severity claimed; that of a proof is fixed.
    pub severity: u8,
    /// The commitment that it opens: challenger, deposit, time.
    pub commitment: &'a DisputeOpening,
    /// Whether it leaves the claim out of its bond: only a client on its own job.
    pub without_claim: bool,
    /// Whether the fault is proved by two signed results.
    pub is_proved: bool,
    /// Now. Unix seconds.
    pub now_ts: i64,
    /// The present epoch.
    pub now: Epoch,
}

/// What was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Deposited beyond the bond required. Base units.
    pub surplus: u64,
    /// Entries that the claim's account must have room for.
    pub entries: usize,
}

impl Dispute {
    /// The stakes on which the slash is measured.
    pub fn bases(&self) -> Stakes {
        Stakes { own: Amount(self.stake.own_base), delegated: Amount(self.stake.delegated_base) }
    }

    /// Opens a dispute in a fresh account whose addresses are set: claim and fault note it, which are new or
    /// those that it joins, own rewards of the fault's epochs stop vesting, and the claim holds stake.
    ///
    /// Rounds: claims and bond up. Refuses: an unknown severity; a deposit below the bond required, or more
    /// than a tenth above it.
    #[inline(never)]
    pub fn open(
        &mut self,
        opening: &Opening,
        accused: &Accused,
        network: &Network,
        provider: &mut Provider,
        claim: &mut Claim,
        fault: &mut Fault,
    ) -> Result<Opened, E> {
        let is_new = claim.opened == 0;
        let entries = claim.open_one();
        let joinable_until_ts = opening.now_ts.saturating_add(i64::from(network.params.longest_dispute_secs));
        provider.open_claim(claim.number, is_new, accused.frozen, (opening.now_ts, joinable_until_ts));
        self.claim = claim.number;
        fault.join();
        let required = self.begin(opening, accused, provider, network)?;
        let surplus = self.add_party(opening.commitment, self.machine.claimed, 0, required)?;
        self.book(provider, opening.now);
        provider.disputes.open = provider.disputes.open.saturating_add(1);
        Ok(Opened { surplus, entries })
    }

    /// The dispute before anybody has joined it with a bond: books nothing. Returns the bond that the claim
    /// requires. Refuses an unknown severity.
    #[inline(never)]
    pub fn begin(
        &mut self,
        opening: &Opening,
        accused: &Accused,
        provider: &Provider,
        network: &Network,
    ) -> Result<Amount, E> {
        if opening.severity == 0 || opening.severity > MAX_SEVERITY {
            return Err(E::UnknownSeverity);
        }
        let rules = &network.params.disputes;
        let work_ts = network.work_ts(opening.now_ts);
        self.kind = opening.kind as u8;
        if accused.is_missed && !opening.is_proved {
            self.flags |= dispute_flags::MISSED;
        }
        self.copy_rules(rules, network.params.job_bounty);
        self.slash.interval_secs = network.clock().length_in(opening.now);
        self.severities = accused.severities;
        self.committed_ts = opening.commitment.committed_ts;
        self.offence_epoch = accused.epoch.0;
        self.fee = accused.fee.0;
        let now = Stakes { own: Amount(provider.own.tokens), delegated: Amount(provider.delegated.tokens) };
        let base = slash::base(accused.base, now);
        (self.stake.own_base, self.stake.delegated_base) = (base.own.0, base.delegated.0);
        let severity = if opening.is_proved { opening.severity.min(OBJECTIVE_SEVERITY) } else { opening.severity };

        let clocks = self.clocks();
        let mut machine = Machine::open(severity, &clocks, work_ts.0);
        if opening.is_proved {
            self.flags |= dispute_flags::OBJECTIVE;
            self.machine.claimed = severity;
            machine = Machine::proved(severity, &clocks, self.cost_of(2), work_ts.0);
        }
        // A proof is no jury's word.
        machine.cautious = u8::from(!opening.is_proved && network.is_cautious(self.committed_ts));
        *self.machine = machine;

        let claimed = match opening.without_claim {
            true => Amount::ZERO,
            false => self.claim_value(severity, provider.repeats(severity, accused.epoch, opening.now)),
        };
        let required = if opening.is_proved {
            Amount(rules.minimum_bond)
        } else {
            required_bond(severity, accused.fee, claimed, &rules.bond_terms(self.costs.bounty))
        };
        if opening.without_claim {
            self.flags |= dispute_flags::UNRESERVED;
        }
        Ok(required)
    }

    /// Copies what a later change of parameters must not reach.
    fn copy_rules(&mut self, rules: &DisputeRules, bounty: u64) {
        let clocks = rules.clocks();
        self.clocks = [clocks.answer, clocks.draw, clocks.commit, clocks.reveal, clocks.appeal, clocks.arbiter];
        self.costs.juror_fees = [rules.juror_fee; 3];
        self.costs.juror_lock = rules.juror_lock;
        self.costs.bounty = bounty;
        self.costs.arbiter_fee = rules.arbiter_fee;
        self.delta_bps = rules.delta_bps;
        self.claim_bond_bps = rules.claim_bond_bps;
        self.cover_from_severity = rules.cover_from_severity;
    }

    /// Somebody joins the challengers with what it committed to. Returns what it deposited beyond the bond
    /// required. Refuses less than that, and more than a tenth beyond it (dispute-open-4).
    fn add_party(&mut self, commitment: &DisputeOpening, severity: u8, below: u8, required: Amount) -> Result<u64, E> {
        if Amount(commitment.deposit) < required {
            return Err(E::BondBelowRequired);
        }
        if Amount(commitment.deposit) > largest_deposit(required) {
            return Err(E::BondAboveRequired);
        }
        let free = self.parties.iter_mut().find(|party| party.severity == 0).ok_or(E::NotRaised)?;
        *free = Party {
            owner: commitment.challenger,
            bond: required.0,
            credit: 0,
            committed_ts: commitment.committed_ts,
            severity,
            state: PartyState::Standing as u8,
            below,
            padding: [0; 5],
        };
        Ok(commitment.deposit.saturating_sub(required.0))
    }

    /// Somebody raises the claim with a bond of its own, which holds stake from then on even where the claim
    /// was left out. Returns what it deposited beyond the bond required.
    ///
    /// Rounds: claims and bond up. Refuses: more than severity 1 where a deadline was missed; once the first
    /// jury's draw is armed; a severity that is not higher; outside its time; a deposit below the bond
    /// required, or more than a tenth above it.
    pub fn raise(
        &mut self,
        commitment: &DisputeOpening,
        severity: u8,
        provider: &mut Provider,
        rules: &DisputeRules,
        (work_ts, now): (WorkTs, Epoch),
    ) -> Result<u64, E> {
        if self.has(dispute_flags::MISSED) && severity > MISSED_SEVERITY {
            return Err(E::MissedDeadline);
        }
        if self.is_armed() || self.is_seeded() {
            // A larger jury could be preferred once the seed is known.
            return Err(E::WrongPhase);
        }
        let below = self.machine.claimed;
        let required = self.raising_bond(severity, provider, rules, now);
        self.raise_machine(severity, work_ts)?;
        let surplus = self.add_party(commitment, severity, below, required)?;
        self.flags &= !dispute_flags::UNRESERVED;
        self.book(provider, now);
        Ok(surplus)
    }

    /// The bond of who raises the claim to a severity now.
    pub fn raising_bond(&self, severity: u8, provider: &Provider, rules: &DisputeRules, now: Epoch) -> Amount {
        let claimed = self.claim_value(severity, provider.repeats(severity, Epoch(self.offence_epoch), now));
        let terms = BondTerms { minimum: Amount(rules.minimum_bond), ..self.bond_terms() };
        raising_bond(severity, Amount(self.fee), claimed, self.bonds(), &terms)
    }

    /// What a claim of a severity books: from the own pool the severity's most, twice the fee and what juries
    /// may cost on top, from the delegated pool the fraction of a repeated fault (dispute-slash-1,
    /// dispute-epoch-2, dispute-answer-2).
    fn claims(&self, severity: u8, repeats: u32) -> Stakes {
        let most = ceiling(severity);
        let repeated = slash::offence_bps(self.base_bps(severity), repeats, Bps::ZERO, most);
        let of = |bps: Bps, base: u64| Amount(mul_div_ceil(base, u64::from(bps.0), Bps::ONE).unwrap_or(base));
        let extra = Amount(self.fee)
            .saturating_add(Amount(self.fee))
            .saturating_add(first_jury_cost(severity, &self.bond_terms()));
        Stakes {
            own: of(most, self.stake.own_base).saturating_add(extra),
            delegated: of(repeated, self.stake.delegated_base),
        }
    }

    /// What is claimed from both pools together: as booked, or as it would be for a first fault while it is
    /// not.
    pub(super) fn most_claimed(&self) -> Amount {
        let booked = Amount(self.stake.own_claimed).saturating_add(Amount(self.stake.delegated_claimed));
        if self.joined > 0 {
            return booked;
        }
        let claims = self.claims(self.machine.claimed, 0);
        claims.own.saturating_add(claims.delegated)
    }

    /// Books the claim of the highest severity claimed, or what a raise adds to it. In full, even beyond what
    /// the pools hold (dispute-claim-1). Nothing while it is unreserved. With the first booking the dispute
    /// joins its claim: who left before answers for nothing of it.
    #[inline(never)]
    pub fn book(&mut self, provider: &mut Provider, now: Epoch) {
        if self.has(dispute_flags::UNRESERVED) {
            return;
        }
        let joins = self.joined == 0;
        if joins {
            self.joined = provider.join_claim(self.claim);
            (self.stake.own_joined, self.stake.delegated_joined) = (provider.own_kept, provider.delegated_kept);
        }
        let severity = self.machine.claimed;
        let claims = self.claims(severity, provider.repeats(severity, Epoch(self.offence_epoch), now));
        let own = claims.own.saturating_sub(Amount(self.stake.own_claimed));
        let delegated = claims.delegated.saturating_sub(Amount(self.stake.delegated_claimed));
        provider.reserve(
            self.claim,
            self.kept_of(provider, PoolKind::Own, own),
            self.kept_of(provider, PoolKind::Delegated, delegated),
        );
        self.stake.own_claimed = self.stake.own_claimed.saturating_add(own.0);
        self.stake.delegated_claimed = self.stake.delegated_claimed.saturating_add(delegated.0);
        (self.slash.own_claim_left, self.slash.delegated_claim_left) =
            (self.stake.own_claimed, self.stake.delegated_claimed);
        if joins {
            (self.stake.own_booked, self.stake.delegated_booked) =
                (self.stake.own_claimed, self.stake.delegated_claimed);
        }
        if self.has(dispute_flags::OBJECTIVE) {
            self.price_appeal();
        }
    }

    /// A proof is a verdict before its claim holds stake: what an appeal against it costs is known with that
    /// (jury-pay-2).
    #[inline(never)]
    fn price_appeal(&mut self) {
        let (cost, fee) = (self.cost_of(2), self.fee_of(2));
        let [first, _] = &mut self.machine.costs;
        *first = cost.max(1).saturating_mul(2);
        let [_, second, _] = &mut self.costs.juror_fees;
        *second = fee.0;
    }

    /// What a pool still answers for of an amount that the dispute claims or takes from it.
    pub(super) fn kept_of(&self, provider: &Provider, kind: PoolKind, amount: Amount) -> Amount {
        provider.kept(kind).of(amount, self.joined_at(kind))
    }

    /// What a pool had kept when the dispute joined its claim.
    pub(super) fn joined_at(&self, kind: PoolKind) -> Kept {
        match kind {
            PoolKind::Own => self.stake.own_joined.get(),
            PoolKind::Delegated => self.stake.delegated_joined.get(),
        }
    }

    /// From the first verdict that found a fault on, an unreserved claim holds stake too (dispute-bond-2).
    /// Returns whether it was booked now.
    pub fn book_if_found(&mut self, provider: &mut Provider, now: Epoch) -> bool {
        let found = self.machine.found & !1 != 0 || self.is_upheld();
        let books = found && self.has(dispute_flags::UNRESERVED) && !self.has(dispute_flags::FINISHED);
        if books {
            self.flags &= !dispute_flags::UNRESERVED;
            self.book(provider, now);
        }
        books
    }
}

impl Fault {
    /// Another dispute of the epoch was opened.
    pub fn join(&mut self) {
        self.open = self.open.saturating_add(1);
        self.ended_ts = 0;
    }
}
