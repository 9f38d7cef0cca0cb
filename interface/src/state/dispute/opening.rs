//! Opening a dispute: what it claims, and on which stake it is measured (R C3, C4, M11, M13).

use super::{Dispute, DisputeKind, MachineState, Party, dispute_flags};
use crate::{
    Address, WorkTokenError as E,
    limits::{OBJECTIVE_SEVERITY, SEVERITY_BOUNDS},
    math::{
        Amount, Bps, Epoch, WorkTs,
        dispute::{MAX_SEVERITY, Machine, first_jury_cost},
        mul_div::mul_div_ceil,
        slash::{self, Stakes},
    },
    state::{Assignment, Claim, DisputeRules, Fault, Provider, SeverityRule},
};

/// The most that a severity may cost (MD 5.1).
pub(super) fn ceiling(severity: u8) -> Bps {
    let row = usize::from(severity).checked_sub(1).and_then(|row| SEVERITY_BOUNDS.get(row));
    Bps(row.map_or(0, |(_, most)| *most))
}

/// The accused: which fault, on which stake, by which table.
#[derive(Clone, Copy, Debug)]
pub struct Accused {
    /// Epoch of the fault.
    pub epoch: Epoch,
    /// Stake then, unbonding included.
    pub base: Stakes,
    /// Fee of the disputed seat; zero without one.
    pub fee: Amount,
    /// The table in force for it.
    pub severities: [SeverityRule; 5],
}

impl Accused {
    /// Of a fault in the work on a seat.
    pub fn of_seat(seat: &Assignment) -> Self {
        Self {
            epoch: Epoch(seat.accepted_epoch),
            base: Stakes { own: Amount(seat.own_total), delegated: Amount(seat.delegated_total) },
            fee: Amount(seat.fee),
            severities: seat.severities,
        }
    }
}

/// What a challenger opens.
#[derive(Clone, Copy, Debug)]
pub struct Opening<'a> {
    /// What it is about.
    pub kind: DisputeKind,
    /// The severity claimed; that of a proof is fixed.
    pub severity: u8,
    /// Who opens.
    pub challenger: &'a Address,
    /// Its bond.
    pub bond: u64,
    /// Whether it leaves the claim out of its bond: only a client on its own job.
    pub without_claim: bool,
    /// Whether the fault is proved by two signed results.
    pub is_proved: bool,
    /// Now. Unix seconds.
    pub now_ts: i64,
    /// Now, in work time.
    pub work_ts: WorkTs,
    /// The present epoch.
    pub now: Epoch,
}

impl Dispute {
    /// The stakes on which the slash is measured.
    pub fn bases(&self) -> Stakes {
        Stakes { own: Amount(self.own_base), delegated: Amount(self.delegated_base) }
    }

    /// Begins a dispute in a fresh account whose addresses are set. Books nothing yet.
    #[inline(never)]
    pub fn open(
        &mut self,
        opening: &Opening,
        accused: &Accused,
        provider: &Provider,
        rules: &DisputeRules,
        bounty: u64,
    ) -> Result<(), E> {
        if opening.severity == 0 || opening.severity > MAX_SEVERITY {
            return Err(E::UnknownSeverity);
        }
        self.kind = opening.kind as u8;
        self.copy_rules(rules, bounty);
        self.severities = accused.severities;
        self.opened_ts = opening.now_ts;
        self.offence_epoch = accused.epoch.0;
        self.fee = accused.fee.0;
        let now = Stakes { own: Amount(provider.own.tokens), delegated: Amount(provider.delegated.tokens) };
        let base = slash::base(accused.base, now);
        (self.own_base, self.delegated_base) = (base.own.0, base.delegated.0);
        let severity = if opening.is_proved { opening.severity.min(OBJECTIVE_SEVERITY) } else { opening.severity };

        let clocks = self.clocks();
        let mut machine = Machine::open(severity, &clocks, opening.work_ts.0);
        if opening.kind == DisputeKind::Score {
            (self.own_base, self.delegated_base) = (0, 0);
            machine.skip_answer(&clocks, opening.work_ts.0);
        }
        if opening.is_proved {
            self.flags |= dispute_flags::OBJECTIVE;
            self.machine.claimed = severity;
            machine = Machine::proved(severity, &clocks, self.cost_of(2), opening.work_ts.0);
        }
        self.machine = MachineState { ..bytemuck::Zeroable::zeroed() };
        self.machine.set(&machine);

        let claimed = match opening.without_claim {
            true => Amount::ZERO,
            false => self.claim_value(severity, provider.repeats(severity, opening.now)),
        };
        let mut required = self.required_bond(severity, claimed).max(Amount(rules.minimum_bond));
        if opening.is_proved {
            required = Amount(rules.minimum_bond);
        }
        if Amount(opening.bond) < required {
            return Err(E::BondBelowRequired);
        }
        if opening.without_claim {
            self.flags |= dispute_flags::UNRESERVED;
        }
        if let Some(first) = self.parties.first_mut() {
            *first = Party { owner: *opening.challenger, bond: opening.bond, credit: 0, severity, padding: [0; 7] };
        }
        Ok(())
    }

