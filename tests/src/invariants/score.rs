//! What holds of attesters, their roster and their shards.

use {
    super::Books,
    std::collections::BTreeSet,
    work_token_sdk::{Pubkey, limits::SHARD_PROVIDERS, state::NO_PLACE},
};

impl Books {
    /// What attesters have earned and not claimed.
    pub(super) fn attester_credits(&self, network: &Pubkey) -> u64 {
        self.attesters.values().filter(|attester| attester.network == *network).map(|attester| attester.credit).sum()
    }

    /// The roster is the attesters that hold a place, with their latest bonds; who holds none is in no place.
    /// A shard's attesters are distinct; it counts those that are settled, and its epoch the shards that are
    /// not.
    pub(super) fn assert_attesters(&self, network: &Pubkey) {
        let attesters = || self.attesters.values().filter(|attester| attester.network == *network);
        for roster in self.rosters.values().filter(|roster| roster.network == *network) {
            let held = || roster.entries.iter().enumerate().filter(|(_, entry)| entry.next_bond > 0);
            assert_eq!(usize::from(roster.count), held().count(), "the roster counts its attesters");
            for (place, entry) in held() {
                let attester = attesters().find(|attester| attester.owner == entry.attester);
                let attester = attester.expect("every entry has its attester");
                assert_eq!(
                    (attester.bond, usize::from(attester.place), attester.retired_ts),
                    (entry.next_bond, place, 0),
                    "an entry weighs what its attester has locked"
                );
            }
            let placed = attesters().filter(|attester| attester.place != NO_PLACE);
            assert_eq!(placed.count(), held().count(), "every place that an attester remembers is its own");
        }
        for canaries in attesters().map(|attester| attester.canaries) {
            let follows = canaries.before_from_epoch < canaries.newest_from_epoch;
            assert!(follows || canaries.newest_from_epoch == 0, "a set of canaries replaces an earlier one");
        }
        let shards = || self.shards.values().filter(|shard| shard.network == *network);
        for shard in shards() {
            let seated: Vec<_> = shard.opinions.iter().filter(|seat| seat.state != 0).collect();
            let different: BTreeSet<_> = seated.iter().map(|seat| seat.attester).collect();
            assert_eq!(different.len(), seated.len(), "nobody is drawn twice for a shard");
            assert!(shard.scored as usize <= SHARD_PROVIDERS);
            let settled = seated.iter().filter(|seat| seat.is_settled()).count();
            assert_eq!(shard.settled as usize, settled, "settled attesters are counted");
            let drawn: u64 = seated.iter().map(|seat| seat.bond).sum();
            assert_eq!((shard.drawn_bonds, shard.revealed_bonds <= drawn), (drawn, true), "drawn bonds are summed");
        }
        for pool in self.epochs.values().filter(|pool| pool.network == *network) {
            let open = shards().filter(|shard| shard.epoch == pool.epoch && shard.require_closable().is_err()).count();
            assert_eq!(pool.open_shards as usize, open, "an epoch counts the shards that are not settled");
        }
    }
}
