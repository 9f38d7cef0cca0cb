//! Every bound and every inequality of the parameters, on both sides (network-params-9, network-params-13,
//! network-params-12, network-params-10, network-params-3).
//!
//! The bounds of single numbers stand in one list, where they are declared; the last story walks it, so that
//! a number whose bound is not held, or an error that another bound hides, is found whatever its name.

use crate::*;
use bytemuck::bytes_of_mut;
use work_token_sdk::{
    limits::OPENING_SECS,
    parameters::{self, Parameter},
    state::{NetworkParams, governed::Unit},
};

type Edit = fn(&mut NetworkParams);

const DAY_SECS: u32 = 86_400;
const YEAR_SECS: u32 = 365 * DAY_SECS;

fn options(edit: Edit) -> ScenarioOptions {
    let mut options = ScenarioOptions::default();
    // The bounds below are those without attesters; theirs stand in `job::rules`.
    options.params.attester_share_ppm = 0;
    edit(&mut options.params);
    options
}

fn accepted(cases: &[(&str, Edit)]) {
    for (name, edit) in cases {
        let options = options(*edit);
        assert_eq!(options.params.validate(), Ok(()), "{name}");
        let world = World::with(|default| *default = options);
        assert_invariants(&world);
    }
}

fn refused(error: E, cases: &[(&str, Edit)]) {
    for (name, edit) in cases {
        let options = options(*edit);
        assert_eq!(options.params.validate(), Err(error), "{name}");
        let world = World::before_creation(&options);
        world.refuses(world.scenario.create_network(&options), &[&world.scenario.admin], error);
        assert_invariants(&world);
    }
}

// network-params-10
#[test]
fn an_epoch_lasts_six_hours_to_thirty_days() {
    accepted(&[
        ("six hours", |p| (p.epoch_secs, p.longest_job_secs, p.challenge_secs) = (21_600, DAY_SECS, 43_200)),
        ("thirty days", |p| {
            (p.epoch_secs, p.unbonding_secs) = (30 * DAY_SECS, 37 * DAY_SECS);
            p.own_unbonding_secs = 30 * DAY_SECS + 7 * DAY_SECS + 21 * DAY_SECS + (3 + 3 * 30) * DAY_SECS;
        }),
    ]);
    refused(
        E::EpochLengthOutOfBounds,
        &[
            ("a second less", |p| p.epoch_secs = 21_599),
            ("zero", |p| p.epoch_secs = 0),
            ("a second more", |p| p.epoch_secs = 30 * DAY_SECS + 1),
            ("all of it", |p| p.epoch_secs = u32::MAX),
        ],
    );
}

// network-params-10
#[test]
fn reveal_and_weigh_fit_into_an_epoch_and_weighing_takes_ten_minutes_at_least() {
    accepted(&[
        ("ten minutes", |p| p.weigh_secs = 600),
        ("the whole epoch", |p| (p.reveal_secs, p.weigh_secs) = (0, DAY_SECS)),
        ("both together the epoch", |p| (p.reveal_secs, p.weigh_secs) = (DAY_SECS - 600, 600)),
    ]);
    refused(
        E::WindowsExceedEpoch,
        &[
            ("a second less than ten minutes", |p| p.weigh_secs = 599),
            ("a second more than the epoch", |p| (p.reveal_secs, p.weigh_secs) = (DAY_SECS - 599, 600)),
            ("a sum beyond its type", |p| (p.reveal_secs, p.weigh_secs) = (u32::MAX, u32::MAX)),
        ],
    );
}

#[test]
fn the_longest_job_and_the_challenge_last_a_second_to_a_year() {
    accepted(&[("a second", |p| (p.longest_job_secs, p.challenge_secs) = (1, 1))]);
    refused(
        E::JobTimesOutOfBounds,
        &[
            ("no job", |p| p.longest_job_secs = 0),
            ("no challenge", |p| p.challenge_secs = 0),
            ("a job of more than a year", |p| p.longest_job_secs = YEAR_SECS + 1),
            ("a challenge of more than a year", |p| p.challenge_secs = YEAR_SECS + 1),
        ],
    );
}

// network-params-9
#[test]
fn own_rewards_vest_for_as_long_as_a_fault_can_be_disputed_the_hour_to_open_included() {
    accepted(&[("one epoch", |p| {
        (p.vesting_epochs, p.longest_job_secs, p.challenge_secs) = (1, DAY_SECS / 2 - OPENING_SECS, DAY_SECS / 2)
    })]);
    refused(
        E::VestingTooShort,
        &[
            ("none", |p| p.vesting_epochs = 0),
            ("longer than the ring", |p| p.vesting_epochs = 8),
            ("an epoch too short", |p| p.vesting_epochs = 6),
            ("a job a second too long", |p| p.longest_job_secs += 1),
            ("a challenge a second too long", |p| p.challenge_secs += 1),
        ],
    );
}

