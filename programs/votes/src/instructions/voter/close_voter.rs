use crate::prelude::*;

#[derive(Accounts)]
pub struct CloseVoter {
    /// Who votes.
    #[account(constraint = is_at(holder.address(), &voter.holder) @ V::NotTheHolder)]
    pub holder: Signer,
    /// The voter.
    #[account(mut)]
    pub voter: Stored<Voter>,
    /// Its record for a slot.
    #[account(mut, constraint = is_at(slot_record.address(), &voter.slot_record) @ V::WrongRecord)]
    pub slot_record: UncheckedAccount,
    /// Its record that stands.
    #[account(mut, constraint = is_at(standing_record.address(), &voter.standing_record) @ V::WrongRecord)]
    pub standing_record: UncheckedAccount,
    /// Who paid for the three, and gets that back. May be the holder.
    #[account(mut, unsafe(dup), constraint = is_at(payer.address(), &voter.payer) @ E::WrongRentReceiver)]
    pub payer: UncheckedAccount,
}

/// Closes a voter with its records; the rent returns to who paid it (vote-voter-2). A voter that is created
/// again has no positions, and what is added waits again. Signer: the holder. Refuses: others.
pub fn handle_close_voter(ctx: &mut Context<CloseVoter>) -> Result<()> {
    let CloseVoter { voter, slot_record, standing_record, payer, .. } = &mut ctx.accounts;
    emit!(VoterClosed { voter: *voter.address() });
    close(slot_record, payer)?;
    close(standing_record, payer)?;
    close(voter.view(), payer)
}
