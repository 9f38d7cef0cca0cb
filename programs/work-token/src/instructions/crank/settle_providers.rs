use {
    super::provider_batch::{ProviderBatch, require_batch},
    crate::{instructions::common::*, stored::Stored},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::ProviderSettled,
        math::{Amount, Epoch},
        state::{EpochPool, EpochState, Network, Provider, Terms, provider::SettleTerms},
    },
};

/// Settles 1 to 24 providers for a finalized epoch: the owner's part vests, the delegators' part enters the index. A provider that is
/// settled, or whose earlier epochs come first, is skipped; nothing changes for it.
/// Signer: a keeper, paid once per instruction for what it newly settled with a reward. Rounds: rewards down.
/// Refuses: before the epoch is finalized; an account that is no provider of this network.
pub fn handle_settle_providers(ctx: &mut Context<ProviderBatch>) -> Result<()> {
    let providers = ctx.remaining_accounts()?;
    let ProviderBatch { keeper, network, pool, keeper_vault, keeper_account, mint, .. } = &mut ctx.accounts;
    require_batch(&providers)?;
    if pool.state != EpochState::Finalized as u8 {
        return Err(E::NotFinalized.into());
    }
    let terms = network.terms(now_ts()?);
    let settle_terms = SettleTerms {
        emission: Amount(pool.emission),
        total_weight: pool.total_weight,
        leverage: pool.leverage,
        ends_at_ts: pool.ends_at_ts,
        vesting_secs: pool.vesting_secs(),
        now_ts: terms.now_ts,
    };

    let mut newly_settled = 0u32;
    for view in &providers {
        if settle_one(*view, network, pool, &terms, &settle_terms)? {
            newly_settled = newly_settled.saturating_add(1);
        }
    }

    let each = pool.settle_bounty;
    let to = keeper_account.as_ref().map(AnchorAccount::account);
    pay_bounty(network, pool, keeper, to, [keeper_vault.account(), mint.account()], newly_settled, each);
    Ok(())
}

/// Settles one provider; whether it newly got a reward.
#[inline(never)]
fn settle_one(
    view: AccountView,
    network: &Stored<Network>,
    pool: &mut Stored<EpochPool>,
    terms: &Terms,
    settle_terms: &SettleTerms,
) -> Result<bool> {
    let mut provider = Stored::<Provider>::writable(view)?;
    require_in_network(&provider, network)?;
    touch(&mut provider, terms);
    let Some(settled) = provider.settle(Epoch(pool.epoch), settle_terms) else {
        return Ok(false);
    };
    let kept = settled.emission.saturating_sub(settled.split.reclaimed);
    pool.settled = pool.settled.saturating_add(1);
    pool.settled_weight = pool.settled_weight.saturating_add(settled.weight);
    pool.distributed = pool.distributed.saturating_add(kept.0);
    pool.reclaimed = pool.reclaimed.saturating_add(settled.split.reclaimed.0);
    emit!(ProviderSettled {
        provider: *provider.address(),
        epoch: pool.epoch,
        emission: settled.emission.0,
        fees: settled.fees.0,
        own: settled.split.own.0,
        commission: settled.split.commission.0,
        delegated: settled.split.delegated.0,
        reclaimed: settled.split.reclaimed.0,
    });
    Ok(settled.weight > 0 || !settled.fees.is_zero())
}
