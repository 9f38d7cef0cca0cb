//! A frozen vault stops no end of a seat (job-settle-7).
//!
//! The kind of fault: a crank that waits for an account which somebody else can freeze. Where else it was
//! looked for: bounties of captures, draws and expiries (unpaid, and still in escrow), refunds (credit, as
//! where the client's own account is frozen), the fee and its parts, the burned rest of the draw fee, cancel
//! fees; a provider that is to be paid does not close, nor does a job of which something waits. Creating a
//! job is an entrance, claiming a credit its client's own.

use crate::*;
use work_token_sdk::SeatAddresses;

/// Burned of a fee, and the treasury's part.
const PART: u64 = FEE / 20;
/// What is left of a draw fee after a capture and a draw.
const REST: u64 = draw_fee(1) - 2 * JOB_BOUNTY;

fn bound(market: &Market) -> (u64, u32) {
    let provider = market.provider(&market.owners[0]);
    (provider.work.exposure, provider.open_seats)
}

fn dues(market: &Market, seat: &SeatAddresses) -> (u64, u64) {
    let seat = market.seat_state(seat);
    (seat.fee_due, seat.burn_due)
}

fn moved(outcome: &work_token_sdk::transport::Outcome) -> Option<(u64, u64, u64)> {
    events(outcome).into_iter().find_map(|event| match event {
        Event::SeatDuesMoved(event) => Some((event.fee, event.rest, event.burned)),
        _ => None,
    })
}

#[test]
fn a_seat_is_settled_while_a_vault_is_frozen_and_its_fee_is_paid_and_counted_when_it_thaws() {
    for kind in [VaultKind::Escrow, VaultKind::Reward] {
        let market = Market::new(1);
        let ann = &market.owners[0];
        let seat = market.submitted(FIXED, FEE);
        market.freeze(kind, true);
        let said = events(&market.settle_seat(&seat));
        assert!(
            said.iter()
                .any(|event| matches!(event, Event::SeatSettled(settled) if settled.waits && settled.fee == FEE))
        );
        assert_eq!((market.state_of(&seat), bound(&market)), (SeatState::Settled, (0, 1)));
        assert_eq!(dues(&market, &seat), (FEE, REST));
        let counted = |market: &Market| {
            let provider = market.provider(ann);
            let record = *provider.record(market.network().epoch_at(market.now())).unwrap();
            (record.fees, record.burned, record.done, provider.work.burn_due, provider.work.treasury_due)
        };
        assert_eq!(counted(&market), (0, 0, 0, 0, 0));
        assert_invariants(&market);

        market.refuses(market.settle_seat_ix(&seat), &[], E::TokenAccountFrozen);
        let client = &market.client.actor;
        market.refuses(market.close_job_ix(&seat.job, client.address()), &[client], E::JobNotOver);
        market.freeze(kind, false);
        market.next_epoch();
        assert_eq!(moved(&market.send(&[market.settle_seat_ix(&seat)], &[])), Some((FEE, REST, 0)));
        assert_eq!(counted(&market), (FEE - 2 * PART, PART, 1, PART + REST, PART), "the epoch of the payment");
        assert_eq!((dues(&market, &seat), bound(&market), market.escrow()), ((0, 0), (0, 0), 0));
        market.refuses(market.settle_seat_ix(&seat), &[], E::NotSubmitted);
        market.close_job(&market.client, &seat.job);
        assert_invariants(&market);
    }
}

#[test]
fn a_meter_is_settled_and_its_client_refunded_out_of_an_escrow_that_is_open() {
    let market = Market::new(1);
    let seat = market.meter(FEE, TOKEN / 10);
    market.capture(&seat.job);
    market.draw(&seat);
    market.accept(&seat);
    market.pass(100);
    let client = &market.client.actor;
    market.send(&[market.stop_ix(&seat, client)], &[client]);
    market.freeze(VaultKind::Reward, true);
    let before = market.balance(client);
    market.settle_seat(&seat);
    assert_eq!((market.balance(client) - before, market.escrow()), (FEE - 10 * TOKEN, 10 * TOKEN + REST));
    assert_eq!(dues(&market, &seat), (10 * TOKEN, REST));
    assert_invariants(&market);
}

#[test]
fn an_approval_frees_the_stake_at_once_while_a_vault_is_frozen() {
    let market = Market::new(1);
    let seat = market.submitted(FIXED, FEE);
    market.freeze(VaultKind::Escrow, true);
    market.approve(&market.client, &seat);
    assert_eq!((bound(&market), dues(&market, &seat)), ((0, 1), (FEE, REST)));
    market.freeze(VaultKind::Escrow, false);
    market.send(&[market.settle_seat_ix(&seat)], &[]);
    assert_invariants(&market);
}

