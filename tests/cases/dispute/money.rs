//! Who gets which bond, to the base unit: every row of the flow table (dispute-layer-3, dispute-raise-1,
//! dispute-layer-2). How claims that were raised share them stands in `layers`.

use {
    crate::{dispute::contested::Contested, *},
    work_token_sdk::{ix::Creditor, math::dispute::Outcome, state::dispute_flags},
};

/// The challenger's bond up to severity 3, and the counter-bond.
const BOND: u64 = 100 * TOKEN;
/// Three coherent jurors and the bounties of their seats.
const JURY: u64 = 3 * (TOKEN + JOB_BOUNTY);
/// What a seat of a jury binds.
const BALLOT_LOCK: u64 = 20 * TOKEN;

/// What is left to everybody when all is claimed.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    challenger: u64,
    counter_bond: u64,
    jurors: u64,
    client: u64,
    /// What the client gets back of its fee.
    refund: u64,
    burned: u64,
    insurance: u64,
    provider: u64,
    /// What the stake vault lost.
    slashed: u64,
}

/// Nothing for anybody.
const NOTHING: Row = Row {
    challenger: 0,
    counter_bond: 0,
    jurors: 0,
    client: 0,
    refund: 0,
    burned: 0,
    insurance: 0,
    provider: 0,
    slashed: 0,
};

fn credit(case: &Contested, who: &Actor, creditor: Creditor, owed: u64) -> u64 {
    if owed == 0 {
        let claim = ix::claim_dispute_credit(&case.at, who.address(), creditor, who.tokens);
        case.refuses(claim, &[], E::NoCredit);
        return 0;
    }
    case.claim_from(&case.at, who, creditor)
}

/// Winds a decided dispute up, claims everything, and looks that nothing of it stays in escrow.
fn row(case: &Contested) -> Row {
    let owner = case.owner();
    let was_slashed = case.dispute().slash.own > 0;
    case.wind_up();
    if !was_slashed {
        assert!(case.dispute().has(dispute_flags::ENDED), "nothing was to execute");
    }
    let (burned, insurance, provider) = case.distributed();
    let jurors: u64 = case.jurors.iter().map(|juror| case.juror_state(juror).credit).sum();
    let dispute = case.dispute();
    let owed = dispute.parties[0].credit + case.rewards(&case.at);
    let challenger = credit(case, &case.challenger, Creditor::Challenger(0), owed);
    let client = &case.client.actor;
    let compensation = credit(case, client, Creditor::Client, dispute.client_credit);
    let counter_bond = match case.provider(owner).counter.bond {
        0 => 0,
        _ => case.claim_counter_bond(owner, &case.friend),
    };
    let before = case.balance(client);
    case.settle_seat(&case.seat);
    let refund = case.balance(client) - before;
    let locks: u64 = case.jurors.iter().map(|juror| case.juror_state(juror).lock).sum();
    assert_eq!(case.escrow(), locks + jurors, "all that is left in escrow is the jurors'");
    assert_eq!(case.vault(VaultKind::Insurance), insurance);
    assert_invariants(case);
    let slashed = STAKE - case.stake_vault(owner);
    Row { challenger, counter_bond, jurors, client: compensation, refund, burned, insurance, provider, slashed }
}

#[test]
fn row_a_silence_returns_the_bond_and_executes_the_claim() {
    let case = Contested::of(2);
    case.let_phase_pass(&case.at);
    let slash = 200 * TOKEN;
    let expected = Row {
        challenger: BOND + slash / 5,
        client: slash / 10 * 3,
        refund: FEE,
        insurance: slash / 5,
        burned: slash / 10 * 3,
        slashed: slash,
        ..NOTHING
    };
    assert_eq!(row(&case), expected);
}

#[test]
fn row_b_upheld_the_counter_bond_is_lost_half_to_the_challenger_half_to_the_jurors() {
    let case = Contested::judged(3, &[Some(3)]);
    case.let_phase_pass(&case.at);
    let slash = 1_000 * TOKEN;
    let expected = Row {
        challenger: BOND + BOND / 2 + slash / 10 * 3,
        jurors: 3 * TOKEN,
        // At most twice the fee, and the fee itself besides.
        client: 2 * FEE,
        refund: FEE,
        insurance: slash / 5,
        burned: BOND / 2 - JURY + slash / 10 * 5 - 2 * FEE,
        slashed: slash,
        ..NOTHING
    };
    assert_eq!(row(&case), expected);
}

#[test]
fn row_b_without_a_counter_bond_the_own_stake_pays_the_jurors_on_top() {
    let case = Contested::of(3);
    case.let_phase_pass(&case.at);
    case.round(&[Some(3)]);
    case.let_phase_pass(&case.at);
    let claim =
        ix::claim_dispute_credit(&case.at, case.challenger.address(), Creditor::Challenger(0), case.challenger.tokens);
    case.refuses(claim, &[], E::DisputeOpen);
    let slash = 1_000 * TOKEN;
    let expected = Row {
        challenger: BOND + slash / 10 * 3,
        jurors: 3 * TOKEN,
        client: 2 * FEE,
        refund: FEE,
        insurance: slash / 5,
        burned: slash / 10 * 5 - 2 * FEE,
        slashed: slash + JURY,
        ..NOTHING
    };
    assert_eq!(row(&case), expected);
}

#[test]
fn row_b_when_the_own_stake_is_gone_the_bond_has_advanced_the_jurors_pay() {
    let case = Contested::of(5);
    let bond = case.dispute().bonds().0;
    assert_eq!(bond, 1_000 * TOKEN);
    case.let_phase_pass(&case.at);
    case.round(&[Some(5)]);
    case.let_phase_pass(&case.at);
    let (slash, jury) = (STAKE, 7 * (TOKEN + JOB_BOUNTY));
    let expected = Row {
        challenger: bond - jury + slash / 10 * 3,
        jurors: 7 * TOKEN,
        client: 2 * FEE,
        refund: FEE,
        insurance: slash / 5,
        burned: slash / 10 * 5 - 2 * FEE,
        slashed: slash,
        ..NOTHING
    };
    assert_eq!(row(&case), expected);
}

