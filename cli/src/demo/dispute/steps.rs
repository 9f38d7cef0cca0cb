//! What parties and jurors do, each with the amount that it must move.

use {
    super::case::{Case, Flows},
    crate::{
        demo::{cast::Who, escrow::Escrow, job::Purchase, world::World},
        failure::{Failure, Result},
    },
    work_token_localnet::{TOKEN, answer_ix, commit_vote_ix, open_input},
    work_token_sdk::{
        Instruction, WorkTokenError,
        commit::SealedOpening,
        ix,
        limits::OPENING_SECS,
        math::dispute::Side,
        state::{BallotState, Dispute, DisputeOpening, Fault, Provider, VaultKind, dispute::Accused},
        view::{self, BondQuote, DisputeAsk, DisputeAt, DisputeView},
    },
};

/// Salt of every vote and of every opening.
const SALT: [u8; 32] = [5; 32];
/// A minute between commitment and opening.
const MINUTE: i64 = 60;

pub(super) fn refused(error: WorkTokenError) -> Failure {
    Failure::Failed(format!("{}: {}", error.name(), error.message()))
}

impl World<'_> {
    /// Compares escrow with its books.
    pub fn count_escrow(&mut self) {
        let exact = Escrow::of(&self.scenario).total() == self.scenario.vault(VaultKind::Escrow);
        self.tally.counted += 1;
        self.tally.miscounted += u64::from(!exact);
    }

    /// Sends a step of a dispute, and counts escrow after it.
    pub fn dispute_act(&mut self, who: Who, instruction: Instruction) -> Result<()> {
        self.act(who, instruction)?;
        self.count_escrow();
        Ok(())
    }

    /// A dispute's account.
    pub fn dispute(&self, case: usize) -> Dispute {
        self.scenario.dispute_state(&self.cases[case].at)
    }

    /// A dispute as its view looks at it now.
    fn look<T>(&self, case: usize, show: impl FnOnce(&DisputeAt) -> T) -> T {
        let (scenario, at) = (&self.scenario, &self.cases[case].at);
        let (provider, fault): (Provider, Fault) = (scenario.read(&at.provider), scenario.read(&at.fault));
        let seat = scenario.seat_state(&self.cases[case].seat);
        show(&DisputeAt {
            network: &scenario.network_state(),
            provider: &provider,
            dispute: &scenario.dispute_state(at),
            fault: &fault,
            seat: Some(&seat),
            slot: scenario.chain.slot(),
            now_ts: scenario.chain.now(),
        })
    }

    /// A dispute as its view shows it now.
    pub fn dispute_view(&self, case: usize) -> DisputeView {
        self.look(case, view::dispute_view)
    }

    /// A job is done; somebody commits to contesting its result with a little more than the bond that it
    /// needs, and opens it.
    pub fn contest(&mut self, challenger: Who, purchase: Purchase, severity: u8) -> Result<usize> {
        let seat = self.create(purchase)?.seat(0);
        self.seat(&seat)?;
        self.submit(&seat)?;
        self.scenario.chain.advance(1);

        let (state, network) = (self.scenario.seat_state(&seat), self.scenario.network_state());
        let (at, now_ts) = (self.scenario.next_dispute(&seat), self.scenario.now());
        let (provider, fault) = (self.scenario.read(&state.provider), self.scenario.find::<Fault>(&at.fault));
        let purse = self.person(challenger).actor.purse();
        let ask = DisputeAsk {
            challenger: purse.0,
            subject: seat.assignment,
            seat: Some(&state),
            fault: fault.as_ref(),
            severity,
            without_claim: false,
        };
        let about = Accused::of_seat(&state, &network, now_ts);
        let quote = view::quote_dispute(&network, &provider, &about, &ask, now_ts).map_err(refused)?;
        let open = open_input(purse, Some(seat.job.job), severity, SALT);
        let flows = Flows { bonds: [quote.bond.required, 0], ..Flows::default() };
        let accused = self.provider_of(&state.provider)?;
        self.cases.push(Case { at, seat, accused, challengers: vec![challenger], severity, flows });
        let case = self.cases.len() - 1;
        let sealed = SealedOpening::open(&at, open.challenger, severity, SALT);
        self.commit_to(case, challenger, &sealed, &quote.bond)?;
        self.dispute_act(challenger, ix::open_dispute(&at, &open))?;
        Ok(case)
    }

    /// Deposits for an opening, a minute before it; what is beyond the bond required returns with it.
    fn commit_to(&mut self, case: usize, who: Who, sealed: &SealedOpening, bond: &BondQuote) -> Result<()> {
        let from = self.person(who).actor.tokens;
        let commit = ix::commit_dispute(&self.scenario.network, sealed, from, bond.suggested);
        self.dispute_act(who, commit)?;
        let surplus = bond.suggested - bond.required;
        let flow = self.flow(who);
        flow.paid += bond.suggested;
        flow.received += surplus;
        self.cases[case].flows.surplus += surplus;
        self.scenario.chain.advance(MINUTE);
        Ok(())
    }

    /// Somebody commits to raising a claim, and raises it.
    pub fn raise(&mut self, case: usize, who: Who, severity: u8) -> Result<()> {
        let (at, (challenger, refund_to)) = (self.cases[case].at, self.person(who).actor.purse());
        let (quote, _) = self.look(case, |at| view::quote_raise(at, challenger, severity)).map_err(refused)?;
        self.cases[case].flows.bonds[1] = quote.bond.required;
        let sealed = SealedOpening::raise(&at, challenger, severity, SALT);
        self.commit_to(case, who, &sealed, &quote.bond)?;
        let raise = ix::RaiseClaim { challenger, refund_to, severity, salt: SALT };
        self.dispute_act(who, ix::raise_claim(&at, raise))?;
        self.cases[case].challengers.push(who);
        self.cases[case].severity = severity;
        Ok(())
    }

    /// Somebody commits and does not open in time: a part of the deposit burns, the rest returns. Returns
    /// the deposit, what burned, and whether it could still be opened.
    pub fn lapse(&mut self, who: Who) -> Result<(u64, u64, bool)> {
        let (network, deposit) = (self.scenario.network, 100 * TOKEN);
        let (challenger, to) = self.person(who).actor.purse();
        let sealed = SealedOpening::open(&self.cases[0].at, challenger, 1, [6; 32]);
        self.dispute_act(who, ix::commit_dispute(&network, &sealed, to, deposit))?;
        self.flow(who).paid += deposit;
        self.scenario.chain.advance(i64::from(OPENING_SECS) + 1);
        let opening: DisputeOpening = self.scenario.read(&sealed.address().0);
        let shown = view::opening_view(&self.scenario.network_state(), &opening, self.scenario.now());
        self.dispute_act(who, ix::lapse_opening(&network, sealed.address().0, challenger, to))?;
        self.flow(who).received += shown.lapse_returns;
        self.tally.burned += shown.lapse_burns;
        Ok((deposit, shown.lapse_burns, shown.can_be_opened))
    }

    /// Wade answers with what the counter-bond lacks. Returns how much.
    pub fn answer(&mut self, case: usize) -> Result<u64> {
        let who = Who::Wade;
        let bond = self.dispute_view(case).answer.map_or(0, |answer| answer.missing);
        let answer = answer_ix(&self.cases[case].at, self.person(who).actor.purse(), bond);
        self.dispute_act(who, answer)?;
        self.flow(who).paid += bond;
        self.cases[case].flows.counter_bond[0] += bond;
        Ok(bond)
    }

    /// The challenger pays an appellant's whole part of an appeal. Returns how much.
    pub fn appeal(&mut self, case: usize) -> Result<u64> {
        let (who, at, side) = (self.cases[case].challengers[0], self.cases[case].at, Side::Challenger);
        let amount = self.dispute_view(case).appeal.map_or(0, |appeal| appeal.fundable[side as usize]);
        let (contributor, from) = self.person(who).actor.purse();
        self.dispute_act(who, ix::fund_appeal(&at, ix::FundAppeal { contributor, from, side, amount }))?;
        self.flow(who).paid += amount;
        self.cases[case].flows.appeals[0] += amount;
        Ok(amount)
    }

    /// Keepers call and seat the jury; every juror commits to a vote and reveals it. Returns how many voted,
    /// and what they found, in words.
    pub fn judge(&mut self, case: usize, vote: u8) -> Result<(usize, String)> {
        self.crank_disputes()?;
        let at = self.cases[case].at;
        let mut ballots = self.scenario.present_ballots(&at);
        ballots.retain(|(_, ballot)| ballot.state == BallotState::Drawn as u8);
        for (seat, ballot) in &ballots {
            self.dispute_act(self.who_is(&ballot.owner)?, commit_vote_ix(seat, ballot.owner, vote, &SALT))?;
        }
        for (seat, _) in &ballots {
            self.scenario.send(&[ix::reveal_vote(seat, vote, SALT)], &[])?;
        }
        let verdict = self.dispute_view(case).juries.last().and_then(|jury| jury.verdict);
        let verdict = verdict.ok_or_else(|| Failure::Failed(format!("dispute {case} has no verdict")))?;
        Ok((ballots.len(), if verdict == 0 { "nothing".into() } else { format!("severity {verdict}") }))
    }

    /// Lets the present phase end.
    pub fn pass_phase(&mut self, case: usize) -> Result<()> {
        self.until(self.dispute_view(case).until_ts.unwrap_or(0))?;
        self.crank_disputes()
    }

    /// The arbiter rules; nobody applies the decision yet.
    pub fn rule(&mut self, case: usize, severity: u8) -> Result<()> {
        let at = self.cases[case].at;
        self.govern(|arbiter| ix::rule_dispute(&at, arbiter, severity))?;
        self.count_escrow();
        Ok(())
    }

    /// Waits for the deferral and for every installment; keepers execute them.
    pub fn execute(&mut self, case: usize) -> Result<()> {
        while let Some(next_ts) = self.dispute_view(case).slash.and_then(|slash| slash.next_ts) {
            // Where the network's limit had no room, the rest waits for the next epoch.
            self.until(next_ts.max(self.scenario.now() + 86_400 / 4))?;
            self.crank_disputes()?;
        }
        Ok(())
    }
}
