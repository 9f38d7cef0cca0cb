//! What the fifteen attesters of a shard say together (score-value-1): the strict bond-weighted lower median
//! of each metric, unclipped, and their agreement with it.
//!
//! Six medians of fifteen reports, sorted one by one, and the agreement with them cost 12,000 compute units;
//! four reports to a word, and without sorting, 4,600. A report takes a lane of 16 bits: its value plus one,
//! or zero for none. Where the top bit of the minuend's lane is set and that of the subtrahend's is not, no
//! difference of lanes borrows from the next. The tests hold it against the definitions, taken literally.

/// Most reports on one metric of one provider: the attesters of a shard.
pub const MAX_REPORTS: usize = 15;
/// The highest value of a report.
pub const MOST: u16 = 10_000;
/// Metrics whose agreement can be added up: the lanes hold 6 * 10,000.
pub const MOST_METRICS: usize = 6;

/// A one in every lane.
const ONES: u64 = 0x0001_0001_0001_0001;
/// The top bit of every lane.
const TOP: u64 = ONES << 15;
/// The lowest lane.
const LANE: u64 = 0xffff;
/// Moves the low four bits of every lane to the top sixteen bits of a product: by 48, 36, 24 and 12. What
/// else the product contains lies below them, and no two of its parts meet.
const GATHER: u64 = 1 << 48 | 1 << 36 | 1 << 24 | 1 << 12;

/// Fifteen reports on one metric, by number: 0 to 3 in the first word, the lowest lane first. Values of parts
/// are at most [`MOST`], codes of units at most [`minifloat::MOST_CODE`](crate::minifloat::MOST_CODE).
#[derive(Clone, Copy)]
pub struct Reports([u64; 4]);

impl Reports {
    /// Of the values by number, each plus one; zero where there is none. None is above 2^15 - 1.
    #[inline(always)]
    pub fn of(values_plus_one: &[u16; MAX_REPORTS]) -> Self {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o] = *values_plus_one;
        Self([word([a, b, c, d]), word([e, f, g, h]), word([i, j, k, l]), word([m, n, o, 0])])
    }

    /// The top bits of the lanes that hold at least a number below 2^15.
    #[inline(always)]
    fn tops(&self, least: u64) -> [u64; 4] {
        let least = least.wrapping_mul(ONES);
        self.0.map(|word| (word | TOP).wrapping_sub(least) & TOP)
    }

    /// The reports that hold at least a number, a bit each: the bit of lane `l` of word `w` is `4 * l + w`.
    #[inline(always)]
    fn at_least(&self, least: u64) -> u64 {
        let [a, b, c, d] = self.tops(least);
        (a >> 15 | b >> 14 | c >> 13 | d >> 12).wrapping_mul(GATHER) >> 48
    }
}

#[inline(always)]
fn word([a, b, c, d]: [u16; 4]) -> u64 {
    u64::from(a) | u64::from(b) << 16 | u64::from(c) << 32 | u64::from(d) << 48
}

/// The attesters' weights, summed for every subset of four of them.
pub struct Panel {
    /// By lane, then by the words that are in the subset, a bit each.
    sums: [[u64; 16]; 4],
    /// All of them.
    drawn: u64,
}

