//! Rules of classes, metrics, offers and outages, on the state methods that the program calls.

use {
    bytemuck::Zeroable,
    work_token_sdk::{
        WorkTokenError as E,
        args::SetOfferArgs,
        limits::*,
        math::{Amount, Epoch, Ppm, WorkTs, job::exposure, outage::most_outage_secs},
        presets::{JOB_RULES, NETWORK_PARAMS},
        state::{
            Agreement, Asked, Job, JobClass, JobRules, Metric, MetricSource, Network, NetworkParams, Offer,
            SeedCapture, job_flags,
        },
    },
};

fn network() -> Network {
    let params = NETWORK_PARAMS;
    Network { params, epoch_secs: params.epoch_secs, minimum_stake: params.minimum_self_stake, ..Network::zeroed() }
}

fn with(edit: impl FnOnce(&mut JobRules)) -> Result<(), E> {
    let mut rules = JOB_RULES;
    edit(&mut rules);
    rules.validate(&NETWORK_PARAMS)
}

#[test]
fn the_exposure_factor_must_deter_at_the_assumed_detection() {
    let at = |detection_bps, exposure_factor| {
        with(|rules| {
            rules.detection_bps = detection_bps;
            rules.exposure_factor = exposure_factor;
        })
    };
    for (detection_bps, least) in [(5_000, 20), (2_500, 60), (1_000, 180)] {
        assert_eq!(at(detection_bps, least), Ok(()));
        assert_eq!(at(detection_bps, least - 1), Err(E::ExposureFactorTooSmall));
    }
    assert_eq!(at(0, MAX_EXPOSURE_FACTOR), Err(E::ExposureFactorTooSmall), "nothing deters what is never found");
    assert_eq!(at(2_500, MAX_EXPOSURE_FACTOR + 1), Err(E::ExposureFactorTooSmall));
}

#[test]
fn seats_are_one_three_or_five_and_a_metered_job_has_one() {
    for redundancy in 0..=7 {
        let expected = if matches!(redundancy, 1 | 3 | 5) { Ok(()) } else { Err(E::JobKindOutOfBounds) };
        assert_eq!(with(|rules| rules.redundancy = redundancy), expected, "{redundancy} seats");
    }
    let metered = |redundancy| {
        with(|rules| {
            rules.kind = 1;
            rules.redundancy = redundancy;
        })
    };
    assert_eq!((metered(1), metered(3)), (Ok(()), Err(E::JobKindOutOfBounds)));
    assert_eq!(with(|rules| rules.kind = 2), Err(E::JobKindOutOfBounds));
}

#[test]
fn a_class_fits_what_unbonding_covers() {
    let params = NETWORK_PARAMS;
    let longest = JOB_RULES.longest_secs();
    let room = params.longest_job_secs - u32::try_from(longest).unwrap();
    assert_eq!(with(|rules| rules.extension_secs += room), Ok(()));
    assert_eq!(with(|rules| rules.extension_secs += room + 1), Err(E::JobLongerThanLiability));
    assert_eq!(with(|rules| rules.challenge_secs = params.challenge_secs + 1), Err(E::JobLongerThanLiability));
}

#[test]
fn windows_and_fees_of_a_class_have_bounds() {
    assert_eq!(with(|rules| rules.seat_secs = MIN_SEAT_SECS - 1), Err(E::JobWindowsOutOfBounds));
    assert_eq!(with(|rules| rules.accept_secs = MIN_ACCEPT_SECS - 1), Err(E::JobWindowsOutOfBounds));
    assert_eq!(with(|rules| rules.least_work_secs = rules.work_secs + 1), Err(E::JobWindowsOutOfBounds));
    assert_eq!(with(|rules| rules.challenge_secs = 0), Err(E::JobWindowsOutOfBounds));
    let redundant = |reveal_secs| {
        with(|rules| {
            rules.redundancy = 3;
            rules.reveal_secs = reveal_secs;
        })
    };
    assert_eq!((redundant(MIN_ACCEPT_SECS), redundant(0)), (Ok(()), Err(E::JobWindowsOutOfBounds)));
    assert_eq!(with(|rules| rules.minimum_fee = MIN_JOB_FEE - 1), Err(E::JobFeesOutOfBounds));
    assert_eq!(with(|rules| rules.cancel_fee_bps = 10_001), Err(E::JobFeesOutOfBounds));
}

