use crate::prelude::*;

#[derive(Accounts)]
pub struct RemovePosition {
    /// Who votes.
    #[account(constraint = is_at(holder.address(), &voter.holder) @ V::NotTheHolder)]
    pub holder: Signer,
    /// The voter.
    #[account(mut)]
    pub voter: Stored<Voter>,
}

/// Takes a position out of its holder's voter, whether it still exists or not; added again its voice waits
/// again. Signer: the holder. Refuses: others; a position that is not there.
pub fn handle_remove_position(ctx: &mut Context<RemovePosition>, position: Address) -> Result<()> {
    let RemovePosition { voter, .. } = &mut ctx.accounts;
    voter.remove(&position)?;
    emit!(PositionRemoved { voter: *voter.address(), position });
    Ok(())
}
