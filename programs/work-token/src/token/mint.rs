//! What a mint says, and which mints can carry stake.

use {
    super::{accounts::TYPE_OFFSET, data_of},
    crate::prelude::*,
    anchor_lang::{Id, bytemuck},
    anchor_spl::{Mint, token_2022::ExtensionType as Extension},
};

/// Wrapped SOL of SPL Token.
const NATIVE_MINT: Address = anchor_lang::address!("So11111111111111111111111111111111111111112");
/// Wrapped SOL of Token-2022.
const NATIVE_MINT_2022: Address = anchor_lang::address!("9pan9bMn5HatX4EJdBwg9VgCa7Uz5HL8N1m5D3NdXej9");
const TYPE_MINT: u8 = 1;

/// What was read of a mint.
pub struct ReadMint {
    /// Who may mint; `None` when nobody may.
    pub mint_authority: Option<Address>,
    /// Tokens in existence.
    pub supply: u64,
    /// Decimals.
    pub decimals: u8,
    /// Whether somebody may freeze accounts.
    pub has_freeze_authority: bool,
}

fn known(view: &AccountView) -> Option<&Mint> {
    data_of(view).first_chunk::<{ Mint::LEN }>().map(bytemuck::cast_ref)
}

/// Reads a mint of SPL Token or Token-2022 and refuses one that cannot carry stake (network-mint-1).
#[inline(never)]
pub fn read_mint(view: &AccountView, token_program: &Address) -> Result<ReadMint> {
    let is = |address: &Address, one: &Address, other: &Address| address_eq(address, one) || address_eq(address, other);
    require(is(token_program, &Token::id(), &Token2022::id()), E::WrongTokenProgram)?;
    require(!is(view.address(), &NATIVE_MINT, &NATIVE_MINT_2022), E::NativeMintRefused)?;
    require(is_owned_by(view, token_program), E::WrongMint)?;
    let data = data_of(view);
    if data.len() != Mint::LEN {
        require(data.get(TYPE_OFFSET) == Some(&TYPE_MINT), E::WrongMint)?;
        require_allowed_extensions(data.get(TYPE_OFFSET.saturating_add(1)..).unwrap_or(&[]))?;
    }
    let mint = known(view).filter(|mint| mint.is_initialized()).ok_or(E::WrongMint)?;
    Ok(ReadMint {
        mint_authority: mint.mint_authority().copied(),
        supply: mint.supply(),
        decimals: mint.decimals(),
        has_freeze_authority: mint.has_freeze_authority(),
    })
}

/// Tokens in existence, of a mint whose identity was checked by address.
pub fn supply(mint: &AccountView) -> u64 {
    known(mint).map_or(u64::MAX, Mint::supply)
}

/// Mint extensions that leave stake alone: interest-bearing and scaled display, pointers, metadata and
/// groups. Everything else, known or not, is refused: transfer fees and hooks, permanent delegates, pausing,
/// closing, confidential and frozen-by-default mints.
const ALLOWED: [u16; 8] = [
    Extension::InterestBearingConfig as u16,
    Extension::MetadataPointer as u16,
    Extension::TokenMetadata as u16,
    Extension::GroupPointer as u16,
    Extension::TokenGroup as u16,
    Extension::GroupMemberPointer as u16,
    Extension::TokenGroupMember as u16,
    Extension::ScaledUiAmount as u16,
];

fn require_allowed_extensions(mut entries: &[u8]) -> Result<()> {
    while let [kind_low, kind_high, len_low, len_high, rest @ ..] = entries {
        match u16::from_le_bytes([*kind_low, *kind_high]) {
            0 => break,
            kind => require(ALLOWED.contains(&kind), E::MintExtensionRefused)?,
        }
        let len = usize::from(u16::from_le_bytes([*len_low, *len_high]));
        entries = rest.get(len..).ok_or(E::MintExtensionRefused)?;
    }
    Ok(())
}
