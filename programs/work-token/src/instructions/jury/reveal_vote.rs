use crate::prelude::*;

use super::phase::{emit_if_advanced, phase_of};
use work_token_interface::commitments::VoteCommitment;

#[derive(Accounts)]
pub struct RevealVote {
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

/// Reveals a vote: the severity that was found, 0 to dismiss. With the last one the jury's verdict is there.
/// Signer: anybody who knows vote and salt, so that no cold key is needed twice.
/// Refuses: before all have committed or their time has passed, after the time to reveal; a vote that was not
/// committed, or not to this; a second time; a severity above the claim.
pub fn handle_reveal_vote(ctx: &mut Context<RevealVote>, vote: u8, salt: &[u8; 32]) -> Result<()> {
    let RevealVote { network, dispute, ballot } = &mut ctx.accounts;
    let content = VoteCommitment {
        network: network.address(),
        dispute: dispute.address(),
        jury_and_index: &[ballot.jury, ballot.index],
        owner: &ballot.owner,
        vote: &[vote],
        salt,
    };
    let sealed = sha256(&content.parts());

    let before = phase_of(dispute);
    dispute.reveal_vote(ballot, vote, &sealed, cross(network)?.1)?;
    emit!(VoteRevealed { dispute: *dispute.address(), jury: ballot.jury, index: ballot.index, vote });
    emit_if_advanced(dispute, before);
    Ok(())
}
