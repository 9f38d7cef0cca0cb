//! What do I own, and what can I claim?

use {
    crate::world::*,
    work_token_sdk::{WorkTokenError, ix, state::PoolKind, view},
};

#[test]
fn the_claim_that_is_shown_is_paid_to_the_unit() {
    let world = World::new();
    let alice = world.delegate(&world.alice, 5_000);
    let bob = world.delegate(&world.bob, 7_777);
    world.pass_epochs(3);
    world.delegate(&world.alice, 3_333);
    world.pass_epochs(2);
    for (position, actor) in [(&alice, &world.alice), (&bob, &world.bob)] {
        let state = world.state(position);
        let shown = view::claim(&state.at());
        assert!(shown.amount > 0 && shown.amount == view::holdings(&state.at()).claimable);
        assert_eq!(world.paid(ix::claim_rewards(position, actor.tokens), actor), shown.amount);
        assert_eq!(view::claim(&world.state(position).at()).amount, 0);
    }
}

#[test]
fn nothing_to_claim_is_shown_as_zero_and_refused_as_such() {
    let world = World::new();
    let alice = world.delegate(&world.alice, 5_000);
    assert_eq!(view::claim(&world.state(&alice).at()).amount, 0);
    assert_eq!(
        world.refusal(ix::claim_rewards(&alice, world.alice.tokens), &world.alice),
        WorkTokenError::NothingToClaim
    );
}

#[test]
fn the_claim_says_how_many_ended_epochs_nobody_has_cranked() {
    let world = World::new();
    let alice = world.delegate(&world.alice, 5_000);
    world.pass_epochs(2);
    assert_eq!(view::claim(&world.state(&alice).at()).unsettled_epochs, 0);
    for _ in 0..3 {
        world.next_epoch();
    }
    let shown = view::claim(&world.state(&alice).at());
    assert_eq!((shown.unsettled_epoch, shown.unsettled_epochs), (FIRST_EPOCH + 2, 3));
}

#[test]
fn restake_is_refused_by_the_rule_that_the_view_names_and_accepted_when_it_names_none() {
    let world = World::new();
    let alice = world.delegate(&world.alice, 5_000);
    let restake = || ix::restake(&alice, 0);
    assert_eq!(view::claim(&world.state(&alice).at()).restake_refusal, Some(WorkTokenError::NothingToClaim));
    assert_eq!(world.refusal(restake(), &world.alice), WorkTokenError::NothingToClaim);

    world.pass_epochs(2);
    world.edit_provider(|provider| (provider.reservations[0].claim, provider.reservations[0].delegated) = (1, 5));
    assert_eq!(view::claim(&world.state(&alice).at()).restake_refusal, Some(WorkTokenError::OpenClaims));
    assert_eq!(world.refusal(restake(), &world.alice), WorkTokenError::OpenClaims);

    world.edit_provider(|provider| provider.reservations = bytemuck::Zeroable::zeroed());
    let shown = view::claim(&world.state(&alice).at());
    assert_eq!(shown.restake_refusal, None);
    world.send(restake(), &world.alice);
    let holdings = view::holdings(&world.state(&alice).at());
    assert_eq!((holdings.value, holdings.claimable), (5_000 * TOKEN + shown.amount, 0));
}

#[test]
fn the_owners_free_rewards_are_paid_to_the_unit_at_any_second_and_the_schedule_holds() {
    let world = World::new();
    world.delegate(&world.alice, 5_000);
    world.pass_epochs(4);
    let provider = || world.provider_state();
    let network = world.network_state();
    for wait_secs in [1, 59, 3_601, 40_000] {
        world.advance(wait_secs);
        let shown = view::owner_claim(&network, &provider(), world.now());
        let claim = ix::claim_provider_rewards(&world.provider, world.owner.tokens);
        assert_eq!(world.paid(claim, &world.owner), shown.free);
    }
    let shown = view::owner_claim(&network, &provider(), world.now());
    assert_eq!(shown.free, 0);
    let steps = shown.steps(&provider());
    assert_eq!(steps.last().map(|step| Some(step.0)), Some(shown.all_free_at_ts));
    assert_eq!(steps.last().map(|step| step.1), Some(shown.vesting));

    world.set_now(shown.all_free_at_ts.expect("something vests") - 1);
    let before = view::owner_claim(&network, &provider(), world.now());
    assert!(before.vesting > 0);
    world.advance(1);
    let after = view::owner_claim(&network, &provider(), world.now());
    assert_eq!((after.vesting, after.all_free_at_ts), (0, None));
    let claim = ix::claim_provider_rewards(&world.provider, world.owner.tokens);
    assert_eq!(world.paid(claim, &world.owner), after.free);
}

#[test]
fn holdings_tell_active_stake_pending_lots_and_tickets_apart() {
    let world = World::new();
    let alice = world.delegate(&world.alice, 1_000);
    world.pass_epochs(2);
    world.delegate(&world.alice, 500);
    world.send(ix::request_unbonding(&alice, 1, 200 * TOKEN), &world.alice);
    let state = world.state(&alice);
    let shown = view::holdings(&state.at());
    assert_eq!((shown.active_shares, shown.shares, shown.value), (1_000 * TOKEN, 1_300 * TOKEN, 1_300 * TOKEN));
    assert_eq!((shown.lots.len(), shown.lots[0].shares), (1, 300 * TOKEN), "the newest lot leaves first");
    assert_eq!((shown.lots[0].earns_from_epoch, shown.tickets[0].value), (FIRST_EPOCH + 3, 200 * TOKEN));
    assert_eq!(shown.total(), 1_500 * TOKEN + shown.claimable);
    world.go_to_epoch(FIRST_EPOCH + 3);
    assert_eq!(shown.lots[0].earns_from_ts, world.now());
}

#[test]
fn what_a_wiped_pool_leaves_is_shown_as_nothing_but_its_rewards() {
    let world = World::new();
    let alice = world.delegate(&world.alice, 1_000);
    world.pass_epochs(3);
    world.send(ix::request_unbonding(&alice, 1, 200 * TOKEN), &world.alice);
    let claimable = view::claim(&world.state(&alice).at()).amount;
    world.slash(PoolKind::Delegated, u64::MAX);
    let shown = view::holdings(&world.state(&alice).at());
    assert_eq!((shown.value, shown.wiped_shares, shown.claimable), (0, 800 * TOKEN, claimable));
    assert!(shown.tickets[0].is_void && shown.tickets[0].value == 0);
    assert_eq!(shown.total(), claimable);
}
