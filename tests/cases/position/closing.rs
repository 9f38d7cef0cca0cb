//! Closing an empty position.

use crate::*;

fn left() -> (World, Owner, Holder) {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    let ticket = world.request_all(&dora);
    world.pass(10 * DAY);
    world.withdraw(&dora, ticket);
    (world, ann, dora)
}

#[test]
fn its_holder_closes_an_empty_position_at_any_time_and_gets_its_rent() {
    let (world, ann, dora) = left();
    let (rent, before) = (world.lamports(&dora.at.delegation), world.lamports(&dora.actor.address()));
    world.close(&dora);
    assert_eq!(world.lamports(&dora.actor.address()), before + rent);
    assert_eq!(world.provider(&ann).live_positions, 1);
    assert_invariants(&world);
}

#[test]
fn anybody_closes_it_thirty_days_after_it_became_empty_and_the_holder_gets_the_rent() {
    let (world, _, dora) = left();
    let eve = world.actor("eve", 0);
    let close = ix::close_delegation(&dora.at, eve.address());
    world.refuses(close.clone(), &[&eve], E::TooEarlyToClose);
    world.pass(30 * DAY - 1);
    world.refuses(close.clone(), &[&eve], E::TooEarlyToClose);
    world.pass(1);
    let mut to_eve = close.clone();
    to_eve.accounts[4].pubkey = eve.address();
    world.refuses(to_eve, &[&eve], E::WrongRentReceiver);
    let (rent, before) = (world.lamports(&dora.at.delegation), world.lamports(&dora.actor.address()));
    world.send(&[close], &[&eve]);
    assert_eq!(world.lamports(&dora.actor.address()), before + rent);
    assert_invariants(&world);
}

// position-close-1
#[test]
fn a_position_closes_only_without_shares_lots_tickets_and_rewards() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    let close = ix::close_delegation(&dora.at, dora.actor.address());
    let refused = || world.refuses(close.clone(), &[&dora.actor], E::PositionNotEmpty);
    refused();
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    world.activate(&dora);
    refused();
    let ticket = world.request_all(&dora);
    refused();
    world.pass(10 * DAY);
    world.withdraw(&dora, ticket);
    refused();
    world.claim(&dora);
    world.send(&[close], &[&dora.actor]);
    assert_invariants(&world);
}

// position-close-2
#[test]
fn a_position_opened_again_begins_with_ticket_one_which_collides_with_none() {
    let (world, _, dora) = left();
    world.close(&dora);
    world.delegate(&dora, 1_000 * TOKEN);
    assert_eq!(world.request(&dora, 500 * TOKEN), 1);
    assert_eq!(world.ticket(&dora, 1).shares, 500 * TOKEN);
    assert_invariants(&world);
}

#[test]
fn a_new_deposit_stops_the_thirty_days() {
    let (world, ann, dora) = left();
    world.pass(20 * DAY);
    world.delegate(&dora, 1_000 * TOKEN);
    assert_eq!(world.position(&dora).emptied_at_ts, 0);
    let ticket = world.request_all(&dora);
    world.pass(10 * DAY);
    world.withdraw(&dora, ticket);
    let eve = world.actor("eve", 0);
    world.refuses(ix::close_delegation(&dora.at, eve.address()), &[&eve], E::TooEarlyToClose);
    assert_eq!(world.provider(&ann).live_positions, 2);
    assert_invariants(&world);
}

#[test]
fn an_own_position_closes_only_after_the_provider_has_retired() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let ticket = world.request_all(&ann);
    world.pass(35 * DAY);
    world.withdraw(&ann, ticket);
    let close = ix::close_delegation(&ann.at.own(), ann.actor.address());
    world.refuses(close.clone(), &[&ann.actor], E::OwnPositionInUse);
    world.retire(&ann);
    world.send(&[close], &[&ann.actor]);
    assert_eq!(world.provider(&ann).live_positions, 0);
    assert_invariants(&world);
}

#[test]
fn own_stake_added_again_stops_the_thirty_days_too() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let ticket = world.request_all(&ann);
    world.pass(35 * DAY);
    world.withdraw(&ann, ticket);
    world.stake_self(&ann, 10_000 * TOKEN);
    assert_eq!(world.position(&ann).emptied_at_ts, 0);
    world.pass(60 * DAY);
    world.retire(&ann);
    let ticket = world.request_all(&ann);
    world.pass(35 * DAY);
    world.withdraw(&ann, ticket);
    let eve = world.actor("eve", 0);
    world.refuses(ix::close_delegation(&ann.at.own(), eve.address()), &[&eve], E::TooEarlyToClose);
    world.pass(30 * DAY);
    world.send(&[ix::close_delegation(&ann.at.own(), eve.address())], &[&eve]);
    assert_invariants(&world);
}

// position-rent-1
#[test]
fn donated_lamports_do_not_keep_a_position_or_a_ticket_from_closing() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    let ticket = world.request_all(&dora);
    world.pass(10 * DAY);
    world.scenario.chain.fund(&dora.at.ticket(ticket).0, 3_000_000);
    world.withdraw(&dora, ticket);
    world.scenario.chain.fund(&dora.at.delegation, 3_000_000);
    world.close(&dora);
    assert!(!world.exists(&dora.at.ticket(ticket).0) && !world.exists(&dora.at.delegation));
    assert_invariants(&world);
}

// position-close-1
#[test]
fn a_position_whose_pool_was_wiped_is_empty_and_closes() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    world.slash(&ann, PoolKind::Delegated, 1_000 * TOKEN);
    world.close(&dora);
    assert_invariants(&world);
}
