use {
    super::*,
    crate::{
        fixtures::{disputes::*, *},
        limits::CLOSE_OBJECT_SECS,
        math::{Amount, dispute::Side},
        state::Tree,
    },
    bytemuck::Zeroable,
};

/// Who raises the claim.
pub(super) const RAISER: Pubkey = Pubkey::new_from_array([203; 32]);

pub(super) fn view(case: &Case) -> DisputeView {
    dispute_view(&case.at())
}

fn steps(view: &DisputeView) -> Vec<(DisputeWho, DisputeStep)> {
    view.allowed.iter().map(|allowed| (allowed.who, allowed.what)).collect()
}

pub(super) fn ends(outcomes: &[OutcomeCost]) -> Vec<(Outcome, u8)> {
    outcomes.iter().map(|cost| (cost.outcome, cost.severity)).collect()
}

/// The accounts as they are once somebody has advanced the dispute.
pub(super) fn advance(case: &mut Case) {
    let books = up_to_date(&case.at());
    (case.network, case.provider, case.dispute) = (books.network, books.provider, books.dispute);
    (case.fault, case.seat) = (books.fault, books.seat);
}

/// The bond of who raises a case's claim to severity 4.
pub(super) fn raised(case: &Case) -> u64 {
    quote_raise(&case.at(), RAISER, 4).unwrap().0.bond.required
}

/// Executes what is due, whatever the network's limit.
pub(super) fn execute(case: &mut Case) {
    let work_ts = case.work_ts();
    case.dispute.execute(&mut case.provider, (Amount(u64::MAX), u64::MAX), work_ts, true).unwrap();
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
    assert_eq!((view.standing, view.severity, view.is_cautious, view.needs_advance), (2, 0, false, false));
    let answer = AnswerView { required: 100 * TOKEN, missing: 100 * TOKEN, by_another: 100 * TOKEN };
    assert_eq!(view.answer, Some(answer));
    let expected = [
        (DisputeWho::Anybody, DisputeStep::Answer { missing: 100 * TOKEN }),
        (DisputeWho::Others, DisputeStep::Raise),
        (DisputeWho::Party(0), DisputeStep::Withdraw { loses: 10 * TOKEN }),
    ];
    assert_eq!(steps(&view), expected);
    assert!(view.allowed.iter().all(|allowed| allowed.until_ts == until_ts));
    let possible = [
        (Outcome::Silent, 2),
        (Outcome::Withdrawn, 0),
        (Outcome::Dismissed, 0),
        (Outcome::Upheld, 1),
        (Outcome::Upheld, 2),
        (Outcome::Tied, 0),
        (Outcome::Undecided, 0),
    ];
    assert_eq!(ends(&view.outcomes), possible);
    let party = view.parties[0];
    assert_eq!((party.owner, party.place, party.severity, party.below), (CHALLENGER, 0, 2, 0));
    assert_eq!((party.bond, party.credit, party.state), (100 * TOKEN, 0, PartyState::Standing));
}

#[test]
fn an_answer_costs_what_the_claims_required_less_what_is_there_or_more_than_anothers() {
    let mut case = Case::opened(4);
    let answer = |case: &Case| view(case).answer.unwrap();
    assert_eq!((answer(&case).required, answer(&case).missing), (750 * TOKEN, 750 * TOKEN));
    case.provider.counter.bond = 300 * TOKEN;
    assert_eq!((answer(&case).missing, answer(&case).by_another), (450 * TOKEN, 750 * TOKEN));
    case.provider.counter.bond = 2_000 * TOKEN;
    assert_eq!((answer(&case).missing, answer(&case).by_another), (0, 2_000 * TOKEN + 1));
    case.answer();
    assert_eq!(view(&case).answer, None);
}

