//! What parties and jurors do, each with the amount that it must move.

use {
    super::stage::{Case, Court, FEE, Flows, REGRETS},
    crate::{
        demo::market::{Escrow, FIXED, RESULT},
        failure::{Failure, Result},
    },
    work_token_localnet::{Actor, answer_ix, commit_vote_ix, open_input},
    work_token_sdk::{
        Client, Instruction, WorkTokenError,
        commit::SealedOpening,
        ix,
        limits::OPENING_SECS,
        math::dispute::{Phase, Side},
        state::{BallotState, DisputeOpening, Fault, Provider, VaultKind, dispute::Accused},
        view::{self, BondQuote, DisputeAsk, DisputeAt, DisputeView, OpenDispute},
    },
};

/// Salt of every vote and of every opening of the chapter.
const SALT: [u8; 32] = [5; 32];

pub(super) fn refused(error: WorkTokenError) -> Failure {
    Failure::Failed(format!("{}: {}", error.name(), error.message()))
}

impl Court<'_, '_> {
    /// Sends, and counts escrow.
    pub fn send(&mut self, instruction: Instruction, signers: &[&Actor]) -> Result<()> {
        self.market.scenario.send(&[instruction], signers)?;
        self.count_escrow();
        Ok(())
    }

    /// Compares escrow with its books.
    pub fn count_escrow(&mut self) {
        let scenario = &self.market.scenario;
        self.escrow_is_exact &= Escrow::of(scenario).total() == scenario.vault(VaultKind::Escrow);
        self.steps += 1;
    }

    /// Sends what one of the parties signs, or what anybody may send for it.
    pub fn act(&mut self, who: usize, instruction: Instruction) -> Result<()> {
        let party = &self.market.parties[who];
        let sent = self.market.scenario.send_named(instruction, &[&party.actor]);
        sent.map_err(|error| Failure::Failed(format!("{}: {error}", party.name)))?;
        self.count_escrow();
        Ok(())
    }

