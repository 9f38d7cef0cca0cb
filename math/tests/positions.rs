//! A delegator's shares, lots and rewards, in counted examples.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used)]

mod support;

use support::provider::{Provider, Rules, UNIT, deposit, earn, harvested, weigh};
use work_token_math::{Amount, Epoch, IndexHistory, Lot, Position, Shares, position::Harvest};

#[test]
fn stake_placed_during_an_epoch_earns_nothing_from_that_epoch() {
    let (mut provider, mut position) = (Provider::new(), Position::default());
    earn(&mut provider, 5, 0);
    deposit(&mut provider, &mut position, 100);
    earn(&mut provider, 6, 1_000);
    assert_eq!(harvested(&provider, &mut position), 0);
    earn(&mut provider, 7, 1_000);
    assert_eq!(harvested(&provider, &mut position), 1_000);
}

// position-lot-1: the epoch before the lot is not settled yet, and its divisor does not contain the lot.
#[test]
fn a_lot_does_not_become_active_before_the_epoch_before_it_is_settled() {
    let (mut provider, mut first, mut second) = (Provider::new(), Position::default(), Position::default());
    deposit(&mut provider, &mut first, 100);
    earn(&mut provider, 1, 0);
    deposit(&mut provider, &mut second, 900);
    weigh(&mut provider, 2);
    let lot = Lot { activation: Epoch(2), shares: Shares(900 * UNIT) };
    assert_eq!(second.harvest(&provider), Harvest::default());
    assert_eq!((second.shares, second.lots), (Shares(0), [lot, Lot::default()]));
    assert!(provider.settle(Epoch(1), Amount(100)));
    assert_eq!((harvested(&provider, &mut first), harvested(&provider, &mut second)), (100, 0));
    assert_eq!(second.shares, lot.shares);
}

// position-lot-1.
#[test]
fn of_two_waiting_lots_each_waits_for_its_own_epoch() {
    let (mut provider, mut first, mut second) = (Provider::new(), Position::default(), Position::default());
    deposit(&mut provider, &mut first, 128);
    earn(&mut provider, 1, 0);
    deposit(&mut provider, &mut second, 128);
    weigh(&mut provider, 2);
    deposit(&mut provider, &mut second, 256);
    weigh(&mut provider, 3);
    assert!(provider.settle(Epoch(1), Amount(1_024)));
    assert_eq!(second.harvest(&provider).activated, Shares(128 * UNIT));
    assert!(provider.settle(Epoch(2), Amount(1_024)));
    assert_eq!((harvested(&provider, &mut first), harvested(&provider, &mut second)), (1_024 + 512, 512));
    assert_eq!(second.shares, Shares(384 * UNIT));
}

/// epoch-settle-1: A holds 100 shares; C deposits 900 in epoch 2; the rewards of epochs 1 and 2 are 100 each,
/// and epoch 2 is settled first.
fn settled_out_of_order(rules: Rules) -> (bool, u64, u64) {
    let (mut provider, mut a, mut c) = (Provider::with(rules), Position::default(), Position::default());
    deposit(&mut provider, &mut a, 100);
    earn(&mut provider, 1, 0);
    weigh(&mut provider, 2);
    deposit(&mut provider, &mut c, 900);
    weigh(&mut provider, 3);
    let done = provider.settle(Epoch(2), Amount(100));
    assert!(provider.settle(Epoch(1), Amount(100)));
    assert_eq!(provider.settle(Epoch(2), Amount(100)), !done, "once, and only once");
    (done, harvested(&provider, &mut a), harvested(&provider, &mut c))
}

// epoch-settle-1.
#[test]
fn epochs_settled_in_order_pay_nobody_for_an_epoch_he_was_not_in_out_of_order_they_pay_900_for_200() {
    assert_eq!(settled_out_of_order(Rules::default()), (false, 200, 0));
    assert_eq!(settled_out_of_order(Rules { settle_in_order: false, ..Rules::default() }), (true, 200, 900));
}

// epoch-settle-1: "a weight for an epoch already passed is refused".
#[test]
fn an_epoch_without_weight_is_passed_and_can_then_be_neither_weighed_nor_settled() {
    let (mut provider, mut position) = (Provider::new(), Position::default());
    deposit(&mut provider, &mut position, 100);
    earn(&mut provider, 1, 0);
    provider.touch(Epoch(2));
    weigh(&mut provider, 3);
    assert!(provider.settle(Epoch(2), Amount(200)), "epoch 1 had neither weight nor fees");
    assert!(!provider.weigh(Epoch(1)) && !provider.settle(Epoch(1), Amount(200)));
    assert_eq!(harvested(&provider, &mut position), 200);
}

