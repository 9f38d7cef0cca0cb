//! Whom a jury's seed draws, who is drawn again, and where the seed comes from (R H16, M15).

use {
    crate::{contested::Contested, juries::join_ix, *},
    work_token_sdk::{draw::JurorRefusal, events::Event, math::dispute::Phase, state::Party, transport::RawAccount},
    work_token_tests::{Judge, LOCK},
};

#[test]
fn parties_the_owner_and_whoever_stands_behind_the_provider_are_drawn_again_and_never_sit() {
    let (market, judges) = Market::judged(1, 6);
    let owner = &market.owners[0];
    let challenger = market.actor("challenger", 50_000 * TOKEN);
    let [dora, tom] = ["dora", "tom"].map(|name| market.holder(name, owner, 1_000 * TOKEN));
    market.request_all(&tom);
    for actor in [&challenger, &owner.actor, &market.client.actor, &dora.actor, &tom.actor] {
        market.give(actor.tokens, 6 * LOCK);
        market.scenario.join_jury(actor, 6 * LOCK).expect("anybody may lock");
    }
    market.pass(1);
    let seat = market.submitted(FIXED, FEE);
    let at = market.dispute(&seat, &challenger, 5);
    market.let_phase_pass(&at);
    let neutral: Vec<Pubkey> = judges.iter().map(|judge| judge.actor.address()).collect();
    let mut draws = Vec::new();
    let phase = || market.dispute_state(&at).machine.get().phase;
    // A jury of seven, and a fresh one because nobody votes.
    for _ in 0..2 {
        market.scenario.call_jury(&at).expect("the jury is called");
        draws.extend(market.scenario.plan_jury(&at, 100).expect("the jury can be drawn").draws);
        market.scenario.seat_jury(&at).expect("the jury is seated");
        while phase() != Phase::Seating && phase() != Phase::Arbiter {
            market.let_phase_pass(&at);
        }
    }
    for drawn in &draws {
        let reason = match drawn.owner {
            one if one == challenger.address() || one == market.client.actor.address() => Some(JurorRefusal::Party),
            one if one == owner.actor.address() => Some(JurorRefusal::Accused),
            one if one == dora.actor.address() || one == tom.actor.address() => Some(JurorRefusal::BehindAccused),
            _ => None,
        };
        assert_eq!(drawn.refusal, reason);
        assert!(drawn.draw < 4);
    }
    for actor in [&challenger, &owner.actor, &market.client.actor, &dora.actor, &tom.actor] {
        assert!(draws.iter().any(|drawn| drawn.owner == actor.address()), "each of them was drawn");
    }
    let ballots = market.scenario.ballots(&at);
    assert!(ballots.iter().all(|(_, ballot)| neutral.contains(&ballot.owner)));
    assert_eq!(ballots.len(), draws.iter().filter(|drawn| drawn.refusal.is_none()).count());
    assert_invariants(&market);
}

#[test]
fn a_lock_that_is_younger_than_the_dispute_does_not_sit_in_any_round_h16() {
    let case = Contested::with(3, 6, |_| ());
    for i in 0..3 {
        case.judge(&format!("late {i}"), 4 * LOCK);
    }
    let old = &case.judges[0];
    case.send(&[join_ix(&case, &old.actor, 1, 0)], &[&old.actor]);
    case.answer(&case.at, &case.friend);
    for _ in 0..2 {
        case.scenario.call_jury(&case.at).expect("the jury is called");
        let plan = case.scenario.plan_jury(&case.at, 100).expect("the jury can be drawn");
        assert!(plan.draws.iter().any(|drawn| drawn.refusal.is_some()), "the late hold two thirds");
        let is_old = |owner: &Pubkey| case.judges[1..].iter().any(|judge| judge.actor.address() == *owner);
        for drawn in &plan.draws {
            assert_eq!(drawn.refusal, (!is_old(&drawn.owner)).then_some(JurorRefusal::LockNotFree));
        }
        case.scenario.seat_jury(&case.at).expect("the jury is seated");
        assert!(case.present_ballots().iter().all(|ballot| is_old(&ballot.owner)));
        while case.phase() != Phase::Seating && case.phase() != Phase::Arbiter {
            case.let_phase_pass(&case.at);
        }
    }
    assert_invariants(&case);
}

