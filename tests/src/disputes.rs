//! Verbs for disputes. Every verb that is not a refusal must succeed.

use {
    crate::{
        market::Market,
        world::{Owner, World},
    },
    work_token_localnet::{Actor, ScenarioOptions},
    work_token_sdk::{
        BallotAddresses, DisputeAddresses, Instruction, JurorAddresses, Pubkey, SeatAddresses, addresses, commit, ix,
        math::{Amount, Epoch, dispute::Side, slash::Stakes},
        state::{
            self, Ballot, BallotState, Claim, Dispute, Fault,
            dispute::{Accused, Opening},
        },
        transport::Outcome,
    },
};

/// What a juror of a [`World`] locks: enough for every seat that it can be drawn for.
pub const LOCK: u64 = 2_000 * crate::TOKEN;

/// One who judges.
pub struct Judge {
    /// Its key and tokens.
    pub actor: Actor,
    /// Its addresses.
    pub at: JurorAddresses,
}

/// The salt of a vote in these stories: the juror's key.
fn salt(owner: &Pubkey) -> [u8; 32] {
    owner.to_bytes()
}

impl Market {
    /// A market with jurors: `count` of them, with locks as large as each other.
    pub fn judged(providers: usize, jurors: usize) -> (Self, Vec<Judge>) {
        Self::judged_with(providers, jurors, |_| ())
    }

    /// The same with some options of the network changed.
    pub fn judged_with(providers: usize, jurors: usize, edit: impl FnOnce(&mut ScenarioOptions)) -> (Self, Vec<Judge>) {
        let market = Self::with(&vec![crate::STAKE; providers], edit);
        market.scenario.adopt_juror_tree().expect("the juror tree is adopted");
        let judges = (0..jurors).map(|i| market.judge(&format!("juror {i}"), LOCK)).collect();
        market.pass(1);
        (market, judges)
    }
}

impl World {
    /// Somebody who becomes a juror.
    pub fn judge(&self, name: &str, lock: u64) -> Judge {
        let actor = self.actor(name, 10 * lock);
        let at = self.scenario.join_jury(&actor, lock).unwrap_or_else(|error| panic!("{name} joins: {error}"));
        Judge { actor, at }
    }

    /// A juror's account.
    pub fn juror_state(&self, judge: &Judge) -> state::Juror {
        self.scenario.read(&judge.at.juror)
    }

    /// The bond that a dispute of a severity needs now.
    pub fn bond_for(&self, at: &DisputeAddresses, severity: u8) -> u64 {
        let (network, provider) = (self.network(), self.scenario.read::<state::Provider>(&at.provider));
        let rules = &network.params.disputes;
        let now = network.epoch_at(self.now());
        let accused = match at.assignment {
            Some(seat) => Accused::of_seat(&self.scenario.read(&seat)),
            None => {
                let record = provider.record(Epoch(at.epoch)).expect("the provider remembers the epoch");
                let base = Stakes { own: Amount(record.own_total), delegated: Amount(record.delegated_total) };
                Accused { epoch: Epoch(at.epoch), base, fee: Amount::ZERO, severities: rules.severities }
            }
        };
        let opening = Opening {
            kind: at.kind,
            severity,
            challenger: &Pubkey::default(),
            bond: u64::MAX,
            without_claim: false,
            is_proved: false,
            now_ts: self.now(),
            work_ts: network.work_ts(self.now()),
            now,
        };
        // The program's own rules on a copy tell.
        let mut copy: Dispute = bytemuck::Zeroable::zeroed();
        copy.open(&opening, &accused, &provider, rules, network.params.job_bounty).expect("can be opened");
        let claimed = copy.claim_value(severity, provider.repeats(severity, now));
        copy.required_bond(severity, claimed).0.max(rules.minimum_bond)
    }

    /// The instruction that disputes a seat.
    pub fn dispute_ix(
        &self,
        at: &DisputeAddresses,
        job: Option<Pubkey>,
        challenger: &Actor,
        severity: u8,
        bond: u64,
    ) -> Instruction {
        let input = ix::OpenDispute {
            challenger: challenger.address(),
            job,
            from: challenger.tokens,
            severity,
            bond,
            without_claim: false,
            evidence: [7; 32],
        };
        ix::open_dispute(at, &input)
    }

    /// Somebody disputes the result of a seat, with the bond that it needs.
    pub fn dispute(&self, seat: &SeatAddresses, challenger: &Actor, severity: u8) -> DisputeAddresses {
        let at = self.scenario.next_dispute(seat);
        let bond = self.bond_for(&at, severity);
        self.send(&[self.dispute_ix(&at, Some(seat.job.job), challenger, severity, bond)], &[challenger]);
        at
    }

