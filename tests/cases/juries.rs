//! Jurors: their locks, how they are drawn, and how they vote (R H16, M15, M28).

use {
    crate::{contested::Contested, *},
    work_token_sdk::{
        BallotAddresses, JurorAddresses, commit,
        math::{dispute::Phase, draw::leaf},
        state::{BallotState, Juror, WorkTree},
    },
    work_token_tests::{Judge, LOCK},
};

/// What one seat binds.
const SEAT_LOCK: u64 = 20 * TOKEN;
/// What a vote on the side that wins earns.
const FEE_OF_VOTE: u64 = TOKEN;
/// The term of a lock.
const TERM: i64 = 30 * DAY;

fn juror_tree(world: &World) -> Box<WorkTree> {
    Box::new(world.scenario.read(&world.network().juror_tree))
}

/// The instruction with which somebody joins at a leaf.
pub fn join_ix(world: &World, actor: &Actor, amount: u64, leaf: u16) -> work_token_sdk::Instruction {
    let input = ix::JoinJury { leaf, ..world.scenario.join_input(actor, amount) };
    ix::join_jury(&JurorAddresses::derive(world.scenario.network, actor.address()), input)
}

fn leave_ix(world: &World, judge: &Judge) -> work_token_sdk::Instruction {
    ix::leave_jury(&judge.at, world.network().juror_tree, judge.actor.tokens)
}

fn sync_ix(world: &World, judge: &Judge) -> work_token_sdk::Instruction {
    ix::sync_juror(&judge.at, world.network().juror_tree)
}

/// Two ballots of the present jury that are of two judges.
fn two(case: &Contested) -> [(BallotAddresses, &Judge); 2] {
    let mut ballots = case.ballots(&case.at, &case.judges);
    let first = ballots.remove(0);
    let other = ballots.into_iter().find(|(_, judge)| judge.actor.address() != first.1.actor.address());
    [first, other.expect("two judges sit")]
}

fn is_judge(judge: &Judge, juror: &Pubkey) -> bool {
    judge.at.juror == *juror
}

#[test]
fn a_juror_locks_for_a_term_at_a_free_leaf_and_every_top_up_makes_the_lock_new_h16() {
    let (market, judges) = Market::judged(1, 1);
    let (judge, joined_ts) = (&judges[0], market.now() - 1);
    let state = market.juror_state(judge);
    assert_eq!((state.lock, state.bound, state.leaf), (LOCK, 0, 0));
    assert_eq!((state.since_ts, state.term_until_ts), (joined_ts, joined_ts + TERM));
    assert_eq!(leaf(&juror_tree(&market).sums, 0), LOCK);
    let ann = market.actor("ann", 100 * TOKEN);
    market.refuses(join_ix(&market, &ann, 0, 1), &[&ann], E::ZeroAmount);
    market.refuses(join_ix(&market, &ann, SEAT_LOCK - 1, 1), &[&ann], E::LockTooSmall);
    market.refuses(join_ix(&market, &ann, SEAT_LOCK, 0), &[&ann], E::LeafTaken);
    market.refuses(join_ix(&market, &ann, SEAT_LOCK, u16::MAX), &[&ann], E::LeafTaken);
    market.refuses(join_ix(&market, &ann, 101 * TOKEN, 1), &[&ann], E::InsufficientFunds);
    market.send(&[join_ix(&market, &ann, SEAT_LOCK, 1)], &[&ann]);
    market.pass(DAY);
    market.send(&[join_ix(&market, &judge.actor, 1, 0)], &[&judge.actor]);
    let state = market.juror_state(judge);
    assert_eq!((state.lock, state.since_ts), (LOCK + 1, market.now()));
    assert_eq!(state.term_until_ts, market.now() + TERM);
    assert_eq!(juror_tree(&market).total(), LOCK + 1 + SEAT_LOCK);
    assert_invariants(&market);
}

