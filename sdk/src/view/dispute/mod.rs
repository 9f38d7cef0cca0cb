//! How far is a dispute, who may do what now, who has which part of the reward, and what would each outcome
//! cost whom?

mod now;
mod opening;
mod outcome;
#[cfg(test)]
mod outcome_tests;
mod quote;
#[cfg(test)]
mod quote_tests;
mod rewards;
mod stages;
mod steps;
#[cfg(test)]
mod tests;

pub use {
    opening::{OpeningView, opening_view},
    outcome::{ChallengerOutcome, OutcomeCost},
    quote::{
        BondQuote, DisputeAsk, DisputeQuote, RaiseQuote, accused_of_epoch, quote_dispute, quote_proof, quote_raise,
    },
    rewards::RewardStep,
    stages::{AppealView, JurySeed, JuryView, SlashView},
    steps::{DisputeAllowed, DisputeStep, DisputeWho},
};

pub(super) use outcome::{execute_all, what_if};

use {
    super::touched,
    crate::{
        Pubkey, addresses,
        math::{
            Epoch, WorkTs,
            dispute::{Machine, NO_VERDICT, Outcome, Phase, SIDES},
        },
        state::{
            Assignment, Dispute, DisputeKind, Fault, Network, Provider, Terms,
            dispute::{Advanced, DisputeBooks},
            dispute_flags,
        },
    },
};

pub use crate::state::dispute::PartyState;

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
    /// The disputed seat; `None` for conduct.
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
    /// Its place: what withdraws, and claims, its own.
    pub place: u8,
    /// The severity it claimed.
    pub severity: u8,
    /// The claim that it raised; 0 for the first.
    pub below: u8,
    /// The bond that its claim required; 0 once it withdrew before the answer. Base units.
    pub bond: u64,
    /// Due to it now. Base units.
    pub credit: u64,
    /// Whether its claim stands.
    pub state: PartyState,
    /// When it committed to it. Unix seconds.
    pub committed_ts: i64,
}

/// What an answer costs. Base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerView {
    /// The counter-bond must be at least that: what the challengers' claims required, whatever they
    /// deposited.
    pub required: u64,
    /// What who deposited the present counter-bond, or anybody where there is none, must add to it.
    pub missing: u64,
    /// What somebody else must deposit to take its place, which returns the present one.
    pub by_another: u64,
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
    /// Highest severity claimed: it sizes the juries.
    pub claimed: u8,
    /// Highest severity that somebody still claims; 0 when nobody does.
    pub standing: u8,
    /// What the provider's silence conceded while a higher claim went to a jury: nothing lower is decided any
    /// more.
    pub floor: u8,
    /// Severity found so far; `None` before the first verdict.
    pub verdict: Option<u8>,
    /// The severity that the provider is convicted of, once decided; 0 for none.
    pub severity: u8,
    /// Whether a jury's verdict above severity 2 needs the arbiter's word, because the jurors' tree is young.
    pub is_cautious: bool,
    /// When the phase ends; `None` once decided. An outage that is recorded later moves it. Unix seconds.
    pub until_ts: Option<i64>,
    /// Whether `advance_dispute` has something to do.
    pub needs_advance: bool,
    /// Whether a claim holds no stake before a verdict.
    pub is_unreserved: bool,
    /// Whether the seat only missed a deadline: the claim is not raised above severity 1.
    pub is_missed: bool,
    /// The challengers, in the order in which they raised the claim.
    pub parties: Vec<PartyView>,
    /// To what severities the claim can be raised now, and with which bond.
    pub raises: Vec<RaiseQuote>,
    /// The provider's counter-bond, for all of its answered disputes. Base units.
    pub counter_bond: u64,
    /// What an answer costs, while it can be given.
    pub answer: Option<AnswerView>,
    /// The juries that were called, in order.
    pub juries: Vec<JuryView>,
    /// The seed of the jury that is being drawn.
    pub seed: Option<JurySeed>,
    /// The appeals that can be funded now.
    pub appeal: Option<AppealView>,
    /// What the arbiter may rule now; 0 dismisses.
    pub rulings: Vec<u8>,
    /// What each side's payments for the appeals from round 1 and from round 2 bring back, once decided; in
    /// the order of [`crate::math::dispute::Side::ALL`]. Base units.
    pub appeals_back: [[u64; SIDES]; 2],
    /// The slash, once decided.
    pub slash: Option<SlashView>,
    /// The steps of severity of the fault of its epoch that were found so far, and whose reward each is.
    pub rewards: Vec<RewardStep>,
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

    /// What an outcome would cost, if it is still possible; `severity` is the one that the provider would be
    /// convicted of, 0 for none.
    pub fn cost_of(&self, outcome: Outcome, severity: u8) -> Option<&OutcomeCost> {
        self.outcomes.iter().find(|cost| cost.outcome == outcome && cost.severity == severity)
    }
}

