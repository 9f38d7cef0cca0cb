//! A delegator who comes, earns, and leaves in pieces.

use anyhow::Result;
use work_token_localnet::Actor;
use work_token_sdk::{
    Instruction, PositionAddresses, ProviderAddresses, Pubkey, ix,
    limits::VOICE_SLACK_SECS,
    math::{Amount, Epoch},
    state::{Delegation, PoolKind},
};
use work_token_xtask::bench::measure::{Operation, within};

use crate::life::{Life, TOKEN};

fn delegate(position: &PositionAddresses, from: Pubkey, amount: u64) -> Instruction {
    let max_open_claims = u64::MAX;
    ix::delegate(position, ix::Delegate { from, amount, min_shares_out: 0, max_open_claims })
}

/// Measures an instruction of a provider's position where somebody touched the provider in this epoch, and
/// leaves no trace.
fn touched(
    life: &mut Life,
    operation: Operation,
    (provider, instruction): (&ProviderAddresses, Instruction),
    signer: &Actor,
) -> Result<()> {
    life.aside(|life| {
        let touch = ix::touch_provider(&life.scenario.network.network, provider.provider);
        life.scenario.send(&[touch], &[&life.keeper()])?;
        life.measure(operation, instruction, signer)
    })
}

/// A delegator who comes, earns, and leaves in pieces.
pub fn stake(life: &mut Life, provider: &ProviderAddresses) -> Result<()> {
    let delegator = life.scenario.actor("delegator", 100_000_000 * TOKEN);
    let other = life.scenario.actor("other delegator", 100_000_000 * TOKEN);
    let position = provider.position(delegator.address());
    let first = delegate(&position, delegator.tokens, 200_000 * TOKEN);
    life.aside(|life| {
        life.scenario.next_epoch();
        let name = "delegate, first time, first touch of an epoch";
        life.measure(within(4_450, name), first.clone(), &delegator)
    })?;
    life.measure(within(4_000, "delegate, first time"), first, &delegator)?;
    life.scenario.delegate(&other, provider, 300_000 * TOKEN)?;
    life.scenario.next_epoch();
    life.slash(&provider.provider, PoolKind::Delegated, 7);
    let again = delegate(&position, delegator.tokens, 200_001 * TOKEN);
    touched(life, within(3_050, "delegate, again, touched"), (provider, again.clone()), &delegator)?;
    life.measure(within(3_500, "delegate, again"), again, &delegator)?;
    for epoch in 0..3 {
        life.scenario.crank(epoch, &[provider.provider])?;
        life.scenario.go_to_epoch((epoch + 2).max(life.scenario.epoch()));
    }
    let again = delegate(&position, delegator.tokens, 200_003 * TOKEN);
    life.aside(|life| two_lots_due(life, provider, (&position, again.clone()), &delegator))?;
    life.measure(within(3_500, "delegate, again, two lots due, first touch of an epoch"), again, &delegator)?;
    for epoch in 3..5 {
        life.scenario.go_to_epoch(epoch + 1);
        life.scenario.crank(epoch, &[provider.provider])?;
    }
    life.scenario.next_epoch();
    let claim = ix::claim_rewards(&position, delegator.tokens);
    touched(life, within(2_650, "claim_rewards, touched"), (provider, claim.clone()), &delegator)?;
    life.measure(within(3_100, "claim_rewards"), claim, &delegator)?;
    life.scenario.crank(life.scenario.epoch() - 1, &[provider.provider])?;
    life.scenario.next_epoch();
    life.aside(|life| life.measure("restake", ix::restake(&position, u64::MAX), &delegator))?;
    life.aside(|life| transfer(life, &position, [&delegator, &other]))?;
    life.aside(|life| direct(life, &position, [&delegator, &other]))?;
    life.aside(|life| restake_for(life, provider, &position, &delegator))?;
    life.scenario.send(&[ix::restake(&position, u64::MAX)], &[&delegator])?;
    unbond(life, provider, &position, &delegator)
}

/// What comes to a position of which two lots are due, of epochs whose rewards differ: it is touched for the
/// first time since, though somebody may have touched the provider.
fn two_lots_due(
    life: &mut Life,
    provider: &ProviderAddresses,
    (position, again): (&PositionAddresses, Instruction),
    delegator: &Actor,
) -> Result<()> {
    let claim = ix::claim_rewards(position, delegator.tokens);
    let request = ix::request_unbonding(position, 1, 10_000 * TOKEN);
    touched(life, within(3_500, "delegate, again, two lots due, touched"), (provider, again), delegator)?;
    touched(life, within(3_100, "claim_rewards, two lots due, touched"), (provider, claim.clone()), delegator)?;
    touched(life, within(3_600, "request_unbonding, two lots due, touched"), (provider, request.clone()), delegator)?;
    life.aside(|life| life.measure(within(3_100, "claim_rewards, two lots due"), claim, delegator))?;
    life.measure(within(3_600, "request_unbonding, two lots due"), request, delegator)
}

/// Shares change their holder, both of whom have rewards to credit: to one who holds some, and to a newcomer.
fn transfer(life: &mut Life, position: &PositionAddresses, [giver, receiver]: [&Actor; 2]) -> Result<()> {
    let input = ix::TransferShares { shares: 10_001 * TOKEN, min_value: 1, max_open_claims: u64::MAX };
    let give = |to: &Actor| [ix::transfer_shares(position, to.address(), input)];
    life.measure_signed(within(3_500, "transfer_shares"), &give(receiver), &[giver, receiver])?;
    let newcomer = life.scenario.actor("newcomer", 0);
    life.measure_signed("transfer_shares, to one without a position", &give(&newcomer), &[giver, &newcomer])
}

