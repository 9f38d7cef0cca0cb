//! The order of an epoch's cranks: open, weigh, finalize, settle; late, twice, in batches.

use crate::*;

#[test]
fn an_epoch_can_be_opened_from_its_beginning_on_and_for_eight_epochs_after_it() {
    let world = World::new();
    world.go_to_epoch(12);
    for epoch in [13, 20, u32::MAX, 3, 0] {
        world.refuses(world.open_ix(epoch), &[], E::EpochNotOpenable);
    }
    for epoch in [4, 11, 12] {
        world.open(epoch);
        world.refuses(world.open_ix(epoch), &[], E::AccountExists);
    }
    let (pool, network) = (world.pool(11), world.network());
    assert_eq!(
        (pool.starts_at_ts, pool.ends_at_ts),
        (network.clock_anchor_ts + 11 * DAY, network.clock_anchor_ts + 12 * DAY)
    );
    assert_eq!((pool.ends_at_work_ts, pool.weigh_from_work_ts), (pool.ends_at_ts, pool.ends_at_ts + HOUR));
    assert_invariants(&world);
}

#[test]
fn an_epoch_keeps_the_rules_under_which_it_was_opened() {
    let world = World::new();
    world.go_to_epoch(2);
    world.open(1);
    let (pool, params) = (world.pool(1), world.network().params);
    assert_eq!(
        (pool.leverage, pool.share_cap_ppm, pool.tier_bps),
        (params.leverage, params.share_cap_ppm, params.tier_bps)
    );
    assert_eq!((pool.weigh_bounty, pool.settle_bounty), (params.weigh_bounty, params.settle_bounty));
    assert_eq!((pool.finalize_bounty, pool.keeper_cap), (params.finalize_bounty, params.keeper_cap));
    assert_eq!(
        (pool.weigh_secs, pool.vesting_secs, pool.stake_before),
        (params.weigh_secs, params.vesting_epochs * DAY as u32, 0)
    );
    assert_invariants(&world);
}

// principle-clock-2
#[test]
fn weighing_begins_with_the_second_in_which_the_reveal_window_ends() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.go_to_epoch(2);
    world.finalize(0, &[]);
    world.open(1);
    let from_ts = world.pool(1).weigh_from_work_ts;
    world.scenario.chain.set_now(from_ts - 1);
    world.refuses(world.weigh_ix(1, &[&ann]), &[], E::WeighNotOpen);
    world.scenario.chain.set_now(from_ts);
    world.send(&[world.weigh_ix(1, &[&ann])], &[]);
    assert_eq!(world.pool(1).first_weighed_work_ts, from_ts);
    assert_invariants(&world);
}

// epoch-finalize-1
#[test]
fn finalizing_waits_a_weigh_window_from_the_first_weigh_however_late_it_came() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.go_to_epoch(5);
    for epoch in 0..4 {
        world.finalize(epoch, &[]);
    }
    world.go_to_epoch(6);
    world.open(4);
    // The window has long passed. The first to weigh cannot finalize in the same breath.
    let before = Photo::of(&world);
    let in_one_breath = world.tries(&[world.weigh_ix(4, &[&ann]), world.finalize_ix(4)], &[]);
    refused_with_code(&world, &before, in_one_breath, E::TooEarlyToFinalize.code());
    world.send(&[world.weigh_ix(4, &[&ann])], &[]);
    world.refuses(world.finalize_ix(4), &[], E::TooEarlyToFinalize);
    world.pass(HOUR - 1);
    world.refuses(world.finalize_ix(4), &[], E::TooEarlyToFinalize);
    world.pass(1);
    world.send(&[world.finalize_ix(4)], &[]);
    assert_invariants(&world);
}

#[test]
fn nothing_is_weighed_after_the_epoch_was_finalized_and_nothing_finalized_twice() {
    let world = World::new();
    let (ann, ben) = (world.owner("ann", 0, 10_000 * TOKEN), world.owner("ben", 0, 10_000 * TOKEN));
    world.cycle(&[&ann]);
    world.next_epoch();
    world.finalize(1, &[&ann]);
    world.refuses(world.weigh_ix(1, &[&ben]), &[], E::AlreadyFinalized);
    world.refuses(world.finalize_ix(1), &[], E::AlreadyFinalized);
    assert_invariants(&world);
}