/// The accounts as the program would bring them up to date at a time.
#[derive(Clone)]
pub(super) struct Books {
    pub(super) network: Network,
    pub(super) provider: Provider,
    address: Pubkey,
    pub(super) dispute: Dispute,
    pub(super) fault: Fault,
    seat: Option<Assignment>,
    slot: u64,
    now_ts: i64,
    /// What bringing them up to date did.
    advanced: Advanced,
}

pub(super) fn up_to_date(at: &DisputeAt) -> Books {
    let mut books = Books {
        network: *at.network,
        provider: touched(at.network, at.provider, at.now_ts),
        address: addresses::dispute(&at.dispute.subject, at.dispute.number),
        dispute: *at.dispute,
        fault: *at.fault,
        seat: at.seat.filter(|_| !at.dispute.has(dispute_flags::FINISHED)).copied(),
        slot: at.slot,
        now_ts: at.now_ts,
        advanced: Advanced::default(),
    };
    books.reach_outcome();
    books
}

impl Books {
    fn work_ts(&self) -> WorkTs {
        self.network.work_ts(self.now_ts)
    }

    fn now(&self) -> Epoch {
        self.network.epoch_at(self.now_ts)
    }

    fn unix(&self, work_ts: i64) -> i64 {
        self.network.unix_ts(WorkTs(work_ts))
    }

    fn machine(&self) -> Machine {
        *self.dispute.machine
    }

    fn terms(&self) -> Terms {
        self.network.terms(self.now_ts)
    }

    /// Brings the dispute to its outcome, as far as time and votes allow.
    fn reach_outcome(&mut self) {
        let now = self.terms();
        let Self { network, provider, address, dispute, fault, seat, .. } = self;
        let mut books = DisputeBooks { network, provider, fault, seat: seat.as_mut() };
        self.advanced = dispute.reach_outcome(address, &mut books, &now);
    }

    /// Whether `advance_dispute` has something to do.
    fn needs_advance(&self) -> bool {
        !self.advanced.is_nothing() || self.dispute.awaits_end() || self.dispute.awaits_telling(self.work_ts())
    }
}

/// A dispute at a time. Everything that it says may be done is what the program accepts then, as far as
/// dispute, provider and network say.
pub fn dispute_view(at: &DisputeAt) -> DisputeView {
    let books = up_to_date(at);
    let (dispute, machine) = (&books.dispute, books.machine());
    let phase = machine.phase();
    DisputeView {
        kind: dispute.kind(),
        phase,
        outcome: machine.outcome(),
        claimed: machine.claimed,
        standing: machine.highest_standing(),
        floor: machine.floor,
        verdict: (machine.verdict != NO_VERDICT).then_some(machine.verdict),
        severity: dispute.severity(),
        is_cautious: machine.cautious != 0,
        until_ts: (phase != Phase::Decided).then(|| books.unix(machine.until_work_ts)),
        needs_advance: books.needs_advance(),
        is_unreserved: dispute.has(dispute_flags::UNRESERVED),
        is_missed: dispute.has(dispute_flags::MISSED),
        parties: parties(dispute),
        raises: quote::raises(&books),
        counter_bond: books.provider.counter.bond,
        answer: (phase == Phase::Answer).then(|| answer(dispute, &books.provider)),
        juries: stages::juries(dispute, &machine),
        seed: (phase == Phase::Draw).then(|| stages::seed(&books)),
        appeal: (phase == Phase::Appeal).then(|| stages::appeal(&books, &machine)),
        rulings: now::rulings(&books),
        appeals_back: dispute.appeals_back,
        slash: stages::slash(&books),
        rewards: rewards::of_fault(&books.fault, dispute, &books.address),
        allowed: steps::allowed(&books),
        outcomes: outcome::outcomes(&books),
    }
}

fn parties(dispute: &Dispute) -> Vec<PartyView> {
    let parties = (0u8..).zip(&dispute.parties).filter(|(_, party)| party.severity != 0);
    let view = parties.map(|(place, party)| PartyView {
        owner: party.owner,
        place,
        severity: party.severity,
        below: party.below,
        bond: party.bond,
        credit: party.credit,
        state: party.state(),
        committed_ts: party.committed_ts,
    });
    view.collect()
}

/// What an answer to a dispute's claims costs at a provider.
fn answer(dispute: &Dispute, provider: &Provider) -> AnswerView {
    let (required, present) = (dispute.least_counter_bond(provider, false), provider.counter.bond);
    let by_another = dispute.least_counter_bond(provider, present > 0);
    AnswerView { required, missing: required.saturating_sub(present), by_another }
}
