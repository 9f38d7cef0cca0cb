//! Jobs from their creation to their closing: who may do what, and until which second.

use {
    crate::*,
    work_token_sdk::{SeatAddresses, state::JobRules},
};

#[test]
fn a_job_holds_its_fees_its_bounties_and_as_much_again_to_burn() {
    let market = Market::new(1);
    let before = market.balance(&market.client.actor);
    for (class, seats) in [(FIXED, 1), (TRIPLE, 3), (QUINTUPLE, 5)] {
        let escrow = market.escrow();
        let job = market.job(class, FEE).job;
        let state = market.job_state(&job);
        assert_eq!(market.escrow() - escrow, seats * FEE + draw_fee(seats));
        assert_eq!(state.bounties_left, draw_fee(seats) / 2);
        assert_eq!(market.seats(&job).len() as u64, seats);
    }
    assert_eq!(before - market.balance(&market.client.actor), market.escrow());
    assert_invariants(&market);
}

#[test]
fn a_jobs_number_rises_and_is_never_used_again() {
    let market = Market::new(1);
    let client = &market.client;
    let first = market.job(FIXED, FEE);
    assert_eq!(first.job.number, 0);
    market.cancel_seat(client, &first);
    market.close_job(client, &first.job);
    assert!(!market.exists(&first.job.job));
    let order = market.order(client, FIXED, FEE);
    let again = ix::create_job(&client.at.job(0), &order);
    let before = Photo::of(&market);
    assert!(market.tries(&[again], &[&client.actor]).is_err(), "the address of a number that is past");
    assert_eq!(before.first_difference(&market), None);
    assert_eq!(market.place(client, &order).number, 1);
    assert_invariants(&market);
}

#[test]
fn a_job_outside_its_classes_terms_is_refused() {
    let market = Market::new(1);
    let client = &market.client;
    let refused = |class: u8, edit: &dyn Fn(&mut ix::CreateJob), error| {
        let mut order = market.order(client, class, FEE);
        edit(&mut order);
        market.refuses(market.place_ix(client, &order), &[&client.actor], error);
    };
    refused(FIXED, &|order| order.fee = 0, E::FeeBelowMinimum);
    refused(FIXED, &|order| order.fee = JOB_RULES.minimum_fee - 1, E::FeeBelowMinimum);
    refused(FIXED, &|order| order.fee = u64::MAX, E::FeeTooLarge);
    refused(FIXED, &|order| order.fee = (1 << 60) - draw_fee(1), E::FeeTooLarge);
    refused(TRIPLE, &|order| order.fee = u64::MAX / 3 + 1, E::FeeTooLarge);
    refused(FIXED, &|order| order.fee = 1_000_000 * TOKEN, E::InsufficientFunds);
    refused(FIXED, &|order| order.price_per_sec = 1, E::NotMetered);
    refused(METERED, &|order| order.price_per_sec = 0, E::ZeroAmount);
    refused(FIXED, &|order| order.work_secs = 59, E::WorkTimeOutOfBounds);
    refused(FIXED, &|order| order.work_secs = 24 * 3_600 + 1, E::WorkTimeOutOfBounds);
    refused(TRIPLE, &|order| order.seats = 2, E::WrongSeatCount);
    refused(FIXED, &|order| order.seats = 2, E::WrongSeatCount);
    market.job(FIXED, JOB_RULES.minimum_fee);
    assert_invariants(&market);
}

#[test]
fn a_job_is_paid_by_its_own_client_and_refunds_go_where_it_says() {
    let market = Market::new(1);
    let (client, other) = (&market.client, market.buyer("other client", TOKEN));
    let order = market.order(client, FIXED, FEE);
    let changed = |index: usize, key: Pubkey| {
        let mut create = market.place_ix(client, &order);
        create.accounts[index].pubkey = key;
        create
    };
    market.refuses(changed(3, other.at.client), &[&client.actor], E::WrongClient);
    market.refuses(changed(7, other.actor.tokens), &[&client.actor], E::WrongRefundAccount);
    market.set_frozen(&other.actor.tokens, true);
    let mut frozen = order;
    frozen.refund_account = other.actor.tokens;
    let before = Photo::of(&market);
    assert!(market.tries(&[market.place_ix(client, &frozen)], &[&client.actor]).is_err(), "it must receive now");
    assert_eq!(before.first_difference(&market), None);
    assert_invariants(&market);
}