// epoch-settle-1: "one with either is passed only when 8 epochs old".
#[test]
fn a_weighed_epoch_holds_up_later_ones_until_it_is_eight_epochs_old() {
    let (mut provider, mut position) = (Provider::new(), Position::default());
    deposit(&mut provider, &mut position, 100);
    earn(&mut provider, 1, 0);
    weigh(&mut provider, 8);
    assert!(!provider.settle(Epoch(2), Amount(200)));
    provider.touch(Epoch(9));
    assert!(provider.settle(Epoch(2), Amount(200)));
    assert!(!provider.settle(Epoch(1), Amount(200)));
    assert_eq!(harvested(&provider, &mut position), 200);
}

/// position-lot-2: the slot of a passed epoch would hold the end of the epoch sixteen before it.
fn deposited_in_a_passed_epoch(rules: Rules) -> u64 {
    let (mut provider, mut first, mut second) = (Provider::with(rules), Position::default(), Position::default());
    deposit(&mut provider, &mut first, 100);
    earn(&mut provider, 20, 1_000);
    deposit(&mut provider, &mut second, 100);
    provider.touch(Epoch(21));
    weigh(&mut provider, 22);
    assert!(provider.settle(Epoch(21), Amount(0)));
    harvested(&provider, &mut second)
}

// position-lot-2.
#[test]
fn the_end_of_a_passed_epoch_is_written_else_a_lot_would_earn_from_sixteen_epochs_before_it_existed() {
    assert_eq!(deposited_in_a_passed_epoch(Rules::default()), 0);
    assert_eq!(deposited_in_a_passed_epoch(Rules { write_passed_ends: false, ..Rules::default() }), 15_000);
}

/// position-generation-1: 10^9 old shares earn 10^6 in one epoch and are wiped; 10^9 new ones earn 10^6 in
/// each of nine epochs.
fn wiped_and_reopened(rules: Rules) -> (u64, u64, u64) {
    let (mut provider, mut old, mut new) = (Provider::with(rules), Position::default(), Position::default());
    provider.deposit(&mut old, Amount(1_000_000_000)).expect("accepted");
    earn(&mut provider, 1, 0);
    earn(&mut provider, 2, 1_000_000);
    assert!(provider.slash(Amount(u64::MAX)));
    new.harvest(&provider);
    provider.deposit(&mut new, Amount(1_000_000_000)).expect("a pool slashed to zero is reopened");
    earn(&mut provider, 3, 0);
    earn(&mut provider, 12, 1_000_000);
    (provider.rewards.owed.0, harvested(&provider, &mut old), harvested(&provider, &mut new))
}

// position-generation-1: owed 10,000,000; without the rule 18,999,998 would be claimed, and one more with the
// remainder that the index carries.
#[test]
fn a_generation_that_ended_harvests_up_to_its_end_and_no_further() {
    assert_eq!(wiped_and_reopened(Rules::default()), (10_000_000, 999_999, 9_000_000));
    let without = wiped_and_reopened(Rules { keep_generation_ends: false, ..Rules::default() });
    assert_eq!((without.0, without.1 + without.2), (10_000_000, 18_999_999));
}

// position-generation-1: "then count as zero".
#[test]
fn the_shares_of_an_ended_generation_count_as_zero_and_its_position_joins_the_next_one() {
    let (mut provider, mut position) = (Provider::new(), Position::default());
    deposit(&mut provider, &mut position, 100);
    earn(&mut provider, 2, 500);
    deposit(&mut provider, &mut position, 50);
    earn(&mut provider, 3, 500);
    assert!(provider.slash(Amount(u64::MAX)));
    let wiped = Shares(150 * UNIT);
    assert_eq!(position.harvest(&provider), Harvest { credited: Amount(500), wiped, ..Harvest::default() });
    let left = Position { generation: 1, index_paid: provider.index(), credited: Amount(1_000), ..Position::default() };
    assert_eq!(position, left);
    assert!(!position.is_empty() && position.total_shares().is_zero(), "its rewards are still its own");
    deposit(&mut provider, &mut position, 100);
    earn(&mut provider, 5, 500);
    assert_eq!(harvested(&provider, &mut position), 1_500);
}

