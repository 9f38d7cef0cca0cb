//! Jobs paid by the second (job-meter-1).

use crate::*;

/// A tenth of a token a second: the ceiling of [`FEE`] is reached after a thousand.
const PRICE: u64 = TOKEN / 10;

fn alive(market: &Market, seat: &work_token_sdk::SeatAddresses) {
    let client = &market.client.actor;
    market.send(&[ix::keep_alive(seat, client.address())], &[client]);
}

#[test]
fn a_meter_runs_to_the_last_sign_and_one_interval_and_anybody_stops_it_then() {
    let market = Market::new(1);
    let seat = market.running(PRICE);
    market.pass(200);
    alive(&market, &seat);
    market.pass(299);
    let anybody = market.person("anybody");
    let stop = market.stop_ix(&seat, &anybody);
    market.refuses(stop.clone(), &[&anybody], E::MeterRunning);
    market.pass(1);
    let client = &market.client.actor;
    market.refuses(ix::keep_alive(&seat, client.address()), &[client], E::MeterEnded);
    market.pass(10_000);
    market.send(&[stop], &[&anybody]);
    assert_eq!(market.seat_state(&seat).fee, 500 * PRICE, "a sleeping client pays for one interval");
    assert_eq!(market.seat_state(&seat).result_hash, [0; 32]);
    assert_invariants(&market);
}

#[test]
fn a_meter_shows_the_ceiling_at_most() {
    let market = Market::new(1);
    let seat = market.running(PRICE);
    for _ in 0..5 {
        market.pass(250);
        alive(&market, &seat);
    }
    let operator = market.operator(&seat);
    market.send(&[market.stop_ix(&seat, &operator)], &[&operator]);
    assert_eq!(market.seat_state(&seat).fee, FEE, "not 1,250 seconds' worth");
    assert_invariants(&market);
}

#[test]
fn the_highest_price_times_seconds_overflows_nothing() {
    let market = Market::new(1);
    let seats = [0; 3].map(|_| market.running(u64::MAX));
    let client = &market.client.actor;
    market.send(&[market.stop_ix(&seats[1], client)], &[client]);
    assert_eq!(market.seat_state(&seats[1]).fee, FEE, "the least working time alone");
    let operator = market.operator(&seats[0]);
    market.send(&[market.stop_ix(&seats[2], &operator)], &[&operator]);
    assert_eq!(market.seat_state(&seats[2]).fee, 0, "no second has passed");
    market.pass(250);
    market.send(&[market.stop_ix(&seats[0], client)], &[client]);
    assert_eq!(market.seat_state(&seats[0]).fee, FEE);
    for seat in &seats {
        market.settle_seat(seat);
    }
    assert_eq!(market.escrow(), 0);
    assert_invariants(&market);
}

#[test]
fn either_side_stops_a_meter_at_any_time_and_a_stranger_does_not() {
    let market = Market::new(1);
    let hot_key = market.person("hot key");
    let mut order = market.order(&market.client, METERED, FEE);
    (order.price_per_sec, order.operator, order.work_secs) = (PRICE, hot_key.address(), 3_600);
    let seats = [0; 3].map(|_| {
        let seat = market.place(&market.client, &order).seat(0);
        market.capture(&seat.job);
        market.draw(&seat);
        market.accept(&seat);
        seat
    });
    let stranger = market.person("stranger");
    market.refuses(market.stop_ix(&seats[0], &stranger), &[&stranger], E::MeterRunning);
    let operator = market.operator(&seats[0]);
    for (seat, who) in seats.iter().zip([&market.client.actor, &hot_key, &operator]) {
        market.send(&[market.stop_ix(seat, who)], &[who]);
        assert_eq!(market.state_of(seat), SeatState::Submitted);
        market.refuses(market.stop_ix(seat, who), &[who], E::NotAccepted);
    }
    assert_invariants(&market);
}

#[test]
fn only_the_client_and_its_hot_key_keep_a_meter_running() {
    let market = Market::new(1);
    let seat = market.running(PRICE);
    let operator = market.operator(&seat);
    market.refuses(ix::keep_alive(&seat, operator.address()), &[&operator], E::WrongClient);
    let client = &market.client.actor;
    let fixed = market.accepted(FIXED, FEE);
    market.refuses(ix::keep_alive(&fixed, client.address()), &[client], E::NotMetered);
    market.refuses(market.stop_ix(&fixed, client), &[client], E::NotMetered);
    let drawn = market.meter(FEE, PRICE);
    market.capture(&drawn.job);
    market.draw(&drawn);
    market.refuses(ix::keep_alive(&drawn, client.address()), &[client], E::NotAccepted);
    market.refuses(market.stop_ix(&drawn, client), &[client], E::NotAccepted);
    assert_invariants(&market);
}

#[test]
fn a_meter_ends_with_the_working_time_however_alive_the_client_is() {
    let market = Market::new(1);
    let seat = market.meter(4 * TOKEN, 1_000);
    market.capture(&seat.job);
    market.draw(&seat);
    market.accept(&seat);
    for _ in 0..14 {
        market.pass(250);
        alive(&market, &seat);
    }
    market.pass(99);
    let anybody = market.person("anybody");
    market.refuses(market.stop_ix(&seat, &anybody), &[&anybody], E::MeterRunning);
    market.pass(1);
    let client = &market.client.actor;
    market.refuses(ix::keep_alive(&seat, client.address()), &[client], E::MeterEnded);
    market.send(&[market.stop_ix(&seat, &anybody)], &[&anybody]);
    assert_eq!(market.seat_state(&seat).fee, 3_600_000);
    assert_invariants(&market);
}

#[test]
fn a_result_stops_a_meter_and_may_come_after_it_ended() {
    let market = Market::new(1);
    let seat = market.running(PRICE);
    market.pass(5_000);
    market.submit(&seat);
    let state = market.seat_state(&seat);
    assert_eq!((state.fee, state.result_hash), (300 * PRICE, [7; 32]));
    assert_invariants(&market);
}

// While it runs exposure is that of the ceiling: the elapsed part would void the bound.
#[test]
fn a_meter_binds_its_ceiling_until_it_stops_and_what_it_did_not_run_up_returns() {
    let market = Market::new(1);
    let before = market.balance(&market.client.actor);
    let seat = market.running(PRICE);
    market.pass(100);
    let client = &market.client.actor;
    assert_eq!(market.provider(&market.owners[0]).work.exposure, 60 * FEE);
    market.send(&[market.stop_ix(&seat, client)], &[client]);
    assert_eq!(market.provider(&market.owners[0]).work.exposure, 60 * 100 * PRICE);
    market.wait_for_work_ts(market.seat_state(&seat).settles_at_work_ts() - 1);
    market.refuses(market.settle_seat_ix(&seat), &[], E::ChallengeOpen);
    market.settle_seat(&seat);
    assert_eq!(before - market.balance(client), 100 * PRICE + draw_fee(1));
    assert_eq!((market.provider(&market.owners[0]).work.exposure, market.escrow()), (0, 0));
    assert_invariants(&market);
}

#[test]
fn an_accepted_meter_does_not_expire_it_is_stopped() {
    let market = Market::new(1);
    let seat = market.running(PRICE);
    market.pass(3 * DAY);
    market.refuses(market.expire_ix(&seat), &[], E::NotExpired);
    let anybody = market.person("anybody");
    market.send(&[market.stop_ix(&seat, &anybody)], &[&anybody]);
    market.settle_seat(&seat);
    assert_eq!(market.escrow(), 0);
    assert_invariants(&market);
}
