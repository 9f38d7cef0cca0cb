//! One life of a network in which every instruction is sent once, in a state that makes it work: pools slashed once, so that a share is not a
//! token; an epoch since the last touch; lots that are due; keepers that are paid.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, anyhow};
use solana_sdk::{message::Message, transaction::Transaction};
use work_token_localnet::{Actor, Localnet, Scenario, ScenarioOptions, TokenProgram};
use work_token_sdk::{
    Instruction, PositionAddresses, ProviderAddresses, Pubkey, ix,
    math::{Amount, Epoch},
    state::{AuthorityRole, NetworkParams, PoolKind, Provider, VaultKind},
    transport::Transport,
};
use work_token_xtask::bench::measure::{Sample, Tokens};

use crate::{disputes, scores, work};

pub const TOKEN: u64 = 1_000_000;
const DAY: i64 = 86_400;

/// A scenario whose transactions are measured.
pub struct Life {
    pub scenario: Scenario,
    pub samples: BTreeMap<&'static str, Sample>,
}

impl Life {
    /// Of a scenario in which nothing was measured yet.
    pub fn of(scenario: Scenario) -> Self {
        Self { scenario, samples: BTreeMap::new() }
    }

    /// The keeper, to sign with.
    pub fn keeper(&self) -> Actor {
        copy(&self.scenario.keeper)
    }

    /// The admin, to sign with.
    pub fn admin(&self) -> Actor {
        copy(&self.scenario.admin)
    }

    /// Sends one instruction, its signer paying the fee, and keeps what it cost where it cost most.
    pub fn measure(&mut self, name: &'static str, instruction: Instruction, signer: &Actor) -> Result<()> {
        let accounts = instruction.accounts.len();
        let blockhash = self.scenario.chain.latest_blockhash()?;
        let message = Message::new(&[instruction], Some(&signer.address()));
        let transaction = Transaction::new(&[&signer.key], message, blockhash);
        let tx_bytes = 1 + 64 * transaction.signatures.len() + transaction.message_data().len();
        let outcome = self
            .scenario
            .chain
            .send(&transaction)
            .map_err(|error| anyhow!("{error}"))
            .with_context(|| format!("in {name}"))?;
        let sample = Sample { cu: outcome.compute_units, tx_bytes, accounts };
        let dearest = self.samples.entry(name).or_insert(sample);
        if dearest.cu < sample.cu {
            *dearest = sample;
        }
        Ok(())
    }

    /// Slashes a pool a little, so that its shares are worth less than a token.
    fn slash(&self, provider: &Pubkey, kind: PoolKind, part: u64) {
        let mut state: Provider = self.scenario.read(provider);
        let amount = state.pool(kind).tokens / part + 13;
        state.slash(kind, Amount(amount));
        self.scenario.write(provider, &state);
    }
}

fn copy(actor: &Actor) -> Actor {
    Actor { key: actor.key.insecure_clone(), tokens: actor.tokens }
}

/// Lives it and returns what each operation cost.
pub fn live(tokens: Tokens, key_set: u64) -> Result<BTreeMap<&'static str, Sample>> {
    let program = match tokens {
        Tokens::SplToken => TokenProgram::Spl,
        Tokens::Token2022 => TokenProgram::Token2022,
    };
    let options = ScenarioOptions { seed: key_set + 1, program, ..ScenarioOptions::default() };
    let scenario = Scenario::before_creation(Localnet::start(options.now_ts)?, &options);
    let mut life = Life::of(scenario);
    let admin = life.scenario.actor("admin again", 0);
    let creator = life.admin();
    life.measure("create_network", life.scenario.create_network(&options), &creator)?;
    let (provider, owner) = found(&mut life)?;
    stake(&mut life, &provider)?;
    terms(&mut life, &provider, &owner)?;
    crank(&mut life)?;
    govern(&mut life, &creator, &admin, &options.params)?;
    leave_for_good(&mut life)?;
    life.samples.extend(work::live(&options)?.samples);
    life.samples.extend(scores::live(&options)?.samples);
    life.samples.extend(disputes::live(&options)?.samples);
    Ok(life.samples)
}

/// A provider with own stake.
fn found(life: &mut Life) -> Result<(ProviderAddresses, Actor)> {
    let owner = life.scenario.actor("owner", 10_000_000 * TOKEN);
    let provider = ProviderAddresses::derive(life.scenario.network, owner.address());
    let register = ix::register_provider(
        &provider,
        ix::RegisterProvider {
            operator: life.scenario.keeper.address(),
            reward_destination: owner.tokens,
            metadata_hash: [7; 32],
            commission_bps: 1_000,
        },
    );
    life.measure("register_provider", register, &owner)?;
    life.measure("stake_self", ix::stake_self(&provider, owner.tokens, 100_000 * TOKEN), &owner)?;
    life.scenario.send(&[ix::take_seat(&provider, 0)], &[&owner])?;
    Ok((provider, owner))
}

fn delegate(position: &PositionAddresses, from: Pubkey, amount: u64) -> Instruction {
    let max_open_claims = u64::MAX;
    ix::delegate(position, ix::Delegate { from, amount, min_shares_out: 0, max_open_claims })
}

