//! The simulated network and everybody in it.

use {
    super::{
        agent::Agent,
        attester::{Attester, Published},
        chance::Chance,
        medians::MedianTally,
        provider::{Conduct, Provider},
        setting::{ATTESTED, Rules, Scene},
    },
    work_token_sdk::math::{
        Amount,
        draw::{CAPACITY, add},
    },
};

/// Epochs of which the largest stake is remembered (epoch-emission-1, epoch-weigh-3).
const STAKE_RING: usize = 8;

/// What the network itself holds, and what was made and destroyed. Base units.
#[derive(Clone, Copy, Debug, Default)]
pub struct Vaults {
    /// Fees and draw fees of open jobs.
    pub escrow: u64,
    /// Emission and fees on their way to whom they are due.
    pub reward: u64,
    /// The treasury.
    pub treasury: u64,
    /// The keepers', paid out to them or not.
    pub keepers: u64,
    /// Emitted since the beginning.
    pub minted: u64,
    /// Destroyed since the beginning.
    pub burned: u64,
    /// Of the reward vault: emitted, and due to nobody. Joins the next emission.
    pub carried: u64,
}

/// Weights to draw from, as on chain: one tree for the odd epochs and one for the even ones (place-tree-1).
pub struct Tree {
    /// Sums of the leaves.
    pub sums: Box<[u64; CAPACITY]>,
    /// The epoch whose draws the leaves are for.
    pub epoch: u32,
}

impl Tree {
    /// A tree without leaves.
    pub fn new() -> Self {
        Self { sums: Box::new([0; CAPACITY]), epoch: 0 }
    }

    /// Replaces the leaves.
    pub fn write(&mut self, epoch: u32, weights: impl Iterator<Item = u64>) {
        self.sums.fill(0);
        self.epoch = epoch;
        for (place, weight) in (0u16..).zip(weights) {
            add(&mut self.sums, place, weight).expect("a leaf for each provider, and stakes below the supply");
        }
    }
}

/// Providers that have a past when they begin to cheat, and when that is.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    /// The epoch.
    pub epoch: u32,
    /// Asks for all but one part of its stake, to spread it over new identities.
    pub splitter: usize,
    /// How many identities it is to have.
    pub identities: u64,
    /// Begins to work badly.
    pub slacker: usize,
    /// How it works from then on.
    pub slack: Conduct,
}

/// The network.
pub struct World {
    /// Its rules.
    pub rules: Rules,
    /// The circumstances.
    pub scene: Scene,
    /// The present epoch; the first one is 1.
    pub epoch: u32,
    /// Chance.
    pub chance: Chance,
    /// Everybody.
    pub agents: Vec<Agent>,
    /// The identities of providers.
    pub providers: Vec<Provider>,
    /// The attesters.
    pub attesters: Vec<Attester>,
    /// Agents that have jobs done.
    pub clients: Vec<usize>,
    /// Those who do not cheat from the start.
    pub turn: Option<Turn>,
    /// The agent whose provider is as large and as good as those that are lazy or not there, and honest.
    pub twin: usize,
    /// The identity that colluding attesters praise.
    pub praised: usize,
    /// Accuracy and uptime that a set of machines has on average.
    pub qualities: Vec<[u16; ATTESTED]>,
    /// What it has in the present epoch.
    pub truths: Vec<[u16; ATTESTED]>,
    /// Medians so far, by provider; everybody can read them.
    pub published: Vec<Published>,
    /// The network's vaults.
    pub vaults: Vaults,
    /// Everything that there was in the beginning.
    pub began_with: u64,
    /// The trees of the odd and the even epochs.
    pub trees: [Tree; 2],
    /// Jobs so far.
    pub jobs: u64,
    /// The least stake of a provider.
    pub minimum_stake: Amount,
    /// Judgement of every median.
    pub tally: MedianTally,
    pub(super) stakes: [Amount; STAKE_RING],
}

impl World {
    /// Adds an agent and returns its index.
    pub fn join(&mut self, agent: Agent) -> usize {
        self.agents.push(agent);
        self.agents.len() - 1
    }

    /// Adds an identity of a provider and returns its index.
    pub fn register(&mut self, owner: usize, own: Amount, conduct: Conduct) -> usize {
        self.providers.push(Provider::new(owner, own, conduct, self.epoch));
        self.published.push(Published::default());
        self.providers.len() - 1
    }

    /// The largest stake of the last eight epochs that had any.
    pub fn largest_stake(&self) -> Amount {
        self.stakes.into_iter().fold(Amount::ZERO, Amount::max)
    }

    /// Tokens in existence.
    pub fn supply(&self) -> u64 {
        self.began_with + self.vaults.minted - self.vaults.burned
    }

    /// What an agent has staked, leaving stake included.
    pub fn stake_of(&self, agent: usize) -> u64 {
        let own = self.providers.iter().filter(|provider| provider.owner == agent);
        own.map(|provider| provider.own.0 + provider.leaving.0).sum()
    }

    /// The bond of an agent.
    pub fn bond_of(&self, agent: usize) -> u64 {
        self.attesters.iter().filter(|attester| attester.owner == agent).map(|attester| attester.bond).sum()
    }

    /// Everything that an agent has.
    pub fn wealth_of(&self, agent: usize) -> u64 {
        self.agents[agent].purse + self.stake_of(agent) + self.bond_of(agent)
    }

    /// The first difference between what there must be and what there is, to the base unit.
    pub fn audit(&self) -> Result<(), String> {
        let Vaults { escrow, reward, treasury, keepers, minted, burned, carried } = self.vaults;
        let wealth: u64 = (0..self.agents.len()).map(|agent| self.wealth_of(agent)).sum();
        let held = wealth + escrow + reward + treasury + keepers;
        let vaults = [
            ("initial + minted = held + burned", self.began_with + minted, held + burned),
            ("escrow vault", 0, escrow),
            ("reward vault", carried, reward),
        ];
        let agents = self.agents.iter().enumerate().map(|(index, agent)| {
            (agent.name.as_str(), agent.began_with + agent.earned() - agent.paid, self.wealth_of(index))
        });
        match vaults.into_iter().chain(agents).find(|(_, due, found)| due != found) {
            Some((what, due, found)) => Err(format!("epoch {}: {what}: {found} instead of {due}", self.epoch)),
            None => Ok(()),
        }
    }
}
