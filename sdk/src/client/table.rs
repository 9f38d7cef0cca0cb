//! Lookup tables.

use {
    super::{Client, ClientError},
    crate::{
        Pubkey,
        ix::SLOT_HASHES,
        tables::{self, LookupTable},
        transport::{Filter, RawAccount, TransportError},
    },
};

impl Client<'_> {
    /// A lookup table.
    ///
    /// # Errors
    ///
    /// [`ClientError::Missing`] where there is nothing, an account that is none, and when the chain cannot be
    /// asked.
    pub fn lookup_table(&self, key: &Pubkey) -> Result<LookupTable, ClientError> {
        let missing = ClientError::Missing { name: tables::NAME, key: *key };
        read(*key, &self.transport.account(key)?.ok_or(missing)?)
    }

    /// All lookup tables that somebody has the authority over, by address.
    ///
    /// # Errors
    ///
    /// When the chain cannot be asked.
    pub fn lookup_tables_of(&self, authority: &Pubkey) -> Result<Vec<LookupTable>, ClientError> {
        let filter = Filter { size: None, bytes: tables::of_authority(authority) };
        let mut found = self.transport.program_accounts(&tables::PROGRAM, &filter)?;
        found.sort_unstable_by_key(|(key, _)| *key);
        found.into_iter().map(|(key, account)| read(key, &account)).collect()
    }

    /// The last slots with a block, the newest first: at most [`tables::RECENT_SLOTS`].
    ///
    /// # Errors
    ///
    /// When the chain cannot be asked.
    pub fn recent_slots(&self) -> Result<Vec<u64>, TransportError> {
        let malformed = || TransportError::Malformed("the list of recent slots is none".into());
        let data = self.transport.account(&SLOT_HASHES)?.ok_or_else(malformed)?.data;
        // Their number, then of each the slot and its hash.
        let (count, entries) = data.split_first_chunk().ok_or_else(malformed)?;
        let slots = entries.as_chunks::<40>().0.iter().filter_map(|entry| entry.first_chunk().copied());
        let count = usize::try_from(u64::from_le_bytes(*count)).unwrap_or(usize::MAX);
        Ok(slots.map(u64::from_le_bytes).take(count).collect())
    }
}

fn read(key: Pubkey, account: &RawAccount) -> Result<LookupTable, ClientError> {
    if account.owner != tables::PROGRAM {
        return Err(ClientError::NotOurs { name: tables::NAME, key, owner: account.owner });
    }
    LookupTable::decode(key, &account.data).map_err(|source| ClientError::Decode { key, source })
}