/// A delegator who comes, earns, and leaves in pieces.
fn stake(life: &mut Life, provider: &ProviderAddresses) -> Result<()> {
    let delegator = life.scenario.actor("delegator", 100_000_000 * TOKEN);
    let other = life.scenario.actor("other delegator", 100_000_000 * TOKEN);
    let position = provider.position(delegator.address());
    life.measure("delegate, first time", delegate(&position, delegator.tokens, 200_000 * TOKEN), &delegator)?;
    life.scenario.delegate(&other, provider, 300_000 * TOKEN)?;
    life.scenario.next_epoch();
    life.slash(&provider.provider, PoolKind::Delegated, 7);
    life.measure("delegate, again", delegate(&position, delegator.tokens, 200_001 * TOKEN), &delegator)?;
    for epoch in 0..3 {
        life.scenario.crank(epoch, &[provider.provider])?;
        life.scenario.go_to_epoch((epoch + 2).max(life.scenario.epoch()));
    }
    let again = delegate(&position, delegator.tokens, 200_003 * TOKEN);
    life.measure("delegate, again, two lots due, first touch of an epoch", again, &delegator)?;
    for epoch in 3..5 {
        life.scenario.go_to_epoch(epoch + 1);
        life.scenario.crank(epoch, &[provider.provider])?;
    }
    life.scenario.next_epoch();
    life.measure("claim_rewards", ix::claim_rewards(&position, delegator.tokens), &delegator)?;
    life.scenario.crank(life.scenario.epoch() - 1, &[provider.provider])?;
    life.scenario.next_epoch();
    life.measure("restake", ix::restake(&position, u64::MAX), &delegator)?;
    unbond(life, provider, &position, &delegator)
}

fn unbond(
    life: &mut Life,
    provider: &ProviderAddresses,
    position: &PositionAddresses,
    delegator: &Actor,
) -> Result<()> {
    life.scenario.next_epoch();
    life.measure("request_unbonding", ix::request_unbonding(position, 1, 10_000 * TOKEN), delegator)?;
    for number in 2..=8 {
        life.scenario.send(&[ix::request_unbonding(position, number, 10_000 * TOKEN)], &[delegator])?;
    }
    let joining = ix::request_unbonding(position, 8, 10_000 * TOKEN);
    life.measure("request_unbonding, into the newest of eight", joining, delegator)?;
    life.measure("cancel_unbonding", ix::cancel_unbonding(position, 7), delegator)?;
    // Keepers did their work while the tickets matured, and the position is up to date: what is left is the withdrawal.
    for epoch in life.scenario.network_state().next_finalize_epoch..life.scenario.epoch() + 11 {
        life.scenario.go_to_epoch((epoch + 1).max(life.scenario.epoch()));
        life.scenario.crank(epoch, &[provider.provider])?;
    }
    life.scenario.send(&[ix::claim_rewards(position, delegator.tokens)], &[delegator])?;
    life.scenario.next_epoch();
    life.measure("withdraw_unbonded", ix::withdraw_unbonded(position, 1, delegator.tokens), delegator)?;
    let mut state = life.scenario.provider_state(provider);
    for claim in 1..=4 {
        // No epoch's rewards are frozen.
        state.open_claim(claim, true, (Epoch(u32::MAX), Epoch(u32::MAX)), (0, i64::MAX));
        state.join_claim(claim);
        state.reserve(claim, Amount(5), Amount(12_345 * TOKEN + 7));
    }
    life.scenario.write(&provider.provider, &state);
    life.scenario.next_epoch();
    let withdraw = ix::withdraw_unbonded(position, 2, delegator.tokens);
    life.measure("withdraw_unbonded, four open claims", withdraw, delegator)
}

/// What the owner sets and takes, and what strangers send.
fn terms(life: &mut Life, provider: &ProviderAddresses, owner: &Actor) -> Result<()> {
    life.measure("claim_provider_rewards", ix::claim_provider_rewards(provider, owner.tokens), owner)?;
    life.scenario.next_epoch();
    life.measure("announce_commission", ix::announce_commission(provider, 1_400), owner)?;
    life.measure("set_operator", ix::set_operator(provider, life.scenario.admin.address()), owner)?;
    life.measure("set_reward_destination", ix::set_reward_destination(provider, owner.tokens), owner)?;
    life.scenario.chain.give_tokens(&provider.stake_vault, 5 * TOKEN);
    let stranger = life.scenario.actor("stranger", 0);
    life.measure("sweep_surplus", ix::sweep_surplus(provider), &stranger)?;
    let network = life.scenario.network.network;
    life.scenario.next_epoch();
    life.measure("touch_provider", ix::touch_provider(&network, provider.provider), &stranger)?;
    life.scenario.go_to_epoch(life.scenario.epoch() + 501);
    life.measure(
        "touch_provider, after 500 missed epochs",
        ix::touch_provider(&network, provider.provider),
        &stranger,
    )?;
    life.scenario.next_epoch();
    life.measure("retire", ix::retire(provider), owner)
}

