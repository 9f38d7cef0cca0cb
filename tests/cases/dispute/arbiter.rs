//! The arbiter confirms what a jury found; where none ever decided it convicts up to a bound, and once in 90
//! epochs (dispute-arbiter-1).
//!
//! Kind: a last resort that decides what it was to confirm. Looked for at every way into its phase: no jury
//! was called, none voted, one found something and later ones nothing, the third round was appealed, a claim
//! was withdrawn meanwhile, and a tree that is young (`jury::votes`).

use {
    crate::{
        dispute::contested::{Contested, PURSE},
        dispute::slashing::rich,
        *,
    },
    work_token_sdk::{
        DisputeAddresses,
        math::dispute::{NO_VERDICT, Outcome, Phase, Side},
    },
};

#[track_caller]
fn refuses(market: &Market, at: &DisputeAddresses, severity: u8, error: E) {
    market.refuses(market.rule_ix(at, severity), &[&market.scenario.admin], error);
}

/// A dispute that nobody answered and for which no jury was called: four days later it is before the arbiter.
fn unjudged(severity: u8, edit: impl FnOnce(&mut ScenarioOptions)) -> Contested {
    let case = Contested::with(severity, 3, edit);
    case.pass(4 * DAY);
    case.advance(&case.at);
    assert_eq!((case.phase(), case.machine().verdict), (Phase::Arbiter, NO_VERDICT));
    case
}

#[test]
fn where_no_jury_decided_the_arbiter_convicts_up_to_its_bound() {
    let case = unjudged(5, |_| ());
    for beyond in [4, 5, 6, 255] {
        refuses(&case, &case.at, beyond, E::NotARuling);
    }
    case.rule(&case.at, 3);
    assert_eq!((case.outcome(), case.dispute().slash.own), (Outcome::Upheld, STAKE / 20));
    assert_invariants(&case);
}

#[test]
fn it_never_convicts_of_more_than_is_claimed() {
    for (severity, edit) in [(3, 4), (4, 5)] {
        let case = unjudged(severity, |options| options.params.disputes.arbiter_severity = edit);
        refuses(&case, &case.at, severity + 1, E::NotARuling);
        case.rule(&case.at, severity);
        assert_eq!(case.machine().verdict, severity);
        assert_invariants(&case);
    }
}

#[test]
fn nor_of_what_was_claimed_and_withdrawn() {
    let case = Contested::of(1);
    case.raise(&case.at, &case.friend, 3);
    let answerer = case.actor("answerer", PURSE);
    case.answer(&case.at, &answerer);
    case.withdraw_claim(&case.at, &case.friend, 1);
    case.pass(2 * DAY);
    case.advance(&case.at);
    assert_eq!(case.phase(), Phase::Arbiter);
    refuses(&case, &case.at, 2, E::NotARuling);
    case.rule(&case.at, 1);
    assert_eq!(case.dispute().slash.own, 20 * TOKEN);
    assert_invariants(&case);
}

#[test]
fn with_a_bound_of_zero_it_only_dismisses() {
    let case = unjudged(3, |options| options.params.disputes.arbiter_severity = 0);
    refuses(&case, &case.at, 1, E::NotARuling);
    case.rule(&case.at, 0);
    assert_eq!((case.outcome(), case.dispute().slash.own), (Outcome::Dismissed, 0));
    assert_invariants(&case);
}

/// Two days to answer and two to seat juries: a dispute about the present epoch that is before the arbiter
/// after four.
fn brought_before(market: &Market, challenger: &Actor) -> DisputeAddresses {
    let owner = &market.owners[0];
    market.touch(owner);
    let at = market.dispute_conduct(owner, market.epoch(), challenger, 3);
    market.pass(4 * DAY);
    at
}

#[test]
fn without_a_jury_it_convicts_a_provider_once_in_ninety_epochs() {
    let (market, _) = Market::judged(2, 3);
    let challenger = rich(&market, "challenger");
    let at = brought_before(&market, &challenger);
    let ruled = market.epoch();
    market.rule(&at, 3);
    // What it dismisses counts for nothing.
    let at = brought_before(&market, &challenger);
    refuses(&market, &at, 1, E::RuledBefore);
    market.rule(&at, 0);
    market.go_to_epoch(ruled + 85);
    let at = brought_before(&market, &challenger);
    assert_eq!(market.epoch(), ruled + 89);
    refuses(&market, &at, 2, E::RuledBefore);
    market.next_epoch();
    market.rule(&at, 2);
    assert_eq!(market.dispute_state(&at).machine.verdict, 2);
    assert_invariants(&market);
}

#[test]
fn another_provider_is_another_matter() {
    let (market, _) = Market::judged(2, 3);
    let challenger = rich(&market, "challenger");
    let at = brought_before(&market, &challenger);
    market.rule(&at, 3);
    let other = &market.owners[1];
    market.touch(other);
    let at = market.dispute_conduct(other, market.epoch(), &challenger, 3);
    market.pass(4 * DAY);
    market.rule(&at, 3);
    assert_invariants(&market);
}

/// Three rounds that find what they are given; each is appealed by whoever can.
fn three_rounds(severity: u8, found: [u8; 3]) -> Contested {
    let case = Contested::judged(severity, &[Some(found[0])]);
    for next in &found[1..] {
        let side = if case.machine().verdict > 0 { Side::Provider } else { Side::Challenger };
        case.fund(&case.at, &case.friend, side);
        case.let_phase_pass(&case.at);
        case.round(&[Some(*next)]);
    }
    assert_eq!(case.phase(), Phase::Arbiter);
    case
}

#[test]
fn once_a_jury_has_decided_it_confirms_only_what_one_found() {
    let case = three_rounds(3, [3, 1, 3]);
    for other in [0, 2, 4, 5, 255] {
        refuses(&case, &case.at, other, E::NotARuling);
    }
    case.rule(&case.at, 1);
    assert_eq!((case.outcome(), case.machine().verdict), (Outcome::Upheld, 1));
    assert_invariants(&case);
}

#[test]
fn it_dismisses_where_one_jury_found_nothing_and_not_otherwise() {
    let case = three_rounds(3, [0, 3, 3]);
    case.rule(&case.at, 0);
    assert_eq!(case.outcome(), Outcome::Dismissed);
    assert_invariants(&case);
    let case = three_rounds(3, [3, 3, 3]);
    refuses(&case, &case.at, 0, E::NotARuling);
    assert_invariants(&case);
}

#[test]
fn what_a_jury_found_it_confirms_beyond_its_bound_and_however_often() {
    let case = three_rounds(4, [4, 0, 4]);
    case.market.edit_provider(case.owner(), |provider| provider.disputes.ruled_epoch_plus_one = 4);
    case.rule(&case.at, 4);
    assert_eq!(case.machine().verdict, 4);
    assert_eq!(case.provider(case.owner()).disputes.ruled_epoch_plus_one, 4, "it is not noted either");
    assert_invariants(&case);
}

#[test]
fn one_verdict_binds_it_though_the_last_jury_had_no_quorum() {
    let case = Contested::judged(3, &[Some(2)]);
    case.fund(&case.at, &case.friend, Side::Provider);
    case.let_phase_pass(&case.at);
    // Two juries of the second round that nobody calls.
    case.let_phase_pass(&case.at);
    case.let_phase_pass(&case.at);
    assert_eq!(case.phase(), Phase::Arbiter);
    for other in [0, 1, 3] {
        refuses(&case, &case.at, other, E::NotARuling);
    }
    case.rule(&case.at, 2);
    assert_eq!(case.outcome(), Outcome::Upheld);
    assert_invariants(&case);
}
