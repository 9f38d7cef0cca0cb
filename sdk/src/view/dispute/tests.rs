use {
    super::*,
    crate::{
        WorkTokenError as E,
        fixtures::{disputes::*, *},
        math::{Epoch, WorkTs},
    },
    bytemuck::Zeroable,
};

fn view(case: &Case) -> DisputeView {
    dispute_view(&case.at())
}

fn steps(view: &DisputeView) -> Vec<(DisputeWho, DisputeStep)> {
    view.allowed.iter().map(|allowed| (allowed.who, allowed.what)).collect()
}

/// Everything that goes in comes out: bonds, counter-bond and what was taken from the pools.
fn assert_nothing_is_lost(case: &Case, cost: &OutcomeCost, to_jurors: u64) {
    let paid_in =
        case.dispute.bonds().0 + cost.counter_bond_lost + cost.own_taken + cost.delegated_taken + cost.confiscated;
    let out = cost.challengers.iter().sum::<u64>()
        + cost.reward
        + cost.compensation
        + cost.provider
        + cost.insurance
        + cost.burned
        + to_jurors;
    assert_eq!(paid_in, out, "{cost:?}");
}

#[test]
fn an_open_dispute_can_be_answered_raised_or_withdrawn_until_its_deadline() {
    let case = Case::opened(2);
    let view = view(&case);
    let until_ts = Some(NOW + 2 * DAY);
    assert_eq!(
        (view.phase, view.outcome, view.verdict, view.until_ts),
        (Phase::Answer, Outcome::Pending, None, until_ts)
    );
    assert_eq!((view.counter_bond_missing, view.needs_advance), (5_000 * TOKEN, false));
    let answer = DisputeStep::Answer { missing: 5_000 * TOKEN };
    let expected = [
        (DisputeWho::Anybody, answer),
        (DisputeWho::Others, DisputeStep::Raise),
        (DisputeWho::Challenger, DisputeStep::Withdraw),
    ];
    assert_eq!(steps(&view), expected);
    assert!(view.allowed.iter().all(|allowed| allowed.until_ts == until_ts));
    let outcomes: Vec<_> = view.outcomes.iter().map(|cost| (cost.outcome, cost.severity)).collect();
    let possible = [
        (Outcome::Silent, 2),
        (Outcome::Withdrawn, 0),
        (Outcome::Dismissed, 0),
        (Outcome::Upheld, 1),
        (Outcome::Upheld, 2),
        (Outcome::Tied, 0),
        (Outcome::Undecided, 0),
    ];
    assert_eq!(outcomes, possible);
    assert!(view.allows(DisputeWho::Challenger, DisputeStep::Withdraw));
}

#[test]
fn a_deadline_that_has_passed_counts_before_anybody_advances_the_dispute() {
    let mut case = Case::opened(2);
    let expected = view(&case).cost_of(Outcome::Silent, 2).unwrap().clone();
    case.pass(2 * DAY);
    let view = view(&case);
    assert_eq!((view.phase, view.outcome, view.until_ts), (Phase::Decided, Outcome::Silent, None));
    assert_eq!((view.needs_advance, steps(&view)), (true, vec![(DisputeWho::Anybody, DisputeStep::Advance)]));
    let slash = view.slash.unwrap();
    assert_eq!((slash.own, slash.delegated), ([expected.own_slash, 0], [expected.delegated_slash, 0]));
    assert_eq!((slash.installments, slash.due, slash.next_ts), (2, [0, 0], Some(NOW + 4 * DAY)));
    assert!(view.outcomes.is_empty());
}

#[test]
fn a_slash_is_vetoed_before_its_first_installment_and_executed_from_then_on() {
    let mut case = Case::opened(2);
    case.pass(2 * DAY);
    let books = up_to_date(&case.at());
    (case.dispute, case.provider, case.fault) = (books.dispute, books.provider, books.fault);
    let deferred = view(&case);
    assert!(deferred.allows(DisputeWho::Admin, DisputeStep::Veto) && !deferred.needs_advance);
    assert!(!deferred.allows(DisputeWho::Anybody, DisputeStep::Execute));
    let whole = deferred.slash.unwrap().own[0];
    case.pass(2 * DAY);
    let due = view(&case);
    assert!(due.allows(DisputeWho::Anybody, DisputeStep::Execute) && !due.allows(DisputeWho::Admin, DisputeStep::Veto));
    assert_eq!(due.slash.unwrap().due[0], whole / 2);
    case.dispute.execute(&mut case.provider, Amount(u64::MAX), WorkTs(case.now_ts), true).unwrap();
    let half = view(&case);
    assert_eq!((half.slash.unwrap().due, half.slash.unwrap().next_ts), ([0, 0], Some(NOW + 5 * DAY)));
    assert!(half.allows(DisputeWho::Anybody, DisputeStep::Distribute));
    let credit = DisputeStep::ClaimCredit { amount: 5_000 * TOKEN };
    assert!(half.allows(DisputeWho::Party(0), credit));
    case.pass(DAY);
    case.dispute.execute(&mut case.provider, Amount(u64::MAX), WorkTs(case.now_ts), true).unwrap();
    assert!(view(&case).needs_advance, "its end is to be noted");
    assert_eq!(view(&case).slash.unwrap().next_ts, None);
}

