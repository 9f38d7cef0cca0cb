use {
    crate::{
        instructions::common::*,
        stored::{Stored, close},
    },
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::ShardClosed,
        math::{Epoch, snapshot},
        state::{Network, ScoreShard, ShardSeat},
    },
};

#[derive(Accounts)]
pub struct CloseScoreShard {
    /// The network.
    #[account(constraint = is_at(network.address(), &shard.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The shard.
    #[account(mut)]
    pub shard: Stored<ScoreShard>,
    /// Who paid the shard's rent.
    #[account(mut, constraint = is_at(payer.address(), &shard.payer) @ E::WrongRentReceiver)]
    pub payer: UncheckedAccount,
}

/// Closes a shard whose attesters are settled, or whose epoch is so old that nothing of it can be settled any more.
/// Signer: anybody. Refuses: before.
pub fn handle_close_score_shard(ctx: &mut Context<CloseScoreShard>) -> Result<()> {
    let CloseScoreShard { network, shard, payer } = &mut ctx.accounts;
    let is_old = snapshot::can_sweep(Epoch(shard.epoch), network.epoch_at(now_ts()?));
    if !is_old && !shard.drawn().iter().all(ShardSeat::is_settled) {
        return Err(E::ShardNotSettled.into());
    }
    emit!(ShardClosed { shard: *shard.address() });
    close(shard.view(), payer.account())
}
