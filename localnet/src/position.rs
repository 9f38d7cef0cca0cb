//! Positions: deposits and tickets.

use {
    crate::{Actor, Localnet, Scenario},
    solana_sdk::pubkey::Pubkey,
    work_token_sdk::{
        Instruction, PositionAddresses, ProviderAddresses, ix,
        state::{Delegation, Provider, Unbonding},
        transport::{Outcome, TransportError},
        view::{self, PositionAt},
    },
};

/// The instruction with which a holder delegates `amount` out of `from`: at any price, unless a claim is
/// open.
pub fn delegate_ix(position: &PositionAddresses, from: Pubkey, amount: u64) -> Instruction {
    ix::delegate(position, ix::Delegate { from, amount, min_shares_out: 0, max_open_claims: 0 })
}

impl Localnet {
    /// The instruction with which a holder asks to leave with `shares`, and the number of its ticket. Without
    /// an account of the position it is the first.
    pub fn request_ix(&self, position: &PositionAddresses, shares: u64) -> (Instruction, u32) {
        let number = self.find::<Delegation>(&position.delegation).map_or(1, |state| state.next_ticket().0);
        (ix::request_unbonding(position, number, shares), number)
    }
}

impl Scenario {
    /// Delegates.
    pub fn delegate(
        &self,
        delegator: &Actor,
        provider: &ProviderAddresses,
        amount: u64,
    ) -> Result<PositionAddresses, TransportError> {
        let position = provider.position(delegator.address());
        self.send(&[delegate_ix(&position, delegator.tokens, amount)], &[delegator])?;
        Ok(position)
    }

    /// A position's account.
    pub fn position_state(&self, position: &PositionAddresses) -> Delegation {
        self.read(&position.delegation)
    }

    /// Settles what a paid ticket holds back for every claim that it lists and whose disputes have ended.
    pub fn settle_ticket(
        &self,
        position: &PositionAddresses,
        number: u32,
        to: Pubkey,
    ) -> Result<Outcome, TransportError> {
        let ticket: Unbonding = self.read(&position.ticket(number).0);
        let provider = position.provider.provider;
        let listed = ticket.claims.iter().filter(|listed| listed.number != 0);
        let claims: Vec<_> = listed.filter_map(|listed| self.claim_account(&provider, listed.number)).collect();
        let (network, state) = (self.network_state(), self.read::<Provider>(&provider));
        let at = PositionAt {
            network: &network,
            provider: &state,
            position: &self.position_state(position),
            tickets: &[ticket],
            now_ts: self.chain.now(),
        };
        let found = view::settlements(&at, &claims);
        let settled = found.first().map(|ticket| ticket.claims.clone()).unwrap_or_default();
        self.send(&[ix::settle_ticket(position, number, &settled, to)], &[])
    }
}
