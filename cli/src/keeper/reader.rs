//! Reading the accounts of one network, one unreadable account at a time.

use {
    crate::failure::Result,
    std::{cell::RefCell, collections::BTreeMap, mem::offset_of},
    work_token_sdk::{
        Account, DecodeError, Pubkey, Transport,
        transport::{Filter, RawAccount},
    },
};

/// Where every account but the network's own names its network.
const NETWORK_AT: usize = 8 + offset_of!(work_token_sdk::state::Provider, network);

/// Something that could not be looked at, and why; everything else goes on without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Its address.
    pub address: Pubkey,
    /// What it was taken for.
    pub what: &'static str,
    /// Why.
    pub why: String,
}

/// Bytes that must stand at an offset of an account's data.
pub type Bytes = (usize, Vec<u8>);

/// Reads the accounts of one network.
pub struct Reader<'a> {
    /// The chain.
    pub chain: &'a dyn Transport,
    network: Pubkey,
    skipped: RefCell<BTreeMap<Pubkey, Skipped>>,
}

impl<'a> Reader<'a> {
    /// For a network.
    pub fn new(chain: &'a dyn Transport, network: Pubkey) -> Self {
        Self { chain, network, skipped: RefCell::default() }
    }

    /// What could not be read so far, by address.
    pub fn skipped(self) -> Vec<Skipped> {
        self.skipped.into_inner().into_values().collect()
    }

    /// Whether something could not be read.
    pub fn has_skipped(&self, key: &Pubkey) -> bool {
        self.skipped.borrow().contains_key(key)
    }

    /// Passes something over.
    pub fn skip(&self, address: Pubkey, what: &'static str, why: String) {
        self.skipped.borrow_mut().insert(address, Skipped { address, what, why });
    }

    /// The network's accounts of a type that have these bytes besides.
    pub fn list<A: Account>(&self, bytes: &[Bytes]) -> Result<Vec<(Pubkey, A)>> {
        self.list_as::<A, A>(bytes, A::decode)
    }

    /// The same, read in another way. Their size is not asked for: one of another layout is to be named.
    pub fn list_as<A: Account, T>(
        &self,
        bytes: &[Bytes],
        decode: impl Fn(&[u8]) -> Result<T, DecodeError>,
    ) -> Result<Vec<(Pubkey, T)>> {
        let mut wanted = vec![(0, A::DISCRIMINATOR.to_vec()), (NETWORK_AT, self.network.to_bytes().to_vec())];
        wanted.extend_from_slice(bytes);
        let found = self.chain.program_accounts(&A::PROGRAM, &Filter { size: None, bytes: wanted })?;
        let decoded = found.into_iter().filter_map(|(key, account)| {
            let decoded = decode(&account.data).map_err(|error| self.skip(key, A::NAME, error.to_string()));
            Some((key, decoded.ok()?))
        });
        Ok(decoded.collect())
    }

    /// Accounts by address, those that exist.
    pub fn find<A: Account>(&self, keys: impl IntoIterator<Item = Pubkey>) -> Result<Vec<(Pubkey, A)>> {
        let mut keys: Vec<Pubkey> = keys.into_iter().collect();
        keys.sort_unstable();
        keys.dedup();
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let found = self.chain.accounts(&keys)?;
        let decoded = |(key, account): (Pubkey, Option<RawAccount>)| Some((key, self.decoded(&key, account.as_ref())?));
        Ok(keys.into_iter().zip(found).filter_map(decoded).collect())
    }

    /// An account that may be too large for the stack, if it exists.
    pub fn find_boxed<A: Account>(&self, key: &Pubkey) -> Result<Option<Box<A>>> {
        Ok(self.boxed(key, self.chain.account(key)?.as_ref()))
    }

    /// The same of an account that was read.
    pub fn boxed<A: Account>(&self, key: &Pubkey, account: Option<&RawAccount>) -> Option<Box<A>> {
        let account = account.filter(|account| account.owner == A::PROGRAM)?;
        A::decode_boxed(&account.data).map_err(|error| self.skip(*key, A::NAME, error.to_string())).ok()
    }

    /// An account that was read, if it exists.
    pub fn decoded<A: Account>(&self, key: &Pubkey, account: Option<&RawAccount>) -> Option<A> {
        let account = account.filter(|account| account.owner == A::PROGRAM)?;
        A::decode(&account.data).map_err(|error| self.skip(*key, A::NAME, error.to_string())).ok()
    }
}
