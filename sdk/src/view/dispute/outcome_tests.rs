use {
    super::{
        tests::{RAISER, advance, ends, execute, raised, view},
        *,
    },
    crate::{
        WorkTokenError,
        fixtures::{disputes::*, *},
        math::dispute::Side,
        state::{Claim, FaultStep, SeatState},
    },
    bytemuck::Zeroable,
};

/// Everything that goes in comes out: bonds, counter-bond and what was taken from the pools.
fn assert_nothing_is_lost(case: &Case, cost: &OutcomeCost, to_jurors: u64) {
    let paid_in =
        case.dispute.bonds().0 + cost.counter_bond_lost + cost.own_taken + cost.delegated_taken + cost.confiscated;
    let to_challengers: u64 = cost.challengers.iter().map(|challenger| challenger.paid + challenger.reward).sum();
    let out = to_challengers + cost.compensation + cost.provider + cost.insurance + cost.burned + to_jurors;
    assert_eq!(paid_in, out, "{cost:?}");
}

#[test]
fn what_was_paid_for_appeals_comes_back_as_the_outcome_says() {
    let mut case = Case::opened(3);
    case.judge(&[1, 0, 0, 2]);
    case.fund(Side::Provider);
    case.fund(Side::ChallengerDefence);
    let paid = case.dispute.machine.pots[0];
    for cost in &view(&case).outcomes {
        assert_eq!(cost.appeals_back, [paid, [0; 4]], "an appeal that was not held returns whole");
    }
    case.pass(DAY);
    advance(&mut case);
    case.vote(&[0, 0, 0, 7]);
    let view = view(&case);
    let pay = 7 * view.juries[1].fee;
    let upheld = view.cost_of(Outcome::Upheld, 3).unwrap();
    let [_, down, defence, _] = paid;
    assert_eq!(upheld.appeals_back[0], [0, 0, down + defence - pay, 0], "the loser's money pays the jurors");
    let dismissed = view.cost_of(Outcome::Dismissed, 0).unwrap();
    assert_eq!(dismissed.appeals_back[0], [0, down + defence, 0, 0], "no juror of that round is on the side that won");
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
    let challenger = ChallengerOutcome { owner: CHALLENGER, bond: 125 * TOKEN, paid: 187_500_000, reward: 450 * TOKEN };
    assert_eq!((upheld.counter_bond_lost, &upheld.challengers[..]), (125 * TOKEN, &[challenger][..]));
    assert_eq!((upheld.jailed_until_epoch, upheld.expels, upheld.debt), (Some(17), false, 0));
    let dismissed = view.cost_of(Outcome::Dismissed, 0).unwrap();
    assert_eq!((dismissed.own_slash, dismissed.provider, dismissed.challengers[0].paid), (0, 62_500_000, 0));
    assert_eq!(view.cost_of(Outcome::Tied, 0).unwrap().challengers[0].paid, 125 * TOKEN);
    assert_eq!(view.cost_of(Outcome::Undecided, 0).unwrap().challengers[0].paid, 115 * TOKEN);
    for cost in &view.outcomes {
        assert_nothing_is_lost(&case, cost, 0);
    }

    let mut judged = Case::opened(3);
    judged.judge(&[1, 0, 0, 2]);
    let upheld = dispute_view(&judged.at()).cost_of(Outcome::Upheld, 3).unwrap().clone();
    assert_nothing_is_lost(&judged, &upheld, 2 * TOKEN);
    let worst = Case::opened(5);
    let upheld = dispute_view(&worst.at()).cost_of(Outcome::Upheld, 5).unwrap().clone();
    assert!(upheld.expels && upheld.own_taken == 10_000 * TOKEN && upheld.delegated_taken == 40_000 * TOKEN);
    assert_nothing_is_lost(&worst, &upheld, 0);
}

#[test]
fn what_an_outcome_is_said_to_cost_is_what_it_costs() {
    let mut case = Case::opened(3);
    case.raise(RAISER, 4, raised(&case)).unwrap();
    case.judge(&[0, 0, 0, 7]);
    let said = view(&case).cost_of(Outcome::Upheld, 3).unwrap().clone();
    case.pass(DAY);
    advance(&mut case);
    let (own, delegated) = (case.provider.own.tokens, case.provider.delegated.tokens);
    case.pass(10 * DAY);
    execute(&mut case);
    let taken = (own - case.provider.own.tokens, delegated - case.provider.delegated.tokens);
    assert_eq!(taken, (said.own_taken, said.delegated_taken));
    let mut claim = Claim { open: 2, ..Zeroable::zeroed() };
    case.bring_forward(&mut claim, &mut []).unwrap();
    let credits = |case: &Case| case.dispute.parties.map(|party| party.credit);
    let before = credits(&case);
    assert!(case.dispute.draw_reward(&case.address(), &mut case.fault));
    for (place, challenger) in said.challengers.iter().enumerate() {
        let paid = (before[place], credits(&case)[place] - before[place]);
        assert_eq!(paid, (challenger.paid, challenger.reward));
    }
    assert_eq!((case.dispute.burn_due, case.dispute.insurance_due), (said.burned, said.insurance));
}

