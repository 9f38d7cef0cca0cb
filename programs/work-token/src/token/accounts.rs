//! What token accounts say, and which of them can send and receive the work token.

use {
    super::data_of,
    crate::prelude::*,
    anchor_lang::bytemuck,
    anchor_spl::{TokenAccount, token_2022::ExtensionType},
};

/// Bytes of a token account without extensions. The allowed mint extensions ask for none.
pub const ACCOUNT_LEN: usize = TokenAccount::LEN;
/// Where accounts and mints with extensions say which of the two they are; their extensions follow.
pub(super) const TYPE_OFFSET: usize = ACCOUNT_LEN;
const TYPE_ACCOUNT: u8 = 2;
/// Of a vault two fields are read by offset: one that is cut short, which no token program does, is refused
/// by the token program and not taken for an empty one.
const AMOUNT_OFFSET: usize = 64;
const STATE_OFFSET: usize = 108;
const STATE_INITIALISED: u8 = 1;
const STATE_FROZEN: u8 = 2;

/// What an account says that is known to be a token account, or as long as one.
#[inline(always)]
fn known(view: &AccountView) -> Option<&TokenAccount> {
    data_of(view).first_chunk::<ACCOUNT_LEN>().map(bytemuck::cast_ref)
}

/// An initialised token account of `token_program`, or why it is none.
#[inline(always)]
fn account_of<'a>(view: &'a AccountView, token_program: &Address) -> Result<&'a TokenAccount> {
    let data = data_of(view);
    let (true, Some((account, rest))) = (is_owned_by(view, token_program), data.split_first_chunk::<ACCOUNT_LEN>())
    else {
        return Err(E::NotATokenAccount.into());
    };
    let account: &TokenAccount = bytemuck::cast_ref(account);
    let typed = rest.first().is_none_or(|kind| *kind == TYPE_ACCOUNT);
    if !typed || !matches!(account.state(), STATE_INITIALISED | STATE_FROZEN) {
        return Err(E::NotATokenAccount.into());
    }
    Ok(account)
}

/// Refuses a token account that is of another mint or frozen.
#[inline(always)]
fn require_usable(account: &TokenAccount, network: &Network) -> Result<()> {
    require(address_eq(account.mint(), &network.mint), E::WrongMint)?;
    require(!account.is_frozen(), E::TokenAccountFrozen)
}

/// The balance of a vault, whose identity was checked by address.
#[inline(always)]
pub fn vault_balance(vault: &AccountView) -> u64 {
    let amount = data_of(vault).get(AMOUNT_OFFSET..).and_then(|rest| rest.first_chunk::<8>());
    amount.map_or(0, |amount| u64::from_le_bytes(*amount))
}

/// Whether a vault, whose identity was checked by address, is frozen.
#[inline]
pub fn vault_is_frozen(vault: &AccountView) -> bool {
    data_of(vault).get(STATE_OFFSET) == Some(&STATE_FROZEN)
}

/// Refuses a source from which `amount` of the work token cannot be taken.
#[inline(never)]
pub fn require_source(view: &AccountView, network: &Network, amount: u64) -> Result<()> {
    let account = account_of(view, &network.token_program)?;
    require_usable(account, network)?;
    require(account.amount() >= amount, E::InsufficientFunds)
}

/// Refuses a destination that cannot receive the work token, or that is a vault of this network or of one of
/// its providers: the network is the authority of all of them, and of nothing else.
#[inline]
pub fn require_destination(view: &AccountView, network: &Stored<Network>) -> Result<()> {
    let account = account_of(view, &network.token_program)?;
    require_usable(account, network)?;
    require(!address_eq(account.owner(), network.address()), E::VaultAsDestination)
}

/// Refuses a destination that cannot receive the work token, or that is not `owner`'s.
#[inline(never)]
pub fn require_destination_of(view: &AccountView, network: &Stored<Network>, owner: &Address) -> Result<()> {
    require_destination(view, network)?;
    require(belongs_to(view, owner), E::NotTheTokenOwner)
}

/// Whether a token account, already known to be one, belongs to somebody.
#[inline(always)]
pub fn belongs_to(view: &AccountView, owner: &Address) -> bool {
    known(view).is_some_and(|account| address_eq(account.owner(), owner))
}

/// Whether the owner of a token account, already known to be one, takes no transfer without a memo: an
/// extension of Token-2022 under which ours would fail.
pub fn demands_memo(view: &AccountView) -> bool {
    const MEMO_TRANSFER: u16 = ExtensionType::MemoTransfer as u16;
    let mut entries = data_of(view).get(TYPE_OFFSET.saturating_add(1)..).unwrap_or(&[]);
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

/// Whether an account can receive the work token.
pub fn receives(to: &AccountView, network: &Stored<Network>) -> bool {
    to.is_writable() && require_destination(to, network).is_ok() && !demands_memo(to)
}

/// Whether an account can receive the work token for the keeper that signs.
pub fn can_receive(to: &AccountView, network: &Stored<Network>, keeper: &Signer) -> bool {
    receives(to, network) && belongs_to(to, keeper.address())
}
