//! Slashes that disputes end in: their size, their installments, the network's limit, and where they go.

use {
    crate::*,
    work_token_sdk::{DisputeAddresses, ix::Creditor, limits::COMPENSATION_BPS},
    work_token_tests::Juror,
};

/// Somebody with enough for every bond.
pub fn rich(market: &Market, name: &str) -> Actor {
    market.actor(name, 1_000_000 * TOKEN)
}

/// A dispute about a provider's conduct in an epoch that nobody answers: decided as claimed, when it is of
/// severity 1 or 2.
pub fn silent(market: &Market, owner: &Owner, epoch: u32, challenger: &Actor, severity: u8) -> DisputeAddresses {
    market.touch(owner);
    let at = market.dispute_conduct(owner, epoch, challenger, severity);
    market.let_phase_pass(&at);
    at
}

/// The same, but a friend answers and a jury upholds it; it can still be appealed.
pub fn found(
    market: &Market,
    jurors: &[Juror],
    owner: &Owner,
    epoch: u32,
    [challenger, friend]: [&Actor; 2],
    severity: u8,
) -> DisputeAddresses {
    market.touch(owner);
    let at = market.dispute_conduct(owner, epoch, challenger, severity);
    market.answer(&at, friend);
    market.judge_round(&at, jurors, &[Some(severity)]);
    at
}

/// The same, and nobody appeals.
pub fn convicted(
    market: &Market,
    jurors: &[Juror],
    owner: &Owner,
    epoch: u32,
    parties: [&Actor; 2],
    severity: u8,
) -> DisputeAddresses {
    let at = found(market, jurors, owner, epoch, parties, severity);
    market.let_phase_pass(&at);
    at
}

/// A conviction of severity 3 of the first of two providers: 1,000 tokens of its own stake.
fn thousand() -> (Market, DisputeAddresses) {
    let (market, jurors) = Market::judged(2, 12);
    let (challenger, friend) = (rich(&market, "challenger"), rich(&market, "friend"));
    let at = convicted(&market, &jurors, &market.owners[0], 3, [&challenger, &friend], 3);
    let decided = market.dispute_state(&at);
    assert_eq!((decided.slash.own, decided.slash.delegated, decided.installments), (1_000 * TOKEN, 0, 4));
    (market, at)
}

// dispute-execute-2
#[test]
fn a_fault_of_severity_three_is_slashed_in_four_installments_one_an_epoch_each_one_movement() {
    let (market, at) = thousand();
    let (owner, from) = (&market.owners[0], market.dispute_state(&at).slash.from_work_ts);
    market.wait_until(from - 1);
    market.refuses(market.execute_ix(&at), &[], E::NothingDue);
    for number in 0..4 {
        market.wait_until(from + number * DAY - 1);
        market.refuses(market.execute_ix(&at), &[], E::NothingDue);
        market.pass(1);
        let books = || (market.provider(owner).own.tokens, market.stake_vault(owner), market.escrow());
        let (tokens, vault, escrow) = books();
        let outcome = market.execute(&at);
        assert_eq!(books(), (tokens - 250 * TOKEN, vault - 250 * TOKEN, escrow + 250 * TOKEN));
        let token_calls = outcome.logs.iter().filter(|line| line.contains("invoke [2]")).count();
        assert_eq!(token_calls, 1, "one movement of tokens");
        assert_eq!(market.provider(owner).own.shares, STAKE, "no share changes hands");
    }
    market.pass(DAY);
    market.refuses(market.execute_ix(&at), &[], E::NothingDue);
    market.advance(&at);
    assert_eq!(market.provider(owner).open_claims(), 0);
    assert_invariants(&market);
}

// dispute-execute-1
#[test]
fn the_graver_a_fault_the_longer_its_slash_is_deferred_and_spread() {
    for (severity, deferral, parts) in [(2, 2, 2), (3, 2, 4), (4, 2, 4), (5, 3, 4)] {
        let (market, jurors) = Market::judged(1, 12);
        let owner = &market.owners[0];
        let (challenger, friend) = (rich(&market, "challenger"), rich(&market, "friend"));
        let at = convicted(&market, &jurors, owner, market.epoch(), [&challenger, &friend], severity);
        let decided = market.dispute_state(&at);
        let from = decided.machine.until_work_ts + deferral * DAY;
        assert_eq!((decided.slash.from_work_ts, decided.installments), (from, parts), "severity {severity}");
        market.wait_until(from + (i64::from(parts) - 1) * DAY - 1);
        market.execute(&at);
        let before_the_last = market.dispute_state(&at).is_executed();
        market.pass(1);
        market.execute(&at);
        assert_eq!((before_the_last, market.dispute_state(&at).is_executed()), (false, true), "severity {severity}");
        assert_invariants(&market);
    }
}

