//! When the accounts of disputes close and shrink (dispute-close-1).

use crate::position::departures::{close_claim, leaving_undisturbed};
use {
    crate::{dispute::liability::Backed, dispute::slashing::rich, *},
    work_token_sdk::{ix::Creditor, math::dispute::Side},
};

#[test]
fn a_claim_closes_after_its_provider_and_its_rent_returns() {
    let (market, at, challenger) = leaving_undisturbed();
    // It took nothing, so it keeps no entry; more than that only its provider's end allows.
    market.send(&[close_claim(&at, &challenger)], &[]);
    assert_eq!(market.claim_entries(&at).len(), 0);
    market.refuses(close_claim(&at, &challenger), &[], E::TooEarlyToCloseDispute);
    market.send(&[ix::close_provider(&market.owners[0].at)], &[]);
    let elsewhere = ix::close_claim(&at.claim, market.owners[1].at.provider, challenger.address());
    market.refuses(elsewhere, &[], E::WrongProvider);
    market.refuses(close_claim(&at, &market.client.actor), &[], E::WrongRentReceiver);
    let (rent, before) = (market.lamports(&at.claim), market.lamports(&challenger.address()));
    market.send(&[close_claim(&at, &challenger)], &[]);
    assert_eq!(market.lamports(&challenger.address()), before + rent);
    assert!(!market.exists(&at.claim));
    assert_invariants(&market);
}

#[test]
fn a_provider_whose_ticket_lists_a_claim_does_not_close_and_so_the_claim_does_not() {
    let backed = Backed::new();
    let (market, owner, at) = (&backed.market, backed.owner(), backed.found());
    market.retire(owner);
    let tickets = [market.request_all(owner), market.request_all(&backed.eric)];
    market.pass(DAY);
    market.withdraw(&backed.dora, 1);
    market.let_phase_pass(&at);
    market.execute_all(&at);
    market.pass(35 * DAY);
    market.withdraw(owner, tickets[0]);
    market.withdraw(&backed.eric, tickets[1]);
    market.withdraw(&backed.fred, 1);
    market.close(owner);
    market.close(&backed.eric);
    market.close(&backed.fred);
    market.go_to_epoch(market.provider(owner).retired_epoch + 91);
    let close = || ix::close_provider(&owner.at);
    market.refuses(close(), &[], E::ProviderNotEmpty);
    market.refuses(close_claim(&at, &backed.parties[0]), &[], E::TooEarlyToCloseDispute);
    let lost = 3_000 * TOKEN - 2_850 * TOKEN - market.settle_ticket(&backed.dora, 1);
    assert!(lost.abs_diff(75 * TOKEN) <= 4, "{lost}");
    market.close(&backed.dora);
    market.send(&[close()], &[]);
    market.send(&[close_claim(&at, &backed.parties[0])], &[]);
    assert_invariants(market);
}

#[test]
fn a_claim_shrinks_thirty_days_after_its_end_to_what_tickets_are_charged_by() {
    let (market, _) = Market::judged(1, 3);
    let (owner, challenger) = (&market.owners[0], rich(&market, "challenger"));
    market.touch(owner);
    // The fourth claim has three disputes, of which the second takes something.
    let all = [1, 1, 1, 1, 2, 1].map(|severity| market.dispute_conduct(owner, 3, &challenger, severity));
    for at in [0, 1, 2, 3, 5] {
        market.withdraw_claim(&all[at], &challenger, 0);
        market.advance(&all[at]);
    }
    market.let_phase_pass(&all[4]);
    market.refuses(close_claim(&all[4], &challenger), &[], E::ClaimOpen);
    market.execute_all(&all[4]);
    let entries = market.claim_entries(&all[4]);
    assert_eq!(entries.iter().map(|entry| entry.own.executed).collect::<Vec<_>>(), [0, 200 * TOKEN, 0]);
    market.wait_until(market.claim_state(&all[4]).ended_ts + 30 * DAY - 1);
    market.refuses(close_claim(&all[4], &challenger), &[], E::TooEarlyToCloseDispute);
    market.pass(1);
    let (size, before) = (market.lamports(&all[4].claim), market.lamports(&challenger.address()));
    market.send(&[close_claim(&all[4], &challenger)], &[]);
    assert_eq!(market.claim_entries(&all[4]), entries[..2], "the last that took something, and those before it");
    let returned = size - market.lamports(&all[4].claim);
    assert!(returned > 0 && market.lamports(&challenger.address()) == before + returned);
    market.refuses(close_claim(&all[4], &challenger), &[], E::TooEarlyToCloseDispute);
    assert_invariants(&market);
}

