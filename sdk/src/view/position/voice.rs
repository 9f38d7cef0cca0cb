//! Who votes with a stake, with how much, and from when on?

use {
    crate::view::{Books, PositionAt, up_to_date},
    crate::{
        Pubkey, WorkTokenError,
        state::{Delegation, Network, Provider},
    },
};

/// Whose a position's voice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voter {
    /// The provider's owner's.
    Owner,
    /// Its holder's.
    Holder,
    /// Nobody's: it returns to the owner.
    Nobody,
}

/// Who votes with a position's stake, and with how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PositionVoice {
    /// Whose the voice is. Of an own position it is always the owner's.
    pub voter: Voter,
    /// What it is heard with once nothing of it is silent. Base units; 0 where it is the owner's.
    pub whole: u64,
    /// What it votes with now. Base units.
    pub voiced: u64,
    /// All of it is heard from then on, or its return is due then; `None` once that has passed. Unix seconds.
    pub silent_until_ts: Option<i64>,
}

impl PositionVoice {
    /// Whether anybody can give it to the owner now.
    pub fn is_return_due(&self) -> bool {
        self.voter == Voter::Nobody && self.silent_until_ts.is_none()
    }
}

/// With how much a provider's owner votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnerVoice {
    /// With the own stake, and with what those do not vote with who stand behind it, up to the leverage. Base
    /// units.
    pub whole: u64,
    /// What it votes with now. Base units.
    pub voiced: u64,
    /// Silent before, because it passed to this owner; `None` once that has passed. Unix seconds.
    pub silent_until_ts: Option<i64>,
    /// What those stake behind it who vote themselves, or return their voice. Base units.
    pub direct: u64,
}

/// Who votes with a position's stake, and with how much.
pub fn position_voice(at: &PositionAt) -> PositionVoice {
    voice_of(at.network, at.provider, at.position, at.now_ts)
}

fn voice_of(network: &Network, provider: &Provider, position: &Delegation, now_ts: i64) -> PositionVoice {
    let reading = provider.position_voice(network, position, (now_ts, network.epoch_at(now_ts)));
    let voter = match (position.is_direct(), position.is_returning()) {
        (false, _) => Voter::Owner,
        (true, false) => Voter::Holder,
        (true, true) => Voter::Nobody,
    };
    let until_ts = position.voice.from_ts.max(position.voice.arrived_ts);
    PositionVoice {
        voter,
        whole: reading.whole.0,
        voiced: reading.voiced.0,
        silent_until_ts: (now_ts < until_ts).then_some(until_ts),
    }
}

/// With how much a provider's owner votes.
pub fn owner_voice(network: &Network, provider: &Provider, now_ts: i64) -> OwnerVoice {
    let reading = provider.owner_voice(network, (now_ts, network.epoch_at(now_ts)));
    let until_ts = provider.voice_from_ts;
    OwnerVoice {
        whole: reading.whole.0,
        voiced: reading.voiced.0,
        silent_until_ts: (now_ts < until_ts).then_some(until_ts),
        direct: provider.delegated.value(crate::math::Shares(provider.direct_shares)).0,
    }
}

/// What becomes of a position's voice if `signer` takes it from the owner, gives it back, or completes its
/// return.
///
/// # Errors
///
/// What the program would refuse it for.
pub fn set_direct(at: &PositionAt, signer: &Pubkey, on: bool) -> Result<PositionVoice, WorkTokenError> {
    let Books { mut provider, mut position, .. } = up_to_date(at);
    provider.set_direct(at.network, &mut position, signer, on, at.now_ts)?;
    Ok(voice_of(at.network, &provider, &position, at.now_ts))
}
