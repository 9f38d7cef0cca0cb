//! When a vote is decided, and what is refused until then.

use {
    super::*,
    work_token_sdk::governance::{self as spl, ProposalAddresses, ProposalState},
};

const STILL_DRAFTED: u32 = 531;
const NOT_WON: u32 = 524;
const HELD_UP: u32 = 525;

fn pause_nothing(dao: &Dao) -> work_token_sdk::Instruction {
    spl::set_governance_config(&dao.at, &GovernanceConfig { free_proposals: 9, ..rules() })
}

fn propose(world: &World, dao: &Dao, alice: &Actor) -> ProposalAddresses {
    dao.propose(world, alice, &[(HOLD_UP, vec![pause_nothing(dao)])])
}

#[track_caller]
fn refuses_to_execute(world: &World, dao: &Dao, at: &ProposalAddresses, code: u32) {
    let before = Photo::of(world);
    refused_with_code(world, &before, dao.tries_to_execute(world, at, 0), code);
}

#[test]
fn a_proposal_that_misses_its_quorum_is_defeated_and_never_executed() {
    let world = World::new();
    let dao = world.found("Workers", &RealmRules::by_deposit(), &rules());
    let alice = world.member(&dao, "alice", 599 * TOKEN);
    world.actor("others", 401 * TOKEN);
    let at = propose(&world, &dao, &alice);
    dao.vote(&world, &at, &alice, &Vote::yes());
    assert_eq!(dao.close_vote(&world, &at).state, ProposalState::Defeated);
    world.pass(i64::from(HOLD_UP) + 1);
    refuses_to_execute(&world, &dao, &at, NOT_WON);
    assert_invariants(&world);
}

#[test]
fn a_proposal_with_its_quorum_and_as_many_against_it_is_defeated() {
    let world = World::new();
    let config = GovernanceConfig::of_community(40, VOTE, HOLD_UP, LEAST_WEIGHT);
    let dao = world.found("Workers", &RealmRules::by_deposit(), &config);
    let (alice, bob) = (world.member(&dao, "alice", 500 * TOKEN), world.member(&dao, "bob", 500 * TOKEN));
    let at = propose(&world, &dao, &alice);
    dao.vote(&world, &at, &alice, &Vote::yes());
    dao.vote(&world, &at, &bob, &Vote::Deny);
    assert_eq!(dao.close_vote(&world, &at).state, ProposalState::Defeated);
    assert_invariants(&world);
}

#[test]
fn a_cancelled_proposal_is_neither_voted_on_nor_executed() {
    let (world, dao, alice) = founded();
    let at = propose(&world, &dao, &alice);
    dao.vote(&world, &at, &alice, &Vote::yes());
    world.send(&[spl::cancel_proposal(&at, alice.address())], &[&alice]);
    assert_eq!(dao.proposal(&world, &at).state, ProposalState::Cancelled);
    let bob = world.member(&dao, "bob", TOKEN);
    let before = Photo::of(&world);
    refused_with_code(&world, &before, dao.tries_to_vote(&world, &at, &bob, &Vote::yes()), STILL_DRAFTED);
    world.pass(10 * DAY);
    refuses_to_execute(&world, &dao, &at, NOT_WON);
    assert_invariants(&world);
}

#[test]
fn a_won_proposal_is_held_up_and_executed_once() {
    let (world, dao, alice) = founded();
    let at = propose(&world, &dao, &alice);
    refuses_to_execute(&world, &dao, &at, NOT_WON);
    dao.vote(&world, &at, &alice, &Vote::yes());
    let counted = dao.close_vote(&world, &at);
    // The vote ended when its time was over, whoever counted it when.
    let ended = counted.finalizes_after_ts(&rules()).unwrap();
    assert_eq!((counted.voted_ts, world.now()), (Some(ended), ended + 1));
    refuses_to_execute(&world, &dao, &at, HELD_UP);
    world.set_now(ended + i64::from(HOLD_UP));
    refuses_to_execute(&world, &dao, &at, HELD_UP);
    world.pass(1);
    dao.execute(&world, &at, 0);
    assert_eq!(dao.governance(&world).config.free_proposals, 9);
    refuses_to_execute(&world, &dao, &at, NOT_WON);
    assert_invariants(&world);
}

