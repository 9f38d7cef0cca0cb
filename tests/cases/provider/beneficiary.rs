//! Who is paid a provider's own rewards by agreement (provider-beneficiary-1 to provider-beneficiary-4).
//!
//! Kind of fault: one of two who share blocks what is the other's; terms change without one of them. Looked
//! for in: either token account closed or frozen, the owner's destination, expiry and the last unit of the
//! quota, a proposal changed under an acceptance, a slash's debt, a hand-over, the end of the provider.

use super::handover::hand_over;
use crate::*;
use work_token_sdk::{Instruction, state::Beneficiary};

/// One provider without delegators that earned one epoch's whole emission, all of which is free, and a bank.
fn earned() -> (World, Owner, Actor) {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    world.pass(8 * DAY);
    let bank = world.actor("bank", 0);
    (world, ann, bank)
}

fn until(world: &World, quota: u64) -> ix::BeneficiaryTerms {
    ix::BeneficiaryTerms { quota, until_ts: world.now() + 100 * DAY }
}

fn propose(world: &World, owner: &Owner, to: &Actor, terms: ix::BeneficiaryTerms) {
    world.send(&[ix::propose_beneficiary(&owner.at, Some((to.address(), terms)))], &[&owner.actor]);
}

fn accept_ix(owner: &Owner, who: &Actor, terms: ix::BeneficiaryTerms, incumbent: Option<Pubkey>) -> Instruction {
    ix::accept_beneficiary(&owner.at, who.address(), terms, who.tokens, incumbent)
}

fn agree(world: &World, owner: &Owner, who: &Actor, terms: ix::BeneficiaryTerms) {
    propose(world, owner, who, terms);
    world.send(&[accept_ix(owner, who, terms, None)], &[who]);
}

fn state(world: &World, owner: &Owner) -> Beneficiary {
    world.scenario.read(&owner.at.beneficiary())
}

fn claim_ix(world: &World, owner: &Owner) -> Instruction {
    let to = world.provider(owner).reward_destination;
    ix::claim_shared_rewards(&owner.at, to, Some(state(world, owner).destination))
}

// provider-beneficiary-1
#[test]
fn the_beneficiary_is_paid_first_up_to_its_quota_and_the_claim_in_which_that_ends_splits_exactly() {
    let (world, ann, bank) = earned();
    agree(&world, &ann, &bank, until(&world, EMISSION / 3));
    world.refuses(ix::claim_provider_rewards(&ann.at, ann.actor.tokens), &[], E::WrongBeneficiary);
    let elsewhere = ix::claim_shared_rewards(&ann.at, ann.actor.tokens, Some(ann.actor.tokens));
    world.refuses(elsewhere, &[], E::WrongBeneficiary);
    world.send(&[claim_ix(&world, &ann)], &[]);
    assert_eq!((world.balance(&bank), world.balance(&ann.actor)), (EMISSION / 3, EMISSION - EMISSION / 3));
    assert_eq!((state(&world, &ann).left, state(&world, &ann).paid), (0, EMISSION / 3));
    world.refuses(claim_ix(&world, &ann), &[], E::NothingToClaim);
    assert_invariants(&world);
}

// provider-beneficiary-1
#[test]
fn after_its_time_the_rewards_are_the_owners_again() {
    let (world, ann, bank) = earned();
    let terms = until(&world, 2 * EMISSION);
    agree(&world, &ann, &bank, terms);
    world.scenario.chain.set_now(terms.until_ts - 1);
    world.scenario.chain.set_now(terms.until_ts);
    world.send(&[claim_ix(&world, &ann)], &[]);
    assert_eq!((world.balance(&bank), world.balance(&ann.actor)), (0, EMISSION));
    assert_invariants(&world);
}

