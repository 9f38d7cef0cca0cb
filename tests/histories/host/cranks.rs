//! What anybody does, and what no instruction does yet.

use {
    super::E,
    crate::{op::*, system::State},
    bytemuck::Zeroable,
    work_token_sdk::{
        limits::{ACTIVATION_COVER, MAX_BATCH},
        math::{Amount, Epoch, dispute::Kept, snapshot},
        state::{EpochPool, EpochState, KeptState, Reservation, Vaults, provider::SettleTerms},
    },
};

impl State {
    pub(super) fn close_provider(&mut self, number: usize) -> Result<(), E> {
        let epoch = Epoch(self.epoch());
        let provider = *self.touched(number)?;
        provider.require_closable(epoch)?;
        self.network.carried += provider.rewards.owed;
        self.balances.treasury += std::mem::take(&mut self.balances.stake[number]);
        self.providers[number] = None;
        Ok(())
    }

    pub(super) fn activate(&mut self, at: At) -> Result<(), E> {
        let mut position = *self.positions.get(&at).ok_or(E::WrongAccountOwner)?;
        let mut provider = *self.touched(at.0)?;
        let harvest = provider.harvest(&mut position);
        if harvest.activated.is_zero() {
            return Err(E::LotNotDue);
        }
        let each = self.network.params.activation_bounty;
        if harvest.from_lots >= Amount(each * ACTIVATION_COVER) {
            let (rewards, paid) = provider.rewards.get().pay(Amount(each));
            provider.rewards.set(rewards);
            position.credited -= paid.0;
            self.balances.reward -= paid.0;
            self.balances.keeper += paid.0;
        }
        self.keep(at, provider, position);
        Ok(())
    }

    pub(super) fn sweep_surplus(&mut self, number: usize) -> Result<(), E> {
        let provider = self.providers[number].as_ref().ok_or(E::WrongAccountOwner)?;
        let surplus = self.balances.stake[number].saturating_sub(provider.vault_books().0);
        if surplus == 0 {
            return Err(E::NothingToSweep);
        }
        self.balances.stake[number] -= surplus;
        self.balances.treasury += surplus;
        Ok(())
    }

    pub(super) fn open(&mut self, epoch: u32) -> Result<(), E> {
        let now = Epoch(self.epoch());
        let mut network = self.network;
        let rules = network.open_epoch(Epoch(epoch), now)?;
        if self.epochs.contains_key(&epoch) {
            return Err(E::AccountExists);
        }
        let mut pool = EpochPool::zeroed();
        pool.begin(epoch, &rules, &network.params);
        self.network = network;
        self.epochs.insert(epoch, pool);
        Ok(())
    }

    fn pool(&self, epoch: u32) -> Result<EpochPool, E> {
        self.epochs.get(&epoch).copied().ok_or(E::WrongAccountOwner)
    }

    pub(super) fn weigh(&mut self, epoch: u32, providers: &[usize]) -> Result<(), E> {
        let mut pool = self.pool(epoch)?;
        require_batch(providers)?;
        let work_ts = self.network.work_ts(self.now);
        pool.require_weighable(work_ts)?;
        if pool.weighed == 0 {
            pool.stake_before = self.network.largest_stake().0;
        }
        let mut paid = 0;
        for number in providers {
            let provider = self.touched(*number)?;
            if let Some(weighed) = provider.weigh(Epoch(epoch), &pool.weigh_terms()) {
                pool.fold(&weighed, work_ts);
                paid += u32::from(!weighed.stake.is_zero());
            }
        }
        self.pay_bounty(&mut pool, paid, |pool| pool.weigh_bounty);
        self.epochs.insert(epoch, pool);
        Ok(())
    }

    fn pay_bounty(&mut self, pool: &mut EpochPool, units: u32, each: fn(&EpochPool) -> u64) {
        let bounty = pool.bounty(units, each(pool), self.balances.keeper_vault);
        pool.keeper_paid += bounty;
        self.balances.keeper_vault -= bounty;
        self.balances.keeper += bounty;
    }

    pub(super) fn finalize(&mut self, number: u32) -> Result<(), E> {
        let mut pool = self.pool(number)?;
        let (epoch, now) = (Epoch(number), Epoch(self.epoch()));
        pool.require_open()?;
        if epoch != self.network.next_to_finalize(now) {
            return Err(E::NotNextToFinalize);
        }
        pool.require_finalizable(self.network.work_ts(self.now))?;
        let supply = Amount(self.balances.supply);
        let available = Amount(pool.emission_rules.max_supply.saturating_sub(supply.0));
        let is_kept = snapshot::is_kept(epoch, now);
        let emitted = self.network.finalize(&mut pool, is_kept, (available, supply), &Vaults::OPEN, now).emitted;
        self.balances.reward += emitted.providers.0;
        self.balances.keeper_vault += emitted.keepers.0;
        self.balances.supply += emitted.total().0;
        self.pay_bounty(&mut pool, 1, |pool| pool.finalize_bounty);
        self.epochs.insert(number, pool);
        Ok(())
    }

