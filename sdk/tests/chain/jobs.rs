use {
    crate::market::{FEE, FIXED, METERED, Market, THREE},
    work_token_sdk::{
        WorkTokenError as E,
        commit::{SealedResult, result_commitment},
        draw::{DrawOutcome, DrawnSeat, Evidence, SeatSeed, verify_draw, verify_event},
        events::Event,
        ix,
        state::SeatState,
        view::{JobCrank, JobTerms, SeedView, Step, Who, quote_job},
    },
};

#[test]
fn a_job_costs_what_was_quoted_and_is_drawn_worked_on_and_paid_as_its_view_says() {
    let market = Market::new();
    let tokens = |market: &Market| market.balance(&market.client);
    let before = tokens(&market);
    let job = market.create(FIXED);
    let view = market.view(&job);
    let state = market.job(&job);
    let quote = quote_job(
        &state.network.params,
        &state.job.rules,
        &JobTerms { fee: FEE, price_per_sec: 0, work_secs: state.job.work_secs },
    )
    .unwrap();
    assert_eq!((before - tokens(&market), view.escrow.total()), (quote.total, quote.total));
    assert!(matches!(view.seed, SeedView::Waits { .. }) && view.next_crank().is_none());
    let keeper = market.paid_keeper();
    assert_eq!(market.refusal(ix::capture_seed(&job, keeper), &[]), E::SeedSlotNotReached);

    market.advance_slots(10);
    assert_eq!(market.view(&job).next_crank(), Some(JobCrank::CaptureSeed));
    market.send(ix::capture_seed(&job, keeper), &[]);
    let seat = job.seat(0);
    assert_eq!(market.view(&job).next_crank(), Some(JobCrank::Draw { seat: 0 }));
    let provider = market.accept(&seat);
    let (operator, client) = (market.operator_of(&provider), &market.client);
    market.send(ix::extend_job(&seat, Some(operator.address()), 600), &[client, &operator]);
    market.send(ix::submit_result(&seat, operator.address(), provider, [9; 32]), &[&operator]);
    market.send(ix::rate_job(&seat, 99), &[client]);

    let settle = ix::settle_job(&seat, keeper.keeper, provider, client.tokens);
    let shown_ts = market.view(&job).seats[0].settles_at_ts.unwrap();
    market.wait_until(shown_ts - 1);
    assert_eq!(market.refusal(settle.clone(), &[]), E::ChallengeOpen);
    market.wait_until(shown_ts);
    assert_eq!(market.view(&job).next_crank(), Some(JobCrank::Settle { seat: 0 }));
    market.send(settle, &[]);
    assert_eq!(market.refusal(ix::claim_credit(&seat, client.tokens), &[client]), E::NoCredit);
    assert_eq!(market.view(&job).escrow.total(), 0);
    assert!(market.view(&job).closable_from_ts.unwrap() <= market.now());
    market.send(ix::close_job(&job, client.address(), &[seat.assignment]), &[client]);
}

#[test]
fn a_draw_on_the_chain_is_verified_from_its_tree_and_from_its_event() {
    let market = Market::new();
    let job = market.create(THREE);
    market.capture(&job);
    for seat in job.seats(3) {
        let (provider, events) = market.draw(&seat);
        let Some(Event::SeatDrawn(event)) = events.iter().find(|event| matches!(event, Event::SeatDrawn(_))) else {
            panic!("no draw in {events:?}")
        };
        let (state, tree) = (market.job(&job), market.tree().unwrap());
        let drawn = DrawnSeat { job_address: &job.job, job: &state.job, assignment: &market.seat_state(&seat) };
        for evidence in [Evidence::Tree(&tree), Evidence::Event(event), Evidence::Both(&tree, event)] {
            assert_eq!(verify_draw(&drawn, evidence).unwrap().winner, Some(provider));
        }
        let seed = SeatSeed { seed: &state.job.seed, job: &job.job, seat: seat.seat };
        assert_eq!(verify_event(&seed, event, None).unwrap().winner, Some(provider));
    }
    let seated = job.seats(3).iter().map(|seat| market.seat_state(seat).provider).collect::<Vec<_>>();
    assert!(seated[0] != seated[1] && seated[1] != seated[2] && seated[0] != seated[2]);
}

#[test]
fn results_of_three_are_committed_revealed_and_compared() {
    let market = Market::new();
    let (job, keeper) = (market.create(THREE), market.paid_keeper());
    market.capture(&job);
    let created_slot = market.job(&job).job.created_slot;
    let sealed: Vec<_> = job
        .seats(3)
        .into_iter()
        .map(|seat| {
            let result_hash = [if seat.seat == 1 { 2 } else { 1 }; 32];
            (seat, SealedResult { provider: market.accept(&seat), result_hash, salt: [seat.seat + 40; 32] })
        })
        .collect();
    for (seat, sealed) in &sealed {
        let operator = market.operator_of(&sealed.provider);
        assert!(market.view(&job).seats[usize::from(seat.seat)].allows(Who::Operator, Step::Commit));
        let commitment = result_commitment(seat, created_slot, sealed);
        market.send(ix::commit_result(seat, operator.address(), commitment), &[&operator]);
    }
    for (seat, sealed) in &sealed {
        let operator = market.operator_of(&sealed.provider);
        assert!(market.view(&job).seats[usize::from(seat.seat)].allows(Who::Operator, Step::Reveal));
        let reveal = |salt| ix::reveal_result(seat, operator.address(), sealed.result_hash, salt);
        assert_eq!(market.refusal(reveal([0; 32]), &[&operator]), E::CommitmentBroken);
        market.send(reveal(sealed.salt), &[&operator]);
    }
    let view = market.view(&job);
    let minorities: Vec<bool> = view.seats.iter().map(|seat| seat.is_minority).collect();
    assert_eq!(minorities, [false, true, false]);
    let (first, provider) = (sealed[0].0, sealed[0].1.provider);
    market.send(ix::approve_result(&first, provider, market.client.tokens), &[&market.client]);
    market.wait_until(view.seats[1].settles_at_ts.unwrap());
    for (seat, sealed) in &sealed[1..] {
        market.send(ix::settle_job(seat, keeper.keeper, sealed.provider, market.client.tokens), &[]);
    }
    let view = market.view(&job);
    assert_eq!((view.escrow.total(), view.seats[1].is_minority), (0, true));
}

