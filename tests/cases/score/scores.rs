//! From reports to scores, reputation, tiers and weights (score-metric-1, score-order-1, score-tier-1).

use crate::*;
use work_token_sdk::{
    commit::Reports,
    math::Ppm,
    state::{Metric, MetricSource},
};
use work_token_tests::{Attester, BOND, everywhere, measured, one_by_one, reported};

const STAKE: u64 = 10_000 * TOKEN;

fn uncapped(options: &mut ScenarioOptions) {
    options.params.share_cap_ppm = 1_000_000;
}

/// Ann, measured by xena in two metrics: accuracy for seven tenths, speed for the rest and with a gate of
/// 9,000.
fn gated() -> (World, Owner, Attester) {
    let speed = Metric { gate_bps: 9_000, ..reported("speed", 300_000) };
    let world = World::measuring(&[reported("accuracy", 700_000), speed], uncapped);
    let (ann, xena) = (world.owner("ann", 0, STAKE), world.attester("xena", BOND));
    world.next_epoch();
    (world, ann, xena)
}

fn of_stake(score_ppm: u64) -> u64 {
    STAKE / 1_000_000 * score_ppm
}

#[test]
fn the_composite_weighs_the_metrics_and_half_of_the_score_is_reputation() {
    let (world, ann, xena) = gated();
    let scored = world.attested_cycle(&[(&xena, &everywhere(&[8_000, 9_500]))], &[&ann]);
    assert_eq!(scored[0].values_bps, [8_000, 9_500, 0, 0, 0, 0]);
    assert_eq!((scored[0].composite_ppm, scored[0].reputation_ppm), (845_000, 220_156));
    assert_eq!(scored[0].score_ppm, (845_000 + 220_156) / 2);
    assert_eq!(world.weight(&ann, 1), of_stake(532_578));
    assert_invariants(&world);
}

#[test]
fn a_value_below_its_gate_makes_the_composite_zero() {
    let (world, ann, xena) = gated();
    let reports = [everywhere(&[0, 9_000]), everywhere(&[10_000, 8_999])];
    let composites = reports.map(|reports| world.attested_cycle(&[(&xena, &reports)], &[&ann])[0].composite_ppm);
    assert_eq!(composites, [270_000, 0]);
    assert_invariants(&world);
}

#[test]
fn reputation_rises_by_a_thirty_second_and_falls_by_an_eighth_of_the_distance() {
    let (world, ann, attesters) = measured(&[BOND]);
    let reputations = [10_000, 10_000, 0]
        .map(|value| world.attested_cycle(&[(&attesters[0], &everywhere(&[value]))], &[&ann])[0].reputation_ppm);
    assert_eq!(reputations, [225_000, 249_218, 218_066]);
    assert_invariants(&world);
}

#[test]
fn a_tier_multiplies_from_the_next_epoch_on_and_is_lost_below_its_threshold_less_a_margin() {
    let world = World::measuring(&[reported("accuracy", 1_000_000)], |options| {
        uncapped(options);
        options.params.tier_reputation_ppm[1] = 210_000;
        options.params.tier_fault_free_epochs[1] = 0;
    });
    let (ann, xena) = (world.owner("ann", 0, STAKE), world.attester("xena", BOND));
    world.next_epoch();
    let tiers = [10_000, 0, 0, 0]
        .map(|value| world.attested_cycle(&[(&xena, &everywhere(&[value]))], &[&ann]).first().map(|of| of.tier));
    assert_eq!(tiers, [Some(1), Some(1), Some(1), Some(0)], "172,265 holds what 210,000 took, 150,732 does not");
    world.next_epoch();
    world.touch(&ann);
    assert_eq!([2, 3, 4, 5, 6].map(|epoch| world.record(&ann, epoch).tier), [0, 1, 1, 1, 0]);
    assert_eq!(world.weight(&ann, 2), of_stake(196_875 / 2));
    assert_eq!(world.weight(&ann, 3), of_stake(172_265 / 2) * 11 / 10);
    assert_invariants(&world);
}

#[test]
fn a_tier_takes_all_of_its_epochs_without_a_fault() {
    let world = World::measuring(&[reported("accuracy", 1_000_000)], |options| {
        options.params.tier_reputation_ppm[1] = 210_000;
        options.params.tier_fault_free_epochs[1] = 3;
    });
    let (ann, xena) = (world.owner("ann", 0, STAKE), world.attester("xena", BOND));
    world.next_epoch();
    let tiers = [10_000; 3].map(|value| world.attested_cycle(&[(&xena, &everywhere(&[value]))], &[&ann])[0].tier);
    assert_eq!(tiers, [0, 0, 1]);
    assert_invariants(&world);
}

