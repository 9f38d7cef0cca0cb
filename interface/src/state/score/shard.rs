//! Reports of at most fifteen attesters about the forty-eight places of a shard, for one epoch.

use crate::{
    Address, WorkTokenError as E,
    limits::{SHARD_ATTESTERS, SHARD_PROVIDERS},
    math::{
        Epoch, WorkTs,
        attester::weighted_points,
        minifloat::MOST_CODE,
        panel::{Agreement, MOST, Panel, Reports},
        score::MAX_METRICS,
    },
    state::{EpochPool, Provider, ScoreRules, pool_flags},
};

/// In what an attester reveals: no report.
pub const NO_REPORT: u16 = u16::MAX;
/// In what the shard keeps: no report.
const NONE: u16 = 0;
/// Bytes of an attester's reports about a shard: a value per provider and metric.
pub const REPORT_BYTES: usize = SHARD_PROVIDERS * MAX_METRICS * 2;
/// Places of a shard; see `SHARD_PROVIDERS`.
const PLACES: u16 = {
    assert!(SHARD_PROVIDERS == 48);
    48
};

/// What an attester of a shard has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum OpinionState {
    /// Nobody.
    Empty = 0,
    /// Drawn.
    Drawn = 1,
    /// Committed.
    Committed = 2,
    /// Revealed.
    Revealed = 3,
    /// Paid or fined.
    Settled = 4,
}

part! {
    /// One attester of a shard.
    pub struct Opinion {
        /// Who attests.
        pub attester: Address,
        /// Its bond when it was drawn: its weight in the medians, unclipped (score-value-1).
        pub bond: u64,
        /// Commitment to its reports.
        pub commitment: [u8; 32],
        /// Agreement with the medians, 10,000 for each value.
        pub points: u32,
        /// Of the providers that reports had a value for, those it reported on, or could not because of its
        /// own stake.
        pub reported: u16,
        /// See `OpinionState`.
        pub state: u8,
        /// Unused.
        pub padding: u8,
        /// Providers that it must not report on, bit by place in the shard: its own, and those it delegates
        /// to.
        pub masked: [u8; 6],
        /// Unused.
        pub padding_2: [u8; 2],
    }
}

