//! `set_auto_restake` and `restake_for`: rewards become stake for a holder that wants it and does not come.
//!
//! Rule: a stranger chooses the moment, and no moment harms the holder. Kind: what a stranger does for free
//! to somebody's stake. Looked for at open claims, lots that wait, the bounty, dust, exits, ended
//! generations, a pause, providers in jail or on their way out, and the owner's own pool.

use crate::{position::earned_once, *};

const BOUNTY: u64 = 7_000;

// position-restake-1, position-restake-2
#[test]
fn anybody_turns_what_was_earned_into_stake_for_one_who_asked_for_it_and_is_paid_out_of_it() {
    let (world, ann, dora) = earned_once();
    world.refuses(world.restake_for_ix(&dora), &[], E::NotAutoRestaked);
    world.let_restake(&dora);
    let (before, vault) = (world.balance(&world.scenario.keeper), world.stake_vault(&ann));
    world.send(&[world.restake_for_ix(&dora)], &[]);
    assert_eq!(world.balance(&world.scenario.keeper) - before, BOUNTY);
    let position = world.position(&dora);
    let lot = position.pending[0];
    assert_eq!((position.shares, position.credited, lot.activation_epoch), (10_000 * TOKEN, 0, world.epoch() + 1));
    assert_floor(lot.shares, EMISSION / 2 - BOUNTY);
    assert_eq!(world.stake_vault(&ann), vault + lot.shares);
    world.send(&[ix::set_auto_restake(&dora.at, None)], &[&dora.actor]);
    for _ in 0..4 {
        world.cycle(&[&ann]);
    }
    world.refuses(world.restake_for_ix(&dora), &[], E::NotAutoRestaked);
    assert_invariants(&world);
}

// position-restake-2
#[test]
fn it_happens_at_most_once_in_four_epochs() {
    let (world, ann, dora) = earned_once();
    world.let_restake(&dora);
    world.send(&[world.restake_for_ix(&dora)], &[]);
    for _ in 0..3 {
        world.cycle(&[&ann]);
        world.refuses(world.restake_for_ix(&dora), &[], E::RestakedRecently);
        // To choose it anew changes nothing about that.
        world.let_restake(&dora);
        world.refuses(world.restake_for_ix(&dora), &[], E::RestakedRecently);
    }
    world.cycle(&[&ann]);
    world.send(&[world.restake_for_ix(&dora)], &[]);
    assert_invariants(&world);
}

