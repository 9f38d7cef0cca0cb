use crate::prelude::*;

#[derive(Accounts)]
pub struct DraftParams {
    /// Writes the draft, pays its rent and gets that back.
    #[account(mut)]
    pub author: Signer,
    /// The network that the set is for, which need not exist yet.
    pub network: UncheckedAccount,
    /// The draft, at its canonical address.
    #[account(mut)]
    pub param_draft: UncheckedAccount,
    /// Creates the draft.
    pub system_program: Program<System>,
}

/// Writes a part of a parameter set, which is larger than a transaction, and begins the draft with its first.
/// Signer: the author. Once the set has the hash that the draft's address names it never changes
/// (network-draft-1). Refuses: others' drafts; a part that a set does not have; a complete draft.
pub fn handle_draft_params(ctx: &mut Context<DraftParams>, args: DraftParamsArgs) -> Result<()> {
    let DraftParams { author, network, param_draft, .. } = &mut ctx.accounts;
    let (key, by) = (*network.address(), *author.address());
    let mut draft = if param_draft.data_len() == 0 {
        let seeds = [seeds::PARAM_DRAFT, key.as_ref(), by.as_ref(), &args.hash];
        let mut draft = Stored::<ParamDraft>::create_canonical(author, param_draft, &rent()?, seeds)?;
        draft.begin([&key, &by], &args.hash);
        draft
    } else {
        Stored::<ParamDraft>::writable(**param_draft)?
    };
    require_at(&draft.author, &by, E::NotTheAuthor)?;
    require_at(&draft.network, &key, E::WrongNetwork)?;
    require(draft.hash == args.hash, E::WrongAddress)?;

    draft.write(args.part, &args.bytes)?;
    let hash = sha256(&[draft.written()]);
    draft.note_hash(&hash, now_ts()?);
    emit!(ParamsDrafted { network: key, author: by, hash: draft.hash, is_complete: draft.is_complete });
    Ok(())
}
