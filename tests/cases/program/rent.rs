//! Who pays for an account gets it back (position-rent-1).

use crate::*;

/// What an act costs somebody in lamports.
fn cost(world: &World, who: &Actor, act: impl FnOnce()) -> i128 {
    let before = world.lamports(&who.address());
    act();
    i128::from(before) - i128::from(world.lamports(&who.address()))
}

#[test]
fn a_delegator_pays_for_its_position_and_its_tickets_and_gets_both_back() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.stranger("dora", &ann, 1_000 * TOKEN);
    let opening = cost(&world, &dora.actor, || drop(world.delegate(&dora, 1_000 * TOKEN)));
    assert_eq!(opening, i128::from(world.lamports(&dora.at.delegation)));
    let requesting = cost(&world, &dora.actor, || {
        world.request(&dora, 500 * TOKEN);
    });
    assert_eq!(requesting, i128::from(world.lamports(&dora.at.ticket(1).0)));
    world.request(&dora, 500 * TOKEN);
    assert_eq!(cost(&world, &dora.actor, || world.cancel(&dora, 2)), -requesting);
    world.request_all(&dora);
    world.pass(10 * DAY);
    assert_eq!(
        cost(&world, &dora.actor, || {
            world.withdraw(&dora, 1);
        }),
        -requesting
    );
    world.withdraw(&dora, 3);
    assert_eq!(cost(&world, &dora.actor, || world.close(&dora)), -opening);
    assert_invariants(&world);
}

#[test]
fn a_joined_ticket_costs_nothing_more() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    for _ in 0..8 {
        world.request(&dora, 100 * TOKEN);
    }
    assert_eq!(
        cost(&world, &dora.actor, || {
            world.request(&dora, 100 * TOKEN);
        }),
        0
    );
    assert_invariants(&world);
}

#[test]
fn an_owner_pays_for_provider_position_and_vault() {
    let world = World::new();
    let actor = world.actor("ann", 0);
    let mut at = None;
    let paid = cost(&world, &actor, || at = world.scenario.register(&actor, 0, 0).ok());
    let at = at.expect("the registration succeeds");
    let rents: u64 = [at.provider, at.own_position, at.stake_vault].iter().map(|key| world.lamports(key)).sum();
    assert_eq!(paid, i128::from(rents));
    assert_invariants(&world);
}

#[test]
fn cranks_cost_their_sender_nothing_but_the_fee_and_the_opening() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.next_epoch();
    world.finalize(0, &[]);
    let eve = world.actor("eve", 0);
    let keeper = ix::Keeper { keeper: eve.address(), account: Some(eve.tokens) };
    let network = &world.scenario.network;
    let opening =
        cost(&world, &eve, || drop(world.send(&[ix::open_epoch(&network.network, eve.address(), 1)], &[&eve])));
    assert_eq!(opening, i128::from(world.lamports(&world.pool_key(1))));
    world.pass(HOUR);
    let cranks = cost(&world, &eve, || {
        world.send(&[ix::weigh_providers(network, 1, keeper, None, &[ann.at.provider])], &[&eve]);
        world.pass(HOUR);
        world.send(&[ix::finalize_epoch(network, 1, keeper)], &[&eve]);
        world.send(&[ix::settle_providers(network, 1, keeper, &[ann.at.provider])], &[&eve]);
    });
    assert_eq!(cranks, 0);
    assert_invariants(&world);
}
