//! A program whose addresses sign whatever instruction it is handed. It asks nobody: it stands for a multisig
//! that has agreed, or a governance that has voted.
//!
//! Its accounts are those of the instruction, in their order, and then the program to call. Its data are, for
//! each account of the instruction, a byte of what it is called as, preceded by their number; then, preceded
//! by their number, the addresses that sign, each as its number and its bump; then the instruction's data.

use pinocchio::{
    AccountView, Address, ProgramResult,
    cpi::{Seed, Signer, invoke_signed_with_slice},
    error::ProgramError,
    instruction::{InstructionAccount, InstructionView},
};

#[cfg(target_arch = "bpf")]
use {bpf_builtins as _, solana_compiler_builtins as _};

pinocchio::entrypoint!(process);

/// The first seed of every address that signs; the second is its number.
const SEED: &[u8] = b"signer";
/// Bit of an account that signs the call.
const SIGNS: u8 = 1;
/// Bit of an account that the call may write.
const WRITABLE: u8 = 2;
/// Bytes of a number and its bump.
const NUMBERED: usize = 9;

/// Calls what it is handed.
fn process(_program: &Address, accounts: &mut [AccountView], data: &[u8]) -> ProgramResult {
    let (called, accounts) = accounts.split_last().ok_or(ProgramError::NotEnoughAccountKeys)?;
    let (flags, data) = counted(data, 1)?;
    let (numbers, data) = counted(data, NUMBERED)?;
    if flags.len() != accounts.len() {
        return Err(ProgramError::NotEnoughAccountKeys);
    }
    let metas: Vec<InstructionAccount> = accounts
        .iter()
        .zip(flags)
        .map(|(account, flags)| InstructionAccount {
            address: account.address(),
            is_writable: flags & WRITABLE != 0,
            is_signer: flags & SIGNS != 0,
        })
        .collect();
    let seeds: Vec<[Seed; 3]> = numbers
        .chunks_exact(NUMBERED)
        .map(|numbered| {
            let (number, bump) = numbered.split_at(NUMBERED - 1);
            [SEED, number, bump].map(Seed::from)
        })
        .collect();
    let signers: Vec<Signer> = seeds.iter().map(Signer::from).collect();
    let instruction = InstructionView { program_id: called.address(), accounts: &metas, data };
    invoke_signed_with_slice(&instruction, accounts, &signers)
}

/// Entries of some bytes each, preceded by their number, and what follows them.
fn counted(data: &[u8], size: usize) -> Result<(&[u8], &[u8]), ProgramError> {
    let (count, rest) = data.split_first().ok_or(ProgramError::InvalidInstructionData)?;
    rest.split_at_checked(usize::from(*count) * size).ok_or(ProgramError::InvalidInstructionData)
}