#[test]
fn installments_that_were_missed_come_with_the_next_call() {
    let (market, at) = thousand();
    let owner = &market.owners[0];
    market.wait_until(market.dispute_state(&at).slash.from_work_ts + 2 * DAY);
    market.execute(&at);
    assert_eq!(market.dispute_state(&at).slash.own_executed, 750 * TOKEN);
    market.pass(20 * DAY);
    market.execute(&at);
    assert_eq!(
        (market.provider(owner).own.tokens, market.dispute_state(&at).slash.own_executed),
        (STAKE - 1_000 * TOKEN, 1_000 * TOKEN)
    );
    market.advance(&at);
    assert_invariants(&market);
}

// dispute-execute-3
#[test]
fn what_exceeds_the_networks_limit_follows_as_it_refills_with_nobodys_leave() {
    let (market, jurors) = Market::judged(2, 12);
    market.finalize(2, &market.all());
    let (challenger, friend) = (rich(&market, "challenger"), rich(&market, "friend"));
    let owner = &market.owners[0];
    let at = convicted(&market, &jurors, owner, 3, [&challenger, &friend], 4);
    // A twentieth of 40,000 tokens may be slashed at once.
    assert_eq!(market.dispute_state(&at).slash.own, STAKE / 10 * 3);
    // All four installments have come by then.
    market.wait_until(market.dispute_state(&at).slash.from_work_ts + 3 * DAY);
    let took = || {
        let before = market.provider(owner).own.tokens;
        market.execute(&at);
        before - market.provider(owner).own.tokens
    };
    assert_eq!(took(), 2_000 * TOKEN);
    market.refuses(market.execute_ix(&at), &[], E::SlashLimitReached);
    market.pass(7 * DAY / 2);
    assert_eq!(took(), 1_000 * TOKEN);
    assert_eq!(market.provider(owner).open_claims(), 1, "its claim is held meanwhile");
    market.pass(30 * DAY);
    assert_eq!(took(), 2_000 * TOKEN, "it refills to the limit, not beyond");
    assert_invariants(&market);
    market.pass(7 * DAY);
    assert_eq!(took(), 1_000 * TOKEN);
    market.refuses(market.execute_ix(&at), &[], E::NothingDue);
    market.advance(&at);
    assert_invariants(&market);
}

// dispute-execute-1
#[test]
fn the_admin_cancels_a_slash_before_its_first_installment() {
    let (market, at) = thousand();
    let admin = &market.scenario.admin;
    let veto = |keep_bps| ix::veto_slash(&at, admin.address(), keep_bps);
    let stranger = market.actor("stranger", 0);
    market.refuses(ix::veto_slash(&at, stranger.address(), 0), &[&stranger], E::NotTheAdmin);
    market.send(&[veto(0)], &[admin]);
    assert_eq!(market.dispute_state(&at).slash.own, 0);
    market.wait_until(market.dispute_state(&at).slash.from_work_ts);
    market.refuses(market.execute_ix(&at), &[], E::NothingDue);
    market.advance(&at);
    market.refuses(veto(0), &[admin], E::NotDeferred);
    let provider = market.provider(&market.owners[0]);
    assert_eq!((provider.own.tokens, provider.open_claims()), (STAKE, 0));
    assert_eq!(provider.state, ProviderState::Jailed as u8, "the conviction stays");
    assert_invariants(&market);
}

// dispute-execute-1
#[test]
fn a_veto_reduces_never_raises_and_never_comes_after_the_deferral() {
    let (market, at) = thousand();
    let admin = &market.scenario.admin;
    let veto = |keep_bps| ix::veto_slash(&at, admin.address(), keep_bps);
    for up in [10_000, 10_001, u16::MAX] {
        market.refuses(veto(up), &[admin], E::VetoNeverRaises);
    }
    market.send(&[veto(5_000)], &[admin]);
    assert_eq!(market.dispute_state(&at).slash.own, 500 * TOKEN);
    market.send(&[veto(9_999)], &[admin]);
    assert_eq!(market.dispute_state(&at).slash.own, 499_950_000, "of what the first left");
    market.wait_until(market.dispute_state(&at).slash.from_work_ts);
    market.refuses(veto(0), &[admin], E::NotDeferred);
    market.execute_all(&at);
    assert_eq!(market.provider(&market.owners[0]).own.tokens, STAKE - 499_950_000);
    assert_invariants(&market);
}

