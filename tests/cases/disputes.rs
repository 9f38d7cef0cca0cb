//! A dispute from its opening to its end: who may open, raise and withdraw, and what silence does.

use {
    crate::{contested::Contested, *},
    work_token_sdk::{
        DisputeAddresses, Instruction, SeatAddresses,
        ix::Creditor,
        math::{
            Epoch,
            dispute::{Outcome, Phase},
        },
        state::Metric,
    },
    work_token_tests::{BOND, LOCK, everywhere, reported},
};

/// The bond of severities 1 to 3 for a fee of [`FEE`]: the smallest.
const BOND_3: u64 = 100 * TOKEN;
/// Of severity 4: a twentieth of 30 % of the stake.
const BOND_4: u64 = 300 * TOKEN;

fn raise_ix(case: &Contested, who: &Actor, severity: u8, bond: u64) -> Instruction {
    ix::raise_claim(&case.at, ix::RaiseClaim { challenger: who.address(), from: who.tokens, severity, bond })
}

fn withdraw_ix(case: &Contested) -> Instruction {
    ix::withdraw_dispute(&case.at, case.challenger.address())
}

#[test]
fn a_fault_that_a_jury_upholds_slashes_both_pools_and_pays_challenger_client_and_jurors() {
    let (market, judges) = Market::judged(2, 12);
    let seat = market.submitted(FIXED, FEE);
    let owner = market.owner_of(&market.seat_state(&seat).provider);
    let challenger = market.actor("challenger", 1_000_000 * TOKEN);
    let at = market.dispute(&seat, &challenger, 3);
    let answerer = market.actor("friend", 1_000_000 * TOKEN);
    market.answer(&at, &answerer);
    market.judge_round(&at, &judges, &[Some(3)]);
    assert_eq!(market.dispute_state(&at).machine.phase, Phase::Appeal as u8);
    market.let_phase_pass(&at);
    let decided = market.dispute_state(&at);
    assert_eq!(decided.outcome(), Outcome::Upheld);
    assert_eq!(market.provider(owner).state, ProviderState::Jailed as u8);
    assert!(decided.own_slash > 0);
    market.pass(2 * DAY);
    market.execute(&at);
    market.execute_all(&at);
    market.settle_ballots(&at);
    market.distribute(&at);
    assert!(market.claim_from(&at, &challenger, Creditor::Challenger(0)) > decided.bonds().0);
    assert_invariants(&market);
}

#[test]
fn silence_executes_a_claim_of_severity_1_or_2_as_claimed_c1() {
    for (severity, slash, state) in [(1, 20, ProviderState::Active), (2, 200, ProviderState::Jailed)] {
        let case = Contested::of(severity);
        case.wait_until(case.until_ts() - 1);
        case.refuses(ix::advance_dispute(&case.at), &[], E::NothingToAdvance);
        case.let_phase_pass(&case.at);
        assert_eq!((case.outcome(), case.dispute().own_slash), (Outcome::Silent, slash * TOKEN));
        assert_eq!(case.provider(case.owner()).state, state as u8);
        case.refuses(case.answer_ix(&case.at, &case.friend, BOND_3), &[&case.friend], E::WrongPhase);
        case.execute_all(&case.at);
        assert_eq!(case.stake_vault(case.owner()), STAKE - slash * TOKEN);
        assert_invariants(&case);
    }
}

#[test]
fn silence_sends_a_higher_claim_to_a_jury_without_a_counter_bond_c1() {
    for severity in 3..=5 {
        let case = Contested::of(severity);
        case.let_phase_pass(&case.at);
        assert_eq!((case.phase(), case.machine().answered), (Phase::Seating, false));
        assert_eq!(case.provider(case.owner()).counter_bond, 0);
        case.round(&[Some(severity)]);
        case.let_phase_pass(&case.at);
        assert_eq!((case.outcome(), case.machine().verdict), (Outcome::Upheld, severity));
        assert_invariants(&case);
    }
}

