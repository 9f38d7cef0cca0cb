//! Exits, deposits and settings while a dispute is open: none fails for it, and none helps to escape.

use {
    crate::{
        dispute::liability::{Backed, DELEGATED},
        dispute::slashing::rich,
        *,
    },
    work_token_sdk::{ix::Creditor, math::dispute::Outcome},
};

// position-deposit-2
#[test]
fn a_deposit_during_a_dispute_is_refused_unless_it_accepts_the_open_claims() {
    let backed = Backed::new();
    let (market, owner, at) = (&backed.market, backed.owner(), backed.found());
    let late = market.stranger("late", owner, DELEGATED);
    let delegate = |max_open_claims| {
        ix::delegate(
            &late.at,
            ix::Delegate { from: late.actor.tokens, amount: DELEGATED, min_shares_out: 0, max_open_claims },
        )
    };
    let claimed = market.provider(owner).claimed_from_delegated().0;
    market.refuses(delegate(0), &[&late.actor], E::OpenClaims);
    market.refuses(delegate(claimed - 1), &[&late.actor], E::OpenClaims);
    market.send(&[delegate(claimed)], &[&late.actor]);
    market.let_phase_pass(&at);
    // The own pool always takes its owner's stake.
    market.stake_self(owner, 10_000 * TOKEN);
    let decided = market.dispute_state(&at);
    assert_eq!(
        (decided.slash.own, decided.slash.delegated),
        (STAKE / 20 + 250 * TOKEN, 250 * TOKEN),
        "as of the fault"
    );
    market.execute_all(&at);
    let pool = *market.provider(owner).delegated;
    assert_eq!(
        pool.value(market.position(&late).total_shares()).0,
        DELEGATED - 125 * TOKEN,
        "all who are in the pool share it"
    );
    assert_invariants(market);
}

// principle-outside-1
#[test]
fn closing_accounts_stops_no_slash() {
    let backed = Backed::new();
    let (market, owner, at) = (&backed.market, backed.owner(), backed.found());
    market.pass(DAY);
    market.withdraw(&backed.dora, 1);
    for holder in [&backed.dora, &backed.eric] {
        let close = ix::close_delegation(&holder.at, holder.actor.address());
        market.refuses(close, &[&holder.actor], E::PositionNotEmpty);
    }
    market.refuses(ix::close_delegation(&owner.at.own(), owner.actor.address()), &[&owner.actor], E::OwnPositionInUse);
    let payer = backed.parties[0].address();
    market.refuses(ix::close_claim(&at.claim, at.provider, payer), &[], E::ClaimOpen);
    market.refuses(ix::close_fault(&at.fault, payer), &[], E::DisputeOpen);
    market.let_phase_pass(&at);
    market.execute_all(&at);
    market.settle_ticket(&backed.dora, 1);
    market.close(&backed.dora);
    assert_invariants(market);
}

// dispute-claim-1
#[test]
fn no_exit_fails_during_disputes() {
    let backed = Backed::new();
    let (market, owner) = (&backed.market, backed.owner());
    market.touch(owner);
    for _ in 0..4 {
        market.dispute_conduct(owner, 12, &backed.parties[0], 5);
    }
    market.pass(DAY + 1);
    assert_eq!(market.withdraw(&backed.dora, 1), 0, "held back, not refused");
    let ticket = market.request(&backed.eric, 1_000 * TOKEN);
    market.cancel(&backed.eric, ticket);
    let ticket = market.request_all(&backed.eric);
    let own = market.request_all(owner);
    market.pass(10 * DAY);
    assert_eq!(market.withdraw(&backed.eric, ticket), 0);
    assert_invariants(market);
    market.pass(25 * DAY);
    assert_eq!(market.withdraw(owner, own), 0);
    assert_invariants(market);
}

