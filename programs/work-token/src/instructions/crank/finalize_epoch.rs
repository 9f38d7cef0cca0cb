use {
    crate::{instructions::common::*, stored::Stored, token},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::EpochFinalized,
        math::{Amount, Epoch, emission, snapshot},
        state::{EpochPool, EpochState, Network, VaultKind},
    },
};

#[derive(Accounts)]
pub struct FinalizeEpoch {
    /// Cranks, and is paid the bounty.
    pub keeper: Signer,
    /// The network: signs for the mint, remembers the stake.
    #[account(mut, address = pool.network @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The epoch.
    #[account(mut)]
    pub pool: Stored<EpochPool>,
    /// The work token.
    #[account(mut, address = network.mint @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// Receives the providers' part.
    #[account(mut, address = network.reward_vault @ E::WrongVault)]
    pub reward_vault: UncheckedAccount,
    /// Receives the keepers' part and pays the bounty.
    #[account(mut, address = network.keeper_vault @ E::WrongVault)]
    pub keeper_vault: UncheckedAccount,
    /// What Reserve mode emits from.
    #[account(mut, address = network.reserve_vault @ E::WrongVault)]
    pub reserve_vault: UncheckedAccount,
    /// A token account of the keeper, or none.
    #[account(mut)]
    pub keeper_account: Option<UncheckedAccount>,
    /// The network's token program.
    #[account(address = network.token_program @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Freezes an epoch's weights and emits its tokens: the fixed amount, scaled down when less stake was weighed than in the best of the last
/// eight epochs (R H1). Without any weight, or when nothing can be settled any more, nothing is emitted.
/// Signer: a keeper, paid once. Rounds: the emission and the keepers' part down.
/// Refuses: before the weigh window has passed, and as long again since the first weight; before a whole epoch has passed when nobody has a
/// weight; out of order; a second time.
pub fn handle_finalize_epoch(ctx: &mut Context<FinalizeEpoch>) -> Result<()> {
    let FinalizeEpoch {
        keeper, network, pool, mint, reward_vault, keeper_vault, reserve_vault, keeper_account, ..
    } = &mut ctx.accounts;
    let now_ts = now_ts()?;
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
        let emitted = emission::of_epoch(&network.emission_limits(stake, available));
        // What earlier epochs left is scaled like the rest, or whoever weighs only himself would take all of it.
        let carried = emission::scaled(Amount(network.carried), stake, network.largest_stake());
        pool.emission = emitted.providers.saturating_add(carried).0;
        emitted
    } else {
        emission::Emission::default()
    };
    let carried = pool.emission.saturating_sub(emitted.providers.0);
    network.carried = network.carried.saturating_sub(carried);
    network.emitted_total = network.emitted_total.saturating_add(emitted.total().0);
    network.next_finalize_epoch = epoch.next().0;
    network.fold_stake(stake, pool.weighed_with_weight);
    pool.state = EpochState::Finalized as u8;

    emit_tokens(network, mint, reserve_vault, reward_vault, emitted.providers.0);
    emit_tokens(network, mint, reserve_vault, keeper_vault, emitted.keepers.0);
    emit!(EpochFinalized {
        network: *network.address(),
        epoch: pool.epoch,
        emission: pool.emission,
        carried,
        keepers: emitted.keepers.0,
        total_weight: pool.total_weight,
        stake: stake.0,
    });
    let each = pool.finalize_bounty;
    let to = keeper_account.as_ref().map(AnchorAccount::account);
    pay_bounty(network, pool, keeper, to, [keeper_vault.account(), mint.account()], 1, each);
    Ok(())
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
