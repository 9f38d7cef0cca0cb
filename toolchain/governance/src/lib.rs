//! The program that the tests vote with: SPL Governance, as it is published.

use solana_program::{
    account_info::AccountInfo,
    entrypoint::ProgramResult,
    program_error::{PrintProgramError as _, ProgramError},
    pubkey::Pubkey,
};
use spl_governance::{error::GovernanceError, processor};

#[cfg(target_arch = "bpf")]
use {bpf_builtins as _, solana_compiler_builtins as _};

solana_program::entrypoint!(process);

fn process(program: &Pubkey, accounts: &[AccountInfo], data: &[u8]) -> ProgramResult {
    processor::process_instruction(program, accounts, data).inspect_err(|error: &ProgramError| {
        error.print::<GovernanceError>();
    })
}
