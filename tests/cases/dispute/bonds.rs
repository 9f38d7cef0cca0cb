//! The challenger's bond, and the counter-bond that covers all disputes of a provider (dispute-answer-1,
//! dispute-bond-2).

use {
    crate::{dispute::contested::PURSE, *},
    work_token_sdk::{Instruction, SeatAddresses},
};

/// The smallest bond, and the one of severities up to 3.
const BOND: u64 = 100 * TOKEN;

fn two_seats() -> (Market, [SeatAddresses; 2], [Actor; 3]) {
    let (market, _) = Market::judged(1, 12);
    let seats = [market.submitted(FIXED, FEE), market.submitted(FIXED, FEE)];
    let people = ["challenger", "friend", "another"].map(|name| market.actor(name, PURSE));
    (market, seats, people)
}

/// The instructions with which somebody disputes a seat and leaves the claim out of its bond.
fn without_claim(market: &Market, seat: &SeatAddresses, who: &Actor, severity: u8, bond: u64) -> [Instruction; 2] {
    let at = market.scenario.next_dispute(seat);
    let input = ix::OpenDispute { without_claim: true, ..market.open_input(Some(seat.job.job), who, severity) };
    [market.commit_ix(&market.sealed(&at, who, severity), who, bond), ix::open_dispute(&at, &input)]
}

#[test]
fn one_counter_bond_of_the_largest_claim_covers_all_disputes_and_returns() {
    let (market, seats, [challenger, friend, another]) = two_seats();
    let first = market.dispute(&seats[0], &challenger, 3);
    let second = market.dispute(&seats[1], &challenger, 3);
    let owner = &market.owners[0];
    market.refuses(market.answer_ix(&first, &friend, 0), &[&friend], E::BondBelowRequired);
    market.refuses(market.answer_ix(&first, &friend, BOND - 1), &[&friend], E::BondBelowRequired);
    market.send(&[market.answer_ix(&first, &friend, BOND)], &[&friend]);
    market.refuses(market.answer_ix(&first, &friend, BOND), &[&friend], E::AlreadyAnswered);
    market.refuses(market.answer_ix(&second, &another, 0), &[&another], E::NotTheBonder);
    market.send(&[market.answer_ix(&second, &friend, 0)], &[&friend]);
    let state = market.provider(owner);
    assert_eq!((state.counter.bond, state.counter.bonder, state.disputes.open), (BOND, friend.address(), 2));
    let claim =
        |who: &Actor| ix::claim_counter_bond(&market.scenario.network, owner.at.provider, who.address(), who.tokens);
    market.refuses(claim(&friend), &[&friend], E::CounterBondHeld);
    market.withdraw_claim(&first, &challenger, 0);
    market.advance(&first);
    market.refuses(claim(&friend), &[&friend], E::CounterBondHeld);
    market.withdraw_claim(&second, &challenger, 0);
    market.advance(&second);
    market.refuses(claim(&another), &[&another], E::NotTheBonder);
    assert_eq!(market.claim_counter_bond(owner, &friend), BOND);
    assert_eq!(market.balance(&friend), PURSE);
    assert_invariants(&market);
}

#[test]
fn the_counter_bond_is_replaced_by_a_larger_one_of_another_and_returns_to_the_former() {
    let (market, seats, [challenger, friend, another]) = two_seats();
    let first = market.dispute(&seats[0], &challenger, 3);
    market.answer(&first, &friend);
    let second = market.dispute(&seats[1], &challenger, 4);
    let replace = |bond, refund_to| -> Instruction {
        let input = ix::AnswerDispute { answerer: another.address(), from: another.tokens, bond, refund_to };
        ix::answer_dispute(&second, input)
    };
    market.refuses(replace(3 * BOND - 1, Some(friend.tokens)), &[&another], E::BondBelowRequired);
    market.refuses(replace(3 * BOND, None), &[&another], E::NotTheBonder);
    market.refuses(replace(3 * BOND, Some(challenger.tokens)), &[&another], E::NotTheTokenOwner);
    market.send(&[replace(3 * BOND, Some(friend.tokens))], &[&another]);
    assert_eq!(market.balance(&friend), PURSE);
    let state = market.provider(&market.owners[0]);
    assert_eq!((state.counter.bond, state.counter.bonder), (3 * BOND, another.address()));
    assert_invariants(&market);
}

