//! Whose voice a position is, and with how much.

use solana_address::address_eq;

use crate::{
    Address,
    math::Epoch,
    state::{Delegation, Network, PoolKind, Provider, VoiceReading},
};

/// The voice that a position gives a holder, and the generation of the shares that it is of. The owner's own
/// position is the whole voice of its provider; a delegated one is heard by itself if it is direct
/// (vote-voice-1). `None` of another's position, and of one that has no voice of its own.
#[inline]
pub fn voice_of(
    holder: &Address,
    (position, provider, network): (&Delegation, &Provider, &Network),
    (now_ts, now): (i64, Epoch),
) -> Option<(VoiceReading, u32)> {
    if !address_eq(&position.delegator, holder) {
        return None;
    }
    match position.pool_kind() {
        PoolKind::Own if address_eq(&provider.owner, holder) => Some((provider.owner_voice(network, (now_ts, now)), 0)),
        PoolKind::Delegated if position.is_direct() => {
            Some((provider.position_voice(network, position, (now_ts, now)), position.generation))
        }
        _ => None,
    }
}
