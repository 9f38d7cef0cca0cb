use crate::prelude::*;

use super::bounty::pay_bounty;

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
    /// Receives the treasury's part of fees.
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

/// Freezes an epoch's weights and emits its tokens by the rules that it began with: the fixed amount, scaled
/// by the stake that got weight over the largest folded in eight epochs (epoch-emission-1). Without any
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
    let (now_ts, work_ts) = cross(network)?;
    let vaults = Vaults {
        rewards: !token::vault_is_frozen(reward_vault),
        keepers: !token::vault_is_frozen(keeper_vault),
        treasury: !token::vault_is_frozen(treasury_vault),
        reserve: !token::vault_is_frozen(reserve_vault),
    };
    let (supply, reserve) = (Amount(token::supply(mint)), Amount(token::vault_balance(reserve_vault)));
    let now = (network.epoch_at(now_ts), work_ts);
    let finalized = network.finalize_epoch(pool, &Ledger { supply, reserve, vaults }, now)?;
    // A gain that is too small to be recorded is not forgotten.
    let _ = network.refresh_note(Clock::get()?.slot, now_ts);

    let emitted = &finalized.emitted;
    let rewards = emitted.providers.saturating_add(emitted.attesters).0;
    let (burned, treasury) = (finalized.burned, finalized.treasury);
    // One movement each for an epoch, none for a job.
    Till::of(network, mint).make(&[
        emission(network, reserve_vault, reward_vault, rewards),
        emission(network, reserve_vault, keeper_vault, emitted.keepers.0),
        Movement::burn(reward_vault, burned),
        Movement::pay(reward_vault, treasury_vault, treasury),
    ]);
    emit!(EpochFinalized {
        network: *network.address(),
        epoch: pool.epoch,
        emission: pool.emission,
        carried: finalized.carried,
        keepers: emitted.keepers.0,
        attesters: emitted.attesters.0,
        burned,
        treasury,
        total_weight: pool.total_weight,
        stake: pool.stake_folded,
        stake_weighted: pool.stake_weighted,
    });
    let each = pool.finalize_bounty;
    pay_bounty(Till::of(network, mint), pool, keeper_vault, (keeper, keeper_account), (1, each));
    Ok(())
}

/// Emitted tokens are minted, or come out of the reserve.
fn emission<'a>(network: &Network, reserve_vault: &'a AccountView, to: &'a AccountView, amount: u64) -> Movement<'a> {
    if network.mints() { Movement::mint(to, amount) } else { Movement::pay(reserve_vault, to, amount) }
}
