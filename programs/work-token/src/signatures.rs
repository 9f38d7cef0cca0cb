//! What an operator has signed: the transaction's instructions to the ed25519 program, whose signatures the
//! runtime has verified.
//!
//! The sysvar of instructions is read in place: u16 count, a u16 offset for each; there u16 accounts of 33
//! bytes (flags, key), the program, u16 length, data. An ed25519 instruction: u8 count, u8 padding, then for
//! each signature seven u16: where the signature is, the key, and the message with its size, each with the
//! instruction that holds it. Only such as hold all of it themselves count: what another instruction holds is
//! that one's business.

use {
    anchor_lang::{pinocchio::address::address_eq, prelude::*},
    work_token_interface::WorkTokenError as E,
};

/// The sysvar of the transaction's instructions.
pub const INSTRUCTIONS: Address = anchor_lang::address!("Sysvar1nstructions1111111111111111111111111");
/// The program that stands for verified signatures.
const ED25519: Address = anchor_lang::address!("Ed25519SigVerify111111111111111111111111111");

/// Bytes of an account of an instruction: its flags and its key.
const ACCOUNT_LEN: usize = 33;
/// Bytes that say where a signature, its key and its message are.
const PLACE_LEN: usize = 14;
/// The index by which an ed25519 instruction names itself.
const ITSELF: [u8; 2] = [u8::MAX; 2];

/// Refuses unless the transaction holds a verified signature of `signer` over each of two messages.
/// Refuses besides: another account than the sysvar.
#[inline(never)]
pub fn require_signed(view: &AccountView, signer: &Address, messages: [&[u8]; 2]) -> Result<()> {
    if !address_eq(view.address(), &INSTRUCTIONS) {
        return Err(E::WrongSysvar.into());
    }
    let data = view.try_borrow()?;
    if messages.iter().all(|message| is_signed(&data, signer, message)) { Ok(()) } else { Err(E::WrongProof.into()) }
}

fn is_signed(sysvar: &[u8], signer: &Address, message: &[u8]) -> bool {
    let Some((count, offsets)) = split_u16(sysvar) else { return false };
    let (offsets, _) = offsets.as_chunks::<2>();
    let mut instructions = offsets.iter().take(count).filter_map(|offset| instruction_at(sysvar, *offset));
    instructions.any(|(program, data)| program == ED25519.as_array() && verifies(data, signer, message))
}

/// The number at the head of some bytes, and the bytes behind it.
fn split_u16(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<2>()?;
    Some((usize::from(u16::from_le_bytes(*number)), rest))
}

/// Program and data of the instruction at an offset.
fn instruction_at(sysvar: &[u8], offset: [u8; 2]) -> Option<(&[u8; 32], &[u8])> {
    let (accounts, rest) = split_u16(sysvar.get(usize::from(u16::from_le_bytes(offset))..)?)?;
    let (program, rest) = rest.get(accounts.checked_mul(ACCOUNT_LEN)?..)?.split_first_chunk::<32>()?;
    let (len, rest) = split_u16(rest)?;
    Some((program, rest.get(..len)?))
}

/// Whether an instruction to the ed25519 program has `signer`'s signature over a message verified.
fn verifies(data: &[u8], signer: &Address, message: &[u8]) -> bool {
    let [count, _, places @ ..] = data else { return false };
    let (places, _) = places.as_chunks::<PLACE_LEN>();
    places.iter().take(usize::from(*count)).any(|place| is_of(data, place, signer, message))
}

fn is_of(data: &[u8], place: &[u8; PLACE_LEN], signer: &Address, message: &[u8]) -> bool {
    let (words, _) = place.as_chunks::<2>();
    let [_, signature_in, key_at, key_in, message_at, message_len, message_in] = words else { return false };
    if [signature_in, key_in, message_in].iter().any(|instruction| **instruction != ITSELF) {
        return false;
    }
    let bytes_at = |at: &[u8; 2], len: usize| {
        let start = usize::from(u16::from_le_bytes(*at));
        data.get(start..start.checked_add(len)?)
    };
    bytes_at(key_at, 32) == Some(signer.as_ref())
        && bytes_at(message_at, usize::from(u16::from_le_bytes(*message_len))) == Some(message)
}

#[cfg(test)]
#[allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a failing test may panic"
)]
mod tests {
    use super::*;

    const OPERATOR: Address = Address::new_from_array([7; 32]);
    const OTHER: Address = Address::new_from_array([8; 32]);

