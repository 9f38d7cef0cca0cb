//! What a history runs on: the state methods of the interface alone, or the program on the embedded chain.

use {
    crate::op::{Account, At, OWNER, Op, PEOPLE, PROVIDERS, Person, person},
    std::collections::BTreeMap,
    work_token_sdk::{
        Pubkey, WorkTokenError,
        math::MAX_SUPPLY,
        presets::NETWORK_PARAMS,
        state::{
            Beneficiary, Delegation, EmissionPolicy, EpochPool, Handover, Network, NetworkParams, Provider, Unbonding,
        },
    },
};

pub use work_token_localnet::{DAY, HOUR};

pub const START: i64 = 1_800_000_000;
/// What everybody begins with; together a fraction of the supply's bound.
pub const WALLET: u64 = 1 << 54;

/// Everything there is, at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    pub now: i64,
    pub network: Network,
    pub providers: [Option<Provider>; PROVIDERS],
    pub positions: BTreeMap<At, Delegation>,
    pub tickets: BTreeMap<(At, u32), Unbonding>,
    pub epochs: BTreeMap<u32, EpochPool>,
    pub handovers: [Option<Handover>; PROVIDERS],
    pub beneficiaries: [Option<Beneficiary>; PROVIDERS],
    pub balances: Balances,
    pub people: People,
}

/// Keys of everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct People {
    pub keys: [Pubkey; PEOPLE],
    /// The usual token account of each, and the other one.
    pub accounts: [[Pubkey; 2]; PEOPLE],
    /// Whose other token account is frozen.
    pub frozen: [bool; PEOPLE],
}

impl People {
    pub fn key(&self, account: Account) -> Pubkey {
        self.accounts[account.of][usize::from(account.other)]
    }

    /// Whose token account a key is.
    pub fn account(&self, key: &Pubkey) -> Account {
        let find = |other: bool| {
            let of = self.accounts.iter().position(|both| both[usize::from(other)] == *key)?;
            Some(Account { of, other })
        };
        find(false).or_else(|| find(true)).expect("a token account of somebody")
    }

    /// Whether a token account can receive.
    pub fn receives(&self, account: Account) -> bool {
        !(account.other && self.frozen[account.of])
    }
}

/// Token balances.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balances {
    pub stake: [u64; PROVIDERS],
    pub reward: u64,
    pub keeper_vault: u64,
    pub treasury: u64,
    pub keeper: u64,
    /// In the usual token account of each, and in the other one.
    pub people: [[u64; 2]; PEOPLE],
    pub supply: u64,
}

impl Balances {
    /// All of them.
    pub fn sum(&self) -> u64 {
        self.stake.iter().chain(self.people.as_flattened()).sum::<u64>()
            + self.reward
            + self.keeper_vault
            + self.treasury
            + self.keeper
    }

    pub fn of(&mut self, account: Account) -> &mut u64 {
        &mut self.people[account.of][usize::from(account.other)]
    }
}

impl State {
    pub fn epoch(&self) -> u32 {
        self.network.epoch_at(self.now).0
    }

    pub fn provider(&self, provider: usize) -> &Provider {
        self.providers[provider].as_ref().expect("the provider exists")
    }

    /// Who owns a provider that exists.
    pub fn owner(&self, provider: usize) -> Person {
        let owner = self.provider(provider).owner;
        self.people.keys.iter().position(|key| *key == owner).expect("somebody owns it")
    }

    /// Who holds a position behind a provider that exists.
    pub fn holder(&self, at: At) -> Person {
        if at.1 == OWNER { self.owner(at.0) } else { person(at.1) }
    }

    /// What somebody has at hand: in the usual token account.
    pub fn wallet(&self, of: Person) -> u64 {
        self.balances.people[of][0]
    }
}

/// Something that a history can run on.
pub trait System {
    /// Everything there is.
    fn state(&self) -> State;
    /// Does something, or refuses and changes nothing.
    fn act(&mut self, op: &Op) -> Result<(), WorkTokenError>;
}

/// Daily epochs, small minimums so that dust occurs, a large emission so that the supply's end comes near.
pub fn params() -> NetworkParams {
    NetworkParams {
        emission_per_epoch: 1 << 51,
        emission: EmissionPolicy { year_cap: MAX_SUPPLY - 1, ..NETWORK_PARAMS.emission },
        max_supply: 1 << 57,
        minimum_delegation: 1 << 20,
        minimum_self_stake: 1 << 20,
        weigh_bounty: 70,
        settle_bounty: 60,
        finalize_bounty: 50,
        activation_bounty: 5_000,
        keeper_cap: 1_000,
        ..NETWORK_PARAMS
    }
}