#[test]
fn epochs_are_finalized_in_order() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.go_to_epoch(3);
    world.open(2);
    world.open(1);
    world.pass(2 * HOUR);
    world.refuses(world.finalize_ix(2), &[], E::NotNextToFinalize);
    world.refuses(world.finalize_ix(1), &[], E::NotNextToFinalize);
    for epoch in 0..3 {
        world.crank(epoch, &[&ann]);
    }
    assert_eq!(world.network().next_finalize_epoch, 3);
    assert_invariants(&world);
}

#[test]
fn an_epoch_that_can_no_longer_be_opened_holds_up_none_after_it() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.go_to_epoch(10);
    assert_eq!(world.network().next_to_finalize(math::Epoch(10)).0, 2);
    world.open(3);
    world.pass(3 * HOUR);
    world.refuses(world.finalize_ix(3), &[], E::NotNextToFinalize);
    world.finalize(2, &[&ann]);
    world.crank(3, &[&ann]);
    assert_eq!(world.pool(3).emission, EMISSION);
    assert_invariants(&world);
}

#[test]
fn nothing_is_settled_before_its_epoch_is_final() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.go_to_epoch(1);
    world.open(0);
    world.refuses(world.settle_ix(0, &[&ann]), &[], E::NotFinalized);
    assert_invariants(&world);
}

// epoch-settle-1
#[test]
fn a_provider_is_settled_in_order_and_a_call_out_of_turn_changes_nothing() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    // The case: dora holds from epoch 1 on; eric deposits in epoch 2 and is active from 3.
    world.next_epoch();
    let eric = world.holder("eric", &ann, 90_000 * TOKEN);
    world.next_epoch();
    world.finalize(1, &[&ann]);
    world.finalize(2, &[&ann]);
    let before = world.provider(&ann);
    world.settle(2, &[&ann]);
    assert_eq!(world.provider(&ann), before, "out of turn: succeeds and changes nothing");
    assert_eq!(world.pool(2).settled, 0);
    world.settle(1, &[&ann]);
    world.settle(2, &[&ann]);
    world.refuses(ix::claim_rewards(&eric.at, eric.actor.tokens), &[&eric.actor], E::NothingToClaim);
    assert_floor(world.claim(&dora), EMISSION);
    assert_invariants(&world);
}

// epoch-settle-1
#[test]
fn an_epoch_with_neither_weight_nor_fees_is_passed_and_its_end_is_written_all_the_same() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    world.go_to_epoch(5);
    world.finalize(2, &[]);
    world.finalize(3, &[]);
    world.crank(4, &[&ann]);
    let rewards = world.provider(&ann).rewards;
    assert_eq!(rewards.unsettled_epoch, 5);
    assert_eq!(rewards.index_ends_x64[2], rewards.index_ends_x64[1]);
    assert_eq!(rewards.index_ends_x64[3], rewards.index_ends_x64[1]);
    assert!(rewards.index_ends_x64[4] != rewards.index_ends_x64[3]);
    assert_invariants(&world);
}

// epoch-weigh-6
#[test]
fn a_weight_for_an_epoch_already_passed_is_refused_without_harm() {
    let world = World::new();
    let (ann, ben) = (world.owner("ann", 0, 10_000 * TOKEN), world.owner("ben", 0, 10_000 * TOKEN));
    world.cycle(&[&ann, &ben]);
    // Two keepers work on epoch 1 and 2 at once; ann is passed in 1 by her settlement of 2, so no late weigh
    // of 1 can count.
    world.go_to_epoch(3);
    world.finalize(1, &[&ben]);
    world.finalize(2, &[&ann, &ben]);
    world.settle(2, &[&ann]);
    world.scenario.write(&world.pool_key(1), &{
        let mut reopened = world.pool(1);
        reopened.state = EpochState::Open as u8;
        reopened
    });
    let weight = world.pool(1).total_weight;
    world.send(&[world.weigh_ix(1, &[&ann])], &[]);
    assert_eq!(world.pool(1).total_weight, weight, "no effect");
    world.scenario.write(&world.pool_key(1), &{
        let mut closed = world.pool(1);
        closed.state = EpochState::Finalized as u8;
        closed
    });
    assert_invariants(&world);
}

// epoch-weigh-6
#[test]
fn a_provider_named_twice_in_a_batch_is_weighed_and_settled_once() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.next_epoch();
    let pool = world.finalize(1, &[&ann, &ann, &ann]);
    assert_eq!((pool.weighed, pool.total_weight), (1, 10_000 * TOKEN));
    let pool = world.settle(1, &[&ann, &ann]);
    assert_eq!((pool.settled, pool.distributed), (1, EMISSION));
    assert_invariants(&world);
}

