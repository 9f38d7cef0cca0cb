//! More work than fits one transaction, in as few as possible.

use {
    super::{ComputeBudget, DEFAULT_UNITS, MAX_COMPUTE_UNITS, MAX_TRANSACTION_BYTES, Unsigned},
    crate::{AddressLookupTableAccount, Hash, Instruction, Pubkey},
    thiserror::Error,
};

/// Instructions that must stand in one transaction, and what they use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// In order.
    pub instructions: Vec<Instruction>,
    /// The most compute units that they use together.
    pub units: u32,
}

impl Part {
    /// One instruction, for which the runtime allows 200,000 units where nobody knows better.
    pub fn alone(instruction: Instruction) -> Self {
        Self { instructions: vec![instruction], units: DEFAULT_UNITS }
    }
}

/// A part does not fit a transaction of its own.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("part {part} does not fit one transaction: it has {bytes} bytes of 1,232, and uses {units} units of 1,400,000")]
pub struct TooLarge {
    /// Its index.
    pub part: usize,
    /// Bytes on the wire, with a budget.
    pub bytes: usize,
    /// Compute units.
    pub units: u32,
}

/// Puts parts together into transactions that `payer` pays for, in order: each takes as many as its bytes
/// allow, with a budget and a price and what stands in tables looked up there, and as many as a fifth more
/// than their units allow. Each stands alone, whatever becomes of the others.
///
/// # Errors
///
/// A part that is too large for a transaction of its own.
pub fn pack(
    parts: &[Part],
    payer: &Pubkey,
    tables: &[AddressLookupTableAccount],
) -> Result<Vec<Vec<Instruction>>, TooLarge> {
    let mut packed: Vec<Part> = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        if let Some(last) = packed.last_mut() {
            let instructions = [last.instructions.as_slice(), part.instructions.as_slice()].concat();
            let joined = Part { instructions, units: last.units.saturating_add(part.units) };
            if fits(&joined, payer, tables).is_ok() {
                *last = joined;
                continue;
            }
        }
        fits(part, payer, tables).map_err(|bytes| TooLarge { part: index, bytes, units: part.units })?;
        packed.push(part.clone());
    }
    Ok(packed.into_iter().map(|part| part.instructions).collect())
}

/// Whether a part fits a transaction, or the bytes that it has.
fn fits(part: &Part, payer: &Pubkey, tables: &[AddressLookupTableAccount]) -> Result<(), usize> {
    let all = ComputeBudget::to_try(true).with(&part.instructions);
    let bytes = Unsigned::looking_up(&all, payer, tables, Hash::default()).size();
    let units = u64::from(part.units) + u64::from(part.units) / 5;
    (bytes <= MAX_TRANSACTION_BYTES && units <= u64::from(MAX_COMPUTE_UNITS)).then_some(()).ok_or(bytes)
}

#[cfg(test)]
mod tests {
    use {super::*, crate::AccountMeta};

    fn part(byte: u8, accounts: u8, units: u32) -> Part {
        let meta = |index| {
            AccountMeta::new(
                Pubkey::new_from_array([byte, index, 1, 1, 1, 1, 1, 1].repeat(4).try_into().unwrap()),
                false,
            )
        };
        let instruction =
            Instruction { program_id: crate::ID, accounts: (0..accounts).map(meta).collect(), data: vec![byte; 8] };
        Part { instructions: vec![instruction], units }
    }

    fn sizes(packed: &[Vec<Instruction>]) -> Vec<usize> {
        packed.iter().map(Vec::len).collect()
    }

    #[test]
    fn parts_fill_a_transaction_up_to_its_bytes_and_keep_their_order() {
        let payer = Pubkey::new_from_array([9; 32]);
        let parts: Vec<Part> = (0..7).map(|byte| part(byte, 10, 5_000)).collect();
        let packed = pack(&parts, &payer, &[]).unwrap();
        assert_eq!(sizes(&packed), [2, 2, 2, 1]);
        let order: Vec<u8> = packed.concat().iter().map(|instruction| instruction.data[0]).collect();
        assert_eq!(order, [0, 1, 2, 3, 4, 5, 6]);
        for instructions in &packed {
            let all = ComputeBudget::to_try(true).with(instructions);
            assert!(Unsigned::new(&all, &payer, Hash::default()).size() <= MAX_TRANSACTION_BYTES);
        }
        let addresses = parts.iter().flat_map(|part| part.instructions[0].accounts.iter().map(|meta| meta.pubkey));
        let table = AddressLookupTableAccount { key: payer, addresses: addresses.collect() };
        assert_eq!(sizes(&pack(&parts, &payer, &[table]).unwrap()), [7], "a table makes room");
    }

    #[test]
    fn parts_fill_a_transaction_up_to_its_units() {
        let parts: Vec<Part> = (0..5).map(|byte| part(byte, 1, 500_000)).collect();
        assert_eq!(sizes(&pack(&parts, &Pubkey::default(), &[]).unwrap()), [2, 2, 1]);
        assert_eq!(pack(&[], &Pubkey::default(), &[]).unwrap(), Vec::<Vec<Instruction>>::new());
    }

    #[test]
    fn a_part_that_fits_nowhere_is_named() {
        let too_wide = pack(&[part(0, 2, 1), part(1, 40, 1)], &Pubkey::default(), &[]).unwrap_err();
        assert!(too_wide.part == 1 && too_wide.bytes > MAX_TRANSACTION_BYTES);
        let too_dear = pack(&[part(0, 2, 1_200_000)], &Pubkey::default(), &[]).unwrap_err();
        assert_eq!((too_dear.part, too_dear.units), (0, 1_200_000));
    }
}
