//! Jobs, their clients and seats.

use {
    super::{CLOCK, Client, ClientError, at_key, clock},
    crate::{
        ClientAddresses, JobAddresses, Pubkey,
        state::{Assignment, Client as ClientRecord, Job, Network},
        view::JobAt,
    },
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

impl Client<'_> {
    /// A client's account: its next job number; `None` before it is registered.
    ///
    /// # Errors
    ///
    /// An account of another type or version, and when the chain cannot be asked.
    pub fn client_record(&self, client: &ClientAddresses) -> Result<Option<ClientRecord>, ClientError> {
        self.find(&client.client)
    }

    /// A job with everything its view looks at; job, network, seats and clock in one read, once the job's
    /// seats are known.
    ///
    /// # Errors
    ///
    /// Where there is no such job, or what it names is of another version, and when the chain cannot be
    /// asked.
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
    ///
    /// # Errors
    ///
    /// An account of another layout version, and when the chain cannot be asked.
    pub fn jobs(&self, network: &Pubkey) -> Result<Vec<(Pubkey, Job)>, ClientError> {
        self.list(&[(offset_of!(Job, network), *network)])
    }

    /// All jobs of a client, the oldest first.
    ///
    /// # Errors
    ///
    /// An account of another layout version, and when the chain cannot be asked.
    pub fn jobs_of_client(&self, client: &ClientAddresses) -> Result<Vec<(Pubkey, Job)>, ClientError> {
        let network = (offset_of!(Job, network), client.network.network);
        let mut jobs = self.list::<Job>(&[network, (offset_of!(Job, client), client.owner)])?;
        jobs.sort_unstable_by_key(|(_, job)| job.number);
        Ok(jobs)
    }

    /// All seats that a provider has, or was the last to have, by address.
    ///
    /// # Errors
    ///
    /// An account of another layout version, and when the chain cannot be asked.
    pub fn seats_of_provider(&self, provider: &Pubkey) -> Result<Vec<(Pubkey, Assignment)>, ClientError> {
        self.list(&[(offset_of!(Assignment, provider), *provider)])
    }
}
