//! What a history runs on: the state methods of the interface alone, or the program on the embedded chain.

use {
    crate::op::{At, HOLDERS, Op, PROVIDERS},
    std::collections::BTreeMap,
    work_token_sdk::{
        WorkTokenError,
        math::MAX_SUPPLY,
        presets::NETWORK_PARAMS,
        state::{Delegation, EmissionPolicy, EpochPool, Network, NetworkParams, Provider, Unbonding},
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
    pub balances: Balances,
}

/// Token balances.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balances {
    pub stake: [u64; PROVIDERS],
    pub reward: u64,
    pub keeper_vault: u64,
    pub treasury: u64,
    pub keeper: u64,
    pub owners: [u64; PROVIDERS],
    pub holders: [u64; HOLDERS],
    pub supply: u64,
}

impl Balances {
    /// All of them.
    pub fn sum(&self) -> u64 {
        self.stake.iter().chain(&self.owners).chain(&self.holders).sum::<u64>()
            + self.reward
            + self.keeper_vault
            + self.treasury
            + self.keeper
    }
}

impl State {
    pub fn epoch(&self) -> u32 {
        self.network.epoch_at(self.now).0
    }

    pub fn provider(&self, provider: usize) -> &Provider {
        self.providers[provider].as_ref().expect("the provider exists")
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
