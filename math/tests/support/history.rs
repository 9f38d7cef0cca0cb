//! Histories of one delegated pool with several delegators, run twice: on the books of [`Provider`] with this
//! crate's positions, and on an exact model that knows who held which shares in which epoch and divides
//! without rounding.

use super::{
    any_width,
    exact::{over, whole, zero},
    part_of,
    provider::Provider,
};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;
use work_token_math::{Amount, Epoch, GENERATION_RING, IndexHistory, MIN_REWARD_SHARES, Position, Shares};

/// Delegators of a history.
pub const OWNERS: usize = 5;

/// One thing that happens. Parts and sizes are chosen by a number of any width.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    Deposit(usize, u64),
    Request(usize, u64),
    Cancel(usize),
    Give(usize, usize, u64),
    Withdraw(usize),
    Harvest(usize),
    Claim(usize),
    Slash(u64),
    Weigh(u32),
    Settle(u32, u64),
    SettleNext(u64),
    Pass(u32, bool),
}

/// Steps in which at most `pass` epochs go by at once.
pub fn any_step(pass: u32) -> impl Strategy<Value = Step> {
    let owner = || 0..OWNERS;
    prop_oneof![
        6 => (owner(), any_width()).prop_map(|(owner, size)| Step::Deposit(owner, size)),
        4 => (owner(), any_width()).prop_map(|(owner, part)| Step::Request(owner, part)),
        2 => owner().prop_map(Step::Cancel),
        3 => (owner(), owner(), any_width()).prop_map(|(from, to, part)| Step::Give(from, to, part)),
        2 => owner().prop_map(Step::Withdraw),
        4 => owner().prop_map(Step::Harvest),
        2 => owner().prop_map(Step::Claim),
        1 => any_width().prop_map(Step::Slash),
        2 => (0u32..7).prop_map(Step::Weigh),
        6 => (0u32..7, any_width()).prop_map(|(back, size)| Step::Settle(back, size)),
        6 => any_width().prop_map(Step::SettleNext),
        8 => (prop_oneof![8 => Just(1), 1 => 1..=pass], any::<bool>()).prop_map(|(epochs, busy)| Step::Pass(epochs, busy)),
    ]
}

/// Shares that earn from an epoch on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grain {
    pub activation: Epoch,
    pub shares: u64,
}

/// One delegator, in the books and in the model.
#[derive(Clone, Debug)]
pub struct Owner {
    pub position: Position,
    pub claimed: u64,
    /// How often something was rounded down for this owner.
    pub roundings: u64,
    tickets: Vec<(u32, u64)>,
    grains: Vec<Grain>,
    /// What it has earned, exactly.
    pub earned: BigRational,
}

/// A history under way.
#[derive(Clone, Debug)]
pub struct History {
    pub provider: Provider,
    pub owners: Vec<Owner>,
    /// Rewards that entered the index.
    pub distributed: u64,
    /// What the carried remainders may have moved from one epoch to the next, in 2^-64 units: both
    /// directions.
    moved: BigInt,
    /// Whether somebody activates lots before the ring of index ends loses them (position-lot-3).
    keepers: bool,
}

impl History {
    pub fn new(keepers: bool) -> Self {
        let owner = Owner {
            position: Position::default(),
            claimed: 0,
            roundings: 0,
            tickets: Vec::new(),
            grains: Vec::new(),
            earned: zero(),
        };
        Self { provider: Provider::new(), owners: vec![owner; OWNERS], distributed: 0, moved: BigInt::from(0), keepers }
    }

    pub fn run(&mut self, step: Step) {
        match step {
            Step::Deposit(owner, size) => self.deposit(owner, Amount((size >> 14).max(1 << 20))),
            Step::Request(owner, part) => self.request(owner, part),
            Step::Cancel(owner) => self.cancel(owner),
            Step::Give(from, to, part) => self.give(from, to, part),
            Step::Withdraw(owner) => self.withdraw(owner),
            Step::Harvest(owner) => self.harvest(owner),
            Step::Claim(owner) => self.claim(owner),
            Step::Slash(part) => self.slash(Amount(part_of(self.provider.pool.tokens.0, part))),
            Step::Weigh(back) => {
                let epoch = Epoch(self.provider.now.0.saturating_sub(back));
                self.provider.weigh(epoch);
            }
            Step::Settle(back, size) => {
                let epoch = Epoch(self.provider.now.0.saturating_sub(back));
                self.settle(epoch, Amount(size >> 12));
            }
            Step::SettleNext(size) => {
                if let Some(epoch) = (self.provider.unsettled.0..self.provider.now.0)
                    .map(Epoch)
                    .find(|&epoch| self.provider.record(epoch).is_some_and(|record| record.weighed))
                {
                    self.settle(epoch, Amount(size >> 12));
                }
            }
            Step::Pass(epochs, busy) => {
                self.keep_up();
                if busy {
                    self.provider.weigh(self.provider.now);
                }
                self.provider.touch(Epoch(self.provider.now.0 + epochs));
            }
        }
        self.assert_invariants();
    }

