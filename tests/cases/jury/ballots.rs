//! Who of those drawn sits on a jury, what its ballot binds, and what it is paid (jury-fine-2, jury-pay-3,
//! jury-draw-6).
//!
//! The kinds of fault: a draw in vain leaves a ballot empty; one lock is counted twice, or not at all; a fine
//! takes more than there is; pay comes out of money that is not there. Where they were looked for: everybody
//! who may not juror, locks of every size against ballots of every round, juries beside each other, and every
//! order in which ballots are settled.

use {
    crate::{dispute::contested::Contested, jury::votes::*, *},
    work_token_sdk::{
        BallotAddresses, DisputeAddresses,
        draw::JurorRefusal,
        limits::{MAX_JURIES, SPARE_JURORS},
        math::dispute::{Phase, Side},
        state::Party,
    },
    work_token_tests::{Juror, LOCK},
};

/// A market whose jurors have locks of these amounts. The tree is old.
pub fn with_locks(locks: &[u64]) -> (Market, Vec<Juror>) {
    let (market, _) = Market::young_with(1, 0, |_| ());
    let jurors = (0..).zip(locks).map(|(i, lock)| market.juror(&format!("juror {i}"), *lock)).collect();
    market.age_jurors(2);
    market.pass(1);
    (market, jurors)
}

/// The same in a market with jurors of these locks.
pub fn before(locks: &[u64], severity: u8) -> (Market, Vec<Juror>, DisputeAddresses) {
    let (market, jurors) = with_locks(locks);
    let [challenger, friend] = parties(&market);
    let at = answered(&market, &challenger, &friend, severity);
    (market, jurors, at)
}

/// What became of each call of a drawn jury: the ballot, whether the juror sits (or nobody is left, 2), and
/// what its ballot binds.
pub fn calls(market: &Market, at: &DisputeAddresses) -> Vec<(u8, u8, u64)> {
    market.scenario.call_jury(at).expect("the jury is called");
    let jury = market.dispute_state(at).machine.jury;
    let mut calls = Vec::new();
    while market.dispute_state(at).is_seeded() && market.dispute_state(at).machine.jury == jury {
        let next = market.scenario.plan_jury(at, 1).expect("a juror is called").draws[0].accounts;
        let said = events(&market.send(&[ix::draw_juror(at, market.scenario.paid_keeper(), &next)], &[]));
        calls.extend(said.iter().find_map(|event| match event {
            Event::BallotDrawn(drawn) => Some((drawn.index, drawn.outcome, drawn.bound)),
            _ => None,
        }));
    }
    calls
}

pub fn let_all_pass(market: &Market, at: &DisputeAddresses) {
    while !market.dispute_state(at).is_decided() {
        market.let_phase_pass(at);
    }
}

/// What settling a ballot paid and took.
pub fn settle(market: &Market, ballot: &BallotAddresses) -> (u64, u64) {
    let said = events(&market.send(&[settle_ix(market, ballot)], &[]));
    let settled = said.iter().find_map(|event| match event {
        Event::BallotSettled(settled) => Some((settled.fee, settled.lost)),
        _ => None,
    });
    settled.expect("a ballot is settled")
}

