//! A large network to read: real accounts of the embedded chain, copied as often as it takes, and what is
//! read of them counted.

use {
    crate::{HOUR, Localnet, Scenario, ScenarioOptions, TOKEN},
    solana_sdk::{hash::Hash, pubkey::Pubkey, signature::Signature, transaction::VersionedTransaction},
    std::{
        cell::{Cell, RefCell},
        collections::BTreeMap,
    },
    work_token_sdk::{
        Account, ID,
        fate::{Fate, InFlight},
        ix,
        state::{Delegation, EpochPool, PendingLot, Provider},
        transport::{Filter, Outcome, RawAccount, Transport, TransportError},
    },
};

/// The places that a network has at most.
pub const PROVIDERS: usize = 4_096;
/// Positions of a large network.
pub const POSITIONS: usize = 100_000;
/// Positions of it with a lot that waits.
pub const LOTS: usize = 1_000;

/// Accounts, and what was read of them. Nothing can be sent.
pub struct Copied {
    /// The accounts.
    pub accounts: BTreeMap<Pubkey, RawAccount>,
    /// The clock. Unix seconds.
    pub now_ts: i64,
    requests: Cell<usize>,
    bytes: Cell<usize>,
    read: RefCell<BTreeMap<[u8; 8], usize>>,
}

impl Copied {
    fn note(&self, account: &RawAccount) {
        self.bytes.set(self.bytes.get() + account.data.len());
        let tag = account.data.first_chunk().copied().unwrap_or_default();
        *self.read.borrow_mut().entry(tag).or_default() += 1;
    }

    /// Requests and bytes since the last time.
    pub fn cost(&self) -> (usize, usize) {
        (self.requests.take(), self.bytes.take())
    }

    /// Accounts of a type that were read since the last time.
    pub fn read_of<A: Account>(&self) -> usize {
        self.read.borrow_mut().remove(&A::DISCRIMINATOR).unwrap_or(0)
    }
}

impl Transport for Copied {
    fn accounts(&self, keys: &[Pubkey]) -> Result<Vec<Option<RawAccount>>, TransportError> {
        // As JSON-RPC takes them.
        self.requests.set(self.requests.get() + keys.len().div_ceil(100));
        let found: Vec<Option<RawAccount>> = keys.iter().map(|key| self.accounts.get(key).cloned()).collect();
        found.iter().flatten().for_each(|account| self.note(account));
        Ok(found)
    }

    fn program_accounts(&self, program: &Pubkey, filter: &Filter) -> Result<Vec<(Pubkey, RawAccount)>, TransportError> {
        self.requests.set(self.requests.get() + 1);
        let admitted =
            |(_, account): &(&Pubkey, &RawAccount)| account.owner == *program && filter.admits(&account.data);
        let found: Vec<_> =
            self.accounts.iter().filter(admitted).map(|(key, account)| (*key, account.clone())).collect();
        found.iter().for_each(|(_, account)| self.note(account));
        Ok(found)
    }

    fn latest_blockhash(&self) -> Result<Hash, TransportError> {
        Ok(Hash::default())
    }

    fn now_ts(&self) -> Result<i64, TransportError> {
        Ok(self.now_ts)
    }

    fn simulate(&self, _: &VersionedTransaction) -> Result<Outcome, TransportError> {
        Err(TransportError::Unreachable("nothing is sent here".into()))
    }

    fn send(&self, _: &VersionedTransaction) -> Result<Outcome, TransportError> {
        Err(TransportError::Unreachable("nothing is sent here".into()))
    }

    fn in_flight(&self, _: &VersionedTransaction) -> Result<InFlight, TransportError> {
        Err(TransportError::Unreachable("nothing is sent here".into()))
    }

    fn fate(&self, _: &InFlight) -> Result<Fate, TransportError> {
        Err(TransportError::Unreachable("nothing is sent here".into()))
    }

    fn outcome(&self, _: &Signature) -> Result<Option<Outcome>, TransportError> {
        Ok(None)
    }

    fn genesis_hash(&self) -> Result<Hash, TransportError> {
        Ok(Hash::default())
    }

    fn recent_fees(&self, _: &[Pubkey]) -> Result<Vec<u64>, TransportError> {
        Ok(Vec::new())
    }
}

