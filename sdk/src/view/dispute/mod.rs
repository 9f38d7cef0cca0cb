//! How far is a dispute, who may do what now, and what would each outcome cost whom?

mod outcome;
mod quote;
mod steps;
#[cfg(test)]
mod tests;

pub use {
    outcome::OutcomeCost,
    quote::{DisputeAsk, DisputeQuote, accused_of_epoch, quote_dispute},
    steps::{DisputeAllowed, DisputeStep, DisputeWho},
};

pub(super) use outcome::what_if;

use {
    super::touched,
    crate::{
        Pubkey,
        limits::RANDOMNESS_SECS,
        math::{
            Amount, Bps, WorkTs,
            dispute::{Jury, Machine, NO_VERDICT, Outcome, Phase, Side, installment_due},
        },
        state::{
            Assignment, Dispute, DisputeKind, Fault, Network, Provider,
            dispute::{Finished, Judge},
            dispute_flags,
        },
    },
};

/// A dispute at a time: what its view looks at.
#[derive(Clone, Copy, Debug)]
pub struct DisputeAt<'a> {
    /// The network.
    pub network: &'a Network,
    /// The accused.
    pub provider: &'a Provider,
    /// The dispute.
    pub dispute: &'a Dispute,
    /// The provider's faults of its epoch.
    pub fault: &'a Fault,
    /// The disputed seat; `None` for conduct and scores.
    pub seat: Option<&'a Assignment>,
    /// The slot.
    pub slot: u64,
    /// The time. Unix seconds.
    pub now_ts: i64,
}

/// A challenger, or one that raised the claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartyView {
    /// Who.
    pub owner: Pubkey,
    /// The severity it claimed.
    pub severity: u8,
    /// Its bond. Base units.
    pub bond: u64,
    /// Due to it now. Base units.
    pub credit: u64,
}

/// A jury.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JuryView {
    /// Its seats and votes.
    pub jury: Jury,
    /// What it found; `None` without a third of its votes.
    pub verdict: Option<u8>,
}

/// Where the seed of the present jury stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JurySeed {
    /// The jury is to be called.
    NotArmed,
    /// It is made of the next value of the account of randomness; after that second the hash of a slot decides.
    AwaitsRandomness {
        /// Unix seconds.
        until_ts: i64,
    },
    /// It is the hash of the first existing slot from this one on, which has not come.
    Waits {
        /// The slot.
        slot: u64,
    },
    /// It can be captured, for about 500 slots.
    Capturable,
    /// It is known: seats can be drawn.
    Known,
}

/// An appeal that can be funded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppealView {
    /// The losing side's full part; the winning side's is half of it. Base units.
    pub cost: u64,
    /// Paid by challengers and provider. Base units.
    pub paid: [u64; 2],
    /// What each can still pay. Base units.
    pub fundable: [u64; 2],
    /// Which of them lose by the verdict; both lose a tie.
    pub loses: [bool; 2],
    /// The losing side can pay until then; without its whole part the verdict then stands. Unix seconds.
    pub losers_until_ts: i64,
    /// Whether the appeal will be held.
    pub is_held: bool,
}

/// A slash that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlashView {
    /// The whole slash of the own side, and what of it was executed. Base units.
    pub own: [u64; 2],
    /// The same of the delegators.
    pub delegated: [u64; 2],
    /// Own rewards that burn with the first installment. Base units.
    pub confiscated: u64,
    /// Installments.
    pub installments: u8,
    /// Due now, own and delegated. Base units.
    pub due: [u64; 2],
    /// When the next installment is, or was, due; `None` once all were executed. Unix seconds.
    pub next_ts: Option<i64>,
    /// What the network's limit lets be slashed now; a proved fault passes it. Base units.
    pub room: u64,
}