#[test]
fn parties_the_owner_and_whoever_stands_behind_the_provider_are_called_in_vain_and_never_sit() {
    let (market, jurors) = Market::young_with(1, 6, |_| ());
    let owner = &market.owners[0];
    let challenger = market.actor("challenger", 50_000 * TOKEN);
    let [dora, tom] = ["dora", "tom"].map(|name| market.holder(name, owner, 1_000 * TOKEN));
    market.request_all(&tom);
    for actor in [&challenger, &owner.actor, &market.client.actor, &dora.actor, &tom.actor] {
        market.give(actor.tokens, 3 * LOCK);
        market.scenario.join_jury(actor, 3 * LOCK).expect("anybody may lock");
    }
    market.pass(1);
    let seat = market.submitted(FIXED, FEE);
    let at = market.dispute(&seat, &challenger, 5);
    market.let_phase_pass(&at);
    let neutral: Vec<Pubkey> = jurors.iter().map(|juror| juror.actor.address()).collect();
    let mut draws = Vec::new();
    let phase = || market.dispute_state(&at).machine.phase();
    // A jury of seven, and a fresh one because nobody votes.
    for _ in 0..2 {
        market.scenario.call_jury(&at).expect("the jury is called");
        draws.extend(market.scenario.plan_jury(&at, 100).expect("the jury can be drawn").draws);
        market.scenario.draw_jury(&at).expect("the jury is drawn");
        while phase() != Phase::Draw && phase() != Phase::Arbiter {
            market.let_phase_pass(&at);
        }
    }
    for drawn in &draws {
        let reason = match drawn.owner {
            one if one == challenger.address() || one == market.client.actor.address() => Some(JurorRefusal::Party),
            one if one == owner.actor.address() => Some(JurorRefusal::Accused),
            one if one == dora.actor.address() || one == tom.actor.address() => Some(JurorRefusal::BehindAccused),
            _ => None,
        };
        assert_eq!(drawn.refusal, reason);
    }
    for actor in [&challenger, &owner.actor, &market.client.actor, &dora.actor, &tom.actor] {
        assert!(draws.iter().any(|drawn| drawn.owner == actor.address()), "each of them was drawn");
    }
    let ballots = market.scenario.ballots(&at);
    assert!(ballots.iter().all(|(_, ballot)| neutral.contains(&ballot.owner)));
    assert_eq!(ballots.len(), draws.iter().filter(|drawn| drawn.refusal.is_none()).count());
    assert_invariants(&market);
}

// While the tree is young locks enter it at once; who comes after a commitment judges nothing of it, in no
// round.
#[test]
fn a_lock_that_is_younger_than_the_commitment_does_not_sit_in_any_round() {
    let (market, jurors) = Market::young_with(1, 6, |_| ());
    let [challenger, friend] = parties(&market);
    let (owner, epoch) = (&market.owners[0], market.epoch());
    market.touch(owner);
    let at = market.next_conduct(&owner.at, epoch);
    market.commit(&market.sealed(&at, &challenger, 3), &challenger, market.bond_for(&at, 3));
    // In the second of the commitment it is too late; the opening comes later still.
    for i in 0..3 {
        market.juror(&format!("late {i}"), 2 * LOCK);
    }
    let old = &jurors[0];
    market.send(&[join_ix(&market, &old.actor, 1), sync_ix(&market, old)], &[&old.actor]);
    market.pass(60);
    market.send(&[market.open_dispute_ix(&at, None, &challenger, 3)], &[&challenger]);
    market.answer(&at, &friend);
    let is_old = |owner: &Pubkey| jurors[1..].iter().any(|juror| juror.actor.address() == *owner);
    let phase = || market.dispute_state(&at).machine.phase();
    for _ in 0..2 {
        market.scenario.call_jury(&at).expect("the jury is called");
        let plan = market.scenario.plan_jury(&at, 100).expect("the jury can be drawn");
        assert!(plan.draws.iter().any(|drawn| drawn.refusal.is_some()), "the late hold more than half");
        for drawn in &plan.draws {
            assert_eq!(drawn.refusal, (!is_old(&drawn.owner)).then_some(JurorRefusal::LockNotFree));
        }
        market.scenario.draw_jury(&at).expect("the jury is drawn");
        while phase() != Phase::Draw && phase() != Phase::Arbiter {
            market.let_phase_pass(&at);
        }
    }
    assert!(market.scenario.ballots(&at).iter().all(|(_, ballot)| is_old(&ballot.owner)));
    assert_invariants(&market);
}

