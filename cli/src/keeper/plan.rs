//! Which cranks are due.

use {
    super::Snapshot,
    work_token_sdk::{
        Instruction, PositionAddresses, ProviderAddresses, Pubkey, ix,
        limits::MAX_BATCH,
        math::{
            Amount, Epoch,
            snapshot::{can_open, can_sweep},
        },
        state::{Delegation, EpochPool, EpochState, Provider, provider::SettleTerms},
        view::{self, PositionAt},
    },
};

/// So many providers fit beside a second signature.
const SMALL_BATCH: usize = 21;

/// One crank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The epoch it is about.
    pub epoch: u32,
    /// What it does.
    pub work: Work,
}

/// What a crank does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// Opens the ended epoch.
    Open,
    /// Weighs these providers.
    Weigh(Vec<Pubkey>),
    /// Freezes the weights and emits.
    Finalize,
    /// Settles these providers.
    Settle(Vec<Pubkey>),
    /// Activates a position's due lots, before the provider forgets from when on they earn.
    Activate(Pubkey),
    /// Returns what is left to the network.
    Sweep,
    /// Closes the account; its rent goes back to its payer.
    Close(Pubkey),
}

impl Work {
    /// The crank's name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Weigh(_) => "weigh",
            Self::Finalize => "finalize",
            Self::Settle(_) => "settle",
            Self::Activate(_) => "activate",
            Self::Sweep => "sweep",
            Self::Close(_) => "close",
        }
    }

    /// How many providers it is about.
    pub const fn providers(&self) -> usize {
        match self {
            Self::Weigh(batch) | Self::Settle(batch) => batch.len(),
            _ => 0,
        }
    }
}

impl Step {
    /// The instruction that does it. `None` when its position is not in the snapshot.
    pub fn instruction(&self, snapshot: &Snapshot, keeper: ix::Keeper) -> Option<Instruction> {
        let (network, epoch) = (&snapshot.addresses, self.epoch);
        Some(match &self.work {
            Work::Open => ix::open_epoch(&network.network, keeper.keeper, epoch),
            Work::Weigh(batch) => ix::weigh_providers(network, epoch, keeper, batch),
            Work::Finalize => ix::finalize_epoch(network, epoch, keeper),
            Work::Settle(batch) => ix::settle_providers(network, epoch, keeper, batch),
            Work::Sweep => ix::sweep_epoch(&network.network, epoch),
            Work::Activate(key) => {
                let (_, position) = snapshot.positions.iter().find(|(known, _)| known == key)?;
                let provider = snapshot.provider(&position.provider)?;
                let provider = ProviderAddresses::recorded(*network, position.provider, provider);
                ix::activate_delegation(&PositionAddresses::recorded(provider, *key, position), keeper)
            }
            Work::Close(payer) => ix::close_epoch(&network.network, epoch, *payer),
        })
    }
}

/// How many providers fit into one transaction that the keeper pays itself, or that somebody else pays.
pub const fn batch_size(keeper_pays: bool) -> usize {
    if keeper_pays { MAX_BATCH } else { SMALL_BATCH }
}

/// Every crank that would change something now, in the order in which to send them. Later ones may be due only after the earlier ones
/// have landed, so a keeper reads and plans again until nothing is due.
pub fn plan(snapshot: &Snapshot, batch: usize) -> Vec<Step> {
    let now = Epoch(snapshot.epoch());
    let mut steps = Vec::new();
    for (epoch, pool) in &snapshot.pools {
        let step = |work| Step { epoch: *epoch, work };
        if pool.state == EpochState::Swept as u8 {
            steps.push(step(Work::Close(pool.payer)));
        } else if can_sweep(Epoch(*epoch), now) {
            steps.push(step(Work::Sweep));
        } else if pool.state == EpochState::Finalized as u8 {
            steps.extend(batches(unsettled(snapshot, pool), batch).map(|batch| step(Work::Settle(batch))));
        } else if snapshot.now_ts >= pool.weigh_from_ts {
            let due = unweighed(snapshot, pool);
            if due.is_empty() && finalizable(snapshot, pool) {
                steps.push(step(Work::Finalize));
            }
            steps.extend(batches(due, batch).map(|batch| step(Work::Weigh(batch))));
        }
    }
    let next = snapshot.network.next_to_finalize(now).0;
    let missing = (next..now.0).filter(|epoch| can_open(Epoch(*epoch), now) && !snapshot.pools.contains_key(epoch));
    steps.extend(missing.map(|epoch| Step { epoch, work: Work::Open }));
    steps.extend(activations(snapshot).map(|key| Step { epoch: now.0, work: Work::Activate(key) }));
    steps
}

/// Positions with a due lot whose reward covers the keeper's bounty.
fn activations(snapshot: &Snapshot) -> impl Iterator<Item = Pubkey> {
    let pays = |(_, position): &&(Pubkey, Delegation)| {
        let Some(provider) = snapshot.provider(&position.provider) else { return false };
        let at = PositionAt { network: &snapshot.network, provider, position, tickets: &[], now_ts: snapshot.now_ts };
        view::lots(&at).iter().any(|lot| lot.is_due && lot.keeper_bounty > 0)
    };
    snapshot.positions.iter().filter(pays).map(|(key, _)| *key)
}

fn finalizable(snapshot: &Snapshot, pool: &EpochPool) -> bool {
    let next = snapshot.network.next_to_finalize(Epoch(snapshot.epoch()));
    pool.epoch == next.0 && snapshot.now_ts >= pool.finalizable_from_ts()
}

fn unweighed(snapshot: &Snapshot, pool: &EpochPool) -> Vec<Pubkey> {
    due(snapshot, |provider| {
        provider.weigh(Epoch(pool.epoch), &pool.weight_rules(), pool.tier(provider.tier)).is_some()
    })
}

fn unsettled(snapshot: &Snapshot, pool: &EpochPool) -> Vec<Pubkey> {
    let terms = SettleTerms {
        emission: Amount(pool.emission),
        total_weight: pool.total_weight,
        leverage: pool.leverage,
        ends_at_ts: pool.ends_at_ts,
        vesting_secs: pool.vesting_secs(),
        now_ts: snapshot.now_ts,
    };
    due(snapshot, |provider| provider.settle(Epoch(pool.epoch), &terms).is_some())
}

/// The providers that a crank would change: it is tried on a copy.
fn due(snapshot: &Snapshot, mut changes: impl FnMut(&mut Provider) -> bool) -> Vec<Pubkey> {
    let terms = snapshot.network.terms(snapshot.now_ts);
    let changed = snapshot.providers.iter().filter(|(_, provider)| {
        let mut copy = *provider;
        copy.touch(&terms);
        changes(&mut copy)
    });
    changed.map(|(key, _)| *key).collect()
}

fn batches(due: Vec<Pubkey>, size: usize) -> impl Iterator<Item = Vec<Pubkey>> {
    let batches: Vec<Vec<Pubkey>> = due.chunks(size).map(<[Pubkey]>::to_vec).collect();
    batches.into_iter()
}
