//! Who is drawn and does not get the seat, and what becomes of it then (job-draw-6).

use {crate::*, work_token_sdk::SeatAddresses};

/// A job of which the only provider with a leaf gets no seat: it is skipped for `reason` until draws are
/// over.
fn skipped_until_the_end(market: &Market, fee: u64, reason: SkipReason) -> SeatAddresses {
    let seat = market.job(FIXED, fee);
    market.capture(&seat.job);
    loop {
        for event in events(&market.draw_once(&seat)) {
            let Event::SeatDrawn(drawn) = event else { continue };
            assert!(drawn.skipped.iter().all(|skipped| skipped.reason == reason as u8), "{drawn:?}");
            if drawn.self_selection {
                if let Some(owner) = market.owners.first() {
                    let skips = market.record(owner, market.epoch()).skips;
                    assert_eq!(skips[reason as usize - 1], skips.iter().sum::<u16>(), "one reason, and no other");
                }
                return seat;
            }
        }
    }
}

fn looked_at(market: &Market, seat: &SeatAddresses) -> (u8, u8) {
    (market.seat_state(seat).leaves, market.seat_state(seat).attempts)
}

/// A market whose only leaf is the first provider's; the other one is ready to work.
fn with_a_newcomer(edit: impl FnOnce(&Market)) -> (Market, Owner) {
    let market = Market::unweighed(&[STAKE], |_| ());
    let newcomer = market.owner("newcomer", 0, STAKE);
    market.offer(&newcomer, u16::MAX, 0);
    edit(&market);
    (market.weighed(), newcomer)
}

#[test]
fn one_that_does_not_serve_the_class_uses_no_attempt_and_after_64_leaves_anybody_may_take_the_seat() {
    let (market, newcomer) = with_a_newcomer(|market| market.offer(&market.owners[0], 1 << METERED, 0));
    let seat = skipped_until_the_end(&market, FEE, SkipReason::NotServing);
    assert_eq!(looked_at(&market, &seat), (64, 0));
    let record = *market.provider(&market.owners[0]).record(math::Epoch(3)).unwrap();
    assert_eq!((record.drawn, record.skips[SkipReason::NotServing as usize - 1]), (64, 64));
    market.refuses(market.bare_draw(&seat), &[], E::NothingDrawn);
    market.refuses(market.take_ix(&seat, &market.owners[0]), &[&market.operator_0()], E::ClassNotServed);
    let operator = market.scenario.operator_of(&newcomer.actor);
    market.send(&[market.take_ix(&seat, &newcomer)], &[&operator]);
    assert_eq!(market.seat_state(&seat).provider, newcomer.at.provider);
    market.refuses(market.take_ix(&seat, &market.owners[0]), &[&market.operator_0()], E::NotDrawnForSeat);
    assert_invariants(&market);
}

#[test]
fn one_that_never_made_an_offer_serves_nothing() {
    let market = Market::unweighed(&[], |_| ());
    let ann = market.owner("ann", 0, STAKE);
    market.go_to_epoch(2);
    market.weigh(1, &[&ann]);
    market.next_epoch();
    let seat = skipped_until_the_end(&market, FEE, SkipReason::NotServing);
    assert_eq!(looked_at(&market, &seat), (64, 0));
    let operator = market.scenario.operator_of(&ann.actor);
    let take = ix::accept_job(&seat, operator.address(), ann.at.provider, None);
    market.refuses(take, &[&operator], E::ClassNotServed);
    assert_invariants(&market);
}

#[test]
fn one_that_is_too_dear_uses_no_attempt() {
    let (market, _) = with_a_newcomer(|market| market.offer(&market.owners[0], u16::MAX, FEE + 1));
    let seat = skipped_until_the_end(&market, FEE, SkipReason::BelowFloor);
    assert_eq!(looked_at(&market, &seat), (64, 0));
    market.refuses(market.take_ix(&seat, &market.owners[0]), &[&market.operator_0()], E::BelowFloorPrice);
    assert_eq!(market.state_of(&market.drawn(FIXED, FEE + 1)), SeatState::Drawn);
    assert_invariants(&market);
}

#[test]
fn one_whose_stake_is_bound_uses_no_attempt_and_cannot_take_the_seat_itself() {
    let (market, _) = with_a_newcomer(|_| ());
    for _ in 0..3 {
        market.drawn(FIXED, FEE);
    }
    let seat = skipped_until_the_end(&market, FEE, SkipReason::ExposureFull);
    assert_eq!(looked_at(&market, &seat), (64, 0));
    market.refuses(market.take_ix(&seat, &market.owners[0]), &[&market.operator_0()], E::ExposureFull);
    assert_invariants(&market);
}

#[test]
fn one_that_is_not_active_uses_up_an_attempt_and_after_eight_anybody_may_take_the_seat() {
    let (market, newcomer) = with_a_newcomer(|_| ());
    market.retire(&market.owners[0]);
    let seat = skipped_until_the_end(&market, FEE, SkipReason::NotActive);
    assert_eq!(looked_at(&market, &seat), (8, 8));
    let record = *market.provider(&market.owners[0]).record(math::Epoch(3)).unwrap();
    assert_eq!((record.drawn, record.skips[SkipReason::NotActive as usize - 1]), (8, 8));
    market.refuses(market.take_ix(&seat, &market.owners[0]), &[&market.operator_0()], E::ProviderNotActive);
    let operator = market.scenario.operator_of(&newcomer.actor);
    market.send(&[market.take_ix(&seat, &newcomer)], &[&operator]);
    assert_invariants(&market);
}

