//! Disputes of the world: about the fixed seats of A and B, and about the conduct of P1 and P2 in epoch 2. All of them are brought on together, so
//! that whatever belongs to one has neighbours that belong to another.

use {
    super::*,
    work_token_sdk::{
        BallotAddresses, DisputeAddresses, JurorAddresses, SeatAddresses, commit,
        draw::{JuryAt, plan_jury},
        limits::JUROR_TREE,
        math::dispute::{Phase, Side},
        state::{Ballot, Delegation, Dispute, DisputeKind, Job, Juror, Unbonding, WorkTree},
    },
};

/// Owners of jurors, in A and in B.
pub const JURORS: [&str; 4] = ["juror 0", "juror 1", "juror 2", "juror 3"];
/// What each of them locks.
pub const LOCK: u64 = 2_000 * TOKEN;
/// The bond of every dispute.
pub const BOND: u64 = 5_000 * TOKEN;
/// The severity that all disputes claim: nobody's silence executes it.
pub const CLAIMED: u8 = 3;
/// The epoch of the conduct that is disputed.
pub const CONDUCT_EPOCH: u32 = 2;

/// Where the adopted trees of jurors are, in A and in B.
pub const JUROR_TREES: [&str; 2] = ["juror tree of A", "juror tree of B"];

impl World {
    /// Somebody whom a name stands for, once its key exists.
    pub fn known(&self, name: &str) -> Person {
        let key = Chain::address(name);
        Person { key, tokens: tokens(&self.chain, &self.a, &Person { key, tokens: key }) }
    }

    pub fn net_of(&self, at: &NetworkAddresses) -> &Net {
        [&self.a, &self.b, &self.c].into_iter().find(|net| net.at == *at).expect("a network of the world")
    }

    pub fn juror(&self, net: &Net, number: usize) -> JurorAddresses {
        JurorAddresses::derive(net.at, Chain::address(JURORS[number]))
    }

    /// The first dispute about the fixed seat of a network.
    pub fn disputed_seat(&self, net: &Net) -> DisputeAddresses {
        let seat = self.job(net, 0).seat(0);
        let provider = if net.at == self.a.at { self.p1.provider } else { self.q1.provider };
        DisputeAddresses {
            network: net.at,
            provider,
            kind: DisputeKind::Job,
            assignment: Some(seat.assignment),
            epoch: 4,
            dispute: addresses::dispute(&seat.assignment, 1),
            claim: Some(addresses::claim(&provider, 1)),
            fault: addresses::fault(&provider, 4),
        }
    }

    /// The first dispute about a provider's conduct; for P1 its claim is the second.
    pub fn disputed_conduct(&self, provider: &ProviderAddresses) -> DisputeAddresses {
        let number = if provider.provider == self.p1.provider { 2 } else { 1 };
        DisputeAddresses {
            network: provider.network,
            provider: provider.provider,
            kind: DisputeKind::Conduct,
            assignment: None,
            epoch: CONDUCT_EPOCH,
            dispute: addresses::dispute(&provider.provider, 1),
            claim: Some(addresses::claim(&provider.provider, number)),
            fault: addresses::fault(&provider.provider, CONDUCT_EPOCH),
        }
    }

    /// The dispute that cases are about.
    pub fn case(&self) -> DisputeAddresses {
        self.disputed_seat(&self.a)
    }

    /// All four.
    pub fn all_disputes(&self) -> [DisputeAddresses; 4] {
        let of_seats = [&self.a, &self.b].map(|net| self.disputed_seat(net));
        let [first, second] = [&self.p1, &self.p2].map(|provider| self.disputed_conduct(provider));
        [of_seats[0], of_seats[1], first, second]
    }

    pub fn dispute(&self, at: &DisputeAddresses) -> Dispute {
        self.read(&at.dispute)
    }

    pub fn edit_dispute(&self, at: &DisputeAddresses, edit: impl FnOnce(&mut Dispute)) {
        let mut state = self.dispute(at);
        edit(&mut state);
        self.write(&at.dispute, &state);
    }

    pub fn edit_juror(&self, juror: &JurorAddresses, edit: impl FnOnce(&mut Juror)) {
        let mut state: Juror = self.read(&juror.juror);
        edit(&mut state);
        self.write(&juror.juror, &state);
    }

    pub fn juror_tree(&self, net: &Net) -> Pubkey {
        net.state(&self.chain).juror_tree
    }

    pub fn join(&self, net: &Net, owner: &Person, amount: u64, leaf: u16) -> Instruction {
        let from = tokens(&self.chain, net, owner);
        let input = ix::JoinJury { juror_tree: self.juror_tree(net), from, amount, leaf };
        ix::join_jury(&JurorAddresses::derive(net.at, owner.key), input)
    }

