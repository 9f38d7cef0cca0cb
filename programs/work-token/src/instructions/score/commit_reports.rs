use crate::prelude::*;

#[derive(Accounts)]
pub struct CommitReports {
    /// Who attests, or its reporter.
    #[account(constraint = attester.require_reporter(signer.address()).is_ok() @ E::WrongAttester)]
    pub signer: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &attester.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The attester.
    #[account(mut)]
    pub attester: Stored<Attester>,
    /// The shard.
    #[account(mut)]
    pub shard: Stored<ScoreShard>,
}

/// Commits an attester to its reports about a shard, until the end of the epoch. A second commitment replaces
/// the first. Signer: the attester, or its reporter; one that has retired since still owes what it was drawn
/// for. Refuses: one that was not drawn; a zero commitment; after the epoch's end, or once somebody has
/// revealed.
pub fn handle_commit_reports(ctx: &mut Context<CommitReports>, commitment: [u8; 32]) -> Result<()> {
    let CommitReports { network, attester, shard, .. } = &mut ctx.accounts;
    require_at(&shard.network, network.address(), E::WrongShard)?;
    let (_, work_ts) = work_now(network)?;
    shard.commit(attester, commitment, work_ts)?;
    emit!(ReportsCommitted { shard: *shard.address(), attester: attester.owner });
    Ok(())
}
