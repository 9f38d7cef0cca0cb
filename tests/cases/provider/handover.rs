//! A provider passes to another owner (provider-owner-1 to provider-owner-4).
//!
//! Kind of fault: whoever sells keeps, or takes out, what was sold; whoever buys finds what it did not know;
//! who stakes behind a provider finds another owner before it could leave. Looked for in: own position,
//! tickets and lots, vesting rewards, beneficiary, claims and debt, open seats and who signs their results,
//! operators of classes, a proposal that is old, a place of the same seed after closing.

use crate::*;
use work_token_sdk::{
    Instruction, ProviderAddresses, addresses,
    args::AcceptOwnerArgs,
    math::Amount,
    state::{Handover, Juror},
};

/// The notice of the default parameters: one unbonding time.
const NOTICE: i64 = 10 * DAY;

/// What somebody accepts who looks at nothing.
pub(super) fn anything(world: &World, owner: &Owner, to: &Actor) -> AcceptOwnerArgs {
    AcceptOwnerArgs {
        operator: Pubkey::new_from_array([77; 32]),
        reward_destination: to.tokens,
        min_own_staked: 0,
        max_liabilities: u64::MAX,
        max_quota: u64::MAX,
        max_open_seats: u32::MAX,
        state: world.provider(owner).state,
    }
}

fn propose(world: &World, owner: &Owner, to: &Actor) {
    world.send(&[ix::propose_owner(&owner.at, Some(to.address()))], &[&owner.actor]);
}

pub(super) fn accept_ix(world: &World, owner: &Owner, to: &Actor, args: &AcceptOwnerArgs) -> Instruction {
    ix::accept_owner(&owner.at, to.address(), world.provider(owner).has_beneficiary(), args)
}

/// The provider's owner from now on.
pub(super) fn hand_over(world: &World, owner: &Owner, to: &Actor) -> Owner {
    propose(world, owner, to);
    world.pass(NOTICE);
    world.send(&[accept_ix(world, owner, to, &anything(world, owner, to))], &[to]);
    let at = ProviderAddresses::recorded(owner.at.network, owner.at.provider, &world.provider(owner));
    Owner { actor: to.clone(), at }
}

