use {
    super::*,
    crate::{
        WorkTokenError as E,
        fixtures::{disputes::*, *},
        math::{
            Amount, Bps,
            dispute::Outcome,
            slash::{self, Division, Stakes},
        },
        state::{Ballot, BallotState, DisputeKind, Juror, Offence, ProviderState, Unbonding},
    },
    bytemuck::Zeroable,
};

fn risk(case: &Case, tickets: &[Unbonding]) -> PositionRisk {
    let at = PositionAt { tickets, ..case.position_at() };
    position_risk(&at, &[OpenDispute { dispute: &case.dispute, fault: &case.fault }])
}

#[test]
fn an_open_dispute_costs_a_position_its_share_of_the_loss_at_each_severity() {
    let case = Case::opened(4);
    let risk = risk(&case, &[]);
    let [open] = &risk.disputes[..] else { panic!("one dispute") };
    assert_eq!((open.kind, open.claim, open.epoch, open.claimed), (DisputeKind::Conduct, 1, 9, 4));
    let stakes = Stakes { own: Amount(10_000 * TOKEN), delegated: Amount(40_000 * TOKEN) };
    for (loss, (severity, bps)) in open.losses.iter().zip([(1, 10), (2, 100), (3, 500), (4, 3_000)]) {
        let division = Division { delta: Bps(5_000), cover: severity >= 4 };
        let expected = slash::loss(Bps(bps), stakes, stakes, division).delegated.0;
        assert_eq!((loss.severity, loss.taken_from_pool, loss.loss), (severity, expected, expected / 10));
    }
    assert_eq!(open.losses.len(), 4);
}

#[test]
fn what_a_withdrawal_would_leave_behind_is_the_positions_part_of_the_claims() {
    let case = Case::opened(3);
    let risk = risk(&case, &[]);
    // 5 % of the delegated pool is claimed.
    assert_eq!((risk.would_hold, risk.would_pay, risk.held), (200 * TOKEN, 3_800 * TOKEN, 0));
    assert_eq!(risk.claims[0].claimed_from_pool, 2_000 * TOKEN);
    let quiet = Case::quiet();
    let nothing = position_risk(&quiet.position_at(), &[]);
    assert_eq!((nothing.would_hold, nothing.would_pay), (0, 4_000 * TOKEN));
}

#[test]
fn a_ticket_that_left_during_the_dispute_answers_with_what_it_holds_back() {
    let mut case = Case::opened(3);
    let shares = crate::math::Shares(4_000 * TOKEN);
    case.provider.delegated.set(case.provider.delegated.get().begin_unbonding(shares));
    case.position.shares = 0;
    let mut ticket = Unbonding { pool: 1, number: 1, shares: shares.0, ..Zeroable::zeroed() };
    let withdrawn = case.provider.withdraw(&mut case.position, &mut ticket).unwrap();
    assert_eq!(withdrawn.held.0, 200 * TOKEN);
    let after = risk(&case, &[ticket]);
    assert_eq!((after.held, after.would_pay), (200 * TOKEN, 0));
    let slash = dispute_view(&case.at()).cost_of(Outcome::Upheld, 3).unwrap().delegated_slash;
    let loss = after.disputes[0].losses[2];
    assert_eq!(loss.loss, slash.div_ceil(10), "a tenth of the claim, so a tenth of the slash");
    assert!(slash - loss.loss <= loss.taken_from_pool && loss.taken_from_pool < slash, "the pool pays the rest");
}

#[test]
fn a_decided_dispute_costs_what_is_left_to_execute() {
    let mut case = Case::opened(2);
    let expected = risk(&case, &[]).disputes[0].losses[1];
    case.pass(2 * DAY);
    let decided = risk(&case, &[]);
    assert_eq!(decided.disputes[0].losses, [expected]);
    let mut score = Case::quiet();
    score.open(DisputeKind::Score, 1, 5_000 * TOKEN).unwrap();
    assert!(risk(&score, &[]).disputes[0].losses.is_empty());
}

