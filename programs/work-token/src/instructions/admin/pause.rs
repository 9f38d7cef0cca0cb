use {
    crate::instructions::common::is_at,
    crate::{instructions::common::now_ts, stored::Stored},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::{EntrancesPaused, EntrancesUnpaused},
        state::Network,
    },
};

#[derive(Accounts)]
pub struct Pause {
    /// The guardian.
    #[account(constraint = is_at(guardian.address(), &network.guardian) @ E::NotTheGuardian)]
    pub guardian: Signer,
    /// The network.
    #[account(mut)]
    pub network: Stored<Network>,
}

/// Closes the entrances for at most 7 days: registering, delegating, restaking. Never exits, claims, own stake or cranks.
/// Signer: the guardian. Refuses: within 7 days after the last pause; the clock is the network's, so a new guardian does not renew it.
pub fn handle_pause(ctx: &mut Context<Pause>, secs: u32) -> Result<()> {
    let network = &mut ctx.accounts.network;
    network.pause(now_ts()?, i64::from(secs))?;
    emit!(EntrancesPaused { network: *network.address(), until_ts: network.paused_until_ts });
    Ok(())
}

/// Opens the entrances before the pause is over. When the next pause may begin does not change.
/// Signer: the guardian. Refuses: when they are open.
pub fn handle_unpause(ctx: &mut Context<Pause>) -> Result<()> {
    let network = &mut ctx.accounts.network;
    network.unpause(now_ts()?)?;
    emit!(EntrancesUnpaused { network: *network.address() });
    Ok(())
}