#[test]
fn a_change_of_a_class_counts_three_days_later_and_a_new_class_at_once() {
    let mut class = JobClass::zeroed();
    assert_eq!(class.set(JOB_RULES, 1_000, true), Ok(()));
    assert_eq!(*class.rules_at(1_000), JOB_RULES);
    let fee = JOB_RULES.minimum_fee;
    let dearer = JobRules { minimum_fee: fee + fee / 5, ..JOB_RULES };
    assert_eq!(class.set(dearer, 5_000, false), Ok(()));
    assert_eq!(*class.rules_at(5_000 + ECONOMIC_DELAY_SECS - 1), JOB_RULES);
    assert_eq!(*class.rules_at(5_000 + ECONOMIC_DELAY_SECS), dearer);
    let third = JobRules { minimum_fee: fee + fee / 10, ..JOB_RULES };
    assert_eq!(class.set(third, 6_000, false), Ok(()));
    assert_eq!(
        *class.rules_at(6_000 + ECONOMIC_DELAY_SECS - 1),
        JOB_RULES,
        "a pending change is replaced, not advanced"
    );
    let far = JobRules { minimum_fee: fee + fee / 5 + 1, ..JOB_RULES };
    assert_eq!(class.set(far, 7_000, false), Err(E::StepTooLarge), "steps are measured from what is in force");
    assert_eq!((class.next, class.next_from_ts), (third, 6_000 + ECONOMIC_DELAY_SECS), "a refusal changes nothing");
}

fn metrics(edit: impl FnOnce(&mut [Metric; 6])) -> Result<(), E> {
    let mut params = NetworkParams { metrics: [Metric::ABSENT; 6], ..NETWORK_PARAMS };
    params.metrics[0] = Metric::new("accuracy", Ppm(600_000), MetricSource::Attested);
    params.metrics[1] = Metric::new("life", Ppm(300_000), MetricSource::Heartbeat);
    params.metrics[2] = Metric::new("record", Ppm(100_000), MetricSource::DisputeRecord);
    edit(&mut params.metrics);
    params.validate()
}

#[test]
fn metrics_sum_to_the_whole_or_there_are_none() {
    assert_eq!(metrics(|_| ()), Ok(()));
    assert_eq!(metrics(|metrics| *metrics = [Metric::ABSENT; 6]), Ok(()));
    assert_eq!(metrics(|metrics| metrics[0].weight_ppm -= 1), Err(E::MetricWeightsDoNotSum));
    assert_eq!(metrics(|metrics| metrics[0].weight_ppm += 1), Err(E::MetricWeightsDoNotSum));
    assert_eq!(metrics(|metrics| metrics[0].weight_ppm = u32::MAX), Err(E::MetricWeightsDoNotSum));
    assert_eq!(metrics(|metrics| metrics[0].source = 4), Err(E::UnknownMetricSource));
    assert_eq!(metrics(|metrics| metrics[5].source = 4), Err(E::UnknownMetricSource), "declared or not");
    assert_eq!(metrics(|metrics| metrics[0].gate_bps = 10_001), Err(E::MetricOutOfBounds));
    assert_eq!(metrics(|metrics| metrics[0].padding = 1), Err(E::MetricOutOfBounds));
}

// score-metric-1
#[test]
fn a_metric_without_a_weight_is_declared_has_no_gate_and_counts_nowhere() {
    let declare = |metrics: &mut [Metric; 6]| metrics[5] = Metric::new("speed", Ppm(0), MetricSource::Attested);
    assert_eq!(metrics(declare), Ok(()));
    let gated = metrics(|metrics| {
        declare(metrics);
        metrics[5].gate_bps = 1;
    });
    assert_eq!(gated, Err(E::MetricOutOfBounds));
    let mut params = NETWORK_PARAMS;
    declare(&mut params.metrics);
    assert_eq!(params.validate(), Ok(()));
    assert!(!params.is_scored() && !params.is_attested(), "nothing is measured while all weights are zero");
}