#[test]
fn who_deposited_the_counter_bond_adds_to_it() {
    let (market, seats, [challenger, friend, _]) = two_seats();
    let first = market.dispute(&seats[0], &challenger, 3);
    market.answer(&first, &friend);
    let second = market.dispute(&seats[1], &challenger, 4);
    market.refuses(market.answer_ix(&second, &friend, 2 * BOND - 1), &[&friend], E::BondBelowRequired);
    market.send(&[market.answer_ix(&second, &friend, 2 * BOND)], &[&friend]);
    assert_eq!(PURSE - market.balance(&friend), 3 * BOND);
    assert_invariants(&market);
}

#[test]
fn the_bond_is_the_largest_of_minimum_fee_juries_and_claim() {
    let jury = |seats: u64| 2 * seats * (2 * TOKEN + JOB_BOUNTY);
    // By severity for a stake of 20,000: a twentieth of 20, 200, 1,000, 6,000 and 20,000, for a fee of 1 and
    // one of 200.
    let table = [
        (TOKEN, [jury(3), jury(3), 50 * TOKEN, 300 * TOKEN, 1_000 * TOKEN]),
        (200 * TOKEN, [50 * TOKEN, 50 * TOKEN, 50 * TOKEN, 300 * TOKEN, 1_000 * TOKEN]),
    ];
    let (market, _) = Market::judged_with(1, 3, |options| {
        options.params.disputes.minimum_bond = TOKEN;
        options.params.disputes.arbiter_fee = TOKEN;
    });
    let challenger = market.actor("challenger", PURSE);
    for (fee, bonds) in table {
        let seat = market.submitted(FIXED, fee);
        let at = market.scenario.next_dispute(&seat);
        for (severity, bond) in (1..).zip(bonds) {
            let open = |bond| market.dispute_ixs(&at, Some(seat.job.job), &challenger, severity, bond);
            assert_eq!(market.bond_for(&at, severity), bond);
            market.refuses_all(&open(bond - 1), &[&challenger], E::BondBelowRequired);
            if (severity, fee) == (5, 200 * TOKEN) {
                market.send(&open(bond), &[&challenger]);
            }
        }
    }
    assert_invariants(&market);
}

#[test]
fn a_client_leaves_the_claim_out_of_its_bond_and_holds_stake_from_the_first_verdict_on() {
    let (market, jurors) = Market::judged(1, 12);
    let seat = market.submitted(FIXED, FEE);
    let owner = &market.owners[0];
    let [friend, stranger] = ["friend", "stranger"].map(|name| market.actor(name, PURSE));
    let client = &market.client.actor;
    let at = market.scenario.next_dispute(&seat);
    let open = |who: &Actor, bond| without_claim(&market, &seat, who, 5, bond);
    market.refuses_all(&open(&stranger, BOND), &[&stranger], E::WrongClient);
    market.refuses_all(&open(client, BOND - 1), &[client], E::BondBelowRequired);
    market.send(&open(client, BOND), &[client]);
    assert_eq!((market.dispute_state(&at).stake.own_claimed, market.provider(owner).reservations[0].own), (0, 0));
    market.answer(&at, &friend);
    market.judge_round(&at, &jurors, &[Some(4)]);
    market.advance(&at);
    let all = STAKE + 2 * FEE + 7 * (2 * TOKEN + JOB_BOUNTY);
    assert_eq!((market.dispute_state(&at).stake.own_claimed, market.provider(owner).reservations[0].own), (all, all));
    market.let_phase_pass(&at);
    assert_eq!(market.dispute_state(&at).slash.own, STAKE / 10 * 3);
    assert_invariants(&market);
}

#[test]
fn who_raises_a_claim_that_left_its_bond_out_pays_all_of_it_and_stake_is_held_at_once() {
    let (market, _) = Market::judged(1, 3);
    let seat = market.submitted(FIXED, FEE);
    let (client, friend) = (&market.client.actor, market.actor("friend", PURSE));
    let at = market.scenario.next_dispute(&seat);
    market.send(&without_claim(&market, &seat, client, 4, BOND), &[client]);
    let raise = |bond| market.raise_ixs(&at, &friend, 5, bond);
    market.refuses_all(&raise(9 * BOND - 1), &[&friend], E::BondBelowRequired);
    market.send(&raise(9 * BOND), &[&friend]);
    let all = STAKE + 2 * FEE + 7 * (2 * TOKEN + JOB_BOUNTY);
    assert_eq!(
        (market.dispute_state(&at).stake.own_claimed, market.provider(&market.owners[0]).reservations[0].own),
        (all, all)
    );
    assert_invariants(&market);
}