// position-restake-1
#[test]
fn who_has_left_is_not_drawn_in_again() {
    let (world, ann, dora) = earned_once();
    let eric = world.holder("eric", &ann, 10_000 * TOKEN);
    let fay = world.holder("fay", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    [&dora, &eric, &fay].iter().for_each(|holder| world.let_restake(*holder));
    let ticket = world.request_all(&dora);
    world.refuses(world.restake_for_ix(&dora), &[], E::NotAutoRestaked);
    // Whoever comes back says it again.
    world.cancel(&dora, ticket);
    world.refuses(world.restake_for_ix(&dora), &[], E::NotAutoRestaked);
    world.transfer(&eric, &dora, 10_000 * TOKEN);
    world.refuses(world.restake_for_ix(&eric), &[], E::NotAutoRestaked);
    // Slashed to zero, without a word of its own.
    world.slash(&ann, PoolKind::Delegated, 30_000 * TOKEN);
    world.refuses(world.restake_for_ix(&fay), &[], E::NotAutoRestaked);
    assert_invariants(&world);
}

// position-restake-2
#[test]
fn nothing_is_restaked_under_claims_that_the_holder_does_not_accept() {
    let (world, ann, dora) = earned_once();
    world.let_restake(&dora);
    world.open_claim(&ann, 1, 900 * TOKEN, 500 * TOKEN);
    world.refuses(world.restake_for_ix(&dora), &[], E::OpenClaims);
    let accepting = |most| ix::set_auto_restake(&dora.at, Some(most));
    world.send(&[accepting(500 * TOKEN - 1)], &[&dora.actor]);
    world.refuses(world.restake_for_ix(&dora), &[], E::OpenClaims);
    world.send(&[accepting(500 * TOKEN)], &[&dora.actor]);
    world.send(&[world.restake_for_ix(&dora)], &[]);
    assert_invariants(&world);
}

// position-restake-2: a third lot would take the newer one along to its own epoch.
#[test]
fn a_stranger_moves_no_lot_of_somebody() {
    let (world, ann, dora) = earned_once();
    world.let_restake(&dora);
    world.give(dora.actor.tokens, 2_000 * TOKEN);
    world.delegate(&dora, 1_000 * TOKEN);
    world.next_epoch();
    world.refuses(world.restake_for_ix(&dora), &[], E::LotWaits);
    world.crank(2, &[&ann]);
    // The lot is active now; one of the same epoch takes the reward in.
    world.delegate(&dora, 1_000 * TOKEN);
    world.send(&[world.restake_for_ix(&dora)], &[]);
    let position = world.position(&dora);
    assert_eq!((position.shares, position.pending[1].shares), (11_000 * TOKEN, 0));
    assert_eq!(position.pending[0].activation_epoch, world.epoch() + 1);
    assert_invariants(&world);
}

// position-restake-2
#[test]
fn dust_waits_until_it_is_worth_a_deposit() {
    let world = World::with(|options| options.mode = EmissionMode::Reserve);
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.let_restake(&dora);
    // The delegator gets half of what is left after the keepers' percent: a unit less than a hundredth of its
    // position, then more.
    let earn = |amount: u64| {
        world.give(world.scenario.network.vault(VaultKind::Reserve), amount * 2 * 100 / 99);
        world.cycle(&[&ann]);
    };
    earn(99 * TOKEN);
    world.refuses(world.restake_for_ix(&dora), &[], E::TooLittleToRestake);
    earn(2 * TOKEN);
    world.send(&[world.restake_for_ix(&dora)], &[]);
    assert_invariants(&world);
}

// position-restake-2
#[test]
fn a_keeper_that_cannot_be_paid_restakes_all_of_it() {
    let (world, _, dora) = earned_once();
    world.let_restake(&dora);
    let unpaid = ix::Keeper { keeper: world.scenario.keeper.address(), account: None };
    world.send(&[ix::restake_for(&dora.at, unpaid)], &[]);
    assert_floor(world.position(&dora).pending[0].shares, EMISSION / 2);
    assert_invariants(&world);
}

// position-restake-2
#[test]
fn nothing_is_restaked_while_paused_frozen_or_into_a_provider_that_is_not_active() {
    let (world, ann, dora) = earned_once();
    world.let_restake(&dora);
    let (network, admin) = (world.scenario.network.network, &world.scenario.admin);
    world.send(&[ix::pause(&network, admin.address(), 3_600)], &[admin]);
    world.refuses(world.restake_for_ix(&dora), &[], E::Paused);
    world.send(&[ix::unpause(&network, admin.address())], &[admin]);
    for vault in [world.scenario.network.vault(VaultKind::Reward), ann.at.stake_vault] {
        world.set_frozen(&vault, true);
        world.refuses(world.restake_for_ix(&dora), &[], E::TokenAccountFrozen);
        world.set_frozen(&vault, false);
    }
    let active = world.provider(&ann);
    world.edit_provider(&ann, |provider| provider.state = ProviderState::Jailed as u8);
    world.refuses(world.restake_for_ix(&dora), &[], E::ProviderNotActive);
    world.edit_provider(&ann, |provider| provider.state = active.state);
    world.retire(&ann);
    world.refuses(world.restake_for_ix(&dora), &[], E::ProviderNotActive);
    assert_invariants(&world);
}

// position-restake-3
#[test]
fn own_rewards_that_are_free_become_own_stake() {
    let (world, ann, _) = earned_once();
    world.let_restake(&ann);
    world.pass(14 * DAY);
    let (before, keeper) = (world.provider(&ann), world.balance(&world.scenario.keeper));
    let free = work_token_sdk::view::owner_claim(&world.network(), &before, world.now()).free;
    world.send(&[world.restake_for_ix(&ann)], &[]);
    let (after, position) = (world.provider(&ann), world.position(&ann));
    assert_eq!(after.own.tokens, before.own.tokens + free - BOUNTY);
    assert_eq!((position.shares, world.balance(&world.scenario.keeper) - keeper), (after.own.shares, BOUNTY));
    assert!(free > 0 && after.delegated == before.delegated);
    world.pass(4 * DAY);
    world.refuses(world.restake_for_ix(&ann), &[], E::NothingToClaim);
    assert_invariants(&world);
}

// position-restake-3: else an owner would take the beneficiary's part by restaking it.
#[test]
fn own_rewards_that_a_beneficiary_shares_are_not_restaked() {
    let (world, ann, _) = earned_once();
    world.let_restake(&ann);
    world.pass(14 * DAY);
    let flags = world.provider(&ann).flags;
    world.edit_provider(&ann, |provider| {
        provider.flags |= work_token_sdk::state::provider::provider_flags::HAS_BENEFICIARY;
    });
    world.refuses(world.restake_for_ix(&ann), &[], E::RewardsShared);
    world.edit_provider(&ann, |provider| provider.flags = flags);
    assert_invariants(&world);
}

// position-restake-3
#[test]
fn a_claim_on_the_own_pool_keeps_own_rewards_from_being_restaked_and_a_debt_comes_first() {
    let (world, ann, _) = earned_once();
    world.let_restake(&ann);
    world.pass(14 * DAY);
    world.open_claim(&ann, 1, 1, 0);
    world.refuses(world.restake_for_ix(&ann), &[], E::OpenClaims);
    world.drop_claim(&ann, 1);
    let free = work_token_sdk::view::owner_claim(&world.network(), &world.provider(&ann), world.now()).free;
    let debt = free - 200 * TOKEN;
    world.edit_provider(&ann, |provider| provider.slash_debt = debt);
    let before = world.provider(&ann);
    world.send(&[world.restake_for_ix(&ann)], &[]);
    let after = world.provider(&ann);
    assert_eq!((after.slash_debt, after.work.burn_due), (0, before.work.burn_due + debt));
    assert_eq!(after.own.tokens, before.own.tokens + 200 * TOKEN - BOUNTY);
}
