//! Who gets which bond, row by row of the flow table, and how large a bond must be (MD 6.2, 6.3 with R C1, C2, H14, H15, M1, M11).
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use proptest::prelude::*;
use support::{
    any_amount, any_width, cases,
    dispute::{assert_conserved, sum},
    exact::{ceil, floor, over, product_over},
    part_of,
};
use work_token_math::{
    Amount, Bps,
    dispute::{
        BondTerms, Flows, LAYERS, MAX_SEVERITY, Outcome, ROUNDS, Settlement, first_jury_cost, jury_cost, required_bond,
        settle, settle_appeal, sizes,
    },
};

const ALONE: [u64; LAYERS] = [1_001, 0, 0, 0, 0];

fn amounts<const N: usize>(of: [u64; N]) -> [Amount; N] {
    of.map(Amount)
}

/// A dispute about a severity that costs 30 %; its juries cost 61, of which 9 were bounties.
fn ended(outcome: Outcome, counter: u64, found: u16) -> Settlement {
    Settlement {
        outcome,
        bonds: amounts(ALONE),
        counter: Amount(counter),
        jury: Amount(61),
        spent: Amount(9),
        claimed: Bps(3_000),
        found: Bps(found),
        arbiter_fee: Amount(5),
    }
}

/// Settles, checks that nothing is lost, and names the flows.
fn settled(of: &Settlement) -> Flows {
    let flows = settle(of);
    assert_conserved(of, &flows);
    flows
}

/// Flows by name, in the order: challengers, lost by the counter-bond, paid by the own stake, jurors, provider, burned.
fn flows(challengers: [u64; LAYERS], rest: [u64; 5]) -> Flows {
    let [counter_lost, from_own, jurors, provider, burned] = amounts(rest);
    Flows { challengers: amounts(challengers), counter_lost, from_own, jurors, provider, burned }
}

// Row A with R C1: silence costs no bond; what a jury finds about a large fault, the own stake pays.
#[test]
fn a_silent_provider_costs_the_challenger_nothing() {
    let found = settled(&Settlement { jury: Amount(0), spent: Amount(0), ..ended(Outcome::Silent, 0, 3_000) });
    assert_eq!(found, flows(ALONE, [0; 5]));
}

// Row B: half of 777 is 388 for the winner, 389 for the jurors, of which 328 are not needed.
#[test]
fn b_an_upheld_claim_wins_half_of_the_counter_bond_and_the_jurors_are_paid_out_of_the_other() {
    assert_eq!(settled(&ended(Outcome::Upheld, 777, 3_000)), flows([1_389, 0, 0, 0, 0], [777, 0, 61, 0, 328]));
}

#[test]
fn b_what_the_counter_bond_does_not_pay_the_jurors_the_own_stake_pays() {
    assert_eq!(settled(&ended(Outcome::Upheld, 51, 3_000)), flows([1_026, 0, 0, 0, 0], [51, 35, 61, 0, 0]));
    assert_eq!(settled(&ended(Outcome::Upheld, 0, 3_000)), flows(ALONE, [0, 61, 61, 0, 0]));
}

// R C2: gains follow the bonds; the unit that no bond's share holds burns.
#[test]
fn b_whoever_raised_the_claim_shares_the_reward_by_bond() {
    let of = Settlement { bonds: amounts([333, 668, 0, 0, 0]), ..ended(Outcome::Upheld, 777, 3_000) };
    assert_eq!(settled(&of), flows([333 + 129, 668 + 258, 0, 0, 0], [777, 0, 61, 0, 329]));
}

// Rows C and G after the answer.
#[test]
fn c_a_dismissed_or_conceded_claim_loses_its_bond_half_of_it_to_the_provider() {
    assert_eq!(settled(&ended(Outcome::Dismissed, 777, 0)), flows([0; LAYERS], [0, 0, 61, 500, 440]));
    let conceded = Settlement { jury: Amount(9), ..ended(Outcome::Conceded, 777, 0) };
    assert_eq!(settled(&conceded), flows([0; LAYERS], [0, 0, 9, 500, 492]));
}

// Row D with R H14: of 3,000 bps claimed 500 were found, so 2,500 / 3,000 of the bond is lost: 835 of 1,001.
#[test]
fn d_a_claim_found_lower_loses_in_proportion_and_both_sides_pay_half_of_the_jurors() {
    let found = settled(&ended(Outcome::Upheld, 777, 500));
    assert_eq!(found, flows([166 - 31, 0, 0, 0, 0], [30, 0, 61, 417, 418]));
}

