//! What an epoch hands out.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used)]

mod support;

use num_rational::BigRational;
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

/// All that got weight is attested, too.
fn limits(per_epoch: u64, weighted: u64, largest_stake: u64) -> Limits {
    Limits {
        per_epoch: Amount(per_epoch),
        available: Amount(u64::MAX),
        weighted: Amount(weighted),
        attested: Amount(weighted),
        largest_stake: Amount(largest_stake),
        keeper_share: Ppm(0),
        attester_share: Ppm(0),
    }
}

fn any_limits() -> impl Strategy<Value = Limits> {
    let stakes = (any_amount(), any_amount(), any_amount());
    (any_amount(), prop_oneof![Just(u64::MAX), any_amount()], stakes, share(), share()).prop_map(
        |(per_epoch, available, (weighted, attested, largest), keeper, attester)| Limits {
            per_epoch: Amount(per_epoch),
            available: Amount(available),
            weighted: Amount(weighted),
            attested: Amount(attested),
            largest_stake: Amount(largest),
            keeper_share: Ppm(keeper),
            attester_share: Ppm(attester),
        },
    )
}

/// Providers in places of one epoch: stake, and weight or none.
fn providers() -> impl Strategy<Value = Vec<(u64, bool)>> {
    prop::collection::vec((any_amount().prop_map(|stake| stake / 16), any::<bool>()), 1..12)
}

/// What each gets when weight is stake, and what keepers and attesters get.
fn shared_out(limits: &Limits, providers: &[(u64, bool)]) -> (Vec<u64>, Emission) {
    let weight = |(stake, weighs): &(u64, bool)| if *weighs { *stake } else { 0 };
    let weighted: u64 = providers.iter().map(weight).sum();
    let emission = of_epoch(&Limits { weighted: Amount(weighted), attested: Amount(weighted), ..*limits });
    let part = |of: &(u64, bool)| of_emission(emission.providers, weight(of), weighted).0;
    (providers.iter().map(part).collect(), emission)
}

