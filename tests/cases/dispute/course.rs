//! A dispute from its opening to its end: who may open, raise and withdraw, and what silence does.

use {
    crate::{dispute::contested::Contested, *},
    work_token_sdk::{
        DisputeAddresses, Instruction, SeatAddresses,
        ix::Creditor,
        math::dispute::{Outcome, Phase},
    },
    work_token_tests::LOCK,
};

/// The bond of severities 1 to 3 for a fee of [`FEE`]: the smallest.
const BOND_3: u64 = 100 * TOKEN;
/// Of severity 4: a twentieth of 30 % of the stake.
const BOND_4: u64 = 300 * TOKEN;

fn withdraw_ix(case: &Contested) -> Instruction {
    case.withdraw_claim_ix(&case.at, &case.challenger, 0)
}

#[test]
fn a_fault_that_a_jury_upholds_slashes_both_pools_and_pays_challenger_client_and_jurors() {
    let (market, jurors) = Market::judged(2, 12);
    let seat = market.submitted(FIXED, FEE);
    let owner = market.owner_of(&market.seat_state(&seat).provider);
    let challenger = market.actor("challenger", 1_000_000 * TOKEN);
    let at = market.dispute(&seat, &challenger, 3);
    let answerer = market.actor("friend", 1_000_000 * TOKEN);
    market.answer(&at, &answerer);
    market.judge_round(&at, &jurors, &[Some(3)]);
    assert_eq!(market.dispute_state(&at).machine.phase(), Phase::Appeal);
    market.let_phase_pass(&at);
    let decided = market.dispute_state(&at);
    assert_eq!(decided.outcome(), Outcome::Upheld);
    assert_eq!(market.provider(owner).state, ProviderState::Jailed as u8);
    assert!(decided.slash.own > 0);
    market.pass(2 * DAY);
    market.execute(&at);
    market.execute_all(&at);
    market.settle_ballots(&at);
    market.distribute(&at);
    assert!(market.claim_from(&at, &challenger, Creditor::Challenger(0)) > decided.bonds().0);
    assert_invariants(&market);
}

#[test]
fn silence_executes_a_claim_of_severity_1_or_2_as_claimed() {
    for (severity, slash, state) in [(1, 20, ProviderState::Active), (2, 200, ProviderState::Jailed)] {
        let case = Contested::of(severity);
        case.wait_until(case.until_ts() - 1);
        case.refuses(ix::advance_dispute(&case.at), &[], E::NothingToAdvance);
        case.let_phase_pass(&case.at);
        assert_eq!((case.outcome(), case.dispute().slash.own), (Outcome::Silent, slash * TOKEN));
        assert_eq!(case.provider(case.owner()).state, state as u8);
        case.refuses(case.answer_ix(&case.at, &case.friend, BOND_3), &[&case.friend], E::WrongPhase);
        case.execute_all(&case.at);
        assert_eq!(case.stake_vault(case.owner()), STAKE - slash * TOKEN);
        assert_invariants(&case);
    }
}

#[test]
fn silence_sends_a_higher_claim_to_a_jury_without_a_counter_bond() {
    for severity in 3..=5 {
        let case = Contested::of(severity);
        case.let_phase_pass(&case.at);
        assert_eq!((case.phase(), case.machine().is_answered()), (Phase::Draw, false));
        assert_eq!(case.provider(case.owner()).counter.bond, 0);
        case.round(&[Some(severity)]);
        case.let_phase_pass(&case.at);
        assert_eq!((case.outcome(), case.machine().verdict), (Outcome::Upheld, severity));
        assert_invariants(&case);
    }
}

#[test]
fn a_dispute_that_is_withdrawn_before_the_answer_costs_a_tenth_and_leaves_the_seat_disputable_twice() {
    let case = Contested::of(1);
    case.refuses(case.withdraw_claim_ix(&case.at, &case.friend, 0), &[&case.friend], E::NotTheChallenger);
    case.send(&[withdraw_ix(&case)], &[&case.challenger]);
    case.advance(&case.at);
    assert_eq!(case.outcome(), Outcome::Withdrawn);
    assert_eq!(case.claim_from(&case.at, &case.challenger, Creditor::Challenger(0)), BOND_3 / 10 * 9);
    let mut windows = vec![case.seat_state(&case.seat).challenge_until_work_ts];
    for _ in 0..2 {
        case.wait_for_work_ts(windows[windows.len() - 1] - 60);
        let at = case.market.dispute(&case.seat, &case.challenger, 1);
        case.withdraw_claim(&at, &case.challenger, 0);
        case.advance(&at);
        windows.push(case.seat_state(&case.seat).challenge_until_work_ts);
    }
    // The first withdrawal came two days before the end of the window and used up one of two extensions.
    assert_eq!((windows[1] - windows[0], windows[2] - windows[1]), (2 * DAY - 60, 0));
    case.settle_seat(&case.seat);
    assert_invariants(&case);
}

