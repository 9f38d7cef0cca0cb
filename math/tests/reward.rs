//! How an epoch's reward reaches a provider, its owner and its delegators.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used)]

mod support;

use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use support::{
    MOST, any_amount, any_width, cases,
    exact::{floor, over, product_over, whole, wide, zero},
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
        own_kept: Amount(own),
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
    let kept = prop_oneof![1 => Just(1), 1 => any::<u64>()];
    (any_amount(), any_amount(), shares, commission, kept).prop_map(|(own, delegated, shares, commission, kept)| {
        let own_kept = Amount(part_of(own, kept));
        Snapshot { own_kept, ..snapshot(own, delegated.min(MOST - own), shares, commission) }
    })
}

/// The same with somebody delegated, who can be paid.
fn eligible(then: &Snapshot) -> Snapshot {
    let delegated_shares = then.delegated_shares.max(Shares(MIN_REWARD_SHARES));
    Snapshot { delegated_shares, delegated_staked: then.delegated_staked.max(Amount(1)), ..*then }
}

fn leverage() -> impl Strategy<Value = u32> {
    prop_oneof![0u32..20, any::<u32>()]
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
        snapshot in any_snapshot(), emission in any_amount(), fees in any_amount(), leverage in leverage(),
    ) {
        let parts = split(Amount(emission), Amount(fees), &snapshot, leverage);
        let own = snapshot.own_staked;
        let counted = effective_delegated(own, snapshot.delegated_staked, leverage);
        let all = u128::from(emission) + u128::from(fees);
        let is_eligible = snapshot.delegated_shares.0 >= MIN_REWARD_SHARES;
        let expected = if counted.is_zero() && !(own.is_zero() && is_eligible && leverage > 0) {
            [all, 0, 0, 0]
        } else {
            let shared = if is_eligible { fees } else { 0 };
            let (own_side, other_side) =
                if own.is_zero() { (1, u64::from(leverage)) } else { (own.0, counted.0) };
            let kept = snapshot.own_kept.0;
            let of_emission = if kept + counted.0 == 0 { zero() } else { product_over(emission, kept, kept + counted.0) };
            let to_own = of_emission.floor() + product_over(shared, own_side, own_side + other_side).floor();
            let rest = whole(u128::from(emission) + u128::from(shared)) - to_own.clone();
            let commission = (rest.clone() * over(snapshot.commission.0, 10_000)).floor();
            let delegators = rest - commission.clone();
            let number = |number: BigRational| u128::try_from(number.to_integer()).expect("a reward");
            let (to_own, commission, delegators) = (number(to_own), number(commission), number(delegators));
            let own = to_own + commission + u128::from(fees - shared);
            if is_eligible { [own, commission, delegators, 0] } else { [own, commission, 0, delegators] }
        };
        let found = [parts.own, parts.commission, parts.delegated, parts.reclaimed].map(|part| u128::from(part.0));
        prop_assert_eq!(found, expected);
        prop_assert_eq!(found[0] + found[2] + found[3], all);
        prop_assert!(parts.commission <= parts.own);
        prop_assert!(u128::from(parts.reclaimed.0) <= u128::from(emission), "fees are never reclaimed");
    }

    // epoch-settle-4: whoever lowers its own stake before the snapshot gets no more of the fees, down to
    // nothing of it.
    #[test]
    fn less_own_stake_never_earns_its_owner_more_of_the_fees(
        then in any_snapshot(), less in any_width(), fees in any_amount(), leverage in leverage(),
    ) {
        let then = eligible(&then);
        let owners = |own: u64| {
            let own = Amount(own);
            let then = Snapshot { own_staked: own, own_kept: own, ..then };
            split(Amount::ZERO, Amount(fees), &then, leverage.max(1)).own.0
        };
        let own = then.own_staked.0;
        let (whole, some, none) = (owners(own), owners(part_of(own, less)), owners(0));
        prop_assert!(none <= some + 1 && some <= whole + 1, "{none} {some} {whole}");
    }

    // epoch-settle-4: nothing jumps where the last unit of own stake leaves.
    #[test]
    fn fees_without_own_stake_are_shared_as_with_one_unit_of_it(
        then in any_snapshot(), tiny in 1u64..4, fees in any_amount(), leverage in 1u32..1 << 20,
    ) {
        let then = eligible(&then);
        let delegated_staked = then.delegated_staked.max(Amount(tiny * u64::from(leverage)));
        let with = |own: u64| Snapshot { own_staked: Amount(own), own_kept: Amount(own), delegated_staked, ..then };
        let parts = |own| split(Amount::ZERO, Amount(fees), &with(own), leverage);
        prop_assert_eq!(parts(0), parts(tiny));
        let exact = product_over(fees, 1, u64::from(leverage) + 1).floor();
        prop_assert_eq!(whole(parts(0).own.0 - parts(0).commission.0), exact);
    }

    // epoch-record-3, with `weigh`: the emission falls by what left, and the delegators get what they would
    // have got.
    #[test]
    fn an_owner_that_leaves_loses_its_own_part_of_the_emission_and_no_delegator_a_unit_more_than_the_roundings(
        then in any_snapshot(), emission in any_amount(), fees in any_amount(), leverage in leverage(),
    ) {
        let counted = effective_delegated(then.own_staked, then.delegated_staked, leverage);
        prop_assume!(!counted.is_zero());
        let stayed = Snapshot { own_kept: then.own_staked, ..then };
        let (earning, stake) = (then.own_kept.0 + counted.0, then.own_staked.0 + counted.0);
        let earned = Amount(floor(&product_over(emission, earning, stake)).expect("a part"));
        let left = split(earned, Amount(fees), &then, leverage);
        let stayed = split(Amount(emission), Amount(fees), &stayed, leverage);
        let theirs = |of: &Split| of.delegated.0 + of.reclaimed.0;
        prop_assert!(theirs(&left).abs_diff(theirs(&stayed)) <= 2, "{left:?} {stayed:?}");
        prop_assert!(left.own.0 <= stayed.own.0 + 1);
        let fees_alone = split(Amount::ZERO, Amount(fees), &then, leverage);
        if then.own_kept.is_zero() && then.commission.0 == 0 {
            prop_assert!(left.own <= fees_alone.own, "of the emission it gets nothing");
        }
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

    /// position-reward-1.
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

// epoch-settle-4 (a): the fees of an epoch and its emission are shared once, by the same split.
#[test]
fn fees_and_emission_of_an_epoch_are_shared_by_one_split_of_that_epochs_snapshot() {
    let then = snapshot(1_000, 3_000, 1 << 22, 1_000);
    let parts = split(Amount(700), Amount(100), &then, 16);
    assert_eq!(parts, Split { own: Amount(260), commission: Amount(60), delegated: Amount(540), reclaimed: Amount(0) });
    assert_eq!(parts, split(Amount(0), Amount(800), &then, 16));
}

// epoch-settle-4: fees reach the provider "weight or no weight".
#[test]
fn fees_of_an_epoch_without_weight_are_settled_all_the_same() {
    let emission = of_emission(Amount(1_000), 0, 5_000);
    let nobody_weighed = of_emission(Amount(1_000), 0, 0);
    assert_eq!((emission, nobody_weighed), (Amount(0), Amount(0)));
    let parts = split(emission, Amount(800), &snapshot(1_000, 3_000, 1 << 22, 0), 16);
    assert_eq!((parts.own, parts.delegated), (Amount(200), Amount(600)));
}

// epoch-settle-4. Without own stake the emission is nothing, because such a provider has no weight.
#[test]
fn without_own_stake_the_fees_are_shared_one_to_leverage_less_commission() {
    let parts = split(Amount(0), Amount(1_700), &snapshot(0, 3_000, 1 << 22, 1_000), 16);
    assert_eq!(
        parts,
        Split { own: Amount(260), commission: Amount(160), delegated: Amount(1_440), ..Split::default() }
    );
    let two = split(Amount(0), Amount(1_700), &snapshot(0, 3_000, 1 << 22, 0), 1);
    assert_eq!((two.own, two.delegated), (Amount(850), Amount(850)));
    // Ten times its stake is delegated: before, after, and while its own stake is away.
    let fees = Amount(1_100_000);
    let with = split(Amount(0), fees, &snapshot(1_000, 10_000, 1 << 22, 0), 16);
    let without = split(Amount(0), fees, &snapshot(0, 10_000, 1 << 22, 0), 16);
    assert_eq!((with.delegated, without.delegated), (Amount(1_000_000), Amount(1_035_295)));
}

// epoch-settle-4 (c): own stake that left after the job was accepted must not divide by zero.
#[test]
fn where_nobody_is_delegated_the_whole_reward_is_the_owners() {
    for (own, delegated, shares, leverage) in [
        (0, 0, 0, 16),
        (0, 3_000, MIN_REWARD_SHARES - 1, 16),
        (0, 3_000, 1 << 22, 0),
        (1_000, 0, 0, 16),
        (1_000, 3_000, 1 << 22, 0),
    ] {
        let parts = split(Amount(700), Amount(100), &snapshot(own, delegated, shares, 1_000), leverage);
        assert_eq!(parts, Split { own: Amount(800), ..Split::default() });
    }
}

// epoch-record-3.
#[test]
fn the_own_part_of_the_emission_goes_by_what_stayed_and_that_of_the_fees_by_what_was_there_when_the_epoch_began() {
    let parts = |kept, emission| {
        let then = Snapshot { own_kept: Amount(kept), ..snapshot(1_000, 3_000, 1 << 22, 0) };
        let parts = split(Amount(emission), Amount(400), &then, 16);
        (parts.own.0, parts.delegated.0)
    };
    // The emission of 4,000 of stake, of 3,500 and of 3,000.
    assert_eq!(
        [parts(1_000, 8_000), parts(500, 7_000), parts(0, 6_000)],
        [(2_000 + 100, 6_000 + 300), (1_000 + 100, 6_000 + 300), (100, 6_000 + 300)]
    );
}

// provider-commission-3.
#[test]
fn the_commission_of_an_epoch_is_the_one_in_its_snapshot() {
    let delegated =
        |commission| split(Amount(1_000), Amount(0), &snapshot(1_000, 1_000, 1 << 20, commission), 16).delegated;
    assert_eq!((delegated(0), delegated(1_000), delegated(5_000)), (Amount(500), Amount(450), Amount(250)));
}

// "S_rew of an epoch below 2^20".
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
    let owns = (0..8u64).flat_map(|own| (0..=own).map(move |kept| (own, kept)));
    for ((own, kept), delegated) in owns.flat_map(|own| (0..20u64).map(move |delegated| (own, delegated))) {
        for (leverage, shares, commission) in [
            (0, u64::MAX, 500),
            (1, MIN_REWARD_SHARES - 1, 500),
            (1, MIN_REWARD_SHARES, 0),
            (2, MIN_REWARD_SHARES, 3_333),
            (3, u64::MAX, 5_000),
        ] {
            let then = Snapshot { own_kept: Amount(kept), ..snapshot(own, delegated, shares, commission) };
            for (emission, fees) in (0..16u64).flat_map(|emission| (0..12u64).map(move |fees| (emission, fees))) {
                let parts = split(Amount(emission), Amount(fees), &then, leverage);
                let expected = expected_parts((own, kept, delegated), (emission, fees), (leverage, shares, commission));
                assert_eq!(parts, expected, "{then:?} {emission} {fees} {leverage}");
            }
        }
    }
}

fn expected_parts(
    (own, kept, delegated): (u64, u64, u64),
    (emission, fees): (u64, u64),
    (leverage, shares, commission): (u32, u64, u16),
) -> Split {
    let leverage = u64::from(leverage);
    let counted = delegated.min(own * leverage);
    let is_eligible = shares >= MIN_REWARD_SHARES;
    if counted == 0 && (own > 0 || !is_eligible || leverage == 0) {
        return Split { own: Amount(emission + fees), ..Split::default() };
    }
    let shared = if is_eligible { fees } else { 0 };
    let of_fees = if own == 0 { shared / (1 + leverage) } else { shared * own / (own + counted) };
    let of_emission = (emission * kept).checked_div(kept + counted).unwrap_or(0);
    let rest = emission + shared - of_fees - of_emission;
    let commission = rest * u64::from(commission) / 10_000;
    let (delegated, reclaimed) = if is_eligible { (rest - commission, 0) } else { (0, rest - commission) };
    let own = of_fees + of_emission + commission + fees - shared;
    Split {
        own: Amount(own),
        commission: Amount(commission),
        delegated: Amount(delegated),
        reclaimed: Amount(reclaimed),
    }
}