#[test]
fn a_proposal_cannot_be_held_up_for_less_than_its_governance_asks() {
    let (world, dao, alice) = founded();
    let at = dao.draft(&world, &alice, &[]);
    let key = alice.address();
    let insert = spl::insert_transaction(&at, key, key, 0, HOLD_UP - 1, &[pause_nothing(&dao)]);
    let before = Photo::of(&world);
    refused_with_code(&world, &before, world.tries(&[insert], &[&alice]), 528);
}

#[test]
fn a_vote_that_was_taken_back_does_not_count_and_frees_the_deposit() {
    let (world, dao, alice) = founded();
    let at = propose(&world, &dao, &alice);
    dao.vote(&world, &at, &alice, &Vote::yes());
    let key = alice.address();
    let before = Photo::of(&world);
    refused_with_code(&world, &before, dao.tries_to_vote(&world, &at, &alice, &Vote::Deny), 519);
    let withdraw = spl::withdraw_governing_tokens(&dao.at.realm, key, alice.tokens);
    let before = Photo::of(&world);
    refused_with_code(&world, &before, world.tries(std::slice::from_ref(&withdraw), &[&alice]), 506);
    world.send(&[spl::relinquish_vote(&at, key, Some(key))], &[&alice]);
    assert_eq!(dao.proposal(&world, &at).yes_weight(), 0);
    assert_eq!(dao.close_vote(&world, &at).state, ProposalState::Defeated);
    world.send(&[withdraw], &[&alice]);
    assert_eq!(world.balance(&alice), 700 * TOKEN);
    assert_invariants(&world);
}

#[test]
fn a_counted_vote_is_relinquished_by_anybody_and_changes_nothing() {
    let (world, dao, alice) = founded();
    let at = propose(&world, &dao, &alice);
    dao.vote(&world, &at, &alice, &Vote::yes());
    let counted = dao.close_vote(&world, &at);
    world.send(&[spl::relinquish_vote(&at, alice.address(), None)], &[]);
    assert_eq!(dao.proposal(&world, &at), counted);
    let record: spl::VoteRecord = world.read_governance(&at.vote_record(&alice.address()));
    assert!(record.is_relinquished);
    assert_eq!((record.weight, record.vote), (700 * TOKEN, Vote::yes()));
}

#[test]
fn nobody_proposes_with_less_weight_than_the_governance_asks() {
    let (world, dao, _) = founded();
    let bob = world.member(&dao, "bob", LEAST_WEIGHT - 1);
    let seed = Pubkey::new_from_array([200; 32]);
    let key = bob.address();
    let input =
        spl::CreateProposal { owner: key, rent_payer: key, voter_weight_record: None, seed, name: "dust", link: "" };
    let before = Photo::of(&world);
    let create = spl::create_proposal(&dao.at.proposal(&seed), &input);
    refused_with_code(&world, &before, world.tries(&[create], &[&bob]), 520);
}

#[test]
fn a_draft_that_others_must_sign_off_is_not_voted_on_before() {
    let (world, dao, alice) = founded();
    let (at, bob) = (dao.draft(&world, &alice, &[]), world.person("bob"));
    let key = alice.address();
    world.send(&[spl::add_signatory(&at, key, key, bob.address())], &[&alice]);
    let before = Photo::of(&world);
    refused_with_code(&world, &before, dao.tries_to_vote(&world, &at, &alice, &Vote::yes()), STILL_DRAFTED);
    world.send(&[spl::sign_off_as_signatory(&at, bob.address())], &[&bob]);
    dao.vote(&world, &at, &alice, &Vote::yes());
}