#[test]
fn a_dispute_that_is_withdrawn_after_the_answer_is_lost_until_votes_are_revealed() {
    let case = Contested::answered(3);
    case.draw_jury(&case.at);
    case.send(&[withdraw_ix(&case)], &[&case.challenger]);
    case.refuses(withdraw_ix(&case), &[&case.challenger], E::WrongPhase);
    case.advance(&case.at);
    assert_eq!((case.outcome(), case.dispute().parties[0].credit), (Outcome::Conceded, 0));
    case.settle_ballots(&case.at);
    let locks = |case: &Contested| case.jurors.iter().map(|juror| case.juror_state(juror).lock).sum::<u64>();
    assert_eq!(locks(&case), 12 * LOCK, "a jury that was not let vote keeps its locks");
    assert_invariants(&case);

    let case = Contested::answered(3);
    case.draw_jury(&case.at);
    for (ballot, juror) in case.ballots(&case.at, &case.jurors) {
        case.send(&[case.commit_vote_ix(&ballot, juror, 0)], &[&juror.actor]);
    }
    assert_eq!(case.phase(), Phase::Reveal);
    case.refuses(withdraw_ix(&case), &[&case.challenger], E::WrongPhase);
    assert_invariants(&case);
}

#[test]
fn a_second_dispute_about_a_seat_takes_only_the_difference() {
    let case = Contested::of(1);
    let second = case.market.dispute(&case.seat, &case.friend, 2);
    case.let_phase_pass(&case.at);
    assert_eq!(case.dispute().slash.own, 20 * TOKEN);
    case.advance(&second);
    assert_eq!(case.dispute_state(&second).slash.own, 180 * TOKEN);
    let third = case.market.dispute(&case.seat, &case.challenger, 1);
    case.let_phase_pass(&third);
    assert_eq!(case.dispute_state(&third).slash.own, 0, "more was applied to the seat already");
    for at in [&case.at, &second] {
        case.execute_all(at);
    }
    assert_eq!(case.stake_vault(case.owner()), STAKE - 200 * TOKEN);
    assert_invariants(&case);
}

#[test]
fn anybody_but_the_owner_raises_a_claim_by_the_missing_bond() {
    let case = Contested::of(1);
    let raise = |severity, bond| case.raise_ixs(&case.at, &case.friend, severity, bond);
    case.refuses_all(&raise(1, BOND_4), &[&case.friend], E::NotRaised);
    case.refuses_all(&raise(6, BOND_4), &[&case.friend], E::NotRaised);
    case.refuses_all(&raise(4, BOND_4 - BOND_3 - 1), &[&case.friend], E::BondBelowRequired);
    case.refuses_all(&raise(2, BOND_3 - 1), &[&case.friend], E::BondBelowRequired);
    let owner = &case.owner().actor;
    case.give(owner.tokens, BOND_4);
    case.refuses_all(&case.raise_ixs(&case.at, owner, 4, BOND_4), &[owner], E::DisputesItself);
    case.send(&raise(4, BOND_4 - BOND_3), &[&case.friend]);
    let dispute = case.dispute();
    assert_eq!((dispute.machine.claimed, dispute.bonds().0), (4, BOND_4));
    // Half of the own stake, twice the fee, and two juries of seven with the bounties of one.
    assert_eq!(dispute.stake.own_claimed, STAKE / 2 + 2 * FEE + 7 * (2 * TOKEN + JOB_BOUNTY));
    assert_invariants(&case);
}