#[test]
fn a_juror_leaves_after_its_term_with_lock_and_pay_and_frees_its_leaf() {
    let case = Contested::judged(3, &[Some(3)]);
    let (ballot, judge) = case.ballots(&case.at, &case.judges)[0];
    case.let_phase_pass(&case.at);
    case.refuses(leave_ix(&case, judge), &[&judge.actor], E::JurorBound);
    case.wait_until(case.juror_state(judge).term_until_ts);
    case.refuses(leave_ix(&case, judge), &[&judge.actor], E::JurorBound);
    let votes = u64::from(case.juror_state(judge).seats);
    assert!(case.exists(&ballot.ballot));
    case.settle_ballots(&case.at);
    let idle = case.judges.iter().find(|judge| case.juror_state(judge).credit == 0).expect("somebody was not drawn");
    let claim = |judge: &Judge| ix::claim_juror_pay(&judge.at, judge.actor.tokens);
    case.refuses(claim(idle), &[&idle.actor], E::NothingToClaim);
    let to_another = ix::leave_jury(&judge.at, case.network().juror_tree, idle.actor.tokens);
    case.refuses(to_another, &[&judge.actor], E::NotTheTokenOwner);
    let before = case.balance(&judge.actor);
    case.send(&[leave_ix(&case, judge)], &[&judge.actor]);
    assert_eq!(case.balance(&judge.actor) - before, LOCK + votes * FEE_OF_VOTE);
    assert!(!case.exists(&judge.at.juror));
    assert_eq!(juror_tree(&case).total(), 11 * LOCK);
    case.send(&[leave_ix(&case, idle)], &[&idle.actor]);
    assert_invariants(&case);
}

#[test]
fn who_judges_claims_its_pay_and_stays() {
    let case = Contested::judged(3, &[Some(3)]);
    let (_, judge) = case.ballots(&case.at, &case.judges)[0];
    case.let_phase_pass(&case.at);
    let votes = u64::from(case.juror_state(judge).seats);
    case.settle_ballots(&case.at);
    let before = case.balance(&judge.actor);
    case.send(&[ix::claim_juror_pay(&judge.at, judge.actor.tokens)], &[&judge.actor]);
    assert_eq!(case.balance(&judge.actor) - before, votes * FEE_OF_VOTE);
    assert_eq!(case.juror_state(judge).lock, LOCK);
    assert_invariants(&case);
}

#[test]
fn the_tree_stands_still_from_the_call_of_a_jury_until_it_sits() {
    let (market, judges) = Market::judged(1, 12);
    let [challenger, ann] = ["challenger", "ann"].map(|name| market.actor(name, 10_000 * TOKEN));
    market.pass(TERM);
    let owner = &market.owners[0];
    market.touch(owner);
    let at = market.dispute_conduct(owner, market.epoch(), &challenger, 3);
    market.answer(&at, &challenger);
    market.send(&[leave_ix(&market, &judges[11])], &[&judges[11].actor]);
    market.send(&[ix::call_jury(&at, None)], &[]);
    let join = join_ix(&market, &ann, SEAT_LOCK, 11);
    let top_up = join_ix(&market, &judges[0].actor, 1, 0);
    let frozen = || {
        market.refuses(join.clone(), &[&ann], E::JurorTreeFrozen);
        market.refuses(top_up.clone(), &[&judges[0].actor], E::JurorTreeFrozen);
        market.refuses(leave_ix(&market, &judges[0]), &[&judges[0].actor], E::JurorTreeFrozen);
        market.refuses(sync_ix(&market, &judges[0]), &[], E::JurorTreeFrozen);
    };
    frozen();
    let draw = market.scenario.plan_jury(&at, 1);
    assert_eq!(draw.err(), Some(E::JuryNotArmed));
    market.refuses(ix::call_jury(&at, None), &[], E::SeedSlotNotReached);
    market.scenario.chain.advance_slots(12);
    market.send(&[ix::call_jury(&at, None)], &[]);
    market.refuses(ix::call_jury(&at, None), &[], E::JuryArmed);
    frozen();
    market.scenario.seat_jury(&at).expect("the jury is seated");
    market.send(&[join], &[&ann]);
    market.send(&[sync_ix(&market, &judges[0])], &[]);
    market.refuses(ix::call_jury(&at, None), &[], E::WrongPhase);
    assert_invariants(&market);
}

