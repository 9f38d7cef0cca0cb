use {
    crate::view::*,
    crate::{
        WorkTokenError as E,
        fixtures::{disputes::*, *},
        math::{
            Amount, Bps, Epoch,
            dispute::Outcome,
            slash::{self, Division, Stakes},
        },
        state::{Dispute, DisputeKind, Offence, ProviderState, Unbonding},
    },
    bytemuck::Zeroable,
};

fn risk(case: &Case, tickets: &[Unbonding]) -> PositionRisk {
    let at = PositionAt { tickets, ..case.position_at() };
    position_risk(&at, &[OpenDispute { dispute: &case.dispute, fault: &case.fault }], &[])
}

#[test]
fn an_open_dispute_costs_a_position_its_share_of_the_loss_at_each_severity() {
    let case = Case::opened(4);
    let risk = risk(&case, &[]);
    let [open] = &risk.disputes[..] else { panic!("one dispute") };
    assert_eq!((open.kind, open.claim, open.joined, open.epoch, open.claimed), (DisputeKind::Conduct, 1, 1, 9, 4));
    let stakes = Stakes { own: Amount(10_000 * TOKEN), delegated: Amount(40_000 * TOKEN) };
    for (loss, (severity, bps)) in open.losses.iter().zip([(1, 10), (2, 100), (3, 500), (4, 3_000)]) {
        let division = Division { delta: Bps(5_000), cover: severity >= 4 };
        let expected = slash::loss(Bps(bps), stakes, stakes, division).delegated.0;
        assert_eq!((loss.severity, loss.taken_from_pool, loss.loss), (severity, expected, expected / 10));
    }
    assert_eq!(open.losses.len(), 4);
    let worst = open.losses[3];
    let joint = JointLoss { taken_from_pool: worst.taken_from_pool, loss: worst.loss };
    assert_eq!(risk.all_upheld, joint, "it is the only one");
}

#[test]
fn what_a_withdrawal_would_leave_behind_is_the_positions_part_of_the_claims() {
    let case = Case::opened(3);
    let risk = risk(&case, &[]);
    // 5 % of the delegated pool is claimed.
    assert_eq!((risk.would_hold, risk.would_pay, risk.held), (200 * TOKEN, 3_800 * TOKEN, 0));
    assert_eq!(risk.claims[0].claimed_from_pool, 2_000 * TOKEN);
    let quiet = Case::quiet();
    let nothing = position_risk(&quiet.position_at(), &[], &[]);
    assert_eq!((nothing.would_hold, nothing.would_pay), (0, 4_000 * TOKEN));
}

#[test]
fn a_ticket_that_left_during_the_dispute_answers_with_what_it_holds_back() {
    let mut case = Case::opened(3);
    let ticket = case.leave();
    assert_eq!(ticket.held, 200 * TOKEN);
    let after = risk(&case, &[ticket]);
    assert_eq!((after.held, after.would_pay), (200 * TOKEN, 0));
    let slash = dispute_view(&case.at()).cost_of(Outcome::Upheld, 3).unwrap().delegated_slash;
    let loss = after.disputes[0].losses[2];
    assert_eq!(loss.loss, slash.div_ceil(10), "a tenth of the claim, so a tenth of the slash");
    assert_eq!(loss.taken_from_pool, slash - loss.loss, "the pool pays the rest");
    assert_eq!(after.settlements[0].waits_for, [1]);
}

#[test]
fn a_decided_dispute_costs_what_is_left_to_execute() {
    let mut case = Case::opened(2);
    let expected = risk(&case, &[]).disputes[0].losses[1];
    case.pass(2 * DAY);
    let decided = risk(&case, &[]);
    assert_eq!(decided.disputes[0].losses, [expected]);
    assert_eq!(decided.all_upheld.loss, expected.loss);
}

#[test]
fn what_silence_conceded_is_the_least_that_can_be_lost() {
    let mut case = Case::opened(2);
    case.raise(key(77), 4, 650 * TOKEN).unwrap();
    case.pass(2 * DAY);
    let losses: Vec<u8> = risk(&case, &[]).disputes[0].losses.iter().map(|loss| loss.severity).collect();
    assert_eq!(losses, [2, 3, 4]);
}

/// Another dispute about an epoch, opened in the case's accounts. Returns it, the case's own stays.
fn another(case: &mut Case, number: u32, severity: u8) -> Dispute {
    let own = case.dispute;
    case.dispute = Dispute { subject: ACCUSED, provider: ACCUSED, number, ..Zeroable::zeroed() };
    case.open(severity, BONDS[usize::from(severity) - 1]).unwrap();
    std::mem::replace(&mut case.dispute, own)
}

