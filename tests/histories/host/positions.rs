//! What owners and delegators do.

use {
    super::{E, STRANGER},
    crate::{op::*, system::State},
    bytemuck::Zeroable,
    work_token_sdk::{
        Pubkey,
        math::{Amount, Bps, Epoch, Shares},
        state::{Delegation, PoolKind, Provider, Unbonding, provider::TransferTerms},
    },
};

impl State {
    /// The provider, brought up to date.
    pub(super) fn touched(&mut self, provider: usize) -> Result<&mut Provider, E> {
        let network = &self.network;
        let provider = self.providers[provider].as_mut().ok_or(E::WrongAccountOwner)?;
        provider.touch(network, &network.terms(self.now));
        Ok(provider)
    }

    /// Position and provider, brought up to date, to be written back by [`Self::keep`].
    pub(super) fn books(&mut self, at: At) -> Result<(Provider, Delegation), E> {
        let position = *self.positions.get(&at).ok_or(E::WrongAccountOwner)?;
        Ok((*self.touched(at.0)?, position))
    }

    pub(super) fn keep(&mut self, at: At, provider: Provider, position: Delegation) {
        self.providers[at.0] = Some(provider);
        self.positions.insert(at, position);
    }

    fn purse(&mut self, at: At) -> &mut u64 {
        let of = self.holder(at);
        self.balances.of(Account { of, other: false })
    }

    pub(super) fn stake_self(&mut self, provider: usize, amount: u64) -> Result<(), E> {
        let at = (provider, OWNER);
        let (mut own, mut position) = self.books(at)?;
        own.require_staying()?;
        let rest = self.purse(at).checked_sub(amount).ok_or(E::InsufficientFunds)?;
        own.stake_self(&self.network, &mut position, Amount(amount), Epoch(self.epoch()))?;
        self.keep(at, own, position);
        *self.purse(at) = rest;
        self.balances.stake[provider] += amount;
        Ok(())
    }

    pub(super) fn delegate(&mut self, at: At, amount: u64) -> Result<(), E> {
        let (mut provider, holder) = (*self.touched(at.0)?, self.people.keys[person(at.1)]);
        provider.require_delegable(&self.network, &holder, (amount, 0), self.now)?;
        let rest = self.purse(at).checked_sub(amount).ok_or(E::InsufficientFunds)?;
        let mut position = match self.positions.get(&at) {
            Some(position) => *position,
            None => opened(&mut provider, PoolKind::Delegated, &holder)?,
        };
        provider.delegate(&mut position, Amount(amount), Shares(0), Epoch(self.epoch()))?;
        self.keep(at, provider, position);
        *self.purse(at) = rest;
        self.balances.stake[at.0] += amount;
        Ok(())
    }

    pub(super) fn request(&mut self, at: At, shares: u64) -> Result<(), E> {
        let (mut provider, mut position) = self.books(at)?;
        let (number, is_new) = position.next_ticket();
        let mut ticket = if is_new { Unbonding::zeroed() } else { self.tickets[&(at, number)] };
        if is_new {
            position.open_ticket(&mut ticket, &STRANGER);
        }
        let now = (self.now, self.network.epoch_at(self.now));
        provider.request_unbonding(&self.network, &mut position, &mut ticket, Shares(shares), now)?;
        self.keep(at, provider, position);
        self.tickets.insert((at, number), ticket);
        Ok(())
    }

    pub(super) fn cancel(&mut self, at: At, number: u32) -> Result<(), E> {
        let ticket = *self.tickets.get(&(at, number)).ok_or(E::WrongAccountOwner)?;
        let (mut provider, mut position) = self.books(at)?;
        provider.cancel_unbonding(&mut position, &ticket, Epoch(self.epoch()))?;
        self.keep(at, provider, position);
        self.tickets.remove(&(at, number));
        Ok(())
    }

    pub(super) fn withdraw(&mut self, at: At, number: u32) -> Result<(), E> {
        let mut ticket = *self.tickets.get(&(at, number)).ok_or(E::WrongAccountOwner)?;
        ticket.require_mature(self.now)?;
        let (mut provider, mut position) = self.books(at)?;
        let withdrawn = provider.withdraw(&mut position, &mut ticket, self.now)?;
        self.keep(at, provider, position);
        self.balances.stake[at.0] -= withdrawn.paid.0;
        *self.purse(at) += withdrawn.paid.0;
        if ticket.is_held() {
            self.tickets.insert((at, number), ticket);
        } else {
            self.tickets.remove(&(at, number));
        }
        Ok(())
    }

