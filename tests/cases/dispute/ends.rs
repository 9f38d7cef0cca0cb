//! How disputes end: accounts that close, credits that wait, insurance, counter-bonds, and what an open
//! dispute holds up.

use {
    crate::{
        dispute::slashing::{rich, silent},
        *,
    },
    work_token_sdk::{DisputeAddresses, SeatAddresses, ix::Creditor, math::dispute::Outcome},
    work_token_tests::Juror,
};

/// A result that a jury judged with `vote`, after an answer; nobody appealed.
struct Judged {
    market: Market,
    seat: SeatAddresses,
    at: DisputeAddresses,
    challenger: Actor,
    friend: Actor,
}

fn disputed(severity: u8) -> (Judged, Vec<Juror>) {
    let (market, jurors) = Market::judged(2, 12);
    let seat = market.submitted(FIXED, FEE);
    let (challenger, friend) = (rich(&market, "challenger"), rich(&market, "friend"));
    let at = market.dispute(&seat, &challenger, severity);
    market.answer(&at, &friend);
    (Judged { market, seat, at, challenger, friend }, jurors)
}

fn judged(severity: u8, vote: u8) -> Judged {
    let (case, jurors) = disputed(severity);
    case.market.judge_round(&case.at, &jurors, &[Some(vote)]);
    case.market.let_phase_pass(&case.at);
    case
}

#[test]
fn a_dispute_closes_thirty_days_after_its_end_a_fault_after_ninety_and_rents_return_to_who_paid() {
    let Judged { market, at, challenger, .. } = judged(3, 3);
    let (payer, client) = (challenger.address(), &market.client.actor);
    let close = || ix::close_dispute(&at.dispute, payer);
    let close_fault = |payer| ix::close_fault(&at.fault, payer);
    market.refuses(close(), &[], E::DisputeOpen);
    market.refuses(close_fault(payer), &[], E::DisputeOpen);
    market.wait_until(market.dispute_state(&at).slash.from_work_ts);
    market.execute_all(&at);
    let ended_ts = market.dispute_state(&at).ended_ts;
    assert_eq!(ended_ts, market.now());
    market.wait_until(ended_ts + 30 * DAY);
    market.refuses(close(), &[], E::TooEarlyToCloseDispute);
    market.settle_ballots(&at);
    market.refuses(close(), &[], E::TooEarlyToCloseDispute);
    market.distribute(&at);
    market.refuses(close(), &[], E::TooEarlyToCloseDispute);
    market.claim_from(&at, &challenger, Creditor::Challenger(0));
    market.refuses(close(), &[], E::TooEarlyToCloseDispute);
    market.claim_from(&at, client, Creditor::Client);
    market.refuses(ix::close_dispute(&at.dispute, client.address()), &[], E::WrongRentReceiver);
    let (rent, before) = (market.lamports(&at.dispute), market.lamports(&payer));
    market.send(&[close()], &[]);
    assert_eq!(market.lamports(&payer), before + rent);
    assert_invariants(&market);
    market.wait_until(ended_ts + 90 * DAY - 1);
    market.refuses(close_fault(payer), &[], E::TooEarlyToCloseDispute);
    market.pass(1);
    market.refuses(close_fault(client.address()), &[], E::WrongRentReceiver);
    let (rent, before) = (market.lamports(&at.fault), market.lamports(&payer));
    market.send(&[close_fault(payer)], &[]);
    assert_eq!(market.lamports(&payer), before + rent);
    assert!([at.dispute, at.fault].iter().all(|key| !market.exists(key)));
    assert_invariants(&market);
}

#[test]
fn a_dispute_in_which_nothing_is_owed_does_not_close_before_thirty_days() {
    let (market, _) = Market::judged(1, 12);
    let challenger = rich(&market, "challenger");
    let at = silent(&market, &market.owners[0], 3, &challenger, 2);
    market.execute_all(&at);
    market.claim_from(&at, &challenger, Creditor::Challenger(0));
    market.distribute(&at);
    let ended_ts = market.dispute_state(&at).ended_ts;
    let close = || ix::close_dispute(&at.dispute, challenger.address());
    market.wait_until(ended_ts + 30 * DAY - 1);
    market.refuses(close(), &[], E::TooEarlyToCloseDispute);
    market.pass(1);
    market.send(&[close()], &[]);
    let (network, provider) = (market.scenario.network.network, market.owners[0].at.provider);
    market.refuses(ix::close_claim(&network, provider, challenger.address()), &[], E::WrongAccountType);
    assert_invariants(&market);
}

