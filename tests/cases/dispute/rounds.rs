//! Rounds of juries, appeals and the arbiter: every silence has its default (dispute-answer-2,
//! dispute-appeal-2, jury-verdict-3, dispute-appeal-1, dispute-time-1).

use {
    crate::{dispute::contested::Contested, *},
    work_token_sdk::{
        JurorAddresses,
        math::dispute::{NO_VERDICT, Outcome, Phase, Side},
    },
    work_token_tests::LOCK,
};

/// What a claim of severity 3 holds of the own stake: the most that it may cost, twice the fee, two juries
/// and the bounties of one.
pub const CLAIMED: u64 = STAKE / 100 * 15 + 2 * FEE + 3 * (2 * TOKEN + JOB_BOUNTY);
/// What a juror of the second round is paid for it: a seventh of 0.6 % of the claim (dispute-appeal-3).
pub const SECOND_FEE: u64 = (CLAIMED * 6).div_ceil(7_000);
/// What the jury of the second round costs: seven ballots, each a fee and a bounty.
pub const NEXT_JURY: u64 = 7 * (SECOND_FEE + JOB_BOUNTY);
/// An appellant's part of an appeal: twice that.
pub const WHOLE: u64 = 2 * NEXT_JURY;

/// An even number of votes, half of them for each side; who stays away has not committed.
const TIE: [Option<u8>; 3] = [Some(0), Some(3), None];

fn nobody_votes(case: &Contested) {
    case.draw_jury(&case.at);
    case.let_phase_pass(&case.at);
    assert_eq!(case.phase(), Phase::Reveal);
    case.let_phase_pass(&case.at);
}

#[test]
fn a_tie_dismisses_unless_somebody_appeals() {
    let case = Contested::judged(3, &TIE);
    let machine = case.machine();
    assert_eq!((machine.phase(), machine.verdict, machine.is_tied()), (Phase::Appeal, 0, true));
    case.let_phase_pass(&case.at);
    assert_eq!((case.outcome(), case.dispute().slash.own), (Outcome::Tied, 0));
    assert_eq!(case.provider(case.owner()).state, ProviderState::Active as u8);
    assert_invariants(&case);
}

#[test]
fn either_side_alone_appeals_a_tie() {
    for side in [Side::Challenger, Side::Provider] {
        let case = Contested::judged(3, &TIE);
        let payer = if side == Side::Challenger { &case.challenger } else { &case.friend };
        assert_eq!(case.fund(&case.at, payer, side), WHOLE, "both sides have lost, so each may appeal");
        case.let_phase_pass(&case.at);
        assert_eq!((case.phase(), case.machine().present().size), (Phase::Draw, 7));
        case.round(&[Some(3)]);
        case.let_phase_pass(&case.at);
        assert_eq!(case.outcome(), Outcome::Upheld);
        assert_invariants(&case);
    }
}

#[test]
fn without_a_quorum_a_fresh_jury_of_double_size_then_the_arbiter_then_nothing_is_found() {
    let case = Contested::answered(3);
    nobody_votes(&case);
    let machine = case.machine();
    assert_eq!((machine.phase(), machine.jury, machine.redrawn), (Phase::Draw, 1, 1));
    assert_eq!((machine.present().size, machine.present().round), (6, 1));
    nobody_votes(&case);
    assert_eq!((case.phase(), case.machine().verdict), (Phase::Arbiter, NO_VERDICT));
    case.let_phase_pass(&case.at);
    assert_eq!((case.outcome(), case.machine().verdict, case.dispute().slash.own), (Outcome::Undecided, 0, 0));
    assert_eq!(case.provider(case.owner()).state, ProviderState::Active as u8);
    assert_invariants(&case);
}

#[test]
fn a_third_of_the_ballots_is_a_quorum_and_a_vote_that_is_not_revealed_is_none() {
    let case = Contested::answered(3);
    case.round(&[Some(3), None]);
    assert_eq!((case.phase(), case.machine().verdict), (Phase::Appeal, 3), "one of three");
    assert_invariants(&case);

    let case = Contested::answered(3);
    case.draw_jury(&case.at);
    for (ballot, juror) in case.ballots(&case.at, &case.jurors) {
        case.send(&[case.commit_vote_ix(&ballot, juror, 3)], &[&juror.actor]);
    }
    case.let_phase_pass(&case.at);
    assert_eq!((case.phase(), case.machine().present().size), (Phase::Draw, 6));
    assert_invariants(&case);
}