// provider-retire-1
#[test]
fn neither_a_commission_nor_retiring_changes_a_slash() {
    let backed = Backed::new();
    let (market, owner, at) = (&backed.market, backed.owner(), backed.found());
    market.send(&[ix::announce_commission(&owner.at, 0)], &[&owner.actor]);
    market.retire(owner);
    let tickets = [market.request_all(owner), market.request_all(&backed.eric)];
    market.refuses(ix::close_provider(&owner.at), &[], E::ProviderNotEmpty);
    market.let_phase_pass(&at);
    let decided = market.dispute_state(&at);
    assert_eq!((decided.slash.own, decided.slash.delegated), (STAKE / 20 + 250 * TOKEN, 250 * TOKEN));
    assert_eq!(market.provider(owner).state, ProviderState::Retiring as u8, "retiring is final");
    market.execute_all(&at);
    market.pass(35 * DAY);
    assert_eq!(market.withdraw(owner, tickets[0]), STAKE / 20 * 19 - 250 * TOKEN);
    assert_eq!(market.withdraw(&backed.eric, tickets[1]), 3_900 * TOKEN);
    assert_invariants(market);
}

// position-settle-2
#[test]
fn who_leaves_while_a_slash_waits_for_the_networks_limit_loses_the_same_part() {
    let backed = Backed::new();
    let (market, owner) = (&backed.market, backed.owner());
    market.edit_network(|network| {
        // The limit is a twentieth of it: a third of the slash.
        network.stake_ring[0] = 10_000 * TOKEN;
    });
    let at = backed.found();
    market.let_phase_pass(&at);
    let decided = market.dispute_state(&at);
    assert_eq!((decided.slash.own, decided.slash.delegated), (STAKE / 20 + 250 * TOKEN, 250 * TOKEN));
    market.wait_until(decided.slash.from_work_ts + 3 * DAY);
    let moved = || {
        let before = market.stake_vault(owner);
        market.execute(&at);
        before - market.stake_vault(owner)
    };
    assert_eq!(moved(), 500 * TOKEN, "the limit");
    let dora_paid = market.withdraw(&backed.dora, 1);
    assert!(market.ticket(&backed.dora, 1).held > 0);
    assert_invariants(market);
    market.pass(7 * DAY);
    market.execute(&at);
    let fred_paid = market.withdraw(&backed.fred, 1);
    assert_invariants(market);
    market.pass(7 * DAY);
    market.execute(&at);
    market.advance(&at);
    let dora_lost = 3_000 * TOKEN - dora_paid - market.settle_ticket(&backed.dora, 1);
    let fred_lost = 3_000 * TOKEN - fred_paid - market.settle_ticket(&backed.fred, 1);
    let eric_lost = 4_000 * TOKEN - backed.stays();
    for (lost, part) in [(dora_lost, 75), (fred_lost, 75), (eric_lost, 100)] {
        assert!(lost.abs_diff(part * TOKEN) <= 4, "{lost} of {part}");
    }
    assert_invariants(market);
}

// position-settle-4
#[test]
fn a_held_part_that_waits_only_for_the_networks_limit_is_paid_less_its_share_at_once() {
    let backed = Backed::new();
    let (market, owner) = (&backed.market, backed.owner());
    // The limit is a twentieth of it: a third of the slash.
    market.edit_network(|network| network.stake_ring[0] = 10_000 * TOKEN);
    let at = backed.found();
    market.let_phase_pass(&at);
    let decided = market.dispute_state(&at);
    market.pass(DAY);
    let dora_paid = market.withdraw(&backed.dora, 1);
    assert!(market.ticket(&backed.dora, 1).held > 0);
    market.wait_until(decided.slash.from_work_ts - 1);
    market.refuses(ix::advance_dispute(&at), &[], E::NothingToAdvance);
    market.refuses(market.settle_ticket_ix(&backed.dora, 1), &[], E::ClaimOpen);
    market.pass(1);
    // From here on no veto comes: what the slash takes is certain.
    let outcome = market.advance(&at);
    let certain = decode_logs(&outcome.logs).events;
    assert!(matches!(certain.as_slice(), [Event::SlashCertain(of)] if of.own_slash == decided.slash.own));
    market.refuses(ix::advance_dispute(&at), &[], E::NothingToAdvance);
    market.refuses(ix::veto_slash(&at, market.scenario.admin.address(), 0), &[&market.scenario.admin], E::NotDeferred);
    let dora_lost = 3_000 * TOKEN - dora_paid - market.settle_ticket(&backed.dora, 1);
    assert_invariants(market);

    // Who leaves later is settled by the same, and what is executed meanwhile is not paid again.
    market.wait_until(decided.slash.from_work_ts + 3 * DAY);
    market.execute(&at);
    let fred_paid = market.withdraw(&backed.fred, 1);
    let fred_lost = 3_000 * TOKEN - fred_paid - market.settle_ticket(&backed.fred, 1);
    assert!(!market.dispute_state(&at).is_executed(), "the limit still holds the rest");
    assert_invariants(market);
    for _ in 0..3 {
        market.pass(7 * DAY);
        let _ = market.tries(&[market.execute_ix(&at)], &[]);
    }
    market.advance(&at);
    let eric_lost = 4_000 * TOKEN - backed.stays();
    for (lost, part) in [(dora_lost, 75), (fred_lost, 75), (eric_lost, 100)] {
        assert!(lost.abs_diff(part * TOKEN) <= 5, "{lost} of {part}");
    }
    assert!(market.provider(owner).reservations.iter().all(|claim| claim.claim == 0));
    assert_invariants(market);
}

