//! Seeds and draws on the real list of slot hashes (job-draw-4, job-draw-6, job-draw-1).

use {
    crate::*,
    work_token_sdk::{
        SeatAddresses,
        draw::{DrawnSeat, Evidence, SeatSeed, next_leaves, verify_draw},
        event_types::SeatDrawn,
        state::Tree,
        transport::RawAccount,
    },
};

/// The list of slot hashes, newest first.
fn slot_hashes(market: &Market) -> Vec<(u64, [u8; 32])> {
    let data = market.scenario.chain.account(&ix::SLOT_HASHES).unwrap().unwrap().data;
    let entry = |bytes: &[u8]| (u64::from_le_bytes(bytes[..8].try_into().unwrap()), bytes[8..40].try_into().unwrap());
    let count = u64::from_le_bytes(data[..8].try_into().unwrap()) as usize;
    data[8..].chunks_exact(40).take(count).map(entry).collect()
}

fn drawn_event(market: &Market, seat: &SeatAddresses) -> SeatDrawn {
    let found = events(&market.draw(seat)).into_iter().find_map(|event| match event {
        Event::SeatDrawn(drawn) => Some(drawn),
        _ => None,
    });
    found.expect("a draw says what it did")
}

fn tree(market: &Market) -> Box<Tree> {
    Box::new(market.scenario.read(&market.scenario.work_tree(market.epoch()).unwrap()))
}

#[test]
fn a_seed_is_captured_from_its_slot_on_and_once() {
    let market = Market::new(1);
    let seat = market.job(FIXED, FEE);
    let state = market.job_state(&seat.job);
    assert_eq!(state.seed_slot, state.created_slot + 8);
    market.refuses(market.bare_draw(&seat), &[], E::SeedNotCaptured);
    let chain = &market.scenario.chain;
    chain.advance_slots(state.seed_slot - chain.slot());
    market.refuses(market.capture_ix(&seat.job), &[], E::SeedSlotNotReached);
    chain.advance_slots(2);
    let mut elsewhere = market.capture_ix(&seat.job);
    elsewhere.accounts[3].pubkey = seat.job.client.client;
    market.refuses(elsewhere, &[], E::WrongSysvar);
    market.send(&[market.capture_ix(&seat.job)], &[]);
    market.refuses(market.capture_ix(&seat.job), &[], E::SeedAlreadyCaptured);
    assert_invariants(&market);
}

#[test]
fn a_seed_is_the_hash_of_the_first_slot_that_exists_from_the_armed_one_on() {
    let market = Market::new(1);
    let mut missing = 0;
    for _ in 0..20 {
        let seat = market.job(FIXED, TOKEN);
        market.capture(&seat.job);
        let job = market.job_state(&seat.job);
        let mut later = slot_hashes(&market).into_iter().filter(|(slot, _)| *slot >= job.seed_slot);
        let (slot, hash) = later.next_back().unwrap();
        assert_eq!(job.seed, hash);
        missing += u32::from(slot != job.seed_slot);
        market.scenario.chain.advance_slots(1);
    }
    assert!(missing > 0, "some slots have no block");
    assert_invariants(&market);
}

#[test]
fn the_list_must_still_hold_an_older_slot_than_the_armed_one() {
    let market = Market::new(1);
    let seats = [market.job(FIXED, FEE), market.job(FIXED, FEE)];
    let seed_slot = market.job_state(&seats[0].job).seed_slot;
    let oldest = || slot_hashes(&market).last().unwrap().0;
    market.scenario.chain.advance_slots(500);
    let before_next = loop {
        let before = oldest();
        assert!(before < seed_slot);
        market.scenario.chain.advance_slots(1);
        if oldest() >= seed_slot {
            break before;
        }
        if oldest() == seed_slot - 1 || slot_hashes(&market).iter().rev().nth(1).unwrap().0 >= seed_slot {
            // The last moment: one older slot is left.
            if market.job_state(&seats[0].job).seed == [0; 32] {
                market.send(&[market.capture_ix(&seats[0].job)], &[]);
            }
        }
    };
    assert!(before_next < seed_slot);
    assert_ne!(market.job_state(&seats[0].job).seed, [0; 32]);
    market.send(&[market.capture_ix(&seats[1].job)], &[]);
    let lost = market.job_state(&seats[1].job);
    assert!(lost.has(job_flags::REARMED) && !lost.has(job_flags::SEEDED), "nothing proves that it was the first");
    assert_invariants(&market);
}

