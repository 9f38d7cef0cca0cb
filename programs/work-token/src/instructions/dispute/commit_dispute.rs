use crate::prelude::*;

#[derive(Accounts)]
pub struct CommitDispute {
    /// Who will open; deposits the bond, pays the commitment's rent and gets it back.
    #[account(mut)]
    pub challenger: Signer,
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
    /// The commitment.
    #[account(mut)]
    pub opening: UncheckedAccount,
    /// The challenger's token account that the bond comes from.
    #[account(mut)]
    pub from: UncheckedAccount,
    /// Holds the bonds.
    #[account(mut, address = network.vaults.escrow @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// The work token.
    #[account(address = network.mint @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(address = network.token_program @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// Creates the account.
    pub system_program: Program<System>,
}

/// Commits to opening a dispute, raising a claim or proving a fault within an hour, by the hash that the SDK
/// makes of it, with the bond. The time of the commitment counts for the window, for priority and for which
/// locks may judge.
/// Signer: who will open. Refuses: a zero hash; a zero deposit.
pub fn handle_commit_dispute(ctx: &mut Context<CommitDispute>, hash: &[u8; 32], deposit: u64, bump: u8) -> Result<()> {
    let CommitDispute { challenger, network, opening, from, escrow_vault, mint, .. } = &mut ctx.accounts;
    let (now_ts, work_ts) = cross(network)?;
    if *hash == [0; 32] {
        return Err(E::ZeroCommitment.into());
    }
    require(deposit > 0, E::ZeroAmount)?;
    token::require_source(from, network, deposit)?;
    let mut opening = Stored::<DisputeOpening>::create(
        challenger,
        opening,
        &rent()?,
        ([seeds::OPENING, challenger.address().as_ref(), hash.as_slice()], bump),
    )?;
    opening.network = *network.address();
    opening.commit(challenger.address(), hash, deposit, (now_ts, work_ts));

    Till::of(network, mint).take(from, challenger, escrow_vault, deposit);
    emit!(OpeningCommitted { opening: *opening.address(), challenger: *challenger.address(), deposit });
    Ok(())
}
