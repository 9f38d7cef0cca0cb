use {
    crate::{instructions::common::*, stored::Stored, token},
    anchor_lang::{pinocchio::sysvars::Sysvar, prelude::*},
    work_token_interface::{
        WorkTokenError as E,
        events::EpochFinalized,
        math::{Amount, Epoch, emission, snapshot},
        state::{EpochPool, EpochState, EpochWork, Network, VaultKind},
    },
};

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
    #[account(mut, constraint = is_at(reward_vault.address(), &network.reward_vault) @ E::WrongVault)]
    pub reward_vault: UncheckedAccount,
    /// Receives the treasury's part of fees.
    #[account(mut, constraint = is_at(treasury_vault.address(), &network.treasury_vault) @ E::WrongVault)]
    pub treasury_vault: UncheckedAccount,
    /// Receives the keepers' part and pays the bounty.
    #[account(mut, constraint = is_at(keeper_vault.address(), &network.keeper_vault) @ E::WrongVault)]
    pub keeper_vault: UncheckedAccount,
    /// What Reserve mode emits from.
    #[account(mut, constraint = is_at(reserve_vault.address(), &network.reserve_vault) @ E::WrongVault)]
    pub reserve_vault: UncheckedAccount,
    /// A token account of the keeper, or none.
    #[account(mut)]
    pub keeper_account: Option<UncheckedAccount>,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Freezes an epoch's weights and emits its tokens: the fixed amount, scaled down when less stake was weighed than in the best of the last
/// eight epochs (R H1). Without any weight, or when nothing can be settled any more, nothing is emitted.
/// Signer: a keeper, paid once. Rounds: the emission and the keepers' part down.
/// Refuses: before the weigh window has passed, and as long again since the first weight; before a whole epoch has passed when nobody has a
/// weight; out of order; a second time.
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
    let (epoch, now) = (Epoch(pool.epoch), network.epoch_at(now_ts));
    if pool.state != EpochState::Open as u8 {
        return Err(E::AlreadyFinalized.into());
    }
    if epoch != network.next_to_finalize(now) {
        return Err(E::NotNextToFinalize.into());
    }
    if now_ts < pool.finalizable_from_ts() {
        return Err(E::TooEarlyToFinalize.into());
    }

    let stake = Amount(pool.stake_folded);
    let emitted = if pool.total_weight > 0 && snapshot::is_kept(epoch, now) {
        let available = available(network, mint, reserve_vault);
        let emitted = emission::of_epoch(&network.emission_limits(stake, available, pool.attester_points > 0));
        // What earlier epochs left is scaled like the rest, or whoever weighs only himself would take all of it.
        let carried = emission::scaled(Amount(network.carried), stake, network.largest_stake());
        pool.emission = emitted.providers.saturating_add(carried).0;
        pool.attester_emission = emitted.attesters.0;
        emitted
    } else {
        emission::Emission::default()
    };
    let carried = pool.emission.saturating_sub(emitted.providers.0);
    network.carried = network.carried.saturating_sub(carried);
    network.emitted_total = network.emitted_total.saturating_add(emitted.total().0);
    network.next_finalize_epoch = epoch.next().0;
    network.fold_stake(stake, pool.weighed_with_weight);
    network.fold_work(&EpochWork {
        weighted: pool.weighed_with_weight,
        working: pool.working,
        jobs_done: pool.jobs_done,
        emission: Amount(pool.emission),
        supply: Amount(token::supply(mint.account())),
    });
    network.note(clock.slot, now_ts);
    pool.state = EpochState::Finalized as u8;

    emit_tokens(network, mint, reserve_vault, reward_vault, emitted.providers.saturating_add(emitted.attesters).0);
    emit_tokens(network, mint, reserve_vault, keeper_vault, emitted.keepers.0);
    let (burned, treasury) = pay_fee_shares(network, pool, mint, reward_vault, treasury_vault);
    emit!(EpochFinalized {
        network: *network.address(),
        epoch: pool.epoch,
        emission: pool.emission,
        carried,
        keepers: emitted.keepers.0,
        attesters: emitted.attesters.0,
        burned,
        treasury,
        total_weight: pool.total_weight,
        stake: stake.0,
    });
    let each = pool.finalize_bounty;
    let to = keeper_account.as_ref().map(AnchorAccount::account);
    pay_bounty(network, pool, keeper, to, [keeper_vault.account(), mint.account()], 1, each);
    Ok(())
}

/// Burns the burned part of the fees that the providers handed over, and pays the treasury's: one movement each for an epoch, none for a job.
#[inline(never)]
fn pay_fee_shares(
    network: &mut Stored<Network>,
    pool: &Stored<EpochPool>,
    mint: &UncheckedAccount,
    reward_vault: &UncheckedAccount,
    treasury_vault: &UncheckedAccount,
) -> (u64, u64) {
    let burned = pool.burn_due.saturating_add(core::mem::take(&mut network.burn_due));
    let treasury = pool.treasury_due.saturating_add(core::mem::take(&mut network.treasury_due));
    let address = *network.address();
    if burned > 0 {
        token::burn_from_network(
            network,
            &address,
            VaultKind::Reward,
            [reward_vault.account(), mint.account()],
            burned,
        );
    }
    if treasury > 0 {
        let accounts = [reward_vault.account(), mint.account(), treasury_vault.account()];
        token::pay_from_network(network, &address, VaultKind::Reward, accounts, treasury);
    }
    (burned, treasury)
}

/// What may still be emitted: the room below the supply cap, or what the reserve holds.
fn available(network: &Network, mint: &UncheckedAccount, reserve_vault: &UncheckedAccount) -> Amount {
    if network.mints() {
        Amount(network.params.max_supply.saturating_sub(token::supply(mint.account())))
    } else {
        Amount(token::vault_balance(reserve_vault.account()))
    }
}

#[inline(never)]
fn emit_tokens(
    network: &Stored<Network>,
    mint: &UncheckedAccount,
    reserve_vault: &UncheckedAccount,
    to: &UncheckedAccount,
    amount: u64,
) {
    if amount == 0 {
        return;
    }
    if network.mints() {
        token::mint_to(network, [mint.account(), to.account(), network.view()], amount);
    } else {
        let accounts = [reserve_vault.account(), mint.account(), to.account()];
        token::pay_from_network(network, network.address(), VaultKind::Reserve, accounts, amount);
    }
}