// score-tier-2
#[test]
fn a_tier_asks_for_own_stake_that_stayed_all_through_the_epoch() {
    let world = World::measuring(&[reported("accuracy", 1_000_000)], |options| {
        options.params.tier_reputation_ppm[1] = 210_000;
        options.params.tier_fault_free_epochs[1] = 0;
        // A tenth more than the minimum.
        options.params.tier_stake_bps[1] = 11_000;
    });
    let least = world.network().minimum_stake;
    let (ann, xena) = (world.owner("ann", 0, least / 10 * 11 - 1), world.attester("xena", BOND));
    world.next_epoch();
    let cycle = || world.attested_cycle(&[(&xena, &everywhere(&[10_000]))], &[&ann])[0].tier;
    assert_eq!(cycle(), 0, "one base unit is missing");
    world.stake_self(&ann, 1);
    assert_eq!(cycle(), 0, "it came when the epoch had begun");
    assert_eq!(cycle(), 1);
    let ticket = world.request(&ann, 1);
    world.cancel(&ann, ticket);
    assert_eq!(cycle(), 0, "what asked to leave was not there all through the epoch");
    assert_eq!(cycle(), 1);
    assert_invariants(&world);
}

// score-tier-2: the sum of two is worth more than two.
#[test]
fn two_identities_that_merge_reach_the_tier_that_neither_reaches() {
    let world = World::measuring(&[reported("accuracy", 1_000_000)], |options| {
        options.params.tier_reputation_ppm[1] = 210_000;
        options.params.tier_fault_free_epochs[1] = 0;
        options.params.tier_stake_bps[1] = 20_000;
        options.params.share_cap_ppm = 1_000_000;
    });
    let least = world.network().minimum_stake;
    let stakes = [("ann", least), ("bob", least), ("carl", 2 * least)];
    let [ann, bob, carl] = stakes.map(|(name, stake)| world.owner(name, 0, stake));
    let (all, xena) = ([&ann, &bob, &carl], world.attester("xena", BOND));
    world.next_epoch();
    for _ in 0..2 {
        world.attested_cycle(&[(&xena, &everywhere(&[10_000]))], &all);
    }
    world.attested_cycle(&[(&xena, &everywhere(&[10_000]))], &all);
    let ended = world.epoch() - 1;
    let weight = |owner| world.weight(owner, ended);
    assert!(weight(&carl) > weight(&ann) + weight(&bob), "{} of {}", weight(&carl), weight(&ann));
    assert_invariants(&world);
}

// Weigh of an unscored provider.
#[test]
fn an_unscored_provider_keeps_its_last_score_for_two_epochs_and_then_its_leaf_alone() {
    let (world, ann, attesters) = measured(&[BOND]);
    world.scenario.adopt_work_trees().unwrap();
    let (xena, reports) = (&attesters[0], everywhere(&[10_000]));
    world.attested_cycle(&[(xena, &reports)], &[&ann]);
    for epoch in 2..=4 {
        world.next_epoch();
        world.weigh_unscored(epoch, &[&ann]);
        let expected = if epoch < 4 { of_stake(612_500) } else { 0 };
        assert_eq!(world.weight(&ann, epoch), expected, "epoch {epoch}");
        assert_eq!(world.leaf(0, epoch + 2), of_stake(612_500), "work goes on when attesters fail");
        if epoch < 4 {
            world.crank(epoch, &[&ann]);
        }
    }
    world.attested_cycle(&[(xena, &reports)], &[&ann]);
    assert!(world.weight(&ann, 5) > 0, "a new score ends it");
    assert_invariants(&world);
}

#[test]
fn a_newcomer_that_nobody_has_scored_weighs_by_its_initial_reputation() {
    let (world, ann, _) = measured(&[BOND]);
    for (epoch, weight) in [(1, of_stake(200_000)), (2, of_stake(200_000)), (3, 0)] {
        world.next_epoch();
        world.weigh_unscored(epoch, &[&ann]);
        assert_eq!(world.weight(&ann, epoch), weight, "epoch {epoch}");
    }
    assert_invariants(&world);
}

