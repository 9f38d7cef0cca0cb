//! `transfer_shares`: an early exit is the sale of one's shares.
//!
//! Rule: shares change their holder and nothing else. Kind: something that a share answers for or earns, and
//! that its holder leaves behind, takes along twice, or makes another answer for. Looked for at rewards
//! earned and not claimed, epochs not settled, lots that do not earn yet, tickets, open claims, slashes
//! before and after, ended generations, minimums, a pause, a provider that leaves, the owner's own pool,
//! juries and attesters (`jury/votes.rs`, `score/reports.rs`), rent, and the holder's word on restaking.

use crate::{position::earned_once, *};

const HALF: u64 = EMISSION / 2;

/// An owner and a delegator of the same size, in epoch 2, with epoch 1 settled; and one without shares.
fn world() -> (World, Owner, Holder, Holder) {
    let (world, ann, dora) = earned_once();
    let eric = world.stranger("eric", &ann, 1_000 * TOKEN);
    (world, ann, dora, eric)
}

// position-transfer-1
#[test]
fn shares_earn_without_a_break_and_for_nobody_twice() {
    let (world, ann, dora, eric) = world();
    world.next_epoch();
    let before = world.provider(&ann);
    // Epoch 2 has ended and is not settled.
    world.transfer(&dora, &eric, 10_000 * TOKEN);
    let after = world.provider(&ann);
    assert_eq!(after.delegated, before.delegated);
    let divisor = |provider: &work_token_sdk::state::Provider, epoch| {
        provider.record(math::Epoch(epoch)).map(|record| record.delegated_shares)
    };
    assert_eq!([divisor(&after, 2), divisor(&after, 3)], [Some(10_000 * TOKEN); 2], "no divisor falls");
    world.crank(2, &[&ann]);
    assert_floor(world.claim(&eric), HALF);
    assert_floor(world.claim(&dora), HALF);
    world.cycle(&[&ann]);
    assert_floor(world.claim(&eric), HALF);
    world.refuses(ix::claim_rewards(&dora.at, dora.actor.tokens), &[&dora.actor], E::NothingToClaim);
    assert_invariants(&world);
}

