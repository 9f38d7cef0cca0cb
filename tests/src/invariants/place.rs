//! What holds of the active set.

use {
    super::Books,
    std::collections::BTreeSet,
    work_token_sdk::{
        Pubkey,
        addresses::queue_entry,
        state::{Network, Provider, ProviderState},
    },
};

impl Books {
    /// Every number that was given and has not had its turn has its entry, and nobody is in the queue twice.
    pub(super) fn assert_queue(&self, key: &Pubkey, network: &Network) {
        let entries = self.queued.iter().filter(|(_, entry)| entry.network == *key);
        let numbers: BTreeSet<u64> = entries.clone().map(|(_, entry)| entry.number).collect();
        let waiting: BTreeSet<u64> = (network.queue.head()..network.queue.next()).collect();
        assert_eq!(numbers, waiting, "every number that waits has one entry");
        for (address, entry) in entries {
            assert_eq!(*address, queue_entry(key, entry.number), "an entry lies at its number");
        }
        let candidates = self.providers.iter().filter(|(_, provider)| provider.network == *key);
        for (address, provider) in candidates.filter(|(_, provider)| provider.wait.number != 0) {
            let entry = &self.queued[&queue_entry(key, provider.wait.number)];
            assert_eq!(entry.provider, *address, "a number is its provider's");
            let is_candidate = provider.state == ProviderState::Candidate as u8;
            assert!(is_candidate || !provider.place.is_held() || provider.wait.is_lost == 1, "a place ends the wait");
        }
    }

    /// The place map is a bijection: every taken place has one provider, every Active provider one place.
    pub(super) fn assert_places(&self, key: &Pubkey, network: &Network) {
        let holders: Vec<&Provider> =
            self.providers.values().filter(|provider| provider.network == *key && provider.place.is_held()).collect();
        let indexes: BTreeSet<u16> = holders.iter().map(|provider| provider.place.index).collect();
        assert_eq!(indexes.len(), holders.len(), "no two providers have one place");
        assert_eq!(network.places_taken as usize, holders.len(), "taken places are counted");
        assert_eq!(network.places.iter().map(|word| word.count_ones()).sum::<u32>(), network.places_taken);
        assert!(indexes.iter().all(|index| network.place_is_taken(*index)), "the map shows every taken place");
        for provider in self.providers.values().filter(|provider| provider.network == *key) {
            let is_jailed = provider.state == ProviderState::Jailed as u8;
            let is_active = provider.state == ProviderState::Active as u8 || (is_jailed && provider.place.is_held());
            assert_eq!(
                is_active,
                provider.place.is_held(),
                "the Active ones are those with a place, unless it is jailed"
            );
        }
    }
}
