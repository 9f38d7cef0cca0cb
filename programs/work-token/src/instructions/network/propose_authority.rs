use crate::prelude::*;

#[derive(Accounts)]
pub struct ProposeAuthority {
    /// The admin: a key, or a PDA of another program that signs by CPI.
    #[account(constraint = is_at(admin.address(), &network.authorities.admin) @ E::NotTheAdmin)]
    pub admin: Signer,
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
}

/// Proposes who shall be admin (0), guardian (1) or arbiter (2); the zero address withdraws a proposal.
/// Signer: the admin. Nothing changes until the proposed one accepts.
pub fn handle_propose_authority(ctx: &mut Context<ProposeAuthority>, role: u8, proposed: Address) -> Result<()> {
    let network = &mut ctx.accounts.network;
    let known = AuthorityRole::from_byte(role).ok_or(E::UnknownRole)?;
    network.authorities.propose(known, proposed, now_ts()?);
    emit!(AuthorityProposed { network: *network.address(), role, proposed });
    Ok(())
}
