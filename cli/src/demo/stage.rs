//! What a network of the story sets: the demo's own rules, or those of a preset.

use {
    work_token_localnet::TOKEN,
    work_token_sdk::{
        math::Ppm,
        presets::{JOB_RULES, NETWORK_PARAMS, Preset, WORK_PAY},
        state::{
            Agreement, EmissionLaw, EmissionPolicy, JobKind, JobRules, Metric, MetricSource, NetworkParams, WorkPay,
        },
    },
};

const DAY: u32 = 86_400;
/// Longer than all the silence of a day.
const WORK_SECS: u32 = 7_200;

/// The rules of the story's two networks.
#[derive(Clone, Copy)]
pub struct Stage {
    /// Whose rules those are; none for the demo's own.
    pub preset: Option<Preset>,
    /// Of the first network.
    pub params: NetworkParams,
    /// Of the second one, which pays for work.
    pub by_work: NetworkParams,
    /// By number.
    pub classes: [JobRules; 3],
    /// Class of ordinary jobs: one provider, a fixed fee.
    pub fixed: u8,
    /// Class of jobs that are paid by the second, if there is one.
    pub metered: Option<u8>,
    /// Class of jobs that several providers do.
    pub redundant: u8,
    /// What attesters see of who does not answer: below what counts. Basis points.
    pub down_bps: u16,
    /// Fee of each job in the days of much work: not so much that all emission gives way. Base units.
    pub busy_fee: u64,
}

impl Stage {
    /// The demo's own.
    pub fn own() -> Self {
        let fixed = JobRules { seat_secs: 4 * 3_600, challenge_secs: DAY, ..JOB_RULES };
        let metered = JobRules { kind: JobKind::Metered as u8, keep_alive_secs: 600, ..fixed };
        Self {
            preset: None,
            params: params(),
            by_work: params_by_work(),
            classes: [fixed, metered, JobRules { redundancy: 3, ..fixed }],
            fixed: 0,
            metered: Some(1),
            redundant: 2,
            down_bps: 2_000,
            busy_fee: 400 * TOKEN,
        }
    }

    /// Those of a preset, as they are, in both networks: a preset pays for work.
    pub fn of(preset: Preset) -> Self {
        let (params, classes) = (preset.params(), preset.classes().map(|class| class.rules));
        let find = |is_one: &dyn Fn(&JobRules) -> bool| (0..).zip(&classes).find(|(_, rules)| is_one(rules));
        let (exact, metered) = (Agreement::Exact as u8, JobKind::Metered as u8);
        // Results of several are compared where a class does that.
        let several = find(&|rules| rules.redundancy > 1 && rules.agreement == exact);
        let several = several.or_else(|| find(&|rules| rules.redundancy > 1));
        Self {
            preset: Some(preset),
            params,
            by_work: params,
            classes,
            fixed: 0,
            metered: find(&|rules| rules.kind == metered).map(|(class, _)| class),
            redundant: several.map_or(0, |(class, _)| class),
            // Below every preset's gates.
            down_bps: 900,
            busy_fee: 40 * TOKEN,
        }
    }

    /// The rules of a class.
    pub const fn rules(&self, class: u8) -> &JobRules {
        &self.classes[class as usize]
    }

    /// The working time of a job.
    pub fn work_secs(&self, class: u8) -> u32 {
        self.rules(class).work_secs.min(WORK_SECS)
    }

    /// As long as a drawn provider may take to accept an ordinary job, and a second more.
    pub fn silence_secs(&self) -> i64 {
        i64::from(self.rules(self.fixed).accept_secs) + 1
    }

    /// How many times a token the fees of ordinary jobs are counted in: the cheapest costs two.
    pub fn fee_unit(&self) -> u64 {
        let least = self.classes.iter().map(|rules| rules.minimum_fee).max().unwrap_or(0);
        least.div_ceil(2 * TOKEN).max(1)
    }

    /// Whether results of several providers are compared.
    pub fn compares(&self) -> bool {
        self.rules(self.redundant).agreement == Agreement::Exact as u8
    }

    /// What work is measured in where it has units, and the fee of one unit, of which just enough burns.
    pub fn unit(&self) -> Option<(String, u64)> {
        let metric = &self.by_work.metrics[Metric::units_place(&self.by_work.metrics)?];
        let label = String::from_utf8_lossy(&metric.label).trim_end_matches('\0').to_owned();
        let price = self.by_work.work_pay.unit_burn * 1_000_000 / u64::from(self.by_work.fee_burn_ppm);
        Some((label, price))
    }
}

/// Five places; uptime as attesters see it.
fn params() -> NetworkParams {
    let mut metrics = [Metric::ABSENT; 6];
    metrics[0] = Metric::new("uptime", Ppm(1_000_000), MetricSource::Attested);
    metrics[0].gate_bps = 5_000;
    NetworkParams {
        // Little against the stake, so that a slash is more than the rewards of its epochs.
        emission_per_epoch: 10_000 * TOKEN,
        weigh_bounty: 800,
        settle_bounty: 800,
        finalize_bounty: 800,
        activation_bounty: 700,
        metrics,
        place_cap_mode: 1,
        most_places: 5,
        share_cap_ppm: 1_000_000,
        tier_reputation_ppm: [0, 300_000, 750_000, 900_000],
        tier_fault_free_epochs: [0, 2, 30, 90],
        ..NETWORK_PARAMS
    }
}

/// Of the second network: the law that follows stake and fees, at its ceiling because too little is staked,
/// and compute-hours of ten tokens each, of which one burns.
fn params_by_work() -> NetworkParams {
    let mut params = params();
    params.metrics[1] = Metric::new("compute-hours", Ppm(0), MetricSource::Units);
    params.max_supply = 2_000_000 * TOKEN;
    params.fee_burn_ppm = 100_000;
    let rate = 300_000_000_000;
    params.emission = EmissionPolicy {
        rate_ceiling_ppt: rate,
        initial_rate_ppt: rate,
        law: EmissionLaw::Target as u8,
        ..params.emission
    };
    params.work_pay = WorkPay {
        unit_stake: 10 * TOKEN,
        unit_burn: TOKEN,
        units_baseline: 720,
        burn_back_ppm: 800_000,
        work_share_ppm: 300_000,
        ..WORK_PAY
    };
    params
}
