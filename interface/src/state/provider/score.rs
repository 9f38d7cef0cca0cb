//! Scores of an epoch: the composite of its metrics, reputation and tier.

use super::{EpochRecord, Provider, record_flags};
use crate::{
    math::{
        Epoch, Ppm,
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
    /// absent.
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
    /// Windows of the epoch that a recorded outage excuses, a bit each.
    pub excused: u16,
}

impl Provider {
    /// Whether an epoch's record still waits for its score: it is eligible, and scoring it has not been
    /// passed by a later one.
    pub fn awaits_score(&self, epoch: Epoch) -> bool {
        epoch.0 >= self.unscored_from_epoch
            && self.record(epoch).is_some_and(|record| {
                record.flags & record_flags::ELIGIBLE != 0
                    && record.flags & (record_flags::SCORED | record_flags::WEIGHED) == 0
            })
    }

    /// Scores an epoch that awaits its score; `None` where it has no record.
    ///
    /// A metric without a value counts as the reputation, at its gate too; where attesters report and none of
    /// their metrics has a value the reputation stands still (score-value-3).
    #[inline(always)]
    pub fn score(&mut self, epoch: Epoch, rules: &ScoreRules, measured: &Measured) -> Option<Scored> {
        let record = self.record(epoch)?;
        let reputation = reputation_bps(self.reputation_x12);
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
        let composite = composite(rules.metrics.iter().zip(values_bps).map(|(metric, value)| (metric.get(), value)));
        if has_reports || !is_attested {
            self.reputation_x12 = reputation_step(self.reputation_x12, composite);
        }
        let score = score(composite, self.reputation_x12, Ppm(rules.composite_part_ppm));
        self.score_ppm = score.0;
        self.unscored_epochs = 0;
        self.unscored_from_epoch = epoch.next().0;
        if let Some(record) = self.record_mut(epoch) {
            record.score_ppm = score.0;
            record.flags |= record_flags::SCORED | if has_reports { record_flags::ATTESTED } else { 0 };
        }
        self.tier = tier(self.tier, self.reputation_x12, self.fault_free_epochs(epoch), &rules.tier_rules());
        let reputation = Ppm(self.reputation_x12 >> REPUTATION_FRACTION_BITS);
        Some(Scored { values_bps, valued, composite, score, reputation, tier: self.tier })
    }

    /// Epochs since registration, or since the last fault.
    pub fn fault_free_epochs(&self, now: Epoch) -> u32 {
        now.since(Epoch(self.registered_epoch.max(self.last_fault_epoch_plus_one)))
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
            MetricSource::Attested => median,
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
