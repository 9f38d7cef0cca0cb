//! A network in which work is bought: five providers that serve three classes, two trees, and a client.

use {
    crate::world::{TOKEN, known},
    std::collections::HashMap,
    work_token_localnet::{Actor, Scenario, ScenarioOptions},
    work_token_sdk::{
        ClientAddresses, Instruction, JobAddresses, Keypair, ProviderAddresses, Pubkey, SeatAddresses, WorkTokenError,
        args::SetOfferArgs,
        client::{Client, JobState},
        draw::{DrawAt, DrawOutcome, DrawPlan, plan_draw},
        events::{self, Event},
        ix,
        state::{Agreement, Assignment, JobKind, JobRules, NetworkParams, Offer, Provider, Tree},
        transport::{Outcome, TransportError},
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

fn rules(class: u8) -> JobRules {
    let (redundancy, kind) = if class == THREE { (3, JobKind::Fixed) } else { (1, JobKind::Fixed) };
    let kind = if class == METERED { JobKind::Metered } else { kind };
    JobRules {
        minimum_fee: TOKEN,
        seat_secs: 3_600,
        accept_secs: 600,
        least_work_secs: 60,
        work_secs: 7_200,
        extension_secs: 1_800,
        reveal_secs: 600,
        challenge_secs: 6_000,
        keep_alive_secs: 100,
        exposure_factor: 60,
        cancel_fee_bps: 500,
        detection_bps: 2_500,
        kind: kind as u8,
        redundancy,
        undecided_refund_bps: 5_000,
        agreement: Agreement::Exact as u8,
        padding: [0; 3],
    }
}

impl Market {
    /// It is epoch 3, whose tree has the five providers with equal weights.
    pub fn new() -> Self {
        Self::with(ScenarioOptions::default().params)
    }

    pub fn with(params: NetworkParams) -> Self {
        let options = ScenarioOptions { params, ..ScenarioOptions::default() };
        let scenario = Scenario::start(&options).expect("the embedded chain starts");
        let client = scenario.actor("client", 100_000 * TOKEN);
        let addresses = ClientAddresses::derive(scenario.network, client.address());
        for class in [FIXED, THREE, METERED] {
            scenario.set_class(class, &rules(class)).expect("the class is set");
        }
        scenario.send(&[ix::register_client(&addresses)], &[&client]).expect("the client is registered");
        let market = Self { providers: Vec::new(), scenario, client, addresses };
        market.adopt_trees();
        market.with_providers()
    }

    fn adopt_trees(&self) {
        let lamports = self.scenario.chain.with_svm(|svm| svm.minimum_balance_for_rent_exemption(Tree::SIZE));
        let (network, keeper) = (self.scenario.network.network, self.scenario.keeper.address());
        for parity in [0, 1] {
            let key = Keypair::new_from_array([70 + parity; 32]);
            let tree = Actor { tokens: Pubkey::default(), key };
            let create = ix::create_tree(keeper, tree.address(), lamports);
            let adopt = ix::init_tree(&network, keeper, tree.address(), parity);
            self.scenario.send(&[create, adopt], &[&tree]).expect("the tree is adopted");
        }
    }

    fn with_providers(mut self) -> Self {
        for number in 0..5 {
            let owner = self.owner(number);
            let provider = self.scenario.register(&owner, 1_000, 20_000 * TOKEN).expect("the provider registers");
            let offer = ix::set_offer(
                &provider,
                provider.owner,
                &SetOfferArgs { classes: 0b111, floors: [FEE; 16], ..SetOfferArgs::default() },
            );
            self.scenario.send(&[offer], &[&owner]).expect("the offer is set");
            self.providers.push(provider);
        }
        let keys: Vec<Pubkey> = self.providers.iter().map(|provider| provider.provider).collect();
        self.scenario.go_to_epoch(2);
        for epoch in [0, 1] {
            self.scenario.crank(epoch, &keys).expect("the epoch is cranked");
        }
        self.scenario.go_to_epoch(3);
        self
    }

    fn owner(&self, number: usize) -> Actor {
        self.scenario.actor(&format!("owner {number}"), 100_000 * TOKEN)
    }

    pub fn owner_of(&self, provider: &Pubkey) -> Actor {
        let number = self.providers.iter().position(|known| known.provider == *provider);
        self.owner(number.expect("a provider of the market"))
    }

    pub fn operator_of(&self, provider: &Pubkey) -> Actor {
        self.scenario.person(&format!("operator of {}", self.owner_of(provider).address()))
    }

    /// Sends an instruction, signed by those of `signers` that it names; the keeper pays.
    pub fn try_send(&self, instruction: Instruction, signers: &[&Actor]) -> Result<Outcome, TransportError> {
        let named = |key: Pubkey| instruction.accounts.iter().any(|meta| meta.is_signer && meta.pubkey == key);
        let signers: Vec<&Actor> = signers.iter().copied().filter(|actor| named(actor.address())).collect();
        self.scenario.send(std::slice::from_ref(&instruction), &signers)
    }

    pub fn send(&self, instruction: Instruction, signers: &[&Actor]) -> Vec<Event> {
        let outcome = self.try_send(instruction, signers).unwrap_or_else(|error| panic!("{error}"));
        let log = events::decode_logs(&outcome.logs);
        assert_eq!(log.unknown, 0, "every event is known");
        log.events
    }

    pub fn refusal(&self, instruction: Instruction, signers: &[&Actor]) -> WorkTokenError {
        match self.try_send(instruction, signers) {
            Err(TransportError::Refused(refusal)) => known(&refusal),
            other => panic!("not refused: {other:?}"),
        }
    }

    /// Creates the client's next job of a class.
    pub fn create(&self, class: u8) -> JobAddresses {
        let record = Client::new(&self.scenario.chain).client_record(&self.addresses).expect("the chain answers");
        let job = self.addresses.job(record.expect("the client is registered").next_number);
        let input = ix::CreateJob {
            class,
            seats: rules(class).redundancy,
            fee: FEE,
            price_per_sec: if class == METERED { 1_000 } else { 0 },
            work_secs: 3_600,
            input_hash: [7; 32],
            operator: self.client.address(),
            from: self.client.tokens,
            refund_account: self.client.tokens,
        };
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
        self.scenario.chain.advance_slots(10);
        self.send(ix::capture_seed(job, self.scenario.paid_keeper()), &[]);
    }

    pub fn tree(&self) -> Option<Box<Tree>> {
        let network = self.scenario.network_state();
        Client::new(&self.scenario.chain).work_tree(&network, self.scenario.epoch()).expect("the chain answers")
    }

    /// Plans a draw of a seat from what is on the chain.
    pub fn plan(&self, seat: &SeatAddresses) -> Result<DrawPlan, WorkTokenError> {
        let client = Client::new(&self.scenario.chain);
        let known: HashMap<Pubkey, (Provider, Option<Offer>)> = self
            .providers
            .iter()
            .map(|at| at.provider)
            .map(|key| (key, (client.provider(&key).expect("a provider"), client.offer(&key).expect("an answer"))))
            .collect();
        let (state, tree) = (self.job(&seat.job), self.tree());
        let at = DrawAt {
            network: &state.network,
            job_address: &seat.job.job,
            job: &state.job,
            assignment: &state.assignments[usize::from(seat.seat)],
            tree: tree.as_deref(),
            slot: state.slot,
            now_ts: state.now_ts,
        };
        plan_draw(&at, ix::DRAW_BATCH, |key| known.get(key).map(|(provider, offer)| (provider, offer.as_ref())))
    }

    pub fn assignment(&self, seat: &SeatAddresses) -> Assignment {
        self.scenario.read(&seat.assignment)
    }

    /// Draws a seat as planned: what was planned happens. Returns the provider and the events.
    pub fn draw(&self, seat: &SeatAddresses) -> (Pubkey, Vec<Event>) {
        let plan = self.plan(seat).expect("a draw");
        let events = self.send(ix::draw_job(seat, self.scenario.paid_keeper(), &plan.accounts()), &[]);
        let DrawOutcome::Drawn { provider, accept_until_work_ts } = plan.outcome else { panic!("{:?}", plan.outcome) };
        let assignment = self.assignment(seat);
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

    /// Waits until a second of unix time, and for whatever slots pass meanwhile.
    pub fn wait_until(&self, ts: i64) {
        self.scenario.chain.set_now(ts);
    }
}
