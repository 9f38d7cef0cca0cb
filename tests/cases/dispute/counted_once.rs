//! A fault is paid for once, by whatever path it is brought up again (dispute-epoch-1).
//!
//! Kinds: one fault is counted again by another path; a fraction of one base is compared with one of another.
//! Looked for at everything that a verdict adds to: the slash of each pool (a seat twice, several seats,
//! conduct beside a seat), twice the fee, a client's compensation, the jail, the multiplier of repeats, what
//! a provider is remembered by, the convictions of the network (`correlation`), the challengers' reward
//! (`layers`) and frozen rewards (`slashing_ends`). Bases differ between a seat and an epoch, between two
//! seats, and by what came or left meanwhile.

use {
    crate::{
        dispute::slashing::{convicted, rich, silent},
        *,
    },
    work_token_sdk::{DisputeAddresses, ix::Creditor, math::Epoch},
};

/// What verdicts that wait to be executed take from the own pool.
fn own_slashes<const N: usize>(market: &Market, all: &[DisputeAddresses; N]) -> [u64; N] {
    all.map(|at| market.dispute_state(&at).slash.own)
}

/// Lets the time to answer of all pass, and applies them in order.
fn decide<const N: usize>(market: &Market, all: &[DisputeAddresses; N]) {
    market.let_phase_pass(&all[0]);
    for at in &all[1..] {
        market.advance(at);
    }
}

#[test]
fn four_disputes_about_one_seat_cost_the_largest_once_and_bonds_return() {
    let (market, _) = Market::judged(1, 3);
    let (owner, challenger) = (&market.owners[0], rich(&market, "challenger"));
    let seat = market.submitted(FIXED, FEE);
    let all = [1, 2, 2, 1].map(|severity| market.dispute(&seat, &challenger, severity));
    decide(&market, &all);
    assert_eq!(own_slashes(&market, &all), [20, 180, 0, 0].map(|slash| slash * TOKEN));
    let fault = market.fault_state(&all[0]);
    assert_eq!((fault.upheld, fault.own_applied), (1, 200 * TOKEN));
    market.execute_all(&all[0]);
    market.execute_all(&all[1]);
    assert_eq!(market.provider(owner).own.tokens, STAKE - 200 * TOKEN);
    let paid: u64 = all.iter().map(|at| market.claim_from(at, &challenger, Creditor::Challenger(0))).sum();
    assert_eq!(paid, 4 * 100 * TOKEN + 2 * TOKEN + 36 * TOKEN, "the bonds, and the steps' rewards");
    assert_invariants(&market);
}

#[test]
fn four_disputes_about_one_epochs_conduct_cost_the_largest_once() {
    let (market, _) = Market::judged(1, 3);
    let (owner, challenger) = (&market.owners[0], rich(&market, "challenger"));
    market.touch(owner);
    let all = [2, 1, 2, 2].map(|severity| market.dispute_conduct(owner, 3, &challenger, severity));
    decide(&market, &all);
    assert_eq!(own_slashes(&market, &all), [200 * TOKEN, 0, 0, 0]);
    assert_eq!(market.provider(owner).faults.offences.iter().filter(|offence| offence.epoch_plus_one > 0).count(), 1);
    assert_invariants(&market);
}

#[test]
fn each_further_seat_of_an_epoch_costs_twice_its_fee_once() {
    let (market, _) = Market::judged(1, 3);
    let challenger = rich(&market, "challenger");
    let seats = [90, 60, 30].map(|fee| market.submitted(FIXED, fee * TOKEN));
    let all = [0, 1, 1, 2, 0, 2].map(|seat: usize| market.dispute(&seats[seat], &challenger, 2));
    decide(&market, &all);
    let expected = [200, 2 * 60, 0, 2 * 30, 0, 0].map(|slash| slash * TOKEN);
    assert_eq!(own_slashes(&market, &all), expected);
    assert_eq!(market.fault_state(&all[0]).upheld, 3);
    // Of the fee of a further seat its own challenger has the reward, and its own client is compensated.
    for at in [&all[0], &all[1], &all[3]] {
        market.execute_all(at);
    }
    let credits = [1, 3].map(|i: usize| market.dispute_state(&all[i]).client_credit);
    assert_eq!(credits, [36 * TOKEN, 18 * TOKEN]);
    let paid = [0, 1, 3].map(|i: usize| market.claim_from(&all[i], &challenger, Creditor::Challenger(0)));
    assert_eq!(paid, [100 + 40, 100 + 24, 100 + 12].map(|paid| paid * TOKEN));
    assert_invariants(&market);
}