#[test]
fn a_lost_seed_is_armed_once_more_paid_and_then_anybody_takes_the_job() {
    let market = Market::new(1);
    let seat = market.job(FIXED, FEE);
    let lose = || {
        market.scenario.chain.advance_slots(700);
        market.keeper_earns(|| drop(market.send(&[market.capture_ix(&seat.job)], &[])))
    };
    assert_eq!(lose(), JOB_BOUNTY);
    let job = market.job_state(&seat.job);
    assert_eq!((job.flags, job.seed_slot), (job_flags::REARMED, market.scenario.chain.slot() + 8));
    market.refuses(market.take_ix(&seat, &market.owners[0]), &[&market.operator_0()], E::NotDrawnForSeat);
    assert_eq!(lose(), JOB_BOUNTY);
    assert!(market.job_state(&seat.job).has(job_flags::SELF_SELECTION));
    market.refuses(market.capture_ix(&seat.job), &[], E::SeedAlreadyCaptured);
    market.refuses(market.bare_draw(&seat), &[], E::NothingDrawn);
    market.send(&[market.take_ix(&seat, &market.owners[0])], &[&market.operator_0()]);
    assert_eq!(market.state_of(&seat), SeatState::Accepted);
    assert_invariants(&market);
}

#[test]
fn a_draw_takes_the_providers_of_its_leaves_and_the_networks_tree_alone() {
    let market = Market::new(2);
    let seat = market.job(FIXED, FEE);
    market.capture(&seat.job);
    let plan = market.scenario.plan_draw(&seat).unwrap();
    let keeper = market.scenario.paid_keeper();
    let draw = |work_tree: Option<Pubkey>, candidates: &[ix::Candidate]| {
        ix::draw_job(&seat, keeper, &ix::Draw { work_tree, released: None, candidates })
    };
    let [first, ..] = plan.candidates[..] else { panic!("a leaf is looked at") };
    let other = market.owners.iter().find(|owner| owner.at.provider != first.provider).unwrap();
    let stranger = ix::Candidate { provider: other.at.provider, offer: Some(other.at.offer()) };
    market.refuses(draw(plan.work_tree, &[stranger]), &[], E::WrongDraw);
    market.refuses(draw(plan.work_tree, &[]), &[], E::NothingDrawn);
    let with_offer = ix::Candidate { provider: first.provider, offer: Some(other.at.offer()) };
    market.refuses(draw(plan.work_tree, &[with_offer]), &[], E::WrongOffer);
    let without = ix::Candidate { provider: first.provider, offer: None };
    market.refuses(draw(plan.work_tree, &[without]), &[], E::WrongOffer);
    let (foreign, copy) = (market.scenario.work_tree(4), Pubkey::new_from_array([0xF0; 32]));
    let account = market.scenario.chain.account(&plan.work_tree.unwrap()).unwrap().unwrap();
    market.scenario.chain.set_account(copy, RawAccount { ..account });
    for wrong in [foreign, Some(copy), None] {
        market.refuses(draw(wrong, &plan.candidates), &[], E::WrongTree);
    }
    market.send(&[draw(plan.work_tree, &plan.candidates)], &[]);
    market.refuses(draw(plan.work_tree, &plan.candidates), &[], E::SeatNotOpen);
    assert_invariants(&market);
}

#[test]
fn seats_are_drawn_until_the_second_in_which_the_time_to_seat_is_over() {
    let market = Market::new(1);
    let [seat, late] = [market.job(FIXED, FEE), market.job(FIXED, FEE)];
    for seat in [&seat, &late] {
        market.capture(&seat.job);
    }
    let until = market.job_state(&seat.job).seat_until_work_ts;
    market.wait_for_work_ts(until - 1);
    let draw = market.bare_draw(&late);
    market.draw(&seat);
    market.pass(1);
    market.refuses(draw, &[], E::SeatingHasPassed);
    assert_invariants(&market);
}

#[test]
fn a_late_weigh_writes_no_leaf_into_the_tree_in_use() {
    let market = Market::unweighed(&[STAKE], |_| ());
    let late = market.owner("late", 0, STAKE);
    let market = market.weighed();
    let before = tree(&market);
    assert!(before.total() > 0);
    let pool = market.weigh(1, &[&late]);
    assert_eq!(pool.weighed, 2, "it counts for the epoch");
    assert!(*tree(&market) == *before, "and for no draw of this one");
    assert_invariants(&market);
}

#[test]
fn a_seed_of_an_epoch_that_is_over_is_armed_once_more_in_the_present_one() {
    let market = Market::new(1);
    market.weigh(2, &market.all());
    let ends_at = market.network().clock().starts_at_ts(math::Epoch(4)).unwrap();
    market.wait_until(ends_at - 600);
    let seat = market.job(FIXED, FEE);
    market.capture(&seat.job);
    market.wait_until(ends_at);
    assert_eq!(market.keeper_earns(|| drop(market.draw(&seat))), 0);
    let job = market.job_state(&seat.job);
    assert_eq!((job.flags, job.tree_epoch, job.seed), (job_flags::REARMED, 4, [0; 32]));
    market.capture(&seat.job);
    market.draw(&seat);
    let state = market.seat_state(&seat);
    assert_eq!((state.state(), state.leaves, state.attempts), (SeatState::Drawn, 1, 0));
    assert_invariants(&market);
}

