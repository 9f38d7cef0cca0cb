//! What disputes do to a provider: jail, debt, and what it may do meanwhile.

use {
    super::{
        books::Model,
        pool::{Kind, Pool},
        provider::{Offence, REMEMBERED},
        refuse::{Verdict, require},
    },
    crate::op::Standing,
};

/// The arbiter convicts a provider without a jury once in so many epochs.
const ARBITER: u32 = 90;

impl Model {
    pub fn pool(&self, provider: usize, kind: Kind) -> &Pool {
        &self.providers[provider].pools[kind as usize]
    }

    pub fn pool_mut(&mut self, provider: usize, kind: Kind) -> &mut Pool {
        &mut self.providers[provider].pools[kind as usize]
    }

    /// Faults at least as severe that were upheld before the epoch of this one began, and are remembered.
    pub fn repeats(&self, provider: usize, severity: u8, fault: u32, now: u32) -> u32 {
        let counts = |offence: &&Offence| {
            let known = (now + 1).saturating_sub(offence.verdict + 1) < REMEMBERED;
            known && offence.severity >= severity && offence.verdict < fault
        };
        u32::try_from(self.providers[provider].offences.iter().filter(counts).count()).expect("eight at most")
    }

    /// The consequences of a conviction.
    pub fn sentence(&mut self, provider: usize, severity: u8, jail: u32, (fault, verdict): (u32, u32)) {
        let now = self.time.epoch();
        let known = &mut self.providers[provider];
        known.remember(Offence { verdict, fault, severity }, now);
        if severity == 5 {
            known.standing = Standing::Expelled;
        } else if jail > 0 && !known.is_leaving() {
            known.standing = Standing::Jailed;
            known.jailed_until = known.jailed_until.max(now + jail);
        }
    }

    pub fn unjail(&mut self, provider: usize) -> Verdict {
        let (now, minimum) = (self.time.epoch(), self.rules.minimum_self_stake);
        let known = &mut self.providers[provider];
        require(known.exists && known.standing == Standing::Jailed, "it is not jailed")?;
        require(now >= known.jailed_until, "its time is not over")?;
        require(known.debt == 0, "it has debt")?;
        require(known.pools[0].staked() >= minimum, "below the minimum stake")?;
        known.standing = Standing::Free;
        Ok(())
    }

    pub fn forgive(&mut self, provider: usize, amount: u64) -> Verdict {
        let known = &mut self.providers[provider];
        require(known.exists, "it is closed")?;
        let forgiven = amount.min(known.debt);
        known.debt -= forgiven;
        require(forgiven > 0, "nothing to forgive")
    }

    pub fn note_ruling(&mut self, provider: usize) -> Verdict {
        let now = self.time.epoch();
        let known = &mut self.providers[provider];
        require(known.ruled.is_none_or(|last| now - last >= ARBITER), "the arbiter convicted it before")?;
        known.ruled = Some(now);
        Ok(())
    }

    pub fn retire(&mut self, provider: usize) -> Verdict {
        let known = &mut self.providers[provider];
        require(known.exists && !known.is_leaving(), "it leaves")?;
        known.standing = Standing::Retiring;
        Ok(())
    }

    /// The owner's free rewards are paid, after its debt.
    pub fn claim_own(&mut self, provider: usize) -> Verdict {
        let now = self.time.now;
        let known = &mut self.providers[provider];
        require(known.exists, "it is closed")?;
        let free = known.rewards.free(now);
        require(free > 0, "nothing is free")?;
        let debt = free.min(known.debt);
        known.debt -= debt;
        self.money.rewards -= free - debt;
        let owner = known.owner;
        self.money.wallets[owner] += free - debt;
        Ok(())
    }

    /// What is left of a counter-bond returns to who deposited it.
    pub fn claim_counter_bond(&mut self, provider: usize) -> Verdict {
        let known = &mut self.providers[provider];
        require(known.exists && known.answered_disputes == 0, "answered disputes hold it")?;
        let bonder = known.counter_bonder.ok_or("nobody deposited one")?;
        let amount = std::mem::take(&mut known.counter_bond);
        require(amount > 0, "nothing is left")?;
        known.counter_bonder = None;
        self.money.escrow -= amount;
        self.money.wallets[bonder] += amount;
        Ok(())
    }
}
