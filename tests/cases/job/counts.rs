//! What became of draws and seats is counted by reason and decides nothing (job-count-1, job-count-2).
//!
//! The kind of fault: something that a stranger causes for free, or that a party does within an epoch and
//! takes back, decides income. Where else it was looked for: skips by exposure, class, floor and time (a
//! job that fits nobody), claims between draw and acceptance, claims before an extension, marks of clients,
//! the attempts that `NotActive` and `BelowMinimum` use up (only the provider's own doing leads there),
//! stake that leaves and comes back (its weight: `epoch::weights`, its draws: here), junk results that stop
//! a meter.

use crate::*;
use work_token_sdk::{SeatAddresses, state::EpochRecord};
use work_token_sdk::{event_types::SeatNotDone, state::SeatOutcome};

/// What a factor of 60 binds of a seat's usual fee.
const EACH: u64 = 60 * FEE;

fn record(market: &Market, owner: &Owner) -> EpochRecord {
    market.record(owner, market.epoch())
}

/// Counts of what became of seats: done, declined, passed, failed, stopped.
fn outcomes(record: &EpochRecord) -> [u16; 5] {
    [record.done, record.declined, record.passed, record.failed, record.stopped]
}

/// Draws a job's seat until anybody may take it.
fn drawn_out(market: &Market, fee: u64) -> SeatAddresses {
    let seat = market.job(FIXED, fee);
    market.capture(&seat.job);
    market.draw(&seat);
    assert_eq!(market.state_of(&seat), SeatState::Open);
    seat
}

fn not_done(outcome: &work_token_sdk::transport::Outcome) -> Option<SeatNotDone> {
    events(outcome).into_iter().find_map(|event| match event {
        Event::SeatNotDone(event) => Some(event),
        _ => None,
    })
}

// The auditors' sequence: 0.022 of a draw fee took a perfect record's whole income.
#[test]
fn a_job_that_fits_nobody_skips_every_leaf_and_takes_no_weight_from_anybody() {
    let market = Market::with(&[STAKE; 4], |options| options.params.share_cap_ppm = 1_000_000);
    let seat = drawn_out(&market, STAKE);
    let skips = market.owners.iter().map(|owner| record(&market, owner).skips[SkipReason::ExposureFull as usize - 1]);
    assert_eq!(skips.sum::<u16>(), 64);
    market.pass(2 * HOUR);
    market.expire(&seat);
    market.next_epoch();
    market.weigh(3, &market.all());
    for owner in &market.owners {
        assert_eq!(market.weight(owner, 3), STAKE, "four providers with perfect records keep their weight");
    }
    assert_invariants(&market);
}

// Request all own stake after the snapshot, cancel before the epoch ends.
#[test]
fn a_draw_dodged_by_stake_that_is_leaving_is_counted_by_itself_and_uses_no_attempt() {
    let market = Market::new(1);
    let ann = &market.owners[0];
    let ticket = market.request_all(ann);
    let seat = drawn_out(&market, FEE);
    let state = market.seat_state(&seat);
    assert_eq!((state.leaves, state.attempts), (64, 0));
    let counted = record(&market, ann);
    assert_eq!((counted.drawn, counted.skips[SkipReason::StakeLeaving as usize - 1]), (64, 64));
    assert_eq!(counted.skips.iter().sum::<u16>(), 64, "one reason each");
    market.refuses(market.take_ix(&seat, ann), &[&market.operator_0()], E::StakeLeaving);
    market.cancel(ann, ticket);
    market.send(&[market.take_ix(&seat, ann)], &[&market.operator_0()]);
    assert_invariants(&market);
}

#[test]
fn stake_counts_as_leaving_only_where_it_would_have_covered_the_seat() {
    let market = Market::with(&[2 * EACH], |_| ());
    let ann = &market.owners[0];
    market.request(ann, 1);
    let reason = |market: &Market| {
        let skips = record(market, ann).skips;
        [SkipReason::ExposureFull, SkipReason::StakeLeaving].map(|reason| skips[reason as usize - 1])
    };
    let first = market.drawn(FIXED, FEE);
    assert_eq!((market.state_of(&first), reason(&market)), (SeatState::Drawn, [0, 0]));
    drawn_out(&market, FEE);
    assert_eq!(reason(&market), [0, 64], "one base unit is missing, and it is leaving");
    drawn_out(&market, FEE + 1);
    assert_eq!(reason(&market), [64, 64], "with it the stake would not do either");
    assert_invariants(&market);
}

// A claim of a stranger, opened between draw and acceptance, decided who works.
#[test]
fn a_seat_drawn_before_a_claim_was_opened_is_accepted_and_extended_in_spite_of_it() {
    let market = Market::new(1);
    let ann = &market.owners[0];
    let seats = [market.drawn(FIXED, FEE), market.drawn(FIXED, FEE)];
    market.open_claim(ann, 7, STAKE, 0);
    let operator = market.operator(&seats[0]);
    market.accept(&seats[0]);
    let extend = ix::extend_job(&seats[0], Some(operator.address()), 60);
    market.send(&[extend], &[&market.client.actor, &operator]);
    // What leaves of one's own doing counts: to the last base unit.
    market.request(ann, STAKE - 2 * EACH);
    let ticket = market.request(ann, 1);
    market.refuses(market.accept_ix(&seats[1], &operator), &[&operator], E::ExposureFull);
    market.cancel(ann, ticket);
    market.accept(&seats[1]);
    drawn_out(&market, FEE);
    let counted = record(&market, ann).skips[SkipReason::ExposureFull as usize - 1];
    assert_eq!(counted, 64, "a new draw leaves claimed stake alone");
    market.drop_claim(ann, 7);
    assert_invariants(&market);
}

