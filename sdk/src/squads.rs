//! What a Squads v4 multisig holds for an instruction of ours: the addresses of its vaults, and the message
//! of a vault transaction.
//!
//! A vault transaction is no Solana transaction: it has no blockhash, its lists are preceded by one byte (an
//! instruction's data by two), and the one signer that the multisig gives is the vault. The bytes are those
//! of `squads-multisig-program` 2.0.0 (`TransactionMessage`), in the order of keys of `@sqds/multisig` 2.1.4.

use crate::{Instruction, Pubkey};

/// The multisig program, at the same address on every cluster.
pub const PROGRAM: Pubkey = Pubkey::from_str_const("SQDS4ep65T869zMMBKyuUq6aD6EgTu8psMjkvj52pCf");

/// The first seed of every address.
const PREFIX: &[u8] = b"multisig";

/// The most bytes that a message may have where one member creates the vault transaction in one transaction
/// and pays its rent, without memo, budget and lookup tables.
pub const MAX_MESSAGE_BYTES: usize = 946;

/// A multisig by the key that it was created with.
pub fn multisig(create_key: &Pubkey) -> Pubkey {
    derive(&[PREFIX, b"multisig", create_key.as_ref()])
}

/// A vault of a multisig: what is made the authority, and what holds its tokens and lamports.
pub fn vault(multisig: &Pubkey, index: u8) -> Pubkey {
    derive(&[PREFIX, multisig.as_ref(), b"vault", &[index]])
}

/// A multisig's transaction of a number; the first is 1.
pub fn transaction(multisig: &Pubkey, number: u64) -> Pubkey {
    derive(&[PREFIX, multisig.as_ref(), b"transaction", &number.to_le_bytes()])
}

/// What is voted on about a transaction.
pub fn proposal(multisig: &Pubkey, number: u64) -> Pubkey {
    derive(&[PREFIX, multisig.as_ref(), b"transaction", &number.to_le_bytes(), b"proposal"])
}

fn derive(seeds: &[&[u8]]) -> Pubkey {
    Pubkey::find_program_address(seeds, &PROGRAM).0
}

/// Why instructions make no vault transaction.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum NoMessage {
    /// The multisig signs for its vault alone.
    #[error("{signer} must sign too, and a vault transaction is signed by its vault alone")]
    OtherSigner {
        /// Who else must sign.
        signer: Pubkey,
    },
    /// A list is longer than its length can say.
    #[error("a vault transaction has at most 255 keys, instructions and accounts of one, and 65,535 bytes of data")]
    TooLong,
}

/// A key of a message, and what it is to it.
struct Key {
    address: Pubkey,
    signs: bool,
    writable: bool,
}

/// The message of a vault transaction that does some instructions in their order. Its vault is its first key,
/// signs and is writable, whether they write it or not: they may pay from it.
///
/// # Errors
///
/// Where somebody else than the vault must sign, and where a list is too long.
pub fn message(vault: &Pubkey, instructions: &[Instruction]) -> Result<Vec<u8>, NoMessage> {
    let mut keys = vec![Key { address: *vault, signs: true, writable: true }];
    for instruction in instructions {
        note(&mut keys, &instruction.program_id, false, false);
        for meta in &instruction.accounts {
            if meta.is_signer && meta.pubkey != *vault {
                return Err(NoMessage::OtherSigner { signer: meta.pubkey });
            }
            note(&mut keys, &meta.pubkey, meta.is_signer, meta.is_writable);
        }
    }
    let order = [(true, true), (true, false), (false, true), (false, false)];
    keys.sort_by_key(|key| order.iter().position(|kind| *kind == (key.signs, key.writable)));
    let count = |chosen: fn(&Key) -> bool| byte(keys.iter().filter(|key| chosen(key)).count());
    let mut bytes = vec![
        count(|key| key.signs)?,
        count(|key| key.signs && key.writable)?,
        count(|key| !key.signs && key.writable)?,
        byte(keys.len())?,
    ];
    keys.iter().for_each(|key| bytes.extend_from_slice(key.address.as_ref()));
    let index = |address: &Pubkey| byte(keys.iter().position(|key| key.address == *address).unwrap_or(usize::MAX));
    bytes.push(byte(instructions.len())?);
    for instruction in instructions {
        bytes.push(index(&instruction.program_id)?);
        bytes.push(byte(instruction.accounts.len())?);
        for meta in &instruction.accounts {
            bytes.push(index(&meta.pubkey)?);
        }
        let len = u16::try_from(instruction.data.len()).map_err(|_| NoMessage::TooLong)?;
        bytes.extend_from_slice(&len.to_le_bytes());
        bytes.extend_from_slice(&instruction.data);
    }
    // No lookup tables.
    bytes.push(0);
    Ok(bytes)
}

/// Adds a key, or what else it is to the message.
fn note(keys: &mut Vec<Key>, address: &Pubkey, signs: bool, writable: bool) {
    match keys.iter_mut().find(|key| key.address == *address) {
        Some(key) => (key.signs, key.writable) = (key.signs || signs, key.writable || writable),
        None => keys.push(Key { address: *address, signs, writable }),
    }
}

fn byte(count: usize) -> Result<u8, NoMessage> {
    u8::try_from(count).map_err(|_| NoMessage::TooLong)
}

#[cfg(test)]
#[path = "squads_tests.rs"]
mod tests;
