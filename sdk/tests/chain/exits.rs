//! When can I leave, what does it pay, what does it forfeit?

use {
    crate::world::*,
    work_token_sdk::{
        WorkTokenError,
        events::Event,
        ix,
        math::{Amount, slash::Loss},
        state::{PoolKind, Provider, ProviderState},
        view::{self, NoWeight},
    },
};

#[test]
fn a_ticket_can_be_withdrawn_from_the_shown_second_on_and_not_one_earlier() {
    let world = World::new();
    let alice = world.delegate(&world.alice, 1_000);
    world.pass_epochs(1);
    world.advance(12_345);
    let shown = world.leave(&alice, Some(300 * TOKEN), &[]);
    assert_eq!((shown.ticket_number, shown.refusal), (1, None));
    world.send(ix::request_unbonding(&alice, shown.ticket_number, shown.shares), &world.alice);

    let exit = view::exits(&world.state(&alice).at())[0];
    assert_eq!((exit.matures_at_ts, exit.wait_secs), (shown.matures_at_ts, 10 * 86_400));
    let withdraw = || ix::withdraw_unbonded(&alice, 1, world.alice.tokens);
    world.set_now(exit.matures_at_ts - 1);
    assert_eq!(view::exits(&world.state(&alice).at())[0].wait_secs, 1);
    assert_eq!(world.refusal(withdraw(), &world.alice), WorkTokenError::NotMatured);
    world.advance(1);
    assert_eq!(view::exits(&world.state(&alice).at())[0].wait_secs, 0);
    assert_eq!(world.paid(withdraw(), &world.alice), exit.pays);
}

#[test]
fn the_owners_stake_leaves_by_its_own_longer_time() {
    let world = World::new();
    let own = world.provider.own();
    let shown = world.leave(&own, None, &[]);
    assert_eq!(shown.matures_at_ts, world.now() + 35 * 86_400);
    assert!(shown.forfeits.is_empty(), "own rewards vest and are not given up");
    world.send(ix::request_unbonding(&own, shown.ticket_number, shown.shares), &world.owner);
    world.set_now(shown.matures_at_ts);
    let exit = view::exits(&world.state(&own).at())[0];
    assert_eq!(world.paid(ix::withdraw_unbonded(&own, 1, world.owner.tokens), &world.owner), exit.pays);
}

#[test]
fn after_a_slash_and_with_open_claims_a_withdrawal_pays_and_holds_what_is_shown() {
    let world = World::new();
    let alice = world.delegate(&world.alice, 1_000);
    world.delegate(&world.bob, 2_001);
    world.send(ix::request_unbonding(&alice, 1, 333 * TOKEN + 7), &world.alice);
    world.advance(10 * 86_400);
    world.edit_provider(|provider| {
        provider.slash(PoolKind::Delegated, Amount(1_234_567));
        (provider.reservations[0].claim, provider.reservations[0].delegated) = (4, 99_999_999);
        (provider.reservations[2].claim, provider.reservations[2].delegated) = (9, 1);
    });
    let state = world.state(&alice);
    let exit = view::exits(&state.at())[0];
    let claims = view::open_claims(&state.at());
    assert_eq!(claims.len(), 2);
    assert_eq!(claims.iter().map(|claim| claim.from_tickets[0].1).sum::<u64>(), exit.holds);
    assert_eq!(world.paid(ix::withdraw_unbonded(&alice, 1, world.alice.tokens), &world.alice), exit.pays);

    let state = world.state(&alice);
    let left = &view::holdings(&state.at()).tickets[0];
    assert_eq!((left.value, left.held), (0, exit.holds));
    assert_eq!(left.held_for, [(4, claims[0].from_tickets[0].1), (9, claims[1].from_tickets[0].1)]);
    assert!(view::exits(&state.at())[0].waits_for_disputes);
    assert_eq!(view::open_claims(&state.at())[0].held, [(1, left.held_for[0].1)]);
}

