//! A network in which work is bought: five providers that serve three classes, two trees, and a client.

use {
    crate::world::{TOKEN, refusal},
    std::ops::Deref,
    work_token_localnet::{Actor, Scenario, ScenarioOptions},
    work_token_sdk::{
        ClientAddresses, Instruction, JobAddresses, ProviderAddresses, Pubkey, SeatAddresses, WorkTokenError,
        client::{Client, JobState},
        draw::DrawOutcome,
        events::{self, Event},
        ix,
        presets::JOB_RULES,
        state::{JobKind, JobRules, NetworkParams, Tree},
        view::{JobView, job_view},
    },
};

/// One provider, a fixed fee.
pub const FIXED: u8 = 0;
/// Three providers.
pub const THREE: u8 = 1;
/// A price per second.
pub const METERED: u8 = 2;
/// Fee of every seat.
pub const FEE: u64 = 2 * TOKEN;

pub struct Market {
    pub scenario: Scenario,
    pub providers: Vec<ProviderAddresses>,
    pub client: Actor,
    pub addresses: ClientAddresses,
}

impl Deref for Market {
    type Target = Scenario;

    fn deref(&self) -> &Scenario {
        &self.scenario
    }
}

/// Short times, so that a job ends within its epoch.
const RULES: JobRules = JobRules {
    work_secs: 7_200,
    extension_secs: 1_800,
    reveal_secs: 600,
    challenge_secs: 6_000,
    keep_alive_secs: 100,
    ..JOB_RULES
};

impl Market {
    /// It is epoch 3, whose tree has the five providers with equal weights.
    pub fn new() -> Self {
        Self::with(ScenarioOptions::default().params)
    }

    pub fn with(params: NetworkParams) -> Self {
        let options = ScenarioOptions { params, ..ScenarioOptions::default() };
        let scenario = Scenario::start(&options).expect("the embedded chain starts");
        let client = scenario.actor("client", 100_000 * TOKEN);
        let (three, metered) =
            (JobRules { redundancy: 3, ..RULES }, JobRules { kind: JobKind::Metered as u8, ..RULES });
        for (class, rules) in [(FIXED, RULES), (THREE, three), (METERED, metered)] {
            scenario.set_class(class, &rules).expect("the class is set");
        }
        let addresses = scenario.client(&client).expect("the client is registered");
        scenario.adopt_work_trees().expect("the trees are adopted");
        let mut market = Self { providers: Vec::new(), scenario, client, addresses };
        market.providers = (0..5).map(|number| market.provider(&market.owner(number))).collect();
        let keys: Vec<Pubkey> = market.providers.iter().map(|provider| provider.provider).collect();
        market.go_to_epoch(2);
        market.crank_all(&keys).expect("the epochs are cranked");
        market.go_to_epoch(3);
        market
    }

    /// Registers a provider that serves every class for [`FEE`].
    fn provider(&self, owner: &Actor) -> ProviderAddresses {
        let provider = self.register(owner, 1_000, 20_000 * TOKEN).expect("the provider registers");
        self.offer(owner, &provider, 0b111, FEE).expect("the offer is set");
        provider
    }

    fn owner(&self, number: usize) -> Actor {
        self.actor(&format!("owner {number}"), 100_000 * TOKEN)
    }

    pub fn owner_of(&self, provider: &Pubkey) -> Actor {
        let number = self.providers.iter().position(|known| known.provider == *provider);
        self.owner(number.expect("a provider of the market"))
    }

    pub fn operator_of(&self, provider: &Pubkey) -> Actor {
        self.scenario.operator_of(&self.owner_of(provider))
    }

    pub fn send(&self, instruction: Instruction, signers: &[&Actor]) -> Vec<Event> {
        let outcome = self.send_named(instruction, signers).unwrap_or_else(|error| panic!("{error}"));
        let log = events::decode_logs(&outcome.logs);
        assert_eq!(log.unknown, 0, "every event is known");
        log.events
    }

    pub fn refusal(&self, instruction: Instruction, signers: &[&Actor]) -> WorkTokenError {
        refusal(self.send_named(instruction, signers))
    }

    /// Creates the client's next job of a class.
    pub fn create(&self, class: u8) -> JobAddresses {
        let record = Client::new(&self.scenario.chain).client_record(&self.addresses).expect("the chain answers");
        let job = self.addresses.job(record.expect("the client is registered").next_number);
        let price_per_sec = if class == METERED { 1_000 } else { 0 };
        let input = self.job_input(&self.client, class, FEE);
        let input = ix::CreateJob { price_per_sec, work_secs: 3_600, ..input };
        self.send(ix::create_job(&job, &input), &[&self.client]);
        job
    }

    /// The job's accounts, now.
    pub fn job(&self, job: &JobAddresses) -> JobState {
        Client::new(&self.scenario.chain).job_state(&job.job).expect("the job exists")
    }

    pub fn view(&self, job: &JobAddresses) -> JobView {
        job_view(&self.job(job).at())
    }

    pub fn capture(&self, job: &JobAddresses) {
        self.capture_seed(job).expect("the seed is captured");
    }

    pub fn tree(&self) -> Option<Box<Tree>> {
        let network = self.scenario.network_state();
        Client::new(&self.scenario.chain).work_tree(&network, self.scenario.epoch()).expect("the chain answers")
    }

    /// Draws a seat as planned: what was planned happens. Returns the provider and the events.
    pub fn draw(&self, seat: &SeatAddresses) -> (Pubkey, Vec<Event>) {
        let plan = self.plan_draw(seat).expect("a draw");
        let events = self.send(ix::draw_job(seat, self.scenario.paid_keeper(), &plan.accounts()), &[]);
        let DrawOutcome::Drawn { provider, accept_until_work_ts } = plan.outcome else { panic!("{:?}", plan.outcome) };
        let assignment = self.seat_state(seat);
        assert_eq!((assignment.provider, assignment.accept_until_work_ts), (provider, accept_until_work_ts));
        (provider, events)
    }

    /// Draws a seat and lets its provider accept.
    pub fn accept(&self, seat: &SeatAddresses) -> Pubkey {
        let (provider, _) = self.draw(seat);
        let operator = self.operator_of(&provider);
        self.send(ix::accept_job(seat, operator.address(), provider, None), &[&operator]);
        provider
    }
}
