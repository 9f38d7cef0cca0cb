//! Opening has two steps: a commitment with the deposit, and the opening within an hour (dispute-open-1).
//!
//! Kind: an accomplice on one's own side takes from it; here by whoever sees an opening in flight. Looked
//! for at the three things that are committed to (a dispute, a raise, a proof: `proofs`), at each part of
//! what is hashed, at whose time counts for the window, for priority and for locks (`jury::votes`), and at
//! what becomes of a commitment that is not used.

use {
    crate::{
        dispute::contested::{Contested, PURSE},
        dispute::slashing::rich,
        *,
    },
    work_token_sdk::{Instruction, SeatAddresses, commit::SealedOpening, ix::Creditor, math::dispute::Phase},
};

const BOND: u64 = 100 * TOKEN;

/// A result, and who committed to dispute it at severity 3.
fn committed() -> (Market, SeatAddresses, Actor, SealedOpening) {
    let (market, _) = Market::judged(1, 12);
    let seat = market.submitted(FIXED, FEE);
    let challenger = market.actor("challenger", PURSE);
    let sealed = market.sealed(&market.scenario.next_dispute(&seat), &challenger, 3);
    market.commit(&sealed, &challenger, BOND);
    (market, seat, challenger, sealed)
}

fn open_ix(market: &Market, seat: &SeatAddresses, who: &Actor, severity: u8) -> Instruction {
    market.open_dispute_ix(&market.scenario.next_dispute(seat), Some(seat.job.job), who, severity)
}

#[test]
fn an_opening_follows_its_commitment_within_an_hour_and_not_a_second_later() {
    let (market, seat, challenger, sealed) = committed();
    assert_eq!(PURSE - market.balance(&challenger), BOND, "the deposit is held");
    assert_invariants(&market);
    market.pass(HOUR);
    market.send(&[open_ix(&market, &seat, &challenger, 3)], &[&challenger]);
    assert!(!market.exists(&sealed.address().0), "it is used up");
    assert_invariants(&market);

    let (market, seat, challenger, _) = committed();
    market.pass(HOUR + 1);
    market.refuses(open_ix(&market, &seat, &challenger, 3), &[&challenger], E::OpeningExpired);
    assert_invariants(&market);
}

#[test]
fn a_tenth_of_a_deposit_that_was_not_opened_in_time_burns_rounded_up() {
    let (market, _) = Market::judged(1, 3);
    let seat = market.submitted(FIXED, FEE);
    let [challenger, thief] = ["challenger", "thief"].map(|name| market.actor(name, PURSE));
    let sealed = market.sealed(&market.scenario.next_dispute(&seat), &challenger, 3);
    let lamports = market.lamports(&challenger.address());
    market.commit(&sealed, &challenger, BOND + 1);
    market.pass(HOUR);
    let lapse = || market.lapse_ix(&sealed, &challenger);
    market.refuses(lapse(), &[], E::OpeningPending);
    market.pass(1);
    let mut to_thief = lapse();
    to_thief.accounts[4].pubkey = thief.tokens;
    market.refuses(to_thief, &[], E::NotTheTokenOwner);
    let mut rent_to_thief = lapse();
    rent_to_thief.accounts[2].pubkey = thief.address();
    market.refuses(rent_to_thief, &[], E::WrongRentReceiver);
    // Anybody may end it.
    assert_eq!(market.burns(|| drop(market.send(&[lapse()], &[]))), BOND / 10 + 1);
    assert_eq!(PURSE - market.balance(&challenger), BOND / 10 + 1);
    assert_eq!(market.lamports(&challenger.address()), lamports, "the rent returns whole");
    market.refuses(lapse(), &[], E::WrongAccountOwner);
    assert_invariants(&market);
}

#[test]
fn a_commitment_says_something_and_holds_something() {
    let (market, _) = Market::judged(1, 3);
    let seat = market.submitted(FIXED, FEE);
    let challenger = market.actor("challenger", PURSE);
    let sealed = market.sealed(&market.scenario.next_dispute(&seat), &challenger, 3);
    market.refuses(market.commit_ix(&sealed, &challenger, 0), &[&challenger], E::ZeroAmount);
    market.refuses(market.commit_ix(&sealed, &challenger, PURSE + 1), &[&challenger], E::InsufficientFunds);
    let mut nothing = market.commit_ix(&sealed, &challenger, BOND);
    nothing.data[8..40].fill(0);
    market.refuses(nothing, &[&challenger], E::ZeroCommitment);
    // Once only; and what is deposited is deposited.
    market.commit(&sealed, &challenger, BOND);
    market.refuses(market.commit_ix(&sealed, &challenger, BOND), &[&challenger], E::AccountExists);
    assert_invariants(&market);
}