#[test]
fn a_seat_expires_while_the_escrow_is_frozen_refund_and_burn_wait_and_nothing_closes_before() {
    let market = Market::new(1);
    let seat = market.accepted(FIXED, FEE);
    market.wait_for_work_ts(market.seat_state(&seat).work_until_work_ts);
    market.freeze(VaultKind::Escrow, true);
    assert_eq!(market.keeper_earns(|| drop(market.expire(&seat))), 0, "an unpaid crank");
    assert_eq!((market.state_of(&seat), bound(&market)), (SeatState::Expired, (0, 0)));
    assert_eq!((market.seat_state(&seat).credit, dues(&market, &seat)), (FEE, (0, REST)));
    assert_invariants(&market);

    let client = &market.client.actor;
    market.refuses(market.expire_ix(&seat), &[], E::TokenAccountFrozen);
    market.refuses(ix::claim_credit(&seat, client.tokens), &[client], E::TokenAccountFrozen);
    market.freeze(VaultKind::Escrow, false);
    market.send(&[ix::claim_credit(&seat, client.tokens)], &[client]);
    market.wait_for_work_ts(market.seat_state(&seat).settles_at_work_ts());
    market.refuses(market.close_job_ix(&seat.job, client.address()), &[client], E::JobNotOver);
    let burned = market.burns(|| assert_eq!(moved(&market.expire(&seat)), Some((0, 0, REST))));
    assert_eq!((burned, market.escrow()), (REST, 0));
    market.refuses(market.expire_ix(&seat), &[], E::SeatHasEnded);
    market.close_job(&market.client, &seat.job);
    assert_invariants(&market);
}

#[test]
fn a_cancel_fee_waits_in_its_seat_while_the_escrow_is_frozen() {
    let market = Market::new(1);
    let seat = market.drawn(FIXED, FEE);
    market.freeze(VaultKind::Escrow, true);
    market.cancel_seat(&market.client, &seat);
    assert_eq!((market.state_of(&seat), bound(&market)), (SeatState::Cancelled, (0, 0)));
    assert_eq!((market.seat_state(&seat).credit, dues(&market, &seat)), (FEE - PART, (0, PART + REST)));
    assert_invariants(&market);
    market.freeze(VaultKind::Escrow, false);
    assert_eq!(market.burns(|| drop(market.expire(&seat))), PART + REST);
    let client = &market.client.actor;
    market.send(&[ix::claim_credit(&seat, client.tokens)], &[client]);
    assert_eq!(market.escrow(), 0);
    assert_invariants(&market);
}

#[test]
fn seeds_are_captured_and_seats_drawn_unpaid_while_the_escrow_is_frozen() {
    let market = Market::new(1);
    let seat = market.job(FIXED, FEE);
    market.freeze(VaultKind::Escrow, true);
    let earned = market.keeper_earns(|| {
        market.capture(&seat.job);
        market.draw(&seat);
    });
    assert_eq!((earned, market.state_of(&seat)), (0, SeatState::Drawn));
    assert_eq!(market.job_state(&seat.job).bounties_left, draw_fee(1) / 2, "all of them burn with the last seat");
    assert_invariants(&market);
}

#[test]
fn seats_of_one_job_wait_each_with_its_own_part() {
    let market = Market::new(3);
    let seats = market.all_accepted(TRIPLE, FEE);
    market.commit_result(&seats[0], 1);
    market.commit_result(&seats[1], 1);
    market.wait_for_work_ts(market.seat_state(&seats[2]).work_until_work_ts);
    market.freeze(VaultKind::Escrow, true);
    market.expire(&seats[2]);
    market.reveal(&seats[0], 1);
    market.reveal(&seats[1], 1);
    market.settle_seat(&seats[0]);
    market.settle_seat(&seats[1]);
    let rest = draw_fee(3) - 4 * JOB_BOUNTY;
    assert_eq!([0, 1, 2].map(|seat| dues(&market, &seats[seat])), [(FEE, 0), (FEE, rest), (0, 0)]);
    assert_invariants(&market);
    market.freeze(VaultKind::Escrow, false);
    for seat in &seats[..2] {
        market.send(&[market.settle_seat_ix(seat)], &[]);
        assert_invariants(&market);
    }
    market.send(&[ix::claim_credit(&seats[2], market.client.actor.tokens)], &[&market.client.actor]);
    assert_eq!(market.escrow(), 0);
    assert_invariants(&market);
}
