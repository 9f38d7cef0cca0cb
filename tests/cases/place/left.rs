//! What is left of a place, and what it is found by (place-take-1, place-tree-1).

use crate::place::swaps::{STAKE, add_own, capped};
use crate::*;
use work_token_sdk::{
    Keypair,
    state::{ProviderState::*, ScoreShard, Tree},
    transport::RawAccount,
};
use work_token_tests::{everywhere, measured, one_by_one};

// Weigh in jail, retiring, candidate.
#[test]
fn who_is_jailed_or_retires_has_no_weight_from_the_next_epoch_and_a_candidate_none_at_all() {
    let world = capped(2);
    let (ann, bob) = (world.owner("ann", 0, STAKE), world.owner("bob", 0, STAKE));
    let carl = world.owner("carl", 0, STAKE);
    let all = [&ann, &bob, &carl];
    world.go_to_epoch(2);
    all.iter().for_each(|owner| world.touch(owner));
    world.retire(&ann);
    let mut network = world.network();
    world.edit_provider(&bob, |provider| {
        network.free_place(provider.leave_place(math::Epoch(2)).unwrap());
        provider.state = Jailed as u8;
    });
    world.scenario.write(&world.scenario.network.network, &network);
    for (epoch, weights) in [(2, [STAKE, STAKE, 0]), (3, [0, 0, 0])] {
        world.next_epoch();
        world.weigh(epoch, &all);
        assert_eq!(all.map(|owner| world.weight(owner, epoch)), weights, "epoch {epoch}");
    }
    assert_invariants(&world);
}

#[test]
fn who_takes_a_place_again_inherits_neither_its_leaf_nor_its_score() {
    let (world, ann, attesters) = measured(&[1_000 * TOKEN]);
    world.scenario.adopt_work_trees().unwrap();
    let bob = world.owner("bob", 0, 0);
    add_own(&world, &bob, 2 * STAKE);
    world.next_epoch();
    world.retire(&ann);
    world.send(&[ix::take_place(&bob.at, 0)], &[&bob.actor]);
    let both = [&bob, &ann];
    world.report(&[(&attesters[0], &one_by_one(&[9_000]))]);
    let scored = world.score(2, &both);
    assert_eq!((scored.len(), scored[0].provider), (1, ann.at.provider), "the seat's reports are about who had it");
    world.weigh(2, &both);
    let score = u64::from(scored[0].score_ppm);
    assert_eq!((world.leaf(0, 4), world.tree(4).providers[0]), (STAKE / 1_000_000 * score, ann.at.provider));

    world.report(&[(&attesters[0], &everywhere(&[9_000]))]);
    let scored = world.score(3, &both);
    assert_eq!((scored.len(), scored[0].provider), (1, bob.at.provider));
    world.weigh(3, &both);
    let score = u64::from(scored[0].score_ppm);
    assert_eq!((world.leaf(0, 5), world.tree(5).providers[0]), (2 * STAKE / 1_000_000 * score, bob.at.provider));
    assert_invariants(&world);
}

#[test]
fn a_shard_is_created_in_one_call_and_has_forty_eight_providers() {
    let (world, _, _) = measured(&[1_000 * TOKEN]);
    let shard = world.draw_attesters(0);
    let account = world.scenario.chain.account(&shard.shard).unwrap().unwrap();
    assert_eq!(account.data.len(), ScoreShard::SIZE);
    assert!(account.data.len() <= 10_240, "the most that a program creates in one call");
    let state = world.shard(&shard);
    assert_eq!([0, 47, 48].map(|place| state.row_of(place)), [Some(0), Some(47), None]);
    assert_invariants(&world);
}

#[test]
fn a_work_tree_is_adopted_once_empty_of_the_right_size_and_owned_by_the_program() {
    let world = World::new();
    let (scenario, network) = (&world.scenario, world.scenario.network.network);
    let keeper = scenario.keeper.address();
    let adopt = |tree: &Actor, parity| ix::init_tree(&network, keeper, tree.address(), parity);
    let create = |number: u8, edit: fn(&mut Vec<u8>)| {
        let tree = Actor { key: Keypair::new_from_array([number; 32]), tokens: Pubkey::default() };
        let mut create = ix::create_tree(keeper, tree.address(), 2_000_000_000);
        edit(&mut create.data);
        world.send(&[create], &[&tree]);
        tree
    };
    let smaller = create(1, |data| data[12..20].copy_from_slice(&(Tree::SIZE as u64 - 8).to_le_bytes()));
    let larger = create(2, |data| data[12..20].copy_from_slice(&(Tree::SIZE as u64 + 8).to_le_bytes()));
    let foreign = create(3, |data| data[20..52].fill(0));
    let full = create(4, |_| ());
    scenario.chain.edit(&full.address(), |data| *data.last_mut().unwrap() = 1);
    for tree in [&smaller, &larger, &foreign, &full] {
        world.refuses(adopt(tree, 0), &[], E::NotAnEmptyTree);
        let nothing = RawAccount { lamports: 0, data: Vec::new(), owner: Pubkey::default() };
        scenario.chain.set_account(tree.address(), nothing);
    }
    let (even, odd) = (create(5, |_| ()), create(6, |_| ()));
    world.refuses(adopt(&even, 3), &[], E::WrongTree);
    world.send(&[adopt(&even, 0)], &[]);
    world.refuses(adopt(&odd, 0), &[], E::TreeExists);
    world.refuses(adopt(&even, 1), &[], E::NotAnEmptyTree);
    world.send(&[adopt(&odd, 1)], &[]);
    assert_eq!(world.network().work_trees, [even.address(), odd.address()]);
    assert_invariants(&world);
}