#[test]
fn an_offer_is_fixed_for_the_epoch() {
    let mut offer = Offer::zeroed();
    let of = |classes, floor, secs| {
        let mut args = SetOfferArgs { classes, ..SetOfferArgs::default() };
        (args.floors[3], args.least_work_secs[3]) = (floor, secs);
        args
    };
    let asked = |floor, least_work_secs| Some(Asked { floor, least_work_secs });
    offer.set(Epoch(7), &of(1 << 3, 50, 60));
    assert_eq!(offer.asked(3, Epoch(7)), None, "a first offer counts from the next epoch on too");
    assert_eq!((offer.asked(3, Epoch(8)), offer.asked(2, Epoch(8))), (asked(50, 60), None));
    offer.set(Epoch(8), &of(1 << 3, u64::MAX, u32::MAX));
    assert_eq!(offer.asked(3, Epoch(8)), asked(50, 60), "nothing changes once seeds of the epoch are known");
    offer.set(Epoch(8), &of(0, 1, 1));
    assert_eq!((offer.asked(3, Epoch(8)), offer.asked(3, Epoch(9))), (asked(50, 60), None));
    assert_eq!(offer.asked(16, Epoch(9)), None);
}

#[test]
fn a_minority_is_fewer_than_half_of_what_was_revealed() {
    let reveal = |results: &[(u8, u8)]| {
        let mut job = Job::zeroed();
        results.iter().for_each(|(seat, result)| job.reveal(*seat, &[*result; 32]));
        job
    };
    let three = reveal(&[(0, 7), (1, 7), (2, 9)]);
    assert_eq!([0, 1, 2].map(|seat| three.is_minority(seat)), [false, false, true]);
    let tie = reveal(&[(0, 7), (2, 9)]);
    assert_eq!([0, 2].map(|seat| tie.is_minority(seat)), [false, false], "half is no minority");
    assert!(!reveal(&[(4, 0)]).is_minority(4), "a single result is nobody's minority, whatever its bytes");
    let all_differ = reveal(&[(0, 1), (1, 2), (2, 3)]);
    assert!([0, 1, 2].iter().all(|seat| all_differ.is_minority(*seat)));
    let five = reveal(&[(0, 1), (1, 1), (2, 2), (3, 2), (4, 2)]);
    assert_eq!([0, 2].map(|seat| five.is_minority(seat)), [true, false]);
    let mut sampled = all_differ;
    sampled.rules.agreement = Agreement::Free as u8;
    assert!(![0, 1, 2].iter().any(|seat| sampled.is_minority(*seat)), "what is sampled is never equal");
}

#[test]
fn a_lost_seed_is_armed_once_more_and_then_anybody_may_take_the_job() {
    let mut job = Job::zeroed();
    job.arm(100, Epoch(3));
    assert_eq!((job.seed_slot, job.tree_epoch), (108, 3));
    assert_eq!(job.rearm(700, Epoch(4)), SeedCapture::Rearmed);
    assert_eq!((job.seed_slot, job.tree_epoch), (708, 4));
    assert_eq!(job.require_unseeded(), Ok(()));
    assert_eq!(job.rearm(1_400, Epoch(5)), SeedCapture::SelfSelection);
    assert!(job.has(job_flags::SELF_SELECTION));
    assert_eq!(job.seed_slot, 708, "no third seed");
    assert_eq!(job.require_unseeded(), Err(E::SeedAlreadyCaptured));
}

#[test]
fn an_outage_moves_work_time_by_what_the_clock_gained_over_600_ms_a_slot() {
    let mut network = network();
    network.note(1_000, 50_000);
    assert_eq!(
        network.record_outage(1_000 + 3_000, 50_000 + 1_800 + 1_799),
        Err(E::NoOutage),
        "a second less than 30 minutes is none"
    );
    assert_eq!(network.record_outage(4_000, 50_000 + 1_800 + 7_200), Ok(7_200));
    assert_eq!(network.work_ts(100_000), WorkTs(100_000 - 7_200));
    assert_eq!(network.record_outage(4_000, 50_000 + 9_000), Err(E::NoOutage), "it is recorded once");
}