#[test]
fn the_tree_thaws_when_the_time_to_draw_has_passed_though_nobody_drew() {
    let case = Contested::answered(3);
    case.send(&[ix::call_jury(&case.at, None)], &[]);
    let judge = &case.judges[0];
    case.wait_until(case.until_ts() - 1);
    case.refuses(sync_ix(&case, judge), &[], E::JurorTreeFrozen);
    case.pass(1);
    case.send(&[sync_ix(&case, judge)], &[]);
    case.let_all_pass();
    assert_invariants(&case);
}

#[test]
fn coherent_votes_are_paid_and_the_others_get_their_locks_back() {
    let case = Contested::judged(3, &[Some(3), Some(0), Some(2)]);
    assert_eq!(case.machine().verdict, 2);
    case.let_phase_pass(&case.at);
    let ballots = case.present_ballots();
    let paid = |judge: &Judge| {
        let coherent = ballots.iter().filter(|ballot| is_judge(judge, &ballot.juror) && ballot.vote > 0);
        coherent.count() as u64 * FEE_OF_VOTE
    };
    assert_eq!(case.judges.iter().map(paid).sum::<u64>(), 2 * FEE_OF_VOTE);
    case.settle_ballots(&case.at);
    for judge in &case.judges {
        let state = case.juror_state(judge);
        assert_eq!((state.lock, state.bound, state.seats, state.credit), (LOCK, 0, 0, paid(judge)));
    }
    assert_eq!(case.dispute().ballots, 0);
    assert_invariants(&case);
}

#[test]
fn a_seat_that_is_not_revealed_loses_its_whole_lock_which_burns_h16() {
    // One commits and does not reveal, one does nothing.
    let case = Contested::answered(3);
    case.seat_jury(&case.at);
    let ballots = case.ballots(&case.at, &case.judges);
    for (ballot, judge) in &ballots[..2] {
        case.send(&[case.commit_vote_ix(ballot, judge, 3)], &[&judge.actor]);
    }
    case.let_phase_pass(&case.at);
    let (first, judge) = ballots[0];
    case.send(&[case.reveal_vote_ix(&first, judge, 3)], &[&judge.actor]);
    assert_eq!(case.phase(), Phase::Reveal);
    case.let_phase_pass(&case.at);
    let settle = |ballot: &BallotAddresses| {
        let state = case.ballot_state(ballot);
        ix::settle_ballot(ballot, state.juror, state.payer)
    };
    case.refuses(settle(&first), &[], E::SeatsNotSettled);
    case.let_phase_pass(&case.at);
    let before = case.dispute().burn_due;
    let silent = ballots[1].1;
    let seats = ballots[1..].iter().filter(|(_, judge)| is_judge(judge, &silent.at.juror)).count() as u64;
    case.settle_ballots(&case.at);
    assert_eq!(case.juror_state(silent).lock, LOCK - seats * SEAT_LOCK);
    // Half of the counter-bond is for jurors: what the one vote and three bounties leave of it burns with two locks.
    assert_eq!(before, 50 * TOKEN - FEE_OF_VOTE - 3 * JOB_BOUNTY + 2 * SEAT_LOCK);
    case.send(&[sync_ix(&case, silent)], &[]);
    assert_eq!(case.juror_state(silent).leaf_weight, LOCK - seats * SEAT_LOCK);
    assert_eq!(leaf(&juror_tree(&case).sums, case.juror_state(silent).leaf), LOCK - seats * SEAT_LOCK);
    assert_invariants(&case);
}

