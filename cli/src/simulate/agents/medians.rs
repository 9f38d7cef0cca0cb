//! Whether medians stay where those who measure put them.

use work_token_sdk::math::median::lower_median;

/// What one attester says of one metric of one provider.
#[derive(Clone, Copy, Debug)]
pub struct Report {
    /// The value in bps.
    pub value: u16,
    /// The bond behind it.
    pub bond: u64,
    /// Whether it was measured.
    pub is_measured: bool,
}

/// Judgement of all medians so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct MedianTally {
    /// Medians in which all who do not measure had less than half of the revealed bonds.
    pub medians: u64,
    /// The largest part of the bonds that they had in one of these, in millionths.
    pub most_unmeasured_ppm: u64,
    /// How many of these lie outside what was measured.
    pub outside: u64,
    /// The farthest that one was moved from the median of what was measured.
    pub farthest_move_bps: u16,
    /// Medians in which half of the bonds or more did not measure: no rule protects them.
    pub unprotected: u64,
    /// How many of those lie outside what was measured.
    pub unprotected_outside: u64,
}

impl MedianTally {
    /// Judges the median of some reports.
    pub fn judge(&mut self, reports: &[Report], median: u16) {
        let all: u64 = reports.iter().map(|report| report.bond).sum();
        let measured = reports.iter().filter(|report| report.is_measured);
        let mut honest: Vec<(u16, u64)> = measured.map(|report| (report.value, report.bond)).collect();
        let unmeasured = all - honest.iter().map(|(_, bond)| bond).sum::<u64>();
        let lowest = honest.iter().map(|(value, _)| *value).min();
        let highest = honest.iter().map(|(value, _)| *value).max();
        let is_outside = lowest.is_none_or(|lowest| median < lowest) || highest.is_none_or(|highest| median > highest);
        if 2 * unmeasured >= all {
            self.unprotected += 1;
            self.unprotected_outside += u64::from(is_outside);
            return;
        }
        self.medians += 1;
        self.outside += u64::from(is_outside);
        self.most_unmeasured_ppm = self.most_unmeasured_ppm.max(unmeasured * 1_000_000 / all);
        let without = lower_median(&mut honest).unwrap_or(median);
        self.farthest_move_bps = self.farthest_move_bps.max(median.abs_diff(without));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(median: u16, reports: &[(u16, u64, bool)]) -> MedianTally {
        let reports: Vec<Report> =
            reports.iter().map(|&(value, bond, is_measured)| Report { value, bond, is_measured }).collect();
        let mut tally = MedianTally::default();
        tally.judge(&reports, median);
        tally
    }

    #[test]
    fn a_median_outside_what_was_measured_is_seen() {
        let reports = [(0, 49, false), (9_000, 30, true), (9_100, 21, true)];
        for (median, outside) in [(8_999, 1), (9_000, 0), (9_100, 0), (9_101, 1)] {
            let tally = judge(median, &reports);
            assert_eq!((tally.medians, tally.outside, tally.most_unmeasured_ppm), (1, outside, 490_000));
        }
        assert_eq!(judge(9_000, &reports).farthest_move_bps, 0);
        assert_eq!(judge(9_100, &reports).farthest_move_bps, 100);
    }

    #[test]
    fn half_of_the_bonds_is_no_minority() {
        let tally = judge(0, &[(0, 50, false), (9_000, 50, true)]);
        assert_eq!((tally.medians, tally.unprotected, tally.unprotected_outside), (0, 1, 1));
    }
}
