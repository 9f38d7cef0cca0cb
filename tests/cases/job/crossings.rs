//! Nobody loses a deadline of a job because nobody has recorded an outage yet, and no outage takes what a
//! meter has run up (network-outage-2).
//!
//! The kind of fault: a rule that reads a number which others were to bring up to date first. Where else it
//! was looked for: every instruction of a job that passes a deadline (the draw that takes a seat back,
//! `expire_job`, `settle_job`, a stranger's `stop_job`, `close_job`) records first; every one that refuses
//! the late (`draw_job`, `accept_job`, `submit_result`, `commit_result`, `reveal_result`, `keep_alive`,
//! `extend_job`) asks as if it had been recorded; meters run in unix time; the note that a halt is measured
//! from grows old (`refresh_note`). Heartbeats and epochs have stories of their own, and so have disputes
//! (`dispute::crossings`).

use crate::*;
use work_token_sdk::Instruction;

const PRICE: u64 = TOKEN / 10;

/// By how much a transaction moved the deadlines on its way.
pub fn moved(outcome: &work_token_sdk::transport::Outcome) -> Option<u64> {
    events(outcome).into_iter().find_map(|event| match event {
        Event::OutageRecorded(event) => Some(event.secs),
        _ => None,
    })
}

/// A market in which slot and time were noted now.
fn noted(count: usize) -> Market {
    let market = Market::new(count);
    market.refresh_note();
    market
}

/// A deadline that passes while the chain stands still: `act` is refused, and once the deadline has come all
/// the same it is done and records the outage.
pub fn crosses(market: &Market, deadline_work_ts: i64, act: &Instruction, signers: &[&Actor], early: E) {
    // The slot that ends a halt takes a second that is not gained.
    market.wait_for_work_ts(deadline_work_ts - 2);
    market.refresh_note();
    market.halt(5 * HOUR);
    market.refuses(act.clone(), signers, early);
    assert_eq!(market.network().outages.secs, 0, "a refusal records nothing");
    // The slack of these slots uses a little of the gain up again.
    market.pass(10);
    let secs = moved(&market.send(std::slice::from_ref(act), signers)).expect("it records first");
    assert_eq!((secs, market.network().outages.secs), (5 * HOUR as u64 - 6, 5 * HOUR - 6));
}

#[test]
fn a_draw_records_an_outage_before_it_takes_the_seat_from_a_silent_provider() {
    let market = noted(1);
    let seat = market.drawn(FIXED, FEE);
    let work_tree = market.scenario.work_tree(3);
    let released = Some(market.owners[0].at.provider);
    let keeper = market.scenario.paid_keeper();
    let draw = ix::draw_job(&seat, keeper, &ix::Draw { work_tree, released, candidates: &[] });
    crosses(&market, market.seat_state(&seat).accept_until_work_ts, &draw, &[], E::SeatNotOpen);
    assert_eq!((market.state_of(&seat), market.record(&market.owners[0], 3).passed), (SeatState::Open, 1));
    assert_invariants(&market);
}

#[test]
fn only_a_draw_that_takes_a_seat_back_writes_to_the_network() {
    let market = noted(1);
    let seat = market.job(FIXED, FEE);
    market.capture(&seat.job);
    assert!(!market.scenario.draw_ix(&seat).accounts[1].is_writable, "draws do not wait for each other");
    market.draw(&seat);
    market.pass(600);
    let draw = market.scenario.draw_ix(&seat);
    assert!(draw.accounts[1].is_writable);
    let mut readonly = draw.clone();
    readonly.accounts[1].is_writable = false;
    market.refuses(readonly, &[], E::AccountNotWritable);
    market.send(&[draw], &[]);
    assert_invariants(&market);
}

#[test]
fn an_expiry_records_an_outage_before_it_ends_the_seat() {
    let market = noted(1);
    let seat = market.accepted(FIXED, FEE);
    let expire = market.expire_ix(&seat);
    crosses(&market, market.seat_state(&seat).work_until_work_ts, &expire, &[], E::NotExpired);
    assert_eq!(market.state_of(&seat), SeatState::Expired);
    assert_invariants(&market);
}

#[test]
fn a_settlement_records_an_outage_before_it_ends_the_time_to_dispute() {
    let market = noted(1);
    let seat = market.submitted(FIXED, FEE);
    let settle = market.settle_seat_ix(&seat);
    crosses(&market, market.seat_state(&seat).settles_at_work_ts(), &settle, &[], E::ChallengeOpen);
    assert_eq!(market.state_of(&seat), SeatState::Settled);
    assert_invariants(&market);
}

