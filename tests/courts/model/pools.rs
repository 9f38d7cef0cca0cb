//! Stake: what is deposited buys shares, shares leave by tickets at the price of the day.

use {
    super::{
        Model, Verdict,
        claims::Listed,
        num::{Kept, floor},
        require,
    },
    crate::op::At,
};

/// A pool holds less than this.
const MOST_TOKENS: u64 = 1 << 60;
/// A pool with more shares a token takes no deposit.
const MOST_SHARES_PER_TOKEN: u64 = 16;
/// Tickets of a position whose shares are still in the pool.
const MOST_LIVE: u8 = 8;

/// The two pools of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Own = 0,
    Delegated = 1,
}

impl Kind {
    /// The pool of a position.
    pub fn of(at: At) -> Self {
        if at.0 == at.1 { Self::Own } else { Self::Delegated }
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
    fn deposit(&mut self, amount: u64) -> Result<u64, &'static str> {
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
    fn new(generation: u32) -> Self {
        Self { shares: 0, generation, matures_at: 0, held: 0, weight: Kept::all(), claims: Default::default() }
    }

    pub fn is_held(&self) -> bool {
        self.shares == 0 && self.held > 0
    }
}

impl Model {
    /// A position brought up to date: shares of an ended generation are void.
    fn settle(&mut self, at: At) -> Result<&mut Position, &'static str> {
        require(self.providers[at.0].exists, "the provider is closed")?;
        let generation = self.pool(at.0, Kind::of(at)).generation;
        let position = self.positions.get_mut(&at).ok_or("no such position")?;
        if position.generation != generation {
            position.shares = 0;
            position.generation = generation;
        }
        Ok(position)
    }

    pub fn stake_self(&mut self, provider: usize, amount: u64) -> Verdict {
        let at = (provider, provider);
        require(self.providers[provider].exists && !self.providers[provider].is_leaving(), "it leaves")?;
        let live = self.settle(at)?.live;
        let minimum = self.rules.minimum_self_stake;
        let pool = self.pool_mut(provider, Kind::Own);
        require(pool.staked() > 0 || amount >= minimum, "a first deposit below the minimum")?;
        let mut refilled = None;
        if live == 0 && pool.shares != pool.tokens {
            // Nobody else is in it: its only holder refills it at one share a token.
            pool.shares = pool.tokens;
            refilled = Some(pool.shares);
        }
        let minted = pool.deposit(amount)?;
        let position = self.settle(at)?;
        position.shares = refilled.unwrap_or(position.shares) + minted;
        self.money.pay_in(provider, amount)?;
        self.money.stakes[provider] += amount;
        Ok(())
    }

    pub fn delegate(&mut self, at: At, amount: u64) -> Verdict {
        let provider = &self.providers[at.0];
        require(provider.exists && !provider.is_leaving(), "it leaves")?;
        require(at.0 != at.1, "an owner does not delegate to itself")?;
        require(amount >= self.rules.minimum_delegation, "below the minimum")?;
        let generation = provider.pools[1].generation;
        self.positions.entry(at).or_insert_with(|| Position { generation, ..Position::default() });
        self.settle(at)?;
        let minted = self.pool_mut(at.0, Kind::Delegated).deposit(amount)?;
        self.settle(at)?.shares += minted;
        self.money.pay_in(at.1, amount)?;
        self.money.stakes[at.0] += amount;
        Ok(())
    }

    pub fn request(&mut self, at: At, shares: u64) -> Verdict {
        let kind = Kind::of(at);
        let position = self.settle(at)?;
        require(shares > 0 && shares <= position.shares, "not so many shares")?;
        position.shares -= shares;
        let rest = position.shares;
        if position.live < MOST_LIVE {
            position.live += 1;
            position.last_ticket += 1;
        }
        let number = position.last_ticket;
        let (minimum, secs) = match kind {
            Kind::Own => (self.rules.minimum_self_stake, self.rules.own_unbonding_secs),
            Kind::Delegated => (self.rules.minimum_delegation, self.rules.unbonding_secs),
        };
        let matures_at = self.time.now + i64::from(secs);
        let pool = self.pool_mut(at.0, kind);
        require(rest == 0 || pool.value(rest) >= minimum, "the rest is below the minimum")?;
        pool.leaving += shares;
        let generation = pool.generation;
        let ticket = self.tickets.entry((at, number)).or_insert_with(|| Ticket::new(generation));
        if ticket.generation != generation {
            (ticket.generation, ticket.shares) = (generation, 0);
        }
        ticket.shares += shares;
        ticket.matures_at = ticket.matures_at.max(matures_at);
        Ok(())
    }

    pub fn cancel(&mut self, at: At, number: u32) -> Verdict {
        let ticket = self.tickets.get(&(at, number)).ok_or("no such ticket")?;
        let (shares, generation, held) = (ticket.shares, ticket.generation, ticket.held);
        require(!self.providers[at.0].is_leaving(), "it leaves")?;
        self.settle(at)?;
        require(held == 0 && shares > 0, "it was partly paid")?;
        require(generation == self.pool(at.0, Kind::of(at)).generation, "its generation has ended")?;
        let position = self.settle(at)?;
        position.shares += shares;
        position.live -= 1;
        self.pool_mut(at.0, Kind::of(at)).leaving -= shares;
        self.tickets.remove(&(at, number));
        Ok(())
    }

    pub fn withdraw(&mut self, at: At, number: u32) -> Verdict {
        let kind = Kind::of(at);
        let mut ticket = self.tickets.get(&(at, number)).ok_or("no such ticket")?.clone();
        require(self.time.now >= ticket.matures_at, "it is not mature")?;
        self.settle(at)?;
        require(ticket.shares > 0, "it was paid")?;
        let shares = std::mem::take(&mut ticket.shares);
        self.settle(at)?.live -= 1;
        if ticket.generation != self.pool(at.0, kind).generation {
            self.tickets.remove(&(at, number));
            return Ok(());
        }
        let all = self.pool(at.0, kind).shares;
        let value = self.pool(at.0, kind).value(shares);
        let parts = self.depart(at.0, kind, &mut ticket, (shares, all));
        let pool = self.pool_mut(at.0, kind);
        pool.tokens -= value;
        pool.shares -= shares;
        pool.leaving -= shares;
        ticket.held = value.min(parts);
        let paid = value - ticket.held;
        self.money.stakes[at.0] -= paid;
        self.money.wallets[at.1] += paid;
        self.providers[at.0].held += ticket.held;
        if ticket.held > 0 {
            self.settle(at)?.held += 1;
            self.tickets.insert((at, number), ticket);
        } else {
            self.tickets.remove(&(at, number));
        }
        Ok(())
    }

    /// A position closes once nothing is left in it; what rewards it has the model does not know.
    pub fn close_position(&mut self, at: At) -> Verdict {
        let position = self.settle(at)?;
        require(position.shares == 0 && position.live == 0 && position.held == 0, "it is not empty")?;
        require(at.0 != at.1 || self.providers[at.0].is_leaving(), "an owner stays while its provider does")?;
        self.positions.remove(&at);
        Ok(())
    }
}
