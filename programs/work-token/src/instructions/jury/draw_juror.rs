use crate::prelude::*;

use super::interest::position_of;
use super::phase::{emit_if_advanced, phase_of};

#[derive(Accounts)]
pub struct DrawJuror {
    /// Cranks; pays the ballot's rent and gets it back, and is paid the bounty.
    #[account(mut)]
    pub keeper: Signer,
    /// The network.
    #[account(mut, constraint = is_at(network.address(), &dispute.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The dispute.
    #[account(mut)]
    pub dispute: Stored<Dispute>,
    /// The accused.
    #[account(constraint = is_at(provider.address(), &dispute.provider) @ E::WrongProvider)]
    pub provider: Stored<Provider>,
    /// The juror that is called next.
    #[account(mut, constraint = is_at(&juror.network, network.address()) @ E::WrongNetwork)]
    pub juror: Stored<Juror>,
    /// The ballot, at its canonical address; created if the juror sits.
    #[account(mut)]
    pub ballot: UncheckedAccount,
    /// The canonical address of the juror's position at the provider; empty if it has none.
    pub interest: UncheckedAccount,
    /// Holds the bonds that the bounty comes out of.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.vaults.escrow) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// A token account of the keeper, or none.
    #[account(mut)]
    pub keeper_account: Option<UncheckedAccount>,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// Creates the account.
    pub system_program: Program<System>,
}

/// Calls the next of the jurors that the present jury's seed drew. Who is a party, owns or stands behind the
/// provider, has a lock that is younger than the dispute, used up, or that stands for eight juries, does not
/// sit: the next one is called, and when all were the ballots that are left stay empty. The last ballot ends
/// the draw: the jury votes, or is called anew if too few sit.
/// Signer: a keeper, paid for each ballot whose draw is over, except in a fresh jury.
/// Refuses: when no jury is to be drawn, or its time has passed; before its seed is known; another juror than
/// the one called; another address than that of the juror's position.
pub fn handle_draw_juror(ctx: &mut Context<DrawJuror>) -> Result<()> {
    let DrawJuror {
        keeper,
        network,
        dispute,
        provider,
        juror,
        ballot,
        interest,
        escrow_vault,
        keeper_account,
        mint,
        ..
    } = &mut ctx.accounts;
    let work_ts = cross(network)?.1;
    dispute.require_drawing(work_ts)?;
    dispute.require_called(juror)?;
    require_position_address(interest, provider, juror)?;

    let before = phase_of(dispute);
    let [jury, index] = dispute.next_ballot();
    let bound = bound_by(dispute, provider, juror, interest);
    let mut ballot = match bound.is_zero() {
        true => None,
        false => Some(open_ballot(keeper, dispute, juror, ballot, &[jury, index])?),
    };
    let till = Till::of(network, mint);
    let to = till.bounty_to(escrow_vault, (keeper, keeper_account));
    let called = dispute.call_juror(juror, ballot.as_deref_mut(), bound, to.is_some(), work_ts)?;
    if let Some(to) = to {
        till.pay(escrow_vault, to, called.bounty);
    }

    let outcome = match (called.sits, called.all_called) {
        (true, _) => 1,
        (false, false) => 0,
        (false, true) => 2,
    };
    let (bound, bounty) = (bound.0, called.bounty);
    emit!(BallotDrawn { dispute: *dispute.address(), jury, index, juror: *juror.address(), outcome, bound, bounty });
    emit_if_advanced(dispute, before);
    Ok(())
}

/// What the juror's ballot binds; nothing where it may not sit.
#[inline(never)]
fn bound_by(dispute: &Dispute, provider: &Stored<Provider>, juror: &Juror, position: &AccountView) -> Amount {
    let position = position_of(position, provider, &juror.owner);
    dispute.binds(provider, juror, position.as_deref()).unwrap_or(Amount::ZERO)
}

#[inline(never)]
fn require_position_address(interest: &AccountView, provider: &Stored<Provider>, juror: &Juror) -> Result<()> {
    let seeds = [seeds::DELEGATION, provider.address().as_ref(), juror.owner.as_ref()];
    require_at(interest.address(), &canonical_address(&seeds)?, E::WrongAddress)
}

#[inline(never)]
fn open_ballot(
    keeper: &Signer,
    dispute: &Stored<Dispute>,
    juror: &Stored<Juror>,
    account: &AccountView,
    [jury, index]: &[u8; 2],
) -> Result<Stored<Ballot>> {
    let (address, jury_seed, index_seed) = (dispute.address(), [*jury], [*index]);
    let mut ballot = Stored::<Ballot>::create_canonical(
        keeper,
        account,
        &rent()?,
        [seeds::BALLOT, address.as_ref(), &jury_seed, &index_seed],
    )?;
    ballot.network = dispute.network;
    ballot.jury = *jury;
    ballot.index = *index;
    ballot.dispute = *address;
    ballot.juror = *juror.address();
    ballot.owner = juror.owner;
    ballot.payer = *keeper.address();
    Ok(ballot)
}
