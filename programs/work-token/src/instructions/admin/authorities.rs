use {
    crate::instructions::common::is_at,
    crate::{instructions::common::now_ts, stored::Stored},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::{AuthorityAccepted, AuthorityProposed},
        state::{AuthorityRole, Network},
    },
};

#[derive(Accounts)]
pub struct ProposeAuthority {
    /// The admin: a key, or a PDA of another program that signs by CPI.
    #[account(constraint = is_at(admin.address(), &network.admin) @ E::NotTheAdmin)]
    pub admin: Signer,
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
}

#[derive(Accounts)]
pub struct AcceptAuthority {
    /// The proposed authority.
    pub authority: Signer,
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
}

/// Proposes who shall be admin (0), guardian (1) or arbiter (2); the zero address withdraws a proposal.
/// Signer: the admin. Nothing changes until the proposed one accepts.
pub fn handle_propose_authority(ctx: &mut Context<ProposeAuthority>, role: u8, proposed: Address) -> Result<()> {
    let network = &mut ctx.accounts.network;
    let known = AuthorityRole::from_byte(role).ok_or(E::UnknownRole)?;
    network.propose_authority(known, proposed, now_ts()?);
    emit!(AuthorityProposed { network: *network.address(), role, proposed });
    Ok(())
}

/// Takes over an authority that was proposed: the admin's at once, the guardian's and the arbiter's after 3 days.
/// Signer: the proposed authority.
pub fn handle_accept_authority(ctx: &mut Context<AcceptAuthority>, role: u8) -> Result<()> {
    let AcceptAuthority { authority, network } = &mut ctx.accounts;
    let known = AuthorityRole::from_byte(role).ok_or(E::UnknownRole)?;
    network.accept_authority(known, authority.address(), now_ts()?)?;
    emit!(AuthorityAccepted { network: *network.address(), role, authority: *authority.address() });
    Ok(())
}
