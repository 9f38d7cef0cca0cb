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
    let now = (world.slot(), world.now());
    view::epoch_progress(&world.network_state(), epoch, account.as_ref(), now)
}

/// The crank is refused a second before `ts`, the phase being `before`, and accepted at `ts`.
fn exact(world: &World, epoch: u32, ts: i64, crank: Instruction, expected: (EpochPhase, WorkTokenError, EpochPhase)) {
    world.set_now(ts - 1);
    assert_eq!(progress(world, epoch).phase, expected.0);
    assert_eq!(world.refusal(crank.clone(), &world.keeper), expected.1);
    world.set_now(ts);
    assert_eq!(progress(world, epoch).phase, expected.2);
    world.send(crank, &world.keeper);
}

#[test]
fn every_crank_of_an_epoch_is_accepted_from_the_shown_second_on_and_not_one_earlier() {
    let world = World::new();
    world.delegate(&world.alice, 1_000);
    let network = world.scenario.network;
    let now = FIRST_EPOCH;
    let shown = progress(&world, now);
    assert_eq!((shown.is_opened, shown.phase), (false, EpochPhase::Openable));
    world.send(world.open_ix(now), &world.keeper);
    assert_eq!(progress(&world, now).phase, EpochPhase::Running);
    // The next one too, from its first second on: its account keeps the rules that it begins with.
    let next = progress(&world, now + 1);
    assert_eq!(next.starts_at_ts, shown.ends_at_ts);
    let expected = (EpochPhase::Future, WorkTokenError::EpochNotOpenable, EpochPhase::Openable);
    exact(&world, now + 1, next.starts_at_ts, world.open_ix(now + 1), expected);
    assert_eq!(progress(&world, now + 1).phase, EpochPhase::Running);
    assert_eq!(progress(&world, now).phase, EpochPhase::Revealing);

    assert_eq!(progress(&world, now).weigh_from_ts, shown.weigh_from_ts);
    let weigh = world.weigh_ix(now, &[world.provider.provider]);
    let (revealing, weighing) = (EpochPhase::Revealing, EpochPhase::Weighing);
    exact(&world, now, shown.weigh_from_ts, weigh, (revealing, WorkTokenError::WeighNotOpen, weighing));

    let shown = progress(&world, now);
    assert_eq!((shown.weighed, shown.weighed_with_weight), (1, 1));
    let finalize = world.finalize_ix(now);
    let expected = (EpochPhase::Weighing, WorkTokenError::TooEarlyToFinalize, EpochPhase::Finalizable);
    exact(&world, now, shown.finalizable_from_ts, finalize, expected);
    assert_eq!(progress(&world, now).phase, EpochPhase::Settling);

    let settle = world.settle_ix(now, &[world.provider.provider]);
    world.set_now(shown.settleable_until_ts - 1);
    world.send(settle, &world.keeper);
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
    world.next_epoch();
    world.open(FIRST_EPOCH).expect("it is opened");
    let shown = progress(&world, FIRST_EPOCH);
    assert_eq!(shown.finalizable_from_ts - shown.ends_at_ts, 86_400);
    let finalize = world.finalize_ix(FIRST_EPOCH);
    let expected = (EpochPhase::Weighing, WorkTokenError::TooEarlyToFinalize, EpochPhase::Finalizable);
    exact(&world, FIRST_EPOCH, shown.finalizable_from_ts, finalize, expected);
}

#[test]
fn from_the_shown_second_on_an_epoch_pays_a_provider_nothing_any_more() {
    let world = World::new();
    world.next_epoch();
    world.crank(FIRST_EPOCH, &[]).expect("without any provider");
    let shown = progress(&world, FIRST_EPOCH);
    let settle = world.settle_ix(FIRST_EPOCH, &[world.provider.provider]);
    world.set_now(shown.settleable_until_ts);
    assert_eq!(progress(&world, FIRST_EPOCH).phase, EpochPhase::Expired);
    world.send(settle, &world.keeper);
    assert_eq!(progress(&world, FIRST_EPOCH).settled, 0);
}

#[test]
fn an_epoch_can_be_opened_until_the_shown_second_and_not_later() {
    let world = World::new();
    let until_ts = progress(&world, FIRST_EPOCH).openable_until_ts;
    world.set_now(until_ts);
    assert_eq!(progress(&world, FIRST_EPOCH).phase, EpochPhase::Missed);
    assert_eq!(world.refusal(world.open_ix(FIRST_EPOCH), &world.keeper), WorkTokenError::EpochNotOpenable);
    world.set_now(until_ts - 1);
    assert_eq!(progress(&world, FIRST_EPOCH).phase, EpochPhase::Openable);
    world.send(world.open_ix(FIRST_EPOCH), &world.keeper);
}

#[test]
fn a_later_epoch_is_shown_to_wait_for_an_earlier_one() {
    let world = World::new();
    let (first, second) = (FIRST_EPOCH, FIRST_EPOCH + 1);
    world.go_to_epoch(second + 1);
    for epoch in [first, second] {
        world.open(epoch).expect("it is opened");
    }
    world.set_now(progress(&world, second).finalizable_from_ts);
    assert_eq!(progress(&world, first).phase, EpochPhase::Finalizable);
    assert_eq!(progress(&world, second).phase, EpochPhase::WaitsForEarlier);
    assert_eq!(world.refusal(world.finalize_ix(second), &world.keeper), WorkTokenError::NotNextToFinalize);
    world.send(world.finalize_ix(first), &world.keeper);
    assert_eq!(progress(&world, second).phase, EpochPhase::Finalizable);
    let status = view::network_status(&world.network_state(), world.now());
    assert_eq!(status.next_to_finalize, second);
    assert_eq!(status.unfinalized_epochs, world.epoch() - second);
}

#[test]
fn a_pause_is_shown_until_its_last_second() {
    let world = World::new();
    let status = || view::network_status(&world.network_state(), world.now());
    assert_eq!((status().paused_until_ts, status().freeze_authority_accepted, status().mints), (None, false, true));
    world.send(ix::pause(&world.scenario.network.network, world.admin.address(), 3_600), &world.admin);
    let until_ts = status().paused_until_ts.expect("it is paused");
    assert_eq!(until_ts, world.now() + 3_600);
    assert_eq!(status().pause_allowed_from_ts, until_ts + limits::MAX_PAUSE_SECS);
    world.set_now(until_ts - 1);
    assert!(status().paused_until_ts.is_some());
    world.advance(1);
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
