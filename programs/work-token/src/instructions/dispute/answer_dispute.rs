use crate::prelude::*;

#[derive(Accounts)]
pub struct AnswerDispute {
    /// Who answers and pays: the provider, or anybody for it.
    pub answerer: Signer,
    /// The network.
    #[account(mut, constraint = is_at(network.address(), &dispute.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The accused.
    #[account(mut, constraint = is_at(provider.address(), &dispute.provider) @ E::WrongProvider)]
    pub provider: Stored<Provider>,
    /// The dispute.
    #[account(mut)]
    pub dispute: Stored<Dispute>,
    /// The answerer's token account that the counter-bond comes from.
    #[account(mut)]
    pub from: UncheckedAccount,
    /// Holds the bonds.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.vaults.escrow) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// A token account of whoever deposited the present counter-bond, when it is replaced by somebody else's
    /// larger one.
    #[account(mut)]
    pub refund_to: Option<UncheckedAccount>,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Answers a dispute: a jury is called at once. One counter-bond, as large as the bonds that the largest of
/// the claims required, covers all answered disputes of a provider and returns to who deposited it
/// (dispute-answer-1). With `bond` 0 the present one must do. Signer: anybody with a bond of its own; who
/// deposited the present one to answer by it. Refuses: a second answer; after the time to answer; too small a
/// counter-bond; to answer by, or add to, another's, which can only be replaced by a larger one.
pub fn handle_answer_dispute(ctx: &mut Context<AnswerDispute>, bond: u64) -> Result<()> {
    let AnswerDispute { answerer, network, provider, dispute, from, escrow_vault, refund_to, mint, .. } =
        &mut ctx.accounts;
    let answered = dispute.answer(provider, answerer.address(), bond, cross(network)?.1)?;
    if bond > 0 {
        token::require_source(from, network, bond)?;
    }
    let till = Till::of(network, mint);
    if let Some((bonder, former)) = &answered.replaced {
        let to = refund_to.as_ref().ok_or(E::NotTheBonder)?;
        till.pay_owner(escrow_vault, (to, bonder), *former)?;
    }
    if bond > 0 {
        till.take(from, answerer, escrow_vault, bond);
    }
    emit!(DisputeAnswered { dispute: *dispute.address(), counter_bond: answered.held });
    Ok(())
}
