//! People that are no keys: addresses of the program `tests/programs/signer`, which signs for them by a call.

use {
    crate::causes::is_ours,
    solana_sdk::pubkey::Pubkey,
    std::{cell::RefCell, collections::HashMap},
    work_token_localnet::Localnet,
    work_token_sdk::{AccountMeta, Instruction},
    work_token_tests::signer,
};

/// Who is called for in this thread.
struct Callers {
    /// Names that stay keys.
    keys: &'static [&'static str],
    /// What is told the program of each address that it signs for.
    numbered: HashMap<Pubkey, [u8; signer::NUMBERED]>,
}

thread_local! {
    static CALLERS: RefCell<Option<Callers>> = const { RefCell::new(None) };
}

/// Does something in a thread whose people are addresses of the program, but for those of some names.
pub fn instead_of_keys<T>(keys: &'static [&'static str], act: impl FnOnce() -> T) -> T {
    CALLERS.replace(Some(Callers { keys, numbered: HashMap::new() }));
    let done = act();
    CALLERS.replace(None);
    done
}

/// Puts the program on a chain where it is needed.
pub fn deploy(chain: &Localnet) {
    if CALLERS.with_borrow(Option::is_some) {
        chain.with_svm(|svm| svm.add_program(signer::PROGRAM, signer::elf()).expect("the chain takes the program"));
    }
}

/// Somebody's address of the program; `None` where people are keys, or this one is.
pub fn address(name: &str) -> Option<Pubkey> {
    let is_called = |callers: &Callers| !callers.keys.contains(&name);
    CALLERS.with_borrow(|callers| callers.as_ref().is_some_and(is_called)).then(|| signer::numbered(name).0)
}

/// The same; from now on the program signs for it.
pub fn known(name: &str) -> Option<Pubkey> {
    let address = address(name)?;
    let numbered = signer::numbered(name).1;
    CALLERS.with_borrow_mut(|callers| callers.as_mut().map(|callers| callers.numbered.insert(address, numbered)));
    Some(address)
}

/// An instruction of ours as a call; one of another, for whose signers a key pays. Where people are
/// keys, the instruction itself.
pub fn call(instruction: &Instruction, payer: &Pubkey) -> Instruction {
    CALLERS.with_borrow(|callers| match callers {
        None => instruction.clone(),
        Some(callers) if is_ours(&instruction.program_id) => callers.call(instruction),
        Some(callers) => callers.paid_by(instruction, payer),
    })
}

impl Callers {
    fn call(&self, instruction: &Instruction) -> Instruction {
        let signs = |meta: &&AccountMeta| meta.is_signer && self.numbered.contains_key(&meta.pubkey);
        let mut called: Vec<Pubkey> = instruction.accounts.iter().filter(signs).map(|meta| meta.pubkey).collect();
        called.sort();
        called.dedup();
        let numbered: Vec<_> = called.iter().filter_map(|address| self.numbered.get(address).copied()).collect();
        let mut call = signer::call(instruction, &numbered);
        call.accounts.iter_mut().for_each(|meta| meta.is_signer &= !called.contains(&meta.pubkey));
        call
    }

    /// The system program makes no account of a tree's size by a call.
    fn paid_by(&self, instruction: &Instruction, payer: &Pubkey) -> Instruction {
        let mut paid = instruction.clone();
        let ours = paid.accounts.iter_mut().filter(|meta| self.numbered.contains_key(&meta.pubkey));
        ours.filter(|meta| meta.is_signer).for_each(|meta| meta.pubkey = *payer);
        paid
    }
}
