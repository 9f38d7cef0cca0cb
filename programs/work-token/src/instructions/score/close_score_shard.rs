use crate::prelude::*;

#[derive(Accounts)]
pub struct CloseScoreShard {
    /// The shard.
    #[account(mut)]
    pub shard: Stored<ScoreShard>,
    /// Who paid the shard's rent.
    #[account(mut, constraint = is_at(payer.address(), &shard.payer) @ E::WrongRentReceiver)]
    pub payer: UncheckedAccount,
}

/// Closes a shard whose attesters are settled.
/// Signer: anybody. Refuses: before.
pub fn handle_close_score_shard(ctx: &mut Context<CloseScoreShard>) -> Result<()> {
    let CloseScoreShard { shard, payer } = &mut ctx.accounts;
    shard.require_closable()?;
    emit!(ShardClosed { shard: *shard.address() });
    close(shard.view(), payer)
}
