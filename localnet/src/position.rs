//! Positions on a scenario's network: their tickets.

use {
    crate::Scenario,
    solana_sdk::pubkey::Pubkey,
    work_token_sdk::{
        PositionAddresses, ix,
        state::{Provider, Unbonding},
        transport::{Outcome, TransportError},
        view::{self, PositionAt},
    },
};

impl Scenario {
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
