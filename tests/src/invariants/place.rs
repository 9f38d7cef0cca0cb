//! What holds of the active set.

use {
    super::Books,
    std::collections::BTreeSet,
    work_token_sdk::{
        Pubkey,
        state::{Network, Provider, ProviderState},
    },
};

impl Books {
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
