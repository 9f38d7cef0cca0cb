//! `set_direct`: stake is voted by the provider's owner, or by its holder.
//!
//! Rule: whoever loses a voice loses it at once, and who gets it is heard after the longest vote and two
//! days. Kind: a voice that a holder cannot take, or that nobody has for longer than it must. Looked for at
//! everything that refuses other instructions, at a holder that does not come, at stake that does not earn
//! yet, leaves or comes, at the leverage, and at providers in jail.

use crate::{position::earned_once, *};
use work_token_sdk::state::{Provider, position_flags};

const ALL: u64 = 10_000 * TOKEN;

/// An owner and a delegator of 10,000 each, both of whose stake votes, and a delegator of 5,000 beside them.
fn world() -> (World, Owner, Holder, Holder) {
    let (world, ann, dora) = earned_once();
    let eric = world.holder("eric", &ann, ALL / 2);
    world.next_epoch();
    (world, ann, dora, eric)
}

fn direct_shares(world: &World, owner: &Owner) -> u64 {
    world.provider(owner).direct_shares
}

// position-direct-1, position-direct-2
#[test]
fn a_holder_takes_its_voice_at_once_and_is_heard_after_the_longest_vote_and_two_days() {
    let (world, ann, dora, eric) = world();
    assert_eq!(world.votes(&ann, [&dora, &eric]), (ALL * 5 / 2, [0, 0]), "the owner votes for all");
    let turn = world.set_direct_ix(&dora, &dora.actor, true);
    let outcome = world.send(&[turn], &[&dora.actor]);
    let told = decode_logs(&outcome.logs).events;
    let [Event::DirectSet(told)] = &told[..] else { panic!("{told:?}") };
    let heard_from_ts = world.now() + SILENCE;
    assert_eq!((told.on, told.from_ts, told.shares, told.direct_shares), (true, heard_from_ts, ALL, ALL));
    assert_eq!(world.votes(&ann, [&dora, &eric]), (ALL * 3 / 2, [0, 0]));
    assert_eq!(world.voice(&dora).whole.0, ALL);
    world.pass(SILENCE - 1);
    assert_eq!(world.votes(&ann, [&dora, &eric]), (ALL * 3 / 2, [0, 0]));
    world.pass(1);
    assert_eq!(world.votes(&ann, [&dora, &eric]), (ALL * 3 / 2, [ALL, 0]));
    assert_invariants(&world);
}

// position-direct-3
#[test]
fn a_voice_goes_back_in_two_steps_the_second_by_anybody() {
    let (world, ann, dora, eric) = world();
    world.vote_directly(&dora);
    let by = |who: &Holder, on| world.set_direct_ix(&dora, &who.actor, on);
    world.refuses(by(&eric, false), &[&eric.actor], E::NotTheOwner);
    world.set_direct(&dora, false);
    assert_eq!(world.votes(&ann, [&dora]), (ALL * 3 / 2, [0]), "nobody votes with it");
    world.pass(SILENCE - 1);
    world.refuses(by(&dora, false), &[&dora.actor], E::ReturnNotDue);
    world.refuses(by(&eric, false), &[&eric.actor], E::ReturnNotDue);
    world.refuses(by(&eric, true), &[&eric.actor], E::NotTheOwner);
    world.pass(1);
    assert_eq!(world.votes(&ann, [&dora]), (ALL * 3 / 2, [0]), "until somebody completes it");
    let outcome = world.send(&[by(&eric, false)], &[&eric.actor]);
    let told = decode_logs(&outcome.logs).events;
    let [Event::DirectSet(told)] = &told[..] else { panic!("{told:?}") };
    assert_eq!((told.on, told.from_ts, told.shares, told.direct_shares), (false, 0, ALL, 0));
    assert_eq!(world.votes(&ann, [&dora]), (ALL * 5 / 2, [0]));
    assert_invariants(&world);
}

