//! Zero, dust, the largest numbers, and the bounds of position-pool-3.

use crate::*;

const SUPPLY: u64 = 1 << 60;

fn largest() -> World {
    World::with(|options| {
        options.mode = EmissionMode::Reserve;
        options.params.max_supply = SUPPLY - 1;
        options.params.emission_per_epoch = SUPPLY - 1;
        options.params.emission.year_cap = SUPPLY - 1;
    })
}

// network-mint-3
#[test]
fn a_whole_life_at_the_largest_supply_loses_nothing() {
    let world = largest();
    let part = SUPPLY / 4 - 1;
    let ann = world.owner("ann", 1_234, part);
    let dora = world.holder("dora", &ann, part);
    let eric = world.holder("eric", &ann, part);
    world.give(world.scenario.network.vault(VaultKind::Reserve), part);
    world.cycle(&[&ann]);
    let pool = world.cycle(&[&ann]);
    assert_eq!(pool.distributed, part - part / 100);
    assert_invariants(&world);
    let tickets = (world.request_all(&ann), world.request_all(&dora), world.request_all(&eric));
    world.pass(35 * DAY);
    assert_eq!(world.withdraw(&ann, tickets.0), part);
    assert_eq!(world.withdraw(&dora, tickets.1), part);
    assert_eq!(world.withdraw(&eric, tickets.2), part);
    let rewards = world.claim_own(&ann) + world.claim(&dora) + world.claim(&eric);
    assert!(pool.distributed - rewards <= 2);
    assert_invariants(&world);
}

// position-pool-3
#[test]
fn the_largest_share_price_distributes_the_largest_reward() {
    // Sixteen shares a token, nearly 2^64 shares: the delegated pool at its bound.
    let world = largest();
    let ann = world.owner("ann", 0, SUPPLY / 64);
    let dora = world.holder("dora", &ann, SUPPLY / 4);
    world.slash(&ann, PoolKind::Delegated, SUPPLY / 64 * 15);
    let eric = world.holder("eric", &ann, SUPPLY / 2);
    let pool = world.provider(&ann).delegated;
    assert_eq!(pool.shares, SUPPLY / 4 + SUPPLY * 8);
    world.give(world.scenario.network.vault(VaultKind::Reserve), SUPPLY / 64);
    world.cycle(&[&ann]);
    let pool = world.cycle(&[&ann]);
    assert_eq!(pool.stake_folded, SUPPLY / 64 * 17, "the rest is beyond the leverage");
    let delegated = world.provider(&ann).rewards.owed;
    let claimed = world.claim(&dora) + world.claim(&eric);
    assert!(delegated - claimed <= 2, "{} of {delegated}", claimed);
    assert_invariants(&world);
}

// position-pool-3
#[test]
fn a_pool_never_holds_two_to_the_sixty() {
    let world = largest();
    let ann = world.owner("ann", 0, SUPPLY - 1);
    world.give(ann.actor.tokens, 1);
    world.refuses(ix::stake_self(&ann.at, ann.actor.tokens, 1), &[&ann.actor], E::PoolTooLarge);
    let ben = world.owner("ben", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ben, SUPPLY - 100 * TOKEN);
    world.give(dora.actor.tokens, 100 * TOKEN);
    world.refuses(world.delegate_ix(&dora, 100 * TOKEN), &[&dora.actor], E::PoolTooLarge);
    assert_invariants(&world);
}

// epoch-settle-6
#[test]
fn a_unit_of_reward_over_the_largest_pool_is_carried_and_not_lost() {
    let world = largest();
    let ann = world.owner("ann", 0, SUPPLY / 32);
    let dora = world.holder("dora", &ann, SUPPLY / 2);
    world.cycle(&[&ann]);
    for _ in 0..40 {
        // Seventeen units an epoch: one for the owner, sixteen for all delegators together.
        world.give(world.scenario.network.vault(VaultKind::Reserve), 17);
        world.cycle(&[&ann]);
    }
    let owed = world.provider(&ann).rewards.owed;
    assert_eq!((owed, world.provider(&ann).own_rewards().0), (40 * 16, 40));
    world.activate(&dora);
    // The lot of one who came once: the ring remembers the last sixteen ends.
    assert!(world.position(&dora).credited >= 15 * 16);
    assert_invariants(&world);
}

#[test]
fn the_smallest_stakes_earn_too() {
    let world = World::with(|options| {
        let params = &mut options.params;
        (params.minimum_delegation, params.minimum_self_stake) = (1 << 20, 1 << 20);
        (params.weigh_bounty, params.settle_bounty, params.finalize_bounty, params.activation_bounty) = (0, 0, 0, 0);
    });
    let ann = world.owner("ann", 0, 1 << 20);
    let dora = world.holder("dora", &ann, 1 << 20);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    assert_floor(world.claim(&dora), EMISSION / 2);
    assert_invariants(&world);
}

#[test]
fn a_time_far_away_ends_nothing() {
    let world = World::new();
    let ann = world.owner("ann", 1_000, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    world.activate(&dora);
    // Two thousand years without a crank.
    world.pass(2_000 * 365 * DAY);
    assert!(world.claim(&dora) > 0 && world.claim_own(&ann) > 0);
    let (ticket, own_ticket) = (world.request_all(&dora), world.request_all(&ann));
    world.pass(35 * DAY);
    assert_eq!(world.withdraw(&dora, ticket) + world.withdraw(&ann, own_ticket), 20_000 * TOKEN);
    let now = world.epoch();
    for epoch in now - 8..now {
        world.finalize(epoch, &[&ann]);
    }
    assert_invariants(&world);
}

#[test]
fn an_amount_of_u64_max_is_refused_everywhere_and_changes_nothing() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    let most = u64::MAX;
    world.refuses(ix::stake_self(&ann.at, ann.actor.tokens, most), &[&ann.actor], E::InsufficientFunds);
    world.refuses(world.delegate_ix(&dora, most), &[&dora.actor], E::InsufficientFunds);
    world.refuses(world.request_ix(&dora, most).0, &[&dora.actor], E::InsufficientShares);
    let admin = &world.scenario.admin;
    let pay = ix::pay_treasury(&world.scenario.network, admin.address(), admin.tokens, most);
    world.refuses(pay, &[admin], E::TreasuryStepExceeded);
    world.refuses(world.open_ix(u32::MAX), &[], E::EpochNotOpenable);
    let limit = ix::Delegate { from: dora.actor.tokens, amount: most, min_shares_out: most, max_open_claims: most };
    world.refuses(ix::delegate(&dora.at, limit), &[&dora.actor], E::InsufficientFunds);
    assert_invariants(&world);
}