// position-generation-2: a lot that became active before the end earns up to it, one that had not earns
// nothing.
#[test]
fn lots_of_an_ended_generation_earn_from_their_activation_to_its_end() {
    let (mut provider, mut position, mut late) = (Provider::new(), Position::default(), Position::default());
    deposit(&mut provider, &mut position, 100);
    earn(&mut provider, 1, 0);
    deposit(&mut provider, &mut position, 100);
    earn(&mut provider, 3, 100);
    deposit(&mut provider, &mut late, 100);
    assert!(provider.slash(Amount(u64::MAX)));
    provider.touch(Epoch(4));
    let mut other = Position { generation: 1, ..Position::default() };
    deposit(&mut provider, &mut other, 100);
    provider.touch(Epoch(5));
    earn(&mut provider, 9, 100);
    assert_eq!((harvested(&provider, &mut position), harvested(&provider, &mut late)), (200, 0));
    assert_eq!(harvested(&provider, &mut other), 400);
}

// position-generation-2: the end of the epoch before such a lot is not written, and its slot may hold any
// older one.
#[test]
fn a_lot_whose_epoch_never_began_before_its_generation_ended_earns_nothing() {
    let (mut provider, mut first, mut late) = (Provider::new(), Position::default(), Position::default());
    deposit(&mut provider, &mut first, 128);
    earn(&mut provider, 2, 1_024);
    deposit(&mut provider, &mut late, 128);
    weigh(&mut provider, 3);
    assert!(provider.slash(Amount(u64::MAX)));
    assert_eq!((harvested(&provider, &mut first), harvested(&provider, &mut late)), (1_024, 0));
}

// position-generation-1: "older than kept: nothing more".
#[test]
fn a_generation_whose_end_is_no_longer_kept_earns_nothing_more() {
    for (wipes, expected) in [(4, 500), (5, 0)] {
        let (mut provider, mut position) = (Provider::new(), Position::default());
        deposit(&mut provider, &mut position, 100);
        earn(&mut provider, 2, 500);
        for generation in 1..=wipes {
            assert!(provider.slash(Amount(u64::MAX)));
            let mut other = Position { generation, index_paid: provider.index(), ..Position::default() };
            deposit(&mut provider, &mut other, 100);
        }
        assert_eq!(harvested(&provider, &mut position), expected);
        assert_eq!((position.generation, position.total_shares()), (wipes, Shares(0)));
    }
}

/// position-lot-3: one delegation, a year of daily epochs of 500,000 each, harvested in some of them.
fn a_year(harvests: &[u32]) -> (u64, u64) {
    let (mut provider, mut position) = (Provider::new(), Position::default());
    deposit(&mut provider, &mut position, 1);
    let mut from_lots = 0;
    for &epoch in harvests {
        earn(&mut provider, epoch, 500_000);
        from_lots += position.harvest(&provider).from_lots.0;
    }
    earn(&mut provider, 365, 500_000);
    (harvested(&provider, &mut position), from_lots)
}

// position-lot-2: the nearest index kept is a later one, so too little and never too much: 7.5 of 182
// million.
#[test]
fn a_lot_beyond_the_ring_is_credited_from_the_oldest_end_that_is_kept() {
    assert_eq!(a_year(&[]), (7_500_000, 0));
}

// position-lot-3: whoever activates it takes the bounty out of `from_lots`.
#[test]
fn a_lot_that_is_activated_once_within_the_ring_loses_nothing_however_long_its_owner_stays_away() {
    assert_eq!(a_year(&[2]), (182_000_000, 500_000));
    assert_eq!(a_year(&[16]), (182_000_000, 7_500_000));
    assert_eq!(a_year(&[17]), (181_500_000, 7_500_000), "an epoch late");
}

// position-lot-3.
#[test]
fn only_what_came_with_a_lot_counts_for_the_bounty_of_its_activation() {
    let (mut provider, mut position) = (Provider::new(), Position::default());
    deposit(&mut provider, &mut position, 300);
    earn(&mut provider, 2, 1_200);
    let first = position.harvest(&provider);
    assert_eq!((first.credited, first.from_lots, first.activated), (Amount(1_200), Amount(1_200), Shares(300 * UNIT)));
    deposit(&mut provider, &mut position, 100);
    earn(&mut provider, 3, 1_200);
    earn(&mut provider, 4, 1_200);
    let second = position.harvest(&provider);
    assert_eq!((second.credited, second.from_lots, second.activated), (Amount(2_400), Amount(300), Shares(100 * UNIT)));
}
