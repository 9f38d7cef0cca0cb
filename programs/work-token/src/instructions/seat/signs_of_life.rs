//! `heartbeat` and `declare_maintenance` take the same three accounts.

use {
    crate::{instructions::common::*, stored::Stored},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::{HeartbeatNoted, MaintenanceDeclared},
        state::{Network, Provider},
    },
};

#[derive(Accounts)]
pub struct OperatorSigns {
    /// The provider's operator.
    #[account(constraint = is_at(operator.address(), &provider.operator) @ E::OperatorsOnly)]
    pub operator: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &provider.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
}

/// Gives a sign of life in the present window of the epoch, of sixteen.
/// Signer: the operator. Refuses: a second one in the same window.
pub fn handle_heartbeat(ctx: &mut Context<OperatorSigns>) -> Result<()> {
    let OperatorSigns { network, provider, .. } = &mut ctx.accounts;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    let window = provider.heartbeat(&terms)?;
    emit!(HeartbeatNoted { provider: *provider.address(), epoch: terms.epoch.0, window });
    Ok(())
}

/// Declares maintenance inside the present epoch: the provider is not drawn meanwhile, its silence is excused, and the epoch's weight shrinks by
/// the time.
/// Signer: the operator.
/// Refuses: less than an hour ahead; longer than a quarter of the epoch or beyond its end; a second time in four epochs.
pub fn handle_declare_maintenance(ctx: &mut Context<OperatorSigns>, from_ts: i64, secs: u32) -> Result<()> {
    let OperatorSigns { network, provider, .. } = &mut ctx.accounts;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    provider.declare_maintenance(from_ts, secs, &terms)?;
    emit!(MaintenanceDeclared { provider: *provider.address(), from_ts, secs });
    Ok(())
}
