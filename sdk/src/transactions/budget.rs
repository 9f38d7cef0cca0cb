//! What a transaction asks of the scheduler: compute units, bytes of accounts, and a price.
//!
//! The scheduler counts what is asked for, not what is used: without a limit of bytes it counts 64 MiB, more
//! than twice the rest of a delegation.

use {
    super::{MAX_TRANSACTION_BYTES, Unsigned},
    crate::{AddressLookupTableAccount, Hash, Instruction, Pubkey},
};

/// The compute budget program.
pub const COMPUTE_BUDGET_PROGRAM: Pubkey = Pubkey::from_str_const("ComputeBudget111111111111111111111111111111");
/// The most compute units that a transaction may ask for.
pub const MAX_COMPUTE_UNITS: u32 = 1_400_000;
/// What the runtime allows an instruction where a transaction asks for nothing.
pub const DEFAULT_UNITS: u32 = 200_000;
/// What every instruction of the budget itself uses; nothing uses less.
const BUDGET_UNITS: u64 = 150;
/// The most bytes of accounts that a transaction may load.
const MAX_LOADED_BYTES: u32 = 64 << 20;
/// Enough for one position: the program has 852,480 bytes, Token-2022 616,000, the accounts some ten
/// thousand.
const POSITION_BYTES: u32 = 3 << 19;
/// Enough for a batch, with its trees and some dozens of providers.
const BATCH_BYTES: u32 = 2 << 20;
/// From so many accounts on a transaction is a batch.
const BATCH_ACCOUNTS: usize = 24;
const MEBIBYTE: u32 = 1 << 20;
/// Of the slots looked at, the price asked is at or above that of so many in a hundred.
const AUTO_PERCENTILE: usize = 75;

/// A price for each compute unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitPrice {
    /// Millionths of a lamport.
    Fixed(u64),
    /// What three quarters of the slots of late would have taken, for the accounts that are written.
    Auto,
}

/// What a transaction may pay on top of the base fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriorityFee {
    /// For each compute unit that it asks for.
    pub price: UnitPrice,
    /// At most, for one transaction. Lamports.
    pub max_lamports: u64,
}

impl PriorityFee {
    /// Nothing on top.
    pub const NONE: Self = Self { price: UnitPrice::Fixed(0), max_lamports: 0 };

    /// Whether it may be more than nothing.
    pub const fn pays(&self) -> bool {
        !matches!(self.price, UnitPrice::Fixed(0)) && self.max_lamports > 0
    }

    /// The price for each of `units`, below the cap: in millionths of a lamport, rounded down. `recent` is
    /// what was paid in each slot of late.
    pub fn price_for(&self, units: u32, recent: &[u64]) -> u64 {
        let wanted = match self.price {
            UnitPrice::Fixed(price) => price,
            UnitPrice::Auto => {
                let mut recent = recent.to_vec();
                recent.sort_unstable();
                let place = (recent.len() * AUTO_PERCENTILE / 100).min(recent.len().saturating_sub(1));
                recent.get(place).copied().unwrap_or(0)
            }
        };
        let most = u128::from(self.max_lamports) * 1_000_000 / u128::from(units.max(1));
        wanted.min(u64::try_from(most).unwrap_or(u64::MAX))
    }
}

/// What a transaction asks of the scheduler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComputeBudget {
    /// It may use so many compute units.
    pub units: u32,
    /// It may load so many bytes of accounts, programs included.
    pub loaded_bytes: u32,
    /// What it pays on top of the base fee for each unit, in millionths of a lamport. `None` asks nothing of
    /// a price; a price of 0 asks for it, which costs as many units as another price.
    pub micro_lamports_per_unit: Option<u64>,
}

impl ComputeBudget {
    /// As much as a transaction may have, for nothing: for trying it out. It has the instructions that the
    /// final one will have, because they use units too.
    pub const fn to_try(pays: bool) -> Self {
        let micro_lamports_per_unit = if pays { Some(0) } else { None };
        Self { units: MAX_COMPUTE_UNITS, loaded_bytes: MAX_LOADED_BYTES, micro_lamports_per_unit }
    }

    /// A fifth more units than a simulation used, because another state may take another path; and the bytes
    /// that hold what it loaded. Where the node reports no units (0, or less than the instructions of the
    /// budget use) each instruction has the 200,000 that the runtime allows it without a budget; where it
    /// reports no bytes, 1.5 MiB, or 2 MiB for a batch.
    pub fn after(used_units: u64, loaded_bytes: u32, instructions: &[Instruction], payer: &Pubkey) -> Self {
        let used_units = match used_units {
            0..=BUDGET_UNITS => u64::from(DEFAULT_UNITS).saturating_mul(instructions.len().max(1) as u64),
            reported => reported.saturating_add(reported / 5),
        };
        let units = u32::try_from(used_units).unwrap_or(MAX_COMPUTE_UNITS).min(MAX_COMPUTE_UNITS);
        let named = Unsigned::new(instructions, payer, Hash::default());
        let accounts = named.transaction.message.static_account_keys().len();
        let floor = if accounts >= BATCH_ACCOUNTS { BATCH_BYTES } else { POSITION_BYTES };
        Self { units, loaded_bytes: bytes_for(loaded_bytes).max(floor), micro_lamports_per_unit: None }
    }

    /// The same at a price; without one where it is 0.
    pub fn at(self, micro_lamports_per_unit: u64) -> Self {
        Self { micro_lamports_per_unit: Some(micro_lamports_per_unit).filter(|price| *price > 0), ..self }
    }

