//! What holds of jobs, seats and attesters.

use {
    super::{Books, assert_exactly, donated},
    crate::World,
    std::collections::BTreeSet,
    work_token_sdk::{
        Pubkey,
        limits::{MAX_REDUNDANCY, SHARD_PROVIDERS},
        state::{Assignment, Job, NO_PLACE, Network, Provider, ProviderState, SeatState},
    },
};

impl Books {
    fn jobs_of(&self, network: &Pubkey) -> impl Iterator<Item = (&Pubkey, &Job)> {
        self.jobs.iter().filter(move |(_, job)| job.network == *network)
    }

    fn seats_of(&self, job: &Pubkey) -> impl Iterator<Item = &Assignment> {
        self.assignments.values().filter(move |seat| seat.job == *job)
    }

    /// What attesters have earned and not claimed.
    pub(super) fn attester_credits(&self, network: &Pubkey) -> u64 {
        self.attesters.values().filter(|attester| attester.network == *network).map(|attester| attester.credit).sum()
    }

    /// To the unit: fees of seats that have not ended, bounties and burned parts of draw fees, credits, what
    /// waits for frozen vaults, bonds of attesters.
    pub(super) fn assert_escrow(&self, world: &World, key: &Pubkey, network: &Network) {
        let bonds: u64 =
            self.attesters.values().filter(|attester| attester.network == *key).map(|attester| attester.bond).sum();
        let mut books = bonds + self.disputes_in_escrow(key);
        for (job_key, job) in self.jobs_of(key) {
            if job.live_seats > 0 {
                books += job.bounties_left + job.draw_burn();
            } else {
                assert_eq!(job.bounties_left, 0, "the last seat takes the draw fee with it");
            }
            for seat in self.seats_of(job_key) {
                books += seat.credit + seat.fee_due + seat.burn_due + if seat.state().is_final() { 0 } else { job.fee };
            }
        }
        let donated = donated(world, &network.vaults.escrow);
        assert_exactly(
            world.token_balance(&network.vaults.escrow),
            books,
            donated,
            "escrow holds fees, draw fees, credits, dues, bonds, locks and what disputes owe",
        );
    }

    /// Every job has its seats, counts those that live and those that may still commit, and no provider has
    /// two of them (job-result-1).
    pub(super) fn assert_jobs(&self, network: &Pubkey) {
        for (key, job) in self.jobs_of(network) {
            let seats: Vec<_> = self.seats_of(key).collect();
            assert_eq!(seats.len(), usize::from(job.seats()), "a job has an assignment for every seat");
            assert!(seats.len() <= MAX_REDUNDANCY);
            let numbers: BTreeSet<u8> = seats.iter().map(|seat| seat.seat).collect();
            assert_eq!(numbers.len(), seats.len(), "seats are distinct");
            let live = seats.iter().filter(|seat| !seat.state().is_final()).count();
            assert_eq!(usize::from(job.live_seats), live, "live seats are counted");
            let open =
                |seat: &&&Assignment| matches!(seat.state(), SeatState::Open | SeatState::Drawn | SeatState::Accepted);
            assert_eq!(
                usize::from(job.uncommitted_seats),
                seats.iter().filter(open).count(),
                "seats that may commit are counted"
            );
            assert_eq!(job.ended_ts > 0, live == 0, "a job ends with its last seat");
            let working: Vec<Pubkey> = seats.iter().filter(|seat| is_taken(seat)).map(|seat| seat.provider).collect();
            let different: BTreeSet<&Pubkey> = working.iter().collect();
            assert_eq!(different.len(), working.len(), "seats go to different providers");
            assert!(seats.iter().all(|seat| seat.fee <= job.fee), "no meter shows more than the ceiling");
        }
        for (key, provider) in self.providers.iter().filter(|(_, provider)| provider.network == *network) {
            let seats: Vec<_> =
                self.assignments.values().filter(|seat| is_bound(seat) && seat.provider == *key).collect();
            assert_eq!(provider.open_seats as usize, seats.len(), "open seats are counted");
            assert_eq!(
                provider.work.exposure,
                seats.iter().map(|seat| seat.exposure).sum::<u64>(),
                "exposure is that of the open seats"
            );
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

/// Whether a provider has the seat for good: it is not drawn again.
fn is_taken(seat: &Assignment) -> bool {
    matches!(
        seat.state(),
        SeatState::Drawn | SeatState::Accepted | SeatState::Committed | SeatState::Submitted | SeatState::Settled
    )
}

/// Whether the seat is one of its provider's open ones.
fn is_bound(seat: &Assignment) -> bool {
    let has_provider =
        matches!(seat.state(), SeatState::Drawn | SeatState::Accepted | SeatState::Committed | SeatState::Submitted);
    // A provider must not close before it has been paid.
    has_provider || (seat.state() == SeatState::Settled && seat.has_dues())
}