#[test]
fn a_jury_is_called_drawn_and_votes() {
    let mut case = Case::opened(3);
    case.answer();
    let seated = view(&case);
    assert_eq!(
        (seated.phase, seated.seed, seated.until_ts),
        (Phase::Seating, Some(JurySeed::NotArmed), Some(NOW + DAY))
    );
    assert!(seated.allows(DisputeWho::Anybody, DisputeStep::CallJury));
    assert!(seated.allows(DisputeWho::Others, DisputeStep::Raise));
    assert_eq!(seated.juries.len(), 1);
    assert!(seated.cost_of(Outcome::Conceded, 0).is_some() && seated.cost_of(Outcome::Withdrawn, 0).is_none());

    case.dispute.arm(case.slot, NOW, [7; 32]);
    assert_eq!(view(&case).seed, Some(JurySeed::AwaitsRandomness { until_ts: NOW + 600 }));
    case.pass(600);
    assert_eq!(view(&case).seed, Some(JurySeed::Waits { slot: 2_008 }));
    assert!(!view(&case).allows(DisputeWho::Anybody, DisputeStep::CallJury));
    case.slot = 2_009;
    assert_eq!(view(&case).seed, Some(JurySeed::Capturable));
    case.dispute.capture([9; 32]);
    assert!(view(&case).allows(DisputeWho::Anybody, DisputeStep::SeatJuror));
    let work_ts = case.work_ts();
    for _ in 0..3 {
        case.dispute.seat(true, work_ts).unwrap();
    }
    let voting = view(&case);
    assert_eq!((voting.phase, voting.juries[0].jury.filled, voting.seed), (Phase::Commit, 3, None));
    assert!(voting.allows(DisputeWho::Jurors, DisputeStep::Commit));
    assert!(!voting.allows(DisputeWho::Others, DisputeStep::Raise));
}

#[test]
fn the_losing_side_pays_for_an_appeal_in_the_first_half_and_the_other_for_half_as_much() {
    let mut case = Case::opened(3);
    case.judge(&[1, 0, 0, 2]);
    let judged = view(&case);
    let appeal = judged.appeal.unwrap();
    let cost = 2 * case.dispute.cost_of(2);
    assert_eq!((judged.verdict, judged.juries[0].verdict), (Some(3), Some(3)));
    assert_eq!((appeal.cost, appeal.fundable, appeal.loses), (cost, [cost / 2, cost], [false, true]));
    assert_eq!((appeal.losers_until_ts, appeal.is_held), (NOW + DAY / 2, false));
    let fund = DisputeStep::FundAppeal { side: Side::Provider, most: cost };
    let allowed = judged.allowed.iter().find(|allowed| allowed.what == fund).unwrap();
    assert_eq!((allowed.who, allowed.until_ts), (DisputeWho::Anybody, Some(NOW + DAY / 2)));

    let work_ts = case.work_ts();
    case.dispute.fund(Side::Provider, cost, work_ts).unwrap();
    assert!(view(&case).appeal.unwrap().is_held);
    case.pass(DAY);
    assert_eq!((view(&case).phase, view(&case).juries[1].jury.seats), (Phase::Seating, 7));
}

#[test]
fn an_outcome_costs_what_its_execution_takes_and_nothing_is_lost() {
    let mut case = Case::opened(3);
    case.answer();
    let view = view(&case);
    let upheld = view.cost_of(Outcome::Upheld, 3).unwrap();
    // 5 % of 50,000 tokens; the delegators bear half of their proportional part.
    assert_eq!((upheld.own_slash, upheld.delegated_slash), (1_500 * TOKEN, 1_000 * TOKEN));
    assert_eq!((upheld.own_taken, upheld.delegated_taken), (1_500 * TOKEN, 1_000 * TOKEN));
    assert_eq!((upheld.reward, upheld.insurance), (450 * TOKEN, 500 * TOKEN));
    assert_eq!((upheld.counter_bond_lost, &upheld.challengers[..]), (5_000 * TOKEN, &[7_500 * TOKEN][..]));
    assert_eq!((upheld.jailed_until_epoch, upheld.expels, upheld.debt), (Some(17), false, 0));
    let dismissed = view.cost_of(Outcome::Dismissed, 0).unwrap();
    assert_eq!((dismissed.own_slash, dismissed.provider, &dismissed.challengers[..]), (0, 2_500 * TOKEN, &[0][..]));
    for cost in &view.outcomes {
        assert_nothing_is_lost(&case, cost, 0);
    }

    let mut judged = Case::opened(3);
    judged.judge(&[1, 0, 0, 2]);
    let upheld = dispute_view(&judged.at()).cost_of(Outcome::Upheld, 3).unwrap().clone();
    assert_nothing_is_lost(&judged, &upheld, 2 * TOKEN);
}