// position-direct-1, position-direct-3
#[test]
fn what_is_done_is_not_done_again_and_own_stake_is_always_the_owners_voice() {
    let (world, ann, dora, eric) = world();
    let by = |who: &Holder, on| world.set_direct_ix(&dora, &who.actor, on);
    world.refuses(by(&dora, false), &[&dora.actor], E::NotDirect);
    world.refuses(by(&eric, true), &[&eric.actor], E::NotTheOwner);
    for on in [true, false] {
        world.refuses(world.set_direct_ix(&ann, &ann.actor, on), &[&ann.actor], E::NotThePool);
    }
    world.set_direct(&dora, true);
    world.pass(DAY);
    world.refuses(by(&dora, true), &[&dora.actor], E::AlreadyDirect);
    // Who changes its mind waits anew.
    world.set_direct(&dora, false);
    world.pass(DAY);
    world.set_direct(&dora, true);
    world.pass(SILENCE - 1);
    assert_eq!(world.votes(&ann, [&dora]), (ALL * 3 / 2, [0]));
    world.pass(1);
    assert_eq!(world.votes(&ann, [&dora]), (ALL * 3 / 2, [ALL]));
    assert_invariants(&world);
}

// network-params-14
#[test]
fn stake_has_no_voice_where_votes_last_no_time() {
    let world = World::with(|options| options.params.longest_vote_secs = 0);
    let ann = world.owner("ann", 0, ALL);
    let dora = world.holder("dora", &ann, ALL);
    world.refuses(world.set_direct_ix(&dora, &dora.actor, true), &[&dora.actor], E::NoVoice);
    world.refuses(world.set_direct_ix(&dora, &dora.actor, false), &[&dora.actor], E::NotDirect);
    assert_invariants(&world);
}

// position-direct-1
#[test]
fn neither_a_pause_nor_a_jail_a_claim_or_a_retirement_keeps_a_voice() {
    let (world, ann, dora, eric) = world();
    let network = world.scenario.network.network;
    world.open_claim(&ann, 1, 1_000 * TOKEN, 1_000 * TOKEN);
    world.edit_provider(&ann, |provider| provider.state = ProviderState::Jailed as u8);
    world.send(&[ix::pause(&network, world.scenario.admin.address(), 7 * DAY as u32)], &[&world.scenario.admin]);
    world.set_direct(&dora, true);
    world.set_direct(&eric, true);
    world.set_direct(&eric, false);
    world.pass(SILENCE);
    world.edit_provider(&ann, |provider| provider.state = ProviderState::Active as u8);
    world.retire(&ann);
    // Nobody cranked for nine days.
    world.set_direct(&eric, false);
    world.set_direct(&dora, false);
    assert_eq!(direct_shares(&world, &ann), ALL);
    world.drop_claim(&ann, 1);
    assert_invariants(&world);
}

// position-direct-1: the sum is kept wherever shares come or go.
#[test]
fn what_comes_to_a_direct_position_is_voted_by_its_holder_and_what_leaves_by_nobody() {
    let (world, ann, dora, _) = world();
    world.vote_directly(&dora);
    world.give(dora.actor.tokens, 2_000 * TOKEN);
    world.delegate(&dora, 2_000 * TOKEN);
    assert_eq!(direct_shares(&world, &ann), 12_000 * TOKEN);
    assert_eq!(world.votes(&ann, [&dora]).1, [ALL], "what does not earn yet has no voice");
    world.next_epoch();
    assert_eq!(world.votes(&ann, [&dora]).1, [12_000 * TOKEN]);
    let ticket = world.request(&dora, 5_000 * TOKEN);
    assert_eq!((direct_shares(&world, &ann), world.votes(&ann, [&dora]).1), (7_000 * TOKEN, [7_000 * TOKEN]));
    world.cancel(&dora, ticket);
    assert_eq!((direct_shares(&world, &ann), world.votes(&ann, [&dora]).1), (12_000 * TOKEN, [7_000 * TOKEN]));
    world.next_epoch();
    assert_eq!(world.votes(&ann, [&dora]), (ALL * 3 / 2, [12_000 * TOKEN]));
    assert_invariants(&world);
}

