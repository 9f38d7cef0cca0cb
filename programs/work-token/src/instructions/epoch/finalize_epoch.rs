use crate::prelude::*;

use super::bounty::note_bounty;

#[derive(Accounts)]
pub struct FinalizeEpoch {
    /// Cranks, and is paid the bounty.
    pub keeper: Signer,
    /// The network: signs for the mint, remembers the stake.
    #[account(mut, constraint = is_at(network.address(), &pool.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The epoch.
    #[account(mut)]
    pub pool: Stored<EpochPool>,
    /// The work token.
    #[account(mut, constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// Receives the providers' and attesters' part; the burned and the treasury's part of fees leave it.
    #[account(mut, constraint = is_at(reward_vault.address(), &network.vaults.reward) @ E::WrongVault)]
    pub reward_vault: UncheckedAccount,
    /// Receives the treasury's part of the emission and of fees.
    #[account(mut, constraint = is_at(treasury_vault.address(), &network.vaults.treasury) @ E::WrongVault)]
    pub treasury_vault: UncheckedAccount,
    /// Receives the keepers' part and pays the bounty.
    #[account(mut, constraint = is_at(keeper_vault.address(), &network.vaults.keeper) @ E::WrongVault)]
    pub keeper_vault: UncheckedAccount,
    /// What Reserve mode emits from.
    #[account(mut, constraint = is_at(reserve_vault.address(), &network.vaults.reserve) @ E::WrongVault)]
    pub reserve_vault: UncheckedAccount,
    /// A token account of the keeper, or none.
    #[account(mut)]
    pub keeper_account: Option<UncheckedAccount>,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Freezes an epoch's weights and emits its tokens by the rules that it began with: what its law says, below
/// every cap (epoch-emission-7, epoch-emission-9), scaled by the stake that got weight over the largest
/// folded in eight epochs (epoch-emission-1), a part by units of work (epoch-work-2). What fees owe the
/// treasury beyond its cap burns, and of burned fees what comes back to those who worked stays
/// (epoch-work-1). Without any
/// weight, or when nothing can be settled any more, nothing is emitted; nor is what a frozen vault could not
/// receive, and what cannot leave a frozen vault waits for the next epoch (epoch-emission-6). Signer: a
/// keeper, paid once. Rounds: every part down. Refuses: before the weigh window has passed, and as long again
/// since the first weight; before a whole epoch has passed when nobody has a weight; out of order; a second
/// time.
pub fn handle_finalize_epoch(ctx: &mut Context<FinalizeEpoch>) -> Result<()> {
    let FinalizeEpoch {
        keeper,
        network,
        pool,
        mint,
        reward_vault,
        treasury_vault,
        keeper_vault,
        reserve_vault,
        keeper_account,
        ..
    } = &mut ctx.accounts;
    let clock = Clock::get()?;
    let now_ts = clock.unix_timestamp;
    let work_ts = cross_at(network, &clock);
    let ledger = ledger(mint, reward_vault, keeper_vault, treasury_vault, reserve_vault);
    let finalized = network.finalize_epoch(pool, &ledger, (now_ts, work_ts))?;
    // A gain that is too small to be recorded is not forgotten.
    let _ = network.refresh_note(clock.slot, now_ts);

    let emitted = &finalized.emitted;
    // The treasury's part of the emission passes through the reward vault, so that it goes on with that of
    // the fees: one movement each for an epoch, none for a job.
    let rewards = emitted.total().saturating_sub(emitted.keepers).0;
    let (burned, treasury) = (finalized.burned, finalized.treasury.saturating_add(emitted.treasury.0));
    let till = Till::of(network, mint);
    let keepers = token::vault_balance(keeper_vault).saturating_add(emitted.keepers.0);
    let bounty_to = till.bounty_to(keeper_vault, (keeper, keeper_account));
    let bounty = bounty_to.map_or(0, |_| pool.bounty(1, pool.finalize_bounty, keepers));
    till.make(&[
        emission(network, reserve_vault, reward_vault, rewards),
        emission(network, reserve_vault, keeper_vault, emitted.keepers.0),
        Movement::burn(reward_vault, burned),
        Movement::pay(reward_vault, treasury_vault, treasury),
        // Of what the keeper vault holds by then.
        Movement::pay(keeper_vault, bounty_to.map_or(&**keeper_vault, |to| to), bounty),
    ]);
    emit!(EpochFinalized {
        network: *network.address(),
        epoch: pool.epoch,
        emission: pool.emission,
        carried: finalized.carried,
        keepers: emitted.keepers.0,
        attesters: emitted.attesters.0,
        by_units: emitted.by_units.0,
        units: pool.work.units,
        burned,
        burn_back: finalized.burn_back,
        treasury: finalized.treasury,
        treasury_emission: emitted.treasury.0,
        rate_ppt: network.emission.rate_ppt,
        total_weight: pool.total_weight,
        stake: pool.stake_folded,
        stake_weighted: pool.stake_weighted,
    });
    note_bounty(pool, keeper, bounty);
    Ok(())
}

/// What the token program says of the work token and of the vaults that finalizing fills or empties.
#[inline(always)]
fn ledger(
    mint: &AccountView,
    reward_vault: &AccountView,
    keeper_vault: &AccountView,
    treasury_vault: &AccountView,
    reserve_vault: &AccountView,
) -> Ledger {
    Ledger {
        supply: Amount(token::supply(mint)),
        reserve: Amount(token::vault_balance(reserve_vault)),
        treasury: Amount(token::vault_balance(treasury_vault)),
        vaults: Vaults {
            rewards: !token::vault_is_frozen(reward_vault),
            keepers: !token::vault_is_frozen(keeper_vault),
            treasury: !token::vault_is_frozen(treasury_vault),
            reserve: !token::vault_is_frozen(reserve_vault),
        },
    }
}

/// Emitted tokens are minted, or come out of the reserve.
fn emission<'a>(network: &Network, reserve_vault: &'a AccountView, to: &'a AccountView, amount: u64) -> Movement<'a> {
    if network.mints() { Movement::mint(to, amount) } else { Movement::pay(reserve_vault, to, amount) }
}