#[test]
fn a_client_is_compensated_with_twice_its_fee_by_all_disputes_of_its_seat_together() {
    let (market, jurors) = Market::judged(1, 12);
    let [challenger, friend] = ["challenger", "friend"].map(|name| rich(&market, name));
    let seat = market.submitted(FIXED, FEE);
    let first = market.dispute(&seat, &challenger, 2);
    let second = market.dispute(&seat, &challenger, 3);
    market.answer(&second, &friend);
    market.judge_round(&second, &jurors, &[Some(3)]);
    market.let_phase_pass(&first);
    market.advance(&second);
    assert_eq!(own_slashes(&market, &[first, second]), [200 * TOKEN, 800 * TOKEN]);
    market.execute_all(&first);
    market.execute_all(&second);
    // 30 % of 200 tokens, and of 800 tokens what is missing to twice the fee.
    let client = &market.client.actor;
    let paid = [&first, &second].map(|at| market.claim_from(at, client, Creditor::Client));
    assert_eq!(paid, [60 * TOKEN, 140 * TOKEN]);
    assert_invariants(&market);
}

/// A result about which three disputes are decided one after the other, of severities 2, 2 and 3.
fn thrice_disputed() -> (Market, [u32; 3], u32) {
    let (market, jurors) = Market::judged(1, 12);
    let [challenger, friend] = ["challenger", "friend"].map(|name| rich(&market, name));
    let seat = market.submitted(FIXED, FEE);
    let until = |market: &Market| market.provider(&market.owners[0]).disputes.jailed_until_epoch;
    let at = market.dispute(&seat, &challenger, 2);
    market.let_phase_pass(&at);
    let first = until(&market);
    assert_eq!(first, market.epoch() + 1);
    let at = market.dispute(&seat, &challenger, 2);
    market.let_phase_pass(&at);
    let second = until(&market);
    let at = market.dispute(&seat, &challenger, 3);
    market.answer(&at, &friend);
    market.judge_round(&at, &jurors, &[Some(3)]);
    market.let_phase_pass(&at);
    let (third, epoch) = (until(&market), market.epoch());
    (market, [first, second, third], epoch)
}

#[test]
fn a_seat_is_jailed_for_once_for_each_step_of_severity() {
    let (market, [first, second, third], epoch) = thrice_disputed();
    assert_eq!(second, first, "the second verdict of the same severity jails for nothing");
    assert_eq!(third, epoch + 7, "a further step does");
    assert_invariants(&market);
}

#[test]
fn conduct_is_jailed_for_once_for_each_step_of_severity() {
    let (market, _) = Market::judged(1, 3);
    let (owner, challenger) = (&market.owners[0], rich(&market, "challenger"));
    let epoch = market.epoch();
    silent(&market, owner, epoch, &challenger, 2);
    let until = market.provider(owner).disputes.jailed_until_epoch;
    market.next_epoch();
    silent(&market, owner, epoch, &challenger, 2);
    assert_eq!(market.provider(owner).disputes.jailed_until_epoch, until);
    assert!(market.epoch() > until, "which was long ago");
    assert_invariants(&market);
}

/// A provider that staked as much again within the epoch, before it accepted a seat; with disputes about its
/// conduct in the epoch and about the seat.
fn two_bases(seat_first: bool) -> [u64; 2] {
    let (market, _) = Market::judged(1, 3);
    let (owner, challenger) = (&market.owners[0], rich(&market, "challenger"));
    market.stake_self(owner, STAKE);
    let seat = market.submitted(FIXED, FEE);
    let conduct = market.dispute_conduct(owner, 3, &challenger, 2);
    let work = market.dispute(&seat, &challenger, 2);
    assert_eq!([conduct, work].map(|at| market.dispute_state(&at).stake.own_base), [STAKE, 2 * STAKE]);
    let order = if seat_first { [work, conduct] } else { [conduct, work] };
    decide(&market, &order);
    let slashes = own_slashes(&market, &order);
    order.iter().filter(|at| market.dispute_state(at).slash.own > 0).for_each(|at| market.execute_all(at));
    assert_invariants(&market);
    slashes
}

