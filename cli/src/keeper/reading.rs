//! How much of a network is read: the less, the less is due.
//!
//! A first look takes what every network has: its account, the clock, the roster, its epochs and its
//! disputes, in three requests. Providers are read when an epoch is weighed or settled, jobs and commitments
//! while something lies in escrow, ballots and jurors while a jury is called. Everything is looked for while
//! an epoch is turned, and once an hour: what else there is waits longer than that without harm.

use {
    super::{
        Snapshot,
        docket::Court,
        interests,
        jobs::draws,
        lots,
        reader::Reader,
        snapshot::{Docket, JobEntry, VoteSnapshot, WorkSnapshot},
        voices, votes,
    },
    crate::failure::{Failure, Result},
    std::collections::BTreeMap,
    work_token_sdk::{
        Account, ID, NetworkAddresses, Pubkey, Transport, TransportError, addresses,
        math::Epoch,
        state::{
            Assignment, Attester, EpochPool, EpochState, Job, Network, Offer, Provider, QueueEntry, ScoreShard,
            VaultKind,
        },
        transport::RawAccount,
    },
};

/// The chain's clock: its slot stands first.
const CLOCK: Pubkey = Pubkey::from_str_const("SysvarC1ock11111111111111111111111111111111");
/// What the chain asks for a byte: lamports a year, and how many years are paid ahead.
const RENT: Pubkey = Pubkey::from_str_const("SysvarRent111111111111111111111111111111111");
/// From this age of the note of slot and time on everything is looked for: ten minutes before it is
/// refreshed.
const THOROUGH_SECS: i64 = super::plan::NOTE_SECS - 600;

/// What is asked beside the network.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// Whose lamports.
    pub wallets: Vec<Pubkey>,
    /// Look for everything, whatever is due.
    pub all: bool,
    /// Look for every position with a lot, however old: not only for those that an index still remembers.
    pub all_lots: bool,
    /// Look for what bars attesters of the running epoch: they were just drawn.
    pub just_drawn: bool,
    /// Realms whose votes are looked at.
    pub votes: Vec<Pubkey>,
    /// Whose lookup tables serve for voters whose holders have none.
    pub keeper: Option<Pubkey>,
}

impl Snapshot {
    /// Reads what the epochs of a network without jobs need.
    pub fn read(chain: &dyn Transport, network: &Pubkey) -> Result<Self> {
        let reader = Reader::new(chain, *network);
        let mut snapshot = Self::first_look(&reader, network, &[])?;
        snapshot.read_providers(&reader)?;
        snapshot.skipped = reader.skipped();
        Ok(snapshot)
    }

    /// Everything that a keeper ever looks at.
    pub fn read_all(chain: &dyn Transport, network: &Pubkey) -> Result<Self> {
        Self::look(chain, network, &Ask { all: true, ..Ask::default() })
    }

    /// What may be due now.
    pub fn look(chain: &dyn Transport, network: &Pubkey, ask: &Ask) -> Result<Self> {
        let reader = Reader::new(chain, *network);
        let mut snapshot = Self::first_look(&reader, network, &ask.wallets)?;
        let all = ask.all || snapshot.turns_an_epoch();
        if all || snapshot.pools.values().any(|pool| snapshot.is_about_providers(pool)) {
            snapshot.read_providers(&reader)?;
        }
        snapshot.read_queue(&reader)?;
        snapshot.docket = Docket::default();
        snapshot.read_work(&reader, all)?;
        Court { snapshot: &mut snapshot, reader: &reader, all }.read()?;
        if all {
            lots::read(&mut snapshot, &reader, ask.all_lots)?;
            voices::read(&mut snapshot, &reader)?;
        }
        votes::read(&mut snapshot, &reader, &ask.votes, ask.keeper.as_ref(), all)?;
        interests::read(&mut snapshot, &reader, ask.just_drawn)?;
        snapshot.skipped = reader.skipped();
        Ok(snapshot)
    }