#[test]
fn a_fresh_jury_decides_like_any_other() {
    let case = Contested::answered(3);
    nobody_votes(&case);
    case.round(&[Some(2), Some(3), Some(0), None]);
    assert_eq!((case.phase(), case.machine().verdict), (Phase::Appeal, 2));
    case.let_phase_pass(&case.at);
    assert_eq!((case.outcome(), case.machine().verdict), (Outcome::Upheld, 2));
    case.wind_up();
    assert_invariants(&case);
}

#[test]
fn the_arbiter_confirms_a_claim_that_no_jury_could_judge_and_never_raises_it() {
    let case = Contested::answered(3);
    nobody_votes(&case);
    nobody_votes(&case);
    for other in [4, 5, 255] {
        case.refuses(case.rule_ix(&case.at, other), &[&case.scenario.admin], E::NotARuling);
    }
    let usurper = ix::rule_dispute(&case.at, case.friend.address(), 0);
    case.refuses(usurper, &[&case.friend], E::NotTheArbiter);
    case.rule(&case.at, 3);
    assert_eq!((case.outcome(), case.machine().verdict), (Outcome::Upheld, 3));
    case.refuses(case.rule_ix(&case.at, 0), &[&case.scenario.admin], E::WrongPhase);
    assert_invariants(&case);
}

#[test]
fn the_arbiter_dismisses_in_its_time_and_not_a_second_later() {
    for (wait, error) in [(-1, None), (0, Some(E::WrongPhase))] {
        let case = Contested::answered(3);
        case.refuses(case.rule_ix(&case.at, 0), &[&case.scenario.admin], E::WrongPhase);
        nobody_votes(&case);
        nobody_votes(&case);
        case.wait_until(case.until_ts() + wait);
        match error {
            Some(error) => case.refuses(case.rule_ix(&case.at, 0), &[&case.scenario.admin], error),
            None => {
                case.rule(&case.at, 0);
                assert_eq!(case.outcome(), Outcome::Dismissed);
            }
        }
        assert_invariants(&case);
    }
}

/// Three rounds that find 3, 2 and 3; the provider's side appeals twice.
fn three_rounds() -> Contested {
    let case = Contested::judged(3, &[Some(3)]);
    for (seats, found) in [(7, 2), (15, 3)] {
        case.fund(&case.at, &case.friend, Side::Provider);
        case.let_phase_pass(&case.at);
        assert_eq!(case.machine().present().size, seats);
        case.round(&[Some(found)]);
    }
    assert_eq!((case.phase(), case.machine().verdict), (Phase::Arbiter, 3));
    case
}

#[test]
fn after_three_rounds_a_silent_arbiter_leaves_the_last_verdict() {
    let case = three_rounds();
    case.let_phase_pass(&case.at);
    assert_eq!((case.outcome(), case.machine().verdict), (Outcome::Upheld, 3));
    case.wind_up();
    assert_invariants(&case);
}

#[test]
fn after_three_rounds_the_arbiter_may_confirm_what_any_jury_found_and_nothing_else() {
    let case = three_rounds();
    for other in [0, 1, 4, 5] {
        case.refuses(case.rule_ix(&case.at, other), &[&case.scenario.admin], E::NotARuling);
    }
    case.rule(&case.at, 2);
    assert_eq!((case.outcome(), case.machine().verdict), (Outcome::Upheld, 2));
    assert_invariants(&case);
}

#[test]
fn an_appeal_that_the_losing_side_funds_alone_is_held_at_its_cost() {
    let case = Contested::judged(3, &[Some(3)]);
    assert_eq!(case.fund(&case.at, &case.friend, Side::Provider), WHOLE);
    case.let_phase_pass(&case.at);
    assert_eq!((case.phase(), case.machine().present().round), (Phase::Draw, 2));
    case.round(&[Some(0)]);
    case.let_phase_pass(&case.at);
    assert_eq!(case.outcome(), Outcome::Dismissed);
    assert_eq!(case.claim_appeal(&case.at, &case.friend, Side::Provider), WHOLE - NEXT_JURY);
    assert_invariants(&case);
}

#[test]
fn an_appeal_that_is_only_defended_against_or_that_nobody_funds_is_not_held_and_the_verdict_stands() {
    for funded in [false, true] {
        let case = Contested::judged(3, &[Some(3)]);
        let defence = Side::ChallengerDefence;
        if funded {
            assert_eq!(case.fund(&case.at, &case.challenger, defence), NEXT_JURY, "half of an appellant's part");
        }
        // Half of the time is the appellant's; without its part there is nothing to wait for.
        case.wait_until(case.until_ts() - DAY / 2 - 1);
        case.refuses(ix::advance_dispute(&case.at), &[], E::NothingToAdvance);
        case.pass(1);
        case.advance(&case.at);
        assert_eq!(case.outcome(), Outcome::Upheld);
        if funded {
            assert_eq!(case.claim_appeal(&case.at, &case.challenger, defence), NEXT_JURY);
        }
        assert_invariants(&case);
    }
}

