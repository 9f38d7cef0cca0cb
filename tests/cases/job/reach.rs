//! What a meter may bind and must pay (job-meter-3).
//!
//! The kind of fault: terms that cost nothing keep others' stake, and what is compared is not what can be
//! paid. Where else it was looked for: floors and the class's lowest fee (both ask what the terms can pay in
//! the time asked for), fixed fees (paid whole), extensions (the ceiling allows for all of them, they bind
//! nothing), the challenge window of a meter that was stopped at once (it binds what it shows, and the stop
//! pays the least time), silence instead of a stop.

use crate::*;
use work_token_sdk::{SeatAddresses, state::JobRules};

/// A tenth of a token a second: the ceiling of [`FEE`] is reached after a thousand.
const PRICE: u64 = TOKEN / 10;
/// What the class's least working time of a minute pays.
const LEAST: u64 = 60 * PRICE;

/// Meters that begin to run in the same second.
fn run<const N: usize>(market: &Market, meter: impl Fn() -> SeatAddresses) -> [SeatAddresses; N] {
    let seats = [0; N].map(|_| {
        let seat = meter();
        market.capture(&seat.job);
        market.draw(&seat);
        seat
    });
    seats.iter().for_each(|seat| drop(market.accept(seat)));
    seats
}

fn ordered(market: &Market, class: u8, fee: u64, price_per_sec: u64, work_secs: u32) -> ix::CreateJob {
    ix::CreateJob { price_per_sec, work_secs, ..market.order(&market.client, class, fee) }
}

fn exposure(market: &Market) -> u64 {
    market.provider(&market.owners[0]).work.exposure
}

#[test]
fn a_ceiling_is_at_most_the_price_of_the_working_time_and_all_extensions() {
    let market = Market::new(1);
    let client = &market.client;
    // An hour asked for, half a day of extensions.
    let most = 1_000 * (3_600 + 12 * 3_600);
    let beyond = market.place_ix(client, &ordered(&market, METERED, most + 1, 1_000, 3_600));
    market.refuses(beyond, &[&client.actor], E::CeilingOutOfReach);
    market.place(client, &ordered(&market, METERED, most, 1_000, 3_600));
    let all = ordered(&market, METERED, u64::MAX, u64::MAX, 3_600);
    market.refuses(market.place_ix(client, &all), &[&client.actor], E::FeeTooLarge);
    market.place(client, &ordered(&market, METERED, FEE, u64::MAX, 60));
    assert_invariants(&market);
}

// The auditors' terms: one base unit a second under a ceiling of a hundred tokens.
#[test]
fn the_lowest_fee_of_a_class_is_compared_with_what_the_time_asked_for_can_pay() {
    let market = Market::new(1);
    let client = &market.client;
    let order = |work_secs| ordered(&market, METERED, 2 * TOKEN, 250, work_secs);
    market.refuses(market.place_ix(client, &order(3_999)), &[&client.actor], E::FeeBelowMinimum);
    market.place(client, &order(4_000));
    let ceiling = ordered(&market, METERED, TOKEN - 1, PRICE, 3_600);
    market.refuses(market.place_ix(client, &ceiling), &[&client.actor], E::FeeBelowMinimum);
    let trick = ordered(&market, METERED, FEE, 1, 3_600);
    market.refuses(market.place_ix(client, &trick), &[&client.actor], E::FeeBelowMinimum);
    let fixed = market.order(client, FIXED, TOKEN - 1);
    market.refuses(market.place_ix(client, &fixed), &[&client.actor], E::FeeBelowMinimum);
    assert_invariants(&market);
}

#[test]
fn a_floor_is_compared_with_what_the_time_asked_for_can_pay() {
    for (floor, expected) in [(3_600_000, SeatState::Drawn), (3_600_001, SeatState::Open)] {
        let market = Market::unweighed(&[STAKE], |_| ());
        market.offer(&market.owners[0], u16::MAX, floor);
        let market = market.weighed();
        let seat = market.place(&market.client, &ordered(&market, METERED, 10 * TOKEN, 1_000, 3_600)).seat(0);
        market.capture(&seat.job);
        market.draw(&seat);
        assert_eq!(market.state_of(&seat), expected, "an hour pays 3,600,000, the ceiling is ten million");
        let skips = market.record(&market.owners[0], 3).skips[SkipReason::BelowFloor as usize - 1];
        assert_eq!(skips, if expected == SeatState::Open { 64 } else { 0 });
        assert_invariants(&market);
    }
}

