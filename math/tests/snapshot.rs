//! Which epochs a provider remembers, and what of them.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation
)]

mod support;

use proptest::prelude::*;
use support::{any_pool, any_width, cases};
use work_token_math::{
    Amount, Bps, Epoch, INDEX_RING, IndexX64, Pool, Ppm, RECORD_RING, Shares,
    snapshot::{Snapshot, can_open, can_sweep, is_kept, next_to_finalize, oldest_kept, oldest_open, slot},
};

/// The epochs around a border, at the beginning, in the middle and at the end of the range.
fn every_epoch_around(run: impl Fn(Epoch, Epoch)) {
    for base in [0, 1_000, u32::MAX - 40] {
        for now in base..=base + 40 {
            for epoch in base..=base + 40 {
                run(Epoch(epoch), Epoch(now));
            }
        }
    }
}

#[test]
fn an_epochs_record_is_kept_during_it_and_seven_epochs_after_it() {
    every_epoch_around(|epoch, now| {
        let age = i64::from(now.0) - i64::from(epoch.0);
        assert_eq!(is_kept(epoch, now), (0..8).contains(&age));
        assert_eq!(is_kept(epoch, now), epoch >= oldest_kept(now) && epoch <= now);
    });
}

// "EpochPool created for a future epoch, or one older than 8"; epoch-open-1: from its first second on.
#[test]
fn an_epoch_can_be_opened_from_its_beginning_on_and_for_eight_epochs() {
    every_epoch_around(|epoch, now| {
        let age = i64::from(now.0) - i64::from(epoch.0);
        assert_eq!(can_open(epoch, now), (0..=8).contains(&age));
        assert_eq!(can_open(epoch, now), epoch >= oldest_open(now) && epoch <= now);
        assert!(!is_kept(epoch, now) || can_open(epoch, now), "what is remembered can be opened");
    });
}

// epoch-open-1: parameters change only once nothing is left to open; one transaction opens nine.
#[test]
fn no_more_than_nine_epochs_can_be_opened_at_once_and_the_oldest_closes_as_a_new_one_begins() {
    for now in (0..40).chain(u32::MAX - 40..=u32::MAX).map(Epoch) {
        let open = (oldest_open(now).0..=now.0).filter(|epoch| can_open(Epoch(*epoch), now)).count();
        assert_eq!(open as u32, now.0.saturating_add(1).min(9));
        if now.0 > 0 {
            assert!(!can_open(now, Epoch(now.0 - 1)), "not a second early");
        }
    }
}

// epoch-sweep-1.
#[test]
fn settling_is_possible_for_eight_epochs_and_the_sweep_comes_after_nine() {
    every_epoch_around(|epoch, now| {
        let age = i64::from(now.0) - i64::from(epoch.0);
        assert_eq!(can_sweep(epoch, now), age >= 9);
        assert!(!can_sweep(epoch, now) || (!is_kept(epoch, now) && !can_open(epoch, now)));
    });
}

// The order of finalizing is what epoch-finalize-2 rests on: an epoch passed once can never be weighed again.
#[test]
fn epochs_are_finalized_in_order_and_one_that_can_no_longer_be_opened_is_passed() {
    every_epoch_around(|recorded, now| {
        let next = next_to_finalize(recorded, now);
        assert!(next >= recorded);
        if recorded < now {
            assert!(can_open(next, now));
        }
        for passed in recorded.0..next.0 {
            assert!(!can_open(Epoch(passed), now) && !is_kept(Epoch(passed), now));
        }
    });
}

#[test]
fn the_epochs_of_a_ring_never_share_a_slot() {
    for ring in [RECORD_RING, INDEX_RING] {
        for first in (0..100).chain(u32::MAX - 100..=u32::MAX - ring) {
            let mut taken = vec![false; ring as usize];
            for epoch in first..first + ring {
                let slot = slot(Epoch(epoch), ring);
                assert!(!std::mem::replace(&mut taken[slot], true));
            }
        }
    }
    assert_eq!(slot(Epoch(7), 0), 0, "a ring of none has no second slot");
}

proptest! {
    #![proptest_config(cases(1_000))]

    // epoch-record-1: slashes are measured on all stake, weight and rewards on what is not leaving.
    #[test]
    fn a_snapshot_holds_stake_with_and_without_what_is_leaving(
        own in any_pool(), delegated in any_pool(), commission in 0u16..=5_000,
    ) {
        let snapshot = Snapshot::of(&own, &delegated, Bps(commission));
        prop_assert_eq!(snapshot, Snapshot {
            own_total: own.tokens,
            delegated_total: delegated.tokens,
            own_staked: own.value(own.staked_shares()),
            own_kept: own.value(own.staked_shares()),
            delegated_staked: delegated.value(delegated.staked_shares()),
            delegated_shares: Shares(delegated.shares.0 - delegated.unbonding_shares.0),
            commission: Bps(commission),
        });
        prop_assert!(snapshot.own_staked <= snapshot.own_total && snapshot.delegated_staked <= snapshot.delegated_total);
    }

    #[test]
    fn units_add_and_subtract_like_their_numbers(one in any_width(), other in any_width()) {
        let (a, b) = (Amount(one), Amount(other));
        prop_assert_eq!(a.checked_add(b).map(|sum| sum.0), one.checked_add(other));
        prop_assert_eq!(a.checked_sub(b).map(|rest| rest.0), one.checked_sub(other));
        prop_assert_eq!(a.saturating_add(b).0, one.saturating_add(other));
        prop_assert_eq!(a.saturating_sub(b).0, one.saturating_sub(other));
        prop_assert_eq!((a.min(b).0, a.max(b).0, a.is_zero()), (one.min(other), one.max(other), one == 0));
        let index = IndexX64((u128::from(one) << 64) | u128::from(other));
        prop_assert_eq!(IndexX64::from_le_bytes(index.to_le_bytes()), index);
        prop_assert_eq!(index.to_le_bytes(), index.0.to_le_bytes());
    }
}

#[test]
fn epochs_between_never_count_below_zero() {
    assert_eq!((Epoch(5).since(Epoch(3)), Epoch(3).since(Epoch(5)), Epoch(3).next()), (2, 0, Epoch(4)));
    assert_eq!((Bps::ONE, Ppm::ONE), (10_000, 1_000_000));
}

#[test]
fn a_snapshot_of_empty_pools_is_empty() {
    assert_eq!(Snapshot::of(&Pool::default(), &Pool::default(), Bps(0)), Snapshot::default());
}
