//! How far one change of a rule may go.

/// A step goes at most this part of the present value: a fifth.
const STEP_PART: u64 = 5;

/// Whether a change is a small step: `|new - present| <= max(least, floor(present / 5))`, where `least` is
/// what is always allowed, so that no value is stuck. Rounds the fifth down, so that a step is never larger
/// than a fifth. No product. Source: network-params-2.
pub const fn is_small_step(present: u64, new: u64, least: u64) -> bool {
    let step = present.abs_diff(new);
    step <= least || step <= present / STEP_PART
}

#[cfg(test)]
mod tests {
    use super::is_small_step;

    #[test]
    fn a_fifth_is_small_and_a_unit_more_is_not() {
        for (present, most) in [(100, 20), (104, 20), (105, 21), (1 << 60, (1 << 60) / 5), (u64::MAX, u64::MAX / 5)] {
            assert!(is_small_step(present, present - most, 1) && !is_small_step(present, present - most - 1, 1));
            if let Some(risen) = present.checked_add(most + 1) {
                assert!(is_small_step(present, risen - 1, 1) && !is_small_step(present, risen, 1));
            }
        }
    }

    #[test]
    fn the_least_step_is_always_small() {
        assert!(is_small_step(0, 1, 1) && !is_small_step(0, 2, 1));
        assert!(is_small_step(4, 3, 1) && is_small_step(4, 5, 1) && !is_small_step(4, 6, 1));
        assert!(is_small_step(0, 10_000, 10_000) && !is_small_step(0, 10_001, 10_000));
        assert!(is_small_step(60_000, 72_000, 10_000) && !is_small_step(60_000, 72_001, 10_000));
    }
}