// provider-beneficiary-2
#[test]
fn nothing_holds_before_both_have_agreed_to_the_same_terms() {
    let (world, ann, bank) = earned();
    let eve = world.actor("eve", 0);
    let terms = until(&world, TOKEN);
    let now = world.now();
    for (quota, until_ts) in [(0, now + 1), (1 << 60, now + 1), (1, now), (1, i64::MIN)] {
        let none = Some((bank.address(), ix::BeneficiaryTerms { quota, until_ts }));
        world.refuses(ix::propose_beneficiary(&ann.at, none), &[&ann.actor], E::BeneficiaryTermsOutOfBounds);
    }
    propose(&world, &ann, &bank, terms);
    world.send(&[ix::claim_shared_rewards(&ann.at, ann.actor.tokens, Some(ann.actor.tokens))], &[]);
    assert_eq!(world.balance(&ann.actor), EMISSION, "a proposal changes nothing");
    world.refuses(accept_ix(&ann, &eve, terms, None), &[&eve], E::NotTheProposedBeneficiary);
    let less = ix::BeneficiaryTerms { quota: TOKEN - 1, ..terms };
    propose(&world, &ann, &bank, less);
    world.refuses(accept_ix(&ann, &bank, terms, None), &[&bank], E::NotTheProposedBeneficiary);
    world.send(&[ix::propose_beneficiary(&ann.at, None)], &[&ann.actor]);
    world.refuses(accept_ix(&ann, &bank, less, None), &[&bank], E::NotTheProposedBeneficiary);
    propose(&world, &ann, &bank, terms);
    let trap = ix::accept_beneficiary(&ann.at, bank.address(), terms, ann.at.stake_vault, None);
    world.refuses(trap, &[&bank], E::VaultAsDestination);
    world.pass(100 * DAY);
    world.refuses(accept_ix(&ann, &bank, terms, None), &[&bank], E::BeneficiaryTermsOutOfBounds);
    let mut in_eves_name = ix::propose_beneficiary(&ann.at, Some((eve.address(), until(&world, TOKEN))));
    in_eves_name.accounts[0].pubkey = eve.address();
    world.refuses(in_eves_name, &[&eve], E::NotTheProviderOwner);
    assert_invariants(&world);
}

// provider-beneficiary-2
#[test]
fn before_its_end_an_agreement_changes_with_both_alone() {
    let (world, ann, bank) = earned();
    let fund = world.actor("fund", 0);
    let terms = until(&world, 2 * EMISSION);
    agree(&world, &ann, &bank, terms);
    propose(&world, &ann, &fund, terms);
    world.refuses(accept_ix(&ann, &fund, terms, None), &[&fund], E::BeneficiaryInForce);
    world.refuses(
        accept_ix(&ann, &fund, terms, Some(ann.actor.address())),
        &[&fund, &ann.actor],
        E::BeneficiaryInForce,
    );
    let shorter = until(&world, EMISSION / 2);
    agree(&world, &ann, &bank, shorter);
    assert_eq!(state(&world, &ann).left, EMISSION / 2, "the beneficiary may agree to less");
    propose(&world, &ann, &fund, terms);
    world.send(&[accept_ix(&ann, &fund, terms, Some(bank.address()))], &[&fund, &bank]);
    world.send(&[claim_ix(&world, &ann)], &[]);
    assert_eq!((world.balance(&fund), world.balance(&bank)), (EMISSION, 0));

    world.refuses(ix::end_beneficiary(&ann.at, bank.address()), &[&bank], E::NotTheBeneficiary);
    world.refuses(
        ix::set_beneficiary_destination(&ann.at, bank.address(), bank.tokens),
        &[&bank],
        E::NotTheBeneficiary,
    );
    world.send(&[ix::end_beneficiary(&ann.at, fund.address())], &[&fund]);
    assert_eq!(state(&world, &ann).left, 0);
    agree(&world, &ann, &bank, until(&world, 1));
    assert_invariants(&world);
}