#[test]
fn half_of_the_weigh_window_belongs_to_the_scores() {
    let (world, ann, attesters) = measured(&[BOND]);
    let bob = world.owner("bob", 0, STAKE);
    world.next_epoch();
    world.report(&[(&attesters[0], &one_by_one(&[9_000]))]);
    assert_eq!(world.score(2, &[&ann]).len(), 1, "nobody scored bob");
    assert_eq!(world.weigh(2, &[&ann, &bob]).weighed, 1);
    let half_work_ts = world.pool(2).weigh_from_work_ts + HOUR / 2;
    world.wait_until_work(half_work_ts - 1);
    assert_eq!(world.weigh(2, &[&bob]).weighed, 1);
    world.pass(1);
    assert_eq!(world.weigh(2, &[&bob]).weighed, 2);
    assert_eq!(world.weight(&bob, 2), of_stake(200_000));
    assert_invariants(&world);
}

#[test]
fn a_score_comes_before_the_weighing_or_not_at_all() {
    let (world, ann, attesters) = measured(&[BOND]);
    let shard = world.report(&[(&attesters[0], &everywhere(&[9_000]))]);
    world.weigh_unscored(1, &[&ann]);
    assert!(world.score(1, &[&ann]).is_empty());
    assert_eq!((world.weight(&ann, 1), world.shard(&shard).scored), (of_stake(200_000), 0));
    world.crank(1, &[&ann]);
    world.refuses(world.score_ix(1, &[&ann]), &[], E::AlreadyFinalized);
    assert_invariants(&world);
}

#[test]
fn scores_are_made_once_and_never_for_an_epoch_before_one_that_is_scored() {
    let (world, ann, attesters) = measured(&[BOND]);
    let (xena, reports) = (&attesters[0], everywhere(&[9_000]));
    world.report(&[(xena, &reports)]);
    world.report(&[(xena, &reports)]);
    assert_eq!(world.score(2, &[&ann, &ann]).len(), 1, "twice in a batch is once");
    assert!(world.score(2, &[&ann]).is_empty());
    assert!(world.score(1, &[&ann]).is_empty(), "reputation goes forward only");
    assert_eq!((world.pool(2).scored, world.pool(1).scored), (1, 0));
    assert_invariants(&world);
}

#[test]
fn scoring_waits_for_the_reveals_and_takes_the_shard_of_its_own_epoch() {
    let (world, ann, attesters) = measured(&[BOND]);
    let reports = everywhere(&[9_000]);
    let shard = world.draw_attesters(0);
    world.commit_reports(&attesters[0], &shard, &reports);
    world.next_epoch();
    world.reveal_reports(&attesters[0], &shard, &reports);
    world.pass(HOUR - 1);
    world.refuses(world.score_ix(1, &[&ann]), &[], E::WeighNotOpen);
    world.pass(1);
    let other = world.draw_attesters(0);
    let mut mixed = world.score_ix(1, &[&ann]);
    mixed.accounts[2].pubkey = other.shard;
    world.refuses(mixed, &[], E::WrongShard);
    world.refuses(world.score_ix(1, &[]), &[], E::EmptyBatch);
    world.refuses(world.score_in_ix(1, None, &[&ann]), &[], E::WrongShard);
    assert_eq!(world.score(1, &[&ann]).len(), 1);
    assert_invariants(&world);

    let unmeasured = World::new();
    let bob = unmeasured.owner("bob", 0, STAKE);
    unmeasured.next_epoch();
    unmeasured.open(0);
    unmeasured.pass(HOUR);
    unmeasured.refuses(unmeasured.score_ix(0, &[&bob]), &[], E::NotScored);
    assert_invariants(&unmeasured);
}

#[test]
fn what_the_chain_knows_by_itself_needs_no_attesters() {
    let metrics = [
        Metric::new("alive", Ppm(500_000), MetricSource::Heartbeat),
        Metric::new("disputes", Ppm(500_000), MetricSource::DisputeRecord),
    ];
    let world = World::measuring(&metrics, uncapped);
    let ann = world.owner("ann", 0, STAKE);
    world.next_epoch();
    world.next_epoch();
    let scored = world.score(1, &[&ann]);
    assert_eq!((scored[0].values_bps[..2].to_vec(), scored[0].valued), (vec![0, 10_000], 0b11));
    beat(&world, &ann);
    assert_eq!(world.score(2, &[&ann])[0].values_bps[..2], [10_000, 10_000]);
    assert_invariants(&world);
}