// dispute-credit-1
#[test]
fn a_slash_goes_through_whatever_became_of_its_creditors_accounts_and_their_credits_wait() {
    let Judged { market, seat, at, challenger, friend } = judged(3, 3);
    let client = &market.client.actor;
    market.set_frozen(&challenger.tokens, true);
    let refund_account = market.job_state(&seat.job).refund_account;
    market.set_frozen(&refund_account, true);
    let worker = market.worker(&seat);
    market.wait_until(market.dispute_state(&at).slash.from_work_ts);
    market.execute_all(&at);
    market.settle_ballots(&at);
    market.distribute(&at);
    market.settle_seat(&seat);
    assert_eq!(market.seat_state(&seat).credit, FEE, "its fee waits as well");
    assert_eq!(market.provider(worker).own.tokens, STAKE / 20 * 19);
    let claim = ix::claim_dispute_credit(&at, challenger.address(), Creditor::Challenger(0), challenger.tokens);
    market.refuses(claim, &[], E::TokenAccountFrozen);
    // Only into an account of its own, but any of those.
    let to_friend = ix::claim_dispute_credit(&at, challenger.address(), Creditor::Challenger(0), friend.tokens);
    market.refuses(to_friend, &[], E::NotTheTokenOwner);
    market.refuses(
        ix::claim_dispute_credit(&at, client.address(), Creditor::Challenger(0), client.tokens),
        &[],
        E::NotTheChallenger,
    );
    market.refuses(
        ix::claim_dispute_credit(&at, challenger.address(), Creditor::Client, challenger.tokens),
        &[],
        E::WrongClient,
    );
    market.pass(100 * DAY);
    market.refuses(ix::close_dispute(&at.dispute, challenger.address()), &[], E::TooEarlyToCloseDispute);
    assert_invariants(&market);
    market.set_frozen(&challenger.tokens, false);
    market.set_frozen(&refund_account, false);
    assert!(market.claim_from(&at, &challenger, Creditor::Challenger(0)) > 0);
    assert_eq!(market.claim_from(&at, client, Creditor::Client), 2 * FEE);
    assert_invariants(&market);
}

// network-payment-1
#[test]
fn insurance_pays_what_the_admin_announced_three_days_before() {
    let (market, _) = Market::judged(1, 12);
    let challenger = rich(&market, "challenger");
    let at = silent(&market, &market.owners[0], 3, &challenger, 2);
    market.execute_all(&at);
    market.distribute(&at);
    assert_eq!(market.vault(VaultKind::Insurance), 40 * TOKEN);
    let (network, admin) = (&market.scenario.network, &market.scenario.admin);
    let victim = market.actor("victim", 0);
    let pay = |amount| ix::pay_insurance(network, admin.address(), victim.tokens, amount);
    market.refuses(ix::pay_insurance(network, victim.address(), victim.tokens, TOKEN), &[&victim], E::NotTheAdmin);
    let to_vault = ix::pay_insurance(network, admin.address(), network.vault(VaultKind::Treasury), TOKEN);
    market.refuses(to_vault, &[admin], E::VaultAsDestination);
    market.send(&[pay(30 * TOKEN)], &[admin]);
    assert_eq!(market.balance(&victim), 0, "only announced");
    market.pass(3 * DAY - 1);
    market.refuses(pay(30 * TOKEN), &[admin], E::ChangeNotDue);
    market.pass(1);
    market.send(&[pay(30 * TOKEN)], &[admin]);
    assert_eq!((market.balance(&victim), market.vault(VaultKind::Insurance)), (30 * TOKEN, 10 * TOKEN));
    // Each payment is announced for itself; another announcement replaces the last one.
    market.send(&[pay(10 * TOKEN)], &[admin]);
    market.pass(3 * DAY);
    market.send(&[pay(11 * TOKEN)], &[admin]);
    market.send(&[pay(10 * TOKEN)], &[admin]);
    market.refuses(pay(10 * TOKEN), &[admin], E::ChangeNotDue);
    market.send(&[pay(11 * TOKEN)], &[admin]);
    market.pass(3 * DAY);
    market.refuses(pay(11 * TOKEN), &[admin], E::InsufficientFunds);
    market.send(&[pay(0)], &[admin]);
    market.send(&[pay(0)], &[admin]);
    assert_eq!(market.vault(VaultKind::Insurance), 10 * TOKEN);
    assert_invariants(&market);
}

