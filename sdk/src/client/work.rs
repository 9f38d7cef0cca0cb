//! Jobs, seats, attesters and shards.

use {
    super::{Client, ClientError, at_key},
    crate::{
        Account, ClientAddresses, JobAddresses, addresses,
        math::Epoch,
        state::{
            Assignment, Attester, AttesterRoster, Client as ClientRecord, Job, JobClass, Network, Offer, ScoreShard,
            WorkTree,
        },
        transport::{RawAccount, TransportError},
        view::JobAt,
    },
    solana_sdk::pubkey::Pubkey,
    std::mem::offset_of,
};

/// Everything that the view of a job looks at, read together.
#[derive(Clone, Debug)]
pub struct JobState {
    /// The network.
    pub network: Network,
    /// The job's addresses.
    pub addresses: JobAddresses,
    /// The job.
    pub job: Job,
    /// Its seats, in order.
    pub assignments: Vec<Assignment>,
    /// The chain's slot.
    pub slot: u64,
    /// The chain's clock. Unix seconds.
    pub now_ts: i64,
}

impl JobState {
    /// For the view.
    pub fn at(&self) -> JobAt<'_> {
        let (network, job, assignments) = (&self.network, &self.job, self.assignments.as_slice());
        JobAt { network, job, assignments, slot: self.slot, now_ts: self.now_ts }
    }
}

/// The chain's clock, an account of its own.
pub(super) const CLOCK: Pubkey = Pubkey::from_str_const("SysvarC1ock11111111111111111111111111111111");

/// Slot and unix seconds of the chain's clock: its first field and its last.
pub(super) fn clock(account: Option<&RawAccount>) -> Result<(u64, i64), ClientError> {
    let parts = account.and_then(|clock| Some((clock.data.first_chunk()?, clock.data.get(32..)?.try_into().ok()?)));
    let (slot, now_ts) = parts.ok_or_else(|| TransportError::Malformed("the chain's clock is not a clock".into()))?;
    Ok((u64::from_le_bytes(*slot), i64::from_le_bytes(now_ts)))
}

impl Client<'_> {
    /// An account of the program that may be too large for the stack; `None` where there is nothing.
    pub fn find_boxed<A: Account>(&self, key: &Pubkey) -> Result<Option<Box<A>>, ClientError> {
        let Some(account) = self.transport.account(key)? else { return Ok(None) };
        if account.owner != crate::ID {
            return Err(ClientError::NotOurs { name: A::NAME, key: *key, owner: account.owner });
        }
        A::decode_boxed(&account.data).map(Some).map_err(|source| ClientError::Decode { key: *key, source })
    }

    /// A class of jobs; `None` when it was never set.
    pub fn job_class(&self, network: &Pubkey, class: u8) -> Result<Option<JobClass>, ClientError> {
        self.find(&addresses::job_class(network, class))
    }

    /// A client's account: its next job number; `None` before it is registered.
    pub fn client_record(&self, client: &ClientAddresses) -> Result<Option<ClientRecord>, ClientError> {
        self.find(&client.client)
    }

    /// A job with everything its view looks at; job, network, seats and clock in one read, once the job's seats are
    /// known.
    pub fn job_state(&self, key: &Pubkey) -> Result<JobState, ClientError> {
        let job: Job = self.get(key)?;
        let network = self.network_addresses(&job.network)?;
        let addresses = JobAddresses::recorded(network, *key, &job);
        let mut keys = vec![job.network, *key, CLOCK];
        keys.extend(addresses.seats(job.seats()).iter().map(|seat| seat.assignment));
        let accounts = self.transport.accounts(&keys)?;
        let assignments =
            (3..keys.len()).map(|index| at_key(&keys, &accounts, index)).collect::<Result<Vec<Assignment>, _>>()?;
        let (slot, now_ts) = clock(accounts.get(2).and_then(Option::as_ref))?;
        Ok(JobState {
            network: at_key(&keys, &accounts, 0)?,
            addresses,
            job: at_key(&keys, &accounts, 1)?,
            assignments,
            slot,
            now_ts,
        })
    }

    /// All jobs of a network, by address.
    pub fn jobs(&self, network: &Pubkey) -> Result<Vec<(Pubkey, Job)>, ClientError> {
        self.list(&[(offset_of!(Job, network), *network)])
    }

    /// All jobs of a client, the oldest first.
    pub fn jobs_of_client(&self, client: &ClientAddresses) -> Result<Vec<(Pubkey, Job)>, ClientError> {
        let network = (offset_of!(Job, network), client.network.network);
        let mut jobs = self.list::<Job>(&[network, (offset_of!(Job, client), client.owner)])?;
        jobs.sort_unstable_by_key(|(_, job)| job.number);
        Ok(jobs)
    }

    /// All seats that a provider has, or was the last to have, by address.
    pub fn seats_of_provider(&self, provider: &Pubkey) -> Result<Vec<(Pubkey, Assignment)>, ClientError> {
        self.list(&[(offset_of!(Assignment, provider), *provider)])
    }

    /// A provider's offer; `None` when it never made one.
    pub fn offer(&self, provider: &Pubkey) -> Result<Option<Offer>, ClientError> {
        self.find(&addresses::offer(provider))
    }

    /// The tree that is drawn from in an epoch; `None` while the network has adopted none.
    pub fn work_tree(&self, network: &Network, epoch: u32) -> Result<Option<Box<WorkTree>>, ClientError> {
        match *network.work_tree(Epoch(epoch)) {
            none if none == Pubkey::default() => Ok(None),
            tree => self.find_boxed(&tree),
        }
    }

    /// A network's roster of attesters; `None` before the first.
    pub fn attester_roster(&self, network: &Pubkey) -> Result<Option<Box<AttesterRoster>>, ClientError> {
        self.find_boxed(&addresses::attester_roster(network))
    }

    /// All attesters of a network, the retired included, by address.
    pub fn attesters(&self, network: &Pubkey) -> Result<Vec<(Pubkey, Attester)>, ClientError> {
        self.list(&[(offset_of!(Attester, network), *network)])
    }

    /// The shards of a network, the oldest epoch first.
    pub fn score_shards(&self, network: &Pubkey) -> Result<Vec<(Pubkey, ScoreShard)>, ClientError> {
        let mut shards = self.list::<ScoreShard>(&[(offset_of!(ScoreShard, network), *network)])?;
        shards.sort_unstable_by_key(|(_, shard)| (shard.epoch, shard.shard));
        Ok(shards)
    }
}