    /// Somebody disputes a provider's conduct in an epoch, with the bond that it needs.
    pub fn dispute_conduct(&self, owner: &Owner, epoch: u32, challenger: &Actor, severity: u8) -> DisputeAddresses {
        let at = DisputeAddresses::next_of_conduct(&owner.at, &self.provider(owner), epoch);
        let bond = self.bond_for(&at, severity);
        self.send(&[self.dispute_ix(&at, None, challenger, severity, bond)], &[challenger]);
        at
    }

    /// A dispute's account.
    pub fn dispute_state(&self, at: &DisputeAddresses) -> Dispute {
        self.scenario.dispute_state(at)
    }

    /// The claim that it belongs to.
    pub fn claim_state(&self, at: &DisputeAddresses) -> Claim {
        self.scenario.read(&at.claim.expect("a claim"))
    }

    /// The faults of its epoch.
    pub fn fault_state(&self, at: &DisputeAddresses) -> Fault {
        self.scenario.read(&at.fault)
    }

    /// The instruction that answers a dispute with a counter-bond.
    pub fn answer_ix(&self, at: &DisputeAddresses, answerer: &Actor, bond: u64) -> Instruction {
        let input = ix::AnswerDispute { answerer: answerer.address(), from: answerer.tokens, bond, refund_to: None };
        ix::answer_dispute(at, input)
    }

    /// Answers with what is missing of the counter-bond.
    pub fn answer(&self, at: &DisputeAddresses, answerer: &Actor) -> Outcome {
        let provider: state::Provider = self.scenario.read(&at.provider);
        let bond = self.dispute_state(at).bonds().0.saturating_sub(provider.counter_bond);
        self.send(&[self.answer_ix(at, answerer, bond)], &[answerer])
    }

    /// Calls and seats the present jury.
    pub fn seat_jury(&self, at: &DisputeAddresses) {
        self.scenario.call_jury(at).unwrap_or_else(|error| panic!("the jury is called: {error}"));
        self.scenario.seat_jury(at).unwrap_or_else(|error| panic!("the jury is seated: {error}"));
    }

