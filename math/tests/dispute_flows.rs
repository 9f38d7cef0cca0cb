//! Who gets which bond, row by row of the flow table, layer by layer (dispute-layer-2, dispute-layer-3,
//! dispute-raise-1, dispute-layer-1).
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use proptest::prelude::*;
use support::{
    any_amount, any_width, cases,
    dispute::{assert_flows_are_bounded, bonds, settle_poor, sum},
    exact::{ceil, product_over},
    part_of,
};
use work_token_math::{
    Amount, Bps,
    dispute::{Flows, LAYERS, Layer, Outcome, Settlement, settle, withdrawal_cost},
};

const ALONE: [u64; LAYERS] = [1_001, 0, 0, 0, 0];

fn amounts<const N: usize>(of: [u64; N]) -> [Amount; N] {
    of.map(Amount)
}

fn layer(bond: u64, from: u16, to: u16) -> Layer {
    Layer { bond: Amount(bond), from: Bps(from), to: Bps(to), is_conceded: false }
}

fn layers(of: &[Layer]) -> [Layer; LAYERS] {
    let mut layers = [Layer::default(); LAYERS];
    layers[..of.len()].copy_from_slice(of);
    layers
}

/// A dispute about a severity that costs 30 %; its juries cost 61, of which 9 were bounties.
fn ended(outcome: Outcome, counter: u64, found: u16) -> Settlement {
    Settlement {
        outcome,
        layers: layers(&[layer(1_001, 0, 3_000)]),
        counter: Amount(counter),
        jury: Amount(61),
        spent: Amount(9),
        found: Bps(found),
        arbiter_fee: Amount(5),
    }
}

/// The same, raised from 5 % by another with a bond of 701.
fn raised(outcome: Outcome, counter: u64, found: u16) -> Settlement {
    let layers = layers(&[layer(300, 0, 500), layer(701, 500, 3_000)]);
    Settlement { layers, ..ended(outcome, counter, found) }
}

/// And the other gave up after the answer.
fn conceded(outcome: Outcome, counter: u64, found: u16) -> Settlement {
    let mut of = raised(outcome, counter, found);
    of.layers[1].is_conceded = true;
    of
}

/// Settles, checks that nothing is lost, and names the flows.
fn settled(of: &Settlement) -> Flows {
    let flows = settle(of);
    assert_flows_are_bounded(of, &flows);
    flows
}

/// Flows by name, in the order: challengers, lost by the counter-bond, paid by the own stake, jurors,
/// provider, burned.
fn flows(challengers: [u64; LAYERS], rest: [u64; 5]) -> Flows {
    let [counter_lost, from_own, jurors, provider, burned] = amounts(rest);
    Flows { challengers: amounts(challengers), counter_lost, from_own, jurors, provider, burned }
}

// Row A with dispute-layer-3: silence costs no bond; what a jury finds about a large fault, the own stake
// pays.
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

// dispute-layer-1: what stands against the first claim is the first challenger's, whoever raised it with
// however large a bond.
#[test]
fn b_each_layer_wins_half_of_what_stands_against_it_in_their_order() {
    let found = settled(&raised(Outcome::Upheld, 1_001, 3_000));
    assert_eq!(found, flows([300 + 150, 701 + 350, 0, 0, 0], [1_001, 0, 61, 0, 440]));
    let found = settled(&raised(Outcome::Upheld, 401, 3_000));
    assert_eq!(found, flows([300 + 150, 701 + 50, 0, 0, 0], [401, 0, 61, 0, 140]));
    let found = settled(&raised(Outcome::Upheld, 200, 3_000));
    assert_eq!(found, flows([300 + 100, 701, 0, 0, 0], [200, 0, 61, 0, 39]));
}

// Rows C and G after the answer.
#[test]
fn c_a_dismissed_or_conceded_claim_loses_its_bond_half_of_it_to_the_provider() {
    assert_eq!(settled(&ended(Outcome::Dismissed, 777, 0)), flows([0; LAYERS], [0, 0, 61, 500, 440]));
    let conceded = Settlement { jury: Amount(9), ..ended(Outcome::Conceded, 777, 0) };
    assert_eq!(settled(&conceded), flows([0; LAYERS], [0, 0, 9, 500, 492]));
}

