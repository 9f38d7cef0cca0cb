//! Derived addresses. Deriving costs some ten microseconds, building an instruction a fraction of one: derive once, keep the
//! struct, build as often as you like.

mod disputes;
mod work;

pub use {disputes::*, work::*};

use {
    solana_sdk::pubkey::Pubkey,
    work_token_interface::{
        ID, seeds,
        state::{Delegation, Network, Provider, VaultKind},
    },
};

fn derive(seeds: &[&[u8]]) -> (Pubkey, u8) {
    Pubkey::find_program_address(seeds, &ID)
}

/// A network and its vaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkAddresses {
    /// The network.
    pub network: Pubkey,
    /// Its vaults, in the order of [`VaultKind`].
    pub vaults: [Pubkey; 6],
    /// Bumps of the vaults.
    pub vault_bumps: [u8; 6],
    /// The work token.
    pub mint: Pubkey,
    /// SPL Token or Token-2022.
    pub token_program: Pubkey,
}

impl NetworkAddresses {
    /// Of the network that `creator` numbered `id`.
    pub fn derive(creator: &Pubkey, id: u64, mint: Pubkey, token_program: Pubkey) -> Self {
        let (network, _) = derive(&[seeds::NETWORK, creator.as_ref(), &id.to_le_bytes()]);
        Self::of(network, mint, token_program)
    }

    /// Of a network whose address is known.
    pub fn of(network: Pubkey, mint: Pubkey, token_program: Pubkey) -> Self {
        let derived = VaultKind::ALL.map(|kind| derive(&[kind.seed(), network.as_ref()]));
        Self {
            network,
            vaults: derived.map(|(vault, _)| vault),
            vault_bumps: derived.map(|(_, bump)| bump),
            mint,
            token_program,
        }
    }

    /// As a network's account records them; derives nothing.
    pub fn recorded(network: Pubkey, state: &Network) -> Self {
        let mut vault_bumps = [0; 6];
        vault_bumps.copy_from_slice(&state.vault_bumps[..6]);
        Self {
            network,
            vaults: VaultKind::ALL.map(|kind| *state.vault(kind)),
            vault_bumps,
            mint: state.mint,
            token_program: state.token_program,
        }
    }

    /// One of the vaults.
    pub fn vault(&self, kind: VaultKind) -> Pubkey {
        self.vaults[kind as usize]
    }
}

/// A provider, its stake vault and its owner's position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProviderAddresses {
    /// The network it works for.
    pub network: NetworkAddresses,
    /// Its owner.
    pub owner: Pubkey,
    /// The provider.
    pub provider: Pubkey,
    /// Its stake vault.
    pub stake_vault: Pubkey,
    /// Bump of the stake vault.
    pub vault_bump: u8,
    /// The owner's position in the own pool.
    pub own_position: Pubkey,
    /// Bump of the owner's position.
    pub own_position_bump: u8,
}

impl ProviderAddresses {
    /// Of the provider that `owner` has in a network.
    pub fn derive(network: NetworkAddresses, owner: Pubkey) -> Self {
        let (provider, _) = derive(&[seeds::PROVIDER, network.network.as_ref(), owner.as_ref()]);
        let (stake_vault, vault_bump) = derive(&[seeds::STAKE_VAULT, provider.as_ref()]);
        let (own_position, own_position_bump) = derive(&[seeds::DELEGATION, provider.as_ref(), owner.as_ref()]);
        Self { network, owner, provider, stake_vault, vault_bump, own_position, own_position_bump }
    }

    /// Of a provider whose account is known: only the owner's position is derived.
    pub fn recorded(network: NetworkAddresses, provider: Pubkey, state: &Provider) -> Self {
        let (own_position, own_position_bump) = derive(&[seeds::DELEGATION, provider.as_ref(), state.owner.as_ref()]);
        Self {
            network,
            owner: state.owner,
            provider,
            stake_vault: state.stake_vault,
            vault_bump: state.vault_bump,
            own_position,
            own_position_bump,
        }
    }

    /// The position of a delegator, or the owner's own.
    pub fn position(&self, holder: Pubkey) -> PositionAddresses {
        let (delegation, bump) = derive(&[seeds::DELEGATION, self.provider.as_ref(), holder.as_ref()]);
        PositionAddresses { provider: *self, holder, delegation, bump }
    }

    /// The owner's position in the own pool.
    pub fn own(&self) -> PositionAddresses {
        PositionAddresses {
            provider: *self,
            holder: self.owner,
            delegation: self.own_position,
            bump: self.own_position_bump,
        }
    }
}

/// One holder's position behind one provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PositionAddresses {
    /// The provider.
    pub provider: ProviderAddresses,
    /// Who holds the position.
    pub holder: Pubkey,
    /// The position.
    pub delegation: Pubkey,
    /// Its bump.
    pub bump: u8,
}

impl PositionAddresses {
    /// Of a position whose account is known; derives nothing.
    pub fn recorded(provider: ProviderAddresses, delegation: Pubkey, state: &Delegation) -> Self {
        Self { provider, holder: state.delegator, delegation, bump: state.bump }
    }

    /// A ticket of the position, with its bump.
    pub fn ticket(&self, number: u32) -> (Pubkey, u8) {
        derive(&[seeds::UNBONDING, self.delegation.as_ref(), &number.to_le_bytes()])
    }
}

/// The account of an epoch.
pub fn epoch_pool(network: &Pubkey, epoch: u32) -> Pubkey {
    derive(&[seeds::EPOCH, network.as_ref(), &epoch.to_le_bytes()]).0
}

/// A proposed change of parameters.
pub fn param_change(network: &Pubkey, number: u32) -> Pubkey {
    derive(&[seeds::PARAM_CHANGE, network.as_ref(), &number.to_le_bytes()]).0
}
