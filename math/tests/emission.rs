//! What an epoch hands out.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used)]

mod support;

use proptest::prelude::*;
use support::{
    any_amount, cases,
    exact::{floor, over, product_over, whole},
};
use work_token_math::{
    Amount, Ppm,
    emission::{Emission, Limits, least_reward, of_epoch},
    reward::of_emission,
};

fn limits(per_epoch: u64, stake: u64, largest_stake: u64) -> Limits {
    Limits {
        per_epoch: Amount(per_epoch),
        available: Amount(u64::MAX),
        stake: Amount(stake),
        largest_stake: Amount(largest_stake),
        keeper_share: Ppm(0),
        attester_share: Ppm(0),
    }
}

fn share() -> impl Strategy<Value = u32> {
    prop_oneof![prop::sample::select(vec![0, 1, 150_000, 999_999, 1_000_000]), 0u32..=1_000_000]
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn an_emission_is_the_exact_part_of_the_stake_that_was_weighed_down_to_what_is_available(
        per_epoch in any_amount(), available in any_amount(), stake in any_amount(), largest in any_amount(), keeper in share(),
        attester in share(),
    ) {
        let found = of_epoch(&Limits {
            per_epoch: Amount(per_epoch),
            available: Amount(available),
            stake: Amount(stake),
            largest_stake: Amount(largest),
            keeper_share: Ppm(keeper),
            attester_share: Ppm(attester),
        });
        let weighed = if largest == 0 { whole(1) } else { over(stake, largest).min(whole(1)) };
        let total = (whole(per_epoch) * weighed).floor().min(whole(available));
        let keepers = (total.clone() * over(keeper, 1_000_000)).floor();
        let attesters = (total.clone() * over(attester, 1_000_000)).floor().min(total.clone() - keepers.clone());
        prop_assert_eq!(whole(found.keepers.0), keepers);
        prop_assert_eq!(whole(found.attesters.0), attesters);
        prop_assert_eq!(whole(found.total().0), total);
        prop_assert_eq!(found.providers.0 + found.keepers.0 + found.attesters.0, found.total().0);
    }

    #[test]
    fn the_least_reward_is_a_part_of_the_supply_and_no_provider_of_average_score_gets_less(
        stake in any_amount(), others in any_amount(), per_epoch in any_amount(), keeper in share(),
    ) {
        let stake = stake / 2;
        let max_supply = (stake + others / 2).max(1);
        let least = least_reward(Amount(stake), Amount(per_epoch), Ppm(keeper), Amount(max_supply));
        let providers = of_epoch(&Limits { keeper_share: Ppm(keeper), ..limits(per_epoch, 1, 0) }).providers;
        prop_assert_eq!(least.0, floor(&product_over(stake, providers.0, max_supply)).expect("a part"));
        prop_assert_eq!(least, of_emission(providers, stake, max_supply), "every token of the supply being staked");
    }
}

/// What a lone finalizer with 5 % of the stake collects in three epochs after an outage, when an epoch is scaled by the
/// largest stake of the last `memory` epochs.
fn collected_alone(memory: usize) -> u64 {
    let mut folded = vec![Amount(2_000); 8];
    (0..3)
        .map(|_| {
            let largest = folded.iter().rev().take(memory).max().copied().unwrap_or_default();
            folded.push(Amount(100));
            of_epoch(&Limits { stake: Amount(100), largest_stake: largest, ..limits(100, 0, 0) }).total().0
        })
        .sum()
}

// R H1.
#[test]
fn who_finalizes_alone_after_an_outage_gets_only_his_part_15_of_300_measured_by_the_largest_stake_of_eight_epochs() {
    assert_eq!(collected_alone(8), 15);
    assert_eq!(collected_alone(1), 205, "measured by the previous epoch alone");
    assert_eq!(collected_alone(0), 300, "unmeasured");
}

