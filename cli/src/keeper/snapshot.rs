//! A network's state as a keeper knows it, at a time.

use {
    super::{reader::Skipped, table::Table},
    std::collections::BTreeMap,
    work_token_sdk::{
        AddressLookupTableAccount, JobAddresses, NetworkAddresses, Pubkey, SeatAddresses,
        accounts::ClaimAccount,
        addresses,
        math::{Epoch, WorkTs},
        state::{
            AppealShare, Assignment, Attester, AttesterRoster, Ballot, Delegation, Dispute, DisputeOpening, EpochPool,
            EpochState, Fault, Job, Juror, Network, Offer, Provider, QueueEntry, ScoreShard, Tree, Unbonding,
        },
        votes::{Registrar, RegistrarAddresses, Voter, VoterAddresses},
    },
};

/// A job and its seats.
pub struct JobEntry {
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
    /// Jobs that are not closed, by address.
    pub jobs: Table<JobEntry>,
    /// Offers, by provider; those that a draw may look at.
    pub offers: Table<Offer>,
    /// The tree that is drawn from now, if something is to be drawn.
    pub tree: Option<Box<Tree>>,
    /// Who can be drawn to attest.
    pub roster: Option<Box<AttesterRoster>>,
    /// Attesters without a place that wait for the one that they aim at.
    pub waiting: Vec<Attester>,
    /// Shards of scores that are not closed, by epoch and number; `None` while they were not looked for.
    pub shards: Option<BTreeMap<(u32, u16), ScoreShard>>,
    /// Positions of drawn attesters, by attester, if they were looked for.
    pub interests: BTreeMap<Pubkey, Vec<(Pubkey, Delegation)>>,
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
    pub openings: Table<DisputeOpening>,
    /// Disputes that are not closed, by address.
    pub disputes: Table<Dispute>,
    /// Faults, by address.
    pub faults: Table<Fault>,
    /// Disputed seats, by address.
    pub seats: Table<Assignment>,
    /// Claims, by address.
    pub claims: Table<KnownClaim>,
    /// Ballots of juries that are not settled, by address.
    pub ballots: Table<Ballot>,
    /// The addresses of those of each dispute.
    pub ballots_of: BTreeMap<Pubkey, Vec<Pubkey>>,
    /// Payments for appeals of disputes whose outcome was applied, by address.
    pub shares: Table<AppealShare>,
    /// The addresses of those of each dispute.
    pub shares_of: BTreeMap<Pubkey, Vec<Pubkey>>,
    /// Jurors, by address.
    pub jurors: Table<Juror>,
    /// The addresses of those that a leaf is or was of.
    pub jurors_of: BTreeMap<u16, Vec<Pubkey>>,
    /// The tree that jurors are drawn from, if it is needed.
    pub tree: Option<Box<Tree>>,
    /// Tickets that hold something back, by address.
    pub tickets: Table<Unbonding>,
    /// The usual token accounts of those who are owed something, where they exist, by owner.
    pub paid_to: Table<Pubkey>,
    /// The account of randomness, where the network has one: its owner and its data.
    pub randomness: Option<(Pubkey, Vec<u8>)>,
}

/// A realm in which the network's stake votes.
pub struct KnownRealm {
    /// What joins it to the network.
    pub registrar: Registrar,
    /// The last slot in which its maximum weight holds.
    pub most_until_slot: u64,
}

/// A voter that somebody else can update.
pub struct KnownVoter {
    /// The voter.
    pub voter: Voter,
    /// Whether its positions were looked for.
    pub is_read: bool,
    /// By which lookup table of its holder an update fits a transaction, where one is due that does not
    /// without.
    pub table: Option<AddressLookupTableAccount>,
}

/// Votes of realms that were asked for.
#[derive(Default)]
pub struct VoteSnapshot {
    /// Realms, by the address of their registrar.
    pub realms: Table<KnownRealm>,
    /// Their voters, by address.
    pub voters: Table<KnownVoter>,
}

/// A network with what of it was looked for.
pub struct Snapshot {
    /// The network's addresses.
    pub addresses: NetworkAddresses,
    /// The network.
    pub network: Network,
    /// Its epochs that were opened and not yet closed.
    pub pools: BTreeMap<u32, EpochPool>,
    /// Its providers: all of them, or those that something else is about.
    pub providers: Table<Provider>,
    /// Whether those are all.
    pub knows_providers: bool,
    /// Positions that something is due for, or depends on.
    pub positions: Table<Delegation>,
    /// The entry of the queue for a place whose turn it is, while somebody waits.
    pub queue_head: Option<(Pubkey, QueueEntry)>,
    /// Jobs and scores.
    pub work: WorkSnapshot,
    /// Disputes.
    pub docket: Docket,
    /// Votes.
    pub votes: VoteSnapshot,
    /// The chain's slot.
    pub slot: u64,
    /// The chain's clock. Unix seconds.
    pub now_ts: i64,
    /// What the escrow vault holds. Base units.
    pub escrow: u64,
    /// What those have who were asked for. Lamports.
    pub wallets: BTreeMap<Pubkey, u64>,
    /// What the chain wants to hold for each byte of an account, and for 128 more. Lamports.
    pub rent_per_byte: u64,
    /// What could not be read.
    pub skipped: Vec<Skipped>,
}

impl Snapshot {
    /// A juror with what has ripened of its lock by now.
    pub fn ripe(&self, juror: &Juror) -> Juror {
        let mut juror = *juror;
        juror.ripen(&self.network, self.now_ts);
        juror
    }

    /// A provider of the network.
    pub fn provider(&self, key: &Pubkey) -> Option<&Provider> {
        self.providers.get(key)
    }

    /// A position behind one of its providers.
    pub fn position(&self, key: &Pubkey) -> Option<&Delegation> {
        self.positions.get(key)
    }

    /// A registrar's addresses.
    pub fn registrar(&self, key: &Pubkey) -> Option<RegistrarAddresses> {
        Some(RegistrarAddresses::recorded(*key, &self.votes.realms.get(key)?.registrar))
    }

    /// A voter's addresses and state.
    pub fn voter(&self, key: &Pubkey) -> Option<(VoterAddresses, &Voter)> {
        let KnownVoter { voter, .. } = self.votes.voters.get(key)?;
        Some((VoterAddresses::recorded(self.registrar(&voter.registrar)?, *key, voter), voter))
    }

    /// A job's addresses.
    pub fn job_addresses(&self, key: &Pubkey, entry: &JobEntry) -> JobAddresses {
        JobAddresses::recorded(self.addresses, *key, &entry.job)
    }

    /// A seat's addresses and state.
    pub fn seat(&self, job: &Pubkey, seat: u8) -> Option<(SeatAddresses, &Assignment)> {
        let entry = self.work.jobs.get(job)?;
        let (key, assignment) = entry.seats.iter().find(|(_, assignment)| assignment.seat == seat)?;
        Some((SeatAddresses::recorded(self.job_addresses(job, entry), *key, assignment), assignment))
    }

    /// The work tree that the weights of an epoch are written to, once adopted.
    pub fn work_tree(&self, epoch: u32) -> Option<Pubkey> {
        let tree = *self.network.work_tree(Epoch(epoch));
        (tree != Pubkey::default()).then_some(tree)
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
