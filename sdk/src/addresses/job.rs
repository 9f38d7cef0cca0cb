//! Addresses of jobs, their clients and seats.

use {
    super::NetworkAddresses,
    crate::Pubkey,
    work_token_interface::{
        limits::MAX_REDUNDANCY,
        seeds,
        state::{Assignment, Job},
    },
};

/// One that pays for jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddresses {
    /// The network it buys work in.
    pub network: NetworkAddresses,
    /// Who signs for the client.
    pub owner: Pubkey,
    /// Its account: job numbers.
    pub client: Pubkey,
}

impl ClientAddresses {
    /// Of the client that `owner` is in a network.
    pub fn derive(network: NetworkAddresses, owner: Pubkey) -> Self {
        Self { network, owner, client: client(&network.network, &owner) }
    }

    /// Its job of a number: the client's `next_number` for a new one.
    pub fn job(&self, number: u64) -> JobAddresses {
        let seeds = [seeds::JOB, self.network.network.as_ref(), self.owner.as_ref(), &number.to_le_bytes()];
        let (job, bump) = super::derive(&seeds);
        JobAddresses { client: *self, number, job, bump }
    }
}

/// A job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobAddresses {
    /// Who pays for it.
    pub client: ClientAddresses,
    /// The client's number of it.
    pub number: u64,
    /// The job.
    pub job: Pubkey,
    /// Its bump.
    pub bump: u8,
}

impl JobAddresses {
    /// Of a job whose account is known: only the client's account is derived.
    pub fn recorded(network: NetworkAddresses, job: Pubkey, state: &Job) -> Self {
        let client = ClientAddresses::derive(network, state.client);
        Self { client, number: state.number, job, bump: state.bump }
    }

    /// One of its seats.
    pub fn seat(&self, seat: u8) -> SeatAddresses {
        let (assignment, bump) = super::derive(&[seeds::ASSIGNMENT, self.job.as_ref(), &[seat]]);
        SeatAddresses { job: *self, seat, assignment, bump }
    }

    /// Its first seats, in order; a job has at most five.
    pub fn seats(&self, count: u8) -> Vec<SeatAddresses> {
        (0..count).take(MAX_REDUNDANCY).map(|seat| self.seat(seat)).collect()
    }
}

/// A seat of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeatAddresses {
    /// The job.
    pub job: JobAddresses,
    /// The seat's number in it.
    pub seat: u8,
    /// The assignment.
    pub assignment: Pubkey,
    /// Its bump.
    pub bump: u8,
}

impl SeatAddresses {
    /// Of a seat whose account is known; derives nothing.
    pub fn recorded(job: JobAddresses, assignment: Pubkey, state: &Assignment) -> Self {
        Self { job, seat: state.seat, assignment, bump: state.bump }
    }

    /// The network of its job.
    pub fn network(&self) -> &NetworkAddresses {
        &self.job.client.network
    }
}

/// A client's account.
pub fn client(network: &Pubkey, owner: &Pubkey) -> Pubkey {
    super::derive(&[seeds::CLIENT, network.as_ref(), owner.as_ref()]).0
}
