use crate::prelude::*;

#[derive(Accounts)]
pub struct ExecuteInstallment {
    /// The network.
    #[account(mut, address = dispute.network @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider that is slashed.
    #[account(mut, address = dispute.provider @ E::WrongProvider)]
    pub provider: Stored<Provider>,
    /// The dispute.
    #[account(mut)]
    pub dispute: Stored<Dispute>,
    /// The provider's stake vault.
    #[account(mut, address = provider.stake_vault @ E::WrongVault)]
    pub stake_vault: UncheckedAccount,
    /// Gets what is slashed, until it is shared out.
    #[account(mut, address = network.vaults.escrow @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// The work token.
    #[account(address = network.mint @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(address = network.token_program @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Executes what is due of a slash: one change of each pool, whatever the number of delegators, and one
/// movement of tokens. All installments that were missed come in one call; what exceeds the network's limit
/// follows as it refills, with nobody's leave, all of it within eight refills (dispute-execute-3). While a
/// vault is frozen the pools fall all the same, and the tokens move with a later call (dispute-execute-4).
/// Signer: anybody. Rounds: the pools' parts up, challengers, client and insurance down, the burn takes the
/// rest. Refuses: when nothing is due; while the network's limit has no room.
pub fn handle_execute_installment(ctx: &mut Context<ExecuteInstallment>) -> Result<()> {
    let ExecuteInstallment { network, provider, dispute, stake_vault, escrow_vault, mint, .. } = &mut ctx.accounts;
    let (now_ts, work_ts) = cross(network)?;
    let epoch = touch_now(provider, network, now_ts);
    let can_move = !token::vault_is_frozen(stake_vault) && !token::vault_is_frozen(escrow_vault);
    let executed = dispute.execute_installment(network, provider, (now_ts, epoch, work_ts), can_move)?;

    Till::of(network, mint).pay(stake_vault, escrow_vault, executed.moved.0);
    emit!(InstallmentExecuted {
        dispute: *dispute.address(),
        own: executed.own.0,
        delegated: executed.delegated.0,
        own_tokens: provider.own.tokens,
        delegated_tokens: provider.delegated.tokens,
    });
    Ok(())
}
