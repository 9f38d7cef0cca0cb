//! The program on the embedded chain, and who acts on it.

mod build;
mod read;
mod stake;

pub use read::Sight;

use {
    crate::{
        op::{At, FIRST_JUROR, OWN, Op, PEOPLE, PROVIDERS, Step, Who},
        rules::{LEAST_LOCK, Rules, WALLET},
    },
    solana_sdk::{message::Message, transaction::Transaction},
    std::collections::HashMap,
    work_token_localnet::{Actor, ScenarioOptions},
    work_token_sdk::{
        DisputeAddresses, JurorAddresses, PositionAddresses, ProviderAddresses, Pubkey, SeatAddresses, addresses,
        commit::SealedOpening, errors::Refusal, transport::TransportError,
    },
    work_token_tests::{Fork, World},
};

/// When every history begins. Unix seconds.
pub const START: i64 = 1_800_000_000;
/// What an owner has staked when a history begins.
pub const STAKE: u64 = 1 << 33;

/// A network on the embedded chain, to be taken back to its beginning for each history.
pub struct Chain {
    pub world: World,
    pub people: Vec<Actor>,
    /// As they were registered: see [`Self::owned`].
    pub providers: Vec<ProviderAddresses>,
    /// Addresses of positions, whoever owns the provider: see [`Self::position`].
    pub positions: HashMap<At, PositionAddresses>,
    pub jurors: Vec<JurorAddresses>,
    pub tree: Pubkey,
    /// What was committed to, opened, and worked on, by number.
    pub openings: Vec<SealedOpening>,
    pub disputes: Vec<DisputeAddresses>,
    pub seats: Vec<SeatAddresses>,
    ballots: HashMap<(usize, u8, u8), Pubkey>,
    beginning: Option<Fork>,
}

/// Why a step was refused, and by which of its instructions.
#[derive(Debug)]
pub struct Refused {
    pub at: usize,
    pub why: String,
}

impl Chain {
    pub fn new(rules: Rules) -> Self {
        let options = |options: &mut ScenarioOptions| {
            options.params = rules.params();
            options.now_ts = START;
        };
        let world = World::with(options);
        world.check_no_signatures();
        let scenario = &world.scenario;
        scenario.adopt_work_trees().expect("the trees are adopted");
        scenario.adopt_juror_tree().expect("the jurors' tree is adopted");
        let people: Vec<_> = (0..PEOPLE).map(|who| world.actor(&format!("person {who}"), WALLET)).collect();
        let register = |owner| scenario.register(owner, 1_000, STAKE).expect("a provider registers");
        let providers: Vec<_> = people[..PROVIDERS].iter().map(register).collect();
        let at = |provider: usize, who: usize| {
            // Whoever owns it now may delegate to it once another does.
            let unowned = ProviderAddresses { owner: Pubkey::default(), ..providers[provider] };
            let delegated = people.get(who).map(|person| unowned.position(person.address()));
            ((provider, who), delegated.unwrap_or_else(|| unowned.own()))
        };
        let positions = (0..PROVIDERS).flat_map(|provider| (0..=OWN).map(move |who| at(provider, who))).collect();
        let jurors: Vec<_> =
            people.iter().map(|person| JurorAddresses::derive(scenario.network, person.address())).collect();
        let tree = scenario.network_state().juror_tree;
        let mut chain = Self {
            people,
            providers,
            positions,
            jurors,
            tree,
            openings: Vec::new(),
            disputes: Vec::new(),
            seats: Vec::new(),
            ballots: HashMap::new(),
            beginning: None,
            world,
        };
        chain.beginning = Some(chain.world.fork());
        chain
    }

    /// Back to the beginning.
    pub fn reset(&mut self) {
        self.world.restore(self.beginning.as_ref().expect("it was kept"));
        self.openings.clear();
        self.disputes.clear();
        self.seats.clear();
        self.ballots.clear();
    }

    /// What a history does first: jurors lock.
    pub fn first_steps() -> Vec<Step> {
        let lock = |who: usize| LEAST_LOCK << (who % 4 * 2);
        (FIRST_JUROR..PEOPLE).map(|who| vec![Op::JoinJury { who, amount: lock(who) }]).collect()
    }

    /// Sends the instructions of a step in one transaction.
    pub fn send(&mut self, step: &[Op]) -> Result<(), Refused> {
        let known = (self.openings.len(), self.disputes.len());
        let instructions = self.build(step);
        let keeper = self.world.scenario.keeper.address();
        let message = Message::new(&instructions, Some(&keeper));
        let sent = self.world.sends(&Transaction::new_unsigned(message).into());
        let Err(error) = sent else { return Ok(()) };
        self.openings.truncate(known.0);
        self.disputes.truncate(known.1);
        match error {
            TransportError::Refused(refusal) => Err(Refused::of(&refusal, step)),
            error => panic!("the embedded chain always answers: {error}"),
        }
    }

    /// Who owns a provider; who registered it where it is closed.
    pub fn owner(&self, provider: usize) -> Who {
        self.provider(provider).map_or(provider, |state| self.person(&state.owner))
    }

    /// The addresses of a provider as its present owner uses them.
    pub fn owned(&self, provider: usize) -> ProviderAddresses {
        let owner = self.people[self.owner(provider)].address();
        ProviderAddresses { owner, ..self.providers[provider] }
    }

    /// The addresses of a position as its holder uses them, and who that is.
    pub fn position(&self, at: At) -> (PositionAddresses, Who) {
        let (provider, owner) = (self.owned(at.0), self.owner(at.0));
        let who = if at.1 == OWN { owner } else { at.1 };
        let holder = self.people[who].address();
        (PositionAddresses { provider, holder, ..self.positions[&at] }, who)
    }

    /// The address of a ballot; found once.
    pub fn ballot(&mut self, dispute: usize, jury: u8, index: u8) -> Pubkey {
        let address = self.disputes[dispute].dispute;
        let find = || addresses::ballot(&address, jury, index);
        *self.ballots.entry((dispute, jury, index)).or_insert_with(find)
    }
}

impl Refused {
    fn of(refusal: &Refusal, step: &[Op]) -> Self {
        use solana_sdk::transaction::TransactionError;
        let at = match &refusal.error {
            TransactionError::InstructionError(at, _) => usize::from(*at),
            error => panic!("{step:?} was refused by the chain itself: {error}"),
        };
        let name = refusal.work_token_error().map(|error| error.name().to_owned());
        let why = name.unwrap_or_else(|| {
            format!("{:?} {:?}", refusal.error, refusal.logs.iter().rev().take(4).collect::<Vec<_>>())
        });
        Self { at, why }
    }
}
