//! How a network begins, and which mint it can begin with.

use super::{EmissionMode, Network, NetworkParams, VaultKind, network_flags};
use crate::{
    Address, WorkTokenError as E,
    args::CreateNetworkArgs,
    math::{Epoch, EpochClock},
};

impl CreateNetworkArgs {
    /// How the network will emit.
    /// - Refuses: parameters that violate a bound or an inequality; an unknown mode; unknown flags.
    pub fn require_valid(&self, params: &NetworkParams) -> Result<EmissionMode, E> {
        params.validate()?;
        let mode = EmissionMode::from_byte(self.emission_mode).ok_or(E::UnknownEmissionMode)?;
        if self.flags & !network_flags::FREEZE_AUTHORITY_ACCEPTED != 0 {
            return Err(E::UnknownFlags);
        }
        Ok(mode)
    }

    /// Refuses a mint whose authority does not fit the mode: the network's own, or nobody; one that
    /// somebody may freeze, unless that was accepted; and a cap below the supply.
    pub fn require_mint(
        &self,
        (mode, params): (EmissionMode, &NetworkParams),
        network: &Address,
        (mint_authority, has_freeze_authority, supply): (Option<&Address>, bool, u64),
    ) -> Result<(), E> {
        let authority_fits = match mode {
            EmissionMode::Mint => mint_authority == Some(network),
            EmissionMode::Reserve => mint_authority.is_none(),
        };
        if !authority_fits {
            return Err(E::WrongMintAuthority);
        }
        if has_freeze_authority && self.flags & network_flags::FREEZE_AUTHORITY_ACCEPTED == 0 {
            return Err(E::FreezeAuthorityRefused);
        }
        if params.max_supply < supply { Err(E::SupplyTooLarge) } else { Ok(()) }
    }
}

impl Network {
    /// Begins a network whose arguments are valid. Its first epoch begins now.
    pub fn begin(
        &mut self,
        (args, params): (&CreateNetworkArgs, &NetworkParams),
        [creator, mint]: [&Address; 2],
        (slot, now_ts): (u64, i64),
    ) {
        self.emission_mode = args.emission_mode;
        self.flags = args.flags;
        self.id = args.id;
        self.creator = *creator;
        self.mint = *mint;
        self.authorities.admin = args.admin;
        self.authorities.guardian = args.guardian;
        self.authorities.arbiter = args.arbiter;
        self.set_clock(EpochClock::starting(now_ts, Epoch(0), params.epoch_secs));
        self.params = *params;
        self.params_version = 1;
        self.minimum_stake = params.minimum_self_stake;
        self.pace.minimum_before = params.minimum_self_stake;
        self.emission.begin(params, now_ts);
        self.note(slot, now_ts);
    }

    /// Remembers a vault and the bump of its address.
    pub fn set_vault(&mut self, kind: VaultKind, vault: &Address, bump: u8) {
        let place = match kind {
            VaultKind::Reward => &mut self.vaults.reward,
            VaultKind::Escrow => &mut self.vaults.escrow,
            VaultKind::Insurance => &mut self.vaults.insurance,
            VaultKind::Keeper => &mut self.vaults.keeper,
            VaultKind::Treasury => &mut self.vaults.treasury,
            VaultKind::Reserve => &mut self.vaults.reserve,
        };
        *place = *vault;
        if let Some(stored) = self.vaults.bumps.get_mut(kind as usize) {
            *stored = bump;
        }
    }
}
