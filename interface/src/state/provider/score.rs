//! Scores of an epoch: the composite of its metrics, reputation and tier.

use super::{EpochRecord, Provider, record_flags};
use crate::{
    math::{
        Amount, Epoch, Ppm, RECORD_RING,
        score::{
            MAX_METRICS, completion_bps, composite, dispute_record_bps, heartbeat_bps, reputation_step, score, tier,
            volume_bps,
        },
    },
    state::{Metric, MetricSource, NetworkParams},
};

/// What scoring an epoch brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scored {
    /// The metrics' values, in hundredths of a percent; 0 where a metric is absent.
    pub values_bps: [u16; MAX_METRICS],
    /// The epoch's composite.
    pub composite: Ppm,
    /// The score.
    pub score: Ppm,
    /// Reputation afterwards, in millionths.
    pub reputation: Ppm,
    /// Tier from the next epoch on.
    pub tier: u8,
}

impl EpochRecord {
    /// Whether the provider was skipped for its own settings more often than not (R H19).
    pub fn was_unavailable(&self) -> bool {
        u32::from(self.skipped).saturating_mul(2) > u32::from(self.drawn)
    }
}

impl Provider {
    /// Whether an epoch's record still waits for its score: it is eligible, and scoring it has not been passed by a later one.
    pub fn awaits_score(&self, epoch: Epoch) -> bool {
        epoch.0 >= self.unscored_from_epoch
            && self.record(epoch).is_some_and(|record| {
                record.flags & record_flags::ELIGIBLE != 0
                    && record.flags & (record_flags::SCORED | record_flags::WEIGHED) == 0
            })
    }

    /// Scores an epoch. `attested` holds the medians by metric. `None` when there is nothing to do, or when an attested metric has no value:
    /// the epoch stays unscored, which is neutral for two epochs (MD 4.2).
    #[inline(never)]
    pub fn score(
        &mut self,
        epoch: Epoch,
        params: &NetworkParams,
        attested: &[Option<u16>; MAX_METRICS],
    ) -> Option<Scored> {
        if !self.awaits_score(epoch) {
            return None;
        }
        let values_bps = self.values(epoch, params, attested)?;
        let mut metrics = params.metrics.map(|metric| (metric.get(), 0));
        for ((_, counted), value) in metrics.iter_mut().zip(values_bps) {
            *counted = value;
        }
        let composite = composite(&metrics);
        self.reputation_x12 = reputation_step(self.reputation_x12, composite);
        let score = score(composite, self.reputation_x12, Ppm(params.composite_part_ppm));
        self.score_ppm = score.0;
        self.unscored_epochs = 0;
        self.unscored_from_epoch = epoch.next().0;
        if let Some(record) = self.record_mut(epoch) {
            record.score_ppm = score.0;
            record.flags |= record_flags::SCORED;
        }
        self.tier = tier(self.tier, self.reputation_x12, self.fault_free_epochs(epoch), &params.tier_rules());
        Some(Scored { values_bps, composite, score, reputation: Ppm(self.reputation_x12 >> 12), tier: self.tier })
    }

    /// Epochs since registration, or since the last fault.
    pub fn fault_free_epochs(&self, now: Epoch) -> u32 {
        now.since(Epoch(self.registered_epoch.max(self.last_fault_epoch_plus_one)))
    }

    fn values(
        &self,
        epoch: Epoch,
        params: &NetworkParams,
        attested: &[Option<u16>; MAX_METRICS],
    ) -> Option<[u16; MAX_METRICS]> {
        let record = self.record(epoch)?;
        let mut values = [0; MAX_METRICS];
        for ((value, metric), median) in values.iter_mut().zip(&params.metrics).zip(attested) {
            if !metric.is_present() {
                continue;
            }
            *value = self.value(epoch, record, metric, params, *median)?;
        }
        Some(values)
    }

    fn value(
        &self,
        epoch: Epoch,
        record: &EpochRecord,
        metric: &Metric,
        params: &NetworkParams,
        median: Option<u16>,
    ) -> Option<u16> {
        if metric.is_availability() && record.was_unavailable() {
            return Some(0);
        }
        match MetricSource::from_byte(metric.source)? {
            MetricSource::Attested => median,
            MetricSource::Volume => Some(volume_bps(Amount(record.burned), Amount(params.volume_half))),
            MetricSource::Completion => Some(self.completion_bps(epoch)),
            MetricSource::DisputeRecord => Some(self.dispute_record_bps(epoch)),
            MetricSource::Heartbeat => Some(heartbeat_bps(record.heartbeats, !record.excused)),
        }
    }

    // Out of line: the compiler would compute them for every provider, whatever the network measures.
    #[inline(never)]
    fn completion_bps(&self, epoch: Epoch) -> u16 {
        let (done, marks) = self.kept_until(epoch).fold((0u32, 0u32), |(done, marks), record| {
            (done.saturating_add(u32::from(record.done)), marks.saturating_add(u32::from(record.marks)))
        });
        completion_bps(done, marks)
    }

    #[inline(never)]
    fn dispute_record_bps(&self, epoch: Epoch) -> u16 {
        let fault = self.last_fault_epoch_plus_one.checked_sub(1);
        let (severity, since) = fault.map_or((0, 0), |fault| (self.fault_severity, epoch.since(Epoch(fault))));
        dispute_record_bps(severity, since)
    }

    fn kept_until(&self, epoch: Epoch) -> impl Iterator<Item = &EpochRecord> {
        self.records.iter().filter(move |record| {
            record.flags & record_flags::KEPT != 0
                && record.epoch <= epoch.0
                && epoch.since(Epoch(record.epoch)) < RECORD_RING
        })
    }
}