#[test]
fn d_without_a_counter_bond_the_own_stake_pays_the_providers_half_of_the_jurors() {
    let found = settled(&ended(Outcome::Upheld, 0, 500));
    assert_eq!(found, flows([166 - 31, 0, 0, 0, 0], [0, 30, 61, 417, 418]));
    let found = settled(&ended(Outcome::Upheld, 7, 500));
    assert_eq!(found, flows([166 - 31, 0, 0, 0, 0], [7, 23, 61, 417, 418]));
}

// What returns, one unit, does not pay half of the jurors: the lost part's half for jurors pays the other 30 units.
#[test]
fn d_the_jurors_of_a_claim_found_far_too_high_are_paid_in_full() {
    let found = settled(&Settlement { claimed: Bps(10_000), ..ended(Outcome::Upheld, 777, 10) });
    assert_eq!(found, flows([0; LAYERS], [30, 0, 61, 500, 470]));
}

// R C2.
#[test]
fn d_the_raised_part_loses_first() {
    let of = Settlement { bonds: amounts([300, 701, 0, 0, 0]), ..ended(Outcome::Upheld, 777, 500) };
    assert_eq!(settled(&of).challengers, amounts([300 - 134 - 31, 0, 0, 0, 0]));
    let of = Settlement { bonds: amounts([100, 1, 900, 0, 0]), ..ended(Outcome::Upheld, 777, 500) };
    assert_eq!(settled(&of).challengers, amounts([100, 1, 900 - 835 - 31, 0, 0]));
}

#[test]
fn e_a_tie_costs_both_sides_half_of_the_jurors_and_the_challenger_what_no_counter_bond_pays() {
    assert_eq!(settled(&ended(Outcome::Tied, 777, 0)), flows([970, 0, 0, 0, 0], [30, 0, 61, 0, 0]));
    assert_eq!(settled(&ended(Outcome::Tied, 11, 0)), flows([951, 0, 0, 0, 0], [11, 0, 61, 0, 0]));
    assert_eq!(settled(&ended(Outcome::Tied, 0, 0)), flows([940, 0, 0, 0, 0], [0, 0, 61, 0, 0]));
}

#[test]
fn f_a_dispute_that_nobody_decided_costs_both_sides_a_fixed_fee_and_at_least_what_was_spent() {
    assert_eq!(settled(&ended(Outcome::Undecided, 777, 0)), flows([992, 0, 0, 0, 0], [5, 0, 9, 0, 5]));
    let cheap = Settlement { spent: Amount(3), ..ended(Outcome::Undecided, 777, 0) };
    assert_eq!(settled(&cheap), flows([996, 0, 0, 0, 0], [5, 0, 3, 0, 7]));
    let silent = Settlement { spent: Amount(3), ..ended(Outcome::Undecided, 0, 0) };
    assert_eq!(settled(&silent), flows([996, 0, 0, 0, 0], [0, 0, 3, 0, 2]));
}

#[test]
fn g_withdrawing_before_the_answer_burns_a_tenth_of_the_bonds_the_raised_part_first() {
    let of = Settlement { jury: Amount(0), spent: Amount(0), ..ended(Outcome::Withdrawn, 0, 0) };
    assert_eq!(settled(&of), flows([900, 0, 0, 0, 0], [0, 0, 0, 0, 101]));
    let raised = Settlement { bonds: amounts([901, 60, 40, 0, 0]), ..of };
    assert_eq!(settled(&raised).challengers, amounts([900, 0, 0, 0, 0]));
}

// Row H with R H15: a side that funded alone bears the cost, whoever wins, and wins nothing.
#[test]
fn h_an_appeal_held_alone_costs_its_side_the_jury_and_brings_it_nothing() {
    for winner in [Some(0), Some(1), None] {
        assert_eq!(settle_appeal(amounts([0, 141]), Amount(61), winner), amounts([0, 80]));
        assert_eq!(settle_appeal(amounts([141, 0]), Amount(61), winner), amounts([80, 0]));
    }
}

#[test]
fn h_when_both_sides_paid_the_losers_money_pays_the_jurors_and_the_rest_of_it_is_the_winners() {
    assert_eq!(settle_appeal(amounts([71, 141]), Amount(61), Some(0)), amounts([71 + 80, 0]));
    assert_eq!(settle_appeal(amounts([71, 141]), Amount(61), Some(1)), amounts([0, 141 + 10]));
    assert_eq!(
        settle_appeal(amounts([31, 141]), Amount(61), Some(1)),
        amounts([0, 141 - 30]),
        "what is short the winner adds"
    );
}

