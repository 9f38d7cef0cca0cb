//! Units of work: what attesters report of them, which count, and what they are paid (score-units-1,
//! score-units-2, epoch-work-2, epoch-work-3).
//!
//! Kind of fault: units that nobody did, answers for or paid for are paid, or one provider is paid for what
//! another lost. Looked for further members: reports of a minority, silence, a mask, codes beyond the
//! highest, units without stake, with stake that leaves within the epoch, without burned fees or with those
//! of one's own jobs, a score of nothing, a provider that is not weighed or has no weight, an epoch with
//! fewer units than the largest of eight or than the baseline, a network without a metric of units.

use crate::*;
use math::{
    Amount, Epoch, Ppm,
    minifloat::{MOST_CODE, decode, encode},
    work_pay::{UnitRules, counted},
};
use work_token_sdk::{
    commit::Reports,
    presets::WORK_PAY,
    state::{Metric, MetricSource, NetworkParams, WorkPay},
};
use work_token_tests::{Attester, BOND, reported};

const STAKE: u64 = 10_000 * TOKEN;
/// Burned of a fee.
const PART: u64 = FEE / 20;
/// Where the metric of units stands.
const UNITS: usize = 1;

fn metrics() -> [Metric; 2] {
    [reported("accuracy", 1_000_000), Metric::new("tokens", Ppm(0), MetricSource::Units)]
}

/// A third of the providers' emission goes by units: with all of PART burned one counts for each 5,000 base
/// units of it, and an epoch has at least 1,000.
fn by_units(options: &mut ScenarioOptions) {
    options.params.share_cap_ppm = 1_000_000;
    options.params.emission_per_epoch = 1_000 * TOKEN;
    options.params.work_pay = WorkPay {
        unit_stake: TOKEN,
        unit_burn: 5_000,
        units_baseline: 30_000,
        work_share_ppm: 300_000,
        units_tolerance: 100,
        ..WORK_PAY
    };
    (options.params.weigh_bounty, options.params.settle_bounty) = (0, 0);
    (options.params.finalize_bounty, options.params.activation_bounty) = (0, 0);
}

/// Ann and ben at the same stake, xena to measure, in the first epoch in which her bond counts.
fn workshop(edit: impl FnOnce(&mut ScenarioOptions)) -> (World, [Owner; 2], Attester) {
    let world = World::measuring(&metrics(), |options| {
        by_units(options);
        edit(options);
    });
    let owners = [world.owner("ann", 0, STAKE), world.owner("ben", 0, STAKE)];
    let xena = world.attester("xena", BOND);
    world.next_epoch();
    (world, owners, xena)
}

/// An accuracy of all of them, and units of each of the first places.
fn says(accuracy: u16, units: &[u64]) -> Reports {
    let mut reports = Reports::new();
    for (place, units) in units.iter().enumerate() {
        reports.set(place, 0, accuracy).unwrap();
        reports.set_units(place, UNITS, *units).unwrap();
    }
    reports
}

/// What units count for at a score.
fn of(units: u64, score: Ppm) -> u64 {
    let rules = UnitRules { stake: Amount(TOKEN), burn: Amount(5_000) };
    counted(units, Amount(STAKE), Amount(PART * 10), score, &rules)
}

// epoch-work-2
#[test]
fn units_that_were_reported_covered_and_burned_for_share_their_part_of_the_emission() {
    let (world, [ann, ben], xena) = workshop(|_| ());
    for owner in [&ann, &ben] {
        world.work(owner, 10 * FEE);
    }
    let scored = world.attested_cycle(&[(&xena, &says(9_000, &[4_000, 1_000]))], &[&ann, &ben]);
    assert_eq!((scored[0].values_bps[UNITS], scored[1].values_bps[UNITS]), (encode(4_000), encode(1_000)));
    assert_eq!(scored[0].valued, 3);
    let (pool, score) = (world.pool(1), Ppm(scored[0].score_ppm));
    let (most, least) = (of(4_000, score), of(1_000, score));
    assert_eq!(pool.work.units, most + least);
    // The whole less keepers' hundredth and attesters' fiftieth; three tenths of it by units, of which the
    // epoch has fewer than the baseline.
    let part = 970 * TOKEN / 10 * 3;
    let emitted = part * (most + least) / 30_000;
    assert_eq!(pool.work.emission, emitted);
    assert_eq!(pool.emission, 970 * TOKEN - part, "the rest goes by weight");
    let part = |units: u64| emitted * units / (most + least);
    let fees = 10 * FEE - 20 * PART;
    assert_eq!(world.provider(&ann).own_rewards().0, pool.emission / 2 + part(most) + fees);
    assert_eq!(world.provider(&ben).own_rewards().0, pool.emission / 2 + part(least) + fees);
    assert_eq!(pool.work.settled_units, most + least);
    assert!(pool.undistributed().0 < 3 + pool.attester_emission, "dust");
    assert_invariants(&world);
}

