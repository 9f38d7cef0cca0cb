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
