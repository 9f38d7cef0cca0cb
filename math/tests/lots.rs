//! Shares on their way into and out of a position, and the unsettled epochs in which they count.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used)]

mod support;

use proptest::prelude::*;
use support::{
    any_width, cases, part_of,
    provider::{Provider, Rules, UNIT, deposit, earn, harvested, weigh},
};
use work_token_math::{
    Amount, Epoch, IndexX64, Lot, Position, Shares,
    position::{MovedLot, Taken},
};

fn lot(activation: u32, shares: u64) -> Lot {
    Lot { activation: Epoch(activation), shares: Shares(shares) }
}

fn any_position() -> impl Strategy<Value = Position> {
    (any_width(), any_width(), any_width(), 1u32..100, 0u8..3).prop_map(|(active, older, newer, epoch, lots)| {
        let [older, newer] = [older, newer].map(|shares| (shares >> 2).max(1));
        Position {
            shares: Shares(active >> 2),
            lots: match lots {
                0 => [Lot::default(); 2],
                1 => [lot(epoch, older), Lot::default()],
                _ => [lot(epoch, older), lot(epoch + 1, newer)],
            },
            index_paid: IndexX64(7),
            credited: Amount(9),
            generation: 3,
        }
    })
}

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn taking_shares_takes_the_newest_first_and_conserves_them(position in any_position(), part in any_width()) {
        let all = position.total_shares().0;
        let shares = part_of(all, part);
        let mut rest = position;
        let taken = rest.take(Shares(shares)).expect("no more than there are");
        let Taken { lots: [older, newer], active, left } = taken;
        prop_assert_eq!(older.shares.0 + newer.shares.0 + active.0, shares);
        prop_assert_eq!(rest.total_shares().0 + shares, all);
        prop_assert_eq!(left, rest.total_shares());
        let [old_lot, new_lot] = position.lots;
        prop_assert_eq!(newer.shares.0, shares.min(new_lot.shares.0));
        prop_assert_eq!(older.shares.0, (shares - newer.shares.0).min(old_lot.shares.0));
        prop_assert_eq!((older.activation, newer.activation), (old_lot.activation, new_lot.activation));
        prop_assert_eq!(rest.shares.0, position.shares.0 - active.0);
        for (left, before, taken) in [(rest.lots[0], old_lot, older), (rest.lots[1], new_lot, newer)] {
            let shares = Shares(before.shares.0 - taken.shares.0);
            prop_assert_eq!(left, if shares.is_zero() { Lot::default() } else { Lot { shares, ..before } });
        }
        prop_assert_eq!((rest.index_paid, rest.credited, rest.generation), (IndexX64(7), Amount(9), 3));
    }

    #[test]
    fn taking_more_than_there_is_changes_nothing(position in any_position(), more in 1u64..1 << 60) {
        let mut same = position;
        prop_assert_eq!(same.take(Shares(position.total_shares().0 + more)), None);
        prop_assert_eq!(same, position);
    }

    #[test]
    fn a_new_lot_joins_its_epoch_or_waits_for_it_and_a_third_takes_the_newer_one_along(
        position in any_position(), later in 0u32..4, shares in 1u64..1 << 60,
    ) {
        let [older, newer] = position.lots;
        let activation = Epoch(older.activation.0.max(newer.activation.0).max(1) + later);
        let mut after = position;
        let moved = after.add_lot(activation, Shares(shares)).expect("fits");
        prop_assert_eq!(after.total_shares().0, position.total_shares().0 + shares);
        let (expected, expected_move) = if older.shares.is_zero() {
            ([Lot { activation, shares: Shares(shares) }, newer], MovedLot::default())
        } else if older.activation == activation {
            ([Lot { activation, shares: Shares(older.shares.0 + shares) }, newer], MovedLot::default())
        } else if newer.shares.is_zero() || newer.activation == activation {
            ([older, Lot { activation, shares: Shares(newer.shares.0 + shares) }], MovedLot::default())
        } else {
            let moved = MovedLot { from: newer.activation, shares: newer.shares };
            ([older, Lot { activation, shares: Shares(newer.shares.0 + shares) }], moved)
        };
        prop_assert_eq!((after.lots, moved), (expected, expected_move));
    }

    #[test]
    fn a_lot_that_would_overflow_is_refused_and_changes_nothing(position in any_position(), later in 0u32..2) {
        let [older, newer] = position.lots;
        let newest = if newer.shares.is_zero() { older } else { newer };
        let activation = Epoch(newest.activation.0 + later);
        if !newer.shares.is_zero() || (!older.shares.is_zero() && later == 0) {
            let mut same = position;
            prop_assert_eq!(same.add_lot(activation, Shares(u64::MAX)), None);
            prop_assert_eq!(same, position);
        }
    }
}

#[test]
fn a_position_is_empty_without_shares_lots_and_rewards() {
    let empty = Position { generation: 3, index_paid: IndexX64(7), ..Position::default() };
    assert!(empty.is_empty());
    assert!(!Position { shares: Shares(1), ..empty }.is_empty());
    assert!(!Position { lots: [lot(5, 1), Lot::default()], ..empty }.is_empty());
    assert!(!Position { credited: Amount(1), ..empty }.is_empty());
}

