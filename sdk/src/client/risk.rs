//! What a delegator should know, in one read.

use {
    super::{CLOCK, Client, ClientError, at_key, clock, decode},
    crate::{
        Account, Pubkey, addresses,
        state::{Delegation, Handover, Network, ParamChange, Provider, Unbonding},
        transport::RawAccount,
        view::RiskAt,
    },
};

/// A node gives so many accounts in one answer.
const ACCOUNTS_AT_ONCE: u32 = 100;
/// Network, provider, clock, the holder's delegated position and the own one, the proposal of another owner.
const FIRST: u32 = 6;
/// Tickets of either that are asked for before it is known how many there are.
const TICKETS: u32 = 8;
/// Proposals of parameters that are asked for before it is known how many there were.
const CHANGES: u32 = ACCOUNTS_AT_ONCE - FIRST - 2 * TICKETS;

/// Everything that [`crate::view::risk`] looks at, of one moment.
#[derive(Clone, Debug)]
pub struct RiskState {
    /// The network.
    pub network: Network,
    /// The provider.
    pub provider: Provider,
    /// The position; `None` where there is none.
    pub position: Option<Delegation>,
    /// Its tickets, by number.
    pub tickets: Vec<Unbonding>,
    /// The proposal of another owner; `None` where there is none.
    pub handover: Option<Handover>,
    /// The proposals of parameters that exist, by number.
    pub changes: Vec<ParamChange>,
    /// The chain's clock. Unix seconds.
    pub now_ts: i64,
}

impl RiskState {
    /// For the view.
    pub fn at(&self) -> RiskAt<'_> {
        RiskAt {
            network: &self.network,
            provider: &self.provider,
            position: self.position.as_ref(),
            tickets: &self.tickets,
            handover: self.handover.as_ref(),
            changes: &self.changes,
            now_ts: self.now_ts,
        }
    }
}

impl Client<'_> {
    /// Everything that a delegator, or the owner, should know of a provider, in one request for accounts:
    /// addresses of tickets and proposals follow from their numbers, so that the first of them are asked for
    /// unseen. Only where a position has had more than 8 tickets, or a network more than 78 proposals, others
    /// follow.
    ///
    /// # Errors
    ///
    /// Where there is no such network or provider, or one of them is of another version, and when the chain
    /// cannot be asked.
    pub fn risk_state(&self, network: &Pubkey, provider: &Pubkey, holder: &Pubkey) -> Result<RiskState, ClientError> {
        let positions = [addresses::position(provider, holder), addresses::own_position(provider)];
        let change = |number| addresses::param_change(network, number);
        let mut keys = vec![*network, *provider, CLOCK, positions[0], positions[1], addresses::handover(provider)];
        for position in &positions {
            keys.extend((1..=TICKETS).map(|number| addresses::ticket(position, number)));
        }
        keys.extend((1..=CHANGES).map(change));
        let accounts = self.transport.accounts(&keys)?;
        let (state, of): (Network, Provider) = (at_key(&keys, &accounts, 0)?, at_key(&keys, &accounts, 1)?);
        if of.network != *network {
            return Err(ClientError::Missing { name: "provider of that network", key: *provider });
        }
        let (_, now_ts) = clock(accounts.get(2).and_then(Option::as_ref))?;
        let which = usize::from(of.owner == *holder);
        let position: Option<Delegation> = existing(&keys[3 + which..][..1], &accounts[3 + which..][..1])?.pop();
        let handover: Option<Handover> = existing(&keys[5..6], &accounts[5..6])?.pop();
        let tickets_from = FIRST as usize + which * TICKETS as usize;
        let tickets = match position.map_or(0, |position| position.last_ticket) {
            known if known <= TICKETS => {
                existing(&keys[tickets_from..][..TICKETS as usize], &accounts[tickets_from..])?
            }
            _ => self.tickets(&positions[which])?,
        };
        let changes_from = (FIRST + 2 * TICKETS) as usize;
        let mut changes: Vec<ParamChange> = existing(&keys[changes_from..], &accounts[changes_from..])?;
        if state.param_changes > CHANGES {
            let later: Vec<Pubkey> = (CHANGES + 1..=state.param_changes).map(change).collect();
            changes.extend(existing::<ParamChange>(&later, &self.transport.accounts(&later)?)?);
        }
        Ok(RiskState { network: state, provider: of, position, tickets, handover, changes, now_ts })
    }
}

/// Those of some accounts that exist.
fn existing<A: Account>(keys: &[Pubkey], accounts: &[Option<RawAccount>]) -> Result<Vec<A>, ClientError> {
    let found = keys.iter().zip(accounts).filter_map(|(key, account)| Some((key, account.as_ref()?)));
    found.map(|(key, account)| decode(key, account)).collect()
}