#[test]
fn a_deadline_that_has_passed_counts_before_anybody_advances_the_dispute() {
    let mut case = Case::opened(2);
    let expected = view(&case).cost_of(Outcome::Silent, 2).unwrap().clone();
    case.pass(2 * DAY);
    let view = view(&case);
    assert_eq!((view.phase, view.outcome, view.until_ts), (Phase::Decided, Outcome::Silent, None));
    assert_eq!((view.severity, view.needs_advance), (2, true));
    assert_eq!(steps(&view), [(DisputeWho::Anybody, DisputeStep::Advance)]);
    let slash = view.slash.unwrap();
    assert_eq!((slash.own, slash.delegated), ([expected.own_slash, 0], [expected.delegated_slash, 0]));
    assert_eq!((slash.installments, slash.due, slash.next_ts), (2, [0, 0], Some(NOW + 4 * DAY)));
    assert!(view.outcomes.is_empty());
    let provider = up_to_date(&case.at()).provider;
    assert_eq!(expected.jailed_until_epoch, Some(provider.disputes.jailed_until_epoch), "as of when it is decided");
}

#[test]
fn a_slash_is_vetoed_before_its_first_installment_and_executed_from_then_on() {
    let mut case = Case::opened(2);
    case.pass(2 * DAY);
    advance(&mut case);
    let deferred = view(&case);
    assert!(deferred.allows(DisputeWho::Admin, DisputeStep::Veto) && !deferred.needs_advance);
    assert!(!deferred.allows(DisputeWho::Anybody, DisputeStep::Execute));
    let whole = deferred.slash.unwrap().own[0];
    case.pass(2 * DAY);
    let due = view(&case);
    assert!(due.allows(DisputeWho::Anybody, DisputeStep::Execute) && !due.allows(DisputeWho::Admin, DisputeStep::Veto));
    assert_eq!((due.slash.unwrap().due[0], due.slash.unwrap().takes[0]), (whole / 2, whole / 2));
    execute(&mut case);
    let half = view(&case);
    assert_eq!((half.slash.unwrap().due, half.slash.unwrap().takes), ([0, 0], [0, 0]));
    assert_eq!(half.slash.unwrap().next_ts, Some(NOW + 5 * DAY));
    assert!(half.allows(DisputeWho::Anybody, DisputeStep::Distribute));
    let credit = DisputeStep::ClaimCredit { amount: 100 * TOKEN };
    assert!(half.allows(DisputeWho::Party(0), credit));
    case.pass(DAY);
    execute(&mut case);
    assert!(view(&case).needs_advance, "its end is to be noted");
    assert_eq!(view(&case).slash.unwrap().next_ts, None);
}

#[test]
fn a_full_limit_lets_an_eighth_of_a_slash_pass_a_refill() {
    let mut case = Case::opened(3);
    case.judge(&[0, 0, 0, 3]);
    case.pass(DAY);
    advance(&mut case);
    case.pass(2 * DAY);
    // Everything is due, and nothing leaks as time stands.
    case.dispute.installments = 1;
    let full = |case: &mut Case| {
        (case.network.slashing.tokens, case.network.slashing.as_of_ts) = (10_000_000 * TOKEN, case.now_ts);
        view(case).slash.unwrap()
    };
    let slash = full(&mut case);
    assert_eq!((slash.room, slash.takes), (0, [0, 0]));
    assert!(!view(&case).allows(DisputeWho::Anybody, DisputeStep::Execute));
    case.pass(7 * DAY);
    let slash = full(&mut case);
    let whole = slash.own[0] + slash.delegated[0];
    assert_eq!(slash.takes.iter().sum::<u64>(), whole / 8);
    assert!(view(&case).allows(DisputeWho::Anybody, DisputeStep::Execute));
    case.pass(49 * DAY);
    assert_eq!(full(&mut case).takes, slash.due);
}

