//! What parties and jurors do, each with the amount that it must move.

use {
    super::{Case, Court, FEE, Flows, cast::FIRST_JUROR},
    crate::{
        demo::market::{Escrow, FIXED},
        failure::{Failure, Result},
    },
    work_token_localnet::Actor,
    work_token_sdk::{
        BallotAddresses, Client, Instruction, JurorAddresses, WorkTokenError,
        commit::vote_commitment,
        ix,
        math::{
            WorkTs,
            dispute::{Phase, Side},
        },
        state::{AppealShare, BallotState, DisputeKind, Fault, Juror, Provider, VaultKind, dispute::Accused},
        view::{self, DisputeAsk, DisputeAt, DisputeStep, DisputeView, DisputeWho, OpenDispute},
    },
};

/// Salt of every vote of the chapter.
const SALT: [u8; 32] = [5; 32];

fn refused(error: WorkTokenError) -> Failure {
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
        let held = scenario.chain.token_balance(&scenario.network.vault(VaultKind::Escrow));
        self.escrow_is_exact &= Escrow::of(scenario).total() == held;
        self.steps += 1;
    }

    /// Sends what one of the parties signs.
    fn act(&mut self, who: usize, instruction: Instruction) -> Result<()> {
        let party = &self.market.parties[who];
        let sent = self.market.scenario.send(&[instruction], &[&party.actor]);
        sent.map_err(|error| Failure::Failed(format!("{}: {error}", party.name)))?;
        self.count_escrow();
        Ok(())
    }

    /// A dispute as its view shows it now.
    pub fn view(&self, case: usize) -> Result<DisputeView> {
        let (scenario, at) = (&self.market.scenario, &self.cases[case].at);
        let (provider, fault): (Provider, Fault) = (scenario.read(&at.provider), scenario.read(&at.fault));
        let seat = scenario.seat_state(&self.cases[case].seat);
        Ok(view::dispute_view(&DisputeAt {
            network: &scenario.network_state(),
            provider: &provider,
            dispute: &scenario.dispute_state(at),
            fault: &fault,
            seat: Some(&seat),
            slot: scenario.chain.slot(),
            now_ts: scenario.chain.now(),
        }))
    }

    /// A job is done; somebody contests its result with the bond that it needs, and somebody answers.
    pub fn contest(&mut self, name: &'static str, challenger: usize, severity: u8) -> Result<usize> {
        let seat = self.market.create(0, FIXED, FEE, 0)?.seat(0);
        self.market.seat(&seat)?;
        let operator = self.market.operator(&seat)?;
        self.send(self.market.submit_ix(&seat, &operator), &[&operator])?;
        self.market.scenario.chain.advance(1);

        let scenario = &self.market.scenario;
        let (at, state, network) = (scenario.next_dispute(&seat), scenario.seat_state(&seat), scenario.network_state());
        let provider: Provider = scenario.read(&state.provider);
        let ask = DisputeAsk { kind: DisputeKind::Job, severity, without_claim: false };
        let accused = Accused::of_seat(&state);
        let quote = view::quote_dispute(&network, &provider, &accused, &ask, scenario.chain.now()).map_err(refused)?;
        let worker = self.market.worker(&state)?;
        let actor = &self.market.parties[challenger].actor;
        let open = ix::OpenDispute {
            challenger: actor.address(),
            job: Some(seat.job.job),
            from: actor.tokens,
            severity,
            bond: quote.bond,
            without_claim: false,
            evidence: [7; 32],
        };
        self.act(challenger, ix::open_dispute(&at, &open))?;
        self.market.parties[challenger].paid += quote.bond;
        let flows = Flows { bond: quote.bond, ..Flows::default() };
        self.cases.push(Case { name, at, seat, worker, challenger, severity, flows });
        let case = self.cases.len() - 1;
        self.answer(case)?;
        Ok(case)
    }

    /// Answers with a counter-bond.
    pub fn answer_with(&mut self, case: usize, who: usize, bond: u64) -> Result<()> {
        let (actor, at) = (&self.market.parties[who].actor, self.cases[case].at);
        let input = ix::AnswerDispute { answerer: actor.address(), from: actor.tokens, bond, refund_to: None };
        self.act(who, ix::answer_dispute(&at, input))?;
        self.market.parties[who].paid += bond;
        self.cases[case].flows.counter_bond[0] += bond;
        Ok(())
    }

    /// The challenger pays for an appeal.
    pub fn fund_with(&mut self, case: usize, amount: u64) -> Result<()> {
        let (who, at) = (self.cases[case].challenger, self.cases[case].at);
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
        let present = self.dispute(case).machine.jury;
        let mut ballots = self.market.scenario.ballots(&at);
        ballots.retain(|(_, ballot)| ballot.jury == present && ballot.state == BallotState::Drawn as u8);
        for (key, ballot) in &ballots {
            let seat = BallotAddresses::recorded(at, *key, ballot);
            let commitment = vote_commitment(&seat, &ballot.owner, vote, &SALT);
            self.act(self.juror(&ballot.owner)?, ix::commit_vote(&seat, ballot.owner, commitment))?;
        }
        for (key, ballot) in &ballots {
            let seat = BallotAddresses::recorded(at, *key, ballot);
            self.act(self.juror(&ballot.owner)?, ix::reveal_vote(&seat, ballot.owner, vote, SALT))?;
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

    /// The same, and before anybody applies the decision the delegator asks what it will lose.
    pub fn pass_phase_and_foresee(&mut self, case: usize) -> Result<()> {
        let until_ts = self.view(case)?.until_ts.unwrap_or(0);
        self.pass_until(until_ts)?;
        self.loss = [self.delegators_loss(case)?, self.delegators_stake(case)?];
        self.crank()
    }

    fn delegators_loss(&self, case: usize) -> Result<u64> {
        let (scenario, at) = (&self.market.scenario, &self.cases[case].at);
        let Some(position) = self.positions[self.cases[case].worker] else { return Ok(0) };
        let state = Client::new(&scenario.chain).position_state(&position)?;
        let (dispute, fault) = (scenario.dispute_state(at), scenario.read::<Fault>(&at.fault));
        let risk = view::position_risk(&state.at(), &[OpenDispute { dispute: &dispute, fault: &fault }]);
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
        self.loss[1] -= self.delegators_stake(case)?;
        Ok(())
    }

    /// Everybody takes what is due: the challenger, the client, who answered, the jurors; the seat is settled.
    pub fn claim_everything(&mut self, case: usize) -> Result<()> {
        self.claim_credits(case)?;
        self.claim_appeal(case)?;
        self.claim_counter_bond(case)?;
        for juror in FIRST_JUROR..self.market.parties.len() {
            self.claim_pay(juror)?;
        }
        let (seat, scenario) = (self.cases[case].seat, &self.market.scenario);
        let challenge_until_ts =
            scenario.network_state().unix_ts(WorkTs(scenario.seat_state(&seat).challenge_until_work_ts));
        self.pass_until(challenge_until_ts)?;
        self.market.pay(&seat, false)?;
        self.count_escrow();
        Ok(())
    }

    fn claim_credits(&mut self, case: usize) -> Result<()> {
        let (at, challenger) = (self.cases[case].at, self.cases[case].challenger);
        for allowed in self.view(case)?.allowed {
            let DisputeStep::ClaimCredit { amount } = allowed.what else { continue };
            if allowed.who == DisputeWho::Client {
                let client = &self.market.buyers[0].actor;
                let claim = ix::claim_dispute_credit(&at, client.address(), ix::Creditor::Client, client.tokens);
                self.market.scenario.send(&[claim], &[client])?;
                self.count_escrow();
                self.market.buyers[0].refunded += amount;
                self.cases[case].flows.client += amount;
            } else {
                let actor = &self.market.parties[challenger].actor;
                let creditor = ix::Creditor::Challenger(0);
                let claim = ix::claim_dispute_credit(&at, actor.address(), creditor, actor.tokens);
                self.act(challenger, claim)?;
                self.market.parties[challenger].received += amount;
                self.cases[case].flows.challenger += amount;
            }
        }
        Ok(())
    }

    fn claim_appeal(&mut self, case: usize) -> Result<()> {
        let (at, who) = (self.cases[case].at, self.cases[case].challenger);
        let actor = &self.market.parties[who].actor;
        let share = at.appeal_share(&actor.address(), Side::Challenger);
        let Some(share) = self.market.scenario.find::<AppealShare>(&share) else { return Ok(()) };
        let amount = self.dispute(case).take_appeals(&share).map_err(refused)?;
        self.act(who, ix::claim_appeal(&at, actor.address(), Side::Challenger, actor.tokens))?;
        self.market.parties[who].received += amount;
        self.cases[case].flows.appeals[1] += amount;
        Ok(())
    }

    fn claim_counter_bond(&mut self, case: usize) -> Result<()> {
        let provider = self.cases[case].at.provider;
        let amount = self.market.scenario.read::<Provider>(&provider).counter_bond;
        if amount > 0 {
            let actor = &self.market.parties[super::ANSWERS].actor;
            let network = &self.market.scenario.network;
            let claim = ix::claim_counter_bond(network, provider, actor.address(), actor.tokens);
            self.act(super::ANSWERS, claim)?;
            self.market.parties[super::ANSWERS].received += amount;
            self.cases[case].flows.counter_bond[1] += amount;
        }
        Ok(())
    }

    fn claim_pay(&mut self, who: usize) -> Result<()> {
        let actor = &self.market.parties[who].actor;
        let juror = JurorAddresses::derive(self.market.scenario.network, actor.address());
        let credit = self.market.scenario.read::<Juror>(&juror.juror).credit;
        if credit > 0 {
            self.act(who, ix::claim_juror_pay(&juror, actor.tokens))?;
            self.market.parties[who].received += credit;
        }
        Ok(())
    }
}