// epoch-work-2
#[test]
fn units_without_stake_or_without_burned_fees_pay_nothing() {
    let (world, [ann, ben], xena) = workshop(|options| options.params.work_pay.unit_stake = STAKE + 1);
    world.work(&ann, 10 * FEE);
    world.attested_cycle(&[(&xena, &says(9_000, &[4_000, 4_000]))], &[&ann, &ben]);
    assert_eq!((world.pool(1).work.units, world.pool(1).work.emission), (0, 0), "nobody has stake for one");
    assert_invariants(&world);

    let (world, [ann, ben], xena) = workshop(|_| ());
    world.work(&ann, FEE / 10);
    world.work(&ben, 0);
    let scored = world.attested_cycle(&[(&xena, &says(10_000, &[4_000, 4_000]))], &[&ann, &ben]);
    let covered = 100 * u64::from(scored[0].score_ppm) / 1_000_000;
    assert_eq!([&ann, &ben].map(|owner| world.record(owner, 1).units), [covered, 0], "500,000 burned is 100 units");
    assert_invariants(&world);
}

// epoch-work-2
#[test]
fn own_stake_that_asked_to_leave_within_the_epoch_covers_no_unit_cancelled_or_not() {
    let (world, [ann, ben], xena) = workshop(|_| ());
    for owner in [&ann, &ben] {
        world.give(owner.actor.tokens, STAKE);
        world.stake_self(owner, STAKE);
    }
    world.next_epoch();
    world.work(&ann, 100 * FEE);
    let ticket = world.request(&ann, STAKE);
    world.cancel(&ann, ticket);
    world.work(&ben, 100 * FEE);
    let scored = world.attested_cycle(&[(&xena, &says(9_000, &[15_000, 15_000]))], &[&ann, &ben]);
    let score = u64::from(scored[0].score_ppm);
    let units = [&ann, &ben].map(|owner| world.record(owner, 2).units);
    assert_eq!(units, [10_000 * score / 1_000_000, decode(encode(15_000)) * score / 1_000_000]);
    assert_invariants(&world);
}

// score-units-2
#[test]
fn without_a_quorum_there_are_no_units_and_nobody_else_gets_them() {
    let world = World::measuring(&metrics(), by_units);
    let owners = [world.owner("ann", 0, STAKE), world.owner("ben", 0, STAKE)];
    let [ann, ben] = &owners;
    let attesters = world.attesters(&[BOND, BOND + 1]);
    world.next_epoch();
    let work = || owners.iter().for_each(|owner| world.work(owner, 100 * FEE));
    let both = says(9_000, &[10_000, 10_000]);
    work();
    world.attested_cycle(&[(&attesters[0], &both), (&attesters[1], &both)], &[ann, ben]);
    let before = world.pool(1).work;
    let score = world.record(ben, 1).score_ppm;

    // The larger bond says nothing of ann's units: the smaller one alone is no half.
    let mut silent = says(9_000, &[10_000, 10_000]);
    silent.clear(0);
    silent.set(0, 0, 9_000).unwrap();
    work();
    let scored = world.attested_cycle(&[(&attesters[0], &both), (&attesters[1], &silent)], &[ann, ben]);
    assert_eq!((scored[0].valued, scored[1].valued), (1, 3), "accuracy has a value all the same");
    let (after, record) = (world.pool(2).work, world.record(ben, 2));
    assert_eq!(world.record(ann, 2).units, 0);
    assert_eq!(after.units, record.units);
    assert!(record.score_ppm > score && after.emission < before.emission * 6 / 10, "{after:?} {before:?}");
    let part = 970 * TOKEN / 10 * 3;
    assert_eq!(after.emission, part * record.units / 30_000.max(before.units), "scaled by the largest of eight");
    assert_invariants(&world);
}

// score-units-2
#[test]
fn units_move_no_reputation_and_count_for_the_attesters_pay() {
    let (world, [ann, ben], xena) = workshop(|_| ());
    let mut only_units = Reports::new();
    (0..2).for_each(|place| only_units.set_units(place, UNITS, 7).unwrap());
    let shard = world.report(&[(&xena, &only_units)]);
    let scored = world.score(1, &[&ann, &ben]);
    assert_eq!(scored[0].reputation_ppm, 200_000, "it stands still where no attested metric has a value");
    assert_eq!(scored[0].valued, 2);
    world.crank(1, &[&ann, &ben]);
    let paid = world.settle_attesters(&shard, &[&xena]);
    assert!(paid[0].pay > 0 && paid[0].fine == 0, "{paid:?}");
    assert_invariants(&world);
}

