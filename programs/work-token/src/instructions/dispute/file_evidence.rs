use {
    crate::stored::Stored,
    anchor_lang::prelude::*,
    work_token_interface::{WorkTokenError as E, events::EvidenceFiled, state::Dispute},
};

#[derive(Accounts)]
pub struct FileEvidence {
    /// Whoever has something to show.
    pub author: Signer,
    /// The dispute.
    pub dispute: Stored<Dispute>,
}

/// Says that there is evidence, by its hash. Jurors judge what it is worth.
/// Signer: anybody, who is named as its author. Refuses: once the dispute is decided.
pub fn handle_file_evidence(ctx: &mut Context<FileEvidence>, evidence: [u8; 32]) -> Result<()> {
    let FileEvidence { author, dispute } = &ctx.accounts;
    if dispute.is_decided() {
        return Err(E::WrongPhase.into());
    }
    emit!(EvidenceFiled { dispute: *dispute.address(), author: *author.address(), evidence });
    Ok(())
}
