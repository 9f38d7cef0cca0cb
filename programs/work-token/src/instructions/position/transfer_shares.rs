use crate::prelude::*;

use super::accounts::{emit_direct, open_delegated};
use work_token_interface::state::provider::TransferTerms;

#[derive(Accounts)]
pub struct TransferShares {
    /// Holds the position that gives.
    pub delegator: Signer,
    /// Holds the position that receives; pays its rent the first time.
    #[account(mut, unsafe(dup), constraint = !is_at(receiver.address(), delegator.address()) @ E::SameHolder)]
    pub receiver: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The provider of both.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// The position that gives.
    #[account(mut, unsafe(dup))]
    pub delegation: Stored<Delegation>,
    /// The position that receives; created the first time. Never the one that gives: each is its own
    /// holder's, and the holders are two.
    #[account(mut, unsafe(dup))]
    pub to: UncheckedAccount,
    /// Creates the position.
    pub system_program: Program<System>,
}

/// Gives active shares to another holder behind the same provider. They stay in the pool, liable as before,
/// and earn without a break, in the epochs that are not settled too; rewards already earned, lots and tickets
/// stay with the giver (position-transfer-1).
/// Signers: both holders, because who stands behind a provider neither judges nor measures it, and nobody can
/// be made to. Rounds: nothing.
/// Refuses: the same holder; while paused; a provider that leaves; its own owner, on either side; a pool from
/// which open disputes claim more than `max_open_claims`; zero; more active shares than there are; shares
/// worth less than `min_value`; less than the minimum left with the giver, unless nothing is, or with the
/// receiver; shares of a position that votes itself, for a receiver of others that does not: one that holds
/// none votes itself from then on (position-direct-4).
pub fn handle_transfer_shares(
    ctx: &mut Context<TransferShares>,
    shares: u64,
    min_value: u64,
    max_open_claims: u64,
    to_bump: u8,
) -> Result<()> {
    let TransferShares { delegator, receiver, network, provider, delegation, to, .. } = &mut ctx.accounts;
    let now_ts = now_ts()?;
    require_in_network(provider, network)?;
    require_position(delegation, provider)?;
    require_holder(delegation, delegator)?;
    provider.require_joinable(network, receiver.address(), max_open_claims, now_ts)?;

    touch_now(provider, network, now_ts);
    let mut to = open_delegated(receiver, provider, to, to_bump)?;
    let asked = TransferTerms { shares: Shares(shares), min_value: Amount(min_value) };
    let done = provider.transfer_shares(network, (delegation, &mut to), &asked, now_ts)?;

    emit!(SharesTransferred {
        delegation: *delegation.address(),
        to: *to.address(),
        shares,
        value: done.value.0,
        left: done.left.0,
        held: done.held.0,
    });
    if done.votes_itself_now {
        emit_direct(provider, &to);
    }
    Ok(())
}
