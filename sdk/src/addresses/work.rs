//! Addresses of jobs, their clients and seats, of attesters and their shards.

use {
    super::{NetworkAddresses, ProviderAddresses, derive},
    solana_sdk::pubkey::Pubkey,
    work_token_interface::{
        limits::MAX_REDUNDANCY,
        seeds,
        state::{Assignment, Attester, Job, ScoreShard},
    },
};

impl ProviderAddresses {
    /// The provider's offer, whether it has made one or not.
    pub fn offer(&self) -> Pubkey {
        offer(&self.provider)
    }
}

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
        let (job, bump) = derive(&seeds);
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
        let (assignment, bump) = derive(&[seeds::ASSIGNMENT, self.job.as_ref(), &[seat]]);
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

/// One that measures providers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttesterAddresses {
    /// The network it attests in.
    pub network: NetworkAddresses,
    /// Who attests.
    pub owner: Pubkey,
    /// The attester.
    pub attester: Pubkey,
    /// The network's roster of attesters.
    pub roster: Pubkey,
    /// The address that the owner's own provider has or would have.
    pub own_provider: Pubkey,
}

impl AttesterAddresses {
    /// Of the attester that `owner` is in a network.
    pub fn derive(network: NetworkAddresses, owner: Pubkey) -> Self {
        let (own_provider, _) = derive(&[seeds::PROVIDER, network.network.as_ref(), owner.as_ref()]);
        let (attester, roster) = (attester(&network.network, &owner), attester_roster(&network.network));
        Self { network, owner, attester, roster, own_provider }
    }

    /// Of an attester whose account is known: only the roster is derived.
    pub fn recorded(network: NetworkAddresses, attester: Pubkey, state: &Attester) -> Self {
        let roster = attester_roster(&network.network);
        Self { network, owner: state.owner, attester, roster, own_provider: state.own_provider }
    }
}

/// A shard of an epoch's scores: the reports about 48 seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShardAddresses {
    /// The network.
    pub network: NetworkAddresses,
    /// The epoch that is reported on.
    pub epoch: u32,
    /// The shard's number: a seat's index divided by 48.
    pub number: u16,
    /// The shard.
    pub shard: Pubkey,
}

impl ShardAddresses {
    /// Of a network's shard.
    pub fn derive(network: NetworkAddresses, epoch: u32, number: u16) -> Self {
        Self { network, epoch, number, shard: score_shard(&network.network, epoch, number) }
    }

    /// Of a shard whose account is known; derives nothing.
    pub fn recorded(network: NetworkAddresses, shard: Pubkey, state: &ScoreShard) -> Self {
        Self { network, epoch: state.epoch, number: state.shard, shard }
    }
}

/// A class of jobs.
pub fn job_class(network: &Pubkey, class: u8) -> Pubkey {
    derive(&[seeds::JOB_CLASS, network.as_ref(), &[class]]).0
}

/// A client's account.
pub fn client(network: &Pubkey, owner: &Pubkey) -> Pubkey {
    derive(&[seeds::CLIENT, network.as_ref(), owner.as_ref()]).0
}

/// A provider's offer.
pub fn offer(provider: &Pubkey) -> Pubkey {
    derive(&[seeds::OFFER, provider.as_ref()]).0
}

/// An attester.
pub fn attester(network: &Pubkey, owner: &Pubkey) -> Pubkey {
    derive(&[seeds::ATTESTER, network.as_ref(), owner.as_ref()]).0
}

/// A network's roster of attesters.
pub fn attester_roster(network: &Pubkey) -> Pubkey {
    derive(&[seeds::ATTESTER_ROSTER, network.as_ref()]).0
}

/// A shard of an epoch's scores.
pub fn score_shard(network: &Pubkey, epoch: u32, shard: u16) -> Pubkey {
    derive(&[seeds::SCORES, network.as_ref(), &epoch.to_le_bytes(), &shard.to_le_bytes()]).0
}