#[test]
fn a_lock_that_other_seats_bind_does_not_sit_again() {
    let (market, _) = Market::judged(1, 0);
    let judges: Vec<Judge> = (0..3).map(|i| market.judge(&format!("small {i}"), 20 * TOKEN)).collect();
    market.pass(1);
    let seat = market.submitted(FIXED, FEE);
    let [challenger, friend] = ["challenger", "friend"].map(|name| market.actor(name, 10_000 * TOKEN));
    let at = market.dispute(&seat, &challenger, 5);
    market.answer(&at, &friend);
    market.seat_jury(&at);
    let jury = market.dispute_state(&at).machine.get().present();
    assert_eq!((jury.seats, jury.seated, jury.filled), (7, 7, 3), "four seats stay empty after four draws each");
    for judge in &judges {
        let state = market.juror_state(judge);
        assert_eq!((state.seats, state.bound), (1, state.lock));
    }
    assert_eq!(market.dispute_state(&at).bounties[0], 7 * JOB_BOUNTY, "an empty seat is work too");
    assert_invariants(&market);
}

#[test]
fn a_juror_that_became_a_party_after_it_was_seated_is_taken_out() {
    let case = Contested::answered(3);
    case.scenario.call_jury(&case.at).expect("the jury is called");
    let drawn = case.scenario.plan_jury(&case.at, 1).expect("the jury can be drawn").draws[0];
    case.send(&[ix::seat_juror(&case.at, case.scenario.paid_keeper(), &drawn.accounts)], &[]);
    let (ballot, judge) = case.ballots(&case.at, &case.judges)[0];
    case.refuses(ix::exclude_juror(&ballot, case.at.provider), &[], E::NoInterest);
    // Nobody becomes a party once the jury is called; the check stands for what later versions may allow.
    let mut state = case.dispute_state(&case.at);
    state.parties[1] = Party { owner: judge.actor.address(), severity: 3, ..bytemuck::Zeroable::zeroed() };
    case.scenario.write(&case.at.dispute, &state);
    case.send(&[ix::exclude_juror(&ballot, case.at.provider)], &[]);
    assert_eq!((case.machine().present().seated, case.machine().present().filled), (1, 0));
    case.scenario.seat_jury(&case.at).expect("the jury is seated");
    let sits = case.ballots(&case.at, &case.judges).iter().any(|(_, one)| one.actor.address() == judge.actor.address());
    assert!(!sits, "it does not sit again");
    assert_invariants(&case);
}

#[test]
fn from_severity_4_on_the_juries_of_the_three_rounds_have_7_15_and_31_seats_m1() {
    let case = Contested::answered(4);
    for seats in [7, 15, 31] {
        assert_eq!(case.machine().present().seats, seats);
        case.round(&[Some(4)]);
        assert_eq!(case.machine().present().revealed, seats);
        if seats < 31 {
            case.fund(&case.at, &case.friend, math::dispute::Side::Provider);
            case.let_phase_pass(&case.at);
        }
    }
    case.let_phase_pass(&case.at);
    case.wind_up();
    assert_eq!(case.judges.iter().map(|judge| case.juror_state(judge).credit).sum::<u64>(), 53 * TOKEN);
    assert_invariants(&case);
}

#[test]
fn who_knows_the_seed_does_not_choose_between_two_sizes_of_the_jury() {
    let case = Contested::answered(3);
    case.scenario.call_jury(&case.at).expect("the jury is called");
    let input =
        ix::RaiseClaim { challenger: case.friend.address(), from: case.friend.tokens, severity: 4, bond: 200 * TOKEN };
    case.refuses(ix::raise_claim(&case.at, input), &[&case.friend], E::WrongPhase);
    assert_invariants(&case);
}

