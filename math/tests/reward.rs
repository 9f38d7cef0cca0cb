//! How an epoch's reward reaches a provider, its owner and its delegators.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used)]

mod support;

use num_bigint::BigInt;
use proptest::prelude::*;
use support::{
    MOST, any_amount, any_width, cases,
    exact::{floor, over, product_over, wide},
    part_of,
};
use work_token_math::{
    Amount, Bps, IndexX64, MIN_REWARD_SHARES, Shares,
    mul_div::mul_shift_64,
    reward::{RewardIndex, Split, of_emission, split},
    snapshot::Snapshot,
    weight::effective_delegated,
};

fn snapshot(own: u64, delegated: u64, shares: u64, commission: u16) -> Snapshot {
    Snapshot {
        own_total: Amount(own),
        delegated_total: Amount(delegated),
        own_staked: Amount(own),
        delegated_staked: Amount(delegated),
        delegated_shares: Shares(shares),
        commission: Bps(commission),
    }
}

fn any_snapshot() -> impl Strategy<Value = Snapshot> {
    let shares = prop_oneof![
        prop::sample::select(vec![0, 1, MIN_REWARD_SHARES - 1, MIN_REWARD_SHARES]),
        any_width(),
        any_width(),
    ];
    let commission = prop_oneof![prop::sample::select(vec![0u16, 1, 5_000, 10_000]), 0u16..=5_000];
    (any_amount(), any_amount(), shares, commission)
        .prop_map(|(own, delegated, shares, commission)| snapshot(own, delegated.min(MOST - own), shares, commission))
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn a_providers_part_is_its_exact_share_of_the_weight_rounded_down(
        emission in any_amount(), weight in any_width(), total in any_width(),
    ) {
        let weight = part_of(total, weight);
        let expected = if total == 0 { 0 } else { floor(&product_over(emission, weight, total)).expect("a part") };
        prop_assert_eq!(of_emission(Amount(emission), weight, total), Amount(expected));
    }

    #[test]
    fn the_parts_of_all_providers_never_exceed_the_emission_and_leave_less_than_a_unit_each(
        emission in any_amount(), weights in prop::collection::vec(0u64..1 << 61, 1..8),
    ) {
        let weights: Vec<u64> = weights.into_iter().map(|weight| weight / 8).collect();
        let total: u64 = weights.iter().sum();
        let sum: u64 = weights.iter().map(|&weight| of_emission(Amount(emission), weight, total).0).sum();
        prop_assert!(sum <= emission);
        prop_assert!(total == 0 || emission - sum < weights.len() as u64);
    }

    #[test]
    fn a_split_follows_its_formula_and_its_parts_sum_to_the_reward(
        snapshot in any_snapshot(), emission in any_amount(), fees in any_amount(), leverage in any::<u32>(), low in any::<bool>(),
    ) {
        let leverage = if low { leverage % 20 } else { leverage };
        let parts = split(Amount(emission), Amount(fees), &snapshot, leverage);
        let own = snapshot.own_staked;
        let counted = effective_delegated(own, snapshot.delegated_staked, leverage);
        let all = u128::from(emission) + u128::from(fees);
        let expected = if counted.is_zero() {
            [all, 0, 0, 0]
        } else {
            let eligible = snapshot.delegated_shares.0 >= MIN_REWARD_SHARES;
            let shared = if eligible { all } else { u128::from(emission) };
            let to_own = over(BigInt::from(shared) * BigInt::from(own.0), own.0 + counted.0).floor().to_integer();
            let rest = BigInt::from(shared) - &to_own;
            let commission = (&rest * BigInt::from(snapshot.commission.0)) / BigInt::from(10_000);
            let number = |number: &BigInt| u128::try_from(number.clone()).expect("a reward");
            let (to_own, rest, commission) = (number(&to_own), number(&rest), number(&commission));
            let unshared = all - shared;
            let delegators = rest - commission;
            let own = to_own + commission + unshared;
            if eligible { [own, commission, delegators, 0] } else { [own, commission, 0, delegators] }
        };
        let found = [parts.own, parts.commission, parts.delegated, parts.reclaimed].map(|part| u128::from(part.0));
        prop_assert_eq!(found, expected);
        prop_assert_eq!(found[0] + found[2] + found[3], all);
        prop_assert!(parts.commission <= parts.own);
        prop_assert!(u128::from(parts.reclaimed.0) <= u128::from(emission), "fees are never reclaimed");
    }

    #[test]
    fn a_reward_index_distributes_every_fraction_of_a_unit_and_owes_the_reward(
        rewards in prop::collection::vec((any_amount(), any_width()), 1..20),
    ) {
        let mut index = RewardIndex::default();
        let mut distributed = BigInt::from(0);
        let mut owed = 0u128;
        for (reward, shares) in rewards {
            let Some(next) = index.distribute(Amount(reward), Shares(shares)) else {
                prop_assert!(shares < MIN_REWARD_SHARES);
                continue;
            };
            prop_assert!(shares >= MIN_REWARD_SHARES && next.remainder < shares);
            let step = next.index.0 - index.index.0;
            prop_assert!(step < 1 << 104, "2^(60 + 64 - 20)");
            distributed += BigInt::from(step) * BigInt::from(shares);
            let given = wide(reward, index.remainder);
            prop_assert_eq!(BigInt::from(step) * BigInt::from(shares) + BigInt::from(next.remainder), given);
            owed = (owed + u128::from(reward)).min(u128::from(u64::MAX));
            prop_assert_eq!(u128::from(next.owed.0), owed);
            index = next;
        }
    }

    #[test]
    fn holders_of_all_shares_together_never_earn_more_than_was_distributed_and_lose_less_than_a_unit_each(
        rewards in prop::collection::vec(any_amount(), 1..12), holdings in prop::collection::vec(any_width(), 1..8),
    ) {
        let holdings: Vec<u64> = holdings.into_iter().map(|shares| (shares >> 3).max(MIN_REWARD_SHARES)).collect();
        let shares: u64 = holdings.iter().sum();
        let mut index = RewardIndex::default();
        let mut given = 0u128;
        for reward in rewards {
            index = index.distribute(Amount(reward / 12), Shares(shares)).expect("enough shares");
            given += u128::from(reward / 12);
        }
        let earned: u128 = holdings
            .iter()
            .map(|&shares| u128::from(mul_shift_64(shares, index.index.0).expect("below the supply")))
            .sum();
        prop_assert!(earned <= given);
        // The carried remainder is below 2^64 of 2^-64 units: one unit more.
        prop_assert!(given - earned <= holdings.len() as u128);
    }

    /// MD I10.
    #[test]
    fn a_position_split_in_two_earns_no_more_and_at_most_a_unit_less(
        one in any_width(), other in any_width(), index in any::<u128>(),
    ) {
        let (one, other, index) = (one >> 1, other >> 1, index >> 6);
        let earned = |shares| mul_shift_64(shares, index).map(u128::from);
        if let (Some(one), Some(other), Some(both)) = (earned(one), earned(other), earned(one + other)) {
            prop_assert!(one + other <= both && both <= one + other + 1);
        }
    }

    #[test]
    fn a_payment_never_exceeds_what_is_owed_and_never_fails(owed in any_width(), credited in any_width()) {
        let books = RewardIndex { owed: Amount(owed), ..RewardIndex::default() };
        let (after, paid) = books.pay(Amount(credited));
        prop_assert_eq!(paid.0, credited.min(owed));
        prop_assert_eq!(after, RewardIndex { owed: Amount(owed - paid.0), ..books });
    }
}

