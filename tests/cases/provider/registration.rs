//! Registering a provider, and its owner's settings.

use crate::*;
use work_token_sdk::{ProviderAddresses, math::Epoch};

fn registration(commission_bps: u16, operator: Pubkey) -> ix::RegisterProvider {
    ix::RegisterProvider { operator, reward_destination: Pubkey::default(), metadata_hash: [3; 32], commission_bps }
}

#[test]
fn a_registered_provider_is_a_candidate_starts_low_and_is_empty() {
    let world = World::new();
    world.go_to_epoch(3);
    let ann = world.owner("ann", 5_000, 0);
    let provider = world.provider(&ann);
    assert_eq!(provider.state, ProviderState::Candidate as u8);
    assert_eq!((provider.reputation.score_ppm, provider.reputation.tier, provider.commission_bps), (200_000, 0, 5_000));
    assert!(!provider.place.is_held() && !provider.place.is_held_in(Epoch(3)));
    assert_eq!((provider.registered_epoch, provider.last_touched_epoch, provider.rewards.unsettled_epoch), (3, 3, 3));
    assert_eq!((provider.live_positions, provider.own.shares, provider.delegated.shares), (1, 0, 0));
    assert_eq!(world.position(&ann).pool_kind(), PoolKind::Own);
    assert_eq!(world.stake_vault(&ann), 0);
    assert_invariants(&world);
}

#[test]
fn a_commission_of_more_than_half_is_refused() {
    let world = World::new();
    let actor = world.actor("ann", 0);
    let at = ProviderAddresses::derive(world.scenario.network, actor.address());
    for commission in [5_001, 10_000, u16::MAX] {
        let register = ix::register_provider(&at, registration(commission, Pubkey::default()));
        world.refuses(register, &[&actor], E::CommissionAboveMaximum);
    }
    assert_invariants(&world);
}

#[test]
fn the_operator_is_never_the_owner() {
    let world = World::new();
    let actor = world.actor("ann", 0);
    let at = ProviderAddresses::derive(world.scenario.network, actor.address());
    world.refuses(ix::register_provider(&at, registration(0, actor.address())), &[&actor], E::OperatorIsOwner);

    let ben = world.owner("ben", 0, 0);
    world.refuses(ix::set_operator(&ben.at, ben.actor.address()), &[&ben.actor], E::OperatorIsOwner);
    world.send(&[ix::set_operator(&ben.at, actor.address())], &[&ben.actor]);
    assert_eq!(world.provider(&ben).operator, actor.address());
    assert_invariants(&world);
}

#[test]
fn an_owner_has_one_provider_in_a_network() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let again = ix::register_provider(&ann.at, registration(0, Pubkey::default()));
    world.refuses(again, &[&ann.actor], E::AccountExists);
    assert_invariants(&world);
}

#[test]
fn a_provider_stands_only_at_the_canonical_address_of_its_owner() {
    let world = World::new();
    let actor = world.actor("ann", 0);
    let mut at = ProviderAddresses::derive(world.scenario.network, actor.address());
    at.provider = Pubkey::new_from_array([5; 32]);
    world.refuses(ix::register_provider(&at, registration(0, Pubkey::default())), &[&actor], E::WrongAddress);
    assert_invariants(&world);
}

#[test]
fn only_the_owner_sets_what_is_the_owners() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let eve = world.actor("eve", 0);
    let in_eves_name = |mut instruction: work_token_sdk::Instruction| {
        instruction.accounts[0].pubkey = eve.address();
        instruction
    };
    for instruction in [
        ix::announce_commission(&ann.at, 100),
        ix::set_operator(&ann.at, eve.address()),
        ix::set_reward_destination(&ann.at, eve.tokens),
        ix::retire(&ann.at),
    ] {
        world.refuses(in_eves_name(instruction), &[&eve], E::NotTheProviderOwner);
    }
    world.give(eve.tokens, 10_000 * TOKEN);
    let stake = in_eves_name(ix::stake_self(&ann.at, eve.tokens, 10_000 * TOKEN));
    world.refuses(stake, &[&eve], E::NotTheOwner);
    assert_invariants(&world);
}

#[test]
fn the_operator_has_no_power_over_funds() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let operator = world.actor("hot key", 0);
    world.send(&[ix::set_operator(&ann.at, operator.address())], &[&ann.actor]);
    let as_operator = |mut instruction: work_token_sdk::Instruction| {
        instruction.accounts[0].pubkey = operator.address();
        instruction
    };
    let leave = as_operator(world.request_ix(&ann, 10_000 * TOKEN).0);
    world.refuses(leave, &[&operator], E::NotTheOwner);
    world.refuses(ix::claim_provider_rewards(&ann.at, operator.tokens), &[], E::NotTheTokenOwner);
    assert_invariants(&world);
}

#[test]
fn rewards_never_go_to_the_stake_vault() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let set = ix::set_reward_destination(&ann.at, ann.at.stake_vault);
    world.refuses(set, &[&ann.actor], E::VaultAsDestination);
    assert_invariants(&world);
}