#[test]
fn a_ticket_is_settled_by_a_claim_that_has_shrunk_as_before() {
    let backed = Backed::new();
    let (market, owner, [challenger, _]) = (&backed.market, backed.owner(), &backed.parties);
    market.touch(owner);
    // The claim has a second entry, of a false one that takes nothing.
    let open = || market.dispute_conduct(owner, 10, challenger, 1);
    let mut false_ones = vec![open(), open(), open()];
    let at = backed.found();
    false_ones.push(open());
    market.pass(DAY);
    market.withdraw(&backed.dora, 1);
    for false_one in &false_ones {
        market.withdraw_claim(false_one, challenger, 0);
        market.advance(false_one);
    }
    market.let_phase_pass(&at);
    market.execute_all(&at);
    market.pass(30 * DAY);
    assert_eq!(market.claim_entries(&at).len(), 2);
    market.send(&[close_claim(&at, challenger)], &[]);
    assert_eq!(market.claim_entries(&at).len(), 1);
    let lost = market.burns(|| {
        market.settle_ticket(&backed.dora, 1);
    });
    assert!((75 * TOKEN..=75 * TOKEN + 4).contains(&lost), "{lost}");
    assert_invariants(market);
}

#[test]
fn a_dispute_does_not_close_before_its_ballots_and_its_shares_of_appeals() {
    let (market, jurors) = Market::judged(1, 12);
    let [challenger, friend] = ["challenger", "friend"].map(|name| rich(&market, name));
    market.touch(&market.owners[0]);
    let at = market.dispute_conduct(&market.owners[0], 3, &challenger, 3);
    market.answer(&at, &friend);
    market.judge_round(&at, &jurors, &[Some(3)]);
    market.send(&[market.fund_ix(&at, &friend, Side::Provider, 1)], &[&friend]);
    market.let_phase_pass(&at);
    market.execute_all(&at);
    market.claim_from(&at, &challenger, Creditor::Challenger(0));
    market.distribute(&at);
    market.pass(30 * DAY);
    let close = || ix::close_dispute(&at.dispute, challenger.address());
    market.refuses(close(), &[], E::TooEarlyToCloseDispute);
    market.settle_ballots(&at);
    market.refuses(close(), &[], E::TooEarlyToCloseDispute);
    // Anybody may send the last unit back; the dispute waits for nobody's leave.
    assert_eq!(market.claim_appeal(&at, &friend, Side::Provider), 1);
    market.send(&[close()], &[]);
    assert_invariants(&market);
}

#[test]
fn a_fault_does_not_close_before_every_upheld_dispute_has_drawn_its_part() {
    let (market, _) = Market::judged(1, 3);
    let (owner, [ada, bob]) = (&market.owners[0], ["ada", "bob"].map(|name| rich(&market, name)));
    market.touch(owner);
    let [first, second] = [(&ada, 1), (&bob, 2)].map(|(who, severity)| market.dispute_conduct(owner, 3, who, severity));
    market.let_phase_pass(&first);
    market.advance(&second);
    market.execute_all(&first);
    market.execute_all(&second);
    market.claim_from(&first, &ada, Creditor::Challenger(0));
    market.wait_until(market.fault_state(&first).ended_ts + 90 * DAY);
    let close = || ix::close_fault(&first.fault, ada.address());
    market.refuses(close(), &[], E::TooEarlyToCloseDispute);
    assert_eq!(market.claim_from(&second, &bob, Creditor::Challenger(0)), 100 * TOKEN + 36 * TOKEN);
    market.send(&[close()], &[]);
    assert_invariants(&market);
}
