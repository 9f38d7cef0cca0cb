//! Stories of votes: what stake weighs in those of a DAO, and networks that a vote governs, by the real SPL
//! Governance.

mod addin;
mod addin_governance;
mod addin_records;
mod addin_weights;
mod decided;
mod governing;
mod sizes;
mod switched;
mod tables;

use {
    crate::*,
    work_token_sdk::{
        Instruction,
        governance::{GovernanceConfig, RealmRules, Vote},
    },
    work_token_tests::{Dao, LEAST_WEIGHT},
};

/// How long the stories' governance votes, and holds up. Seconds.
const VOTE: u32 = 3 * 86_400;
const HOLD_UP: u32 = 86_400;

/// What a proposal needs, in percent of the supply.
const QUORUM: u8 = 60;

fn rules() -> GovernanceConfig {
    GovernanceConfig::of_community(QUORUM, VOTE, HOLD_UP, LEAST_WEIGHT)
}

/// A DAO of deposits that governs nothing yet, and a member with seven tenths of the supply.
fn founded() -> (World, Dao, Actor) {
    founded_in(World::new())
}

fn founded_in(world: World) -> (World, Dao, Actor) {
    let dao = world.found("Workers", &RealmRules::by_deposit(), &rules());
    let alice = world.member(&dao, "alice", 700 * TOKEN);
    world.actor("others", 300 * TOKEN);
    (world, dao, alice)
}

/// The same, after it took the network over by its own vote.
fn governed() -> (World, Dao, Actor) {
    governed_in(World::new())
}

fn governed_in(world: World) -> (World, Dao, Actor) {
    let (world, dao, alice) = founded_in(world);
    world.propose_dao(&dao);
    dao.decide(&world, &alice, dao.take_over_ixs(&world).to_vec());
    (world, dao, alice)
}

/// Sends one instruction that the add-in must refuse by a code, and that changes nothing.
#[track_caller]
fn refuses(world: &World, instruction: Instruction, signers: &[&Actor], code: u32) {
    let before = Photo::of(world);
    refused_with_code(world, &before, world.tries(&[instruction], signers), code);
}
