use {
    crate::{instructions::common::*, stored::Stored, token},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::{AttesterAimFell, AttesterAimed, AttesterBondAdded, AttesterLeft, AttesterPlaced},
        state::{Attester, AttesterRoster, Network, RosterTime},
    },
};

#[derive(Accounts)]
pub struct AddAttesterBond {
    /// Who attests.
    #[account(constraint = is_at(owner.address(), &attester.owner) @ E::WrongAttester)]
    pub owner: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &attester.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The attester.
    #[account(mut)]
    pub attester: Stored<Attester>,
    /// The network's roster.
    #[account(mut, constraint = is_at(&roster.network, network.address()) @ E::WrongNetwork)]
    pub roster: Stored<AttesterRoster>,
    /// The owner's token account that the tokens come from.
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
}

#[derive(Accounts)]
pub struct AimAttester {
    /// Who attests.
    #[account(constraint = is_at(owner.address(), &attester.owner) @ E::WrongAttester)]
    pub owner: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &attester.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The attester, which holds no place.
    #[account(mut)]
    pub attester: Stored<Attester>,
    /// The network's roster.
    #[account(mut, constraint = is_at(&roster.network, network.address()) @ E::WrongNetwork)]
    pub roster: Stored<AttesterRoster>,
}

#[derive(Accounts)]
pub struct DisplaceAttester {
    /// The network.
    #[account(constraint = is_at(network.address(), &attester.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The attester that aims.
    #[account(mut)]
    pub attester: Stored<Attester>,
    /// The network's roster.
    #[account(mut, constraint = is_at(&roster.network, network.address()) @ E::WrongNetwork)]
    pub roster: Stored<AttesterRoster>,
    /// Who holds the place; none where a place is free.
    #[account(mut)]
    pub displaced: Option<Stored<Attester>>,
}

/// Adds `amount` tokens to a bond. It is drawn by from the next epoch on, and counts at once against whoever
/// aims at the attester's place (W5).
/// Signer: the owner. Refuses: nothing; an attester that has retired.
pub fn handle_add_attester_bond(ctx: &mut Context<AddAttesterBond>, amount: u64) -> Result<()> {
    let AddAttesterBond { owner, network, attester, roster, from, escrow_vault, mint, .. } = &mut ctx.accounts;
    if amount == 0 {
        return Err(E::ZeroAmount.into());
    }
    token::require_source(from.account(), network, amount)?;
    attester.add(amount, roster, network.epoch_at(now_ts()?))?;

    token::transfer(network, [from.account(), mint.account(), escrow_vault.account(), owner.account()], amount, &[]);
    let (network, owner) = (*network.address(), *owner.address());
    emit!(AttesterBondAdded { network, owner, amount, bond: attester.bond });
    Ok(())
}

/// Takes a free place of the roster with a bond that waits, or, where no place is free, aims anew at the one
/// with the smallest bond (W5).
/// Signer: the owner.
/// Refuses: while paused; one that holds a place or has retired; less than the least bond; where no place is
/// free, a bond that does not exceed the smallest by more than 5 %.
pub fn handle_aim_attester(ctx: &mut Context<AimAttester>) -> Result<()> {
    let AimAttester { network, attester, roster, .. } = &mut ctx.accounts;
    let now_ts = now_ts()?;
    network.require_open(now_ts)?;
    attester.seek(network.params.attester_bond, roster, network.roster_time(now_ts))?;
    emit_sought(attester, roster);
    Ok(())
}

/// Lets an attester that aimed in the epoch before take its place, in the second half of the epoch. Its bond
/// as of the aim must still exceed the latest bond of whoever holds the place by more than 5 %, else the aim
/// falls. Where a place is free it takes that, and nobody is displaced. Who is displaced has retired: it is
/// paid, owes what it was drawn for, and leaves with its bond (W5).
/// Signer: anybody.
/// Refuses: while paused; one that does not aim; at any other time; another account than that of whoever
/// holds the place.
pub fn handle_displace_attester(ctx: &mut Context<DisplaceAttester>) -> Result<()> {
    let DisplaceAttester { network, attester, roster, displaced } = &mut ctx.accounts;
    let now_ts = now_ts()?;
    network.require_open(now_ts)?;
    let time = network.roster_time(now_ts);
    attester.require_aim_due(time)?;
    let Some((place, holder)) = attester.place_to_take(network.params.attester_bond, roster, time) else {
        attester.drop_aim();
        emit!(AttesterAimFell { network: attester.network, owner: attester.owner });
        return Ok(());
    };
    if let Some(holder) = holder {
        let displaced = displaced.as_mut().ok_or(E::WrongAttester)?;
        require_same(&displaced.owner, &holder, E::WrongAttester)?;
        displace(displaced, attester, roster, (time, now_ts))?;
    }
    attester.take_place(place, roster, time.epoch);
    emit_sought(attester, roster);
    Ok(())
}

#[inline(never)]
fn displace(
    displaced: &mut Stored<Attester>,
    by: &Attester,
    roster: &mut AttesterRoster,
    (time, now_ts): (RosterTime, i64),
) -> Result<()> {
    require_same(&displaced.network, &by.network, E::WrongNetwork)?;
    displaced.be_displaced(roster, time.epoch, now_ts)?;
    let (network, owner, bond) = (displaced.network, displaced.owner, displaced.bond);
    emit!(AttesterLeft { network, owner, bond, displaced_by: by.owner });
    Ok(())
}

/// Says which place an attester took, or which it aims at.
#[inline(never)]
pub fn emit_sought(attester: &Attester, roster: &AttesterRoster) {
    let (network, owner, bond) = (attester.network, attester.owner, attester.bond);
    if !attester.aims() {
        emit!(AttesterPlaced { network, owner, place: attester.place, bond });
        return;
    }
    let place = attester.aimed_place;
    let incumbent = roster.entries.get(usize::from(place)).map_or(Address::default(), |entry| entry.attester);
    emit!(AttesterAimed { network, owner, place, incumbent, bond, due_epoch: attester.aimed_epoch_plus_one });
}
