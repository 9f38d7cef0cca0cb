//! Payments of an authority out of a vault: announced, and made three days later.

use super::{Network, VaultKind};
use crate::{Address, WorkTokenError as E, limits::ECONOMIC_DELAY_SECS, math::Epoch};

part! {
    /// A payment out of a vault that was announced.
    pub struct AnnouncedPayment {
        /// Where it goes; zero when none is announced.
        pub to: Address,
        /// How much it is. Base units.
        pub amount: u64,
        /// It can be made from then on. Unix seconds.
        pub from_ts: i64,
    }
}

part! {
    /// What a vault paid in an epoch.
    pub struct EpochPaid {
        /// The epoch, plus one; 0 before the first payment.
        pub epoch_plus_one: u32,
        /// Unused.
        pub padding: u32,
        /// Base units.
        pub amount: u64,
    }
}

impl AnnouncedPayment {
    /// Announces a payment, or says that the one announced can be made now: the delay of economic changes
    /// lies between (network-payment-1).
    /// - Refuses: a payment that was announced and is not due yet.
    fn pay(&mut self, to: &Address, amount: u64, now_ts: i64) -> Result<bool, E> {
        let is_announced = self.to == *to && self.amount == amount && amount > 0;
        if !is_announced {
            self.to = *to;
            self.amount = amount;
            self.from_ts = now_ts.saturating_add(ECONOMIC_DELAY_SECS);
            return Ok(false);
        }
        if now_ts < self.from_ts {
            return Err(E::ChangeNotDue);
        }
        self.to = Address::default();
        self.amount = 0;
        self.from_ts = 0;
        Ok(true)
    }
}

impl EpochPaid {
    /// What was paid in an epoch.
    pub fn paid_in(&self, epoch: Epoch) -> u64 {
        if self.epoch_plus_one == epoch.next().0 { self.amount } else { 0 }
    }

    /// Notes a payment of an epoch.
    /// - Refuses: more than `most` in it.
    fn pay(&mut self, epoch: Epoch, amount: u64, most: u64) -> Result<(), E> {
        let paid = self.paid_in(epoch).saturating_add(amount);
        if paid > most {
            return Err(E::TreasuryStepExceeded);
        }
        *self = Self { epoch_plus_one: epoch.next().0, padding: 0, amount: paid };
        Ok(())
    }
}

impl Network {
    /// The announced payment of a vault that an authority can reach.
    pub fn announced(&self, kind: VaultKind) -> Option<&AnnouncedPayment> {
        match kind {
            VaultKind::Insurance => Some(&self.insurance),
            VaultKind::Treasury => Some(&self.treasury),
            _ => None,
        }
    }

    /// Announces a payment out of a vault, or says that the one announced can be made now
    /// (network-payment-1).
    /// - Refuses: a vault that no authority reaches; a payment that was announced and is not due yet; of the
    ///   treasury more than its step, by itself or with what it paid in the epoch (network-payment-2).
    pub fn pay_out(&mut self, kind: VaultKind, to: &Address, amount: u64, now_ts: i64) -> Result<bool, E> {
        let mut announced = *self.announced(kind).ok_or(E::WrongVault)?;
        let mut paid = self.treasury_paid;
        let step = self.params.emission.treasury_step;
        if kind == VaultKind::Treasury && amount > step {
            return Err(E::TreasuryStepExceeded);
        }
        let is_due = announced.pay(to, amount, now_ts)?;
        if kind == VaultKind::Treasury {
            if is_due {
                paid.pay(self.epoch_at(now_ts), amount, step)?;
            }
            (self.treasury, self.treasury_paid) = (announced, paid);
        } else {
            self.insurance = announced;
        }
        Ok(is_due)
    }
}
