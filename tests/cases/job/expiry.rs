//! Seats that end without a result: refunds, what is counted, and the exact second (job-expire-1,
//! job-time-1).

use crate::*;

/// Seats let pass, and failed, in the present epoch.
fn counts(market: &Market, owner: &Owner) -> [u16; 2] {
    market.provider(owner).record(math::Epoch(market.epoch())).map_or([0; 2], |record| [record.passed, record.failed])
}

#[test]
fn a_seat_that_nobody_was_drawn_for_expires_in_its_second_and_not_before() {
    let market = Market::new(1);
    let before = market.balance(&market.client.actor);
    let seat = market.job(FIXED, FEE);
    let until = market.job_state(&seat.job).seat_until_work_ts;
    market.wait_for_work_ts(until - 1);
    market.refuses(market.expire_ix(&seat), &[], E::NotExpired);
    market.wait_for_work_ts(until);
    market.expire(&seat);
    assert_eq!(before - market.balance(&market.client.actor), draw_fee(1), "the fee returns whole");
    assert_eq!((market.state_of(&seat), market.escrow()), (SeatState::Expired, 0));
    let again = ix::expire_job(&seat, market.scenario.paid_keeper(), None, market.client.actor.tokens);
    market.refuses(again, &[], E::SeatHasEnded);
    assert_invariants(&market);
}

#[test]
fn a_drawn_seat_lives_as_long_as_its_provider_may_accept() {
    let market = Market::new(1);
    let seat = market.job(FIXED, FEE);
    market.capture(&seat.job);
    let until = market.job_state(&seat.job).seat_until_work_ts;
    market.wait_for_work_ts(until - 1);
    market.draw(&seat);
    let accept_until = market.seat_state(&seat).accept_until_work_ts;
    assert_eq!(accept_until, until - 1 + 600);
    market.wait_for_work_ts(accept_until - 1);
    market.refuses(market.expire_ix(&seat), &[], E::NotExpired);
    market.accept(&seat);
    assert_eq!(market.state_of(&seat), SeatState::Accepted);
    assert_invariants(&market);
}

#[test]
fn a_silent_provider_is_released_and_counted_and_the_client_refunded() {
    let market = Market::new(1);
    let before = market.balance(&market.client.actor);
    let seat = market.drawn(FIXED, FEE);
    market.wait_for_work_ts(market.job_state(&seat.job).seat_until_work_ts);
    market.expire(&seat);
    let provider = market.provider(&market.owners[0]);
    assert_eq!((counts(&market, &market.owners[0]), provider.work.exposure, provider.open_seats), ([1, 0], 0, 0));
    assert_eq!(before - market.balance(&market.client.actor), draw_fee(1));
    assert_invariants(&market);
}

// A missed deadline is counted and refunded, never slashed.
#[test]
fn a_provider_that_misses_its_deadline_is_counted_and_keeps_its_stake() {
    let market = Market::new(1);
    let before = market.balance(&market.client.actor);
    let seat = market.accepted(FIXED, FEE);
    market.wait_for_work_ts(market.seat_state(&seat).work_until_work_ts - 1);
    market.refuses(market.expire_ix(&seat), &[], E::NotExpired);
    market.pass(1);
    let operator = market.operator(&seat);
    market.refuses(market.submit_ix(&seat, &operator), &[&operator], E::SubmissionHasPassed);
    market.expire(&seat);
    assert_eq!(counts(&market, &market.owners[0]), [0, 1]);
    assert_eq!(market.stake_vault(&market.owners[0]), STAKE);
    assert_eq!(before - market.balance(&market.client.actor), draw_fee(1));
    market.refuses(market.submit_ix(&seat, &operator), &[&operator], E::NotAccepted);
    assert_invariants(&market);
}

#[test]
fn a_result_does_not_expire() {
    let market = Market::new(1);
    let seat = market.submitted(FIXED, FEE);
    market.pass(2 * DAY);
    market.refuses(market.expire_ix(&seat), &[], E::SeatHasEnded);
    assert_invariants(&market);
}

#[test]
fn an_expiry_needs_the_provider_that_has_the_seat_and_the_clients_own_refund_account() {
    let market = Market::new(2);
    let other = market.buyer("other client", 0);
    let seat = market.drawn(FIXED, FEE);
    market.pass(2 * HOUR);
    let drawn = market.seat_state(&seat).provider;
    let bystander = market.owners.iter().find(|owner| owner.at.provider != drawn).unwrap().at.provider;
    let (keeper, refund) = (market.scenario.paid_keeper(), market.client.actor.tokens);
    for wrong in [None, Some(bystander)] {
        market.refuses(ix::expire_job(&seat, keeper, wrong, refund), &[], E::WrongProvider);
    }
    let elsewhere = ix::expire_job(&seat, keeper, Some(drawn), other.actor.tokens);
    market.refuses(elsewhere, &[], E::WrongRefundAccount);
    market.expire(&seat);
    assert_invariants(&market);
}

/// A market in whose last breath something was noted, so that an outage can be measured from there.
fn noted() -> Market {
    let market = Market::new(1);
    market.weigh(2, &market.all());
    market.finalize(1, &[]);
    market
}

#[test]
fn an_outage_moves_every_open_deadline_recorded_or_not() {
    let market = noted();
    let working = market.accepted(FIXED, FEE);
    let drawn = market.drawn(FIXED, FEE);
    let open = market.job(FIXED, FEE);
    let chain = &market.scenario.chain;
    chain.turn_to(market.now() + 2 * HOUR, 10);
    let operator = market.operator(&working);
    let submit = market.submit_ix(&working, &operator);
    for seat in [&working, &drawn, &open] {
        market.refuses(market.expire_ix(seat), &[], E::NotExpired);
    }
    market.send(&[ix::record_outage(&market.scenario.network.network)], &[]);
    for seat in [&working, &drawn, &open] {
        market.refuses(market.expire_ix(seat), &[], E::NotExpired);
    }
    market.send(&[submit], &[&operator]);
    market.accept(&drawn);
    let until = market.seat_state(&working).settles_at_work_ts();
    market.wait_for_work_ts(until - 1);
    market.refuses(market.settle_seat_ix(&working), &[], E::ChallengeOpen);
    market.pass(1);
    market.send(&[market.settle_seat_ix(&working)], &[]);
    assert_invariants(&market);
}
