//! What an answer costs is what the claim requires, whatever its challenger deposits (dispute-answer-1).
//!
//! Kind: the price of an answer is set by the other side. Looked for at everything that one side pays, or
//! can lose, because of what the other did: the counter-bond (by the bonds required, not by the deposits),
//! what is lost of it and of a bond, an appellant's part and a defender's (by the claim, `jury::delay`; not
//! by what the other side paid), a raise (`layers`), the bond of a proof (`proofs`), the severity of a
//! missed deadline, and by whose counter-bond an answer is made.

use {
    crate::{
        dispute::contested::{Contested, PURSE},
        *,
    },
    work_token_sdk::{SeatAddresses, ix::Creditor, math::dispute::Outcome},
};

/// The bond that a claim of severity 3 requires, the smallest.
const BOND: u64 = 100 * TOKEN;
/// The most that may be deposited for it.
const MOST: u64 = 110 * TOKEN;

/// A result whose challenger deposited as much as it may.
fn whale() -> Contested {
    let (market, jurors) = Market::judged(1, 12);
    let seat = market.submitted(FIXED, FEE);
    let [challenger, friend] = ["challenger", "friend"].map(|name| market.actor(name, PURSE));
    let at = market.scenario.next_dispute(&seat);
    market.send(&market.dispute_ixs(&at, Some(seat.job.job), &challenger, 3, MOST), &[&challenger]);
    Contested { market, jurors, seat, challenger, friend, at }
}

#[test]
fn a_deposit_is_at_least_the_bond_required_and_at_most_a_tenth_more_rounded_up() {
    let (market, _) = Market::judged_with(1, 3, |options| {
        options.params.disputes.minimum_bond = TOKEN;
        options.params.disputes.arbiter_fee = TOKEN;
    });
    let challenger = market.actor("challenger", PURSE);
    let seat = market.submitted(FIXED, 300 * TOKEN + 1);
    let at = market.scenario.next_dispute(&seat);
    let open = |deposit| market.dispute_ixs(&at, Some(seat.job.job), &challenger, 3, deposit);
    // A quarter of the fee, and a tenth of that, each rounded up.
    let required = 75 * TOKEN + 1;
    let most = required + 7_500_001;
    market.refuses_all(&open(required - 1), &[&challenger], E::BondBelowRequired);
    market.refuses_all(&open(most + 1), &[&challenger], E::BondAboveRequired);
    market.refuses_all(&open(50_000 * TOKEN), &[&challenger], E::BondAboveRequired);
    market.send(&open(most), &[&challenger]);
    assert_eq!(PURSE - market.balance(&challenger), required, "the surplus returns at once");
    assert_eq!(market.dispute_state(&at).bonds().0, required);
    assert_invariants(&market);
}

#[test]
fn a_deposit_of_exactly_the_bond_required_has_no_surplus() {
    let case = Contested::of(3);
    assert_eq!((PURSE - case.balance(&case.challenger), case.dispute().bonds().0), (BOND, BOND));
    assert_invariants(&case);
}

#[test]
fn a_surplus_goes_to_any_account_of_the_token_that_is_no_vault() {
    let (market, _) = Market::judged(1, 3);
    let seat = market.submitted(FIXED, FEE);
    let [challenger, another] = ["challenger", "another"].map(|name| market.actor(name, PURSE));
    let at = market.scenario.next_dispute(&seat);
    let to = |refund_to| {
        let input = ix::OpenDispute { refund_to, ..market.open_input(Some(seat.job.job), &challenger, 3) };
        [market.commit_ix(&market.sealed(&at, &challenger, 3), &challenger, MOST), ix::open_dispute(&at, &input)]
    };
    let vault = market.scenario.network.vault(VaultKind::Treasury);
    market.refuses_all(&to(vault), &[&challenger], E::VaultAsDestination);
    market.send(&to(another.tokens), &[&challenger]);
    assert_eq!(market.balance(&another), PURSE + MOST - BOND);
    assert_invariants(&market);
}

#[test]
fn an_answer_needs_what_the_claim_required_whatever_was_deposited() {
    let case = whale();
    case.refuses(case.answer_ix(&case.at, &case.friend, BOND - 1), &[&case.friend], E::BondBelowRequired);
    case.send(&[case.answer_ix(&case.at, &case.friend, BOND)], &[&case.friend]);
    assert_eq!(case.provider(case.owner()).counter.bond, BOND);
    assert_invariants(&case);
}