#[test]
fn a_jury_is_called_drawn_and_votes() {
    let mut case = Case::opened(3);
    case.answer();
    let drawn = view(&case);
    assert_eq!((drawn.phase, drawn.seed, drawn.until_ts), (Phase::Draw, Some(JurySeed::NotArmed), Some(NOW + DAY)));
    assert!(drawn.allows(DisputeWho::Anybody, DisputeStep::CallJury));
    assert!(drawn.allows(DisputeWho::Others, DisputeStep::Raise));
    let [jury] = drawn.juries[..] else { panic!("one jury") };
    assert_eq!((jury.jury.size, jury.fee, jury.lock, jury.verdict), (3, TOKEN, 20 * TOKEN, None));
    assert!(drawn.cost_of(Outcome::Conceded, 0).is_some() && drawn.cost_of(Outcome::Withdrawn, 0).is_none());

    case.dispute.arm(&mut case.network, case.slot, NOW, Some(([1; 32], [7; 32])));
    let armed = view(&case);
    assert_eq!(armed.seed, Some(JurySeed::AwaitsRandomness { until_ts: NOW + 600 }));
    assert!(!armed.allows(DisputeWho::Others, DisputeStep::Raise), "a larger jury could be preferred");
    case.pass(600);
    assert_eq!(view(&case).seed, Some(JurySeed::Waits { slot: 2_008 }));
    assert!(!view(&case).allows(DisputeWho::Anybody, DisputeStep::CallJury));
    case.slot = 2_009;
    assert_eq!(view(&case).seed, Some(JurySeed::Capturable));
    case.slot = case.dispute.draw.armed_until_slot;
    assert_eq!(view(&case).seed, Some(JurySeed::NotArmed), "an arming that nobody captured is void");
    let mut tree: Box<Tree> = bytemuck::zeroed_box();
    tree.take_leaf(3, &key(3)).unwrap();
    tree.weigh_leaf(3, 1).unwrap();
    case.dispute = crate::draw::predict_jury(&case.address(), &case.dispute, &tree, [9; 32]);
    assert_eq!(view(&case).seed, Some(JurySeed::Known { called: 0, drawn: 19 }));
    assert!(view(&case).allows(DisputeWho::Anybody, DisputeStep::DrawJuror));
    let work_ts = case.work_ts();
    for _ in 0..3 {
        case.dispute.end_draw(true, work_ts).unwrap();
    }
    let voting = view(&case);
    assert_eq!((voting.phase, voting.juries[0].jury.filled, voting.seed), (Phase::Commit, 3, None));
    assert!(voting.allows(DisputeWho::Jurors, DisputeStep::Commit));
    assert!(!voting.allows(DisputeWho::Others, DisputeStep::Raise) && voting.raises.is_empty());
}

#[test]
fn an_appellant_pays_in_the_first_half_and_who_defends_the_verdict_against_it_half_as_much() {
    let mut case = Case::opened(4);
    case.judge(&[1, 0, 0, 6]);
    let judged = view(&case);
    let appeal = judged.appeal.unwrap();
    let cost = 2 * case.dispute.cost_of(2);
    assert_eq!((judged.verdict, judged.juries[0].verdict), (Some(3), Some(3)));
    assert_eq!((appeal.cost, appeal.paid, appeal.is_held), (cost, [0; 4], false));
    let half = cost.div_ceil(2);
    assert_eq!((appeal.fundable, appeal.loses), ([cost, cost, half, half], [true, true, false, false]));
    assert_eq!(appeal.appellants_until_ts, NOW + DAY / 2);
    let until = |side: Side, most| {
        let fund = DisputeStep::FundAppeal { side, most };
        judged.allowed.iter().find(|allowed| allowed.what == fund).map(|allowed| (allowed.who, allowed.until_ts))
    };
    assert_eq!(until(Side::Provider, cost), Some((DisputeWho::Anybody, Some(NOW + DAY / 2))));
    assert_eq!(until(Side::ChallengerDefence, half), Some((DisputeWho::Anybody, Some(NOW + DAY))));

    case.fund(Side::Provider);
    let held = view(&case).appeal.unwrap();
    assert_eq!((held.is_held, held.paid, held.fundable), (true, [0, cost, 0, 0], [cost, 0, half, half]));
    case.pass(DAY);
    let second = view(&case);
    assert_eq!((second.phase, second.juries[1].jury.size), (Phase::Draw, 15));
    // 0.6 % of the claim is shared by the jurors of the later rounds, who bind twenty times what they can
    // earn.
    let claimed = case.dispute.stake.own_claimed + case.dispute.stake.delegated_claimed;
    let fee = (claimed * 6).div_ceil(15 * 1_000);
    assert_eq!((second.juries[1].fee, second.juries[1].lock), (fee, 20 * fee));
    assert_eq!(cost, 2 * 15 * (fee + 10));
}

