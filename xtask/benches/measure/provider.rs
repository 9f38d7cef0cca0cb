//! What the owner of a provider does, and what others do to it.

use anyhow::Result;
use work_token_localnet::Actor;
use work_token_sdk::{
    ProviderAddresses,
    args::AcceptOwnerArgs,
    ix,
    state::{Provider, VaultKind},
};
use work_token_xtask::bench::measure::within;

use crate::life::{Life, TOKEN};

/// A provider with own stake.
pub fn found(life: &mut Life) -> Result<(ProviderAddresses, Actor)> {
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
    life.measure(within(10_000, "register_provider"), register, &owner)?;
    life.measure("stake_self", ix::stake_self(&provider, owner.tokens, 100_000 * TOKEN), &owner)?;
    life.scenario.send(&[ix::take_place(&provider, 0)], &[&owner])?;
    Ok((provider, owner))
}

/// What the owner sets and takes, and what strangers send.
pub fn terms(life: &mut Life, provider: &ProviderAddresses, owner: &Actor) -> Result<()> {
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
    shared(life, provider, owner)?;
    life.measure("retire", ix::retire(provider), owner)
}

/// Operators of classes, a beneficiary, another owner: nothing of it stays.
fn shared(life: &mut Life, provider: &ProviderAddresses, owner: &Actor) -> Result<()> {
    life.aside(|life| {
        let bank = life.scenario.actor("bank", 0);
        life.scenario.send(&[ix::set_class_operator(provider, 1, Some(bank.address()))], &[owner, &bank])?;
        life.measure("set_class_operator, none", ix::set_class_operator(provider, 1, None), owner)?;
        let terms = ix::BeneficiaryTerms { quota: TOKEN, until_ts: i64::MAX };
        let proposal = ix::propose_beneficiary(provider, Some((bank.address(), terms)));
        life.measure("propose_beneficiary", proposal, owner)?;
        let accept = ix::accept_beneficiary(provider, bank.address(), terms, bank.tokens, None);
        life.measure("accept_beneficiary", accept, &bank)?;
        let to = ix::set_beneficiary_destination(provider, bank.address(), bank.tokens);
        life.measure("set_beneficiary_destination", to, &bank)?;
        life.scenario.change(&provider.provider, |state: &mut Provider| state.own_claimable += 3 * TOKEN);
        life.scenario.chain.give_tokens(&provider.network.vault(VaultKind::Reward), 3 * TOKEN);
        let claim = ix::claim_shared_rewards(provider, owner.tokens, Some(bank.tokens));
        life.measure("claim_provider_rewards, shared", claim, owner)?;
        life.measure("end_beneficiary", ix::end_beneficiary(provider, bank.address()), &bank)?;

        let heir = life.scenario.actor("heir", 0);
        life.measure("propose_owner", ix::propose_owner(provider, Some(heir.address())), owner)?;
        life.scenario.advance(i64::from(life.scenario.network_state().params.unbonding_secs));
        let state = life.scenario.provider_state(provider);
        let args = AcceptOwnerArgs {
            operator: bank.address(),
            reward_destination: heir.tokens,
            min_own_staked: state.own_staked().0,
            max_liabilities: state.own_liabilities().0,
            max_quota: 0,
            max_open_seats: state.open_seats,
            state: state.state,
        };
        life.measure("accept_owner", ix::accept_owner(provider, heir.address(), true, &args), &heir)
    })
}

/// A provider that retires with nothing in it, and is closed 90 epochs later.
pub fn leave_for_good(life: &mut Life) -> Result<()> {
    let owner = life.scenario.actor("leaver", 0);
    let provider = life.scenario.register(&owner, 500, 0)?;
    life.scenario.send(&[ix::retire(&provider)], &[&owner])?;
    life.measure("close_delegation", ix::close_delegation(&provider.own(), owner.address()), &owner)?;
    life.scenario.go_to_epoch(life.scenario.epoch() + 90);
    let stranger = life.scenario.actor("stranger", 0);
    life.measure("close_provider", ix::close_provider(&provider), &stranger)
}
