//! Transactions: what they ask for, how many it takes, and unsigned ones for those who sign elsewhere.

mod budget;
mod manner;
mod pack;
mod rehearsal;

pub use {
    budget::{COMPUTE_BUDGET_PROGRAM, ComputeBudget, DEFAULT_UNITS, MAX_COMPUTE_UNITS, PriorityFee, UnitPrice},
    manner::Manner,
    pack::{Part, TooLarge, pack},
    rehearsal::{LAMPORTS_PER_SIGNATURE, Rehearsal},
};

use {
    crate::{
        AddressLookupTableAccount, Hash, Instruction, Pubkey, Signature, Signer, VersionedMessage, VersionedTransaction,
    },
    base64::{Engine, prelude::BASE64_STANDARD},
    solana_message::{legacy, v0},
    solana_signer::SignerError,
};

/// The most bytes that a transaction may have on the wire.
pub const MAX_TRANSACTION_BYTES: usize = 1_232;

/// A transaction for a multisig, a hardware wallet or another machine to sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsigned {
    /// The transaction, its signatures empty.
    pub transaction: VersionedTransaction,
}

impl Unsigned {
    /// Instructions as one transaction that `payer` pays for, with a message that everybody reads. A multisig
    /// replaces the blockhash when it executes.
    pub fn new(instructions: &[Instruction], payer: &Pubkey, blockhash: Hash) -> Self {
        Self::looking_up(instructions, payer, &[], blockhash)
    }

    /// The same, with a message of version 0 where that is smaller: it names what stands in one of the tables
    /// by its place there. Whoever signs, and programs, are always named in full.
    pub fn looking_up(
        instructions: &[Instruction],
        payer: &Pubkey,
        tables: &[AddressLookupTableAccount],
        blockhash: Hash,
    ) -> Self {
        let message = message(instructions, payer, tables, blockhash);
        let signatures = vec![Signature::default(); usize::from(message.header().num_required_signatures)];
        Self { transaction: VersionedTransaction { signatures, message } }
    }

    /// The transaction, signed by exactly those who must. Who signs as several, as the giver and the receiver
    /// of one transfer may, is named as often and signs once.
    ///
    /// # Errors
    ///
    /// A key that cannot sign, one too few, and one that is not asked for.
    pub fn sign<S: Signer + ?Sized>(self, signers: &[&S]) -> Result<VersionedTransaction, SignerError> {
        let mut once: Vec<&S> = Vec::with_capacity(signers.len());
        for signer in signers {
            let key = signer.try_pubkey()?;
            if once.iter().all(|known| known.pubkey() != key) {
                once.push(*signer);
            }
        }
        VersionedTransaction::try_new(self.transaction.message, once.as_slice())
    }

    /// The tables in which its accounts are looked up; none of a message that everybody reads.
    pub fn tables(&self) -> Vec<Pubkey> {
        let lookups = self.transaction.message.address_table_lookups().unwrap_or_default();
        lookups.iter().map(|lookup| lookup.account_key).collect()
    }

    /// The bytes that are signed.
    pub fn message(&self) -> Vec<u8> {
        self.transaction.message.serialize()
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
        let required = usize::from(self.transaction.message.header().num_required_signatures);
        &self.transaction.message.static_account_keys()[..required]
    }
}

/// Instructions as a message: the smaller of one that everybody reads, and one of version 0.
fn message(
    instructions: &[Instruction],
    payer: &Pubkey,
    tables: &[AddressLookupTableAccount],
    blockhash: Hash,
) -> VersionedMessage {
    let plain = || VersionedMessage::Legacy(legacy::Message::new_with_blockhash(instructions, Some(payer), &blockhash));
    if tables.is_empty() {
        return plain();
    }
    // More than 255 accounts make no message of either kind.
    let looking_up = v0::Message::try_compile(payer, instructions, tables, blockhash).map(VersionedMessage::V0);
    match (looking_up, plain()) {
        (Ok(looking_up), plain) if looking_up.serialize().len() < plain.serialize().len() => looking_up,
        (_, plain) => plain,
    }
}

/// A transaction as it goes over the wire: the number of its signatures, the signatures, the message.
pub fn wire_bytes(transaction: &VersionedTransaction) -> Vec<u8> {
    // At most 12 signatures fit into a transaction, so their number is one byte.
    let mut bytes = vec![u8::try_from(transaction.signatures.len()).unwrap_or(u8::MAX)];
    for signature in &transaction.signatures {
        bytes.extend_from_slice(signature.as_ref());
    }
    bytes.extend(transaction.message.serialize());
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
        let here = solana_transaction::Transaction::new_signed_with_payer(
            &instructions,
            Some(&payer.pubkey()),
            &[&payer, &guardian],
            blockhash,
        );
        assert_eq!(unsigned.message(), here.message_data());
        let here = VersionedTransaction::from(here);
        assert_eq!(unsigned.clone().sign(&[&guardian, &payer]).unwrap(), here, "in whichever order");
        assert_eq!(unsigned.clone().sign(&[&payer, &guardian, &payer]).unwrap(), here, "however often named");
        let stranger = Keypair::new_from_array([3; 32]);
        assert!(unsigned.clone().sign(&[&payer, &guardian, &stranger]).is_err());
        assert!(unsigned.clone().sign(&[&payer]).is_err() && unsigned.clone().sign(&[&payer; 3]).is_err());
        assert_eq!(bs58::decode(unsigned.message_base58()).into_vec().unwrap(), unsigned.message());
        assert_eq!(BASE64_STANDARD.decode(unsigned.message_base64()).unwrap(), unsigned.message());
        assert_eq!(unsigned.signers(), [payer.pubkey(), guardian.pubkey()]);

        let bytes = BASE64_STANDARD.decode(unsigned.transaction_base64()).unwrap();
        assert_eq!(bytes.len(), unsigned.size());
        assert_eq!((bytes[0], &bytes[1..129], &bytes[129..]), (2, &[0; 128][..], unsigned.message().as_slice()));
        assert!(unsigned.size() < MAX_TRANSACTION_BYTES);
    }
}
