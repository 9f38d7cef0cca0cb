//! A voice that goes round: whatever is done with a stake in the time of a vote, it votes once in it.
//!
//! Kind: shares that reach another voter without having been silent for as long as any vote lasts. Looked for
//! in tickets that outlive the change of voter, in transfers there and back, in receivers of every kind, in
//! dust, in generations that end, in positions that close and open again; and silence that somebody else
//! could bring upon a voter.

use crate::{position::earned_once, *};

const ALL: u64 = 10_000 * TOKEN;

/// An owner and a delegator of 10,000 each; two more of 10,000 that are heard themselves.
fn world() -> (World, Owner, [Holder; 3]) {
    let (world, ann, dora) = earned_once();
    let [eric, fay] = ["eric", "fay"].map(|name| world.holder(name, &ann, ALL));
    world.next_epoch();
    world.set_direct(&eric, true);
    world.vote_directly(&fay);
    (world, ann, [dora, eric, fay])
}

// position-direct-2
#[test]
fn a_ticket_that_is_cancelled_after_its_position_votes_itself_was_silent_as_long_as_the_rest() {
    let (world, ann, [dora, ..]) = world();
    let ticket = world.request(&dora, ALL / 2);
    world.set_direct(&dora, true);
    world.cancel(&dora, ticket);
    world.pass(SILENCE - 1);
    assert_eq!(world.votes(&ann, [&dora]), (ALL, [0]));
    world.pass(1);
    assert_eq!(world.votes(&ann, [&dora]), (ALL, [ALL]));
    assert_invariants(&world);
}

// position-direct-3: for the whole position, because a ticket is open.
#[test]
fn a_ticket_that_is_cancelled_while_its_position_returns_reaches_the_owner_no_sooner_than_the_rest() {
    let (world, ann, [_, eric, fay]) = world();
    let all = world.request_all(&eric);
    let half = world.request(&fay, ALL / 2);
    [&eric, &fay].iter().for_each(|holder| world.set_direct(holder, false));
    [(&eric, all), (&fay, half)].iter().for_each(|(holder, ticket)| world.cancel(*holder, *ticket));
    world.pass(SILENCE - 1);
    assert_eq!(world.votes(&ann, [&eric, &fay]), (2 * ALL, [0, 0]));
    for holder in [&eric, &fay] {
        world.refuses(world.set_direct_ix(holder, &holder.actor, false), &[&holder.actor], E::ReturnNotDue);
    }
    world.pass(1);
    [&eric, &fay].iter().for_each(|holder| world.set_direct(holder, false));
    assert_eq!(world.votes(&ann, [&eric, &fay]), (4 * ALL, [0, 0]));
    assert_invariants(&world);
}

// position-direct-3
#[test]
fn a_position_without_shares_returns_as_slowly_as_one_with_all_of_them() {
    let (world, ann, [_, eric, _]) = world();
    let ticket = world.request_all(&eric);
    world.set_direct(&eric, false);
    world.refuses(world.set_direct_ix(&eric, &eric.actor, false), &[&eric.actor], E::ReturnNotDue);
    world.pass(SILENCE);
    world.set_direct(&eric, false);
    world.cancel(&eric, ticket);
    world.next_epoch();
    assert_eq!(world.votes(&ann, [&eric]), (3 * ALL, [0]));
    assert_invariants(&world);
}

// position-direct-4
#[test]
fn shares_that_go_to_another_that_votes_itself_and_back_are_silent_all_the_while() {
    let (world, ann, [_, eric, fay]) = world();
    world.transfer(&eric, &fay, ALL / 2);
    assert_eq!(world.votes(&ann, [&eric, &fay]), (2 * ALL, [ALL / 2, ALL]), "what came is silent");
    assert_eq!(world.voice(&fay).whole.0, ALL * 3 / 2);
    world.pass(DAY);
    world.transfer(&fay, &eric, ALL / 2);
    // Which shares went nobody can tell: what came before still waits with its receiver.
    assert_eq!(world.votes(&ann, [&eric, &fay]), (2 * ALL, [ALL / 2, ALL / 2]));
    world.pass(SILENCE - DAY);
    assert_eq!(world.votes(&ann, [&eric, &fay]), (2 * ALL, [ALL / 2, ALL]));
    world.pass(DAY);
    assert_eq!(world.votes(&ann, [&eric, &fay]), (2 * ALL, [ALL, ALL]));
    assert_invariants(&world);
}

// position-direct-4
#[test]
fn what_arrived_is_silent_though_it_asks_to_leave_and_comes_back() {
    let (world, ann, [dora, eric, fay]) = world();
    world.transfer(&eric, &fay, ALL / 2);
    world.pass(DAY);
    let ticket = world.request(&fay, ALL);
    assert_eq!(world.votes(&ann, [&fay]).1, [0]);
    world.cancel(&fay, ticket);
    world.next_epoch();
    assert_eq!(world.votes(&ann, [&fay]).1, [ALL]);
    // Dust begins the wait anew, for what waits and for nothing else.
    world.transfer(&dora, &fay, 1);
    assert_eq!(world.votes(&ann, [&fay]).1, [ALL]);
    world.pass(SILENCE - 2 * DAY);
    world.transfer(&dora, &fay, 1);
    assert_eq!(world.votes(&ann, [&fay]).1, [ALL]);
    world.pass(SILENCE);
    world.transfer(&dora, &fay, 1);
    assert_eq!(world.votes(&ann, [&fay]).1, [ALL * 3 / 2 + 2], "and nothing is left of what has arrived");
    assert_invariants(&world);
}

