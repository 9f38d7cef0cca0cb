//! How large a bond must be, what jurors are paid and bind, and who bears an appeal (dispute-bond-1,
//! dispute-layer-2 row H with dispute-appeal-2, jury-size-1, dispute-bond-2, dispute-open-4,
//! dispute-appeal-1, dispute-appeal-3).
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use proptest::prelude::*;
use support::{
    any_amount, any_width, cases,
    dispute::sum,
    exact::{ceil, floor, over, product_over},
    part_of,
};
use work_token_math::{
    Amount, Bps,
    dispute::{
        BondTerms, Changed, MAX_SEVERITY, ROUNDS, ballot_fee, ballot_lock, first_jury_cost, forfeited_deposit,
        juror_fee, jury_cost, largest_deposit, raising_bond, required_bond, settle_appeal, sizes,
    },
};

const EVERY_CHANGE: [Changed; 4] = [Changed::Raised, Changed::Lowered, Changed::Stands, Changed::Open];

/// Two appeals in the order challenger, provider, challengers' defence, provider's defence; an appellant pays
/// 140.
fn settled(pots: [u64; 4], jury: u64, changed: Changed) -> [u64; 4] {
    let back = settle_appeal(pots.map(Amount), Amount(140), Amount(jury), changed);
    assert_eq!(sum(&back) + jury, pots.iter().sum::<u64>(), "conserved");
    back.map(|amount| amount.0)
}

// Row H with dispute-appeal-2: a side that funded alone bears the cost, whoever wins, and wins nothing.
#[test]
fn h_an_appeal_held_alone_costs_its_side_the_jury_and_brings_it_nothing() {
    for changed in EVERY_CHANGE {
        assert_eq!(settled([140, 0, 0, 0], 61, changed), [79, 0, 0, 0]);
        assert_eq!(settled([0, 140, 0, 0], 61, changed), [0, 79, 0, 0]);
    }
}

#[test]
fn h_when_an_appeal_was_defended_the_losers_money_pays_the_jurors_and_the_rest_of_it_is_the_winners() {
    assert_eq!(settled([0, 140, 70, 0], 61, Changed::Lowered), [0, 140 + 9, 0, 0]);
    for changed in [Changed::Stands, Changed::Raised] {
        assert_eq!(settled([0, 140, 70, 0], 61, changed), [0, 0, 70 + 79, 0]);
    }
    assert_eq!(settled([140, 0, 0, 70], 61, Changed::Raised), [140 + 9, 0, 0, 0]);
    for changed in [Changed::Stands, Changed::Lowered] {
        assert_eq!(settled([140, 0, 0, 70], 61, changed), [0, 0, 0, 70 + 79]);
    }
    assert_eq!(settled([0, 140, 31, 0], 61, Changed::Lowered), [0, 140 - 30, 0, 0], "what is short the winner adds");
}

#[test]
fn h_an_appeal_that_nobody_decided_costs_both_sides_half_the_appellant_the_odd_unit() {
    assert_eq!(settled([0, 140, 70, 0], 61, Changed::Open), [0, 140 - 31, 70 - 30, 0]);
    assert_eq!(settled([140, 0, 0, 70], 61, Changed::Open), [140 - 31, 0, 0, 70 - 30]);
    assert_eq!(settled([0, 140, 11, 0], 61, Changed::Open), [0, 140 - 50, 0, 0], "a small pot pays all that it has");
}

// dispute-appeal-1: who was found right pays for no appeal of another that raised its claim.
#[test]
fn h_two_appeals_share_the_jury_and_each_is_settled_alone() {
    assert_eq!(settled([140, 140, 0, 0], 61, Changed::Stands), [140 - 31, 140 - 30, 0, 0]);
    assert_eq!(settled([140, 140, 70, 70], 61, Changed::Stands), [0, 0, 70 + 110, 70 + 109]);
    assert_eq!(settled([140, 140, 70, 70], 61, Changed::Raised), [140 + 39, 0, 70 + 110, 0]);
    assert_eq!(settled([140, 140, 70, 70], 61, Changed::Lowered), [0, 140 + 40, 0, 70 + 109]);
    assert_eq!(settled([140, 140, 70, 70], 61, Changed::Open), [124, 125, 55, 55]);
}