#[test]
fn splitting_a_stake_below_the_share_cap_gains_nothing() {
    let world = World::measuring(&[reported("accuracy", 1_000_000)], |_| ());
    let stakes = [20_000, 10_000, 10_000, 60_000, 60_000, 60_000];
    let owners: Vec<Owner> =
        (0..).zip(stakes).map(|(i, stake): (u32, _)| world.owner(&format!("owner {i}"), 0, stake * TOKEN)).collect();
    let all: Vec<&Owner> = owners.iter().collect();
    let xena = world.attester("xena", BOND);
    world.next_epoch();
    for epoch in 1..=3 {
        world.attested_cycle(&[(&xena, &everywhere(&[8_000]))], &all);
        let [whole, first, second, large, ..] = [0, 1, 2, 3].map(|i| world.weight(&owners[i], epoch));
        assert_eq!(whole, first + second);
        let most = if epoch == 1 { 60_000 } else { 44_000 };
        assert_eq!(large, whole / 20_000 * most, "the cap cuts a fifth of 220,000 in epoch {epoch}");
    }
    assert_invariants(&world);
}

/// Gives a sign of life now.
fn beat_once(world: &World, owner: &Owner) {
    let operator = world.scenario.operator_of(&owner.actor);
    let beat = ix::heartbeat(&world.scenario.network.network, operator.address(), owner.at.provider);
    world.send(&[beat], &[&operator]);
}

/// Gives a sign of life in every window of the present epoch from now on.
fn beat(world: &World, owner: &Owner) {
    let (epoch, length) = (world.epoch(), DAY / 16);
    while world.epoch() == epoch {
        beat_once(world, owner);
        world.pass(length);
    }
    world.go_to_epoch(epoch + 1);
}

#[test]
fn windows_in_a_recorded_outage_are_not_expected() {
    let world = World::measuring(&[Metric::new("alive", Ppm(1_000_000), MetricSource::Heartbeat)], uncapped);
    let ann = world.owner("ann", 0, STAKE);
    world.go_to_epoch(2);
    beat_once(&world, &ann);
    world.score(1, &[&ann]);
    world.crank(1, &[&ann]);
    // The chain halts over three windows; she is silent in no other.
    world.scenario.chain.turn_to(world.now() + 3 * DAY / 16, 10);
    world.send(&[ix::record_outage(&world.scenario.network.network)], &[]);
    beat(&world, &ann);
    let answered = world.record(&ann, 2).heartbeats.count_ones();
    assert!((12..16).contains(&answered), "{answered} of sixteen");
    assert_eq!(world.score(2, &[&ann])[0].values_bps[0], 10_000);
    assert_invariants(&world);
}

#[test]
fn metrics_that_do_not_sum_to_the_whole_are_not_even_proposed() {
    let world = World::new();
    let admin = world.scenario.admin.address();
    let propose = |metrics: &[Metric]| {
        let mut params = world.network().params;
        params.metrics[..metrics.len()].copy_from_slice(metrics);
        world.scenario.draft(&world.scenario.admin, &params);
        ix::propose_params(&world.scenario.network.network, admin, admin, admin, 1, &params)
    };
    let signers = [&world.scenario.admin];
    let (half, rest) = (reported("accuracy", 500_000), reported("speed", 499_999));
    world.refuses(propose(&[half]), &signers, E::MetricWeightsDoNotSum);
    world.refuses(propose(&[half, rest]), &signers, E::MetricWeightsDoNotSum);
    world.refuses(propose(&[half, half, half]), &signers, E::MetricWeightsDoNotSum);
    world.send(&[propose(&[half, half])], &signers);
    assert_invariants(&world);
}

#[test]
fn a_change_of_what_is_reported_by_one_attester_moves_no_more_than_its_bond() {
    let (world, ann, attesters) = measured(&[3 * BOND, 2 * BOND, 2 * BOND]);
    let reports: [Reports; 3] = [8_000, 9_000, 9_500].map(|value| everywhere(&[value]));
    let scored = world.attested_cycle(&attesters.iter().zip(&reports).collect::<Vec<_>>(), &[&ann]);
    assert_eq!(scored[0].values_bps[0], 9_000, "four sevenths say at least 9,000");
    assert_invariants(&world);
}
