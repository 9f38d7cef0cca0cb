//! Positions and their tickets.

use {
    super::{Client, ClientError, at_key},
    crate::{
        PositionAddresses, Pubkey,
        state::{Delegation, Network, Provider, Unbonding},
        view::PositionAt,
    },
    std::mem::offset_of,
};

/// Everything that the views of a position look at, read together.
#[derive(Clone, Debug)]
pub struct PositionState {
    /// The network.
    pub network: Network,
    /// The provider.
    pub provider: Provider,
    /// The position.
    pub position: Delegation,
    /// Its tickets, by number.
    pub tickets: Vec<Unbonding>,
    /// The chain's clock. Unix seconds.
    pub now_ts: i64,
}

impl PositionState {
    /// For the views.
    pub fn at(&self) -> PositionAt<'_> {
        PositionAt {
            network: &self.network,
            provider: &self.provider,
            position: &self.position,
            tickets: &self.tickets,
            now_ts: self.now_ts,
        }
    }
}

impl Client<'_> {
    /// A position.
    ///
    /// # Errors
    ///
    /// Where there is none of this type and version, and when the chain cannot be asked.
    pub fn position(&self, key: &Pubkey) -> Result<Delegation, ClientError> {
        self.get(key)
    }

    /// A position's tickets, by number.
    ///
    /// # Errors
    ///
    /// An account of another layout version, and when the chain cannot be asked.
    pub fn tickets(&self, position: &Pubkey) -> Result<Vec<Unbonding>, ClientError> {
        let found = self.list::<Unbonding>(&[(offset_of!(Unbonding, delegation), *position)])?;
        let mut tickets: Vec<Unbonding> = found.into_iter().map(|(_, ticket)| ticket).collect();
        tickets.sort_unstable_by_key(|ticket| ticket.number);
        Ok(tickets)
    }

    /// A position with everything its views look at; network, provider and position in one read.
    ///
    /// # Errors
    ///
    /// Where there is no such position, or network, provider or tickets are of another version, and when the
    /// chain cannot be asked.
    pub fn position_state(&self, position: &PositionAddresses) -> Result<PositionState, ClientError> {
        let keys = [position.provider.network.network, position.provider.provider, position.delegation];
        let accounts = self.transport.accounts(&keys)?;
        let state: Delegation = at_key(&keys, &accounts, 2)?;
        let tickets = if state.live_tickets == 0 && state.held_tickets == 0 {
            Vec::new()
        } else {
            self.tickets(&position.delegation)?
        };
        Ok(PositionState {
            network: at_key(&keys, &accounts, 0)?,
            provider: at_key(&keys, &accounts, 1)?,
            position: state,
            tickets,
            now_ts: self.transport.now_ts()?,
        })
    }

    /// All positions in a provider's two pools, by address.
    ///
    /// # Errors
    ///
    /// An account of another layout version, and when the chain cannot be asked.
    pub fn positions_of_provider(&self, provider: &Pubkey) -> Result<Vec<(Pubkey, Delegation)>, ClientError> {
        self.list(&[(offset_of!(Delegation, provider), *provider)])
    }

    /// All positions that somebody holds, in every network, by address.
    ///
    /// # Errors
    ///
    /// An account of another layout version, and when the chain cannot be asked.
    pub fn positions_of_holder(&self, holder: &Pubkey) -> Result<Vec<(Pubkey, Delegation)>, ClientError> {
        self.list(&[(offset_of!(Delegation, delegator), *holder)])
    }
}