#[test]
fn a_pause_stops_new_jobs_and_none_that_was_made() {
    let market = Market::new(1);
    let guardian = &market.scenario.admin;
    let [made, drawn, accepted] = [market.job(FIXED, FEE), market.drawn(FIXED, FEE), market.accepted(FIXED, FEE)];
    let pause = ix::pause(&market.scenario.network.network, guardian.address(), 7 * 24 * 3_600);
    market.send(&[pause], &[guardian]);
    let order = market.order(&market.client, FIXED, FEE);
    market.refuses(market.place_ix(&market.client, &order), &[&market.client.actor], E::Paused);
    market.cancel_seat(&market.client, &drawn);
    market.capture(&made.job);
    market.draw(&made);
    market.accept(&made);
    for seat in [&made, &accepted] {
        market.submit(seat);
    }
    for seat in [&made, &accepted] {
        market.settle_seat(seat);
    }
    assert!(market.now() < market.network().paused_until_ts);
    assert_eq!(market.escrow(), 0);
    assert_invariants(&market);
}

#[test]
fn a_change_of_a_class_does_not_reach_the_jobs_that_were_made_under_the_old_rules() {
    let market = Market::new(1);
    let least = JOB_RULES.minimum_fee;
    let seat = market.job(FIXED, least);
    let rules = JobRules { minimum_fee: least + least / 5, challenge_secs: 3 * 86_400 / 5 * 4, ..JOB_RULES };
    market.set_class(FIXED, &rules);
    let order = market.order(&market.client, FIXED, least);
    market.pass(3 * DAY - 1);
    market.place(&market.client, &order);
    market.pass(1);
    market.refuses(market.place_ix(&market.client, &order), &[&market.client.actor], E::FeeBelowMinimum);
    assert_eq!(market.job_state(&seat.job).rules, JOB_RULES);
    assert_invariants(&market);
}

#[test]
fn a_drawn_provider_accepts_until_the_second_in_which_its_time_is_over() {
    let market = Market::new(2);
    let [seat, late] = [market.drawn(FIXED, FEE), market.drawn(FIXED, FEE)];
    let operator = market.operator(&seat);
    let drawn = market.seat_state(&seat).provider;
    let bystander = market.owners.iter().find(|owner| owner.at.provider != drawn).unwrap();
    let theirs = market.take_ix(&seat, bystander);
    market.refuses(theirs, &[&market.scenario.operator_of(&bystander.actor)], E::NotDrawnForSeat);
    let owner = &market.owner_of(&drawn).actor;
    market.refuses(ix::accept_job(&seat, owner.address(), drawn, None), &[owner], E::OperatorsOnly);
    market.wait_for_work_ts(market.seat_state(&seat).accept_until_work_ts - 1);
    market.send(&[market.accept_ix(&seat, &operator)], &[&operator]);
    market.refuses(market.accept_ix(&seat, &operator), &[&operator], E::NotDrawnForSeat);
    let operator = market.operator(&late);
    market.wait_for_work_ts(market.seat_state(&late).accept_until_work_ts);
    market.refuses(market.accept_ix(&late, &operator), &[&operator], E::AcceptanceHasPassed);
    assert_invariants(&market);
}

#[test]
fn the_operator_that_accepted_submits_whoever_is_in_office_then() {
    let market = Market::new(1);
    let seat = market.accepted(FIXED, FEE);
    let (owner, old, new) = (&market.owners[0], market.operator(&seat), market.person("new operator"));
    market.send(&[ix::set_operator(&owner.at, new.address())], &[&owner.actor]);
    for wrong in [&new, &owner.actor, &market.client.actor] {
        market.refuses(market.submit_ix(&seat, wrong), &[wrong], E::OperatorsOnly);
    }
    market.send(&[market.submit_ix(&seat, &old)], &[&old]);
    assert_eq!(market.seat_state(&seat).result_hash, [7; 32]);
    assert_invariants(&market);
}