#[test]
fn h_an_appeal_that_is_one_unit_short_is_not_held_and_returns_with_its_defence() {
    for changed in EVERY_CHANGE {
        assert_eq!(settled([139, 0, 70, 70], 0, changed), [139, 0, 70, 70]);
        assert_eq!(settled([139, 140, 0, 70], 61, changed), [139, 79, 0, 70], "beside one that was");
    }
    assert_eq!(settle_appeal([Amount(0); 4], Amount(0), Amount(0), Changed::Open), [Amount(0); 4]);
}

// dispute-bond-2: fee 10, stake 1,000,000, severity 3: 5 % of 5 % of the stake, unless the client leaves the
// claim out.
#[test]
fn a_small_client_can_dispute_a_large_provider_without_a_bond_on_its_stake() {
    let terms = BondTerms { minimum: Amount(2), juror_fee: Amount(1), bounty: Amount(0), claim: Bps(500) };
    assert_eq!(required_bond(3, Amount(10), Amount(50_000), &terms), Amount(2_500));
    assert_eq!(required_bond(3, Amount(10), Amount(0), &terms), Amount(12), "twice the price of six jurors");
}

// jury-size-1: three, seven and fifteen ballots; seven, fifteen and thirty-one from severity 4.
#[test]
fn the_juries_of_a_large_fault_are_larger_and_each_round_doubles_them() {
    let costs = |severity| [1, 2, 3].map(|round| jury_cost(round, severity, Amount(100), Amount(1)).0 / 101);
    assert_eq!([1, 2, 3, 4, 5].map(costs), [[3, 7, 15], [3, 7, 15], [3, 7, 15], [7, 15, 31], [7, 15, 31]]);
    assert_eq!(jury_cost(4, 5, Amount(100), Amount(1)), Amount(0), "there is no fourth round");
}

// dispute-appeal-3: a claim of 50,000 pays its second round 300 in all, 42.86 a ballot, and the third as
// much.
#[test]
fn from_the_second_round_on_jurors_are_paid_by_the_claim_that_holds_stake() {
    let unit = 1_000_000;
    let fees = [1, 2, 3, 4].map(|round| juror_fee(round, 3, Amount(unit), Amount(50_000 * unit)).0);
    assert_eq!(fees, [unit, 42_857_143, 20_000_000, unit]);
    assert_eq!([1, 2, 3].map(|round| juror_fee(round, 3, Amount(unit), Amount(0)).0), [unit; 3], "a small client's");
    assert_eq!(ballot_lock(Amount(20 * unit), Amount(42_857_143)), Amount(857_142_860));
    assert_eq!(ballot_lock(Amount(20 * unit), Amount(unit - 1)), Amount(20 * unit));
    let (fee, lock) = (Amount(42_857_143), Amount(857_142_860));
    assert_eq!(
        [20 * unit, 857_142_860, 900_000_000].map(|bound| ballot_fee(fee, Amount(bound), lock).0),
        [unit, 42_857_143, 42_857_143]
    );
}

// dispute-open-4.
#[test]
fn a_deposit_is_at_most_a_tenth_more_than_required_and_a_tenth_of_it_burns_when_nothing_is_opened() {
    assert_eq!([1, 10, 11, 100].map(|required| largest_deposit(Amount(required)).0), [2, 11, 13, 110]);
    assert_eq!([0, 1, 10, 11, 100].map(|deposit| forfeited_deposit(Amount(deposit)).0), [0, 1, 1, 2, 10]);
    assert_eq!(largest_deposit(Amount(u64::MAX)), Amount(u64::MAX));
}

fn any_terms() -> impl Strategy<Value = BondTerms> {
    (any_amount(), any_amount(), any_amount(), 0u16..=10_000).prop_map(|(minimum, fee, bounty, claim)| BondTerms {
        minimum: Amount(minimum),
        juror_fee: Amount(fee >> 8),
        bounty: Amount(bounty >> 8),
        claim: Bps(claim),
    })
}