#[test]
fn the_tree_of_another_epoch_is_never_drawn_from() {
    let market = Market::new(1);
    // Nobody weighs in epochs 3 and 4: the odd tree still holds epoch 3 in epoch 5.
    market.go_to_epoch(5);
    assert!(tree(&market).is_of(math::Epoch(3)) && tree(&market).total() > 0);
    let seat = market.job(FIXED, FEE);
    market.capture(&seat.job);
    market.draw(&seat);
    assert!(market.job_state(&seat.job).has(job_flags::REARMED));
    market.capture(&seat.job);
    assert_eq!(market.keeper_earns(|| drop(market.draw(&seat))), JOB_BOUNTY, "giving up is paid as a draw is");
    assert!(market.job_state(&seat.job).has(job_flags::SELF_SELECTION));
    market.send(&[market.take_ix(&seat, &market.owners[0])], &[&market.operator_0()]);
    assert_invariants(&market);
}

#[test]
fn a_network_whose_tree_was_never_written_gives_up_drawing_after_the_second_seed() {
    let market = Market::unweighed(&[STAKE], |_| ());
    market.go_to_epoch(3);
    let seat = market.job(FIXED, FEE);
    for flag in [job_flags::REARMED, job_flags::SELF_SELECTION] {
        market.capture(&seat.job);
        market.draw(&seat);
        assert!(market.job_state(&seat.job).has(flag));
    }
    market.send(&[market.take_ix(&seat, &market.owners[0])], &[&market.operator_0()]);
    assert_eq!(market.state_of(&seat), SeatState::Accepted);
    assert_invariants(&market);
}

#[test]
fn hundreds_of_draws_on_the_chain_are_those_that_the_sdk_recomputes_in_proportion_to_weight() {
    const DRAWS: usize = 300;
    let market = Market::with(&[STAKE, 2 * STAKE, 3 * STAKE], |_| ());
    let seats: Vec<SeatAddresses> = (0..DRAWS).map(|_| market.job(FIXED, TOKEN)).collect();
    market.wait_for_seed(&seats[DRAWS - 1].job);
    let tree = tree(&market);
    let mut drawn = [0u64; 3];
    for seat in &seats {
        market.send(&[market.capture_ix(&seat.job)], &[]);
        let job = market.job_state(&seat.job);
        let seed = SeatSeed::of(&seat.job.job, &job, 0);
        let [leaf] = next_leaves(&tree, &seed, 0, 1)[..] else { panic!("the tree has weight") };
        let owner = market.owners.iter().position(|owner| owner.at.provider == leaf.provider).unwrap();
        let offer = market.owners[owner].at.offer();
        let candidates = [ix::Candidate { provider: leaf.provider, offer: Some(offer) }];
        let draw = ix::Draw { work_tree: market.scenario.work_tree(3), released: None, candidates: &candidates };
        market.send(&[ix::draw_job(seat, market.scenario.paid_keeper(), &draw)], &[]);
        assert_eq!(market.seat_state(seat).provider, leaf.provider);
        drawn[owner] += 1;
    }
    println!("{drawn:?} of {DRAWS}");
    // Four standard deviations around 50, 100 and 150.
    for (drawn, (expected, four_sigma)) in drawn.into_iter().zip([(50u64, 26), (100, 33), (150, 35)]) {
        assert!(drawn.abs_diff(expected) <= four_sigma, "{drawn} where {expected} are expected");
    }
    assert_invariants(&market);
}

#[test]
fn a_real_draw_is_verified_from_its_tree_and_from_its_event() {
    let market = Market::unweighed(&[STAKE, STAKE], |_| ());
    market.offer(&market.owners[0], 0, 0);
    let market = market.weighed();
    let (seat, event) = loop {
        let seat = market.job(FIXED, TOKEN);
        market.capture(&seat.job);
        let event = drawn_event(&market, &seat);
        if !event.skipped.is_empty() {
            break (seat, event);
        }
    };
    assert!(event.skipped.iter().all(|skipped| skipped.reason == SkipReason::NotServing as u8));
    assert_eq!((event.tree_epoch, event.first_leaf, event.bounty), (3, 0, JOB_BOUNTY));
    let (job, assignment, tree) = (market.job_state(&seat.job), market.seat_state(&seat), tree(&market));
    let drawn = DrawnSeat { job_address: &seat.job.job, job: &job, assignment: &assignment };
    for evidence in [Evidence::Tree(&tree), Evidence::Event(&event), Evidence::Both(&tree, &event)] {
        let verified = verify_draw(&drawn, evidence).unwrap();
        assert_eq!(verified.winner, Some(market.owners[1].at.provider));
        assert_eq!((verified.total, verified.leaves.len()), (tree.total(), event.skipped.len() + 1));
    }
    let mut forged = event.clone();
    forged.skipped.pop();
    assert!(verify_draw(&drawn, Evidence::Both(&tree, &forged)).is_err(), "a leaf that was left out");
    forged = event;
    forged.provider = market.owners[0].at.provider;
    assert!(verify_draw(&drawn, Evidence::Event(&forged)).is_err(), "another winner");
    assert_invariants(&market);
}