#[test]
fn a_part_of_the_losers_part_holds_no_appeal_and_returns() {
    let case = Contested::judged(3, &[Some(3)]);
    let fund = |amount| case.fund_ix(&case.at, &case.friend, Side::Provider, amount);
    case.refuses(fund(0), &[&case.friend], E::NotFundable);
    let claim = || ix::claim_appeal(&case.at, case.friend.address(), Side::Provider, case.friend.tokens);
    case.refuses(claim(), &[], E::WrongAccountOwner);
    case.send(&[fund(WHOLE - 1)], &[&case.friend]);
    case.refuses(claim(), &[], E::AppealOpen);
    case.let_phase_pass(&case.at);
    assert_eq!(case.outcome(), Outcome::Upheld);
    assert_eq!(case.claim_appeal(&case.at, &case.friend, Side::Provider), WHOLE - 1);
    assert_invariants(&case);
}

#[test]
fn several_fund_one_appeal_and_no_more_is_taken_than_its_part() {
    let case = Contested::judged(3, &[Some(3)]);
    case.send(&[case.fund_ix(&case.at, &case.friend, Side::Provider, TOKEN)], &[&case.friend]);
    let before = case.balance(&case.challenger);
    case.send(&[case.fund_ix(&case.at, &case.challenger, Side::Provider, u64::MAX)], &[&case.challenger]);
    assert_eq!(before - case.balance(&case.challenger), WHOLE - TOKEN);
    case.refuses(case.fund_ix(&case.at, &case.friend, Side::Provider, 1), &[&case.friend], E::NotFundable);
    case.let_phase_pass(&case.at);
    case.round(&[Some(3)]);
    case.let_phase_pass(&case.at);
    let back = WHOLE - NEXT_JURY;
    assert_eq!(case.claim_appeal(&case.at, &case.friend, Side::Provider), TOKEN * back / WHOLE);
    assert_eq!(case.claim_appeal(&case.at, &case.challenger, Side::Provider), back - TOKEN * back / WHOLE);
    assert_invariants(&case);
}

#[test]
fn with_both_sides_funded_the_losers_money_pays_the_jury_and_the_rest_is_the_winners() {
    let case = Contested::judged(3, &[Some(3)]);
    case.fund(&case.at, &case.friend, Side::Provider);
    case.fund(&case.at, &case.challenger, Side::ChallengerDefence);
    case.let_phase_pass(&case.at);
    case.round(&[Some(3)]);
    case.let_phase_pass(&case.at);
    let won = case.claim_appeal(&case.at, &case.challenger, Side::ChallengerDefence);
    assert_eq!(won, NEXT_JURY + WHOLE - NEXT_JURY, "its own part, and of the loser's what seven jurors left");
    assert_eq!(case.claim_appeal(&case.at, &case.friend, Side::Provider), 0);
    assert_invariants(&case);
}

#[test]
fn an_appeal_is_made_in_the_first_half_and_defended_against_until_the_end_not_a_second_later() {
    let case = Contested::judged(3, &[Some(3)]);
    let fund = |who: &Actor, side| case.fund_ix(&case.at, who, side, WHOLE);
    case.wait_until(case.until_ts() - DAY / 2);
    case.refuses(fund(&case.friend, Side::Provider), &[&case.friend], E::NotFundable);

    let case = Contested::judged(3, &[Some(3)]);
    let fund = |who: &Actor, side| case.fund_ix(&case.at, who, side, WHOLE);
    let until_ts = case.until_ts();
    case.wait_until(until_ts - DAY / 2 - 1);
    case.send(&[fund(&case.friend, Side::Provider)], &[&case.friend]);
    case.wait_until(until_ts - 1);
    let defence = Side::ChallengerDefence;
    case.send(&[case.fund_ix(&case.at, &case.challenger, defence, 1)], &[&case.challenger]);
    case.pass(1);
    case.refuses(fund(&case.challenger, defence), &[&case.challenger], E::NotFundable);
    case.advance(&case.at);
    assert_eq!(case.phase(), Phase::Draw);
    assert_invariants(&case);
}

#[test]
fn the_challenger_appeals_a_severity_below_its_claim_and_so_may_the_provider() {
    for side in [Side::Challenger, Side::Provider] {
        let case = Contested::judged(3, &[Some(2)]);
        assert_eq!(case.fund(&case.at, &case.friend, side), WHOLE);
        case.let_phase_pass(&case.at);
        assert_eq!(case.phase(), Phase::Draw);
        assert_invariants(&case);
    }
}

