//! Every path that a job can take ends with nothing in escrow and the rent back with its payer.

use {crate::*, work_token_sdk::SeatAddresses};

type Path = fn(&Market) -> SeatAddresses;

fn cancelled_before_the_seed(market: &Market) -> SeatAddresses {
    let seat = market.job(FIXED, FEE);
    market.cancel_seat(&market.client, &seat);
    seat
}

fn cancelled_when_drawn(market: &Market) -> SeatAddresses {
    let seat = market.drawn(FIXED, FEE);
    market.cancel_seat(&market.client, &seat);
    seat
}

fn expired_open(market: &Market) -> SeatAddresses {
    let seat = market.job(FIXED, FEE);
    market.pass(2 * HOUR);
    market.expire(&seat);
    seat
}

fn expired_drawn(market: &Market) -> SeatAddresses {
    let seat = market.drawn(FIXED, FEE);
    market.pass(2 * HOUR);
    market.expire(&seat);
    seat
}

fn expired_accepted(market: &Market) -> SeatAddresses {
    let seat = market.accepted(FIXED, FEE);
    market.pass(HOUR);
    market.expire(&seat);
    seat
}

fn settled(market: &Market) -> SeatAddresses {
    let seat = market.submitted(FIXED, FEE);
    market.settle_seat(&seat);
    seat
}

fn approved(market: &Market) -> SeatAddresses {
    let seat = market.submitted(FIXED, FEE);
    market.approve(&market.client, &seat);
    seat
}

fn declined_and_done_by_the_next(market: &Market) -> SeatAddresses {
    let seat = market.drawn(FIXED, FEE);
    market.decline(&seat);
    market.draw(&seat);
    market.accept(&seat);
    market.submit(&seat);
    market.settle_seat(&seat);
    seat
}

fn taken_by_hand(market: &Market) -> SeatAddresses {
    let seat = market.job(FIXED, FEE);
    for _ in 0..2 {
        market.scenario.chain.advance_slots(700);
        market.send(&[market.capture_ix(&seat.job)], &[]);
    }
    market.send(&[market.take_ix(&seat, &market.owners[0])], &[&market.operator_0()]);
    market.submit(&seat);
    market.settle_seat(&seat);
    seat
}

fn metered(market: &Market, secs: i64) -> SeatAddresses {
    let seat = market.meter(FEE, TOKEN / 10);
    market.capture(&seat.job);
    market.draw(&seat);
    market.accept(&seat);
    market.pass(secs);
    let keeper = &market.scenario.keeper;
    let stopper = if secs < 300 { &market.client.actor } else { keeper };
    market.send(&[market.stop_ix(&seat, stopper)], &[stopper]);
    market.settle_seat(&seat);
    seat
}

fn stopped_at_once(market: &Market) -> SeatAddresses {
    metered(market, 0)
}

fn stopped_by_the_client(market: &Market) -> SeatAddresses {
    metered(market, 100)
}

fn stopped_by_anybody(market: &Market) -> SeatAddresses {
    metered(market, 5_000)
}

/// Three seats: one settled, one approved, one never revealed.
fn revealed_by_two_of_three(market: &Market) -> SeatAddresses {
    let seats = market.all_accepted(TRIPLE, FEE);
    for (seat, result) in seats.iter().zip([1, 2, 3]) {
        market.commit_result(seat, result);
    }
    market.reveal(&seats[0], 1);
    market.reveal(&seats[1], 2);
    market.approve(&market.client, &seats[1]);
    market.pass(HOUR);
    market.expire(&seats[2]);
    market.settle_seat(&seats[0]);
    seats[0]
}

/// Five seats: one cancelled open, one cancelled drawn, one expired open, one expired drawn, one expired
/// accepted.
fn worked_on_by_none_of_five(market: &Market) -> SeatAddresses {
    let job = market.job(QUINTUPLE, FEE).job;
    let seats = market.seats(&job);
    market.capture(&job);
    market.cancel_seat(&market.client, &seats[0]);
    for seat in [&seats[1], &seats[3], &seats[4]] {
        market.draw(seat);
    }
    market.cancel_seat(&market.client, &seats[1]);
    market.accept(&seats[4]);
    market.pass(2 * HOUR);
    for seat in &seats[2..] {
        market.expire(seat);
    }
    seats[0]
}

#[test]
fn every_path_of_a_job_ends_with_an_empty_escrow_and_the_rent_returned() {
    let market = Market::new(5);
    let paths: [(&str, Path); 14] = [
        ("cancelled before the seed", cancelled_before_the_seed),
        ("cancelled when drawn", cancelled_when_drawn),
        ("expired open", expired_open),
        ("expired drawn", expired_drawn),
        ("expired accepted", expired_accepted),
        ("approved", approved),
        ("revealed by two of three", revealed_by_two_of_three),
        ("worked on by none of five", worked_on_by_none_of_five),
        ("settled", settled),
        ("declined and done by the next", declined_and_done_by_the_next),
        ("taken by hand", taken_by_hand),
        ("stopped at once", stopped_at_once),
        ("stopped by the client", stopped_by_the_client),
        ("stopped by anybody", stopped_by_anybody),
    ];
    let client = market.client.actor.address();
    let lamports = market.lamports(&client);
    for (name, path) in paths {
        let job = path(&market).job;
        assert_eq!(market.escrow(), 0, "{name}");
        assert_eq!(market.job_state(&job).live_seats, 0, "{name}");
        let seats = market.seats(&job);
        market.close_job(&market.client, &job);
        assert!(seats.iter().all(|seat| !market.exists(&seat.assignment)) && !market.exists(&job.job), "{name}");
        assert_eq!(market.lamports(&client), lamports, "{name}");
        for owner in &market.owners {
            assert_eq!((market.provider(owner).work.exposure, market.provider(owner).open_seats), (0, 0), "{name}");
        }
        assert_invariants(&market);
        market.next_market_day();
    }
}
