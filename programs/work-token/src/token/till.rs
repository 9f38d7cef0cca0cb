//! Moves the work token: from owners into vaults, out of vaults, and out of existence.

use {
    super::accounts::{ACCOUNT_LEN, can_receive, require_destination_of, vault_is_frozen},
    crate::prelude::*,
    anchor_lang::{CpiHandle, Id, pinocchio::instruction::InstructionAccount, unchecked_invoke_signed_fixed},
    anchor_spl::token_2022_cpi::instructions::{BurnChecked, CloseAccount, MintToChecked, Transfer, TransferChecked},
    core::mem::MaybeUninit,
    pinocchio::cpi::{CpiAccount, Signer as SignerSeeds},
    pinocchio_token::instructions::{self as batched, Batch, IntoBatch},
};

/// The till of a network: it knows the token, and the seeds by which the network signs for its vaults and for
/// those of its providers.
#[derive(Clone, Copy)]
pub struct Till<'a> {
    network: &'a Stored<Network>,
    mint: &'a AccountView,
}

/// Tokens that leave a vault, or come into one by being minted. [`Till::make`] makes several in one call.
#[derive(Clone, Copy)]
pub struct Movement<'a> {
    kind: Kind<'a>,
    amount: u64,
}

#[derive(Clone, Copy)]
enum Kind<'a> {
    Pay { vault: &'a AccountView, to: &'a AccountView },
    Burn { vault: &'a AccountView },
    Mint { to: &'a AccountView },
}

impl<'a> Movement<'a> {
    /// To an account that was checked.
    #[inline(always)]
    pub fn pay(vault: &'a AccountView, to: &'a AccountView, amount: u64) -> Self {
        Self { kind: Kind::Pay { vault, to }, amount }
    }

    /// Out of existence.
    #[inline(always)]
    pub fn burn(vault: &'a AccountView, amount: u64) -> Self {
        Self { kind: Kind::Burn { vault }, amount }
    }

    /// Into existence.
    #[inline(always)]
    pub fn mint(to: &'a AccountView, amount: u64) -> Self {
        Self { kind: Kind::Mint { to }, amount }
    }
}

/// Most movements of one instruction.
const MOVEMENTS: usize = 5;
/// Bytes of a checked movement within a batch: its header, then kind, amount and decimals.
const MOVEMENT_LEN: usize = 2 + 10;

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

    /// Pays out of a vault. The destination was checked. Moves nothing where there is nothing.
    #[inline(always)]
    pub fn pay(self, vault: &AccountView, to: &AccountView, amount: u64) {
        if amount == 0 {
            return;
        }
        let network = self.network;
        let (id, bump) = (network.id.to_le_bytes(), [network.bump]);
        let seeds = seeds_of(network, &id, &bump);
        transfer(network, [vault, self.mint, to, network.view()], amount, &[SignerSeeds::from(&seeds)]);
    }

    /// Refuses a destination that cannot receive, or that is not `owner`'s; then pays.
    #[inline(always)]
    pub fn pay_owner(self, vault: &AccountView, (to, owner): (&AccountView, &Address), amount: u64) -> Result<()> {
        require_destination_of(to, self.network, owner)?;
        self.pay(vault, to, amount);
        Ok(())
    }

    /// Burns out of a vault. Burns nothing where there is nothing.
    #[inline(always)]
    pub fn burn(self, vault: &AccountView, amount: u64) {
        self.make(&[Movement::burn(vault, amount)]);
    }

    /// Makes movements in their order, leaving out those of nothing. SPL Token makes them in one call, some
    /// 700 units less for each after the first; Token-2022, which knows no batches, in one call each.
    #[inline(always)]
    pub fn make<const N: usize>(self, movements: &[Movement; N]) {
        const { assert!(N <= MOVEMENTS) };
        self.make_all(movements);
    }

    #[inline(never)]
    fn make_all(self, movements: &[Movement]) {
        let network = self.network;
        let (id, bump) = (network.id.to_le_bytes(), [network.bump]);
        let seeds = seeds_of(network, &id, &bump);
        let signers = [SignerSeeds::from(&seeds)];
        let due = || movements.iter().filter(|movement| movement.amount > 0);
        if due().nth(1).is_some() && address_eq(&network.token_program, &Token::id()) {
            was_made(batch(self, due(), &signers));
            return;
        }
        for Movement { kind, amount } in due() {
            match *kind {
                Kind::Pay { vault, to } => transfer(network, [vault, self.mint, to, network.view()], *amount, &signers),
                Kind::Burn { vault } => burn(network, [vault, self.mint], *amount, &signers),
                Kind::Mint { to } => mint(network, [self.mint, to], *amount, &signers),
            }
        }
    }

    /// Where a keeper can be paid: the account that it gave, if that is its own and can receive, while the
    /// vault can give. Whatever is the matter, no crank fails for it (epoch-bounty-2).
    #[inline(always)]
    pub fn bounty_to<'k>(
        self,
        vault: &AccountView,
        (keeper, account): (&Signer, &'k Option<UncheckedAccount>),
    ) -> Option<&'k UncheckedAccount> {
        account.as_ref().filter(|to| !vault_is_frozen(vault) && can_receive(to, self.network, keeper))
    }

    /// Pays a keeper what `offer` gives, if it can be paid. Returns what was paid.
    #[inline(always)]
    pub fn pay_bounty(
        self,
        vault: &AccountView,
        (keeper, account): (&Signer, &Option<UncheckedAccount>),
        offer: impl FnOnce() -> u64,
    ) -> u64 {
        let Some(to) = self.bounty_to(vault, (keeper, account)) else { return 0 };
        let amount = offer();
        self.pay(vault, to, amount);
        amount
    }
}

