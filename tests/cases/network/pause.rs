//! A pause closes the entrances and nothing else (network-pause-1).

use crate::*;

fn pause(world: &World, guardian: &Actor, secs: i64) -> work_token_sdk::Instruction {
    ix::pause(&world.scenario.network.network, guardian.address(), secs as u32)
}

fn unpause(world: &World, guardian: &Actor) -> work_token_sdk::Instruction {
    ix::unpause(&world.scenario.network.network, guardian.address())
}

// network-pause-1
#[test]
fn a_pause_stops_registering_delegating_and_restaking() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    let guardian = &world.scenario.admin;
    world.send(&[pause(&world, guardian, 7 * DAY)], &[guardian]);
    let eric = world.stranger("eric", &ann, 1_000 * TOKEN);
    world.refuses(world.delegate_ix(&eric, 1_000 * TOKEN), &[&eric.actor], E::Paused);
    world.refuses(ix::restake(&dora.at, 0), &[&dora.actor], E::Paused);
    let at = work_token_sdk::ProviderAddresses::derive(world.scenario.network, eric.actor.address());
    let input = ix::RegisterProvider {
        operator: Pubkey::default(),
        reward_destination: Pubkey::default(),
        metadata_hash: [0; 32],
        commission_bps: 0,
    };
    world.refuses(ix::register_provider(&at, input), &[&eric.actor], E::Paused);
    world.pass(7 * DAY);
    world.delegate(&eric, 1_000 * TOKEN);
    assert_invariants(&world);
}

// network-pause-1
#[test]
fn a_pause_stops_no_exit_no_claim_no_own_stake_no_crank_and_no_deadline() {
    let world = World::new();
    let ann = world.owner("ann", 1_000, 20_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    let ticket = world.request(&dora, 1_000 * TOKEN);
    world.pass(9 * DAY);
    let guardian = &world.scenario.admin;
    world.send(&[pause(&world, guardian, 7 * DAY)], &[guardian]);

    let second = world.request(&dora, 1_000 * TOKEN);
    world.cancel(&dora, second);
    world.stake_self(&ann, 1);
    assert!(world.claim(&dora) > 0 && world.claim_own(&ann) > 0);
    world.send(&[ix::announce_commission(&ann.at, 900), ix::set_operator(&ann.at, Pubkey::default())], &[&ann.actor]);
    world.donate(ann.at.stake_vault, 5);
    world.send(&[ix::sweep_surplus(&ann.at)], &[]);
    world.donation_moved(ann.at.stake_vault, Some(world.scenario.network.vault(VaultKind::Treasury)));
    for epoch in world.epoch() - 8..world.epoch() {
        world.crank(epoch, &[&ann]);
    }
    world.pass(DAY);
    assert_eq!(world.withdraw(&dora, ticket), 1_000 * TOKEN, "its ten days went on");
    world.retire(&ann);
    assert!(world.now() < world.network().paused_until_ts);
    assert_invariants(&world);
}

// network-pause-2
#[test]
fn a_pause_lasts_at_most_seven_days_and_the_next_begins_at_least_seven_days_later() {
    let world = World::new();
    let guardian = &world.scenario.admin;
    for secs in [0, 7 * DAY + 1, i64::from(u32::MAX)] {
        world.refuses(pause(&world, guardian, secs), &[guardian], E::PauseTooLong);
    }
    world.send(&[pause(&world, guardian, 7 * DAY)], &[guardian]);
    world.refuses(pause(&world, guardian, 60), &[guardian], E::PauseTooSoon);
    world.pass(14 * DAY - 1);
    world.refuses(pause(&world, guardian, 60), &[guardian], E::PauseTooSoon);
    world.pass(1);
    world.send(&[pause(&world, guardian, 60)], &[guardian]);
    assert_invariants(&world);
}

// network-pause-2
#[test]
fn a_new_guardian_does_not_renew_the_pause() {
    let world = World::new();
    let old = &world.scenario.admin;
    let new = world.actor("new guardian", 0);
    let network = world.scenario.network.network;
    let role = work_token_sdk::state::AuthorityRole::Guardian;
    world.send(&[ix::propose_authority(&network, old.address(), role, new.address())], &[old]);
    world.send(&[pause(&world, old, 7 * DAY)], &[old]);
    world.pass(7 * DAY);
    world.send(&[ix::accept_authority(&network, new.address(), role)], &[&new]);
    world.refuses(pause(&world, &new, 60), &[&new], E::PauseTooSoon);
    world.refuses(pause(&world, old, 60), &[old], E::NotTheGuardian);
    world.pass(7 * DAY);
    world.send(&[pause(&world, &new, 60)], &[&new]);
    assert_invariants(&world);
}

// network-pause-2
#[test]
fn ending_a_pause_early_does_not_bring_the_next_one_nearer() {
    let world = World::new();
    let guardian = &world.scenario.admin;
    world.refuses(unpause(&world, guardian), &[guardian], E::NotPaused);
    world.send(&[pause(&world, guardian, 7 * DAY)], &[guardian]);
    world.pass(DAY);
    world.send(&[unpause(&world, guardian)], &[guardian]);
    world.refuses(unpause(&world, guardian), &[guardian], E::NotPaused);
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.holder("dora", &ann, 1_000 * TOKEN);
    world.pass(12 * DAY);
    world.refuses(pause(&world, guardian, 60), &[guardian], E::PauseTooSoon);
    world.pass(DAY);
    world.send(&[pause(&world, guardian, 60)], &[guardian]);
    assert_invariants(&world);
}

#[test]
fn only_the_guardian_pauses() {
    let world = World::new();
    let eve = world.actor("eve", 0);
    world.refuses(pause(&world, &eve, 60), &[&eve], E::NotTheGuardian);
    let guardian = &world.scenario.admin;
    world.send(&[pause(&world, guardian, 60)], &[guardian]);
    world.refuses(unpause(&world, &eve), &[&eve], E::NotTheGuardian);
    assert_invariants(&world);
}
