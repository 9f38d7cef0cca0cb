use {
    super::{
        tests::{RAISER, view},
        *,
    },
    crate::{
        WorkTokenError as E,
        fixtures::{disputes::*, *},
        math::Epoch,
        state::{Assignment, dispute::Accused},
    },
};

#[test]
fn the_quote_is_the_bond_that_opens_the_dispute_what_it_books_and_what_may_come_of_it() {
    let quiet = Case::quiet();
    for severity in 1..=5 {
        let quote =
            quote_dispute(&quiet.network, &quiet.provider, &quiet.accused(), &quiet.ask(severity), NOW).unwrap();
        let BondQuote { required, largest, suggested } = quote.bond;
        assert_eq!((required, largest), (BONDS[usize::from(severity) - 1], required + required / 10));
        assert_eq!(suggested, required + required / 20);
        assert_eq!(BondQuote::lapse_burns(suggested), suggested.div_ceil(10));
        for deposit in [required, suggested, largest] {
            let mut opened = Case::quiet();
            assert_eq!(opened.open(severity, deposit), Ok(deposit - required));
            let booked =
                (opened.dispute.stake.own_claimed, opened.dispute.stake.delegated_claimed, opened.dispute.claim);
            assert_eq!((quote.own_claimed, quote.delegated_claimed, quote.claim), booked);
            let shown = view(&opened);
            assert_eq!((Some(quote.answer), &quote.outcomes), (shown.answer, &shown.outcomes));
        }
        assert_eq!((quote.joins_claim, quote.shares_entry), (false, false));
        assert_eq!(Case::quiet().open(severity, required - 1), Err(E::BondBelowRequired));
        assert_eq!(Case::quiet().open(severity, largest + 1), Err(E::BondAboveRequired));
    }
    let unknown = quote_dispute(&quiet.network, &quiet.provider, &quiet.accused(), &quiet.ask(6), NOW);
    assert_eq!(unknown.err(), Some(E::UnknownSeverity));
}

#[test]
fn a_fifth_dispute_joins_the_newest_claim_and_the_sixteenth_shares_its_last_entry() {
    let mut case = Case::quiet();
    let quote = |case: &Case| quote_dispute(&case.network, &case.provider, &case.accused(), &case.ask(3), NOW).unwrap();
    for number in 1..=4 {
        assert_eq!((quote(&case).claim, quote(&case).joins_claim), (number, false));
        case.provider.open_claim(number, true, (Epoch(9), Epoch(9)), (NOW, NOW + DAY));
    }
    for joined in 1..=14 {
        assert_eq!((quote(&case).claim, quote(&case).joins_claim, quote(&case).shares_entry), (4, true, false));
        case.provider.open_claim(4, false, (Epoch(9), Epoch(9)), (NOW, NOW + DAY));
        case.provider.reservations[3].joined = joined;
    }
    // Full, but younger than a longest dispute: it is shared before an older one is.
    case.provider.reservations[3].joined = 14;
    assert!(!quote(&case).shares_entry, "the fifteenth has an entry of its own");
    case.provider.reservations[3].joined = 15;
    assert_eq!((quote(&case).claim, quote(&case).shares_entry), (4, true));
}

#[test]
fn without_the_claim_the_bond_is_smaller_and_nothing_is_booked() {
    let case = Case::of_seat(4, 10 * TOKEN, true);
    let mut quiet = Case::quiet();
    quiet.seat = case.seat.map(|seat| Assignment { disputes: 0, open_disputes: 0, ..seat });
    quiet.dispute.subject = case.dispute.subject;
    let ask = DisputeAsk { without_claim: true, ..quiet.ask(4) };
    let quote = quote_dispute(&quiet.network, &quiet.provider, &quiet.accused(), &ask, NOW).unwrap();
    assert_eq!((quote.bond.required, quote.own_claimed, quote.delegated_claimed), (100 * TOKEN, 0, 0));
    assert_eq!(case.dispute.bonds().0, 100 * TOKEN);
    let large = Assignment { fee: 1_000 * TOKEN, ..quiet.seat.unwrap() };
    let ask = DisputeAsk { seat: Some(&large), ..ask };
    let quote =
        quote_dispute(&quiet.network, &quiet.provider, &Accused::of_seat(&large, &quiet.network, NOW), &ask, NOW)
            .unwrap();
    assert_eq!(quote.bond.required, 250 * TOKEN, "a quarter of the fee");
}

