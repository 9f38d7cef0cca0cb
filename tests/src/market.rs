//! A market for work: providers with offers and a client, on a day with leaves to draw from.

use {
    crate::{
        HOUR, TOKEN,
        job::Buyer,
        world::{Owner, World},
    },
    std::ops::Deref,
    work_token_localnet::{Actor, ScenarioOptions},
    work_token_sdk::{Instruction, Pubkey, SeatAddresses, ix, presets::JOB_RULES, state::JobRules},
};

/// Class of a [`Market`]: a fixed fee, one provider.
pub const FIXED: u8 = 0;
/// Class of a [`Market`]: a price per second, one provider.
pub const METERED: u8 = 1;
/// Class of a [`Market`]: a fixed fee for each of three providers.
pub const TRIPLE: u8 = 2;
/// Class of a [`Market`]: a fixed fee for each of five providers.
pub const QUINTUPLE: u8 = 3;
/// What each provider of a [`Market`] has staked: three fees of [`FEE`] bind less.
pub const STAKE: u64 = 20_000 * TOKEN;
/// The usual fee. It binds 6,000 tokens.
pub const FEE: u64 = 100 * TOKEN;
/// The bounty of one crank of a job by the default parameters.
pub const JOB_BOUNTY: u64 = 1_000;

/// The draw fee of a job: the bounties of two captures, and of eight draws and an end for each seat; and as
/// much again to burn.
pub const fn draw_fee(seats: u64) -> u64 {
    2 * JOB_BOUNTY * (2 + 9 * seats)
}

/// A network that trades work, in the first epoch whose tree has a leaf for each provider.
pub struct Market {
    /// The network.
    pub world: World,
    /// Its providers; each serves all classes at any price.
    pub owners: Vec<Owner>,
    /// A client with a million tokens.
    pub client: Buyer,
}

impl Deref for Market {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

impl Market {
    /// A market with `count` providers of [`STAKE`] and 10 % commission each.
    pub fn new(count: usize) -> Self {
        Self::with(&vec![STAKE; count], |_| ())
    }

    /// A market with a provider for each stake, and some options of the network changed.
    pub fn with(stakes: &[u64], edit: impl FnOnce(&mut ScenarioOptions)) -> Self {
        Self::unweighed(stakes, edit).weighed()
    }

    /// From epoch 0 to epoch 3, the first whose tree can have leaves.
    pub fn weighed(self) -> Self {
        self.go_to_epoch(2);
        self.weigh(1, &self.all());
        self.next_epoch();
        self
    }

    /// A market in epoch 0: nothing is weighed, so no epoch has a leaf yet.
    pub fn unweighed(stakes: &[u64], edit: impl FnOnce(&mut ScenarioOptions)) -> Self {
        let world = World::with(edit);
        world.scenario.adopt_work_trees().expect("trees are adopted");
        let metered = JobRules { kind: 1, ..JOB_RULES };
        let of = |redundancy| JobRules { redundancy, ..JOB_RULES };
        for (class, rules) in [(FIXED, JOB_RULES), (METERED, metered), (TRIPLE, of(3)), (QUINTUPLE, of(5))] {
            world.set_class(class, &rules);
        }
        let owners: Vec<Owner> =
            stakes.iter().enumerate().map(|(i, stake)| world.owner(&format!("owner {i}"), 1_000, *stake)).collect();
        for owner in &owners {
            world.offer(owner, u16::MAX, 0);
        }
        let client = world.buyer("client", 1_000_000 * TOKEN);
        Self { world, owners, client }
    }

    /// All providers' owners.
    pub fn all(&self) -> Vec<&Owner> {
        self.owners.iter().collect()
    }

    /// Turns to the next epoch in which something can be drawn, weighing everybody for it.
    pub fn next_market_day(&self) {
        let (weighed, then) = (self.epoch() - 1, self.epoch() + 1);
        self.weigh(weighed, &self.all());
        self.go_to_epoch(then);
    }

    /// The owner of a provider.
    pub fn owner_of(&self, provider: &Pubkey) -> &Owner {
        self.owners.iter().find(|owner| owner.at.provider == *provider).expect("one of the market's providers")
    }

    /// The owner whose provider has, or last had, a seat.
    pub fn worker(&self, seat: &SeatAddresses) -> &Owner {
        self.owner_of(&self.seat_state(seat).provider)
    }

    /// A new job of the market's client: its only seat, or its first.
    pub fn job(&self, class: u8, fee: u64) -> SeatAddresses {
        self.place(&self.client, &self.order(&self.client, class, fee)).seat(0)
    }

    /// A new metered job with an hour to work.
    pub fn meter(&self, ceiling: u64, price_per_sec: u64) -> SeatAddresses {
        let mut order = self.order(&self.client, METERED, ceiling);
        order.price_per_sec = price_per_sec;
        order.work_secs = u32::try_from(HOUR).expect("an hour");
        self.place(&self.client, &order).seat(0)
    }

    /// A new metered job whose meter runs.
    pub fn running(&self, price_per_sec: u64) -> SeatAddresses {
        let seat = self.meter(FEE, price_per_sec);
        self.capture(&seat.job);
        self.draw(&seat);
        self.accept(&seat);
        seat
    }

    /// A new job whose first seat is drawn.
    pub fn drawn(&self, class: u8, fee: u64) -> SeatAddresses {
        let seat = self.job(class, fee);
        self.capture(&seat.job);
        self.draw(&seat);
        seat
    }

    /// A new job whose first seat is accepted.
    pub fn accepted(&self, class: u8, fee: u64) -> SeatAddresses {
        let seat = self.drawn(class, fee);
        self.accept(&seat);
        seat
    }

    /// A new job of one provider with its result.
    pub fn submitted(&self, class: u8, fee: u64) -> SeatAddresses {
        let seat = self.accepted(class, fee);
        self.submit(&seat);
        seat
    }

    /// A new redundant job, all of its seats accepted.
    pub fn all_accepted(&self, class: u8, fee: u64) -> Vec<SeatAddresses> {
        let job = self.job(class, fee).job;
        self.capture(&job);
        let seats = self.seats(&job);
        for seat in &seats {
            self.draw(seat);
            self.accept(seat);
        }
        seats
    }

    /// The operator of the first provider.
    pub fn operator_0(&self) -> Actor {
        self.scenario.operator_of(&self.owners[0].actor)
    }

    /// A draw without any accounts but the tree's: for refusals that come before the leaves.
    pub fn bare_draw(&self, seat: &SeatAddresses) -> Instruction {
        let work_tree = self.scenario.work_tree(self.epoch());
        ix::draw_job(seat, self.scenario.paid_keeper(), &ix::Draw { work_tree, released: None, candidates: &[] })
    }
}
