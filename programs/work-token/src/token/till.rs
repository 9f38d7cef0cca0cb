//! Moves the work token: from owners into vaults, out of vaults, and out of existence.

use {
    super::{ACCOUNT_LEN, can_receive, require_destination_of, vault_is_frozen},
    crate::prelude::*,
    anchor_lang::{CpiHandle, pinocchio::instruction::InstructionAccount, unchecked_invoke_signed_fixed},
    anchor_spl::token_2022_cpi::instructions::{BurnChecked, CloseAccount, MintToChecked, TransferChecked},
    pinocchio::cpi::Signer as SignerSeeds,
};

/// The till of a network: it knows the token, and the seeds by which a vault signs for itself.
#[derive(Clone, Copy)]
pub struct Till<'a> {
    network: &'a Stored<Network>,
    mint: &'a AccountView,
}

/// Whose vault: one of a network's, or that of a provider's stake.
pub trait Purse {
    /// What the vault's address is made of besides the network, and its bump.
    fn seeds<'a>(&'a self, network: &'a Stored<Network>) -> ([&'a [u8]; 2], [u8; 1]);
}

impl Purse for VaultKind {
    #[inline(always)]
    fn seeds<'a>(&'a self, network: &'a Stored<Network>) -> ([&'a [u8]; 2], [u8; 1]) {
        ([self.seed(), network.address().as_ref()], [network.vault_bump(*self)])
    }
}

impl Purse for Stored<Provider> {
    #[inline(always)]
    fn seeds<'a>(&'a self, _: &'a Stored<Network>) -> ([&'a [u8]; 2], [u8; 1]) {
        ([seeds::STAKE_VAULT, self.address().as_ref()], [self.vault_bump])
    }
}

impl<'a> Till<'a> {
    /// The till of a network whose mint was checked by address.
    #[inline(always)]
    pub fn of(network: &'a Stored<Network>, mint: &'a AccountView) -> Self {
        Self { network, mint }
    }

    /// Takes `amount` from an owner, who has signed the transaction, into a vault. The source was checked.
    #[inline(always)]
    pub fn take(self, from: &AccountView, owner: &AccountView, vault: &AccountView, amount: u64) {
        transfer(self.network, [from, self.mint, vault, owner], amount, &[]);
    }

    /// Pays out of a vault, which signs for itself. The destination was checked. Moves nothing where there is
    /// nothing.
    #[inline(always)]
    pub fn pay(self, purse: &impl Purse, vault: &AccountView, to: &AccountView, amount: u64) {
        if amount == 0 {
            return;
        }
        let ([kind, whose], bump) = purse.seeds(self.network);
        let seeds = [Seed::from(kind), Seed::from(whose), Seed::from(&bump)];
        transfer(self.network, [vault, self.mint, to, vault], amount, &[SignerSeeds::from(&seeds)]);
    }

    /// Refuses a destination that cannot receive, or that is not `owner`'s; then pays.
    #[inline(always)]
    pub fn pay_owner(
        self,
        purse: &impl Purse,
        vault: &AccountView,
        (to, owner): (&AccountView, &Address),
        amount: u64,
    ) -> Result<()> {
        require_destination_of(to, self.network, owner)?;
        self.pay(purse, vault, to, amount);
        Ok(())
    }

    /// Burns out of a vault, which signs for itself. Burns nothing where there is nothing.
    #[inline(always)]
    pub fn burn(self, purse: &impl Purse, vault: &AccountView, amount: u64) {
        if amount == 0 {
            return;
        }
        let ([kind, whose], bump) = purse.seeds(self.network);
        let seeds = [Seed::from(kind), Seed::from(whose), Seed::from(&bump)];
        burn(self.network, [vault, self.mint], amount, &[SignerSeeds::from(&seeds)]);
    }