// position-direct-4
#[test]
fn a_voice_that_its_holder_had_reaches_the_owner_through_no_receiver() {
    let (world, ann, [dora, eric, fay]) = world();
    let both = [&eric.actor, &dora.actor];
    world.refuses(world.transfer_ix(&eric, &dora, ALL / 2), &both, E::ReceiverNotDirect);
    world.set_direct(&eric, false);
    world.refuses(world.transfer_ix(&eric, &dora, ALL / 2), &both, E::ReceiverNotDirect);
    // Whoever holds none votes itself with what it gets, and waits.
    let gus = world.stranger("gus", &ann, 0);
    let outcome = world.send(&[world.transfer_ix(&eric, &gus, ALL / 2)], &[&eric.actor, &gus.actor]);
    let is_told = |event: &Event| matches!(event, Event::DirectSet(told) if told.on && told.shares == ALL / 2);
    assert!(decode_logs(&outcome.logs).events.iter().any(is_told));
    world.pass(SILENCE - 1);
    assert_eq!(world.votes(&ann, [&eric, &fay, &gus]), (2 * ALL, [0, ALL, 0]));
    world.pass(1);
    assert_eq!(world.votes(&ann, [&eric, &fay, &gus]), (2 * ALL, [0, ALL, ALL / 2]));
    assert_invariants(&world);
}

// position-direct-4: its tickets were the owner's voice.
#[test]
fn who_left_altogether_and_gets_shares_of_one_that_votes_itself_cancels_nothing_into_a_vote() {
    let (world, ann, [dora, eric, _]) = world();
    let ticket = world.request_all(&dora);
    world.transfer(&eric, &dora, ALL / 2);
    world.cancel(&dora, ticket);
    world.pass(SILENCE - 1);
    assert_eq!(world.votes(&ann, [&dora]), (ALL, [0]));
    world.pass(1);
    assert_eq!(world.votes(&ann, [&dora]), (ALL, [ALL * 3 / 2]));
    assert_invariants(&world);
}

// position-direct-3, position-direct-4
#[test]
fn what_comes_to_a_returning_position_is_silent_before_it_is_the_owners() {
    let (world, ann, [dora, eric, fay]) = world();
    world.set_direct(&fay, false);
    world.pass(SILENCE - DAY);
    world.transfer(&eric, &fay, ALL);
    world.transfer(&dora, &fay, ALL / 2);
    world.pass(DAY);
    world.refuses(world.set_direct_ix(&fay, &dora.actor, false), &[&dora.actor], E::ReturnNotDue);
    assert_eq!(world.votes(&ann, [&eric, &fay]), (ALL * 3 / 2, [0, 0]));
    world.pass(SILENCE - DAY);
    world.send(&[world.set_direct_ix(&fay, &dora.actor, false)], &[&dora.actor]);
    assert_eq!(world.votes(&ann, [&eric, &fay]), (4 * ALL, [0, 0]));
    assert_invariants(&world);
}

// position-direct-3: nobody but both holders of a transfer makes a return wait.
#[test]
fn nobody_delays_the_return_of_another() {
    let (world, ann, [dora, _, fay]) = world();
    world.let_restake(&fay);
    world.set_direct(&fay, false);
    world.pass(SILENCE - DAY);
    let gift = world.transfer_ix(&dora, &fay, 1);
    let mut unsigned = gift.clone();
    unsigned.accounts[1].is_signer = false;
    assert!(world.tries(&[unsigned], &[&dora.actor]).is_err(), "a receiver signs");
    world.donate(ann.at.stake_vault, TOKEN);
    world.touch(&ann);
    world.pass(DAY);
    world.send(&[world.set_direct_ix(&fay, &dora.actor, false)], &[&dora.actor]);
    assert_eq!(world.votes(&ann, [&fay]), (3 * ALL, [0]));
    assert_invariants(&world);
}

// position-direct-1, position-generation-1
#[test]
fn a_generation_that_ends_takes_every_voice_along_and_brings_none_back() {
    let (world, ann, [dora, eric, fay]) = world();
    let ticket = world.request(&fay, ALL / 2);
    world.slash(&ann, PoolKind::Delegated, 3 * ALL);
    assert_eq!(world.votes(&ann, [&dora, &eric, &fay]), (ALL, [0, 0, 0]));
    assert_eq!(world.provider(&ann).direct_shares, 0);
    assert_invariants(&world);
    // What its holder has said before still holds for what comes after.
    world.set_direct(&eric, false);
    world.give(fay.actor.tokens, ALL);
    world.delegate(&fay, ALL);
    assert_eq!(world.provider(&ann).direct_shares, ALL);
    world.refuses(ix::cancel_unbonding(&fay.at, ticket), &[&fay.actor], E::TicketOfEndedGeneration);
    world.next_epoch();
    assert_eq!(world.votes(&ann, [&dora, &eric, &fay]), (ALL, [0, 0, ALL]));
    world.pass(SILENCE);
    world.set_direct(&eric, false);
    assert_eq!(world.votes(&ann, [&dora, &eric, &fay]), (ALL, [0, 0, ALL]));
    assert_invariants(&world);
}

// position-direct-1
#[test]
fn a_position_that_closes_forgets_that_it_voted_itself_and_its_stake_stayed_longer_than_a_vote() {
    let (world, ann, [_, _, fay]) = world();
    let ticket = world.request_all(&fay);
    world.pass(SILENCE);
    world.refuses(ix::withdraw_unbonded(&fay.at, ticket, fay.actor.tokens), &[&fay.actor], E::NotMatured);
    world.pass(DAY);
    world.withdraw(&fay, ticket);
    world.close(&fay);
    world.delegate(&fay, ALL);
    world.next_epoch();
    assert_eq!(world.votes(&ann, [&fay]), (3 * ALL, [0]));
    assert_invariants(&world);
}