#[test]
fn h_an_appeal_that_nobody_won_costs_both_sides_half_the_larger_pot_the_odd_unit() {
    assert_eq!(settle_appeal(amounts([71, 141]), Amount(61), None), amounts([41, 110]));
    assert_eq!(settle_appeal(amounts([141, 71]), Amount(61), None), amounts([110, 41]));
    assert_eq!(
        settle_appeal(amounts([11, 141]), Amount(61), None),
        amounts([0, 91]),
        "what a small pot lacks the other pays"
    );
}

// R M11: fee 10, stake 1,000,000, severity 3: 5 % of 5 % of the stake, unless the client leaves the claim out.
#[test]
fn a_small_client_can_dispute_a_large_provider_without_a_bond_on_its_stake() {
    let terms = BondTerms { minimum: Amount(2), juror_fee: Amount(1), bounty: Amount(0), claim: Bps(500) };
    assert_eq!(required_bond(3, Amount(10), Amount(50_000), &terms), Amount(2_500));
    assert_eq!(required_bond(3, Amount(10), Amount(0), &terms), Amount(12), "twice the price of six jurors");
}

// R M1: three, seven and fifteen seats; seven, fifteen and thirty-one from severity 4.
#[test]
fn the_juries_of_a_large_fault_are_larger_and_each_round_doubles_them() {
    let terms = BondTerms { juror_fee: Amount(100), bounty: Amount(1), ..BondTerms::default() };
    let costs = |severity| [1, 2, 3].map(|round| jury_cost(round, severity, &terms).0 / 101);
    assert_eq!([1, 2, 3, 4, 5].map(costs), [[3, 7, 15], [3, 7, 15], [3, 7, 15], [7, 15, 31], [7, 15, 31]]);
    assert_eq!(jury_cost(4, 5, &terms), Amount(0), "there is no fourth round");
}

fn any_terms() -> impl Strategy<Value = BondTerms> {
    (any_amount(), any_amount(), any_amount(), 0u16..=10_000).prop_map(|(minimum, fee, bounty, claim)| BondTerms {
        minimum: Amount(minimum),
        juror_fee: Amount(fee >> 8),
        bounty: Amount(bounty >> 8),
        claim: Bps(claim),
    })
}

/// Any end: bonds and counter of any size, juries that cost at most half of the bonds.
fn any_end() -> impl Strategy<Value = Settlement> {
    let outcomes = prop::sample::select(vec![
        Outcome::Silent,
        Outcome::Withdrawn,
        Outcome::Conceded,
        Outcome::Upheld,
        Outcome::Dismissed,
        Outcome::Tied,
        Outcome::Undecided,
    ]);
    let money = (prop::array::uniform5(any_amount()), any_amount(), any_width(), any_width(), any_amount());
    (outcomes, money, 0u16..=10_000, 0u16..=10_000, 1..=LAYERS).prop_map(|(outcome, money, one, other, layers)| {
        let (mut bonds, counter, jury, spent, fee) = money;
        bonds.iter_mut().for_each(|bond| *bond >>= 3);
        bonds[layers..].fill(0);
        let bonds = amounts(bonds);
        let jury = part_of(sum(&bonds) / 2, jury);
        let (claimed, found) = (Bps(one.max(other)), Bps(one.min(other)));
        let (spent, arbiter_fee) = (Amount(part_of(jury, spent)), Amount(fee >> 3));
        Settlement { outcome, bonds, counter: Amount(counter), jury: Amount(jury), spent, claimed, found, arbiter_fee }
    })
}

/// What the challengers get when a jury finds some severity. A dismissed claim is one of which nothing was found.
fn judged(mut of: Settlement, found: u16) -> [Amount; LAYERS] {
    of.found = Bps(found).min(of.claimed);
    of.outcome = if of.found == Bps(0) { Outcome::Dismissed } else { Outcome::Upheld };
    settled(&of).challengers
}