#[test]
fn a_result_is_refused_early_late_twice_and_for_another_job() {
    let market = Market::new(1);
    let drawn = market.drawn(FIXED, FEE);
    let operator = market.operator(&drawn);
    let submit = |seat: &SeatAddresses| market.submit_ix(seat, &operator);
    market.refuses(submit(&drawn), &[&operator], E::NotAccepted);
    let [first, second] = [market.accepted(FIXED, FEE), market.accepted(FIXED, FEE)];
    let mut mixed = submit(&first);
    mixed.accounts[2].pubkey = second.job.job;
    market.refuses(mixed, &[&operator], E::WrongJob);
    market.wait_for_work_ts(market.seat_state(&first).work_until_work_ts - 1);
    market.send(&[submit(&first)], &[&operator]);
    market.refuses(submit(&first), &[&operator], E::NotAccepted);
    market.wait_for_work_ts(market.seat_state(&second).work_until_work_ts);
    market.refuses(submit(&second), &[&operator], E::SubmissionHasPassed);
    assert_invariants(&market);
}

#[test]
fn a_result_is_settled_an_hour_after_its_challenge_window_and_not_a_second_earlier() {
    let market = Market::new(2);
    let seat = market.submitted(FIXED, FEE);
    let until = market.seat_state(&seat).settles_at_work_ts();
    assert_eq!(until - market.now(), 3 * DAY + HOUR);
    market.wait_for_work_ts(until - 1);
    market.refuses(market.settle_seat_ix(&seat), &[], E::ChallengeOpen);
    market.pass(1);
    let drawn = market.seat_state(&seat).provider;
    let bystander = market.owners.iter().find(|owner| owner.at.provider != drawn).unwrap().at.provider;
    let (keeper, refund) = (market.scenario.keeper.address(), market.client.actor.tokens);
    market.refuses(ix::settle_job(&seat, keeper, bystander, refund), &[], E::WrongProvider);
    market.send(&[market.settle_seat_ix(&seat)], &[]);
    market.refuses(market.settle_seat_ix(&seat), &[], E::NotSubmitted);
    assert_invariants(&market);
}

#[test]
fn approval_pays_at_once_and_the_result_stays_disputable() {
    let market = Market::new(1);
    let client = &market.client;
    let seat = market.submitted(FIXED, FEE);
    let stranger = market.person("stranger");
    let mut theirs = market.approve_ix(&seat);
    theirs.accounts[0].pubkey = stranger.address();
    market.refuses(theirs, &[&stranger], E::WrongClient);
    market.approve(client, &seat);
    let state = market.seat_state(&seat);
    assert_eq!((state.state(), market.escrow()), (SeatState::Settled, 0));
    assert_eq!(market.provider(&market.owners[0]).work.exposure, 0);
    assert!(market.provider(&market.owners[0]).record(math::Epoch(3)).unwrap().fees > 0);
    let close = market.close_job_ix(&seat.job, client.actor.address());
    market.wait_for_work_ts(state.settles_at_work_ts() - 1);
    market.refuses(close.clone(), &[&client.actor], E::JobNotOver);
    market.pass(1);
    market.send(&[close], &[&client.actor]);
    market.next_market_day();
    let accepted = market.accepted(FIXED, FEE);
    market.refuses(market.approve_ix(&accepted), &[&client.actor], E::NotSubmitted);
    assert_invariants(&market);
}

#[test]
fn an_accepted_seat_is_extended_by_client_and_operator_together_within_the_bound() {
    let market = Market::new(1);
    let client = &market.client.actor;
    let seat = market.accepted(FIXED, FEE);
    let (operator, stranger) = (market.operator(&seat), market.person("stranger"));
    let extend = |who: &Actor, secs: u32| ix::extend_job(&seat, Some(who.address()), secs);
    let until = market.seat_state(&seat).work_until_work_ts;
    market.refuses(ix::extend_job(&seat, None, 60), &[client], E::OperatorsOnly);
    market.refuses(extend(&stranger, 60), &[client, &stranger], E::OperatorsOnly);
    market.refuses(extend(&operator, 0), &[client, &operator], E::ZeroAmount);
    market.refuses(extend(&operator, 12 * 3_600 + 1), &[client, &operator], E::ExtensionTooLong);
    market.send(&[extend(&operator, 60)], &[client, &operator]);
    market.refuses(extend(&operator, 12 * 3_600 - 59), &[client, &operator], E::ExtensionTooLong);
    market.refuses(extend(&operator, u32::MAX), &[client, &operator], E::ExtensionTooLong);
    market.send(&[extend(&operator, 12 * 3_600 - 60)], &[client, &operator]);
    assert_eq!(market.seat_state(&seat).work_until_work_ts, until + 12 * HOUR);
    market.submit(&seat);
    market.refuses(extend(&operator, 60), &[client, &operator], E::NotAccepted);
    assert_invariants(&market);
}

