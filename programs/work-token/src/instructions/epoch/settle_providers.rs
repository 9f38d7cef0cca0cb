use crate::prelude::*;

use super::batch::require_batch;
use super::bounty::pay_bounty;
use work_token_interface::state::provider::SettleTerms;

/// Accounts of `settle_providers`; the providers follow as remaining accounts.
#[derive(Accounts)]
pub struct ProviderBatch {
    /// Cranks, and is paid the bounty.
    pub keeper: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &pool.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The epoch.
    #[account(mut)]
    pub pool: Stored<EpochPool>,
    /// Where bounties come from.
    #[account(mut, constraint = is_at(keeper_vault.address(), &network.vaults.keeper) @ E::WrongVault)]
    pub keeper_vault: UncheckedAccount,
    /// A token account of the keeper; without one, or with one that cannot receive, the crank works unpaid.
    #[account(mut)]
    pub keeper_account: Option<UncheckedAccount>,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Settles 1 to 24 providers for a finalized epoch: the owner's part vests, the delegators' part enters the
/// index. A provider that is settled, or whose earlier epochs come first, is skipped; nothing changes for it.
/// Signer: a keeper, paid once per instruction for what it newly settled with a reward. Rounds: rewards down.
/// Refuses: before the epoch is finalized; an account that is no provider of this network.
pub fn handle_settle_providers(ctx: &mut Context<ProviderBatch>) -> Result<()> {
    let providers = ctx.remaining_accounts()?;
    let ProviderBatch { keeper, network, pool, keeper_vault, keeper_account, mint, .. } = &mut ctx.accounts;
    require_batch(&providers)?;
    let terms = network.terms(now_ts()?);
    let settle_terms = pool.settle_terms(terms.now_ts)?;

    let (mut settled, mut units) = (Vec::with_capacity(providers.len()), 0u32);
    for view in &providers {
        let is_paid_for = settle_one(*view, network, pool, (&terms, &settle_terms), &mut settled)?;
        units = units.saturating_add(u32::from(is_paid_for));
    }

    let each = pool.settle_bounty;
    pay_bounty(Till::of(network, mint), pool, keeper_vault, (keeper, keeper_account), (units, each));
    if !settled.is_empty() {
        emit!(ProvidersSettled { network: *network.address(), epoch: pool.epoch, providers: settled });
    }
    Ok(())
}

/// Settles one provider, unless there is nothing to do or it is not its turn. Returns whether it is paid for.
#[inline(never)]
fn settle_one(
    view: AccountView,
    network: &Stored<Network>,
    pool: &mut Stored<EpochPool>,
    (terms, settle_terms): (&Terms, &SettleTerms),
    settled: &mut Vec<SettledProvider>,
) -> Result<bool> {
    let mut provider = Stored::<Provider>::writable(view)?;
    require_in_network(&provider, network)?;
    touch(&mut provider, network, terms);
    let Some(newly) = pool.settle(&mut provider, settle_terms) else {
        return Ok(false);
    };
    settled.push(SettledProvider {
        provider: *provider.address(),
        emission: newly.emission.0,
        by_units: newly.by_units.0,
        burn_back: newly.burn_back.0,
        fees: newly.fees.0,
        own: newly.split.own.0,
        commission: newly.split.commission.0,
        delegated: newly.split.delegated.0,
        reclaimed: newly.split.reclaimed.0,
    });
    Ok(newly.is_paid_for())
}
