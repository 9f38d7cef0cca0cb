//! Lamports and tokens from nowhere, by writing accounts in the token programs' own layout.

use {
    crate::Localnet,
    solana_sdk::pubkey::Pubkey,
    work_token_sdk::transport::{RawAccount, Transport},
};

/// Which token program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenProgram {
    /// SPL Token.
    Spl,
    /// Token-2022.
    Token2022,
}

impl TokenProgram {
    /// Its address.
    pub const fn id(self) -> Pubkey {
        match self {
            Self::Spl => Pubkey::from_str_const("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
            Self::Token2022 => Pubkey::from_str_const("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb"),
        }
    }
}

/// How a mint is made.
#[derive(Clone, Debug)]
pub struct MintOptions {
    /// Its program.
    pub program: TokenProgram,
    /// Its decimals.
    pub decimals: u8,
    /// Who may mint.
    pub mint_authority: Option<Pubkey>,
    /// Who may freeze.
    pub freeze_authority: Option<Pubkey>,
    /// Extensions of Token-2022: type and value.
    pub extensions: Vec<(u16, Vec<u8>)>,
}

impl MintOptions {
    /// Six decimals, nobody who freezes, no extensions.
    pub const fn of(program: TokenProgram, mint_authority: Option<Pubkey>) -> Self {
        Self { program, decimals: 6, mint_authority, freeze_authority: None, extensions: Vec::new() }
    }
}

impl Localnet {
    /// Gives lamports to an address.
    pub fn fund(&self, key: &Pubkey, lamports: u64) {
        self.with_svm(|svm| drop(svm.airdrop(key, lamports).expect("the faucet is bottomless")));
    }

    /// Writes a mint without supply.
    pub fn create_mint(&self, key: Pubkey, options: &MintOptions) {
        let mut data = vec![0u8; 82];
        write_option(&mut data, 0, options.mint_authority);
        data[44] = options.decimals;
        data[45] = 1;
        write_option(&mut data, 46, options.freeze_authority);
        if !options.extensions.is_empty() {
            data.resize(165, 0);
            data.push(1);
            for (kind, value) in &options.extensions {
                data.extend_from_slice(&kind.to_le_bytes());
                data.extend_from_slice(&u16::try_from(value.len()).expect("an extension is short").to_le_bytes());
                data.extend_from_slice(value);
            }
        }
        self.put(key, options.program.id(), data);
    }

    /// Writes a token account of `owner` that holds `amount`, and raises the mint's supply by it.
    pub fn create_token_account(&self, key: Pubkey, program: TokenProgram, mint: Pubkey, owner: Pubkey, amount: u64) {
        let mut data = vec![0u8; 165];
        data[..32].copy_from_slice(mint.as_ref());
        data[32..64].copy_from_slice(owner.as_ref());
        data[64..72].copy_from_slice(&amount.to_le_bytes());
        data[108] = 1;
        self.put(key, program.id(), data);
        self.edit(&mint, |mint| add(mint, 36, amount));
    }

    /// Adds tokens to an account, and to the mint's supply.
    pub fn give_tokens(&self, account: &Pubkey, amount: u64) {
        let mint = self.mint_of(account);
        self.edit(account, |data| add(data, 64, amount));
        self.edit(&mint, |data| add(data, 36, amount));
    }

    /// Takes tokens out of an account, and out of existence.
    pub fn burn_tokens(&self, account: &Pubkey, amount: u64) {
        let mint = self.mint_of(account);
        self.edit(account, |data| take(data, 64, amount));
        self.edit(&mint, |data| take(data, 36, amount));
    }

    /// Moves tokens from one account to another of the same mint.
    pub fn move_tokens(&self, from: &Pubkey, to: &Pubkey, amount: u64) {
        self.edit(from, |data| take(data, 64, amount));
        self.edit(to, |data| add(data, 64, amount));
    }

    /// Freezes or thaws a token account.
    pub fn set_frozen(&self, account: &Pubkey, frozen: bool) {
        self.edit(account, |data| data[108] = if frozen { 2 } else { 1 });
    }

    /// Balance of a token account; zero when there is none.
    pub fn token_balance(&self, account: &Pubkey) -> u64 {
        self.data_of(account).map_or(0, |data| u64::from_le_bytes(data[64..72].try_into().expect("eight bytes")))
    }

    /// Supply of a mint.
    pub fn supply(&self, mint: &Pubkey) -> u64 {
        self.data_of(mint).map_or(0, |data| u64::from_le_bytes(data[36..44].try_into().expect("eight bytes")))
    }

    /// Edits an account's data in place, around every rule.
    pub fn edit(&self, key: &Pubkey, edit: impl FnOnce(&mut [u8])) {
        let mut account = self.account(key).ok().flatten().expect("the account exists");
        edit(&mut account.data);
        self.set_account(*key, account);
    }

    fn mint_of(&self, account: &Pubkey) -> Pubkey {
        let data = self.data_of(account).expect("the token account exists");
        Pubkey::new_from_array(data[..32].try_into().expect("32 bytes"))
    }

    fn data_of(&self, key: &Pubkey) -> Option<Vec<u8>> {
        Some(self.account(key).ok().flatten()?.data)
    }

    fn put(&self, key: Pubkey, owner: Pubkey, data: Vec<u8>) {
        self.set_account(key, RawAccount { lamports: self.rent(data.len()), owner, data });
    }
}

fn write_option(data: &mut [u8], offset: usize, key: Option<Pubkey>) {
    if let Some(key) = key {
        data[offset] = 1;
        data[offset + 4..offset + 36].copy_from_slice(key.as_ref());
    }
}

fn add(data: &mut [u8], offset: usize, amount: u64) {
    set(data, offset, |old| old + amount);
}

fn take(data: &mut [u8], offset: usize, amount: u64) {
    set(data, offset, |old| old - amount);
}

fn set(data: &mut [u8], offset: usize, new: impl FnOnce(u64) -> u64) {
    let bytes: &mut [u8] = &mut data[offset..offset + 8];
    let old = u64::from_le_bytes(bytes.try_into().expect("eight bytes"));
    bytes.copy_from_slice(&new(old).to_le_bytes());
}
