//! How much work a provider's own stake answers for (job-exposure-1): 20,000 tokens cover three fees of 100
//! at a factor of 60.

use crate::*;

const EACH: u64 = 60 * FEE;

#[test]
fn a_seat_binds_its_ceiling_times_the_factor_from_the_draw_to_the_settlement() {
    let market = Market::new(1);
    let ann = &market.owners[0];
    let bound = |market: &Market| (market.provider(ann).work.exposure, market.provider(ann).open_seats);
    let seat = market.job(FIXED, FEE);
    market.capture(&seat.job);
    assert_eq!(bound(&market), (0, 0));
    market.draw(&seat);
    assert_eq!(bound(&market), (EACH, 1));
    market.accept(&seat);
    assert_eq!(bound(&market), (EACH, 1));
    market.submit(&seat);
    market.pass(2 * DAY);
    assert_eq!(bound(&market), (EACH, 1), "a result that can be disputed still binds");
    market.settle_seat(&seat);
    assert_eq!((bound(&market), market.seat_state(&seat).exposure), ((0, 0), 0));
    assert_invariants(&market);
}

#[test]
fn what_was_declined_expired_or_cancelled_binds_nothing() {
    let market = Market::new(1);
    let seats = [0; 3].map(|_| market.drawn(FIXED, FEE));
    assert_eq!(market.provider(&market.owners[0]).work.exposure, 3 * EACH);
    market.decline(&seats[0]);
    assert_eq!(market.provider(&market.owners[0]).work.exposure, 2 * EACH);
    market.cancel_seat(&market.client, &seats[1]);
    assert_eq!(market.provider(&market.owners[0]).work.exposure, EACH);
    market.pass(2 * HOUR);
    market.expire(&seats[2]);
    assert_eq!(market.provider(&market.owners[0]).work.exposure, 0);
    assert_invariants(&market);
}

#[test]
fn a_draw_skips_a_provider_whose_stake_is_bound_to_the_last_unit() {
    let market = Market::new(2);
    // Twenty thousand tokens are exactly sixty times a third of a thousand.
    let fits = STAKE / 60;
    let first = market.drawn(FIXED, fits);
    let full = market.seat_state(&first).provider;
    assert_eq!(market.provider_of(&first).exposure_room().0, STAKE - 60 * fits);
    let seats = [0; 3].map(|_| market.drawn(FIXED, FEE));
    assert!(seats.iter().all(|seat| market.seat_state(seat).provider != full), "the other one has room for three");
    let last = market.drawn(FIXED, FEE);
    let state = market.seat_state(&last);
    assert_eq!((state.state(), state.leaves, state.attempts), (SeatState::Open, 64, 0), "nobody has room any more");
    assert_invariants(&market);
}

#[test]
fn a_fee_that_binds_one_unit_more_than_the_stake_is_never_drawn() {
    let market = Market::with(&[60 * FEE * 2], |_| ());
    let over = market.drawn(FIXED, 2 * FEE + 1);
    assert_eq!(market.state_of(&over), SeatState::Open);
    let exact = market.drawn(FIXED, 2 * FEE);
    assert_eq!(market.state_of(&exact), SeatState::Drawn);
    assert_invariants(&market);
}

#[test]
fn accepting_looks_at_the_stake_that_is_not_leaving_again() {
    let market = Market::new(1);
    let ann = &market.owners[0];
    let seats = [market.drawn(FIXED, FEE), market.drawn(FIXED, FEE)];
    let operator = market.operator(&seats[0]);
    market.accept(&seats[0]);
    // What is leaving covers nothing: half of the stake is less than both seats bind.
    market.request(ann, STAKE / 2);
    market.refuses(market.accept_ix(&seats[1], &operator), &[&operator], E::ExposureFull);
    assert_invariants(&market);
}

#[test]
fn one_that_is_no_longer_active_or_asked_for_its_stake_cannot_accept() {
    let market = Market::new(2);
    let (first, second) = loop {
        let seats = [market.drawn(FIXED, FEE), market.drawn(FIXED, FEE)];
        if market.seat_state(&seats[0]).provider != market.seat_state(&seats[1]).provider {
            break seats.into();
        }
        seats.iter().for_each(|seat| drop(market.cancel_seat(&market.client, seat)));
    };
    market.retire(market.worker(&first));
    market.request_all(market.worker(&second));
    for (seat, error) in [(&first, E::ProviderNotActive), (&second, E::ExposureFull)] {
        let operator = market.operator(seat);
        market.refuses(market.accept_ix(seat, &operator), &[&operator], error);
    }
    assert_invariants(&market);
}

// Before job-accept-3 the base of a slash could be unbonded away.
#[test]
fn acceptance_copies_the_principal_of_both_pools_with_what_is_leaving() {
    let market = Market::unweighed(&[STAKE], |_| ());
    let dora = market.holder("dora", &market.owners[0], 5_000 * TOKEN);
    let market = market.weighed();
    market.request(&market.owners[0], STAKE / 2);
    market.request_all(&dora);
    let seat = market.accepted(FIXED, FEE);
    let state = market.seat_state(&seat);
    assert_eq!((state.own_total, state.delegated_total), (STAKE, 5_000 * TOKEN));
    assert_eq!(state.accepted_epoch, 3);
    assert_invariants(&market);
}