#[test]
fn one_call_ends_a_dispute_that_nobody_judged_and_nobody_cranked_within_the_longest_time() {
    for severity in [1, 3, 5] {
        let case = Contested::of(severity);
        let dispute = case.dispute();
        case.wait_until(dispute.committed_ts + i64::try_from(dispute.clocks().longest_secs()).unwrap());
        case.advance(&case.at);
        let expected = if severity == 1 { Outcome::Silent } else { Outcome::Undecided };
        assert_eq!(case.outcome(), expected);
        case.wind_up();
        assert_invariants(&case);
    }
}

#[test]
fn each_deadline_counts_from_the_one_before_however_late_the_call() {
    // To answer two days, two juries that nobody drew a day each, the arbiter two.
    let case = Contested::of(3);
    let opened_ts = case.dispute().committed_ts;
    case.wait_until(opened_ts + 6 * DAY - 1);
    case.advance(&case.at);
    assert_eq!(case.phase(), Phase::Arbiter);
    assert_eq!(case.until_ts(), opened_ts + 6 * DAY);
    case.rule(&case.at, 3);
    assert_eq!(case.outcome(), Outcome::Upheld);
    let case = Contested::of(3);
    case.wait_until(case.dispute().committed_ts + 6 * DAY);
    case.advance(&case.at);
    assert_eq!(case.outcome(), Outcome::Undecided);
    assert_invariants(&case);
}

#[test]
fn a_dispute_that_every_jury_judges_at_the_last_moment_ends_within_the_longest_time() {
    let case = Contested::of(3);
    let dispute = case.dispute();
    case.wait_until(case.until_ts() - 1);
    case.answer(&case.at, &case.friend);
    nobody_votes(&case);
    for round in 1..=3 {
        case.wait_until(case.until_ts() - 60);
        case.round(&[Some(3), Some(3), Some(3), Some(3), Some(3), None]);
        if round < 3 {
            case.fund(&case.at, &case.friend, Side::Provider);
            case.let_phase_pass(&case.at);
        }
    }
    case.let_all_pass();
    assert!(case.now() <= dispute.committed_ts + i64::try_from(dispute.clocks().longest_secs()).unwrap());
    assert_invariants(&case);
}

#[test]
fn a_pause_stops_new_jurors_and_nothing_of_a_dispute_nor_its_deadlines() {
    let (market, jurors) = Market::judged(1, 12);
    let seat = market.submitted(FIXED, FEE);
    let [challenger, friend, late] = ["challenger", "friend", "late"].map(|name| market.actor(name, 100_000 * TOKEN));
    let join = ix::join_jury(
        &JurorAddresses::derive(market.scenario.network, late.address()),
        ix::JoinJury { from: late.tokens, amount: LOCK },
    );
    let guardian = &market.scenario.admin;
    let days = u32::try_from(7 * DAY).expect("a week");
    market.send(&[ix::pause(&market.scenario.network.network, guardian.address(), days)], &[guardian]);
    market.refuses(join, &[&late], E::Paused);
    let at = market.dispute(&seat, &challenger, 3);
    market.answer(&at, &friend);
    let until_ts = market.dispute_state(&at).machine.until_work_ts;
    assert_eq!(market.network().unix_ts(math::WorkTs(until_ts)), market.now() + DAY, "the time to draw the jury runs");
    market.judge_round(&at, &jurors, &[Some(3)]);
    market.let_phase_pass(&at);
    market.wait_until(market.dispute_state(&at).slash.from_work_ts);
    assert!(market.now() < market.network().paused_until_ts, "the pause is not over");
    market.execute(&at);
    market.distribute(&at);
    market.settle_ballots(&at);
    assert_invariants(&market);
}

#[test]
fn a_recorded_outage_moves_the_deadline_of_an_open_dispute() {
    let case = Contested::of(3);
    let until_ts = case.until_ts();
    case.finalize(0, &[]);
    // The chain stood still for twelve hours: one slot, and the clock has gained.
    case.halt(12 * HOUR);
    case.send(&[ix::record_outage(&case.scenario.network.network)], &[]);
    let moved = case.until_ts() - until_ts;
    assert!(moved > 11 * HOUR && moved <= 12 * HOUR, "by {moved} seconds");
    case.wait_until(until_ts);
    case.refuses(ix::advance_dispute(&case.at), &[], E::NothingToAdvance);
    case.answer(&case.at, &case.friend);
    assert_eq!(case.phase(), Phase::Draw);
    assert_invariants(&case);
}
