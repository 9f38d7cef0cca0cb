use crate::prelude::*;

#[derive(Accounts)]
pub struct ForgiveDebt {
    /// The admin.
    #[account(address = network.authorities.admin @ E::NotTheAdmin)]
    pub admin: Signer,
    /// The network.
    #[account(address = provider.network @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
}

/// Writes off at most `amount` of what slashes could not take, so that a provider can leave jail or close
/// (provider-reward-5). Signer: the admin. Refuses: zero; without debt.
pub fn handle_forgive_debt(ctx: &mut Context<ForgiveDebt>, amount: u64) -> Result<()> {
    let provider = &mut ctx.accounts.provider;
    let forgiven = provider.forgive_debt(amount)?;
    emit!(DebtForgiven { provider: *provider.address(), amount: forgiven });
    Ok(())
}