#[test]
fn each_step_of_severity_rewards_who_committed_to_it_first_and_loses_who_claimed_beyond() {
    let mut case = Case::opened(2);
    case.pass(60);
    case.raise(RAISER, 4, raised(&case)).unwrap();
    let bonds: Vec<u64> = view(&case).parties.iter().map(|party| party.bond).collect();
    assert_eq!(bonds, [100 * TOKEN, 650 * TOKEN]);
    case.answer();
    let view = view(&case);
    let found = view.cost_of(Outcome::Upheld, 3).unwrap();
    // 450 tokens by what each step costs: 10, 90 and 400 of 500 hundredths of a percent.
    let rewards: Vec<_> = found.rewards.iter().map(|step| (step.severity, step.owner, step.reward)).collect();
    let expected =
        [(1, Some(CHALLENGER), 9 * TOKEN), (2, Some(CHALLENGER), 81 * TOKEN), (3, Some(RAISER), 360 * TOKEN)];
    assert_eq!((found.reward, rewards), (450 * TOKEN, expected.to_vec()));
    let [first, second] = found.challengers[..] else { panic!("two challengers") };
    // Half of what stands of the counter-bond against the first claim, and all of the bond.
    assert_eq!((first.paid, first.reward), (150 * TOKEN, 90 * TOKEN));
    let lost = (650 * TOKEN * 2_500).div_ceil(2_900);
    assert_eq!((second.paid, second.reward), (650 * TOKEN - lost, 360 * TOKEN));
    for cost in &view.outcomes {
        assert_nothing_is_lost(&case, cost, 0);
    }
    // Joining its side never takes from who came first.
    let mut alone = Case::opened(2);
    alone.answer();
    for (outcome, severity) in [(Outcome::Upheld, 1), (Outcome::Upheld, 2), (Outcome::Dismissed, 0)] {
        let without = dispute_view(&alone.at()).cost_of(outcome, severity).unwrap().challengers[0];
        let with = view.cost_of(outcome, severity).unwrap().challengers[0];
        assert!(with.paid + with.reward >= without.paid + without.reward, "{outcome:?} {severity}");
    }
}

#[test]
fn a_reward_whose_steps_others_committed_to_before_is_theirs() {
    let mut case = Case::opened(3);
    let other = key(77);
    // A dispute of the same epoch was committed to an hour earlier, and upheld at severity 2.
    let step = FaultStep { dispute: other, committed_ts: NOW - 3_600, reward: 0, party: 1, padding: [0; 7] };
    (case.fault.steps[0], case.fault.steps[1]) = (step, step);
    let view = view(&case);
    assert_eq!(view.rewards.iter().map(|step| (step.dispute, step.owner)).collect::<Vec<_>>(), [(other, None); 2]);
    let found = view.cost_of(Outcome::Upheld, 3).unwrap();
    let owners: Vec<_> = found.rewards.iter().map(|step| (step.dispute, step.party, step.reward)).collect();
    let expected = [(other, 1, 9 * TOKEN), (other, 1, 81 * TOKEN), (case.address(), 0, 360 * TOKEN)];
    assert_eq!((found.reward, owners), (450 * TOKEN, expected.to_vec()));
    assert_eq!(found.challengers[0].reward, 360 * TOKEN);
}

#[test]
fn of_a_fault_that_was_found_before_a_further_verdict_adds_the_difference() {
    let mut case = Case::opened(3);
    let alone = view(&case).cost_of(Outcome::Upheld, 3).unwrap().clone();
    case.fault.severity = 2;
    case.fault.upheld = 1;
    (case.fault.own_applied, case.fault.delegated_applied) = (300 * TOKEN, 200 * TOKEN);
    let further = view(&case).cost_of(Outcome::Upheld, 3).unwrap().clone();
    assert_eq!((further.own_slash, further.delegated_slash), (1_200 * TOKEN, 800 * TOKEN));
    assert!(further.own_slash < alone.own_slash);
    // Its reward is for the step that it adds: what the epoch has for the lower ones is not touched.
    let steps: Vec<u64> = further.rewards.iter().map(|step| step.reward).collect();
    assert_eq!((steps, further.reward), (vec![0, 0, 360 * TOKEN], 360 * TOKEN));
}