#[test]
fn a_dispute_that_is_withdrawn_before_the_answer_costs_a_tenth_and_leaves_the_seat_disputable_twice_c2() {
    let case = Contested::of(1);
    case.refuses(ix::withdraw_dispute(&case.at, case.friend.address()), &[&case.friend], E::NotTheChallenger);
    case.send(&[withdraw_ix(&case)], &[&case.challenger]);
    case.advance(&case.at);
    assert_eq!(case.outcome(), Outcome::Withdrawn);
    assert_eq!(case.claim_from(&case.at, &case.challenger, Creditor::Challenger(0)), BOND_3 / 10 * 9);
    let mut windows = vec![case.seat_state(&case.seat).challenge_until_work_ts];
    for _ in 0..2 {
        case.wait_for_work_ts(windows[windows.len() - 1] - 60);
        let at = case.market.dispute(&case.seat, &case.challenger, 1);
        case.send(&[ix::withdraw_dispute(&at, case.challenger.address())], &[&case.challenger]);
        case.advance(&at);
        windows.push(case.seat_state(&case.seat).challenge_until_work_ts);
    }
    // The first withdrawal came two days before the end of the window and used up one of two extensions.
    assert_eq!((windows[1] - windows[0], windows[2] - windows[1]), (2 * DAY - 60, 0));
    case.settle_seat(&case.seat);
    assert_invariants(&case);
}

#[test]
fn a_dispute_that_is_withdrawn_after_the_answer_is_lost_until_votes_are_revealed_c2() {
    let case = Contested::answered(3);
    case.seat_jury(&case.at);
    case.send(&[withdraw_ix(&case)], &[&case.challenger]);
    case.refuses(withdraw_ix(&case), &[&case.challenger], E::WrongPhase);
    case.advance(&case.at);
    assert_eq!((case.outcome(), case.dispute().parties[0].credit), (Outcome::Conceded, 0));
    case.settle_ballots(&case.at);
    let locks = |case: &Contested| case.judges.iter().map(|judge| case.juror_state(judge).lock).sum::<u64>();
    assert_eq!(locks(&case), 12 * LOCK, "a jury that was not let vote keeps its locks");
    assert_invariants(&case);

    let case = Contested::answered(3);
    case.seat_jury(&case.at);
    for (ballot, judge) in case.ballots(&case.at, &case.judges) {
        case.send(&[case.commit_vote_ix(&ballot, judge, 0)], &[&judge.actor]);
    }
    assert_eq!(case.phase(), Phase::Reveal);
    case.refuses(withdraw_ix(&case), &[&case.challenger], E::WrongPhase);
    assert_invariants(&case);
}

#[test]
fn a_second_dispute_about_a_seat_takes_only_the_difference_and_twice_the_fee_c2_h18() {
    let case = Contested::of(1);
    let second = case.market.dispute(&case.seat, &case.friend, 2);
    case.let_phase_pass(&case.at);
    assert_eq!(case.dispute().own_slash, 20 * TOKEN);
    case.advance(&second);
    let (found, fee) = (180 * TOKEN, 2 * FEE);
    assert_eq!(case.dispute_state(&second).own_slash, found + fee);
    let third = case.market.dispute(&case.seat, &case.challenger, 1);
    case.let_phase_pass(&third);
    assert_eq!(case.dispute_state(&third).own_slash, fee, "nothing but the fee: more was applied to the epoch already");
    for at in [&case.at, &second, &third] {
        case.execute_all(at);
    }
    assert_eq!(case.stake_vault(case.owner()), STAKE - (20 * TOKEN + found + fee + fee));
    assert_invariants(&case);
}

#[test]
fn anybody_but_the_owner_raises_a_claim_by_the_missing_bond_and_then_nobody_withdraws_c2() {
    let case = Contested::of(1);
    let raise = |severity, bond| raise_ix(&case, &case.friend, severity, bond);
    case.refuses(raise(1, BOND_4), &[&case.friend], E::NotRaised);
    case.refuses(raise(6, BOND_4), &[&case.friend], E::NotRaised);
    case.refuses(raise(4, BOND_4 - BOND_3 - 1), &[&case.friend], E::BondBelowRequired);
    case.refuses(raise(2, BOND_3 - 1), &[&case.friend], E::BondBelowRequired);
    let owner = &case.owner().actor;
    case.refuses(raise_ix(&case, owner, 4, BOND_4), &[owner], E::DisputesItself);
    case.send(&[raise(4, BOND_4 - BOND_3)], &[&case.friend]);
    let dispute = case.dispute();
    assert_eq!((dispute.machine.claimed, dispute.bonds().0), (4, BOND_4));
    // Half of the own stake, twice the fee, and two juries of seven with the bounties of one.
    assert_eq!(dispute.own_claimed, STAKE / 2 + 2 * FEE + 7 * (2 * TOKEN + JOB_BOUNTY));
    case.refuses(withdraw_ix(&case), &[&case.challenger], E::RaisedByAnother);
    case.refuses(ix::withdraw_dispute(&case.at, case.friend.address()), &[&case.friend], E::NotTheChallenger);
    assert_invariants(&case);
}

