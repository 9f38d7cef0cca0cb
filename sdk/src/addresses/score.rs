//! Addresses of attesters and their shards.

use {
    super::NetworkAddresses,
    crate::Pubkey,
    work_token_interface::{
        seeds,
        state::{Attester, ScoreShard},
    },
};

/// One that measures providers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttesterAddresses {
    /// The network it attests in.
    pub network: NetworkAddresses,
    /// Who attests.
    pub owner: Pubkey,
    /// The attester.
    pub attester: Pubkey,
    /// The network's roster of attesters.
    pub roster: Pubkey,
    /// The address that the owner's own provider has or would have.
    pub own_provider: Pubkey,
}

impl AttesterAddresses {
    /// Of the attester that `owner` is in a network.
    pub fn derive(network: NetworkAddresses, owner: Pubkey) -> Self {
        let (own_provider, _) = super::derive(&[seeds::PROVIDER, network.network.as_ref(), owner.as_ref()]);
        let (attester, roster) = (attester(&network.network, &owner), attester_roster(&network.network));
        Self { network, owner, attester, roster, own_provider }
    }

    /// Of an attester whose account is known: only the roster is derived.
    pub fn recorded(network: NetworkAddresses, attester: Pubkey, state: &Attester) -> Self {
        let roster = attester_roster(&network.network);
        Self { network, owner: state.owner, attester, roster, own_provider: state.own_provider }
    }
}

/// A shard of an epoch's scores: the reports about 48 places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShardAddresses {
    /// The network.
    pub network: NetworkAddresses,
    /// The epoch that is reported on.
    pub epoch: u32,
    /// The shard's number: a place's index divided by 48.
    pub number: u16,
    /// The shard.
    pub shard: Pubkey,
}

impl ShardAddresses {
    /// Of a network's shard.
    pub fn derive(network: NetworkAddresses, epoch: u32, number: u16) -> Self {
        Self { network, epoch, number, shard: score_shard(&network.network, epoch, number) }
    }

    /// Of a shard whose account is known; derives nothing.
    pub fn recorded(network: NetworkAddresses, shard: Pubkey, state: &ScoreShard) -> Self {
        Self { network, epoch: state.epoch, number: state.shard, shard }
    }
}

/// An attester.
pub fn attester(network: &Pubkey, owner: &Pubkey) -> Pubkey {
    super::derive(&[seeds::ATTESTER, network.as_ref(), owner.as_ref()]).0
}

/// A network's roster of attesters.
pub fn attester_roster(network: &Pubkey) -> Pubkey {
    super::derive(&[seeds::ATTESTER_ROSTER, network.as_ref()]).0
}

/// A shard of an epoch's scores.
pub fn score_shard(network: &Pubkey, epoch: u32, shard: u16) -> Pubkey {
    super::derive(&[seeds::SCORES, network.as_ref(), &epoch.to_le_bytes(), &shard.to_le_bytes()]).0
}