fn share() -> impl Strategy<Value = u32> {
    prop_oneof![prop::sample::select(vec![0, 1, 150_000, 999_999, 1_000_000]), 0u32..=1_000_000]
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn each_part_of_an_emission_is_its_share_of_the_fixed_amount_scaled_by_its_own_stake(limits in any_limits()) {
        let found = of_epoch(&limits);
        let part = |share: Ppm| (whole(limits.per_epoch.0) * over(share.0, 1_000_000)).floor();
        let keepers = part(limits.keeper_share);
        let attesters = part(limits.attester_share).min(whole(limits.per_epoch.0) - keepers.clone());
        let providers = whole(limits.per_epoch.0) - keepers.clone() - attesters.clone();
        let scaled = |amount: BigRational, stake: Amount| {
            let largest = limits.largest_stake;
            let scale = if largest.is_zero() { whole(1) } else { over(stake.0, largest.0).min(whole(1)) };
            (amount * scale).floor()
        };
        let [providers, keepers] = [providers, keepers].map(|amount| scaled(amount, limits.weighted));
        let attesters = scaled(attesters, limits.attested);
        let all = providers.clone() + keepers.clone() + attesters.clone();
        let available = whole(limits.available.0);
        if all <= available {
            let parts = [found.providers, found.keepers, found.attesters].map(|amount| whole(amount.0));
            prop_assert_eq!(parts, [providers, keepers, attesters]);
        } else {
            // What is there is shared in their proportion; the providers get the dust.
            let cut = |amount: BigRational| (available.clone() * amount / all.clone()).floor();
            prop_assert_eq!(whole(found.keepers.0), cut(keepers));
            prop_assert_eq!(whole(found.attesters.0), cut(attesters));
            prop_assert_eq!(found.total(), limits.available);
        }
        let total = found.total();
        prop_assert_eq!(found.providers.0 + found.keepers.0 + found.attesters.0, total.0);
        prop_assert!(total <= limits.available && total <= limits.per_epoch);
    }

    #[test]
    fn more_stake_that_weighs_or_is_attested_never_emits_less_and_the_attested_never_alters_the_others(
        limits in any_limits(), weighted in any_amount(), attested in any_amount(),
    ) {
        let limits = Limits { available: Amount(u64::MAX), ..limits };
        let more = of_epoch(&Limits {
            weighted: limits.weighted.max(Amount(weighted)),
            attested: limits.attested.max(Amount(attested)),
            ..limits
        });
        let less = of_epoch(&limits);
        prop_assert!(less.providers <= more.providers && less.keepers <= more.keepers);
        prop_assert!(less.attesters <= more.attesters);
        let silent = of_epoch(&Limits { attested: Amount::ZERO, ..limits });
        prop_assert_eq!((silent.providers, silent.keepers), (less.providers, less.keepers));
        prop_assert!(limits.largest_stake.is_zero() || silent.attesters.is_zero());
    }

    // epoch-emission-1: for any set of providers and any set of them that loses its weight. Equal scores:
    // between unequal ones the shares of those who are left go by their scores among themselves, of an
    // emission that is smaller by stake.
    #[test]
    fn nobodys_part_rises_when_anothers_weight_falls_away(
        limits in any_limits(), providers in providers(), keeps in any::<u16>(), before in any_amount(),
    ) {
        let folded: u64 = providers.iter().map(|(stake, _)| stake).sum();
        let largest_stake = Amount(folded.max(before));
        let limits = Limits { available: Amount(u64::MAX), largest_stake, ..limits };
        let fallen: Vec<_> = (0..).zip(&providers).map(|(place, it)| (it.0, it.1 && keeps >> place & 1 == 1)).collect();
        let (had, all) = shared_out(&limits, &providers);
        let (has, fewer) = shared_out(&limits, &fallen);
        for ((had, has), (stake, weighs)) in had.iter().zip(&has).zip(&fallen) {
            // Two roundings down, which fall otherwise with other sums.
            prop_assert!(!weighs || *has <= had + 1, "{stake}: {had} before, {has} after");
        }
        prop_assert!(fewer.keepers <= all.keepers && fewer.attesters <= all.attesters);
    }

    // epoch-emission-1: whatever scores and tiers make of the weights, those who are left get no more than
    // their stake's part together.
    #[test]
    fn those_who_weigh_get_no_more_together_than_their_part_of_the_largest_stake(
        limits in any_limits(), providers in providers(),
    ) {
        let folded: u64 = providers.iter().map(|(stake, _)| stake).sum();
        prop_assume!(folded > 0);
        let limits = Limits { largest_stake: Amount(folded), ..limits };
        let (parts, _) = shared_out(&limits, &providers);
        let weighted: u64 = providers.iter().filter(|(_, weighs)| *weighs).map(|(stake, _)| stake).sum();
        prop_assert!(whole(parts.iter().sum::<u64>()) <= product_over(limits.per_epoch.0, weighted, folded));
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

/// What a lone finalizer with 5 % of the stake collects in three epochs after an outage, when an epoch is
/// scaled by the largest stake of the last `memory` epochs.
fn collected_alone(memory: usize) -> u64 {
    let mut folded = vec![Amount(2_000); 8];
    (0..3)
        .map(|_| {
            let largest = folded.iter().rev().take(memory).max().copied().unwrap_or_default();
            folded.push(Amount(100));
            of_epoch(&limits(100, 100, largest.0)).total().0
        })
        .sum()
}

// epoch-emission-1.
#[test]
fn who_finalizes_alone_after_an_outage_gets_only_his_part_15_of_300_measured_by_the_largest_stake_of_eight_epochs() {
    assert_eq!(collected_alone(8), 15);
    assert_eq!(collected_alone(1), 205, "measured by the previous epoch alone");
    assert_eq!(collected_alone(0), 300, "unmeasured");
}

// epoch-emission-1: for each of up to eight missed epochs.
#[test]
fn the_largest_stake_of_eight_epochs_holds_for_all_epochs_that_can_be_missed() {
    let mut folded = vec![Amount(2_000)];
    for _ in 0..8 {
        let largest = folded.iter().rev().take(8).max().copied().expect("not empty");
        assert_eq!(of_epoch(&limits(100, 100, largest.0)).total(), Amount(5));
        folded.push(Amount(100));
    }
}

// epoch-emission-1: what is not emitted is not minted, it is not kept for later either.
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
fn keepers_get_their_share_scaled_and_rounded_down() {
    let keeper_share = Ppm(150_000);
    let full = of_epoch(&Limits { keeper_share, ..limits(99, 1, 1) });
    assert_eq!(full, Emission { providers: Amount(85), keepers: Amount(14), attesters: Amount(0) });
    let scaled = of_epoch(&Limits { keeper_share, ..limits(99, 1, 3) });
    assert_eq!(scaled, Emission { providers: Amount(28), keepers: Amount(4), attesters: Amount(0) });
}

#[test]
fn attesters_get_their_share_and_never_what_is_the_keepers() {
    let shares =
        |keeper, attester| Limits { keeper_share: Ppm(keeper), attester_share: Ppm(attester), ..limits(99, 1, 1) };
    let parted = of_epoch(&shares(150_000, 20_000));
    assert_eq!(parted, Emission { providers: Amount(84), keepers: Amount(14), attesters: Amount(1) });
    let beyond = of_epoch(&shares(600_000, 600_000));
    assert_eq!(beyond, Emission { providers: Amount(0), keepers: Amount(59), attesters: Amount(40) });
}

// network-params-12: "minimum delegation earns 10 bounties in 8 epochs at r_min" is judged by this.
#[test]
fn the_least_reward_of_a_thousandth_of_the_supply_is_a_thousandth_of_the_providers_emission() {
    let least = least_reward(Amount(1_000), Amount(10_000), Ppm(150_000), Amount(1_000_000));
    assert_eq!(least, Amount(8));
    assert_eq!(least_reward(Amount(1_000), Amount(10_000), Ppm(1_000_000), Amount(1_000_000)), Amount(0));
    assert_eq!(least_reward(Amount(1_000), Amount(10_000), Ppm(0), Amount(0)), Amount(0));
}

// epoch-emission-1, with its numbers: an incumbent of 10,000,000 that cannot be scored, and a newcomer with
// 10,000.
#[test]
fn a_newcomer_at_the_switch_of_metrics_gets_its_thousandth_and_no_more() {
    let newcomer = limits(99_000, 10_000, 10_010_000);
    assert_eq!(of_epoch(&newcomer).providers, Amount(98));
    let both = of_epoch(&limits(99_000, 10_010_000, 10_010_000)).providers;
    assert_eq!(of_emission(both, 10_000, 10_010_000), Amount(98));
}

// epoch-emission-1: the attesters of a shard that nobody scored are paid nothing for it; the other parts do
// not notice.
#[test]
fn attesters_are_paid_for_the_stake_that_they_had_a_value_for() {
    let shares = Limits { keeper_share: Ppm(100_000), attester_share: Ppm(200_000), ..limits(1_000, 80, 100) };
    let attesters = |attested| of_epoch(&Limits { attested: Amount(attested), ..shares });
    assert_eq!(attesters(80), Emission { providers: Amount(560), keepers: Amount(80), attesters: Amount(160) });
    assert_eq!(attesters(40), Emission { attesters: Amount(80), ..attesters(80) });
    assert_eq!(attesters(0), Emission { attesters: Amount(0), ..attesters(80) });
}

#[test]
fn what_the_supply_can_give_is_shared_in_the_parts_proportion_and_the_providers_get_the_dust() {
    let emitted = |available| {
        let shares = Limits { keeper_share: Ppm(200_000), attester_share: Ppm(100_000), ..limits(10, 1, 1) };
        let emission = of_epoch(&Limits { available: Amount(available), ..shares });
        [emission.providers.0, emission.keepers.0, emission.attesters.0]
    };
    assert_eq!(
        [11, 10, 9, 8, 7, 6, 0].map(emitted),
        [[7, 2, 1], [7, 2, 1], [8, 1, 0], [7, 1, 0], [6, 1, 0], [5, 1, 0], [0, 0, 0]]
    );
}

#[test]
fn every_small_emission_is_exact() {
    let stakes = (0..16u64).flat_map(|weighted| (0..16u64).map(move |largest| (weighted, largest)));
    for (per_epoch, (weighted, largest)) in stakes.flat_map(|stakes| (0..20u64).map(move |it| (it, stakes))) {
        for (attested, available) in [(0, 20), (3, 20), (weighted, 1), (weighted, 7), (15, 20)] {
            for (keeper_share, attester_share) in [(0u32, 0u32), (150_000, 333_333), (700_000, 700_000)] {
                let found = of_epoch(&Limits {
                    available: Amount(available),
                    attested: Amount(attested),
                    keeper_share: Ppm(keeper_share),
                    attester_share: Ppm(attester_share),
                    ..limits(per_epoch, weighted, largest)
                });
                let keepers = per_epoch * u64::from(keeper_share) / 1_000_000;
                let attesters = (per_epoch * u64::from(attester_share) / 1_000_000).min(per_epoch - keepers);
                let scaled = |amount: u64, stake: u64| if stake >= largest { amount } else { amount * stake / largest };
                let providers = scaled(per_epoch - keepers - attesters, weighted);
                let (keepers, attesters) = (scaled(keepers, weighted), scaled(attesters, attested));
                let all = providers + keepers + attesters;
                let cut = |amount: u64| if all > available { available * amount / all } else { amount };
                let (keepers, attesters) = (cut(keepers), cut(attesters));
                let providers = if all > available { available - keepers - attesters } else { providers };
                let expected =
                    Emission { providers: Amount(providers), keepers: Amount(keepers), attesters: Amount(attesters) };
                assert_eq!(found, expected, "{per_epoch} {weighted} {largest} {attested} {available}");
            }
        }
    }
}
