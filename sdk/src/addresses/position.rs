//! Addresses of positions and their tickets.

use {
    super::ProviderAddresses,
    crate::Pubkey,
    work_token_interface::{seeds, state::Delegation},
};

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
        derive_ticket(&self.delegation, number)
    }
}

/// A holder's position behind a provider.
pub fn position(provider: &Pubkey, holder: &Pubkey) -> Pubkey {
    derive_position(provider, holder).0
}

/// A ticket of a position.
pub fn ticket(position: &Pubkey, number: u32) -> Pubkey {
    derive_ticket(position, number).0
}

fn derive_position(provider: &Pubkey, holder: &Pubkey) -> (Pubkey, u8) {
    super::derive(&[seeds::DELEGATION, provider.as_ref(), holder.as_ref()])
}

fn derive_ticket(position: &Pubkey, number: u32) -> (Pubkey, u8) {
    super::derive(&[seeds::UNBONDING, position.as_ref(), &number.to_le_bytes()])
}

impl ProviderAddresses {
    /// The position of a delegator, or the owner's own.
    pub fn position(&self, holder: Pubkey) -> PositionAddresses {
        if holder == self.owner {
            return self.own();
        }
        let (delegation, bump) = derive_position(&self.provider, &holder);
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
