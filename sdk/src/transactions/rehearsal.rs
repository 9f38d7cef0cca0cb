//! What a transaction would do and cost, before anybody signs it.

use {
    super::{ComputeBudget, MAX_TRANSACTION_BYTES, Unsigned},
    crate::{AddressLookupTableAccount, Hash, Instruction, Pubkey, transport::Outcome},
};

/// What the chain takes for a signature. Lamports.
pub const LAMPORTS_PER_SIGNATURE: u64 = 5_000;
/// Millionths of a lamport in a lamport.
const MICRO: u128 = 1_000_000;

/// What a transaction would do, ask for and cost if it were sent now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rehearsal {
    /// What it would do.
    pub outcome: Outcome,
    /// What it would ask for; `None` where there is no room for that, and it asks for nothing.
    pub budget: Option<ComputeBudget>,
    /// Its size on the wire; above [`MAX_TRANSACTION_BYTES`] no node takes it.
    pub bytes: usize,
    /// Signatures that it needs.
    pub signatures: u8,
    /// What the chain would take for it whether or not it is refused there. Lamports.
    pub fee: u64,
}

impl Rehearsal {
    pub(crate) fn new(
        outcome: Outcome,
        budget: ComputeBudget,
        instructions: &[Instruction],
        payer: &Pubkey,
        tables: &[AddressLookupTableAccount],
    ) -> Self {
        let all = budget.with_if_it_fits(instructions, payer, tables);
        let budget = Some(budget).filter(|_| all.len() > instructions.len());
        let unsigned = Unsigned::looking_up(&all, payer, tables, Hash::default());
        let signatures = unsigned.transaction.message.header().num_required_signatures;
        let price = budget.and_then(|budget| Some((budget.units, budget.micro_lamports_per_unit?)));
        let priority = price.map_or(0, |(units, price)| (u128::from(units) * u128::from(price)).div_ceil(MICRO));
        let fee = u128::from(signatures) * u128::from(LAMPORTS_PER_SIGNATURE) + priority;
        Self { outcome, budget, bytes: unsigned.size(), signatures, fee: u64::try_from(fee).unwrap_or(u64::MAX) }
    }

    /// Whether a node takes it.
    pub fn fits(&self) -> bool {
        self.bytes <= MAX_TRANSACTION_BYTES
    }
}

#[cfg(test)]
mod tests {
    use {super::*, crate::AccountMeta};

    fn of(instructions: &[Instruction], price: Option<u64>) -> Rehearsal {
        let budget = ComputeBudget { units: 10_001, loaded_bytes: 1, micro_lamports_per_unit: price };
        Rehearsal::new(Outcome::default(), budget, instructions, &Pubkey::new_from_array([1; 32]), &[])
    }

    fn instruction(signer: u8, accounts: u8) -> Instruction {
        let more = (0..accounts).map(|byte| AccountMeta::new(Pubkey::new_from_array([byte + 50; 32]), false));
        let mut instruction = crate::ix::pause(&Pubkey::default(), Pubkey::new_from_array([signer; 32]), 60);
        instruction.accounts.extend(more);
        instruction
    }

    #[test]
    fn the_fee_is_that_of_every_signature_and_of_every_unit_that_is_asked_for() {
        assert_eq!((of(&[instruction(1, 0)], None).fee, of(&[instruction(2, 0)], None).fee), (5_000, 10_000));
        assert_eq!(of(&[instruction(1, 0)], Some(1_000_000)).fee, 15_001);
        assert_eq!(of(&[instruction(1, 0)], Some(1)).fee, 5_001, "a part of a lamport is one");
        assert_eq!(of(&[instruction(1, 0)], Some(u64::MAX)).fee, 5_000 + 184_485_887_481_169_226);
    }

    #[test]
    fn what_has_no_room_for_a_budget_asks_for_none_and_what_is_too_large_is_known() {
        let [small, tight, large] = [0, 30, 40].map(|accounts| of(&[instruction(1, accounts)], Some(1_000_000)));
        assert!(small.budget.is_some() && small.fits());
        assert!(tight.budget.is_none() && tight.fits() && tight.fee == 5_000, "{}", tight.bytes);
        assert!(!large.fits() && large.bytes > MAX_TRANSACTION_BYTES);
    }
}
