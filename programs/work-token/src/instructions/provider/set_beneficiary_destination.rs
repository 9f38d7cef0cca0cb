use crate::prelude::*;

#[derive(Accounts)]
pub struct SetBeneficiaryDestination {
    /// The provider's beneficiary.
    #[account(constraint = beneficiary.require_beneficiary(signer.address()).is_ok() @ E::NotTheBeneficiary)]
    pub signer: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &beneficiary.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// What was agreed.
    #[account(mut)]
    pub beneficiary: Stored<Beneficiary>,
    /// A token account, which is paid from now on.
    pub destination: UncheckedAccount,
}

/// Names another token account of the beneficiary: one that was closed or frozen traps nothing.
/// Signer: the beneficiary. Refuses: a vault, or what cannot receive the work token now.
pub fn handle_set_beneficiary_destination(ctx: &mut Context<SetBeneficiaryDestination>) -> Result<()> {
    let SetBeneficiaryDestination { network, beneficiary, destination, .. } = &mut ctx.accounts;
    token::require_destination(destination, network)?;
    beneficiary.destination = *destination.address();
    emit!(BeneficiaryDestinationSet { provider: beneficiary.provider, destination: *destination.address() });
    Ok(())
}
