//! What several challengers, delegators and both sides of an appeal get of a dispute's money, and when
//! (dispute-withdraw-2, dispute-sink-2, dispute-credit-1, dispute-epoch-1, dispute-slash-7).

use {
    crate::{
        dispute::contested::{Contested, PURSE},
        dispute::rounds::{NEXT_JURY, SECOND_FEE, WHOLE},
        *,
    },
    work_token_sdk::{
        ix::Creditor,
        math::dispute::{Outcome, Side},
        state::dispute_flags,
    },
};

/// The challenger's bond up to severity 3, and the counter-bond.
const BOND: u64 = 100 * TOKEN;
/// Three coherent jurors and the bounties of their ballots.
const JURY: u64 = 3 * (TOKEN + JOB_BOUNTY);

#[test]
fn each_claim_of_a_dispute_wins_or_loses_alone() {
    // Raised from severity 1 to 4 by the friend; found 3: all of the challenger's claim, a sixth of the
    // friend's.
    let case = Contested::of(1);
    case.raise(&case.at, &case.friend, 4);
    let answerer = case.actor("answerer", PURSE);
    case.answer(&case.at, &answerer);
    case.round(&[Some(3)]);
    case.let_phase_pass(&case.at);
    case.wind_up();
    // Of the steps' reward of 300 the first, 10 of 500 parts, is the challenger's.
    assert_eq!(case.claim_from(&case.at, &case.challenger, Creditor::Challenger(0)), BOND + BOND / 2 + 6 * TOKEN);
    let (lost, half_a_jury) = ((2 * BOND * 2_500).div_ceil(2_990), 7 * (TOKEN + JOB_BOUNTY) / 2);
    let left = 2 * BOND - lost - half_a_jury;
    assert_eq!(case.claim_from(&case.at, &case.friend, Creditor::Challenger(1)), left + 294 * TOKEN);
    // What stood against the friend's claim returns, but for the other half of the jurors, which the rest had
    // paid already.
    assert_eq!(case.claim_counter_bond(case.owner(), &answerer), 2 * BOND);
    let to_another =
        ix::claim_dispute_credit(&case.at, case.friend.address(), Creditor::Challenger(0), case.friend.tokens);
    case.refuses(to_another, &[], E::NotTheChallenger);
    assert_invariants(&case);
}

#[test]
fn a_client_whose_fee_was_paid_already_is_compensated_up_to_it_at_least() {
    let case = Contested::of(1);
    // The client approves between two disputes: its fee is paid, and the ballot stays disputable.
    case.withdraw_claim(&case.at, &case.challenger, 0);
    case.advance(&case.at);
    case.approve(&case.client, &case.seat);
    let again = case.market.dispute(&case.seat, &case.challenger, 2);
    case.let_phase_pass(&again);
    assert!(case.dispute_state(&again).has(dispute_flags::FEE_PAID));
    case.execute_all(&again);
    // A slash of 200: 40 to the challenger, 60 to the client and up to its fee of 100 out of the insurance's
    // 40.
    let paid = case.claim_from(&again, &case.client.actor, Creditor::Client);
    assert_eq!(paid, 60 * TOKEN + 20 * TOKEN);
    assert_invariants(&case);
}

#[test]
fn delegators_bear_half_of_their_part_which_pays_neither_challenger_nor_client() {
    let (market, jurors) = Market::judged(1, 12);
    let owner = &market.owners[0];
    market.holder("dora", owner, 10_000 * TOKEN);
    market.next_market_day();
    let seat = market.submitted(FIXED, FEE);
    let [challenger, friend] = ["challenger", "friend"].map(|name| market.actor(name, PURSE));
    let at = market.dispute(&seat, &challenger, 3);
    market.answer(&at, &friend);
    market.judge_round(&at, &jurors, &[Some(3)]);
    market.let_phase_pass(&at);
    let dispute = market.dispute_state(&at);
    // 5 % of 30,000: 1,000 and 500, of which half moves to the owner's side.
    assert_eq!((dispute.slash.own, dispute.slash.delegated), (1_250 * TOKEN, 250 * TOKEN));
    market.execute_all(&at);
    market.settle_ballots(&at);
    let before = market.vault(VaultKind::Insurance);
    let burned = market.burns(|| drop(market.distribute(&at)));
    assert_eq!(market.vault(VaultKind::Insurance) - before, 250 * TOKEN + 50 * TOKEN);
    // Of the owner's part 375 are the challenger's, 200 the client's, 250 insured; of the delegators' 50
    // insured.
    assert_eq!(burned, 425 * TOKEN + 200 * TOKEN + BOND / 2 - JURY);
    assert_eq!(market.claim_from(&at, &challenger, Creditor::Challenger(0)), BOND + BOND / 2 + 375 * TOKEN);
    assert_eq!(market.claim_from(&at, &market.client.actor, Creditor::Client), 2 * FEE);
    assert_invariants(&market);
}

