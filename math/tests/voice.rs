//! With what staked tokens vote, and when a voice that passes on is heard.
#![allow(clippy::arithmetic_side_effects, clippy::expect_used)]

mod support;

use proptest::prelude::*;
use support::{any_amount, cases};
use work_token_math::{
    Amount, Shares,
    voice::{Reach, arriving, heard_from_ts},
};

#[test]
fn a_voice_that_passes_on_is_heard_after_the_longest_vote_and_the_slack() {
    assert_eq!(heard_from_ts(1_000, 604_800, 172_800), 778_600);
    assert_eq!(heard_from_ts(i64::MAX - 1, 1, 1), i64::MAX);
}

#[test]
fn what_arrives_waits_with_what_still_does() {
    assert_eq!(arriving(Shares(0), 0, Shares(5), 10), Shares(5));
    assert_eq!(arriving(Shares(7), 11, Shares(5), 10), Shares(12), "what waits still");
    assert_eq!(arriving(Shares(7), 10, Shares(5), 10), Shares(5), "what has arrived");
    assert_eq!(arriving(Shares(u64::MAX), 11, Shares(5), 10), Shares(u64::MAX));
}

#[test]
fn stake_up_to_the_leverage_is_heard_in_full_and_beyond_it_in_part() {
    let reach = |own, delegated| Reach::of(Amount(own), Amount(delegated), 16);
    assert_eq!(reach(10, 160).voice(Amount(40)), Amount(40));
    assert_eq!(reach(10, 320).voice(Amount(40)), Amount(20));
    assert_eq!(reach(10, 321).voice(Amount(40)), Amount(19));
    assert_eq!(reach(0, 320).voice(Amount(40)), Amount(0));
    assert_eq!(reach(0, 0).voice(Amount(0)), Amount(0));
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn all_voices_behind_a_provider_are_no_more_than_what_is_heard(
        own in any_amount(), delegated in any_amount(), leverage in 1u32..=64, cuts in prop::collection::vec(0u64..=1 << 20, 0..6),
    ) {
        let reach = Reach::of(Amount(own), Amount(delegated), leverage);
        let heard = u128::from(delegated).min(u128::from(own) * u128::from(leverage));
        let mut rest = delegated;
        let mut voices = 0u128;
        let mut parts = 0u128;
        for cut in cuts {
            let part = u64::try_from((u128::from(rest) * u128::from(cut)) >> 20).expect("a part");
            rest -= part;
            voices += u128::from(reach.voice(Amount(part)).0);
            parts += 1;
        }
        voices += u128::from(reach.voice(Amount(rest)).0);
        prop_assert!(voices <= heard && heard - voices <= parts, "{} of {}", voices, heard);
    }

    #[test]
    fn more_stake_is_never_heard_less(
        own in any_amount(), delegated in any_amount(), leverage in 1u32..=64, less in any_amount(), more in any_amount(),
    ) {
        let reach = Reach::of(Amount(own), Amount(delegated), leverage);
        let (less, more) = (less.min(more).min(delegated), less.max(more).min(delegated));
        prop_assert!(reach.voice(Amount(less)) <= reach.voice(Amount(more)));
        prop_assert!(reach.voice(Amount(more)).0 <= more);
    }
}
