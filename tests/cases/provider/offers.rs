//! Offers: classes, floors and least working times, and where their rent goes (provider-offer-3,
//! provider-offer-2).
//!
//! The kind of fault: terms that bind stake for less than the work is worth, and rent that nobody gets
//! back. Where else it was looked for: the floor (asks what the time can pay: `job::reach`), the price of a
//! change (none counts before the next epoch), the accounts that a provider leaves behind when it closes
//! (vault and position were returned already; claims and faults close by themselves).

use crate::*;
use work_token_sdk::{args::SetOfferArgs, state::Offer};

/// Every class at any price, a class of which takes so long at least.
fn at_least(class: u8, secs: u32) -> SetOfferArgs {
    let mut offer = SetOfferArgs { classes: u16::MAX, ..SetOfferArgs::default() };
    offer.least_work_secs[usize::from(class)] = secs;
    offer
}

fn set(market: &Market, owner: &Owner, offer: &SetOfferArgs) {
    market.send(&[ix::set_offer(&owner.at, owner.at.owner, offer)], &[&owner.actor]);
}

fn job_of(market: &Market, work_secs: u32) -> work_token_sdk::SeatAddresses {
    let order = ix::CreateJob { work_secs, ..market.order(&market.client, FIXED, FEE) };
    market.place(&market.client, &order).seat(0)
}

#[test]
fn a_job_shorter_than_the_offers_least_working_time_is_skipped_without_an_attempt() {
    let market = Market::unweighed(&[STAKE], |_| ());
    set(&market, &market.owners[0], &at_least(FIXED, 600));
    let market = market.weighed();
    let ann = &market.owners[0];
    let exact = job_of(&market, 600);
    market.capture(&exact.job);
    market.draw(&exact);
    assert_eq!(market.state_of(&exact), SeatState::Drawn);
    let short = job_of(&market, 599);
    market.capture(&short.job);
    market.draw(&short);
    let state = market.seat_state(&short);
    assert_eq!((state.state(), state.leaves, state.attempts), (SeatState::Open, 64, 0));
    assert_eq!(market.record(ann, 3).skips[SkipReason::TooShort as usize - 1], 64);
    market.refuses(market.take_ix(&short, ann), &[&market.operator_0()], E::WorkTooShort);
    // The client may offer more time; nobody has accepted yet.
    market.send(&[ix::extend_job(&short, None, 1)], &[&market.client.actor]);
    market.send(&[market.take_ix(&short, ann)], &[&market.operator_0()]);
    let other = market.place(&market.client, &market.order(&market.client, TRIPLE, FEE)).seat(0);
    market.capture(&other.job);
    market.draw(&other);
    assert_eq!(market.state_of(&other), SeatState::Drawn, "each class has its own");
    assert_invariants(&market);
}

#[test]
fn a_least_working_time_counts_from_the_next_epoch_on_and_dodges_no_draw() {
    let market = Market::new(1);
    let ann = &market.owners[0];
    let seat = job_of(&market, 60);
    market.capture(&seat.job);
    set(&market, ann, &at_least(FIXED, 61));
    market.draw(&seat);
    assert_eq!(market.state_of(&seat), SeatState::Drawn);
    market.next_market_day();
    let seat = job_of(&market, 60);
    market.capture(&seat.job);
    market.draw(&seat);
    assert_eq!(market.state_of(&seat), SeatState::Open);
    assert_invariants(&market);
}

#[test]
fn an_offers_rent_returns_to_the_owner_when_the_provider_closes_and_the_next_one_makes_its_own() {
    let world = World::new();
    let (ann, bob) = (world.owner("ann", 0, 10_000 * TOKEN), world.owner("bob", 0, 10_000 * TOKEN));
    for owner in [&ann, &bob] {
        world.offer(owner, 1, 7);
    }
    let ticket = world.request_all(&ann);
    world.retire(&ann);
    world.pass(35 * DAY);
    world.withdraw(&ann, ticket);
    world.close(&ann);
    world.go_to_epoch(world.provider(&ann).retired_epoch + 90);
    let mut close = ix::close_provider(&ann.at);
    let place = close.accounts.iter().position(|meta| meta.pubkey == ann.at.offer()).expect("its offer");
    close.accounts[place].pubkey = bob.at.offer();
    world.refuses(close.clone(), &[], E::WrongOffer);
    close.accounts[place].pubkey = ann.actor.tokens;
    world.refuses(close, &[], E::WrongAccountOwner);
    let rents: u64 = [ann.at.provider, ann.at.stake_vault, ann.at.offer()].iter().map(|key| world.lamports(key)).sum();
    let before = world.lamports(&ann.actor.address());
    world.send(&[ix::close_provider(&ann.at)], &[]);
    assert_eq!(world.lamports(&ann.actor.address()), before + rents);
    assert!(!world.exists(&ann.at.offer()) && world.exists(&bob.at.offer()));

    world.scenario.register(&ann.actor, 0, 0).unwrap();
    assert!(!world.provider(&ann).has_offer());
    world.offer(&ann, 2, 9);
    let offer: Offer = world.scenario.read(&ann.at.offer());
    assert_eq!((offer.classes, offer.next_classes, offer.next_floors[0]), (0, 2, 9), "nothing of the old one");
    assert_invariants(&world);
}

// house.md: what automata do needs no cold key
#[test]
fn the_operator_sets_the_offer_too_and_nobody_else_does() {
    let market = Market::new(1);
    let (ann, operator, eve) = (&market.owners[0], market.operator_0(), market.actor("eve", 0));
    let offer = at_least(FIXED, 120);
    market.refuses(ix::set_offer(&ann.at, eve.address(), &offer), &[&eve], E::NotTheProviderOwner);
    market.send(&[ix::set_offer(&ann.at, operator.address(), &offer)], &[&operator]);
    let stored: Offer = market.scenario.read(&ann.at.offer());
    assert_eq!(stored.next_least_work_secs[usize::from(FIXED)], 120);
    assert_eq!((stored.network, stored.provider), (ann.at.network.network, ann.at.provider));
    assert_invariants(&market);
}