#[test]
fn a_fee_is_compensated_and_twice_that_of_a_further_seat_rewards_its_own_challenger() {
    let mut case = Case::of_seat(3, 10 * TOKEN, false);
    case.seat.as_mut().unwrap().state = SeatState::Settled as u8;
    let first = view(&case).cost_of(Outcome::Upheld, 3).unwrap().clone();
    assert_eq!((first.own_slash, first.compensation), (1_500 * TOKEN, 20 * TOKEN));
    assert_nothing_is_lost(&case, &first, 0);
    case.fault.severity = 3;
    case.fault.upheld = 1;
    (case.fault.own_applied, case.fault.delegated_applied) = (1_500 * TOKEN, 1_000 * TOKEN);
    let further = view(&case).cost_of(Outcome::Upheld, 3).unwrap().clone();
    assert_eq!((further.own_slash, further.delegated_slash), (20 * TOKEN, 0));
    // 30 % of it, beside the bond; nothing for the steps, which were found before.
    assert_eq!((further.challengers[0].paid, further.challengers[0].reward), (131 * TOKEN, 0));
    assert_nothing_is_lost(&case, &further, 0);
    case.seat.as_mut().unwrap().found_severity = 3;
    let again = view(&case).cost_of(Outcome::Upheld, 3).unwrap().clone();
    assert_eq!((again.own_slash, again.jailed_until_epoch), (0, None), "once for a seat");
}

#[test]
fn what_silence_conceded_is_not_taken_back_by_a_jury() {
    let mut case = Case::opened(2);
    case.raise(RAISER, 4, raised(&case)).unwrap();
    case.pass(2 * DAY);
    let view = view(&case);
    assert_eq!((view.phase, view.floor, view.standing), (Phase::Draw, 2, 4));
    let ended = [(Outcome::Upheld, 2), (Outcome::Upheld, 3), (Outcome::Upheld, 4)];
    assert_eq!(ends(&view.outcomes), ended);
}

#[test]
fn an_unreserved_claim_costs_stake_once_a_fault_is_found() {
    let reserved = view(&Case::of_seat(3, 10 * TOKEN, false)).cost_of(Outcome::Upheld, 3).unwrap().own_slash;
    let unreserved = Case::of_seat(3, 10 * TOKEN, true);
    assert_eq!((unreserved.dispute.stake.own_claimed, view(&unreserved).is_unreserved), (0, true));
    assert_eq!(view(&unreserved).cost_of(Outcome::Upheld, 3).unwrap().own_slash, reserved);
}

#[test]
fn the_view_applies_a_decision_as_advancing_the_dispute_does() {
    let mut case = Case::opened(5);
    let place = case.provider.place.index;
    case.network.take_place(place).unwrap();
    case.judge(&[0, 0, 0, 0, 0, 7]);
    case.pass(DAY);
    let (shown, mut claim) = (up_to_date(&case.at()), Claim { open: 2, ..Zeroable::zeroed() });
    let advanced = case.bring_forward(&mut claim, &mut []).unwrap();
    assert_eq!((advanced.finished.map(|finished| finished.severity), advanced.ended), (Some(5), false));
    assert_eq!(advanced, shown.advanced);
    assert!(shown.network == case.network && shown.provider == case.provider);
    assert!(shown.dispute == case.dispute && shown.fault == case.fault);
    assert!(!shown.network.place_is_taken(place), "who is expelled leaves its place");
    assert!(!view(&case).needs_advance);
    assert_eq!(case.bring_forward(&mut claim, &mut []), Err(WorkTokenError::NothingToAdvance));
}

#[test]
fn what_jurors_may_still_be_paid_out_of_is_not_shared_out() {
    let mut case = Case::opened(3);
    case.judge(&[1, 0, 0, 2]);
    case.pass(DAY);
    advance(&mut case);
    let shares = |case: &Case| view(case).allows(DisputeWho::Anybody, DisputeStep::Distribute);
    (case.dispute.own_jury_due, case.dispute.burn_due, case.dispute.provider_due) = (1, 7, 7);
    assert!(!shares(&case), "while the own stake owes jurors their pay");
    case.dispute.insurance_due = 1;
    assert!(shares(&case));
    (case.dispute.own_jury_due, case.dispute.insurance_due) = (0, 0);
    assert!(shares(&case));
}
