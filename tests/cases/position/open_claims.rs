//! Withdrawals while disputes claim stake (position-withdraw-2). A claim is constructed here, as an entry
//! in the provider's account; those of disputes stand in `dispute::liability` and `departures`.

use crate::{dispute::liability::listed, *};

/// A delegated pool of 1,000 tokens: dora's matured ticket of 900, and eric's 100 who stays.
fn leaving(claims: &[(u32, u64)]) -> (World, Owner, Holder) {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 900 * TOKEN);
    world.holder("eric", &ann, 100 * TOKEN);
    world.request_all(&dora);
    for (dispute, claimed) in claims {
        world.open_claim(&ann, *dispute, 0, claimed * TOKEN);
    }
    world.pass(10 * DAY);
    (world, ann, dora)
}

// position-withdraw-2
#[test]
fn a_withdrawal_leaves_behind_its_part_of_every_open_claim() {
    let (world, ann, dora) = leaving(&[(1, 300)]);
    assert_eq!(world.withdraw(&dora, 1), 630 * TOKEN);
    let (provider, ticket) = (world.provider(&ann), world.ticket(&dora, 1));
    assert_eq!((ticket.shares, ticket.held), (0, 270 * TOKEN));
    assert_eq!(listed(&ticket), [(1, 270 * TOKEN)]);
    assert_eq!(provider.reservations[0].delegated, 30 * TOKEN, "its part is out of the claim");
    assert_eq!((provider.held, provider.delegated.tokens), (270 * TOKEN, 100 * TOKEN));
    assert_eq!((world.position(&dora).live_tickets, world.position(&dora).held_tickets), (0, 1));
    assert_invariants(&world);
}

// position-withdraw-3
#[test]
fn without_open_claims_everything_is_paid_and_the_ticket_closes() {
    let (world, ann, dora) = leaving(&[]);
    assert_eq!(world.withdraw(&dora, 1), 900 * TOKEN);
    assert_eq!((world.provider(&ann).held, world.position(&dora).held_tickets), (0, 0));
    assert!(!world.exists(&dora.at.ticket(1).0));
    assert_invariants(&world);
}

// position-withdraw-2
#[test]
fn four_claims_are_served_in_their_order_and_hold_no_more_than_the_ticket_is_worth() {
    let (world, ann, dora) = leaving(&[(4, 100), (9, 200), (11, 300), (12, 50)]);
    assert_eq!(world.withdraw(&dora, 1), 900 * TOKEN / 20 * 7);
    let ticket = world.ticket(&dora, 1);
    assert_eq!(listed(&ticket), [(4, 90), (9, 180), (11, 270), (12, 45)].map(|(claim, part)| (claim, part * TOKEN)));
    assert_eq!(
        world.provider(&ann).reservations.map(|claim| claim.delegated),
        [10, 20, 30, 5].map(|rest| rest * TOKEN)
    );
    assert_invariants(&world);
}

// position-withdraw-2
#[test]
fn a_false_claim_of_everything_cannot_crowd_out_a_true_one() {
    let (world, ann, dora) = leaving(&[(1, 1_000), (2, 300)]);
    assert_eq!(world.withdraw(&dora, 1), 0, "booked in full, even beyond what the pool holds");
    let ticket = world.ticket(&dora, 1);
    assert_eq!((ticket.held, listed(&ticket)), (900 * TOKEN, vec![(1, 900 * TOKEN), (2, 270 * TOKEN)]));
    assert_invariants(&world);
    // The false one is withdrawn. The true one still finds its 270 in the ticket and its 30 in the pool.
    world.drop_claim(&ann, 1);
    assert_eq!(world.provider(&ann).claimed_from_delegated().0, 30 * TOKEN);
    assert_invariants(&world);
}

// position-withdraw-2
#[test]
fn parts_round_up_and_those_who_stay_pay_for_nobody() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 700 * TOKEN + 1);
    let eric = world.holder("eric", &ann, 299 * TOKEN + 9);
    world.request_all(&dora);
    world.open_claim(&ann, 1, 0, 333 * TOKEN + 7);
    world.pass(10 * DAY);
    let all = u128::from(999 * TOKEN + 10);
    let part = (u128::from(700 * TOKEN + 1) * u128::from(333 * TOKEN + 7)).div_ceil(all) as u64;
    assert_eq!(world.withdraw(&dora, 1), 700 * TOKEN + 1 - part);
    let provider = world.provider(&ann);
    assert_eq!(provider.reservations[0].delegated, 333 * TOKEN + 7 - part);
    let charged = u128::from(provider.reservations[0].delegated) * all;
    assert!(charged <= u128::from(299 * TOKEN + 9) * u128::from(333 * TOKEN + 7), "no more than eric's own part");
    assert_eq!(world.position(&eric).total_shares().0, provider.delegated.shares);
    assert_invariants(&world);
}

// position-withdraw-2
#[test]
fn the_last_to_leave_takes_the_whole_claim_along() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    world.request_all(&dora);
    world.open_claim(&ann, 1, 0, 250 * TOKEN);
    world.pass(10 * DAY);
    assert_eq!(world.withdraw(&dora, 1), 750 * TOKEN);
    assert_eq!(world.provider(&ann).claimed_from_delegated().0, 0);
    assert_invariants(&world);
}

#[test]
fn a_claim_on_one_pool_holds_nothing_back_from_the_other() {
    let (world, ann, dora) = leaving(&[]);
    world.open_claim(&ann, 1, 10_000 * TOKEN, 0);
    assert_eq!(world.withdraw(&dora, 1), 900 * TOKEN);
    let ticket = world.request_all(&ann);
    world.pass(35 * DAY);
    assert_eq!(world.withdraw(&ann, ticket), 0);
    assert_eq!(world.ticket(&ann, ticket).held, 10_000 * TOKEN);
    assert_invariants(&world);
}

// network-surplus-1
#[test]
fn what_is_held_back_is_no_surplus() {
    let (world, ann, dora) = leaving(&[(1, 300)]);
    world.withdraw(&dora, 1);
    world.refuses(ix::sweep_surplus(&ann.at), &[], E::NothingToSweep);
    assert_invariants(&world);
}

// position-withdraw-3
#[test]
fn a_claim_bars_no_exit_no_reward_and_no_weight() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    for dispute in 1..=4 {
        world.open_claim(&ann, dispute, 10_000 * TOKEN, 10_000 * TOKEN);
    }
    assert_eq!(world.cycle(&[&ann]).total_weight, 20_000 * TOKEN);
    assert_floor(world.claim(&dora), EMISSION / 2);
    let ticket = world.request(&dora, 5_000 * TOKEN);
    world.cancel(&dora, ticket);
    let ticket = world.request_all(&dora);
    world.pass(10 * DAY);
    assert_eq!(world.withdraw(&dora, ticket), 0, "held back, not refused");
    assert_invariants(&world);
}

#[test]
fn a_position_with_a_held_ticket_does_not_close() {
    let (world, _, dora) = leaving(&[(1, 300)]);
    world.withdraw(&dora, 1);
    world.refuses(ix::close_delegation(&dora.at, dora.actor.address()), &[&dora.actor], E::PositionNotEmpty);
    assert_invariants(&world);
}
