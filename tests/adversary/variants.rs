//! Hostile variants of an instruction: for every slot every account of the world, every flag, and every way
//! in which an account itself can be wrong.

use {
    crate::{cases::Slot, catalog::Named, causes::is_ours, chain::Chain},
    solana_sdk::{account::Account, pubkey::Pubkey, sysvar},
    work_token_localnet::TokenProgram,
    work_token_sdk::{ID, Instruction, interface::ACCOUNT_VERSION, ix::SYSTEM_PROGRAM, votes},
};

/// Owner of spoofed accounts.
const OTHER_PROGRAM: Pubkey = Pubkey::new_from_array([9; 32]);

/// One hostile variant.
pub struct Variant {
    /// What is wrong, as the table of refusals calls it.
    pub name: String,
    /// The instruction.
    pub instruction: Instruction,
    /// An account that is changed in its place beforehand.
    pub edit: Option<(Pubkey, Account)>,
}

/// Variants of the instruction as a whole.
pub fn of_all(valid: &Instruction, catalog: &[Named]) -> Vec<Variant> {
    let extra =
        catalog.iter().filter(|named| ["network B", "the attacker", "provider P2"].contains(&named.name.as_str()));
    extra
        .map(|named| {
            let mut instruction = valid.clone();
            instruction.accounts.push(solana_sdk::instruction::AccountMeta::new(named.key, false));
            variant(format!("{} after the last account", named.name), instruction)
        })
        .collect()
}

/// Every variant of one slot of an instruction that succeeds.
pub fn of_slot(chain: &Chain, valid: &Instruction, slots: &[Slot], at: usize, catalog: &[Named]) -> Vec<Variant> {
    let mut variants = substitutes(chain, valid, at, catalog);
    variants.extend(duplicates(chain, valid, slots, at));
    variants.extend(flags(valid, at));
    variants.push(missing(valid, slots, at));
    variants.extend(spoofs(chain, valid, at));
    variants.extend(edits(chain, valid, at));
    variants
}

fn variant(name: impl Into<String>, instruction: Instruction) -> Variant {
    Variant { name: name.into(), instruction, edit: None }
}

/// The instruction with another account in a slot; where a signature is asked, it is given if there is a key
/// for it.
fn with(chain: &Chain, valid: &Instruction, at: usize, key: Pubkey) -> Instruction {
    let mut instruction = valid.clone();
    let meta = &mut instruction.accounts[at];
    meta.pubkey = key;
    meta.is_signer &= chain.can_sign(&key);
    instruction
}

fn substitutes(chain: &Chain, valid: &Instruction, at: usize, catalog: &[Named]) -> Vec<Variant> {
    let taken: Vec<_> = valid.accounts.iter().map(|meta| meta.pubkey).collect();
    let others = catalog.iter().filter(|named| !taken.contains(&named.key));
    others.map(|named| variant(&named.name, with(chain, valid, at, named.key))).collect()
}

fn duplicates(chain: &Chain, valid: &Instruction, slots: &[Slot], at: usize) -> Vec<Variant> {
    let others = (0..slots.len()).filter(|other| valid.accounts[*other].pubkey != valid.accounts[at].pubkey);
    others
        .map(|other| variant(format!("= {}", slots[other].name), with(chain, valid, at, valid.accounts[other].pubkey)))
        .collect()
}

fn flags(valid: &Instruction, at: usize) -> Vec<Variant> {
    let (mut readonly, mut unsigned) = (valid.clone(), valid.clone());
    readonly.accounts[at].is_writable = false;
    unsigned.accounts[at].is_signer = false;
    let mut variants = Vec::new();
    if valid.accounts[at].is_writable {
        variants.push(variant("read-only", readonly));
    }
    if valid.accounts[at].is_signer {
        variants.push(variant("unsigned", unsigned));
    }
    variants
}

/// The slot and everything after it left out; for an optional slot, its account given as none.
fn missing(valid: &Instruction, slots: &[Slot], at: usize) -> Variant {
    let mut instruction = valid.clone();
    if slots[at].optional {
        instruction.accounts[at] = solana_sdk::instruction::AccountMeta::new_readonly(ID, false);
        return variant("none", instruction);
    }
    instruction.accounts.truncate(at);
    variant("missing", instruction)
}

