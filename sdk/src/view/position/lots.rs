//! Does a lot of mine need a crank before the index ring forgets its beginning (position-lot-3)?

use {
    crate::view::{PositionAt, starts_at_ts, touched},
    crate::{
        math::{Amount, Epoch, INDEX_RING},
        state::{Delegation, PendingLot, PoolKind, Provider},
    },
};

/// A lot is near the end of the ring when this many epochs or fewer are left.
pub const LOT_WARNING_EPOCHS: u32 = 4;

/// A pending lot and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LotStatus {
    /// First epoch in which the lot earns.
    pub activation_epoch: u32,
    /// Its shares.
    pub shares: u64,
    /// Whether it can be activated now: the epoch before its first is settled. Any instruction of the
    /// position does it too.
    pub is_due: bool,
    /// What it has earned so far; 0 before it is due. Base units.
    pub earned: u64,
    /// Epochs that may still pass before its beginning can leave the ring of 16; from 0 on it may lose what
    /// it earned first.
    pub epochs_left: u32,
    /// Its beginning is certainly kept until then. Unix seconds.
    pub kept_until_ts: i64,
    /// Whether the end is near: somebody should activate it, be it the holder.
    pub is_urgent: bool,
    /// What activating it alone now would pay a keeper out of the lot's reward; 0 while the reward does not
    /// cover the bounty ten times. Base units.
    pub keeper_bounty: u64,
}

/// The pending lots of a position, the older first. None in the own pool, and none that their pool was
/// slashed to zero with.
pub fn lots(at: &PositionAt) -> Vec<LotStatus> {
    if at.position.pool_kind() == PoolKind::Own {
        return Vec::new();
    }
    let provider = touched(at.network, at.provider, at.now_ts);
    if provider.delegated.generation != at.position.generation {
        return Vec::new();
    }
    let held = at.position.pending.iter().filter(|lot| lot.shares > 0);
    held.map(|lot| status(at, &provider, lot)).collect()
}

fn status(at: &PositionAt, provider: &Provider, lot: &PendingLot) -> LotStatus {
    let mut alone = Delegation { pending: [*lot, bytemuck::Zeroable::zeroed()], ..*at.position };
    let earned = provider.harvest(&mut { alone }).from_lots;
    let activated = provider.activate(at.network, &mut alone);
    let bounty = activated.map_or(Amount::ZERO, |activated| activated.bounty);
    // The index at the end of epoch `activation - 1` is kept while that epoch is among the 16 before the
    // first unsettled one, and the first unsettled epoch is never later than the present.
    let last = Epoch(lot.activation_epoch.saturating_add(INDEX_RING - 1));
    let epochs_left = last.since(at.network.epoch_at(at.now_ts));
    LotStatus {
        activation_epoch: lot.activation_epoch,
        shares: lot.shares,
        is_due: activated.is_ok(),
        earned: earned.0,
        epochs_left,
        kept_until_ts: starts_at_ts(at.network, last.next()),
        is_urgent: epochs_left <= LOT_WARNING_EPOCHS,
        keeper_bounty: { *provider }.pay_activation(&mut alone, bounty).0,
    }
}