#[test]
fn who_deposited_more_wins_no_more_and_loses_no_more_than_was_required() {
    for found in [3, 0] {
        let case = whale();
        case.send(&[case.answer_ix(&case.at, &case.friend, BOND)], &[&case.friend]);
        case.round(&[Some(found)]);
        case.let_phase_pass(&case.at);
        case.wind_up();
        if found > 0 {
            let won = BOND / 2 + STAKE / 20 / 10 * 3;
            assert_eq!(case.claim_from(&case.at, &case.challenger, Creditor::Challenger(0)), BOND + won);
            assert_eq!(PURSE - case.balance(&case.friend), BOND, "the counter-bond, and nothing else");
        } else {
            assert_eq!(PURSE - case.balance(&case.challenger), BOND);
        }
        assert_invariants(&case);
    }
}

#[test]
fn a_counter_bond_beyond_what_was_required_is_never_at_stake() {
    for found in [3, 2] {
        let case = Contested::of(3);
        case.send(&[case.answer_ix(&case.at, &case.friend, 1_000 * TOKEN)], &[&case.friend]);
        case.round(&[Some(found)]);
        case.let_phase_pass(&case.at);
        case.wind_up();
        // Where less was found than claimed it pays half of the jurors.
        let lost = if found == 3 { BOND } else { 3 * (TOKEN + JOB_BOUNTY) / 2 };
        assert_eq!(case.claim_counter_bond(case.owner(), &case.friend), 1_000 * TOKEN - lost);
        assert_invariants(&case);
    }
}

/// A seat whose provider let its time pass, an hour ago.
fn missed(market: &Market) -> SeatAddresses {
    let seat = market.accepted(FIXED, FEE);
    market.wait_for_work_ts(market.seat_state(&seat).work_until_work_ts);
    market.expire(&seat);
    market.pass(HOUR);
    seat
}

#[test]
fn a_missed_deadline_is_claimed_at_severity_one_and_no_higher() {
    let (market, _) = Market::judged(1, 3);
    let (seat, client) = (missed(&market), &market.client.actor);
    let at = market.scenario.next_dispute(&seat);
    for severity in [2, 3, 5] {
        let open = market.dispute_ixs(&at, Some(seat.job.job), client, severity, 1_000 * TOKEN);
        market.refuses_all(&open, &[client], E::MissedDeadline);
    }
    market.dispute(&seat, client, 1);
    market.let_phase_pass(&at);
    assert_eq!(
        (market.dispute_state(&at).outcome(), market.dispute_state(&at).slash.own),
        (Outcome::Silent, STAKE / 1_000)
    );
    assert_invariants(&market);
}

#[test]
fn a_claim_of_a_missed_deadline_is_never_raised() {
    let (market, _) = Market::judged(1, 3);
    let (seat, client) = (missed(&market), &market.client.actor);
    let [friend, answerer] = ["friend", "answerer"].map(|name| market.actor(name, PURSE));
    let at = market.dispute(&seat, client, 1);
    for severity in [2, 5] {
        for who in [&friend, client] {
            market.refuses_all(&market.raise_ixs(&at, who, severity, BOND), &[who], E::MissedDeadline);
        }
    }
    market.answer(&at, &answerer);
    market.refuses_all(&market.raise_ixs(&at, &friend, 2, BOND), &[&friend], E::MissedDeadline);
    assert_invariants(&market);
}

#[test]
fn nobody_answers_by_anothers_counter_bond() {
    let (market, _) = Market::judged(1, 12);
    let seats = [market.submitted(FIXED, FEE), market.submitted(FIXED, FEE)];
    let [challenger, friend, stranger] = ["challenger", "friend", "stranger"].map(|name| market.actor(name, PURSE));
    let all = seats.map(|seat| market.dispute(&seat, &challenger, 3));
    market.answer(&all[0], &friend);
    let by_stranger = |bond, refund_to| {
        let input = ix::AnswerDispute { answerer: stranger.address(), from: stranger.tokens, bond, refund_to };
        ix::answer_dispute(&all[1], input)
    };
    market.refuses(by_stranger(0, None), &[&stranger], E::NotTheBonder);
    // Nor by one that is no larger, which would only take the other's place.
    market.refuses(by_stranger(BOND, Some(friend.tokens)), &[&stranger], E::BondBelowRequired);
    market.send(&[by_stranger(BOND + 1, Some(friend.tokens))], &[&stranger]);
    assert_eq!(market.balance(&friend), PURSE);
    assert_invariants(&market);
}

#[test]
fn a_claim_that_nobody_answers_holds_no_counter_bond() {
    let case = Contested::answered(3);
    for _ in 0..3 {
        case.dispute_conduct(case.owner(), 3, &case.challenger, 5);
    }
    case.withdraw_claim(&case.at, &case.challenger, 0);
    case.advance(&case.at);
    assert_eq!(case.provider(case.owner()).disputes.open, 3);
    assert_eq!(case.claim_counter_bond(case.owner(), &case.friend), BOND);
    assert_invariants(&case);
}
