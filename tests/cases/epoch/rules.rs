//! An epoch is judged by the rules that it began with (epoch-open-2).
//!
//! Rule: an epoch may be opened from its first second on, and its account then carries everything that
//! weighing, scoring, finalizing and settling use; a provider's record carries leverage, vesting and the
//! minimum stake's verdict. Parameters and classes change only while every epoch that can still be opened
//! is open (`network/params_change.rs`, `job/rules.rs`). Kind: a rule of an epoch is read after it ended.
//! Looked for at everything that a crank reads of the network: emission, shares, caps, metrics, tiers,
//! fines, windows, bounties, cap of places and rules of the minimum stake (all copied at the opening);
//! leverage and vesting of fees that leave the ring, the minimum stake and its grace (in the network's
//! ring, so that who is touched late finds what was); the clock of a changed length (noted before it
//! moves); recorded outages (noted before they are).

use crate::*;
use work_token_sdk::{math::Epoch, state::provider::record_flags};

#[test]
fn an_epoch_is_opened_from_its_first_second_on_and_not_a_second_before() {
    let world = World::new();
    world.refuses(world.open_ix(1), &[], E::EpochNotOpenable);
    world.go_to_epoch(1);
    world.scenario.chain.set_now(world.now() - 1);
    world.refuses(world.open_ix(1), &[], E::EpochNotOpenable);
    world.go_to_epoch(1);
    world.open(1);
    assert_eq!(world.pool(1).starts_at_ts, world.now());
    assert_invariants(&world);
}

#[test]
fn one_transaction_opens_all_nine() {
    let world = World::new();
    world.go_to_epoch(30);
    let nine: Vec<_> = (22..=30).map(|epoch| world.open_ix(epoch)).collect();
    world.send(&nine, &[]);
    assert!((22..=30).all(|epoch| world.network().noted_rules(Epoch(epoch)).is_some_and(|rules| rules.is_open == 1)));
    assert_eq!(world.network().require_epochs_open(Epoch(30)), Ok(()));
    assert_eq!(world.network().require_epochs_open(Epoch(31)), Err(E::EpochsNotOpen));
    assert_invariants(&world);
}

#[test]
fn finalizing_settling_and_weighing_read_nothing_of_parameters_that_came_later() {
    let world = World::with(|options| options.params.share_cap_ppm = 1_000_000);
    let (ann, ben) = (world.owner("ann", 0, 50_000 * TOKEN), world.owner("ben", 0, 50_000 * TOKEN));
    world.cycle(&[&ann, &ben]);
    world.cycle(&[&ann, &ben]);
    world.next_epoch();
    let epoch = world.epoch();
    world.open(epoch);
    // As if executed a second later, all at once.
    world.edit_network(|network| {
        let params = &mut network.params;
        (params.emission_per_epoch, params.keeper_share_ppm, params.leverage) = (1, 150_000, 1);
        (params.share_cap_ppm, params.tier_bps, params.vesting_epochs) = (10_000, [10_000, 1, 1, 1], 1);
        (params.weigh_bounty, params.settle_bounty, params.max_supply) = (0, 0, 1);
        (params.reveal_secs, params.weigh_secs) = (0, 7_200);
    });
    world.next_epoch();
    let pool = world.crank(epoch, &[&ann, &ben]);
    assert_eq!((pool.emission, pool.total_weight, pool.leverage), (EMISSION, 100_000 * TOKEN, 16));
    assert_eq!(pool.keeper_paid, 2 * pool.weigh_bounty + 2 * pool.settle_bounty + pool.finalize_bounty);
    assert_eq!(world.provider(&ann).vesting[epoch as usize % 8].duration_secs, 7 * DAY as u32);
    assert_invariants(&world);
}

#[test]
fn a_provider_that_is_touched_late_finds_the_rules_of_each_epoch() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.go_to_epoch(3);
    let nine: Vec<_> = (0..=3).map(|epoch| world.open_ix(epoch)).collect();
    world.send(&nine, &[]);
    world.edit_network(|network| (network.params.leverage, network.params.vesting_epochs) = (5, 6));
    world.go_to_epoch(6);
    world.touch(&ann);
    let rules = |epoch| {
        let record = world.record(&ann, epoch);
        (record.leverage, record.vesting_secs, record.ends_at_ts)
    };
    let anchor_ts = world.network().clock_anchor_ts;
    assert_eq!(rules(3), (16, 7 * DAY as u32, anchor_ts + 4 * DAY));
    assert_eq!(rules(4), (5, 6 * DAY as u32, anchor_ts + 5 * DAY));
    assert_eq!(rules(6), (5, 6 * DAY as u32, anchor_ts + 7 * DAY));
    assert_invariants(&world);
}

#[test]
fn a_minimum_stake_that_rises_is_known_for_a_whole_epoch_before_it_counts() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.go_to_epoch(2);
    let keeps = |world: &World, epoch: u32| world.network().rules_of(Epoch(epoch)).minimum_stake;
    let before = keeps(&world, 2);
    world.edit_network(|network| {
        network.params.minimum_reward_bps = 100_000_000;
        network.params.minimum_stake_ceiling = 1_000_000 * TOKEN;
    });
    world.crank(1, &[&ann]);
    assert!(world.network().minimum_stake > before);
    assert_eq!(keeps(&world, 2), before);
    let risen = world.network().minimum_stake;
    assert_eq!((keeps(&world, 3), keeps(&world, 4)), (before, risen));
    // The next epoch's rises too, from what has risen, and counts an epoch later.
    world.next_epoch();
    world.crank(2, &[&ann]);
    let higher = world.network().minimum_stake;
    assert!(higher > risen);
    assert_eq!([3, 4, 5].map(|epoch| keeps(&world, epoch)), [before, risen, higher]);
    // One that falls counts at once: nobody has to prepare for it.
    world.next_epoch();
    world.edit_network(|network| network.params.minimum_reward_bps = 1);
    world.crank(3, &[&ann]);
    let fallen = world.network().minimum_stake;
    assert!(fallen < higher);
    assert_eq!([4, 5, 6].map(|epoch| keeps(&world, epoch)), [risen, fallen, fallen]);
    assert_invariants(&world);
}

#[test]
fn a_late_touch_does_not_cost_an_epoch_that_began_within_the_grace() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.go_to_epoch(2);
    world.touch(&ann);
    world.edit_network(|network| network.minimum_stake = 10_001 * TOKEN);
    world.next_epoch();
    world.touch(&ann);
    // The grace of fourteen epochs ends with the beginning of epoch 17.
    world.go_to_epoch(19);
    world.touch(&ann);
    let eligible = |epoch| world.record(&ann, epoch).flags & record_flags::ELIGIBLE != 0;
    assert_eq!([15, 16, 17, 18, 19].map(eligible), [true, true, false, false, false]);
    assert_invariants(&world);
}

#[test]
fn the_base_of_the_share_cap_is_read_at_the_first_weigh() {
    let world = World::with(|options| options.params.share_cap_ppm = 500_000);
    let (ann, ben) = (world.owner("ann", 0, 90_000 * TOKEN), world.owner("ben", 0, 10_000 * TOKEN));
    world.next_epoch();
    world.open(1);
    world.next_epoch();
    world.open(2);
    world.crank(1, &[&ann, &ben]);
    world.next_epoch();
    let pool = world.weigh(2, &[&ann, &ben]);
    assert_eq!((pool.stake_before, pool.total_weight), (100_000 * TOKEN, 60_000 * TOKEN));
    assert_invariants(&world);
}