impl Panel {
    /// Of the weights by number. `None` when they sum beyond 64 bits, which bonds below 2^60 never do; no sum
    /// of some of them overflows then.
    pub fn new(weights: &[u64; MAX_REPORTS]) -> Option<Self> {
        let drawn = weights.iter().try_fold(0u64, |sum, weight| sum.checked_add(*weight))?;
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o] = *weights;
        Some(Self {
            sums: [subsets([a, e, i, m]), subsets([b, f, j, n]), subsets([c, g, k, o]), subsets([d, h, l, 0])],
            drawn,
        })
    }

    /// The median of the reports where enough weight reported: [`has_value`]. `masked` is the weight of those
    /// that must not report, asked for only where it can matter: reports by half of all are by half of
    /// whatever is left of them.
    #[inline]
    pub fn value(&self, reports: &Reports, masked: impl FnOnce() -> u64) -> Option<u16> {
        let open = reports.at_least(1);
        let reported = self.weight(open);
        let is_half_of_all = reported >= self.drawn.wrapping_sub(reported);
        if is_half_of_all || has_value(reported, self.drawn.saturating_sub(masked()), self.drawn) {
            self.median_of(reports, open, reported)
        } else {
            None
        }
    }

    /// `max { v : 2 * sum of the weights of reports >= v > sum of all weights }`. `None` without weight.
    ///
    /// While more than half of the weight is honest the result lies within the honest range: values above it
    /// and values below it each have less than half. The strict inequality gives the lower value on a tie.
    /// Nothing is doubled: the part at or above is compared with the rest.
    ///
    /// Whether the median is at least a value takes four additions. So the reports are tried in turn, and
    /// those that an answer rules out are passed over: six are tried on average when their order is random,
    /// all when it is the worst.
    #[inline]
    pub fn lower_median(&self, reports: &Reports) -> Option<u16> {
        let open = reports.at_least(1);
        self.median_of(reports, open, self.weight(open))
    }

    /// The same, when it is known who reported and what they weigh.
    #[inline(always)]
    fn median_of(&self, reports: &Reports, mut open: u64, all: u64) -> Option<u16> {
        let mut best = 0;
        let (mut lanes, mut bit) = (reports.0, 1u64);
        while open >= bit {
            for lane in &mut lanes {
                let tried = *lane & LANE;
                if open & bit != 0 && tried != best {
                    let reached = reports.at_least(tried);
                    let weight = self.weight(reached);
                    // Both are parts of a sum that fits.
                    if weight > all.wrapping_sub(weight) {
                        best = tried;
                        open &= reached;
                    } else {
                        open &= !reached;
                    }
                }
                bit = bit.wrapping_shl(1);
                *lane >>= 16;
            }
        }
        u16::try_from(best.checked_sub(1)?).ok()
    }

    #[inline(always)]
    fn weight(&self, who: u64) -> u64 {
        let [a, b, c, d] = &self.sums;
        let sum =
            |sums: &[u64; 16], of: u64| usize::try_from(of & 15).ok().and_then(|of| sums.get(of)).map_or(0, |it| *it);
        let (low, high) =
            (sum(a, who).wrapping_add(sum(b, who >> 4)), sum(c, who >> 8).wrapping_add(sum(d, who >> 12)));
        low.wrapping_add(high)
    }
}

/// The sums of all subsets of four weights, by the bits of the subset.
#[inline(always)]
fn subsets([a, b, c, d]: [u64; 4]) -> [u64; 16] {
    let plus = |sums: [u64; 4], weight: u64| sums.map(|sum| sum.wrapping_add(weight));
    let [e, f, g, h] = [0, a, b, a.wrapping_add(b)];
    let [i, j, k, l] = plus([e, f, g, h], c);
    let [m, n, o, p] = plus([e, f, g, h], d);
    let [q, r, s, t] = plus([i, j, k, l], d);
    [e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t]
}

/// How near the fifteen were to the medians of several metrics.
pub struct Agreement {
    tolerance: u64,
    /// Sums of `max(0, tolerance - distance)`: at most 6 * 10,000 in a lane.
    near: [u64; 4],
    /// The top bits of the lanes that had no report on one of them.
    silent: [u64; 4],
}

impl Agreement {
    /// Of nobody on nothing yet, with a tolerance of at most 10,000. Without tolerance whoever has the median
    /// is near, and nobody else.
    pub fn within(tolerance_bps: u16) -> Self {
        Self { tolerance: u64::from(tolerance_bps.clamp(1, MOST)), near: [0; 4], silent: [0; 4] }
    }

    /// Adds the reports on one metric, of [`MOST_METRICS`] at most.
    #[inline(always)]
    pub fn add(&mut self, reports: &Reports, median: u16) {
        add_near(reports, median, self.tolerance, &mut self.near, &mut self.silent);
    }

