//! Parameter sets are larger than a transaction: they are drafted in parts before they are used.

use crate::*;
use work_token_sdk::{
    addresses,
    state::{DRAFT_PARTS, NetworkParams, ParamDraft},
    transactions::{Part, pack},
};

const KEPT_SECS: i64 = 45 * DAY;

fn changed(world: &World) -> NetworkParams {
    NetworkParams { leverage: 15, ..world.network().params }
}

fn parts(world: &World, author: &Actor, params: &NetworkParams) -> [work_token_sdk::Instruction; DRAFT_PARTS] {
    ix::draft_params(&world.scenario.network.network, author.address(), params)
}

fn draft_of(world: &World, author: &Actor, params: &NetworkParams) -> ParamDraft {
    world.scenario.read(&addresses::param_draft(&world.scenario.network.network, &author.address(), params))
}

fn close(world: &World, author: &Actor, params: &NetworkParams) -> work_token_sdk::Instruction {
    ix::close_draft(&world.scenario.network.network, author.address(), params)
}

fn propose(world: &World, author: &Actor, params: &NetworkParams) -> work_token_sdk::Instruction {
    let (network, admin) = (&world.scenario.network.network, world.scenario.admin.address());
    ix::propose_params(network, admin, admin, author.address(), 1, params)
}

// network-draft-1
#[test]
fn a_set_is_written_in_parts_in_any_order_by_its_author_alone_and_never_changes_once_it_is_complete() {
    let world = World::new();
    let (author, eve, params) = (world.actor("author", 0), world.actor("eve", 0), changed(&world));
    let [.., last] = parts(&world, &author, &params);
    for (number, write) in parts(&world, &author, &params).into_iter().enumerate().rev() {
        let mut others = write.clone();
        others.accounts[0].pubkey = eve.address();
        if number + 1 < DRAFT_PARTS {
            world.refuses(others, &[&eve], E::NotTheAuthor);
            assert_eq!(draft_of(&world, &author, &params).is_complete, 0);
            // Written twice, a part is the same.
            world.send(std::slice::from_ref(&last), &[&author]);
        } else {
            world.refuses(others, &[&eve], E::WrongAddress);
        }
        world.send(&[write], &[&author]);
    }
    assert_eq!(draft_of(&world, &author, &params).params, params);
    world.refuses(last, &[&author], E::DraftComplete);
    assert_invariants(&world);
}

#[test]
fn a_part_that_a_set_does_not_have_is_refused_and_so_is_the_hash_of_another_set() {
    let world = World::new();
    let (author, params) = (world.actor("author", 0), changed(&world));
    let [first, ..] = parts(&world, &author, &params);
    let edited = |at: usize, value: u8| {
        let mut write = first.clone();
        write.data[at] = value;
        write
    };
    // Behind eight bytes of tag and 32 of hash.
    world.refuses(edited(40, u8::try_from(DRAFT_PARTS).unwrap()), &[&author], E::UnknownDraftPart);
    world.refuses(edited(8, first.data[8] ^ 1), &[&author], E::WrongAddress);
    world.send(std::slice::from_ref(&first), &[&author]);
    world.refuses(edited(8, first.data[8] ^ 1), &[&author], E::WrongAddress);
    let mut elsewhere = first.clone();
    elsewhere.accounts[1].pubkey = Pubkey::new_from_array([7; 32]);
    world.refuses(elsewhere, &[&author], E::WrongNetwork);
    assert_invariants(&world);
}

// network-draft-1
#[test]
fn nothing_is_proposed_or_created_with_a_draft_that_is_unfinished_or_meant_for_another_network() {
    let world = World::new();
    let (author, admin, params) = (world.actor("author", 0), &world.scenario.admin, changed(&world));
    let [first, ..] = parts(&world, &author, &params);
    world.send(&[first], &[&author]);
    world.refuses(propose(&world, &author, &params), &[admin], E::DraftIncomplete);

    let other = Pubkey::new_from_array([7; 32]);
    for write in ix::draft_params(&other, author.address(), &params) {
        world.send(&[write], &[&author]);
    }
    let mut wrong = propose(&world, &author, &params);
    wrong.accounts[4].pubkey = addresses::param_draft(&other, &author.address(), &params);
    world.refuses(wrong, &[admin], E::WrongNetwork);
    assert_eq!(world.network().param_changes, 0);
    assert_invariants(&world);
}

// network-draft-2
#[test]
fn what_is_used_returns_its_rent_to_its_author_who_need_not_be_the_admin() {
    let world = World::new();
    let (author, eve, admin) = (world.actor("author", 0), world.actor("eve", 0), &world.scenario.admin);
    let (before, params) = (world.lamports(&author.address()), changed(&world));
    world.scenario.draft(&author, &params);
    assert!(world.lamports(&author.address()) < before);
    let mut stolen = propose(&world, &author, &params);
    stolen.accounts[5].pubkey = eve.address();
    world.refuses(stolen, &[admin], E::WrongRentReceiver);
    world.send(&[propose(&world, &author, &params)], &[admin]);
    assert_eq!(world.lamports(&author.address()), before);
    assert_invariants(&world);
}

// network-draft-2
#[test]
fn a_complete_draft_that_a_vote_may_be_about_stays_for_45_days_and_an_unfinished_one_closes_at_once() {
    let world = World::new();
    let (author, eve, params) = (world.actor("author", 0), world.actor("eve", 0), changed(&world));
    let before = world.lamports(&author.address());
    let [first, ..] = parts(&world, &author, &params);
    world.send(&[first], &[&author]);
    world.send(&[close(&world, &author, &params)], &[&author]);
    assert_eq!(world.lamports(&author.address()), before);

    world.scenario.draft(&author, &params);
    let mut others = close(&world, &author, &params);
    others.accounts[0].pubkey = eve.address();
    world.refuses(others, &[&eve], E::NotTheAuthor);
    world.pass(KEPT_SECS - 1);
    world.refuses(close(&world, &author, &params), &[&author], E::DraftKept);
    world.pass(1);
    world.send(&[close(&world, &author, &params)], &[&author]);
    assert_eq!(world.lamports(&author.address()), before);
    assert_invariants(&world);
}

#[test]
fn every_part_of_a_set_and_what_uses_it_fit_a_transaction_of_their_own_with_somebody_else_paying() {
    let world = World::new();
    let (admin, params, payer) = (&world.scenario.admin, changed(&world), world.actor("payer", 0));
    let create = world.scenario.create_network(&ScenarioOptions::default());
    let rest = [create, propose(&world, &payer, &params)];
    for instruction in parts(&world, admin, &params).into_iter().chain(rest) {
        let part = Part { instructions: vec![instruction], units: 100_000 };
        assert!(pack(&[part], &payer.address(), &[]).is_ok());
    }
}