/// What the network signs with.
#[inline(always)]
fn seeds_of<'a>(network: &'a Network, id: &'a [u8], bump: &'a [u8]) -> [Seed<'a>; 4] {
    [seeds::NETWORK, network.creator.as_ref(), id, bump].map(Seed::from)
}

/// Ends the transaction if a call was not made: if an account of it is borrowed, which none of ours ever is.
/// One that the token program refuses does not come back.
#[inline(always)]
fn was_made(call: ProgramResult) {
    assert!(call.is_ok(), "an account is borrowed");
}

/// Moves tokens between two accounts of the network's mint: each was checked, or is known by its address.
/// SPL Token is not asked to read the mint once more; Token-2022 moves nothing of some mints unless it is.
#[inline(never)]
fn transfer(network: &Network, [from, mint, to, authority]: [&AccountView; 4], amount: u64, signers: &[SignerSeeds]) {
    let (decimals, token_program) = (network.mint_decimals, &network.token_program);
    was_made(if address_eq(token_program, &Token::id()) {
        Transfer { from, to, authority, amount, token_program }.invoke_signed(signers)
    } else {
        TransferChecked { from, mint, to, authority, amount, decimals, token_program }.invoke_signed(signers)
    });
}

#[inline(never)]
fn burn(network: &Stored<Network>, [account, mint]: [&AccountView; 2], amount: u64, signers: &[SignerSeeds]) {
    let (decimals, token_program) = (network.mint_decimals, &network.token_program);
    let call = BurnChecked { account, mint, authority: network.view(), amount, decimals, token_program };
    was_made(call.invoke_signed(signers));
}

#[inline(never)]
fn mint(network: &Stored<Network>, [mint, account]: [&AccountView; 2], amount: u64, signers: &[SignerSeeds]) {
    let (decimals, token_program) = (network.mint_decimals, &network.token_program);
    let call = MintToChecked { mint, account, mint_authority: network.view(), amount, decimals, token_program };
    was_made(call.invoke_signed(signers));
}

/// Several movements in one call of SPL Token.
fn batch<'a>(till: Till, movements: impl Iterator<Item = &'a Movement<'a>>, signers: &[SignerSeeds]) -> ProgramResult {
    let mut data = [const { MaybeUninit::uninit() }; 1 + MOVEMENTS * MOVEMENT_LEN];
    let mut metas = [const { MaybeUninit::<InstructionAccount>::uninit() }; 4 * MOVEMENTS];
    let mut accounts = [const { MaybeUninit::<CpiAccount>::uninit() }; 4 * MOVEMENTS];
    let mut batch = Batch::new(&mut data, &mut metas, &mut accounts)?;
    let (mint, authority, decimals) = (till.mint, till.network.view(), till.network.mint_decimals);
    for Movement { kind, amount } in movements {
        let batch = &mut batch;
        match *kind {
            Kind::Pay { vault, to } => {
                batched::TransferChecked::new(vault, mint, to, authority, *amount, decimals).into_batch(batch)?;
            }
            Kind::Burn { vault } => {
                batched::BurnChecked::new(vault, mint, authority, *amount, decimals).into_batch(batch)?;
            }
            Kind::Mint { to } => {
                batched::MintToChecked::new(mint, to, authority, *amount, decimals).into_batch(batch)?;
            }
        }
    }
    batch.invoke_signed(signers)
}

/// Creates a vault at the address of `seeds`, the bump being the last of them: a token account under the
/// network's authority.
///
/// The call is ours: `InitializeAccount3` of `token_2022_cpi` copies the authority byte by byte, sixty units
/// more in the creation of a network, fifty in a registration, whose budget has thirteen left.
#[inline(always)]
pub fn open_vault(
    network: &Stored<Network>,
    payer: &AccountView,
    [vault, mint]: [&AccountView; 2],
    rent: &Rent,
    seeds: &[Seed; 3],
) -> Result<()> {
    create_signed(payer, vault, rent, (ACCOUNT_LEN, &network.token_program), seeds)?;
    init_vault(network, [vault, mint]);
    Ok(())
}

fn init_vault(network: &Stored<Network>, [vault, mint]: [&AccountView; 2]) {
    const INITIALIZE_ACCOUNT_3: u8 = 18;
    let mut data = [0u8; 33];
    let [instruction, authority @ ..] = &mut data;
    *instruction = INITIALIZE_ACCOUNT_3;
    *authority = network.address().to_bytes();
    let accounts = [InstructionAccount::writable(vault.address()), InstructionAccount::readonly(mint.address())];
    let handles = [CpiHandle::readonly(vault), CpiHandle::readonly(mint)];
    unchecked_invoke_signed_fixed(&network.token_program, &data, &accounts, &handles, &[]);
}

/// Closes an empty stake vault; its lamports go to `receiver`.
pub fn close_vault(network: &Stored<Network>, vault: &AccountView, receiver: &AccountView) {
    let (id, bump) = (network.id.to_le_bytes(), [network.bump]);
    let seeds = seeds_of(network, &id, &bump);
    let token_program = &network.token_program;
    let call = CloseAccount { account: vault, destination: receiver, authority: network.view(), token_program };
    was_made(call.invoke_signed(&[SignerSeeds::from(&seeds)]));
}