#[test]
fn sixteen_spares_are_called_and_when_all_were_the_ballots_that_are_left_stay_empty() {
    // The only juror can fill one ballot, and is drawn again and again.
    let (market, jurors, at) = before(&[BALLOT_LOCK], 3);
    let spent = market.keeper_earns(|| {
        let calls = calls(&market, &at);
        assert_eq!(calls.len(), 3 + usize::from(SPARE_JURORS));
        assert_eq!(calls[0], (0, 1, BALLOT_LOCK));
        assert!(calls[1..18].iter().all(|call| *call == (1, 0, 0)), "called in vain");
        assert_eq!(calls[18], (1, 2, 0), "nobody is left");
    });
    let jury = market.dispute_state(&at).machine.present();
    assert_eq!((jury.size, jury.drawn, jury.filled), (3, 3, 1));
    assert_eq!((spent, market.dispute_state(&at).bounties[0]), (2 * JOB_BOUNTY, 2 * JOB_BOUNTY));
    // A third of the ballots is a quorum all the same.
    market.vote(&at, &jurors, &[Some(3)]);
    assert_eq!(market.dispute_state(&at).machine.verdict, 3);
    let_all_pass(&market, &at);
    market.settle_ballots(&at);
    assert_invariants(&market);
}

#[test]
fn where_nobody_can_sit_a_fresh_jury_is_called_and_then_the_arbiter_is_asked() {
    let (market, _) = Market::young_with(1, 0, |_| ());
    let owner = &market.owners[0].actor;
    market.give(owner.tokens, LOCK);
    market.scenario.join_jury(owner, LOCK).expect("anybody may lock");
    market.age_jurors(2);
    market.pass(1);
    let [challenger, friend] = parties(&market);
    let at = answered(&market, &challenger, &friend, 3);
    assert_eq!(calls(&market, &at).len(), 3 + 16);
    assert_eq!((market.dispute_state(&at).machine.phase(), market.dispute_state(&at).machine.jury), (Phase::Draw, 1));
    assert_eq!(calls(&market, &at).len(), 6 + 16);
    assert_eq!(market.dispute_state(&at).machine.phase(), Phase::Arbiter);
    let_all_pass(&market, &at);
    assert_invariants(&market);
}

#[test]
fn without_any_juror_nobody_is_drawn_and_the_time_passes() {
    let (market, _, at) = before(&[], 3);
    market.scenario.call_jury(&at).expect("the jury is called");
    assert_eq!(market.dispute_state(&at).drawn, 0);
    assert_eq!(market.scenario.plan_jury(&at, 1).err(), Some(E::JuryNotArmed));
    let_all_pass(&market, &at);
    assert_eq!(market.dispute_state(&at).outcome(), math::dispute::Outcome::Undecided);
    assert_invariants(&market);
}

#[test]
fn a_juror_drawn_twice_for_a_jury_binds_twice_and_is_paid_for_what_each_ballot_binds() {
    let (market, jurors, at) = before(&[30 * TOKEN], 3);
    let sits: Vec<_> = calls(&market, &at).into_iter().filter(|call| call.1 == 1).collect();
    assert_eq!(sits, [(0, 1, 20 * TOKEN), (1, 1, 10 * TOKEN)], "the second ballot has what the first one leaves");
    assert_eq!((market.juror_state(&jurors[0]).juries, market.juror_state(&jurors[0]).ballots), (1, 2));
    market.vote(&at, &jurors, &[Some(3)]);
    let_all_pass(&market, &at);
    let before = market.dispute_state(&at).burn_due;
    market.settle_ballots(&at);
    assert_eq!(market.juror_state(&jurors[0]).credit, FEE_OF_VOTE + FEE_OF_VOTE / 2);
    assert_eq!(market.dispute_state(&at).burn_due - before, FEE_OF_VOTE / 2, "what a smaller ballot is not paid burns");
    assert_eq!((market.juror_state(&jurors[0]).lock, market.juror_state(&jurors[0]).juries), (30 * TOKEN, 0));
    assert_invariants(&market);
}