// network-params-9
#[test]
fn six_epochs_cover_the_challenge_window() {
    accepted(&[("exactly", |p| (p.challenge_secs, p.longest_job_secs) = (6 * DAY_SECS, DAY_SECS - OPENING_SECS))]);
    refused(
        E::ChallengeTooLong,
        &[("a second more", |p| {
            (p.challenge_secs, p.longest_job_secs) = (6 * DAY_SECS + 1, DAY_SECS - OPENING_SECS - 1);
        })],
    );
}

// network-params-9
#[test]
fn delegated_stake_stays_for_longest_job_challenge_the_hour_to_open_and_one_epoch() {
    accepted(&[
        ("exactly", |p| (p.unbonding_secs, p.longest_vote_secs) = (8 * DAY_SECS, 0)),
        ("a year", |p| p.unbonding_secs = YEAR_SECS),
    ]);
    refused(
        E::UnbondingTooShort,
        &[
            ("a second less", |p| (p.unbonding_secs, p.longest_vote_secs) = (8 * DAY_SECS - 1, 0)),
            ("none", |p| p.unbonding_secs = 0),
            ("more than a year", |p| p.unbonding_secs = YEAR_SECS + 1),
        ],
    );
}

// network-params-14
#[test]
fn stake_stays_for_the_longest_vote_and_two_days() {
    accepted(&[
        ("exactly", |p| p.longest_vote_secs = 8 * DAY_SECS),
        ("no votes", |p| p.longest_vote_secs = 0),
        ("the longest", |p| {
            (p.longest_vote_secs, p.unbonding_secs) = (45 * DAY_SECS, 47 * DAY_SECS);
            p.own_unbonding_secs = 47 * DAY_SECS;
        }),
    ]);
    refused(E::UnbondingTooShort, &[("a second more", |p| p.longest_vote_secs = 8 * DAY_SECS + 1)]);
    refused(
        E::OwnUnbondingTooShort,
        &[("a second more", |p| (p.longest_vote_secs, p.unbonding_secs) = (33 * DAY_SECS + 1, 36 * DAY_SECS))],
    );
    refused(E::LongestVoteOutOfBounds, &[("beyond 45 days", |p| p.longest_vote_secs = 45 * DAY_SECS + 1)]);
}

// network-params-9
#[test]
fn own_stake_stays_through_the_longest_dispute_its_deferral_and_all_installments() {
    accepted(&[
        ("exactly", |p| p.own_unbonding_secs = 35 * DAY_SECS),
        ("a year", |p| p.own_unbonding_secs = YEAR_SECS),
    ]);
    refused(
        E::OwnUnbondingTooShort,
        &[
            ("a second less", |p| p.own_unbonding_secs -= 1),
            ("a longer dispute", |p| p.longest_dispute_secs += 1),
            ("a longer deferral of the worst", |p| p.disputes.severities[4].deferral_secs += 1),
            ("one more installment of the worst", |p| p.disputes.severities[4].installments += 1),
            ("a severity below the worst that takes longer", |p| {
                p.disputes.severities[3].deferral_secs = 6 * DAY_SECS;
            }),
            ("a longer epoch, and with it every pause", |p| p.epoch_secs += 1),
            ("sums beyond their type", |p| {
                p.longest_dispute_secs = YEAR_SECS;
                p.disputes.severities[4].deferral_secs = YEAR_SECS;
            }),
            ("more than a year", |p| p.own_unbonding_secs = YEAR_SECS + 1),
        ],
    );
}

fn bases(p: &mut NetworkParams, bases: [u16; 5]) {
    for (rule, base_bps) in p.disputes.severities.iter_mut().zip(bases) {
        rule.base_bps = base_bps;
    }
}

// dispute-slash-1
#[test]
fn what_severities_cost_rises_strictly_from_one_hundredth_of_a_percent_on() {
    accepted(&[
        ("each one more", |p| bases(p, [9, 10, 500, 501, 3_000])),
        ("the least", |p| bases(p, [1, 10, 100, 500, 3_000])),
    ]);
    refused(
        E::SeverityOutOfBounds,
        &[
            ("a mildest that costs nothing", |p| bases(p, [0, 10, 100, 500, 3_000])),
            ("a second like the first", |p| bases(p, [10, 10, 100, 500, 3_000])),
            ("a third like the second", |p| bases(p, [1, 100, 100, 500, 3_000])),
            ("a fourth like the third", |p| bases(p, [1, 10, 500, 500, 3_000])),
            ("a fifth like the fourth", |p| bases(p, [1, 10, 100, 3_000, 3_000])),
            ("a fifth below the fourth", |p| bases(p, [1, 10, 100, 3_001, 3_000])),
        ],
    );
}

// network-mint-3
#[test]
fn the_supply_stays_below_two_to_the_sixty() {
    accepted(&[("just below", |p| p.max_supply = (1 << 60) - 1)]);
    refused(
        E::SupplyTooLarge,
        &[
            ("at it", |p| p.max_supply = 1 << 60),
            ("all of it", |p| p.max_supply = u64::MAX),
            ("none", |p| p.max_supply = 0),
        ],
    );
}

