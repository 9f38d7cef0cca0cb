use crate::prelude::*;

#[derive(Accounts)]
pub struct MaskReport {
    /// The network.
    #[account(constraint = is_at(network.address(), &shard.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The shard.
    #[account(mut)]
    pub shard: Stored<ScoreShard>,
    /// A provider with a place in this shard.
    pub provider: Stored<Provider>,
    /// What shows the attester's interest: its position in the provider, or the provider itself when it is
    /// its own.
    pub interest: UncheckedAccount,
}

/// Bars an attester from reporting on a provider that it owns or delegates to (score-mask-1). What it has
/// revealed about it counts for nothing from then on, what it will reveal neither. Signer: anybody. Refuses:
/// a provider without a place in this shard in its epoch; an account that shows no interest.
pub fn handle_mask_report(ctx: &mut Context<MaskReport>, opinion: u8) -> Result<()> {
    let MaskReport { network, shard, provider, interest } = &mut ctx.accounts;
    require_in_network(provider, network)?;
    let place = shard.row_in(provider).ok_or(E::WrongShard)?;
    let index = usize::from(opinion);
    let attester = shard.maskable(index)?;
    require(is_interested(&attester, provider, interest)?, E::NothingToMask)?;
    shard.mask(index, place);
    emit!(ReportMasked { shard: *shard.address(), attester, provider: *provider.address() });
    Ok(())
}

fn is_interested(attester: &Address, provider: &Stored<Provider>, interest: &UncheckedAccount) -> Result<bool> {
    if is_at(interest.address(), provider.address()) {
        return Ok(is_at(&provider.owner, attester));
    }
    let position = Stored::<Delegation>::load(*interest.account())?;
    Ok(is_at(&position.provider, provider.address())
        && is_at(&position.delegator, attester)
        && position.total_shares() > Shares::ZERO)
}