#[test]
fn a_lock_stands_for_eight_juries_at_once_and_not_for_a_ninth() {
    let (market, jurors) = Market::judged(1, 1);
    let [challenger, friend] = parties(&market);
    let disputes: Vec<_> = (0..9).map(|_| answered(&market, &challenger, &friend, 2)).collect();
    let (ninth, eight) = disputes.split_last().expect("nine");
    for at in eight {
        market.draw_jury(at);
    }
    let state = || market.juror_state(&jurors[0]);
    assert_eq!((state().juries, state().ballots), (MAX_JURIES, 24), "three ballots of each");
    market.scenario.call_jury(ninth).expect("the jury is called");
    let plan = market.scenario.plan_jury(ninth, 100).expect("the jury can be drawn");
    assert!(plan.draws.iter().all(|drawn| drawn.refusal == Some(JurorRefusal::LockNotFree)));
    market.scenario.draw_jury(ninth).expect("everybody is called in vain");
    assert_eq!((state().juries, market.dispute_state(ninth).machine.jury), (MAX_JURIES, 1), "a fresh jury");
    // Once it has judged one of them it may sit on another.
    market.vote(&eight[0], &jurors, &[Some(2)]);
    market.pass(DAY / 2);
    market.advance(&eight[0]);
    market.settle_ballots(&eight[0]);
    assert_eq!(state().juries, MAX_JURIES - 1);
    market.draw_jury(ninth);
    assert_eq!((state().juries, market.dispute_state(ninth).machine.present().filled), (MAX_JURIES, 6));
    assert_invariants(&market);
}

#[test]
fn a_juror_that_became_a_party_after_it_was_drawn_is_taken_out() {
    let case = Contested::answered(3);
    case.scenario.call_jury(&case.at).expect("the jury is called");
    let drawn = case.scenario.plan_jury(&case.at, 1).expect("the jury can be drawn").draws[0].accounts;
    case.send(&[ix::draw_juror(&case.at, case.scenario.paid_keeper(), &drawn)], &[]);
    let (ballot, juror) = case.ballots(&case.at, &case.jurors)[0];
    case.refuses(ix::exclude_juror(&ballot, case.at.provider), &[], E::NoInterest);
    // Nobody becomes a party once the jury is called; the check stands for what later versions may allow.
    let mut state = case.dispute_state(&case.at);
    state.parties[1] = Party { owner: juror.actor.address(), severity: 3, ..bytemuck::Zeroable::zeroed() };
    case.scenario.write(&case.at.dispute, &state);
    case.send(&[ix::exclude_juror(&ballot, case.at.provider)], &[]);
    assert_eq!((case.machine().present().drawn, case.machine().present().filled), (1, 0));
    case.scenario.draw_jury(&case.at).expect("the jury is drawn");
    let sits = case.ballots(&case.at, &case.jurors).iter().any(|(_, one)| one.actor.address() == juror.actor.address());
    assert!(!sits, "it does not sit again");
    assert_invariants(&case);
}

#[test]
fn from_severity_4_on_the_juries_of_the_three_rounds_have_7_15_and_31_ballots() {
    let case = Contested::answered(4);
    for seats in [7, 15, 31] {
        assert_eq!(case.machine().present().size, seats);
        case.round(&[Some(4)]);
        assert_eq!(case.machine().present().revealed, seats);
        if seats < 31 {
            case.fund(&case.at, &case.friend, Side::Provider);
            case.let_phase_pass(&case.at);
        }
    }
    case.let_all_pass();
    case.wind_up();
    let [first, second, third] = case.dispute().costs.juror_fees;
    let paid = case.jurors.iter().map(|juror| case.juror_state(juror).credit).sum::<u64>();
    assert_eq!(paid, 7 * first + 15 * second + 31 * third);
    assert_invariants(&case);
}

/// A claim of severity 3 that was judged once and appealed, with jurors that have less than a later ballot
/// binds.
fn appealed(lock: u64) -> Contested {
    let (market, jurors) = with_locks(&[lock; 12]);
    let seat = market.submitted(FIXED, FEE);
    let [challenger, friend] = parties(&market);
    let at = market.dispute(&seat, &challenger, 3);
    market.answer(&at, &friend);
    let case = Contested { market, jurors, seat, challenger, friend, at };
    case.round(&[Some(3)]);
    case.fund(&case.at, &case.friend, Side::Provider);
    case.let_phase_pass(&case.at);
    case
}

