//! A network's state, read once.

use {
    crate::failure::Result,
    std::collections::BTreeMap,
    work_token_sdk::{
        Client, JobAddresses, NetworkAddresses, Pubkey, SeatAddresses, Transport, TransportError,
        accounts::ClaimAccount,
        addresses,
        math::{Epoch, WorkTs},
        state::{
            AppealShare, Assignment, Attester, AttesterRoster, Ballot, Delegation, Dispute, DisputeOpening, EpochPool,
            EpochState, Fault, Job, Juror, Network, Offer, Provider, ScoreShard, Tree, Unbonding,
        },
    },
};

/// The chain's clock: its slot stands first.
const CLOCK: Pubkey = Pubkey::from_str_const("SysvarC1ock11111111111111111111111111111111");

/// A job and its seats.
pub struct JobEntry {
    /// The job's address.
    pub key: Pubkey,
    /// The job.
    pub job: Job,
    /// Its seats, in order, each with its address.
    pub seats: Vec<(Pubkey, Assignment)>,
}

impl JobEntry {
    /// Its seats without their addresses.
    pub fn assignments(&self) -> Vec<Assignment> {
        self.seats.iter().map(|(_, assignment)| *assignment).collect()
    }
}

/// What jobs and scores need beside the epochs.
#[derive(Default)]
pub struct WorkSnapshot {
    /// Jobs that are not closed.
    pub jobs: Vec<JobEntry>,
    /// Offers, by provider.
    pub offers: BTreeMap<Pubkey, Offer>,
    /// The tree that is drawn from now.
    pub tree: Option<Box<Tree>>,
    /// Who can be drawn to attest.
    pub roster: Option<Box<AttesterRoster>>,
    /// Attesters without a place that wait for the one that they aim at.
    pub waiting: Vec<Attester>,
    /// Shards of scores that are not closed.
    pub shards: Vec<(Pubkey, ScoreShard)>,
}

/// A claim, and whether anybody may still be charged by it.
pub struct KnownClaim {
    /// The claim with its entries.
    pub claim: ClaimAccount,
    /// Whether its provider has closed.
    pub is_orphan: bool,
}

/// What disputes need beside the epochs.
#[derive(Default)]
pub struct Docket {
    /// Commitments that were not opened, by address.
    pub openings: BTreeMap<Pubkey, DisputeOpening>,
    /// Disputes that are not closed.
    pub disputes: Vec<(Pubkey, Dispute)>,
    /// Faults, by address.
    pub faults: BTreeMap<Pubkey, Fault>,
    /// Claims, by address.
    pub claims: BTreeMap<Pubkey, KnownClaim>,
    /// Seats of juries that are not settled.
    pub ballots: Vec<(Pubkey, Ballot)>,
    /// Payments for appeals of disputes whose outcome was applied, by address.
    pub shares: BTreeMap<Pubkey, AppealShare>,
    /// Jurors, by address.
    pub jurors: BTreeMap<Pubkey, Juror>,
    /// The tree that jurors are drawn from, if it is needed.
    pub tree: Option<Box<Tree>>,
    /// Tickets that hold something back, by address.
    pub tickets: BTreeMap<Pubkey, Unbonding>,
    /// The usual token accounts of those who are owed something, where they exist, by owner.
    pub paid_to: BTreeMap<Pubkey, Pubkey>,
    /// The account of randomness, where the network has one: its owner and its data.
    pub randomness: Option<(Pubkey, Vec<u8>)>,
}

/// A network with its providers and the epochs that have accounts.
pub struct Snapshot {
    /// The network's addresses.
    pub addresses: NetworkAddresses,
    /// The network.
    pub network: Network,
    /// Its epochs that were opened and not yet closed.
    pub pools: BTreeMap<u32, EpochPool>,
    /// Its providers.
    pub providers: Vec<(Pubkey, Provider)>,
    /// The delegations behind them, if they were asked for.
    pub positions: Vec<(Pubkey, Delegation)>,
    /// Jobs and scores, if they were asked for and the network has any.
    pub work: WorkSnapshot,
    /// Disputes, if they were asked for.
    pub docket: Docket,
    /// The chain's slot.
    pub slot: u64,
    /// The chain's clock. Unix seconds.
    pub now_ts: i64,
}

impl Snapshot {
    /// Reads what the epochs of a network without jobs need.
    pub fn read(chain: &dyn Transport, network: &Pubkey) -> Result<Self> {
        let client = Client::new(chain);
        let state = client.network(network)?;
        Ok(Self {
            addresses: NetworkAddresses::recorded(*network, &state),
            network: state,
            pools: client.epochs(network)?.into_iter().map(|pool| (pool.epoch, pool)).collect(),
            providers: client.providers(network)?,
            positions: Vec::new(),
            work: WorkSnapshot::default(),
            docket: Docket::default(),
            slot: slot(chain)?,
            now_ts: chain.now_ts()?,
        })
    }

    /// Everything that a keeper looks at, positions, jobs and shards included.
    pub fn read_all(chain: &dyn Transport, network: &Pubkey) -> Result<Self> {
        let snapshot = Self::read(chain, network)?;
        let mut positions = Client::new(chain).list::<Delegation>(&[])?;
        positions.retain(|(_, position)| snapshot.provider(&position.provider).is_some());
        let work = snapshot.read_work(chain)?;
        let mut snapshot = Self { positions, work, ..snapshot };
        snapshot.docket = Docket::read(chain, &snapshot)?;
        Ok(snapshot)
    }

