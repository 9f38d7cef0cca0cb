//! Scores of an epoch: the composite of its metrics, reputation and tier.

use super::{EpochRecord, Provider, record_flags};
use crate::{
    math::{
        Amount, Epoch, Ppm, minifloat,
        score::{
            MAX_METRICS, REPUTATION_FRACTION_BITS, composite, dispute_record_bps, heartbeat_bps, reputation_bps,
            reputation_step, score, tier,
        },
    },
    state::{Metric, MetricSource, ScoreRules},
};

/// The dispute record of one that no fault is remembered of.
const CLEAN_BPS: u16 = 10_000;

/// What scoring an epoch brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scored {
    /// The metrics' values, in hundredths of a percent; the reputation where a metric has none, 0 where it is
    /// absent. Of units their code.
    pub values_bps: [u16; MAX_METRICS],
    /// The metrics that have a value of their own, a bit each.
    pub valued: u8,
    /// The epoch's composite.
    pub composite: Ppm,
    /// The score.
    pub score: Ppm,
    /// Reputation afterwards, in millionths.
    pub reputation: Ppm,
    /// Tier from the next epoch on.
    pub tier: u8,
}

/// What is known of a provider's epoch besides its record.
#[derive(Clone, Copy, Debug, Default)]
pub struct Measured {
    /// What attesters' reports say, by metric.
    pub medians: [Option<u16>; MAX_METRICS],
    /// The place of the metric of units, where there is one.
    pub units: Option<usize>,
    /// Windows of the epoch that a recorded outage excuses, a bit each.
    pub excused: u16,
}

impl Measured {
    /// The place of the metric of units, and the code of those that were reported, where they have a value.
    #[inline]
    fn units_code(&self) -> Option<(usize, u16)> {
        let place = self.units?;
        Some((place, (*self.medians.get(place)?)?))
    }
}

impl Provider {
    /// Whether an epoch's record still waits for its score: it is eligible, and scoring it has not been
    /// passed by a later one.
    pub fn awaits_score(&self, epoch: Epoch) -> bool {
        epoch.0 >= self.reputation.unscored_from_epoch
            && self.record(epoch).is_some_and(|record| {
                record.flags & record_flags::ELIGIBLE != 0
                    && record.flags & (record_flags::SCORED | record_flags::WEIGHED) == 0
            })
    }

    /// Scores an epoch that awaits its score; `None` where it has no record.
    ///
    /// A metric without a value counts as the reputation, at its gate too; where attesters report and none of
    /// their metrics has a value the reputation stands still (score-value-3). Units move neither; without a
    /// value there are none (score-units-2).
    #[inline(always)]
    pub fn score(&mut self, epoch: Epoch, rules: &ScoreRules, measured: &Measured) -> Option<Scored> {
        let record = self.record(epoch)?;
        // What stayed all through the epoch: stake that came for a moment reaches no tier (score-tier-2).
        let own = Amount(record.own_kept);
        let reputation = reputation_bps(self.reputation.value_x12);
        let (mut values_bps, mut valued, mut bit) = ([0; MAX_METRICS], 0u8, 1u8);
        let (mut is_attested, mut has_reports) = (false, false);
        for ((metric, median), counted) in rules.metrics.iter().zip(&measured.medians).zip(&mut values_bps) {
            if metric.is_present() {
                let value = self.value(epoch, record, metric, *median, measured.excused);
                if value.is_some() {
                    valued |= bit;
                }
                if metric.is_attested() {
                    is_attested = true;
                    has_reports |= value.is_some();
                }
                *counted = value.unwrap_or(reputation);
            }
            bit = bit.wrapping_shl(1);
        }
        let units = measured.units_code();
        if let Some((place, code)) = units
            && let Some(counted) = values_bps.get_mut(place)
        {
            valued |= 1u8.wrapping_shl(u32::try_from(place).unwrap_or(0));
            *counted = code;
        }
        let composite = composite(rules.metrics.iter().zip(values_bps).map(|(metric, value)| (metric.get(), value)));
        if has_reports || !is_attested {
            self.reputation.value_x12 = reputation_step(self.reputation.value_x12, composite);
        }
        let score = score(composite, self.reputation.value_x12, Ppm(rules.composite_part_ppm));
        self.reputation.score_ppm = score.0;
        self.reputation.unscored_epochs = 0;
        self.reputation.unscored_from_epoch = epoch.next().0;
        if let Some(record) = self.record_mut(epoch) {
            record.score_ppm = score.0;
            record.flags |= record_flags::SCORED;
            if has_reports || units.is_some() {
                record.flags |= record_flags::ATTESTED;
            }
            if let Some((_, code)) = units {
                record.units = minifloat::decode(code);
            }
        }
        let fault_free = self.fault_free_epochs(epoch);
        self.reputation.tier =
            tier(self.reputation.tier, self.reputation.value_x12, fault_free, own, &rules.tier_rules());
        let reputation = Ppm(self.reputation.value_x12 >> REPUTATION_FRACTION_BITS);
        Some(Scored { values_bps, valued, composite, score, reputation, tier: self.reputation.tier })
    }

    /// Epochs since registration, or since the last fault.
    pub fn fault_free_epochs(&self, now: Epoch) -> u32 {
        now.since(Epoch(self.registered_epoch.max(self.faults.last_epoch_plus_one)))
    }

    /// A metric's value; `None` where it is attested and too few reported it.
    #[inline(always)]
    fn value(
        &self,
        epoch: Epoch,
        record: &EpochRecord,
        metric: &Metric,
        median: Option<u16>,
        excused: u16,
    ) -> Option<u16> {
        match MetricSource::from_byte(metric.source)? {
            MetricSource::Attested | MetricSource::Units => median,
            MetricSource::DisputeRecord => Some(self.dispute_record_bps(epoch)),
            MetricSource::Heartbeat => Some(heartbeat_bps(record.heartbeats, !(record.excused | excused))),
        }
    }

    /// The worst of what the remembered faults leave, so that a later and milder one improves nothing
    /// (score-metric-3).
    #[inline(never)]
    fn dispute_record_bps(&self, epoch: Epoch) -> u16 {
        let upheld =
            self.faults.offences.iter().filter_map(|offence| Some((offence.epoch_plus_one.checked_sub(1)?, offence)));
        let left = upheld.map(|(fault, offence)| dispute_record_bps(offence.severity, epoch.since(Epoch(fault))));
        left.min().unwrap_or(CLEAN_BPS)
    }
}
