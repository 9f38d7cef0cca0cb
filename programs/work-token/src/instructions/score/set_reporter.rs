use crate::prelude::*;

#[derive(Accounts)]
pub struct SetReporter {
    /// Who attests.
    #[account(constraint = is_at(owner.address(), &attester.owner) @ E::WrongAttester)]
    pub owner: Signer,
    /// The attester.
    #[account(mut)]
    pub attester: Stored<Attester>,
}

/// Names the hot key that commits for an attester, at once; the zero address names none. It has no power over
/// bond and pay (score-commit-2). Signer: the owner.
pub fn handle_set_reporter(ctx: &mut Context<SetReporter>, reporter: Address) -> Result<()> {
    let SetReporter { owner, attester } = &mut ctx.accounts;
    attester.set_reporter(reporter);
    emit!(ReporterSet { network: attester.network, owner: *owner.address(), reporter });
    Ok(())
}
