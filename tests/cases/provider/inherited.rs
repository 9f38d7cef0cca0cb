//! What a former owner leaves to the next (provider-owner-4).
//!
//! Kind of fault: what the seller has said and nobody has answered yet holds for the buyer, who did not see
//! it. Looked for in: terms that are proposed to a beneficiary, a wish to restake, keys of classes, a
//! destination, another proposal of an owner.

use super::handover::{accept_ix, anything};
use crate::*;
use work_token_sdk::args::AcceptOwnerArgs;

// provider-owner-4
#[test]
fn what_the_former_owner_proposed_or_wished_binds_nobody_after_it() {
    let world = World::new();
    let ann = world.owner("ann", 1_000, 20_000 * TOKEN);
    let (ben, friend) = (world.actor("ben", 0), world.actor("friend", 0));
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    let terms = ix::BeneficiaryTerms { quota: (1 << 60) - 1, until_ts: world.now() + 1_000 * DAY };
    let propose = ix::propose_beneficiary(&ann.at, Some((friend.address(), terms)));
    world.send(&[ix::set_auto_restake(&ann.at.own(), Some(u64::MAX))], &[&ann.actor]);
    world.send(&[ix::propose_owner(&ann.at, Some(ben.address()))], &[&ann.actor]);
    world.pass(10 * DAY);
    world.send(&[propose], &[&ann.actor]);

    let agreed = AcceptOwnerArgs { max_quota: 0, ..anything(&world, &ann, &ben) };
    let accept = accept_ix(&world, &ann, &ben, &agreed);
    let mut left_out = accept.clone();
    left_out.accounts[6].pubkey = work_token_sdk::interface::ID;
    world.refuses(left_out, &[&ben], E::WrongBeneficiary);
    world.send(&[accept], &[&ben]);

    let late = ix::accept_beneficiary(&ann.at, friend.address(), terms, friend.tokens, None);
    world.refuses(late, &[&friend], E::NotTheProposedBeneficiary);
    let keeper = world.scenario.paid_keeper();
    world.refuses(ix::restake_for(&ann.at.own(), keeper), &[], E::NotAutoRestaked);
    let again = ix::propose_owner(&ann.at, Some(friend.address()));
    world.refuses(again, &[&ann.actor], E::NotTheProviderOwner);
    world.send(&[ix::claim_shared_rewards(&ann.at, ben.tokens, Some(ben.tokens))], &[]);
    assert!(world.balance(&ben) > 0 && world.balance(&friend) == 0, "the buyer is paid, and nobody beside it");
    assert_invariants(&world);
}