#[test]
fn only_the_juror_of_a_seat_votes_once_and_what_it_committed_to_m28() {
    let case = Contested::answered(3);
    case.seat_jury(&case.at);
    let [(ballot, judge), (other, another)] = two(&case);
    let of_another = case.commit_vote_ix(&ballot, another, 3);
    case.refuses(of_another, &[&another.actor], E::NotTheJuror);
    case.refuses(ix::commit_vote(&ballot, judge.actor.address(), [0; 32]), &[&judge.actor], E::ZeroCommitment);
    case.refuses(case.reveal_vote_ix(&ballot, judge, 3), &[&judge.actor], E::NotCommitted);
    case.send(&[case.commit_vote_ix(&ballot, judge, 3)], &[&judge.actor]);
    case.refuses(case.commit_vote_ix(&ballot, judge, 0), &[&judge.actor], E::AlreadyVoted);
    case.refuses(case.reveal_vote_ix(&ballot, judge, 3), &[&judge.actor], E::WrongPhase);
    // A copy of the other's commitment opens to nothing: it names the other's seat and key.
    let copied = case.ballot_state(&ballot).commitment;
    case.send(&[ix::commit_vote(&other, another.actor.address(), copied)], &[&another.actor]);
    let third =
        case.ballots(&case.at, &case.judges).into_iter().find(|(at, _)| ![ballot.seat, other.seat].contains(&at.seat));
    let (third, last) = third.expect("three seats");
    case.send(&[case.commit_vote_ix(&third, last, 4)], &[&last.actor]);
    assert_eq!(case.phase(), Phase::Reveal);
    let salt = judge.actor.address().to_bytes();
    let replayed = ix::reveal_vote(&other, another.actor.address(), 3, salt);
    case.refuses(replayed, &[&another.actor], E::CommitmentBroken);
    case.refuses(case.reveal_vote_ix(&other, another, 3), &[&another.actor], E::CommitmentBroken);
    case.refuses(case.reveal_vote_ix(&ballot, judge, 0), &[&judge.actor], E::CommitmentBroken);
    let of_another = ix::reveal_vote(&ballot, another.actor.address(), 3, salt);
    case.refuses(of_another, &[&another.actor], E::NotTheJuror);
    case.refuses(case.reveal_vote_ix(&third, last, 4), &[&last.actor], E::VoteTooHigh);
    case.send(&[case.reveal_vote_ix(&ballot, judge, 3)], &[&judge.actor]);
    case.refuses(case.reveal_vote_ix(&ballot, judge, 3), &[&judge.actor], E::AlreadyVoted);
    case.let_phase_pass(&case.at);
    assert_eq!((case.phase(), case.machine().verdict), (Phase::Appeal, 3));
    case.refuses(case.reveal_vote_ix(&third, last, 4), &[&last.actor], E::WrongPhase);
    assert_invariants(&case);
}

#[test]
fn two_juries_that_are_drawn_at_once_keep_the_tree_frozen_until_both_sit() {
    let (market, judges) = Market::judged(1, 12);
    let [challenger, friend] = ["challenger", "friend"].map(|name| market.actor(name, 10_000 * TOKEN));
    let seats = [market.submitted(FIXED, FEE), market.submitted(FIXED, FEE)];
    let disputes = seats.map(|seat| market.dispute(&seat, &challenger, 3));
    for at in &disputes {
        market.answer(at, &friend);
        market.send(&[ix::call_jury(at, None)], &[]);
    }
    market.scenario.chain.advance_slots(12);
    for at in &disputes {
        market.refuses(sync_ix(&market, &judges[0]), &[], E::JurorTreeFrozen);
        market.send(&[ix::call_jury(at, None)], &[]);
        market.scenario.seat_jury(at).expect("the jury is seated");
    }
    market.send(&[sync_ix(&market, &judges[0])], &[]);
    assert_invariants(&market);
}

#[test]
fn the_tree_thaws_when_a_dispute_is_withdrawn_while_its_jury_is_drawn() {
    let case = Contested::answered(3);
    case.send(&[ix::call_jury(&case.at, None)], &[]);
    case.send(&[ix::withdraw_dispute(&case.at, case.challenger.address())], &[&case.challenger]);
    case.advance(&case.at);
    case.send(&[sync_ix(&case, &case.judges[0])], &[]);
    assert_invariants(&case);
}

