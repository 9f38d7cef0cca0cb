//! What anybody does, and what no instruction does yet.

use {
    super::E,
    crate::{op::*, system::State},
    bytemuck::Zeroable,
    work_token_sdk::{
        limits::MAX_BATCH,
        math::{Amount, Epoch, dispute::Kept},
        state::{EpochPool, KeptState, Ledger, Reservation, Vaults},
    },
};

impl State {
    pub(super) fn close_provider(&mut self, number: usize) -> Result<(), E> {
        let now = Epoch(self.epoch());
        let provider = *self.touched(number)?;
        provider.close(&mut self.network, now)?;
        self.handovers[number] = None;
        if let Some(beneficiary) = self.beneficiaries[number].take() {
            provider.leave_owed(&beneficiary, &mut self.network);
        }
        self.balances.treasury += std::mem::take(&mut self.balances.stake[number]);
        self.providers[number] = None;
        Ok(())
    }

    pub(super) fn activate(&mut self, at: At) -> Result<(), E> {
        let (mut provider, mut position) = self.books(at)?;
        let bounty = provider.activate(&self.network, &mut position)?.bounty;
        let paid = provider.pay_activation(&mut position, bounty).0;
        self.keep(at, provider, position);
        self.balances.reward -= paid;
        self.balances.keeper += paid;
        Ok(())
    }

    pub(super) fn sweep_surplus(&mut self, number: usize) -> Result<(), E> {
        let provider = self.providers[number].as_ref().ok_or(E::WrongAccountOwner)?;
        let surplus = provider.surplus(self.balances.stake[number])?;
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
        pool.begin(epoch, &rules, &self.network.params, self.network.most_bounty());
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
        let weighing = pool.begin_weighing(&self.network, work_ts);
        let mut paid = 0;
        for number in providers {
            let weighed = pool.weigh(self.touched(*number)?, &weighing);
            paid += u32::from(weighed.is_some_and(|weighed| weighed.is_paid_for()));
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
        let ledger = Ledger {
            supply: Amount(self.balances.supply),
            reserve: Amount::ZERO,
            treasury: Amount(self.balances.treasury),
            vaults: Vaults::OPEN,
        };
        let now = (self.now, self.network.work_ts(self.now));
        let finalized = self.network.finalize_epoch(&mut pool, &ledger, now)?;
        let emitted = finalized.emitted;
        self.balances.reward += emitted.providers.0;
        self.balances.reward -= finalized.burned;
        self.balances.keeper_vault += emitted.keepers.0;
        self.balances.supply += emitted.total().0;
        self.balances.supply -= finalized.burned;
        self.pay_bounty(&mut pool, 1, |pool| pool.finalize_bounty);
        self.epochs.insert(number, pool);
        Ok(())
    }

    pub(super) fn settle(&mut self, epoch: u32, providers: &[usize]) -> Result<(), E> {
        let mut pool = self.pool(epoch)?;
        require_batch(providers)?;
        let terms = pool.settle_terms(self.now)?;
        let mut paid = 0;
        for number in providers {
            let settled = pool.settle(self.touched(*number)?, &terms);
            paid += u32::from(settled.is_some_and(|settled| settled.is_paid_for()));
        }
        self.pay_bounty(&mut pool, paid, |pool| pool.settle_bounty);
        self.epochs.insert(epoch, pool);
        Ok(())
    }

    pub(super) fn sweep(&mut self, epoch: u32) -> Result<(), E> {
        let mut pool = self.pool(epoch)?;
        self.network.sweep(&mut pool, Epoch(self.epoch()))?;
        self.epochs.insert(epoch, pool);
        Ok(())
    }

    pub(super) fn close_epoch(&mut self, epoch: u32) -> Result<(), E> {
        self.pool(epoch)?.require_closable()?;
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
            Op::Jail { provider, epochs } => {
                let Ok(jailed) = self.touched(*provider) else { return };
                jailed.convict(1, *epochs, (epoch, epoch), epoch);
            }
            Op::Owe { provider, amount } => {
                let Ok(owing) = self.touched(*provider) else { return };
                owing.slash_debt += amount;
            }
            Op::Freeze { of, on } => self.people.frozen[*of] = *on,
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
