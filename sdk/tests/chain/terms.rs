//! How far is an epoch, and what are the network's terms?

use {
    crate::world::*,
    work_token_sdk::{
        Instruction, WorkTokenError,
        client::Client,
        ix, limits,
        view::{self, EpochPhase, EpochProgress},
    },
};

fn progress(world: &World, epoch: u32) -> EpochProgress {
    let network = &world.scenario.network.network;
    let account = Client::new(&world.scenario.chain).epoch(network, epoch).expect("the chain answers");
    let now = (world.scenario.chain.slot(), world.scenario.chain.now());
    view::epoch_progress(&world.scenario.network_state(), epoch, account.as_ref(), now)
}

/// The crank is refused a second before `ts`, the phase being `before`, and accepted at `ts`.
fn exact(world: &World, epoch: u32, ts: i64, crank: Instruction, expected: (EpochPhase, WorkTokenError, EpochPhase)) {
    world.scenario.chain.set_now(ts - 1);
    assert_eq!(progress(world, epoch).phase, expected.0);
    assert_eq!(world.refusal(crank.clone(), &world.scenario.keeper), expected.1);
    world.scenario.chain.set_now(ts);
    assert_eq!(progress(world, epoch).phase, expected.2);
    world.send(crank, &world.scenario.keeper);
}

#[test]
fn every_crank_of_an_epoch_is_accepted_from_the_shown_second_on_and_not_one_earlier() {
    let world = World::new();
    world.delegate(&world.alice, 1_000);
    let (network, keeper) = (world.scenario.network, world.scenario.paid_keeper());
    let now = FIRST_EPOCH;
    let shown = progress(&world, now);
    assert_eq!((shown.is_opened, shown.phase), (false, EpochPhase::Openable));
    let open = |epoch| ix::open_epoch(&network.network, world.scenario.keeper.address(), epoch);
    world.send(open(now), &world.scenario.keeper);
    assert_eq!(progress(&world, now).phase, EpochPhase::Running);
    // The next one too, from its first second on: its account keeps the rules that it begins with.
    let next = progress(&world, now + 1);
    assert_eq!(next.starts_at_ts, shown.ends_at_ts);
    let expected = (EpochPhase::Future, WorkTokenError::EpochNotOpenable, EpochPhase::Openable);
    exact(&world, now + 1, next.starts_at_ts, open(now + 1), expected);
    assert_eq!(progress(&world, now + 1).phase, EpochPhase::Running);
    assert_eq!(progress(&world, now).phase, EpochPhase::Revealing);

    assert_eq!(progress(&world, now).weigh_from_ts, shown.weigh_from_ts);
    let weigh = ix::weigh_providers(&network, now, keeper, None, &[world.provider.provider]);
    let (revealing, weighing) = (EpochPhase::Revealing, EpochPhase::Weighing);
    exact(&world, now, shown.weigh_from_ts, weigh, (revealing, WorkTokenError::WeighNotOpen, weighing));

    let shown = progress(&world, now);
    assert_eq!((shown.weighed, shown.weighed_with_weight), (1, 1));
    let finalize = ix::finalize_epoch(&network, now, keeper);
    let expected = (EpochPhase::Weighing, WorkTokenError::TooEarlyToFinalize, EpochPhase::Finalizable);
    exact(&world, now, shown.finalizable_from_ts, finalize, expected);
    assert_eq!(progress(&world, now).phase, EpochPhase::Settling);

    let settle = ix::settle_providers(&network, now, keeper, &[world.provider.provider]);
    world.scenario.chain.set_now(shown.settleable_until_ts - 1);
    world.send(settle, &world.scenario.keeper);
    assert_eq!(progress(&world, now).settled, 1);
    assert!(progress(&world, now).distributed > 0);

    let sweep = ix::sweep_epoch(&network.network, now);
    let expected = (EpochPhase::Expired, WorkTokenError::TooEarlyToSweep, EpochPhase::Sweepable);
    exact(&world, now, shown.sweepable_from_ts, sweep, expected);
    assert_eq!(progress(&world, now).phase, EpochPhase::Closable);
}

#[test]
fn without_any_weight_an_epoch_is_finalized_at_the_shown_second_a_whole_epoch_later() {
    let world = World::new();
    world.scenario.next_epoch();
    let open = ix::open_epoch(&world.scenario.network.network, world.scenario.keeper.address(), FIRST_EPOCH);
    world.send(open, &world.scenario.keeper);
    let shown = progress(&world, FIRST_EPOCH);
    assert_eq!(shown.finalizable_from_ts - shown.ends_at_ts, 86_400);
    let finalize = ix::finalize_epoch(&world.scenario.network, FIRST_EPOCH, world.scenario.paid_keeper());
    let expected = (EpochPhase::Weighing, WorkTokenError::TooEarlyToFinalize, EpochPhase::Finalizable);
    exact(&world, FIRST_EPOCH, shown.finalizable_from_ts, finalize, expected);
}

