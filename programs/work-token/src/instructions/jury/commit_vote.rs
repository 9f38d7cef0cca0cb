use crate::prelude::*;

use super::phase::{emit_if_advanced, phase_of};

#[derive(Accounts)]
pub struct CommitVote {
    /// The juror's owner.
    #[account(constraint = is_at(owner.address(), &ballot.owner) @ E::NotTheJuror)]
    pub owner: Signer,
    /// The network.
    #[account(mut, constraint = is_at(network.address(), &dispute.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The dispute.
    #[account(mut, constraint = is_at(dispute.address(), &ballot.dispute) @ E::WrongDispute)]
    pub dispute: Stored<Dispute>,
    /// The ballot.
    #[account(mut)]
    pub ballot: Stored<Ballot>,
}

/// Commits a ballot to a vote: the hash that the SDK makes of network, dispute, jury, ballot, owner, vote and
/// salt. With the last one the jury reveals.
/// Signer: the juror's owner. Refuses: before the jury is complete, after the time to commit; a second time;
/// a zero commitment.
pub fn handle_commit_vote(ctx: &mut Context<CommitVote>, commitment: [u8; 32]) -> Result<()> {
    let CommitVote { network, dispute, ballot, .. } = &mut ctx.accounts;
    let before = phase_of(dispute);
    dispute.commit_vote(ballot, commitment, cross(network)?.1)?;
    emit!(VoteCommitted { dispute: *dispute.address(), jury: ballot.jury, index: ballot.index });
    emit_if_advanced(dispute, before);
    Ok(())
}
