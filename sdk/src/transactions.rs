//! Transactions: with a compute budget, and unsigned for those who sign elsewhere.

use {
    crate::{Hash, Instruction, Pubkey, Transaction},
    base64::{Engine, prelude::BASE64_STANDARD},
};

/// The compute budget program.
pub const COMPUTE_BUDGET_PROGRAM: Pubkey = Pubkey::from_str_const("ComputeBudget111111111111111111111111111111");
/// The most compute units that a transaction may ask for.
pub const MAX_COMPUTE_UNITS: u32 = 1_400_000;
/// The most bytes that a transaction may have on the wire.
pub const MAX_TRANSACTION_BYTES: usize = 1_232;

/// What a transaction asks of the scheduler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComputeBudget {
    /// It may use so many compute units.
    pub units: u32,
    /// What it pays on top of the base fee for each of them. Millionths of a lamport.
    pub micro_lamports_per_unit: u64,
}

impl ComputeBudget {
    /// As much as a transaction may have: for trying it out.
    pub const fn most(micro_lamports_per_unit: u64) -> Self {
        Self { units: MAX_COMPUTE_UNITS, micro_lamports_per_unit }
    }

    /// A fifth more than a simulation used, because another state may take another path.
    pub fn after(used_units: u64, micro_lamports_per_unit: u64) -> Self {
        let fifth = used_units.div_ceil(5);
        let units = u32::try_from(used_units.saturating_add(fifth)).unwrap_or(MAX_COMPUTE_UNITS);
        Self { units: units.min(MAX_COMPUTE_UNITS), micro_lamports_per_unit }
    }

    /// The instructions that ask for it. Without a price there is none for the price.
    pub fn instructions(&self) -> Vec<Instruction> {
        let instruction = |data| Instruction { program_id: COMPUTE_BUDGET_PROGRAM, accounts: Vec::new(), data };
        let mut instructions = vec![instruction([&[2][..], &self.units.to_le_bytes()].concat())];
        if self.micro_lamports_per_unit > 0 {
            instructions.push(instruction([&[3][..], &self.micro_lamports_per_unit.to_le_bytes()].concat()));
        }
        instructions
    }

    /// Instructions that begin with the budget's.
    pub fn with(&self, instructions: &[Instruction]) -> Vec<Instruction> {
        let mut all = self.instructions();
        all.extend_from_slice(instructions);
        all
    }

    /// The same, or without a budget and a price where they would make the transaction too large: the
    /// creation of a network, whose parameters fill it.
    pub fn with_if_it_fits(&self, instructions: &[Instruction], payer: &Pubkey) -> Vec<Instruction> {
        let all = self.with(instructions);
        let bytes = wire_bytes(&Transaction::new_with_payer(&all, Some(payer))).len();
        if bytes <= MAX_TRANSACTION_BYTES { all } else { instructions.to_vec() }
    }
}

/// A transaction for a multisig, a hardware wallet or another machine to sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsigned {
    /// The transaction, its signatures empty.
    pub transaction: Transaction,
}

impl Unsigned {
    /// Instructions as one transaction that `payer` pays for. A multisig replaces the blockhash when it
    /// executes.
    pub fn new(instructions: &[Instruction], payer: &Pubkey, blockhash: Hash) -> Self {
        let mut transaction = Transaction::new_with_payer(instructions, Some(payer));
        transaction.message.recent_blockhash = blockhash;
        Self { transaction }
    }

    /// The bytes that are signed.
    pub fn message(&self) -> Vec<u8> {
        self.transaction.message_data()
    }

    /// The message in base58, as Squads and other multisigs take it.
    pub fn message_base58(&self) -> String {
        bs58::encode(self.message()).into_string()
    }

    /// The message in base64.
    pub fn message_base64(&self) -> String {
        BASE64_STANDARD.encode(self.message())
    }

    /// The whole transaction in base64 with empty signatures, as wallets and `simulateTransaction` take it.
    pub fn transaction_base64(&self) -> String {
        BASE64_STANDARD.encode(wire_bytes(&self.transaction))
    }

    /// Bytes on the wire, signatures included; at most [`MAX_TRANSACTION_BYTES`].
    pub fn size(&self) -> usize {
        wire_bytes(&self.transaction).len()
    }

    /// Who must sign, the payer first.
    pub fn signers(&self) -> &[Pubkey] {
        let required = usize::from(self.transaction.message.header.num_required_signatures);
        &self.transaction.message.account_keys[..required]
    }
}

/// A transaction as it goes over the wire: the number of its signatures, the signatures, the message.
pub fn wire_bytes(transaction: &Transaction) -> Vec<u8> {
    // At most 12 signatures fit into a transaction, so their number is one byte.
    let mut bytes = vec![u8::try_from(transaction.signatures.len()).unwrap_or(u8::MAX)];
    for signature in &transaction.signatures {
        bytes.extend_from_slice(signature.as_ref());
    }
    bytes.extend(transaction.message_data());
    bytes
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        crate::{Keypair, Signer},
    };

    fn instruction(signer: Pubkey) -> Instruction {
        crate::ix::pause(&Pubkey::new_from_array([5; 32]), signer, 60)
    }

    #[test]
    fn a_budget_is_a_fifth_above_what_was_used_and_never_above_the_limit() {
        assert_eq!(ComputeBudget::after(10_000, 0).units, 12_000);
        assert_eq!(ComputeBudget::after(1, 0).units, 2);
        assert_eq!(ComputeBudget::after(1_399_999, 0).units, MAX_COMPUTE_UNITS);
        assert_eq!(ComputeBudget::after(u64::MAX, 0).units, MAX_COMPUTE_UNITS);
    }

    #[test]
    fn the_price_is_asked_for_only_when_there_is_one() {
        let free = ComputeBudget { units: 257, micro_lamports_per_unit: 0 }.instructions();
        assert_eq!(free.len(), 1);
        assert_eq!(free[0].data, [2, 1, 1, 0, 0]);
        let paid = ComputeBudget { units: 257, micro_lamports_per_unit: 9 }.with(&[instruction(Pubkey::default())]);
        assert_eq!(paid.len(), 3);
        assert_eq!(paid[1].data, [3, 9, 0, 0, 0, 0, 0, 0, 0]);
    }

    #[test]
    fn what_is_signed_elsewhere_is_what_would_have_been_signed_here() {
        let (payer, guardian) = (Keypair::new_from_array([1; 32]), Keypair::new_from_array([2; 32]));
        let blockhash = Hash::new_from_array([8; 32]);
        let instructions = [instruction(guardian.pubkey())];
        let unsigned = Unsigned::new(&instructions, &payer.pubkey(), blockhash);
        let here =
            Transaction::new_signed_with_payer(&instructions, Some(&payer.pubkey()), &[&payer, &guardian], blockhash);
        assert_eq!(unsigned.message(), here.message_data());
        assert_eq!(bs58::decode(unsigned.message_base58()).into_vec().unwrap(), unsigned.message());
        assert_eq!(BASE64_STANDARD.decode(unsigned.message_base64()).unwrap(), unsigned.message());
        assert_eq!(unsigned.signers(), [payer.pubkey(), guardian.pubkey()]);

        let bytes = BASE64_STANDARD.decode(unsigned.transaction_base64()).unwrap();
        assert_eq!(bytes.len(), unsigned.size());
        assert_eq!((bytes[0], &bytes[1..129], &bytes[129..]), (2, &[0; 128][..], unsigned.message().as_slice()));
        assert!(unsigned.size() < MAX_TRANSACTION_BYTES);
    }
}