#[test]
fn from_the_shown_second_on_an_epoch_pays_a_provider_nothing_any_more() {
    let world = World::new();
    world.scenario.next_epoch();
    world.scenario.crank(FIRST_EPOCH, &[]).expect("without any provider");
    let shown = progress(&world, FIRST_EPOCH);
    let (network, keeper) = (&world.scenario.network, world.scenario.paid_keeper());
    let settle = ix::settle_providers(network, FIRST_EPOCH, keeper, &[world.provider.provider]);
    world.scenario.chain.set_now(shown.settleable_until_ts);
    assert_eq!(progress(&world, FIRST_EPOCH).phase, EpochPhase::Expired);
    world.send(settle, &world.scenario.keeper);
    assert_eq!(progress(&world, FIRST_EPOCH).settled, 0);
}

#[test]
fn an_epoch_can_be_opened_until_the_shown_second_and_not_later() {
    let world = World::new();
    let until_ts = progress(&world, FIRST_EPOCH).openable_until_ts;
    let open = || ix::open_epoch(&world.scenario.network.network, world.scenario.keeper.address(), FIRST_EPOCH);
    world.scenario.chain.set_now(until_ts);
    assert_eq!(progress(&world, FIRST_EPOCH).phase, EpochPhase::Missed);
    assert_eq!(world.refusal(open(), &world.scenario.keeper), WorkTokenError::EpochNotOpenable);
    world.scenario.chain.set_now(until_ts - 1);
    assert_eq!(progress(&world, FIRST_EPOCH).phase, EpochPhase::Openable);
    world.send(open(), &world.scenario.keeper);
}

#[test]
fn a_later_epoch_is_shown_to_wait_for_an_earlier_one() {
    let world = World::new();
    let (first, second) = (FIRST_EPOCH, FIRST_EPOCH + 1);
    world.scenario.go_to_epoch(second + 1);
    let network = world.scenario.network;
    for epoch in [first, second] {
        world.send(ix::open_epoch(&network.network, world.scenario.keeper.address(), epoch), &world.scenario.keeper);
    }
    world.scenario.chain.set_now(progress(&world, second).finalizable_from_ts);
    assert_eq!(progress(&world, first).phase, EpochPhase::Finalizable);
    assert_eq!(progress(&world, second).phase, EpochPhase::WaitsForEarlier);
    let finalize = |epoch| ix::finalize_epoch(&network, epoch, world.scenario.paid_keeper());
    assert_eq!(world.refusal(finalize(second), &world.scenario.keeper), WorkTokenError::NotNextToFinalize);
    world.send(finalize(first), &world.scenario.keeper);
    assert_eq!(progress(&world, second).phase, EpochPhase::Finalizable);
    let status = view::network_status(&world.scenario.network_state(), world.scenario.chain.now());
    assert_eq!(status.next_to_finalize, second);
    assert_eq!(status.unfinalized_epochs, world.scenario.epoch() - second);
}

#[test]
fn a_pause_is_shown_until_its_last_second() {
    let world = World::new();
    let status = || view::network_status(&world.scenario.network_state(), world.scenario.chain.now());
    assert_eq!((status().paused_until_ts, status().freeze_authority_accepted, status().mints), (None, false, true));
    world
        .send(ix::pause(&world.scenario.network.network, world.scenario.admin.address(), 3_600), &world.scenario.admin);
    let until_ts = status().paused_until_ts.expect("it is paused");
    assert_eq!(until_ts, world.scenario.chain.now() + 3_600);
    assert_eq!(status().pause_allowed_from_ts, until_ts + limits::MAX_PAUSE_SECS);
    world.scenario.chain.set_now(until_ts - 1);
    assert!(status().paused_until_ts.is_some());
    world.scenario.chain.advance(1);
    assert_eq!(status().paused_until_ts, None);
}

#[test]
fn the_client_lists_exactly_what_belongs_to_whom() {
    let world = World::new();
    let client = Client::new(&world.scenario.chain);
    let second = world.scenario.register(&world.bob, 0, 15_000 * TOKEN).expect("it registers");
    let alice = world.delegate(&world.alice, 1_000);
    world.scenario.delegate(&world.alice, &second, 500 * TOKEN).expect("it is accepted");

    let providers = client.providers(&world.scenario.network.network).expect("the chain answers");
    let mut expected = [world.provider.provider, second.provider];
    expected.sort();
    assert_eq!(providers.iter().map(|(key, _)| *key).collect::<Vec<_>>(), expected);
    assert!(client.providers(&alice.delegation).expect("the chain answers").is_empty());
    assert_eq!(client.positions_of_holder(&world.alice.address()).expect("the chain answers").len(), 2);
    let behind = client.positions_of_provider(&second.provider).expect("the chain answers");
    assert_eq!(behind.len(), 2);
    assert!(behind.iter().any(|(key, position)| *key == second.own_position && position.delegator == second.owner));
    assert_eq!(client.networks().expect("the chain answers").len(), 1);

    let recorded = client.provider_addresses(&world.provider.provider).expect("the chain answers");
    assert_eq!(recorded, world.provider);
    for number in [1, 2, 3] {
        world.send(ix::request_unbonding(&alice, number, TOKEN), &world.alice);
    }
    let tickets = client.tickets(&alice.delegation).expect("the chain answers");
    assert_eq!(tickets.iter().map(|ticket| ticket.number).collect::<Vec<_>>(), [1, 2, 3]);
}
