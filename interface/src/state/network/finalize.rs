//! Finalizing an epoch: what it emits, what leaves with it, and what the network remembers of it.

use super::{EpochWork, Network};
use crate::{
    math::{
        Amount, Epoch,
        emission::{Emission, of_epoch, scaled},
    },
    state::{EpochPool, EpochState},
};

/// Which vaults can receive and give tokens: a frozen one stops no crank (principle-frozen-1).
#[derive(Clone, Copy, Debug)]
pub struct Vaults {
    /// The reward vault.
    pub rewards: bool,
    /// The keeper vault.
    pub keepers: bool,
    /// The treasury vault.
    pub treasury: bool,
    /// The reserve vault.
    pub reserve: bool,
}

impl Vaults {
    /// No vault is frozen.
    pub const OPEN: Self = Self { rewards: true, keepers: true, treasury: true, reserve: true };
}

/// What the token program says of the work token and of the network's vaults.
#[derive(Clone, Copy, Debug)]
pub struct Ledger {
    /// Tokens in existence.
    pub supply: Amount,
    /// What the reserve vault holds.
    pub reserve: Amount,
    /// Which vaults can receive and give.
    pub vaults: Vaults,
}

/// What finalizing an epoch moves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Finalized {
    /// Fresh tokens.
    pub emitted: Emission,
    /// What earlier epochs left, now shared.
    pub carried: u64,
    /// Fees to burn.
    pub burned: u64,
    /// Fees to pay into the treasury.
    pub treasury: u64,
}

impl Network {
    /// What can still be emitted: the room below the supply cap, or what the reserve holds and can give.
    fn available(&self, pool: &EpochPool, ledger: &Ledger) -> Amount {
        if self.mints() {
            Amount(pool.emission_rules.max_supply).saturating_sub(ledger.supply)
        } else if ledger.vaults.reserve {
            ledger.reserve
        } else {
            Amount::ZERO
        }
    }

    /// Finalizes an epoch that may be finalized.
    ///
    /// Emission that a frozen vault could not receive is not emitted; fees that cannot leave or reach a
    /// frozen vault wait for the next epoch.
    #[inline(never)]
    pub fn finalize(&mut self, pool: &mut EpochPool, can_be_settled: bool, ledger: &Ledger, now: Epoch) -> Finalized {
        let (mut finalized, vaults) = (Finalized::default(), &ledger.vaults);
        let available = self.available(pool, ledger);
        self.fold_stake(Amount(pool.stake_folded), pool.weighed_with_weight);
        if pool.total_weight > 0 && can_be_settled && vaults.rewards {
            let largest = self.largest_stake();
            let emitted = of_epoch(&pool.emission_limits(available, largest));
            finalized.emitted = if vaults.keepers { emitted } else { Emission { keepers: Amount::ZERO, ..emitted } };
            // What earlier epochs left is scaled like the rest, or whoever weighs only himself would take all
            // of it.
            finalized.carried = scaled(Amount(self.carried), Amount(pool.stake_weighted), largest).0;
            pool.emission = finalized.emitted.providers.0.saturating_add(finalized.carried);
            pool.attester_emission = finalized.emitted.attesters.0;
        }
        self.carried = self.carried.saturating_sub(finalized.carried);
        self.emitted_total = self.emitted_total.saturating_add(finalized.emitted.total().0);
        self.next_finalize_epoch = pool.epoch.saturating_add(1);

        self.burn_due = self.burn_due.saturating_add(pool.burn_due);
        self.treasury_due = self.treasury_due.saturating_add(pool.treasury_due);
        if vaults.rewards {
            finalized.burned = core::mem::take(&mut self.burn_due);
        }
        if vaults.rewards && vaults.treasury {
            finalized.treasury = core::mem::take(&mut self.treasury_due);
        }

        // The minimum stake moves: the running epochs keep the one that they began with.
        self.note_rules(now);
        let work = EpochWork {
            weighted: pool.weighed_with_weight,
            working: pool.working,
            burned: Amount(pool.burned),
            emission: Amount(pool.emission),
            supply: ledger.supply,
        };
        self.fold_work(&work, &pool.place_rules);
        pool.state = EpochState::Finalized as u8;
        finalized
    }
}