#[test]
fn row_c_dismissed_the_bond_is_lost_half_to_the_jurors_half_to_the_providers_side() {
    let case = Contested::judged(3, &[Some(0)]);
    case.let_phase_pass(&case.at);
    let before = case.provider(case.owner()).record(math::Epoch(case.epoch())).map_or(0, |record| record.fees);
    let expected =
        Row { counter_bond: BOND, jurors: 3 * TOKEN, provider: BOND / 2, burned: BOND / 2 - JURY, ..NOTHING };
    let epoch = case.epoch();
    assert_eq!(row(&case), expected);
    // It joined the fees of the epoch in which it was shared out.
    let fees = case.provider(case.owner()).record(math::Epoch(epoch)).expect("it is remembered").fees;
    assert_eq!(fees - before, BOND / 2);
}

#[test]
fn row_d_upheld_lower_the_bond_is_lost_by_the_distance_and_both_sides_pay_the_jurors() {
    let case = Contested::judged(3, &[Some(2)]);
    case.let_phase_pass(&case.at);
    // Found 1 % of a claim of 5 %.
    let (slash, lost) = (200 * TOKEN, BOND / 5 * 4);
    let expected = Row {
        challenger: BOND - lost - JURY / 2 + slash / 5,
        counter_bond: BOND - JURY / 2,
        jurors: 3 * TOKEN,
        client: slash / 10 * 3,
        refund: FEE,
        provider: lost / 2,
        insurance: slash / 5,
        burned: lost / 2 + slash / 10 * 3,
        slashed: slash,
    };
    assert_eq!(row(&case), expected);
}

#[test]
fn row_e_a_tie_both_sides_pay_half_of_the_jurors_and_the_fee_is_divided() {
    let case = Contested::judged(3, &[Some(0), Some(3), None]);
    case.let_phase_pass(&case.at);
    assert_eq!(case.outcome(), Outcome::Tied);
    let jury = 2 * TOKEN + 3 * JOB_BOUNTY;
    let expected = Row {
        challenger: BOND - jury / 2,
        counter_bond: BOND - jury / 2,
        jurors: 2 * TOKEN,
        refund: FEE / 2,
        burned: BALLOT_LOCK,
        ..NOTHING
    };
    assert_eq!(row(&case), expected);
}

#[test]
fn row_e_without_a_counter_bond_the_challenger_bears_all_of_a_tie() {
    let case = Contested::of(3);
    case.let_phase_pass(&case.at);
    case.round(&[Some(0), Some(3), None]);
    case.let_phase_pass(&case.at);
    let jury = 2 * TOKEN + 3 * JOB_BOUNTY;
    let expected = Row { challenger: BOND - jury, jurors: 2 * TOKEN, refund: FEE / 2, burned: BALLOT_LOCK, ..NOTHING };
    assert_eq!(row(&case), expected);
}

#[test]
fn row_f_undecided_both_sides_lose_the_fixed_fee_and_the_fee_is_divided() {
    let case = Contested::answered(3);
    for _ in 0..2 {
        case.draw_jury(&case.at);
        case.let_phase_pass(&case.at);
        case.let_phase_pass(&case.at);
    }
    case.let_phase_pass(&case.at);
    assert_eq!(case.outcome(), Outcome::Undecided);
    let fixed = 10 * TOKEN;
    let expected = Row {
        challenger: BOND - fixed,
        counter_bond: BOND - fixed,
        refund: FEE / 2,
        burned: 2 * fixed - 3 * JOB_BOUNTY + (3 + 6) * BALLOT_LOCK,
        ..NOTHING
    };
    assert_eq!(row(&case), expected);
}

#[test]
fn row_f_the_few_who_voted_are_paid_out_of_the_locks_of_those_who_did_not() {
    let case = Contested::answered(5);
    let bond = case.dispute().bonds().0;
    // Two of seven, then four of fourteen: no quorum twice.
    case.round(&[Some(5), Some(0), None]);
    case.round(&[Some(5), Some(0), Some(5), Some(0), None]);
    case.let_phase_pass(&case.at);
    assert_eq!(case.outcome(), Outcome::Undecided);
    let fixed = 10 * TOKEN;
    let expected = Row {
        challenger: bond - fixed,
        counter_bond: bond - fixed,
        jurors: 6 * TOKEN,
        refund: FEE / 2,
        burned: 2 * fixed - 7 * JOB_BOUNTY + (5 + 10) * BALLOT_LOCK - 6 * TOKEN,
        ..NOTHING
    };
    assert_eq!(row(&case), expected);
}

#[test]
fn row_g_withdrawn_before_the_answer_a_tenth_burns_and_the_provider_keeps_its_fee() {
    let case = Contested::of(3);
    case.withdraw_claim(&case.at, &case.challenger, 0);
    case.advance(&case.at);
    assert_eq!(row(&case), Row { challenger: BOND / 10 * 9, burned: BOND / 10, ..NOTHING });
}

#[test]
fn row_g_withdrawn_after_the_answer_is_lost_as_if_dismissed() {
    let case = Contested::answered(3);
    case.draw_jury(&case.at);
    case.withdraw_claim(&case.at, &case.challenger, 0);
    case.advance(&case.at);
    let expected = Row { counter_bond: BOND, provider: BOND / 2, burned: BOND / 2 - 3 * JOB_BOUNTY, ..NOTHING };
    assert_eq!(row(&case), expected);
}
