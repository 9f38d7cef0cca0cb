//! Random histories of a delegated pool against the exact model of `support/history.rs`.
#![allow(clippy::arithmetic_side_effects)]

mod support;

use proptest::prelude::*;
use support::{
    cases,
    history::{History, any_step},
};

proptest! {
    #![proptest_config(cases(800))]

    /// position-reward-1. Nobody is ever overpaid, not by a unit beyond the carried remainders (asserted at
    /// every harvest), and nobody is underpaid by more than one unit per harvest and activated lot, while
    /// lots are activated in time (position-reward-1).
    #[test]
    fn every_delegator_is_credited_its_exact_part_of_every_epoch_less_one_unit_per_rounding(
        steps in prop::collection::vec(any_step(7), 1..240),
    ) {
        let mut history = History::new(true);
        for step in steps {
            history.run(step);
        }
        history.finish();
        // position-reward-1: what leaves is taken out of the divisors, so nothing is stranded but the
        // roundings.
        prop_assert!(history.stranded() <= history.roundings() + 1);
    }

    /// However late everybody is, whatever the rings have lost.
    #[test]
    fn nobody_is_ever_overpaid_after_any_absence(steps in prop::collection::vec(any_step(40), 1..240)) {
        let mut history = History::new(false);
        for step in steps {
            history.run(step);
        }
        history.finish();
    }
}
