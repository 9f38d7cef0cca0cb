//! The network and its people as they begin: all of it follows from the seed.

use {
    super::{
        cast::{ATTESTERS, BUYERS, CLIENTS, DELEGATORS, JURORS, Who, everybody},
        earned::Work,
        story::Chapter,
        world::{Flow, Member, Person, Stake, Tally, Watch, World},
    },
    crate::failure::{Failure, Result},
    rand::{Rng, SeedableRng},
    rand_chacha::ChaCha8Rng,
    std::{cell::Cell, rc::Rc},
    work_token_localnet::{Scenario, ScenarioOptions, TOKEN, TokenProgram},
    work_token_sdk::{
        AttesterAddresses,
        math::Ppm,
        presets::{JOB_RULES, NETWORK_PARAMS, WORK_PAY},
        state::{EmissionLaw, EmissionPolicy, JobKind, JobRules, Metric, MetricSource, NetworkParams, WorkPay},
    },
};

const DAY: u32 = 86_400;
/// Class of jobs with a fixed fee.
pub const FIXED: u8 = 0;
/// Class of jobs that are paid by the second.
pub const METERED: u8 = 1;
/// Class of jobs that three providers do.
pub const REDUNDANT: u8 = 2;
/// What each juror locks: enough for ten seats.
pub const LOCK: u64 = 200 * TOKEN;
/// What the delegator who spreads her stake places behind each provider.
pub const SPREAD: u64 = 5_000 * TOKEN;

/// Thousands of tokens that each provider stakes, and less than one thousand more. Fjord comes late, with
/// more than Dynamo.
const STAKES: [u64; 6] = [100, 60, 40, 30, 50, 45];

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

/// The rules of the three classes.
fn classes() -> [(u8, JobRules); 3] {
    let fixed = JobRules { seat_secs: 4 * 3_600, challenge_secs: DAY, ..JOB_RULES };
    [
        (FIXED, fixed),
        (METERED, JobRules { kind: JobKind::Metered as u8, keep_alive_secs: 600, ..fixed }),
        (REDUNDANT, JobRules { redundancy: 3, ..fixed }),
    ]
}

/// What somebody has at the beginning.
fn given(who: Who, random: &mut ChaCha8Rng) -> u64 {
    if BUYERS.contains(&who) {
        return 100_000 * TOKEN;
    }
    let change = random.random_range(0..1_000 * TOKEN);
    match who {
        Who::Pia => 30_000 * TOKEN,
        Who::Vera | Who::Ugo => 50_000 * TOKEN,
        Who::Wade => 100_000 * TOKEN,
        who if CLIENTS.contains(&who) => 1_000 * TOKEN,
        who if ATTESTERS.contains(&who) => params().attester_bond,
        who if JURORS.contains(&who) => LOCK,
        who if DELEGATORS.contains(&who) => random.random_range(4_000 * TOKEN..40_000 * TOKEN) + change,
        who => STAKES[who as usize] * 1_000 * TOKEN + change,
    }
}

/// A network with its trees and classes of jobs, and everybody with a wallet.
pub fn assemble<'a>(seed: u64, program: TokenProgram, watch: Watch<'a>) -> Result<World<'a>> {
    let options = ScenarioOptions { seed, program, params: params(), ..ScenarioOptions::default() };
    begin(&options, watch, 1)
}

/// A second network, which pays for work, on a chain of its own that goes on where the first one is. The same
/// people are there as in the beginning; clients have a hundred times as much.
pub fn second<'a>(first: &World<'a>) -> Result<World<'a>> {
    let (seed, program, now_ts) = (first.seed, first.scenario.program, first.scenario.now());
    let options = ScenarioOptions { seed, program, params: params_by_work(), now_ts, ..ScenarioOptions::default() };
    let mut world = begin(&options, &|_| (), 100)?;
    world.chapters.push(Chapter::new("", ""));
    Ok(world)
}

fn begin<'a>(options: &ScenarioOptions, watch: Watch<'a>, wealth_of_clients: u64) -> Result<World<'a>> {
    let mut random = ChaCha8Rng::seed_from_u64(options.seed);
    let mut scenario = Scenario::start(options).map_err(|error| Failure::Failed(error.to_string()))?;
    // The one that created the network.
    let transactions = Rc::new(Cell::new(1));
    let landed = Rc::clone(&transactions);
    scenario.watch(move |_| landed.set(landed.get() + 1));
    scenario.adopt_work_trees()?;
    for (class, rules) in classes() {
        scenario.set_class(class, &rules)?;
    }
    let mut people = Vec::new();
    for who in everybody() {
        let times = if CLIENTS.contains(&who) { wealth_of_clients } else { 1 };
        let given = given(who, &mut random) * times;
        let actor = scenario.actor(&format!("{who:?}"), given);
        people.push(Person { who, actor, flow: Flow { given, ..Flow::default() } });
    }
    Ok(World {
        seed: options.seed,
        scenario,
        people,
        members: Vec::new(),
        stakes: Vec::new(),
        clients: Vec::new(),
        attesters: Vec::new(),
        waiting: Vec::new(),
        lazy: None,
        cases: Vec::new(),
        emissions: Vec::new(),
        second: None,
        tally: Tally::default(),
        random,
        transactions,
        chapters: Vec::new(),
        watch,
    })
}

impl World<'_> {
    /// The next provider of the cast registers, stakes all that it has, offers to work in every class, and
    /// takes a place if one is free.
    pub fn enrol(&mut self, commission_bps: u16) -> Result<()> {
        let person = &self.people[self.members.len()];
        let (who, actor, stake) = (person.who, person.actor.clone(), person.flow.given);
        let at = self.scenario.register(&actor, commission_bps, stake)?;
        self.scenario.offer(&actor, &at, 0b111, TOKEN)?;
        self.flow(who).staked += stake;
        self.stakes.push(Stake { who, behind: who });
        let (withdrawn, slashed, drawn, expected_ppm, fees, silent) = (0, 0, 0, 0, 0, 0);
        let work = [Work::default(); 2];
        let member = Member { who, at, staked: stake, withdrawn, slashed, drawn, expected_ppm, fees, silent, work };
        self.members.push(member);
        Ok(())
    }

    /// Clients register, attesters lock their bonds.
    pub fn admit_clients_and_attesters(&mut self) -> Result<()> {
        for who in CLIENTS {
            self.clients.push(self.scenario.client(&self.person(*who).actor)?);
        }
        for who in ATTESTERS {
            let (bond, actor) = (self.person(*who).flow.given, self.person(*who).actor.clone());
            let attester: AttesterAddresses = self.scenario.register_attester(&actor, bond)?;
            self.attesters.push(attester);
            self.flow(*who).paid += bond;
        }
        Ok(())
    }

    /// The tree of jurors is adopted, and jurors lock stake.
    pub fn admit_jurors(&mut self) -> Result<()> {
        self.scenario.adopt_juror_tree()?;
        for who in JURORS {
            self.scenario.join_jury(&self.person(*who).actor, LOCK)?;
            self.flow(*who).paid += LOCK;
        }
        Ok(())
    }
}
