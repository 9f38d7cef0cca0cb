//! What people do in the demo, with the amount that each action must move.

use {
    super::world::{Who, World},
    crate::failure::Result,
    work_token_localnet::{delegate_ix, transfer_ix},
    work_token_sdk::{
        Instruction, ix,
        state::{PoolKind, Unbonding},
    },
};

impl World {
    /// The instruction by which a delegator adds stake.
    pub fn delegate_instruction(&self, who: Who, amount: u64) -> Instruction {
        let person = self.person(who);
        delegate_ix(&person.position, person.actor.tokens, amount)
    }

    /// Adds stake.
    pub fn stake(&mut self, who: Who, amount: u64) -> Result<()> {
        let person = self.person(who);
        let instruction = match who {
            Who::Owner(_) => ix::stake_self(&person.position.provider, person.actor.tokens, amount),
            Who::Delegator(_) => self.delegate_instruction(who, amount),
        };
        self.act(who, instruction)?;
        self.flow(who).staked += amount;
        Ok(())
    }

    /// Asks to leave with a part of the shares. Returns the ticket's number.
    pub fn request(&mut self, who: Who, numerator: u64, denominator: u64) -> Result<u32> {
        let position = self.person(who).position;
        let state = self.scenario.position_state(&position);
        let shares = state.total_shares().0 / denominator * numerator;
        let (request, number) = self.scenario.request_ix(&position, shares);
        self.act(who, request)?;
        Ok(number)
    }

    /// Asks to leave altogether. Returns the ticket's number.
    pub fn request_all(&mut self, who: Who) -> Result<u32> {
        self.request(who, 1, 1)
    }

    /// Puts a ticket back.
    pub fn cancel(&mut self, who: Who, ticket: u32) -> Result<()> {
        self.act(who, ix::cancel_unbonding(&self.person(who).position, ticket))
    }

    /// When a ticket matures.
    pub fn matures_at_ts(&self, who: Who, ticket: u32) -> i64 {
        self.scenario.read::<Unbonding>(&self.person(who).position.ticket(ticket).0).matures_at_ts
    }

    /// The instruction by which somebody withdraws a ticket.
    pub fn withdraw_instruction(&self, who: Who, ticket: u32) -> Instruction {
        let person = self.person(who);
        ix::withdraw_unbonded(&person.position, ticket, person.actor.tokens)
    }

    /// Withdraws a ticket.
    pub fn withdraw(&mut self, who: Who, ticket: u32) -> Result<()> {
        let position = self.person(who).position;
        let (mut provider, mut state) = self.foresee(&position);
        let mut unbonding: Unbonding = self.scenario.read(&position.ticket(ticket).0);
        let foretold = provider
            .withdraw(&mut state, &mut unbonding, self.scenario.chain.now())
            .map_or(0, |withdrawn| withdrawn.paid.0);
        self.act(who, self.withdraw_instruction(who, ticket))?;
        self.flow(who).withdrawn += foretold;
        Ok(())
    }

    /// Claims what there is; nothing is no error here.
    pub fn claim(&mut self, who: Who) -> Result<u64> {
        let person = self.person(who);
        let (position, to) = (person.position, person.actor.tokens);
        let (provider, state) = self.foresee(&position);
        let (foretold, instruction) = match state.pool_kind() {
            PoolKind::Own => (
                provider.free_own_rewards(self.scenario.chain.now()).0,
                ix::claim_provider_rewards(&position.provider, to),
            ),
            PoolKind::Delegated => (state.credited, ix::claim_rewards(&position, to)),
        };
        if foretold > 0 {
            self.act(who, instruction)?;
            self.flow(who).claimed += foretold;
        }
        Ok(foretold)
    }

    /// Turns rewards into stake.
    pub fn restake(&mut self, who: Who) -> Result<u64> {
        let position = self.person(who).position;
        let foretold = self.claimable(who);
        if foretold > 0 {
            self.act(who, ix::restake(&position, 0))?;
            self.flow(who).restaked += foretold;
        }
        Ok(foretold)
    }

    /// Closes an empty position.
    pub fn close(&mut self, who: Who) -> Result<()> {
        let person = self.person(who);
        let (position, holder) = (person.position, person.actor.address());
        self.act(who, ix::close_delegation(&position, holder))
    }

    /// Sends tokens straight to a provider's stake vault, as only a mistake does; anybody then sweeps them
    /// into the treasury.
    pub fn donate_and_sweep(&mut self, who: Who, amount: u64) -> Result<()> {
        let person = self.person(who);
        let (provider, (owner, from)) = (person.position.provider, person.actor.purse());
        let program = self.scenario.network.token_program;
        self.act(who, transfer_ix(program, owner, from, provider.stake_vault, amount))?;
        self.flow(who).lost += amount;
        self.act(who, ix::sweep_surplus(&provider))?;
        self.tally.swept += amount;
        Ok(())
    }
}
