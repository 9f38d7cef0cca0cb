use crate::prelude::*;

use super::accounts::BeneficiarySigns;

/// Gives up what is left of a beneficiary's quota: the own rewards are the owner's again, and another can
/// take its place. What it is owed stays its own.
/// Signer: the beneficiary. Refuses: anybody else.
pub fn handle_end_beneficiary(ctx: &mut Context<BeneficiarySigns>) -> Result<()> {
    let BeneficiarySigns { signer, beneficiary, .. } = &mut ctx.accounts;
    beneficiary.require_beneficiary(signer.address())?;
    let left = beneficiary.end().0;
    emit!(BeneficiaryEnded { provider: beneficiary.provider, left });
    Ok(())
}
