//! What becomes of a transaction that was sent. There are three ends, and only one of them allows to sign
//! anew: that it is certainly in no block.

use {
    crate::{Hash, Pubkey, Signature, VersionedTransaction},
    solana_transaction_error::TransactionError,
    std::fmt,
};

/// The system program's instruction that advances a durable nonce: the fifth of its list.
const ADVANCE_NONCE: [u8; 4] = [4, 0, 0, 0];

/// What became of a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is in a block, at the commitment that the transport asks for.
    Landed(Landed),
    /// It is in no block, and no block can contain it any more: final. It alone may be signed anew.
    Absent,
    /// Neither is certain, for this reason. It may still land.
    Unknown(String),
}

/// Where a transaction stands, and what it did there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landed {
    /// The slot of its block.
    pub slot: u64,
    /// Why it changed nothing but the fee; `None` where it did what it says.
    pub error: Option<TransactionError>,
}

/// Until when a transaction can land.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// Up to this block height, the last at which its blockhash is valid.
    Height(u64),
    /// As long as a durable nonce has this value.
    Nonce {
        /// The nonce account.
        account: Pubkey,
        /// The value that the transaction spends, in the place of a blockhash.
        value: Hash,
        /// The newest slot when this was noted. An answer from before it may show an older value, which says
        /// nothing.
        as_of_slot: u64,
    },
    /// Nobody kept it: that the transaction is absent can never be proved.
    Unknown,
}

/// What must be kept of a transaction before it is sent, so that its fate can be learned whatever happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InFlight {
    /// Its first signature.
    pub signature: Signature,
    /// Until when it can land.
    pub expiry: Expiry,
    /// It cannot stand in a block before this slot. Whoever wants to know that it is absent must know every
    /// block since.
    pub since_slot: u64,
}

impl InFlight {
    /// A signature of which nothing else is known. It is found if it landed; else its fate stays unknown.
    pub const fn unknown(signature: Signature) -> Self {
        Self { signature, expiry: Expiry::Unknown, since_slot: 0 }
    }
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Landed(Landed { slot, error: None }) => write!(f, "it landed in slot {slot}"),
            Self::Landed(Landed { slot, error: Some(error) }) => {
                write!(f, "it landed in slot {slot}, refused: {error}")
            }
            Self::Absent => f.write_str("it is in no block, and no block can contain it any more"),
            Self::Unknown(why) => write!(f, "it may or may not have landed, and may still: {why}"),
        }
    }
}

/// The account of the durable nonce that a transaction spends: it does if its first instruction advances one.
pub fn durable_nonce(transaction: &VersionedTransaction) -> Option<Pubkey> {
    let message = &transaction.message;
    let (first, keys) = (message.instructions().first()?, message.static_account_keys());
    let program = keys.get(usize::from(first.program_id_index))?;
    if *program != crate::ix::SYSTEM_PROGRAM || !first.data.starts_with(&ADVANCE_NONCE) {
        return None;
    }
    keys.get(usize::from(*first.accounts.first()?)).copied()
}

/// The value of a nonce account: behind its version, its state and its authority. `None` where there is no
/// nonce.
pub fn nonce_value(data: &[u8]) -> Option<Hash> {
    let initialized = data.get(4..8)? == [1, 0, 0, 0];
    let value = data.get(40..72)?.try_into().ok()?;
    initialized.then(|| Hash::new_from_array(value))
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        crate::{AccountMeta, AddressLookupTableAccount, Instruction, Keypair, Signer, transactions::Unsigned},
    };

    fn signed(instructions: &[Instruction], tables: &[AddressLookupTableAccount]) -> VersionedTransaction {
        let key = Keypair::new_from_array([1; 32]);
        let value = Hash::new_from_array([9; 32]);
        Unsigned::looking_up(instructions, &key.pubkey(), tables, value).sign(&[&key]).unwrap()
    }

    #[test]
    fn a_transaction_that_advances_a_nonce_first_lives_as_long_as_the_nonce() {
        let account = Pubkey::new_from_array([5; 32]);
        let advance = Instruction {
            program_id: crate::ix::SYSTEM_PROGRAM,
            accounts: vec![AccountMeta::new(account, false)],
            data: ADVANCE_NONCE.to_vec(),
        };
        let other = Instruction { data: vec![2, 0, 0, 0], ..advance.clone() };
        assert_eq!(durable_nonce(&signed(&[advance.clone(), other.clone()], &[])), Some(account));
        assert_eq!(durable_nonce(&signed(&[other.clone(), advance.clone()], &[])), None);
        assert_eq!(durable_nonce(&signed(&[], &[])), None);

        // A nonce that were looked up would be none to the chain.
        let more: Vec<Pubkey> = (20..24).map(|byte| Pubkey::new_from_array([byte; 32])).collect();
        let named = more.iter().map(|key| AccountMeta::new(*key, false)).collect();
        let table = AddressLookupTableAccount {
            key: Pubkey::new_from_array([8; 32]),
            addresses: more.into_iter().chain([account]).collect(),
        };
        let sent = signed(&[advance, Instruction { accounts: named, ..other }], &[table]);
        assert_eq!(sent.message.address_table_lookups().map(<[_]>::len), Some(1));
        assert_eq!(durable_nonce(&sent), Some(account), "it stands in full though a table holds it");
    }

    #[test]
    fn the_value_of_a_nonce_stands_behind_its_authority() {
        let data = [&[1, 0, 0, 0, 1, 0, 0, 0][..], &[7; 32], &[9; 32], &5_000u64.to_le_bytes()].concat();
        assert_eq!(nonce_value(&data), Some(Hash::new_from_array([9; 32])));
        assert_eq!(nonce_value(&[0; 80]), None);
        assert_eq!(nonce_value(&data[..60]), None);
    }
}
