//! Verbs for disputes. Every verb that is not a refusal must succeed.

use {
    crate::{
        market::Market,
        world::{Owner, World, done},
    },
    work_token_localnet::{Actor, ScenarioOptions, answer_ix, commit_vote_ix},
    work_token_sdk::{
        BallotAddresses, DisputeAddresses, Instruction, JurorAddresses, Pubkey, SeatAddresses, addresses,
        commit::SealedOpening,
        ix,
        math::dispute::Side,
        state::{self, Ballot, BallotState, Claim, ClaimEntry, DisputeOpening, Fault},
        transport::Outcome,
    },
};

/// What a juror of a [`World`] locks: enough for every seat that it can be drawn for.
pub const LOCK: u64 = 2_000 * crate::TOKEN;

/// One who sits on juries.
pub struct Juror {
    /// Its key and tokens.
    pub actor: Actor,
    /// Its addresses.
    pub at: JurorAddresses,
}

/// The salt of a vote in these stories: the key of who commits.
fn salt(owner: &Pubkey) -> [u8; 32] {
    owner.to_bytes()
}

impl Market {
    /// A market with jurors: `count` of them, with locks as large as each other. Their tree was adopted long
    /// ago, so that what they find needs nobody's word.
    pub fn judged(providers: usize, jurors: usize) -> (Self, Vec<Juror>) {
        Self::judged_with(providers, jurors, |_| ())
    }

    /// The same with some options of the network changed.
    pub fn judged_with(providers: usize, jurors: usize, edit: impl FnOnce(&mut ScenarioOptions)) -> (Self, Vec<Juror>) {
        let (market, jurors) = Self::young_with(providers, jurors, edit);
        market.age_jurors(2);
        (market, jurors)
    }

    /// The same with a tree of jurors that was adopted just now.
    pub fn young_with(providers: usize, jurors: usize, edit: impl FnOnce(&mut ScenarioOptions)) -> (Self, Vec<Juror>) {
        let market = Self::with(&vec![crate::STAKE; providers], edit);
        market.scenario.adopt_juror_tree().expect("the juror tree is adopted");
        let jurors = (0..jurors).map(|i| market.juror(&format!("juror {i}"), LOCK)).collect();
        market.pass(1);
        (market, jurors)
    }
}

impl World {
    /// Somebody who becomes a juror.
    pub fn juror(&self, name: &str, lock: u64) -> Juror {
        let actor = self.actor(name, 10 * lock);
        let at = done(self.scenario.join_jury(&actor, lock));
        Juror { actor, at }
    }

    /// A juror's account.
    pub fn juror_state(&self, juror: &Juror) -> state::Juror {
        self.scenario.read(&juror.at.juror)
    }

    /// Somebody commits to what it sealed.
    pub fn commit(&self, sealed: &SealedOpening, challenger: &Actor, deposit: u64) -> DisputeOpening {
        self.send(&[self.commit_ix(sealed, challenger, deposit)], &[challenger]);
        self.scenario.read(&sealed.address().0)
    }

    /// Somebody disputes the result of a seat, with the bond that it needs.
    pub fn dispute(&self, seat: &SeatAddresses, challenger: &Actor, severity: u8) -> DisputeAddresses {
        let at = self.next_dispute(seat);
        let bond = self.bond_for(&at, severity);
        self.send(&self.dispute_ixs(&at, Some(seat.job.job), challenger, severity, bond), &[challenger]);
        at
    }

    /// Somebody disputes a provider's conduct in an epoch, with the bond that it needs.
    pub fn dispute_conduct(&self, owner: &Owner, epoch: u32, challenger: &Actor, severity: u8) -> DisputeAddresses {
        let at = self.next_conduct(&owner.at, epoch);
        let bond = self.bond_for(&at, severity);
        self.send(&self.dispute_ixs(&at, None, challenger, severity, bond), &[challenger]);
        at
    }

    /// Somebody raises a claim with the bond that it needs.
    pub fn raise(&self, at: &DisputeAddresses, challenger: &Actor, severity: u8) -> Outcome {
        let bond = self.bond_to_raise(at, severity);
        self.send(&self.raise_ixs(at, challenger, severity, bond), &[challenger])
    }

