//! Who votes with a provider's stake.

use work_token_sdk::{
    Pubkey,
    math::Epoch,
    state::{Delegation, Network, PoolKind, Provider, Voice, position_flags},
};

/// A voice is its holder's or the owner's, silent until its time, and all together are no more than is
/// staked.
pub fn assert_voices(network: &Network, provider: &Provider, positions: &[(&Pubkey, &Delegation)], now: (i64, Epoch)) {
    let flags = position_flags::AUTO_RESTAKE | position_flags::DIRECT | position_flags::RETURNING;
    let silence = network.params.voice_from_ts(now.0);
    let (mut direct, mut voiced) = (0, 0);
    for (_, position) in positions {
        assert!(position.flags & !flags == 0, "a position has no other flag");
        assert!(position.is_direct() || !position.is_returning(), "only what votes itself returns its voice");
        assert!(position.is_direct() || position.voice == bytemuck::Zeroable::zeroed(), "nothing is left of a voice");
        let Voice { from_ts, arrived_ts, .. } = position.voice;
        assert!(from_ts <= silence && arrived_ts <= silence, "nothing is silent for longer than a vote and two days");
        if position.is_direct() {
            assert!(position.pool_kind() == PoolKind::Delegated && network.params.has_voice());
            if position.generation == provider.delegated.generation {
                direct += position.total_shares().0;
            }
        }
        let voice = provider.position_voice(network, position, now);
        assert!(voice.voiced <= voice.whole);
        voiced += voice.voiced.0;
    }
    assert_eq!(provider.direct_shares, direct, "shares whose holders vote themselves are counted");
    assert!(direct <= provider.delegated.staked_shares().0);
    let owner = provider.owner_voice(network, now);
    assert!(owner.voiced <= owner.whole && provider.voice_from_ts <= silence);
    let staked = provider.own.staked().saturating_add(provider.delegated.staked());
    assert!(voiced + owner.voiced.0 <= staked.0, "no more votes behind a provider than is staked there");
}
