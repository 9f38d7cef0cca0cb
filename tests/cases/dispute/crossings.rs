//! Nobody loses a deadline of a dispute because nobody has recorded an outage yet (dispute-time-2).
//!
//! The kind is that of `job::crossings`: a rule that reads a number which others were to bring up to date
//! first. Where it was looked for: every instruction of disputes and juries that reads the time
//! (commitment, opening, proof, lapse, raise, withdrawal, answer, advance, appeal, ruling, veto,
//! installment; a call, a seat, a vote, an exclusion, and joining, syncing and leaving a frozen tree)
//! records first; conduct is disputable, and a slash deferred, by work time.

use {
    crate::{
        dispute::slashing::{rich, silent},
        job::crossings::{crosses, moved},
        *,
    },
    work_token_sdk::{DisputeAddresses, Instruction},
};

/// A dispute that waits for its answer; slot and time are noted.
fn unanswered() -> (Market, DisputeAddresses) {
    let (market, _) = Market::judged(1, 12);
    let seat = market.submitted(FIXED, FEE);
    let at = market.dispute(&seat, &rich(&market, "challenger"), 2);
    market.refresh_note();
    (market, at)
}

#[test]
fn advancing_records_an_outage_before_silence_decides() {
    let (market, at) = unanswered();
    let until_work_ts = market.dispute_state(&at).machine.until_work_ts;
    crosses(&market, until_work_ts, &ix::advance_dispute(&at), &[], E::NothingToAdvance);
    assert_eq!(market.dispute_state(&at).outcome(), math::dispute::Outcome::Silent);
    assert_invariants(&market);
}

#[test]
fn an_answer_comes_in_time_after_an_outage_that_nobody_recorded() {
    let (market, at) = unanswered();
    let friend = rich(&market, "friend");
    market.wait_for_work_ts(market.dispute_state(&at).machine.until_work_ts - 10);
    market.refresh_note();
    market.halt(5 * HOUR);
    assert_eq!(moved(&market.answer(&at, &friend)), Some(5 * HOUR as u64 - 1));
    assert_invariants(&market);
}

/// Ten seconds before the time to dispute an epoch's conduct is over the chain stands still for five hours.
/// With that epoch and the end in work time.
fn conduct() -> (Market, u32, i64) {
    let (market, _) = Market::judged(1, 3);
    market.touch(&market.owners[0]);
    let (network, epoch) = (market.network(), market.epoch());
    let until_work_ts = network.ends_at_work_ts(math::Epoch(epoch)) + i64::from(network.params.challenge_secs);
    market.wait_for_work_ts(until_work_ts - 10);
    market.refresh_note();
    market.halt(5 * HOUR);
    (market, epoch, until_work_ts)
}

fn open_conduct(market: &Market, epoch: u32, challenger: &Actor) -> [Instruction; 2] {
    let owner = &market.owners[0];
    let at = market.next_conduct(&owner.at, epoch);
    market.dispute_ixs(&at, None, challenger, 1, 100 * TOKEN)
}

#[test]
fn conduct_is_disputable_after_an_outage_that_nobody_recorded() {
    let (market, epoch, _) = conduct();
    let challenger = rich(&market, "challenger");
    let said = market.send(&open_conduct(&market, epoch, &challenger), &[&challenger]);
    assert_eq!(moved(&said), Some(5 * HOUR as u64 - 1));
    assert_invariants(&market);
}

#[test]
fn conduct_is_disputable_by_work_time_to_the_last_second() {
    let (market, epoch, until_work_ts) = conduct();
    let challenger = rich(&market, "challenger");
    market.send(&[ix::record_outage(&market.scenario.network.network)], &[]);
    let until_ts = market.network().unix_ts(math::WorkTs(until_work_ts));
    market.wait_until(until_ts - 1);
    market.send(&open_conduct(&market, epoch, &challenger), &[&challenger]);
    market.wait_until(until_ts);
    market.refuses_all(&open_conduct(&market, epoch, &challenger), &[&challenger], E::ConductTooOld);
    assert_invariants(&market);
}

#[test]
fn a_deferred_slash_waits_and_its_veto_stays_possible_as_outages_move_them() {
    let (market, _) = Market::judged(2, 12);
    let owner = &market.owners[0];
    let at = silent(&market, owner, market.epoch(), &rich(&market, "challenger"), 2);
    let from_work_ts = market.dispute_state(&at).slash.from_work_ts;
    crosses(&market, from_work_ts, &market.execute_ix(&at), &[], E::NothingDue);
    let other = &market.owners[1];
    let at = silent(&market, other, market.epoch(), &rich(&market, "another"), 2);
    market.wait_for_work_ts(market.dispute_state(&at).slash.from_work_ts - 10);
    market.refresh_note();
    market.halt(5 * HOUR);
    let admin = &market.scenario.admin;
    assert!(moved(&market.send(&[ix::veto_slash(&at, admin.address(), 0)], &[admin])).is_some());
    assert_invariants(&market);
}