#[test]
fn an_index_at_the_end_of_its_range_refuses_instead_of_wrapping() {
    let full = RewardIndex { index: IndexX64(u128::MAX), ..RewardIndex::default() };
    assert_eq!(full.distribute(Amount(1), Shares(MIN_REWARD_SHARES)), None);
    assert!(full.distribute(Amount(0), Shares(MIN_REWARD_SHARES)).is_some());
}

// R C8 (a): the fees of an epoch and its emission are shared once, by the same split.
#[test]
fn fees_and_emission_of_an_epoch_are_shared_by_one_split_of_that_epochs_snapshot() {
    let then = snapshot(1_000, 3_000, 1 << 22, 1_000);
    let parts = split(Amount(700), Amount(100), &then, 16);
    assert_eq!(parts, Split { own: Amount(260), commission: Amount(60), delegated: Amount(540), reclaimed: Amount(0) });
    assert_eq!(parts, split(Amount(0), Amount(800), &then, 16));
}

// R C8: fees reach the provider "weight or no weight".
#[test]
fn fees_of_an_epoch_without_weight_are_settled_all_the_same() {
    let emission = of_emission(Amount(1_000), 0, 5_000);
    let nobody_weighed = of_emission(Amount(1_000), 0, 0);
    assert_eq!((emission, nobody_weighed), (Amount(0), Amount(0)));
    let parts = split(emission, Amount(800), &snapshot(1_000, 3_000, 1 << 22, 0), 16);
    assert_eq!((parts.own, parts.delegated), (Amount(200), Amount(600)));
}