    /// The instruction with which a challenger withdraws its claim, that at `place`.
    pub fn withdraw_claim_ix(&self, at: &DisputeAddresses, challenger: &Actor, place: u8) -> Instruction {
        ix::withdraw_dispute(at, challenger.address(), place)
    }

    /// A challenger withdraws its claim, that at `place`.
    pub fn withdraw_claim(&self, at: &DisputeAddresses, challenger: &Actor, place: u8) -> Outcome {
        self.send(&[self.withdraw_claim_ix(at, challenger, place)], &[challenger])
    }

    /// The claim that it belongs to.
    pub fn claim_state(&self, at: &DisputeAddresses) -> Claim {
        self.scenario.read(&at.claim)
    }

    /// The entries of that claim's account.
    pub fn claim_entries(&self, at: &DisputeAddresses) -> Vec<ClaimEntry> {
        self.claim_account(&at.provider, self.claim_state(at).number).expect("the claim exists").entries
    }

    /// What the faults of its epoch still owe to challengers.
    pub fn rewards(&self, at: &DisputeAddresses) -> u64 {
        self.fault_state(at).steps.iter().map(|step| step.reward).sum()
    }

    /// The faults of its epoch.
    pub fn fault_state(&self, at: &DisputeAddresses) -> Fault {
        self.scenario.read(&at.fault)
    }

    /// The instruction that answers a dispute with a counter-bond.
    pub fn answer_ix(&self, at: &DisputeAddresses, answerer: &Actor, bond: u64) -> Instruction {
        answer_ix(at, answerer.purse(), bond)
    }

    /// Answers with what is missing of the counter-bond.
    pub fn answer(&self, at: &DisputeAddresses, answerer: &Actor) -> Outcome {
        self.send(&[self.answer_ix(at, answerer, self.missing_bond(at))], &[answerer])
    }

    /// Calls and seats the present jury.
    pub fn draw_jury(&self, at: &DisputeAddresses) {
        done(self.scenario.call_jury(at));
        done(self.scenario.draw_jury(at));
    }