// The first challenger withdrew before the answer, so only what was raised is left, and a fresh jury was
// drawn.
#[test]
fn c_jurors_are_paid_before_the_provider_where_their_half_of_the_bonds_is_too_small() {
    let layers = layers(&[layer(0, 0, 500), layer(101, 500, 3_000)]);
    let of = Settlement { layers, jury: Amount(91), ..ended(Outcome::Dismissed, 777, 0) };
    assert_eq!(settled(&of), flows([0; LAYERS], [0, 0, 91, 10, 0]));
}

// Row D with dispute-layer-2: of 3,000 bps claimed 500 were found, so 2,500 / 3,000 of the bond is lost: 835
// of 1,001.
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

// What returns, one unit, does not pay half of the jurors: the lost part's half for jurors pays the other 30
// units.
#[test]
fn d_the_jurors_of_a_claim_found_far_too_high_are_paid_in_full() {
    let of = ended(Outcome::Upheld, 777, 10);
    let found = settled(&Settlement { layers: layers(&[layer(1_001, 0, 10_000)]), ..of });
    assert_eq!(found, flows([0; LAYERS], [30, 0, 61, 500, 470]));
}

// dispute-layer-1: the first claim, all found, wins as if nobody had raised it; the raise, of which nothing
// was found, pays all of the challengers' half of the jurors.
#[test]
fn d_a_raise_that_was_too_high_loses_alone() {
    let found = settled(&raised(Outcome::Upheld, 777, 500));
    assert_eq!(found, flows([300 + 150, 0, 0, 0, 0], [300, 0, 61, 350, (351 - 31) + (150 - 30)]));
}

// dispute-layer-1: 1,000 of 500 to 3,000: 2,000 / 2,500 of 701 is lost, 561, and 31 of what returns for the
// jurors.
#[test]
fn d_a_finding_between_two_claims_divides_the_layer_that_it_lies_in() {
    let found = settled(&raised(Outcome::Upheld, 777, 1_000));
    assert_eq!(found, flows([450, 140 - 31, 0, 0, 0], [300, 0, 61, 280, 281 + (150 - 30)]));
}

// dispute-layer-1: both lose, but the jury that the raise made larger is the raise's to pay.
#[test]
fn d_where_both_claims_were_too_high_the_raise_pays_the_jurors_out_of_what_it_lost() {
    let found = settled(&raised(Outcome::Upheld, 777, 100));
    assert_eq!(found, flows([300 - 240, 0, 0, 0, 0], [30, 0, 61, 470, 471 - 31]));
}

#[test]
fn d_the_layers_formula_at_its_boundaries() {
    let lost = |found: u16| layer(701, 500, 3_000).lost(Bps(found)).0;
    assert_eq!([0, 499, 500].map(lost), [701; 3], "nothing of what it claims beyond the claim below it");
    assert_eq!([501, 1_750, 2_999].map(lost), [701, 351, 1], "in proportion, rounded up");
    assert_eq!([3_000, 3_001, 10_000].map(lost), [0; 3], "all of it");
    let conceded = Layer { is_conceded: true, ..layer(701, 500, 3_000) };
    assert_eq!(conceded.lost(Bps(3_000)), Amount(701), "whoever gave up late loses whatever was found");
    assert_eq!(Layer::default().lost(Bps(0)), Amount(0));
}

#[test]
fn e_a_tie_costs_both_sides_half_of_the_jurors_and_the_challenger_what_no_counter_bond_pays() {
    assert_eq!(settled(&ended(Outcome::Tied, 777, 0)), flows([970, 0, 0, 0, 0], [30, 0, 61, 0, 0]));
    assert_eq!(settled(&ended(Outcome::Tied, 11, 0)), flows([951, 0, 0, 0, 0], [11, 0, 61, 0, 0]));
    assert_eq!(settled(&ended(Outcome::Tied, 0, 0)), flows([940, 0, 0, 0, 0], [0, 0, 61, 0, 0]));
    assert_eq!(settled(&raised(Outcome::Tied, 777, 0)).challengers, amounts([300, 670, 0, 0, 0]), "the raise first");
}

// dispute-layer-1: a bond that was given up pays the jurors before any claim that stands, the provider's half
// of it, too.
#[test]
fn e_what_was_conceded_pays_the_jurors_of_a_tie_before_a_claim_that_stands() {
    let found = settled(&conceded(Outcome::Tied, 777, 0));
    assert_eq!(found, flows([300, 0, 0, 0, 0], [30, 0, 61, 350, 351 - 31]));
    let of = Settlement { jury: Amount(500), ..conceded(Outcome::Tied, 0, 0) };
    assert_eq!(settled(&of), flows([300, 0, 0, 0, 0], [0, 0, 500, 350 - 149, 0]));
}

