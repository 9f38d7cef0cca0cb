//! A law of emission, and the network in which it is in force.

use {super::demand::Day, work_token_sdk::math::MAX_SUPPLY};

/// What a law is given.
#[derive(Clone, Copy, Debug)]
pub struct Today {
    /// The day's number, from 0.
    pub number: u32,
    /// Tokens that exist. Base units.
    pub supply: u64,
    /// Staked of them. Base units.
    pub staked: u64,
    /// What is demanded.
    pub day: Day,
}

/// What comes of a day. Base units.
#[derive(Clone, Copy, Debug, Default)]
pub struct Paid {
    /// The rate, in 10^-12 of the supply a year.
    pub rate_ppt: u64,
    /// Minted or taken from a reserve.
    pub emission: u64,
    /// Burned of fees.
    pub burned: u64,
    /// Minted again of that, for who worked.
    pub minted_back: u64,
    /// What of the emission goes by units of work.
    pub by_units: u64,
    /// Into the treasury, of emission and of fees.
    pub treasury: u64,
    /// What providers get of fees.
    pub fees_of_providers: u64,
    /// What providers and those behind them get: of emission, of fees, and what was minted back.
    pub income: u64,
}

/// A law of emission.
pub trait Law {
    /// Its name.
    fn name(&self) -> &'static str;
    /// What it pays on a day.
    fn day(&mut self, today: &Today) -> Paid;
}

impl Today {
    /// The staked part of the supply. Millionths.
    pub fn staked_ppm(&self) -> u64 {
        // At most a million.
        (u128::from(self.staked) * 1_000_000 / u128::from(self.supply.max(1))) as u64
    }

    /// All fees.
    pub fn fees(&self) -> u64 {
        self.day.fees.saturating_add(self.day.washed)
    }
}

impl Paid {
    /// Where nothing burns, and providers get emission and fees whole.
    pub fn all_to_providers(emission: i128, rate_ppt: u64, today: &Today) -> Self {
        let room = i128::from(MAX_SUPPLY - 1) - i128::from(today.supply);
        // At most the room, which is below 2^60.
        let emission = emission.clamp(0, room.max(0)) as u64;
        let fees = today.fees();
        Self { rate_ppt, emission, fees_of_providers: fees, income: emission.saturating_add(fees), ..Self::default() }
    }
}

/// A day as it was.
#[derive(Clone, Copy, Debug)]
pub struct Past {
    /// What the law was given.
    pub today: Today,
    /// What came of it.
    pub paid: Paid,
}

/// A network under a law.
pub struct Economy {
    law: Box<dyn Law>,
    supply: u64,
    /// Where stakers decide. 10^-12.
    staked_ppt: i128,
    /// Every day.
    pub days: Vec<Past>,
}

/// What stakers want of their stake a year. Millionths.
const WANTED_PPM: i128 = 80_000;
/// Days in which the ratio would follow wholly if it went on as fast.
const PATIENCE_DAYS: i128 = 180;
const WHOLE: i128 = 1_000_000_000_000;

impl Economy {
    /// With a supply, and a third of it staked where the demand does not say.
    pub fn begin(law: Box<dyn Law>, supply: u64) -> Self {
        Self { law, supply, staked_ppt: WHOLE / 3, days: Vec::new() }
    }

    /// The law's name.
    pub fn name(&self) -> &'static str {
        self.law.name()
    }

    /// A day.
    pub fn next_day(&mut self, day: Day) {
        if let Some(staked_ppm) = day.staked_ppm {
            self.staked_ppt = i128::from(staked_ppm) * (WHOLE / 1_000_000);
        }
        // At most the supply.
        let staked = (i128::from(self.supply) * self.staked_ppt / WHOLE) as u64;
        let number = self.days.len() as u32;
        let today = Today { number, supply: self.supply, staked, day };
        let paid = self.law.day(&today);
        self.supply =
            self.supply.saturating_add(paid.emission).saturating_add(paid.minted_back).saturating_sub(paid.burned);
        if day.staked_ppm.is_none() {
            self.follow(&today, &paid);
        }
        self.days.push(Past { today, paid });
    }

    /// Stakers come while a year of today's income pays more than they want, and go while it pays less: the
    /// ratio moves by x (1 - x) times how far the yield is off, at most once in half a year.
    fn follow(&mut self, today: &Today, paid: &Paid) {
        let washed = i128::from(today.day.washed);
        let yield_ppm = (i128::from(paid.income) - washed).max(0) * 365 * 1_000_000 / i128::from(today.staked.max(1));
        let off = ((yield_ppm - WANTED_PPM) * 1_000_000 / WANTED_PPM).clamp(-1_000_000, 1_000_000);
        let moved = self.staked_ppt * (WHOLE - self.staked_ppt) / WHOLE * off / 1_000_000 / PATIENCE_DAYS;
        self.staked_ppt = (self.staked_ppt + moved).clamp(WHOLE / 100, WHOLE * 95 / 100);
    }
}
