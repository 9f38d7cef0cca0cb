use crate::prelude::*;

use super::accounts::emit_sought;

#[derive(Accounts)]
pub struct RegisterAttester {
    /// Who attests; pays the rent of the attester and gets it back, and that of the roster if there is none
    /// yet.
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
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.vaults.escrow) @ E::WrongVault)]
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
/// proportion to its bond (score-roster-1). Where no place is free it waits, and aims at the one with the
/// smallest bond: it can take that over in the second half of the next epoch (score-roster-2). Signer: the
/// owner. Refuses: while paused; nothing, or less than the least bond; where no place is free, a bond that
/// does not exceed the smallest by more than 5 %; a second attester of the same owner.
pub fn handle_register_attester(ctx: &mut Context<RegisterAttester>, bond: u64) -> Result<()> {
    let RegisterAttester { owner, network, attester, roster, from, escrow_vault, mint, .. } = &mut ctx.accounts;
    let now_ts = now_ts()?;
    network.require_open(now_ts)?;
    require(bond > 0, E::ZeroAmount)?;
    token::require_source(from, network, bond)?;

    let rent = rent()?;
    let mut attester = open_attester(owner, network, attester, &rent)?;
    let mut roster = open_roster(owner, network, roster, &rent)?;
    attester.begin(bond, network, &mut roster, now_ts)?;

    Till::of(network, mint).take(from, owner, escrow_vault, bond);
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
    let mut attester = Stored::<Attester>::create_canonical(
        owner,
        attester,
        rent,
        [seeds::ATTESTER, network.as_ref(), owner_key.as_ref()],
    )?;
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
    if roster.data_len() != 0 {
        let roster = Stored::<AttesterRoster>::writable(*roster.account())?;
        require_at(&roster.network, address, E::WrongNetwork)?;
        return Ok(roster);
    }
    let mut roster =
        Stored::<AttesterRoster>::create_canonical(owner, roster, rent, [seeds::ATTESTER_ROSTER, address.as_ref()])?;
    roster.network = *address;
    Ok(roster)
}
