//! What a restake for an absent holder is worth, and what it pays.
#![allow(clippy::arithmetic_side_effects)]

mod support;

use proptest::prelude::*;
use support::{any_amount, any_width, cases};
use work_token_math::{
    Amount, Epoch, IndexX64, Lot, Position, Shares,
    restake::{covered, is_worth},
};

#[test]
fn a_reward_is_worth_a_deposit_from_the_minimum_or_a_hundredth_of_its_position_on() {
    for (reward, position, minimum, worth) in [
        (99, 10_000, 1_000, false),
        (100, 10_000, 1_000, true),
        (100, 10_001, 1_000, false),
        (101, 10_001, 1_000, true),
        (1_000, 1_000_000, 1_000, true),
        (999, 1_000_000, 1_000, false),
    ] {
        assert_eq!(is_worth(Amount(reward), Amount(position), Amount(minimum)), worth, "{reward} of {position}");
    }
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn whoever_restakes_gets_the_whole_bounty_or_nothing_and_at_most_a_tenth(each in any_width(), earned in any_amount()) {
        let paid = covered(Amount(each), Amount(earned), 10).0;
        prop_assert_eq!(paid, if u128::from(each) * 10 <= u128::from(earned) { each } else { 0 });
        prop_assert!(u128::from(paid) * 10 <= u128::from(earned));
    }

    #[test]
    fn what_is_worth_a_deposit_stays_so_when_more_is_earned(
        reward in any_amount(), more in any_amount(), position in any_amount(), minimum in any_amount(),
    ) {
        let worth = |reward| is_worth(Amount(reward), Amount(position), Amount(minimum));
        prop_assert!(!worth(reward) || worth(reward + more));
        prop_assert!(worth(minimum.max(1)) && (worth(position / 100 + 1)));
    }
}

#[test]
fn a_deposit_joins_an_empty_lot_or_one_of_its_epoch() {
    let takes = |activation, shares| Lot { activation: Epoch(activation), shares: Shares(shares) }.takes(Epoch(5));
    assert!(takes(0, 0) && takes(4, 0) && takes(5, 1) && !takes(4, 1) && !takes(6, 1));
}

#[test]
fn shares_are_given_between_positions_that_were_paid_up_to_the_same_index_alone() {
    let giver = Position { shares: Shares(10), index_paid: IndexX64(7), generation: 2, ..Position::default() };
    let other = Position { shares: Shares(1), ..giver };
    let (mut from, mut to) = (giver, other);
    assert_eq!(from.give(&mut to, Shares(4)), Some(()));
    assert_eq!((from.shares, to.shares), (Shares(6), Shares(5)));
    for unlike in [
        Position { index_paid: IndexX64(8), ..other },
        Position { generation: 1, ..other },
        Position { shares: Shares(u64::MAX), ..other },
    ] {
        let (mut from, mut to) = (giver, unlike);
        assert_eq!(from.give(&mut to, Shares(4)), None);
        assert_eq!((from, to), (giver, unlike), "nothing changed");
    }
}