#[test]
fn from_the_stop_on_a_seat_binds_for_what_the_meter_shows_whoever_stops_it() {
    let market = Market::new(1);
    let (client, anybody) = (&market.client.actor, market.person("anybody"));
    let seats: [_; 3] = run(&market, || market.meter(FEE, PRICE));
    assert_eq!(exposure(&market), 3 * 60 * FEE);
    let operator = market.operator(&seats[0]);
    market.pass(100);
    market.send(&[market.stop_ix(&seats[0], client)], &[client]);
    assert_eq!(market.seat_state(&seats[0]).exposure, 60 * 100 * PRICE);
    assert_eq!(exposure(&market), 60 * (2 * FEE + 100 * PRICE));
    market.submit(&seats[1]);
    assert_eq!(exposure(&market), 60 * (FEE + 2 * 100 * PRICE));
    let elsewhere = ix::stop_job(&seats[2], operator.address(), market.client.at.client);
    market.refuses(elsewhere, &[&operator], E::WrongAccountType);
    market.pass(500);
    market.send(&[market.stop_ix(&seats[2], &anybody)], &[&anybody]);
    assert_eq!(exposure(&market), 60 * (300 + 2 * 100) * PRICE);
    seats.iter().for_each(|seat| drop(market.settle_seat(seat)));
    assert_eq!((exposure(&market), market.provider(&market.owners[0]).open_seats), (0, 0));
    assert_invariants(&market);
}

// Nine such meters froze 60,000 of own stake for days and paid 0.198 of draw fees.
#[test]
fn meters_stopped_at_once_pay_the_least_time_and_bind_no_more_than_that() {
    let market = Market::new(1);
    let client = &market.client.actor;
    for stopped in 1..=9 {
        let [seat] = run(&market, || market.meter(FEE, PRICE));
        market.send(&[market.stop_ix(&seat, client)], &[client]);
        assert_eq!(market.seat_state(&seat).fee, LEAST);
        assert_eq!(exposure(&market), stopped * 60 * LEAST);
    }
    assert_invariants(&market);
}

#[test]
fn a_client_that_stops_pays_the_least_working_time_and_from_then_on_what_the_meter_shows() {
    let market = Market::new(1);
    let client = &market.client.actor;
    for (secs, paid) in [(0, 60), (59, 60), (60, 60), (61, 61)] {
        let [seat] = run(&market, || market.meter(FEE, PRICE));
        market.pass(secs);
        market.send(&[market.stop_ix(&seat, client)], &[client]);
        assert_eq!(market.seat_state(&seat).fee, paid * PRICE, "after {secs} seconds");
    }
    let [seat] = run(&market, || market.meter(TOKEN, PRICE));
    market.send(&[market.stop_ix(&seat, client)], &[client]);
    assert_eq!(market.seat_state(&seat).fee, TOKEN, "never more than the ceiling");
    assert_invariants(&market);
}

#[test]
fn an_operator_that_stops_a_running_meter_gets_what_it_shows() {
    let market = Market::new(1);
    for secs in [0, 59] {
        let seats: [_; 2] = run(&market, || market.meter(FEE, PRICE));
        let operator = market.operator(&seats[0]);
        market.pass(secs);
        market.send(&[market.stop_ix(&seats[0], &operator)], &[&operator]);
        market.submit(&seats[1]);
        for seat in &seats {
            assert_eq!(market.seat_state(seat).fee, secs as u64 * PRICE);
        }
    }
    assert_invariants(&market);
}

// Silence is a stop that costs the client no signature.
#[test]
fn a_meter_that_its_clients_silence_ended_pays_the_least_working_time_too() {
    let (market, class) = (Market::unweighed(&[STAKE], |_| ()), 4);
    market.set_class(class, &JobRules { kind: 1, keep_alive_secs: 30, ..JOB_RULES });
    let market = market.weighed();
    let anybody = market.person("anybody");
    let order = ordered(&market, class, FEE, PRICE, 3_600);
    let seats: [_; 3] = run(&market, || market.place(&market.client, &order).seat(0));
    let operator = market.operator(&seats[0]);
    market.pass(29);
    market.refuses(market.stop_ix(&seats[0], &anybody), &[&anybody], E::MeterRunning);
    market.pass(1);
    market.send(&[market.stop_ix(&seats[0], &anybody)], &[&anybody]);
    market.send(&[market.stop_ix(&seats[1], &operator)], &[&operator]);
    market.submit(&seats[2]);
    for seat in &seats {
        assert_eq!(market.seat_state(seat).fee, LEAST, "thirty seconds ran");
    }
    assert_eq!(market.record(&market.owners[0], 3).stopped, 0);
    assert_invariants(&market);
}
