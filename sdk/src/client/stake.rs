//! Registrars of the add-in, and voters with what their weight is made of.

use {
    super::{Client, ClientError, at_key, decode},
    crate::{
        Pubkey,
        governance::RealmAddresses,
        state::{Delegation, Network, Provider},
        transport::{RawAccount, TransportError},
        votes::{self, Registrar, RegistrarAddresses, Voter, VoterState, record},
    },
};

impl Client<'_> {
    /// What joins a realm to the network of its community token.
    ///
    /// # Errors
    ///
    /// Where the realm has no registrar, and when the chain cannot be asked.
    pub fn registrar(&self, realm: &RealmAddresses) -> Result<(RegistrarAddresses, Registrar), ClientError> {
        let key = votes::registrar_address(&realm.realm, &realm.mint);
        let state: Registrar = self.get(&key)?;
        Ok((RegistrarAddresses::recorded(key, &state), state))
    }

    /// A holder's voter with what its weight is made of.
    ///
    /// # Errors
    ///
    /// Where there is no voter, accounts of another type or version, and when the chain cannot be asked.
    pub fn voter_state(
        &self,
        (at, registrar): &(RegistrarAddresses, Registrar),
        holder: Pubkey,
    ) -> Result<VoterState, ClientError> {
        let at = at.voter(holder);
        let voter: Voter = self.get(&at.voter)?;
        let mut keys = vec![at.registrar.network];
        keys.extend(voter.entries().iter().map(|entry| entry.position));
        let accounts = self.transport.accounts(&keys)?;
        let network: Network = at_key(&keys, &accounts, 0)?;
        let read = |(key, account): (&Pubkey, &Option<RawAccount>)| {
            account.as_ref().filter(|account| !account.data.is_empty()).map(|account| decode(key, account)).transpose()
        };
        let positions: Result<Vec<Option<Delegation>>, ClientError> =
            keys.iter().zip(&accounts).skip(1).map(read).collect();
        let positions = self.with_providers(positions?)?;
        let (_, now_ts) = self.clock()?;
        Ok(VoterState { at, voter, registrar: *registrar, network, positions, now_ts })
    }

    fn with_providers(
        &self,
        positions: Vec<Option<Delegation>>,
    ) -> Result<Vec<Option<(Delegation, Provider)>>, ClientError> {
        let keys: Vec<Pubkey> = positions.iter().flatten().map(|position| position.provider).collect();
        let accounts = self.transport.accounts(&keys)?;
        let mut providers = (0..keys.len()).map(|index| at_key::<Provider>(&keys, &accounts, index));
        let with = |position: Option<Delegation>| match position {
            None => Ok(None),
            Some(position) => providers.next().transpose().map(|provider| provider.map(|found| (position, found))),
        };
        positions.into_iter().map(with).collect()
    }

    /// What a voter's record says, for a slot or the one that stands; `None` where there is none.
    ///
    /// # Errors
    ///
    /// When the chain cannot be asked.
    pub fn voter_record(&self, key: &Pubkey) -> Result<Option<record::Weight>, TransportError> {
        let found = self.transport.account(key)?.filter(|account| account.owner == votes::ID);
        Ok(found.and_then(|account| record::read(&account.data)))
    }

    /// What a realm's maximum weight is, if it is written now; `None` before an epoch with stake was
    /// finalized.
    ///
    /// # Errors
    ///
    /// Where there is no network or no mint, and when the chain cannot be asked.
    pub fn maximum_weight(&self, registrar: &Registrar) -> Result<Option<u64>, ClientError> {
        let (network, supply) = (self.network(&registrar.network)?, self.supply(&registrar.mint)?);
        Ok(registrar.maximum_weight(&network, supply).ok().map(|weight| weight.0))
    }
}
