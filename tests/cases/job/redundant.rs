//! The same job for three or five providers (job-class-5, job-result-1).

use {
    crate::*,
    work_token_sdk::{
        SeatAddresses, commit,
        state::{Agreement, JobRules, assignment_flags},
    },
};

fn is_minority(market: &Market, seat: &SeatAddresses) -> bool {
    market.seat_state(seat).flags & assignment_flags::MINORITY != 0
}

#[test]
fn five_seats_go_to_five_providers_and_each_has_its_own_fee() {
    let market = Market::new(6);
    let before = market.balance(&market.client.actor);
    let seats = market.all_accepted(QUINTUPLE, FEE);
    assert_eq!(before - market.balance(&market.client.actor), 5 * FEE + draw_fee(5));
    let mut providers: Vec<Pubkey> = seats.iter().map(|seat| market.seat_state(seat).provider).collect();
    providers.sort();
    providers.dedup();
    assert_eq!(providers.len(), 5);
    for seat in &seats {
        assert_eq!((market.seat_state(seat).fee, market.provider_of(seat).work.exposure), (FEE, 60 * FEE));
    }
    for seat in &seats {
        market.commit_result(seat, 1);
    }
    for seat in &seats {
        market.reveal(seat, 1);
    }
    for seat in &seats {
        market.settle_seat(seat);
        assert!(!is_minority(&market, seat));
    }
    assert_eq!(market.escrow(), 0);
    assert_invariants(&market);
}

#[test]
fn a_provider_that_has_a_seat_is_skipped_for_the_others_without_an_attempt() {
    let market = Market::new(3);
    let seats = market.all_accepted(TRIPLE, FEE);
    let leaves: Vec<(u8, u8)> =
        seats.iter().map(|seat| (market.seat_state(seat).leaves, market.seat_state(seat).attempts)).collect();
    assert!(leaves.iter().all(|(_, attempts)| *attempts == 0));
    let job = market.job(TRIPLE, FEE).job;
    market.capture(&job);
    let mut skipped = 0;
    for seat in market.seats(&job) {
        for event in events(&market.draw(&seat)) {
            let Event::SeatDrawn(drawn) = event else { continue };
            assert!(drawn.skipped.iter().all(|skip| skip.reason == SkipReason::AlreadySeated as u8));
            skipped += drawn.skipped.len();
        }
    }
    println!("{skipped} skips, {leaves:?} leaves");
    assert_eq!(market.seats(&job).iter().filter(|seat| market.state_of(seat) == SeatState::Drawn).count(), 3);
    assert_invariants(&market);
}

#[test]
fn results_of_several_are_committed_first_and_revealed_once_nobody_may_commit_any_more() {
    let market = Market::new(3);
    let seats = market.all_accepted(TRIPLE, FEE);
    let operator = market.operator(&seats[0]);
    let submit = market.submit_ix(&seats[0], &operator);
    market.refuses(submit, &[&operator], E::CommitFirst);
    market.refuses(market.reveal_ix(&seats[0], 1), &[&operator], E::NotCommitted);
    market.refuses(ix::commit_result(&seats[0], operator.address(), [0; 32]), &[&operator], E::ZeroCommitment);
    market.commit_result(&seats[0], 1);
    let again = ix::commit_result(&seats[0], operator.address(), [3; 32]);
    market.refuses(again, &[&operator], E::NotAccepted);
    market.refuses(market.reveal_ix(&seats[0], 1), &[&operator], E::RevealNotOpen);
    market.commit_result(&seats[1], 1);
    market.refuses(market.reveal_ix(&seats[0], 1), &[&operator], E::RevealNotOpen);
    market.commit_result(&seats[2], 2);
    for (seat, result) in seats.iter().zip([1, 1, 2]) {
        market.reveal(seat, result);
    }
    market.refuses(market.reveal_ix(&seats[0], 1), &[&operator], E::NotCommitted);
    let single = market.accepted(FIXED, FEE);
    let operator = market.operator(&single);
    let commit = ix::commit_result(&single, operator.address(), [3; 32]);
    market.refuses(commit, &[&operator], E::NotRedundant);
    assert_invariants(&market);
}

#[test]
fn a_commitment_comes_in_time_and_from_the_operator_that_accepted() {
    let market = Market::new(3);
    let seats = market.all_accepted(TRIPLE, FEE);
    let [operator, other] = [&seats[0], &seats[1]].map(|seat| market.operator(seat));
    let theirs = ix::commit_result(&seats[0], other.address(), market.commitment(&seats[0], 1));
    market.refuses(theirs, &[&other], E::OperatorsOnly);
    market.wait_for_work_ts(market.seat_state(&seats[0]).work_until_work_ts);
    let late = ix::commit_result(&seats[0], operator.address(), market.commitment(&seats[0], 1));
    market.refuses(late, &[&operator], E::SubmissionHasPassed);
    assert_invariants(&market);
}