#[test]
fn one_below_the_minimum_after_its_grace_uses_up_an_attempt() {
    let (market, _) = with_a_newcomer(|_| ());
    market.edit_network(|network| {
        network.epoch_rules.iter_mut().for_each(|rules| rules.minimum_stake = STAKE + 1);
        network.minimum_stake = STAKE + 1;
    });
    market.edit_provider(&market.owners[0], |provider| provider.underbonded_since_ts = 1);
    let seat = skipped_until_the_end(&market, FEE, SkipReason::BelowMinimum);
    assert_eq!(looked_at(&market, &seat), (8, 8));
    market.refuses(market.take_ix(&seat, &market.owners[0]), &[&market.operator_0()], E::BelowMinimumStake);
    assert_invariants(&market);
}

#[test]
fn one_in_maintenance_uses_no_attempt_and_takes_nothing() {
    let (market, _) = with_a_newcomer(|_| ());
    let (ann, operator) = (&market.owners[0], market.operator_0());
    let when = ix::Maintenance { from_ts: market.now() + HOUR, secs: 3_600 };
    let network = &market.scenario.network.network;
    market.send(&[ix::declare_maintenance(network, operator.address(), ann.at.provider, when)], &[&operator]);
    market.pass(HOUR);
    let seat = skipped_until_the_end(&market, FEE, SkipReason::Maintenance);
    assert_eq!(looked_at(&market, &seat), (64, 0));
    market.refuses(market.take_ix(&seat, ann), &[&operator], E::InMaintenance);
    assert_invariants(&market);
}

#[test]
fn silence_and_declining_use_up_an_attempt_and_the_eighth_opens_the_seat_to_all() {
    let (market, newcomer) = with_a_newcomer(|_| ());
    let seat = market.job(FIXED, FEE);
    market.capture(&seat.job);
    for declined in 0..7 {
        assert_eq!(looked_at(&market, &seat), (declined, declined));
        market.draw(&seat);
        market.decline(&seat);
    }
    market.draw(&seat);
    market.pass(600);
    let outcome = market.draw(&seat);
    assert!(events(&outcome).iter().any(|event| matches!(event, Event::SeatDrawn(drawn) if drawn.self_selection)));
    assert_eq!((looked_at(&market, &seat), market.state_of(&seat)), ((8, 8), SeatState::Open));
    let ann = market.provider(&market.owners[0]);
    let record = ann.record(math::Epoch(3)).unwrap();
    assert_eq!(
        (record.declined, record.passed, ann.work.exposure),
        (7, 1, 0),
        "each is counted, whoever the client is"
    );
    let operator = market.scenario.operator_of(&newcomer.actor);
    market.send(&[market.take_ix(&seat, &newcomer)], &[&operator]);
    let taken = market.seat_state(&seat);
    assert_eq!(taken.exposure, 60 * FEE, "who takes a seat is bound as one that was drawn");
    assert_eq!(market.provider(&newcomer).work.exposure, 60 * FEE);
    assert_invariants(&market);
}

#[test]
fn a_silent_provider_loses_the_seat_with_the_next_draw_and_may_be_drawn_again() {
    let market = Market::new(1);
    let seat = market.drawn(FIXED, FEE);
    market.wait_for_work_ts(market.seat_state(&seat).accept_until_work_ts - 1);
    let early = ix::draw_job(
        &seat,
        market.scenario.paid_keeper(),
        &ix::Draw {
            work_tree: market.scenario.work_tree(3),
            released: Some(market.owners[0].at.provider),
            candidates: &[],
        },
    );
    market.refuses(early, &[], E::SeatNotOpen);
    market.pass(1);
    market.draw(&seat);
    assert_eq!((looked_at(&market, &seat), market.state_of(&seat)), ((2, 1), SeatState::Drawn));
    let ann = market.provider(&market.owners[0]);
    assert_eq!((ann.record(math::Epoch(3)).unwrap().passed, ann.work.exposure, ann.open_seats), (1, 60 * FEE, 1));
    assert_invariants(&market);
}

#[test]
fn an_offer_changed_once_the_seed_is_known_dodges_no_draw() {
    let market = Market::new(1);
    let seat = market.job(FIXED, FEE);
    market.capture(&seat.job);
    market.offer(&market.owners[0], u16::MAX, u64::MAX);
    market.offer(&market.owners[0], 0, 0);
    market.draw(&seat);
    assert_eq!(market.state_of(&seat), SeatState::Drawn);
    market.next_market_day();
    let seat = market.drawn(FIXED, FEE);
    assert_eq!((market.state_of(&seat), looked_at(&market, &seat)), (SeatState::Open, (64, 0)));
    assert_invariants(&market);
}

#[test]
fn a_provider_takes_one_seat_of_a_job_alone() {
    let market = Market::new(1);
    let job = market.job(TRIPLE, FEE).job;
    let seats = market.seats(&job);
    (0..2).for_each(|_| {
        market.scenario.chain.advance_slots(700);
        market.send(&[market.capture_ix(&job)], &[]);
    });
    market.send(&[market.take_ix(&seats[1], &market.owners[0])], &[&market.operator_0()]);
    market.refuses(market.take_ix(&seats[0], &market.owners[0]), &[&market.operator_0()], E::AlreadySeated);
    market.wait_for_work_ts(market.job_state(&job).seat_until_work_ts);
    market.refuses(market.take_ix(&seats[0], &market.owners[0]), &[&market.operator_0()], E::SeatingHasPassed);
    assert_invariants(&market);
}