#[test]
fn who_raised_its_own_claim_may_still_withdraw_all_of_it_c2() {
    let case = Contested::of(1);
    case.send(&[raise_ix(&case, &case.challenger, 4, BOND_4 - BOND_3)], &[&case.challenger]);
    case.send(&[withdraw_ix(&case)], &[&case.challenger]);
    case.advance(&case.at);
    // The raised part loses first: a tenth of both, out of the second.
    let paid = [0, 1].map(|place| case.claim_from(&case.at, &case.challenger, Creditor::Challenger(place)));
    assert_eq!(paid, [BOND_3, BOND_4 - BOND_3 - BOND_4 / 10]);
    assert_invariants(&case);
}

#[test]
fn a_claim_that_silence_executes_is_raised_in_the_first_half_of_the_time_to_answer_c2() {
    let case = Contested::of(1);
    case.wait_until(case.until_ts() - DAY - 1);
    case.send(&[raise_ix(&case, &case.friend, 2, BOND_3)], &[&case.friend]);
    let late = Contested::of(1);
    late.wait_until(late.until_ts() - DAY);
    late.refuses(raise_ix(&late, &late.friend, 2, BOND_3), &[&late.friend], E::WrongPhase);
    late.send(&[raise_ix(&late, &late.friend, 3, BOND_3)], &[&late.friend]);
    assert_eq!(late.phase(), Phase::Answer);
    assert_invariants(&case);
    assert_invariants(&late);
}

#[test]
fn a_claim_is_raised_while_the_first_jury_is_drawn_which_grows_and_not_once_it_sits_c2() {
    let case = Contested::answered(3);
    case.send(&[raise_ix(&case, &case.friend, 4, BOND_4 - BOND_3)], &[&case.friend]);
    assert_eq!(case.machine().present().seats, 7);
    case.seat_jury(&case.at);
    case.refuses(raise_ix(&case, &case.friend, 5, 1_000 * TOKEN), &[&case.friend], E::WrongPhase);
    assert_invariants(&case);
}

#[test]
fn only_a_result_within_its_window_is_disputed_and_by_others_than_its_provider() {
    let (market, _) = Market::judged(2, 3);
    let challenger = market.actor("challenger", 1_000 * TOKEN);
    let at_of = |seat: &SeatAddresses| market.scenario.next_dispute(seat);
    let open = |seat: &SeatAddresses, who: &Actor, severity, bond| {
        market.dispute_ix(&at_of(seat), Some(seat.job.job), who, severity, bond)
    };
    let working = market.accepted(FIXED, FEE);
    market.refuses(open(&working, &challenger, 1, BOND_3), &[&challenger], E::NotDisputable);
    let seat = market.submitted(FIXED, FEE);
    let owner = &market.worker(&seat).actor;
    market.refuses(open(&seat, owner, 1, BOND_3), &[owner], E::DisputesItself);
    let operator = market.operator(&seat);
    let mut by_operator = open(&seat, &operator, 1, BOND_3);
    by_operator.accounts[8].pubkey = challenger.tokens;
    market.refuses(by_operator, &[&operator], E::DisputesItself);
    market.refuses(open(&seat, &challenger, 0, BOND_3), &[&challenger], E::UnknownSeverity);
    market.refuses(open(&seat, &challenger, 6, BOND_3), &[&challenger], E::UnknownSeverity);
    market.refuses(open(&seat, &challenger, 4, BOND_4 - 1), &[&challenger], E::BondBelowRequired);
    market.refuses(open(&seat, &challenger, 5, 1_001 * TOKEN), &[&challenger], E::InsufficientFunds);
    let mut unknown = open(&seat, &challenger, 1, BOND_3);
    unknown.data[8] = 3;
    market.refuses(unknown, &[&challenger], E::UnknownDisputeKind);
    let other = market.owners.iter().find(|owner| owner.actor.address() != market.worker(&seat).actor.address());
    let theirs = DisputeAddresses { provider: other.unwrap().at.provider, ..at_of(&seat) };
    let theirs = market.dispute_ix(&theirs, Some(seat.job.job), &challenger, 1, BOND_3);
    market.refuses(theirs, &[&challenger], E::WrongProvider);
    let of_other = market.dispute_ix(&at_of(&seat), Some(working.job.job), &challenger, 1, BOND_3);
    market.refuses(of_other, &[&challenger], E::WrongJob);
    let without = market.dispute_ix(&at_of(&seat), None, &challenger, 1, BOND_3);
    market.refuses(without, &[&challenger], E::NotDisputable);
    market.wait_for_work_ts(market.seat_state(&seat).challenge_until_work_ts - 1);
    market.send(&[open(&seat, &challenger, 1, BOND_3)], &[&challenger]);
    market.pass(1);
    market.refuses(open(&seat, &challenger, 1, BOND_3), &[&challenger], E::ChallengeHasPassed);
    assert_invariants(&market);
}