#[test]
fn the_steps_of_an_epochs_fault_are_paid_once_its_last_dispute_has_ended() {
    let case = Contested::of(1);
    let second = case.market.dispute(&case.seat, &case.friend, 4);
    case.let_phase_pass(&case.at);
    case.advance(&second);
    case.judge_round(&second, &case.jurors, &[Some(4)]);
    case.let_phase_pass(&second);
    case.execute_all(&case.at);
    // The bond is there at once, the reward not yet.
    assert_eq!(case.claim_from(&case.at, &case.challenger, Creditor::Challenger(0)), BOND);
    case.execute_all(&second);
    case.settle_ballots(&second);
    // The first brought 20 tokens, of which 10 % are the reward of its step; the second 5,980, of which 30 %
    // are that of the three others.
    assert_eq!(case.claim_from(&case.at, &case.challenger, Creditor::Challenger(0)), 2 * TOKEN);
    let paid = case.claim_from(&second, &case.friend, Creditor::Challenger(0));
    assert_eq!(paid, 3 * BOND + 5_980 * TOKEN / 10 * 3);
    assert_eq!(case.rewards(&case.at), 0);
    assert_invariants(&case);
}

#[test]
fn a_second_claim_on_stake_that_the_first_took_becomes_debt_and_the_bond_has_advanced_the_jurors() {
    let (market, jurors) = Market::judged(1, 12);
    let seats = [market.submitted(FIXED, FEE), market.submitted(FIXED, FEE)];
    let challenger = market.actor("challenger", PURSE);
    let disputes = seats.map(|seat| market.dispute(&seat, &challenger, 5));
    market.let_phase_pass(&disputes[0]);
    market.advance(&disputes[1]);
    for at in &disputes {
        market.judge_round(at, &jurors, &[Some(5)]);
    }
    market.let_phase_pass(&disputes[0]);
    market.advance(&disputes[1]);
    assert_invariants(&market);
    for at in &disputes {
        market.execute_all(at);
        market.settle_ballots(at);
        assert_invariants(&market);
    }
    let owner = &market.owners[0];
    assert_eq!((market.stake_vault(owner), market.provider(owner).slash_debt), (0, 2 * FEE + 7 * (TOKEN + JOB_BOUNTY)));
    let paid: u64 = disputes.iter().map(|at| market.claim_from(at, &challenger, Creditor::Challenger(0))).sum();
    assert_eq!(paid, 2 * (1_000 * TOKEN - 7 * (TOKEN + JOB_BOUNTY)) + STAKE / 10 * 3);
    assert_invariants(&market);
}

#[test]
fn a_tie_after_an_appeal_pays_every_vote_and_both_rounds_are_borne_by_who_paid_for_them() {
    let case = Contested::judged(3, &[Some(3)]);
    assert_eq!(case.fund(&case.at, &case.friend, Side::Provider), WHOLE);
    case.let_phase_pass(&case.at);
    case.round(&[Some(3), Some(0), Some(3), Some(0), Some(3), Some(0), None]);
    case.let_phase_pass(&case.at);
    assert_eq!(case.outcome(), Outcome::Tied);
    case.settle_ballots(&case.at);
    assert_eq!(case.jurors.iter().map(|juror| case.juror_state(juror).credit).sum::<u64>(), 3 * TOKEN + 6 * SECOND_FEE);
    assert_eq!(case.claim_appeal(&case.at, &case.friend, Side::Provider), WHOLE - NEXT_JURY + SECOND_FEE);
    assert_eq!(case.claim_from(&case.at, &case.challenger, Creditor::Challenger(0)), BOND - JURY / 2);
    assert_eq!(case.claim_counter_bond(case.owner(), &case.friend), BOND - JURY / 2);
    assert_invariants(&case);
}

#[test]
fn an_appeal_whose_jury_has_no_quorum_twice_leaves_the_verdict_and_costs_its_bounties() {
    let case = Contested::judged(3, &[Some(3)]);
    let paid = case.fund(&case.at, &case.friend, Side::Provider);
    case.let_phase_pass(&case.at);
    case.draw_jury(&case.at);
    case.let_all_pass();
    assert_eq!((case.outcome(), case.machine().verdict), (Outcome::Upheld, 3));
    assert_eq!(case.claim_appeal(&case.at, &case.friend, Side::Provider), paid - 7 * JOB_BOUNTY);
    case.wind_up();
    assert_eq!(case.claim_from(&case.at, &case.challenger, Creditor::Challenger(0)), BOND + BOND / 2 + 300 * TOKEN);
    assert_invariants(&case);
}

