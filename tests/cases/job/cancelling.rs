//! Cancelling a seat before it is accepted (job-cancel-1).

use crate::*;

fn to_slot(market: &Market, slot: u64) {
    let chain = &market.scenario.chain;
    chain.advance_slots(slot - chain.slot());
}

#[test]
fn a_client_cancels_freely_until_the_seed_slot_and_loses_the_draw_fee_alone() {
    let market = Market::new(1);
    let before = market.balance(&market.client.actor);
    let seat = market.job(FIXED, FEE);
    assert_eq!(before - market.balance(&market.client.actor), FEE + draw_fee(1));
    to_slot(&market, market.job_state(&seat.job).seed_slot - 1);
    assert_eq!(market.burns(|| drop(market.cancel_seat(&market.client, &seat))), draw_fee(1));
    assert_eq!(before - market.balance(&market.client.actor), draw_fee(1), "the draw fee is never refunded");
    assert_eq!((market.state_of(&seat), market.escrow()), (SeatState::Cancelled, 0));
    assert_invariants(&market);
}

#[test]
fn from_the_seed_slot_on_cancelling_burns_the_classes_part_of_the_fee() {
    let market = Market::new(1);
    let before = market.balance(&market.client.actor);
    let seat = market.job(FIXED, FEE);
    to_slot(&market, market.job_state(&seat.job).seed_slot);
    let burned = market.burns(|| drop(market.cancel_seat(&market.client, &seat)));
    assert_eq!(burned, FEE / 20 + draw_fee(1));
    assert_eq!(before - market.balance(&market.client.actor), FEE / 20 + draw_fee(1));
    assert_invariants(&market);
}

#[test]
fn a_drawn_provider_is_released_nothing_is_counted_and_the_client_pays_for_it() {
    let market = Market::new(1);
    let seat = market.drawn(FIXED, FEE);
    assert_eq!(market.provider(&market.owners[0]).work.exposure, 60 * FEE);
    let client = &market.client.actor;
    let refund_account = client.tokens;
    market.refuses(ix::cancel_job(&seat, None, refund_account), &[client], E::WrongProvider);
    let burned = market.burns(|| drop(market.cancel_seat(&market.client, &seat)));
    assert_eq!(burned, FEE / 20 + draw_fee(1) - 2 * JOB_BOUNTY, "the capture and the draw were paid for");
    let provider = market.provider(&market.owners[0]);
    assert_eq!((provider.work.exposure, provider.open_seats), (0, 0));
    let record = provider.record(math::Epoch(3)).unwrap();
    assert_eq!([record.declined, record.passed, record.failed, record.stopped], [0; 4]);
    assert_invariants(&market);
}

// A client that armed a second seed has seen the first one.
#[test]
fn a_seed_armed_again_does_not_make_cancelling_free_again() {
    let market = Market::new(1);
    let seat = market.job(FIXED, FEE);
    market.scenario.chain.advance_slots(700);
    market.send(&[market.capture_ix(&seat.job)], &[]);
    assert!(market.scenario.chain.slot() < market.job_state(&seat.job).seed_slot);
    let burned = market.burns(|| drop(market.cancel_seat(&market.client, &seat)));
    assert_eq!(burned, FEE / 20 + draw_fee(1) - JOB_BOUNTY);
    assert_invariants(&market);
}

#[test]
fn nobody_cancels_what_was_accepted_or_has_ended_and_only_the_client_cancels() {
    let market = Market::new(1);
    let client = &market.client.actor;
    let seat = market.drawn(FIXED, FEE);
    let stranger = market.actor("stranger", 0);
    let mut theirs = market.cancel_seat_ix(&seat);
    theirs.accounts[0].pubkey = stranger.address();
    market.refuses(theirs, &[&stranger], E::WrongClient);
    market.accept(&seat);
    market.refuses(market.cancel_seat_ix(&seat), &[client], E::AlreadyAccepted);
    market.submit(&seat);
    market.refuses(market.cancel_seat_ix(&seat), &[client], E::AlreadyAccepted);
    market.settle_seat(&seat);
    market.refuses(market.cancel_seat_ix(&seat), &[client], E::SeatHasEnded);
    assert_invariants(&market);
}

#[test]
fn seats_are_cancelled_one_by_one_and_the_last_takes_the_draw_fee() {
    let market = Market::new(3);
    let job = market.job(TRIPLE, FEE).job;
    let seats = market.seats(&job);
    for seat in &seats[..2] {
        assert_eq!(market.burns(|| drop(market.cancel_seat(&market.client, seat))), 0);
    }
    assert_eq!(market.escrow(), FEE + draw_fee(3));
    assert_eq!(market.burns(|| drop(market.cancel_seat(&market.client, &seats[2]))), draw_fee(3));
    assert_eq!(market.escrow(), 0);
    assert_invariants(&market);
}
