//! A pool of stake, and what is held of it: positions and tickets.

use {
    super::{
        claim::Listed,
        num::{Kept, floor},
        refuse::require,
    },
    crate::op::{At, OWN},
};

/// A pool holds less than this.
const MOST_TOKENS: u64 = 1 << 60;
/// A pool with more shares a token takes no deposit.
const MOST_SHARES_PER_TOKEN: u64 = 16;

/// The two pools of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Own = 0,
    Delegated = 1,
}

impl Kind {
    /// The pool of a position.
    pub fn of(at: At) -> Self {
        if at.1 == OWN { Self::Own } else { Self::Delegated }
    }
}

/// Principal of one kind and the claims on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    pub tokens: u64,
    pub shares: u64,
    /// Shares in tickets.
    pub leaving: u64,
    /// How often it was slashed to nothing.
    pub generation: u32,
    /// What has stayed since claims began to be held against it.
    pub kept: Kept,
}

impl Pool {
    pub fn new() -> Self {
        Self { tokens: 0, shares: 0, leaving: 0, generation: 0, kept: Kept::all() }
    }

    /// What some shares are worth, rounded down; the last ones are worth all.
    pub fn value(&self, shares: u64) -> u64 {
        if shares == self.shares { self.tokens } else { floor(shares, self.tokens, self.shares) }
    }

    /// What is not leaving.
    pub fn staked(&self) -> u64 {
        self.value(self.shares - self.leaving)
    }

    /// Shares for a deposit, rounded down.
    pub fn deposit(&mut self, amount: u64) -> Result<u64, &'static str> {
        require(amount > 0, "a deposit is more than nothing")?;
        require(self.tokens.checked_add(amount).is_some_and(|all| all < MOST_TOKENS), "the pool is full")?;
        let minted = if self.tokens == self.shares {
            amount
        } else {
            require(self.shares <= MOST_SHARES_PER_TOKEN * self.tokens, "the pool was slashed too deep")?;
            floor(amount, self.shares, self.tokens)
        };
        self.tokens += amount;
        self.shares += minted;
        Ok(minted)
    }

    /// Everybody in it loses alike. Returns what was taken.
    pub fn slash(&mut self, amount: u64) -> u64 {
        let taken = amount.min(self.tokens);
        self.tokens -= taken;
        if self.tokens == 0 && taken > 0 {
            (self.shares, self.leaving) = (0, 0);
            self.generation += 1;
        }
        taken
    }
}

/// A position: shares outside tickets, and how many tickets it has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    pub shares: u64,
    pub generation: u32,
    pub live: u8,
    pub held: u16,
    pub last_ticket: u32,
}

/// Stake that has asked to leave.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticket {
    pub shares: u64,
    pub generation: u32,
    pub matures_at: i64,
    /// Held back for open claims.
    pub held: u64,
    /// What it took along of the pool.
    pub weight: Kept,
    /// The claims for which it is held, by the place in its list.
    pub claims: [Option<Listed>; 4],
}

impl Ticket {
    pub fn new(generation: u32) -> Self {
        Self { shares: 0, generation, matures_at: 0, held: 0, weight: Kept::all(), claims: Default::default() }
    }

    pub fn is_held(&self) -> bool {
        self.shares == 0 && self.held > 0
    }
}