#[test]
fn an_extension_comes_in_time_and_binds_nothing_new() {
    let market = Market::new(1);
    let client = &market.client.actor;
    let (seat, ann) = (market.accepted(FIXED, FEE), &market.owners[0]);
    let operator = market.operator(&seat);
    let extend = ix::extend_job(&seat, Some(operator.address()), 60);
    market.open_claim(ann, 7, STAKE, 0);
    market.request(ann, STAKE / 2);
    market.send(std::slice::from_ref(&extend), &[client, &operator]);
    assert_eq!(market.provider(ann).work.exposure, 60 * FEE);
    market.drop_claim(ann, 7);
    market.wait_for_work_ts(market.seat_state(&seat).work_until_work_ts);
    market.refuses(extend, &[client, &operator], E::SubmissionHasPassed);
    assert_invariants(&market);
}

#[test]
fn before_acceptance_the_client_alone_extends_up_to_the_classes_longest() {
    let market = Market::new(1);
    let client = &market.client.actor;
    let seat = market.job(FIXED, FEE);
    let longest = 24 * 3_600;
    market.refuses(ix::extend_job(&seat, None, longest - 59), &[client], E::WorkTimeOutOfBounds);
    market.send(&[ix::extend_job(&seat, None, longest - 60)], &[client]);
    market.refuses(ix::extend_job(&seat, None, 1), &[client], E::WorkTimeOutOfBounds);
    market.capture(&seat.job);
    market.draw(&seat);
    market.accept(&seat);
    let state = market.seat_state(&seat);
    assert_eq!(state.work_until_work_ts - state.accepted_work_ts, DAY);
    assert_invariants(&market);
}

#[test]
fn a_rating_is_an_event_and_nothing_else() {
    let market = Market::new(1);
    let client = &market.client.actor;
    let seat = market.accepted(FIXED, FEE);
    market.refuses(ix::rate_job(&seat, 50), &[client], E::NotSubmitted);
    market.submit(&seat);
    market.refuses(ix::rate_job(&seat, 101), &[client], E::RatingOutOfBounds);
    let stranger = market.person("stranger");
    let mut theirs = ix::rate_job(&seat, 50);
    theirs.accounts[0].pubkey = stranger.address();
    market.refuses(theirs, &[&stranger], E::WrongClient);
    let before = Photo::of(&market);
    let rated = market.send(&[ix::rate_job(&seat, 100)], &[client]);
    assert_eq!(before.first_difference(&market), None);
    assert!(matches!(events(&rated)[..], [Event::ResultRated(_)]));
    assert_invariants(&market);
}

#[test]
fn a_job_is_closed_by_its_client_at_once_and_by_anybody_after_thirty_days() {
    let market = Market::new(3);
    let client = &market.client.actor;
    let rent = market.lamports(&client.address());
    let job = market.job(TRIPLE, FEE).job;
    let seats = market.seats(&job);
    let close = |closer: &Actor, seats: &[usize]| {
        let keys = market.seats(&job);
        let keys: Vec<Pubkey> = seats.iter().map(|seat| keys[*seat].assignment).collect();
        ix::close_job(&job, closer.address(), &keys)
    };
    market.cancel_seat(&market.client, &seats[0]);
    market.refuses(close(client, &[0, 1, 2]), &[client], E::JobNotOver);
    market.cancel_seat(&market.client, &seats[1]);
    market.cancel_seat(&market.client, &seats[2]);
    for wrong in [&[0, 1][..], &[0, 2, 1], &[0, 1, 1], &[]] {
        let before = Photo::of(&market);
        assert!(market.tries(&[close(client, wrong)], &[client]).is_err(), "{wrong:?}");
        assert_eq!(before.first_difference(&market), None);
    }
    let keeper = &market.scenario.keeper;
    market.pass(30 * DAY - 1);
    market.refuses(close(keeper, &[0, 1, 2]), &[], E::TooEarlyToCloseJob);
    // What a stranger donates leaves with the rent and stops nothing.
    market.scenario.chain.fund(&job.job, 5);
    market.pass(1);
    market.send(&[close(keeper, &[0, 1, 2])], &[]);
    assert_eq!(market.lamports(&client.address()), rent + 5, "rent returns to who paid it");
    assert_invariants(&market);
}