#[test]
fn the_ninth_request_joins_the_newest_ticket_as_the_view_says() {
    let world = World::new();
    let alice = world.delegate(&world.alice, 5_000);
    for number in 1..=9u32 {
        world.advance(100);
        let shown = world.leave(&alice, Some(TOKEN), &[]);
        assert_eq!((shown.ticket_number, shown.joins_newest), (number.min(8), number == 9));
        let outcome = world.send(ix::request_unbonding(&alice, shown.ticket_number, TOKEN), &world.alice);
        let Event::UnbondingRequested(event) = first_event(&outcome) else { panic!("another event") };
        assert_eq!(
            (event.ticket, event.value, event.matures_at_ts),
            (shown.ticket_number, shown.value, shown.matures_at_ts)
        );
    }
}

#[test]
fn a_request_that_would_be_refused_is_shown_with_its_rule() {
    let world = World::new();
    let alice = world.delegate(&world.alice, 1_000);
    let cases = [
        (Some(0), WorkTokenError::ZeroAmount),
        (Some(1_001 * TOKEN), WorkTokenError::InsufficientShares),
        (Some(901 * TOKEN), WorkTokenError::RestBelowMinimum),
    ];
    for (shares, rule) in cases {
        let shown = world.leave(&alice, shares, &[]);
        assert_eq!(shown.refusal, Some(rule));
        let request = ix::request_unbonding(&alice, shown.ticket_number, shares.unwrap_or_default());
        assert_eq!(world.refusal(request, &world.alice), rule);
    }
    assert_eq!(world.leave(&alice, None, &[]).refusal, None, "leaving altogether is never refused");
}

#[test]
fn leaving_before_a_finalized_epoch_is_settled_forfeits_what_settling_would_have_paid() {
    let world = World::new();
    let alice = world.delegate(&world.alice, 5_000);
    world.delegate(&world.bob, 7_000);
    world.pass_epochs(1);
    world.next_epoch();
    let ended = FIRST_EPOCH + 1;
    let pool = world.finalize(ended, &[world.provider.provider]).expect("it is finalized");
    world.next_epoch();
    let shown = world.leave(&alice, None, &[pool]);
    let epochs: Vec<(u32, bool, bool)> =
        shown.forfeits.iter().map(|one| (one.epoch, one.has_ended, one.is_final)).collect();
    assert_eq!(epochs, [(ended, true, true), (ended + 1, true, false), (ended + 2, false, false)]);
    assert_eq!(shown.saved_by_cranking(), shown.forfeits[0].reward + shown.forfeits[1].reward);
    assert_eq!(shown.forfeited(), shown.saved_by_cranking() + shown.forfeits[2].reward);

    world.settle(ended, &[world.provider.provider]).expect("it is settled");
    let after = world.leave(&alice, None, &[]);
    let earned = after.claimable - shown.claimable;
    assert!(earned > 0 && shown.forfeits[0].reward.abs_diff(earned) <= 1, "{} and {earned}", shown.forfeits[0].reward);
    assert!(after.forfeits.iter().all(|one| one.epoch > ended));

    world.send(ix::request_unbonding(&alice, 1, after.shares), &world.alice);
    world.pass_epochs(2);
    assert_eq!(view::claim(&world.state(&alice).at()).amount, after.claimable, "the rest is forfeited indeed");
}

#[test]
fn the_estimate_for_an_epoch_that_nobody_opened_is_near_what_it_pays() {
    let world = World::new();
    let alice = world.delegate(&world.alice, 5_000);
    world.pass_epochs(2);
    world.next_epoch();
    let ended = FIRST_EPOCH + 2;
    let shown = world.leave(&alice, None, &[]);
    let estimate = shown.forfeits.iter().find(|one| one.epoch == ended).expect("it is unsettled").reward;
    let before = view::claim(&world.state(&alice).at()).amount;
    world.crank(ended, &[world.provider.provider]).expect("it is cranked");
    let earned = view::claim(&world.state(&alice).at()).amount - before;
    assert!(estimate.abs_diff(earned) * 1_000 <= earned, "{estimate} and {earned}");
}