#[test]
fn outages_move_deadlines_by_at_most_a_day_a_week() {
    let mut network = network();
    network.note(0, 0);
    assert_eq!(network.record_outage(0, 2 * 86_400), Ok(86_400));
    assert_eq!(network.record_outage(0, 4 * 86_400), Err(E::OutageLimitReached));
    assert_eq!(network.record_outage(0, 9 * 86_400), Ok(86_400), "a new week has its own limit");
    assert_eq!(network.outages.secs, 2 * 86_400);
}

/// dispute-time-1: the chain stands still all the time, and a week of outages had begun just less than a week
/// before.
#[test]
fn a_deadline_moves_by_a_day_in_each_week_that_outages_touch_and_no_more() {
    const STEP: i64 = 1_800;
    const WEEK: i64 = 7 * 86_400;
    for days in [1, 2, 6, 7, 12, 13, 19, 40] {
        let mut network = network();
        network.note(0, WEEK);
        assert_eq!(network.record_outage(0, WEEK + STEP), Ok(1_800));
        let mut now_ts = 2 * WEEK;
        let (before, work_secs) = (network.outages.secs, days * 86_400);
        let deadline = network.work_ts(now_ts).0 + work_secs;
        loop {
            // Whoever crosses a deadline records first.
            network.record_due(0, now_ts);
            if network.work_ts(now_ts).0 >= deadline {
                break;
            }
            now_ts += STEP;
        }
        let moved = (network.outages.secs - before).unsigned_abs();
        assert_eq!(moved + 1_800, most_outage_secs(work_secs.unsigned_abs()), "{days} days");
    }
}

#[test]
fn the_grace_below_the_minimum_stake_stands_still_while_entrances_are_paused() {
    let mut network = network();
    assert_eq!(network.grace_ts(1_000_000), 1_000_000);
    network.pause(1_000_000, 1_000).unwrap();
    assert_eq!(network.grace_ts(1_000_400), 1_000_000);
    assert_eq!(network.grace_ts(1_001_500), 1_000_500);
    let later = 1_001_000 + MAX_PAUSE_SECS;
    network.pause(later, 5_000).unwrap();
    assert_eq!(network.grace_ts(later + 2_000), later - 1_000, "two pauses add up");
    network.unpause(later + 2_000).unwrap();
    assert_eq!(
        network.grace_ts(later + 3_000),
        later - 1_000 + 1_000,
        "a pause that ended early counts as long as it was"
    );
}

#[test]
fn places_are_a_bijection_and_the_first_free_one_is_found() {
    let mut network = network();
    assert_eq!(network.first_free_place(), Some(0));
    for index in 0..64 {
        network.take_place(index).unwrap();
    }
    assert_eq!(network.first_free_place(), Some(64));
    network.free_place(17);
    assert_eq!(network.first_free_place(), Some(17));
    network.free_place(17);
    assert_eq!(network.places_taken, 63, "a free place is freed once");
    assert_eq!(network.take_place(16), Err(E::PlaceTaken));
    assert_eq!(network.take_place(4_096), Err(E::PlaceOutOfRange));
    network.take_place(4_095).unwrap();
    network.params.place_cap_mode = 1;
    network.params.most_places = 64;
    assert_eq!(network.take_place(17), Err(E::NoFreePlace), "the cap counts, not the map");
    assert_eq!(network.first_free_place(), None);
}

#[test]
fn at_4096_places_every_cap_is_static() {
    let mut network = network();
    network.params.most_places = u32::MAX;
    for mode in 0..=2 {
        network.params.place_cap_mode = mode;
        assert!(network.present_cap() <= 4_096);
    }
    for index in 0..4_096 {
        network.params.place_cap_mode = 0;
        network.take_place(index).unwrap();
    }
    assert_eq!((network.first_free_place(), network.take_place(0)), (None, Err(E::NoFreePlace)));
}

#[test]
fn a_fee_beyond_every_stake_fits_no_exposure() {
    assert_eq!(exposure(Amount(u64::MAX), 60), None);
    assert_eq!(exposure(Amount(1_000_000), 60), Some(Amount(60_000_000)));
    let rules = JobRules { redundancy: 5, ..JOB_RULES };
    assert_eq!(
        Job { rules, fee: u64::MAX, ..Job::zeroed() }.require_escrow().ok(),
        None,
        "five times the largest fee is no amount"
    );
}