#[test]
fn nobody_appeals_for_more_than_is_claimed_and_a_verdict_that_nobody_appeals_stands() {
    let mut case = Case::opened(3);
    case.judge(&[1, 0, 0, 2]);
    let appeal = view(&case).appeal.unwrap();
    assert_eq!((appeal.loses, appeal.fundable[0], appeal.fundable[3]), ([false, true, false, false], 0, 0));
    case.pass(DAY / 2);
    let stands = view(&case);
    assert_eq!((stands.phase, stands.outcome, stands.severity), (Phase::Decided, Outcome::Upheld, 3));
}

#[test]
fn everybody_withdraws_its_own_and_who_did_before_the_answer_waits_for_nothing() {
    let mut case = Case::opened(3);
    case.raise(RAISER, 4, raised(&case)).unwrap();
    let both = view(&case);
    assert!(both.allows(DisputeWho::Party(0), DisputeStep::Withdraw { loses: 12_500_000 }));
    assert!(both.allows(DisputeWho::Party(1), DisputeStep::Withdraw { loses: 62_500_000 }));
    let work_ts = case.work_ts();
    case.dispute.withdraw(1, &RAISER, work_ts).unwrap();
    let left = view(&case);
    assert_eq!((left.claimed, left.parties[1].state, left.parties[1].bond), (3, PartyState::Withdrawn, 0));
    assert!(left.allows(DisputeWho::Party(1), DisputeStep::ClaimCredit { amount: 562_500_000 }));
    assert!(
        !left
            .allowed
            .iter()
            .any(|allowed| allowed.who == DisputeWho::Party(1) && matches!(allowed.what, DisputeStep::Withdraw { .. }))
    );

    // Another raises it to the same severity: who withdrew before cannot take that back.
    case.raise(key(77), 4, raised(&case)).unwrap();
    let again = view(&case);
    let withdrawing: Vec<DisputeWho> = steps(&again)
        .into_iter()
        .filter_map(|(who, what)| matches!(what, DisputeStep::Withdraw { .. }).then_some(who))
        .collect();
    assert_eq!((again.standing, withdrawing), (4, vec![DisputeWho::Party(0), DisputeWho::Party(2)]));

    let mut answered = Case::opened(3);
    answered.raise(RAISER, 4, raised(&answered)).unwrap();
    answered.answer();
    let all = view(&answered);
    assert!(all.allows(DisputeWho::Party(0), DisputeStep::Withdraw { loses: 125 * TOKEN }));
    let given_up = all.cost_of(Outcome::Conceded, 0).unwrap();
    assert!(given_up.challengers.iter().all(|challenger| challenger.paid == 0));
    let work_ts = answered.work_ts();
    answered.dispute.withdraw(0, &CHALLENGER, work_ts).unwrap();
    let one = view(&answered);
    assert_eq!((one.claimed, one.standing, one.parties[0].state), (4, 4, PartyState::Conceded));
    assert!(!one.allows(DisputeWho::Party(0), DisputeStep::ClaimCredit { amount: 125 * TOKEN }));
}

