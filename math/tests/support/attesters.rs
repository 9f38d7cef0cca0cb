//! What attesters say together by the definitions of score-value-1, for each value and each report by itself:
//! the model of `panel`.

/// `max { v : 2 * sum of the weights of reports >= v > sum of all weights }` over `(value, weight)` reports.
pub fn lower_median(reports: &[(u16, u64)]) -> Option<u16> {
    let sum = |least: u16| -> u128 {
        reports.iter().filter(|(value, _)| *value >= least).map(|(_, weight)| u128::from(*weight)).sum()
    };
    reports.iter().map(|(value, _)| *value).filter(|value| 2 * sum(*value) > sum(0)).max()
}

/// `floor(10_000 * max(0, 1 - |value - median| / tolerance))`; without tolerance 10,000 for the same value
/// and 0 for any other.
pub fn agreement(value_bps: u16, median_bps: u16, tolerance_bps: u16) -> u32 {
    let (distance, tolerance) = (u32::from(value_bps.abs_diff(median_bps)), u32::from(tolerance_bps));
    match (distance, tolerance) {
        (0, _) => 10_000,
        (_, 0) => 0,
        _ => tolerance.saturating_sub(distance) * 10_000 / tolerance,
    }
}