    /// What a claim of a severity books: from the own pool the severity's most, twice the fee and what juries may cost on top, from the delegated pool
    /// the fraction of a repeated fault (R M13, H18, C1).
    fn claims(&self, severity: u8, repeats: u32) -> Stakes {
        let most = ceiling(severity);
        let repeated = slash::offence_bps(self.base_bps(severity), repeats, Bps::ZERO, most);
        let of = |bps: Bps, base: u64| Amount(mul_div_ceil(base, u64::from(bps.0), Bps::ONE).unwrap_or(base));
        let extra = Amount(self.fee)
            .saturating_add(Amount(self.fee))
            .saturating_add(first_jury_cost(severity, &self.bond_terms()));
        Stakes { own: of(most, self.own_base).saturating_add(extra), delegated: of(repeated, self.delegated_base) }
    }

    /// Books the claim of the highest severity claimed, or what a raise adds to it. In full, even beyond what the pools hold (R C3). Nothing while it is
    /// unreserved, and nothing for a score.
    #[inline(never)]
    pub fn book(&mut self, provider: &mut Provider, now: Epoch) {
        if self.has(dispute_flags::UNRESERVED) || self.claim == 0 {
            return;
        }
        let severity = self.machine.claimed;
        let claims = self.claims(severity, provider.repeats(severity, now));
        let own = claims.own.saturating_sub(Amount(self.own_claimed));
        let delegated = claims.delegated.saturating_sub(Amount(self.delegated_claimed));
        provider.reserve(self.claim, own, delegated);
        self.own_claimed = self.own_claimed.saturating_add(own.0);
        self.delegated_claimed = self.delegated_claimed.saturating_add(delegated.0);
        (self.own_claim_left, self.delegated_claim_left) = (self.own_claimed, self.delegated_claimed);
    }

    /// From the first verdict that found a fault on, an unreserved claim holds stake too (R M11). Returns whether it was booked now.
    pub fn book_if_found(&mut self, provider: &mut Provider, now: Epoch) -> bool {
        let found = self.machine.found & !1 != 0 || self.is_upheld();
        let books = found && self.has(dispute_flags::UNRESERVED) && !self.has(dispute_flags::FINISHED);
        if books {
            self.flags &= !dispute_flags::UNRESERVED;
            self.book(provider, now);
        }
        books
    }

    /// Somebody who raises an unreserved claim pays the whole bond, and it holds stake from then on.
    pub fn reserve_now(&mut self) {
        self.flags &= !dispute_flags::UNRESERVED;
    }
}

impl Claim {
    /// Refuses a dispute that comes too late to join.
    pub fn require_joinable(&self, now_ts: i64) -> Result<(), E> {
        if self.open > 0 && now_ts < self.joinable_until_ts { Ok(()) } else { Err(E::TooManyClaims) }
    }
}

impl Fault {
    /// Another dispute of the epoch was opened.
    pub fn join(&mut self) {
        self.open = self.open.saturating_add(1);
        self.ended_ts = 0;
    }
}
