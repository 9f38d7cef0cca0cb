//! The rules of the simulated network, and the circumstances in which its agents meet.

use work_token_sdk::math::{
    Amount, Ppm,
    job::least_exposure_factor,
    places::{Cap, MinimumRules},
    score::{Metric, TierRules},
};
use work_token_sdk::presets::Preset;

/// One token in base units.
pub const TOKEN: u64 = 1_000_000;
/// Providers of a shard: so many are measured by the same attesters.
pub const SHARD_PROVIDERS: usize = 48;
/// Metrics that attesters report; the first ones of [`Rules::metrics`].
pub const ATTESTED: usize = 2;
/// Severity 3 costs 5 % of the own stake, and a fault is assumed to be detected once in four times
/// (job-class-4).
const SEVERITY_3_BPS: u16 = 500;
const DETECTION_BPS: u16 = 2_500;

/// What governance sets. The defaults of the program, except where a field says otherwise.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Fresh tokens of an epoch.
    pub emission_per_epoch: Amount,
    /// Four times the default, so that the emission lasts for the longest run.
    pub max_supply: Amount,
    /// Keepers' part of the emission.
    pub keeper_share: Ppm,
    /// Attesters' part of the emission.
    pub attester_share: Ppm,
    /// Part of a fee that burns.
    pub fee_burn: Ppm,
    /// Part of a fee that goes to the treasury.
    pub fee_treasury: Ppm,
    /// Bounty of one crank of a job; as much again burns.
    pub job_bounty: Amount,
    /// What an attester loses for reports that it owed and did not reveal.
    pub attester_fine: u64,
    /// An attester with less leaves the roster.
    pub attester_bond: u64,
    /// Distance from the median at which agreement ends.
    pub tolerance_bps: u16,
    /// Part of the composite in the score; the rest is reputation.
    pub composite_part: Ppm,
    /// Least reputation of a tier, in millionths.
    pub tier_reputation_ppm: [u32; 4],
    /// Least epochs without an upheld dispute.
    pub tier_fault_free_epochs: [u16; 4],
    /// Least own stake of a tier.
    pub tier_stake: [u64; 4],
    /// What a tier multiplies a weight by.
    pub tier_bps: [u16; 4],
    /// Accuracy and uptime, attested, and signs of life. The defaults have no metrics.
    pub metrics: [Metric; ATTESTED + 1],
    /// Delegated stake counts up to this many times the own stake; nobody delegates here.
    pub leverage: u32,
    /// Nobody counts for more than this part of the stake.
    pub share_cap: Ppm,
    /// Own stake that a fee binds until its job is settled.
    pub exposure_factor: u32,
    /// The least stake of a provider.
    pub minimum: MinimumRules,
    /// How many places there may be.
    pub place_cap: Cap,
    /// Epochs until own stake that asked to leave is free.
    pub own_unbonding_epochs: u32,
}

/// What the agents meet with and do, beside the rules.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Each epoch has its own canary tasks: what there is to measure lies up to this far around a provider's
    /// quality.
    pub canary_bps: u16,
    /// Who measures is at most this far from the truth.
    pub noise_bps: u16,
    /// Jobs of honest clients in an epoch. Many and small, so that luck in the draws does not hide what the
    /// rules do.
    pub jobs_per_epoch: u32,
    /// Lowest and highest fee of an honest client.
    pub fees: (u64, u64),
    /// Bond of a colluding attester.
    pub colluder_bond: u64,
}

impl Rules {
    /// Those of a kind of network, as far as agents meet with them. What is measured has its names there; to
    /// the agents it is the first quality, the second, and uptime.
    pub fn of(preset: Preset) -> Self {
        let params = preset.params();
        let minimum = params.place_rules().minimum();
        let metrics: Vec<Metric> =
            params.metrics.iter().filter(|metric| metric.is_present()).map(|metric| metric.get()).collect();
        Self {
            emission_per_epoch: Amount(params.emission_per_epoch),
            keeper_share: Ppm(params.keeper_share_ppm),
            attester_share: Ppm(params.attester_share_ppm),
            fee_burn: Ppm(params.fee_burn_ppm),
            fee_treasury: Ppm(params.fee_treasury_ppm),
            job_bounty: Amount(params.job_bounty),
            attester_fine: params.attester_fine,
            attester_bond: params.attester_bond,
            tolerance_bps: params.attester_tolerance_bps,
            composite_part: Ppm(params.composite_part_ppm),
            tier_reputation_ppm: params.tier_reputation_ppm,
            tier_fault_free_epochs: params.tier_fault_free_epochs,
            tier_stake: params.score_rules(minimum.floor).tier_stake,
            tier_bps: params.tier_bps,
            metrics: metrics.try_into().expect("two qualities and uptime"),
            leverage: params.leverage,
            share_cap: Ppm(params.share_cap_ppm),
            minimum,
            ..Self::default()
        }
    }

    /// What it takes to reach a tier.
    pub fn tiers(&self) -> TierRules<'_> {
        TierRules {
            reputation_ppm: &self.tier_reputation_ppm,
            fault_free_epochs: &self.tier_fault_free_epochs,
            stake: &self.tier_stake,
        }
    }
}

impl Default for Rules {
    fn default() -> Self {
        let metric = |weight: u32, gate_bps: u16| Metric { weight: Ppm(weight), gate_bps };
        Self {
            emission_per_epoch: Amount(100_000 * TOKEN),
            max_supply: Amount(4_000_000_000 * TOKEN),
            keeper_share: Ppm(10_000),
            attester_share: Ppm(20_000),
            fee_burn: Ppm(50_000),
            fee_treasury: Ppm(50_000),
            job_bounty: Amount(1_000),
            attester_fine: 50 * TOKEN,
            attester_bond: 1_000 * TOKEN,
            tolerance_bps: 500,
            composite_part: Ppm(500_000),
            tier_reputation_ppm: [0, 600_000, 750_000, 900_000],
            tier_fault_free_epochs: [0, 7, 30, 90],
            tier_stake: [0, 10_000 * TOKEN, 10_000 * TOKEN, 10_000 * TOKEN],
            tier_bps: [10_000, 11_000, 12_500, 15_000],
            metrics: [metric(500_000, 2_000), metric(400_000, 0), metric(100_000, 0)],
            leverage: 16,
            share_cap: Ppm(200_000),
            exposure_factor: least_exposure_factor(SEVERITY_3_BPS, DETECTION_BPS).expect("both are above zero"),
            minimum: MinimumRules {
                floor: Amount(10_000 * TOKEN),
                ceiling: Amount(100_000 * TOKEN),
                ..MinimumRules::default()
            },
            place_cap: Cap::Unbounded,
            own_unbonding_epochs: 30,
        }
    }
}

impl Default for Scene {
    fn default() -> Self {
        Self {
            canary_bps: 400,
            noise_bps: 30,
            jobs_per_epoch: 256,
            fees: (60 * TOKEN, 180 * TOKEN),
            colluder_bond: 190_000 * TOKEN,
        }
    }
}