// R C8 (c): own stake that left after the job was accepted must not divide by zero.
#[test]
fn without_counted_stake_the_whole_reward_is_the_owners() {
    for delegated in [0, 3_000] {
        let parts = split(Amount(700), Amount(100), &snapshot(0, delegated, 1 << 22, 1_000), 16);
        assert_eq!(parts, Split { own: Amount(800), ..Split::default() });
    }
    let alone = split(Amount(700), Amount(100), &snapshot(1_000, 0, 0, 1_000), 16);
    assert_eq!(alone, Split { own: Amount(800), ..Split::default() });
}

// R M5.
#[test]
fn the_commission_of_an_epoch_is_the_one_in_its_snapshot() {
    let delegated =
        |commission| split(Amount(1_000), Amount(0), &snapshot(1_000, 1_000, 1 << 20, commission), 16).delegated;
    assert_eq!((delegated(0), delegated(1_000), delegated(5_000)), (Amount(500), Amount(450), Amount(250)));
}

// Rulings, table at the end: "S_rew of an epoch below 2^20".
#[test]
fn with_too_few_eligible_shares_the_delegators_emission_returns_to_the_network_and_the_fees_are_the_owners() {
    let parts = split(Amount(1_000), Amount(90), &snapshot(1_000, 1_000, MIN_REWARD_SHARES - 1, 1_000), 16);
    assert_eq!(parts.own, Amount(500 + 50 + 90));
    assert_eq!((parts.delegated, parts.reclaimed), (Amount(0), Amount(450)));
    let enough = split(Amount(1_000), Amount(90), &snapshot(1_000, 1_000, MIN_REWARD_SHARES, 1_000), 16);
    assert_eq!((enough.own, enough.delegated, enough.reclaimed), (Amount(599), Amount(491), Amount(0)));
}

// Delegations beyond the leverage cap dilute each other, not the owner.
#[test]
fn the_owners_part_never_falls_below_one_part_of_leverage_plus_one() {
    let parts = split(Amount(1_700), Amount(0), &snapshot(1_000, MOST / 2, 1 << 40, 0), 16);
    assert_eq!(parts.own, Amount(100));
}

#[test]
fn every_small_split_is_exact() {
    for (own, delegated, leverage) in
        (0..10u64).flat_map(|own| (0..24u64).flat_map(move |d| (0..4u32).map(move |l| (own, d, l))))
    {
        for (shares, commission) in [
            (0, 0),
            (MIN_REWARD_SHARES - 1, 500),
            (MIN_REWARD_SHARES, 0),
            (MIN_REWARD_SHARES, 3_333),
            (u64::MAX, 5_000),
        ] {
            for (emission, fees) in (0..20u64).flat_map(|emission| (0..8u64).map(move |fees| (emission, fees))) {
                let parts =
                    split(Amount(emission), Amount(fees), &snapshot(own, delegated, shares, commission), leverage);
                let counted = delegated.min(own * u64::from(leverage));
                assert_eq!(parts.own.0 + parts.delegated.0 + parts.reclaimed.0, emission + fees);
                if counted == 0 {
                    assert_eq!(parts.own.0, emission + fees);
                    continue;
                }
                let eligible = shares >= MIN_REWARD_SHARES;
                let shared = if eligible { emission + fees } else { emission };
                let rest = shared - shared * own / (own + counted);
                let delegators = rest - rest * u64::from(commission) / 10_000;
                let (delegated, reclaimed) = if eligible { (delegators, 0) } else { (0, delegators) };
                assert_eq!((parts.delegated.0, parts.reclaimed.0), (delegated, reclaimed));
                assert_eq!(parts.commission.0, rest - delegators);
            }
        }
    }
}
