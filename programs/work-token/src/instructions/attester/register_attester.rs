use {
    super::seek_place::emit_sought,
    crate::{
        create::{canonical_address, canonical_bump, create, rent},
        instructions::common::*,
        stored::Stored,
        token,
    },
    anchor_lang::prelude::*,
    pinocchio::cpi::Seed,
    work_token_interface::{
        WorkTokenError as E,
        events::AttesterRegistered,
        seeds,
        state::{Attester, AttesterRoster, NO_PLACE, Network},
    },
};

#[derive(Accounts)]
pub struct RegisterAttester {
    /// Who attests; pays the rent of the attester and gets it back, and that of the roster if there is none yet.
    #[account(mut)]
    pub owner: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The attester, at its canonical address.
    #[account(mut)]
    pub attester: UncheckedAccount,
    /// The network's roster, at its canonical address.
    #[account(mut)]
    pub roster: UncheckedAccount,
    /// The owner's token account that the bond comes from.
    #[account(mut)]
    pub from: UncheckedAccount,
    /// Holds the bonds.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.escrow_vault) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// Creates the accounts.
    pub system_program: Program<System>,
}

/// Locks a bond and takes a free place of the roster: the attester is drawn from the next epoch on, in
/// proportion to its bond (R M2). Where no place is free it waits, and aims at the one with the smallest
/// bond: it can take that over in the second half of the next epoch (W5).
/// Signer: the owner.
/// Refuses: while paused; nothing, or less than the least bond; where no place is free, a bond that does not
/// exceed the smallest by more than 5 %; a second attester of the same owner.
pub fn handle_register_attester(ctx: &mut Context<RegisterAttester>, bond: u64) -> Result<()> {
    let RegisterAttester { owner, network, attester, roster, from, escrow_vault, mint, .. } = &mut ctx.accounts;
    let now_ts = now_ts()?;
    network.require_open(now_ts)?;
    if bond == 0 {
        return Err(E::ZeroAmount.into());
    }
    token::require_source(from.account(), network, bond)?;

    let rent = rent()?;
    let mut attester = open_attester(owner, network, attester, &rent)?;
    let mut roster = open_roster(owner, network, roster, &rent)?;
    attester.bond = bond;
    attester.place = NO_PLACE;
    attester.seek(network.params.attester_bond, &mut roster, network.roster_time(now_ts))?;

    token::transfer(network, [from.account(), mint.account(), escrow_vault.account(), owner.account()], bond, &[]);
    emit!(AttesterRegistered { network: *network.address(), owner: *owner.address(), bond });
    emit_sought(&attester, &roster);
    Ok(())
}

#[inline(never)]
fn open_attester(
    owner: &Signer,
    network: &Stored<Network>,
    attester: &UncheckedAccount,
    rent: &Rent,
) -> Result<Stored<Attester>> {
    let (network, owner_key) = (network.address(), owner.address());
    let bump = canonical_bump(attester.account(), &[seeds::ATTESTER, network.as_ref(), owner_key.as_ref()])?;
    let bump_seed = [bump];
    let seeds = [
        Seed::from(seeds::ATTESTER),
        Seed::from(network.as_ref()),
        Seed::from(owner_key.as_ref()),
        Seed::from(&bump_seed),
    ];
    create(owner.account(), attester.account(), rent, (Attester::SIZE, &crate::ID), &seeds)?;
    let mut attester = Stored::<Attester>::created(*attester.account());
    attester.bump = bump;
    attester.network = *network;
    attester.owner = *owner_key;
    attester.own_provider = canonical_address(&[seeds::PROVIDER, network.as_ref(), owner_key.as_ref()])?;
    Ok(attester)
}

/// The network's roster; the first attester makes it, and it stays.
#[inline(never)]
fn open_roster(
    owner: &Signer,
    network: &Stored<Network>,
    roster: &UncheckedAccount,
    rent: &Rent,
) -> Result<Stored<AttesterRoster>> {
    let address = network.address();
    if roster.account().data_len() != 0 {
        let roster = Stored::<AttesterRoster>::writable(*roster.account())?;
        require_same(&roster.network, address, E::WrongNetwork)?;
        return Ok(roster);
    }
    let bump = canonical_bump(roster.account(), &[seeds::ATTESTER_ROSTER, address.as_ref()])?;
    let bump_seed = [bump];
    let seeds = [Seed::from(seeds::ATTESTER_ROSTER), Seed::from(address.as_ref()), Seed::from(&bump_seed)];
    create(owner.account(), roster.account(), rent, (AttesterRoster::SIZE, &crate::ID), &seeds)?;
    let mut roster = Stored::<AttesterRoster>::created(*roster.account());
    roster.bump = bump;
    roster.network = *address;
    Ok(roster)
}