    /// A and B have their trees of jurors, and four jurors each.
    pub fn judged(&mut self) {
        for name in JURORS {
            person(&mut self.chain, &self.a, name);
        }
        let trees = JUROR_TREES.map(|name| self.chain.key(name));
        let lamports = self.chain.net.with_svm(|svm| svm.minimum_balance_for_rent_exemption(WorkTree::SIZE));
        for (net, tree) in [&self.a, &self.b].into_iter().zip(trees) {
            self.chain.must(&[
                ix::create_work_tree(self.rentier, tree, lamports),
                ix::init_work_tree(&net.at.network, self.rentier, tree, JUROR_TREE),
            ]);
            for (leaf, name) in (0..).zip(JURORS) {
                let join = self.join(net, &self.known(name), LOCK, leaf);
                self.chain.must(&[join]);
            }
        }
        self.chain.net.advance(1);
    }

    /// The same, and both fixed seats have their results.
    pub fn disputable(&mut self) {
        self.judged();
        for net in [&self.a, &self.b] {
            self.submitted(&self.job(net, 0).seat(0));
        }
    }

    /// Somebody's dispute, with the bond of all disputes.
    pub fn open_dispute(&self, at: &DisputeAddresses, who: &Person) -> Instruction {
        let net = self.net_of(&at.network);
        let input = ix::OpenDispute {
            challenger: who.key,
            job: at.assignment.map(|_| self.job(net, 0).job),
            from: tokens(&self.chain, net, who),
            severity: CLAIMED,
            bond: BOND,
            without_claim: false,
            evidence: [7; 32],
        };
        ix::open_dispute(at, &input)
    }

    /// C2 disputes all four.
    pub fn disputed(&mut self) {
        self.disputable();
        for at in self.all_disputes() {
            self.chain.must(&[self.open_dispute(&at, &self.c2)]);
        }
    }

    /// The answer of somebody who adds to the counter-bond.
    pub fn answer(&self, at: &DisputeAddresses, who: &Person, bond: u64) -> Instruction {
        let from = tokens(&self.chain, self.net_of(&at.network), who);
        ix::answer_dispute(at, ix::AnswerDispute { answerer: who.key, from, bond, refund_to: None })
    }

    /// The owners answer.
    pub fn answered(&mut self) {
        self.disputed();
        for at in self.all_disputes() {
            let owner = if at.provider == self.p2.provider { self.o2 } else { self.o1 };
            let has: Provider = self.read(&at.provider);
            self.chain.must(&[self.answer(&at, &owner, BOND - has.counter_bond)]);
        }
    }

    /// The draws of all juries are armed, and their slots have come.
    pub fn armed(&mut self) {
        self.answered();
        for at in self.all_disputes() {
            self.chain.must(&[ix::call_jury(&at, None)]);
        }
        self.chain.net.advance_slots(12);
    }

    /// The juries' seeds are known.
    pub fn seeded(&mut self) {
        self.armed();
        for at in self.all_disputes() {
            self.chain.must(&[ix::call_jury(&at, None)]);
        }
    }

    /// The next draw for a seat of a jury.
    pub fn seat_juror(&self, at: &DisputeAddresses) -> Instruction {
        let network: Network = self.read(&at.network.network);
        let tree: Box<WorkTree> = Box::new(self.read(&network.juror_tree));
        let (dispute, provider): (Dispute, Provider) = (self.dispute(at), self.read(&at.provider));
        let jury = JuryAt {
            network: &network,
            dispute_address: &at.dispute,
            dispute: &dispute,
            provider: &provider,
            tree: &tree,
            now_ts: self.chain.net.now(),
        };
        let net = self.net_of(&at.network);
        let jurors: Vec<(Pubkey, Juror, Option<Delegation>)> = (0..JURORS.len())
            .map(|number| {
                let juror = self.juror(net, number);
                let position = addresses::interest(&at.provider, &juror.owner);
                let exists = self.chain.lamports(&position) > 0;
                (juror.juror, self.read(&juror.juror), exists.then(|| self.read(&position)))
            })
            .collect();
        let lookup = |key: &Pubkey| {
            let known = jurors.iter().find(|(known, ..)| known == key);
            known.map(|(_, juror, position)| (juror, position.as_ref()))
        };
        let plan = plan_jury(&jury, 1, lookup).expect("a seat can be drawn");
        ix::seat_juror(at, self.keeper_of(&at.network), &plan.draws.first().expect("a draw").accounts)
    }

    /// Draws every seat of a jury.
    pub fn seat_all(&self, at: &DisputeAddresses) {
        let jury = self.dispute(at).machine.jury;
        while self.dispute(at).machine.phase == Phase::Seating as u8 && self.dispute(at).machine.jury == jury {
            self.chain.must(&[self.seat_juror(at)]);
        }
    }

    /// The juries can vote.
    pub fn seated_juries(&mut self) {
        self.seeded();
        for at in self.all_disputes() {
            self.seat_all(&at);
        }
    }