#[test]
fn a_meter_runs_while_the_client_gives_signs_and_shows_its_fee() {
    let market = Market::new();
    let job = market.create(METERED);
    market.capture(&job);
    let seat = job.seat(0);
    market.accept(&seat);
    market.advance(60);
    market.send(ix::keep_alive(&seat, market.client.address()), &[&market.client]);
    let until_ts = market.view(&job).seats[0].meter_until_ts.unwrap();
    let stop = ix::stop_job(&seat, market.keeper.address(), market.seat_state(&seat).provider);
    market.wait_until(until_ts - 1);
    assert_eq!(market.refusal(stop.clone(), &[]), E::MeterRunning);
    market.wait_until(until_ts + 500);
    let shown = market.view(&job);
    assert_eq!((shown.next_crank(), shown.seats[0].fee), (Some(JobCrank::Stop { seat: 0 }), 160 * 1_000));
    market.send(stop, &[]);
    assert_eq!(market.seat_state(&seat).fee, shown.seats[0].fee);
}

#[test]
fn a_seat_is_cancelled_for_what_is_shown_and_freely_before_its_seed() {
    let market = Market::new();
    let client = &market.client;
    let free = market.create(FIXED);
    assert!(market.view(&free).seats[0].allows(Who::Client, Step::Cancel { burned: 0 }));
    market.send(ix::extend_job(&free.seat(0), None, 60), &[client]);
    let cancel = ix::cancel_job(&free.seat(0), None, client.tokens);
    let before = market.balance(client);
    market.send(cancel, &[client]);
    assert_eq!(market.balance(client) - before, FEE);

    let dear = market.create(FIXED);
    market.capture(&dear);
    let seat = dear.seat(0);
    let (provider, _) = market.draw(&seat);
    let burned = FEE / 20;
    assert!(market.view(&dear).seats[0].allows(Who::Client, Step::Cancel { burned }));
    let before = market.balance(client);
    market.send(ix::cancel_job(&seat, Some(provider), client.tokens), &[client]);
    assert_eq!(market.balance(client) - before, FEE - burned);
}

#[test]
fn silence_costs_the_seat_and_at_the_end_the_job_expires_as_shown() {
    let market = Market::new();
    let (job, keeper) = (market.create(FIXED), market.paid_keeper());
    market.capture(&job);
    let seat = job.seat(0);
    let (declined, _) = market.draw(&seat);
    let operator = market.operator_of(&declined);
    market.send(ix::decline_job(&seat, operator.address(), declined), &[&operator]);
    let (silent, _) = market.draw(&seat);
    market.wait_until(market.view(&job).seats[0].accept_until_ts.unwrap());
    assert_eq!(market.plan_draw(&seat).unwrap().released, Some(silent));
    let (drawn, events) = market.draw(&seat);
    assert!(events.iter().any(|event| matches!(event, Event::SeatNotDone(event) if event.provider == silent)));
    let view = market.view(&job);
    let expire = ix::expire_job(&seat, keeper, Some(drawn), market.client.tokens);
    market.wait_until(view.seat_until_ts - 1);
    assert_eq!(market.refusal(expire.clone(), &[]), E::NotExpired);
    market.wait_until(view.seat_until_ts);
    assert_eq!(market.view(&job).next_crank(), Some(JobCrank::Expire { seat: 0 }));
    market.send(expire, &[]);
    assert_eq!(market.view(&job).seats[0].state, SeatState::Expired);
}

#[test]
fn a_seed_of_an_epoch_that_is_over_is_armed_again_and_then_anybody_takes_the_seat() {
    let market = Market::new();
    let keeper = market.paid_keeper();
    market.wait_until(market.network_state().clock().starts_at_ts(work_token_sdk::math::Epoch(4)).unwrap() - 60);
    let job = market.create(FIXED);
    let seat = job.seat(0);
    market.capture(&job);
    // Nobody weighed epoch 2, so the tree of epoch 4 is still that of epoch 2.
    market.go_to_epoch(4);
    let plan = market.plan_draw(&seat).unwrap();
    assert_eq!(plan.outcome, DrawOutcome::Rearmed);
    market.send(ix::draw_job(&seat, keeper, &plan.accounts()), &[]);
    assert_eq!(market.plan_draw(&seat), Err(E::SeedNotCaptured));
    market.capture(&job);
    let plan = market.plan_draw(&seat).unwrap();
    assert_eq!(plan.outcome, DrawOutcome::SelfSelection);
    market.send(ix::draw_job(&seat, keeper, &plan.accounts()), &[]);
    assert_eq!(market.plan_draw(&seat), Err(E::NothingDrawn));
    assert!(market.view(&job).seats[0].allows(Who::AnyProvider, Step::Accept));

    let provider = market.providers[2];
    let operator = market.operator_of(&provider.provider);
    let accept = |offer| ix::accept_job(&seat, operator.address(), provider.provider, offer);
    assert_eq!(market.refusal(accept(None), &[&operator]), E::WrongOffer);
    market.send(accept(Some(provider.offer())), &[&operator]);
    assert_eq!(market.view(&job).seats[0].provider, Some(provider.provider));
}