account! {
    /// A shard of an epoch's scores. Deadlines are in work time.
    pub struct ScoreShard {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// The shard's number: places `48 * shard` to `48 * shard + 47`.
        pub shard: u16,
        /// The epoch.
        pub epoch: u32,
        /// The network.
        pub network: Address,
        /// Providers scored that its reports had a value for.
        pub scored: u32,
        /// Attesters drawn.
        pub attesters: u32,
        /// Who paid this account's rent and gets it back.
        pub payer: Address,
        /// Reports can be committed until then: the epoch's end. Work time.
        pub commit_until_work_ts: i64,
        /// Reports can be revealed until then; providers are scored from then on. Work time.
        pub reveal_until_work_ts: i64,
        /// Bonds of the attesters that were drawn. Base units.
        pub drawn_bonds: u64,
        /// Bonds of those that have revealed. Base units.
        pub revealed_bonds: u64,
        /// Attesters that are paid or fined.
        pub settled: u32,
        /// The place of the metric of units among the epoch's metrics, plus one; 0 where it has none.
        pub units_plus_one: u8,
        /// Unused.
        pub padding: [u8; 3],
        /// The attesters.
        pub opinions: [Opinion; SHARD_ATTESTERS],
        /// Values by provider, metric and attester, in hundredths of a percent, of units their codes, and
        /// plus one; zero before the reveal, and for none.
        pub reports: [[[u16; SHARD_ATTESTERS]; MAX_METRICS]; SHARD_PROVIDERS],
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

const _: () = assert!(ScoreShard::SIZE <= 10_240);

impl Opinion {
    /// What the attester has done.
    pub fn state(&self) -> OpinionState {
        match self.state {
            0 => OpinionState::Empty,
            1 => OpinionState::Drawn,
            2 => OpinionState::Committed,
            3 => OpinionState::Revealed,
            _ => OpinionState::Settled,
        }
    }

    /// Its points times its bond: what it is paid by.
    pub fn weighted_points(&self) -> u64 {
        weighted_points(self.points, self.bond)
    }

    /// Whether the attester revealed, and is not settled yet.
    pub(super) fn has_revealed(&self) -> bool {
        self.state == OpinionState::Revealed as u8
    }

    /// Whether it must not report on the provider at a place.
    pub fn is_masked(&self, place: usize) -> bool {
        let (byte, bit) = (place >> 3, u32::try_from(place & 7).unwrap_or(0));
        self.masked.get(byte).is_some_and(|mask| mask.checked_shr(bit).unwrap_or(0) & 1 == 1)
    }

    /// Bars it from reporting on the provider at a place.
    pub fn mask(&mut self, place: usize) {
        let (byte, bit) = (place >> 3, u32::try_from(place & 7).unwrap_or(0));
        if let Some(mask) = self.masked.get_mut(byte) {
            *mask |= 1u8.checked_shl(bit).unwrap_or(0);
        }
    }

    /// Whether it is due pay: it revealed, and reported on 95 % of the providers that reports had a value for
    /// (score-pay-2).
    pub fn has_earned(&self, scored: u32) -> bool {
        self.has_revealed() && u64::from(self.reported).saturating_mul(100) >= u64::from(scored).saturating_mul(95)
    }

    /// Whether the attester has been paid or fined.
    pub fn is_settled(&self) -> bool {
        self.state == OpinionState::Settled as u8
    }
}

impl EpochPool {
    /// Refuses to score providers: in an epoch that measures nothing; once it is finalized; before its reveal
    /// window has passed.
    pub fn require_scorable(&self, work_ts: WorkTs) -> Result<(), E> {
        if self.has(pool_flags::SCORED) { self.require_weighable(work_ts) } else { Err(E::NotScored) }
    }

    /// Providers were scored, by which attesters earned points times bond.
    pub fn note_scored(&mut self, providers: u32, earned: u64) {
        self.attester_points = self.attester_points.saturating_add(earned);
        self.scored = self.scored.saturating_add(providers);
    }
}

impl ScoreShard {
    /// The number of the shard that a place lies in.
    pub fn number_of(place: u16) -> u16 {
        place.checked_div(PLACES).unwrap_or(0)
    }

    /// The place of the metric of units among the epoch's metrics, if it has one.
    pub fn units_metric(&self) -> Option<usize> {
        usize::from(self.units_plus_one).checked_sub(1)
    }

    /// The row in this shard of the place that a provider held in its epoch; `None` where it held none, or
    /// one of another shard.
    pub fn row_in(&self, provider: &Provider) -> Option<usize> {
        provider.place_in(Epoch(self.epoch)).and_then(|place| self.row_of(place))
    }

    /// The opinions of the attesters that were drawn.
    #[inline]
    pub fn drawn(&self) -> &[Opinion] {
        self.opinions.get(..usize::try_from(self.attesters).unwrap_or(0)).unwrap_or(&self.opinions)
    }

    /// Notes an attester that was drawn.
    pub fn enter(&mut self, attester: Address, bond: u64) {
        let next = usize::try_from(self.attesters).unwrap_or(SHARD_ATTESTERS);
        if let Some(opinion) = self.opinions.get_mut(next) {
            opinion.attester = attester;
            opinion.bond = bond;
            opinion.state = OpinionState::Drawn as u8;
            self.attesters = self.attesters.saturating_add(1);
            self.drawn_bonds = self.drawn_bonds.saturating_add(bond);
        }
    }

    /// The opinion of an attester.
    #[inline(never)]
    pub fn opinion_of(&self, attester: &Address) -> Option<usize> {
        self.drawn().iter().position(|opinion| opinion.attester == *attester)
    }

    /// The row of a place in this shard, or `None` when it is in another.
    pub fn row_of(&self, place: u16) -> Option<usize> {
        let row = usize::from(place.checked_rem(PLACES).unwrap_or(0));
        (Self::number_of(place) == self.shard).then_some(row)
    }

    /// The opinion of an attester that may reveal now, and its commitment.
    /// - Refuses: who was not drawn, has not committed or has revealed; before the time to reveal, and after
    ///   it.
    pub fn revealing(&self, attester: &Address, work_ts: WorkTs) -> Result<(usize, &[u8; 32]), E> {
        let index = self.opinion_of(attester).ok_or(E::AttesterNotDrawn)?;
        let opinion = self.opinions.get(index).filter(|opinion| opinion.state == OpinionState::Committed as u8);
        let opinion = opinion.ok_or(E::ReportsNotCommitted)?;
        if !work_ts.has_reached(self.commit_until_work_ts) {
            return Err(E::ReportRevealNotOpen);
        }
        if work_ts.has_reached(self.reveal_until_work_ts) {
            return Err(E::ReportRevealHasPassed);
        }
        Ok((index, &opinion.commitment))
    }

    /// Keeps what an attester reveals. A value about a provider that it must not report on counts as none.
    /// Refuses values out of bounds, and a reveal without any report: it is none.
    pub fn reveal(&mut self, index: usize, values: &[u8; REPORT_BYTES]) -> Result<(), E> {
        let units = self.units_metric();
        let opinion = self.opinions.get_mut(index).ok_or(E::AttesterNotDrawn)?;
        let (values, _) = values.as_chunks::<2>();
        let mut values = values.iter();
        let mut has_reported = false;
        for (place, metrics) in self.reports.iter_mut().enumerate() {
            let is_masked = opinion.is_masked(place);
            for (metric, reports) in metrics.iter_mut().enumerate() {
                let (Some(kept), Some(value)) = (reports.get_mut(index), values.next()) else {
                    return Err(E::AttesterNotDrawn);
                };
                let value = u16::from_le_bytes(*value);
                if value == NO_REPORT {
                    continue;
                }
                if value > if units == Some(metric) { MOST_CODE } else { MOST } {
                    return Err(E::ReportOutOfBounds);
                }
                // One on a masked provider, too: who may report on nobody else of the shard has not kept
                // silent.
                has_reported = true;
                *kept = if is_masked { NONE } else { value.saturating_add(1) };
            }
        }
        if !has_reported {
            return Err(E::NothingReported);
        }
        opinion.state = OpinionState::Revealed as u8;
        self.revealed_bonds = self.revealed_bonds.saturating_add(opinion.bond);
        Ok(())
    }

    /// The bonds of those that were drawn, to weigh their reports by.
    #[inline(never)]
    pub fn panel(&self) -> Option<Panel> {
        Panel::new(&self.opinions.each_ref().map(|opinion| opinion.bond))
    }

    /// The attester of an opinion that can be barred from a provider. Refuses an opinion that nobody was
    /// drawn for, or that is settled.
    pub fn maskable(&self, index: usize) -> Result<Address, E> {
        let opinion = self.drawn().get(index).filter(|opinion| !opinion.is_settled());
        opinion.map(|opinion| opinion.attester).ok_or(E::NothingToMask)
    }

    /// Bars an attester from reporting on the provider at a place, and forgets what it said about it.
    pub fn mask(&mut self, index: usize, place: usize) {
        let (Some(opinion), Some(metrics)) = (self.opinions.get_mut(index), self.reports.get_mut(place)) else {
            return;
        };
        opinion.mask(place);
        for report in metrics.iter_mut().filter_map(|reports| reports.get_mut(index)) {
            *report = NONE;
        }
    }

    /// Points times bond of all its attesters: what they have earned so far of the attesters' part of the
    /// emission.
    pub fn weighted_points(&self) -> u64 {
        self.opinions.iter().map(Opinion::weighted_points).fold(0, u64::saturating_add)
    }

    /// What the shard says about the provider at a place: of each attested metric and of units, where enough
    /// unmasked bonds reported, their weighted lower median (score-value-1, score-value-2). The attesters
    /// earn points by their agreement. Where no metric has a value the provider does not count for their
    /// 95 %.
    ///
    /// An attester reported on the provider when it gave a value for each metric that has one, or must not
    /// give any.
    #[inline(never)]
    pub fn judge(&mut self, panel: &Panel, place: usize, rules: &ScoreRules) -> [Option<u16>; MAX_METRICS] {
        let mut agreement = Agreement::within(rules.attester_tolerance_bps);
        let mut medians = [None; MAX_METRICS];
        let Some(rows) = self.reports.get(place) else { return medians };
        let opinions = &self.opinions;
        let mut has_value = false;
        for ((metric, values), median) in rules.metrics.iter().zip(rows).zip(&mut medians) {
            if metric.is_attested() {
                let reports = Reports::of(values);
                *median = panel.value(&reports, || masked_bonds(opinions, place));
                if let Some(value) = *median {
                    agreement.add(&reports, value);
                    has_value = true;
                }
            }
        }
        // Beside the others, whose agreement stays in registers, and once, not metric by metric.
        if let Some(metric) = self.units_metric()
            && let (Some(codes), Some(median)) = (rows.get(metric), medians.get_mut(metric))
            && let Some((code, of_units)) = units_of(panel, codes, (opinions, place), rules)
        {
            *median = Some(code);
            agreement.join(&of_units);
            has_value = true;
        }
        if !has_value {
            return medians;
        }
        let mut opinions = self.opinions.iter_mut();
        agreement.each(|earned, is_complete| {
            let Some(opinion) = opinions.next() else { return };
            // At most 48 times 60,000 by an opinion, and fifteen times that in all.
            opinion.points = opinion.points.wrapping_add(earned);
            if opinion.has_revealed() && (is_complete || opinion.is_masked(place)) {
                opinion.reported = opinion.reported.wrapping_add(1);
            }
        });
        self.scored = self.scored.saturating_add(1);
        medians
    }
}

/// The code of the units that were reported, and by how much those who reported agree with it.
#[inline(never)]
fn units_of(
    panel: &Panel,
    codes: &[u16; SHARD_ATTESTERS],
    (opinions, place): (&[Opinion; SHARD_ATTESTERS], usize),
    rules: &ScoreRules,
) -> Option<(u16, Agreement)> {
    let reports = Reports::of(codes);
    let code = panel.value(&reports, || masked_bonds(opinions, place))?;
    let mut agreement = Agreement::within(rules.attester_tolerance_bps);
    agreement.add_units(&reports, code, rules.units_tolerance);
    Some((code, agreement))
}

/// Bonds of those that must not report on the provider at a place.
#[inline(never)]
fn masked_bonds(opinions: &[Opinion; SHARD_ATTESTERS], place: usize) -> u64 {
    let masked = opinions.iter().filter(|opinion| opinion.is_masked(place));
    masked.map(|opinion| opinion.bond).fold(0, u64::saturating_add)
}
