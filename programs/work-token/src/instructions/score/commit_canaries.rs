use crate::prelude::*;

#[derive(Accounts)]
pub struct CommitCanaries {
    /// Who attests, or its reporter.
    #[account(constraint = attester.require_reporter(signer.address()).is_ok() @ E::WrongAttester)]
    pub signer: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &attester.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The attester.
    #[account(mut)]
    pub attester: Stored<Attester>,
}

/// Commits to a set of tasks whose answers the attester knows. It holds from the next epoch on, whose seed
/// draws who is asked which of them (score-canary-1); one of this epoch falls, zero is none. Signer: the
/// attester, or its reporter. Refuses: one that has retired.
pub fn handle_commit_canaries(ctx: &mut Context<CommitCanaries>, commitment: [u8; 32]) -> Result<()> {
    let CommitCanaries { network, attester, .. } = &mut ctx.accounts;
    attester.commit_canaries(commitment, network.epoch_at(now_ts()?))?;
    let (network, owner, from_epoch) = (*network.address(), attester.owner, attester.canaries.newest_from_epoch);
    emit!(CanariesCommitted { network, owner, commitment, from_epoch });
    Ok(())
}
