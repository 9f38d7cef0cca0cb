//! What holds of jobs, their seats and the escrow.

use {
    super::{Books, assert_exactly, donated},
    crate::World,
    std::collections::BTreeSet,
    work_token_sdk::{
        Pubkey, addresses,
        limits::MAX_REDUNDANCY,
        state::{Assignment, Job, Model, ModelStatus, Network, SeatState},
        view::JobModel,
    },
};

impl Books {
    fn jobs_of(&self, network: &Pubkey) -> impl Iterator<Item = (&Pubkey, &Job)> {
        self.jobs.iter().filter(move |(_, job)| job.network == *network)
    }

    fn seats_of(&self, job: &Pubkey) -> impl Iterator<Item = &Assignment> {
        self.assignments.values().filter(move |seat| seat.job == *job)
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
    /// two of them (job-result-2).
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
}

impl Books {
    /// A model stands where its name says, its versions are counted, and a job names one that there was
    /// (network-model-2, job-model-2).
    pub(super) fn assert_models(&self, network: &Pubkey) {
        for (key, model) in self.models.iter().filter(|(_, model)| model.network == *network) {
            assert_eq!(*key, addresses::model(network, &model.name), "a model lies where its name says");
            assert!(Model::require_name(&model.name).is_ok() && Model::uri_bytes(model.uri()).is_ok());
            assert!(ModelStatus::from_byte(model.status).is_some() && model.model_version > 0 && model.hash != [0; 32]);
            assert!(model.created_ts <= model.version_ts && model.version_ts <= model.set_ts);
        }
        for (_, job) in self.jobs_of(network) {
            let Some(named) = JobModel::of(job) else {
                assert_eq!((job.model, job.model_hash), (Pubkey::default(), [0; 32]), "no model is none");
                continue;
            };
            let model = self.models.get(&named.model).expect("a model that a job names is never closed");
            assert!(model.network == job.network && named.version <= model.model_version);
            assert!(named.version < model.model_version || named.hash == model.hash, "a version is one hash");
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