    /// A juror with what has ripened of its lock by now.
    pub fn ripe(&self, juror: &Juror) -> Juror {
        let mut juror = *juror;
        juror.ripen(&self.network, self.now_ts);
        juror
    }

    fn read_work(&self, chain: &dyn Transport) -> Result<WorkSnapshot> {
        let client = Client::new(chain);
        let network = &self.addresses.network;
        let mut work = WorkSnapshot::default();
        if self.network.job_classes != 0 {
            let mut seats: BTreeMap<Pubkey, Vec<(Pubkey, Assignment)>> = BTreeMap::new();
            for (key, assignment) in client.list::<Assignment>(&[])? {
                seats.entry(assignment.job).or_default().push((key, assignment));
            }
            for (key, job) in client.jobs(network)? {
                let mut seats = seats.remove(&key).unwrap_or_default();
                seats.sort_unstable_by_key(|(_, assignment)| assignment.seat);
                work.jobs.push(JobEntry { key, job, seats });
            }
            work.offers = client.list::<Offer>(&[])?.into_iter().map(|(_, offer)| (offer.provider, offer)).collect();
            work.tree = client.work_tree(&self.network, self.epoch())?;
        }
        work.roster = client.attester_roster(network)?;
        if work.roster.is_some() {
            work.shards = client.score_shards(network)?;
            let attesters = client.attesters(network)?.into_iter().map(|(_, attester)| attester);
            work.waiting = attesters.filter(Attester::aims).collect();
        }
        Ok(work)
    }

    /// A provider of the network.
    pub fn provider(&self, key: &Pubkey) -> Option<&Provider> {
        let found = self.providers.binary_search_by_key(key, |(key, _)| *key);
        found.ok().map(|index| &self.providers[index].1)
    }

    /// A position behind one of its providers.
    pub fn position(&self, key: &Pubkey) -> Option<&Delegation> {
        self.positions.iter().find(|(known, _)| known == key).map(|(_, position)| position)
    }

    /// A job of the network.
    pub fn job(&self, key: &Pubkey) -> Option<&JobEntry> {
        self.work.jobs.iter().find(|entry| entry.key == *key)
    }

    /// A job's addresses.
    pub fn job_addresses(&self, entry: &JobEntry) -> JobAddresses {
        JobAddresses::recorded(self.addresses, entry.key, &entry.job)
    }

    /// A seat's addresses and state.
    pub fn seat(&self, job: &Pubkey, seat: u8) -> Option<(SeatAddresses, &Assignment)> {
        let entry = self.job(job)?;
        let (key, assignment) = entry.seats.iter().find(|(_, assignment)| assignment.seat == seat)?;
        Some((SeatAddresses::recorded(self.job_addresses(entry), *key, assignment), assignment))
    }

    /// The work tree that the weights of an epoch are written to, once adopted.
    pub fn work_tree(&self, epoch: u32) -> Option<Pubkey> {
        let tree = *self.network.work_tree(Epoch(epoch));
        (tree != Pubkey::default()).then_some(tree)
    }

    /// The shard of an epoch's scores.
    pub fn shard(&self, epoch: u32, number: u16) -> Option<&ScoreShard> {
        self.work.shards.iter().map(|(_, shard)| shard).find(|shard| shard.epoch == epoch && shard.shard == number)
    }

    /// The attester that somebody is in this network.
    pub fn attester(&self, owner: &Pubkey) -> Pubkey {
        addresses::attester(&self.addresses.network, owner)
    }

    /// The account of randomness that the network's parameters name, if they name one.
    pub fn randomness(&self) -> Option<Pubkey> {
        let key = self.network.params.disputes.randomness;
        (key != Pubkey::default()).then_some(key)
    }

    /// Now, in work time, as if what is recordable of an outage had been recorded: it is, before any step
    /// that a passed deadline allows.
    pub fn work_ts(&self) -> WorkTs {
        self.network.work_now(self.slot, self.now_ts)
    }

    /// The epoch now.
    pub fn epoch(&self) -> u32 {
        self.network.epoch_at(self.now_ts).0
    }

    /// When the next window of an opened epoch begins, if one is waited for.
    pub fn next_window_ts(&self) -> Option<i64> {
        let open = self.pools.values().filter(|pool| pool.state == EpochState::Open as u8);
        let windows = open
            .flat_map(|pool| [pool.weigh_from_work_ts, pool.unscored_from_work_ts(), pool.finalizable_from_work_ts()]);
        let left = |work_ts: i64| work_ts.saturating_sub(self.work_ts().0);
        let windows = windows.map(|work_ts| self.now_ts.saturating_add(left(work_ts)));
        windows.filter(|ts| *ts > self.now_ts).min()
    }

    /// The same, if it begins before the present epoch ends.
    pub fn next_window_of_this_epoch_ts(&self) -> Option<i64> {
        let ends_at_ts = self.network.clock().starts_at_ts(self.network.epoch_at(self.now_ts).next());
        self.next_window_ts().filter(|ts| ends_at_ts.is_none_or(|end| *ts < end))
    }
}

/// The chain's slot.
pub fn slot(chain: &dyn Transport) -> Result<u64> {
    let clock = chain.account(&CLOCK)?;
    let slot = clock.as_ref().and_then(|clock| clock.data.first_chunk()).copied();
    let slot = slot.ok_or_else(|| TransportError::Malformed("the chain's clock is not a clock".into()))?;
    Ok(u64::from_le_bytes(slot))
}
