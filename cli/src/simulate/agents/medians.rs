//! Whether medians stay where those who measure put them.

use work_token_sdk::math::panel::{MAX_REPORTS, Panel, Reports};

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

/// What the attesters of a shard say of one metric of one provider, by seat.
pub type Said = [Option<Report>; MAX_REPORTS];

/// Those reports for which something holds.
pub fn reports(said: &Said, holds: impl Fn(&Report) -> bool) -> Reports {
    Reports::of(&said.map(|report| report.filter(|report| holds(report)).map_or(0, |report| report.value + 1)))
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
    /// Judges the median of what the attesters of a panel say.
    pub fn judge(&mut self, panel: &Panel, said: &Said, median: u16) {
        let all: u64 = said.iter().flatten().map(|report| report.bond).sum();
        let measured = || said.iter().flatten().filter(|report| report.is_measured);
        let unmeasured = all - measured().map(|report| report.bond).sum::<u64>();
        let lowest = measured().map(|report| report.value).min();
        let highest = measured().map(|report| report.value).max();
        let is_outside = lowest.is_none_or(|lowest| median < lowest) || highest.is_none_or(|highest| median > highest);
        if 2 * unmeasured >= all {
            self.unprotected += 1;
            self.unprotected_outside += u64::from(is_outside);
            return;
        }
        self.medians += 1;
        self.outside += u64::from(is_outside);
        self.most_unmeasured_ppm = self.most_unmeasured_ppm.max(unmeasured * 1_000_000 / all);
        let without = panel.lower_median(&reports(said, |report| report.is_measured)).unwrap_or(median);
        self.farthest_move_bps = self.farthest_move_bps.max(median.abs_diff(without));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(median: u16, reports: &[(u16, u64, bool)]) -> MedianTally {
        let mut said = [None; MAX_REPORTS];
        for (place, &(value, bond, is_measured)) in said.iter_mut().zip(reports) {
            *place = Some(Report { value, bond, is_measured });
        }
        let panel = Panel::new(&said.map(|report| report.map_or(0, |report| report.bond))).expect("small bonds");
        let mut tally = MedianTally::default();
        tally.judge(&panel, &said, median);
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
