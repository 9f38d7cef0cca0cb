//! Positions of which the holder said something that anybody may act on: to restake for it, and to complete
//! the return of its voice to the provider's owner.

use {
    super::{Snapshot, reader::Reader},
    crate::failure::Result,
    std::mem::offset_of,
    work_token_sdk::{
        Pubkey,
        state::{Delegation, position_flags::*},
        view::{self, PositionAt},
    },
};

/// Where a position says so.
const FLAGS_AT: usize = 8 + offset_of!(Delegation, flags);
/// What a position says that asks for something while none votes itself.
const ALONE: [u8; 1] = [AUTO_RESTAKE];
/// And where some do.
const WITH_DIRECT: [u8; 4] =
    [AUTO_RESTAKE, AUTO_RESTAKE | DIRECT, AUTO_RESTAKE | DIRECT | RETURNING, DIRECT | RETURNING];

/// Looks for them: one request, whatever the number of positions; four where some vote themselves.
pub fn read(snapshot: &mut Snapshot, reader: &Reader) -> Result<()> {
    let is_direct = snapshot.providers.values().any(|provider| provider.direct_shares > 0);
    let flags: &[u8] = if is_direct { &WITH_DIRECT } else { &ALONE };
    for flags in flags {
        snapshot.positions.add(reader.list::<Delegation>(&[(FLAGS_AT, vec![*flags])])?);
    }
    Ok(())
}

/// Those whose voice returns now: until somebody says so nobody votes with their stake.
pub fn due(snapshot: &Snapshot) -> impl Iterator<Item = Pubkey> {
    let is_due = |position: &Delegation| {
        let Some(provider) = snapshot.provider(&position.provider) else { return false };
        let at = PositionAt { network: &snapshot.network, provider, position, tickets: &[], now_ts: snapshot.now_ts };
        position.is_returning() && view::position_voice(&at).is_return_due()
    };
    snapshot.positions.iter().filter(move |(_, position)| is_due(position)).map(|(key, _)| *key)
}
