//! Positions whose holders let anybody restake for them.

use {
    super::{Snapshot, lots},
    work_token_sdk::{
        Pubkey,
        state::Delegation,
        view::{self, PositionAt},
    },
};

/// Those for which it is due and pays. A lot that pays for its activation is activated first: who restakes
/// activates it unpaid.
pub fn due(snapshot: &Snapshot) -> impl Iterator<Item = Pubkey> {
    let pays = |position: &Delegation| {
        let Some(provider) = snapshot.provider(&position.provider) else { return false };
        let at = PositionAt { network: &snapshot.network, provider, position, tickets: &[], now_ts: snapshot.now_ts };
        position.auto_restakes() && view::restaking(&at).bounty > 0 && !lots::pays(snapshot, position)
    };
    snapshot.positions.iter().filter(move |(_, position)| pays(position)).map(|(key, _)| *key)
}
