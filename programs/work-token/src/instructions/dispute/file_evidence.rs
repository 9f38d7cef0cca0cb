use crate::prelude::*;

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
    dispute.require_undecided()?;
    emit!(EvidenceFiled { dispute: *dispute.address(), author: *author.address(), evidence });
    Ok(())
}