    /// A dispute as its view looks at it now.
    fn look<T>(&self, case: usize, show: impl FnOnce(&DisputeAt) -> T) -> T {
        let (scenario, at) = (&self.market.scenario, &self.cases[case].at);
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
    pub fn view(&self, case: usize) -> Result<DisputeView> {
        Ok(self.look(case, view::dispute_view))
    }

    /// A job is done; somebody commits to contesting its result with a little more than the bond that it
    /// needs, and opens it.
    pub fn contest(&mut self, name: &'static str, challenger: usize, severity: u8) -> Result<usize> {
        let seat = self.market.create(0, FIXED, FEE, 0)?.seat(0);
        self.market.seat(&seat)?;
        let operator = self.market.operator(&seat)?;
        self.send(self.market.scenario.submit_ix(&seat, RESULT), &[&operator])?;
        self.market.scenario.chain.advance(1);

        let scenario = &self.market.scenario;
        let (state, network, now_ts) = (scenario.seat_state(&seat), scenario.network_state(), scenario.chain.now());
        let (at, provider) = (scenario.next_dispute(&seat), scenario.read::<Provider>(&state.provider));
        let (fault, actor) = (scenario.find::<Fault>(&at.fault), &self.market.parties[challenger].actor);
        let ask = DisputeAsk {
            challenger: actor.address(),
            subject: seat.assignment,
            seat: Some(&state),
            fault: fault.as_ref(),
            severity,
            without_claim: false,
        };
        let accused = Accused::of_seat(&state, &network, now_ts);
        let quote = view::quote_dispute(&network, &provider, &accused, &ask, now_ts).map_err(refused)?;
        let worker = self.market.worker(&state)?;
        let open = open_input(actor.purse(), Some(seat.job.job), severity, SALT);
        let flows = Flows { bonds: [quote.bond.required, 0], ..Flows::default() };
        self.cases.push(Case { name, at, seat, worker, challengers: vec![challenger], severity, flows });
        let case = self.cases.len() - 1;
        let sealed = SealedOpening::open(&at, open.challenger, severity, SALT);
        self.commit(case, challenger, &sealed, &quote.bond)?;
        self.act(challenger, ix::open_dispute(&at, &open))?;
        Ok(case)
    }

    /// Deposits for an opening, a minute before it; what is beyond the bond required returns with it.
    fn commit(&mut self, case: usize, who: usize, sealed: &SealedOpening, bond: &BondQuote) -> Result<()> {
        let from = self.market.parties[who].actor.tokens;
        let commit = ix::commit_dispute(&self.market.scenario.network, sealed, from, bond.suggested);
        self.act(who, commit)?;
        let surplus = bond.suggested - bond.required;
        let party = &mut self.market.parties[who];
        party.paid += bond.suggested;
        party.received += surplus;
        self.cases[case].flows.surplus += surplus;
        self.market.scenario.chain.advance(60);
        Ok(())
    }

    /// Somebody commits to raising a claim, and raises it.
    pub fn raise(&mut self, case: usize, who: usize, severity: u8) -> Result<()> {
        let (at, actor) = (self.cases[case].at, &self.market.parties[who].actor);
        let (challenger, refund_to) = (actor.address(), actor.tokens);
        let (quote, _) = self.look(case, |at| view::quote_raise(at, challenger, severity)).map_err(refused)?;
        self.cases[case].flows.bonds[1] = quote.bond.required;
        let sealed = SealedOpening::raise(&at, challenger, severity, SALT);
        self.commit(case, who, &sealed, &quote.bond)?;
        let raise = ix::RaiseClaim { challenger, refund_to, severity, salt: SALT };
        self.act(who, ix::raise_claim(&at, raise))?;
        self.cases[case].challengers.push(who);
        self.cases[case].severity = severity;
        Ok(())
    }

    /// Somebody commits and does not open: after an hour nine tenths of the deposit return, and the rest
    /// burns.
    pub fn lapses(&mut self) -> Result<()> {
        let (scenario, deposit) = (&self.market.scenario, 100 * super::TOKEN);
        let (network, actor) = (scenario.network, &self.market.parties[REGRETS].actor);
        let (challenger, to) = (actor.address(), actor.tokens);
        let sealed = SealedOpening::open(&self.cases[0].at, challenger, 1, [6; 32]);
        self.act(REGRETS, ix::commit_dispute(&network, &sealed, to, deposit))?;
        self.market.parties[REGRETS].paid += deposit;
        self.market.scenario.chain.advance(i64::from(OPENING_SECS) + 1);
        let scenario = &self.market.scenario;
        let opening: DisputeOpening = scenario.read(&sealed.address().0);
        let shown = view::opening_view(&scenario.network_state(), &opening, scenario.chain.now());
        self.act(REGRETS, ix::lapse_opening(&network, sealed.address().0, challenger, to))?;
        self.market.parties[REGRETS].received += shown.lapse_returns;
        self.market.tally.burned += shown.lapse_burns;
        let kept = !shown.can_be_opened && shown.lapse_burns == deposit / 10;
        self.market.promise("a commitment that is not opened within an hour costs a tenth of its deposit", kept);
        self.note("Ugo commits to an opening and does not come back: a tenth of his deposit burns");
        Ok(())
    }

    /// Answers with a counter-bond.
    pub fn answer_with(&mut self, case: usize, who: usize, bond: u64) -> Result<()> {
        let (actor, at) = (&self.market.parties[who].actor, self.cases[case].at);
        self.act(who, answer_ix(&at, actor.purse(), bond))?;
        self.market.parties[who].paid += bond;
        self.cases[case].flows.counter_bond[0] += bond;
        Ok(())
    }

    /// The challenger pays for an appeal.
    pub fn fund_with(&mut self, case: usize, amount: u64) -> Result<()> {
        let (who, at) = (self.cases[case].challengers[0], self.cases[case].at);
        let actor = &self.market.parties[who].actor;
        let input = ix::FundAppeal { contributor: actor.address(), from: actor.tokens, side: Side::Challenger, amount };
        self.act(who, ix::fund_appeal(&at, input))?;
        self.market.parties[who].paid += amount;
        self.cases[case].flows.appeals[0] += amount;
        Ok(())
    }

    /// Keepers call and seat the jury; every juror commits to a vote and reveals it.
    pub fn judge(&mut self, case: usize, vote: u8) -> Result<()> {
        self.crank()?;
        let at = self.cases[case].at;
        let mut ballots = self.market.scenario.present_ballots(&at);
        ballots.retain(|(_, ballot)| ballot.state == BallotState::Drawn as u8);
        for (seat, ballot) in &ballots {
            self.act(self.juror(&ballot.owner)?, commit_vote_ix(seat, ballot.owner, vote, &SALT))?;
        }
        for (seat, _) in &ballots {
            self.market.scenario.send(&[ix::reveal_vote(seat, vote, SALT)], &[])?;
        }
        if self.dispute(case).machine.phase == Phase::Appeal as u8 {
            return Ok(());
        }
        Err(Failure::Failed(format!("{} has no verdict", self.cases[case].name)))
    }

    fn juror(&self, owner: &work_token_sdk::Pubkey) -> Result<usize> {
        let found = self.market.parties.iter().position(|party| party.actor.address() == *owner);
        found.ok_or_else(|| Failure::Failed("a juror that nobody knows".into()))
    }

    /// Lets the present phase end.
    pub fn pass_phase(&mut self, case: usize) -> Result<()> {
        let until_ts = self.view(case)?.until_ts.unwrap_or(0);
        self.pass_until(until_ts)?;
        self.crank()
    }

    /// The arbiter rules, and before anybody applies the decision the delegator asks what it will lose.
    pub fn rule_and_foresee(&mut self, case: usize, severity: u8) -> Result<()> {
        let at = self.cases[case].at;
        let arbiter = self.market.scenario.admin.address();
        self.market.scenario.send(&[ix::rule_dispute(&at, arbiter, severity)], &[&self.market.scenario.admin])?;
        self.count_escrow();
        self.loss = [self.delegators_loss(case)?, self.delegators_stake(case)?];
        self.crank()
    }

    fn delegators_loss(&self, case: usize) -> Result<u64> {
        let (scenario, at) = (&self.market.scenario, &self.cases[case].at);
        let Some(position) = self.positions[self.cases[case].worker] else { return Ok(0) };
        let state = Client::new(&scenario.chain).position_state(&position)?;
        let (dispute, fault) = (scenario.dispute_state(at), scenario.read::<Fault>(&at.fault));
        let risk = view::position_risk(&state.at(), &[OpenDispute { dispute: &dispute, fault: &fault }], &[]);
        Ok(risk.disputes.iter().flat_map(|risk| &risk.losses).map(|loss| loss.loss).sum())
    }

    /// What the delegator's position behind the accused is worth.
    fn delegators_stake(&self, case: usize) -> Result<u64> {
        let Some(position) = self.positions[self.cases[case].worker] else { return Ok(0) };
        let state = Client::new(&self.market.scenario.chain).position_state(&position)?;
        Ok(view::holdings(&state.at()).value)
    }

    /// Waits for the deferral and for every installment; keepers execute them.
    pub fn execute(&mut self, case: usize) -> Result<()> {
        while let Some(next_ts) = self.view(case)?.slash.and_then(|slash| slash.next_ts) {
            // Where the network's limit had no room, the rest waits for the next epoch.
            let then_ts = next_ts.max(self.market.scenario.chain.now() + 86_400 / 4);
            self.pass_until(then_ts)?;
            self.crank()?;
        }
        Ok(())
    }

    /// What the delegator has lost since the decision.
    pub fn count_loss(&mut self, case: usize) -> Result<()> {
        self.loss[1] -= self.delegators_stake(case)?;
        Ok(())
    }
}
