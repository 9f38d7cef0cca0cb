//! One life of a network in a bank of `solana-program-test`: every token movement by the token program's own instructions, the clock turned by
//! its sysvar, nothing written around the rules.

mod chain;

use {
    chain::{Bank, EPOCH, HOUR, TOKEN},
    solana_sdk::signer::Signer,
    work_token_sdk::{
        NetworkAddresses, ProviderAddresses, WorkTokenError, addresses, ix,
        state::{Delegation, EmissionMode, EpochPool, EpochState, Network, Provider, VaultKind},
    },
};

#[tokio::test(flavor = "multi_thread")]
async fn a_network_lives_in_a_bank_from_its_mint_to_the_last_exit() {
    let mut bank = Bank::start().await;
    let (admin, owner, dora) = (bank.person().await, bank.person().await, bank.person().await);

    // A mint, tokens for two, and the authority handed to the network.
    let mint = bank.create_mint(&admin).await;
    let owner_tokens = bank.create_token_account(&mint, &owner).await;
    let dora_tokens = bank.create_token_account(&mint, &dora).await;
    let keeper_tokens = bank.create_token_account(&mint, &admin).await;
    bank.mint_to(&mint, &admin, &owner_tokens, 10_000 * TOKEN).await;
    bank.mint_to(&mint, &admin, &dora_tokens, 20_000 * TOKEN).await;
    let network = NetworkAddresses::derive(&admin.pubkey(), 1, mint, chain::SPL_TOKEN);
    bank.hand_over_mint(&mint, &admin, &network.network).await;

    let create = ix::create_network(
        &network,
        &ix::CreateNetwork {
            creator: admin.pubkey(),
            id: 1,
            emission_mode: EmissionMode::Mint,
            accept_freeze_authority: false,
            admin: admin.pubkey(),
            guardian: admin.pubkey(),
            arbiter: admin.pubkey(),
            params: work_token_localnet::default_params(),
        },
    );
    bank.send(&[create], &[&admin]).await;
    let begins_ts = bank.read::<Network>(&network.network).await.clock_anchor_ts;

    // Epoch 0: a provider registers and stakes, dora delegates.
    let provider = ProviderAddresses::derive(network, owner.pubkey());
    let register = ix::register_provider(
        &provider,
        ix::RegisterProvider {
            operator: admin.pubkey(),
            reward_destination: owner_tokens,
            metadata_hash: [0; 32],
            commission_bps: 1_000,
        },
    );
    bank.send(&[register, ix::stake_self(&provider, owner_tokens, 10_000 * TOKEN)], &[&owner]).await;
    let position = provider.position(dora.pubkey());
    let input =
        ix::Delegate { from: dora_tokens, amount: 20_000 * TOKEN, min_shares_out: 20_000 * TOKEN, max_open_claims: 0 };
    bank.send(&[ix::delegate(&position, input)], &[&dora]).await;
    assert_eq!(bank.balance(&provider.stake_vault).await, 30_000 * TOKEN);

    // Epochs 0 and 1 are cranked in epoch 2.
    let keeper = ix::Keeper { keeper: admin.pubkey(), account: Some(keeper_tokens) };
    bank.set_time(begins_ts + 2 * EPOCH + HOUR);
    for epoch in [0, 1] {
        bank.send(&[ix::open_epoch(&network.network, admin.pubkey(), epoch)], &[&admin]).await;
        bank.send(&[ix::weigh_providers(&network, epoch, keeper, &[provider.provider])], &[&admin]).await;
    }
    bank.send(&[ix::finalize_epoch(&network, 0, keeper)], &[&admin]).await;
    bank.set_time(begins_ts + 2 * EPOCH + 2 * HOUR);
    bank.send(&[ix::finalize_epoch(&network, 1, keeper)], &[&admin]).await;
    for epoch in [0, 1] {
        bank.send(&[ix::settle_providers(&network, epoch, keeper, &[provider.provider])], &[&admin]).await;
    }
    let pool: EpochPool = bank.read(&addresses::epoch_pool(&network.network, 1)).await;
    assert_eq!(
        (pool.state, pool.emission, pool.distributed),
        (EpochState::Finalized as u8, 99_000 * TOKEN, 99_000 * TOKEN)
    );
    assert_eq!(bank.supply(&mint).await, 130_000 * TOKEN);

    // Dora claims: two thirds of the emission, less a tenth.
    bank.send(&[ix::claim_rewards(&position, dora_tokens)], &[&dora]).await;
    let claimed = bank.balance(&dora_tokens).await;
    assert!((59_400 * TOKEN - 1..=59_400 * TOKEN).contains(&claimed));

    // Everybody leaves. Dora is out after ten days, the owner after thirty, its rewards long free.
    let shares = bank.read::<Delegation>(&position.delegation).await.total_shares().0;
    bank.send(&[ix::request_unbonding(&position, 1, shares)], &[&dora]).await;
    let own = provider.own();
    bank.send(&[ix::retire(&provider), ix::request_unbonding(&own, 1, 10_000 * TOKEN)], &[&owner]).await;
    bank.set_time(begins_ts + 12 * EPOCH + 2 * HOUR - 1);
    bank.refuses(&[ix::withdraw_unbonded(&position, 1, dora_tokens)], &[&dora], WorkTokenError::NotMatured).await;
    bank.set_time(begins_ts + 12 * EPOCH + 2 * HOUR);
    bank.send(&[ix::withdraw_unbonded(&position, 1, dora_tokens)], &[&dora]).await;
    bank.send(&[ix::close_delegation(&position, dora.pubkey())], &[&dora]).await;
    bank.set_time(begins_ts + 32 * EPOCH + 2 * HOUR);
    bank.send(&[ix::withdraw_unbonded(&own, 1, owner_tokens)], &[&owner]).await;
    bank.send(&[ix::claim_provider_rewards(&provider, owner_tokens)], &[&owner]).await;
    bank.send(&[ix::close_delegation(&own, owner.pubkey())], &[&owner]).await;
    bank.send(&[ix::sweep_epoch(&network.network, 1), ix::close_epoch(&network.network, 1, admin.pubkey())], &[]).await;

    // Ninety epochs later the provider closes too, and every unit is where it belongs.
    bank.set_time(begins_ts + 92 * EPOCH + 2 * HOUR);
    let dust = bank.read::<Provider>(&provider.provider).await.rewards.owed;
    bank.send(&[ix::close_provider(&provider)], &[]).await;
    for gone in [provider.provider, provider.stake_vault, position.delegation, own.delegation, position.ticket(1).0] {
        assert!(!bank.exists(&gone).await);
    }
    assert_eq!(bank.balance(&owner_tokens).await, (10_000 + 39_600) * TOKEN);
    assert_eq!(bank.balance(&dora_tokens).await, 20_000 * TOKEN + claimed);
    let bounties = bank.balance(&keeper_tokens).await;
    assert_eq!(bounties, 2 * 8_000, "finalizing and settling epoch 1; before it the vault was empty");
    let vault = |kind| network.vault(kind);
    assert_eq!(bank.balance(&vault(VaultKind::Keeper)).await, 1_000 * TOKEN - bounties);
    assert_eq!(bank.balance(&vault(VaultKind::Reward)).await, dust);
    assert_eq!(bank.read::<Network>(&network.network).await.carried, dust);
    let mut all = bank.balance(&owner_tokens).await + bank.balance(&dora_tokens).await + bounties;
    for kind in VaultKind::ALL {
        all += bank.balance(&vault(kind)).await;
    }
    assert_eq!(all, bank.supply(&mint).await);
}