#[test]
fn the_estimate_knows_whose_own_stake_left_and_who_has_no_weight() {
    let world = World::new();
    let scenario = &world.scenario;
    let register = |name, stake| {
        let owner = scenario.actor(name, 100_000 * TOKEN);
        (scenario.register(&owner, 500, stake).expect("it registers"), owner)
    };
    let [(second, _), (leaver, leaving), (jailed, _)] =
        ["second", "leaver", "jailed"].map(|name| register(name, 30_000 * TOKEN));
    let (placeless, waiting) = register("placeless", 0);
    world.send(ix::stake_self(&placeless, waiting.tokens, 30_000 * TOKEN), &waiting);
    let alice = world.delegate(&world.alice, 5_000);
    scenario.delegate(&world.bob, &second, 50_000 * TOKEN).expect("it is accepted");
    scenario.change::<Provider>(&jailed.provider, |state| state.state = ProviderState::Jailed as u8);
    world.pass_epochs(1);
    let epoch = scenario.epoch();
    let why = [&world.provider, &second, &leaver, &jailed, &placeless].map(|at| without_weight(scenario, at));
    assert_eq!(why, [None, None, None, Some(NoWeight::Jailed), Some(NoWeight::NoPlace)]);
    world.send(ix::request_unbonding(&leaver.own(), 1, 12_000 * TOKEN), &leaving);
    scenario.advance(10);
    // What is taken back within the epoch earns nothing in it either.
    world.send(ix::cancel_unbonding(&leaver.own(), 1), &leaving);

    scenario.next_epoch();
    let (shown, paid) = forfeited_and_paid(scenario, &alice, epoch, &[]);
    assert!(paid > 0 && shown.abs_diff(paid) <= 1, "{shown} and {paid}");
    let pool = scenario.pool(epoch);
    assert_eq!((pool.weighed_with_weight, pool.attester_emission), (3, 0));
    // The jailed provider's stake and what left are folded and get nothing; who has no place is not folded.
    assert_eq!(pool.stake_folded - pool.stake_weighted, (30_000 + 12_000) * TOKEN);
}

#[test]
fn a_slash_costs_what_the_view_said_tickets_and_lots_included() {
    let world = World::new();
    let alice = world.delegate(&world.alice, 1_000);
    world.delegate(&world.bob, 3_210);
    world.pass_epochs(2);
    world.delegate(&world.alice, 777);
    world.send(ix::request_unbonding(&alice, 1, 123 * TOKEN + 1), &world.alice);
    let loss = Loss { own: Amount(5_000 * TOKEN), delegated: Amount(1_111 * TOKEN + 3) };
    let state = world.state(&alice);
    let (before, shown) = (view::holdings(&state.at()), view::slash_cost(&state.at(), view::SlashSize::Amounts(loss)));
    world.edit_provider(|provider| {
        provider.slash(PoolKind::Own, loss.own);
        provider.slash(PoolKind::Delegated, loss.delegated);
    });
    let after = view::holdings(&world.state(&alice).at());
    assert_eq!((shown.stake_before, shown.stake_after), (before.value, after.value));
    assert_eq!((shown.tickets[0].before, shown.tickets[0].after), (before.tickets[0].value, after.tickets[0].value));
    assert_eq!(shown.loss(), before.total() - after.total());
    assert_eq!((shown.taken_from_pool, shown.wipes_pool), (loss.delegated.0, false));

    let state = world.state(&alice);
    let all = view::slash_cost(&state.at(), view::SlashSize::Part(work_token_sdk::math::Bps(10_000)));
    assert!(all.wipes_pool && all.stake_after == 0);
    assert_eq!(all.loss(), after.value + after.tickets[0].value);
}
