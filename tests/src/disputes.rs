//! Verbs for disputes. Every verb that is not a refusal must succeed.

use {
    crate::{
        market::Market,
        world::{Owner, World},
    },
    work_token_localnet::{Actor, ScenarioOptions},
    work_token_sdk::{
        BallotAddresses, DisputeAddresses, Instruction, JurorAddresses, Pubkey, SeatAddresses,
        accounts::ClaimAccount,
        addresses,
        commit::{self, SealedOpening},
        ix,
        math::{Amount, Epoch, dispute::Side, slash::Stakes},
        state::{
            self, Assignment, Ballot, BallotState, Claim, ClaimEntry, Dispute, DisputeOpening, Fault, Network,
            Provider,
            dispute::{Accused, Opening},
        },
        transport::{Outcome, Transport},
    },
};

/// What a juror of a [`World`] locks: enough for every seat that it can be drawn for.
pub const LOCK: u64 = 2_000 * crate::TOKEN;

/// The bond that a dispute of a severity needs at a time, by the program's own rules on a copy.
pub fn required_bond(
    at: &DisputeAddresses,
    severity: u8,
    (network, provider, seat): (&Network, &Provider, Option<&Assignment>),
    now_ts: i64,
) -> u64 {
    let accused = seat.map_or_else(
        || {
            let record = provider.record(Epoch(at.epoch)).expect("the provider remembers the epoch");
            let base = Stakes { own: Amount(record.own_total), delegated: Amount(record.delegated_total) };
            let severities = network.params.disputes.severities;
            Accused { epoch: Epoch(at.epoch), base, fee: Amount::ZERO, severities }
        },
        Accused::of_seat,
    );
    let opening = Opening {
        kind: at.kind,
        severity,
        commitment: &bytemuck::Zeroable::zeroed(),
        without_claim: false,
        is_proved: false,
        work_ts: network.work_ts(now_ts),
        now: network.epoch_at(now_ts),
    };
    let mut copy: Dispute = bytemuck::Zeroable::zeroed();
    copy.begin(&opening, &accused, provider, network).expect("can be opened").0
}

/// One who judges.
pub struct Juror {
    /// Its key and tokens.
    pub actor: Actor,
    /// Its addresses.
    pub at: JurorAddresses,
}

