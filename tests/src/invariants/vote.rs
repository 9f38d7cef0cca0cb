//! What the add-in keeps: registrars, voters and their records.

use {
    super::Books,
    crate::World,
    std::collections::BTreeSet,
    work_token_sdk::{
        Account, Pubkey,
        math::{Amount, UnixTs},
        state::Network,
        transport::{Filter, Transport},
        votes::{
            self, Look, MAX_ENTRIES, Registrar, RegistrarAddresses, Voter, VoterEntry, record, voice_of, worth_of,
        },
    },
};

impl Books {
    /// Nobody weighs with anything twice in a realm, and all together with no more than is staked; what is
    /// noted is in order, and nothing waits for longer than the realm's wait.
    pub(super) fn assert_voters(&self, world: &World) {
        let accounts =
            world.scenario.chain.program_accounts(&votes::ID, &Filter::default()).expect("the chain answers");
        let registrars: Vec<(Pubkey, Registrar)> =
            accounts.iter().filter_map(|(key, account)| Some((*key, Registrar::decode(&account.data).ok()?))).collect();
        let voters: Vec<(Pubkey, Voter)> =
            accounts.iter().filter_map(|(key, account)| Some((*key, Voter::decode(&account.data).ok()?))).collect();
        for (key, voter) in &voters {
            assert!(registrars.iter().any(|(registrar, _)| *registrar == voter.registrar), "{key} has its registrar");
        }
        for (key, registrar) in &registrars {
            let at = RegistrarAddresses::recorded(*key, registrar);
            assert_eq!(at, RegistrarAddresses::derive(registrar.realm, registrar.network, registrar.mint));
            let network = &self.networks[&registrar.network];
            assert_eq!(network.mint, registrar.mint);
            let longest = registrar.terms.longest_vote_secs;
            assert!((1..=network.params.longest_vote_secs).contains(&longest), "no vote outlasts the silence");
            let (mut weight, mut listed) = (Amount::ZERO, BTreeSet::new());
            for (key, voter) in voters.iter().filter(|(_, voter)| voter.registrar == *key) {
                assert_voter(world, &at, (key, voter));
                for entry in voter.entries() {
                    assert!(listed.insert(entry.position), "one voter has {}", entry.position);
                    assert_entry(entry, registrar, world.scenario.now());
                    weight =
                        weight.saturating_add(self.weighs(network, (registrar, voter, entry), world.scenario.now()));
                }
            }
            let behind = self.providers.values().filter(|provider| provider.network == registrar.network);
            let staked = behind.fold(Amount::ZERO, |sum, provider| {
                sum.saturating_add(provider.own.staked()).saturating_add(provider.delegated.staked())
            });
            assert!(weight <= staked, "{weight:?} votes where {staked:?} is staked");
        }
    }

    /// What a position weighs now, if its holder updates it.
    fn weighs(
        &self,
        network: &Network,
        (registrar, voter, entry): (&Registrar, &Voter, &VoterEntry),
        now_ts: i64,
    ) -> Amount {
        let Some(position) = self.positions.get(&entry.position) else { return Amount::ZERO };
        let of = (position, &self.providers[&position.provider], network);
        let now = network.epoch_at(now_ts);
        let look = Look { now: UnixTs(now_ts), wait_secs: registrar.wait_secs(), is_holders: true };
        let mut noted = *entry;
        worth_of(noted.note(voice_of(&voter.holder, of, (now_ts, now)), &look), of, now)
    }
}

fn assert_voter(world: &World, at: &RegistrarAddresses, (key, voter): (&Pubkey, &Voter)) {
    let derived = at.voter(voter.holder);
    assert_eq!((*key, voter.network), (derived.voter, at.network));
    assert_eq!((voter.slot_record, voter.standing_record), (derived.slot_record, derived.standing_record));
    for address in [voter.slot_record, voter.standing_record] {
        let found = world.chain.account(&address).expect("the chain answers").expect("a voter has its records");
        assert!(found.owner == votes::ID && record::read(&found.data).is_some(), "{address} is a record");
    }
    assert!(usize::from(voter.count) <= MAX_ENTRIES);
    assert!(voter.entries().is_sorted_by(|one, next| one.position < next.position), "in rising order");
    let unused = voter.entries.iter().skip(usize::from(voter.count));
    let unused: Vec<&VoterEntry> = unused.filter(|entry| **entry != bytemuck::Zeroable::zeroed()).collect();
    assert!(unused.is_empty(), "nothing stands behind the last: {unused:?}");
}

fn assert_entry(entry: &VoterEntry, registrar: &Registrar, now_ts: i64) {
    let noted = &entry.inertia;
    let all = noted.counts.checked_add(noted.waiting).expect("what counts and waits was seen at once");
    assert!(noted.waiting == 0 || noted.ripe_ts <= now_ts + registrar.wait_secs(), "no wait is longer");
    assert!(noted.low_since_ts <= now_ts);
    assert!(if noted.low_since_ts == 0 { noted.low == 0 } else { noted.low < all }, "what is low is less");
}