// score-units-1
#[test]
fn of_units_the_median_of_codes_counts_and_nearness_to_it_is_paid_in_codes() {
    let world = World::measuring(&metrics(), by_units);
    let ann = world.owner("ann", 0, STAKE);
    let attesters = world.attesters(&[BOND, BOND, BOND]);
    world.next_epoch();
    let units = [1 << 20, (1 << 20) + (1 << 13), 1 << 30];
    let reports = units.map(|units| says(9_000, &[units]));
    let said: Vec<(&Attester, &Reports)> = attesters.iter().zip(&reports).collect();
    let shard = world.report(&said);
    let scored = world.score(1, &[&ann]);
    assert_eq!(decode(scored[0].values_bps[UNITS]), units[1], "a lie of a thousand times moves nothing");
    let points: Vec<u32> = world.shard(&shard).opinions[..3].iter().map(|opinion| opinion.points).collect();
    let mut found = points.clone();
    found.sort_unstable();
    // Eight codes of a hundred away; the scores' tolerance of 500 keeps 460 of 500.
    assert_eq!(found, [10_000, 19_200, 20_000], "{points:?}");
    assert_invariants(&world);
}

// score-units-1
#[test]
fn a_code_above_the_highest_and_a_part_above_the_whole_are_refused_with_all_the_others() {
    let (world, [ann, ben], xena) = workshop(|_| ());
    let shard = world.draw_attesters(0);
    let mut highest = says(10_000, &[1, 1]);
    highest.set_units(0, UNITS, decode(MOST_CODE)).unwrap();
    // The same codes where a part of the whole is expected.
    let mut swapped = Reports::new();
    swapped.set_units(0, 0, decode(10_001)).unwrap();
    world.commit_reports(&xena, &shard, &swapped);
    world.next_epoch();
    let refused = world.reveal_reports_ix(&xena, &shard, &swapped);
    world.refuses(refused, &[], E::ReportOutOfBounds);
    assert_eq!(world.shard(&shard).revealed_bonds, 0);
    world.pass(HOUR);
    world.score(1, &[&ann, &ben]);
    world.crank(1, &[&ann, &ben]);

    let shard = world.draw_attesters(0);
    world.commit_reports(&xena, &shard, &highest);
    world.next_epoch();
    world.reveal_reports(&xena, &shard, &highest);
    assert_eq!(world.shard(&shard).reports[0][UNITS][0], MOST_CODE + 1);
    assert_eq!(Reports::from_bytes(&with_code(&highest, MOST_CODE + 1)), Err(E::ReportOutOfBounds));
    assert_invariants(&world);
}

/// Reports with another code of the units in the first place.
fn with_code(reports: &Reports, code: u16) -> [u8; 576] {
    let mut bytes = reports.to_bytes();
    bytes[2 * UNITS..][..2].copy_from_slice(&code.to_le_bytes());
    bytes
}

// epoch-work-3: the same as a rule of the parameters, at its edge.
#[test]
fn a_wash_of_5_000_loses_whatever_it_is_paid_by_units_and_by_what_comes_back() {
    let (world, [ann, ben], xena) = workshop(|options| {
        options.params.work_pay.burn_back_ppm = 900_000;
        options.params.work_pay.units_baseline = tight(&options.params);
    });
    // Reputations rise to what is measured, so that the wash brings the most.
    for owner in [&ann, &ben] {
        world.edit_provider(owner, |provider| provider.reputation.value_x12 = 1_000_000 << 12);
    }
    let fee = 5_000 * TOKEN;
    world.work(&ann, fee);
    world.work(&ben, 0);
    let burned = fee / 20;
    let reports = says(10_000, &[burned / 5_000, burned / 5_000]);
    world.attested_cycle(&[(&xena, &reports)], &[&ann, &ben]);
    assert_eq!(world.record(&ann, 1).score_ppm, 1_000_000);
    let [washer, honest] = [&ann, &ben].map(|owner| world.provider(owner).own_rewards().0);
    assert!(world.pool(1).work.emission > 0 && world.pool(1).work.burn_back == burned / 10 * 9);
    let gained = i128::from(washer) - i128::from(honest) - i128::from(fee);
    assert!(gained < 0, "{gained}");
    assert_invariants(&world);
}