// position-settle-2
#[test]
fn a_slash_reaches_everybody_who_left_during_the_dispute_through_the_tickets() {
    let backed = Backed::new();
    let (market, owner, [challenger, _]) = (&backed.market, backed.owner(), &backed.parties);
    let tickets = [market.request_all(owner), market.request_all(&backed.eric)];
    market.wait_until(market.ticket(owner, tickets[0]).matures_at_ts - HOUR);
    market.touch(owner);
    let at = market.dispute_conduct(owner, market.epoch(), challenger, 3);
    market.pass(HOUR);
    // Nobody is left in either pool before a jury is called; without an answer the own stake pays it.
    let paid = [market.withdraw(owner, tickets[0]), market.withdraw(&backed.eric, tickets[1])];
    market.withdraw(&backed.dora, 1);
    market.withdraw(&backed.fred, 1);
    let provider = market.provider(owner);
    assert_eq!((provider.own.tokens, provider.delegated.tokens), (0, 0));
    market.let_phase_pass(&at);
    market.judge_round(&at, &backed.jurors, &[Some(3)]);
    market.let_phase_pass(&at);
    let decided = market.dispute_state(&at);
    assert_eq!(decided.outcome(), Outcome::Upheld);
    assert!(decided.slash.own > 0 && decided.slash.delegated > 0 && decided.own_jury_due > 0);
    assert_invariants(market);
    market.execute_all(&at);
    market.settle_ballots(&at);
    assert_invariants(market);
    let back = [market.settle_ticket(owner, tickets[0]), market.settle_ticket(&backed.eric, tickets[1])];
    assert!(STAKE - paid[0] - back[0] >= decided.slash.own, "the owner pays all of it");
    assert!(4_000 * TOKEN - paid[1] - back[1] >= decided.slash.delegated * 4 / 10);
    market.settle_ticket(&backed.dora, 1);
    market.settle_ticket(&backed.fred, 1);
    assert_eq!((market.provider(owner).held, market.stake_vault(owner)), (0, 0));
    // What tickets lose burns, so the jurors' pay came out of the challenger's bond.
    let credit = market.claim_from(&at, challenger, Creditor::Challenger(0));
    assert_eq!(credit, decided.parties[0].credit - decided.own_jury_due);
    assert_invariants(market);
}

// position-withdraw-3
#[test]
fn a_claim_changes_neither_weight_nor_seat_nor_the_right_to_work() {
    let (market, _) = Market::judged(1, 12);
    let owner = &market.owners[0];
    let challenger = rich(&market, "challenger");
    market.touch(owner);
    for _ in 0..4 {
        market.dispute_conduct(owner, 3, &challenger, 1);
    }
    let provider = market.provider(owner);
    assert_eq!(
        (provider.state, provider.place.is_held(), provider.open_claims()),
        (ProviderState::Active as u8, true, 4)
    );
    market.next_market_day();
    let seat = market.submitted(FIXED, FEE);
    market.settle_seat(&seat);
    assert_eq!(market.weigh(market.epoch() - 1, &market.all()).total_weight, STAKE);
    assert_invariants(&market);
}
