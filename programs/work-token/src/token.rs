//! Everything that touches SPL Token and Token-2022: what their accounts say, and the six calls we make.
//!
//! Calls go directly to the token program with arrays on the stack (1,170 compute units against 7,270 through `anchor_spl`). A call that
//! fails ends the transaction, so every check comes before it.

use {
    crate::stored::is_owned_by,
    anchor_lang::{
        CpiHandle, bytemuck,
        pinocchio::{address::address_eq, instruction::InstructionAccount},
        prelude::*,
        unchecked_invoke_signed_fixed,
    },
    work_token_interface::{
        WorkTokenError as E,
        state::{Network, VaultKind},
    },
};

/// SPL Token.
pub const SPL_TOKEN: Address = anchor_lang::address!("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
/// Token-2022.
pub const TOKEN_2022: Address = anchor_lang::address!("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb");
/// Wrapped SOL of SPL Token.
const NATIVE_MINT: Address = anchor_lang::address!("So11111111111111111111111111111111111111112");
/// Wrapped SOL of Token-2022.
const NATIVE_MINT_2022: Address = anchor_lang::address!("9pan9bMn5HatX4EJdBwg9VgCa7Uz5HL8N1m5D3NdXej9");

/// Bytes of a token account without extensions. The allowed mint extensions ask for none.
pub const ACCOUNT_LEN: usize = 165;
const MINT_LEN: usize = 82;
const ACCOUNT_TYPE_OFFSET: usize = 165;
const ACCOUNT_TYPE_MINT: u8 = 1;
const ACCOUNT_TYPE_ACCOUNT: u8 = 2;
const MINT_OFFSET: usize = 0;
const AUTHORITY_OFFSET: usize = 32;
const AMOUNT_OFFSET: usize = 64;
const STATE_OFFSET: usize = 108;
const STATE_INITIALISED: u8 = 1;
const STATE_FROZEN: u8 = 2;

/// What a mint says.
pub struct Mint {
    /// Who may mint; `None` when nobody may.
    pub mint_authority: Option<Address>,
    /// Tokens in existence.
    pub supply: u64,
    /// Decimals.
    pub decimals: u8,
    /// Whether somebody may freeze accounts.
    pub has_freeze_authority: bool,
}

fn bytes_at<const N: usize>(data: &[u8], offset: usize) -> Option<[u8; N]> {
    let end = offset.checked_add(N)?;
    data.get(offset..end)?.try_into().ok()
}

fn address_at(data: &[u8], offset: usize) -> Option<Address> {
    bytes_at::<32>(data, offset).map(Address::new_from_array)
}

fn data_of(view: &AccountView) -> &[u8] {
    // SAFETY: the runtime keeps the data alive for the instruction; every reader copies what it needs and lets go of the slice
    // before the next call into another program.
    unsafe { view.borrow_unchecked() }
}

/// The data of an initialised token account of `token_program`, or why it is none.
#[inline(always)]
fn account_data<'a>(view: &'a AccountView, token_program: &Address) -> Result<&'a [u8; ACCOUNT_LEN]> {
    let data = data_of(view);
    let (true, Some((account, rest))) = (is_owned_by(view, token_program), data.split_first_chunk::<ACCOUNT_LEN>())
    else {
        return Err(E::NotATokenAccount.into());
    };
    let typed = rest.first().is_none_or(|kind| *kind == ACCOUNT_TYPE_ACCOUNT);
    if !typed || !matches!(account.get(STATE_OFFSET), Some(&(STATE_INITIALISED | STATE_FROZEN))) {
        return Err(E::NotATokenAccount.into());
    }
    Ok(account)
}

/// One of the two addresses at the head of a token account.
#[inline(always)]
fn field(account: &[u8; ACCOUNT_LEN], offset: usize) -> Option<&Address> {
    let end = offset.checked_add(size_of::<Address>())?;
    bytemuck::try_from_bytes(account.get(offset..end)?).ok()
}

