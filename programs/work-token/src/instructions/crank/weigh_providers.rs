use {
    super::provider_batch::{ProviderBatch, require_batch},
    crate::{instructions::common::*, stored::Stored},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::ProviderWeighed,
        math::Epoch,
        state::{EpochPool, EpochState, Network, Provider, Terms},
    },
};

/// Weighs 1 to 24 providers for an epoch that has ended. A provider that is weighed, passed or without a record is skipped, so a batch
/// may come late, twice, or with the same provider in it twice.
/// Signer: a keeper, paid once per instruction for what it newly weighed with a weight. Rounds: weights down.
/// Refuses: before the reveal window has passed; once the epoch is finalized; an account that is no provider of this network.
pub fn handle_weigh_providers(ctx: &mut Context<ProviderBatch>) -> Result<()> {
    let providers = ctx.remaining_accounts()?;
    let ProviderBatch { keeper, network, pool, keeper_vault, keeper_account, mint, .. } = &mut ctx.accounts;
    require_batch(&providers)?;
    let terms = network.terms(now_ts()?);
    if pool.state != EpochState::Open as u8 {
        return Err(E::AlreadyFinalized.into());
    }
    if terms.now_ts < pool.weigh_from_ts {
        return Err(E::WeighNotOpen.into());
    }

    let mut newly_weighed = 0u32;
    for view in &providers {
        if weigh_one(*view, network, pool, &terms)? {
            newly_weighed = newly_weighed.saturating_add(1);
        }
    }

    let each = pool.weigh_bounty;
    let to = keeper_account.as_ref().map(AnchorAccount::account);
    pay_bounty(network, pool, keeper, to, [keeper_vault.account(), mint.account()], newly_weighed, each);
    Ok(())
}

/// Weighs one provider; whether it newly has a weight.
#[inline(never)]
fn weigh_one(
    view: AccountView,
    network: &Stored<Network>,
    pool: &mut Stored<EpochPool>,
    terms: &Terms,
) -> Result<bool> {
    let mut provider = Stored::<Provider>::writable(view)?;
    require_in_network(&provider, network)?;
    touch(&mut provider, terms);
    let tier = pool.tier(provider.tier);
    let Some(weighed) = provider.weigh(Epoch(pool.epoch), &pool.weight_rules(), tier) else {
        return Ok(false);
    };
    pool.fold(weighed, terms.now_ts);
    emit!(ProviderWeighed {
        provider: *provider.address(),
        epoch: pool.epoch,
        stake: weighed.stake.0,
        weight: weighed.weight,
    });
    Ok(weighed.weight > 0)
}