#[test]
fn f_a_dispute_that_nobody_decided_costs_both_sides_a_fixed_fee_and_at_least_what_was_spent() {
    assert_eq!(settled(&ended(Outcome::Undecided, 777, 0)), flows([992, 0, 0, 0, 0], [5, 0, 9, 0, 5]));
    let cheap = Settlement { spent: Amount(3), ..ended(Outcome::Undecided, 777, 0) };
    assert_eq!(settled(&cheap), flows([996, 0, 0, 0, 0], [5, 0, 3, 0, 7]));
    let silent = Settlement { spent: Amount(3), ..ended(Outcome::Undecided, 0, 0) };
    assert_eq!(settled(&silent), flows([996, 0, 0, 0, 0], [0, 0, 3, 0, 2]));
    let raised = raised(Outcome::Undecided, 777, 0);
    assert_eq!(settled(&raised).challengers, amounts([300, 692, 0, 0, 0]), "who raised pays");
    let conceded = conceded(Outcome::Undecided, 777, 0);
    assert_eq!(settled(&conceded).challengers, amounts([300, 0, 0, 0, 0]), "who gave up pays");
}

// Row G: each layer is settled when it is withdrawn.
#[test]
fn g_withdrawing_before_the_answer_burns_a_tenth_of_the_bond_rounded_up() {
    assert_eq!([0, 1, 9, 10, 11, 1_001].map(|bond| withdrawal_cost(Amount(bond)).0), [0, 1, 1, 1, 2, 101]);
    let of = Settlement { layers: [Layer::default(); LAYERS], jury: Amount(0), spent: Amount(0), ..Default::default() };
    assert_eq!(settled(&Settlement { outcome: Outcome::Withdrawn, ..of }), Flows::default());
}

// dispute-layer-3: the claim below, all found, pays nothing where the raise lost enough to pay its larger
// jury.
#[test]
fn what_a_poor_owner_owes_jurors_is_advanced_out_of_lost_bonds_before_a_claim_that_was_right() {
    let of = Settlement { jury: Amount(701), ..raised(Outcome::Upheld, 0, 500) };
    assert_eq!(settled(&of), flows([300, 0, 0, 0, 0], [0, 350, 701, 350, 0]));
    assert_eq!(settle_poor(&of), flows([300, 0, 0, 0, 0], [0, 0, 701, 0, 0]));
    let of = Settlement { jury: Amount(61), ..raised(Outcome::Upheld, 0, 3_000) };
    assert_eq!(settle_poor(&of), flows([300, 701 - 61, 0, 0, 0], [0, 0, 61, 0, 0]), "who raised pays first");
}

/// Any end: layers of any size, some withdrawn, some conceded; juries that cost at most what the last raise
/// paid.
fn any_end() -> impl Strategy<Value = Settlement> {
    let outcomes = prop::sample::select(vec![
        Outcome::Silent,
        Outcome::Conceded,
        Outcome::Upheld,
        Outcome::Dismissed,
        Outcome::Tied,
        Outcome::Undecided,
    ]);
    let money = (prop::array::uniform5(any_amount()), any_amount(), any_width(), any_width(), any_width());
    let claims = (prop::collection::btree_set(1u16..=10_000, 1..=LAYERS), prop::array::uniform5(0u8..6));
    (outcomes, money, claims, 0u16..=10_000, any::<bool>()).prop_map(
        |(outcome, money, (claims, states), found, near)| {
            let (bonds, counter, jury, spent, fee) = money;
            let mut layers = [Layer::default(); LAYERS];
            let (mut from, mut last, mut top) = (0, 0, 0);
            for (place, to) in claims.iter().enumerate() {
                let bond = if states[place] == 0 { 0 } else { (bonds[place] >> 3).max(1) };
                layers[place] = Layer { is_conceded: states[place] == 1, ..layer(bond, from, *to) };
                last = if bond > 0 { bond } else { last };
                (from, top) = (*to, *to);
            }
            let found =
                if near { claims.iter().copied().find(|to| *to >= found).unwrap_or(top) } else { found.min(top) };
            let of =
                Settlement { outcome, layers, counter: Amount(counter), found: Bps(found), ..Settlement::default() };
            let jury = part_of(last, jury);
            Settlement {
                jury: Amount(jury),
                spent: Amount(part_of(jury, spent)),
                arbiter_fee: Amount(part_of(last.min(1_000), fee)),
                ..of
            }
        },
    )
}