/// Refuses a token account that is of another mint or frozen.
#[inline(always)]
fn require_usable(account: &[u8; ACCOUNT_LEN], network: &Network) -> Result<()> {
    if !field(account, MINT_OFFSET).is_some_and(|mint| address_eq(mint, &network.mint)) {
        return Err(E::WrongMint.into());
    }
    if account.get(STATE_OFFSET) == Some(&STATE_FROZEN) {
        return Err(E::TokenAccountFrozen.into());
    }
    Ok(())
}

/// The balance of a vault, whose identity was checked by address.
#[inline(always)]
pub fn vault_balance(vault: &AccountView) -> u64 {
    bytes_at(data_of(vault), AMOUNT_OFFSET).map_or(0, u64::from_le_bytes)
}

/// Whether a vault, whose identity was checked by address, is frozen.
#[inline]
pub fn vault_is_frozen(vault: &AccountView) -> bool {
    data_of(vault).get(STATE_OFFSET) == Some(&STATE_FROZEN)
}

/// Refuses a source from which `amount` of the work token cannot be taken.
#[inline(never)]
pub fn require_source(view: &AccountView, network: &Network, amount: u64) -> Result<()> {
    require_usable(account_data(view, &network.token_program)?, network)?;
    if vault_balance(view) < amount {
        return Err(E::InsufficientFunds.into());
    }
    Ok(())
}

/// Refuses a destination that cannot receive the work token, or that is a vault: every vault is its own authority.
#[inline]
pub fn require_destination(view: &AccountView, network: &Network) -> Result<()> {
    let account = account_data(view, &network.token_program)?;
    require_usable(account, network)?;
    if field(account, AUTHORITY_OFFSET).is_none_or(|authority| address_eq(authority, view.address())) {
        return Err(E::VaultAsDestination.into());
    }
    Ok(())
}

/// Refuses a destination that cannot receive the work token, or that is not `owner`'s.
#[inline(never)]
pub fn require_destination_of(view: &AccountView, network: &Network, owner: &Address) -> Result<()> {
    require_destination(view, network)?;
    if belongs_to(view, owner) { Ok(()) } else { Err(E::NotTheTokenOwner.into()) }
}

/// Whether a token account, already known to be one, belongs to somebody.
#[inline(always)]
pub fn belongs_to(view: &AccountView, owner: &Address) -> bool {
    data_of(view)
        .first_chunk::<ACCOUNT_LEN>()
        .and_then(|account| field(account, AUTHORITY_OFFSET))
        .is_some_and(|authority| address_eq(authority, owner))
}

/// Whether the owner of a token account, already known to be one, takes no transfer without a memo: an extension of Token-2022 under which
/// ours would fail.
pub fn demands_memo(view: &AccountView) -> bool {
    const MEMO_TRANSFER: u16 = 8;
    let mut entries = data_of(view).get(ACCOUNT_TYPE_OFFSET.saturating_add(1)..).unwrap_or(&[]);
    while let [kind_low, kind_high, len_low, len_high, rest @ ..] = entries {
        match u16::from_le_bytes([*kind_low, *kind_high]) {
            0 => break,
            MEMO_TRANSFER => return rest.first() != Some(&0),
            _ => {}
        }
        let len = usize::from(u16::from_le_bytes([*len_low, *len_high]));
        entries = rest.get(len..).unwrap_or(&[]);
    }
    false
}

/// Reads a mint of SPL Token or Token-2022 and refuses one that cannot carry stake (R M16).
#[inline(never)]
pub fn read_mint(view: &AccountView, token_program: &Address) -> Result<Mint> {
    if !address_eq(token_program, &SPL_TOKEN) && !address_eq(token_program, &TOKEN_2022) {
        return Err(E::WrongTokenProgram.into());
    }
    if address_eq(view.address(), &NATIVE_MINT) || address_eq(view.address(), &NATIVE_MINT_2022) {
        return Err(E::NativeMintRefused.into());
    }
    if !is_owned_by(view, token_program) {
        return Err(E::WrongMint.into());
    }
    let data = data_of(view);
    if data.len() != MINT_LEN {
        if data.get(ACCOUNT_TYPE_OFFSET) != Some(&ACCOUNT_TYPE_MINT) {
            return Err(E::WrongMint.into());
        }
        require_allowed_extensions(data.get(ACCOUNT_TYPE_OFFSET.saturating_add(1)..).unwrap_or(&[]))?;
    }
    let read = || {
        let mint_authority = (u32::from_le_bytes(bytes_at(data, 0)?) != 0).then(|| address_at(data, 4)).flatten();
        let initialised = *data.get(45)? == 1;
        initialised.then_some(Mint {
            mint_authority,
            supply: u64::from_le_bytes(bytes_at(data, 36)?),
            decimals: *data.get(44)?,
            has_freeze_authority: u32::from_le_bytes(bytes_at(data, 46)?) != 0,
        })
    };
    read().ok_or_else(|| E::WrongMint.into())
}