#[test]
fn everybody_withdraws_its_own_claim_and_the_dispute_ends_with_the_last() {
    let case = Contested::of(1);
    case.raise(&case.at, &case.friend, 4);
    for (who, place) in [(&case.challenger, 1), (&case.friend, 0), (&case.friend, 2), (&case.friend, 5)] {
        case.refuses(case.withdraw_claim_ix(&case.at, who, place), &[who], E::NotTheChallenger);
    }
    case.withdraw_claim(&case.at, &case.friend, 1);
    assert_eq!((case.phase(), case.machine().claimed), (Phase::Answer, 1));
    case.refuses(case.withdraw_claim_ix(&case.at, &case.friend, 1), &[&case.friend], E::WrongPhase);
    // Who withdrew before the answer waits for nobody.
    let lost = (BOND_4 - BOND_3) / 10;
    assert_eq!(case.claim_from(&case.at, &case.friend, Creditor::Challenger(1)), BOND_4 - BOND_3 - lost);
    case.withdraw_claim(&case.at, &case.challenger, 0);
    case.advance(&case.at);
    assert_eq!(case.outcome(), Outcome::Withdrawn);
    assert_eq!(case.claim_from(&case.at, &case.challenger, Creditor::Challenger(0)), BOND_3 / 10 * 9);
    assert_eq!(case.burns(|| drop(case.distribute(&case.at))), BOND_3 / 10 + lost);
    assert_invariants(&case);
}

#[test]
fn a_claim_that_was_raised_stands_when_the_first_one_is_withdrawn() {
    let case = Contested::of(1);
    case.raise(&case.at, &case.friend, 2);
    case.withdraw_claim(&case.at, &case.challenger, 0);
    case.let_phase_pass(&case.at);
    assert_eq!((case.outcome(), case.dispute().slash.own), (Outcome::Silent, 200 * TOKEN));
    case.wind_up();
    // The first step, a tenth of what was found, is nobody's any more.
    assert_eq!(case.claim_from(&case.at, &case.friend, Creditor::Challenger(1)), BOND_3 + 36 * TOKEN);
    assert_invariants(&case);
}

#[test]
fn a_claim_that_silence_executes_is_raised_in_the_first_half_of_the_time_to_answer() {
    let case = Contested::of(1);
    case.wait_until(case.until_ts() - DAY - 1);
    case.raise(&case.at, &case.friend, 2);
    let late = Contested::of(1);
    late.wait_until(late.until_ts() - DAY);
    late.refuses_all(&late.raise_ixs(&late.at, &late.friend, 2, BOND_3), &[&late.friend], E::WrongPhase);
    late.raise(&late.at, &late.friend, 3);
    assert_eq!(late.phase(), Phase::Answer);
    assert_invariants(&case);
    assert_invariants(&late);
}

#[test]
fn a_claim_is_raised_until_the_first_jury_is_called_which_grows_and_not_a_call_later() {
    let case = Contested::answered(3);
    case.raise(&case.at, &case.friend, 4);
    assert_eq!(case.machine().present().size, 7);
    case.send(&[ix::call_jury(&case.at, case.network().juror_tree, None)], &[]);
    let raise = case.raise_ixs(&case.at, &case.friend, 5, 1_000 * TOKEN);
    case.refuses_all(&raise, &[&case.friend], E::WrongPhase);
    assert_invariants(&case);

    let case = Contested::answered(3);
    case.draw_jury(&case.at);
    let raise = case.raise_ixs(&case.at, &case.friend, 4, BOND_4);
    case.refuses_all(&raise, &[&case.friend], E::WrongPhase);
    assert_invariants(&case);
}