// 0.6 % of a claim of 3,206.003 for seven ballots: 2.748003 each, so that a whole ballot binds 54.96006.
#[test]
fn from_the_second_round_on_a_ballot_binds_twenty_fees_or_the_whole_of_a_smaller_lock() {
    let case = appealed(30 * TOKEN);
    let dispute = case.dispute();
    let (fee, lock) = case.dispute().ballot_terms(1);
    assert_eq!(dispute.stake.own_claimed + dispute.stake.delegated_claimed, 3_206_003_000);
    assert_eq!((fee.0, lock.0), (2_748_003, 54_960_060));
    case.draw_jury(&case.at);
    let ballots = case.present_ballots();
    assert_eq!(ballots.len(), 7);
    assert!(ballots.iter().all(|ballot| ballot.lock == 30 * TOKEN));
    let absent = case.ballots(&case.at, &case.jurors)[0].1;
    case.vote(&case.at, &case.jurors, &[None, Some(3)]);
    case.let_all_pass();
    let before = case.dispute().burn_due;
    let of_round: Vec<_> = case.scenario.ballots(&case.at).into_iter().filter(|(_, ballot)| ballot.jury == 1).collect();
    let settled: Vec<_> = of_round.iter().map(|(key, _)| settle(&case, key)).collect();
    // floor(2.748003 x 30 / 54.96006) is 1.5: a twentieth of what the ballot binds.
    assert_eq!(settled[0], (0, 30 * TOKEN), "fined by what it binds");
    assert!(settled[1..].iter().all(|settled| *settled == (1_500_000, 0)));
    assert_eq!(case.dispute().burn_due - before, 6 * (fee.0 - 1_500_000) + 30 * TOKEN);
    assert_eq!(case.juror_state(absent).lock, 0);
    case.settle_ballots(&case.at);
    assert_invariants(&case);
}

#[test]
fn who_has_a_whole_ballots_lock_is_paid_the_whole_fee_and_fined_the_whole_ballot() {
    let case = appealed(LOCK);
    let (fee, lock) = case.dispute().ballot_terms(1);
    case.round(&[None, Some(3)]);
    case.let_all_pass();
    let of_round = case.scenario.ballots(&case.at).into_iter().filter(|(_, ballot)| ballot.jury == 1);
    let mut settled: Vec<_> = of_round.map(|(key, _)| settle(&case, &key)).collect();
    assert_eq!(settled.remove(0), (0, lock.0));
    assert!(settled.iter().all(|settled| *settled == (fee.0, 0)));
    case.settle_ballots(&case.at);
    assert_invariants(&case);
}

#[test]
fn only_the_juror_that_the_seed_draws_sits() {
    let case = Contested::answered(3);
    case.scenario.call_jury(&case.at).expect("the jury is called");
    let plan = case.scenario.plan_jury(&case.at, 1).expect("the jury can be drawn");
    let drawn = plan.draws[0].accounts;
    let another = case.jurors.iter().find(|juror| juror.at.juror != drawn.juror).expect("twelve");
    let keeper = || case.scenario.paid_keeper();
    let wrong = ix::DrawJuror { juror: another.at.juror, ..drawn };
    case.refuses(ix::draw_juror(&case.at, keeper(), &wrong), &[], E::WrongJuror);
    let hidden = ix::DrawJuror { interest: case.owner().at.position(another.actor.address()).delegation, ..drawn };
    case.refuses(ix::draw_juror(&case.at, keeper(), &hidden), &[], E::WrongAddress);
    let outcome = case.send(&[ix::draw_juror(&case.at, keeper(), &drawn)], &[]);
    let event = events(&outcome).into_iter().find_map(|event| match event {
        Event::BallotDrawn(drawn) => Some((drawn.index, drawn.outcome, drawn.bounty)),
        _ => None,
    });
    assert_eq!(event, Some((0, 1, JOB_BOUNTY)));
    assert_invariants(&case);
}
