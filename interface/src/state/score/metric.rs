//! What a network measures, and how much each measure counts.

use crate::state::ChangeClass;
use crate::{
    WorkTokenError as E,
    limits::{METRIC_GATE_STEP_BPS, METRIC_WEIGHT_STEP_PPM},
    math::{Bps, Ppm, score},
};

/// Where a metric's value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum MetricSource {
    /// The median of what the shard's attesters report.
    Attested = 0,
    /// The worst of what the remembered faults leave, by severity and age.
    DisputeRecord = 1,
    /// Windows of the epoch in which the operator gave a sign of life.
    Heartbeat = 2,
    /// Units of work: the median of the amounts that the shard's attesters report, as codes of
    /// [`minifloat`](crate::math::minifloat). No part of the composite.
    Units = 3,
}

impl MetricSource {
    /// From its byte.
    pub const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            0 => Some(Self::Attested),
            1 => Some(Self::DisputeRecord),
            2 => Some(Self::Heartbeat),
            3 => Some(Self::Units),
            _ => None,
        }
    }
}

value! {
    /// One metric of a network. It is its label and source; without a weight it is declared and does not
    /// count. That of units counts without a weight, and its label says what a unit is.
    pub struct Metric {
        /// Name in ASCII, padded with zeros; for people and indexers.
        pub label: [u8; 16],
        /// Part of the composite, in millionths; the present metrics sum to 1,000,000.
        pub weight_ppm: u32,
        /// A value below it makes the composite zero; 0 is no gate, and without a weight there is none.
        /// Hundredths of a percent.
        pub gate_bps: u16,
        /// See `MetricSource`.
        pub source: u8,
        /// Unused.
        pub padding: u8,
    }
}

impl Metric {
    /// No metric.
    pub const ABSENT: Self = Self { label: [0; 16], weight_ppm: 0, gate_bps: 0, source: 0, padding: 0 };

    /// A metric with a label of at most 16 bytes; a longer one is cut.
    pub fn new(label: &str, weight: Ppm, source: MetricSource) -> Self {
        let mut bytes = [0; 16];
        for (to, from) in bytes.iter_mut().zip(label.bytes()) {
            *to = from;
        }
        Self { label: bytes, weight_ppm: weight.0, gate_bps: 0, source: source as u8, padding: 0 }
    }

    /// Whether the metric counts.
    pub fn is_present(&self) -> bool {
        self.weight_ppm > 0
    }

    /// Whether attesters report it, as a part of the composite.
    #[inline]
    pub fn is_attested(&self) -> bool {
        self.is_present() && self.source == MetricSource::Attested as u8
    }

    /// Whether it is the metric of units.
    #[inline]
    pub fn is_units(&self) -> bool {
        self.source == MetricSource::Units as u8
    }

    /// Whether attesters report it at all.
    pub fn is_reported(&self) -> bool {
        self.is_attested() || self.is_units()
    }

    /// The place of the metric of units among a network's metrics, if it has one.
    pub fn units_place(metrics: &[Self]) -> Option<usize> {
        metrics.iter().position(Self::is_units)
    }

    /// The metric's economics.
    pub fn get(&self) -> score::Metric {
        score::Metric { weight: Ppm(self.weight_ppm), gate_bps: self.gate_bps }
    }

    /// Whether two are the same metric, whatever they weigh.
    fn is_same(&self, other: &Self) -> bool {
        (self.label, self.source, self.padding) == (other.label, other.source, other.padding)
    }

    /// Checks a network's metrics: known sources, gates of at most 10,000 and only with a weight, weights
    /// that sum to the whole or to nothing, and one of units at most, without a weight and beside others that
    /// have one, because units count by the score.
    /// - Refuses: the first that does not hold.
    pub fn validate_all(metrics: &[Self]) -> Result<(), E> {
        let (mut sum, mut units) = (0u32, 0u32);
        for metric in metrics {
            MetricSource::from_byte(metric.source).ok_or(E::UnknownMetricSource)?;
            let gate = u64::from(metric.gate_bps) <= Bps::ONE && (metric.gate_bps == 0 || metric.is_present());
            if !gate || metric.padding != 0 {
                return Err(E::MetricOutOfBounds);
            }
            if metric.is_units() {
                units = units.saturating_add(1);
                if metric.is_present() {
                    return Err(E::UnitsOutOfBounds);
                }
            }
            sum = sum.saturating_add(metric.weight_ppm);
        }
        if units > 1 || (units == 1 && sum == 0) {
            return Err(E::UnitsOutOfBounds);
        }
        if sum != 0 && u64::from(sum) != Ppm::ONE {
            return Err(E::MetricWeightsDoNotSum);
        }
        Ok(())
    }

    /// Refuses a step from a network's metrics to others that is too large: weights move by a tenth of the
    /// whole, gates by 1,000; another metric at a place begins with neither. To no metrics at all leads one
    /// step; from none to any weights, but to no gate (network-params-8).
    pub fn require_steps(present: &[Self], new: &[Self]) -> Result<(), E> {
        if !is_measured(new) {
            return Ok(());
        }
        if !is_measured(present) {
            let has_gate = new.iter().any(|metric| metric.gate_bps > 0);
            return if has_gate { Err(E::NewMetricCounts) } else { Ok(()) };
        }
        present.iter().zip(new).try_for_each(|(present, new)| present.require_step(new))
    }

    /// Refuses a step at one place of a network that measures and goes on measuring.
    pub fn require_step(&self, new: &Self) -> Result<(), E> {
        // What is replaced falls to nothing, by no more than any other step.
        let (weight, gate) = if self.is_same(new) { (new.weight_ppm, new.gate_bps) } else { (0, 0) };
        if (new.weight_ppm, new.gate_bps) != (weight, gate) {
            return Err(E::NewMetricCounts);
        }
        let is_small = self.weight_ppm.abs_diff(weight) <= METRIC_WEIGHT_STEP_PPM
            && self.gate_bps.abs_diff(gate) <= METRIC_GATE_STEP_BPS;
        if is_small { Ok(()) } else { Err(E::MetricStepTooLarge) }
    }

    /// The class of a change of a network's metrics.
    pub fn class_of_change(present: &[Self], new: &[Self]) -> ChangeClass {
        if is_measured(present) != is_measured(new) {
            ChangeClass::Mode
        } else if present != new {
            ChangeClass::Economic
        } else {
            ChangeClass::Cosmetic
        }
    }
}

/// Whether any metric counts.
fn is_measured(metrics: &[Metric]) -> bool {
    metrics.iter().any(Metric::is_present)
}
