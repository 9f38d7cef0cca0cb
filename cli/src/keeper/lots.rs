//! Positions with a lot that pays for its activation.

use {
    super::{Snapshot, reader::Reader},
    crate::failure::Result,
    bytemuck::Zeroable,
    std::mem::offset_of,
    work_token_sdk::{
        Pubkey,
        math::INDEX_RING,
        state::{Delegation, PendingLot, PoolKind, Provider},
        view::{self, PositionAt},
    },
};

/// Where a position names the first epoch of its older lot; the newer one is never due before it.
const OLDER_LOT_AT: usize = 8 + offset_of!(Delegation, pending) + offset_of!(PendingLot, activation_epoch);

/// Looks for the lots of every epoch that an index remembers, as far as one of that epoch can pay anywhere: a
/// small request for each, instead of every position of the network.
pub fn read(snapshot: &mut Snapshot, reader: &Reader, whatever_their_age: bool) -> Result<()> {
    let found = if whatever_their_age {
        reader.list::<Delegation>(&[])?
    } else {
        let mut found = Vec::new();
        for epoch in epochs(snapshot) {
            found.extend(reader.list::<Delegation>(&[(OLDER_LOT_AT, epoch.to_le_bytes().to_vec())])?);
        }
        found
    };
    snapshot.positions.add(found);
    Ok(())
}

/// Positions with a due lot whose reward covers the keeper's bounty.
pub fn due(snapshot: &Snapshot) -> impl Iterator<Item = Pubkey> {
    snapshot.positions.iter().filter(|(_, position)| pays(snapshot, position)).map(|(key, _)| *key)
}

/// Whether a position has such a lot.
pub fn pays(snapshot: &Snapshot, position: &Delegation) -> bool {
    let Some(provider) = snapshot.provider(&position.provider) else { return false };
    lot_pays(snapshot, provider, position)
}

fn lot_pays(snapshot: &Snapshot, provider: &Provider, position: &Delegation) -> bool {
    let at = PositionAt { network: &snapshot.network, provider, position, tickets: &[], now_ts: snapshot.now_ts };
    view::lots(&at).iter().any(|lot| lot.is_due && lot.keeper_bounty > 0)
}

/// The first epochs of lots that can pay: the older a lot is, the more it has earned.
fn epochs(snapshot: &Snapshot) -> std::ops::Range<u32> {
    let oldest = snapshot.epoch().saturating_sub(INDEX_RING).max(1);
    if snapshot.network.activation_bounty() == 0 {
        return oldest..oldest;
    }
    let mut end = oldest;
    for provider in snapshot.providers.values().filter(|provider| provider.delegated.shares > 0) {
        while end <= snapshot.epoch() && largest_pays(snapshot, provider, end) {
            end += 1;
        }
    }
    oldest..end
}

/// Whether a lot of an epoch would pay that had all of a provider's delegated shares.
fn largest_pays(snapshot: &Snapshot, provider: &Provider, activation_epoch: u32) -> bool {
    let lot = PendingLot { activation_epoch, padding: 0, shares: provider.delegated.shares };
    let position = Delegation {
        pool: PoolKind::Delegated as u8,
        generation: provider.delegated.generation,
        pending: [lot, PendingLot::zeroed()],
        ..Delegation::zeroed()
    };
    lot_pays(snapshot, provider, &position)
}