proptest! {
    #![proptest_config(cases(8_000))]

    #[test]
    fn no_appeal_makes_or_loses_a_unit_and_none_takes_from_the_other(
        price in 1u64..1 << 56, parts in prop::array::uniform4(any_width()),
        held in prop::array::uniform2(any::<bool>()),
        jury in any_width(), changed in prop::sample::select(EVERY_CHANGE.to_vec()),
    ) {
        // An appellant pays in full or in part, who defends up to half of it; a jury costs at most what one
        // appellant paid.
        let full = 2 * price;
        let mut pots = [full, full, price, price];
        for (place, part) in parts.into_iter().enumerate() {
            let most = pots[place] - u64::from(place < 2);
            pots[place] = if place < 2 && held[place] { full } else { part_of(most, part) };
        }
        let is_held = held[0] || held[1];
        let jury = if is_held { part_of(full, jury) } else { 0 };
        let back = settle_appeal(pots.map(Amount), Amount(full), Amount(jury), changed).map(|amount| amount.0);
        prop_assert_eq!(back.iter().sum::<u64>() + jury, pots.iter().sum::<u64>());
        for (appellant, defence, won) in [(0, 3, Changed::Raised), (1, 2, Changed::Lowered)] {
            prop_assert!(back[appellant] + back[defence] <= pots[appellant] + pots[defence]);
            prop_assert!(pots[appellant] > 0 || back[appellant] == 0);
            if !held[appellant] {
                prop_assert_eq!((back[appellant], back[defence]), (pots[appellant], pots[defence]), "not held");
            } else if pots[defence] == 0 {
                prop_assert!(back[appellant] <= full && back[defence] == 0, "nobody gains where nobody lost");
            } else if changed == won {
                prop_assert_eq!(back[defence], 0);
                prop_assert!(back[appellant] + jury >= full, "costs the winner what the loser could not pay at most");
            } else if changed != Changed::Open {
                prop_assert_eq!(back[appellant], 0);
                prop_assert!(back[defence] >= pots[defence], "whose verdict stood pays nothing");
            }
        }
    }

    // dispute-bond-1.
    #[test]
    fn a_bond_is_the_largest_of_its_four_bounds_each_rounded_up(
        terms in any_terms(), severity in 1..=MAX_SEVERITY, fee in any_amount(), claimed in any_amount(),
    ) {
        let jury = first_jury_cost(severity, &terms).0;
        let of_claim = ceil(&product_over(claimed, u64::from(terms.claim.0), 10_000)).expect("a part");
        let of_fee = ceil(&over(fee, 4)).expect("a part");
        let exact = terms.minimum.0.max(of_fee).max(2 * jury).max(of_claim);
        prop_assert_eq!(required_bond(severity, Amount(fee), Amount(claimed), &terms).0, exact);
    }

    // dispute-raise-1: whoever raises brings what is missing, and alone what the larger jury may cost.
    #[test]
    fn whoever_raises_a_claim_completes_its_bond_and_pays_its_larger_jury_alone(
        terms in any_terms(), severity in 1..=MAX_SEVERITY, fee in any_amount(), claimed in any_amount(),
        before in any_amount(),
    ) {
        let raise = raising_bond(severity, Amount(fee), Amount(claimed), Amount(before), &terms);
        let required = required_bond(severity, Amount(fee), Amount(claimed), &terms);
        prop_assert!(raise.0 + before >= required.0);
        let jury = first_jury_cost(severity, &terms);
        prop_assert_eq!(raise.0, required.0.saturating_sub(before).max(terms.minimum.0).max(jury.0));
    }

    // dispute-open-4.
    #[test]
    fn a_tenth_is_rounded_up(amount in any_amount()) {
        let tenth = ceil(&over(amount, 10)).expect("a part");
        prop_assert_eq!(largest_deposit(Amount(amount)).0, amount + tenth);
        prop_assert_eq!(forfeited_deposit(Amount(amount)).0, tenth);
    }

    // jury-pay-2.
    #[test]
    fn a_later_rounds_jurors_are_paid_together_at_least_six_thousandths_of_the_claim_rounded_up_for_each(
        severity in 1..=MAX_SEVERITY, round in 2..=ROUNDS, fee in any_amount(), claimed in any_amount(),
    ) {
        let seats = u64::from(sizes(severity)[usize::from(round - 1)]);
        let exact = ceil(&product_over(claimed, 6_000u64, 1_000_000 * seats)).expect("a part");
        prop_assert_eq!(juror_fee(round, severity, Amount(fee), Amount(claimed)).0, exact.max(fee));
        prop_assert_eq!(juror_fee(1, severity, Amount(fee), Amount(claimed)).0, fee, "the first round's is fixed");
    }

    // jury-pay-3: a small juror still sits, and no juror can earn more than a twentieth of what it binds.
    #[test]
    fn a_ballot_binds_twenty_times_what_it_can_earn_or_all_that_its_juror_has(
        lock in any_amount(), fee in any_amount(), has in any_amount(),
    ) {
        let (lock, fee) = (Amount(lock.max(1)), Amount(fee >> 5));
        let whole = ballot_lock(lock, fee);
        prop_assert_eq!(whole.0, lock.0.max(20 * fee.0));
        let bound = Amount(has).min(whole);
        let exact = floor(&product_over(fee.0, bound.0, whole.0)).expect("a part");
        prop_assert_eq!(ballot_fee(fee, bound, whole).0, exact);
        prop_assert!(20 * ballot_fee(fee, bound, whole).0 <= bound.0);
    }

    // dispute-bond-1: round by round, for every number of ballots that a jury and a fresh one of double size
    // can fill.
    #[test]
    fn what_is_paid_for_a_round_covers_its_jury_and_a_fresh_one_of_double_size(
        terms in any_terms(), severity in 1..=MAX_SEVERITY, fee in any_amount(), claimed in any_amount(),
    ) {
        let juror = |round| juror_fee(round, severity, terms.juror_fee, Amount(claimed));
        let most = |round: u8| {
            let seats = u64::from(sizes(severity)[usize::from(round - 1)]);
            seats * terms.bounty.0 + 2 * seats * juror(round).0
        };
        let bond = required_bond(severity, Amount(fee), Amount(claimed), &terms).0;
        prop_assert_eq!(first_jury_cost(severity, &terms).0, most(1));
        prop_assert!(bond / 2 >= most(1));
        for round in 2..=ROUNDS {
            let paid_by_the_loser = 2 * jury_cost(round, severity, juror(round), terms.bounty).0;
            prop_assert!(paid_by_the_loser >= most(round), "round {round}");
        }
    }

    #[test]
    fn no_price_overflows(
        severity in any::<u8>(), round in 1..=ROUNDS, numbers in prop::array::uniform4(any::<u64>()),
    ) {
        let [minimum, fee, bounty, amount] = numbers.map(Amount);
        let terms = BondTerms { minimum, juror_fee: fee, bounty, claim: Bps(u16::MAX) };
        let bond = required_bond(severity, amount, amount, &terms);
        prop_assert!(bond >= minimum && bond >= amount && bond >= first_jury_cost(severity, &terms));
        prop_assert!(raising_bond(severity, amount, amount, amount, &terms) >= minimum);
        let seats = u128::from(sizes(severity)[usize::from(round - 1)]);
        let each = (u128::from(fee.0) + u128::from(bounty.0)).min(u128::from(u64::MAX));
        let exact = (seats * each).min(u128::from(u64::MAX));
        prop_assert_eq!(u128::from(jury_cost(round, severity, fee, bounty).0), exact);
        prop_assert!(juror_fee(round, severity, fee, amount) >= fee);
        prop_assert!(ballot_lock(minimum, fee) >= minimum && ballot_fee(fee, bounty, amount) <= fee);
    }
}