/// position-lot-4: A has 128; B deposits 128, 256 and 512 in epochs 1, 2 and 3; epochs 1 to 4, of 1,024 each,
/// are settled in epoch 5. Returns what A and B earn, and what nobody does.
fn three_deposits_while_keepers_are_late(rules: Rules) -> (u64, u64, u64) {
    let (mut provider, mut a, mut b) = (Provider::with(rules), Position::default(), Position::default());
    deposit(&mut provider, &mut a, 128);
    earn(&mut provider, 1, 0);
    for (epoch, units) in [(1, 128), (2, 256), (3, 512)] {
        weigh(&mut provider, epoch);
        deposit(&mut provider, &mut b, units);
    }
    assert_eq!(b.lots, [lot(2, 128 * UNIT), lot(4, 768 * UNIT)], "the lot of epoch 3 moved to epoch 4");
    weigh(&mut provider, 5);
    for epoch in 1..5 {
        assert!(provider.settle(Epoch(epoch), Amount(1_024)));
    }
    let (a, b) = (harvested(&provider, &mut a), harvested(&provider, &mut b));
    (a, b, provider.rewards.owed.0 - a - b)
}

// position-lot-4: epochs 1 to 4 are shared 1,024:0, 512:512, 512:512 and 128:896; the lot that moved gave up
// its part of epoch 3.
#[test]
fn a_lot_that_moves_to_a_later_epoch_leaves_the_divisors_of_those_it_gives_up_else_512_of_4096_are_stranded() {
    assert_eq!(three_deposits_while_keepers_are_late(Rules::default()), (2_176, 1_920, 0));
    let without = Rules { leave_records: false, ..Rules::default() };
    assert_eq!(three_deposits_while_keepers_are_late(without), (1_920, 1_664, 512));
}

// position-lot-4: "(deposit, restake, cancel)".
#[test]
fn a_cancelled_request_waits_like_a_new_deposit_and_takes_a_waiting_lot_along() {
    let (mut provider, mut a, mut b) = (Provider::new(), Position::default(), Position::default());
    deposit(&mut provider, &mut a, 128);
    deposit(&mut provider, &mut b, 128);
    earn(&mut provider, 1, 0);
    provider.request(&mut b, Shares(128 * UNIT));
    for (epoch, units) in [(1, 64), (2, 64)] {
        weigh(&mut provider, epoch);
        deposit(&mut provider, &mut b, units);
    }
    weigh(&mut provider, 3);
    provider.cancel(&mut b, Shares(128 * UNIT));
    assert_eq!(b.lots, [lot(2, 64 * UNIT), lot(4, 192 * UNIT)]);
    weigh(&mut provider, 5);
    for epoch in 1..5 {
        assert!(provider.settle(Epoch(epoch), Amount(768)));
    }
    assert_eq!(harvested(&provider, &mut a), 768 + 512 + 512 + 256);
    assert_eq!(harvested(&provider, &mut b), 256 + 256 + 512);
}

// position-leave-1: stake that leaves stops earning at once, in the epochs not yet settled too.
#[test]
fn what_leaving_forfeits_goes_to_those_who_stay() {
    let (mut provider, mut a, mut b) = (Provider::new(), Position::default(), Position::default());
    deposit(&mut provider, &mut a, 128);
    deposit(&mut provider, &mut b, 384);
    earn(&mut provider, 2, 1_000);
    weigh(&mut provider, 4);
    provider.request(&mut b, Shares(256 * UNIT));
    for epoch in [2, 3] {
        assert!(provider.settle(Epoch(epoch), Amount(1_000)));
    }
    assert_eq!((harvested(&provider, &mut a), harvested(&provider, &mut b)), (250 + 1_000, 750 + 1_000));
}

// position-leave-1: "Undelegating a lot not yet active".
#[test]
fn a_lot_that_leaves_is_taken_out_of_the_epochs_since_its_activation_only() {
    let (mut provider, mut a, mut b) = (Provider::new(), Position::default(), Position::default());
    deposit(&mut provider, &mut a, 128);
    deposit(&mut provider, &mut b, 128);
    earn(&mut provider, 2, 0);
    deposit(&mut provider, &mut b, 256);
    weigh(&mut provider, 4);
    provider.request(&mut b, Shares(256 * UNIT));
    let counted = |provider: &mut Provider, epoch| {
        provider.record(Epoch(epoch)).map(|record| record.snapshot.delegated_shares.0 / UNIT)
    };
    assert_eq!([2, 3, 4].map(|epoch| counted(&mut provider, epoch)), [Some(256), Some(256), Some(256)]);
    for epoch in [2, 3] {
        assert!(provider.settle(Epoch(epoch), Amount(1_000)));
    }
    assert_eq!((harvested(&provider, &mut a), harvested(&provider, &mut b)), (1_000, 1_000));
}

// position-pool-4: a slash changes what shares are worth, never what they earn.
#[test]
fn equal_shares_earn_equally_before_and_after_a_slash() {
    let (mut provider, mut a, mut b) = (Provider::new(), Position::default(), Position::default());
    deposit(&mut provider, &mut a, 128);
    deposit(&mut provider, &mut b, 128);
    earn(&mut provider, 2, 1_000);
    assert!(!provider.slash(Amount(200 * UNIT)));
    earn(&mut provider, 3, 1_000);
    assert_eq!((harvested(&provider, &mut a), harvested(&provider, &mut b)), (1_000, 1_000));
}

// epoch-record-1.
#[test]
fn a_pool_untouched_for_seven_epochs_has_the_records_of_one_touched_in_each() {
    for gap in 1..=7 {
        let (mut provider, mut position) = (Provider::new(), Position::default());
        deposit(&mut provider, &mut position, 128);
        earn(&mut provider, 3, 1_000);
        provider.request(&mut position, Shares(28 * UNIT));
        deposit(&mut provider, &mut position, 50);
        let mut touched = provider.clone();
        for epoch in 4..=3 + gap {
            touched.touch(Epoch(epoch));
        }
        provider.touch(Epoch(3 + gap));
        assert_eq!(format!("{provider:?}"), format!("{touched:?}"));
    }
}
