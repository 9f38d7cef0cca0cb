//! What the model remembers.

use {
    super::{holding::Holding, owned::Owners, votes::Votes},
    crate::{op::*, system::*},
    std::collections::BTreeMap,
    work_token_sdk::state::PoolKind,
};

/// A provider's stake when an epoch began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Boundary {
    pub own_total: u64,
    pub delegated_total: u64,
    pub own_staked: u64,
    pub delegated_staked: u64,
    pub active: bool,
    /// In jail, but not without a place: its stake counts, and earns nothing.
    pub jailed: bool,
}

/// What the model knows of one provider.
#[derive(Clone, Debug, Default)]
pub struct Provider {
    /// By epoch: the stake at its beginning.
    pub boundaries: BTreeMap<u32, Boundary>,
    /// By epoch: its commission.
    pub commissions: BTreeMap<u32, u16>,
    pub commission: u16,
    pub announced: Option<(u16, i64)>,
    /// By epoch: the least own stake that a request to leave has left.
    pub least_own: BTreeMap<u32, u64>,
    /// By epoch: its weight, once weighed.
    pub weights: BTreeMap<u32, u64>,
    /// By epoch: its fees not yet shared.
    pub fees: BTreeMap<u32, u64>,
    /// First epoch that is not settled or passed.
    pub unsettled: u32,
    pub settlements: u64,
    /// Own rewards: when they begin to be free, how long that takes, how much.
    pub vesting: Vec<(i64, i64, u64)>,
    pub own_claimed: u64,
    /// What strangers sent to the stake vault.
    pub donated: u64,
    /// Roundings of the pools' prices so far.
    pub price_roundings: u64,
    pub generations: [u32; 2],
}

/// What one holder of a position behind one provider put in and got out.
#[derive(Clone, Debug, Default)]
pub struct Principal {
    pub paid_in: u64,
    pub paid_out: u64,
}

/// Debt that was paid out of rewards, and that the end of an epoch burns: with its provider, with an epoch
/// that weighed that, or left by an epoch or a provider that is no more.
#[derive(Clone, Debug, Default)]
pub struct Burns {
    pub providers: [u64; PROVIDERS],
    pub epochs: BTreeMap<u32, u64>,
    pub network: u64,
}

#[derive(Clone, Debug, Default)]
pub struct Model {
    pub providers: Vec<Provider>,
    pub holdings: BTreeMap<At, Holding>,
    pub principal: BTreeMap<At, Principal>,
    /// Shares that changed their holder, and restakes by strangers, so far.
    pub transfers: u64,
    pub restakes: u64,
    /// How often somebody took or gave back a voice, and the votes under way.
    pub directs: u64,
    pub votes: Votes,
    /// Who owns what, and whom its own rewards go to.
    pub owners: Owners,
    pub burns: Burns,
    /// Stakes of the finalized epochs that had any.
    pub stakes: Vec<u64>,
    /// What was emitted, by week of unix time.
    pub weeks: Vec<(u32, u64)>,
    /// What the next finalized epoch hands out beside its emission.
    pub carried: u64,
    /// What the operation under way should add to the delegators' books and to the owners'.
    pub expected: [(u64, u64); PROVIDERS],
}

impl Model {
    pub fn new(state: &State) -> Self {
        let providers = state.providers.iter().map(|provider| {
            let provider = provider.as_ref().expect("a history begins with all providers");
            let commissions = BTreeMap::from([(0, provider.commission_bps)]);
            Provider { commission: provider.commission_bps, commissions, ..Provider::default() }
        });
        Self { providers: providers.collect(), owners: Owners::new(), ..Self::default() }
    }
}

/// Which pool a position of the model is in.
pub fn kind_of(at: At) -> PoolKind {
    if at.1 == OWNER { PoolKind::Own } else { PoolKind::Delegated }
}