#[test]
fn faults_measured_on_different_stakes_cost_the_larger_amount_and_not_the_larger_fraction() {
    // The same hundredth of 20,000 tokens and of 40,000; the seat besides twice its fee where it came second.
    assert_eq!(two_bases(false), [200 * TOKEN, 200 * TOKEN + 2 * FEE]);
    assert_eq!(two_bases(true), [400 * TOKEN, 0]);
}

#[test]
fn the_larger_amount_is_that_of_each_pool() {
    let (market, jurors) = Market::judged(1, 12);
    let [challenger, friend] = ["challenger", "friend"].map(|name| rich(&market, name));
    let owner = &market.owners[0];
    // Delegated within the epoch: the conduct's base has none of it, the seat's all.
    market.holder("dora", owner, 10_000 * TOKEN);
    let seat = market.submitted(FIXED, FEE);
    let conduct = convicted(&market, &jurors, owner, 3, [&challenger, &friend], 3);
    let decided = market.dispute_state(&conduct);
    assert_eq!((decided.slash.own, decided.slash.delegated), (1_000 * TOKEN, 0));
    let work = market.dispute(&seat, &challenger, 3);
    market.answer(&work, &friend);
    market.judge_round(&work, &jurors, &[Some(3)]);
    market.let_phase_pass(&work);
    // 5 % of 30,000 tokens, of which the own side bears 1,250.
    let decided = market.dispute_state(&work);
    assert_eq!((decided.slash.own, decided.slash.delegated), (250 * TOKEN + 2 * FEE, 250 * TOKEN));
    let fault = market.fault_state(&work);
    assert_eq!((fault.own_applied, fault.delegated_applied), (1_250 * TOKEN, 250 * TOKEN));
    market.execute_all(&conduct);
    market.execute_all(&work);
    assert_invariants(&market);
}

#[test]
fn faults_of_before_the_verdict_are_no_repeats_of_it() {
    let (market, _) = Market::judged(1, 3);
    let (owner, challenger) = (&market.owners[0], rich(&market, "challenger"));
    market.touch(owner);
    let all = [1, 2, 3].map(|epoch| market.dispute_conduct(owner, epoch, &challenger, 2));
    decide(&market, &all);
    assert_eq!(own_slashes(&market, &all), [200 * TOKEN; 3]);
    let verdict = market.epoch();
    // Nor is one of the verdict's own epoch; one of the next is.
    let same = silent(&market, owner, verdict, &challenger, 2);
    let next = silent(&market, owner, verdict + 1, &challenger, 2);
    assert_eq!(own_slashes(&market, &[same]), [200 * TOKEN]);
    assert_eq!(own_slashes(&market, &[next]), [1_000 * TOKEN], "the fourth of its kind, of which 5 % are the most");
    assert_invariants(&market);
}

#[test]
fn a_provider_is_remembered_by_one_entry_for_each_faulty_epoch() {
    let (market, _) = Market::judged(1, 3);
    let (owner, challenger) = (&market.owners[0], rich(&market, "challenger"));
    let seats = [(); 2].map(|()| market.submitted(FIXED, FEE));
    let conduct = market.dispute_conduct(owner, 3, &challenger, 1);
    let [first, second] = seats.map(|seat| market.dispute(&seat, &challenger, 2));
    let before = market.dispute_conduct(owner, 2, &challenger, 1);
    decide(&market, &[conduct, first, second, before]);
    let provider = market.provider(owner);
    let known: Vec<_> = provider.faults.offences.iter().filter(|offence| offence.epoch_plus_one > 0).collect();
    assert_eq!(
        known.iter().map(|offence| (offence.fault_epoch, offence.severity)).collect::<Vec<_>>(),
        [(3, 2), (2, 1)]
    );
    let later = Epoch(market.epoch() + 1);
    assert_eq!((provider.repeats(1, later, later), provider.repeats(2, later, later)), (2, 1));
    assert_invariants(&market);
}