// network-params-13
#[test]
fn minimums_are_large_enough_to_be_rewarded() {
    accepted(&[("two to the twenty", |p| (p.minimum_delegation, p.minimum_self_stake) = (1 << 20, 1 << 20))]);
    refused(
        E::MinimumTooSmall,
        &[
            ("a delegation below", |p| p.minimum_delegation = (1 << 20) - 1),
            ("an own stake below", |p| p.minimum_self_stake = (1 << 20) - 1),
            ("a delegation that no pool could hold", |p| p.minimum_delegation = 1 << 60),
            ("an own stake that no pool could hold", |p| p.minimum_self_stake = u64::MAX),
        ],
    );
}

#[test]
fn emission_leverage_caps_and_tiers_keep_their_bounds() {
    accepted(&[
        ("the whole supply in an epoch", |p| p.emission_per_epoch = p.max_supply),
        ("no leverage beyond the own stake", |p| p.leverage = 1),
        ("most leverage", |p| p.leverage = 64),
        ("the smallest share cap", |p| p.share_cap_ppm = 10_000),
        ("no share cap", |p| p.share_cap_ppm = 1_000_000),
        ("most for keepers", |p| p.keeper_share_ppm = 150_000),
        ("flat tiers", |p| p.tier_bps = [10_000, 1, 10_000, 15_000]),
    ]);
    refused(E::EmissionTooLarge, &[("a unit more than the supply", |p| p.emission_per_epoch = p.max_supply + 1)]);
    refused(
        E::LeverageOutOfBounds,
        &[("none", |p| p.leverage = 0), ("65", |p| p.leverage = 65), ("all of it", |p| p.leverage = u32::MAX)],
    );
    refused(
        E::ShareCapOutOfBounds,
        &[
            ("a millionth less than 1 %", |p| p.share_cap_ppm = 9_999),
            ("more than all", |p| p.share_cap_ppm = 1_000_001),
        ],
    );
    refused(E::KeeperShareTooLarge, &[("a millionth more", |p| p.keeper_share_ppm = 150_001)]);
    refused(
        E::TierOutOfBounds,
        &[
            ("tier 0 is not neutral", |p| p.tier_bps[0] = 10_001),
            ("a tier of nothing", |p| p.tier_bps[1] = 0),
            ("more than half again", |p| p.tier_bps[3] = 15_001),
        ],
    );
}

#[test]
fn a_policy_of_the_emission_keeps_its_bounds() {
    accepted(&[
        ("all of what fees took", |p| p.emission.fee_part_ppm = 1_000_000),
        ("the smallest target", |p| p.emission.stake_target_ppm = 10_000),
        ("half of a fee", |p| (p.fee_burn_ppm, p.fee_treasury_ppm) = (250_000, 250_000)),
        ("half of a fee that burns", |p| (p.fee_burn_ppm, p.fee_treasury_ppm) = (500_000, 0)),
        ("half of a fee for the treasury", |p| (p.fee_burn_ppm, p.fee_treasury_ppm) = (0, 500_000)),
        ("a fifth for the treasury", |p| p.emission.treasury_share_ppm = 200_000),
        ("one rate and no other", |p| {
            (p.emission.rate_floor_ppt, p.emission.initial_rate_ppt) = (100_000_000_000, 100_000_000_000)
        }),
    ]);
    refused(E::FeePartTooLarge, &[("a millionth more", |p| p.emission.fee_part_ppm = 1_000_001)]);
    refused(E::StakeTargetOutOfBounds, &[("a millionth less", |p| p.emission.stake_target_ppm = 9_999)]);
    refused(
        E::FeeSharesTooLarge,
        &[
            ("a millionth more than half", |p| (p.fee_burn_ppm, p.fee_treasury_ppm) = (250_000, 250_001)),
            ("all of it burned", |p| (p.fee_burn_ppm, p.fee_treasury_ppm) = (500_001, 0)),
            ("all of it the treasury's", |p| (p.fee_burn_ppm, p.fee_treasury_ppm) = (0, 500_001)),
        ],
    );
    refused(
        E::EmissionRateOutOfBounds,
        &[
            ("a floor above the initial rate", |p| p.emission.rate_floor_ppt = p.emission.initial_rate_ppt + 1),
            ("a ceiling below it", |p| p.emission.rate_ceiling_ppt = p.emission.initial_rate_ppt - 1),
        ],
    );
}

// network-params-3
#[test]
fn every_number_is_refused_one_beyond_each_of_its_bounds_by_the_error_of_the_list() {
    let default = options(|_| ()).params;
    for Parameter { name, rule, place, .. } in parameters::parameters(&default) {
        if rule.unit == Unit::Key {
            continue;
        }
        let with = |value: u64| {
            let mut params = default;
            bytes_of_mut(&mut params)[place.clone()].copy_from_slice(&value.to_le_bytes()[..usize::from(rule.width)]);
            params.validate()
        };
        if let Some(below) = rule.lower.checked_sub(1) {
            assert_eq!(with(below), Err(rule.error), "{name}");
        }
        let largest = u64::MAX >> (64 - 8 * u32::from(rule.width));
        if rule.upper < largest {
            assert_eq!(with(rule.upper + 1), Err(rule.error), "{name}");
        }
    }
}