#[test]
fn nothing_but_what_was_committed_to_is_opened_with_it() {
    let (market, seat, challenger, sealed) = committed();
    let other_seat = market.submitted(FIXED, FEE);
    let copycat = market.actor("copycat", PURSE);
    let with = |mut opening: Instruction| {
        opening.accounts[3].pubkey = sealed.address().0;
        opening
    };
    // By another, of another severity, of another seat, with another salt; and of the conduct of its
    // provider.
    market.refuses(with(open_ix(&market, &seat, &copycat, 3)), &[&copycat], E::WrongOpening);
    market.refuses(with(open_ix(&market, &seat, &challenger, 2)), &[&challenger], E::WrongOpening);
    market.refuses(with(open_ix(&market, &other_seat, &challenger, 3)), &[&challenger], E::WrongOpening);
    let at = market.scenario.next_dispute(&seat);
    let input = ix::OpenDispute { salt: [9; 32], ..market.open_input(Some(seat.job.job), &challenger, 3) };
    market.refuses(with(ix::open_dispute(&at, &input)), &[&challenger], E::WrongOpening);
    let owner = &market.owners[0];
    let conduct = market.next_conduct(&owner.at, 3);
    market.refuses(with(market.open_dispute_ix(&conduct, None, &challenger, 3)), &[&challenger], E::WrongOpening);
    market.send(&[open_ix(&market, &seat, &challenger, 3)], &[&challenger]);
    assert_invariants(&market);
}

#[test]
fn a_commitment_to_one_epochs_conduct_opens_no_others_and_none_of_a_raise_a_dispute() {
    let (market, _) = Market::judged(1, 3);
    let (owner, challenger) = (&market.owners[0], rich(&market, "challenger"));
    market.touch(owner);
    let of = |epoch| market.next_conduct(&owner.at, epoch);
    let sealed = market.sealed(&of(2), &challenger, 1);
    market.commit(&sealed, &challenger, BOND);
    let mut another_epoch = market.open_dispute_ix(&of(3), None, &challenger, 1);
    another_epoch.accounts[3].pubkey = sealed.address().0;
    market.refuses(another_epoch, &[&challenger], E::WrongOpening);
    // The dispute's address as a subject of either kind.
    let at = market.dispute_conduct(owner, 3, &challenger, 1);
    let raise = market.sealed_raise(&at, &challenger, 4);
    market.commit(&raise, &challenger, 200 * TOKEN);
    let [_, mut higher] = market.raise_ixs(&at, &challenger, 5, 0);
    higher.accounts[4].pubkey = raise.address().0;
    market.refuses(higher, &[&challenger], E::WrongOpening);
    market.pass(HOUR);
    market.send(&[market.raise_ixs(&at, &challenger, 4, 0)[1].clone()], &[&challenger]);
    assert_invariants(&market);
}

#[test]
fn a_raise_follows_its_commitment_within_an_hour_too() {
    let case = Contested::of(1);
    let [commit, raise] = case.raise_ixs(&case.at, &case.friend, 4, 200 * TOKEN);
    case.send(&[commit], &[&case.friend]);
    case.pass(HOUR + 1);
    case.refuses(raise, &[&case.friend], E::OpeningExpired);
    case.send(&[case.lapse_ix(&case.sealed_raise(&case.at, &case.friend, 4), &case.friend)], &[]);
    assert_eq!(PURSE - case.balance(&case.friend), 20 * TOKEN);
    assert_invariants(&case);
}

#[test]
fn the_time_of_the_commitment_counts_for_the_window_and_the_seat_waits_for_it() {
    let (market, _) = Market::judged(1, 3);
    let seat = market.submitted(FIXED, FEE);
    let challenger = market.actor("challenger", PURSE);
    let until_work_ts = market.seat_state(&seat).challenge_until_work_ts;
    market.wait_for_work_ts(until_work_ts - 1);
    let sealed = market.sealed(&market.scenario.next_dispute(&seat), &challenger, 3);
    market.commit(&sealed, &challenger, BOND);
    // The window is over, and nobody knows that something comes.
    market.wait_for_work_ts(until_work_ts + HOUR - 1);
    market.refuses(market.settle_seat_ix(&seat), &[], E::ChallengeOpen);
    market.send(&[open_ix(&market, &seat, &challenger, 3)], &[&challenger]);
    market.wait_for_work_ts(until_work_ts + HOUR);
    market.refuses(market.settle_seat_ix(&seat), &[], E::SeatDisputed);
    assert_invariants(&market);
}