#[test]
fn only_a_result_is_disputed_and_by_others_than_its_provider() {
    let (market, _) = Market::judged(2, 3);
    let challenger = market.actor("challenger", 1_000 * TOKEN);
    let at_of = |seat: &SeatAddresses| market.scenario.next_dispute(seat);
    let open = |seat: &SeatAddresses, who: &Actor, severity, bond| {
        market.dispute_ixs(&at_of(seat), Some(seat.job.job), who, severity, bond)
    };
    let working = market.accepted(FIXED, FEE);
    market.refuses_all(&open(&working, &challenger, 1, BOND_3), &[&challenger], E::NotDisputable);
    let seat = market.submitted(FIXED, FEE);
    let owner = &market.worker(&seat).actor;
    market.give(owner.tokens, BOND_3);
    market.refuses_all(&open(&seat, owner, 1, BOND_3), &[owner], E::DisputesItself);
    let operator = market.purse("operator's purse", &market.operator(&seat), BOND_3);
    market.refuses_all(&open(&seat, &operator, 1, BOND_3), &[&operator], E::DisputesItself);
    for severity in [0, 6, 255] {
        market.refuses_all(&open(&seat, &challenger, severity, BOND_3), &[&challenger], E::UnknownSeverity);
    }
    market.refuses_all(&open(&seat, &challenger, 4, BOND_4 - 1), &[&challenger], E::BondBelowRequired);
    market.refuses_all(&open(&seat, &challenger, 5, 1_001 * TOKEN), &[&challenger], E::InsufficientFunds);
    // A score is no dispute any more.
    for kind in [2, 3] {
        let [commit, mut unknown] = open(&seat, &challenger, 1, BOND_3);
        unknown.data[8] = kind;
        market.refuses_all(&[commit, unknown], &[&challenger], E::UnknownDisputeKind);
    }
    let other = market.owners.iter().find(|owner| owner.actor.address() != market.worker(&seat).actor.address());
    let theirs = DisputeAddresses { provider: other.unwrap().at.provider, ..at_of(&seat) };
    let theirs = market.dispute_ixs(&theirs, Some(seat.job.job), &challenger, 1, BOND_3);
    market.refuses_all(&theirs, &[&challenger], E::WrongProvider);
    let of_other = market.dispute_ixs(&at_of(&seat), Some(working.job.job), &challenger, 1, BOND_3);
    market.refuses_all(&of_other, &[&challenger], E::WrongJob);
    let without = market.dispute_ixs(&at_of(&seat), None, &challenger, 1, BOND_3);
    market.refuses_all(&without, &[&challenger], E::NotDisputable);
    assert_invariants(&market);
}

#[test]
fn a_result_is_disputed_to_the_last_second_of_its_window() {
    let (market, _) = Market::judged(1, 3);
    let challenger = market.actor("challenger", 1_000 * TOKEN);
    let seat = market.submitted(FIXED, FEE);
    market.wait_for_work_ts(market.seat_state(&seat).challenge_until_work_ts - 1);
    market.dispute(&seat, &challenger, 1);
    market.pass(1);
    let at = market.scenario.next_dispute(&seat);
    let late = market.dispute_ixs(&at, Some(seat.job.job), &challenger, 1, BOND_3);
    market.refuses_all(&late, &[&challenger], E::ChallengeHasPassed);
    assert_invariants(&market);
}

#[test]
fn a_missed_deadline_only_its_client_disputes() {
    let (market, _) = Market::judged(1, 3);
    let (challenger, client) = (market.actor("challenger", 1_000 * TOKEN), &market.client.actor);
    let seat = market.accepted(FIXED, FEE);
    market.wait_for_work_ts(market.seat_state(&seat).work_until_work_ts);
    market.expire(&seat);
    let at = market.scenario.next_dispute(&seat);
    let by_stranger = market.dispute_ixs(&at, Some(seat.job.job), &challenger, 1, BOND_3);
    market.refuses_all(&by_stranger, &[&challenger], E::NotDisputable);
    let at = market.dispute(&seat, client, 1);
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
    case.wait_for_work_ts(case.seat_state(&case.seat).settles_at_work_ts());
    case.refuses(case.settle_seat_ix(&case.seat), &[], E::SeatDisputed);
    case.let_all_pass();
    case.settle_seat(&case.seat);
    assert_invariants(&case);
}

#[test]
fn conduct_is_disputed_in_an_epoch_since_registration_and_within_the_window() {
    let (market, _) = Market::judged(1, 3);
    let (old, challenger) = (&market.owners[0], market.actor("challenger", 10_000 * TOKEN));
    let new = market.owner("new", 0, STAKE);
    market.touch(old);
    let open = |owner: &Owner, epoch| {
        let at = market.next_conduct(&owner.at, epoch);
        market.dispute_ixs(&at, None, &challenger, 1, BOND_3)
    };
    let today = market.epoch();
    assert_eq!(today, 3);
    for epoch in [today - 1, today + 1, 100] {
        market.refuses_all(&open(&new, epoch), &[&challenger], E::ConductTooOld);
    }
    market.send(&open(&new, today), &[&challenger]);
    // Epoch 0 ended three days before epoch 4 begins.
    market.go_to_epoch(4);
    market.refuses_all(&open(old, 0), &[&challenger], E::ConductTooOld);
    let at = market.dispute_conduct(old, 1, &challenger, 1);
    market.let_phase_pass(&at);
    let dispute = market.dispute_state(&at);
    assert_eq!((dispute.outcome(), dispute.slash.own), (Outcome::Silent, 20 * TOKEN));
    assert_eq!((dispute.client, dispute.fee), (Pubkey::default(), 0));
    market.execute_all(&at);
    assert_invariants(&market);
}