#[test]
fn a_missed_deadline_only_its_client_disputes_h10() {
    let (market, _) = Market::judged(1, 3);
    let (challenger, client) = (market.actor("challenger", 1_000 * TOKEN), &market.client.actor);
    let seat = market.accepted(FIXED, FEE);
    market.wait_for_work_ts(market.seat_state(&seat).work_until_work_ts);
    market.expire(&seat);
    let at = market.scenario.next_dispute(&seat);
    let open = |who: &Actor| market.dispute_ix(&at, Some(seat.job.job), who, 1, BOND_3);
    market.refuses(open(&challenger), &[&challenger], E::NotDisputable);
    market.send(&[open(client)], &[client]);
    market.let_phase_pass(&at);
    assert_eq!(market.dispute_state(&at).outcome(), Outcome::Silent);
    market.execute_all(&at);
    assert_invariants(&market);
}

#[test]
fn anybody_files_evidence_and_nobody_advances_what_has_ended() {
    let case = Contested::of(1);
    case.send(&[ix::file_evidence(&case.at.dispute, case.friend.address(), [9; 32])], &[&case.friend]);
    case.refuses(ix::execute_installment(&case.at, case.owner().at.stake_vault), &[], E::NothingDue);
    case.let_phase_pass(&case.at);
    case.refuses(ix::advance_dispute(&case.at), &[], E::NothingToAdvance);
    case.refuses(case.execute_ix(&case.at), &[], E::NothingDue);
    case.execute_all(&case.at);
    case.refuses(ix::advance_dispute(&case.at), &[], E::NothingToAdvance);
    assert_invariants(&case);
}

#[test]
fn a_seat_is_not_settled_while_a_dispute_about_it_is_open() {
    let case = Contested::answered(3);
    case.wait_for_work_ts(case.seat_state(&case.seat).challenge_until_work_ts);
    case.refuses(case.settle_seat_ix(&case.seat), &[], E::SeatDisputed);
    case.let_all_pass();
    case.settle_seat(&case.seat);
    assert_invariants(&case);
}

#[test]
fn conduct_is_disputed_in_an_epoch_since_registration_and_within_the_window_m25() {
    let (market, _) = Market::judged(1, 3);
    let (old, challenger) = (&market.owners[0], market.actor("challenger", 10_000 * TOKEN));
    let new = market.owner("new", 0, STAKE);
    market.touch(old);
    let open = |owner: &Owner, epoch| {
        let at = DisputeAddresses::next_of_conduct(&owner.at, &market.provider(owner), epoch);
        market.dispute_ix(&at, None, &challenger, 1, BOND_3)
    };
    let today = market.epoch();
    assert_eq!(today, 3);
    for epoch in [today - 1, today + 1, 100] {
        market.refuses(open(&new, epoch), &[&challenger], E::ConductTooOld);
    }
    market.send(&[open(&new, today)], &[&challenger]);
    // Epoch 0 ended three days before epoch 4 begins.
    market.go_to_epoch(4);
    market.refuses(open(old, 0), &[&challenger], E::ConductTooOld);
    let at = market.dispute_conduct(old, 1, &challenger, 1);
    market.let_phase_pass(&at);
    let dispute = market.dispute_state(&at);
    assert_eq!((dispute.outcome(), dispute.own_slash), (Outcome::Silent, 20 * TOKEN));
    assert_eq!((dispute.client, dispute.fee), (Pubkey::default(), 0));
    market.execute_all(&at);
    assert_invariants(&market);
}