/// The least baseline that the parameters may have.
fn tight(params: &NetworkParams) -> u64 {
    let holds = |baseline: u64| {
        let mut params = *params;
        params.work_pay.units_baseline = baseline;
        params.validate() != Err(E::WashingGains)
    };
    let (mut below, mut least) = (0, 1 << 40);
    assert!(holds(least) && !holds(below));
    while least - below > 1 {
        let between = below + (least - below) / 2;
        if holds(between) { least = between } else { below = between }
    }
    least
}

// epoch-work-3
#[test]
fn both_parts_hold_at_their_bounds_and_at_the_least_baseline_and_one_beyond_is_refused() {
    let with = |edit: fn(&mut WorkPay)| {
        let mut params = NETWORK_PARAMS;
        params.metrics[..2].copy_from_slice(&metrics());
        edit(&mut params.work_pay);
        params
    };
    let most = with(|pay| (pay.burn_back_ppm, pay.work_share_ppm) = (900_000, 300_000));
    assert_eq!(most.validate(), Ok(()));
    let refused = |edit, error| assert_eq!(with(edit).validate(), Err(error));
    refused(|pay| pay.burn_back_ppm = 900_001, E::WorkPayOutOfBounds);
    refused(|pay| pay.work_share_ppm = 300_001, E::WorkPayOutOfBounds);
    refused(|pay| pay.unit_stake = 0, E::WorkPayOutOfBounds);
    refused(|pay| pay.unit_burn = 0, E::WorkPayOutOfBounds);
    refused(|pay| pay.units_tolerance = 10_001, E::ScoreOutOfBounds);
    refused(|pay| pay.padding[5] = 1, E::UnknownFlags);
    let least = tight(&most);
    let at = |baseline: u64| {
        let mut params = most;
        params.work_pay.units_baseline = baseline;
        params.validate()
    };
    assert_eq!((at(least), at(least - 1)), (Ok(()), Err(E::WashingGains)));
    assert_eq!(least, 27_272_728, "30 % of 100,000 tokens, over 1.1 of what each unit of 0.001 burned");
    // Whatever makes a wash cheaper is measured by the same rule.
    let cheaper = NetworkParams { fee_treasury_ppm: 0, ..most };
    assert_eq!(cheaper.validate(), Err(E::WashingGains));
    let richer = NetworkParams { emission_per_epoch: 2 * most.emission_per_epoch, ..most };
    assert_eq!(richer.validate(), Err(E::WashingGains));
}

// score-units-1
#[test]
fn one_metric_at_most_is_of_units_without_a_weight_and_beside_others() {
    let validate = |edit: fn(&mut [Metric; 6])| {
        let mut params = NETWORK_PARAMS;
        params.metrics[..2].copy_from_slice(&metrics());
        edit(&mut params.metrics);
        params.validate()
    };
    assert_eq!(validate(|_| ()), Ok(()));
    assert_eq!(validate(|metrics| metrics[2] = metrics[1]), Err(E::UnitsOutOfBounds));
    assert_eq!(validate(|metrics| metrics[0] = Metric::ABSENT), Err(E::UnitsOutOfBounds));
    let weighs = |metrics: &mut [Metric; 6]| (metrics[0].weight_ppm, metrics[1].weight_ppm) = (900_000, 100_000);
    assert_eq!(validate(weighs), Err(E::UnitsOutOfBounds));
    assert_eq!(validate(|metrics| metrics[1].gate_bps = 1), Err(E::MetricOutOfBounds));
}

// epoch-work-2
#[test]
fn a_network_without_a_metric_of_units_shares_all_of_it_by_weight() {
    let world = World::with(by_units);
    let ann = world.owner("ann", 0, STAKE);
    world.work(&ann, FEE);
    world.cycle(&[&ann]);
    let pool = world.cycle(&[&ann]);
    assert_eq!((pool.emission, pool.work.emission), (990 * TOKEN, 0));
    assert_invariants(&world);
}

// epoch-work-2
#[test]
fn units_of_an_epoch_that_was_reported_but_not_weighed_are_not_paid() {
    let (world, [ann, ben], xena) = workshop(|_| ());
    world.work(&ann, 10 * FEE);
    world.report(&[(&xena, &says(9_000, &[4_000, 4_000]))]);
    world.score(1, &[&ann, &ben]);
    assert_eq!(world.record(&ann, 1).units, 4_000);
    let pool = world.finalize(1, &[&ben]);
    world.settle(1, &[&ann, &ben]);
    assert_eq!((pool.work.units, world.record(&ann, 1).weight), (0, 0), "ben burned nothing, ann was not weighed");
    assert_eq!(world.provider(&ann).own_rewards().0, 10 * FEE - 20 * PART, "her fees alone");
    assert!(world.provider(&ann).record(Epoch(1)).is_some());
    assert_invariants(&world);
}
