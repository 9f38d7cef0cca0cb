extern crate alloc;

use {
    super::provider_batch::{ProviderBatch, require_batch},
    crate::{instructions::common::*, stored::Stored},
    alloc::vec::Vec,
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::{ProvidersWeighed, WeighedProvider},
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

    let mut weighed = Vec::with_capacity(providers.len());
    for view in &providers {
        weigh_one(*view, network, pool, &terms, &mut weighed)?;
    }
    let with_weight = weighed.iter().filter(|provider| provider.weight > 0).count();

    let (units, each) = (u32::try_from(with_weight).unwrap_or(0), pool.weigh_bounty);
    let to = keeper_account.as_ref().map(AnchorAccount::account);
    pay_bounty(network, pool, keeper, to, [keeper_vault.account(), mint.account()], units, each);
    if !weighed.is_empty() {
        emit!(ProvidersWeighed { network: *network.address(), epoch: pool.epoch, providers: weighed });
    }
    Ok(())
}

/// Weighs one provider, unless there is nothing to do.
#[inline(never)]
fn weigh_one(
    view: AccountView,
    network: &Stored<Network>,
    pool: &mut Stored<EpochPool>,
    terms: &Terms,
    weighed: &mut Vec<WeighedProvider>,
) -> Result<()> {
    let mut provider = Stored::<Provider>::writable(view)?;
    require_in_network(&provider, network)?;
    touch(&mut provider, terms);
    let tier = pool.tier(provider.tier);
    if let Some(newly) = provider.weigh(Epoch(pool.epoch), &pool.weight_rules(), tier) {
        pool.fold(newly, terms.now_ts);
        weighed.push(WeighedProvider { provider: *provider.address(), stake: newly.stake.0, weight: newly.weight });
    }
    Ok(())
}