proptest! {
    #![proptest_config(cases(8_000))]

    #[test]
    fn no_settlement_makes_or_loses_a_unit_and_no_winner_gets_more_than_half_of_what_the_loser_lost(of in any_end()) {
        let flows = settled(&of);
        let (bonds, back) = (sum(&of.bonds), sum(&flows.challengers));
        prop_assert!(back <= bonds + of.counter.0 / 2);
        prop_assert!(2 * flows.provider.0 <= bonds.saturating_sub(back));
        prop_assert!(flows.from_own <= of.jury);
        for (bond, returned) in of.bonds.iter().zip(&flows.challengers) {
            let bonus = product_over(of.counter.0 / 2, bond.0, bonds.max(1));
            prop_assert!(returned.0 <= bond.0 + floor(&bonus).expect("a share"), "by bond, rounded down");
        }
    }

    #[test]
    fn whoever_voted_with_the_verdict_is_paid_whatever_it_is(of in any_end()) {
        let due = match of.outcome {
            Outcome::Silent | Outcome::Withdrawn | Outcome::Pending => Amount(0),
            Outcome::Undecided => of.spent,
            _ => of.jury,
        };
        prop_assert_eq!(settled(&of).jurors, due);
    }

    #[test]
    fn a_higher_severity_found_never_pays_a_challenger_less(of in any_end(), one in 0u16..=10_000, other in 0u16..=10_000) {
        let (lower, higher) = (judged(of, one.min(other)), judged(of, one.max(other)));
        prop_assert!(lower.iter().zip(&higher).all(|(lower, higher)| lower <= higher), "{lower:?} {higher:?}");
    }

    // R H14: the exact part, rounded against the challenger, and half of the jurors.
    #[test]
    fn a_claim_that_is_too_high_loses_its_excess_in_proportion(of in any_end()) {
        prop_assume!(of.found < of.claimed);
        let bonds = sum(&of.bonds);
        let flows = settled(&Settlement { outcome: Outcome::Upheld, ..of });
        let excess = product_over(bonds, u64::from(of.claimed.0 - of.found.0), u64::from(of.claimed.0));
        let lost = ceil(&excess).expect("a part of the bonds");
        let left = (bonds - lost).saturating_sub(of.jury.0.div_ceil(2));
        prop_assert_eq!(sum(&flows.challengers), left);
        prop_assert_eq!(flows.provider.0, lost / 2, "half of the excess is the provider's");
    }

    // R C2.
    #[test]
    fn no_bond_loses_anything_before_every_bond_that_was_added_later_is_lost(of in any_end()) {
        prop_assume!(of.outcome != Outcome::Upheld || of.found < of.claimed);
        let back = settled(&of).challengers;
        for (earlier, later) in (0..LAYERS).flat_map(|later| (0..later).map(move |earlier| (earlier, later))) {
            prop_assert!(back[earlier] == of.bonds[earlier] || back[later].is_zero(), "{back:?} of {:?}", of.bonds);
        }
    }

    #[test]
    fn no_appeal_makes_or_loses_a_unit_and_no_side_pays_for_more_than_the_jury_or_wins_more_than_the_other_paid(
        one in any_amount(), other in any_amount(), jury in any_width(), winner in prop::option::of(0usize..2),
    ) {
        let jury = part_of(one + other, jury);
        let back = settle_appeal(amounts([one, other]), Amount(jury), winner);
        prop_assert_eq!(sum(&back) + jury, one + other);
        prop_assert_eq!(settle_appeal(amounts([one, other]), Amount(0), None), amounts([one, other]), "not held");
        if let Some(side) = winner && one > 0 && other > 0 {
            prop_assert_eq!(back[1 - side], Amount(0));
        } else {
            prop_assert!(back[0].0 <= one && back[1].0 <= other, "nobody gains by an appeal that had no loser");
        }
    }

    // R M11.
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

    // R M1, H16: round by round, for every number of seats that a jury and a fresh one of double size can fill.
    #[test]
    fn what_is_paid_for_a_round_covers_its_jury_and_a_fresh_one_of_double_size(
        terms in any_terms(), severity in 1..=MAX_SEVERITY, fee in any_amount(), claimed in any_amount(),
    ) {
        let most = |round: u8| {
            let seats = u64::from(sizes(severity)[usize::from(round - 1)]);
            seats * terms.bounty.0 + 2 * seats * terms.juror_fee.0
        };
        let bond = required_bond(severity, Amount(fee), Amount(claimed), &terms).0;
        prop_assert_eq!(first_jury_cost(severity, &terms).0, most(1));
        prop_assert!(bond / 2 >= most(1));
        for round in 2..=ROUNDS {
            let paid_by_the_loser = 2 * jury_cost(round, severity, &terms).0;
            prop_assert!(paid_by_the_loser >= most(round), "round {round}");
        }
    }

    #[test]
    fn no_price_overflows(severity in any::<u8>(), round in 1..=ROUNDS, numbers in prop::array::uniform4(any::<u64>())) {
        let [minimum, juror_fee, bounty, amount] = amounts(numbers);
        let terms = BondTerms { minimum, juror_fee, bounty, claim: Bps(u16::MAX) };
        let bond = required_bond(severity, amount, amount, &terms);
        prop_assert!(bond >= minimum && bond >= amount && bond >= first_jury_cost(severity, &terms));
        let seats = u128::from(sizes(severity)[usize::from(round - 1)]);
        let each = (u128::from(juror_fee.0) + u128::from(bounty.0)).min(u128::from(u64::MAX));
        prop_assert_eq!(u128::from(jury_cost(round, severity, &terms).0), (seats * each).min(u128::from(u64::MAX)));
    }
}