/// A network with a provider and a delegator, whose epoch 1 is weighed and finalized, as a keeper finds it;
/// with so many copies of both, in another network as well. Returns its address, too.
///
/// # Panics
///
/// Where the embedded chain does not do what every network begins with.
pub fn large(providers: usize, positions: usize) -> (Copied, Pubkey) {
    let scenario = Scenario::start(&ScenarioOptions::default()).unwrap();
    let (_, provider) = scenario.owner("owner", 500, 50_000 * TOKEN).unwrap();
    let alice = scenario.actor("alice", 1_000 * TOKEN);
    let position = scenario.delegate(&alice, &provider, 1_000 * TOKEN).unwrap();
    scenario.go_to_epoch(2);
    let keeper = scenario.paid_keeper();
    let network = scenario.network.network;
    for epoch in 0..3 {
        scenario.send(&[ix::open_epoch(&network, keeper.keeper, epoch)], &[]).unwrap();
    }
    scenario.chain.advance(2 * HOUR);
    for epoch in 0..2 {
        scenario
            .send(&[ix::weigh_providers(&scenario.network, epoch, keeper, None, &[provider.provider])], &[])
            .unwrap();
    }
    scenario.chain.advance(2 * HOUR);
    for epoch in 0..2 {
        scenario.send(&[ix::finalize_epoch(&scenario.network, epoch, keeper)], &[]).unwrap();
    }
    scenario.send(&[ix::settle_providers(&scenario.network, 0, keeper, &[provider.provider])], &[]).unwrap();
    scenario.send(&[ix::refresh_note(&network)], &[]).unwrap();
    let mut copied = Copied {
        accounts: all(&scenario.chain),
        now_ts: scenario.chain.now(),
        requests: Cell::new(0),
        bytes: Cell::new(0),
        read: RefCell::default(),
    };
    let states = (scenario.provider_state(&provider), scenario.position_state(&position));
    copied.multiply(&network, states, [providers, positions]);
    (copied, network)
}

/// Every account of the program and what else a keeper asks for.
fn all(chain: &Localnet) -> BTreeMap<Pubkey, RawAccount> {
    let mut accounts: BTreeMap<_, _> = chain.program_accounts(&ID, &Filter::default()).unwrap().into_iter().collect();
    for key in ["SysvarC1ock11111111111111111111111111111111", "SysvarRent111111111111111111111111111111111"] {
        let key: Pubkey = key.parse().unwrap();
        accounts.insert(key, chain.account(&key).unwrap().unwrap());
    }
    accounts
}

/// An address of its own for each of what is numbered.
fn key(kind: u8, number: usize) -> Pubkey {
    let mut bytes = [kind; 32];
    bytes[..8].copy_from_slice(&(number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes());
    Pubkey::new_from_array(bytes)
}

impl Copied {
    fn put<A: Account>(&mut self, key: Pubkey, state: &A) {
        let data = state.encode();
        self.accounts.insert(key, RawAccount { lamports: 1, owner: ID, data });
    }

    /// Settles every epoch's pool, so that nothing is due.
    ///
    /// # Panics
    ///
    /// On a pool that cannot be read.
    pub fn settle_all(&mut self) {
        for account in self.accounts.values_mut() {
            if account.data.first_chunk() == Some(&EpochPool::DISCRIMINATOR) {
                let mut state = EpochPool::decode(&account.data).unwrap();
                state.settled = state.weighed;
                account.data = state.encode();
            }
        }
    }

    /// Settles epoch 1 for every provider, so that the lots of epoch 1 have earned something.
    ///
    /// # Panics
    ///
    /// On a provider that cannot be read.
    pub fn earn(&mut self) {
        for account in self.accounts.values_mut() {
            if account.data.first_chunk() == Some(&Provider::DISCRIMINATOR) {
                let mut provider = Provider::decode(&account.data).unwrap();
                let mut index = u128::from_le_bytes(provider.rewards.reward_index_x64);
                provider.rewards.index_ends_x64[0] = provider.rewards.reward_index_x64;
                index += 1 << 60;
                provider.rewards.reward_index_x64 = index.to_le_bytes();
                provider.rewards.index_ends_x64[1] = provider.rewards.reward_index_x64;
                provider.rewards.unsettled_epoch = 2;
                provider.rewards.owed = u64::MAX >> 4;
                account.data = provider.encode();
            }
        }
    }

    fn multiply(&mut self, network: &Pubkey, states: (Provider, Delegation), [providers, positions]: [usize; 2]) {
        let (provider, position) = states;
        self.accounts.retain(|_, account| {
            let tag = account.data.first_chunk();
            tag != Some(&Provider::DISCRIMINATOR) && tag != Some(&Delegation::DISCRIMINATOR)
        });
        let each = u32::try_from(positions / providers).unwrap();
        for (kind, of_network) in [(1, *network), (3, key(9, 9))] {
            for number in 0..providers {
                let copy = Provider { owner: key(8, number), network: of_network, live_positions: each, ..provider };
                self.put(key(kind, number), &copy);
            }
            for number in 0..positions {
                let mut copy = Delegation {
                    provider: key(kind, number % providers),
                    delegator: key(7, number),
                    network: of_network,
                    ..position
                };
                if number >= LOTS {
                    copy.shares = copy.pending[0].shares;
                    copy.pending = [PendingLot { activation_epoch: 0, padding: 0, shares: 0 }; 2];
                }
                self.put(key(kind + 1, number), &copy);
            }
        }
        let counted = u32::try_from(providers).unwrap();
        let pools: Vec<Pubkey> = self
            .accounts
            .iter()
            .filter(|(_, account)| account.data.first_chunk() == Some(&EpochPool::DISCRIMINATOR))
            .map(|(key, _)| *key)
            .collect();
        for pool in pools {
            let mut state = EpochPool::decode(&self.accounts[&pool].data).unwrap();
            state.weighed = if state.weighed > 0 { counted } else { 0 };
            state.settled = if state.settled > 0 { counted } else { 0 };
            self.put(pool, &state);
        }
    }
}
