//! How much a provider counts.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::cast_possible_truncation)]

mod support;

use proptest::prelude::*;
use support::{
    MOST, any_amount, any_width, cases,
    exact::{over, product_over, whole, zero},
    part_of,
};
use work_token_math::{
    Amount, Bps, Ppm,
    weight::{Stake, Weighed, WeightRules, effective_delegated, less_maintenance, weigh},
};

const FULL_SCORE: Ppm = Ppm(1_000_000);
const FULL_TIER: Bps = Bps(10_000);

fn uncapped(leverage: u32) -> WeightRules {
    WeightRules { leverage, share_cap: Ppm(200_000), stake_before: Amount::ZERO }
}

/// Own and delegated stake that one supply can hold.
fn stakes() -> impl Strategy<Value = (u64, u64)> {
    (any_amount(), any_amount()).prop_map(|(own, delegated)| (own, delegated.min(MOST - own)))
}

fn score() -> impl Strategy<Value = u32> {
    prop_oneof![prop::sample::select(vec![0, 1, 10_000, 999_999, 1_000_000]), 0u32..=1_000_000]
}

fn tier() -> impl Strategy<Value = u16> {
    prop_oneof![prop::sample::select(vec![0, 1, 9_999, 10_000, 10_001, 15_000]), 0u16..=15_000]
}

fn leverage() -> impl Strategy<Value = u32> {
    prop_oneof![prop::sample::select(vec![0, 1, 16, 64, 65, u32::MAX]), 0u32..128, any::<u32>()]
}