// dispute-execute-1
#[test]
fn there_is_nothing_to_veto_before_the_verdict() {
    let (market, _) = Market::judged(2, 12);
    let (challenger, admin) = (rich(&market, "challenger"), &market.scenario.admin);
    market.touch(&market.owners[0]);
    let at = market.dispute_conduct(&market.owners[0], 3, &challenger, 2);
    market.refuses(ix::veto_slash(&at, admin.address(), 0), &[admin], E::NotDeferred);
    market.refuses(market.execute_ix(&at), &[], E::NothingDue);
    assert_invariants(&market);
}

/// Two results of one provider from one epoch, with fees of 90 tokens.
fn two_results() -> (Market, [DisputeAddresses; 2]) {
    let (market, _) = Market::judged(1, 12);
    let challenger = rich(&market, "challenger");
    let seats = [(); 2].map(|()| market.submitted(FIXED, 90 * TOKEN));
    let disputes = [2, 1].map(|severity| market.dispute(&seats[2 - usize::from(severity)], &challenger, severity));
    (market, disputes)
}

// dispute-epoch-2
#[test]
fn the_faults_of_one_epoch_cost_the_largest_not_the_sum_and_each_further_one_twice_its_fee() {
    let (market, [first, second]) = two_results();
    market.let_phase_pass(&first);
    assert_eq!(market.dispute_state(&first).slash.own, STAKE / 100);
    market.let_phase_pass(&second);
    let decided = market.dispute_state(&second);
    assert_eq!((decided.slash.own, decided.slash.delegated), (180 * TOKEN, 0));
    let fault = market.fault_state(&second);
    assert_eq!((fault.upheld, fault.severity, fault.own_applied), (2, 2, STAKE / 100));
    market.execute_all(&first);
    market.execute_all(&second);
    assert_eq!(market.provider(&market.owners[0]).own.tokens, STAKE - STAKE / 100 - 180 * TOKEN);
    assert_eq!(market.dispute_state(&second).client_credit, 54 * TOKEN, "to the sinks of its severity");
    assert_invariants(&market);
}

// dispute-slash-1
#[test]
fn a_fault_after_a_verdict_costs_double_and_never_more_than_the_severitys_most() {
    let (market, _) = Market::judged(1, 12);
    let (owner, challenger) = (&market.owners[0], rich(&market, "challenger"));
    for slash in [200, 400, 800, 1_000] {
        let at = silent(&market, owner, market.epoch(), &challenger, 2);
        assert_eq!(market.dispute_state(&at).slash.own, slash * TOKEN, "at most 5 %");
        market.next_epoch();
    }
    // A fault that is more severe than all before is the first of its kind.
    let now = math::Epoch(market.epoch());
    let repeats = |severity| market.provider(owner).repeats(severity, now, now);
    assert_eq!((repeats(3), repeats(2), repeats(1)), (0, 4, 4));
    assert_invariants(&market);
}

// dispute-slash-5
#[test]
fn faults_of_several_providers_in_one_week_make_each_other_cost_more() {
    let (market, jurors) = Market::judged(10, 12);
    market.finalize(2, &market.all());
    let parties = [rich(&market, "challenger"), rich(&market, "friend")];
    let all = [0, 1, 2].map(|i| found(&market, &jurors, &market.owners[i], 3, [&parties[0], &parties[1]], 3));
    for at in &all {
        market.let_phase_pass(at);
    }
    // Alone 5 %; (3 x 20,000 / 200,000)^2 is 9 %; with twice as much 36 %, of which the severity allows 15.
    let slashes = all.map(|at| market.dispute_state(&at).slash.own);
    assert_eq!(slashes, [5, 9, 15].map(|percent| STAKE / 100 * percent));
    assert_invariants(&market);
}

