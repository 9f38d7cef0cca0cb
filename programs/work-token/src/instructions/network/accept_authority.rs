use crate::prelude::*;

#[derive(Accounts)]
pub struct AcceptAuthority {
    /// The proposed authority.
    pub authority: Signer,
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
}

/// Takes over an authority that was proposed: the admin's at once, the guardian's and the arbiter's after 3
/// days.
/// Signer: the proposed authority.
pub fn handle_accept_authority(ctx: &mut Context<AcceptAuthority>, role: u8) -> Result<()> {
    let AcceptAuthority { authority, network } = &mut ctx.accounts;
    let known = AuthorityRole::from_byte(role).ok_or(E::UnknownRole)?;
    network.authorities.accept(known, authority.address(), now_ts()?)?;
    emit!(AuthorityAccepted { network: *network.address(), role, authority: *authority.address() });
    Ok(())
}