    /// Settles what can be settled, in order, and harvests everybody.
    pub fn finish(&mut self) {
        let now = self.provider.now.next();
        self.keep_up();
        self.provider.touch(now);
        for epoch in self.provider.unsettled.0..now.0 {
            self.settle(Epoch(epoch), Amount(1_000_003));
        }
        for owner in 0..OWNERS {
            self.harvest(owner);
        }
        self.assert_invariants();
    }

    fn harvest(&mut self, number: usize) {
        let owner = &mut self.owners[number];
        let lots = |position: &Position| position.lots.iter().filter(|lot| !lot.shares.is_zero()).count();
        let before = lots(&owner.position);
        let harvest = owner.position.harvest(&self.provider);
        owner.roundings += 1 + (before - lots(&owner.position)) as u64;
        assert!(harvest.from_lots <= harvest.credited);
        assert_eq!(owner.position.harvest(&self.provider), Default::default(), "a second harvest brings nothing");

        let owner = &self.owners[number];
        let credited = whole(owner.credited());
        let moved = over(self.moved.clone(), BigInt::from(1) << 64);
        assert!(credited <= owner.earned.clone() + moved.clone(), "overpaid: {owner:?}");
        if self.keepers {
            let bound = whole(owner.roundings) + moved;
            assert!(credited + bound >= owner.earned, "underpaid: {owner:?}");
        }
    }

    fn deposit(&mut self, owner: usize, amount: Amount) {
        self.harvest(owner);
        if let Some(minted) = self.provider.deposit(&mut self.owners[owner].position, amount) {
            self.add_grain(owner, minted.0);
        }
    }

    /// The model of a lot: at most two may wait, a third one takes the newer with it to its own epoch.
    fn add_grain(&mut self, owner: usize, shares: u64) {
        let activation = self.provider.now.next();
        let unsettled = self.provider.unsettled;
        let grains = &mut self.owners[owner].grains;
        let waiting = grains.iter().filter(|grain| grain.activation > unsettled).count();
        match grains.last_mut() {
            Some(newest) if newest.activation == activation || waiting == 2 => {
                *newest = Grain { activation, shares: newest.shares + shares };
            }
            _ => grains.push(Grain { activation, shares }),
        }
    }

    fn request(&mut self, number: usize, part: u64) {
        self.harvest(number);
        let owner = &mut self.owners[number];
        let shares = part_of(owner.position.total_shares().0, part);
        self.provider.request(&mut owner.position, Shares(shares));
        let mut rest = shares;
        while let Some(newest) = owner.grains.last_mut().filter(|_| rest > 0) {
            let taken = newest.shares.min(rest);
            rest -= taken;
            newest.shares -= taken;
            if newest.shares == 0 {
                owner.grains.pop();
            }
        }
        assert_eq!(rest, 0);
        if shares > 0 {
            owner.tickets.push((self.provider.pool.generation, shares));
        }
    }

    fn cancel(&mut self, number: usize) {
        self.harvest(number);
        let owner = &mut self.owners[number];
        let Some(&(generation, shares)) = owner.tickets.last() else { return };
        if generation == self.provider.pool.generation {
            owner.tickets.pop();
            self.provider.cancel(&mut owner.position, Shares(shares));
            self.add_grain(number, shares);
        }
    }

    /// Active shares count in every epoch that is not settled, whoever holds them: no record changes.
    fn give(&mut self, from: usize, to: usize, part: u64) {
        self.harvest(from);
        self.harvest(to);
        if from == to {
            return;
        }
        let (mut giver, mut receiver) = (self.owners[from].position, self.owners[to].position);
        let shares = part_of(giver.shares.0, part);
        let too_many = Shares(giver.shares.0.saturating_add(1));
        assert_eq!({ giver }.give(&mut { receiver }, too_many), None, "only what is active");
        giver.give(&mut receiver, Shares(shares)).expect("both are harvested");
        (self.owners[from].position, self.owners[to].position) = (giver, receiver);
        let (unsettled, mut rest) = (self.provider.unsettled, shares);
        for grain in self.owners[from].grains.iter_mut().filter(|grain| grain.activation <= unsettled) {
            let taken = grain.shares.min(rest);
            (grain.shares, rest) = (grain.shares - taken, rest - taken);
        }
        assert_eq!(rest, 0);
        self.owners[from].grains.retain(|grain| grain.shares > 0);
        if shares > 0 {
            self.owners[to].grains.insert(0, Grain { activation: Epoch(0), shares });
        }
    }

