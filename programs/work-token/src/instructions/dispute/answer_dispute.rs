use {
    crate::{instructions::common::*, stored::Stored, token},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::DisputeAnswered,
        state::{Dispute, DisputeKind, Network, Provider, VaultKind},
    },
};

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
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.escrow_vault) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// A token account of whoever deposited the present counter-bond, when it is replaced by somebody else's larger one.
    #[account(mut)]
    pub refund_to: Option<UncheckedAccount>,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Answers a dispute: a jury is called at once. One counter-bond, as large as the challengers' bonds of the largest claim, covers all open disputes of a provider and
/// returns to who deposited it (R M10). With `bond` 0 the present one must do.
/// Signer: anybody. Refuses: a second answer; after the time to answer; a score; too small a counter-bond; adding to another's, which can only be replaced by a larger one.
pub fn handle_answer_dispute(ctx: &mut Context<AnswerDispute>, bond: u64) -> Result<()> {
    let AnswerDispute { answerer, network, provider, dispute, from, escrow_vault, refund_to, mint, .. } =
        &mut ctx.accounts;
    if dispute.kind == DisputeKind::Score as u8 {
        return Err(E::WrongPhase.into());
    }
    dispute.answer(cross(network)?.1)?;
    let former = provider.counter_bond;
    let is_replaced = bond > 0 && former > 0 && provider.counter_bonder != *answerer.address();
    let required = dispute.bonds().0;
    let held = if is_replaced { bond } else { former.checked_add(bond).ok_or(E::ArithmeticOverflow)? };
    if held < required || (is_replaced && bond <= former) {
        return Err(E::BondBelowRequired.into());
    }
    if bond > 0 {
        token::require_source(from.account(), network, bond)?;
    }
    let accounts = [from.account(), mint.account(), escrow_vault.account(), answerer.account()];
    if is_replaced {
        let to = refund_to.as_ref().ok_or(E::NotTheBonder)?.account();
        token::require_destination_of(to, network, &provider.counter_bonder)?;
        let refund = [escrow_vault.account(), mint.account(), to];
        token::pay_from_network(network, network.address(), VaultKind::Escrow, refund, former);
    }
    if bond > 0 {
        token::transfer(network, accounts, bond, &[]);
        provider.counter_bonder = *answerer.address();
    }
    provider.counter_bond = held;
    emit!(DisputeAnswered { dispute: *dispute.address(), provider: *provider.address(), counter_bond: held });
    Ok(())
}