    /// Adds the codes of units that were reported, which have a tolerance of their own, in codes: `floor(T *
    /// max(0, 1 - distance / tolerance))`, T being the tolerance of the others.
    pub fn add_units(&mut self, reports: &Reports, median: u16, tolerance: u16) {
        let tolerance = u64::from(tolerance.clamp(1, MOST));
        let mut near = [0; 4];
        add_near(reports, median, tolerance, &mut near, &mut self.silent);
        for (near, sum) in near.iter().zip(&mut self.near) {
            for shift in [0, 16, 32, 48] {
                // At most 10,000 * 10,000; the quotient is at most the tolerance of the others.
                let whole = (near.wrapping_shr(shift) & LANE).wrapping_mul(self.tolerance);
                *sum = sum.wrapping_add(whole.checked_div(tolerance).unwrap_or(0).wrapping_shl(shift));
            }
        }
    }

    /// Adds another agreement of the same tolerance, on other metrics.
    #[inline(always)]
    pub fn join(&mut self, other: &Self) {
        for (near, more) in self.near.iter_mut().zip(&other.near) {
            *near = near.wrapping_add(*more);
        }
        for (silent, more) in self.silent.iter_mut().zip(&other.silent) {
            *silent |= more;
        }
    }

    /// Tells of each by number, and of the empty lane after the fifteen: its points, `floor(10_000 * sum of
    /// max(0, 1 - distance / tolerance))` over the metrics, and whether it reported on all of them.
    #[inline(always)]
    pub fn each(&self, mut tell: impl FnMut(u32, bool)) {
        for (near, silent) in self.near.iter().zip(&self.silent) {
            let (mut near, mut silent) = (*near, *silent);
            for _ in 0..4 {
                // At most 6 * 10,000 * 10,000.
                let points = (near & LANE).wrapping_mul(u64::from(MOST)).checked_div(self.tolerance).unwrap_or(0);
                tell(u32::try_from(points).unwrap_or(0), silent & LANE == 0);
                (near, silent) = (near >> 16, silent >> 16);
            }
        }
    }
}

/// Adds `max(0, tolerance - distance)` of each report to `near`, and marks the lanes without one.
#[inline(always)]
fn add_near(reports: &Reports, median: u16, tolerance: u64, near: &mut [u64; 4], silent: &mut [u64; 4]) {
    let median = u64::from(median).wrapping_add(1).wrapping_mul(ONES);
    let tolerance = tolerance.wrapping_mul(ONES) | TOP;
    let present = reports.tops(1);
    for (((word, present), near), silent) in reports.0.iter().zip(present).zip(near).zip(silent) {
        let difference = (word | TOP).wrapping_sub(median);
        let above = difference & TOP;
        // Below the median the lane holds 2^15 less the distance.
        let distance = (!(difference ^ full_lanes(above)) & !TOP).wrapping_add((above ^ TOP) >> 15);
        let left = tolerance.wrapping_sub(distance);
        *near = near.wrapping_add(left & full_lanes(left & present));
        *silent |= present ^ TOP;
    }
}

/// Whether reports weigh enough for a value (score-value-2): `2 * reported >= unmasked` and
/// `3 * reported >= drawn`, exactly and without overflow. `drawn` is the weight of all, `unmasked` of those
/// that may report. Where nothing was drawn this holds, and [`Panel::lower_median`] is `None`.
pub fn has_value(reported: u64, unmasked: u64, drawn: u64) -> bool {
    // 2 * reported >= unmasked  <=>  unmasked - reported <= reported, and so on.
    let is_half = unmasked.saturating_sub(reported) <= reported;
    is_half && drawn.saturating_sub(reported).saturating_sub(reported) <= reported
}

/// The lower 15 bits of every lane whose top bit is set.
#[inline(always)]
fn full_lanes(tops: u64) -> u64 {
    let tops = tops & TOP;
    tops.wrapping_sub(tops >> 15)
}