    fn withdraw(&mut self, owner: usize) {
        if let Some((generation, shares)) = self.owners[owner].tickets.pop()
            && generation == self.provider.pool.generation
        {
            self.provider.pool = self.provider.pool.release(Shares(shares)).0;
        }
    }

    fn claim(&mut self, number: usize) {
        self.harvest(number);
        let owner = &mut self.owners[number];
        let credited = owner.position.credited;
        let paid = self.provider.claim(&mut owner.position);
        assert_eq!(paid, credited, "what was credited is always owed");
        owner.claimed += paid.0;
    }

    fn slash(&mut self, amount: Amount) {
        if self.keepers {
            let oldest = (self.provider.pool.generation + 1).saturating_sub(GENERATION_RING);
            for owner in 0..OWNERS {
                if self.owners[owner].position.generation < oldest {
                    self.harvest(owner);
                }
            }
        }
        if self.provider.slash(amount) {
            for owner in &mut self.owners {
                owner.grains.clear();
            }
        }
    }

    fn settle(&mut self, epoch: Epoch, reward: Amount) {
        self.keep_up();
        let Some(record) = self.provider.record(epoch).copied() else { return };
        let (before, books) = (self.provider.rewards, format!("{:?}", self.provider));
        if !self.provider.settle(epoch, reward) {
            assert_eq!(books, format!("{:?}", self.provider), "out of turn nothing changes");
            return;
        }
        let counted: Vec<u64> = self.owners.iter().map(|owner| owner.counted_in(epoch)).collect();
        let all: u64 = counted.iter().sum();
        assert_eq!(record.snapshot.delegated_shares.0, all, "the record of {epoch:?} holds those who earn in it");
        if all < MIN_REWARD_SHARES {
            assert_eq!(self.provider.rewards, before);
            return;
        }
        self.distributed += reward.0;
        self.moved += before.remainder.max(self.provider.rewards.remainder);
        for (owner, shares) in self.owners.iter_mut().zip(counted).filter(|(_, shares)| *shares > 0) {
            owner.earned += over(BigInt::from(reward.0) * BigInt::from(shares), all);
        }
    }

    /// What a paid keeper does (position-lot-3): activates lots long before the ring of index ends loses
    /// them.
    fn keep_up(&mut self) {
        let unsettled = self.provider.unsettled;
        for owner in 0..OWNERS {
            let lots = self.owners[owner].position.lots;
            let late = |lot: &work_token_math::Lot| !lot.shares.is_zero() && lot.activation.0 + 8 <= unsettled.0;
            if self.keepers && lots.iter().any(late) {
                self.harvest(owner);
            }
        }
    }

    pub fn assert_invariants(&self) {
        let Provider { pool, rewards, unsettled, .. } = &self.provider;
        assert!(pool.tokens.0 <= pool.shares.0);
        let mut held = 0;
        let mut leaving = 0;
        let mut credited = 0;
        for owner in &self.owners {
            let position = &owner.position;
            let present = position.generation == pool.generation;
            let grains: u64 = owner.grains.iter().map(|grain| grain.shares).sum();
            assert_eq!(if present { position.total_shares().0 } else { 0 }, grains);
            let [older, newer] = position.lots;
            assert!(newer.shares.is_zero() || (!older.shares.is_zero() && older.activation < newer.activation));
            assert!(position.index_paid <= rewards.index);
            held += grains;
            leaving +=
                owner.tickets.iter().filter(|ticket| ticket.0 == pool.generation).map(|ticket| ticket.1).sum::<u64>();
            credited += position.credited.0;
        }
        assert_eq!((held + leaving, leaving), (pool.shares.0, pool.unbonding_shares.0));
        assert!(credited <= rewards.owed.0, "what is credited is owed");
        let claimed: u64 = self.owners.iter().map(|owner| owner.claimed).sum();
        assert_eq!(claimed + rewards.owed.0, self.distributed);
        for epoch in unsettled.0.saturating_sub(15).max(1)..unsettled.0 {
            assert!(self.provider.end_of(Epoch(epoch - 1)) <= self.provider.end_of(Epoch(epoch)));
        }
    }

    /// What nobody will ever claim, once everybody has harvested.
    pub fn stranded(&self) -> u64 {
        self.distributed - self.owners.iter().map(Owner::credited).sum::<u64>()
    }

    pub fn roundings(&self) -> u64 {
        self.owners.iter().map(|owner| owner.roundings).sum()
    }
}

impl Owner {
    /// Credited so far, claimed or not.
    pub fn credited(&self) -> u64 {
        self.claimed + self.position.credited.0
    }

    fn counted_in(&self, epoch: Epoch) -> u64 {
        self.grains.iter().filter(|grain| grain.activation <= epoch).map(|grain| grain.shares).sum()
    }
}
