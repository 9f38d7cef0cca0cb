//! Transactions: what they ask for, how many it takes, and unsigned ones for those who sign elsewhere.

mod budget;
mod pack;
mod rehearsal;

pub use {
    budget::{COMPUTE_BUDGET_PROGRAM, ComputeBudget, DEFAULT_UNITS, MAX_COMPUTE_UNITS, PriorityFee, UnitPrice},
    pack::{Part, TooLarge, pack},
    rehearsal::{LAMPORTS_PER_SIGNATURE, Rehearsal},
};

use {
    crate::{Hash, Instruction, Pubkey, Transaction},
    base64::{Engine, prelude::BASE64_STANDARD},
};

/// The most bytes that a transaction may have on the wire.
pub const MAX_TRANSACTION_BYTES: usize = 1_232;

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