    /// The ballots of the first jury of a dispute.
    pub fn ballots(&self, at: &DisputeAddresses) -> Vec<(BallotAddresses, Ballot)> {
        let ballots = (0..3).map(|seat| at.ballot(0, seat));
        ballots.map(|ballot| (ballot, self.read(&ballot.ballot))).collect()
    }

    pub fn commit_vote(&self, ballot: &BallotAddresses, vote: u8) -> Instruction {
        let owner = self.read::<Ballot>(&ballot.ballot).owner;
        ix::commit_vote(ballot, owner, commit::vote_commitment(ballot, &owner, vote, &owner.to_bytes()))
    }

    pub fn reveal_vote(&self, ballot: &BallotAddresses, vote: u8) -> Instruction {
        let owner = self.read::<Ballot>(&ballot.ballot).owner;
        ix::reveal_vote(ballot, owner, vote, owner.to_bytes())
    }

    /// All jurors committed to the same vote.
    pub fn committed_votes(&mut self, vote: u8) {
        self.seated_juries();
        for at in self.all_disputes() {
            for (ballot, _) in self.ballots(&at) {
                self.chain.must(&[self.commit_vote(&ballot, vote)]);
            }
        }
    }

    /// They revealed it: there are verdicts.
    pub fn verdicts(&mut self, vote: u8) {
        self.committed_votes(vote);
        for at in self.all_disputes() {
            for (ballot, _) in self.ballots(&at) {
                self.chain.must(&[self.reveal_vote(&ballot, vote)]);
            }
        }
    }

    /// Somebody pays for an appeal.
    pub fn fund(&self, at: &DisputeAddresses, who: &Person, side: Side, amount: u64) -> Instruction {
        let from = tokens(&self.chain, self.net_of(&at.network), who);
        ix::fund_appeal(at, ix::FundAppeal { contributor: who.key, from, side, amount })
    }

    /// D1 pays a part for each appeal that the vote leaves open; nobody pays the rest. Half of the time for appeals passes.
    pub fn stands(&mut self, vote: u8) {
        self.verdicts(vote);
        for at in self.all_disputes() {
            for side in [Side::Provider, Side::Challenger] {
                self.chain.must(&[self.fund(&at, &self.d1, side, TOKEN)]);
            }
        }
        self.chain.net.advance(DAY / 2);
    }

    /// The verdicts are applied.
    pub fn finished(&mut self, vote: u8) {
        self.stands(vote);
        for at in self.all_disputes() {
            self.chain.must(&[ix::advance_dispute(&at)]);
        }
    }

    pub fn execute(&self, at: &DisputeAddresses) -> Instruction {
        ix::execute_installment(at, self.read::<Provider>(&at.provider).stake_vault)
    }

    /// Every installment was executed, and the disputes have ended.
    pub fn ended(&mut self) {
        self.finished(CLAIMED);
        for at in self.all_disputes() {
            while !self.dispute(&at).is_executed() {
                self.chain.net.advance(8 * DAY);
                self.chain.must(&[self.execute(&at)]);
            }
            self.chain.must(&[ix::advance_dispute(&at)]);
        }
    }

    /// Nobody answers, judges or rules for so long that all disputes are undecided; meanwhile D1's ticket at P1 leaves, held for both claims. The
    /// disputes have ended.
    pub fn undecided_with_ticket(&mut self) -> (work_token_sdk::PositionAddresses, Unbonding) {
        self.disputed();
        self.go_to(15 * DAY);
        let position = self.p1.position(self.d1.key);
        self.chain.must(&[ix::withdraw_unbonded(&position, 1, self.d1.tokens)]);
        for at in self.all_disputes() {
            self.chain.must(&[ix::advance_dispute(&at)]);
        }
        (position, self.read(&position.ticket(1).0))
    }

    /// What the operator of P1 signed: two results of the fixed seat. They stand in front of the proof from now on.
    pub fn signed_results(&self, seat: &SeatAddresses, results: [[u8; 32]; 2]) {
        let created_slot = self.read::<Job>(&seat.job.job).created_slot;
        let operator = self.seat(seat).operator;
        let signed = results.map(|result_hash| {
            let message = commit::result_message(seat, created_slot, &result_hash);
            ix::SignedResult { result_hash, signature: self.chain.sign_message(&operator, &message) }
        });
        let proof = ix::signed_results(seat, created_slot, &operator, &signed);
        *self.chain.proof.borrow_mut() = Some(proof);
    }

    /// The proof of a fault on the fixed seat of A.
    pub fn prove(&self, results: [[u8; 32]; 2]) -> Instruction {
        let input = ix::ProveFault {
            challenger: self.c2.key,
            job: self.fixed().job.job,
            from: self.c2.tokens,
            results,
            bond: BOND,
        };
        ix::prove_fault(&self.case(), &input)
    }
}