/// Tokens in existence, of a mint whose identity was checked by address.
pub fn supply(mint: &AccountView) -> u64 {
    bytes_at(data_of(mint), 36).map_or(u64::MAX, u64::from_le_bytes)
}

/// Mint extensions that leave stake alone: interest-bearing and scaled display, pointers, metadata and groups. Everything else,
/// known or not, is refused: transfer fees and hooks, permanent delegates, pausing, closing, confidential and frozen-by-default mints.
fn require_allowed_extensions(mut entries: &[u8]) -> Result<()> {
    const INTEREST_BEARING: u16 = 10;
    const METADATA_POINTER: u16 = 18;
    const TOKEN_METADATA: u16 = 19;
    const GROUP_POINTER: u16 = 20;
    const TOKEN_GROUP: u16 = 21;
    const MEMBER_POINTER: u16 = 22;
    const TOKEN_GROUP_MEMBER: u16 = 23;
    const SCALED_UI_AMOUNT: u16 = 25;
    while let [kind_low, kind_high, len_low, len_high, rest @ ..] = entries {
        match u16::from_le_bytes([*kind_low, *kind_high]) {
            0 => break,
            INTEREST_BEARING | METADATA_POINTER | TOKEN_METADATA | GROUP_POINTER | TOKEN_GROUP | MEMBER_POINTER
            | TOKEN_GROUP_MEMBER | SCALED_UI_AMOUNT => {}
            _ => return Err(E::MintExtensionRefused.into()),
        }
        let len = usize::from(u16::from_le_bytes([*len_low, *len_high]));
        entries = rest.get(len..).ok_or(E::MintExtensionRefused)?;
    }
    Ok(())
}

/// A signer derived by this program: its seeds, the bump included.
pub type Seeds<'a> = &'a [&'a [&'a [u8]]];

fn writable(view: &AccountView) -> InstructionAccount<'_> {
    InstructionAccount::writable(view.address())
}

fn handle(view: &AccountView) -> CpiHandle<'_> {
    CpiHandle::readonly(view)
}

/// Moves `amount` of the work token. `from` signs through `seeds`, or `authority` has signed the transaction.
#[inline(never)]
pub fn transfer(network: &Network, [from, mint, to, authority]: [&AccountView; 4], amount: u64, seeds: Seeds) {
    let mut data = [0u8; 10];
    write_amount(&mut data, TRANSFER_CHECKED, amount, network.mint_decimals);
    let accounts = [
        writable(from),
        InstructionAccount::readonly(mint.address()),
        writable(to),
        InstructionAccount::readonly_signer(authority.address()),
    ];
    let handles = [handle(from), handle(mint), handle(to), handle(authority)];
    unchecked_invoke_signed_fixed(&network.token_program, &data, &accounts, &handles, seeds);
}

const TRANSFER_CHECKED: u8 = 12;
const MINT_TO_CHECKED: u8 = 14;
const BURN_CHECKED: u8 = 15;

fn write_amount(data: &mut [u8; 10], instruction: u8, amount: u64, decimals: u8) {
    let [first, amount_bytes @ .., last] = data;
    *first = instruction;
    *amount_bytes = amount.to_le_bytes();
    *last = decimals;
}

/// Pays out of a vault of the network, which signs for itself.
pub fn pay_from_network(
    network: &Network,
    network_address: &Address,
    kind: VaultKind,
    [vault, mint, to]: [&AccountView; 3],
    amount: u64,
) {
    let bump = [network.vault_bump(kind)];
    transfer(network, [vault, mint, to, vault], amount, &[&[kind.seed(), network_address.as_ref(), &bump]]);
}

