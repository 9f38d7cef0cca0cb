//! The program of the tests whose addresses sign by a call: `tests/programs/signer`.

use {
    sha2::{Digest, Sha256},
    std::{path::PathBuf, sync::OnceLock},
    work_token_sdk::{AccountMeta, Instruction, Pubkey},
    work_token_xtask::{
        context::Context,
        foreign::{self, Foreign},
    },
};

/// Where it lies on a chain.
pub const PROGRAM: Pubkey = Pubkey::new_from_array(*b"the program that signs by a call");
/// Bytes of what it is told of an address: a number, and its bump.
pub const NUMBERED: usize = 9;

/// The program, built where the target directory does not have it.
pub fn elf() -> &'static [u8] {
    static ELF: OnceLock<Vec<u8>> = OnceLock::new();
    ELF.get_or_init(|| built(&foreign::SIGNER))
}

/// A program of the tests, built where the target directory does not have it.
pub fn built(program: &Foreign) -> Vec<u8> {
    std::fs::read(path(program)).expect("what was built can be read")
}

/// Where it lies then.
pub fn path(program: &Foreign) -> PathBuf {
    let context = Context::find(Default::default()).expect("the tests run in the checkout");
    foreign::elf(&context, program).expect("the program can be built")
}

/// The address that follows from a name, and what the program is told of it.
pub fn numbered(name: &str) -> (Pubkey, [u8; NUMBERED]) {
    let hash: [u8; 32] = Sha256::digest(name.as_bytes()).into();
    let (number, _) = hash.split_at(NUMBERED - 1);
    let (address, bump) = Pubkey::find_program_address(&[b"signer", number], &PROGRAM);
    let mut numbered = [bump; NUMBERED];
    numbered[..NUMBERED - 1].copy_from_slice(number);
    (address, numbered)
}

/// The call of an instruction, signed by the program for some of its addresses.
pub fn call(instruction: &Instruction, numbered: &[[u8; NUMBERED]]) -> Instruction {
    let byte = |count: usize| u8::try_from(count).expect("few accounts");
    let flags = |meta: &AccountMeta| u8::from(meta.is_signer) | u8::from(meta.is_writable) << 1;
    let mut data = vec![byte(instruction.accounts.len())];
    data.extend(instruction.accounts.iter().map(flags));
    data.push(byte(numbered.len()));
    data.extend(numbered.iter().flatten());
    data.extend_from_slice(&instruction.data);
    let mut accounts = instruction.accounts.clone();
    accounts.push(AccountMeta::new_readonly(instruction.program_id, false));
    Instruction { program_id: PROGRAM, accounts, data }
}