/// A byte for byte copy that another program owns, at another address.
fn spoofs(chain: &Chain, valid: &Instruction, at: usize) -> Vec<Variant> {
    let Some(account) = account(chain, &valid.accounts[at].pubkey) else { return Vec::new() };
    if account.data.is_empty() || account.executable {
        return Vec::new();
    }
    let copy = Chain::address("a copy");
    let by = |owner: Pubkey| Some((copy, Account { owner, ..account.clone() }));
    let named =
        |name: &str, owner| Variant { name: name.into(), instruction: with(chain, valid, at, copy), edit: by(owner) };
    let mut variants = vec![
        named("a copy owned by another program", OTHER_PROGRAM),
        named("a copy at another address", account.owner),
    ];
    variants.extend(mistaken(valid, &account).map(|(name, owner)| named(&format!("a copy {name}"), owner)));
    variants
}

/// The add-in reads accounts of both of our programs: each of them as if it were the other's.
fn mistaken(valid: &Instruction, account: &Account) -> impl Iterator<Item = (&'static str, Pubkey)> {
    let owners = [("owned by the protocol", ID), ("owned by the add-in", votes::ID)];
    let (reads_both, owner) = (valid.program_id == votes::ID, account.owner);
    owners.into_iter().filter(move |(_, program)| reads_both && *program != owner)
}

/// The account itself, changed in its place.
fn edits(chain: &Chain, valid: &Instruction, at: usize) -> Vec<Variant> {
    let key = valid.accounts[at].pubkey;
    let Some(account) = account(chain, &key)
        .filter(|account| !account.executable && account.owner != sysvar::ID && key != SYSTEM_PROGRAM)
    else {
        return Vec::new();
    };
    let edited = |name: &str, account: Account| Variant {
        name: name.into(),
        instruction: valid.clone(),
        edit: Some((key, account)),
    };
    let data = |name: &str, edit: &dyn Fn(&mut Vec<u8>)| {
        let mut account = account.clone();
        edit(&mut account.data);
        edited(name, account)
    };
    let mut variants = Vec::new();
    if is_ours(&account.owner) {
        variants.push(data("discriminator zeroed", &|data| data[..8].fill(0)));
        variants.push(data("body zeroed", &|data| data[8..].fill(0)));
        variants.push(data("version 0", &|data| data[8] = 0));
        variants.push(data("next version", &|data| data[8] = ACCOUNT_VERSION + 1));
    }
    if account.data.is_empty() {
        return variants;
    }
    variants.push(edited("owned by another program", Account { owner: OTHER_PROGRAM, ..account.clone() }));
    variants.extend(mistaken(valid, &account).map(|(name, owner)| edited(name, Account { owner, ..account.clone() })));
    variants
        .push(edited("closed", Account { lamports: 0, data: Vec::new(), owner: SYSTEM_PROGRAM, ..account.clone() }));
    variants
        .push(edited("emptied, with lamports", Account { data: Vec::new(), owner: SYSTEM_PROGRAM, ..account.clone() }));
    for len in [0, 7, 8] {
        variants.push(data(&format!("cut to {len} bytes"), &|data| data.truncate(len)));
    }
    variants.push(data("one byte short", &|data| _ = data.pop()));
    variants.push(data("one byte longer", &|data| data.push(1)));
    variants.push(data("10,240 bytes longer", &|data| data.resize(data.len() + 10_240, 0xff)));
    if account.owner == TokenProgram::Spl.id() && account.data.len() == 165 {
        variants.push(data("frozen", &|data| data[108] = 2));
        variants.push(data("uninitialised", &|data| data[108] = 0));
        variants.push(data("emptied of tokens", &|data| data[64..72].fill(0)));
        variants.push(edited(
            "of the other token program",
            Account { owner: TokenProgram::Token2022.id(), ..account.clone() },
        ));
    }
    variants
}

fn account(chain: &Chain, key: &Pubkey) -> Option<Account> {
    chain.net.with_svm(|svm| svm.get_account(key)).filter(|account| account.lamports > 0)
}