#[test]
fn the_arbiter_chooses_among_what_juries_found_and_the_challenger_claimed() {
    let mut case = Case::opened(4);
    case.answer();
    let mut machine = case.dispute.machine.get();
    (machine.phase, machine.found, machine.until_work_ts) = (Phase::Arbiter, 0b101, case.work_ts().0 + 2 * DAY);
    machine.verdict = 2;
    case.dispute.machine.set(&machine);
    let view = view(&case);
    let found: Vec<_> = view.outcomes.iter().map(|cost| (cost.outcome, cost.severity)).collect();
    assert_eq!(found, [(Outcome::Dismissed, 0), (Outcome::Upheld, 2), (Outcome::Upheld, 4)]);
    assert_eq!(steps(&view), [(DisputeWho::Arbiter, DisputeStep::Rule)]);
}

#[test]
fn a_dispute_about_a_score_has_no_answer_and_no_slash() {
    let mut case = Case::quiet();
    case.network.next_finalize_epoch = 9;
    case.open(DisputeKind::Score, 1, 5_000 * TOKEN).unwrap();
    let opened = view(&case);
    assert_eq!((opened.phase, opened.counter_bond_missing), (Phase::Seating, 0));
    assert!(opened.outcomes.iter().all(|cost| cost.own_slash == 0 && cost.delegated_slash == 0 && cost.reward == 0));
    assert!(!opened.allows(DisputeWho::Others, DisputeStep::Raise));
}

#[test]
fn the_quote_is_the_smallest_bond_that_opens_the_dispute_and_what_it_books() {
    let quiet = Case::quiet();
    for severity in 1..=5 {
        let ask = DisputeAsk { kind: DisputeKind::Conduct, severity, without_claim: false };
        let quote = quote_dispute(&quiet.network, &quiet.provider, &quiet.accused(), &ask, NOW).unwrap();
        let mut opened = Case::quiet();
        opened.open(DisputeKind::Conduct, severity, quote.bond).unwrap();
        let booked = (opened.dispute.own_claimed, opened.dispute.delegated_claimed);
        assert_eq!((quote.own_claimed, quote.delegated_claimed, quote.joins_claim), (booked.0, booked.1, false));
        assert_eq!(Case::quiet().open(DisputeKind::Conduct, severity, quote.bond - 1), Err(E::BondBelowRequired));
    }
    let ask = DisputeAsk { kind: DisputeKind::Conduct, severity: 6, without_claim: false };
    let unknown = quote_dispute(&quiet.network, &quiet.provider, &quiet.accused(), &ask, NOW);
    assert_eq!(unknown, Err(E::UnknownSeverity));
}

#[test]
fn without_the_claim_the_bond_is_smaller_and_nothing_is_booked() {
    let quiet = Case::quiet();
    let ask = DisputeAsk { kind: DisputeKind::Job, severity: 4, without_claim: true };
    let quote = quote_dispute(&quiet.network, &quiet.provider, &quiet.accused(), &ask, NOW).unwrap();
    assert_eq!((quote.bond, quote.own_claimed, quote.delegated_claimed), (100 * TOKEN, 0, 0));
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
fn an_unreserved_claim_costs_stake_once_a_fault_is_found() {
    let mut case = Case::quiet();
    case.dispute = Dispute::zeroed();
    case.open(DisputeKind::Conduct, 3, 5_000 * TOKEN).unwrap();
    let reserved = view(&case).cost_of(Outcome::Upheld, 3).unwrap().own_slash;
    let mut unreserved = Case::quiet();
    unreserved.dispute.flags = dispute_flags::UNRESERVED;
    unreserved.open(DisputeKind::Conduct, 3, 5_000 * TOKEN).unwrap();
    assert_eq!((unreserved.dispute.own_claimed, view(&unreserved).is_unreserved), (0, true));
    assert_eq!(view(&unreserved).cost_of(Outcome::Upheld, 3).unwrap().own_slash, reserved);
}