// dispute-sink-1
#[test]
fn every_installment_is_shared_out_to_the_base_unit_and_a_fifth_of_each_side_burns() {
    let (market, jurors) = Market::judged(1, 12);
    let owner = &market.owners[0];
    market.holder("dora", owner, 10_000 * TOKEN + 7_777_777);
    market.next_market_day();
    let seat = market.submitted(FIXED, FEE);
    let (challenger, friend) = (rich(&market, "challenger"), rich(&market, "friend"));
    let at = market.dispute(&seat, &challenger, 3);
    market.answer(&at, &friend);
    market.judge_round(&at, &jurors, &[Some(3)]);
    market.let_phase_pass(&at);
    let decided = market.dispute_state(&at);
    // 5 % of all; of the delegators' part half is shifted to the own side.
    let stake = STAKE + 10_000 * TOKEN + 7_777_777;
    let all = stake.div_ceil(20);
    let own = u64::try_from((u128::from(all) * u128::from(STAKE)).div_ceil(u128::from(stake))).unwrap();
    let shifted = (all - own) / 2;
    assert_eq!((decided.slash.own, decided.slash.delegated), (own + shifted, all - own - shifted));
    let of_bonds = decided.burn_due;
    let (mut reward, mut client, mut insurance, mut burned) = (0, 0, 0, 0);
    let pools = || (market.provider(owner).own.tokens, market.provider(owner).delegated.tokens);
    market.wait_until(decided.slash.from_work_ts);
    for _ in 0..4 {
        let before = pools();
        market.execute(&at);
        let (own, delegated) = (before.0 - pools().0, before.1 - pools().1);
        let compensation = (own * u64::from(COMPENSATION_BPS) / 10_000).min(2 * FEE - client);
        reward += own * 3_000 / 10_000;
        client += compensation;
        insurance += own / 5 + delegated / 5;
        burned += own + delegated - own * 3_000 / 10_000 - compensation - own / 5 - delegated / 5;
        let now = market.dispute_state(&at);
        assert_eq!(
            (now.reward_due, now.client_credit, now.insurance_due, now.burn_due),
            (reward, client, insurance, of_bonds + burned)
        );
        market.pass(DAY);
    }
    assert_eq!(client, 2 * FEE, "the client never gets more than twice its fee");
    assert!(
        reward + client <= decided.slash.own * 6 / 10
            && burned >= (decided.slash.own + decided.slash.delegated).div_ceil(5)
    );
    market.advance(&at);
    market.settle_ballots(&at);
    assert_eq!(market.burns(|| drop(market.distribute(&at))), of_bonds + burned);
    assert_eq!(market.vault(VaultKind::Insurance), insurance);
    assert_eq!(market.claim_from(&at, &market.client.actor, Creditor::Client), client);
    assert_eq!(market.claim_from(&at, &challenger, Creditor::Challenger(0)), decided.parties[0].credit + reward);
    assert_invariants(&market);
}

// dispute-sink-2
#[test]
fn a_client_whose_fee_was_paid_is_topped_up_from_insurances_part_within_the_bound() {
    let (market, _) = Market::judged(1, 12);
    let seat = market.submitted(FIXED, FEE);
    market.approve(&market.client, &seat);
    let challenger = rich(&market, "challenger");
    let at = market.dispute(&seat, &challenger, 1);
    market.let_phase_pass(&at);
    market.wait_until(market.dispute_state(&at).slash.from_work_ts);
    market.execute(&at);
    let executed = market.dispute_state(&at);
    // Of 20 tokens 2 are the challenger's, 6 the client's and 4 the insurance's; those 4 go to the client,
    // and 60 % is reached.
    assert_eq!(executed.slash.own_executed, 20 * TOKEN);
    assert_eq!(
        (executed.reward_due, executed.client_credit, executed.insurance_due, executed.burn_due),
        (2 * TOKEN, 10 * TOKEN, 0, 8 * TOKEN)
    );
    market.advance(&at);
    assert_invariants(&market);
}

// dispute-sink-3
#[test]
fn the_reward_of_one_epochs_faults_is_theirs_who_committed_first_once_the_last_ends() {
    let (market, _) = Market::judged(1, 12);
    let owner = &market.owners[0];
    let (ada, bob) = (rich(&market, "ada"), rich(&market, "bob"));
    market.touch(owner);
    let first = market.dispute_conduct(owner, 3, &ada, 2);
    market.pass(1);
    let second = market.dispute_conduct(owner, 3, &bob, 2);
    market.let_phase_pass(&first);
    market.let_phase_pass(&second);
    assert_eq!([&first, &second].map(|at| market.dispute_state(at).slash.own), [STAKE / 100, 0]);
    let bond = market.dispute_state(&first).bonds().0;
    assert_eq!(market.claim_from(&second, &bob, Creditor::Challenger(0)), bond);
    let again = ix::claim_dispute_credit(&second, bob.address(), Creditor::Challenger(0), bob.tokens);
    market.refuses(again, &[], E::NoCredit);
    market.execute_all(&first);
    assert_eq!(market.claim_from(&first, &ada, Creditor::Challenger(0)), bond + 40 * TOKEN);
    // It brought nothing into the fault; that it draws nothing of it is told once.
    assert_eq!(market.claim_from(&second, &bob, Creditor::Challenger(0)), 0);
    let again = ix::claim_dispute_credit(&second, bob.address(), Creditor::Challenger(0), bob.tokens);
    market.refuses(again, &[], E::NoCredit);
    assert_invariants(&market);
}
