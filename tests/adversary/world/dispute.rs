//! Disputes of the world: about the fixed seats of A and B, and about the conduct of P1 and P2 in epoch 2.
//! All of them are brought on together, so that whatever belongs to one has neighbours that belong to
//! another.

use {
    super::*,
    work_token_localnet::{answer_ix, commit_vote_ix},
    work_token_sdk::{
        BallotAddresses, DisputeAddresses, JurorAddresses,
        math::dispute::{Phase, Side},
        state::{Ballot, Dispute, DisputeKind, Juror, TreeKind, Unbonding},
    },
};

/// Owners of jurors, in A and in B.
pub const JURORS: [&str; 4] = ["juror 0", "juror 1", "juror 2", "juror 3"];
/// What each of them locks.
pub const LOCK: u64 = 2_000 * TOKEN;
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
            claim: addresses::claim(&provider, 1),
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
            claim: addresses::claim(&provider.provider, number),
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
        self.change(&at.dispute, edit);
    }

    pub fn edit_juror(&self, juror: &JurorAddresses, edit: impl FnOnce(&mut Juror)) {
        self.change(&juror.juror, edit);
    }

    pub fn juror_tree(&self, net: &Net) -> Pubkey {
        net.state(&self.chain).juror_tree
    }

    pub fn join(&self, net: &Net, owner: &Person, amount: u64) -> Instruction {
        let from = tokens(&self.chain, net, owner);
        ix::join_jury(&JurorAddresses::derive(net.at, owner.key), ix::JoinJury { from, amount })
    }

    /// What ripened of somebody's lock goes into a leaf: a free one, its own, or in a full tree that of a
    /// holder.
    pub fn sync(&self, net: &Net, owner: Pubkey, leaf: u16, holder: Option<Pubkey>) -> Instruction {
        ix::sync_juror(&JurorAddresses::derive(net.at, owner), self.juror_tree(net), leaf, holder)
    }

    /// Constructs that everything which somebody has locked is as old as it must be.
    pub fn ripened(&self, net: &Net, owner: Pubkey) {
        self.ripen(&JurorAddresses::derive(net.at, owner));
    }

    /// Gives every free leaf of a tree of jurors to a lock of `weight` that nobody has.
    pub fn fill_tree(&self, net: &Net, weight: u64) {
        self.chain.fill_tree(&self.juror_tree(net), weight);
    }

    /// A and B have their trees of jurors, adopted long ago, and four jurors each.
    pub fn judged(&mut self) {
        for name in JURORS {
            person(&mut self.chain, &self.a, name);
        }
        let trees = JUROR_TREES.map(|name| self.chain.key(name));
        for (net, tree) in [&self.a, &self.b].into_iter().zip(trees) {
            self.must(&self.tree_ixs(&net.at.network, self.rentier, tree, TreeKind::Jurors));
            for (leaf, name) in (0..).zip(JURORS) {
                let owner = self.known(name);
                self.chain.must(&[self.join(net, &owner, LOCK), self.sync(net, owner.key, leaf, None)]);
            }
            self.age_juror_tree(&net.at.network, 2);
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

    /// What the claims of a dispute required.
    pub fn bonds(&self, at: &DisputeAddresses) -> u64 {
        self.dispute(at).bonds().0
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
        answer_ix(at, (who.key, from), bond)
    }

    /// The owners answer.
    pub fn answered(&mut self) {
        self.disputed();
        for at in self.all_disputes() {
            let owner = if at.provider == self.p2.provider { self.o2 } else { self.o1 };
            self.must(&[self.answer(&at, &owner, self.missing_bond(&at))]);
        }
    }

    /// The draws of all juries are armed, and their slots have come.
    pub fn armed(&mut self) {
        self.answered();
        for at in self.all_disputes() {
            self.chain.must(&[self.call(&at, None)]);
        }
        self.chain.net.advance_slots(12);
    }

    /// The juries' seeds are known.
    pub fn seeded(&mut self) {
        self.armed();
        for at in self.all_disputes() {
            self.chain.must(&[self.call(&at, None)]);
        }
    }

    /// The call of a jury, with the network's tree.
    pub fn call(&self, at: &DisputeAddresses, randomness: Option<Pubkey>) -> Instruction {
        ix::call_jury(at, self.juror_tree(self.net_of(&at.network)), randomness)
    }

    /// The next call of a juror for a jury.
    pub fn draw_juror(&self, at: &DisputeAddresses) -> Instruction {
        let plan = self.plan_jury(at, 1).expect("a juror is called");
        ix::draw_juror(at, self.keeper_of(&at.network), &plan.draws.first().expect("a draw").accounts)
    }

    /// The call of a juror, whoever is to be called.
    pub fn draw_juror_of(&self, at: &DisputeAddresses, juror: &JurorAddresses) -> Instruction {
        let interest = addresses::interest(&at.provider, &juror.owner);
        let seat = ix::DrawJuror { juror: juror.juror, ballot: at.ballot(0, 0).ballot, interest };
        ix::draw_juror(at, self.keeper_of(&at.network), &seat)
    }

    /// Seats a jury.
    pub fn draw_all(&self, at: &DisputeAddresses) {
        let jury = self.dispute(at).machine.jury;
        while self.dispute(at).machine.phase() == Phase::Draw && self.dispute(at).machine.jury == jury {
            self.chain.must(&[self.draw_juror(at)]);
        }
    }

    /// The juries can vote.
    pub fn drawn_juries(&mut self) {
        self.seeded();
        for at in self.all_disputes() {
            self.draw_all(&at);
        }
    }

    /// The ballots of the first jury of a dispute.
    pub fn ballots(&self, at: &DisputeAddresses) -> Vec<(BallotAddresses, Ballot)> {
        let ballots = (0..3).map(|seat| at.ballot(0, seat));
        ballots.map(|ballot| (ballot, self.read(&ballot.ballot))).collect()
    }

    pub fn commit_vote(&self, ballot: &BallotAddresses, vote: u8) -> Instruction {
        let owner = self.read::<Ballot>(&ballot.ballot).owner;
        commit_vote_ix(ballot, owner, vote, &owner.to_bytes())
    }

    pub fn reveal_vote(&self, ballot: &BallotAddresses, vote: u8) -> Instruction {
        let owner = self.read::<Ballot>(&ballot.ballot).owner;
        ix::reveal_vote(ballot, vote, owner.to_bytes())
    }

    /// All jurors committed to the same vote.
    pub fn committed_votes(&mut self, vote: u8) {
        self.drawn_juries();
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

    /// D1 pays a part of the appeal that the vote leaves open, and of the defence against it; nobody pays the
    /// rest. Half of the time for appeals passes.
    pub fn stands(&mut self, vote: u8) {
        self.verdicts(vote);
        let sides = match vote {
            0 => [Side::Challenger, Side::ProviderDefence],
            _ => [Side::Provider, Side::ChallengerDefence],
        };
        for at in self.all_disputes() {
            for side in sides {
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
        self.execute_ix(at)
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

    /// Nobody answers, judges or rules for so long that all disputes are undecided; meanwhile D1's ticket at
    /// P1 leaves, held for both claims. The disputes have ended.
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
}
