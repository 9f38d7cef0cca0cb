//! Whose voice a position is, and with how much.

use solana_address::address_eq;

use crate::{
    Address,
    math::{Amount, Epoch, Shares},
    state::{Delegation, Network, PoolKind, Provider, VoiceReading, VoiceShares},
};

/// The voice that a position gives its holder: in shares where it votes itself, in base units where it stands
/// for the whole voice of its provider's owner. Shares, because their price is no stake that comes or goes:
/// fresh stake does not make good what a slash took of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FoundVoice {
    /// As if nothing of it were silent: what is here, and grows and falls.
    pub whole: u64,
    /// What of it may vote now.
    pub heard: u64,
    /// The generation of its shares; 0 of an owner's.
    pub generation: u32,
}

impl FoundVoice {
    #[inline]
    fn of_owner(VoiceReading { whole, voiced }: VoiceReading) -> Self {
        Self { whole: whole.0, heard: voiced.0, generation: 0 }
    }

    #[inline]
    fn of_shares(VoiceShares { whole, heard }: VoiceShares, generation: u32) -> Self {
        Self { whole: whole.0, heard: heard.0, generation }
    }
}

/// The voice that a position gives a holder. The owner's own position is the whole voice of its provider; a
/// delegated one is heard by itself if it is direct (vote-voice-1). `None` of another's position, and of one
/// that has no voice of its own.
#[inline]
pub fn voice_of(
    holder: &Address,
    (position, provider, network): (&Delegation, &Provider, &Network),
    (now_ts, now): (i64, Epoch),
) -> Option<FoundVoice> {
    if !address_eq(&position.delegator, holder) {
        return None;
    }
    match position.pool_kind() {
        PoolKind::Own if address_eq(&provider.owner, holder) => {
            Some(FoundVoice::of_owner(provider.owner_voice(network, (now_ts, now))))
        }
        PoolKind::Delegated if position.is_direct() => {
            Some(FoundVoice::of_shares(provider.voice_shares(position, (now_ts, now)), position.generation))
        }
        _ => None,
    }
}

/// What a part of the voice of a position is in base units of stake: shares at the pool's price, up to the
/// leverage.
/// - Rounds: down.
#[inline]
pub fn worth_of(part: u64, (position, provider, network): (&Delegation, &Provider, &Network), now: Epoch) -> Amount {
    match position.pool_kind() {
        PoolKind::Own => Amount(part),
        PoolKind::Delegated => provider.shares_voice(network, Shares(part), now),
    }
}