    /// The network, the clock, the roster, wallets, and the epochs: two requests.
    fn first_look(reader: &Reader, network: &Pubkey, wallets: &[Pubkey]) -> Result<Self> {
        let roster = addresses::attester_roster(network);
        let escrow = Pubkey::find_program_address(&[VaultKind::Escrow.seed(), network.as_ref()], &ID).0;
        let mut keys = vec![*network, CLOCK, roster, escrow, RENT];
        keys.extend_from_slice(wallets);
        let found = reader.chain.accounts(&keys)?;
        let at = |place: usize| found.get(place).and_then(Option::as_ref);
        let state = network_of(network, at(0))?;
        let (slot, now_ts) = clock(at(1))?;
        let lamports = |place: usize| at(place).map_or(0, |account| account.lamports);
        let pools = reader.list::<EpochPool>(&[])?;
        Ok(Self {
            addresses: NetworkAddresses::recorded(*network, &state),
            network: state,
            pools: pools.into_iter().map(|(_, pool)| (pool.epoch, pool)).collect(),
            providers: Default::default(),
            knows_providers: false,
            positions: Default::default(),
            queue_head: None,
            work: WorkSnapshot { roster: reader.boxed(&roster, at(2)), ..WorkSnapshot::default() },
            docket: Docket::default(),
            votes: VoteSnapshot::default(),
            slot,
            now_ts,
            escrow: at(3)
                .and_then(|account| account.data.get(64..)?.first_chunk())
                .map_or(0, |held| u64::from_le_bytes(*held)),
            wallets: (5..).zip(wallets).map(|(place, key)| (*key, lamports(place))).collect(),
            rent_per_byte: at(4).and_then(rent_per_byte).unwrap_or(0),
            skipped: Vec::new(),
        })
    }

    /// Whether everything is to be looked for: an epoch begins, is settled, swept or closed, or an hour has
    /// passed.
    fn turns_an_epoch(&self) -> bool {
        let now = Epoch(self.epoch());
        let is_turning = |pool: &EpochPool| {
            pool.require_closable().is_ok() || pool.require_sweepable(now).is_ok() || is_unsettled(pool)
        };
        let is_missing = |epoch: Epoch| !self.pools.contains_key(&epoch.0);
        self.now_ts.saturating_sub(self.network.outages.noted_ts) >= THOROUGH_SECS
            || self.pools.values().any(is_turning)
            || self.network.due_epochs(now).any(is_missing)
    }

    /// Whether providers are weighed, scored or settled for an epoch now.
    fn is_about_providers(&self, pool: &EpochPool) -> bool {
        pool.require_weighable(self.work_ts()).is_ok() || is_unsettled(pool)
    }

    pub(super) fn read_providers(&mut self, reader: &Reader) -> Result<()> {
        self.providers.add(reader.list::<Provider>(&[])?);
        self.knows_providers = true;
        Ok(())
    }

    /// Adds providers by address that are not known.
    pub(super) fn find_providers(&mut self, reader: &Reader, keys: impl IntoIterator<Item = Pubkey>) -> Result<()> {
        if !self.knows_providers {
            let missing: Vec<Pubkey> = keys.into_iter().filter(|key| !self.providers.contains(key)).collect();
            self.providers.add(reader.find::<Provider>(missing)?);
        }
        Ok(())
    }

    /// Whose turn it is in the queue for a place.
    fn read_queue(&mut self, reader: &Reader) -> Result<()> {
        if self.network.queue.waiting() == 0 {
            return Ok(());
        }
        let key = addresses::queue_entry(&self.addresses.network, self.network.queue.head());
        self.queue_head = reader.find::<QueueEntry>([key])?.pop();
        let head = self.queue_head.as_ref().map(|(_, entry)| entry.provider);
        self.find_providers(reader, head)
    }

    fn read_work(&mut self, reader: &Reader, all: bool) -> Result<()> {
        // A job holds its fees in escrow until it has ended; closing it later is in no hurry.
        if self.network.job_classes != 0 && (all || self.escrow > 0) {
            self.read_jobs(reader)?;
        }
        if self.work.roster.is_some() && (all || self.pools.values().any(|pool| self.is_about_shards(pool))) {
            let shards = reader.list::<ScoreShard>(&[])?;
            self.work.shards = Some(shards.into_iter().map(|(_, shard)| ((shard.epoch, shard.shard), shard)).collect());
        }
        if self.work.roster.is_some() && all {
            let attesters = reader.list::<Attester>(&[])?.into_iter().map(|(_, attester)| attester);
            self.work.waiting = attesters.filter(Attester::aims).collect();
        }
        Ok(())
    }