#[test]
fn the_arbiter_confirms_what_juries_found_and_alone_up_to_its_own_most_once_in_ninety_epochs() {
    let mut case = Case::opened(4);
    case.answer();
    let mut machine = *case.dispute.machine;
    (machine.phase, machine.found, machine.until_work_ts) = (Phase::Arbiter as u8, 0b101, case.work_ts().0 + 2 * DAY);
    machine.verdict = 2;
    *case.dispute.machine = machine;
    let judged = view(&case);
    assert_eq!(judged.rulings, [0, 2]);
    assert_eq!(
        ends(&judged.outcomes),
        [(Outcome::Upheld, 2), (Outcome::Dismissed, 0)],
        "silent, it leaves the last one"
    );
    assert_eq!(steps(&judged), [(DisputeWho::Arbiter, DisputeStep::Rule)]);

    let mut alone = Case::opened(4);
    // Nobody answers, no juror comes to the jury, none to the fresh one.
    alone.pass(4 * DAY);
    let unjudged = view(&alone);
    assert_eq!((unjudged.phase, &unjudged.rulings[..], unjudged.juries.len()), (Phase::Arbiter, &[0, 1, 2, 3][..], 2));
    let mut ended = vec![(Outcome::Undecided, 0), (Outcome::Dismissed, 0)];
    ended.extend((1..=3).map(|severity| (Outcome::Upheld, severity)));
    assert_eq!(ends(&unjudged.outcomes), ended);
    alone.provider.disputes.ruled_epoch_plus_one = 11;
    assert_eq!(view(&alone).rulings, [0]);
    alone.network.params.disputes.arbiter_severity = 5;
    alone.provider.disputes.ruled_epoch_plus_one = 0;
    assert_eq!(view(&alone).rulings, [0, 1, 2, 3, 4], "nothing beyond what is claimed");
}

#[test]
fn while_the_tree_is_young_what_a_jury_found_above_severity_2_needs_the_arbiters_word() {
    let mut case = Case::quiet();
    case.network.juror_tree_from_ts = NOW - 30 * DAY;
    case.open(4, 750 * TOKEN).unwrap();
    case.judge(&[0, 0, 0, 0, 7]);
    assert!(view(&case).is_cautious);
    case.pass(DAY / 2);
    let young = view(&case);
    assert_eq!((young.phase, &young.rulings[..]), (Phase::Arbiter, &[4][..]));
    assert_eq!(ends(&young.outcomes), [(Outcome::Upheld, 2), (Outcome::Upheld, 4)]);
    case.pass(2 * DAY);
    assert_eq!((view(&case).outcome, view(&case).severity), (Outcome::Upheld, 2));
}

#[test]
fn after_the_decision_shares_of_appeals_the_counter_bond_and_ballots_are_settled_before_it_closes() {
    let mut case = Case::opened(3);
    case.judge(&[3]);
    case.pass(DAY);
    advance(&mut case);
    (case.dispute.shares, case.dispute.ballots) = (2, 3);
    let view_now = view(&case);
    assert_eq!((view_now.outcome, view_now.severity), (Outcome::Dismissed, 0));
    assert!(view_now.allows(DisputeWho::Anybody, DisputeStep::ClaimAppeals { count: 2 }));
    assert!(view_now.allows(DisputeWho::Anybody, DisputeStep::SettleBallots { count: 3 }));
    let back = DisputeStep::ClaimCounterBond { amount: case.provider.counter.bond };
    assert!(view_now.allows(DisputeWho::Bonder, back));
    case.provider.disputes.answered = 1;
    assert!(!view(&case).allows(DisputeWho::Bonder, back), "another answered dispute keeps it");

    let mut claim = crate::state::Claim { open: 1, ..Zeroable::zeroed() };
    case.bring_forward(&mut claim, &mut []).unwrap();
    (case.dispute.burn_due, case.dispute.provider_due) = (0, 0);
    case.pass(CLOSE_OBJECT_SECS);
    assert!(!view(&case).allows(DisputeWho::Anybody, DisputeStep::Close));
    (case.dispute.shares, case.dispute.ballots) = (0, 0);
    assert!(view(&case).allows(DisputeWho::Anybody, DisputeStep::Close));
}
