//! Who may do what with a dispute.

use {
    super::{Books, JurySeed, seed},
    crate::{
        math::{
            Amount, Bps, WorkTs,
            dispute::{MAX_SEVERITY, Phase, Side},
        },
        state::{DisputeKind, dispute_flags},
    },
};

/// Who may do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisputeWho {
    /// The challenger who opened it.
    Challenger,
    /// One of the challengers, by its place.
    Party(u8),
    /// The job's client.
    Client,
    /// The jurors of the present jury.
    Jurors,
    /// The network's arbiter.
    Arbiter,
    /// The network's admin.
    Admin,
    /// Anybody.
    Anybody,
    /// Anybody but the provider's own keys.
    Others,
}

/// What may be done with a dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisputeStep {
    /// Answer for the provider.
    Answer {
        /// What the counter-bond lacks. Base units.
        missing: u64,
    },
    /// Raise the claim.
    Raise,
    /// Give the dispute up.
    Withdraw,
    /// Bring it past its deadlines, to its outcome, to its end.
    Advance,
    /// Arm the present jury's draw, or capture its seed.
    CallJury,
    /// Draw the next seat. Where a bounty is due, it is paid.
    SeatJuror,
    /// Commit to a vote.
    Commit,
    /// Reveal it.
    Reveal,
    /// Pay for an appeal.
    FundAppeal {
        /// For which side.
        side: Side,
        /// At most. Base units.
        most: u64,
    },
    /// Rule.
    Rule,
    /// Cancel the slash or reduce it.
    Veto,
    /// Execute what is due of the slash.
    Execute,
    /// Burn, insure and share out what is held for nobody in particular.
    Distribute,
    /// Claim what is owed.
    ClaimCredit {
        /// How much now. Base units.
        amount: u64,
    },
    /// Set the score to neutral.
    CorrectScore,
    /// Settle the seats of the juries.
    SettleBallots {
        /// How many there are.
        count: u8,
    },
    /// Close the dispute.
    Close,
}

/// Something that may be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DisputeAllowed {
    /// By whom.
    pub who: DisputeWho,
    /// What.
    pub what: DisputeStep,
    /// Only before then; `None` while nothing else happens. Unix seconds.
    pub until_ts: Option<i64>,
}

/// Collected step by step.
struct Steps<'a> {
    books: &'a Books,
    found: Vec<DisputeAllowed>,
}

pub(super) fn allowed(books: &Books) -> Vec<DisputeAllowed> {
    let mut steps = Steps { books, found: Vec::new() };
    if books.moved || books.decided || books.ends() {
        steps.add(DisputeWho::Anybody, DisputeStep::Advance);
    }
    // Nothing else reaches an outcome before it is applied.
    if !books.decided {
        match books.machine().phase {
            Phase::Answer => steps.answer(),
            Phase::Seating => steps.seating(),
            Phase::Commit => steps.until(DisputeWho::Jurors, DisputeStep::Commit),
            Phase::Reveal => steps.until(DisputeWho::Jurors, DisputeStep::Reveal),
            Phase::Appeal => steps.appeal(),
            Phase::Arbiter => steps.until(DisputeWho::Arbiter, DisputeStep::Rule),
            Phase::Decided => steps.decided(),
        }
        steps.before_votes();
    }
    steps.found
}

