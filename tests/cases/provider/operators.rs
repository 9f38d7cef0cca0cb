//! Several machines work for one provider, each with a key of its own (provider-operator-1,
//! provider-operator-2).
//!
//! Kind of fault: a key that is trusted with a part can do more than that. Looked for in: seats of another
//! class, signs of life and maintenance, the offer, seats that another key accepted, another owner's keys.

use super::handover::hand_over;
use crate::*;
use work_token_sdk::{ProviderAddresses, addresses};

fn name(market: &Market, class: u8, key: &Actor) {
    let ann = &market.owners[0];
    market.send(&[ix::set_class_operator(&ann.at, class, Some(key.address()))], &[&ann.actor, key]);
}

fn accept_ix(market: &Market, seat: &work_token_sdk::SeatAddresses, key: &Actor) -> work_token_sdk::Instruction {
    let provider = market.owners[0].at.provider;
    ix::accept_job(seat, key.address(), provider, Some(addresses::offer(&provider)))
}

// provider-operator-1
#[test]
fn the_operator_of_a_class_takes_its_seats_and_no_others() {
    let market = Market::new(1);
    let (ann, gpu) = (&market.owners[0], market.actor("gpu", 0));
    name(&market, FIXED, &gpu);
    let (mine, other) = (market.drawn(FIXED, FEE), market.meter(FEE, TOKEN));
    market.capture(&other.job);
    market.draw(&other);
    market.refuses(accept_ix(&market, &other, &gpu), &[&gpu], E::OperatorsOnly);
    let bare = ix::accept_job(&mine, gpu.address(), ann.at.provider, None);
    market.refuses(bare, &[&gpu], E::OperatorsOnly);
    market.send(&[accept_ix(&market, &mine, &gpu)], &[&gpu]);
    assert_eq!(market.seat_state(&mine).operator, gpu.address());
    let operator = market.operator_0();
    market.refuses(market.submit_ix(&mine, &operator), &[&operator], E::OperatorsOnly);
    market.send(&[market.submit_ix(&mine, &gpu)], &[&gpu]);
    market.accept(&other);
    assert_eq!(market.seat_state(&other).operator, operator.address(), "the operator takes seats of every class");

    let network = market.scenario.network.network;
    market.refuses(ix::heartbeat(&network, gpu.address(), ann.at.provider), &[&gpu], E::OperatorsOnly);
    let offer = work_token_sdk::args::SetOfferArgs::default();
    market.refuses(ix::set_offer(&ann.at, gpu.address(), &offer), &[&gpu], E::NotTheProviderOwner);
    let declined = market.drawn(FIXED, FEE);
    let offer = Some(ann.at.offer());
    let by_nobody = market.actor("nobody", 0);
    let decline = |key: &Actor| ix::decline_job_of_class(&declined, key.address(), ann.at.provider, offer);
    market.refuses(decline(&by_nobody), &[&by_nobody], E::OperatorsOnly);
    market.send(&[decline(&gpu)], &[&gpu]);
    assert_eq!(market.state_of(&declined), SeatState::Open);
    assert_invariants(&market);
}

// provider-operator-1
#[test]
fn a_key_that_was_replaced_works_on_what_it_accepted_and_takes_nothing_new() {
    let market = Market::new(1);
    let ann = &market.owners[0];
    let (gpu, next) = (market.actor("gpu", 0), market.actor("next", 0));
    name(&market, FIXED, &gpu);
    let seat = market.drawn(FIXED, FEE);
    market.send(&[accept_ix(&market, &seat, &gpu)], &[&gpu]);
    name(&market, FIXED, &next);
    let later = market.drawn(FIXED, FEE);
    market.refuses(accept_ix(&market, &later, &gpu), &[&gpu], E::OperatorsOnly);
    market.send(&[market.submit_ix(&seat, &gpu)], &[&gpu]);
    market.send(&[accept_ix(&market, &later, &next)], &[&next]);
    market.send(&[ix::set_class_operator(&ann.at, FIXED, None)], &[&ann.actor]);
    let last = market.drawn(FIXED, FEE);
    market.refuses(accept_ix(&market, &last, &next), &[&next], E::OperatorsOnly);
    market.accept(&last);
    assert_invariants(&market);
}

// provider-operator-2
#[test]
fn a_key_of_a_class_signs_that_it_is_one_and_there_are_four_at_most() {
    let market = Market::new(2);
    let (ann, ben) = (&market.owners[0], &market.owners[1]);
    let keys: Vec<Actor> = (0..5).map(|number| market.actor(&format!("gpu {number}"), 0)).collect();
    for class in 0..8 {
        name(&market, class, &keys[usize::from(class) / 2]);
    }
    let set = |class, key: &Actor| ix::set_class_operator(&ann.at, class, Some(key.address()));
    market.refuses(set(9, &keys[4]), &[&ann.actor, &keys[4]], E::TooManyOperators);
    market.refuses(set(16, &keys[0]), &[&ann.actor, &keys[0]], E::UnknownJobClass);
    let mut unsigned = set(9, &keys[0]);
    unsigned.accounts[4].is_signer = false;
    assert!(market.tries(&[unsigned], &[&ann.actor]).is_err(), "it signs itself");
    let mut in_bens_name = set(9, &keys[0]);
    in_bens_name.accounts[0].pubkey = ben.actor.address();
    market.refuses(in_bens_name, &[&ben.actor, &keys[0]], E::NotTheProviderOwner);
    market.send(&[ix::set_class_operator(&ann.at, 6, None), ix::set_class_operator(&ann.at, 7, None)], &[&ann.actor]);
    market.send(&[set(9, &keys[4])], &[&ann.actor, &keys[4]]);
    assert_invariants(&market);
}

// provider-owner-4
#[test]
fn the_keys_that_a_former_owner_named_take_no_seat_of_the_next() {
    let market = Market::new(1);
    let ann = &market.owners[0];
    let (gpu, other) = (market.actor("gpu", 0), market.actor("other", 0));
    name(&market, FIXED, &gpu);
    name(&market, METERED, &gpu);
    let ben = market.actor("ben", 0);
    let now = hand_over(&market, ann, &ben);
    let offer: work_token_sdk::state::Offer = market.scenario.read(&ann.at.offer());
    assert_eq!(offer.operator_of(FIXED, &ben.address()), None);
    market.send(&[ix::set_class_operator(&now.at, FIXED, Some(other.address()))], &[&ben, &other]);
    let offer: work_token_sdk::state::Offer = market.scenario.read(&ann.at.offer());
    assert_eq!(offer.operator_of(FIXED, &ben.address()), Some(&other.address()));
    assert_eq!(
        (offer.operator_of(METERED, &ben.address()), offer.operator_of(FIXED, &ann.actor.address())),
        (None, None)
    );
    assert_eq!(now.at, ProviderAddresses { owner: ben.address(), ..ann.at });
    assert_invariants(&market);
}