    /// An instruction to the ed25519 program as clients build it; `held_by` are the instructions that hold
    /// signature, key and message.
    fn verification(signed: &[(&Address, &[u8])], held_by: [u16; 3]) -> Vec<u8> {
        let mut data = vec![u8::try_from(signed.len()).unwrap(), 0];
        let mut body = Vec::new();
        for (key, message) in signed {
            let start = 2 + PLACE_LEN * signed.len() + body.len();
            let [signature_in, key_in, message_in] = held_by;
            let message_len = message.len();
            for word in [start, usize::from(signature_in), start + 64, usize::from(key_in), start + 96, message_len] {
                data.extend(u16::try_from(word).unwrap().to_le_bytes());
            }
            data.extend(message_in.to_le_bytes());
            body.extend([1; 64]);
            body.extend(key.as_ref());
            body.extend(*message);
        }
        data.extend(body);
        data
    }

    /// The sysvar of a transaction: each instruction with its program, the number of its accounts and its
    /// data.
    fn sysvar(instructions: &[(Address, u16, Vec<u8>)]) -> Vec<u8> {
        let mut head = u16::try_from(instructions.len()).unwrap().to_le_bytes().to_vec();
        let mut body = Vec::new();
        for (program, accounts, data) in instructions {
            let offset = 2 + 2 * instructions.len() + body.len();
            head.extend(u16::try_from(offset).unwrap().to_le_bytes());
            body.extend(accounts.to_le_bytes());
            body.extend(vec![9; usize::from(*accounts) * ACCOUNT_LEN]);
            body.extend(program.as_ref());
            body.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
            body.extend(data);
        }
        head.extend(body);
        // The index of the instruction that runs.
        head.extend([1, 0]);
        head
    }

    fn of_one(signed: &[(&Address, &[u8])], held_by: [u16; 3]) -> Vec<u8> {
        sysvar(&[(OTHER, 3, vec![1, 2, 3]), (ED25519, 0, verification(signed, held_by)), (OTHER, 0, vec![])])
    }

    #[test]
    fn each_signature_of_an_instruction_is_found() {
        let sysvar = of_one(&[(&OPERATOR, b"first"), (&OPERATOR, b"second")], [u16::MAX; 3]);
        assert!(is_signed(&sysvar, &OPERATOR, b"first"));
        assert!(is_signed(&sysvar, &OPERATOR, b"second"));
        assert!(!is_signed(&sysvar, &OPERATOR, b"third"));
    }

    #[test]
    fn signatures_may_be_in_instructions_of_their_own() {
        let one = |message: &[u8]| (ED25519, 0, verification(&[(&OPERATOR, message)], [u16::MAX; 3]));
        let sysvar = sysvar(&[one(b"first"), (OTHER, 17, vec![5; 200]), one(b"second")]);
        assert!(is_signed(&sysvar, &OPERATOR, b"first"));
        assert!(is_signed(&sysvar, &OPERATOR, b"second"));
    }

    #[test]
    fn a_signature_of_somebody_else_is_none_of_the_operator() {
        let sysvar = of_one(&[(&OTHER, b"first")], [u16::MAX; 3]);
        assert!(!is_signed(&sysvar, &OPERATOR, b"first"));
    }

    #[test]
    fn a_message_is_compared_in_full() {
        let sysvar = of_one(&[(&OPERATOR, b"first")], [u16::MAX; 3]);
        assert!(!is_signed(&sysvar, &OPERATOR, b"firs"));
        assert!(!is_signed(&sysvar, &OPERATOR, b"first "));
    }

    #[test]
    fn what_another_instruction_holds_does_not_count() {
        for place in 0..3 {
            let mut held_by = [u16::MAX; 3];
            held_by[place] = 1;
            let sysvar = of_one(&[(&OPERATOR, b"first")], held_by);
            assert!(!is_signed(&sysvar, &OPERATOR, b"first"), "{place}");
        }
    }

    #[test]
    fn the_data_of_another_program_is_no_signature() {
        let sysvar = sysvar(&[(OTHER, 0, verification(&[(&OPERATOR, b"first")], [u16::MAX; 3]))]);
        assert!(!is_signed(&sysvar, &OPERATOR, b"first"));
    }

    #[test]
    fn a_place_beyond_the_count_was_not_verified() {
        let mut data = verification(&[(&OPERATOR, b"first")], [u16::MAX; 3]);
        data[0] = 0;
        let sysvar = sysvar(&[(ED25519, 0, data)]);
        assert!(!is_signed(&sysvar, &OPERATOR, b"first"));
    }

    #[test]
    fn bytes_that_end_early_hold_no_signature() {
        let whole = of_one(&[(&OPERATOR, b"first")], [u16::MAX; 3]);
        // The last instruction takes 36 bytes, the running index 2.
        for len in 0..whole.len() - 38 {
            assert!(!is_signed(&whole[..len], &OPERATOR, b"first"), "{len}");
        }
        assert!(is_signed(&whole[..whole.len() - 38], &OPERATOR, b"first"));
    }
}
