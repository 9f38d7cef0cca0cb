use {
    crate::{instructions::common::*, stored::Stored},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        state::{Juror, Network, WorkTree},
    },
};

#[derive(Accounts)]
pub struct SyncJuror {
    /// The network.
    #[account(mut, constraint = is_at(network.address(), &juror.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The juror.
    #[account(mut)]
    pub juror: Stored<Juror>,
    /// The tree that jurors are drawn from.
    #[account(mut, constraint = is_at(juror_tree.address(), &network.juror_tree) @ E::WrongWorkTree)]
    pub juror_tree: Stored<WorkTree>,
}

/// Writes a juror's lock into its leaf. Settling a seat cannot do it, because the tree may be frozen then.
/// Signer: anybody. Refuses: while a jury is drawn.
pub fn handle_sync_juror(ctx: &mut Context<SyncJuror>) -> Result<()> {
    let SyncJuror { network, juror, juror_tree } = &mut ctx.accounts;
    let (_, work_ts) = cross(network)?;
    network.require_thawed(work_ts)?;
    juror_tree.weigh_leaf(juror.leaf, juror.lock)?;
    juror.leaf_weight = juror.lock;
    Ok(())
}