    /// Pays a keeper what `offer` gives, if it gave an account of its own that can receive it and the vault
    /// can give. Returns what was paid. Never fails a crank (R H9).
    #[inline(always)]
    pub fn pay_bounty(
        self,
        kind: VaultKind,
        vault: &AccountView,
        (keeper, keeper_account): (&Signer, &Option<UncheckedAccount>),
        offer: impl FnOnce() -> u64,
    ) -> u64 {
        let Some(to) = keeper_account else { return 0 };
        if vault_is_frozen(vault) || !can_receive(to, self.network, keeper) {
            return 0;
        }
        let amount = offer();
        self.pay(&kind, vault, to, amount);
        amount
    }

    /// Mints to a vault; the network signs. Mints nothing where there is nothing.
    pub fn mint(self, to: &AccountView, amount: u64) {
        if amount == 0 {
            return;
        }
        let network = self.network;
        let (id, bump) = (network.id.to_le_bytes(), [network.bump]);
        let seeds = [seeds::NETWORK, network.creator.as_ref(), &id, &bump].map(Seed::from);
        let call = MintToChecked {
            mint: self.mint,
            account: to,
            mint_authority: network.view(),
            amount,
            decimals: network.mint_decimals,
            token_program: &network.token_program,
        };
        was_made(call.invoke_signed(&[SignerSeeds::from(&seeds)]));
    }
}

/// Ends the transaction if a call was not made: if an account of it is borrowed, which none of ours ever is.
/// One that the token program refuses does not come back.
#[inline(always)]
fn was_made(call: ProgramResult) {
    assert!(call.is_ok(), "an account is borrowed");
}

#[inline(never)]
fn transfer(network: &Network, [from, mint, to, authority]: [&AccountView; 4], amount: u64, signers: &[SignerSeeds]) {
    let (decimals, token_program) = (network.mint_decimals, &network.token_program);
    let call = TransferChecked { from, mint, to, authority, amount, decimals, token_program };
    was_made(call.invoke_signed(signers));
}

#[inline(never)]
fn burn(network: &Network, [account, mint]: [&AccountView; 2], amount: u64, signers: &[SignerSeeds]) {
    let (decimals, token_program) = (network.mint_decimals, &network.token_program);
    let call = BurnChecked { account, mint, authority: account, amount, decimals, token_program };
    was_made(call.invoke_signed(signers));
}

/// Creates a vault at the address of `seeds`, the bump being the last of them: a token account that is its
/// own authority.
///
/// The call is ours: `InitializeAccount3` of `token_2022_cpi` copies the authority byte by byte, sixty units
/// more in the creation of a network, fifty in a registration, whose budget has thirteen left.
#[inline(always)]
pub fn open_vault(
    token_program: &Address,
    payer: &AccountView,
    [vault, mint]: [&AccountView; 2],
    rent: &Rent,
    seeds: &[Seed; 3],
) -> Result<()> {
    create_signed(payer, vault, rent, (ACCOUNT_LEN, token_program), seeds)?;
    init_vault(token_program, [vault, mint]);
    Ok(())
}

fn init_vault(token_program: &Address, [vault, mint]: [&AccountView; 2]) {
    const INITIALIZE_ACCOUNT_3: u8 = 18;
    let mut data = [0u8; 33];
    let [instruction, authority @ ..] = &mut data;
    *instruction = INITIALIZE_ACCOUNT_3;
    *authority = vault.address().to_bytes();
    let accounts = [InstructionAccount::writable(vault.address()), InstructionAccount::readonly(mint.address())];
    let handles = [CpiHandle::readonly(vault), CpiHandle::readonly(mint)];
    unchecked_invoke_signed_fixed(token_program, &data, &accounts, &handles, &[]);
}

/// Closes an empty stake vault; its lamports go to `receiver`.
pub fn close_vault(
    network: &Stored<Network>,
    provider: &Stored<Provider>,
    vault: &AccountView,
    receiver: &AccountView,
) {
    let ([kind, whose], bump) = provider.seeds(network);
    let seeds = [kind, whose, &bump].map(Seed::from);
    let token_program = &network.token_program;
    let call = CloseAccount { account: vault, destination: receiver, authority: vault, token_program };
    was_made(call.invoke_signed(&[SignerSeeds::from(&seeds)]));
}
