//! What a provider may announce.
#![allow(clippy::arithmetic_side_effects)]

use work_token_math::{
    Bps, Epoch, EpochClock,
    commission::{Change, CommissionError, MAX_COMMISSION, MAX_COMMISSION_STEP, announce},
};

#[test]
fn a_commission_falls_at_once_and_rises_after_notice_by_at_most_five_points_up_to_fifty_percent() {
    assert_eq!((MAX_COMMISSION, MAX_COMMISSION_STEP), (Bps(5_000), Bps(500)));
    for present in (0..=5_000u16).step_by(50).chain([1, 499, 501, 4_499, 4_501, 4_999]) {
        for announced in 0..=u16::MAX {
            let expected = if announced > 5_000 {
                Err(CommissionError::AboveMaximum)
            } else if announced <= present {
                Ok(Change::AtOnce)
            } else if announced > present + 500 {
                Err(CommissionError::StepTooLarge)
            } else {
                Ok(Change::AfterNotice)
            };
            assert_eq!(announce(Bps(present), Bps(announced)), expected, "from {present} to {announced}");
        }
    }
}

// provider-commission-3: "a raise from the first epoch that begins after its notice".
#[test]
fn a_raise_never_touches_an_epoch_that_began_before_its_notice_was_over() {
    let clock = EpochClock::starting(0, Epoch(0), 100);
    for announced_ts in 0..300 {
        let over_ts = announced_ts + 250;
        let first = clock.first_beginning_at_or_after(over_ts);
        let before = Epoch(first.0 - 1);
        assert!(clock.starts_at_ts(first).is_some_and(|start_ts| start_ts >= over_ts));
        assert!(clock.starts_at_ts(before).is_some_and(|start_ts| start_ts < over_ts));
    }
}
