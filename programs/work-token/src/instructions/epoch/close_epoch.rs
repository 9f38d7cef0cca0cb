use crate::prelude::*;

#[derive(Accounts)]
pub struct CloseEpoch {
    /// The epoch.
    #[account(mut)]
    pub pool: Stored<EpochPool>,
    /// Who paid its rent and gets it back.
    #[account(mut, constraint = is_at(payer.address(), &pool.payer) @ E::WrongRentReceiver)]
    pub payer: UncheckedAccount,
}

/// Closes a swept epoch; its rent returns to its payer. Shards that are not settled keep it: they are settled
/// by its rules (score-close-1, epoch-close-1). Signer: anybody. Refuses: before the sweep; while attesters
/// of the epoch are not settled.
pub fn handle_close_epoch(ctx: &mut Context<CloseEpoch>) -> Result<()> {
    let CloseEpoch { pool, payer } = &mut ctx.accounts;
    pool.require_closable()?;
    emit!(EpochClosed { network: pool.network, epoch: pool.epoch });
    close(pool.view(), payer)
}