#[test]
fn what_is_revealed_must_hash_to_the_commitment() {
    let market = Market::new(3);
    let seats = market.all_accepted(TRIPLE, FEE);
    for seat in &seats {
        market.commit_result(seat, 1);
    }
    let operator = market.operator(&seats[0]);
    let reveal = |result: u8, salt: u8| ix::reveal_result(&seats[0], operator.address(), [result; 32], [salt; 32]);
    market.refuses(reveal(1, 8), &[&operator], E::CommitmentBroken);
    market.refuses(reveal(2, 9), &[&operator], E::CommitmentBroken);
    let other = market.operator(&seats[1]);
    let theirs = ix::reveal_result(&seats[0], other.address(), [1; 32], [9; 32]);
    market.refuses(theirs, &[&other], E::OperatorsOnly);
    market.reveal(&seats[0], 1);
    assert_invariants(&market);
}

// The hash names job, slot of creation, seat and provider, so a copy opens to nothing.
#[test]
fn anothers_commitment_can_be_copied_and_never_revealed() {
    let market = Market::new(3);
    let seats = market.all_accepted(TRIPLE, FEE);
    let copied = market.commitment(&seats[0], 1);
    let created_slot = market.job_state(&seats[0].job).created_slot;
    // The hash of another seat by the same provider, of the same seat by another provider, and of another
    // job.
    let own = |seat: &SeatAddresses| market.seat_state(seat).provider;
    let sealed = |provider| commit::SealedResult { provider, result_hash: [1; 32], salt: [9; 32] };
    let of_seat = commit::result_commitment(&seats[0], created_slot, &sealed(own(&seats[2])));
    market.commit_result(&seats[0], 1);
    for (seat, commitment) in seats[1..].iter().zip([copied, of_seat]) {
        let operator = market.operator(seat);
        market.send(&[ix::commit_result(seat, operator.address(), commitment)], &[&operator]);
    }
    market.reveal(&seats[0], 1);
    for seat in &seats[1..] {
        let operator = market.operator(seat);
        market.refuses(market.reveal_ix(seat, 1), &[&operator], E::CommitmentBroken);
    }
    let job = market.all_accepted(TRIPLE, FEE);
    for seat in &job {
        let operator = market.operator(seat);
        let slot = market.job_state(&seat.job).created_slot;
        let earlier = seats.iter().find(|earlier| own(earlier) == own(seat)).unwrap();
        let of_job = commit::result_commitment(earlier, slot, &sealed(own(seat)));
        market.send(&[ix::commit_result(seat, operator.address(), of_job)], &[&operator]);
    }
    for seat in &job {
        let operator = market.operator(seat);
        market.refuses(market.reveal_ix(seat, 1), &[&operator], E::CommitmentBroken);
    }
    assert_invariants(&market);
}

#[test]
fn a_commitment_that_is_not_revealed_counts_as_a_minority_and_is_refunded() {
    let market = Market::new(3);
    let before = market.balance(&market.client.actor);
    let seats = market.all_accepted(TRIPLE, FEE);
    for seat in &seats {
        market.commit_result(seat, 1);
    }
    market.reveal(&seats[0], 1);
    market.reveal(&seats[1], 1);
    let until = market.job_state(&seats[0].job).reveal_until_work_ts;
    market.wait_for_work_ts(until - 1);
    market.refuses(market.expire_ix(&seats[2]), &[], E::NotExpired);
    market.wait_for_work_ts(until);
    let operator = market.operator(&seats[2]);
    market.refuses(market.reveal_ix(&seats[2], 1), &[&operator], E::RevealHasPassed);
    let silent = market.worker(&seats[2]);
    market.expire(&seats[2]);
    assert!(is_minority(&market, &seats[2]));
    let provider = market.provider(silent);
    assert_eq!((provider.record(math::Epoch(3)).unwrap().failed, provider.work.exposure), (1, 0));
    for seat in &seats[..2] {
        market.settle_seat(seat);
    }
    assert_eq!(before - market.balance(&market.client.actor), 2 * FEE + draw_fee(3), "its fee was refunded");
    assert_eq!(market.escrow(), 0);
    assert_invariants(&market);
}