    pub(super) fn claim(&mut self, at: At) -> Result<(), E> {
        let (mut provider, mut position) = self.books(at)?;
        let paid = provider.claim(&mut position, self.now)?.paid.0;
        self.keep(at, provider, position);
        self.balances.reward -= paid;
        *self.purse(at) += paid;
        Ok(())
    }

    pub(super) fn restake(&mut self, at: At) -> Result<(), E> {
        let (mut provider, mut position) = self.books(at)?;
        let terms = self.network.terms(self.now);
        let amount = provider.restake(&self.network, &mut position, 0, &terms)?.0.paid.0;
        self.keep(at, provider, position);
        self.balances.reward -= amount;
        self.balances.stake[at.0] += amount;
        Ok(())
    }

    pub(super) fn transfer(&mut self, from: At, to: usize, shares: u64) -> Result<(), E> {
        let receiving = (from.0, to);
        if from == receiving {
            return Err(E::SameHolder);
        }
        let (mut provider, mut giver) = self.books(from)?;
        let holder = if to == OWNER { provider.owner } else { self.people.keys[person(to)] };
        provider.require_joinable(&self.network, &holder, 0, self.now)?;
        let mut receiver = match self.positions.get(&receiving) {
            Some(position) => *position,
            None => opened(&mut provider, PoolKind::Delegated, &holder)?,
        };
        let asked = TransferTerms { shares: Shares(shares), min_value: Amount(0) };
        provider.transfer_shares(&self.network, (&mut giver, &mut receiver), &asked, self.now)?;
        self.keep(from, provider, giver);
        self.keep(receiving, provider, receiver);
        Ok(())
    }

    pub(super) fn set_auto_restake(&mut self, at: At, on: bool) -> Result<(), E> {
        self.positions.get_mut(&at).ok_or(E::WrongAccountOwner)?.set_auto_restake(on, 0);
        Ok(())
    }

    pub(super) fn restake_for(&mut self, at: At) -> Result<(), E> {
        let (mut provider, mut position) = self.books(at)?;
        let now = (self.now, Epoch(self.epoch()));
        let done = provider.restake_for(&self.network, &mut position, true, now)?;
        self.keep(at, provider, position);
        self.balances.reward -= done.amount.0 + done.bounty.0;
        self.balances.stake[at.0] += done.amount.0;
        self.balances.keeper += done.bounty.0;
        Ok(())
    }

    pub(super) fn set_direct(&mut self, at: At, on: bool, by_stranger: bool) -> Result<(), E> {
        let (mut provider, mut position) = self.books(at)?;
        let signer = if by_stranger { STRANGER } else { position.delegator };
        provider.set_direct(&self.network, &mut position, &signer, on, self.now)?;
        self.keep(at, provider, position);
        Ok(())
    }

    pub(super) fn announce(&mut self, provider: usize, bps: u16) -> Result<(), E> {
        let (network, terms) = (self.network, self.network.terms(self.now));
        self.touched(provider)?.announce_commission(&network, Bps(bps), &terms).map(drop)
    }

    pub(super) fn retire(&mut self, provider: usize) -> Result<(), E> {
        let (mut network, now) = (self.network, Epoch(self.epoch()));
        self.touched(provider)?.retire(&mut network, now)?;
        self.network = network;
        Ok(())
    }

    pub(super) fn close_delegation(&mut self, at: At, by_holder: bool) -> Result<(), E> {
        let (mut provider, mut position) = self.books(at)?;
        let closer = if by_holder { position.delegator } else { STRANGER };
        provider.close_position(&mut position, &closer, self.now)?;
        self.providers[at.0] = Some(provider);
        self.positions.remove(&at);
        Ok(())
    }
}

/// A new position of somebody.
pub(super) fn opened(provider: &mut Provider, kind: PoolKind, holder: &Pubkey) -> Result<Delegation, E> {
    let mut position = Delegation::zeroed();
    provider.open_position(&mut position, kind, [&STRANGER, holder])?;
    Ok(position)
}