/// Pays out of a provider's stake vault, which signs for itself.
pub fn pay_from_stake(
    network: &Network,
    provider_address: &Address,
    vault_bump: u8,
    [vault, mint, to]: [&AccountView; 3],
    amount: u64,
) {
    let seeds: &[&[u8]] = &[work_token_interface::seeds::STAKE_VAULT, provider_address.as_ref(), &[vault_bump]];
    transfer(network, [vault, mint, to, vault], amount, &[seeds]);
}

/// Burns `amount` out of a vault of the network, which signs for itself.
pub fn burn_from_network(
    network: &Network,
    network_address: &Address,
    kind: VaultKind,
    vault_and_mint: [&AccountView; 2],
    amount: u64,
) {
    let bump = [network.vault_bump(kind)];
    burn(network, vault_and_mint, amount, &[&[kind.seed(), network_address.as_ref(), &bump]]);
}

/// Burns `amount` out of a provider's stake vault, which signs for itself.
pub fn burn_from_stake(
    network: &Network,
    provider_address: &Address,
    vault_bump: u8,
    vault_and_mint: [&AccountView; 2],
    amount: u64,
) {
    let seeds: &[&[u8]] = &[work_token_interface::seeds::STAKE_VAULT, provider_address.as_ref(), &[vault_bump]];
    burn(network, vault_and_mint, amount, &[seeds]);
}

#[inline(never)]
fn burn(network: &Network, [vault, mint]: [&AccountView; 2], amount: u64, seeds: Seeds) {
    let mut data = [0u8; 10];
    write_amount(&mut data, BURN_CHECKED, amount, network.mint_decimals);
    let accounts = [writable(vault), writable(mint), InstructionAccount::readonly_signer(vault.address())];
    let handles = [handle(vault), handle(mint), handle(vault)];
    unchecked_invoke_signed_fixed(&network.token_program, &data, &accounts, &handles, seeds);
}

/// Mints `amount` of the work token to a vault; the network signs.
pub fn mint_to(network: &Network, [mint, to, authority]: [&AccountView; 3], amount: u64) {
    let mut data = [0u8; 10];
    write_amount(&mut data, MINT_TO_CHECKED, amount, network.mint_decimals);
    let accounts = [writable(mint), writable(to), InstructionAccount::readonly_signer(authority.address())];
    let handles = [handle(mint), handle(to), handle(authority)];
    let (id, bump) = (network.id.to_le_bytes(), [network.bump]);
    let seeds: &[&[u8]] = &[work_token_interface::seeds::NETWORK, network.creator.as_ref(), &id, &bump];
    unchecked_invoke_signed_fixed(&network.token_program, &data, &accounts, &handles, &[seeds]);
}

/// Makes an empty account of 165 bytes a vault: a token account that is its own authority.
pub fn init_vault(token_program: &Address, [vault, mint]: [&AccountView; 2]) {
    const INITIALIZE_ACCOUNT_3: u8 = 18;
    let mut data = [0u8; 33];
    let [instruction, authority @ ..] = &mut data;
    *instruction = INITIALIZE_ACCOUNT_3;
    *authority = vault.address().to_bytes();
    let accounts = [writable(vault), InstructionAccount::readonly(mint.address())];
    let handles = [handle(vault), handle(mint)];
    unchecked_invoke_signed_fixed(token_program, &data, &accounts, &handles, &[]);
}

/// Closes an empty stake vault; its lamports go to `receiver`.
pub fn close_vault(
    network: &Network,
    provider_address: &Address,
    vault_bump: u8,
    [vault, receiver]: [&AccountView; 2],
) {
    const CLOSE_ACCOUNT: u8 = 9;
    let accounts = [writable(vault), writable(receiver), InstructionAccount::readonly_signer(vault.address())];
    let handles = [handle(vault), handle(receiver), handle(vault)];
    let seeds: &[&[u8]] = &[work_token_interface::seeds::STAKE_VAULT, provider_address.as_ref(), &[vault_bump]];
    unchecked_invoke_signed_fixed(&network.token_program, &[CLOSE_ACCOUNT], &accounts, &handles, &[seeds]);
}