/// What the challengers get when a jury finds some severity. A dismissed claim is one of which nothing was
/// found.
fn judged(mut of: Settlement, found: u16) -> [Amount; LAYERS] {
    of.found = Bps(found);
    of.outcome = if found == 0 { Outcome::Dismissed } else { Outcome::Upheld };
    settled(&of).challengers
}

fn standing(of: &Settlement) -> impl Iterator<Item = usize> {
    (0..LAYERS).filter(|place| !of.layers[*place].bond.is_zero() && !of.layers[*place].is_conceded)
}

proptest! {
    #![proptest_config(cases(8_000))]

    #[test]
    fn no_settlement_makes_or_loses_a_unit_and_no_winner_gets_more_than_half_of_what_stands_against_it(
        of in any_end(),
    ) {
        assert_flows_are_bounded(&of, &settle(&of));
        assert_flows_are_bounded(&of, &settle_poor(&of));
        let all = bonds(&of.layers) + of.counter.0 / 2;
        prop_assert!(sum(&settle(&of).challengers) <= all);
    }

    // dispute-layer-1: exact, rounded against the challenger, and nothing of another layer's.
    #[test]
    fn a_layer_loses_what_was_not_found_of_its_own_claim(
        bond in any_amount(), claims in (0u16..10_000, 1u16..=10_000), found in 0u16..=10_000,
    ) {
        let (from, to) = (claims.0.min(claims.1 - 1), claims.0.max(claims.1));
        let lost = layer(bond, from, to).lost(Bps(found)).0;
        let exact = product_over(bond, u64::from(to.saturating_sub(found.max(from))), u64::from(to - from));
        prop_assert_eq!(lost, ceil(&exact).expect("a part"));
        prop_assert!(found < to || lost == 0);
        prop_assert!(found > from || lost == bond);
    }

    #[test]
    fn a_higher_severity_found_never_pays_a_challenger_less(
        of in any_end(), one in 0u16..=10_000, other in 0u16..=10_000,
    ) {
        let (lower, higher) = (judged(of, one.min(other)), judged(of, one.max(other)));
        prop_assert!(lower.iter().zip(&higher).all(|(lower, higher)| lower <= higher), "{lower:?} {higher:?}");
    }

    // dispute-withdraw-1.
    #[test]
    fn no_claim_that_stands_loses_anything_before_every_bond_that_was_added_later_is_lost(of in any_end()) {
        for flows in [settle(&of), settle_poor(&of)] {
            for (earlier, later) in standing(&of).flat_map(|later| standing(&of).map(move |earlier| (earlier, later))) {
                let whole = flows.challengers[earlier] >= of.layers[earlier].bond;
                prop_assert!(earlier >= later || whole || flows.challengers[later].is_zero(), "{flows:?} of {of:?}");
            }
        }
    }

    // dispute-layer-1, for every outcome: silence, a tie, nothing decided, found lower, dismissed, joiners
    // that gave up or withdrew, juries that cost nothing without the joiner, and an owner that can pay
    // nothing.
    #[test]
    fn no_challenger_does_worse_because_somebody_raised_its_claim(of in any_end()) {
        for place in standing(&of) {
            let mut alone = of;
            alone.layers[place + 1..].fill(Layer::default());
            let joined = bonds(&of.layers[place + 1..]) > 0;
            if joined {
                (alone.jury, alone.spent) = (Amount(0), Amount(0));
                alone.found = of.found.min(of.layers[place].to);
            }
            let alone = settle(&alone).challengers[place];
            let with = if joined { settle_poor(&of) } else { settle(&of) }.challengers[place];
            prop_assert!(with >= alone, "{with:?} instead of {alone:?} for {place}: {of:?}");
        }
    }

    // dispute-answer-2: the claim of a provider that was silent is executed; a raise sends it to a jury,
    // which cannot take it back.
    #[test]
    fn a_claim_that_silence_executed_returns_in_full_whatever_a_jury_says_of_the_raise(
        of in any_end(), found in 0u16..=10_000,
    ) {
        let of = Settlement { outcome: Outcome::Upheld, counter: Amount(0), found: Bps(found), ..of };
        for place in standing(&of).filter(|place| of.layers[*place].to.0 <= found) {
            let joined = bonds(&of.layers[place + 1..]) > 0;
            let back = if joined { settle_poor(&of) } else { settle(&of) }.challengers[place];
            prop_assert_eq!(back, of.layers[place].bond);
        }
    }
}
