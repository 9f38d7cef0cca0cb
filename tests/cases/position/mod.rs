//! Pools, deposits, rewards, leaving.

mod activation;
mod bounds;
mod claims;
mod closing;
mod delegating;
pub mod departures;
mod direct;
mod direct_attacks;
mod losses;
mod lots;
mod open_claims;
mod restaking;
mod slashes;
mod staking;
mod tickets;
mod transfers;
mod unbonding;

use crate::*;

/// An owner and a delegator of the same size, in epoch 2, with epoch 1 settled.
fn earned_once() -> (World, Owner, Holder) {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    (world, ann, dora)
}
