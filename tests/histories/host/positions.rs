//! What owners and delegators do.

use {
    super::E,
    crate::{op::*, system::State},
    bytemuck::Zeroable,
    work_token_sdk::{
        math::{Amount, Bps, Shares},
        state::{Delegation, PoolKind, Provider, ProviderState, Unbonding},
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

    /// Provider and position, brought up to date, to be written back by [`Self::keep`].
    pub(super) fn settled(&mut self, at: At) -> Result<(Provider, Delegation), E> {
        let mut position = *self.positions.get(&at).ok_or(E::WrongAccountOwner)?;
        let provider = *self.touched(at.0)?;
        provider.harvest(&mut position);
        Ok((provider, position))
    }

    pub(super) fn keep(&mut self, at: At, provider: Provider, position: Delegation) {
        self.providers[at.0] = Some(provider);
        self.positions.insert(at, position);
    }

    pub(super) fn wallet(&mut self, at: At) -> &mut u64 {
        if at.1 == OWNER { &mut self.balances.owners[at.0] } else { &mut self.balances.holders[at.1] }
    }

    pub(super) fn stake_self(&mut self, provider: usize, amount: u64) -> Result<(), E> {
        let at = (provider, OWNER);
        self.providers[provider].as_ref().ok_or(E::WrongAccountOwner)?.require_staying()?;
        let rest = self.balances.owners[provider].checked_sub(amount).ok_or(E::InsufficientFunds)?;
        let (mut own, mut position) = self.settled(at)?;
        let minimum = Amount(self.network.params.minimum_self_stake);
        own.deposit_own(&mut position, Amount(amount), minimum, self.network.epoch_at(self.now))?;
        position.emptied_at_ts = 0;
        self.keep(at, own, position);
        self.balances.owners[provider] = rest;
        self.balances.stake[provider] += amount;
        Ok(())
    }

    pub(super) fn delegate(&mut self, at: At, amount: u64) -> Result<(), E> {
        let present = self.providers[at.0].as_ref().ok_or(E::WrongAccountOwner)?;
        self.network.require_open(self.now)?;
        present.require_staying()?;
        if amount < self.network.params.minimum_delegation {
            return Err(E::BelowMinimumDelegation);
        }
        if present.claimed_from_delegated().0 > 0 {
            return Err(E::OpenClaims);
        }
        if *self.wallet(at) < amount {
            return Err(E::InsufficientFunds);
        }
        let provider = *self.touched(at.0)?;
        if !self.positions.contains_key(&at) {
            self.touched(at.0)?.live_positions += 1;
            let new = Delegation {
                pool: PoolKind::Delegated as u8,
                generation: provider.delegated.generation,
                reward_index_paid_x64: provider.rewards.reward_index_x64,
                ..Delegation::zeroed()
            };
            self.positions.insert(at, new);
        }
        let (mut provider, mut position) = self.settled(at)?;
        provider.deposit_delegated(&mut position, Amount(amount), self.network.epoch_at(self.now))?;
        position.emptied_at_ts = 0;
        self.keep(at, provider, position);
        *self.wallet(at) -= amount;
        self.balances.stake[at.0] += amount;
        Ok(())
    }

    pub(super) fn request(&mut self, at: At, shares: u64) -> Result<(), E> {
        let (mut provider, mut position) = self.settled(at)?;
        let params = self.network.params;
        let (minimum, unbonding_secs) = match position.pool_kind() {
            PoolKind::Own => (params.minimum_self_stake, params.own_unbonding_secs),
            PoolKind::Delegated => (params.minimum_delegation, params.unbonding_secs),
        };
        let (number, is_new) = position.next_ticket();
        let mut ticket = if is_new {
            position.last_ticket = number;
            position.live_tickets += 1;
            position.emptied_at_ts = 0;
            Unbonding { pool: position.pool, number, ..Unbonding::zeroed() }
        } else {
            self.tickets[&(at, number)]
        };
        ticket.begin_request(provider.pool(position.pool_kind()).generation);
        let now = (self.now, self.network.epoch_at(self.now));
        provider.request_unbonding(&mut position, &mut ticket, Shares(shares), Amount(minimum), unbonding_secs, now)?;
        self.keep(at, provider, position);
        self.tickets.insert((at, number), ticket);
        Ok(())
    }

    pub(super) fn cancel(&mut self, at: At, number: u32) -> Result<(), E> {
        let ticket = *self.tickets.get(&(at, number)).ok_or(E::WrongAccountOwner)?;
        self.providers[at.0].as_ref().ok_or(E::WrongAccountOwner)?.require_staying()?;
        let (mut provider, mut position) = self.settled(at)?;
        provider.cancel_unbonding(&mut position, &ticket, self.network.epoch_at(self.now))?;
        self.keep(at, provider, position);
        self.tickets.remove(&(at, number));
        Ok(())
    }

    pub(super) fn withdraw(&mut self, at: At, number: u32) -> Result<(), E> {
        let mut ticket = *self.tickets.get(&(at, number)).ok_or(E::WrongAccountOwner)?;
        if self.now < ticket.matures_at_ts {
            return Err(E::NotMatured);
        }
        let (mut provider, mut position) = self.settled(at)?;
        let withdrawn = provider.withdraw(&mut position, &mut ticket)?;
        position.note_emptiness(self.now);
        self.keep(at, provider, position);
        self.balances.stake[at.0] -= withdrawn.paid.0;
        *self.wallet(at) += withdrawn.paid.0;
        if ticket.is_held() {
            self.tickets.insert((at, number), ticket);
        } else {
            self.tickets.remove(&(at, number));
        }
        Ok(())
    }

    pub(super) fn claim(&mut self, at: At) -> Result<(), E> {
        let (mut provider, mut position) = self.settled(at)?;
        let paid = provider.pay_credited(&mut position).0;
        if paid == 0 {
            return Err(E::NothingToClaim);
        }
        position.note_emptiness(self.now);
        self.keep(at, provider, position);
        self.balances.reward -= paid;
        *self.wallet(at) += paid;
        Ok(())
    }

    pub(super) fn restake(&mut self, at: At) -> Result<(), E> {
        if !self.positions.contains_key(&at) {
            return Err(E::WrongAccountOwner);
        }
        let present = self.providers[at.0].as_ref().ok_or(E::WrongAccountOwner)?;
        self.network.require_open(self.now)?;
        present.require_staying()?;
        if present.claimed_from_delegated().0 > 0 {
            return Err(E::OpenClaims);
        }
        let (mut provider, mut position) = self.settled(at)?;
        let amount = provider.pay_credited(&mut position).0;
        if amount == 0 {
            return Err(E::NothingToClaim);
        }
        provider.deposit_delegated(&mut position, Amount(amount), self.network.epoch_at(self.now))?;
        if provider.delegated.get().value(position.total_shares()).0 < self.network.params.minimum_delegation {
            return Err(E::BelowMinimumDelegation);
        }
        position.emptied_at_ts = 0;
        self.keep(at, provider, position);
        self.balances.reward -= amount;
        self.balances.stake[at.0] += amount;
        Ok(())
    }

    pub(super) fn claim_own(&mut self, provider: usize) -> Result<(), E> {
        let now = self.now;
        let paid = self.touched(provider)?.take_free_rewards(now).0;
        if paid == 0 {
            return Err(E::NothingToClaim);
        }
        self.balances.reward -= paid;
        self.balances.owners[provider] += paid;
        Ok(())
    }

    pub(super) fn announce(&mut self, provider: usize, bps: u16) -> Result<(), E> {
        let (terms, notice) = (self.network.terms(self.now), self.network.params.unbonding_secs);
        self.providers[provider].as_ref().ok_or(E::WrongAccountOwner)?.require_staying()?;
        self.touched(provider)?.announce_commission(Bps(bps), notice, &terms).map(drop)
    }

    pub(super) fn retire(&mut self, provider: usize) -> Result<(), E> {
        let epoch = self.epoch();
        if self.providers[provider].as_ref().ok_or(E::WrongAccountOwner)?.is_leaving() {
            return Err(E::AlreadyRetired);
        }
        let provider = self.touched(provider)?;
        provider.state = ProviderState::Retiring as u8;
        provider.retired_epoch = epoch;
        provider.leave_place(work_token_sdk::math::Epoch(epoch));
        Ok(())
    }

    pub(super) fn close_delegation(&mut self, at: At, by_holder: bool) -> Result<(), E> {
        let position = self.positions.get(&at).ok_or(E::WrongAccountOwner)?;
        if position.pool_kind() == PoolKind::Own && !self.provider(at.0).is_leaving() {
            return Err(E::OwnPositionInUse);
        }
        let (mut provider, position) = self.settled(at)?;
        let stranger = work_token_sdk::Pubkey::new_from_array([1; 32]);
        position.require_closable(if by_holder { &position.delegator } else { &stranger }, self.now)?;
        provider.live_positions -= 1;
        self.providers[at.0] = Some(provider);
        self.positions.remove(&at);
        Ok(())
    }
}