proptest! {
    #![proptest_config(cases(4_000))]

    // epoch-weigh-1: what left within the epoch is taken off after the cap, so that stake beyond it does not
    // leave for nothing.
    #[test]
    fn a_weight_is_stake_below_the_cap_times_the_part_that_stayed_times_score_times_tier_each_rounded_down(
        (own, delegated) in stakes(), kept in any_width(), score in score(), tier in tier(), leverage in leverage(),
        cap in 0u32..=1_000_000, stake_before in any_amount(),
    ) {
        let rules = WeightRules { leverage, share_cap: Ppm(cap), stake_before: Amount(stake_before) };
        let kept = part_of(own, kept);
        let counted = whole(delegated).min(whole(own) * whole(leverage));
        let (stake, earning) = (whole(own) + counted.clone(), whole(kept) + counted);
        let cap = (whole(stake_before) * over(cap, 1_000_000)).floor();
        let capped = if stake_before == 0 { stake.clone() } else { stake.clone().min(cap) };
        let stayed = if own == 0 { capped } else { (capped * earning.clone() / stake.clone()).floor() };
        let weight = ((stayed * over(score, 1_000_000)).floor() * over(tier, 10_000)).floor();
        let of = Stake { own: Amount(own), own_kept: Amount(kept), delegated: Amount(delegated) };
        let weighed = weigh(&of, Ppm(score), Bps(tier), &rules);
        prop_assert_eq!(whole(weighed.stake.0), stake);
        prop_assert_eq!(whole(weighed.earning.0), earning);
        prop_assert_eq!(whole(weighed.weight), weight);
        prop_assert!(weighed.earning <= weighed.stake && weighed.weight < 1 << 61);
    }

    // epoch-record-3: the owner's leaving costs the owner alone. The delegators' part of the weight is that
    // of counted / earning.
    #[test]
    fn what_an_owner_lets_leave_takes_its_own_part_and_leaves_its_delegators_theirs(
        (own, delegated) in stakes(), kept in any_width(), more in any_width(), score in score(), tier in tier(),
        leverage in leverage(), cap in 0u32..=1_000_000, stake_before in any_amount(),
    ) {
        let rules = WeightRules { leverage, share_cap: Ppm(cap), stake_before: Amount(stake_before) };
        let counted = effective_delegated(Amount(own), Amount(delegated), leverage).0;
        let weigh = |kept| {
            let of = Stake { own: Amount(own), own_kept: Amount(kept), delegated: Amount(delegated) };
            weigh(&of, Ppm(score), Bps(tier), &rules)
        };
        let less = part_of(own, kept);
        let more = less + part_of(own - less, more);
        let (all, less, more) = (weigh(own), weigh(less), weigh(more));
        prop_assert!(less.weight <= more.weight && more.weight <= all.weight);
        prop_assert!(less.stake == all.stake && more.stake == all.stake, "what is folded never depends on it");
        let theirs = |of: &Weighed| {
            if of.earning.is_zero() { zero() } else { product_over(of.weight, counted, of.earning.0) }
        };
        // Three roundings down, the first of which the tier makes a unit and a half at most.
        prop_assert!(theirs(&less) <= theirs(&all) + whole(4) && theirs(&all) <= theirs(&less) + whole(4));
    }

    #[test]
    fn more_kept_than_there_was_counts_for_no_more(
        (own, delegated) in stakes(), kept in any_width(), leverage in leverage(),
    ) {
        let of = Stake { own_kept: Amount(own.saturating_add(kept)), ..Stake::kept(Amount(own), Amount(delegated)) };
        let kept = Stake::kept(Amount(own), Amount(delegated));
        let weigh = |of| weigh(of, FULL_SCORE, FULL_TIER, &uncapped(leverage));
        prop_assert_eq!(weigh(&of), weigh(&kept));
        prop_assert_eq!(weigh(&kept).earning, weigh(&kept).stake);
    }

    // epoch-weigh-2: such a deposit is accepted and counts for nothing.
    #[test]
    fn delegated_stake_beyond_the_leverage_cap_earns_no_weight(
        own in any_amount(), delegated in any_width(), leverage in leverage(),
    ) {
        let most = u128::from(own) * u128::from(leverage);
        let expected = u128::from(delegated).min(most) as u64;
        prop_assert_eq!(effective_delegated(Amount(own), Amount(delegated), leverage), Amount(expected));
    }

    #[test]
    fn weight_grows_with_stake_score_and_tier(
        (own, delegated) in stakes(), more in any_amount(), score in score(), tier in tier(), leverage in leverage(),
    ) {
        let rules = uncapped(leverage);
        let weight = |own, delegated, score, tier| {
            weigh(&Stake::kept(Amount(own), Amount(delegated)), Ppm(score), Bps(tier), &rules).weight
        };
        let base = weight(own, delegated, score, tier);
        let more = more.min(MOST - own - delegated);
        prop_assert!(weight(own + more, delegated, score, tier) >= base);
        prop_assert!(weight(own, delegated + more, score, tier) >= base);
        prop_assert!(weight(own, delegated, 1_000_000, tier) >= base);
        prop_assert!(weight(own, delegated, score, 15_000) >= base);
    }

    #[test]
    fn below_the_share_cap_splitting_an_identity_gains_nothing_and_merging_gains_a_unit_per_identity_and_rounding(
        parts in prop::collection::vec((stakes(), any_width()), 1..12), score in score(), tier in tier(),
        leverage in leverage(),
    ) {
        let identities = parts.len() as u64;
        let rules = uncapped(leverage);
        let parts = parts.iter().map(|((own, delegated), kept)| {
            let own = own / identities;
            let own_kept = Amount(part_of(own, *kept));
            Stake { own: Amount(own), own_kept, delegated: Amount(delegated / identities) }
        });
        let parts: Vec<Stake> = parts.collect();
        let split: Vec<Weighed> = parts.iter().map(|of| weigh(of, Ppm(score), Bps(tier), &rules)).collect();
        let merged = parts.iter().fold(Stake::default(), |sum, part| Stake {
            own: sum.own.saturating_add(part.own),
            own_kept: sum.own_kept.saturating_add(part.own_kept),
            delegated: sum.delegated.saturating_add(part.delegated),
        });
        let merged = weigh(&merged, Ppm(score), Bps(tier), &rules);
        let weights: u64 = split.iter().map(|weighed| weighed.weight).sum();
        prop_assert!(weights <= merged.weight);
        prop_assert!(split.iter().map(|weighed| weighed.earning.0).sum::<u64>() <= merged.earning.0);
        // Merging can put own stake to use for another's delegations; on equal counted stake it only gains
        // the roundings: one of the score, worth up to 1.5 after the tier, and one of the tier.
        if split.iter().map(|weighed| weighed.stake.0).sum::<u64>() == merged.stake.0 {
            prop_assert!(2 * merged.weight <= 2 * weights + 5 * identities);
        }
    }

    #[test]
    fn equal_stake_weighs_equally_however_it_is_owned(
        own in 1..=MOST / 17, delegated in any_amount(), score in score(), tier in tier(),
    ) {
        let delegated = delegated.min(16 * own).min(MOST - own);
        let rules = uncapped(16);
        let mixed = weigh(&Stake::kept(Amount(own), Amount(delegated)), Ppm(score), Bps(tier), &rules);
        let alone = Stake::kept(Amount(own + delegated), Amount::ZERO);
        let alone = weigh(&alone, Ppm(score), Bps(tier), &rules);
        prop_assert_eq!(mixed, alone);
    }
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn maintenance_takes_its_part_of_the_weight_and_a_whole_epoch_of_it_all(
        weight in any_width(), maintenance in any::<u32>(), length in 1..=u32::MAX, choice in any::<u64>(),
    ) {
        for maintenance in [maintenance, part_of(length.into(), choice) as u32] {
            let served = length.saturating_sub(maintenance);
            let exact = (whole(weight) * over(served, length)).floor();
            prop_assert_eq!(whole(less_maintenance(weight, maintenance, length)), exact);
        }
    }

    #[test]
    fn splitting_an_identity_in_maintenance_gains_nothing(
        weights in prop::collection::vec(any_amount(), 1..8), maintenance in 0u32..90_000,
    ) {
        let whole: u64 = weights.iter().sum();
        let parts: u64 = weights.iter().map(|weight| less_maintenance(*weight, maintenance, 86_400)).sum();
        let merged = less_maintenance(whole, maintenance, 86_400);
        prop_assert!(parts <= merged && merged < parts + weights.len() as u64);
    }
}

