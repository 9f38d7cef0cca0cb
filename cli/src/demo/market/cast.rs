//! Who takes part in the market.

use {
    super::{Buyer, Market, Tally, Worker},
    crate::failure::{Failure, Result},
    rand::{Rng, SeedableRng},
    rand_chacha::ChaCha8Rng,
    work_token_localnet::{Scenario, ScenarioOptions, TOKEN, TokenProgram},
    work_token_sdk::{
        math::Ppm,
        presets::{JOB_RULES, NETWORK_PARAMS},
        state::{JobKind, JobRules, Metric, MetricSource, NetworkParams},
    },
};

const DAY: u32 = 86_400;
/// Class of jobs with a fixed fee.
pub const FIXED: u8 = 0;
/// Class of jobs that are paid by the second.
pub const METERED: u8 = 1;
/// Class of jobs that three providers do.
pub const REDUNDANT: u8 = 2;

const WORKERS: [(&str, u64); 5] = [("Arlo", 100), ("Bess", 60), ("Carl", 40), ("Dora", 30), ("Edna", 45)];
const BUYERS: [&str; 2] = ["Nova", "Oslo"];
const ATTESTERS: [&str; 3] = ["Xena", "Yuri", "Zoe"];

/// Four seats; uptime as attesters see it.
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
        most_places: 4,
        share_cap_ppm: 1_000_000,
        tier_reputation_ppm: [0, 250_000, 750_000, 900_000],
        tier_fault_free_epochs: [0, 2, 30, 90],
        ..NETWORK_PARAMS
    }
}

/// The rules of the three classes.
fn classes() -> [(u8, JobRules); 3] {
    let fixed = JobRules { seat_secs: 4 * 3_600, challenge_secs: DAY, ..JOB_RULES };
    [
        (FIXED, fixed),
        (METERED, JobRules { kind: JobKind::Metered as u8, keep_alive_secs: 600, ..fixed }),
        (REDUNDANT, JobRules { redundancy: 3, ..fixed }),
    ]
}

/// A network with trees, classes, four seated providers and one that finds no seat, clients and attesters.
pub fn assemble<'a>(seed: u64, program: TokenProgram, note: &'a dyn Fn(u32, &str)) -> Result<Market<'a>> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let options = ScenarioOptions { seed, program, params: params(), ..ScenarioOptions::default() };
    let scenario = Scenario::start(&options).map_err(|error| Failure::Failed(error.to_string()))?;
    scenario.adopt_work_trees()?;
    for (class, rules) in classes() {
        scenario.set_class(class, &rules)?;
    }
    let mut workers = Vec::new();
    for (name, thousands) in WORKERS {
        let stake = thousands * 1_000 * TOKEN + random.random_range(0..1_000 * TOKEN);
        let (owner, at) = scenario.owner(name, 500, stake)?;
        scenario.offer(&owner, &at, 0b111, TOKEN)?;
        workers.push(Worker { name, owner, at, stake, delegated: 0, slashed: 0, drawn: 0, expected_ppm: 0, fees: 0 });
    }
    let mut buyers = Vec::new();
    for name in BUYERS {
        let given = 1_000 * TOKEN;
        let actor = scenario.actor(name, given);
        let at = scenario.client(&actor)?;
        buyers.push(Buyer { name, actor, at, given, paid: 0, refunded: 0 });
    }
    let bond = options.params.attester_bond;
    let mut attesters = Vec::new();
    for name in ATTESTERS {
        let actor = scenario.actor(name, bond);
        let at = scenario.register_attester(&actor, bond)?;
        attesters.push((actor, at));
    }
    note(0, "a second network, of four seats: five providers stake, one finds no seat; three attesters lock bonds");
    Ok(Market {
        scenario,
        workers,
        buyers,
        attesters,
        parties: Vec::new(),
        tally: Tally::default(),
        promises: Vec::new(),
        waiting: Vec::new(),
        before_ppm: (0, 0),
        note,
    })
}