#[test]
fn a_raise_costs_what_is_missing_never_less_than_the_smallest_and_shows_what_may_come_of_it() {
    let case = Case::opened(2);
    let raises: Vec<_> = view(&case).raises.iter().map(|raise| (raise.severity, raise.bond.required)).collect();
    assert_eq!(raises, [(3, 100 * TOKEN), (4, 650 * TOKEN), (5, 2_400 * TOKEN)]);
    for raise in view(&case).raises {
        let (quote, outcomes) = quote_raise(&case.at(), RAISER, raise.severity).unwrap();
        assert_eq!(quote, raise);
        let mut raised = case.clone();
        assert_eq!(
            raised.raise(RAISER, raise.severity, raise.bond.largest),
            Ok(raise.bond.largest - raise.bond.required)
        );
        let shown = view(&raised);
        assert_eq!((raise.answer_required, &outcomes), (shown.answer.unwrap().required, &shown.outcomes));
        let claimed = (raised.dispute.stake.own_claimed, raised.dispute.stake.delegated_claimed);
        assert_eq!((raise.own_claimed, raise.delegated_claimed), claimed);
        let mut below = case.clone();
        assert_eq!(below.raise(RAISER, raise.severity, raise.bond.required - 1), Err(E::BondBelowRequired));
    }
    assert_eq!(quote_raise(&case.at(), RAISER, 2).err(), Some(E::NotRaised));
    let mut small = Case::opened(1);
    small.pass(DAY);
    assert_eq!(view(&small).raises[0].severity, 3, "what silence executes is not claimed in the second half");
    small.dispute.flags |= dispute_flags::MISSED;
    assert!(view(&small).raises.is_empty() && view(&small).is_missed);
    assert_eq!(quote_raise(&small.at(), RAISER, 3).err(), Some(E::MissedDeadline));
}

#[test]
fn a_proof_needs_the_smallest_bond_stands_unless_appealed_and_brings_no_more_than_the_bond() {
    let quiet = Case::of_seat(3, 10 * TOKEN, false);
    let mut before = Case::quiet();
    before.seat = quiet.seat.map(|seat| Assignment { disputes: 0, open_disputes: 0, ..seat });
    before.dispute.subject = quiet.dispute.subject;
    let quote = quote_proof(&before.network, &before.provider, &before.accused(), &before.ask(0), NOW).unwrap();
    assert_eq!(quote.bond.required, 100 * TOKEN);
    let stands = quote.outcomes.iter().find(|cost| cost.severity == 3).unwrap();
    assert_eq!((stands.outcome, stands.own_slash), (Outcome::Upheld, 1_500 * TOKEN));
    let challenger = stands.challengers[0];
    assert_eq!((challenger.paid, challenger.reward), (100 * TOKEN, 100 * TOKEN));
}

#[test]
fn the_accused_of_an_epoch_is_what_its_record_says() {
    let case = Case::quiet();
    let accused = accused_of_epoch(&case.network, &case.provider, 10, NOW).unwrap();
    let record = case.provider.record(Epoch(10)).unwrap();
    assert_eq!((accused.base.own.0, accused.base.delegated.0), (record.own_total, record.delegated_total));
    assert!(accused_of_epoch(&case.network, &case.provider, 1, NOW).is_none());
}

#[test]
fn what_was_committed_to_is_opened_within_an_hour_or_lapses_for_a_tenth() {
    let case = Case::quiet();
    let opening = case.commitment(CHALLENGER, 105 * TOKEN + 1);
    let at = |now_ts| opening_view(&case.network, &opening, now_ts);
    let expected = OpeningView {
        deposit: 105 * TOKEN + 1,
        committed_ts: NOW,
        until_ts: NOW + 3_601,
        can_be_opened: true,
        lapse_returns: 94_500_000,
        lapse_burns: 10_500_001,
    };
    assert_eq!(at(NOW), expected);
    assert!(at(NOW + 3_600).can_be_opened && !at(NOW + 3_601).can_be_opened);
    let mut later = case.network;
    later.outages.secs += 1_800;
    let moved = opening_view(&later, &opening, NOW + 3_601);
    assert_eq!((moved.until_ts, moved.can_be_opened), (NOW + 5_401, true), "a recorded outage moves it");
}
