//! A juror's vote: committed first, so that no juror can follow another, and revealed after.

use {
    super::phase::*,
    crate::{hash::sha256, instructions::common::*, stored::Stored},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        commitments::VoteCommitment,
        events::{VoteCommitted, VoteRevealed},
        state::{Ballot, BallotState, Dispute, Network},
    },
};

#[derive(Accounts)]
pub struct Vote {
    /// The juror's owner.
    #[account(constraint = is_at(owner.address(), &ballot.owner) @ E::NotTheJuror)]
    pub owner: Signer,
    /// The network.
    #[account(mut, constraint = is_at(network.address(), &dispute.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The dispute.
    #[account(mut, constraint = is_at(dispute.address(), &ballot.dispute) @ E::WrongDispute)]
    pub dispute: Stored<Dispute>,
    /// The seat's ballot.
    #[account(mut)]
    pub ballot: Stored<Ballot>,
}

/// Commits a seat to a vote: the hash that the SDK makes of network, dispute, jury, seat, owner, vote and salt. With the last one the jury reveals.
/// Signer: the juror's owner. Refuses: before the jury is complete, after the time to commit; a second time; a zero commitment.
pub fn handle_commit_vote(ctx: &mut Context<Vote>, commitment: [u8; 32]) -> Result<()> {
    let Vote { network, dispute, ballot, .. } = &mut ctx.accounts;
    ballot.require(BallotState::Drawn, E::AlreadyVoted)?;
    if commitment == [0; 32] {
        return Err(E::ZeroCommitment.into());
    }

    let before = phase_of(dispute);
    dispute.note_commitment(ballot.jury, cross(network)?.1)?;
    ballot.state = BallotState::Committed as u8;
    ballot.commitment = commitment;
    emit!(VoteCommitted { dispute: *dispute.address(), jury: ballot.jury, seat: ballot.seat });
    emit_if_advanced(dispute, before);
    Ok(())
}

/// Reveals a vote: the severity that was found, 0 to dismiss. With the last one the jury's verdict is there.
/// Signer: the juror's owner.
/// Refuses: before all have committed or their time has passed, after the time to reveal; a vote that was not committed, or not to this; a second
/// time; a severity above the claim.
pub fn handle_reveal_vote(ctx: &mut Context<Vote>, vote: u8, salt: &[u8; 32]) -> Result<()> {
    let Vote { owner, network, dispute, ballot } = &mut ctx.accounts;
    if ballot.is_revealed() {
        return Err(E::AlreadyVoted.into());
    }
    ballot.require(BallotState::Committed, E::NotCommitted)?;
    let content = VoteCommitment {
        network: network.address(),
        dispute: dispute.address(),
        jury_and_seat: &[ballot.jury, ballot.seat],
        owner: owner.address(),
        vote: &[vote],
        salt,
    };
    if sha256(&content.parts()) != ballot.commitment {
        return Err(E::CommitmentBroken.into());
    }

    let before = phase_of(dispute);
    dispute.note_vote(ballot.jury, vote, cross(network)?.1)?;
    ballot.state = BallotState::Revealed as u8;
    ballot.vote = vote;
    emit!(VoteRevealed { dispute: *dispute.address(), jury: ballot.jury, seat: ballot.seat, vote });
    emit_if_advanced(dispute, before);
    Ok(())
}
