//! Stake: what is deposited buys shares, shares leave by tickets at the price of the day.

use {
    super::{
        books::Model,
        pool::{Kind, Position, Ticket},
        refuse::{Verdict, require},
    },
    crate::op::{At, OWN},
};

/// Tickets of a position whose shares are still in the pool.
const MOST_LIVE: u8 = 8;

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
        let at = (provider, OWN);
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
        self.money.pay_in(self.providers[provider].owner, amount)?;
        self.money.stakes[provider] += amount;
        Ok(())
    }

    pub fn delegate(&mut self, at: At, amount: u64) -> Verdict {
        let provider = &self.providers[at.0];
        require(provider.exists && !provider.is_leaving(), "it leaves")?;
        require(self.holder(at) != provider.owner, "an owner does not delegate to itself")?;
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
        let holder = self.holder(at);
        self.money.wallets[holder] += paid;
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
        require(at.1 != OWN || self.providers[at.0].is_leaving(), "an owner stays while its provider does")?;
        self.positions.remove(&at);
        Ok(())
    }
}
