//! What the attesters of a shard say together (MD 4.2, R M23): the strict stake-weighted lower median, unclipped.

/// Most reports on one metric of one provider: the attesters of a shard.
pub const MAX_REPORTS: usize = 15;

/// Full agreement with the median.
const FULL: u32 = 10_000;

/// `max { v : 2 * sum of the weights of reports >= v > sum of all weights }` over `(value, weight)` reports.
///
/// While more than half of the weight is honest the result lies within the honest range: values above it and values
/// below it each have less than half. The strict inequality gives the lower value on a tie. `None` without weight,
/// beyond [`MAX_REPORTS`] reports, or when the weights sum beyond 64 bits, which 15 bonds below 2^60 never do. Nothing
/// is doubled: the part at or above is compared with the rest. Leaves the reports sorted, highest value first.
pub fn lower_median(reports: &mut [(u16, u64)]) -> Option<u16> {
    if reports.len() > MAX_REPORTS {
        return None;
    }
    let mut below = 0u64;
    for (_, weight) in reports.iter() {
        below = below.checked_add(*weight)?;
    }
    sort_descending(reports);
    let mut above = 0u64;
    for (value, weight) in reports.iter() {
        // Both stay between 0 and the sum.
        above = above.wrapping_add(*weight);
        below = below.wrapping_sub(*weight);
        if above > below {
            return Some(*value);
        }
    }
    None
}

/// Insertion sort by value: 105 moves at most, no library code.
fn sort_descending(reports: &mut [(u16, u64)]) {
    for end in 0..reports.len() {
        let Some((mut hole, sorted)) = reports.get_mut(..=end).and_then(<[_]>::split_last_mut) else { return };
        let report = *hole;
        for place in sorted.iter_mut().rev() {
            if place.0 >= report.0 {
                break;
            }
            *hole = *place;
            hole = place;
        }
        *hole = report;
    }
}

/// Whether two thirds of the seated weight were revealed: `3 * revealed >= 2 * seated`, without overflow.
/// Where nothing was seated this holds, and [`lower_median`] is `None`.
pub fn has_quorum(revealed: u64, seated: u64) -> bool {
    // 3 * revealed >= 2 * seated  <=>  seated - revealed <= floor(revealed / 2).
    seated.saturating_sub(revealed) <= revealed >> 1
}

/// Points of agreement with the median: `floor(10_000 * max(0, 1 - |value - median| / tolerance))`.
/// Without tolerance 10,000 for the same value and 0 for any other. Largest product: 10^4 * 2^16.
pub fn agreement(value_bps: u16, median_bps: u16, tolerance_bps: u16) -> u16 {
    let distance = value_bps.abs_diff(median_bps);
    if distance == 0 {
        return 10_000;
    }
    let near = u32::from(tolerance_bps.saturating_sub(distance)).wrapping_mul(FULL);
    let points = near.checked_div(u32::from(tolerance_bps)).unwrap_or(0);
    u16::try_from(points).unwrap_or(0)
}
