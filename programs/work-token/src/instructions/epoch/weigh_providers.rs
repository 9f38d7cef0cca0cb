use crate::prelude::*;

use super::batch::require_batch;
use super::bounty::pay_bounty;

/// Accounts of `weigh_providers`; the providers follow as remaining accounts.
#[derive(Accounts)]
pub struct WeighBatch {
    /// Cranks, and is paid the bounty.
    pub keeper: Signer,
    /// The network; an outage is recorded first.
    #[account(mut, constraint = is_at(network.address(), &pool.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The epoch.
    #[account(mut)]
    pub pool: Stored<EpochPool>,
    /// The network's tree of the epoch's parity; none while the network has adopted none.
    #[account(mut)]
    pub work_tree: Option<Stored<Tree>>,
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

/// What one weigh needs beside the provider.
struct Weigh<'a> {
    network: &'a Stored<Network>,
    terms: Terms,
    weighing: Weighing,
    /// The tree of the epoch after the next, while it may still be written.
    tree: Option<Stored<Tree>>,
    /// Providers that the keeper is paid for.
    units: u32,
}

/// Weighs 1 to 24 providers for an epoch that has ended, and writes their leaves for the draws of the epoch
/// after the next while the clock is in the one between (place-tree-2). A provider that is weighed, passed or
/// without a record is skipped, and one that awaits its score is until half of the weigh window has passed,
/// so a batch may come late, twice, or with the same provider in it twice. Signer: a keeper, paid once per
/// instruction for what it newly weighed with stake in a place. Rounds: weights down. Refuses: before the
/// reveal window has passed; once the epoch is finalized; without the network's tree; an account that is no
/// provider of this network.
pub fn handle_weigh_providers(ctx: &mut Context<WeighBatch>) -> Result<()> {
    let providers = ctx.remaining_accounts()?;
    let WeighBatch { keeper, network, pool, work_tree, keeper_vault, keeper_account, mint, .. } = &mut ctx.accounts;
    require_batch(&providers)?;
    let (now_ts, work_ts) = cross(network)?;
    let terms = network.terms(now_ts);
    pool.require_weighable(work_ts)?;
    let weighing = pool.begin_weighing(network, work_ts);
    let tree = writable_tree(network, work_tree, pool.epoch, terms.epoch)?;
    let mut weigh = Weigh { network, terms, weighing, tree, units: 0 };
    let mut weighed = Vec::with_capacity(providers.len());
    for view in &providers {
        weigh_one(*view, pool, &mut weigh, &mut weighed)?;
    }

    let (units, each) = (weigh.units, pool.weigh_bounty);
    pay_bounty(Till::of(network, mint), pool, keeper_vault, (keeper, keeper_account), (units, each));
    if !weighed.is_empty() {
        emit!(ProvidersWeighed { network: *network.address(), epoch: pool.epoch, providers: weighed });
    }
    Ok(())
}

/// The tree that leaves may be written to.
fn writable_tree(
    network: &Network,
    work_tree: &Option<Stored<Tree>>,
    epoch: u32,
    now: Epoch,
) -> Result<Option<Stored<Tree>>> {
    let Some(adopted) = network.tree_to_write(Epoch(epoch), now) else { return Ok(None) };
    let tree = work_tree.as_ref().ok_or(E::WrongTree)?;
    require_at(tree.address(), adopted, E::WrongTree)?;
    Stored::writable(*tree.view()).map(Some)
}

/// Weighs one provider, unless there is nothing to do.
#[inline(never)]
fn weigh_one(
    view: AccountView,
    pool: &mut Stored<EpochPool>,
    weigh: &mut Weigh,
    weighed: &mut Vec<WeighedProvider>,
) -> Result<()> {
    let mut provider = Stored::<Provider>::writable(view)?;
    require_in_network(&provider, weigh.network)?;
    touch(&mut provider, weigh.network, &weigh.terms);
    if let Some(newly) = pool.weigh(&mut provider, &weigh.weighing) {
        if let (Some(tree), Some((place, leaf))) = (&mut weigh.tree, newly.leaf) {
            tree.write(Epoch(pool.epoch).next().next(), place, provider.address(), leaf);
        }
        weigh.units = weigh.units.saturating_add(u32::from(newly.is_paid_for()));
        weighed.push(WeighedProvider { provider: *provider.address(), stake: newly.stake.0, weight: newly.weight });
    }
    Ok(())
}