/// A dispute at a time, past every deadline that has passed, whether somebody advanced it or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisputeView {
    /// What it is about.
    pub kind: DisputeKind,
    /// Where it stands.
    pub phase: Phase,
    /// How it ended.
    pub outcome: Outcome,
    /// Highest severity claimed.
    pub claimed: u8,
    /// Severity found so far; `None` before the first verdict.
    pub verdict: Option<u8>,
    /// When the phase ends; `None` once decided. An outage that is recorded later moves it. Unix seconds.
    pub until_ts: Option<i64>,
    /// Whether `advance_dispute` has something to do.
    pub needs_advance: bool,
    /// Whether a claim holds no stake before a verdict.
    pub is_unreserved: bool,
    /// The challengers, in the order in which they raised the claim.
    pub parties: Vec<PartyView>,
    /// The provider's counter-bond, for all of its disputes. Base units.
    pub counter_bond: u64,
    /// What an answer must add to it. Base units.
    pub counter_bond_missing: u64,
    /// The juries that were called, in order.
    pub juries: Vec<JuryView>,
    /// The seed of the jury that is being seated.
    pub seed: Option<JurySeed>,
    /// The appeal that can be funded now.
    pub appeal: Option<AppealView>,
    /// The slash, once decided.
    pub slash: Option<SlashView>,
    /// Who may do what now.
    pub allowed: Vec<DisputeAllowed>,
    /// What each outcome that is still possible would cost, with juries as they stand.
    pub outcomes: Vec<OutcomeCost>,
}

impl DisputeView {
    /// Whether somebody may do something now.
    pub fn allows(&self, who: DisputeWho, what: DisputeStep) -> bool {
        self.allowed.iter().any(|allowed| allowed.who == who && allowed.what == what)
    }

    /// What an outcome would cost, if it is still possible.
    pub fn cost_of(&self, outcome: Outcome, severity: u8) -> Option<&OutcomeCost> {
        self.outcomes.iter().find(|cost| cost.outcome == outcome && cost.severity == severity)
    }
}

/// The accounts as the program would bring them up to date at a time.
#[derive(Clone)]
pub(super) struct Books {
    network: Network,
    pub(super) provider: Provider,
    pub(super) dispute: Dispute,
    fault: Fault,
    seat: Option<Assignment>,
    slot: u64,
    now_ts: i64,
    /// Whether deadlines passed or a claim was booked, and whether a decision was applied.
    moved: bool,
    decided: bool,
}

pub(super) fn up_to_date(at: &DisputeAt) -> Books {
    let mut books = Books {
        network: *at.network,
        provider: touched(at.network, at.provider, at.now_ts),
        dispute: *at.dispute,
        fault: *at.fault,
        seat: at.seat.copied(),
        slot: at.slot,
        now_ts: at.now_ts,
        moved: false,
        decided: false,
    };
    books.moved = books.dispute.advance(books.work_ts());
    books.moved |= books.dispute.book_if_found(&mut books.provider, books.network.epoch_at(at.now_ts));
    books.decided = books.dispute.is_decided() && !books.dispute.has(dispute_flags::FINISHED);
    if books.decided {
        books.finish();
    }
    books
}

impl Books {
    fn work_ts(&self) -> WorkTs {
        self.network.work_ts(self.now_ts)
    }

    fn machine(&self) -> Machine {
        self.dispute.machine.get()
    }

    /// Applies the decision, as `advance_dispute` does.
    fn finish(&mut self) -> Finished {
        let now = self.network.epoch_at(self.now_ts);
        let stake = Amount(self.provider.own.tokens).saturating_add(Amount(self.provider.delegated.tokens));
        let severity = self.dispute.machine.verdict;
        let is_upheld = self.dispute.is_upheld();
        let judge = Judge {
            now_ts: self.now_ts,
            work_ts: self.work_ts(),
            now,
            correlation: if is_upheld { self.network.convict(severity, stake, now) } else { Bps::ZERO },
            deferral_secs: self.network.params.deferral_secs,
            interval_secs: self.network.clock().length_in(self.network.epoch_at(self.now_ts)),
        };
        self.dispute.finish(&mut self.provider, &mut self.fault, self.seat.as_mut(), &judge)
    }

    /// Whether everything was executed and the end is not noted.
    fn ends(&self) -> bool {
        let dispute = &self.dispute;
        dispute.has(dispute_flags::FINISHED) && !dispute.has(dispute_flags::ENDED) && dispute.is_executed()
    }
}

