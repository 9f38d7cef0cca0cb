//! Rules of networks that pay for performance: what is measured and what it weighs, and the classes of work.
//!
//! Each begins with [`NETWORK_PARAMS`], which measures nothing, and says only what differs.

use {
    super::{DAY, HOUR, JOB_RULES, NETWORK_PARAMS, TOKEN, WORK_PAY},
    crate::{
        math::{Ppm, job::least_exposure_factor},
        state::{Agreement, EmissionLaw, JobKind, JobRules, Metric, MetricSource, NetworkParams, WorkPay},
    },
    work_token_interface::limits::SEVERITY_3_BPS,
};

/// A kind of network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Preset {
    /// Answers of models: accuracy, latency, uptime; paid by what models read and wrote.
    Inference,
    /// Training of models: data quality and model accuracy; paid by computational intensity.
    Training,
    /// Storage and retrieval: retrieval, integrity, uptime; paid by what is kept.
    Storage,
    /// General compute: benchmarks, completion of what was begun, uptime; paid by the hour.
    Compute,
    /// Coverage of places, by radio or by sensors: coverage, signal quality, uptime. What a place is worth
    /// has no unit.
    Coverage,
}

/// A class of work of a preset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PresetClass {
    /// What it is, in a word or two.
    pub name: &'static str,
    /// Its rules.
    pub rules: JobRules,
}

/// Part of what strangers' jobs burned that comes back to who did them, and part of the providers' emission
/// that goes by units. Millionths.
const BURN_BACK_PPM: u32 = 800_000;
const WORK_SHARE_PPM: u32 = 200_000;
/// Burned in an epoch for units that take their whole part of the emission: of it washing loses at least a
/// quarter more than it brings. Base units.
const FULL_WORK: u64 = 100_000 * TOKEN;

/// What attesters report, its weight in millionths, and the least that counts, in hundredths of a percent.
type Reported = (&'static str, u32, u16);

impl Preset {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Inference, Self::Training, Self::Storage, Self::Compute, Self::Coverage];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Inference => "inference",
            Self::Training => "training",
            Self::Storage => "storage",
            Self::Compute => "compute",
            Self::Coverage => "coverage",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.name() == name)
    }

    /// What attesters report of a provider; signs of life are the rest.
    const fn reported(self) -> [Reported; 2] {
        match self {
            Self::Inference => [("accuracy", 500_000, 3_000), ("latency", 300_000, 0)],
            Self::Training => [("data quality", 400_000, 2_000), ("model accuracy", 500_000, 2_000)],
            Self::Storage => [("retrieval", 500_000, 3_000), ("integrity", 300_000, 5_000)],
            Self::Compute => [("benchmark", 450_000, 1_000), ("completion", 350_000, 3_000)],
            Self::Coverage => [("coverage", 500_000, 1_000), ("signal quality", 300_000, 0)],
        }
    }

    /// What its units are, and what of its fees each must have burned, in base units: a tenth of what one is
    /// expected to cost. Thousands of tokens of models; petaflops for an hour; gigabytes for an epoch; hours
    /// of a machine.
    const fn units(self) -> Option<(&'static str, u64)> {
        match self {
            Self::Inference => Some(("kilotokens", TOKEN / 10_000)),
            Self::Training => Some(("comp. intensity", TOKEN / 10)),
            Self::Storage => Some(("gigabytes", TOKEN / 10_000)),
            Self::Compute => Some(("compute-hours", TOKEN / 100)),
            Self::Coverage => None,
        }
    }

    /// What is paid for work beside its fee. A unit counts with its fee burned for and staked.
    const fn work_pay(self) -> WorkPay {
        match self.units() {
            Some((_, unit_burn)) => WorkPay {
                unit_stake: 10 * unit_burn,
                unit_burn,
                units_baseline: FULL_WORK / unit_burn,
                burn_back_ppm: BURN_BACK_PPM,
                work_share_ppm: WORK_SHARE_PPM,
                ..WORK_PAY
            },
            None => WorkPay { burn_back_ppm: BURN_BACK_PPM, ..WORK_PAY },
        }
    }

    /// What is measured, in the order of the numbers that reports name: what attesters report, the uptime
    /// that signs of life show, and the units of work, if it has any, which attesters report too.
    pub fn metrics(self) -> Vec<Metric> {
        let reported = self.reported();
        let rest = reported.iter().fold(Ppm::ONE as u32, |rest, (_, weight, _)| rest - weight);
        let attested = reported.into_iter().map(|(label, weight, gate_bps)| Metric {
            gate_bps,
            ..Metric::new(label, Ppm(weight), MetricSource::Attested)
        });
        let uptime = Metric::new("uptime", Ppm(rest), MetricSource::Heartbeat);
        let units = self.units().map(|(label, _)| Metric::new(label, Ppm(0), MetricSource::Units));
        attested.chain([uptime]).chain(units).collect()
    }

    /// The parameters: those of [`NETWORK_PARAMS`] with metrics, an emission that follows stake and fees, a
    /// dynamic minimum stake and a dynamic number of places. A tenth of each fee burns, of which most comes
    /// back to who worked, and where work has units a fifth of the emission goes by them.
    pub fn params(self) -> NetworkParams {
        let mut params = NETWORK_PARAMS;
        for (place, metric) in params.metrics.iter_mut().zip(self.metrics()) {
            *place = metric;
        }
        params.emission.law = EmissionLaw::Target as u8;
        params.fee_burn_ppm = 100_000;
        params.work_pay = self.work_pay();
        // A week of the mean reward, and a tenth of the supply behind all work together.
        params.minimum_reward_bps = 70_000;
        params.minimum_supply_ppm = 100_000;
        params.baseline_burned = 2_000 * TOKEN;
        params.place_cap_mode = 2;
        params.least_places = 48;
        params
    }

    /// Classes of work to begin with, by number.
    pub fn classes(self) -> [PresetClass; 3] {
        let class = |name, rules| PresetClass { name, rules };
        match self {
            Self::Inference => [
                class("answer", quick(15 * 60, Agreement::Free)),
                class("checked answer", redundant(3, quick(15 * 60, Agreement::Exact))),
                class("session", metered(6 * HOUR, 60)),
            ],
            Self::Training => [
                class("shard", long(2 * DAY, Agreement::Free)),
                class("checked shard", redundant(3, long(DAY, Agreement::Free))),
                class("evaluation", redundant(5, long(6 * HOUR, Agreement::Exact))),
            ],
            Self::Storage => [
                class("retrieval", quick(10 * 60, Agreement::Exact)),
                class("proof of holding", redundant(3, quick(HOUR, Agreement::Exact))),
                class("lease", metered(2 * DAY, 12 * HOUR)),
            ],
            Self::Compute => [
                class("batch", long(DAY, Agreement::Exact)),
                class("checked batch", redundant(3, long(DAY, Agreement::Exact))),
                class("machine", metered(DAY, 5 * 60)),
            ],
            Self::Coverage => [
                class("measurement", quick(HOUR, Agreement::Free)),
                class("witnessed measurement", redundant(3, quick(HOUR, Agreement::Free))),
                class("uplink", metered(DAY, 10 * 60)),
            ],
        }
    }
}

