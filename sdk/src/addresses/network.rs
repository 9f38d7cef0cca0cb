//! Addresses of networks, their vaults, parameters, classes of jobs and models.

use {
    crate::Pubkey,
    solana_sha256_hasher::hashv,
    work_token_interface::{
        limits::MODEL_NAME,
        seeds,
        state::{Network, NetworkParams, VaultKind},
    },
};

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
        let (network, _) = super::derive(&[seeds::NETWORK, creator.as_ref(), &id.to_le_bytes()]);
        Self::of(network, mint, token_program)
    }

    /// Of a network whose address is known.
    pub fn of(network: Pubkey, mint: Pubkey, token_program: Pubkey) -> Self {
        let derived = VaultKind::ALL.map(|kind| super::derive(&[kind.seed(), network.as_ref()]));
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
        vault_bumps.copy_from_slice(&state.vaults.bumps[..6]);
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

/// A proposed change of parameters.
pub fn param_change(network: &Pubkey, number: u32) -> Pubkey {
    super::derive(&[seeds::PARAM_CHANGE, network.as_ref(), &number.to_le_bytes()]).0
}

/// What names a parameter set: sha256 of its bytes.
pub fn hash_of_params(params: &NetworkParams) -> [u8; 32] {
    hashv(&[bytemuck::bytes_of(params)]).to_bytes()
}

/// What an author drafts of a parameter set.
pub fn param_draft(network: &Pubkey, author: &Pubkey, params: &NetworkParams) -> Pubkey {
    super::derive(&[seeds::PARAM_DRAFT, network.as_ref(), author.as_ref(), &hash_of_params(params)]).0
}

/// A class of jobs.
pub fn job_class(network: &Pubkey, class: u8) -> Pubkey {
    super::derive(&[seeds::JOB_CLASS, network.as_ref(), &[class]]).0
}

/// A model, by the bytes of its name.
pub fn model(network: &Pubkey, name: &[u8; MODEL_NAME]) -> Pubkey {
    super::derive(&[seeds::MODEL, network.as_ref(), name]).0
}