/// A dispute at a time. Everything that it says may be done is what the program accepts then, as far as dispute, provider
/// and network say.
pub fn dispute_view(at: &DisputeAt) -> DisputeView {
    let books = up_to_date(at);
    let (dispute, machine) = (&books.dispute, books.machine());
    let phase = machine.phase;
    let has_answer = dispute.kind() != DisputeKind::Score && phase == Phase::Answer;
    let missing = dispute.bonds().saturating_sub(Amount(books.provider.counter_bond));
    let called = machine.juries.iter().filter(|jury| jury.round > 0);
    DisputeView {
        kind: dispute.kind(),
        phase,
        outcome: machine.outcome,
        claimed: machine.claimed,
        verdict: (machine.verdict != NO_VERDICT).then_some(machine.verdict),
        until_ts: (phase != Phase::Decided).then(|| books.network.unix_ts(WorkTs(machine.until_work_ts))),
        needs_advance: books.moved || books.decided || books.ends(),
        is_unreserved: dispute.has(dispute_flags::UNRESERVED),
        parties: parties(dispute),
        counter_bond: books.provider.counter_bond,
        counter_bond_missing: if has_answer { missing.0 } else { 0 },
        juries: called.map(|jury| JuryView { jury: *jury, verdict: jury.decided.then(|| jury.verdict()) }).collect(),
        seed: (phase == Phase::Seating).then(|| seed(&books)),
        appeal: (phase == Phase::Appeal).then(|| appeal(&books, &machine)),
        slash: slash(&books),
        allowed: steps::allowed(&books),
        outcomes: outcome::outcomes(&books),
    }
}

fn parties(dispute: &Dispute) -> Vec<PartyView> {
    let parties = dispute.parties.iter().filter(|party| party.severity != 0);
    let view = parties.map(|party| PartyView {
        owner: party.owner,
        severity: party.severity,
        bond: party.bond,
        credit: party.credit,
    });
    view.collect()
}

fn seed(books: &Books) -> JurySeed {
    let dispute = &books.dispute;
    if dispute.is_seeded() {
        JurySeed::Known
    } else if !dispute.is_armed() {
        JurySeed::NotArmed
    } else if dispute.awaits_randomness(books.now_ts) {
        JurySeed::AwaitsRandomness { until_ts: dispute.armed_ts.saturating_add(RANDOMNESS_SECS) }
    } else if books.slot > dispute.seed_slot {
        JurySeed::Capturable
    } else {
        JurySeed::Waits { slot: dispute.seed_slot }
    }
}

fn appeal(books: &Books, machine: &Machine) -> AppealView {
    let (clocks, work_ts) = (books.dispute.clocks(), books.work_ts());
    let index = usize::from(machine.present().round.saturating_sub(1));
    let half_ts = machine.until_work_ts.saturating_sub(i64::from(clocks.appeal.div_ceil(2)));
    let sides = [Side::Challenger, Side::Provider];
    AppealView {
        cost: machine.costs.get(index).copied().unwrap_or(0),
        paid: machine.pots.get(index).copied().unwrap_or_default(),
        fundable: sides.map(|side| machine.fundable(side, &clocks, work_ts.0)),
        loses: sides.map(|side| machine.loses(side)),
        losers_until_ts: books.network.unix_ts(WorkTs(half_ts)),
        is_held: machine.is_appealed(),
    }
}

fn slash(books: &Books) -> Option<SlashView> {
    let dispute = &books.dispute;
    let is_found = dispute.own_slash > 0 || dispute.delegated_slash > 0 || dispute.confiscated > 0;
    if !dispute.has(dispute_flags::FINISHED) || !is_found {
        return None;
    }
    let due = dispute.due(books.work_ts());
    let is_open = |number: u8| {
        let of = |slash: u64| installment_due(Amount(slash), u32::from(number) + 1, dispute.installments).0;
        of(dispute.own_slash) > dispute.own_executed || of(dispute.delegated_slash) > dispute.delegated_executed
    };
    let open =
        if dispute.confiscated > 0 { Some(0) } else { (0..dispute.installments).find(|number| is_open(*number)) };
    let due_ts = |number: u8| {
        let waited = i64::from(dispute.interval_secs).saturating_mul(i64::from(number));
        books.network.unix_ts(WorkTs(dispute.slash_from_work_ts.saturating_add(waited)))
    };
    Some(SlashView {
        own: [dispute.own_slash, dispute.own_executed],
        delegated: [dispute.delegated_slash, dispute.delegated_executed],
        confiscated: dispute.confiscated,
        installments: dispute.installments,
        due: [due.own.0, due.delegated.0],
        next_ts: open.map(due_ts),
        room: books.network.slash_room(books.now_ts).0,
    })
}
