//! A realm of deposits becomes one in which stake votes, by its own vote, in two steps.
//!
//! Kind: a token that is in one vote twice, or a vote that is measured by another maximum than it was cast
//! under. Looked for in proposals that were open at the first step, in deposits that are taken back and
//! staked, in a second step that comes early, and in votes that nobody counts.

use {
    super::{addin_governance as stake, *},
    work_token_sdk::{
        governance::{self as spl, AddIns, Proposal, ProposalAddresses, ProposalState, RealmConfig, TokenType},
        votes::{self, RegistrarAddresses},
    },
    work_token_tests::{Realm, WAIT},
};

/// What ann has staked, and mallory deposited: enough of the stake, and far too little of the supply.
const STAKE: u64 = 400_000 * TOKEN;
const DEPOSIT: u64 = 300_000 * TOKEN;
/// The proposal's transaction that is the second step.
const SECOND: u16 = 2;
const WITHDRAWN_WITH_VOTES: u32 = 506;
const HELD_UP: u32 = 525;
const NO_DEPOSITS: u32 = 599;

/// A realm of deposits with a council, which has decided to let stake vote, and somebody's proposal that is
/// voted on when it begins to.
struct Switch {
    world: World,
    dao: Dao,
    ann: Owner,
    alice: Actor,
    mallory: Actor,
    registrar: RegistrarAddresses,
    switch: ProposalAddresses,
    grab: ProposalAddresses,
}

/// The realm's rules, as its accounts say.
fn present(world: &World, dao: &Dao) -> RealmRules {
    let config: RealmConfig = world.read_governance(&dao.at.realm.config);
    RealmRules::of(&world.read_governance(&dao.at.realm.realm), &config)
}

impl Switch {
    fn decided() -> Self {
        let world = World::new();
        let ann = world.owner("ann", 0, STAKE);
        world.cycle(&[&ann]);
        world.cycle(&[&ann]);
        world.chain.install_votes().expect("the add-in is deployed");
        let council = Pubkey::new_from_array([9; 32]);
        world.chain.create_mint(council, &MintOptions::of(TokenProgram::Spl, Some(world.admin.address())));
        let of_council =
            RealmRules { council: Some(council), council_type: TokenType::Membership, ..RealmRules::by_deposit() };
        let dao = world.found("Workers", &of_council, &rules());
        let (alice, mallory) = (world.member(&dao, "alice", 10 * DEPOSIT), world.member(&dao, "mallory", DEPOSIT));
        let registrar = RegistrarAddresses::derive(dao.at.realm.realm, world.network.network, world.network.mint);
        assert_eq!(present(&world, &dao), of_council);
        let (realm, authority, treasury) = (&dao.at.realm, dao.at.governance, dao.at.treasury);
        let by_stake = of_council.with_voter_weight(votes::ID);
        let join = votes::create_registrar(&registrar, [authority, treasury], &Realm::terms(0));
        let first = spl::set_realm_config(realm, authority, treasury, &by_stake);
        let second = spl::set_realm_config(realm, authority, treasury, &by_stake.with_max_weight(votes::ID));
        let later = HOLD_UP + u32::try_from(WAIT).expect("a time");
        let switch =
            dao.propose(&world, &alice, &[(HOLD_UP, vec![join]), (HOLD_UP, vec![first]), (later, vec![second])]);
        dao.vote(&world, &switch, &alice, &Vote::yes());
        assert_eq!(dao.close_vote(&world, &switch).state, ProposalState::Succeeded);
        let nothing = spl::set_governance_config(&dao.at, &rules());
        let grab = dao.propose(&world, &mallory, &[(HOLD_UP, vec![nothing])]);
        dao.vote(&world, &grab, &mallory, &Vote::yes());
        world.pass(i64::from(HOLD_UP) + 1);
        dao.execute(&world, &switch, 0);
        dao.execute(&world, &switch, 1);
        assert_eq!(present(&world, &dao), by_stake, "a council keeps what it has");
        Self { world, dao, ann, alice, mallory, registrar, switch, grab }
    }

    /// Lets stake wait, and executes the second step.
    fn complete(&self) {
        self.world.pass(WAIT);
        self.dao.execute(&self.world, &self.switch, SECOND);
        let add_ins = AddIns { voter_weight: Some(votes::ID), max_voter_weight: Some(votes::ID) };
        assert_eq!(present(&self.world, &self.dao).add_ins, add_ins);
    }