#[test]
fn a_counter_bond_that_one_dispute_used_up_is_not_there_for_the_next_and_the_own_stake_pays() {
    let (market, jurors) = Market::judged(1, 12);
    let seats = [market.submitted(FIXED, FEE), market.submitted(FIXED, FEE)];
    let [challenger, friend] = ["challenger", "friend"].map(|name| market.actor(name, PURSE));
    let disputes = seats.map(|seat| market.dispute(&seat, &challenger, 3));
    for at in &disputes {
        market.answer(at, &friend);
        market.judge_round(at, &jurors, &[Some(3)]);
    }
    let jury = 3 * (TOKEN + JOB_BOUNTY);
    market.let_phase_pass(&disputes[0]);
    assert_eq!(
        (market.provider(&market.owners[0]).counter.bond, market.dispute_state(&disputes[0]).own_jury_due),
        (0, 0)
    );
    market.advance(&disputes[1]);
    assert_eq!(market.dispute_state(&disputes[1]).own_jury_due, jury);
    // The second fault of the epoch: the same severity costs nothing more but the jurors and twice its fee.
    assert_eq!(market.dispute_state(&disputes[1]).slash.own, 2 * FEE + jury);
    for at in &disputes {
        market.execute_all(at);
        market.settle_ballots(at);
    }
    let paid = disputes.map(|at| market.claim_from(&at, &challenger, ix::Creditor::Challenger(0)));
    // The fault's steps were the first one's to claim; of its fee the second has the reward alone.
    assert_eq!(paid, [BOND + BOND / 2 + STAKE / 20 / 10 * 3, BOND + 2 * FEE / 10 * 3]);
    assert_invariants(&market);
}

#[test]
fn a_fifth_dispute_joins_the_fourth_claim_and_all_of_them_end_by_themselves() {
    let (market, _) = Market::judged(1, 3);
    let owner = &market.owners[0];
    let challenger = market.actor("challenger", PURSE);
    let epoch = market.epoch();
    market.touch(owner);
    let disputes = [1, 2, 1, 1, 2, 1].map(|severity| market.dispute_conduct(owner, epoch, &challenger, severity));
    let claims = disputes.map(|at| market.dispute_state(&at).claim);
    assert_eq!((claims[4], claims[5]), (claims[3], claims[3]));
    assert_eq!(market.claim_state(&disputes[3]).open, 3);
    assert_eq!(market.provider(owner).open_claims(), 4);
    assert_invariants(&market);
    market.let_phase_pass(&disputes[5]);
    for at in &disputes[..5] {
        market.advance(at);
    }
    for at in &disputes {
        // What adds nothing to the largest of the epoch has nothing to execute, and has ended by now.
        if market.dispute_state(at).slash.own > 0 {
            market.execute_all(at);
        }
        assert_invariants(&market);
    }
    assert_eq!(market.provider(owner).open_claims(), 0);
    assert_eq!(market.fault_state(&disputes[0]).open, 0);
    let paid: u64 = disputes.iter().map(|at| market.claim_from(at, &challenger, ix::Creditor::Challenger(0))).sum();
    assert!(paid > 6 * BOND);
    assert_invariants(&market);
}

#[test]
fn a_claim_that_was_left_out_of_the_bond_is_executed_by_silence_and_by_the_arbiter_alike() {
    for severity in [2, 3] {
        let (market, _) = Market::judged(1, 3);
        let seat = market.submitted(FIXED, FEE);
        let client = &market.client.actor;
        let at = market.scenario.next_dispute(&seat);
        market.send(&without_claim(&market, &seat, client, severity, BOND), &[client]);
        if severity == 3 {
            // Two days to answer, two juries that nobody called.
            market.pass(4 * DAY);
            let admin = &market.scenario.admin;
            market.send(&[ix::rule_dispute(&at, admin.address(), severity)], &[admin]);
            market.advance(&at);
        } else {
            market.let_phase_pass(&at);
        }
        let dispute = market.dispute_state(&at);
        assert_eq!(dispute.slash.own, if severity == 2 { STAKE / 100 } else { STAKE / 20 });
        assert!(dispute.stake.own_claimed >= dispute.slash.own);
        assert_invariants(&market);
        market.execute_all(&at);
        assert_eq!(market.stake_vault(&market.owners[0]), STAKE - dispute.slash.own);
        assert_invariants(&market);
    }
}
