//! Who may do what with a dispute.

use {
    super::{Books, JurySeed, answer, now::execute_now, quote, stages::seed},
    crate::{
        math::{
            Bps,
            dispute::{Phase, Side},
        },
        state::{
            Dispute,
            dispute::{CLIENT, OpenVaults},
            dispute_flags,
        },
    },
};

/// Who may do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisputeWho {
    /// One of the challengers, by its place: 0 is who opened it.
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
    /// Who deposited the provider's counter-bond.
    Bonder,
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
    /// Raise the claim: commit, then raise within an hour. To what and with which bond the view says.
    Raise,
    /// Give one's own claim up.
    Withdraw {
        /// What of the bond that costs. Base units.
        loses: u64,
    },
    /// Bring it past its deadlines, to its outcome, to its end.
    Advance,
    /// Arm the present jury's draw, or capture its seed.
    CallJury,
    /// Call the next juror. Where a bounty is due, it is paid.
    DrawJuror,
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
    /// Pay out what is owed, to who is named; anybody may.
    ClaimCredit {
        /// How much now. Base units.
        amount: u64,
    },
    /// Pay contributors what of their payments for appeals returns.
    ClaimAppeals {
        /// How many shares there are.
        count: u32,
    },
    /// Take the counter-bond back: no answered dispute of the provider is open.
    ClaimCounterBond {
        /// How much. Base units.
        amount: u64,
    },
    /// Settle the ballots of the juries: first those that did not reveal.
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
    if books.needs_advance() {
        steps.add(DisputeWho::Anybody, DisputeStep::Advance);
    }
    // Nothing else reaches an outcome before it is applied.
    if books.advanced.finished.is_none() {
        match books.machine().phase() {
            Phase::Answer => steps.answer(),
            Phase::Draw => steps.draw(),
            Phase::Commit => steps.until(DisputeWho::Jurors, DisputeStep::Commit),
            Phase::Reveal => steps.until(DisputeWho::Jurors, DisputeStep::Reveal),
            Phase::Appeal => steps.appeal(),
            Phase::Arbiter => steps.until(DisputeWho::Arbiter, DisputeStep::Rule),
            Phase::Decided => steps.decided(),
        }
        steps.before_votes();
        steps.credits();
    }
    steps.found
}

impl Steps<'_> {
    fn add(&mut self, who: DisputeWho, what: DisputeStep) {
        self.found.push(DisputeAllowed { who, what, until_ts: None });
    }

    /// Until the phase ends.
    fn until(&mut self, who: DisputeWho, what: DisputeStep) {
        let until_ts = Some(self.books.unix(self.books.machine().until_work_ts));
        self.found.push(DisputeAllowed { who, what, until_ts });
    }

    fn answer(&mut self) {
        let missing = answer(&self.books.dispute, &self.books.provider).missing;
        self.until(DisputeWho::Anybody, DisputeStep::Answer { missing });
    }

    /// What challengers may do before the first jury votes.
    fn before_votes(&mut self) {
        if !quote::raises(self.books).is_empty() {
            self.until(DisputeWho::Others, DisputeStep::Raise);
        }
        for (place, party) in (0u8..).zip(self.books.dispute.parties) {
            let mut withdrawn = self.books.dispute;
            if withdrawn.withdraw(place, &party.owner, self.books.work_ts()).is_ok() {
                let after = withdrawn.parties.get(usize::from(place)).map_or(0, |party| party.credit);
                let loses = party.bond.saturating_sub(after.saturating_sub(party.credit));
                self.until(DisputeWho::Party(place), DisputeStep::Withdraw { loses });
            }
        }
    }

    fn draw(&mut self) {
        match seed(self.books) {
            JurySeed::Known { .. } => self.until(DisputeWho::Anybody, DisputeStep::DrawJuror),
            JurySeed::Waits { .. } => {}
            _ => self.until(DisputeWho::Anybody, DisputeStep::CallJury),
        }
    }

    fn appeal(&mut self) {
        let (machine, clocks) = (self.books.machine(), self.books.dispute.clocks());
        for side in Side::ALL {
            let most = machine.fundable(side, &clocks, self.books.work_ts().0);
            if most > 0 {
                let is_appellant = side.appellant() == side;
                let until_work_ts =
                    if is_appellant { machine.appellants_until_work_ts(&clocks) } else { machine.until_work_ts };
                let until_ts = Some(self.books.unix(until_work_ts));
                let what = DisputeStep::FundAppeal { side, most };
                self.found.push(DisputeAllowed { who: DisputeWho::Anybody, what, until_ts });
            }
        }
    }

    fn decided(&mut self) {
        let Books { dispute, provider, now_ts, .. } = self.books;
        let vetoed = { *dispute }.veto(&mut { *provider }, Bps::ZERO, self.books.work_ts());
        if vetoed.is_ok() && !dispute.is_executed() {
            let until_ts = Some(self.books.unix(dispute.slash.from_work_ts));
            self.found.push(DisputeAllowed { who: DisputeWho::Admin, what: DisputeStep::Veto, until_ts });
        }
        if execute_now(self.books).is_some() {
            self.add(DisputeWho::Anybody, DisputeStep::Execute);
        }
        if { *dispute }.distribute(&OpenVaults::ALL, false).is_ok() {
            self.add(DisputeWho::Anybody, DisputeStep::Distribute);
        }
        if dispute.has(dispute_flags::FINISHED) && dispute.shares > 0 {
            self.add(DisputeWho::Anybody, DisputeStep::ClaimAppeals { count: dispute.shares });
        }
        if let Ok(amount) = { *provider }.take_counter_bond() {
            self.add(DisputeWho::Bonder, DisputeStep::ClaimCounterBond { amount });
        }
        if dispute.ballots > 0 {
            self.add(DisputeWho::Anybody, DisputeStep::SettleBallots { count: dispute.ballots });
        }
        if dispute.require_closable(*now_ts).is_ok() {
            self.add(DisputeWho::Anybody, DisputeStep::Close);
        }
    }

    /// What is owed now. Who withdrew before the answer waits for nothing, everybody else for the outcome.
    fn credits(&mut self) {
        let Dispute { parties, client, .. } = &self.books.dispute;
        let parties = (0u8..).zip(parties).map(|(place, party)| (DisputeWho::Party(place), place, party.owner));
        for (who, party, owner) in parties.chain([(DisputeWho::Client, CLIENT, *client)]) {
            let (mut dispute, mut fault) = (self.books.dispute, self.books.fault);
            let amount = dispute.claim_credit(&self.books.address, Some(&mut fault), party, &owner).unwrap_or(0);
            if amount > 0 {
                self.add(who, DisputeStep::ClaimCredit { amount });
            }
        }
    }
}
