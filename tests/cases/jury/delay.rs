//! Delay costs what it is worth: from the second round on jurors are paid by the claim that holds stake
//! (jury-pay-2).
//!
//! Kind: a price that does not grow with what it buys. Looked for at every step that puts a slash off: the
//! appeals of the second and third round, an appeal against a proof (`dispute::proofs`), a jury without a
//! quorum (it costs its absent jurors), the answer (a bond), a veto (the admin's); and at who pays when a
//! juror binds less than a whole ballot.

use {
    crate::{
        dispute::contested::{Contested, PURSE},
        dispute::rounds::{CLAIMED, NEXT_JURY, SECOND_FEE, WHOLE},
        *,
    },
    work_token_sdk::{DisputeAddresses, ix::Creditor, math::dispute::Side},
    work_token_tests::{Juror, LOCK},
};

/// A jury's part of the claim, at least: 0.6 %.
fn of_claim(claimed: u64) -> u64 {
    claimed / 1_000 * 6
}

#[test]
fn an_appeal_costs_at_least_six_thousandths_of_the_claim_for_its_jury() {
    let case = Contested::judged(3, &[Some(3)]);
    let dispute = case.dispute();
    assert_eq!((dispute.stake.own_claimed, dispute.stake.delegated_claimed), (CLAIMED, 0));
    assert!(7 * SECOND_FEE >= of_claim(CLAIMED) && 7 * (SECOND_FEE - 1) < CLAIMED * 6 / 1_000 + 1);
    assert_eq!(case.fund(&case.at, &case.friend, Side::Provider), WHOLE, "twice what the jury costs");
    case.let_phase_pass(&case.at);
    case.round(&[Some(3)]);
    // The third round's fifteen share as much.
    let third_fee = (CLAIMED * 6).div_ceil(15_000);
    assert_eq!(case.fund(&case.at, &case.friend, Side::Provider), 2 * 15 * (third_fee + JOB_BOUNTY));
    case.let_phase_pass(&case.at);
    case.round(&[Some(3)]);
    case.let_all_pass();
    case.wind_up();
    // Held alone, both at their cost.
    let cost = NEXT_JURY + 15 * (third_fee + JOB_BOUNTY);
    let paid = WHOLE + 2 * 15 * (third_fee + JOB_BOUNTY);
    assert_eq!(case.claim_appeal(&case.at, &case.friend, Side::Provider), paid - cost);
    assert!(cost >= 2 * of_claim(CLAIMED));
    let pay: u64 = case.jurors.iter().map(|juror| case.juror_state(juror).credit).sum();
    assert_eq!(pay, 3 * TOKEN + 7 * SECOND_FEE + 15 * third_fee);
    assert_invariants(&case);
}

#[test]
fn a_small_claim_pays_its_jurors_the_networks_fee() {
    let case = Contested::judged(1, &[Some(1)]);
    // 0.6 % of some four hundred tokens, for seven.
    assert_eq!(case.fund(&case.at, &case.friend, Side::Provider), 2 * 7 * (TOKEN + JOB_BOUNTY));
    assert_invariants(&case);
}

#[test]
fn a_clients_claim_that_holds_no_stake_is_appealed_at_the_networks_fee() {
    let (market, jurors) = Market::judged(1, 12);
    let seat = market.submitted(FIXED, FEE);
    let (client, friend) = (&market.client.actor, market.actor("friend", PURSE));
    let at = market.scenario.next_dispute(&seat);
    let input = ix::OpenDispute { without_claim: true, ..market.open_input(Some(seat.job.job), client, 3) };
    let commit = market.commit_ix(&market.sealed(&at, client, 3), client, 100 * TOKEN);
    market.send(&[commit, ix::open_dispute(&at, &input)], &[client]);
    market.answer(&at, &friend);
    market.judge_round(&at, &jurors, &[Some(0)]);
    // The client wants more; that it can afford to was why its claim was left out.
    assert_eq!(market.fund(&at, client, Side::Challenger), 2 * 7 * (TOKEN + JOB_BOUNTY));
    assert_invariants(&market);
}

/// A dispute of severity 3 about a provider of a million tokens, appealed once, and its jurors.
fn rich_and_appealed() -> (Market, Vec<Juror>, DisputeAddresses, Actor, u64) {
    let (market, jurors) = Market::judged(1, 12);
    let owner = &market.owners[0];
    market.stake_self(owner, 1_000_000 * TOKEN - STAKE);
    market.next_epoch();
    market.touch(owner);
    let [challenger, friend] = ["challenger", "friend"].map(|name| market.actor(name, PURSE));
    let at = market.dispute_conduct(owner, market.epoch(), &challenger, 3);
    market.answer(&at, &friend);
    market.judge_round(&at, &jurors, &[Some(3)]);
    let claimed = market.dispute_state(&at).stake.own_claimed;
    assert!(claimed >= 150_000 * TOKEN);
    let paid = market.fund(&at, &friend, Side::Provider);
    (market, jurors, at, friend, paid)
}

#[test]
fn a_juror_that_binds_less_than_a_ballot_is_paid_in_proportion_and_the_rest_burns() {
    let (market, jurors, at, friend, paid) = rich_and_appealed();
    let claimed = market.dispute_state(&at).stake.own_claimed;
    let fee = (claimed * 6).div_ceil(7_000);
    assert_eq!(paid, 2 * 7 * (fee + JOB_BOUNTY));
    market.let_phase_pass(&at);
    market.judge_round(&at, &jurors, &[Some(3)]);
    // A whole ballot would bind twenty fees, and nobody has as much.
    assert!(20 * fee > LOCK);
    let bound: Vec<u64> =
        market.scenario.ballots(&at).into_iter().filter(|(_, b)| b.jury == 1).map(|(_, b)| b.lock).collect();
    assert!(!bound.is_empty() && bound.iter().all(|lock| *lock > 0 && *lock <= LOCK));
    let earned: u64 = bound
        .iter()
        .map(|lock| u64::try_from(u128::from(fee) * u128::from(*lock) / u128::from(20 * fee)).unwrap())
        .sum();
    market.let_phase_pass(&at);
    let before = market.dispute_state(&at).burn_due;
    let credit = || jurors.iter().map(|juror| market.juror_state(juror).credit).sum::<u64>();
    market.settle_ballots(&at);
    assert_eq!(credit(), 3 * TOKEN + earned);
    let seats = u64::try_from(bound.len()).unwrap();
    assert_eq!(
        market.dispute_state(&at).burn_due - before,
        seats * fee - earned,
        "who bears the appeal bears all of it"
    );
    let cost = seats * fee + market.dispute_state(&at).bounties[1];
    assert_eq!(market.claim_appeal(&at, &friend, Side::Provider), paid - cost);
    assert_invariants(&market);
}

#[test]
fn a_slash_of_a_large_stake_is_not_put_off_for_some_fifty_tokens() {
    let (market, .., paid) = rich_and_appealed();
    // 0.6 % of 150,000 tokens and more; it was 14.
    assert!(paid / 2 >= 900 * TOKEN, "{paid}");
    assert_invariants(&market);
}

#[test]
fn a_first_jury_costs_the_networks_fee_whatever_is_claimed() {
    let case = Contested::judged(5, &[Some(5)]);
    case.let_phase_pass(&case.at);
    case.wind_up();
    let pay: u64 = case.jurors.iter().map(|juror| case.juror_state(juror).credit).sum();
    assert_eq!(pay, 7 * TOKEN);
    assert!(case.claim_from(&case.at, &case.challenger, Creditor::Challenger(0)) > 0);
    assert_invariants(&case);
}