#[test]
fn a_providers_record_tells_claims_faults_debt_and_jail() {
    let mut case = Case::opened(3);
    case.provider.offences[0] = Offence { epoch_plus_one: 8, severity: 3, padding: [0; 3] };
    case.provider.offences[5] = Offence { epoch_plus_one: 10, severity: 1, padding: [0; 3] };
    case.provider.slash_debt = 7;
    case.provider.state = ProviderState::Jailed as u8;
    case.provider.jailed_until_epoch = 10;
    let risk = provider_risk(&case.network, &case.provider, NOW);
    assert_eq!((risk.open_disputes, risk.repeats, risk.slash_debt), (1, [2, 1, 1, 0, 0], 7));
    let faults: Vec<_> = risk.faults.iter().map(|fault| (fault.epoch, fault.severity)).collect();
    assert_eq!((faults, risk.faults[1].repeats_until_epoch), (vec![(9, 1), (7, 3)], 97));
    let claim = risk.claims[0];
    assert_eq!((claim.number, claim.delegated, claim.frozen_epochs), (1, [2_000 * TOKEN; 2], [9, 9]));
    let jail = risk.jail.unwrap();
    assert_eq!((jail.until_epoch, jail.until_ts, jail.refusal), (10, 10 * DAY, Some(E::DebtUnpaid)));
    case.provider.slash_debt = 0;
    assert_eq!(provider_risk(&case.network, &case.provider, NOW).jail.unwrap().refusal, None);
    assert!(!risk.is_expelled && risk.counter_bonder.is_none());
}

#[test]
fn a_juror_leaves_after_its_term_once_nothing_binds_it_and_no_jury_is_drawn() {
    let mut case = Case::quiet();
    let mut juror = Juror { lock: 65 * TOKEN, leaf_weight: 85 * TOKEN, term_until_ts: NOW + 10, ..Zeroable::zeroed() };
    juror.sit(20 * TOKEN);
    let view = juror_view(&case.network, &juror, NOW);
    assert_eq!((view.seats_left, view.bound, view.needs_sync), (2, 20 * TOKEN, true));
    assert_eq!(view.leave_refusal, Some(E::JurorBound));
    juror.stand_up(20 * TOKEN, false, TOKEN);
    assert_eq!(juror_view(&case.network, &juror, NOW + 10).leave_refusal, None);
    let work_ts = case.work_ts();
    case.network
        .arm_jury(&solana_sdk::pubkey::Pubkey::new_from_array([1; 32]), work_ts.0 + 50, work_ts)
        .expect("there is room");
    let frozen = juror_view(&case.network, &juror, NOW + 10);
    assert_eq!((frozen.leave_refusal, frozen.tree_frozen_until_ts), (Some(E::JurorTreeFrozen), Some(NOW + 50)));
}

#[test]
fn a_seat_of_a_jury_asks_for_a_commitment_then_for_the_vote() {
    let mut case = Case::opened(3);
    case.answer();
    let mut ballot = Ballot { lock: 20 * TOKEN, ..Zeroable::zeroed() };
    let duty = |case: &Case, ballot: &Ballot| ballot_view(&case.network, &case.dispute, ballot, case.now_ts).duty;
    let work_ts = case.work_ts();
    case.dispute.seat(true, work_ts).unwrap();
    assert_eq!(duty(&case, &ballot), BallotDuty::Wait);
    for _ in 0..2 {
        case.dispute.seat(true, work_ts).unwrap();
    }
    assert_eq!(duty(&case, &ballot), BallotDuty::Commit { until_ts: NOW + DAY });
    ballot.state = BallotState::Committed as u8;
    case.dispute.note_commitment(0, work_ts).unwrap();
    assert_eq!(duty(&case, &ballot), BallotDuty::Wait);
    case.pass(DAY);
    assert_eq!(duty(&case, &ballot), BallotDuty::Reveal { until_ts: NOW + 2 * DAY });
    case.pass(DAY);
    assert_eq!(duty(&case, &ballot), BallotDuty::Done);
}

#[test]
fn a_seat_of_a_decided_dispute_settles_for_its_fee_or_its_lock() {
    let mut case = Case::opened(3);
    case.judge(&[1, 0, 0, 2]);
    case.pass(DAY);
    let books = super::dispute::up_to_date(&case.at());
    let settles = |ballot: &Ballot| ballot_view(&case.network, &books.dispute, ballot, case.now_ts).settles;
    let lock = 20 * TOKEN;
    let voted = Ballot { state: BallotState::Revealed as u8, vote: 3, lock, ..Zeroable::zeroed() };
    assert_eq!(settles(&voted), Some([TOKEN, 0]));
    assert_eq!(settles(&Ballot { vote: 0, ..voted }), Some([0, 0]));
    assert_eq!(settles(&Ballot { state: BallotState::Drawn as u8, ..voted }), Some([0, lock]));
}