#[test]
fn a_score_that_a_jury_finds_wrong_is_set_to_neutral_and_no_stake_is_touched_m25() {
    let metric: Metric = reported("accuracy", 1_000_000);
    let world = World::measuring(&[metric], |options| options.params.share_cap_ppm = 1_000_000);
    world.scenario.adopt_juror_tree().expect("the juror tree is adopted");
    let judges: Vec<_> = (0..12).map(|i| world.judge(&format!("juror {i}"), LOCK)).collect();
    let (ann, xena) = (world.owner("ann", 0, STAKE), world.attester("xena", BOND));
    world.next_epoch();
    let shard = world.report(&[(&xena, &everywhere(&[1_000]))]);
    world.score(shard.epoch, &[&ann]);
    let wrong = world.record(&ann, shard.epoch).score_ppm;
    assert!(wrong < 1_000_000);
    let challenger = world.actor("challenger", 1_000 * TOKEN);
    let at = DisputeAddresses::next_of_score(&ann.at, &world.provider(&ann), shard.epoch);
    world.send(&[world.dispute_ix(&at, None, &challenger, 1, BOND_3)], &[&challenger]);
    world.refuses(world.answer_ix(&at, &challenger, BOND_3), &[&challenger], E::WrongPhase);
    world.refuses(ix::correct_score(&at), &[], E::WrongDispute);
    world.judge_round(&at, &judges, &[Some(1)]);
    world.let_phase_pass(&at);
    assert_eq!(world.dispute_state(&at).outcome(), Outcome::Upheld);
    world.send(&[ix::correct_score(&at)], &[]);
    world.refuses(ix::correct_score(&at), &[], E::EpochFinal);
    assert_eq!(world.record(&ann, shard.epoch).score_ppm, 1_000_000);
    assert_eq!((world.stake_vault(&ann), world.provider(&ann).state), (STAKE, ProviderState::Active as u8));
    assert_eq!(world.provider(&ann).repeats(1, Epoch(world.epoch())), 0);
    // The challenger of a score that was wrong bears the jury, and no more.
    let cost = 3 * (TOKEN + JOB_BOUNTY);
    assert_eq!(world.claim_from(&at, &challenger, Creditor::Challenger(0)), BOND_3 - cost);
    assert_invariants(&world);
}

#[test]
fn a_score_that_its_provider_was_weighed_with_is_final_m25() {
    let world =
        World::measuring(&[reported("accuracy", 1_000_000)], |options| options.params.share_cap_ppm = 1_000_000);
    world.scenario.adopt_juror_tree().expect("the juror tree is adopted");
    let judges: Vec<_> = (0..12).map(|i| world.judge(&format!("juror {i}"), LOCK)).collect();
    let (ann, xena) = (world.owner("ann", 0, STAKE), world.attester("xena", BOND));
    world.next_epoch();
    let shard = world.report(&[(&xena, &everywhere(&[1_000]))]);
    let scored = world.score(shard.epoch, &[&ann]);
    let challenger = world.actor("challenger", 1_000 * TOKEN);
    let open = |epoch| {
        let at = DisputeAddresses::next_of_score(&ann.at, &world.provider(&ann), epoch);
        (at, world.dispute_ix(&at, None, &challenger, 1, BOND_3))
    };
    let (at, first) = open(shard.epoch);
    world.send(&[first], &[&challenger]);
    let raise = ix::RaiseClaim { challenger: challenger.address(), from: challenger.tokens, severity: 2, bond: BOND_3 };
    world.refuses(ix::raise_claim(&at, raise), &[&challenger], E::NotRaised);
    world.crank(shard.epoch, &[&ann]);
    world.refuses(open(shard.epoch).1, &[&challenger], E::EpochFinal);
    world.judge_round(&at, &judges, &[Some(1)]);
    world.let_phase_pass(&at);
    world.refuses(ix::correct_score(&at), &[], E::EpochFinal);
    assert_eq!(world.record(&ann, shard.epoch).score_ppm, scored[0].score_ppm);
    assert_invariants(&world);
}