    /// Whether shards of an epoch are to be drawn, looked at before they count, or settled.
    fn is_about_shards(&self, pool: &EpochPool) -> bool {
        let has_ended = self.work_ts().has_reached(pool.ends_at_work_ts);
        let is_open = pool.state == EpochState::Open as u8;
        if pool.open_shards == 0 || (is_open && !has_ended) {
            let can_be_drawn = |shard: u16| self.network.seed_of_shard(pool, shard, self.now_ts).is_ok();
            let drawable = super::scores::shards().filter(|shard| can_be_drawn(*shard)).count();
            return drawable > usize::try_from(pool.open_shards).unwrap_or(usize::MAX);
        }
        true
    }

    fn read_jobs(&mut self, reader: &Reader) -> Result<()> {
        let jobs = reader.list::<Job>(&[])?;
        if jobs.is_empty() {
            return Ok(());
        }
        let mut seats: BTreeMap<Pubkey, Vec<(Pubkey, Assignment)>> = BTreeMap::new();
        for (key, assignment) in reader.list::<Assignment>(&[])? {
            seats.entry(assignment.job).or_default().push((key, assignment));
        }
        let mut entries = Vec::new();
        for (key, job) in jobs {
            let mut seats = seats.remove(&key).unwrap_or_default();
            if seats.len() != usize::from(job.seats()) {
                reader.skip(key, Job::NAME, "one of its seats cannot be read".into());
                continue;
            }
            seats.sort_unstable_by_key(|(_, assignment)| assignment.seat);
            entries.push((key, JobEntry { job, seats }));
        }
        self.work.jobs = entries.into_iter().collect();
        self.read_draws(reader)
    }

    /// What the draws that are due look at: the tree, and the providers of the next leaves with their offers.
    fn read_draws(&mut self, reader: &Reader) -> Result<()> {
        let due = draws(self);
        if due.is_empty() {
            return Ok(());
        }
        let tree = *self.network.work_tree(Epoch(self.epoch()));
        self.work.tree = if tree == Pubkey::default() { None } else { reader.find_boxed(&tree)? };
        let drawn = super::jobs::drawn(self, &due);
        self.find_providers(reader, drawn.iter().copied())?;
        let offers =
            drawn.iter().filter(|key| self.provider(key).is_some_and(Provider::has_offer)).map(addresses::offer);
        let offers = reader.find::<Offer>(offers.collect::<Vec<_>>())?;
        self.work.offers = offers.into_iter().map(|(_, offer)| (offer.provider, offer)).collect();
        Ok(())
    }
}

/// Whether a finalized epoch has weight that is not settled. Providers without any are found once an hour.
fn is_unsettled(pool: &EpochPool) -> bool {
    pool.state == EpochState::Finalized as u8 && pool.settled < pool.weighed
}

fn network_of(key: &Pubkey, account: Option<&RawAccount>) -> Result<Network> {
    let account = account.ok_or_else(|| Failure::Failed(format!("there is no {} at {key}", Network::NAME)))?;
    if account.owner != ID {
        return Err(Failure::Failed(format!(
            "the account at {key} is no {}: it belongs to {}",
            Network::NAME,
            account.owner
        )));
    }
    Network::decode(&account.data).map_err(|error| Failure::Failed(format!("at {key}: {error}")))
}

/// Slot and unix seconds of the chain's clock: its first field and its last.
fn clock(account: Option<&RawAccount>) -> Result<(u64, i64)> {
    let parts = account.and_then(|clock| Some((clock.data.first_chunk()?, clock.data.get(32..)?.first_chunk()?)));
    let (slot, now_ts) = parts.ok_or_else(|| TransportError::Malformed("the chain's clock is not a clock".into()))?;
    Ok((u64::from_le_bytes(*slot), i64::from_le_bytes(*now_ts)))
}

fn rent_per_byte(rent: &RawAccount) -> Option<u64> {
    let (a_year, years) = (rent.data.first_chunk()?, rent.data.get(8..)?.first_chunk()?);
    Some(u64::from_le_bytes(*a_year).saturating_mul(f64::from_le_bytes(*years) as u64))
}

/// The chain's slot.
pub fn slot(chain: &dyn Transport) -> Result<u64> {
    Ok(clock(chain.account(&CLOCK)?.as_ref())?.0)
}
