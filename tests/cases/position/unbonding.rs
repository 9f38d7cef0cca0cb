//! Leaving: requests, their maturity, withdrawals.

use crate::*;

// principle-clock-2
#[test]
fn a_ticket_is_paid_from_the_second_on_in_which_it_matures() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    let ticket = world.request(&dora, 400 * TOKEN);
    assert_eq!(world.ticket(&dora, ticket).matures_at_ts, world.now() + 10 * DAY);
    let withdraw = ix::withdraw_unbonded(&dora.at, ticket, dora.actor.tokens);
    world.refuses(withdraw.clone(), &[&dora.actor], E::NotMatured);
    world.pass(10 * DAY - 1);
    world.refuses(withdraw, &[&dora.actor], E::NotMatured);
    world.pass(1);
    assert_eq!(world.withdraw(&dora, ticket), 400 * TOKEN);
    assert!(!world.exists(&dora.at.ticket(ticket).0), "the ticket is closed");
    assert_eq!(world.provider(&ann).delegated.tokens, 600 * TOKEN);
    assert_invariants(&world);
}

// position-leave-3
#[test]
fn own_stake_leaves_after_its_own_longer_time() {
    let world = World::new();
    let ann = world.owner("ann", 0, 20_000 * TOKEN);
    let ticket = world.request(&ann, 10_000 * TOKEN);
    assert_eq!(world.ticket(&ann, ticket).matures_at_ts, world.now() + 35 * DAY);
    world.pass(35 * DAY - 1);
    world.refuses(ix::withdraw_unbonded(&ann.at.own(), ticket, ann.actor.tokens), &[&ann.actor], E::NotMatured);
    world.pass(1);
    assert_eq!(world.withdraw(&ann, ticket), 10_000 * TOKEN);
    assert_invariants(&world);
}

#[test]
fn what_stays_is_nothing_or_at_least_the_minimum() {
    let world = World::new();
    let ann = world.owner("ann", 0, 20_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    world.refuses(world.request_ix(&dora, 900 * TOKEN + 1).0, &[&dora.actor], E::RestBelowMinimum);
    world.request(&dora, 900 * TOKEN);
    world.refuses(world.request_ix(&dora, 1).0, &[&dora.actor], E::RestBelowMinimum);
    world.request(&dora, 100 * TOKEN);
    world.refuses(world.request_ix(&ann, 10_000 * TOKEN + 1).0, &[&ann.actor], E::RestBelowMinimum);
    world.request(&ann, 20_000 * TOKEN);
    assert_invariants(&world);
}

#[test]
fn nobody_leaves_with_nothing_or_with_more_than_there_is() {
    let world = World::new();
    let ann = world.owner("ann", 0, 20_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    world.refuses(world.request_ix(&dora, 0).0, &[&dora.actor], E::ZeroAmount);
    world.refuses(world.request_ix(&dora, 1_000 * TOKEN + 1).0, &[&dora.actor], E::InsufficientShares);
    world.refuses(world.request_ix(&dora, u64::MAX).0, &[&dora.actor], E::InsufficientShares);
    world.refuses(world.request_ix(&ann, u64::MAX).0, &[&ann.actor], E::InsufficientShares);
    assert_invariants(&world);
}

// position-withdraw-1
#[test]
fn a_ticket_is_worth_its_shares_on_the_day_it_is_paid() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    world.holder("eric", &ann, 3_000 * TOKEN);
    let ticket = world.request_all(&dora);
    world.slash(&ann, PoolKind::Delegated, 1_000 * TOKEN);
    world.pass(10 * DAY);
    assert_eq!(world.withdraw(&dora, ticket), 750 * TOKEN, "it stayed liable until it was paid");
    assert_eq!(world.provider(&ann).delegated.tokens, 2_250 * TOKEN, "those who stay lose no more than their part");
    assert_invariants(&world);
}

#[test]
fn stake_that_leaves_stops_earning_at_once() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let (dora, eric) = (world.holder("dora", &ann, 10_000 * TOKEN), world.holder("eric", &ann, 10_000 * TOKEN));
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    world.request_all(&eric);
    assert_floor(world.claim(&eric), EMISSION / 3);
    for _ in 0..3 {
        world.cycle(&[&ann]);
    }
    world.refuses(ix::claim_rewards(&eric.at, eric.actor.tokens), &[&eric.actor], E::NothingToClaim);
    // In epoch 2 the delegated side still counted 20,000 and dora alone was left to be paid for it; later the
    // stake is two thirds of the largest, and so is the emission.
    assert_floor(world.claim(&dora), EMISSION / 3 + EMISSION / 3 * 2 + 2 * (EMISSION / 3));
    assert_invariants(&world);
}