    /// Ballots of the present jury, with who votes.
    pub fn ballots<'a>(&self, at: &DisputeAddresses, jurors: &'a [Juror]) -> Vec<(BallotAddresses, &'a Juror)> {
        let voting = self.present_ballots(at).into_iter().filter(|(_, one)| one.state != BallotState::Excluded as u8);
        let owner = |ballot: &Ballot| jurors.iter().find(|juror| juror.actor.address() == ballot.owner);
        voting.map(|(at, ballot)| (at, owner(&ballot).expect("a known juror"))).collect()
    }

    /// The instruction with which a juror commits to a vote.
    pub fn commit_vote_ix(&self, ballot: &BallotAddresses, juror: &Juror, vote: u8) -> Instruction {
        let owner = juror.actor.address();
        commit_vote_ix(ballot, owner, vote, &salt(&owner))
    }

    /// The instruction with which a juror reveals its vote.
    pub fn reveal_vote_ix(&self, ballot: &BallotAddresses, juror: &Juror, vote: u8) -> Instruction {
        let owner = juror.actor.address();
        ix::reveal_vote(ballot, vote, salt(&owner))
    }

    /// The seats of the present jury vote in order: `None` stays away, who has no vote in the list votes as
    /// the last. All who commit reveal.
    pub fn vote(&self, at: &DisputeAddresses, jurors: &[Juror], votes: &[Option<u8>]) {
        let ballots = self.ballots(at, jurors);
        let of = |seat: usize| votes.get(seat).or(votes.last()).copied().flatten();
        for (seat, (ballot, juror)) in ballots.iter().enumerate() {
            if let Some(vote) = of(seat) {
                self.send(&[self.commit_vote_ix(ballot, juror, vote)], &[&juror.actor]);
            }
        }
        let dispute = self.dispute_state(at);
        if dispute.machine.phase() == work_token_sdk::math::dispute::Phase::Commit {
            self.wait_until_work(dispute.machine.until_work_ts);
        }
        for (seat, (ballot, juror)) in ballots.iter().enumerate() {
            if let Some(vote) = of(seat) {
                self.send(&[self.reveal_vote_ix(ballot, juror, vote)], &[]);
            }
        }
    }

    /// Calls a jury that votes as given.
    pub fn judge_round(&self, at: &DisputeAddresses, jurors: &[Juror], votes: &[Option<u8>]) {
        self.draw_jury(at);
        self.vote(at, jurors, votes);
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

    /// The instruction with which the arbiter rules.
    pub fn rule_ix(&self, at: &DisputeAddresses, severity: u8) -> Instruction {
        ix::rule_dispute(at, self.admin.address(), severity)
    }

    /// The arbiter rules, and the dispute is advanced.
    pub fn rule(&self, at: &DisputeAddresses, severity: u8) {
        self.send(&[self.rule_ix(at, severity)], &[&self.admin]);
        self.advance(at);
    }

    /// The instruction with which somebody pays for an appeal.
    pub fn fund_ix(&self, at: &DisputeAddresses, who: &Actor, side: Side, amount: u64) -> Instruction {
        ix::fund_appeal(at, ix::FundAppeal { contributor: who.address(), from: who.tokens, side, amount })
    }

    /// Somebody pays a side's whole part of an appeal. Returns what it was.
    pub fn fund(&self, at: &DisputeAddresses, who: &Actor, side: Side) -> u64 {
        let dispute = self.dispute_state(at);
        let machine = *dispute.machine;
        let amount = machine.fundable(side, &dispute.clocks(), self.network().work_ts(self.now()).0);
        self.send(&[self.fund_ix(at, who, side, amount)], &[who]);
        amount
    }

    /// Executes what is due of a slash.
    pub fn execute(&self, at: &DisputeAddresses) -> Outcome {
        self.send(&[self.execute_ix(at)], &[])
    }

    /// Waits for all installments, executes them and ends the dispute.
    pub fn execute_all(&self, at: &DisputeAddresses) {
        let dispute = self.dispute_state(at);
        let last = i64::from(dispute.slash.interval_secs) * i64::from(dispute.installments.saturating_sub(1));
        self.wait_until(dispute.slash.from_work_ts + last);
        self.execute(at);
        self.advance(at);
    }

    /// Settles every ballot of a dispute: those that were not revealed first, because a jury without a quorum
    /// is paid out of them.
    pub fn settle_ballots(&self, at: &DisputeAddresses) {
        let mut ballots = self.scenario.ballots(at);
        ballots.sort_by_key(|(_, ballot)| ballot.is_revealed());
        for (key, ballot) in ballots {
            self.send(&[ix::settle_ballot(&key, ballot.juror, ballot.payer)], &[]);
        }
    }

    /// Burns, insures and gives back what a dispute holds for nobody in particular.
    pub fn distribute(&self, at: &DisputeAddresses) -> Outcome {
        self.send(&[ix::distribute_slash(at)], &[])
    }

    /// A challenger or the client claims what a dispute owes it. Returns how much it was.
    pub fn claim_from(&self, at: &DisputeAddresses, who: &Actor, creditor: ix::Creditor) -> u64 {
        let before = self.balance(who);
        self.send(&[ix::claim_dispute_credit(at, who.address(), creditor, who.tokens)], &[]);
        self.balance(who) - before
    }

    /// Somebody gets back what returns of its payments for appeals.
    pub fn claim_appeal(&self, at: &DisputeAddresses, who: &Actor, side: Side) -> u64 {
        let before = self.balance(who);
        self.send(&[ix::claim_appeal(at, who.address(), side, who.tokens)], &[]);
        self.balance(who) - before
    }

    /// The counter-bond returns.
    pub fn claim_counter_bond(&self, owner: &Owner, who: &Actor) -> u64 {
        let before = self.balance(who);
        let network = &self.scenario.network;
        self.send(&[ix::claim_counter_bond(network, owner.at.provider, who.address(), who.tokens)], &[who]);
        self.balance(who) - before
    }

    /// The instruction that settles all that a ticket lists.
    pub fn settle_ticket_ix(&self, who: &impl crate::world::Position, number: u32) -> Instruction {
        let listed = self.ticket(who, number).claims.map(|claim| claim.number);
        let claims: Vec<u32> = listed.into_iter().filter(|number| *number != 0).collect();
        ix::settle_ticket(&who.at(), number, &claims, who.actor().tokens)
    }

    /// A held ticket is settled. Returns what its holder got.
    pub fn settle_ticket(&self, who: &impl crate::world::Position, number: u32) -> u64 {
        let before = self.balance(who.actor());
        self.send(&[self.settle_ticket_ix(who, number)], &[]);
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