#[test]
fn what_is_committed_to_after_the_window_is_not_opened() {
    let (market, _) = Market::judged(1, 3);
    let seat = market.submitted(FIXED, FEE);
    let challenger = market.actor("challenger", PURSE);
    market.wait_for_work_ts(market.seat_state(&seat).challenge_until_work_ts);
    let sealed = market.sealed(&market.scenario.next_dispute(&seat), &challenger, 3);
    market.commit(&sealed, &challenger, BOND);
    market.refuses(open_ix(&market, &seat, &challenger, 3), &[&challenger], E::ChallengeHasPassed);
    market.pass(HOUR + 1);
    market.send(&[market.lapse_ix(&sealed, &challenger)], &[]);
    market.settle_seat(&seat);
    assert_invariants(&market);
}

#[test]
fn a_job_is_not_closed_in_the_hour_after_its_window_either() {
    let (market, seat, challenger, sealed) = committed();
    let client = &market.client.actor;
    market.pass(HOUR + 1);
    market.send(&[market.lapse_ix(&sealed, &challenger)], &[]);
    market.approve(&market.client, &seat);
    let until_work_ts = market.seat_state(&seat).challenge_until_work_ts;
    market.wait_for_work_ts(until_work_ts - 1);
    market.commit(&sealed, &challenger, BOND);
    market.wait_for_work_ts(until_work_ts + HOUR - 1);
    market.refuses(market.close_job_ix(&seat.job, client.address()), &[client], E::JobNotOver);
    market.send(&[open_ix(&market, &seat, &challenger, 3)], &[&challenger]);
    assert_invariants(&market);
}

#[test]
fn whoever_committed_first_has_the_reward_whoever_opens_first() {
    let (market, _) = Market::judged(1, 3);
    let (owner, [first, copycat]) = (&market.owners[0], ["first", "copycat"].map(|name| rich(&market, name)));
    market.touch(owner);
    let next = || market.next_conduct(&owner.at, 3);
    market.commit(&market.sealed(&next(), &first, 2), &first, BOND);
    market.pass(1);
    let theirs = market.dispute_conduct(owner, 3, &copycat, 2);
    market.pass(HOUR / 2);
    let own = next();
    market.send(&[market.open_dispute_ix(&own, None, &first, 2)], &[&first]);
    market.let_phase_pass(&theirs);
    market.let_phase_pass(&own);
    assert_eq!([theirs, own].map(|at| market.dispute_state(&at).slash.own), [200 * TOKEN, 0]);
    market.execute_all(&theirs);
    assert_eq!(market.claim_from(&theirs, &copycat, Creditor::Challenger(0)), BOND);
    assert_eq!(market.claim_from(&own, &first, Creditor::Challenger(0)), BOND + 40 * TOKEN);
    assert_invariants(&market);
}

#[test]
fn nothing_is_added_at_the_opening() {
    let (market, _) = Market::judged(1, 3);
    let (owner, challenger) = (&market.owners[0], rich(&market, "challenger"));
    market.touch(owner);
    let at = market.next_conduct(&owner.at, 3);
    let bond = market.bond_for(&at, 4);
    market.commit(&market.sealed(&at, &challenger, 4), &challenger, bond);
    // A fault that was upheld meanwhile makes the claim larger, and what it requires.
    market.edit_provider(owner, |provider| {
        (provider.faults.offences[0].epoch_plus_one, provider.faults.offences[0].severity) = (1, 4);
    });
    assert!(market.bond_for(&at, 4) > bond);
    market.refuses(market.open_dispute_ix(&at, None, &challenger, 4), &[&challenger], E::BondBelowRequired);
    assert_invariants(&market);
}

#[test]
fn the_hour_moves_with_outages_that_nobody_recorded() {
    let (market, seat, challenger, _) = committed();
    market.refresh_note();
    market.pass(HOUR - 60);
    market.refresh_note();
    market.halt(5 * HOUR);
    market.send(&[open_ix(&market, &seat, &challenger, 3)], &[&challenger]);
    assert!(market.network().outages.secs > 0);
    assert_invariants(&market);

    let (market, _, challenger, sealed) = committed();
    market.refresh_note();
    market.pass(HOUR - 60);
    market.refresh_note();
    market.halt(5 * HOUR);
    market.refuses(market.lapse_ix(&sealed, &challenger), &[], E::OpeningPending);
    assert_invariants(&market);
}

#[test]
fn a_commitment_is_for_its_own_network() {
    let case = Contested::of(3);
    let mut sealed = case.sealed_raise(&case.at, &case.friend, 4);
    sealed.network = case.owner().at.provider;
    case.commit(&sealed, &case.friend, 200 * TOKEN);
    let [_, mut raise] = case.raise_ixs(&case.at, &case.friend, 4, 0);
    raise.accounts[4].pubkey = sealed.address().0;
    case.refuses(raise, &[&case.friend], E::WrongOpening);
    assert_eq!(case.phase(), Phase::Answer);
    assert_invariants(&case);
}