// position-leave-2
#[test]
fn a_full_exit_is_never_refused_for_a_minimum() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 100 * TOKEN);
    world.slash(&ann, PoolKind::Delegated, 99 * TOKEN);
    world.slash(&ann, PoolKind::Own, 9_999 * TOKEN);
    let (ticket, own_ticket) = (world.request_all(&dora), world.request_all(&ann));
    world.pass(35 * DAY);
    assert_eq!((world.withdraw(&dora, ticket), world.withdraw(&ann, own_ticket)), (TOKEN, TOKEN));
    assert_invariants(&world);
}

#[test]
fn a_ticket_may_be_paid_to_any_account_but_a_vault() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    let ticket = world.request_all(&dora);
    world.pass(10 * DAY);
    let to = |to| ix::withdraw_unbonded(&dora.at, ticket, to);
    world.refuses(to(world.scenario.network.vault(VaultKind::Treasury)), &[&dora.actor], E::VaultAsDestination);
    world.refuses(to(Pubkey::new_from_array([8; 32])), &[&dora.actor], E::NotATokenAccount);
    world.set_frozen(&dora.actor.tokens, true);
    world.refuses(to(dora.actor.tokens), &[&dora.actor], E::TokenAccountFrozen);
    let friend = world.actor("friend", 0);
    world.send(&[to(friend.tokens)], &[&dora.actor]);
    assert_eq!(world.balance(&friend), 1_000 * TOKEN);
    assert_invariants(&world);
}

#[test]
fn a_ticket_is_paid_once() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    let ticket = world.request_all(&dora);
    world.pass(10 * DAY);
    world.withdraw(&dora, ticket);
    let again = ix::withdraw_unbonded(&dora.at, ticket, dora.actor.tokens);
    world.refuses(again.clone(), &[&dora.actor], E::WrongAccountOwner);

    // Not twice in one transaction either.
    let eric = world.holder("eric", &ann, 1_000 * TOKEN);
    let ticket = world.request_all(&eric);
    world.pass(10 * DAY);
    let withdraw = ix::withdraw_unbonded(&eric.at, ticket, eric.actor.tokens);
    let before = Photo::of(&world);
    let twice = world.tries(&[withdraw.clone(), withdraw], &[&eric.actor]);
    refused_with_code(&world, &before, twice, E::WrongAccountOwner.code());
    assert_invariants(&world);
}

#[test]
fn the_last_share_takes_the_last_token() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let holders = ["a", "b", "c"].map(|name| world.holder(name, &ann, 333 * TOKEN + 1));
    world.slash(&ann, PoolKind::Delegated, 7);
    let tickets = [0, 1, 2].map(|i| world.request_all(&holders[i]));
    world.pass(10 * DAY);
    let paid: u64 = (0..3).map(|i| world.withdraw(&holders[i], tickets[i])).sum();
    assert_eq!(paid, 999 * TOKEN + 3 - 7);
    let pool = world.provider(&ann).delegated;
    assert_eq!((pool.tokens, pool.shares, pool.unbonding_shares), (0, 0, 0));
    assert_invariants(&world);
}

// position-ticket-2: numbers are never used again, so an address closed and created in one transaction is
// another ticket
#[test]
fn a_ticket_closed_and_asked_for_again_in_one_transaction_has_a_new_number() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    let ticket = world.request(&dora, 500 * TOKEN);
    let cancel = ix::cancel_unbonding(&dora.at, ticket);
    world.send(&[cancel, ix::request_unbonding(&dora.at, ticket + 1, 600 * TOKEN)], &[&dora.actor]);
    assert_eq!(world.ticket(&dora, ticket + 1).shares, 600 * TOKEN);
    assert_invariants(&world);
}