#[test]
fn disputes_of_one_epoch_cost_together_what_the_worst_of_them_costs() {
    let mut case = Case::opened(4);
    let second = another(&mut case, 2, 3);
    let fault = case.fault;
    let at = case.position_at();
    let open = [&case.dispute, &second].map(|dispute| OpenDispute { dispute, fault: &fault });
    let risk = position_risk(&at, &open, &[]);
    assert_eq!(risk.all_upheld.loss, risk.disputes[0].losses[3].loss);
    let reversed = position_risk(&at, &[open[1], open[0]], &[]);
    assert_eq!(reversed.all_upheld, risk.all_upheld, "in whichever order");
}

#[test]
fn disputes_that_joined_a_claim_take_from_a_ticket_what_had_joined_when_it_left() {
    let mut case = Case::quiet();
    for number in 1..=3 {
        case.provider.open_claim(number, true, (Epoch(9), Epoch(9)), (NOW, NOW + DAY));
    }
    case.open(3, BONDS[2]).unwrap();
    let ticket = case.leave();
    let second = another(&mut case, 2, 4);
    assert_eq!((case.dispute.claim, case.dispute.joined, second.claim, second.joined), (4, 1, 4, 2));
    let fault = case.fault;
    let tickets = [ticket];
    let at = PositionAt { tickets: &tickets, ..case.position_at() };
    let open = [&case.dispute, &second].map(|dispute| OpenDispute { dispute, fault: &fault });
    let risk = position_risk(&at, &open, &[]);
    let claim = risk.claims.iter().find(|claim| claim.claim == 4).unwrap();
    assert_eq!((claim.joined, &claim.held[..]), (2, &[(1, 200 * TOKEN)][..]));
    let alone = risk.disputes[0].losses[2].loss;
    assert!(alone > 0 && risk.disputes[1].losses.iter().all(|loss| loss.loss == 0), "it joined later");
    assert_eq!(risk.all_upheld.loss, alone);
}

#[test]
fn what_was_executed_after_a_ticket_left_is_certain_and_no_risk_any_more() {
    let mut case = Case::opened(3);
    let ticket = case.leave();
    case.judge(&[0, 0, 0, 3]);
    case.pass(DAY);
    let books = crate::view::dispute::up_to_date(&case.at());
    (case.provider, case.dispute, case.fault) = (books.provider, books.dispute, books.fault);
    let whole = risk(&case, &[ticket]).disputes[0].losses[0].loss;
    case.pass(2 * DAY);
    let work_ts = case.work_ts();
    case.dispute.execute(&mut case.provider, (Amount(u64::MAX), u64::MAX), work_ts, true).unwrap();
    let left = risk(&case, &[ticket]).disputes[0].losses[0].loss;
    assert_eq!(left, whole - whole / 4, "three of four installments");
}

#[test]
fn a_providers_record_tells_claims_faults_debt_and_jail() {
    let mut case = Case::opened(3);
    let offence =
        |epoch_plus_one, fault_epoch, severity| Offence { epoch_plus_one, fault_epoch, severity, padding: [0; 3] };
    case.provider.faults.offences[0] = offence(8, 5, 3);
    case.provider.faults.offences[5] = offence(10, 9, 1);
    // A verdict of the present epoch repeats nothing in it.
    case.provider.faults.offences[6] = offence(11, 9, 4);
    case.provider.slash_debt = 7;
    case.provider.state = ProviderState::Jailed as u8;
    case.provider.disputes.jailed_until_epoch = 10;
    let risk = provider_risk(&case.network, &case.provider, NOW);
    assert_eq!((risk.open_disputes, risk.repeats, risk.slash_debt), (1, [2, 1, 1, 0, 0], 7));
    let faults: Vec<_> = risk.faults.iter().map(|fault| (fault.epoch, fault.severity)).collect();
    assert_eq!((faults, risk.faults[2].repeats_until_epoch), (vec![(10, 4), (9, 1), (7, 3)], 97));
    assert_eq!(risk.faults.iter().map(|fault| fault.fault_epoch).collect::<Vec<_>>(), [9, 9, 5]);
    let claim = risk.claims[0];
    assert_eq!((claim.number, claim.delegated, claim.frozen_epochs), (1, 2_000 * TOKEN, [9, 9]));
    assert_eq!((claim.disputes, risk.answered_disputes, risk.ruled_until_epoch), ([1, 1], 0, None));
    let jail = risk.jail.unwrap();
    assert_eq!((jail.until_epoch, jail.until_ts, jail.refusal), (10, 10 * DAY, Some(E::DebtUnpaid)));
    case.provider.slash_debt = 0;
    assert_eq!(provider_risk(&case.network, &case.provider, NOW).jail.unwrap().refusal, None);
    assert!(!risk.is_expelled && risk.counter_bonder.is_none());
    case.provider.disputes.ruled_epoch_plus_one = 11;
    assert_eq!(provider_risk(&case.network, &case.provider, NOW).ruled_until_epoch, Some(100));
    let later = provider_risk(&case.network, &case.provider, 100 * DAY);
    assert_eq!(later.ruled_until_epoch, None);
}
