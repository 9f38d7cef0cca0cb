//! The reference: what everybody is entitled to, from the rules alone, in exact arithmetic. It sees every
//! operation, its result and the state before and after, and says when they do not fit. It uses none of the
//! crates' formulas.

mod books;
mod exact;
mod exits;
mod holding;
mod invariants;
mod network;
mod owned;
mod owners;
mod rewards;
mod stake;
mod transfers;
mod voices;
mod votes;

pub use {books::Model, invariants::assert_invariants, network::epochs_around, owned::Counts};

use {
    crate::{op::*, system::*},
    work_token_sdk::{WorkTokenError, state::PoolKind},
};

impl Model {
    /// Judges an operation that was done.
    pub fn done(&mut self, op: &Op, before: &State, after: &State) {
        self.expected = Default::default();
        self.owners.released = Default::default();
        for provider in touched(op) {
            self.touch(provider, before);
        }
        match op {
            Op::Pass { .. } => self.pass(before, after),
            Op::StakeSelf { provider, amount } => self.pay_in((*provider, OWNER), *amount, before, after),
            Op::Delegate { at, amount } => self.deposit(*at, *amount, before, after),
            Op::Request { at, shares } => {
                self.request(*at, *shares, after);
                self.assert_ticket(*at, *shares, before, after);
            }
            Op::Cancel { at, ticket } => self.cancel(*at, before.tickets[&(*at, *ticket)].shares, before.epoch()),
            Op::Withdraw { at, ticket } => self.withdraw(*at, *ticket, before, after),
            Op::Claim { at } => self.claim(*at, before, after),
            Op::Restake { at } => self.restake(*at, before, after),
            Op::Transfer { from, to, shares } => self.transfer(*from, (from.0, *to), *shares, before, after),
            Op::RestakeFor { at } => self.restake_for(*at, before, after),
            Op::SetDirect { at, on, .. } => self.set_direct(*at, *on, before, after),
            Op::ClaimOwn { provider } => self.claim_own(*provider, before, after),
            Op::Announce { provider, bps } => self.announce(*provider, *bps, before),
            Op::Activate { at } => self.activate(*at, before, after),
            Op::Weigh { epoch, providers } => self.weigh(*epoch, providers, before, after),
            Op::Finalize { epoch } => self.finalize(*epoch, before, after),
            Op::Settle { epoch, providers } => self.settle(*epoch, providers, before, after),
            Op::Sweep { epoch } => self.sweep(*epoch, before),
            Op::CloseProvider { provider } => self.close_provider(*provider, before),
            Op::Donate { provider, amount } => self.providers[*provider].donated += amount,
            Op::SweepSurplus { provider } => self.sweep_surplus(*provider, before, after),
            Op::Slash { provider, kind, .. } => self.slash(*provider, *kind, before, after),
            Op::Fees { provider, amount } => {
                *self.providers[*provider].fees.entry(before.epoch()).or_default() += amount
            }
            Op::Retire { .. }
            | Op::Touch { .. }
            | Op::SetAutoRestake { .. }
            | Op::Open { .. }
            | Op::CloseDelegation { .. }
            | Op::CloseDelegationByStranger { .. }
            | Op::CloseEpoch { .. }
            | Op::Pause { .. }
            | Op::Unpause
            | Op::OpenClaim { .. }
            | Op::EndClaim { .. }
            | Op::Jail { .. }
            | Op::Owe { .. }
            | Op::Freeze { .. } => {}
            of_owners => assert!(of_owners.is_of_owners()),
        }
        self.of_owner(op, before, after);
        self.assert_books(op, before, after);
        for provider in touched(op) {
            self.assert_records(provider, after);
            self.assert_rewards(provider, after);
        }
        self.assert_network(after);
        self.votes.cast(before, after);
    }

    /// Judges an operation that was refused.
    pub fn refused(&self, op: &Op, error: WorkTokenError, before: &State, after: &State) {
        assert!(before == after, "{op:?} was refused ({}) and changed something", error.name());
        self.assert_refusal(op, error, before);
    }

    fn sweep_surplus(&mut self, number: usize, before: &State, after: &State) {
        let swept = after.balances.treasury - before.balances.treasury;
        let donated = std::mem::take(&mut self.providers[number].donated);
        assert_eq!(swept, donated, "strangers' gifts and nothing else");
    }

    fn slash(&mut self, number: usize, kind: PoolKind, before: &State, after: &State) {
        let provider = &mut self.providers[number];
        provider.price_roundings += 1;
        let generation = after.provider(number).pool(kind).generation;
        if generation != std::mem::replace(&mut provider.generations[kind as usize], generation) {
            assert_eq!(after.provider(number).pool(kind).shares, 0);
            if kind == PoolKind::Delegated {
                self.wipe(number);
            }
        }
        let pools = |state: &State| state.provider(number).own.tokens + state.provider(number).delegated.tokens;
        assert_eq!(pools(before) - pools(after), before.balances.stake[number] - after.balances.stake[number]);
    }
}

/// Providers whose books an operation brings up to date.
pub fn touched(op: &Op) -> Vec<usize> {
    let mut providers = match op {
        Op::StakeSelf { provider, .. }
        | Op::ClaimOwn { provider }
        | Op::Announce { provider, .. }
        | Op::Retire { provider }
        | Op::Touch { provider }
        | Op::Slash { provider, .. }
        | Op::OpenClaim { provider, .. }
        | Op::EndClaim { provider, .. }
        | Op::Unjail { provider }
        | Op::Jail { provider, .. }
        | Op::Owe { provider, .. }
        | Op::Fees { provider, .. } => vec![*provider],
        Op::Delegate { at, .. }
        | Op::Request { at, .. }
        | Op::Cancel { at, .. }
        | Op::Withdraw { at, .. }
        | Op::Claim { at }
        | Op::Restake { at }
        | Op::CloseDelegation { at }
        | Op::CloseDelegationByStranger { at }
        | Op::RestakeFor { at }
        | Op::SetDirect { at, .. }
        | Op::Transfer { from: at, .. }
        | Op::Activate { at } => vec![at.0],
        Op::Weigh { providers, .. } | Op::Settle { providers, .. } => providers.clone(),
        _ => Vec::new(),
    };
    providers.sort_unstable();
    providers.dedup();
    providers
}