#[test]
fn an_epoch_without_maintenance_keeps_its_weight_and_one_without_length_has_none_to_serve() {
    assert_eq!([less_maintenance(9, 0, 10), less_maintenance(9, 0, 0), less_maintenance(9, 1, 0)], [9, 9, 0]);
    assert_eq!([0, 1, 5, 9, 10, 11].map(|secs| less_maintenance(100, secs, 10)), [100, 90, 50, 10, 0, 0]);
}

#[test]
fn the_leverage_cap_is_exact_where_its_product_leaves_57_60_and_64_bits() {
    for bits in [56, 57, 58, 59, 60, 63] {
        for own in [(1u64 << bits) - 1, 1 << bits, (1 << bits) + 1] {
            for leverage in 0..=130u32 {
                let most = u128::from(own) * u128::from(leverage);
                for delegated in [0, MOST, u64::MAX] {
                    let expected = u128::from(delegated).min(most) as u64;
                    assert_eq!(effective_delegated(Amount(own), Amount(delegated), leverage), Amount(expected));
                }
            }
        }
    }
}

// epoch-weigh-3.
#[test]
fn the_first_epoch_and_one_after_an_empty_network_have_no_share_cap() {
    let rules = WeightRules { leverage: 16, share_cap: Ppm(200_000), stake_before: Amount::ZERO };
    let weighed = weigh(&Stake::kept(Amount(1_000), Amount(0)), FULL_SCORE, FULL_TIER, &rules);
    assert_eq!(weighed, Weighed { stake: Amount(1_000), earning: Amount(1_000), weight: 1_000 });
}

// epoch-weigh-3: folding the capped stake would shrink the total, and with it the cap, to zero.
#[test]
fn the_stake_that_is_folded_is_the_one_before_the_share_cap_so_the_cap_never_shrinks_itself() {
    let mut stake_before = Amount(1_000);
    for _ in 0..50 {
        let rules = WeightRules { leverage: 16, share_cap: Ppm(200_000), stake_before };
        let weighed = weigh(&Stake::kept(Amount(1_000), Amount::ZERO), FULL_SCORE, FULL_TIER, &rules);
        assert_eq!(weighed, Weighed { stake: Amount(1_000), earning: Amount(1_000), weight: 200 });
        stake_before = weighed.stake;
    }
}

// epoch-weigh-3: the cap protects against accident, not against intent.
#[test]
fn above_the_share_cap_forty_percent_count_as_twenty_and_as_forty_when_split() {
    let rules = WeightRules { leverage: 16, share_cap: Ppm(200_000), stake_before: Amount(1_000) };
    let weight = |own| weigh(&Stake::kept(Amount(own), Amount::ZERO), FULL_SCORE, FULL_TIER, &rules).weight;
    assert_eq!((weight(400), 2 * weight(200)), (200, 400));
}

// epoch-record-3, at the cap: 400 of 1,000 count as 200. An owner whose 200 left would lose nothing were the
// rest capped, and its delegators (it may be one of them) would get all of it.
#[test]
fn at_the_share_cap_an_owner_that_leaves_loses_its_part_and_its_delegators_gain_nothing() {
    let rules = WeightRules { leverage: 16, share_cap: Ppm(200_000), stake_before: Amount(1_000) };
    let weigh = |own_kept| {
        let of = Stake { own: Amount(200), own_kept: Amount(own_kept), delegated: Amount(200) };
        weigh(&of, FULL_SCORE, FULL_TIER, &rules)
    };
    let (stayed, half, left) = (weigh(200), weigh(100), weigh(0));
    assert_eq!(stayed, Weighed { stake: Amount(400), earning: Amount(400), weight: 200 });
    assert_eq!(half, Weighed { stake: Amount(400), earning: Amount(300), weight: 150 });
    assert_eq!(left, Weighed { stake: Amount(400), earning: Amount(200), weight: 100 });
}

#[test]
fn every_small_weight_is_exact() {
    let scores_and_tiers = [(1_000_000, 10_000), (999_999, 10_000), (500_000, 15_000), (333_333, 1), (0, 10_000)];
    for (own, kept) in (0..12u64).flat_map(|own| (0..=own).map(move |kept| (own, kept))) {
        for (delegated, leverage) in (0..30u64).flat_map(|delegated| (0..4u32).map(move |it| (delegated, it))) {
            let counted = delegated.min(own * u64::from(leverage));
            let (stake, earning) = (own + counted, kept + counted);
            let of = Stake { own: Amount(own), own_kept: Amount(kept), delegated: Amount(delegated) };
            for stake_before in [0u64, 1, 4, 5, 30, 1_000] {
                let rules = WeightRules { leverage, share_cap: Ppm(200_000), stake_before: Amount(stake_before) };
                let capped = if stake_before == 0 { stake } else { stake.min(stake_before / 5) };
                let stayed = (capped * earning).checked_div(stake).unwrap_or(0);
                for (score, tier) in scores_and_tiers {
                    let weight = stayed * score / 1_000_000 * tier / 10_000;
                    assert_eq!(
                        weigh(&of, Ppm(score as u32), Bps(tier as u16), &rules),
                        Weighed { stake: Amount(stake), earning: Amount(earning), weight }
                    );
                }
            }
        }
    }
}
