//! One life of a network in a bank of `solana-program-test`: every token movement by the token program's own
//! instructions, the clock turned by its sysvar, nothing written around the rules.

mod chain;

use {
    chain::Bank,
    solana_sdk::{signature::Keypair, signer::Signer},
    work_token_localnet::{DAY, HOUR, TOKEN, TokenProgram, creation, register_ix},
    work_token_sdk::{
        NetworkAddresses, PositionAddresses, ProviderAddresses, Pubkey, WorkTokenError, addresses, ix,
        presets::NETWORK_PARAMS,
        state::{Delegation, EmissionMode, EpochPool, EpochState, Network, Provider, VaultKind},
    },
};

/// The people and what is theirs.
struct Life {
    bank: Bank,
    admin: Keypair,
    owner: Keypair,
    dora: Keypair,
    owner_tokens: Pubkey,
    dora_tokens: Pubkey,
    keeper_tokens: Pubkey,
    network: NetworkAddresses,
    provider: ProviderAddresses,
    position: PositionAddresses,
    begins_ts: i64,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_lives_in_a_bank_from_its_mint_to_the_last_exit() {
    let mut life = Life::begin().await;
    life.stake().await;
    life.crank_the_first_two_epochs().await;
    let claimed = life.claim().await;
    life.everybody_leaves().await;
    life.every_unit_is_where_it_belongs(claimed).await;
}

impl Life {
    /// A mint, tokens for two, the authority handed to the network, the network itself.
    async fn begin() -> Self {
        let mut bank = Bank::start().await;
        let (admin, owner, dora) = (bank.person().await, bank.person().await, bank.person().await);
        let mint = bank.create_mint(&admin).await;
        let owner_tokens = bank.create_token_account(&mint, &owner).await;
        let dora_tokens = bank.create_token_account(&mint, &dora).await;
        let keeper_tokens = bank.create_token_account(&mint, &admin).await;
        bank.mint_to(&mint, &admin, &owner_tokens, 10_000 * TOKEN).await;
        bank.mint_to(&mint, &admin, &dora_tokens, 20_000 * TOKEN).await;
        let network = NetworkAddresses::derive(&admin.pubkey(), 1, mint, TokenProgram::Spl.id());
        bank.hand_over_mint(&mint, &admin, &network.network).await;
        let input = creation(admin.pubkey(), EmissionMode::Mint, NETWORK_PARAMS);
        for write in ix::draft_params(&network.network, admin.pubkey(), &NETWORK_PARAMS) {
            bank.send(&[write], &[&admin]).await;
        }
        bank.send(&[ix::create_network(&network, &input)], &[&admin]).await;
        let begins_ts = bank.read::<Network>(&network.network).await.clock_anchor_ts;
        let provider = ProviderAddresses::derive(network, owner.pubkey());
        let position = provider.position(dora.pubkey());
        Self {
            bank,
            admin,
            owner,
            dora,
            owner_tokens,
            dora_tokens,
            keeper_tokens,
            network,
            provider,
            position,
            begins_ts,
        }
    }

    fn turn_to(&self, epoch: i64, secs: i64) {
        self.bank.set_time(self.begins_ts + epoch * DAY + secs);
    }

    /// Epoch 0: a provider registers and stakes, dora delegates.
    async fn stake(&mut self) {
        let register = register_ix(&self.provider, self.admin.pubkey(), self.owner_tokens, 1_000);
        let stake = ix::stake_self(&self.provider, self.owner_tokens, 10_000 * TOKEN);
        self.bank.send(&[register, stake, ix::take_place(&self.provider, 0)], &[&self.owner]).await;
        let (from, amount) = (self.dora_tokens, 20_000 * TOKEN);
        let input = ix::Delegate { from, amount, min_shares_out: amount, max_open_claims: 0 };
        let delegate = ix::delegate(&self.position, input);
        self.bank.refuses_to_load_no_more_than_the_program(&delegate, &[&self.dora]).await;
        self.bank.send(&[delegate], &[&self.dora]).await;
        assert_eq!(self.bank.balance(&self.provider.stake_vault).await, 30_000 * TOKEN);
    }