/// A provider with a delegator that earned an epoch, and somebody who may buy it.
fn sold() -> (World, Owner, Holder, Actor) {
    let world = World::new();
    let ann = world.owner("ann", 1_000, 20_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    let ben = world.actor("ben", 0);
    (world, ann, dora, ben)
}

// provider-owner-1
#[test]
fn a_provider_passes_to_who_was_proposed_after_one_unbonding_time_and_its_own_stake_with_it() {
    let (world, ann, _, ben) = sold();
    propose(&world, &ann, &ben);
    let accept = accept_ix(&world, &ann, &ben, &anything(&world, &ann, &ben));
    world.pass(NOTICE - 1);
    world.refuses(accept.clone(), &[&ben], E::HandoverNotDue);
    world.pass(1);
    world.send(&[accept], &[&ben]);
    let provider = world.provider(&ann);
    assert_eq!((provider.owner, provider.operator), (ben.address(), Pubkey::new_from_array([77; 32])));
    assert_eq!((provider.reward_destination, provider.has_handover()), (ben.tokens, false));
    assert_eq!(world.position(&ann).delegator, ben.address());
    assert!(!world.exists(&ann.at.handover()));

    let now = Owner { actor: ben.clone(), at: ProviderAddresses { owner: ben.address(), ..ann.at } };
    let (request, _) = world.request_ix(&ann, 1_000 * TOKEN);
    let mut by_the_former = request.clone();
    by_the_former.accounts[0].pubkey = ann.actor.address();
    world.refuses(by_the_former, &[&ann.actor], E::NotTheOwner);
    world.refuses(ix::retire(&ann.at), &[&ann.actor], E::NotTheProviderOwner);
    world.refuses(ix::set_operator(&ann.at, ann.actor.tokens), &[&ann.actor], E::NotTheProviderOwner);
    let ticket = world.request_all(&now);
    world.pass(40 * DAY);
    assert_eq!(world.withdraw(&now, ticket), 20_000 * TOKEN);
    assert!(world.claim_own(&now) > 0);
    assert_invariants(&world);
}

// provider-owner-1
#[test]
fn every_delegator_can_leave_before_a_hand_over() {
    let (world, ann, dora, ben) = sold();
    propose(&world, &ann, &ben);
    let ticket = world.request_all(&dora);
    world.pass(NOTICE);
    assert_eq!(world.withdraw(&dora, ticket), 10_000 * TOKEN);
    world.send(&[accept_ix(&world, &ann, &ben, &anything(&world, &ann, &ben))], &[&ben]);
    assert_invariants(&world);
}

// provider-owner-1
#[test]
fn a_proposal_lapses_is_replaced_and_is_withdrawn() {
    let (world, ann, _, ben) = sold();
    let eve = world.actor("eve", 0);
    let accept = |who: &Actor| accept_ix(&world, &ann, who, &anything(&world, &ann, who));
    world.refuses(accept(&ben), &[&ben], E::WrongAccountOwner);
    world.refuses(ix::propose_owner(&ann.at, Some(ann.actor.address())), &[&ann.actor], E::OwnsItAlready);
    world.refuses(ix::propose_owner(&ann.at, None), &[&ann.actor], E::WrongAccountOwner);

    propose(&world, &ann, &ben);
    world.pass(NOTICE);
    world.refuses(accept(&eve), &[&eve], E::NotTheProposedOwner);
    world.pass(NOTICE);
    world.refuses(accept(&ben), &[&ben], E::HandoverLapsed);

    propose(&world, &ann, &ben);
    world.refuses(accept(&ben), &[&ben], E::HandoverNotDue);
    world.pass(NOTICE - 1);
    propose(&world, &ann, &eve);
    let state: Handover = world.scenario.read(&ann.at.handover());
    assert_eq!(
        (state.to, state.from_ts, state.until_ts),
        (eve.address(), world.now() + NOTICE, world.now() + 2 * NOTICE)
    );
    world.pass(1);
    world.refuses(accept(&ben), &[&ben], E::NotTheProposedOwner);
    world.refuses(accept(&eve), &[&eve], E::HandoverNotDue);

    let rent = world.lamports(&ann.at.handover());
    let before = world.lamports(&ann.actor.address());
    world.send(&[ix::propose_owner(&ann.at, None)], &[&ann.actor]);
    assert_eq!(world.lamports(&ann.actor.address()), before + rent);
    world.pass(NOTICE);
    world.refuses(accept(&eve), &[&eve], E::WrongAccountOwner);
    let mut in_eves_name = ix::propose_owner(&ann.at, Some(eve.address()));
    in_eves_name.accounts[0].pubkey = eve.address();
    world.refuses(in_eves_name, &[&eve], E::NotTheProviderOwner);
    assert_invariants(&world);
}

// provider-owner-2
#[test]
fn tickets_and_vesting_rewards_go_with_the_provider_and_what_was_free_was_the_sellers() {
    let (world, ann, _, ben) = sold();
    let ticket = world.request(&ann, 5_000 * TOKEN);
    world.pass(3 * DAY);
    assert!(world.claim_own(&ann) > 0, "what is free goes where the seller said");
    let now = hand_over(&world, &ann, &ben);
    world.pass(30 * DAY);
    world.refuses(ix::claim_provider_rewards(&ann.at, ann.actor.tokens), &[], E::NotTheTokenOwner);
    assert!(world.claim_own(&now) > 0);
    let mut by_the_former = ix::withdraw_unbonded(&ann.at.own(), ticket, ann.actor.tokens);
    by_the_former.accounts[0].pubkey = ann.actor.address();
    world.refuses(by_the_former, &[&ann.actor], E::NotTheOwner);
    assert_eq!(world.withdraw(&now, ticket), 5_000 * TOKEN);
    assert_invariants(&world);
}

// provider-owner-3
#[test]
fn the_new_owner_neither_delegates_to_it_nor_attests() {
    let (world, ann, dora, ben) = sold();
    propose(&world, &ann, &dora.actor);
    world.pass(NOTICE);
    let accept = accept_ix(&world, &ann, &dora.actor, &anything(&world, &ann, &dora.actor));
    world.refuses(accept.clone(), &[&dora.actor], E::NewOwnerInterested);
    for slot in 7..10 {
        let mut elsewhere = accept.clone();
        elsewhere.accounts[slot].pubkey = Pubkey::new_from_array([9; 32]);
        world.refuses(elsewhere, &[&dora.actor], E::WrongAddress);
    }
    let ticket = world.request_all(&dora);
    world.refuses(accept.clone(), &[&dora.actor], E::NewOwnerInterested);
    world.pass(NOTICE - 1);
    propose(&world, &ann, &dora.actor);
    world.pass(NOTICE);
    world.withdraw(&dora, ticket);
    world.claim(&dora);
    world.close(&dora);
    world.send(&[accept], &[&dora.actor]);
    let again = ix::Delegate { from: dora.actor.tokens, amount: 5_000 * TOKEN, min_shares_out: 0, max_open_claims: 0 };
    world.refuses(ix::delegate(&dora.at, again), &[&dora.actor], E::OwnerCannotDelegate);

    let former = Owner { actor: dora.actor.clone(), at: ProviderAddresses { owner: dora.actor.address(), ..ann.at } };
    propose(&world, &former, &ben);
    world.give(ben.tokens, work_token_tests::BOND);
    world.scenario.register_attester(&ben, work_token_tests::BOND).unwrap();
    world.pass(NOTICE);
    let accept = accept_ix(&world, &former, &ben, &anything(&world, &former, &ben));
    world.refuses(accept, &[&ben], E::NewOwnerInterested);
    assert_invariants(&world);
}

// provider-owner-3
#[test]
fn nobody_judges_a_dispute_of_what_it_takes_over() {
    let (market, jurors) = Market::judged(1, 3);
    let owner = &market.owners[0];
    let juror = &jurors[0];
    propose(&market, owner, &juror.actor);
    market.pass(NOTICE);
    let accept = accept_ix(&market, owner, &juror.actor, &anything(&market, owner, &juror.actor));
    let key = addresses::juror(&market.scenario.network.network, &juror.actor.address());
    market.scenario.change(&key, |state: &mut Juror| state.juries = 1);
    market.edit_provider(owner, |provider| provider.disputes.open = 1);
    market.refuses(accept.clone(), &[&juror.actor], E::NewOwnerInterested);
    market.edit_provider(owner, |provider| provider.disputes.open = 0);
    market.send(&[accept], &[&juror.actor]);
    market.scenario.change(&key, |state: &mut Juror| state.juries = 0);
    assert_invariants(&market);
}

// provider-owner-4
#[test]
fn who_takes_over_names_what_it_accepts_and_finds_nothing_else() {
    let (world, ann, _, ben) = sold();
    let agreed = AcceptOwnerArgs {
        min_own_staked: 20_000 * TOKEN,
        max_liabilities: 0,
        max_quota: 0,
        max_open_seats: 0,
        ..anything(&world, &ann, &ben)
    };
    propose(&world, &ann, &ben);
    world.pass(NOTICE);
    let refused = |why: &str| {
        let accept = accept_ix(&world, &ann, &ben, &agreed);
        let before = work_token_tests::Photo::of(&world);
        work_token_tests::refused(&world, &before, world.tries(&[accept], &[&ben]), E::HandoverTermsBroken);
        assert!(!why.is_empty());
    };
    let ticket = world.request(&ann, 1_000 * TOKEN);
    refused("stake that is leaving");
    world.cancel(&ann, ticket);
    world.open_claim(&ann, 1, 1, 0);
    refused("a claim");
    world.drop_claim(&ann, 1);
    world.edit_provider(&ann, |provider| provider.slash_debt = 1);
    refused("a debt");
    world.edit_provider(&ann, |provider| provider.slash_debt = 0);
    world.edit_provider(&ann, |provider| provider.open_seats = 1);
    refused("a seat on which the former operator works");
    world.edit_provider(&ann, |provider| provider.open_seats = 0);
    let terms = ix::BeneficiaryTerms { quota: 5 * TOKEN, until_ts: world.now() + DAY };
    world.send(&[ix::propose_beneficiary(&ann.at, Some((ann.actor.address(), terms)))], &[&ann.actor]);
    let friend = ix::accept_beneficiary(&ann.at, ann.actor.address(), terms, ann.actor.tokens, None);
    world.send(&[friend], &[&ann.actor]);
    refused("a beneficiary");
    world.pass(DAY);
    world.send(&[accept_ix(&world, &ann, &ben, &agreed)], &[&ben]);
    assert_invariants(&world);
}

// provider-owner-4
#[test]
fn a_provider_that_retired_since_is_not_what_was_sold_and_an_heir_may_take_it_all_the_same() {
    let (world, ann, _, ben) = sold();
    let agreed = anything(&world, &ann, &ben);
    propose(&world, &ann, &ben);
    world.pass(NOTICE);
    world.retire(&ann);
    world.refuses(accept_ix(&world, &ann, &ben, &agreed), &[&ben], E::HandoverTermsBroken);
    let inherited = anything(&world, &ann, &ben);
    world.send(&[accept_ix(&world, &ann, &ben, &inherited)], &[&ben]);
    let now = Owner { actor: ben.clone(), at: ProviderAddresses { owner: ben.address(), ..ann.at } };
    let ticket = world.request_all(&now);
    world.pass(40 * DAY);
    assert_eq!(world.withdraw(&now, ticket), 20_000 * TOKEN);
    assert_invariants(&world);
}

// provider-owner-2
#[test]
fn a_claim_found_before_is_the_new_owners_loss() {
    let (world, ann, _, ben) = sold();
    world.open_claim(&ann, 1, 6_000 * TOKEN, 0);
    let now = hand_over(&world, &ann, &ben);
    assert_eq!(world.slash(&now, PoolKind::Own, 6_000 * TOKEN), 6_000 * TOKEN);
    world.drop_claim(&now, 1);
    let own = world.provider(&now).own;
    assert_eq!(own.value(world.position(&now).total_shares()), Amount(14_000 * TOKEN));
    assert_invariants(&world);
}

// provider-owner-1
#[test]
fn the_operator_may_take_over_with_another_operator() {
    let (world, ann, _, _) = sold();
    let operator = world.scenario.operator_of(&ann.actor);
    world.scenario.chain.fund(&operator.address(), 1_000_000_000);
    propose(&world, &ann, &operator);
    world.pass(NOTICE);
    let agreed = AcceptOwnerArgs { reward_destination: ann.actor.tokens, ..anything(&world, &ann, &operator) };
    let itself = AcceptOwnerArgs { operator: operator.address(), ..agreed };
    world.refuses(accept_ix(&world, &ann, &operator, &itself), &[&operator], E::OperatorIsOwner);
    let trap = AcceptOwnerArgs { reward_destination: ann.at.stake_vault, ..agreed };
    world.refuses(accept_ix(&world, &ann, &operator, &trap), &[&operator], E::VaultAsDestination);
    let mut wrong = accept_ix(&world, &ann, &operator, &agreed);
    wrong.accounts[5].pubkey = world.scenario.keeper.address();
    world.refuses(wrong, &[&operator], E::WrongRentReceiver);
    world.send(&[accept_ix(&world, &ann, &operator, &agreed)], &[&operator]);
    assert_eq!(world.provider(&ann).owner, operator.address());
    assert_invariants(&world);
}

// provider-owner-2
#[test]
fn a_former_owner_delegates_like_anybody_and_nobody_registers_at_the_address_again() {
    let (world, ann, _, ben) = sold();
    let now = hand_over(&world, &ann, &ben);
    assert!(world.scenario.register(&ann.actor, 300, 0).is_err(), "its address is taken");
    world.give(ann.actor.tokens, 5_000 * TOKEN);
    let behind = Holder { at: now.at.position(ann.actor.address()), actor: ann.actor.clone() };
    world.delegate(&behind, 5_000 * TOKEN);
    assert_eq!(world.position(&behind).pool_kind(), PoolKind::Delegated);
    let second = world.scenario.register(&ben, 300, 0).unwrap();
    assert_ne!(second.provider, now.at.provider, "one key may own several");
    let back = hand_over(&world, &now, &world.actor("carl", 0));
    assert_eq!(world.provider(&back).owner, back.actor.address());
    assert_invariants(&world);
}

// provider-close-1
#[test]
fn a_proposal_and_a_beneficiary_are_closed_with_their_provider() {
    let world = World::new();
    let ann = world.owner("ann", 0, 0);
    let ben = world.actor("ben", 0);
    world.retire(&ann);
    world.close(&ann);
    propose(&world, &ann, &ben);
    let terms = ix::BeneficiaryTerms { quota: 5, until_ts: world.now() + DAY };
    world.send(&[ix::propose_beneficiary(&ann.at, Some((ben.address(), terms)))], &[&ann.actor]);
    world.go_to_epoch(world.provider(&ann).retired_epoch + 90);
    world.refuses(ix::close_provider(&ann.at), &[], E::WrongProvider);
    let keys = [ann.at.handover(), ann.at.beneficiary(), ann.at.provider, ann.at.stake_vault];
    let (before, rents) = (world.lamports(&ann.actor.address()), keys.map(|key| world.lamports(&key)));
    world.send(&[ix::close_provider_of(&ann.at, &world.provider(&ann))], &[]);
    assert_eq!(world.lamports(&ann.actor.address()), before + rents.iter().sum::<u64>());
    assert!(keys.iter().all(|key| !world.exists(key)));
    assert_invariants(&world);
}
