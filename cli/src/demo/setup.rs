//! The network and its people as they begin: all of it follows from the seed.

use {
    super::{
        cast::{ATTESTERS, BUYERS, CLIENTS, DELEGATORS, JURORS, Who, everybody},
        earned::Work,
        stage::Stage,
        story::Chapter,
        world::{Flow, Member, Person, Stake, Tally, Watch, World},
    },
    crate::failure::{Failure, Result},
    rand::{Rng, SeedableRng},
    rand_chacha::ChaCha8Rng,
    std::{cell::Cell, rc::Rc},
    work_token_localnet::{Scenario, ScenarioOptions, TOKEN, TokenProgram},
    work_token_sdk::AttesterAddresses,
};

/// What each juror locks: enough for ten seats.
pub const LOCK: u64 = 200 * TOKEN;
/// What the delegator who spreads her stake places behind each provider.
pub const SPREAD: u64 = 5_000 * TOKEN;

/// Thousands of tokens that each provider stakes, and less than one thousand more. Fjord comes late, with
/// more than Dynamo.
const STAKES: [u64; 6] = [100, 60, 40, 30, 50, 45];

/// What somebody has at the beginning.
fn given(who: Who, stage: &Stage, random: &mut ChaCha8Rng) -> u64 {
    if BUYERS.contains(&who) {
        return 100_000 * TOKEN;
    }
    let change = random.random_range(0..1_000 * TOKEN);
    match who {
        Who::Pia => 30_000 * TOKEN,
        Who::Vera | Who::Ugo => 50_000 * TOKEN,
        Who::Wade => 100_000 * TOKEN,
        who if CLIENTS.contains(&who) => 1_000 * TOKEN * stage.fee_unit(),
        who if ATTESTERS.contains(&who) => stage.params.attester_bond,
        who if JURORS.contains(&who) => LOCK,
        who if DELEGATORS.contains(&who) => random.random_range(4_000 * TOKEN..40_000 * TOKEN) + change,
        who => STAKES[who as usize] * 1_000 * TOKEN + change,
    }
}

/// A network with its trees and classes of jobs, and everybody with a wallet.
pub fn assemble<'a>(stage: Stage, seed: u64, program: TokenProgram, watch: Watch<'a>) -> Result<World<'a>> {
    let options = ScenarioOptions { seed, program, params: stage.params, ..ScenarioOptions::default() };
    begin(stage, &options, watch, 1)
}

/// A second network, which pays for work, on a chain of its own that goes on where the first one is. The same
/// people are there as in the beginning; clients have a hundred times as much.
pub fn second<'a>(first: &World<'a>) -> Result<World<'a>> {
    let (seed, program, now_ts) = (first.seed, first.scenario.program, first.scenario.now());
    let stage = first.stage;
    let options = ScenarioOptions { seed, program, params: stage.by_work, now_ts, ..ScenarioOptions::default() };
    let mut world = begin(stage, &options, &|_| (), 100)?;
    world.chapters.push(Chapter::new("", ""));
    Ok(world)
}

fn begin<'a>(stage: Stage, options: &ScenarioOptions, watch: Watch<'a>, wealth_of_clients: u64) -> Result<World<'a>> {
    let mut random = ChaCha8Rng::seed_from_u64(options.seed);
    let mut scenario = Scenario::start(options).map_err(|error| Failure::Failed(error.to_string()))?;
    // The one that created the network.
    let transactions = Rc::new(Cell::new(1));
    let landed = Rc::clone(&transactions);
    scenario.watch(move |_| landed.set(landed.get() + 1));
    scenario.adopt_work_trees()?;
    for (class, rules) in (0..).zip(&stage.classes) {
        scenario.set_class(class, rules)?;
    }
    let mut people = Vec::new();
    for who in everybody() {
        let times = if CLIENTS.contains(&who) { wealth_of_clients } else { 1 };
        let given = given(who, &stage, &mut random) * times;
        let actor = scenario.actor(&format!("{who:?}"), given);
        people.push(Person { who, actor, flow: Flow { given, ..Flow::default() } });
    }
    Ok(World {
        seed: options.seed,
        stage,
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