    /// Epochs 0 and 1 are cranked in epoch 2. The first has no weight, the second the whole emission.
    async fn crank_the_first_two_epochs(&mut self) {
        let (network, admin, providers) = (self.network, self.admin.insecure_clone(), [self.provider.provider]);
        let keeper = ix::Keeper { keeper: admin.pubkey(), account: Some(self.keeper_tokens) };
        self.turn_to(2, HOUR);
        for epoch in [0, 1] {
            self.bank.send(&[ix::open_epoch(&network.network, admin.pubkey(), epoch)], &[&admin]).await;
            self.bank.send(&[ix::weigh_providers(&network, epoch, keeper, None, &providers)], &[&admin]).await;
        }
        for epoch in [0, 1] {
            self.turn_to(2, HOUR + i64::from(epoch) * HOUR);
            self.bank.send(&[ix::finalize_epoch(&network, epoch, keeper)], &[&admin]).await;
            self.bank.send(&[ix::settle_providers(&network, epoch, keeper, &providers)], &[&admin]).await;
        }
        let pool: EpochPool = self.bank.read(&addresses::epoch_pool(&network.network, 1)).await;
        assert_eq!((pool.state, pool.emission), (EpochState::Finalized as u8, 99_000 * TOKEN));
        assert_eq!(pool.distributed, pool.emission);
        assert_eq!(self.bank.supply(&network.mint).await, 130_000 * TOKEN);
    }

    /// Two thirds of the emission, less a tenth.
    async fn claim(&mut self) -> u64 {
        self.bank.send(&[ix::claim_rewards(&self.position, self.dora_tokens)], &[&self.dora]).await;
        let claimed = self.bank.balance(&self.dora_tokens).await;
        assert!((59_400 * TOKEN - 1..=59_400 * TOKEN).contains(&claimed));
        claimed
    }

    /// Dora is out after ten days, the owner after thirty, the provider ninety epochs after it retired.
    async fn everybody_leaves(&mut self) {
        let (position, own, provider) = (self.position, self.provider.own(), self.provider);
        let shares = self.bank.read::<Delegation>(&position.delegation).await.total_shares().0;
        self.bank.send(&[ix::request_unbonding(&position, 1, shares)], &[&self.dora]).await;
        let leave = [ix::retire(&provider), ix::request_unbonding(&own, 1, 10_000 * TOKEN)];
        self.bank.send(&leave, &[&self.owner]).await;

        let withdraw = [ix::withdraw_unbonded(&position, 1, self.dora_tokens)];
        self.turn_to(12, 2 * HOUR - 1);
        self.bank.refuses(&withdraw, &[&self.dora], WorkTokenError::NotMatured).await;
        self.turn_to(12, 2 * HOUR);
        self.bank.send(&withdraw, &[&self.dora]).await;
        self.bank.send(&[ix::close_delegation(&position, self.dora.pubkey())], &[&self.dora]).await;

        self.turn_to(37, 2 * HOUR);
        self.bank.send(&[ix::withdraw_unbonded(&own, 1, self.owner_tokens)], &[&self.owner]).await;
        self.bank.send(&[ix::claim_provider_rewards(&provider, self.owner_tokens)], &[]).await;
        self.bank.send(&[ix::close_delegation(&own, self.owner.pubkey())], &[&self.owner]).await;
        let network = self.network.network;
        let end = [ix::sweep_epoch(&network, 1), ix::close_epoch(&network, 1, self.admin.pubkey())];
        self.bank.send(&end, &[]).await;

        self.turn_to(92, 2 * HOUR);
        let dust = self.bank.read::<Provider>(&provider.provider).await.rewards.owed;
        self.bank.send(&[ix::close_provider(&provider)], &[]).await;
        for gone in [provider.provider, provider.stake_vault, position.delegation, own.delegation, position.ticket(1).0]
        {
            assert!(!self.bank.exists(&gone).await);
        }
        assert_eq!(self.bank.read::<Network>(&network).await.carried, dust);
    }

    async fn every_unit_is_where_it_belongs(&mut self, claimed: u64) {
        let owner = self.bank.balance(&self.owner_tokens).await;
        let dora = self.bank.balance(&self.dora_tokens).await;
        let bounties = self.bank.balance(&self.keeper_tokens).await;
        assert_eq!((owner, dora), ((10_000 + 39_600) * TOKEN, 20_000 * TOKEN + claimed));
        assert_eq!(bounties, 2 * 8_000, "for finalizing and settling epoch 1; before it the vault was empty");

        let network: Network = self.bank.read(&self.network.network).await;
        let mut held = Vec::new();
        for vault in self.network.vaults {
            held.push(self.bank.balance(&vault).await);
        }
        assert_eq!(held[VaultKind::Keeper as usize], 1_000 * TOKEN - bounties);
        assert_eq!(held[VaultKind::Reward as usize], network.carried);
        let all = owner + dora + bounties + held.iter().sum::<u64>();
        assert_eq!(all, self.bank.supply(&self.network.mint).await);
    }
}