// An outage that is recorded sets work time back: a draw whose time had passed goes on, and its end is counted though it is no longer among those that freeze.
#[test]
fn an_outage_does_not_thaw_the_tree_while_a_jury_is_drawn_m22() {
    let (market, judges) = Market::judged(1, 12);
    let [challenger, friend] = ["challenger", "friend"].map(|name| market.actor(name, 10_000 * TOKEN));
    let seats = [market.submitted(FIXED, FEE), market.submitted(FIXED, FEE)];
    let [first, second] = seats.map(|seat| market.dispute(&seat, &challenger, 3));
    market.answer(&first, &friend);
    market.send(&[ix::call_jury(&first, None)], &[]);
    market.finalize(0, &[]);
    market.scenario.chain.turn_to(market.now() + 25 * HOUR, 1);
    market.answer(&second, &friend);
    market.send(&[ix::call_jury(&second, None)], &[]);
    market.scenario.chain.advance_slots(12);
    market.send(&[ix::call_jury(&first, None)], &[]);
    market.scenario.seat_jury(&first).expect("the jury is seated");
    market.send(&[ix::call_jury(&second, None)], &[]);
    let sync = ix::sync_juror(&judges[0].at, market.network().juror_tree);
    market.refuses(sync, &[], E::JurorTreeFrozen);
    assert_invariants(&market);
}

// Three sit, so one vote is no quorum. The exclusion of one leaves two, who alone would have been none either.
#[test]
fn a_vote_without_a_quorum_is_paid_only_out_of_locks_that_are_lost_h16() {
    let (market, _) = Market::judged(1, 0);
    let judges: Vec<Judge> = (0..3).map(|i| market.judge(&format!("small {i}"), 20 * TOKEN)).collect();
    market.pass(1);
    let seat = market.submitted(FIXED, FEE);
    let [challenger, friend] = ["challenger", "friend"].map(|name| market.actor(name, 10_000 * TOKEN));
    let at = market.dispute(&seat, &challenger, 5);
    market.answer(&at, &friend);
    market.seat_jury(&at);
    let ballots = market.ballots(&at, &judges);
    assert_eq!(ballots.len(), 3);
    for (ballot, judge) in &ballots[..2] {
        market.send(&[market.commit_vote_ix(ballot, judge, 5)], &[&judge.actor]);
    }
    market.let_phase_pass(&at);
    market.send(&[market.reveal_vote_ix(&ballots[0].0, ballots[0].1, 5)], &[&ballots[0].1.actor]);
    let (excluded, third) = &ballots[2];
    let position = market.scenario.delegate(&third.actor, &market.owners[0].at, 100 * TOKEN).expect("it delegates");
    market.send(&[ix::exclude_juror(excluded, position.delegation)], &[]);
    while !market.dispute_state(&at).is_decided() {
        market.let_phase_pass(&at);
    }
    assert_invariants(&market);
    market.settle_ballots(&at);
    market.distribute(&at);
    assert_invariants(&market);
}

#[test]
fn each_seat_of_a_called_jury_pays_its_keeper_a_bounty_and_a_fresh_jury_pays_none() {
    let case = Contested::answered(3);
    assert_eq!(case.keeper_earns(|| case.seat_jury(&case.at)), 3 * JOB_BOUNTY);
    assert_eq!(case.dispute().bounties, [3 * JOB_BOUNTY, 0, 0]);
    case.let_phase_pass(&case.at);
    case.let_phase_pass(&case.at);
    assert_eq!(case.keeper_earns(|| case.seat_jury(&case.at)), 0);
    case.vote(&case.at, &case.judges, &[Some(3)]);
    case.fund(&case.at, &case.friend, math::dispute::Side::Provider);
    case.let_phase_pass(&case.at);
    assert_eq!(case.keeper_earns(|| case.seat_jury(&case.at)), 7 * JOB_BOUNTY);
    assert_invariants(&case);
}

