//! What a network measures, and how much each measure counts.

use crate::{
    WorkTokenError as E,
    math::{Bps, Ppm, score},
};

/// Where a metric's value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum MetricSource {
    /// The median of what the shard's attesters report.
    Attested = 0,
    /// Burned fees of settled jobs, saturating; at most a tenth of the composite (R L10).
    Volume = 1,
    /// Jobs done against marks, over the records that are kept.
    Completion = 2,
    /// Severity and age of the last upheld dispute.
    DisputeRecord = 3,
    /// Windows of the epoch in which the operator gave a sign of life. Always an availability metric.
    Heartbeat = 4,
}

impl MetricSource {
    /// From its byte.
    pub const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            0 => Some(Self::Attested),
            1 => Some(Self::Volume),
            2 => Some(Self::Completion),
            3 => Some(Self::DisputeRecord),
            4 => Some(Self::Heartbeat),
            _ => None,
        }
    }
}

/// Bits of [`Metric::flags`].
pub mod metric_flags {
    /// Counts as zero in an epoch in which the provider was skipped for its own settings more often than not (R H19).
    pub const AVAILABILITY: u8 = 1;
}

value! {
    /// One metric of a network. Absent when its weight is zero.
    pub struct Metric {
        /// Name in ASCII, padded with zeros; for people and indexers.
        pub label: [u8; 16],
        /// Part of the composite, in millionths; the present metrics sum to 1,000,000.
        pub weight_ppm: u32,
        /// A value below it makes the composite zero; 0 is no gate. Hundredths of a percent.
        pub gate_bps: u16,
        /// See `MetricSource`.
        pub source: u8,
        /// See `metric_flags`.
        pub flags: u8,
    }
}

impl Metric {
    /// No metric.
    pub const ABSENT: Self = Self { label: [0; 16], weight_ppm: 0, gate_bps: 0, source: 0, flags: 0 };

    /// A metric with a label of at most 16 bytes; a longer one is cut.
    pub fn new(label: &str, weight: Ppm, source: MetricSource) -> Self {
        let mut bytes = [0; 16];
        for (to, from) in bytes.iter_mut().zip(label.bytes()) {
            *to = from;
        }
        let flags = if source as u8 == MetricSource::Heartbeat as u8 { metric_flags::AVAILABILITY } else { 0 };
        Self { label: bytes, weight_ppm: weight.0, gate_bps: 0, source: source as u8, flags }
    }

    /// Whether the metric counts.
    pub fn is_present(&self) -> bool {
        self.weight_ppm > 0
    }

    /// Whether attesters report it.
    pub fn is_attested(&self) -> bool {
        self.is_present() && self.source == MetricSource::Attested as u8
    }

    /// Whether it says that the provider was there (R H19).
    pub fn is_availability(&self) -> bool {
        self.is_present()
            && (self.flags & metric_flags::AVAILABILITY != 0 || self.source == MetricSource::Heartbeat as u8)
    }

    /// The metric's economics.
    pub fn get(&self) -> score::Metric {
        score::Metric { weight: Ppm(self.weight_ppm), gate_bps: self.gate_bps }
    }

    /// Checks a network's metrics: all absent, or weights that sum to the whole; known sources; gates of at most 10,000; volume at most a tenth.
    pub fn validate_all(metrics: &[Self]) -> Result<(), E> {
        let mut sum = 0u32;
        let mut volume = 0u32;
        for metric in metrics {
            let source = MetricSource::from_byte(metric.source).ok_or(E::UnknownMetricSource)?;
            if u64::from(metric.gate_bps) > Bps::ONE || metric.flags & !metric_flags::AVAILABILITY != 0 {
                return Err(E::MetricOutOfBounds);
            }
            if !metric.is_present() && *metric != Self::ABSENT {
                return Err(E::MetricOutOfBounds);
            }
            sum = sum.saturating_add(metric.weight_ppm);
            if source == MetricSource::Volume {
                volume = volume.saturating_add(metric.weight_ppm);
            }
        }
        if sum != 0 && u64::from(sum) != Ppm::ONE {
            return Err(E::MetricWeightsDoNotSum);
        }
        if volume > crate::limits::MAX_VOLUME_PPM {
            return Err(E::VolumeWeighsTooMuch);
        }
        Ok(())
    }
}
