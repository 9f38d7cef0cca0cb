//! A provider: remembered faults, debt, own rewards that wait.

use {
    super::{num::floor, pool::Pool},
    crate::op::{Standing, Who},
    std::{cmp::Reverse, collections::BTreeMap},
};

/// Faults upheld within so many epochs are remembered.
pub const REMEMBERED: u32 = 90;
/// Faults that a provider remembers.
const FAULTS: usize = 8;

/// Whom an owner proposed as the next one, and when that one may accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub to: Who,
    pub from: i64,
    pub until: i64,
}

impl Proposal {
    pub fn is_due(&self, now: i64) -> bool {
        (self.from..self.until).contains(&now)
    }
}

/// A fault that was upheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offence {
    /// Epoch of the verdict.
    pub verdict: u32,
    /// Epoch of the fault.
    pub fault: u32,
    pub severity: u8,
}

/// Own rewards of an epoch on their way to the owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vesting {
    pub epoch: u32,
    pub from: i64,
    pub secs: i64,
    pub amount: u64,
    pub taken: u64,
}

/// Own rewards as the chain has them: what the model takes as given, because other histories predict it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rewards {
    pub claimable: u64,
    /// In the order of the ring.
    pub vesting: Vec<Vesting>,
    /// Of each open claim: what is frozen of entries that made room, which epochs, since when.
    pub frozen: BTreeMap<u32, (u64, (u32, u32), i64)>,
}

impl Vesting {
    fn free(&self, until: i64) -> u64 {
        let elapsed = (until - self.from).clamp(0, self.secs);
        let vested = if elapsed == self.secs {
            self.amount
        } else {
            floor(self.amount, elapsed.unsigned_abs(), self.secs.unsigned_abs())
        };
        vested.saturating_sub(self.taken)
    }

    /// What has not vested by a time.
    pub fn unvested(&self, at: i64) -> u64 {
        (self.amount - self.taken) - self.free(at)
    }
}

impl Rewards {
    /// All of them.
    pub fn all(&self) -> u64 {
        let frozen: u64 = self.frozen.values().map(|(amount, ..)| amount).sum();
        self.claimable + frozen + self.vesting.iter().map(|entry| entry.amount - entry.taken).sum::<u64>()
    }

    /// What can be claimed now: an open dispute about an epoch stops what has not vested.
    pub fn free(&self, now: i64) -> u64 {
        let until = |entry: &Vesting| {
            let about = self.frozen.values().filter(|(_, (from, to), _)| (*from..=*to).contains(&entry.epoch));
            about.map(|(.., since)| *since).min().map_or(now, |since| since.min(now))
        };
        self.claimable + self.vesting.iter().map(|entry| entry.free(until(entry))).sum::<u64>()
    }

    /// What a claim can confiscate: what it has frozen, and what of its epochs has not vested since.
    pub fn confiscable(&self, claim: u32) -> u64 {
        let Some((frozen, (from, to), since)) = self.frozen.get(&claim) else { return 0 };
        let of_epochs = self.vesting.iter().filter(|entry| (*from..=*to).contains(&entry.epoch));
        frozen + of_epochs.map(|entry| entry.unvested(*since)).sum::<u64>()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Provider {
    pub exists: bool,
    pub owner: Who,
    /// Who is to own it next, and who owned it before.
    pub proposal: Option<Proposal>,
    pub former: Vec<Who>,
    pub standing: Standing,
    pub pools: [Pool; 2],
    /// Held back in tickets.
    pub held: u64,
    pub counter_bond: u64,
    pub counter_bonder: Option<usize>,
    pub open_disputes: u32,
    pub answered_disputes: u32,
    /// Seats of jobs that are not paid.
    pub open_seats: u32,
    /// Claims that were ever made, and the places of the open ones.
    pub claims: u32,
    pub places: [Option<u32>; 4],
    pub debt: u64,
    pub offences: Vec<Offence>,
    /// What it added last to the network's convictions, by severity from 3 on: epoch and stake.
    pub convicted: [Option<(u32, u64)>; 3],
    /// Epoch of the last of these, whether or not the network still has room for it.
    pub latest: [Option<u32>; 3],
    pub jailed_until: u32,
    /// When the arbiter convicted it last without a jury.
    pub ruled: Option<u32>,
    /// Its stake when an epoch began.
    pub records: BTreeMap<u32, [u64; 2]>,
    pub rewards: Rewards,
    /// The last epoch in which it was touched.
    pub touched: u32,
}

impl Provider {
    pub fn of(owner: Who) -> Self {
        Self {
            exists: true,
            owner,
            proposal: None,
            former: Vec::new(),
            standing: Standing::Free,
            pools: [Pool::new(), Pool::new()],
            held: 0,
            counter_bond: 0,
            counter_bonder: None,
            open_disputes: 0,
            answered_disputes: 0,
            open_seats: 0,
            claims: 0,
            places: [None; 4],
            debt: 0,
            offences: Vec::new(),
            convicted: [None; 3],
            latest: [None; 3],
            jailed_until: 0,
            ruled: None,
            records: BTreeMap::new(),
            rewards: Rewards::default(),
            touched: 0,
        }
    }

    pub fn is_leaving(&self) -> bool {
        matches!(self.standing, Standing::Retiring | Standing::Expelled)
    }

    /// A fault is remembered: one for each faulty epoch; another takes the place of an expired one, else of
    /// the mildest, else of the oldest. A milder one than all does not.
    pub fn remember(&mut self, new: Offence, now: u32) {
        let known = |offence: &Offence| (now + 1).saturating_sub(offence.verdict + 1) < REMEMBERED;
        if let Some(same) = self.offences.iter_mut().find(|offence| known(offence) && offence.fault == new.fault) {
            if new.severity > same.severity {
                (same.severity, same.verdict) = (new.severity, new.verdict);
            }
            return;
        }
        if self.offences.len() < FAULTS {
            self.offences.push(new);
            return;
        }
        let rank = |offence: &&mut Offence| (known(offence), offence.severity, offence.verdict, Reverse(offence.fault));
        let place = self.offences.iter_mut().min_by_key(rank).expect("eight are remembered");
        if !known(place) || new.severity >= place.severity {
            *place = new;
        }
    }
}