/// The salt of a vote, or of an opening, in these stories: the key of who commits.
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
    /// Constructs that the jurors' tree was adopted so many longest disputes ago.
    pub fn age_jurors(&self, longest_disputes: i64) {
        let mut network = self.network();
        let longest_secs = i64::try_from(network.params.disputes.longest_secs()).expect("a time");
        network.juror_tree_from_ts = self.now() - longest_disputes * longest_secs;
        self.scenario.write(&self.scenario.network.network, &network);
    }

    /// Somebody who becomes a juror.
    pub fn juror(&self, name: &str, lock: u64) -> Juror {
        let actor = self.actor(name, 10 * lock);
        let at = self.scenario.join_jury(&actor, lock).unwrap_or_else(|error| panic!("{name} joins: {error}"));
        Juror { actor, at }
    }

    /// A juror's account.
    pub fn juror_state(&self, juror: &Juror) -> state::Juror {
        self.scenario.read(&juror.at.juror)
    }

    /// The bond that a dispute of a severity needs now.
    pub fn bond_for(&self, at: &DisputeAddresses, severity: u8) -> u64 {
        let (network, provider) = (self.network(), self.scenario.read(&at.provider));
        let seat = at.assignment.map(|seat| self.scenario.read(&seat));
        required_bond(at, severity, (&network, &provider, seat.as_ref()), self.now())
    }

    /// The bond of who raises the claim of a dispute to a severity now.
    pub fn bond_to_raise(&self, at: &DisputeAddresses, severity: u8) -> u64 {
        let (network, provider) = (self.network(), self.scenario.read::<state::Provider>(&at.provider));
        let rules = &network.params.disputes;
        self.dispute_state(at).raising_bond(severity, &provider, rules, network.epoch_at(self.now())).0
    }

    /// What somebody seals that will open a dispute.
    pub fn sealed(&self, at: &DisputeAddresses, challenger: &Actor, severity: u8) -> SealedOpening {
        SealedOpening::open(at, challenger.address(), severity, salt(&challenger.address()))
    }

    /// What somebody seals that will raise a claim.
    pub fn sealed_raise(&self, at: &DisputeAddresses, challenger: &Actor, severity: u8) -> SealedOpening {
        SealedOpening::raise(at, challenger.address(), severity, salt(&challenger.address()))
    }

    /// The instruction with which somebody commits to what it sealed, with a deposit.
    pub fn commit_ix(&self, sealed: &SealedOpening, challenger: &Actor, deposit: u64) -> Instruction {
        ix::commit_dispute(&self.scenario.network, sealed, challenger.tokens, deposit)
    }

    /// Somebody commits to what it sealed.
    pub fn commit(&self, sealed: &SealedOpening, challenger: &Actor, deposit: u64) -> DisputeOpening {
        self.send(&[self.commit_ix(sealed, challenger, deposit)], &[challenger]);
        self.scenario.read(&sealed.address().0)
    }

    /// The instruction that returns the deposit of what somebody sealed and did not open.
    pub fn lapse_ix(&self, sealed: &SealedOpening, challenger: &Actor) -> Instruction {
        let opening = sealed.address().0;
        ix::lapse_opening(&self.scenario.network, opening, challenger.address(), challenger.tokens)
    }

    /// The instruction that opens what was committed to.
    pub fn open_dispute_ix(
        &self,
        at: &DisputeAddresses,
        job: Option<Pubkey>,
        challenger: &Actor,
        severity: u8,
    ) -> Instruction {
        ix::open_dispute(at, &self.open_input(job, challenger, severity))
    }

    /// The inputs of it.
    pub fn open_input(&self, job: Option<Pubkey>, challenger: &Actor, severity: u8) -> ix::OpenDispute {
        ix::OpenDispute {
            challenger: challenger.address(),
            job,
            refund_to: challenger.tokens,
            severity,
            without_claim: false,
            evidence: [7; 32],
            salt: salt(&challenger.address()),
        }
    }

    /// The instructions that commit to a dispute and open it.
    pub fn dispute_ixs(
        &self,
        at: &DisputeAddresses,
        job: Option<Pubkey>,
        challenger: &Actor,
        severity: u8,
        deposit: u64,
    ) -> [Instruction; 2] {
        let sealed = self.sealed(at, challenger, severity);
        [self.commit_ix(&sealed, challenger, deposit), self.open_dispute_ix(at, job, challenger, severity)]
    }

    /// Somebody disputes the result of a seat, with the bond that it needs.
    pub fn dispute(&self, seat: &SeatAddresses, challenger: &Actor, severity: u8) -> DisputeAddresses {
        let at = self.scenario.next_dispute(seat);
        let bond = self.bond_for(&at, severity);
        self.send(&self.dispute_ixs(&at, Some(seat.job.job), challenger, severity, bond), &[challenger]);
        at
    }

    /// Somebody disputes a provider's conduct in an epoch, with the bond that it needs.
    pub fn dispute_conduct(&self, owner: &Owner, epoch: u32, challenger: &Actor, severity: u8) -> DisputeAddresses {
        let at = DisputeAddresses::next_of_conduct(&owner.at, &self.provider(owner), epoch, self.now());
        let bond = self.bond_for(&at, severity);
        self.send(&self.dispute_ixs(&at, None, challenger, severity, bond), &[challenger]);
        at
    }

    /// The instructions that commit to raising a claim and raise it.
    pub fn raise_ixs(&self, at: &DisputeAddresses, challenger: &Actor, severity: u8, deposit: u64) -> [Instruction; 2] {
        let sealed = self.sealed_raise(at, challenger, severity);
        let input = ix::RaiseClaim {
            challenger: challenger.address(),
            refund_to: challenger.tokens,
            severity,
            salt: sealed.salt,
        };
        [self.commit_ix(&sealed, challenger, deposit), ix::raise_claim(at, input)]
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

    /// A dispute's account.
    pub fn dispute_state(&self, at: &DisputeAddresses) -> Dispute {
        self.scenario.dispute_state(at)
    }

    /// The claim that it belongs to.
    pub fn claim_state(&self, at: &DisputeAddresses) -> Claim {
        self.scenario.read(&at.claim)
    }

    /// The entries of that claim's account.
    pub fn claim_entries(&self, at: &DisputeAddresses) -> Vec<ClaimEntry> {
        let account = self.scenario.chain.account(&at.claim).expect("the embedded chain answers");
        ClaimAccount::decode(&account.expect("the claim exists").data).expect("it is a claim").entries
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
        let input = ix::AnswerDispute { answerer: answerer.address(), from: answerer.tokens, bond, refund_to: None };
        ix::answer_dispute(at, input)
    }

    /// Answers with what is missing of the counter-bond.
    pub fn answer(&self, at: &DisputeAddresses, answerer: &Actor) -> Outcome {
        let provider: state::Provider = self.scenario.read(&at.provider);
        let bond = self.dispute_state(at).bonds().0.saturating_sub(provider.counter.bond);
        self.send(&[self.answer_ix(at, answerer, bond)], &[answerer])
    }

    /// Calls and seats the present jury.
    pub fn seat_jury(&self, at: &DisputeAddresses) {
        self.scenario.call_jury(at).unwrap_or_else(|error| panic!("the jury is called: {error}"));
        self.scenario.seat_jury(at).unwrap_or_else(|error| panic!("the jury is seated: {error}"));
    }

    /// Ballots of the present jury, with who votes.
    pub fn ballots<'a>(&self, at: &DisputeAddresses, jurors: &'a [Juror]) -> Vec<(BallotAddresses, &'a Juror)> {
        let present = self.dispute_state(at).machine.jury;
        let mut found = Vec::new();
        for (key, ballot) in self.scenario.ballots(at) {
            if ballot.jury == present && ballot.state != BallotState::Excluded as u8 {
                let juror = jurors.iter().find(|juror| juror.actor.address() == ballot.owner).expect("a known juror");
                found.push((BallotAddresses::recorded(*at, key, &ballot), juror));
            }
        }
        found
    }

    /// The instruction with which a juror commits to a vote.
    pub fn commit_vote_ix(&self, ballot: &BallotAddresses, juror: &Juror, vote: u8) -> Instruction {
        let owner = juror.actor.address();
        ix::commit_vote(ballot, owner, commit::vote_commitment(ballot, &owner, vote, &salt(&owner)))
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
        if dispute.machine.phase == work_token_sdk::math::dispute::Phase::Commit as u8 {
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
        self.seat_jury(at);
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
