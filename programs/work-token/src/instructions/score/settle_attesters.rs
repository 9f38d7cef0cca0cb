use crate::prelude::*;

use crate::instructions::epoch::batch::require_batch;

#[derive(Accounts)]
pub struct SettleAttesters {
    /// The network; an outage is recorded first.
    #[account(mut, constraint = is_at(network.address(), &pool.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The epoch.
    #[account(mut)]
    pub pool: Stored<EpochPool>,
    /// The shard.
    #[account(mut)]
    pub shard: Stored<ScoreShard>,
    /// The network's roster.
    #[account(mut)]
    pub roster: Stored<AttesterRoster>,
    /// Holds the bonds; fines are burned out of it.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.vaults.escrow) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// The work token.
    #[account(mut, constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Settles attesters of a shard, the remaining accounts: pays for agreement with the medians those that
/// revealed and reported on 95 % of the providers that reports had a value for, and fines those that did not
/// reveal: the fine, or a quarter of the bond where less than half of the drawn bonds revealed
/// (score-fine-1). Dissent costs nothing but its pay (score-pay-3). Repeats are skipped, and fines wait while
/// the escrow vault is frozen (score-fine-2). An attester whose account is closed is settled by its empty
/// address, without pay or fine: it must not keep the epoch's account. Signer: anybody. Rounds: pay and fines
/// down; what nobody earned returns to the network at the sweep, and after it nothing is paid. Refuses:
/// before the epoch is finalized or swept; while reports can still be revealed; a shard of another epoch; an
/// attester that was not drawn.
pub fn handle_settle_attesters(ctx: &mut Context<SettleAttesters>) -> Result<()> {
    let attesters = ctx.remaining_accounts()?;
    let SettleAttesters { network, pool, shard, roster, escrow_vault, mint, .. } = &mut ctx.accounts;
    require_batch(&attesters)?;
    require_at(&roster.network, network.address(), E::WrongNetwork)?;
    require_at(&shard.network, network.address(), E::WrongShard)?;
    let (now_ts, work_ts) = cross(network)?;
    shard.require_due(pool, work_ts)?;

    let takes_fines = !token::vault_is_frozen(escrow_vault);
    let now = network.epoch_at(now_ts);
    let mut settled = Vec::with_capacity(attesters.len());
    for view in &attesters {
        let newly = if view.data_len() == 0 {
            settle_gone(view, network, (pool, shard))?
        } else {
            settle_one(*view, (network, now, takes_fines), (pool, shard, roster))?
        };
        settled.extend(newly);
    }
    let fines = settled.iter().fold(0u64, |sum, attester| sum.saturating_add(attester.fine));
    Till::of(network, mint).burn(escrow_vault, fines);
    if !settled.is_empty() {
        emit!(AttestersSettled { shard: *shard.address(), attesters: settled });
    }
    Ok(())
}

/// Pays or fines one attester, unless it is settled.
#[inline(never)]
fn settle_one(
    view: AccountView,
    (network, now, takes_fines): (&Stored<Network>, Epoch, bool),
    (pool, shard, roster): (&mut EpochPool, &mut ScoreShard, &mut AttesterRoster),
) -> Result<Option<SettledAttester>> {
    let mut attester = Stored::<Attester>::writable(view)?;
    require_at(&attester.network, network.address(), E::WrongNetwork)?;
    let paid = attester.settle(pool, shard, roster, (now, takes_fines))?;
    Ok(paid.map(|Paid { pay, fine }| SettledAttester { attester: attester.owner, pay, fine }))
}

/// Settles the opinion of an attester that is closed: its bond has left, and its pay has nowhere to go.
#[inline(never)]
fn settle_gone(
    view: &AccountView,
    network: &Stored<Network>,
    (pool, shard): (&mut EpochPool, &mut ScoreShard),
) -> Result<Option<SettledAttester>> {
    let mut drawn = shard.drawn().iter().enumerate();
    let found = drawn.find(|(_, opinion)| {
        let seeds = [seeds::ATTESTER, network.address().as_ref(), opinion.attester.as_ref()];
        canonical_address(&seeds).is_ok_and(|address| is_at(&address, view.address()))
    });
    let (index, opinion) = found.ok_or(E::AttesterNotDrawn)?;
    let attester = opinion.attester;
    Ok(shard.settle_gone(index, pool).then_some(SettledAttester { attester, pay: 0, fine: 0 }))
}