#[test]
fn a_minority_result_is_evidence_and_paid_all_the_same() {
    let market = Market::new(3);
    let seats = market.all_accepted(TRIPLE, FEE);
    for (seat, result) in seats.iter().zip([1, 1, 2]) {
        market.commit_result(seat, result);
    }
    for (seat, result) in seats.iter().zip([1, 1, 2]) {
        market.reveal(seat, result);
    }
    for seat in &seats {
        market.settle_seat(seat);
    }
    assert_eq!([0, 1, 2].map(|seat| is_minority(&market, &seats[seat])), [false, false, true]);
    assert!(seats.iter().all(|seat| market.state_of(seat) == SeatState::Settled));
    assert_eq!(market.escrow(), 0);
    assert_invariants(&market);
}

// house.md: results that are sampled cannot be equal byte for byte
#[test]
fn where_results_need_not_agree_no_minority_is_noted_and_everything_else_stays() {
    const SAMPLED: u8 = 9;
    let market = Market::unweighed(&[STAKE; 3], |_| ());
    market.set_class(SAMPLED, &JobRules { redundancy: 3, agreement: Agreement::Free as u8, ..JOB_RULES });
    let market = market.weighed();
    let seats = market.all_accepted(SAMPLED, FEE);
    for (seat, result) in seats.iter().zip([1, 2, 3]) {
        market.commit_result(seat, result);
    }
    for (seat, result) in seats[..2].iter().zip([1, 2]) {
        market.reveal(seat, result);
    }
    market.wait_for_work_ts(market.job_state(&seats[0].job).reveal_until_work_ts);
    market.expire(&seats[2]);
    market.settle_seat(&seats[0]);
    market.settle_seat(&seats[1]);
    assert!(!seats.iter().any(|seat| is_minority(&market, seat)));
    assert_eq!(
        [0, 1, 2].map(|seat| market.state_of(&seats[seat])),
        [SeatState::Settled, SeatState::Settled, SeatState::Expired]
    );
    assert_invariants(&market);
}

#[test]
fn one_result_suffices_to_settle_its_own_seat_and_empty_seats_are_refunded() {
    let market = Market::new(3);
    let before = market.balance(&market.client.actor);
    let job = market.job(TRIPLE, FEE).job;
    let seats = market.seats(&job);
    market.capture(&job);
    market.draw(&seats[0]);
    market.accept(&seats[0]);
    let operator = market.operator(&seats[0]);
    let result = market.commitment(&seats[0], 1);
    let client = &market.client.actor;
    market.send(&[ix::extend_job(&seats[0], Some(operator.address()), 3_600)], &[client, &operator]);
    market.draw(&seats[1]);
    market.wait_for_work_ts(market.job_state(&job).seat_until_work_ts);
    market.expire(&seats[1]);
    market.send(&[ix::commit_result(&seats[0], operator.address(), result)], &[&operator]);
    market.refuses(market.reveal_ix(&seats[0], 1), &[&operator], E::RevealNotOpen);
    market.expire(&seats[2]);
    market.reveal(&seats[0], 1);
    market.settle_seat(&seats[0]);
    assert!(!is_minority(&market, &seats[0]), "a single result is nobody's minority");
    assert_eq!(before - market.balance(client), FEE + draw_fee(3));
    assert_eq!(market.escrow(), 0);
    assert_invariants(&market);
}

#[test]
fn no_seat_is_settled_while_another_result_may_still_be_revealed() {
    const BRIEF: u8 = 4;
    let market = Market::new(3);
    let rules = work_token_sdk::state::JobRules {
        redundancy: 3,
        challenge_secs: 60,
        reveal_secs: 2 * JOB_RULES.reveal_secs,
        ..JOB_RULES
    };
    market.set_class(BRIEF, &rules);
    let seats = market.all_accepted(BRIEF, FEE);
    for seat in &seats {
        market.commit_result(seat, 1);
    }
    market.reveal(&seats[0], 1);
    market.pass(60 + HOUR);
    market.refuses(market.settle_seat_ix(&seats[0]), &[], E::ChallengeOpen);
    market.wait_for_work_ts(market.job_state(&seats[0].job).reveal_until_work_ts - 1);
    market.refuses(market.settle_seat_ix(&seats[0]), &[], E::ChallengeOpen);
    market.reveal(&seats[1], 1);
    market.reveal(&seats[2], 1);
    market.send(&[market.settle_seat_ix(&seats[0])], &[]);
    market.refuses(market.settle_seat_ix(&seats[1]), &[], E::ChallengeOpen);
    assert_invariants(&market);
}
