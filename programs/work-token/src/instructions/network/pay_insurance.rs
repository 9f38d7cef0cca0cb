use crate::prelude::*;

#[derive(Accounts)]
pub struct PayInsurance {
    /// The admin.
    #[account(address = network.authorities.admin @ E::NotTheAdmin)]
    pub admin: Signer,
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
    /// The network's insurance vault.
    #[account(mut, address = network.vaults.insurance @ E::WrongVault)]
    pub insurance_vault: UncheckedAccount,
    /// Any account of the work token that is no vault.
    #[account(mut)]
    pub to: UncheckedAccount,
    /// The work token.
    #[account(address = network.mint @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(address = network.token_program @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Announces a payment of the insurance, and makes it when it is called again with the same destination and
/// amount 3 days later, the delay of economic changes (network-insurance-1). Another announcement replaces
/// the last one; one of zero withdraws it. Signer: the admin. Refuses: before the delay has passed; more than
/// the vault holds; a vault as destination.
pub fn handle_pay_insurance(ctx: &mut Context<PayInsurance>, amount: u64) -> Result<()> {
    let PayInsurance { network, insurance_vault, to, mint, .. } = &mut ctx.accounts;
    token::require_destination(to, network)?;
    let is_due = network.insurance.pay(to.address(), amount, now_ts()?)?;
    if is_due {
        token::require_source(insurance_vault, network, amount)?;
        Till::of(network, mint).pay(insurance_vault, to, amount);
    }
    emit!(InsurancePayment {
        network: *network.address(),
        to: *to.address(),
        amount,
        payable_from_ts: network.insurance.from_ts,
    });
    Ok(())
}
