//! A network's state, read once.

use {
    crate::failure::Result,
    std::collections::BTreeMap,
    work_token_sdk::{
        Client, NetworkAddresses, Pubkey, Transport,
        state::{Delegation, EpochPool, EpochState, Network, Provider},
    },
};

/// A network with its providers and the epochs that have accounts.
pub struct Snapshot {
    /// The network's addresses.
    pub addresses: NetworkAddresses,
    /// The network.
    pub network: Network,
    /// Its epochs that were opened and not yet closed.
    pub pools: BTreeMap<u32, EpochPool>,
    /// Its providers.
    pub providers: Vec<(Pubkey, Provider)>,
    /// The delegations behind them, if they were asked for.
    pub positions: Vec<(Pubkey, Delegation)>,
    /// The chain's clock. Unix seconds.
    pub now_ts: i64,
}

impl Snapshot {
    /// Reads everything that a keeper looks at.
    pub fn read(chain: &dyn Transport, network: &Pubkey) -> Result<Self> {
        let client = Client::new(chain);
        let state = client.network(network)?;
        Ok(Self {
            addresses: NetworkAddresses::recorded(*network, &state),
            network: state,
            pools: client.epochs(network)?.into_iter().map(|pool| (pool.epoch, pool)).collect(),
            providers: client.providers(network)?,
            positions: Vec::new(),
            now_ts: chain.now_ts()?,
        })
    }

    /// The same, with all positions: for a keeper that activates lots too.
    pub fn read_with_positions(chain: &dyn Transport, network: &Pubkey) -> Result<Self> {
        let snapshot = Self::read(chain, network)?;
        let mut positions = Client::new(chain).list::<Delegation>(&[])?;
        positions.retain(|(_, position)| snapshot.provider(&position.provider).is_some());
        Ok(Self { positions, ..snapshot })
    }

    /// A provider of the network.
    pub fn provider(&self, key: &Pubkey) -> Option<&Provider> {
        let found = self.providers.binary_search_by_key(key, |(key, _)| *key);
        found.ok().map(|index| &self.providers[index].1)
    }

    /// The epoch now.
    pub fn epoch(&self) -> u32 {
        self.network.epoch_at(self.now_ts).0
    }

    /// When the next window of an opened epoch begins, if one is waited for.
    pub fn next_window_ts(&self) -> Option<i64> {
        let open = self.pools.values().filter(|pool| pool.state == EpochState::Open as u8);
        let windows = open.flat_map(|pool| [pool.weigh_from_ts, pool.finalizable_from_ts()]);
        windows.filter(|ts| *ts > self.now_ts).min()
    }

    /// The same, if it begins before the present epoch ends.
    pub fn next_window_of_this_epoch_ts(&self) -> Option<i64> {
        let ends_at_ts = self.network.clock().starts_at_ts(self.network.epoch_at(self.now_ts).next());
        self.next_window_ts().filter(|ts| ends_at_ts.is_none_or(|end| *ts < end))
    }
}