// dispute-answer-1
#[test]
fn a_counter_bond_returns_once_no_answered_dispute_of_the_provider_is_open() {
    let (case, jurors) = disputed(3);
    let Judged { market, seat, at, challenger, friend } = &case;
    let owner = market.worker(seat);
    let bond = market.provider(owner).counter.bond;
    assert_eq!(bond, market.dispute_state(at).bonds().0);
    let claim =
        |who: &Actor| ix::claim_counter_bond(&market.scenario.network, owner.at.provider, who.address(), who.tokens);
    market.refuses(claim(friend), &[friend], E::CounterBondHeld);
    market.judge_round(at, &jurors, &[Some(0)]);
    // A claim that nobody has answered holds nothing of it.
    market.dispute_conduct(owner, 3, challenger, 1);
    market.let_phase_pass(at);
    assert_eq!(market.dispute_state(at).outcome(), Outcome::Dismissed);
    market.refuses(claim(challenger), &[challenger], E::NotTheBonder);
    assert_eq!(market.claim_counter_bond(owner, friend), bond);
    assert_eq!(market.provider(owner).counter.bonder, Pubkey::default());
    assert_invariants(market);
}

// dispute-layer-3
#[test]
fn credits_wait_for_the_decision_and_until_the_own_stake_has_paid_the_jurors_even_after_a_veto() {
    let (market, jurors) = Market::judged(2, 12);
    let seat = market.submitted(FIXED, FEE);
    let challenger = rich(&market, "challenger");
    let at = market.dispute(&seat, &challenger, 3);
    let claim = || ix::claim_dispute_credit(&at, challenger.address(), Creditor::Challenger(0), challenger.tokens);
    market.refuses(claim(), &[], E::DisputeOpen);
    market.refuses(
        ix::claim_dispute_credit(&at, market.client.actor.address(), Creditor::Client, market.client.actor.tokens),
        &[],
        E::NoCredit,
    );
    // Nobody answers: there is no counter-bond, so the own stake pays the jurors on top.
    market.let_phase_pass(&at);
    market.judge_round(&at, &jurors, &[Some(3)]);
    market.let_phase_pass(&at);
    let jurors = market.dispute_state(&at).own_jury_due;
    assert!(jurors >= 3 * TOKEN);
    assert_eq!(market.dispute_state(&at).slash.own, STAKE / 20 + jurors);
    market.refuses(claim(), &[], E::DisputeOpen);
    let admin = &market.scenario.admin;
    market.send(&[ix::veto_slash(&at, admin.address(), 0)], &[admin]);
    assert_eq!(market.dispute_state(&at).slash.own, jurors, "a veto leaves the jurors' pay");
    market.refuses(claim(), &[], E::DisputeOpen);
    market.wait_until(market.dispute_state(&at).slash.from_work_ts);
    market.execute_all(&at);
    market.settle_ballots(&at);
    let bond = market.dispute_state(&at).bonds().0;
    assert_eq!(market.claim_from(&at, &challenger, Creditor::Challenger(0)), bond);
    assert_eq!(market.provider(market.worker(&seat)).own.tokens, STAKE - jurors);
    assert_invariants(&market);
}

// job-settle-2
#[test]
fn approval_pays_at_once_and_the_fault_stays_disputable_without_a_refund() {
    let (market, _) = Market::judged(2, 12);
    let seat = market.submitted(FIXED, FEE);
    market.approve(&market.client, &seat);
    assert_eq!(market.seat_state(&seat).state(), SeatState::Settled);
    let (before, challenger) = (market.balance(&market.client.actor), rich(&market, "challenger"));
    let at = market.dispute(&seat, &challenger, 2);
    market.let_phase_pass(&at);
    market.execute_all(&at);
    assert_eq!(market.provider(market.worker(&seat)).own.tokens, STAKE / 100 * 99);
    assert_eq!(market.balance(&market.client.actor), before, "the fee was paid and stays paid");
    // 30 % of 200 tokens, and insurance adds what is missing to the fee.
    assert_eq!(market.claim_from(&at, &market.client.actor, Creditor::Client), 80 * TOKEN);
    market.refuses(market.settle_seat_ix(&seat), &[], E::NotSubmitted);
    assert_invariants(&market);
}