    /// The instructions that ask for it.
    pub fn instructions(&self) -> Vec<Instruction> {
        let instruction = |data| Instruction { program_id: COMPUTE_BUDGET_PROGRAM, accounts: Vec::new(), data };
        let mut instructions = vec![
            instruction([&[2][..], &self.units.to_le_bytes()].concat()),
            instruction([&[4][..], &self.loaded_bytes.to_le_bytes()].concat()),
        ];
        if let Some(price) = self.micro_lamports_per_unit {
            instructions.push(instruction([&[3][..], &price.to_le_bytes()].concat()));
        }
        instructions
    }

    /// Instructions that begin with the budget's.
    pub fn with(&self, instructions: &[Instruction]) -> Vec<Instruction> {
        let mut all = self.instructions();
        all.extend_from_slice(instructions);
        all
    }

    /// The same, or without a budget where it would make the transaction too large: the creation of a
    /// network, whose parameters fill it.
    pub fn with_if_it_fits(
        &self,
        instructions: &[Instruction],
        payer: &Pubkey,
        tables: &[AddressLookupTableAccount],
    ) -> Vec<Instruction> {
        let all = self.with(instructions);
        let bytes = Unsigned::looking_up(&all, payer, tables, Hash::default()).size();
        if bytes <= MAX_TRANSACTION_BYTES { all } else { instructions.to_vec() }
    }
}

/// The step that holds so many bytes and a sixteenth more, should an account grow meanwhile: 1.5 MiB, 2 MiB,
/// or so many whole MiB.
fn bytes_for(loaded_bytes: u32) -> u32 {
    let wanted = loaded_bytes.saturating_add(loaded_bytes / 16);
    match wanted {
        0..=POSITION_BYTES => POSITION_BYTES,
        _ => wanted.div_ceil(MEBIBYTE).saturating_mul(MEBIBYTE).min(MAX_LOADED_BYTES),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instruction() -> Instruction {
        crate::ix::pause(&Pubkey::new_from_array([5; 32]), Pubkey::new_from_array([6; 32]), 60)
    }

    fn after(used: u64, loaded: u32) -> ComputeBudget {
        ComputeBudget::after(used, loaded, &[instruction(), instruction()], &Pubkey::default())
    }

    #[test]
    fn units_are_a_fifth_above_what_was_used_and_never_above_the_limit() {
        assert_eq!(after(10_000, 0).units, 12_000);
        assert_eq!(after(1_199_999, 0).units, MAX_COMPUTE_UNITS);
        assert_eq!(after(u64::MAX, 0).units, MAX_COMPUTE_UNITS);
    }

    #[test]
    fn where_a_node_reports_no_units_the_runtime_s_own_allowance_is_asked_for() {
        for none in [0, 1, 150] {
            assert_eq!(after(none, 0).units, 400_000);
        }
        assert_eq!(after(151, 0).units, 181);
    }

    #[test]
    fn bytes_are_the_step_that_holds_what_was_loaded() {
        for (loaded, limit) in [
            (0, 1_572_864),
            (970_000, 1_572_864),
            (1_480_343, 1_572_864),
            (1_480_344, 2 * MEBIBYTE),
            (1_980_000, 3 * MEBIBYTE),
            (u32::MAX, MAX_LOADED_BYTES),
        ] {
            assert_eq!(after(300, loaded).loaded_bytes, limit, "{loaded}");
        }
        let many = (0..24).map(|byte| crate::AccountMeta::new(Pubkey::new_from_array([byte + 1; 32]), false));
        let batch = Instruction { accounts: many.collect(), ..instruction() };
        assert_eq!(ComputeBudget::after(300, 0, &[batch], &Pubkey::default()).loaded_bytes, BATCH_BYTES);
    }

    #[test]
    fn the_price_is_asked_for_only_when_there_is_one_and_tried_at_nothing() {
        let budget = ComputeBudget { units: 257, loaded_bytes: 258, micro_lamports_per_unit: None };
        let data: Vec<Vec<u8>> = budget.instructions().into_iter().map(|instruction| instruction.data).collect();
        assert_eq!(data, [[2, 1, 1, 0, 0], [4, 2, 1, 0, 0]]);
        assert_eq!(budget.at(0), budget);
        assert_eq!(budget.at(9).with(&[instruction()])[2].data, [3, 9, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(ComputeBudget::to_try(true).instructions()[2].data, [3, 0, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(ComputeBudget::to_try(false).instructions().len(), 2);
    }

    #[test]
    fn a_price_stays_below_the_cap_whoever_asks_for_it() {
        let fixed = |price, max_lamports| PriorityFee { price: UnitPrice::Fixed(price), max_lamports };
        assert_eq!(fixed(5, u64::MAX).price_for(1_000, &[]), 5);
        assert_eq!(fixed(1_000_000_000, 100).price_for(10_000, &[]), 10_000);
        assert_eq!(fixed(u64::MAX, u64::MAX).price_for(1, &[]), u64::MAX);
        let auto = PriorityFee { price: UnitPrice::Auto, max_lamports: 1 };
        assert_eq!(auto.price_for(100_000, &[4, 1, 3, 2]), 4);
        assert_eq!(auto.price_for(100_000, &[90, 1, 3, 2, 8, 5, 6, 7]), 8);
        assert_eq!(auto.price_for(100_000, &[u64::MAX; 9]), 10);
        assert_eq!(auto.price_for(100_000, &[]), 0);
        assert!(!PriorityFee::NONE.pays() && !fixed(5, 0).pays() && auto.pays());
    }
}