impl Steps<'_> {
    fn add(&mut self, who: DisputeWho, what: DisputeStep) {
        self.found.push(DisputeAllowed { who, what, until_ts: None });
    }

    /// Until the phase ends.
    fn until(&mut self, who: DisputeWho, what: DisputeStep) {
        let until_ts = Some(self.books.network.unix_ts(WorkTs(self.books.machine().until_work_ts)));
        self.found.push(DisputeAllowed { who, what, until_ts });
    }

    fn answer(&mut self) {
        let missing = self.books.dispute.bonds().saturating_sub(Amount(self.books.provider.counter_bond)).0;
        self.until(DisputeWho::Anybody, DisputeStep::Answer { missing });
    }

    /// What challengers may do before the first jury votes.
    fn before_votes(&mut self) {
        let (dispute, work_ts) = (&self.books.dispute, self.books.work_ts());
        let higher = dispute.machine.claimed.saturating_add(1).min(MAX_SEVERITY);
        if dispute.claim != 0 && { *dispute }.raise(&dispute.provider, higher, 0, work_ts).is_ok() {
            self.until(DisputeWho::Others, DisputeStep::Raise);
        }
        if { *dispute }.withdraw(work_ts).is_ok() {
            self.until(DisputeWho::Challenger, DisputeStep::Withdraw);
        }
    }

    fn seating(&mut self) {
        match seed(self.books) {
            JurySeed::Known => self.until(DisputeWho::Anybody, DisputeStep::SeatJuror),
            JurySeed::Waits { .. } => {}
            _ => self.until(DisputeWho::Anybody, DisputeStep::CallJury),
        }
    }

    fn appeal(&mut self) {
        let (machine, clocks) = (self.books.machine(), self.books.dispute.clocks());
        let half_ts = machine.until_work_ts.saturating_sub(i64::from(clocks.appeal.div_ceil(2)));
        for side in [Side::Challenger, Side::Provider] {
            let most = machine.fundable(side, &clocks, self.books.work_ts().0);
            if most > 0 {
                let until_ts = if machine.loses(side) { half_ts } else { machine.until_work_ts };
                let until_ts = Some(self.books.network.unix_ts(WorkTs(until_ts)));
                let what = DisputeStep::FundAppeal { side, most };
                self.found.push(DisputeAllowed { who: DisputeWho::Anybody, what, until_ts });
            }
        }
    }

    fn decided(&mut self) {
        let Books { dispute, provider, network, now_ts, .. } = self.books;
        if { *dispute }.veto(Bps::ZERO, self.books.work_ts()).is_ok() && !dispute.is_executed() {
            let until_ts = Some(network.unix_ts(WorkTs(dispute.slash_from_work_ts)));
            self.found.push(DisputeAllowed { who: DisputeWho::Admin, what: DisputeStep::Veto, until_ts });
        }
        if { *dispute }.execute(&mut { *provider }, network.slash_room(*now_ts), self.books.work_ts(), true).is_ok() {
            self.add(DisputeWho::Anybody, DisputeStep::Execute);
        }
        if dispute.burn_due > 0 || dispute.insurance_due > 0 || dispute.provider_due > 0 {
            self.add(DisputeWho::Anybody, DisputeStep::Distribute);
        }
        self.credits();
        if dispute.corrects_score() && !dispute.has(dispute_flags::CORRECTED) && self.score_is_open() {
            self.add(DisputeWho::Anybody, DisputeStep::CorrectScore);
        }
        if dispute.ballots > 0 {
            self.add(DisputeWho::Anybody, DisputeStep::SettleBallots { count: dispute.ballots });
        }
        if dispute.require_closable(*now_ts).is_ok() {
            self.add(DisputeWho::Anybody, DisputeStep::Close);
        }
    }

    fn score_is_open(&self) -> bool {
        let Books { dispute, provider, network, now_ts, .. } = self.books;
        let epoch = crate::math::Epoch(dispute.offence_epoch);
        epoch >= network.next_to_finalize(network.epoch_at(*now_ts)) && { *provider }.correct_score(epoch).is_ok()
    }

    fn credits(&mut self) {
        let (mut dispute, mut fault) = (self.books.dispute, self.books.fault);
        dispute.draw_reward(&mut fault);
        for (place, party) in (0u8..).zip(self.books.dispute.parties) {
            let amount = dispute.take_credit(place, &party.owner).unwrap_or(0);
            if amount > 0 {
                self.add(DisputeWho::Party(place), DisputeStep::ClaimCredit { amount });
            }
        }
        if dispute.client_credit > 0 && dispute.kind() == DisputeKind::Job {
            self.add(DisputeWho::Client, DisputeStep::ClaimCredit { amount: dispute.client_credit });
        }
    }
}