/// The holder votes itself, and no more: both steps of the return, the second by a stranger.
fn direct(life: &mut Life, position: &PositionAddresses, [delegator, other]: [&Actor; 2]) -> Result<()> {
    let set = |signer: &Actor, on| ix::set_direct(position, signer.address(), on);
    life.measure(within(1_800, "set_direct"), set(delegator, true), delegator)?;
    life.measure("set_direct, back", set(delegator, false), delegator)?;
    life.scenario.advance(i64::from(life.scenario.network_state().params.longest_vote_secs + VOICE_SLACK_SECS));
    life.measure("set_direct, the return", set(other, false), other)
}

/// Rewards become stake without their holders: a delegator's, and those of the owner that are free.
fn restake_for(
    life: &mut Life,
    provider: &ProviderAddresses,
    position: &PositionAddresses,
    delegator: &Actor,
) -> Result<()> {
    life.measure("set_auto_restake", ix::set_auto_restake(position, Some(u64::MAX)), delegator)?;
    let (keeper, paid) = (life.keeper(), life.scenario.paid_keeper());
    life.measure(within(4_500, "restake_for"), ix::restake_for(position, paid), &keeper)?;
    let own = provider.own();
    life.scenario.change(&own.delegation, |position: &mut Delegation| position.set_auto_restake(true, u64::MAX));
    life.measure("restake_for, own rewards", ix::restake_for(&own, paid), &keeper)
}

fn unbond(
    life: &mut Life,
    provider: &ProviderAddresses,
    position: &PositionAddresses,
    delegator: &Actor,
) -> Result<()> {
    life.scenario.next_epoch();
    let request = ix::request_unbonding(position, 1, 10_000 * TOKEN);
    touched(life, within(3_150, "request_unbonding, touched"), (provider, request.clone()), delegator)?;
    life.aside(|life| {
        let nearly_all = life.scenario.position_state(position).total_shares().0 - 1_000 * TOKEN;
        let request = ix::request_unbonding(position, 1, nearly_all);
        let name = "request_unbonding, of lots and active shares, touched";
        touched(life, within(3_150, name), (provider, request.clone()), delegator)?;
        life.measure(within(3_600, "request_unbonding, of lots and active shares"), request, delegator)
    })?;
    life.measure(within(3_600, "request_unbonding"), request, delegator)?;
    for number in 2..=8 {
        life.scenario.send(&[ix::request_unbonding(position, number, 10_000 * TOKEN)], &[delegator])?;
    }
    let joining = ix::request_unbonding(position, 8, 10_000 * TOKEN);
    life.measure(within(3_150, "request_unbonding, into the newest of eight"), joining, delegator)?;
    life.aside(|life| neglected(life, provider, position, delegator))?;
    life.measure("cancel_unbonding", ix::cancel_unbonding(position, 7), delegator)?;
    // Keepers did their work while the tickets matured, and the position is up to date: what is left is the
    // withdrawal.
    for epoch in life.scenario.network_state().next_finalize_epoch..life.scenario.epoch() + 11 {
        life.scenario.go_to_epoch((epoch + 1).max(life.scenario.epoch()));
        life.scenario.crank(epoch, &[provider.provider])?;
    }
    life.scenario.send(&[ix::claim_rewards(position, delegator.tokens)], &[delegator])?;
    life.scenario.next_epoch();
    let withdraw = ix::withdraw_unbonded(position, 1, delegator.tokens);
    touched(life, within(3_050, "withdraw_unbonded, touched"), (provider, withdraw.clone()), delegator)?;
    life.measure(within(3_500, "withdraw_unbonded"), withdraw, delegator)?;
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
    life.measure(within(4_500, "withdraw_unbonded, four open claims"), withdraw, delegator)
}

/// A position with seven tickets and a lot that is due, whose provider nobody has touched for forty epochs:
/// the dearest state that `tests/cases/program/dearest.rs` finds.
fn neglected(
    life: &mut Life,
    provider: &ProviderAddresses,
    position: &PositionAddresses,
    delegator: &Actor,
) -> Result<()> {
    life.scenario.send(&[ix::cancel_unbonding(position, 8)], &[delegator])?;
    for epoch in 0..3 {
        life.scenario.next_epoch();
        life.scenario.crank_all(&[provider.provider])?;
        if epoch == 0 {
            life.scenario.send(&[delegate(position, delegator.tokens, 1_235 * TOKEN)], &[delegator])?;
        }
    }
    (0..40).for_each(|_| life.scenario.next_epoch());
    let done = [
        ("delegate, neglected", delegate(position, delegator.tokens, 1_234 * TOKEN + 567)),
        ("request_unbonding, neglected", ix::request_unbonding(position, 9, 1_234 * TOKEN)),
        ("cancel_unbonding, neglected", ix::cancel_unbonding(position, 1)),
        ("withdraw_unbonded, neglected", ix::withdraw_unbonded(position, 1, delegator.tokens)),
        ("claim_rewards, neglected", ix::claim_rewards(position, delegator.tokens)),
        ("restake, neglected", ix::restake(position, u64::MAX)),
    ];
    for (name, instruction) in done {
        life.aside(|life| life.measure(name, instruction, delegator))?;
    }
    Ok(())
}