/// An epoch of 32 slashed providers with delegators, cranked for pay, and what is left of it.
fn crank(life: &mut Life) -> Result<()> {
    let delegator = life.scenario.actor("crowd", 1_000_000 * TOKEN);
    let mut providers = Vec::new();
    for index in 0..32 {
        let owner = life.scenario.actor(&format!("owner {index}"), 1_000_000 * TOKEN);
        let provider = life.scenario.register(&owner, 500, 50_000 * TOKEN)?;
        life.scenario.delegate(&delegator, &provider, 1_000 * TOKEN + index)?;
        life.slash(&provider.provider, PoolKind::Delegated, 9);
        providers.push(provider);
    }
    let first = providers.first().context("32 providers")?.position(delegator.address());
    let keys: Vec<Pubkey> = providers.iter().map(|provider| provider.provider).collect();
    let keeper = life.keeper();
    let (network, paid) = (life.scenario.network, life.scenario.paid_keeper());
    life.scenario.chain.give_tokens(&network.vault(VaultKind::Keeper), 1_000 * TOKEN);
    // The epochs that nobody cranked have left; the oldest that can be opened must be finalized next, so the clock is told otherwise.
    life.scenario.next_epoch();
    let epoch = life.scenario.epoch();
    life.scenario.next_epoch();
    let mut state = life.scenario.network_state();
    state.next_finalize_epoch = epoch;
    life.scenario.write(&network.network, &state);

    life.measure("open_epoch", ix::open_epoch(&network.network, keeper.address(), epoch), &keeper)?;
    life.scenario.chain.advance(3_600);
    let (eight, more) = keys.split_at(8);
    life.measure("weigh_providers, 8 with bounty", ix::weigh_providers(&network, epoch, paid, None, eight), &keeper)?;
    life.measure("weigh_providers, 24 with bounty", ix::weigh_providers(&network, epoch, paid, None, more), &keeper)?;
    life.scenario.chain.advance(3_600);
    life.measure("finalize_epoch", ix::finalize_epoch(&network, epoch, paid), &keeper)?;
    life.measure("settle_providers, 8 with bounty", ix::settle_providers(&network, epoch, paid, eight), &keeper)?;
    life.measure("settle_providers, 24 with bounty", ix::settle_providers(&network, epoch, paid, more), &keeper)?;
    life.measure("activate_delegation, with bounty", ix::activate_delegation(&first, paid), &keeper)?;
    life.scenario.go_to_epoch(epoch + 9);
    life.measure("sweep_epoch", ix::sweep_epoch(&network.network, epoch), &keeper)?;
    let other = life.scenario.actor("closer", 0);
    life.measure("close_epoch", ix::close_epoch(&network.network, epoch, keeper.address()), &other)
}

/// Pause, authorities, parameters, treasury.
fn govern(life: &mut Life, admin: &Actor, next: &Actor, params: &NetworkParams) -> Result<()> {
    let addresses = life.scenario.network;
    let network = addresses.network;
    life.scenario.chain.give_tokens(&addresses.vault(VaultKind::Treasury), 10 * TOKEN);
    life.measure("pay_treasury", ix::pay_treasury(&addresses, admin.address(), next.tokens, TOKEN), admin)?;
    life.measure("pause", ix::pause(&network, admin.address(), 3_600), admin)?;
    life.measure("unpause", ix::unpause(&network, admin.address()), admin)?;
    let role = AuthorityRole::Guardian;
    life.measure("propose_authority", ix::propose_authority(&network, admin.address(), role, next.address()), admin)?;
    life.scenario.chain.advance(3 * DAY);
    life.measure("accept_authority", ix::accept_authority(&network, next.address(), role), next)?;
    let changed = NetworkParams { emission_per_epoch: params.emission_per_epoch + TOKEN, ..*params };
    let propose = |number| ix::propose_params(&network, admin.address(), admin.address(), number, &changed);
    life.measure("propose_params", propose(1), admin)?;
    life.scenario.send(&[propose(2)], &[admin])?;
    life.measure("cancel_params", ix::cancel_params(&network, admin.address(), 2, admin.address()), admin)?;
    life.scenario.chain.advance(3 * DAY);
    life.scenario.send(&life.scenario.open_due_ix(), &[])?;
    life.measure("execute_params", ix::execute_params(&addresses, 1, admin.address()), next)
}

/// A provider that retires with nothing in it, and is closed 90 epochs later.
fn leave_for_good(life: &mut Life) -> Result<()> {
    let owner = life.scenario.actor("leaver", 0);
    let provider = life.scenario.register(&owner, 500, 0)?;
    life.scenario.send(&[ix::retire(&provider)], &[&owner])?;
    life.measure("close_delegation", ix::close_delegation(&provider.own(), owner.address()), &owner)?;
    life.scenario.go_to_epoch(life.scenario.epoch() + 90);
    let stranger = life.scenario.actor("stranger", 0);
    life.measure("close_provider", ix::close_provider(&provider), &stranger)
}
