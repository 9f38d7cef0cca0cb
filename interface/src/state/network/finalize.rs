//! Finalizing an epoch: what it emits, what leaves with it, and what the network remembers of it.

use super::{EmittingEpoch, EpochWork, Network, PlannedEmission};
use crate::{
    math::{
        Amount, Epoch,
        emission::{Emission, of_epoch, of_treasury, scaled},
    },
    state::{EpochPool, EpochState, PaidWork},
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
    /// What the treasury vault holds.
    pub treasury: Amount,
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
    /// Fees to burn, with what the treasury no longer takes of them, less what comes back.
    pub burned: u64,
    /// What of fees is left unburned for those whose work had burned it.
    pub burn_back: u64,
    /// Fees to pay into the treasury.
    pub treasury: u64,
    /// What the emission gives way to: what the fees of strangers' jobs burned, and the treasury's part of
    /// fees, paid or burned. Neither draw fees nor debts of slashes, which bring no provider anything
    /// (epoch-emission-8).
    pub fees_taken: u64,
}

impl Finalized {
    /// Leaves unburned what comes back to those who worked, if the epoch pays anything (epoch-work-1). It
    /// lies where they are paid from: burned and minted again it would be the same to the supply, and so it
    /// is one movement less and can be where nothing can be minted. It never exceeds what this epoch burns.
    fn give_back(&mut self, work: &mut PaidWork, pays: bool) {
        if !pays || work.burn_back > self.burned {
            work.burn_back = 0;
        }
        self.burn_back = work.burn_back;
        self.burned = self.burned.saturating_sub(work.burn_back);
        self.fees_taken = self.fees_taken.saturating_sub(work.burn_back);
    }
}

impl Network {
    /// What can still be emitted: the room below the supply cap, or what the reserve holds and can give.
    fn room(&self, pool: &EpochPool, ledger: &Ledger) -> Amount {
        if self.mints() {
            Amount(pool.emission_rules.max_supply).saturating_sub(ledger.supply)
        } else if ledger.vaults.reserve {
            ledger.reserve
        } else {
            Amount::ZERO
        }
    }

    /// Tokens in circulation: what lies in a reserve is not, so that one law serves both kinds of network.
    pub fn circulating(&self, ledger: &Ledger) -> Amount {
        ledger.supply.saturating_sub(if self.mints() { Amount::ZERO } else { ledger.reserve })
    }

    /// What an epoch emits, and why, by its own rules and what is known of it now. The stake that it folded
    /// is among the last eight: [`Self::fold_stake`].
    pub fn plan_emission(&self, pool: &EpochPool, ledger: &Ledger, now_ts: i64) -> PlannedEmission {
        let epoch = EmittingEpoch {
            secs: pool.length_secs(),
            folded: Amount(pool.stake_folded),
            largest: self.largest_stake(),
            supply: self.circulating(ledger),
            room: self.room(pool, ledger),
            now_ts,
        };
        self.emission.plan(&pool.emission_rules, &epoch)
    }

    /// Finalizes an epoch that may be finalized.
    ///
    /// Emission that a frozen vault could not receive is not emitted; fees that cannot leave or reach a
    /// frozen vault wait for the next epoch.
    #[inline(never)]
    pub fn finalize(
        &mut self,
        pool: &mut EpochPool,
        can_be_settled: bool,
        ledger: &Ledger,
        (now, now_ts): (Epoch, i64),
    ) -> Finalized {
        let mut finalized = self.collect_fees(pool, ledger);
        let pays = pool.total_weight > 0 && can_be_settled && ledger.vaults.rewards;
        finalized.give_back(&mut pool.work, pays);
        self.fold_stake(Amount(pool.stake_folded), pool.weighed_with_weight);
        self.units.fold(pool.work.units);
        self.emission.note_fees(finalized.fees_taken);
        if pays {
            self.emit(pool, ledger, now_ts, &mut finalized);
        }
        self.next_finalize_epoch = pool.epoch.saturating_add(1);

        // The minimum stake moves: the running epochs keep the one that they began with.
        self.note_rules(now);
        let work = EpochWork {
            weighted: pool.weighed_with_weight,
            working: pool.working,
            burned: Amount(pool.burned),
            emission: Amount(pool.emission),
            supply: ledger.supply,
            now,
        };
        self.fold_work(&work, &pool.place_rules);
        pool.state = EpochState::Finalized as u8;
        finalized
    }

    /// The burned and the treasury's part of fees that leave with an epoch. What the treasury no longer takes
    /// burns (epoch-emission-10).
    fn collect_fees(&mut self, pool: &EpochPool, ledger: &Ledger) -> Finalized {
        let mut finalized = Finalized { fees_taken: pool.burned, ..Finalized::default() };
        self.burn_due = self.burn_due.saturating_add(pool.burn_due);
        self.treasury_due = self.treasury_due.saturating_add(pool.treasury_due);
        if ledger.vaults.rewards {
            finalized.burned = core::mem::take(&mut self.burn_due);
        }
        if ledger.vaults.rewards && ledger.vaults.treasury {
            let due = Amount(core::mem::take(&mut self.treasury_due));
            finalized.fees_taken = finalized.fees_taken.saturating_add(due.0);
            let (paid, beyond) = of_treasury(due, pool.treasury_room(ledger.treasury));
            finalized.treasury = paid.0;
            finalized.burned = finalized.burned.saturating_add(beyond.0);
        }
        finalized
    }

    /// What the units of an epoch are measured by: the most of eight epochs, this one included, and no less
    /// than the epoch's baseline (epoch-work-2).
    pub fn most_units(&self, pool: &EpochPool) -> u64 {
        self.units.largest().max(pool.work_pay.units_baseline)
    }

    /// Emits an epoch's tokens, and shares what earlier epochs left.
    fn emit(&mut self, pool: &mut EpochPool, ledger: &Ledger, now_ts: i64, finalized: &mut Finalized) {
        let (largest, vaults) = (self.largest_stake(), &ledger.vaults);
        self.emission.advance(now_ts);
        let plan = self.plan_emission(pool, ledger, now_ts);
        let held = ledger.treasury.saturating_add(Amount(finalized.treasury));
        let room = if vaults.treasury { pool.treasury_room(held) } else { Amount::ZERO };
        let emitted = of_epoch(&pool.emission_limits(plan.emits, (largest, self.most_units(pool)), room));
        finalized.emitted = if vaults.keepers { emitted } else { Emission { keepers: Amount::ZERO, ..emitted } };
        // What earlier epochs left is scaled like the rest, or whoever weighs only himself would take all of
        // it.
        finalized.carried = scaled(Amount(self.carried), Amount(pool.stake_weighted), largest).0;
        pool.emission = finalized.emitted.providers.0.saturating_add(finalized.carried);
        pool.attester_emission = finalized.emitted.attesters.0;
        pool.work.emission = finalized.emitted.by_units.0;

        let total = finalized.emitted.total();
        self.carried = self.carried.saturating_sub(finalized.carried);
        self.emitted_total = self.emitted_total.saturating_add(total.0);
        self.emission.note_emission(&plan, total);
        self.emission.note_earned(Amount(pool.emission), Amount(pool.stake_weighted));
    }
}
