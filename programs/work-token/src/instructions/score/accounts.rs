//! What several instructions of attesters share.

use crate::prelude::*;

/// Says which place an attester took, or which it aims at.
#[inline(never)]
pub fn emit_sought(attester: &Attester, roster: &AttesterRoster) {
    let (network, owner, bond) = (attester.network, attester.owner, attester.bond);
    if !attester.aims() {
        emit!(AttesterPlaced { network, owner, place: attester.place, bond });
        return;
    }
    let place = attester.aimed_place;
    let incumbent = roster.entries.get(usize::from(place)).map_or(Address::default(), |entry| entry.attester);
    emit!(AttesterAimed { network, owner, place, incumbent, bond, due_epoch: attester.aimed_epoch_plus_one });
}

/// The place in a shard of the seat that a provider held in its epoch.
pub fn place_in(shard: &ScoreShard, provider: &Provider) -> Option<usize> {
    provider.place_in(Epoch(shard.epoch)).and_then(|index| shard.row_of(index))
}