    /// Counts, with the maximum that the add-in writes.
    fn counts(&self, at: &ProposalAddresses) -> Proposal {
        let owner = self.dao.proposal(&self.world, at).owner_record;
        let most = votes::update_max_voter_weight(&self.registrar);
        self.world.send(&[most, spl::finalize_vote(at, owner, Some(self.registrar.max_record))], &[]);
        self.dao.proposal(&self.world, at)
    }

    #[track_caller]
    fn refuses(&self, instructions: &[Instruction], who: &Actor, code: u32) {
        let before = Photo::of(&self.world);
        refused_with_code(&self.world, &before, self.world.tries(instructions, &[who]), code);
    }
}

// vote-switch-1
#[test]
fn no_proposal_has_votes_of_deposits_and_of_stake_and_everybody_gets_its_deposit_back() {
    let begun = Switch::decided();
    let Switch { world, dao, ann, alice, mallory, registrar, switch, grab } = &begun;
    let (realm, key) = (&dao.at.realm, alice.address());

    // Deposits weigh nothing any more, none is taken, and who voted on what is decided takes its own back.
    let before = Photo::of(world);
    assert!(dao.tries_to_vote(world, grab, alice, &Vote::Deny).is_err(), "no record says what alice weighs");
    assert_eq!(before.first_difference(world), None);
    begun.refuses(&[spl::withdraw_governing_tokens(realm, key, alice.tokens)], alice, WITHDRAWN_WITH_VOTES);
    world.send(&[spl::relinquish_vote(switch, key, None)], &[]);
    world.send(&[spl::withdraw_governing_tokens(realm, key, alice.tokens)], &[alice]);
    assert_eq!(world.balance(alice), 10 * DEPOSIT);
    begun.refuses(&[spl::deposit_governing_tokens(realm, key, alice.tokens, key, 1)], alice, NO_DEPOSITS);

    // What alice stakes now, and what ann has staked all the time, weighs nothing in a vote that was open.
    let anns = stake::member(world, registrar, &ann.actor, ann.own_voice());
    stake::vote(world, grab, &anns, &ann.actor, ann.own_voice());
    let holder = Holder { actor: alice.clone(), at: ann.at.position(key) };
    world.delegate(&holder, DEPOSIT);
    world.set_direct(&holder, true);
    let alices = stake::join(world, registrar, alice, holder.voice_of());
    stake::vote(world, grab, &alices, alice, holder.voice_of());
    assert_eq!(dao.proposal(world, grab).yes_weight(), DEPOSIT, "mallory's deposit alone");

    // Mallory's vote holds her deposit as long as it counts, and is measured by the supply, as it was cast.
    let own = mallory.address();
    begun.refuses(&[spl::withdraw_governing_tokens(realm, own, mallory.tokens)], mallory, WITHDRAWN_WITH_VOTES);
    assert_eq!(dao.close_vote(world, grab).state, ProposalState::Defeated);
    world.send(&[spl::relinquish_vote(grab, own, None)], &[]);
    world.send(&[spl::withdraw_governing_tokens(realm, own, mallory.tokens)], &[mallory]);
    assert_eq!(world.balance(mallory), DEPOSIT);

    let before = Photo::of(world);
    refused_with_code(world, &before, dao.tries_to_execute(world, switch, SECOND), HELD_UP);
    begun.complete();
    let proposal = stake::propose(world, &dao.at, &anns, ann);
    stake::vote(world, &proposal, &anns, &ann.actor, ann.own_voice());
    world.pass(i64::from(VOTE) + 1);
    let decided = begun.counts(&proposal);
    assert_eq!((decided.state, decided.yes_weight()), (ProposalState::Succeeded, STAKE));
    assert_invariants(world);
}

// vote-switch-1, and its bound: why whoever executes the second step counts first.
#[test]
fn a_vote_of_deposits_that_nobody_counts_until_the_second_step_is_measured_by_the_stake() {
    let begun = Switch::decided();
    begun.complete();
    let counted = begun.counts(&begun.grab);
    assert_eq!((counted.state, counted.yes_weight()), (ProposalState::Succeeded, DEPOSIT));
}