// position-direct-1
#[test]
fn rewards_that_become_stake_are_voted_by_who_votes_with_the_position() {
    let (world, ann, dora) = earned_once();
    world.let_restake(&dora);
    world.set_direct(&dora, true);
    assert!(world.position(&dora).auto_restakes(), "one word of a holder does not take back the other");
    world.restake(&dora);
    let earned = world.position(&dora).total_shares().0 - ALL;
    assert_floor(earned, EMISSION / 2);
    assert_eq!(direct_shares(&world, &ann), ALL + earned);
    for _ in 0..5 {
        world.cycle(&[&ann]);
    }
    world.send(&[world.restake_for_ix(&dora)], &[]);
    assert_eq!(direct_shares(&world, &ann), world.position(&dora).total_shares().0);
    world.send(&[ix::set_auto_restake(&dora.at, None)], &[&dora.actor]);
    assert_eq!(world.position(&dora).flags, position_flags::DIRECT);
    assert_invariants(&world);
}

// position-direct-5
#[test]
fn stake_beyond_the_leverage_is_heard_in_part_whoever_votes_with_it() {
    let world = World::new();
    let ann = world.owner("ann", 0, ALL);
    let dora = world.holder("dora", &ann, 24 * ALL);
    let eric = world.holder("eric", &ann, 8 * ALL);
    world.next_epoch();
    world.vote_directly(&dora);
    // 16 times 10,000 of 320,000 are heard: half of everybody's.
    assert_eq!(world.votes(&ann, [&dora, &eric]), (ALL + 4 * ALL, [12 * ALL, 0]));
    // The owner's own stake is what the epoch began with, though a part of it asks to leave.
    world.stake_self(&ann, ALL);
    world.request(&ann, ALL);
    assert_eq!(world.votes(&ann, [&dora]), (ALL + 4 * ALL, [12 * ALL]));
    world.next_epoch();
    assert_eq!(world.votes(&ann, [&dora]), (ALL + 4 * ALL, [12 * ALL]));
    assert_invariants(&world);
}

// position-direct-5
#[test]
fn a_request_that_is_taken_back_within_its_epoch_silences_nobody_else() {
    let world = World::new();
    let ann = world.owner("ann", 0, 2 * ALL);
    let dora = world.holder("dora", &ann, 32 * ALL);
    world.next_epoch();
    world.vote_directly(&dora);
    world.touch(&ann);
    let ticket = world.request(&ann, ALL);
    assert_eq!(world.votes(&ann, [&dora]), (ALL, [32 * ALL]));
    world.cancel(&ann, ticket);
    assert_eq!(world.votes(&ann, [&dora]), (2 * ALL, [32 * ALL]));
    // Who leaves for longer takes a part of the others' voice along with its own.
    world.request(&ann, ALL);
    world.next_epoch();
    assert_eq!(world.votes(&ann, [&dora]), (ALL, [16 * ALL]));
    assert_invariants(&world);
}

// position-direct-6
#[test]
fn in_jail_an_owner_is_silent_and_who_votes_itself_is_not() {
    let (world, ann, dora, eric) = world();
    world.vote_directly(&dora);
    let (network, now) = (world.network(), (world.now(), math::Epoch(world.epoch())));
    for state in [ProviderState::Jailed, ProviderState::Tombstoned] {
        let barred = Provider { state: state as u8, ..world.provider(&ann) };
        let owner = barred.owner_voice(&network, now);
        assert_eq!((owner.voiced.0, owner.whole.0), (0, ALL * 3 / 2));
        assert_eq!(barred.position_voice(&network, &world.position(&dora), now).voiced.0, ALL);
        assert_eq!(barred.position_voice(&network, &world.position(&eric), now).whole.0, 0);
    }
    assert_invariants(&world);
}