// R H1: for each of up to eight missed epochs.
#[test]
fn the_largest_stake_of_eight_epochs_holds_for_all_epochs_that_can_be_missed() {
    let mut folded = vec![Amount(2_000)];
    for _ in 0..8 {
        let largest = folded.iter().rev().take(8).max().copied().expect("not empty");
        assert_eq!(of_epoch(&limits(100, 100, largest.0)).total(), Amount(5));
        folded.push(Amount(100));
    }
}

// R H1: what is not emitted is not minted, it is not kept for later either.
#[test]
fn more_stake_than_ever_emits_the_fixed_amount_and_no_more() {
    for (stake, largest) in [(0, 0), (1, 0), (5, 5), (6, 5), (u64::MAX, 1)] {
        assert_eq!(of_epoch(&limits(100, stake, largest)).total(), Amount(100));
    }
    assert_eq!(of_epoch(&limits(100, 0, 1)).total(), Amount(0));
}

#[test]
fn an_exhausted_supply_emits_what_is_left_and_then_nothing() {
    let emitted = |available| of_epoch(&Limits { available: Amount(available), ..limits(100, 1, 1) }).total().0;
    assert_eq!((emitted(101), emitted(100), emitted(99), emitted(0)), (100, 100, 99, 0));
}

#[test]
fn keepers_get_their_share_of_what_is_emitted_rounded_down() {
    let keeper_share = Ppm(150_000);
    let full = of_epoch(&Limits { keeper_share, ..limits(99, 1, 1) });
    assert_eq!(full, Emission { providers: Amount(85), keepers: Amount(14), attesters: Amount(0) });
    let scaled = of_epoch(&Limits { keeper_share, ..limits(99, 1, 3) });
    assert_eq!(scaled, Emission { providers: Amount(29), keepers: Amount(4), attesters: Amount(0) });
}

#[test]
fn attesters_get_their_share_of_what_is_emitted_and_never_what_is_the_keepers() {
    let shares =
        |keeper, attester| Limits { keeper_share: Ppm(keeper), attester_share: Ppm(attester), ..limits(99, 1, 1) };
    let parted = of_epoch(&shares(150_000, 20_000));
    assert_eq!(parted, Emission { providers: Amount(84), keepers: Amount(14), attesters: Amount(1) });
    let beyond = of_epoch(&shares(600_000, 600_000));
    assert_eq!(beyond, Emission { providers: Amount(0), keepers: Amount(59), attesters: Amount(40) });
}

// R C9: "minimum delegation earns 10 bounties in 8 epochs at r_min" is judged by this.
#[test]
fn the_least_reward_of_a_thousandth_of_the_supply_is_a_thousandth_of_the_providers_emission() {
    let least = least_reward(Amount(1_000), Amount(10_000), Ppm(150_000), Amount(1_000_000));
    assert_eq!(least, Amount(8));
    assert_eq!(least_reward(Amount(1_000), Amount(10_000), Ppm(1_000_000), Amount(1_000_000)), Amount(0));
    assert_eq!(least_reward(Amount(1_000), Amount(10_000), Ppm(0), Amount(0)), Amount(0));
}

#[test]
fn every_small_emission_is_exact() {
    for per_epoch in 0..24u64 {
        for stake in 0..24u64 {
            for largest in 0..24u64 {
                let scaled = if stake >= largest { per_epoch } else { per_epoch * stake / largest };
                for available in [0, 1, 7, 24] {
                    for keeper_share in [0u32, 1, 333_333, 1_000_000] {
                        let found = of_epoch(&Limits {
                            available: Amount(available),
                            keeper_share: Ppm(keeper_share),
                            ..limits(per_epoch, stake, largest)
                        });
                        let total = scaled.min(available);
                        assert_eq!(found.total().0, total);
                        assert_eq!(found.keepers.0, total * u64::from(keeper_share) / 1_000_000);
                    }
                }
            }
        }
    }
}
