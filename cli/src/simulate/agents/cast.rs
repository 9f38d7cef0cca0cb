//! Who takes part, with what.

use {
    super::{
        agent::{Agent, Kind},
        attester::Attester,
        chance::Chance,
        medians::MedianTally,
        provider::Conduct,
        setting::{ATTESTED, Rules, Scene, TOKEN},
        world::{Tree, Turn, Vaults, World},
    },
    work_token_sdk::math::Amount,
};

/// Stake of an ordinary provider: a twentieth of all.
const STAKE: u64 = 20_000_000 * TOKEN;
/// Stake of those who split and of the one who does not: three twentieths, below the share cap.
const LARGE_STAKE: u64 = 3 * STAKE;
/// Identities of one that splits.
const IDENTITIES: u64 = 8;
/// Bond of an attester.
const BOND: u64 = 200_000 * TOKEN;
/// Pieces of a bond that is split. Each is as large as an ordinary bond, so that it weakens no median.
const BONDS: u64 = 2;
/// What a client has for all of its jobs.
const CLIENT_PURSE: u64 = 200_000_000 * TOKEN;

/// Accuracy and uptime of the machines that all those have who are compared with each other. Far from any
/// tier's edge: close to one, luck in what is measured would decide a tier.
const COMMON_MACHINES: usize = 0;
const QUALITIES: [[u16; ATTESTED]; 9] = [
    [9_000, 9_300],
    [8_700, 9_300],
    [8_900, 9_200],
    [9_000, 9_400],
    [9_100, 9_100],
    [9_200, 9_300],
    [6_000, 6_000],
    [7_500, 8_000],
    [9_000, 0],
];
const LAZY_MACHINES: usize = 6;
const PRAISED_MACHINES: usize = 7;
const UNREACHABLE_MACHINES: usize = 8;

const HONEST: Conduct = Conduct { machines: COMMON_MACHINES, declines: 0, fails: 0, signs_of_life: u16::MAX };

impl World {
    /// A network in which everybody has just registered. `epochs` are to come.
    pub fn begin(rules: Rules, scene: Scene, seed: u64, epochs: u32) -> Self {
        let mut world = Self {
            minimum_stake: rules.minimum.floor,
            rules,
            scene,
            epoch: 0,
            chance: Chance::of(seed),
            agents: Vec::new(),
            providers: Vec::new(),
            attesters: Vec::new(),
            clients: Vec::new(),
            turn: None,
            twin: 0,
            praised: 0,
            qualities: QUALITIES.to_vec(),
            truths: QUALITIES.to_vec(),
            published: Vec::new(),
            vaults: Vaults::default(),
            began_with: 0,
            trees: [Tree::new(), Tree::new()],
            jobs: 0,
            tally: MedianTally::default(),
            stakes: Default::default(),
        };
        world.enrol_honest_providers();
        let splitter = world.enrol_splitters();
        let slacker = world.enrol_other_providers();
        let slack = Conduct { machines: LAZY_MACHINES, declines: 500, fails: 100, ..HONEST };
        world.turn = Some(Turn { epoch: epochs / 4, splitter, identities: IDENTITIES, slacker, slack });
        world.enrol_attesters();
        for number in 1..=4 {
            let client = world.join(Agent::new(format!("client {number}"), Kind::Client, 0, CLIENT_PURSE));
            world.clients.push(client);
        }
        world.began_with = world.agents.iter().map(|agent| agent.began_with).sum();
        world
    }

    fn provider(&mut self, name: &str, kind: Kind, conduct: Conduct) -> usize {
        let owner = self.join(Agent::new(name, kind, STAKE, 0));
        self.register(owner, Amount(STAKE), conduct)
    }

    fn enrol_honest_providers(&mut self) {
        self.twin = self.agents.len();
        self.provider("honest twin", Kind::HonestProvider, HONEST);
        for machines in 1..LAZY_MACHINES {
            let conduct = Conduct { machines, ..HONEST };
            self.provider(&format!("honest provider {machines}"), Kind::HonestProvider, conduct);
        }
    }

    /// Returns the identity of the one that splits later.
    fn enrol_splitters(&mut self) -> usize {
        let owner = self.join(Agent::new("one identity", Kind::OneIdentity, LARGE_STAKE, 0));
        self.register(owner, Amount(LARGE_STAKE), HONEST);
        let owner = self.join(Agent::new("eight from the start", Kind::SybilSplitter, LARGE_STAKE, 0));
        for _ in 0..IDENTITIES {
            self.register(owner, Amount(LARGE_STAKE / IDENTITIES), HONEST);
        }
        let owner = self.join(Agent::new("eight later", Kind::SybilSplitter, LARGE_STAKE, 0));
        self.register(owner, Amount(LARGE_STAKE), HONEST)
    }

    /// Returns the identity of the one that becomes lazy.
    fn enrol_other_providers(&mut self) -> usize {
        let slacker = self.provider("lazy provider", Kind::LazyProvider, HONEST);
        let unavailable = Conduct { machines: UNREACHABLE_MACHINES, declines: 1_000, signs_of_life: 0, ..HONEST };
        self.provider("unavailable provider", Kind::UnavailableProvider, unavailable);
        let praised = Conduct { machines: PRAISED_MACHINES, ..HONEST };
        self.praised = self.provider("praised provider", Kind::PraisedProvider, praised);
        slacker
    }

    /// Whatever fifteen are drawn, those who measure have more than half of the bonds revealed, and sometimes
    /// hardly more.
    fn enrol_attesters(&mut self) {
        for number in 1..=9 {
            self.attester(&format!("measuring attester {number}"), Kind::MeasuringAttester, BOND);
        }
        self.attester("one bond", Kind::OneBond, BONDS * BOND);
        let owner = self.join(Agent::new("the same bond in two halves", Kind::BondSplitter, BONDS * BOND, 0));
        for _ in 0..BONDS {
            self.bond(owner, Kind::BondSplitter, BOND);
        }
        self.attester("silent attester", Kind::SilentAttester, BOND);
        self.attester("copying attester", Kind::CopyingAttester, BOND);
        self.attester("lazy attester", Kind::LazyAttester, BOND);
        for number in 1..=5 {
            let bond = self.scene.colluder_bond;
            self.attester(&format!("colluding attester {number}"), Kind::ColludingAttester, bond);
        }
    }

    fn attester(&mut self, name: &str, kind: Kind, bond: u64) {
        let owner = self.join(Agent::new(name, kind, bond, 0));
        self.bond(owner, kind, bond);
    }

    fn bond(&mut self, owner: usize, kind: Kind, bond: u64) {
        self.attesters.push(Attester { owner, kind, bond, seated: 0, missed: 0, points: 0, reported: 0 });
    }
}