#[test]
fn a_challenger_that_cannot_be_paid_stops_nothing_and_its_amount_waits() {
    let case = Contested::of(2);
    let chain = &case.scenario.chain;
    chain.set_frozen(&case.challenger.tokens, true);
    chain.set_frozen(&case.client.actor.tokens, true);
    case.let_phase_pass(&case.at);
    case.wind_up();
    case.distribute(&case.at);
    let claim =
        ix::claim_dispute_credit(&case.at, case.challenger.address(), Creditor::Challenger(0), case.challenger.tokens);
    case.refuses(claim, &[], E::TokenAccountFrozen);
    let theirs =
        ix::claim_dispute_credit(&case.at, case.challenger.address(), Creditor::Challenger(0), case.friend.tokens);
    case.refuses(theirs, &[], E::NotTheTokenOwner);
    assert_invariants(&case);
    // Any other account of the challenger will do.
    let to_another = case.purse("another account", &case.challenger, 0);
    assert_eq!(case.claim_from(&case.at, &to_another, Creditor::Challenger(0)), BOND + 40 * TOKEN);
    chain.set_frozen(&case.client.actor.tokens, false);
    assert_eq!(case.claim_from(&case.at, &case.client.actor, Creditor::Client), 60 * TOKEN);
    assert_invariants(&case);
}

#[test]
fn a_challenger_without_any_token_account_stops_nothing_either() {
    let (market, _) = Market::judged(1, 3);
    let seat = market.submitted(FIXED, FEE);
    let challenger = market.actor("challenger", BOND);
    let at = market.dispute(&seat, &challenger, 2);
    let closed = work_token_sdk::transport::RawAccount { lamports: 0, owner: Pubkey::default(), data: Vec::new() };
    market.scenario.chain.set_account(challenger.tokens, closed);
    market.let_phase_pass(&at);
    market.execute_all(&at);
    market.distribute(&at);
    let claim = ix::claim_dispute_credit(&at, challenger.address(), Creditor::Challenger(0), challenger.tokens);
    market.refuses(claim, &[], E::NotATokenAccount);
    assert_eq!(market.dispute_state(&at).parties[0].credit + market.rewards(&at), BOND + 40 * TOKEN);
    assert_invariants(&market);
}

#[test]
fn nobody_claims_twice_or_for_another_place() {
    let case = Contested::of(2);
    let claim = |who: &Actor, creditor| ix::claim_dispute_credit(&case.at, who.address(), creditor, who.tokens);
    case.refuses(claim(&case.challenger, Creditor::Challenger(0)), &[], E::DisputeOpen);
    case.let_phase_pass(&case.at);
    case.wind_up();
    case.refuses(claim(&case.friend, Creditor::Challenger(0)), &[], E::NotTheChallenger);
    case.refuses(claim(&case.friend, Creditor::Client), &[], E::WrongClient);
    for place in [1, 4, 5, 254] {
        case.refuses(claim(&case.challenger, Creditor::Challenger(place)), &[], E::NotTheChallenger);
    }
    case.claim_from(&case.at, &case.challenger, Creditor::Challenger(0));
    case.refuses(claim(&case.challenger, Creditor::Challenger(0)), &[], E::NoCredit);
    assert_invariants(&case);
}

#[test]
fn a_compensation_of_a_divided_fee_is_the_classs_part_and_the_provider_keeps_the_rest() {
    let case = Contested::judged(3, &[Some(0), Some(3), None]);
    case.let_phase_pass(&case.at);
    let client = case.balance(&case.client.actor);
    case.settle_seat(&case.seat);
    let epoch = case.epoch();
    assert_eq!(case.balance(&case.client.actor) - client, FEE / 2);
    // Of its half a twentieth burns and a twentieth is the treasury's.
    let fees = case.provider(case.owner()).record(math::Epoch(epoch)).expect("it is remembered").fees;
    assert_eq!(fees, FEE / 2 / 10 * 9);
    assert_invariants(&case);
}

#[test]
fn a_client_whose_fee_went_back_is_not_topped_up_to_it() {
    // Nobody answers a small claim: the fault stands, and the fee returns when the client has the ballot
    // ended.
    let case = Contested::of(1);
    case.let_phase_pass(&case.at);
    let before = case.balance(&case.client.actor);
    case.approve(&case.client, &case.seat);
    assert_eq!(case.balance(&case.client.actor) - before, FEE);
    let second = case.market.dispute(&case.seat, &case.challenger, 3);
    case.answer(&second, &case.friend);
    case.judge_round(&second, &case.jurors, &[Some(3)]);
    case.let_phase_pass(&second);
    let dispute = case.dispute_state(&second);
    assert_eq!(dispute.outcome(), Outcome::Upheld);
    assert!(!dispute.has(dispute_flags::FEE_PAID), "the provider never had it");
    assert_invariants(&case);
}