// position-transfer-1
#[test]
fn what_was_earned_before_stays_with_the_giver_and_what_the_receiver_has_is_its_own() {
    let (world, ann, dora, _) = world();
    let eric = world.holder("emil", &ann, 5_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    // Epoch 3: ann 10,000, dora 10,000, emil 5,000.
    let (doras, emils) = (HALF * 2 + EMISSION * 2 / 5, EMISSION / 5);
    world.transfer(&dora, &eric, 4_000 * TOKEN);
    let close = |paid: u64, exact: u64| assert!(exact - paid <= 3, "{paid} of {exact}");
    close(world.claim(&dora), doras);
    close(world.claim(&eric), emils);
    world.cycle(&[&ann]);
    close(world.claim(&dora), EMISSION * 6 / 25);
    close(world.claim(&eric), EMISSION * 9 / 25);
    assert_invariants(&world);
}

// position-transfer-2
#[test]
fn shares_that_do_not_earn_yet_and_tickets_stay_with_their_holder() {
    let (world, ann, dora, eric) = world();
    world.claim(&dora);
    let ticket = world.request(&dora, 2_000 * TOKEN);
    world.give(dora.actor.tokens, 3_000 * TOKEN);
    world.delegate(&dora, 3_000 * TOKEN);
    world.refuses(
        world.transfer_ix(&dora, &eric, 8_000 * TOKEN + 1),
        &[&dora.actor, &eric.actor],
        E::InsufficientShares,
    );
    world.transfer(&dora, &eric, 8_000 * TOKEN);
    let (left, got) = (world.position(&dora), world.position(&eric));
    assert_eq!((left.shares, left.pending[0].shares, left.live_tickets), (0, 3_000 * TOKEN, 1));
    assert_eq!((got.shares, got.pending[0].shares, got.live_tickets), (8_000 * TOKEN, 0, 0));
    world.cycle(&[&ann]);
    world.pass(10 * DAY);
    assert_eq!(world.withdraw(&dora, ticket), 2_000 * TOKEN);
    assert_invariants(&world);
}

// position-transfer-1
#[test]
fn a_slash_finds_shares_wherever_they_are() {
    let (world, ann, dora, eric) = world();
    world.transfer(&dora, &eric, 4_000 * TOKEN);
    world.slash(&ann, PoolKind::Delegated, 5_000 * TOKEN);
    let (left, right) = (world.request_all(&dora), world.request_all(&eric));
    world.pass(10 * DAY);
    assert_eq!((world.withdraw(&dora, left), world.withdraw(&eric, right)), (3_000 * TOKEN, 2_000 * TOKEN));
    assert_invariants(&world);
}

// position-transfer-3
#[test]
fn a_receiver_says_how_many_open_claims_it_accepts_and_then_answers_for_them() {
    let (world, ann, dora, eric) = world();
    world.open_claim(&ann, 1, 0, 1_000 * TOKEN);
    let accepting = |max_open_claims| {
        let input = ix::TransferShares { shares: 10_000 * TOKEN, min_value: 0, max_open_claims };
        ix::transfer_shares(&dora.at, eric.actor.address(), input)
    };
    let both = [&dora.actor, &eric.actor];
    world.refuses(accepting(0), &both, E::OpenClaims);
    world.refuses(accepting(1_000 * TOKEN - 1), &both, E::OpenClaims);
    world.send(&[accepting(1_000 * TOKEN)], &both);
    let ticket = world.request_all(&eric);
    world.pass(10 * DAY);
    assert_eq!(world.withdraw(&eric, ticket), 9_000 * TOKEN, "a part is held back as of whoever had them before");
    assert_eq!(world.ticket(&eric, ticket).held, 1_000 * TOKEN);
    assert_invariants(&world);
}

// position-transfer-3
#[test]
fn a_receiver_refuses_shares_that_became_worth_less() {
    let (world, ann, dora, eric) = world();
    world.slash(&ann, PoolKind::Delegated, 1);
    let at_least = |min_value| {
        let input = ix::TransferShares { shares: 10_000 * TOKEN, min_value, max_open_claims: 0 };
        ix::transfer_shares(&dora.at, eric.actor.address(), input)
    };
    let both = [&dora.actor, &eric.actor];
    world.refuses(at_least(10_000 * TOKEN), &both, E::WorthLessThanAsked);
    world.send(&[at_least(10_000 * TOKEN - 1)], &both);
    assert_invariants(&world);
}

// position-transfer-2
#[test]
fn each_side_keeps_nothing_or_the_minimum() {
    let (world, _, dora, eric) = world();
    let both = [&dora.actor, &eric.actor];
    world.refuses(world.transfer_ix(&dora, &eric, 0), &both, E::ZeroAmount);
    world.refuses(world.transfer_ix(&dora, &eric, 100 * TOKEN - 1), &both, E::BelowMinimumDelegation);
    world.refuses(world.transfer_ix(&dora, &eric, 9_900 * TOKEN + 1), &both, E::RestBelowMinimum);
    world.transfer(&dora, &eric, 100 * TOKEN);
    // Who holds the minimum already may be given dust.
    world.transfer(&dora, &eric, 1);
    world.refuses(world.transfer_ix(&eric, &dora, 2), &[&eric.actor, &dora.actor], E::RestBelowMinimum);
    world.transfer(&eric, &dora, 1);
    world.transfer(&dora, &eric, 9_900 * TOKEN);
    assert_eq!(world.position(&dora).total_shares().0, 0);
    assert_invariants(&world);
}

// position-transfer-2
#[test]
fn neither_an_owner_nor_the_same_holder_takes_part() {
    let (world, ann, dora, eric) = world();
    world.refuses(world.transfer_ix(&dora, &ann, 500 * TOKEN), &[&dora.actor, &ann.actor], E::OwnerCannotDelegate);
    world.refuses(world.transfer_ix(&ann, &eric, 500 * TOKEN), &[&ann.actor, &eric.actor], E::NotThePool);
    world.refuses(world.transfer_ix(&dora, &dora, 500 * TOKEN), &[&dora.actor], E::SameHolder);
    let ben = world.owner("ben", 0, 10_000 * TOKEN);
    // Ben is nobody here: who owns another provider may hold shares of this one.
    world.send(&[world.transfer_ix(&dora, &ben, 500 * TOKEN)], &[&dora.actor, &ben.actor]);
    assert_invariants(&world);
}

// position-transfer-2
#[test]
fn shares_come_to_nobody_while_paused_or_of_a_provider_that_leaves_and_yet_everybody_may_leave() {
    let (world, ann, dora, eric) = world();
    let both = [&dora.actor, &eric.actor];
    let network = world.scenario.network.network;
    world.send(&[ix::pause(&network, world.scenario.admin.address(), 3_600)], &[&world.scenario.admin]);
    world.refuses(world.transfer_ix(&dora, &eric, 500 * TOKEN), &both, E::Paused);
    world.request(&dora, 1_000 * TOKEN);
    world.send(&[ix::unpause(&network, world.scenario.admin.address())], &[&world.scenario.admin]);
    world.retire(&ann);
    world.refuses(world.transfer_ix(&dora, &eric, 500 * TOKEN), &both, E::ProviderRetiring);
    world.request_all(&dora);
    assert_invariants(&world);
}

// position-generation-1, position-transfer-2
#[test]
fn shares_of_an_ended_generation_cannot_be_given_and_bring_nothing_back_to_life() {
    let (world, ann, dora, eric) = world();
    world.cycle(&[&ann]);
    world.slash(&ann, PoolKind::Delegated, 10_000 * TOKEN);
    let both = [&dora.actor, &eric.actor];
    world.refuses(world.transfer_ix(&dora, &eric, 10_000 * TOKEN), &both, E::InsufficientShares);
    world.delegate(&eric, 1_000 * TOKEN);
    world.refuses(world.transfer_ix(&dora, &eric, 1), &both, E::InsufficientShares);
    let earned = world.claim(&dora);
    assert!(EMISSION - earned <= 2, "what it earned before it ended stays its own");
    assert_invariants(&world);
}

// position-rent-1
#[test]
fn the_receiver_pays_for_its_position_and_gets_it_back_and_an_emptied_giver_closes() {
    let (world, _, dora, eric) = world();
    let lamports = || world.scenario.chain.lamports(&eric.actor.address());
    world.claim(&dora);
    let before = lamports();
    world.transfer(&dora, &eric, 10_000 * TOKEN);
    let rent = before - lamports();
    assert_eq!(rent, world.scenario.chain.lamports(&eric.at.delegation));
    world.close(&dora);
    let ticket = world.request_all(&eric);
    world.pass(10 * DAY);
    world.withdraw(&eric, ticket);
    world.close(&eric);
    assert_eq!(lamports(), before);
    assert_invariants(&world);
}

// position-transfer-1
#[test]
fn shares_that_go_round_gain_nothing() {
    let (world, ann, dora, eric) = world();
    let fay = world.holder("fay", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    let mut paid = world.claim(&dora) + world.claim(&fay);
    for _ in 0..3 {
        world.next_epoch();
        for _ in 0..4 {
            world.transfer(&dora, &eric, 10_000 * TOKEN);
            world.transfer(&eric, &dora, 10_000 * TOKEN);
            world.transfer(&dora, &fay, 5_000 * TOKEN);
            world.transfer(&fay, &dora, 5_000 * TOKEN);
        }
        world.crank(world.epoch() - 1, &[&ann]);
    }
    let (doras, fays) = (world.claim(&dora), world.claim(&fay));
    paid += doras + fays;
    assert!(EMISSION * 3 * 2 / 3 >= doras + fays && paid > 0);
    assert!(doras.abs_diff(fays) <= 6, "{doras} and {fays}");
    assert_invariants(&world);
}