// place-minimum-3: the minimum is that of the epoch, and has its grace.
#[test]
fn a_draw_and_an_acceptance_ask_for_the_minimum_with_its_grace() {
    let market = Market::new(1);
    let ann = &market.owners[0];
    let mut network = market.network();
    network.minimum_stake = STAKE + 1;
    network.epoch_rules.iter_mut().for_each(|rules| rules.minimum_stake = STAKE + 1);
    market.scenario.write(&market.scenario.network.network, &network);
    let seats = [market.drawn(FIXED, FEE), market.drawn(FIXED, FEE)];
    let late = market.job(FIXED, FEE);
    market.capture(&late.job);
    let over_at_ts = market.now() + 60;
    let grace = (network.grace_ts(over_at_ts), network.grace_secs(math::Epoch(3)));
    market.edit_provider(ann, |provider| provider.underbonded_since_ts = grace.0 - grace.1);
    let operator = market.operator(&seats[0]);
    market.wait_until(over_at_ts - 1);
    market.accept(&seats[0]);
    market.pass(1);
    market.refuses(market.accept_ix(&seats[1], &operator), &[&operator], E::BelowMinimumStake);
    market.draw(&late);
    let state = market.seat_state(&late);
    assert_eq!((state.state(), state.leaves, state.attempts), (SeatState::Open, 8, 8));
    assert_eq!(record(&market, ann).skips[SkipReason::BelowMinimum as usize - 1], 8);
    market.stake_self(ann, 1);
    market.accept(&seats[1]);
    assert_invariants(&market);
}

#[test]
fn what_a_provider_does_with_its_seats_is_counted_by_reason_and_said_by_one_event() {
    let market = Market::new(1);
    let ann = &market.owners[0];
    let mut expected = [0; 5];
    let mut check = |outcome: SeatOutcome, seat: &SeatAddresses, said: &work_token_sdk::transport::Outcome| {
        expected[outcome as usize] += 1;
        assert_eq!(outcomes(&record(&market, ann)), expected);
        let event = not_done(said).expect("it is said");
        let (provider, outcome) = (ann.at.provider, outcome as u8);
        assert_eq!(event, SeatNotDone { job: seat.job.job, seat: seat.seat, provider, outcome });
    };
    for _ in 0..2 {
        let seat = market.drawn(FIXED, FEE);
        check(SeatOutcome::Declined, &seat, &market.decline(&seat));
    }
    let seat = market.drawn(FIXED, FEE);
    market.pass(600);
    check(SeatOutcome::Passed, &seat, &market.draw(&seat));
    market.pass(HOUR);
    check(SeatOutcome::Passed, &seat, &market.expire(&seat));
    let seat = market.meter(FEE, TOKEN / 10);
    market.capture(&seat.job);
    market.draw(&seat);
    market.accept(&seat);
    let operator = market.operator(&seat);
    check(SeatOutcome::Stopped, &seat, &market.send(&[market.stop_ix(&seat, &operator)], &[&operator]));
    let seat = market.accepted(FIXED, FEE);
    market.wait_for_work_ts(market.seat_state(&seat).work_until_work_ts);
    check(SeatOutcome::Failed, &seat, &market.expire(&seat));
    assert_invariants(&market);
}

#[test]
fn a_commitment_that_is_not_revealed_counts_as_failed_and_a_settled_strangers_job_as_done() {
    let market = Market::new(3);
    let seats = market.all_accepted(TRIPLE, FEE);
    seats.iter().for_each(|seat| drop(market.commit_result(seat, 1)));
    market.reveal(&seats[0], 1);
    market.pass(HOUR);
    for seat in &seats[1..] {
        let said = market.expire(seat);
        assert_eq!(not_done(&said).unwrap().outcome, SeatOutcome::Failed as u8);
        assert_eq!(outcomes(&record(&market, market.worker(seat))), [0, 0, 0, 1, 0]);
    }
    let said = market.settle_seat(&seats[0]);
    assert_eq!(not_done(&said), None);
    assert_eq!(outcomes(&record(&market, market.worker(&seats[0]))), [1, 0, 0, 0, 0]);
    assert_invariants(&market);
}

// The count follows the meter's end, not the word that the operator chooses for it.
#[test]
fn a_meter_stopped_by_its_operator_is_counted_with_a_result_or_without_one_while_it_runs_alone() {
    let market = Market::new(1);
    let ann = &market.owners[0];
    let run = || {
        let seat = market.meter(FEE, TOKEN / 10);
        market.capture(&seat.job);
        market.draw(&seat);
        seat
    };
    let seats = [run(), run(), run()];
    seats.iter().for_each(|seat| drop(market.accept(seat)));
    let operator = market.operator(&seats[0]);
    let client = &market.client.actor;
    market.pass(299);
    market.submit(&seats[0]);
    assert_eq!(record(&market, ann).stopped, 1);
    market.send(&[market.stop_ix(&seats[1], client)], &[client]);
    market.pass(1);
    market.send(&[market.stop_ix(&seats[2], &operator)], &[&operator]);
    assert_eq!(record(&market, ann).stopped, 1, "the client stopped one, the other had ended");
    assert_invariants(&market);
}

#[test]
fn what_is_counted_moves_no_weight() {
    let market = Market::with(&[STAKE; 2], |options| options.params.share_cap_ppm = 1_000_000);
    for round in 0..8 {
        let seat = market.drawn(FIXED, FEE);
        if round % 2 == 0 { drop(market.decline(&seat)) } else { drop(market.accept(&seat)) }
    }
    market.next_epoch();
    market.weigh(3, &market.all());
    for owner in &market.owners {
        assert_eq!(market.weight(owner, 3), STAKE);
    }
    assert_invariants(&market);
}