// job-settle-2
#[test]
fn an_approved_result_is_out_of_dispute_with_the_end_of_its_window() {
    let (market, _) = Market::judged(2, 12);
    let seat = market.submitted(FIXED, FEE);
    let until_ts = market.seat_state(&seat).challenge_until_work_ts;
    market.approve(&market.client, &seat);
    let challenger = rich(&market, "challenger");
    market.wait_for_work_ts(until_ts);
    let at = market.scenario.next_dispute(&seat);
    let late = market.dispute_ixs(&at, Some(seat.job.job), &challenger, 2, 100 * TOKEN);
    market.refuses_all(&late, &[&challenger], E::ChallengeHasPassed);
    assert_invariants(&market);
}

#[test]
fn a_fee_waits_while_its_seat_is_disputed_and_is_the_providers_when_it_is_dismissed() {
    let (case, jurors) = disputed(3);
    let Judged { market, seat, at, .. } = &case;
    let owner = market.worker(seat);
    market.refuses(market.approve_ix(seat), &[&market.client.actor], E::SeatDisputed);
    market.judge_round(at, &jurors, &[Some(0)]);
    market.wait_for_work_ts(market.seat_state(seat).settles_at_work_ts());
    market.refuses(market.settle_seat_ix(seat), &[], E::SeatDisputed);
    market.advance(at);
    let before = market.balance(&market.client.actor);
    market.settle_seat(seat);
    assert_eq!(market.balance(&market.client.actor), before);
    assert_eq!(market.provider(owner).open_seats, 0);
    assert_invariants(market);
}

#[test]
fn a_fee_returns_to_the_client_when_a_fault_was_found() {
    let Judged { market, seat, at, .. } = judged(3, 3);
    let before = market.balance(&market.client.actor);
    market.settle_seat(&seat);
    assert_eq!(market.balance(&market.client.actor), before + FEE);
    assert_eq!(market.dispute_state(&at).outcome(), Outcome::Upheld);
    assert_invariants(&market);
}

// provider-reward-5
#[test]
fn a_provider_with_an_open_dispute_a_debt_or_a_counter_bond_does_not_close() {
    let (market, _) = Market::judged(2, 0);
    let owner = &market.owners[0];
    let challenger = rich(&market, "challenger");
    market.retire(owner);
    let own = market.request_all(owner);
    market.pass(35 * DAY);
    market.withdraw(owner, own);
    market.close(owner);
    market.go_to_epoch(market.provider(owner).retired_epoch + 89);
    market.touch(owner);
    // A false claim about an epoch that the provider remembers.
    let at = market.dispute_conduct(owner, market.epoch(), &challenger, 1);
    market.next_epoch();
    market.refuses(ix::close_provider(&owner.at), &[], E::ProviderNotEmpty);
    market.withdraw_claim(&at, &challenger, 0);
    market.refuses(ix::close_provider(&owner.at), &[], E::ProviderNotEmpty);
    market.advance(&at);
    if market.provider(owner).open_claims() > 0 {
        market.advance(&at);
    }
    let clean = market.provider(owner);
    let edits: [fn(&mut work_token_sdk::state::Provider); 3] = [
        |provider| provider.disputes.open = 1,
        |provider| provider.slash_debt = 1,
        |provider| provider.counter.bond = 1,
    ];
    for edit in edits {
        market.edit_provider(owner, edit);
        market.refuses(ix::close_provider(&owner.at), &[], E::ProviderNotEmpty);
        market.scenario.write(&owner.at.provider, &clean);
    }
    market.send(&[ix::close_provider(&owner.at)], &[]);
    // What the dispute owes is claimed all the same.
    assert_eq!(market.claim_from(&at, &challenger, Creditor::Challenger(0)), 90 * TOKEN);
    assert_invariants(&market);
}
