use crate::prelude::*;

#[derive(Accounts)]
pub struct CloseDraft {
    /// Who wrote it.
    #[account(mut, constraint = is_at(author.address(), &param_draft.author) @ E::NotTheAuthor)]
    pub author: Signer,
    /// The draft.
    #[account(mut)]
    pub param_draft: Stored<ParamDraft>,
}

/// Closes a draft that nobody used; its rent returns. Signer: its author. Refuses: others; a complete draft
/// for 45 days, because a vote may be about it (network-draft-2).
pub fn handle_close_draft(ctx: &mut Context<CloseDraft>) -> Result<()> {
    let CloseDraft { author, param_draft } = &mut ctx.accounts;
    param_draft.require_closable(now_ts()?)?;
    emit!(DraftClosed { network: param_draft.network, author: param_draft.author, hash: param_draft.hash });
    close(param_draft.view(), author)
}
