//! What holders do with their stake, with the amount that each action must move.

use {
    super::{
        cast::Who,
        world::{Stake, World},
    },
    crate::failure::Result,
    work_token_localnet::{delegate_ix, transfer_ix},
    work_token_sdk::{
        Instruction, WorkTokenError, ix,
        state::{PoolKind, Unbonding},
    },
};

impl World<'_> {
    /// The instruction by which a delegator adds stake.
    pub fn delegate_ix(&self, stake: Stake, amount: u64) -> Instruction {
        delegate_ix(&self.position(stake), self.person(stake.who).actor.tokens, amount)
    }

    /// A delegator stakes behind a provider.
    pub fn delegate(&mut self, who: Who, behind: Who, amount: u64) -> Result<()> {
        let stake = Stake { who, behind };
        self.act(who, self.delegate_ix(stake, amount))?;
        self.flow(who).staked += amount;
        self.member_mut(behind).staked += amount;
        self.stakes.push(stake);
        Ok(())
    }

    /// Asks to leave with a part of the shares. Returns the ticket's number.
    pub fn request(&mut self, stake: Stake, numerator: u64, denominator: u64) -> Result<u32> {
        let position = self.position(stake);
        let state = self.scenario.position_state(&position);
        let shares = state.total_shares().0 / denominator * numerator;
        let (request, number) = self.scenario.request_ix(&position, shares);
        self.act(stake.who, request)?;
        Ok(number)
    }

    /// Puts a ticket back.
    pub fn cancel(&mut self, stake: Stake, ticket: u32) -> Result<()> {
        self.act(stake.who, ix::cancel_unbonding(&self.position(stake), ticket))
    }

    /// A ticket.
    pub fn ticket(&self, stake: Stake, ticket: u32) -> Unbonding {
        self.scenario.read(&self.position(stake).ticket(ticket).0)
    }

    /// What a stake could claim now.
    pub fn claimable(&self, stake: Stake) -> u64 {
        self.foresee(stake).1.credited
    }

    /// Waits for a ticket to mature, tries it one second before, and withdraws it. Returns what it paid and
    /// whether it was refused before.
    pub fn withdraw_on_time(&mut self, stake: Stake, ticket: u32) -> Result<(u64, bool)> {
        let matures_at_ts = self.ticket(stake, ticket).matures_at_ts;
        self.until(matures_at_ts - 1)?;
        let attempt = self.withdraw_ix(stake, ticket);
        let refused = self.is_refused(stake.who, attempt, WorkTokenError::NotMatured);
        self.scenario.wait_until(matures_at_ts);
        Ok((self.withdraw(stake, ticket)?, refused))
    }

    fn withdraw_ix(&self, stake: Stake, ticket: u32) -> Instruction {
        ix::withdraw_unbonded(&self.position(stake), ticket, self.person(stake.who).actor.tokens)
    }

    /// Withdraws a ticket. Returns what it pays; what open claims hold of it stays behind.
    pub fn withdraw(&mut self, stake: Stake, ticket: u32) -> Result<u64> {
        let (mut provider, mut state) = self.foresee(stake);
        let mut unbonding = self.ticket(stake, ticket);
        let withdrawn = provider.withdraw(&mut state, &mut unbonding, self.scenario.now());
        let foretold = withdrawn.map_or(0, |withdrawn| withdrawn.paid.0);
        self.act(stake.who, self.withdraw_ix(stake, ticket))?;
        self.flow(stake.who).withdrawn += foretold;
        self.member_mut(stake.behind).withdrawn += foretold;
        Ok(foretold)
    }

    /// Claims what there is; nothing is no error here.
    pub fn claim(&mut self, stake: Stake) -> Result<u64> {
        let (position, to) = (self.position(stake), self.person(stake.who).actor.tokens);
        let (provider, state) = self.foresee(stake);
        let (foretold, instruction) = match state.pool_kind() {
            PoolKind::Own => {
                (provider.free_own_rewards(self.scenario.now()).0, ix::claim_provider_rewards(&position.provider, to))
            }
            PoolKind::Delegated => (state.credited, ix::claim_rewards(&position, to)),
        };
        if foretold > 0 {
            self.act(stake.who, instruction)?;
            self.flow(stake.who).claimed += foretold;
        }
        Ok(foretold)
    }

    /// Turns rewards into stake.
    pub fn restake(&mut self, stake: Stake) -> Result<u64> {
        let foretold = self.claimable(stake);
        if foretold > 0 {
            self.act(stake.who, ix::restake(&self.position(stake), 0))?;
            self.flow(stake.who).restaked += foretold;
            self.member_mut(stake.behind).staked += foretold;
        }
        Ok(foretold)
    }

    /// Closes an empty position.
    pub fn close(&mut self, stake: Stake) -> Result<()> {
        let holder = self.person(stake.who).actor.address();
        self.act(stake.who, ix::close_delegation(&self.position(stake), holder))?;
        self.stakes.retain(|known| *known != stake);
        Ok(())
    }

    /// Sends tokens straight to a provider's stake vault, as only a mistake does; anybody then sweeps them
    /// into the treasury.
    pub fn donate_and_sweep(&mut self, who: Who, to: Who, amount: u64) -> Result<()> {
        let (provider, (owner, from)) = (self.member(to).at, self.person(who).actor.purse());
        let program = self.scenario.network.token_program;
        self.act(who, transfer_ix(program, owner, from, provider.stake_vault, amount))?;
        self.flow(who).mistaken += amount;
        self.act(who, ix::sweep_surplus(&provider))?;
        self.tally.swept += amount;
        Ok(())
    }
}
