//! A halted chain punishes nobody (network-outage-1).

use crate::*;
use work_token_sdk::Instruction;
use work_token_tests::{BOND, everywhere, measured};

fn record(world: &World) -> Instruction {
    ix::record_outage(&world.scenario.network.network)
}

/// Records an outage, and by how much it moved the deadlines.
fn recorded(world: &World) -> u64 {
    let outcome = world.send(&[record(world)], &[]);
    let events = decode_logs(&outcome.logs).events;
    let [Event::OutageRecorded(event)] = events.as_slice() else { panic!("one event: {events:?}") };
    assert_eq!(event.outage_secs, world.network().outages.secs);
    event.secs
}

#[test]
fn an_outage_is_half_an_hour_or_more_over_600_ms_a_slot_and_is_recorded_once() {
    let world = World::new();
    world.halt(1_800);
    world.refuses(record(&world), &[], E::NoOutage);
    world.halt(2);
    assert_eq!(recorded(&world), 1_800, "two slots may take 1.2 of these seconds, and the rest is rounded down");
    world.refuses(record(&world), &[], E::NoOutage);
    world.pass(30 * DAY);
    world.refuses(record(&world), &[], E::NoOutage);
    assert_invariants(&world);
}

#[test]
fn outages_move_deadlines_by_at_most_a_day_a_week() {
    let world = World::new();
    world.halt(20 * HOUR);
    let first = recorded(&world);
    world.halt(20 * HOUR);
    assert_eq!(first + recorded(&world), DAY as u64);
    world.halt(20 * HOUR);
    world.refuses(record(&world), &[], E::OutageLimitReached);
    world.halt(7 * DAY - 40 * HOUR);
    assert_eq!(recorded(&world), DAY as u64, "a new week has its own day");
    assert_eq!(world.network().outages.secs, 2 * DAY);
    assert_invariants(&world);
}

#[test]
fn finalizing_an_epoch_notes_slot_and_time_from_which_the_next_outage_is_measured() {
    let world = World::new();
    world.go_to_epoch(2);
    world.finalize(0, &[]);
    let network = world.network();
    assert_eq!((network.outages.noted_slot, network.outages.noted_ts), (world.scenario.chain.slot(), world.now()));
    world.halt(5 * HOUR);
    assert_eq!(recorded(&world), 5 * HOUR as u64 - 1);
    assert_invariants(&world);
}

#[test]
fn an_outage_at_the_end_of_an_epoch_moves_the_commitments_too() {
    let (world, ann, attesters) = measured(&[BOND]);
    let reports = everywhere(&[9_000]);
    world.next_epoch();
    let shard = world.draw_attesters(0);
    let ends_at_ts = world.pool(2).ends_at_ts;
    world.wait_until(ends_at_ts - 2 * HOUR);
    world.finalize(1, &[&ann]);
    world.halt(3 * HOUR);
    let commit = world.commit_reports_ix(&attesters[0], &shard, &reports);
    // Nobody is late because nobody has recorded it yet.
    world.send(&[commit], &[&attesters[0].actor]);
    let moved = recorded(&world) as i64;
    world.refuses(world.reveal_reports_ix(&attesters[0], &shard, &reports), &[], E::ReportRevealNotOpen);
    world.wait_until(ends_at_ts + moved);
    world.reveal_reports(&attesters[0], &shard, &reports);
    world.wait_until(ends_at_ts + moved + HOUR);
    assert_eq!(world.score(2, &[&ann]).len(), 1);
    assert_invariants(&world);
}

#[test]
fn an_outage_moves_the_deadlines_of_open_jobs_and_not_those_of_later_ones() {
    let world = World::new();
    let scenario = &world.scenario;
    scenario.set_class(0, &JOB_RULES).unwrap();
    let client = world.actor("client", 10 * TOKEN);
    let at = scenario.client(&client).unwrap();
    let input = scenario.job_input(&client, 0, TOKEN);
    let job = scenario.create_job(&client, &at, &input).unwrap();
    let expire = |job: &work_token_sdk::JobAddresses| {
        ix::expire_job(&job.seat(0), scenario.paid_keeper(), None, scenario.job_state(job).refund_account)
    };
    world.halt(5 * HOUR);
    let moved = recorded(&world) as i64;
    world.refuses(expire(&job), &[], E::NotExpired);
    let later = scenario.create_job(&client, &at, &input).unwrap();
    let left = scenario.job_state(&job).seat_until_work_ts + moved - world.now();
    assert_eq!(scenario.job_state(&later).seat_until_work_ts + moved - world.now(), HOUR);
    assert_eq!(left, HOUR - 5 * HOUR + moved, "the second job waits its own hour from its making");
    world.pass(left);
    world.send(&[expire(&job)], &[]);
    world.refuses(expire(&later), &[], E::NotExpired);
    assert_invariants(&world);
}