#[test]
fn eight_small_disputes_by_a_friend_erase_no_fault_that_is_larger() {
    let (market, _) = Market::judged(1, 3);
    let (owner, friend) = (&market.owners[0], rich(&market, "friend"));
    silent(&market, owner, market.epoch(), &friend, 2);
    let oldest = market.epoch() + 1;
    let mut small = Vec::new();
    for _ in 0..8 {
        market.next_epoch();
        market.touch(owner);
        small.push(market.dispute_conduct(owner, market.epoch(), &friend, 1));
    }
    let newest = market.epoch();
    market.pass(2 * DAY);
    small.iter().for_each(|at| drop(market.advance(at)));
    let mut severities = market.provider(owner).faults.offences.map(|offence| offence.severity);
    severities.sort_unstable();
    assert_eq!(severities, [1, 1, 1, 1, 1, 1, 1, 2]);
    // The newest of the small ones took the place of the oldest of them.
    let known = market.provider(owner).faults.offences.map(|offence| offence.fault_epoch);
    assert!(known.contains(&newest) && !known.contains(&oldest), "{known:?}");
    market.next_epoch();
    let again = silent(&market, owner, market.epoch(), &friend, 2);
    assert_eq!(own_slashes(&market, &[again]), [400 * TOKEN], "it still doubles the next");
    assert_invariants(&market);
}

#[test]
fn a_fault_that_is_milder_than_all_eight_is_not_remembered() {
    let (market, _) = Market::judged(1, 3);
    let (owner, challenger) = (&market.owners[0], rich(&market, "challenger"));
    market.edit_provider(owner, |provider| {
        for (number, offence) in (10..).zip(&mut provider.faults.offences) {
            (offence.epoch_plus_one, offence.fault_epoch, offence.severity) = (3, number, 2);
        }
    });
    let before = market.provider(owner).faults.offences;
    silent(&market, owner, market.epoch(), &challenger, 1);
    assert_eq!(market.provider(owner).faults.offences, before);
    assert_invariants(&market);
}

#[test]
fn an_expired_fault_makes_room_before_a_milder_one() {
    let (market, _) = Market::judged(1, 3);
    let (owner, challenger) = (&market.owners[0], rich(&market, "challenger"));
    market.go_to_epoch(100);
    market.touch(owner);
    // Seven of today, and a severe one of ninety epochs ago.
    market.edit_provider(owner, |provider| {
        for (number, offence) in (1..).zip(&mut provider.faults.offences) {
            (offence.epoch_plus_one, offence.fault_epoch, offence.severity) = (99, number, 1);
        }
        (provider.faults.offences[7].epoch_plus_one, provider.faults.offences[7].severity) = (11, 4);
    });
    silent(&market, owner, 100, &challenger, 1);
    let offences = market.provider(owner).faults.offences;
    assert_eq!((offences[7].fault_epoch, offences[7].severity), (100, 1));
    assert_eq!(offences[..7].iter().filter(|offence| offence.epoch_plus_one == 99).count(), 7);
    assert_invariants(&market);
}

#[test]
fn the_same_fault_found_again_takes_nothing_from_frozen_rewards_either() {
    let (market, _) = Market::judged(1, 3);
    let (owner, challenger) = (&market.owners[0], rich(&market, "challenger"));
    let seat = market.submitted(FIXED, FEE);
    market.next_epoch();
    market.crank(1, &market.all());
    market.crank(3, &market.all());
    let all = [(); 2].map(|()| market.dispute(&seat, &challenger, 2));
    decide(&market, &all);
    assert_eq!(all.map(|at| market.dispute_state(&at).slash.confiscated), [STAKE / 100, 0]);
    market.execute_all(&all[0]);
    assert_eq!(market.provider(owner).own.tokens, STAKE);
    assert_invariants(&market);
}