    pub(super) fn settle(&mut self, epoch: u32, providers: &[usize]) -> Result<(), E> {
        let mut pool = self.pool(epoch)?;
        require_batch(providers)?;
        if pool.state != EpochState::Finalized as u8 {
            return Err(E::NotFinalized);
        }
        let terms = SettleTerms {
            emission: Amount(pool.emission),
            total_weight: pool.total_weight,
            leverage: pool.leverage,
            ends_at_ts: pool.ends_at_ts,
            vesting_secs: pool.vesting_secs,
            now_ts: self.now,
        };
        let mut paid = 0;
        for number in providers {
            if let Some(settled) = self.touched(*number)?.settle(Epoch(epoch), &terms) {
                pool.settled += 1;
                pool.settled_weight += settled.weight;
                pool.distributed += settled.emission.0 - settled.split.reclaimed.0;
                pool.reclaimed += settled.split.reclaimed.0;
                paid += u32::from(!settled.emission.is_zero() || !settled.fees.is_zero());
            }
        }
        self.pay_bounty(&mut pool, paid, |pool| pool.settle_bounty);
        self.epochs.insert(epoch, pool);
        Ok(())
    }

    pub(super) fn sweep(&mut self, epoch: u32) -> Result<(), E> {
        let mut pool = self.pool(epoch)?;
        if pool.state == EpochState::Swept as u8 {
            return Err(E::AlreadySwept);
        }
        if !snapshot::can_sweep(Epoch(epoch), Epoch(self.epoch())) {
            return Err(E::TooEarlyToSweep);
        }
        self.network.carried += pool.undistributed().0;
        pool.state = EpochState::Swept as u8;
        self.epochs.insert(epoch, pool);
        Ok(())
    }

    pub(super) fn close_epoch(&mut self, epoch: u32) -> Result<(), E> {
        if self.pool(epoch)?.state != EpochState::Swept as u8 {
            return Err(E::NotSwept);
        }
        self.epochs.remove(&epoch);
        Ok(())
    }

    /// What no instruction of this program does yet, or what happens outside it.
    pub(super) fn give(&mut self, op: &Op) {
        let epoch = Epoch(self.epoch());
        match op {
            Op::Pass { secs } => self.now += secs,
            Op::Donate { provider, amount } => {
                self.balances.stake[*provider] += amount;
                self.balances.supply += amount;
            }
            Op::Slash { provider, kind, amount } => {
                let Ok(slashed) = self.touched(*provider) else { return };
                let taken = slashed.slash(*kind, Amount(*amount)).0;
                self.balances.stake[*provider] -= taken;
                self.balances.supply -= taken;
            }
            Op::OpenClaim { provider, slot, own, delegated } => {
                let Ok(claimed) = self.touched(*provider) else { return };
                let dispute = claimed.reservations.iter().map(|claim| claim.claim).max().unwrap_or(0) + 1;
                if claimed.open_claims() == 0 {
                    (claimed.own_kept, claimed.delegated_kept) = (KeptState::of(Kept::ALL), KeptState::of(Kept::ALL));
                }
                claimed.reservations[*slot] = Reservation {
                    claim: dispute,
                    own: *own,
                    delegated: *delegated,
                    opened: 1,
                    joined: 1,
                    frozen_from_epoch: u32::MAX,
                    ..Zeroable::zeroed()
                };
            }
            Op::EndClaim { provider, slot } => {
                let Ok(claimed) = self.touched(*provider) else { return };
                claimed.reservations[*slot] = Reservation::zeroed();
            }
            Op::Fees { provider, amount } => {
                let Ok(paid) = self.touched(*provider) else { return };
                let record = paid.records.iter_mut().find(|record| record.epoch == epoch.0 && record.flags & 1 != 0);
                record.expect("the present epoch has a record").fees += amount;
                self.balances.reward += amount;
                self.balances.supply += amount;
            }
            other => unreachable!("{other:?} is an instruction"),
        }
    }
}

fn require_batch(providers: &[usize]) -> Result<(), E> {
    if providers.is_empty() || providers.len() > MAX_BATCH { Err(E::EmptyBatch) } else { Ok(()) }
}