#[test]
fn closing_a_job_records_an_outage_before_it_ends_the_time_to_dispute() {
    let market = noted(1);
    let seat = market.submitted(FIXED, FEE);
    market.approve(&market.client, &seat);
    let client = &market.client.actor;
    let close = market.close_job_ix(&seat.job, client.address());
    crosses(&market, market.seat_state(&seat).settles_at_work_ts(), &close, &[client], E::JobNotOver);
    assert!(!market.exists(&seat.job.job));
    assert_invariants(&market);
}

#[test]
fn a_strangers_stop_records_an_outage_before_it_ends_the_working_time() {
    let market = noted(1);
    let seat = market.meter(40 * TOKEN, 1_000);
    market.capture(&seat.job);
    market.draw(&seat);
    market.accept(&seat);
    let (client, anybody) = (&market.client.actor, market.person("anybody"));
    let until = market.seat_state(&seat).work_until_work_ts;
    // Signs of life up to the halt; it is the working time that moves, and not the client's silence.
    while market.now() < until - 250 {
        market.pass(250);
        market.send(&[ix::keep_alive(&seat, client.address())], &[client]);
    }
    market.wait_for_work_ts(until - 1);
    market.send(&[ix::keep_alive(&seat, client.address())], &[client]);
    market.refresh_note();
    market.halt(5 * HOUR);
    let said = market.send(&[market.stop_ix(&seat, &anybody)], &[&anybody]);
    assert_eq!(moved(&said), Some(5 * HOUR as u64 - 1));
    assert_eq!(
        market.seat_state(&seat).fee,
        1_000 * (3_599 + 300),
        "the last sign and an interval, as the deadline had moved"
    );
    assert_invariants(&market);
}

// The auditors' sequence: recorded late, the outage took the work that the meter had done: 0 instead of 100.
#[test]
fn an_outage_recorded_late_takes_nothing_that_a_meter_has_run_up() {
    for record in [false, true] {
        let market = noted(1);
        market.halt(HOUR);
        let seat = market.running(PRICE);
        let client = &market.client.actor;
        for _ in 0..4 {
            market.pass(250);
            market.send(&[ix::keep_alive(&seat, client.address())], &[client]);
        }
        if record {
            market.send(&[ix::record_outage(&market.scenario.network.network)], &[]);
        }
        market.send(&[market.stop_ix(&seat, client)], &[client]);
        assert_eq!(market.seat_state(&seat).fee, 1_000 * PRICE, "a thousand seconds ran, the ceiling is theirs");
        assert_invariants(&market);
    }
}

#[test]
fn a_meter_runs_in_unix_time_through_an_outage_to_the_last_sign_and_one_interval() {
    let market = noted(1);
    let seats = [market.running(PRICE), market.running(PRICE)];
    let (client, anybody) = (&market.client.actor, market.person("anybody"));
    market.pass(100);
    market.refresh_note();
    market.halt(2 * HOUR);
    market.refuses(ix::keep_alive(&seats[0], client.address()), &[client], E::MeterEnded);
    market.send(&[market.stop_ix(&seats[0], &anybody)], &[&anybody]);
    market.submit(&seats[1]);
    for seat in &seats {
        assert_eq!(market.seat_state(seat).fee, 300 * PRICE, "one interval after the start");
    }
    assert_invariants(&market);
}

// A halt that ends within the interval: the client goes on, and pays for the time as it passed.
#[test]
fn an_extension_and_a_sign_of_life_come_in_time_after_an_unrecorded_outage() {
    let market = noted(1);
    let seat = market.accepted(FIXED, FEE);
    let operator = market.operator(&seat);
    market.wait_for_work_ts(market.seat_state(&seat).work_until_work_ts - 2);
    market.refresh_note();
    market.halt(5 * HOUR);
    let extend = ix::extend_job(&seat, Some(operator.address()), 60);
    market.send(&[extend], &[&market.client.actor, &operator]);
    market.submit(&seat);
    assert_eq!((market.state_of(&seat), market.network().outages.secs), (SeatState::Submitted, 0));
    assert_invariants(&market);
}