#[test]
fn every_crank_may_come_twice() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.next_epoch();
    world.touch(&ann);
    world.touch(&ann);
    world.open(1);
    world.wait_until_work(world.pool(1).weigh_from_work_ts);
    for _ in 0..2 {
        world.send(&[world.weigh_ix(1, &[&ann])], &[]);
    }
    world.crank(1, &[&ann]);
    let (provider, pool) = (world.provider(&ann), world.pool(1));
    world.settle(1, &[&ann]);
    assert_eq!((world.provider(&ann), world.pool(1)), (provider, pool));
    assert_invariants(&world);
}

#[test]
fn a_batch_has_one_to_twenty_four_providers() {
    let world = World::new();
    let owners: Vec<_> = (0..24).map(|i| world.owner(&format!("owner {i}"), 0, 10_000 * TOKEN)).collect();
    let all: Vec<&Owner> = owners.iter().collect();
    world.next_epoch();
    world.finalize(0, &[]);
    world.next_epoch();
    world.open(1);
    world.pass(HOUR);
    // Unpaid, so that a transaction of the legacy format has room for all of them.
    let keeper = ix::Keeper { keeper: world.scenario.keeper.address(), account: None };
    let keys: Vec<_> = all.iter().map(|owner| owner.at.provider).collect();
    world.send(&[ix::weigh_providers(&world.scenario.network, 1, keeper, None, &keys)], &[]);
    assert_eq!(world.pool(1).weighed, 24);
    world.refuses(ix::weigh_providers(&world.scenario.network, 1, keeper, None, &[]), &[], E::EmptyBatch);
    world.refuses(ix::weigh_providers(&world.scenario.network, 1, keeper, None, &[keys[0]; 25]), &[], E::EmptyBatch);
    world.pass(HOUR);
    world.send(&[world.finalize_ix(1)], &[]);
    world.send(&[ix::settle_providers(&world.scenario.network, 1, keeper, &keys)], &[]);
    world.refuses(ix::settle_providers(&world.scenario.network, 1, keeper, &[]), &[], E::EmptyBatch);
    world.refuses(ix::settle_providers(&world.scenario.network, 1, keeper, &[keys[0]; 25]), &[], E::EmptyBatch);
    assert_eq!(world.pool(1).settled, 24);
    assert_invariants(&world);
}

#[test]
fn an_account_that_is_no_provider_of_the_network_fails_the_whole_batch() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.next_epoch();
    world.open(1);
    world.pass(HOUR);
    let weigh = |foreign: Pubkey| {
        let batch = [ann.at.provider, foreign];
        ix::weigh_providers(&world.scenario.network, 1, world.scenario.paid_keeper(), None, &batch)
    };
    world.refuses(weigh(ann.at.own_position), &[], E::WrongAccountType);
    world.refuses(weigh(ann.at.stake_vault), &[], E::WrongAccountOwner);
    world.refuses(weigh(Pubkey::new_from_array([4; 32])), &[], E::WrongAccountOwner);
    let mut read_only = weigh(ann.at.provider);
    read_only.accounts.truncate(9);
    read_only.accounts[8].is_writable = false;
    world.refuses(read_only, &[], E::AccountNotWritable);
    assert_invariants(&world);
}

// epoch-emission-2
#[test]
fn an_epoch_without_any_weight_emits_nothing_and_is_final() {
    let world = World::new();
    let ann = world.owner("ann", 0, 0);
    world.next_epoch();
    let pool = world.crank(0, &[&ann]);
    assert_eq!((pool.state, pool.emission, pool.settled), (EpochState::Finalized as u8, 0, 1));
    assert_eq!((world.network().emitted_total, world.vault(VaultKind::Reward)), (0, 0));
    assert_invariants(&world);
}

// epoch-record-2: weigh reads what was true when the epoch began
#[test]
fn retiring_after_an_epoch_began_takes_nothing_from_its_weight_but_everything_from_the_next() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.retire(&ann);
    let pool = world.cycle(&[&ann]);
    assert_eq!(pool.total_weight, 10_000 * TOKEN, "it was active when epoch 1 began");
    let pool = world.cycle(&[&ann]);
    assert_eq!((pool.weighed, pool.total_weight), (1, 0));
    assert_invariants(&world);
}