// provider-beneficiary-3
#[test]
fn a_beneficiary_that_cannot_receive_waits_for_its_own_and_for_nobody_elses() {
    let (world, ann, bank) = earned();
    agree(&world, &ann, &bank, until(&world, EMISSION / 3));
    world.scenario.chain.set_frozen(&bank.tokens, true);
    world.send(&[claim_ix(&world, &ann)], &[]);
    assert_eq!((world.balance(&bank), world.balance(&ann.actor)), (0, EMISSION - EMISSION / 3));
    assert_eq!((state(&world, &ann).owed, state(&world, &ann).left), (EMISSION / 3, 0));
    assert_invariants(&world);
    world.refuses(claim_ix(&world, &ann), &[], E::NothingToClaim);
    let fund = world.actor("fund", 0);
    let offered = until(&world, 5);
    propose(&world, &ann, &fund, offered);
    world.refuses(accept_ix(&ann, &fund, offered, None), &[&fund], E::BeneficiaryInForce);

    let purse = world.purse("another of the bank", &bank, 0);
    world.refuses(
        ix::set_beneficiary_destination(&ann.at, bank.address(), ann.at.stake_vault),
        &[&bank],
        E::VaultAsDestination,
    );
    world.send(&[ix::set_beneficiary_destination(&ann.at, bank.address(), purse.tokens)], &[&bank]);
    world.send(&[claim_ix(&world, &ann)], &[]);
    assert_eq!((world.balance(&purse), state(&world, &ann).owed), (EMISSION / 3, 0));
    world.send(&[accept_ix(&ann, &fund, offered, None)], &[&fund]);
    world.scenario.chain.set_frozen(&bank.tokens, false);
    assert_invariants(&world);
}

// provider-beneficiary-3
#[test]
fn an_owner_that_names_an_account_that_is_not_there_keeps_nothing_from_the_beneficiary() {
    let (world, ann, bank) = earned();
    agree(&world, &ann, &bank, until(&world, EMISSION / 3));
    let gone = Pubkey::new_from_array([6; 32]);
    world.send(&[ix::set_reward_destination(&ann.at, gone)], &[&ann.actor]);
    world.send(&[claim_ix(&world, &ann)], &[]);
    assert_eq!((world.balance(&bank), world.provider(&ann).own_claimable), (EMISSION / 3, EMISSION - EMISSION / 3));
    assert_invariants(&world);
    world.send(&[ix::set_reward_destination(&ann.at, ann.actor.tokens)], &[&ann.actor]);
    world.send(&[claim_ix(&world, &ann)], &[]);
    assert_eq!(world.balance(&ann.actor), EMISSION - EMISSION / 3);
    assert_invariants(&world);
}

// provider-beneficiary-1
#[test]
fn a_slashs_debt_comes_before_the_beneficiary() {
    let (world, ann, bank) = earned();
    agree(&world, &ann, &bank, until(&world, 2 * EMISSION));
    world.edit_provider(&ann, |provider| provider.slash_debt = EMISSION / 4);
    world.send(&[claim_ix(&world, &ann)], &[]);
    assert_eq!(world.balance(&bank), EMISSION - EMISSION / 4);
    assert_eq!((world.provider(&ann).slash_debt, world.provider(&ann).work.burn_due), (0, EMISSION / 4));
    assert_eq!(state(&world, &ann).left, EMISSION + EMISSION / 4, "what burned used nothing of its quota");
    assert_invariants(&world);
}

// provider-beneficiary-4
#[test]
fn an_agreement_binds_the_next_owner() {
    let (world, ann, bank) = earned();
    agree(&world, &ann, &bank, until(&world, EMISSION / 3));
    let ben = world.actor("ben", 0);
    let now = hand_over(&world, &ann, &ben);
    world.send(&[claim_ix(&world, &now)], &[]);
    assert_eq!((world.balance(&bank), world.balance(&ben)), (EMISSION / 3, EMISSION - EMISSION / 3));
    assert_invariants(&world);
}

// provider-beneficiary-4
#[test]
fn what_could_not_be_paid_when_the_provider_closes_goes_to_the_next_emission() {
    let (world, ann, bank) = earned();
    agree(&world, &ann, &bank, until(&world, EMISSION / 3));
    world.scenario.chain.set_frozen(&bank.tokens, true);
    world.retire(&ann);
    let ticket = world.request_all(&ann);
    world.pass(40 * DAY);
    assert_eq!(world.withdraw(&ann, ticket), 10_000 * TOKEN);
    world.send(&[claim_ix(&world, &ann)], &[]);
    world.close(&ann);
    world.go_to_epoch(world.provider(&ann).retired_epoch + 90);
    let carried = world.network().carried;
    world.send(&[ix::close_provider_of(&ann.at, &world.provider(&ann))], &[]);
    assert_eq!(world.network().carried, carried + EMISSION / 3);
    assert_invariants(&world);
}
