//! How fast slashes are executed: installments, the network's limit, what passes it (dispute-execute-3).
#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use proptest::prelude::*;
use support::{
    any_amount, any_width, cases,
    exact::{product_over, whole, zero},
};
use work_token_math::{
    Amount,
    bucket::Bucket,
    dispute::{installment_due, passing_part},
};

proptest! {
    #![proptest_config(cases(4_000))]

    #[test]
    fn installments_sum_to_the_slash_and_each_is_due_in_proportion(
        found in any_amount(), count in any::<u8>(), due in prop_oneof![0u32..256, any::<u32>()],
    ) {
        let parts = (1..=u32::from(count.max(1))).map(|due| {
            installment_due(Amount(found), due, count).0 - installment_due(Amount(found), due - 1, count).0
        });
        prop_assert!(count == 0 || parts.clone().sum::<u64>() == found);
        let (least, most) = (parts.clone().min().expect("one"), parts.max().expect("one"));
        prop_assert!(count == 0 || most - least <= 1, "evenly");
        let due_now = u64::from(due.min(u32::from(count)));
        let exact = if count == 0 { whole(found) } else { product_over(found, due_now, u64::from(count)) };
        prop_assert_eq!(whole(installment_due(Amount(found), due, count).0), exact.floor());
    }

    // dispute-execute-3: an eighth a refill, all of it with the eighth, whatever the limit.
    #[test]
    fn every_slash_passes_the_limit_within_eight_refills(
        found in any_amount(), refill in 1u64..1 << 32, elapsed in any_width(),
    ) {
        let refills = elapsed / refill;
        let exact = product_over(found, refills.min(8), 8).floor();
        prop_assert_eq!(whole(passing_part(Amount(found), elapsed, refill).0), exact);
        prop_assert_eq!(passing_part(Amount(found), elapsed, 0), Amount(found), "a limit that refills at once");
    }

    // dispute-execute-3.
    #[test]
    fn no_window_sees_more_slashed_than_the_capacity_and_what_refilled_in_it(
        capacity in any_amount(), refill in 1u64..10_000_000,
        slashes in prop::collection::vec((0i64..2_000_000, any_width()), 1..30),
    ) {
        let (mut bucket, mut now, mut history) = (Bucket::default(), 0, Vec::new());
        for (secs, wanted) in slashes {
            now += secs;
            bucket = bucket.at(Amount(capacity), refill, now);
            let amount = Amount(wanted).min(bucket.room(Amount(capacity)));
            bucket.fill(amount);
            history.push((now, amount.0));
        }
        for from in 0..history.len() {
            let mut slashed = zero();
            for to in from..history.len() {
                slashed += whole(history[to].1);
                let elapsed = u64::try_from(history[to].0 - history[from].0).expect("later");
                prop_assert!(slashed <= whole(capacity) + product_over(capacity, elapsed, refill));
            }
        }
    }

    #[test]
    fn a_full_bucket_refills_evenly_however_often_it_is_looked_at(
        capacity in any_amount(), refill in 1u64..10_000_000, looks in prop::collection::vec(0i64..500_000, 1..30),
    ) {
        let full = Bucket { level: Amount(capacity), as_of_ts: 0 };
        let (mut bucket, mut now) = (full, 0);
        for secs in &looks {
            now += secs;
            bucket = bucket.at(Amount(capacity), refill, now);
        }
        let exact = product_over(capacity, u64::try_from(now).expect("later"), refill).min(whole(capacity));
        let room = |bucket: Bucket| whole(bucket.room(Amount(capacity)).0);
        prop_assert_eq!(room(full.at(Amount(capacity), refill, now)), exact.floor());
        prop_assert!(room(bucket) <= exact);
        prop_assert!(room(bucket) + whole(looks.len()) >= exact, "each look loses less than a unit");
    }

    #[test]
    fn a_bucket_whose_clock_went_back_in_an_outage_leaks_no_second_twice(
        capacity in any_amount(), refill in 1u64..1_000_000, now in 0i64..1_000_000, outage in 0i64..86_400,
    ) {
        let full = Bucket { level: Amount(capacity), as_of_ts: 0 };
        let before = full.at(Amount(capacity), refill, now);
        let again = before.at(Amount(capacity), refill, now - outage).at(Amount(capacity), refill, now);
        prop_assert_eq!(again, before);
    }
}