// Every draw that is armed before the last deadline has passed moves that deadline on, and the abandoned one is counted for as long.
#[test]
fn an_abandoned_draw_freezes_the_tree_for_no_longer_than_its_own_time() {
    let case = Contested::answered(3);
    let until_ts = case.until_ts();
    case.send(&[ix::call_jury(&case.at, None)], &[]);
    case.send(&[ix::withdraw_dispute(&case.at, case.challenger.address())], &[&case.challenger]);
    case.advance(&case.at);
    for _ in 0..4 {
        case.pass(20 * HOUR);
        case.touch(case.owner());
        let at = case.dispute_conduct(case.owner(), case.epoch(), &case.challenger, 3);
        case.send(&[case.answer_ix(&at, &case.friend, 0)], &[&case.friend]);
        case.judge_round(&at, &case.judges, &[Some(0)]);
    }
    assert!(case.now() > until_ts + DAY);
    case.send(&[sync_ix(&case, &case.judges[0])], &[]);
    assert_invariants(&case);
}

// The same seat of the next jury has another hash.
#[test]
fn a_commitment_opens_in_no_other_round_m28() {
    let case = Contested::answered(3);
    case.seat_jury(&case.at);
    let (first, judge) = case.ballots(&case.at, &case.judges)[0];
    let owner = judge.actor.address();
    let next = case.at.ballot(first.jury + 1, first.seat);
    let salt = owner.to_bytes();
    assert_ne!(commit::vote_commitment(&first, &owner, 3, &salt), commit::vote_commitment(&next, &owner, 3, &salt));
    case.let_phase_pass(&case.at);
    case.refuses(case.commit_vote_ix(&first, judge, 3), &[&judge.actor], E::WrongPhase);
    assert_invariants(&case);
}

#[test]
fn a_juror_that_came_to_stand_behind_the_provider_is_taken_out_and_loses_its_lock() {
    let case = Contested::answered(3);
    case.seat_jury(&case.at);
    let [(ballot, judge), (other, another)] = two(&case);
    let owner = case.owner();
    let position = owner.at.position(judge.actor.address());
    let exclude = |at: &BallotAddresses, interest| ix::exclude_juror(at, interest);
    case.refuses(exclude(&ballot, position.delegation), &[], E::NoInterest);
    case.refuses(exclude(&ballot, case.at.provider), &[], E::NoInterest);
    case.scenario.delegate(&judge.actor, &owner.at, 1_000 * TOKEN).expect("it delegates");
    case.refuses(exclude(&other, position.delegation), &[], E::NoInterest);
    case.send(&[case.commit_vote_ix(&ballot, judge, 0)], &[&judge.actor]);
    case.send(&[exclude(&ballot, position.delegation)], &[]);
    case.refuses(exclude(&ballot, position.delegation), &[], E::AlreadyVoted);
    assert_eq!(case.ballot_state(&ballot).state, BallotState::Excluded as u8);
    assert_eq!((case.machine().present().filled, case.machine().present().committed), (2, 0));
    assert_invariants(&case);
    case.send(&[case.commit_vote_ix(&other, another, 3)], &[&another.actor]);
    case.let_phase_pass(&case.at);
    case.send(&[case.reveal_vote_ix(&other, another, 3)], &[&another.actor]);
    case.let_phase_pass(&case.at);
    let locked = |judge| case.juror_state(judge).lock;
    let seats = case.present_ballots().iter().filter(|ballot| is_judge(judge, &ballot.juror)).count() as u64;
    case.settle_ballots(&case.at);
    assert_eq!(locked(judge), LOCK - seats * SEAT_LOCK);
    assert_eq!(case.juror_state(judge).credit, 0);
    assert_invariants(&case);
}

#[test]
fn nobody_joins_a_jury_by_somebody_elses_key_or_as_two() {
    let (market, judges) = Market::judged(1, 2);
    let judge = &judges[0];
    let mut stolen = leave_ix(&market, judge);
    stolen.accounts[0].pubkey = judges[1].actor.address();
    market.refuses(stolen, &[&judges[1].actor], E::NotTheOwner);
    market.send(&[join_ix(&market, &judge.actor, LOCK, 7)], &[&judge.actor]);
    let state: Juror = market.juror_state(judge);
    assert_eq!((state.lock, state.leaf), (2 * LOCK, 0), "it keeps its leaf");
    assert_invariants(&market);
}