/// Work of minutes: seated within ten, accepted within one.
fn quick(work_secs: u32, agreement: Agreement) -> JobRules {
    JobRules {
        seat_secs: 600,
        accept_secs: 60,
        least_work_secs: 30,
        work_secs,
        extension_secs: work_secs,
        challenge_secs: DAY,
        agreement: agreement as u8,
        ..JOB_RULES
    }
}

/// Work of hours or days, at ten tokens or more.
fn long(work_secs: u32, agreement: Agreement) -> JobRules {
    JobRules {
        minimum_fee: 10 * TOKEN,
        least_work_secs: 10 * 60,
        work_secs,
        extension_secs: work_secs / 2,
        agreement: agreement as u8,
        ..JOB_RULES
    }
}

/// Work by the second, for as long as the client gives signs.
fn metered(work_secs: u32, keep_alive_secs: u32) -> JobRules {
    JobRules {
        seat_secs: 600,
        accept_secs: 60,
        work_secs,
        extension_secs: work_secs / 2,
        keep_alive_secs,
        kind: JobKind::Metered as u8,
        agreement: Agreement::Free as u8,
        ..JOB_RULES
    }
}

/// The same for several providers, who see each other's results once all are in: a fault is found in one case
/// of two instead of four, and binds as much less stake.
fn redundant(redundancy: u8, rules: JobRules) -> JobRules {
    let detection_bps = 5_000;
    let exposure_factor = least_exposure_factor(SEVERITY_3_BPS, detection_bps).unwrap_or(rules.exposure_factor);
    JobRules { redundancy, reveal_secs: HOUR, detection_bps, exposure_factor, ..rules }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::WorkTokenError;

    #[test]
    fn every_preset_is_valid_measures_three_things_and_begins_with_its_own_words() {
        for preset in Preset::ALL {
            let params = preset.params();
            assert_eq!(params.validate(), Ok(()), "{}", preset.name());
            assert!(params.is_scored() && params.is_attested());
            let weights: Vec<u32> = params.metrics.iter().map(|metric| metric.weight_ppm).collect();
            assert!(weights[..3].iter().all(|weight| *weight > 0) && weights[3..] == [0; 3], "{weights:?}");
            assert_eq!(Preset::named(preset.name()), Some(preset));
            for (label, ..) in preset.reported() {
                assert!(label.len() <= 16, "{label} fits into a label");
            }
            assert!(preset.units().is_none_or(|(label, _)| label.len() <= 16), "{:?}", preset.units());
            assert_eq!(Metric::units_place(&params.metrics).is_some(), params.work_pay.work_share_ppm > 0);
        }
        assert_eq!(Preset::named("mining"), None);
    }

    #[test]
    fn what_is_washed_under_a_preset_loses_a_quarter_more_than_it_brings_and_hardly_less_is_refused() {
        for preset in Preset::ALL.into_iter().filter(|preset| preset.units().is_some()) {
            let mut params = preset.params();
            params.work_pay.units_baseline = params.work_pay.units_baseline / 5 * 4;
            assert_eq!(params.validate(), Ok(()), "{}", preset.name());
            params.work_pay.units_baseline = params.work_pay.units_baseline / 100 * 97;
            assert_eq!(params.validate(), Err(WorkTokenError::WashingGains), "{}", preset.name());
        }
    }

    #[test]
    fn every_class_of_a_preset_fits_its_parameters() {
        for preset in Preset::ALL {
            for PresetClass { name, rules } in preset.classes() {
                assert_eq!(rules.validate(&preset.params()), Ok(()), "{} of {}", name, preset.name());
            }
        }
    }

    #[test]
    fn training_measures_data_quality_model_accuracy_and_intensity_and_inference_accuracy_latency_and_uptime() {
        let labels = |preset: Preset| -> Vec<String> {
            let label = |metric: &Metric| String::from_utf8_lossy(&metric.label).trim_end_matches('\0').to_owned();
            preset.metrics().iter().map(label).collect()
        };
        assert_eq!(labels(Preset::Training), ["data quality", "model accuracy", "uptime", "comp. intensity"]);
        assert_eq!(labels(Preset::Inference), ["accuracy", "latency", "uptime", "kilotokens"]);
    }
}