#[test]
fn only_the_juror_that_the_seed_draws_is_seated() {
    let case = Contested::answered(3);
    case.scenario.call_jury(&case.at).expect("the jury is called");
    let plan = case.scenario.plan_jury(&case.at, 1).unwrap();
    let drawn = plan.draws[0].accounts;
    let another = case.judges.iter().find(|judge| judge.at.juror != drawn.juror).unwrap();
    let keeper = || case.scenario.paid_keeper();
    let wrong = ix::SeatJuror { juror: another.at.juror, ..drawn };
    case.refuses(ix::seat_juror(&case.at, keeper(), &wrong), &[], E::WrongJuror);
    let hidden = ix::SeatJuror { interest: case.owner().at.position(another.actor.address()).delegation, ..drawn };
    case.refuses(ix::seat_juror(&case.at, keeper(), &hidden), &[], E::WrongAddress);
    let outcome = case.send(&[ix::seat_juror(&case.at, keeper(), &drawn)], &[]);
    let event = events(&outcome).into_iter().find_map(|event| match event {
        Event::SeatOfJuryDrawn(drawn) => Some((drawn.seat, drawn.seated, drawn.bounty)),
        _ => None,
    });
    assert_eq!(event, Some((0, 1, JOB_BOUNTY)));
    assert_invariants(&case);
}

/// A network that draws juries with the 32 bytes from the eighth on of an account.
fn with_randomness() -> (Contested, Pubkey, Pubkey) {
    let [account, program] = [[71; 32], [72; 32]].map(Pubkey::new_from_array);
    let case = Contested::with(3, 6, |options| {
        options.params.disputes.randomness = account;
        options.params.disputes.randomness_owner = program;
        options.params.disputes.randomness_offset = 8;
    });
    case.answer(&case.at, &case.friend);
    (case, account, program)
}

fn write_random(case: &Contested, key: Pubkey, owner: Pubkey, data: Vec<u8>) {
    case.scenario.chain.set_account(key, RawAccount { lamports: 10_000_000, owner, data });
}

#[test]
fn where_the_network_names_an_account_of_randomness_its_first_new_value_seeds_the_jury_m15() {
    let (case, account, program) = with_randomness();
    let call = |account| ix::call_jury(&case.at, account);
    let value = |byte| [vec![1; 8], vec![byte; 32]].concat();
    case.refuses(call(None), &[], E::WrongRandomness);
    case.refuses(call(Some(account)), &[], E::WrongRandomness);
    write_random(&case, account, program, vec![5; 39]);
    case.refuses(call(Some(account)), &[], E::WrongRandomness);
    write_random(&case, account, case.friend.address(), value(5));
    case.refuses(call(Some(account)), &[], E::WrongRandomness);
    write_random(&case, account, program, value(5));
    case.refuses(call(Some(case.friend.tokens)), &[], E::WrongRandomness);
    case.send(&[call(Some(account))], &[]);
    case.refuses(call(Some(account)), &[], E::RandomnessUnchanged);
    case.scenario.chain.advance_slots(20);
    case.refuses(call(None), &[], E::WrongRandomness);
    write_random(&case, account, program, value(6));
    case.send(&[call(Some(account))], &[]);
    let seeded = case.dispute().seed;
    assert_ne!(seeded, [6; 32], "the value itself is hashed");
    case.refuses(call(Some(account)), &[], E::JuryArmed);
    case.scenario.seat_jury(&case.at).expect("the jury is seated");
    assert_eq!(case.phase(), Phase::Commit);
    assert_invariants(&case);
}

#[test]
fn an_account_of_randomness_that_does_not_change_in_ten_minutes_gives_way_to_the_hash_of_a_slot_m15() {
    let (case, account, program) = with_randomness();
    write_random(&case, account, program, vec![5; 40]);
    case.send(&[ix::call_jury(&case.at, Some(account))], &[]);
    case.pass(599);
    case.refuses(ix::call_jury(&case.at, Some(account)), &[], E::RandomnessUnchanged);
    case.pass(1);
    // By then the slot has left the list: another is armed, and the account gets no more time by it.
    case.send(&[ix::call_jury(&case.at, None)], &[]);
    if !case.dispute().is_seeded() {
        case.scenario.chain.advance_slots(12);
        case.send(&[ix::call_jury(&case.at, None)], &[]);
    }
    assert!(case.dispute().is_seeded());
    case.scenario.seat_jury(&case.at).expect("the jury is seated");
    assert_invariants(&case);
}
