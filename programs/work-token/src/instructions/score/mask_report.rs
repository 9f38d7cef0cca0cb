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
    /// What shows the interest: a position in the provider, its offer, its beneficiary's account, or the
    /// provider itself when it is the owner's or the operator's.
    pub interest: UncheckedAccount,
    /// The attester, where the interest is its reporter's.
    pub attester: Option<Stored<Attester>>,
}

/// Bars an attester from reporting on a provider that it, or its reporter, owns, operates, finances or
/// delegates to (score-mask-1). What it has revealed about it counts for nothing from then on, what it will
/// reveal neither. Signer: anybody. Refuses: a provider without a place in this shard in its epoch; another
/// attester's account; an account that shows no interest.
pub fn handle_mask_report(ctx: &mut Context<MaskReport>, opinion: u8) -> Result<()> {
    let MaskReport { network, shard, provider, interest, attester: account } = &mut ctx.accounts;
    require_in_network(provider, network)?;
    let place = shard.row_in(provider).ok_or(E::WrongShard)?;
    let index = usize::from(opinion);
    let attester = shard.maskable(index)?;
    let mut key = attester;
    if let Some(account) = account {
        require_at(&account.owner, &attester, E::WrongAttester)?;
        require_at(&account.network, network.address(), E::WrongNetwork)?;
        key = account.reporter;
    }
    require(key != Address::default() && is_interested(&key, provider, interest)?, E::NothingToMask)?;
    shard.mask(index, place);
    emit!(ReportMasked { shard: *shard.address(), attester, provider: *provider.address() });
    Ok(())
}

/// Whether an account shows that a key owns, operates, finances or delegates to the provider.
#[inline(never)]
fn is_interested(key: &Address, provider: &Stored<Provider>, interest: &AccountView) -> Result<bool> {
    if is_at(interest.address(), provider.address()) {
        return Ok(is_at(&provider.owner, key) || provider.has_signed_as_operator(key));
    }
    if let Ok(offer) = Stored::<Offer>::load(*interest) {
        let is_its = is_at(&offer.provider, provider.address());
        return Ok(is_its && offer.is_operated_by(key, &provider.owner));
    }
    if let Ok(agreed) = Stored::<Beneficiary>::load(*interest) {
        let is_its = is_at(&agreed.provider, provider.address());
        return Ok(is_its && is_at(&agreed.beneficiary, key) && !agreed.quota_left(now_ts()?).is_zero());
    }
    let position = Stored::<Delegation>::load(*interest)?;
    Ok(is_at(&position.provider, provider.address())
        && is_at(&position.delegator, key)
        && position.total_shares() > Shares::ZERO)
}
