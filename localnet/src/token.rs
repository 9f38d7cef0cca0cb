//! The token program's own instructions, for what is to be true without the faucet: on a chain behind
//! JSON-RPC, in a bank, and where a person moves tokens by itself.

use {
    crate::TokenProgram,
    solana_sdk::pubkey::Pubkey,
    work_token_sdk::{AccountMeta, Instruction, ix::SYSTEM_PROGRAM},
};

const TRANSFER: u8 = 3;
const SET_AUTHORITY: u8 = 6;
const MINT_TO: u8 = 7;
const INITIALIZE_ACCOUNT_3: u8 = 18;
const INITIALIZE_MINT_2: u8 = 20;
const MINT_TOKENS: u8 = 0;
const DECIMALS: u8 = 6;

/// Bytes of a mint.
pub const MINT_BYTES: u64 = 82;
/// Bytes of a token account.
pub const ACCOUNT_BYTES: u64 = 165;

/// Creates a mint of SPL Token with six decimals. The mint signs.
pub fn create_mint_ixs(payer: Pubkey, mint: Pubkey, authority: Pubkey, rent: u64) -> [Instruction; 2] {
    let data = [&[INITIALIZE_MINT_2, DECIMALS], authority.as_ref(), &[0]].concat();
    [allocate(payer, mint, MINT_BYTES, rent), spl(data, vec![AccountMeta::new(mint, false)])]
}

/// Creates an account of SPL Token for somebody. The account signs.
pub fn create_token_ixs(payer: Pubkey, account: Pubkey, mint: Pubkey, owner: Pubkey, rent: u64) -> [Instruction; 2] {
    let data = [&[INITIALIZE_ACCOUNT_3], owner.as_ref()].concat();
    let accounts = vec![AccountMeta::new(account, false), AccountMeta::new_readonly(mint, false)];
    [allocate(payer, account, ACCOUNT_BYTES, rent), spl(data, accounts)]
}

/// Mints tokens, by the mint's authority.
pub fn mint_to_ix(authority: Pubkey, mint: Pubkey, to: Pubkey, amount: u64) -> Instruction {
    let accounts =
        vec![AccountMeta::new(mint, false), AccountMeta::new(to, false), AccountMeta::new_readonly(authority, true)];
    spl([&[MINT_TO], &amount.to_le_bytes()[..]].concat(), accounts)
}

/// Makes somebody else the mint's authority.
pub fn set_mint_authority_ix(authority: Pubkey, mint: Pubkey, next: &Pubkey) -> Instruction {
    let accounts = vec![AccountMeta::new(mint, false), AccountMeta::new_readonly(authority, true)];
    spl([&[SET_AUTHORITY, MINT_TOKENS, 1], next.as_ref()].concat(), accounts)
}

/// Moves tokens of either program, by their owner.
pub fn transfer_ix(program: Pubkey, owner: Pubkey, from: Pubkey, to: Pubkey, amount: u64) -> Instruction {
    let accounts =
        vec![AccountMeta::new(from, false), AccountMeta::new(to, false), AccountMeta::new_readonly(owner, true)];
    Instruction { program_id: program, accounts, data: [&[TRANSFER], &amount.to_le_bytes()[..]].concat() }
}

/// The system program's instruction that creates an account of the token program.
fn allocate(payer: Pubkey, key: Pubkey, bytes: u64, rent: u64) -> Instruction {
    let numbers = [rent.to_le_bytes(), bytes.to_le_bytes()].concat();
    let data = [&[0; 4], &numbers[..], TokenProgram::Spl.id().as_ref()].concat();
    let accounts = vec![AccountMeta::new(payer, true), AccountMeta::new(key, true)];
    Instruction { program_id: SYSTEM_PROGRAM, accounts, data }
}

fn spl(data: Vec<u8>, accounts: Vec<AccountMeta>) -> Instruction {
    Instruction { program_id: TokenProgram::Spl.id(), accounts, data }
}