#[test]
fn draws_acceptances_commitments_and_reveals_come_in_time_after_an_unrecorded_outage() {
    let market = noted(3);
    let open = market.job(FIXED, TOKEN);
    market.capture(&open.job);
    let drawn = market.drawn(FIXED, TOKEN);
    let seats = market.all_accepted(TRIPLE, TOKEN);
    market.pass(30);
    market.refresh_note();
    // An hour to seat, ten minutes to accept, a minute to work.
    market.halt(6 * HOUR);
    market.draw(&open);
    market.accept(&drawn);
    seats.iter().for_each(|seat| drop(market.commit_result(seat, 1)));
    assert_eq!(market.network().outages.secs, 0);
    market.send(&[ix::record_outage(&market.scenario.network.network)], &[]);
    let until = market.job_state(&seats[0].job).reveal_until_work_ts;
    market.wait_for_work_ts(until - 2);
    market.refresh_note();
    market.halt(6 * HOUR);
    assert!(market.network().work_ts(market.now()).has_reached(until), "as recorded the time is over");
    seats.iter().for_each(|seat| drop(market.reveal(seat, 1)));
    assert_invariants(&market);
}

#[test]
fn an_outage_is_recordable_and_moves_deadlines_from_1800_seconds_of_gain_on_and_not_from_1799() {
    for (halt, is_outage) in [(1_800, false), (1_801, true)] {
        let market = noted(1);
        let seat = market.drawn(FIXED, FEE);
        let operator = market.operator(&seat);
        market.refresh_note();
        // The slot that ends the halt may take 600 ms.
        market.halt(halt);
        let record = ix::record_outage(&market.scenario.network.network);
        if is_outage {
            market.accept(&seat);
            assert_eq!(moved(&market.send(&[record], &[])), Some(1_800));
        } else {
            market.refuses(market.accept_ix(&seat, &operator), &[&operator], E::AcceptanceHasPassed);
            market.refuses(record, &[], E::NoOutage);
        }
        assert_invariants(&market);
    }
}

// Ordinary slots earn two seconds of slack in four: a note of ten days hides a halt of five.
#[test]
fn a_note_is_refreshed_by_anybody_while_the_clock_has_gained_nothing_and_keeps_halts_recordable() {
    let market = noted(1);
    let (record, refresh) =
        (ix::record_outage(&market.scenario.network.network), ix::refresh_note(&market.scenario.network.network));
    market.pass(10 * HOUR);
    market.halt(4 * HOUR);
    market.refuses(record.clone(), &[], E::NoOutage);
    market.refresh_note();
    let network = market.network();
    assert_eq!((network.outages.noted_slot, network.outages.noted_ts), (market.scenario.chain.slot(), market.now()));
    market.halt(1);
    market.refresh_note();
    market.halt(2);
    market.refuses(refresh.clone(), &[], E::ClockHasGained);
    market.pass(2);
    market.refresh_note();
    market.halt(4 * HOUR);
    market.refuses(refresh, &[], E::ClockHasGained);
    assert_eq!(moved(&market.send(&[record], &[])), Some(4 * HOUR as u64 - 1));
    assert_invariants(&market);
}

// An hour after the note a halt of half an hour and half of that hour is recordable, and not one of a second
// less.
#[test]
fn a_halt_of_half_an_hour_and_half_of_the_time_since_the_note_is_recordable() {
    for (halt, is_outage) in [(3_600, false), (3_601, true)] {
        let market = noted(1);
        market.pass(HOUR);
        market.halt(halt);
        let record = ix::record_outage(&market.scenario.network.network);
        if is_outage {
            assert_eq!(moved(&market.send(&[record], &[])), Some(1_800));
        } else {
            market.refuses(record, &[], E::NoOutage);
        }
        assert_invariants(&market);
    }
}

// The week's limit: what no longer fits stops nobody from going on.
#[test]
fn a_crossing_beyond_the_weeks_limit_records_what_fits_and_goes_on() {
    let market = noted(1);
    let seat = market.job(FIXED, FEE);
    market.halt(20 * HOUR);
    market.send(&[ix::record_outage(&market.scenario.network.network)], &[]);
    market.halt(20 * HOUR);
    let said = market.send(&[market.expire_ix(&seat)], &[]);
    assert_eq!((moved(&said), market.network().outages.secs), (Some(4 * HOUR as u64 + 1), DAY));
    market.halt(20 * HOUR);
    let late = market.job(FIXED, FEE);
    market.wait_for_work_ts(market.job_state(&late.job).seat_until_work_ts);
    assert_eq!(moved(&market.send(&[market.expire_ix(&late)], &[])), None, "nothing fits any more");
    assert_invariants(&market);
}
