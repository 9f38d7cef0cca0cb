//! Many tickets, the ninth, and tickets that go back.

use crate::*;

fn eight_tickets(world: &World, ann: &Owner) -> Holder {
    let dora = world.holder("dora", ann, 10_000 * TOKEN);
    for number in 1..=8 {
        assert_eq!(world.request(&dora, 100 * TOKEN), number);
        world.pass(HOUR);
    }
    dora
}

// position-ticket-1
#[test]
fn a_ninth_request_joins_the_newest_ticket_which_matures_with_it() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = eight_tickets(&world, &ann);
    assert_eq!(world.position(&dora).live_tickets, 8);
    world.pass(DAY);
    assert_eq!(world.request(&dora, 9_200 * TOKEN), 8, "a full exit is not refused");
    let ticket = world.ticket(&dora, 8);
    assert_eq!((ticket.shares, ticket.matures_at_ts), (9_300 * TOKEN, world.now() + 10 * DAY));
    assert_eq!((world.position(&dora).live_tickets, world.position(&dora).last_ticket), (8, 8));
    world.pass(10 * DAY);
    let paid: u64 = (1..=8).map(|number| world.withdraw(&dora, number)).sum();
    assert_eq!(paid, 10_000 * TOKEN);
    assert_invariants(&world);
}

// position-ticket-1
#[test]
fn the_ninth_request_can_join_no_other_ticket_and_open_no_new_one() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = eight_tickets(&world, &ann);
    world.refuses(ix::request_unbonding(&dora.at, 3, 100 * TOKEN), &[&dora.actor], E::WrongTicketNumber);
    world.refuses(ix::request_unbonding(&dora.at, 9, 100 * TOKEN), &[&dora.actor], E::WrongAccountOwner);
    let eric = world.holder("eric", &ann, 1_000 * TOKEN);
    let other = world.request(&eric, 500 * TOKEN);
    let mut into_erics = ix::request_unbonding(&dora.at, 8, 100 * TOKEN);
    into_erics.accounts[4].pubkey = eric.at.ticket(other).0;
    world.refuses(into_erics, &[&dora.actor], E::WrongDelegation);
    assert_invariants(&world);
}

// position-ticket-2
#[test]
fn a_freed_place_is_used_by_the_next_number() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = eight_tickets(&world, &ann);
    world.cancel(&dora, 8);
    assert_eq!(world.request(&dora, 100 * TOKEN), 9);
    world.pass(11 * DAY);
    world.withdraw(&dora, 1);
    assert_eq!(world.request(&dora, 100 * TOKEN), 10);
    assert_invariants(&world);
}

#[test]
fn a_request_below_eight_opens_the_next_ticket_and_no_other() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    world.request(&dora, 100 * TOKEN);
    world.refuses(ix::request_unbonding(&dora.at, 1, 100 * TOKEN), &[&dora.actor], E::AccountExists);
    assert_invariants(&world);
}

#[test]
fn a_cancelled_ticket_earns_again_from_the_next_epoch_on() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    let ticket = world.request_all(&dora);
    assert_floor(world.claim(&dora), EMISSION / 2);
    world.cancel(&dora, ticket);
    assert_eq!(world.position(&dora).pending[0].activation_epoch, world.epoch() + 1);
    assert_eq!(world.provider(&ann).delegated.unbonding_shares, 0);
    world.cycle(&[&ann]);
    world.refuses(ix::claim_rewards(&dora.at, dora.actor.tokens), &[&dora.actor], E::NothingToClaim);
    world.cycle(&[&ann]);
    assert_floor(world.claim(&dora), EMISSION / 2);
    assert!(!world.exists(&dora.at.ticket(ticket).0));
    assert_invariants(&world);
}

#[test]
fn an_own_ticket_goes_back_to_the_own_pool() {
    let world = World::new();
    let ann = world.owner("ann", 0, 20_000 * TOKEN);
    let ticket = world.request(&ann, 10_000 * TOKEN);
    world.cancel(&ann, ticket);
    assert_eq!(world.position(&ann).shares, 20_000 * TOKEN);
    assert_eq!(world.provider(&ann).own.staked().0, 20_000 * TOKEN);
    assert_invariants(&world);
}

#[test]
fn a_ticket_may_be_cancelled_after_it_matured() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    let ticket = world.request_all(&dora);
    world.pass(50 * DAY);
    world.cancel(&dora, ticket);
    assert_eq!(world.position(&dora).total_shares().0, 1_000 * TOKEN);
    assert_invariants(&world);
}

// position-ticket-3
#[test]
fn a_ticket_of_which_anything_was_paid_is_never_cancelled() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    let ticket = world.request(&dora, 500 * TOKEN);
    world.open_claim(&ann, 7, 0, 100 * TOKEN);
    world.pass(10 * DAY);
    assert_eq!(world.withdraw(&dora, ticket), 450 * TOKEN);
    world.refuses(ix::cancel_unbonding(&dora.at, ticket), &[&dora.actor], E::TicketPartlyPaid);
    let again = ix::withdraw_unbonded(&dora.at, ticket, dora.actor.tokens);
    world.refuses(again, &[&dora.actor], E::NothingToWithdraw);
    assert_invariants(&world);
}

// position-ticket-3
#[test]
fn nothing_goes_back_into_a_provider_that_leaves() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    let ticket = world.request_all(&dora);
    world.retire(&ann);
    world.refuses(ix::cancel_unbonding(&dora.at, ticket), &[&dora.actor], E::ProviderRetiring);
    world.pass(10 * DAY);
    assert_eq!(world.withdraw(&dora, ticket), 1_000 * TOKEN);
    assert_invariants(&world);
}

#[test]
fn a_ticket_belongs_to_its_position() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let (dora, eric) = (world.holder("dora", &ann, 1_000 * TOKEN), world.holder("eric", &ann, 5_000 * TOKEN));
    let (_, big) = (world.request_all(&dora), world.request_all(&eric));
    world.pass(10 * DAY);
    let steal = |mut instruction: work_token_sdk::Instruction| {
        instruction.accounts[4].pubkey = eric.at.ticket(big).0;
        instruction
    };
    world.refuses(steal(ix::withdraw_unbonded(&dora.at, 1, dora.actor.tokens)), &[&dora.actor], E::WrongDelegation);
    world.refuses(steal(ix::cancel_unbonding(&dora.at, 1)), &[&dora.actor], E::WrongDelegation);
    assert_invariants(&world);
}

// position-leave-3
#[test]
fn a_ticket_keeps_the_time_it_was_given() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    let ticket = world.request_all(&dora);
    world.edit_network(|network| network.params.unbonding_secs *= 3);
    world.pass(10 * DAY);
    assert_eq!(world.withdraw(&dora, ticket), 1_000 * TOKEN);
    assert_invariants(&world);
}
