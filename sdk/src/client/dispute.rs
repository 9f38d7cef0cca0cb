//! Disputes, and what they claim.

use {
    super::{CLOCK, Client, ClientError, PositionState, at_key, clock},
    crate::{
        Account, DisputeAddresses, ID, Pubkey,
        accounts::ClaimAccount,
        addresses,
        state::{Assignment, Claim, Dispute, DisputeOpening, Fault, Network, Provider},
        transport::{Filter, RawAccount},
        view::DisputeAt,
    },
    std::{collections::BTreeSet, mem::offset_of},
};

/// Everything that the view of a dispute looks at, read together.
#[derive(Clone, Debug)]
pub struct DisputeState {
    /// The dispute's addresses.
    pub addresses: DisputeAddresses,
    /// The network.
    pub network: Network,
    /// The accused.
    pub provider: Provider,
    /// The dispute.
    pub dispute: Dispute,
    /// The provider's faults of its epoch.
    pub fault: Fault,
    /// The disputed seat; `None` for conduct, and once its job has closed.
    pub seat: Option<Assignment>,
    /// The chain's slot.
    pub slot: u64,
    /// The chain's clock. Unix seconds.
    pub now_ts: i64,
}

impl DisputeState {
    /// For the view.
    pub fn at(&self) -> DisputeAt<'_> {
        DisputeAt {
            network: &self.network,
            provider: &self.provider,
            dispute: &self.dispute,
            fault: &self.fault,
            seat: self.seat.as_ref(),
            slot: self.slot,
            now_ts: self.now_ts,
        }
    }
}

impl Client<'_> {
    /// A dispute with everything its view looks at; in one read, once the dispute's subject is known. Where
    /// the account of the faults has closed, 90 days after their end, it is shown as empty; a job may close
    /// before its dispute.
    ///
    /// # Errors
    ///
    /// Where there is no such dispute, or what it names is of another version, and when the chain cannot be
    /// asked.
    pub fn dispute_state(&self, key: &Pubkey) -> Result<DisputeState, ClientError> {
        let dispute: Dispute = self.get(key)?;
        let network = self.network_addresses(&dispute.network)?;
        let addresses = DisputeAddresses::recorded(network, *key, &dispute);
        let mut keys = vec![dispute.network, dispute.provider, *key, addresses.fault, CLOCK];
        keys.extend(addresses.assignment);
        let accounts = self.transport.accounts(&keys)?;
        let (slot, now_ts) = clock(accounts.get(4).and_then(Option::as_ref))?;
        let empty = Fault { epoch: dispute.offence_epoch, provider: dispute.provider, ..bytemuck::Zeroable::zeroed() };
        let has = |place: usize| accounts.get(place).is_some_and(Option::is_some);
        Ok(DisputeState {
            addresses,
            network: at_key(&keys, &accounts, 0)?,
            provider: at_key(&keys, &accounts, 1)?,
            dispute: at_key(&keys, &accounts, 2)?,
            fault: if has(3) { at_key(&keys, &accounts, 3)? } else { empty },
            seat: if has(5) { Some(at_key(&keys, &accounts, 5)?) } else { None },
            slot,
            now_ts,
        })
    }

    /// All disputes of a provider, by address.
    ///
    /// # Errors
    ///
    /// An account of another layout version, and when the chain cannot be asked.
    pub fn disputes_of_provider(&self, provider: &Pubkey) -> Result<Vec<(Pubkey, Dispute)>, ClientError> {
        self.list(&[(offset_of!(Dispute, provider), *provider)])
    }

    /// A claim on a provider's stake with its entries; `None` where there is none.
    ///
    /// # Errors
    ///
    /// An account of another type or version, and when the chain cannot be asked.
    pub fn claim_account(&self, provider: &Pubkey, number: u32) -> Result<Option<ClaimAccount>, ClientError> {
        let key = addresses::claim(provider, number);
        self.transport.account(&key)?.map(|account| claim(&key, &account)).transpose()
    }

    /// All claims on a provider's stake with their entries, by address.
    ///
    /// # Errors
    ///
    /// An account of another layout version, and when the chain cannot be asked.
    pub fn claims_of_provider(&self, provider: &Pubkey) -> Result<Vec<(Pubkey, ClaimAccount)>, ClientError> {
        let by_provider = (8 + offset_of!(Claim, provider), provider.to_bytes().to_vec());
        let filter = Filter { size: None, bytes: vec![(0, Claim::DISCRIMINATOR.to_vec()), by_provider] };
        let mut found = self.transport.program_accounts(&ID, &filter)?;
        found.sort_unstable_by_key(|(key, _)| *key);
        found.into_iter().map(|(key, account)| Ok((key, claim(&key, &account)?))).collect()
    }

    /// The claims that a position's tickets list, with their entries: for [`crate::view::settlements`] and
    /// [`crate::view::position_risk`].
    ///
    /// # Errors
    ///
    /// An account of another layout version, and when the chain cannot be asked.
    pub fn claims_of_tickets(&self, state: &PositionState) -> Result<Vec<ClaimAccount>, ClientError> {
        let listed = state.tickets.iter().flat_map(|ticket| ticket.claims.iter().map(|claim| claim.number));
        let numbers: BTreeSet<u32> = listed.filter(|number| *number != 0).collect();
        let keys: Vec<Pubkey> =
            numbers.iter().map(|number| addresses::claim(&state.position.provider, *number)).collect();
        let accounts = if keys.is_empty() { Vec::new() } else { self.transport.accounts(&keys)? };
        let found = keys.iter().zip(accounts).filter_map(|(key, account)| Some((key, account?)));
        found.map(|(key, account)| claim(key, &account)).collect()
    }

    /// What somebody committed to and neither opened nor let lapse, by address.
    ///
    /// # Errors
    ///
    /// An account of another layout version, and when the chain cannot be asked.
    pub fn openings_of(&self, challenger: &Pubkey) -> Result<Vec<(Pubkey, DisputeOpening)>, ClientError> {
        self.list(&[(offset_of!(DisputeOpening, challenger), *challenger)])
    }
}

fn claim(key: &Pubkey, account: &RawAccount) -> Result<ClaimAccount, ClientError> {
    if account.owner != ID {
        return Err(ClientError::NotOurs { name: Claim::NAME, key: *key, owner: account.owner });
    }
    ClaimAccount::decode(&account.data).map_err(|source| ClientError::Decode { key: *key, source })
}
