//! How far is an epoch?

use {
    super::{recorded, starts_at_ts},
    crate::{
        math::{
            Epoch, RECORD_RING, WorkTs,
            snapshot::{can_open, can_sweep, is_kept},
        },
        state::{EpochPool, EpochState, Network},
    },
    std::cmp::Ordering,
};

/// Where an epoch stands, and so what can be cranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EpochPhase {
    /// It has not begun.
    Future,
    /// It has begun and can be opened: until then no parameter changes.
    Openable,
    /// It is open and has not ended.
    Running,
    /// It was not opened in time; nothing of it is emitted.
    Missed,
    /// It has ended and its reveal window is not over.
    Revealing,
    /// Providers can be weighed.
    Weighing,
    /// It can be finalized; providers can still be weighed until it is.
    Finalizable,
    /// It could be finalized, but an earlier one comes first.
    WaitsForEarlier,
    /// Providers can be settled.
    Settling,
    /// Nothing of it can be settled any more, and it cannot be swept yet.
    Expired,
    /// It can be swept.
    Sweepable,
    /// Its account can be closed.
    Closable,
}

/// An epoch's dates and progress. Windows are half open: from `.._from_ts` on, until before `.._until_ts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EpochProgress {
    /// The epoch.
    pub epoch: u32,
    /// Where it stands.
    pub phase: EpochPhase,
    /// Whether its account exists.
    pub is_opened: bool,
    /// When it begins; from then on it can be opened. Unix seconds.
    pub starts_at_ts: i64,
    /// When it ends. Unix seconds.
    pub ends_at_ts: i64,
    /// Until when it can be opened. Unix seconds.
    pub openable_until_ts: i64,
    /// Providers can be weighed from then on. A later outage moves it. Unix seconds.
    pub weigh_from_ts: i64,
    /// It can be finalized from then on, by what is known now: the first weight makes it earlier, one that
    /// comes late later. Of an epoch that is not open it is the earliest possible second. Unix seconds.
    pub finalizable_from_ts: i64,
    /// Providers can be weighed and settled until then; what is not settled returns to the network. Unix
    /// seconds.
    pub settleable_until_ts: i64,
    /// It can be swept from then on. Unix seconds.
    pub sweepable_from_ts: i64,
    /// Providers weighed so far.
    pub weighed: u32,
    /// Providers weighed with a weight.
    pub weighed_with_weight: u32,
    /// Providers settled so far.
    pub settled: u32,
    /// What the weights share, once finalized. Base units.
    pub emission: u64,
    /// What comes back of burned fees to those whose work burned it; before the epoch is finalized, of those
    /// weighed so far. Base units.
    pub burn_back: u64,
    /// What has reached providers and delegators so far. Base units.
    pub distributed: u64,
    /// Bounties paid so far. Base units.
    pub bounties_paid: u64,
}

/// How far an epoch is in a slot and at a time. `account` is the epoch's, if it was opened.
pub fn epoch_progress(
    network: &Network,
    epoch: u32,
    account: Option<&EpochPool>,
    (slot, now_ts): (u64, i64),
) -> EpochProgress {
    let network = &recorded(network, (slot, now_ts));
    let number = Epoch(epoch);
    let later = |epochs: u32| starts_at_ts(network, Epoch(epoch.saturating_add(epochs)));
    let (starts, ends) = match account {
        Some(pool) => (pool.starts_at_ts, pool.ends_at_ts),
        None => (starts_at_ts(network, number), later(1)),
    };
    let windows = account.copied().unwrap_or_else(|| opened_now(network, number));
    let weigh_from_ts = network.unix_ts(WorkTs(windows.weigh_from_work_ts));
    let finalizable_from_ts = match account {
        Some(pool) => network.unix_ts(WorkTs(pool.finalizable_from_work_ts())),
        None => weigh_from_ts.saturating_add(i64::from(windows.weigh_secs)),
    };
    EpochProgress {
        epoch,
        phase: phase(network, number, account, now_ts),
        is_opened: account.is_some(),
        starts_at_ts: starts,
        ends_at_ts: ends,
        openable_until_ts: later(RECORD_RING + 1),
        weigh_from_ts,
        finalizable_from_ts,
        settleable_until_ts: later(RECORD_RING),
        sweepable_from_ts: later(RECORD_RING + 1),
        weighed: account.map_or(0, |pool| pool.weighed),
        weighed_with_weight: account.map_or(0, |pool| pool.weighed_with_weight),
        settled: account.map_or(0, |pool| pool.settled),
        emission: account.map_or(0, |pool| pool.emission),
        burn_back: account.map_or(0, |pool| pool.work.burn_back),
        distributed: account.map_or(0, |pool| pool.distributed),
        bounties_paid: account.map_or(0, |pool| pool.keeper_paid),
    }
}

/// The account that an epoch would have if it were opened now.
pub fn opened_now(network: &Network, epoch: Epoch) -> EpochPool {
    let mut pool: EpochPool = bytemuck::Zeroable::zeroed();
    pool.begin(epoch.0, &network.rules_of(epoch), &network.params, network.most_bounty());
    pool
}

fn phase(network: &Network, epoch: Epoch, account: Option<&EpochPool>, now_ts: i64) -> EpochPhase {
    let now = network.epoch_at(now_ts);
    let Some(pool) = account else {
        return match (epoch > now, can_open(epoch, now)) {
            (true, _) => EpochPhase::Future,
            (false, true) => EpochPhase::Openable,
            (false, false) => EpochPhase::Missed,
        };
    };
    if pool.state == EpochState::Swept as u8 {
        return EpochPhase::Closable;
    }
    if can_sweep(epoch, now) {
        return EpochPhase::Sweepable;
    }
    if pool.state == EpochState::Finalized as u8 {
        return if is_kept(epoch, now) { EpochPhase::Settling } else { EpochPhase::Expired };
    }
    let work_ts = network.work_ts(now_ts);
    if now_ts < pool.ends_at_ts {
        EpochPhase::Running
    } else if !work_ts.has_reached(pool.weigh_from_work_ts) {
        EpochPhase::Revealing
    } else if !work_ts.has_reached(pool.finalizable_from_work_ts()) {
        EpochPhase::Weighing
    } else {
        match epoch.cmp(&network.next_to_finalize(now)) {
            Ordering::Equal => EpochPhase::Finalizable,
            Ordering::Greater => EpochPhase::WaitsForEarlier,
            // A later one was finalized while this one could not be opened in time; it never will be.
            Ordering::Less => EpochPhase::Expired,
        }
    }
}
