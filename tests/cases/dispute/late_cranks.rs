//! What a verdict costs, and when, follows from its own time and not from that of whoever applies it
//! (dispute-slash-6).
//!
//! Kind: a crank's time instead of the event's. Looked for at everything that `advance_dispute` reads or
//! writes beside the dispute: the multipliers of repeats and of correlation, what a provider's own later
//! verdict noted, the deferral and the time between installments, what a fault is remembered by, the window
//! of a seat. The jail alone counts from its application, because it is time that is served; anybody may
//! apply a verdict, its provider too. Phases are walked each as of its own time (`rounds`), and
//! outages are recorded first (`crossings`).

use {
    crate::{
        dispute::slashing::{convicted, found, rich, silent},
        *,
    },
    work_token_sdk::DisputeAddresses,
};

/// A dispute about the present epoch's conduct that nobody answers and nobody applies; it is decided two days
/// from now.
fn left_alone(market: &Market, owner: &Owner, challenger: &Actor, severity: u8) -> DisputeAddresses {
    market.touch(owner);
    market.dispute_conduct(owner, market.epoch(), challenger, severity)
}

#[test]
fn the_deferral_runs_from_the_decision_however_late_it_is_applied() {
    let (market, _) = Market::judged(1, 3);
    let owner = &market.owners[0];
    let at = left_alone(&market, owner, &rich(&market, "challenger"), 2);
    let decided_ts = market.dispute_state(&at).machine.until_work_ts;
    market.pass(12 * DAY);
    market.advance(&at);
    assert_eq!(market.dispute_state(&at).slash.from_work_ts, decided_ts + 2 * DAY);
    // Both installments have come by now, and no veto comes any more.
    let admin = &market.scenario.admin;
    market.refuses(ix::veto_slash(&at, admin.address(), 0), &[admin], E::NotDeferred);
    market.execute(&at);
    assert_eq!(market.provider(owner).own.tokens, STAKE - STAKE / 100);
    market.advance(&at);
    assert_invariants(&market);
}

#[test]
fn a_repeat_is_one_as_of_the_decision() {
    for (wait, slash) in [(86, 400), (87, 200)] {
        let (market, _) = Market::judged(1, 3);
        let (owner, challenger) = (&market.owners[0], rich(&market, "challenger"));
        silent(&market, owner, market.epoch(), &challenger, 2);
        let verdict = market.epoch();
        // The next verdict comes two epochs after it was opened: 89 epochs after the first, or 90.
        market.go_to_epoch(verdict + wait + 1);
        let at = left_alone(&market, owner, &challenger, 2);
        let decided = market.network().epoch_at(market.dispute_state(&at).machine.until_work_ts);
        assert_eq!(decided.0 - verdict, wait + 3);
        market.pass(20 * DAY);
        market.advance(&at);
        assert_eq!(market.dispute_state(&at).slash.own, slash * TOKEN, "after {wait} epochs");
        assert_invariants(&market);
    }
}

#[test]
fn a_fault_is_remembered_from_its_decision_on() {
    let (market, _) = Market::judged(1, 3);
    let (owner, challenger) = (&market.owners[0], rich(&market, "challenger"));
    let at = left_alone(&market, owner, &challenger, 2);
    let decided = market.network().epoch_at(market.dispute_state(&at).machine.until_work_ts).0;
    market.pass(10 * DAY);
    market.advance(&at);
    assert_eq!(market.provider(owner).faults.offences[0].epoch_plus_one, decided + 1);
    assert_invariants(&market);
}

#[test]
fn a_verdict_that_is_applied_late_counts_no_conviction_that_came_after_it() {
    let (market, jurors) = Market::judged(2, 12);
    market.finalize(2, &market.all());
    let parties = [rich(&market, "challenger"), rich(&market, "friend")];
    let parties = [&parties[0], &parties[1]];
    let first = found(&market, &jurors, &market.owners[0], 3, parties, 3);
    market.go_to_epoch(6);
    convicted(&market, &jurors, &market.owners[1], 6, parties, 3);
    market.advance(&first);
    assert_eq!(market.dispute_state(&first).slash.own, STAKE / 20);
    assert_invariants(&market);
}

#[test]
fn a_verdict_that_is_applied_late_hides_no_later_one_of_its_provider() {
    let (market, jurors) = Market::judged(2, 12);
    market.finalize(2, &market.all());
    let parties = [rich(&market, "challenger"), rich(&market, "friend")];
    let parties = [&parties[0], &parties[1]];
    let [owner, other] = [&market.owners[0], &market.owners[1]];
    let early = found(&market, &jurors, owner, 3, parties, 3);
    market.go_to_epoch(8);
    convicted(&market, &jurors, owner, 8, parties, 3);
    market.advance(&early);
    // Eight epochs after the early verdict, three after the later one.
    market.go_to_epoch(11);
    let at = convicted(&market, &jurors, other, 11, parties, 3);
    assert_eq!(market.dispute_state(&at).slash.own, STAKE / 100 * 15);
    assert_invariants(&market);
}

#[test]
fn a_jail_is_served_from_its_application_on() {
    let (market, jurors) = Market::judged(1, 12);
    let parties = [rich(&market, "challenger"), rich(&market, "friend")];
    let owner = &market.owners[0];
    let at = found(&market, &jurors, owner, 3, [&parties[0], &parties[1]], 3);
    market.go_to_epoch(20);
    assert_eq!(market.provider(owner).state, ProviderState::Active as u8);
    // The provider applies it itself: no signature is asked for.
    market.advance(&at);
    let provider = market.provider(owner);
    assert_eq!((provider.state, provider.disputes.jailed_until_epoch), (ProviderState::Jailed as u8, 27));
    assert_invariants(&market);
}

#[test]
fn deferral_and_the_time_between_installments_are_those_of_the_opening() {
    let (market, _) = Market::judged(1, 3);
    let owner = &market.owners[0];
    let at = left_alone(&market, owner, &rich(&market, "challenger"), 2);
    let decided_ts = market.dispute_state(&at).machine.until_work_ts;
    market.edit_network(|network| {
        network.params.disputes.severities.iter_mut().for_each(|rule| rule.deferral_secs *= 3);
        // Epochs are twice as long from the next one on.
        network.next_epoch_secs_from = market.epoch() + 1;
        network.next_epoch_secs = 2 * network.epoch_secs;
    });
    market.wait_until(decided_ts);
    market.advance(&at);
    let dispute = market.dispute_state(&at);
    assert_eq!((dispute.slash.from_work_ts, i64::from(dispute.slash.interval_secs)), (decided_ts + 2 * DAY, DAY));
    market.wait_until(decided_ts + 3 * DAY - 1);
    market.execute(&at);
    assert_eq!(market.dispute_state(&at).slash.own_executed, STAKE / 200);
    market.refuses(market.execute_ix(&at), &[], E::NothingDue);
    market.pass(1);
    market.execute(&at);
    assert_eq!(market.dispute_state(&at).slash.own_executed, STAKE / 100);
    market.advance(&at);
    assert_invariants(&market);
}
