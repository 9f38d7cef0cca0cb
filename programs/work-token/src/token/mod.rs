//! Everything that touches SPL Token and Token-2022: what their accounts say, and the calls we make.
//!
//! Layouts and calls are `anchor_spl`'s: the calls of its `token_2022_cpi`, which keeps to the stack and
//! serves both programs. Its `token_interface` helpers would allocate two vectors a call, at six times the
//! price. A call that fails ends the transaction, so every check comes before it.

mod accounts;
mod mint;
mod till;

pub use {
    accounts::{
        belongs_to, can_receive, receives, require_destination, require_destination_of, require_source, vault_balance,
        vault_is_frozen,
    },
    mint::{ReadMint, read_mint, supply},
    till::{Movement, Till, close_vault, open_vault},
};

use anchor_lang::prelude::AccountView;

fn data_of(view: &AccountView) -> &[u8] {
    // SAFETY: the runtime keeps the data alive for the instruction; every reader copies what it needs and
    // lets go of the slice before the next call into another program.
    unsafe { view.borrow_unchecked() }
}