    /// Ballots of the present jury, with who votes.
    pub fn ballots<'a>(&self, at: &DisputeAddresses, judges: &'a [Judge]) -> Vec<(BallotAddresses, &'a Judge)> {
        let present = self.dispute_state(at).machine.jury;
        let mut found = Vec::new();
        for (key, ballot) in self.scenario.ballots(at) {
            if ballot.jury == present && ballot.state != BallotState::Excluded as u8 {
                let judge = judges.iter().find(|judge| judge.actor.address() == ballot.owner).expect("a known juror");
                found.push((BallotAddresses::recorded(*at, key, &ballot), judge));
            }
        }
        found
    }

    /// The instruction with which a juror commits to a vote.
    pub fn commit_vote_ix(&self, ballot: &BallotAddresses, judge: &Judge, vote: u8) -> Instruction {
        let owner = judge.actor.address();
        ix::commit_vote(ballot, owner, commit::vote_commitment(ballot, &owner, vote, &salt(&owner)))
    }

    /// The instruction with which a juror reveals its vote.
    pub fn reveal_vote_ix(&self, ballot: &BallotAddresses, judge: &Judge, vote: u8) -> Instruction {
        let owner = judge.actor.address();
        ix::reveal_vote(ballot, owner, vote, salt(&owner))
    }

    /// The seats of the present jury vote in order: `None` stays away, who has no vote in the list votes as the last. All who commit reveal.
    pub fn vote(&self, at: &DisputeAddresses, judges: &[Judge], votes: &[Option<u8>]) {
        let ballots = self.ballots(at, judges);
        let of = |seat: usize| votes.get(seat).or(votes.last()).copied().flatten();
        for (seat, (ballot, judge)) in ballots.iter().enumerate() {
            if let Some(vote) = of(seat) {
                self.send(&[self.commit_vote_ix(ballot, judge, vote)], &[&judge.actor]);
            }
        }
        let dispute = self.dispute_state(at);
        if dispute.machine.phase == work_token_sdk::math::dispute::Phase::Commit as u8 {
            self.wait_until_work(dispute.machine.until_work_ts);
        }
        for (seat, (ballot, judge)) in ballots.iter().enumerate() {
            if let Some(vote) = of(seat) {
                self.send(&[self.reveal_vote_ix(ballot, judge, vote)], &[&judge.actor]);
            }
        }
    }

    /// Calls a jury that votes as given.
    pub fn judge_round(&self, at: &DisputeAddresses, judges: &[Judge], votes: &[Option<u8>]) {
        self.seat_jury(at);
        self.vote(at, judges, votes);
    }

    /// Waits for the end of the present phase and advances.
    pub fn let_phase_pass(&self, at: &DisputeAddresses) -> Outcome {
        let until_ts = self.dispute_state(at).machine.until_work_ts;
        self.wait_until_work(until_ts);
        self.advance(at)
    }

    /// Advances a dispute.
    pub fn advance(&self, at: &DisputeAddresses) -> Outcome {
        self.send(&[ix::advance_dispute(at)], &[])
    }

    /// The instruction with which somebody pays for an appeal.
    pub fn fund_ix(&self, at: &DisputeAddresses, who: &Actor, side: Side, amount: u64) -> Instruction {
        ix::fund_appeal(at, ix::FundAppeal { contributor: who.address(), from: who.tokens, side, amount })
    }

    /// Somebody pays a side's whole part of an appeal. Returns what it was.
    pub fn fund(&self, at: &DisputeAddresses, who: &Actor, side: Side) -> u64 {
        let dispute = self.dispute_state(at);
        let machine = dispute.machine.get();
        let amount = machine.fundable(side, &dispute.clocks(), self.network().work_ts(self.now()).0);
        self.send(&[self.fund_ix(at, who, side, amount)], &[who]);
        amount
    }

    /// Executes what is due of a slash.
    pub fn execute(&self, at: &DisputeAddresses) -> Outcome {
        self.send(&[self.execute_ix(at)], &[])
    }

    /// The instruction for it.
    pub fn execute_ix(&self, at: &DisputeAddresses) -> Instruction {
        let provider: state::Provider = self.scenario.read(&at.provider);
        ix::execute_installment(at, provider.stake_vault)
    }

    /// Waits for all installments, executes them and ends the dispute.
    pub fn execute_all(&self, at: &DisputeAddresses) {
        let dispute = self.dispute_state(at);
        let last = i64::from(dispute.interval_secs) * i64::from(dispute.installments.saturating_sub(1));
        self.wait_until(dispute.slash_from_work_ts + last);
        self.execute(at);
        self.advance(at);
    }

    /// Settles every ballot of a dispute.
    pub fn settle_ballots(&self, at: &DisputeAddresses) {
        for (key, ballot) in self.scenario.ballots(at) {
            let addresses = BallotAddresses::recorded(*at, key, &ballot);
            self.send(&[ix::settle_ballot(&addresses, ballot.juror, ballot.payer)], &[]);
        }
    }

    /// Burns, insures and gives back what a dispute holds for nobody in particular.
    pub fn distribute(&self, at: &DisputeAddresses) -> Outcome {
        self.send(&[ix::distribute_slash(at)], &[])
    }

    /// A challenger or the client claims what a dispute owes it. Returns how much it was.
    pub fn claim_from(&self, at: &DisputeAddresses, who: &Actor, creditor: ix::Creditor) -> u64 {
        let before = self.balance(who);
        self.send(&[ix::claim_dispute_credit(at, who.address(), creditor, who.tokens)], &[who]);
        self.balance(who) - before
    }

    /// Somebody gets back what returns of its payments for appeals.
    pub fn claim_appeal(&self, at: &DisputeAddresses, who: &Actor, side: Side) -> u64 {
        let before = self.balance(who);
        self.send(&[ix::claim_appeal(at, who.address(), side, who.tokens)], &[who]);
        self.balance(who) - before
    }

    /// The counter-bond returns.
    pub fn claim_counter_bond(&self, owner: &Owner, who: &Actor) -> u64 {
        let before = self.balance(who);
        let network = &self.scenario.network;
        self.send(&[ix::claim_counter_bond(network, owner.at.provider, who.address(), who.tokens)], &[who]);
        self.balance(who) - before
    }

    /// A held ticket is settled. Returns what its holder got.
    pub fn settle_ticket(&self, who: &impl crate::world::Position, number: u32) -> u64 {
        let before = self.balance(who.actor());
        let ticket = self.ticket(who, number);
        self.send(&[ix::settle_ticket(&who.at(), &ticket, who.actor().tokens)], &[]);
        self.balance(who.actor()) - before
    }

    /// The owner leaves jail.
    pub fn unjail(&self, owner: &Owner) -> Outcome {
        self.send(&[ix::unjail(&owner.at)], &[&owner.actor])
    }

    /// A ballot's account.
    pub fn ballot_state(&self, ballot: &BallotAddresses) -> Ballot {
        self.scenario.read(&ballot.ballot)
    }

    /// The address of somebody's position behind a dispute's provider.
    pub fn interest(&self, at: &DisputeAddresses, who: &Actor) -> Pubkey {
        addresses::interest(&at.provider, &who.address())
    }
}
