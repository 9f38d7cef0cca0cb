use crate::prelude::*;

#[derive(Accounts)]
pub struct LapseOpening {
    /// The network.
    #[account(mut, constraint = is_at(network.address(), &opening.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The commitment.
    #[account(mut)]
    pub opening: Stored<DisputeOpening>,
    /// Who committed; gets the rent.
    #[account(mut, constraint = is_at(challenger.address(), &opening.challenger) @ E::WrongRentReceiver)]
    pub challenger: UncheckedAccount,
    /// Holds the bonds.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.vaults.escrow) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// A token account of the challenger.
    #[account(mut)]
    pub to: UncheckedAccount,
    /// The work token.
    #[account(mut, constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Returns the deposit of a commitment that was not opened in time, but for a tenth, which burns; closes it.
/// Signer: anybody. Rounds: what burns up. Refuses: before the hour has passed; somebody else's token
/// account.
pub fn handle_lapse_opening(ctx: &mut Context<LapseOpening>) -> Result<()> {
    let LapseOpening { network, opening, challenger, escrow_vault, to, mint, .. } = &mut ctx.accounts;
    let (_, work_ts) = cross(network)?;
    let Lapsed { returned, burned } = opening.lapse(work_ts)?;
    token::require_destination_of(to, network, challenger.address())?;
    Till::of(network, mint).make(&[Movement::burn(escrow_vault, burned), Movement::pay(escrow_vault, to, returned)]);
    emit!(OpeningLapsed { opening: *opening.address(), returned, burned });
    close(opening.view(), challenger)
}
