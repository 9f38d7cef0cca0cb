use crate::prelude::*;

#[derive(Accounts)]
pub struct JoinJury {
    /// Who judges; pays the juror's rent and gets it back.
    #[account(mut)]
    pub owner: Signer,
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
    /// The juror, at its canonical address; created the first time.
    #[account(mut)]
    pub juror: UncheckedAccount,
    /// The owner's token account that the lock comes from.
    #[account(mut)]
    pub from: UncheckedAccount,
    /// Holds the locks.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.vaults.escrow) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// Creates the account.
    pub system_program: Program<System>,
}

/// Locks stake for a term. It ripens before it enters the jurors' tree, by `sync_juror`, to be drawn in
/// proportion to it: once it is as old as the longest dispute, or at once while the tree is young. What is
/// added to a lock ripens alike; what had ripened stays in the tree (jury-lock-2). Signer: the owner.
/// Refuses: while paused; nothing; a lock that covers no ballot.
pub fn handle_join_jury(ctx: &mut Context<JoinJury>, amount: u64) -> Result<()> {
    let JoinJury { owner, network, juror, from, escrow_vault, mint, .. } = &mut ctx.accounts;
    let (now_ts, _) = cross(network)?;
    network.require_open(now_ts)?;
    require(amount > 0, E::ZeroAmount)?;
    token::require_source(from, network, amount)?;

    let mut juror = open(owner, network, juror)?;
    juror.join(network, amount, now_ts)?;

    Till::of(network, mint).take(from, owner, escrow_vault, amount);
    emit!(JurorJoined {
        network: *network.address(),
        owner: *owner.address(),
        lock: juror.lock,
        term_until_ts: juror.term_until_ts,
    });
    Ok(())
}

/// The owner's juror; the first time it is created.
#[inline(never)]
fn open(owner: &Signer, network: &Stored<Network>, account: &AccountView) -> Result<Stored<Juror>> {
    let (network_key, owner_key) = (network.address(), owner.address());
    if account.data_len() != 0 {
        let juror = Stored::<Juror>::writable(*account)?;
        require_at(&juror.network, network_key, E::WrongNetwork)?;
        require_at(&juror.owner, owner_key, E::NotTheOwner)?;
        return Ok(juror);
    }
    let mut juror = Stored::<Juror>::create_canonical(
        owner,
        account,
        &rent()?,
        [seeds::JUROR, network_key.as_ref(), owner_key.as_ref()],
    )?;
    juror.network = *network_key;
    juror.owner = *owner_key;
    Ok(juror)
}
