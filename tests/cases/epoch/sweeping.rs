//! What an epoch could not hand out, and the end of its account.

use crate::*;

fn sweep(world: &World, epoch: u32) -> work_token_sdk::Instruction {
    ix::sweep_epoch(&world.scenario.network.network, epoch)
}

fn close(world: &World, epoch: u32, rent_payer: Pubkey) -> work_token_sdk::Instruction {
    ix::close_epoch(&world.scenario.network.network, epoch, rent_payer)
}

/// Sweeps an epoch and says why its rest returns: SNAPSHOT_EXPIRED, NO_ELIGIBLE_SHARES, ROUNDING.
pub fn reasons(world: &World, epoch: u32) -> [u64; 3] {
    let outcome = world.send(&[sweep(world, epoch)], &[]);
    let events = decode_logs(&outcome.logs).events;
    let [Event::EpochSwept(swept)] = events.as_slice() else { panic!("one event: {events:?}") };
    assert_eq!(swept.carried, world.network().carried);
    [swept.expired, swept.no_eligible_shares, swept.rounding]
}

#[test]
fn an_epoch_is_swept_once_after_nine_epochs_and_then_closes() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    let payer = world.scenario.keeper.address();
    world.refuses(sweep(&world, 0), &[], E::TooEarlyToSweep);
    world.refuses(close(&world, 0, payer), &[], E::NotSwept);
    world.go_to_epoch(9);
    world.pass(-1);
    world.refuses(sweep(&world, 0), &[], E::TooEarlyToSweep);
    world.pass(1);
    world.send(&[sweep(&world, 0)], &[]);
    world.refuses(sweep(&world, 0), &[], E::AlreadySwept);
    world.refuses(world.settle_ix(0, &[&ann]), &[], E::NotFinalized);
    world.send(&[close(&world, 0, payer)], &[]);
    assert!(!world.exists(&world.pool_key(0)));
    world.refuses(world.open_ix(0), &[], E::EpochNotOpenable);
    assert_invariants(&world);
}

#[test]
fn an_epoch_that_was_never_finalized_is_swept_too_and_emitted_nothing() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.next_epoch();
    world.open(1);
    world.pass(HOUR);
    world.send(&[world.weigh_ix(1, &[&ann])], &[]);
    world.go_to_epoch(10);
    world.send(&[sweep(&world, 1)], &[]);
    assert_eq!((world.network().carried, world.network().emitted_total), (0, 0));
    world.refuses(world.finalize_ix(1), &[], E::AlreadyFinalized);
    assert_invariants(&world);
}

// epoch-sweep-1: the parts of fees that providers handed to an epoch when they were weighed do not end with
// it.
#[test]
fn what_fees_owe_to_burn_and_treasury_survives_an_epoch_that_was_never_finalized() {
    let market = Market::new(1);
    let seat = market.submitted(FIXED, FEE);
    market.settle_seat(&seat);
    let epoch = market.epoch();
    let provider = market.provider(&market.owners[0]);
    let due = (provider.work.burn_due, provider.work.treasury_due);
    assert!(due.0 > 0 && due.1 > 0);
    market.next_epoch();
    let pool = market.weigh(epoch, &market.all());
    assert_eq!((pool.burn_due, pool.treasury_due), due);
    assert_invariants(&market);

    market.go_to_epoch(epoch + 9);
    market.send(&[sweep(&market, epoch)], &[]);
    assert_invariants(&market);
    let network = market.network();
    assert_eq!((network.burn_due, network.treasury_due), due);
    let pool = market.pool(epoch);
    assert_eq!((pool.burn_due, pool.treasury_due), (0, 0));
    market.send(&[close(&market, epoch, market.scenario.keeper.address())], &[]);
    assert_invariants(&market);

    let next = network.next_to_finalize(math::Epoch(market.epoch())).0;
    market.weigh(next, &[]);
    let finalized = events(&market.send(&[market.finalize_ix(next)], &[])).into_iter().find_map(|event| match event {
        Event::EpochFinalized(finalized) => Some((finalized.burned, finalized.treasury)),
        _ => None,
    });
    assert_eq!(finalized, Some(due), "they leave with the next epoch that is finalized");
    assert_eq!((market.network().burn_due, market.network().treasury_due), (0, 0));
    assert_invariants(&market);
}

// What a finalized epoch has burned and paid is written in it, and is not owed again when it is swept.
#[test]
fn what_an_epoch_has_burned_and_paid_is_not_owed_again_by_its_sweep() {
    let market = Market::new(1);
    let seat = market.submitted(FIXED, FEE);
    market.settle_seat(&seat);
    let epoch = market.epoch();
    market.next_epoch();
    assert!(market.finalize(epoch, &market.all()).burn_due > 0);
    market.go_to_epoch(epoch + 9);
    market.send(&[sweep(&market, epoch)], &[]);
    assert_eq!((market.network().burn_due, market.network().treasury_due), (0, 0));
    assert_invariants(&market);
}

#[test]
fn rounding_dust_joins_the_next_emission() {
    let world = World::new();
    let owners = ["ann", "ben", "cem"].map(|name| world.owner(name, 0, 10_000 * TOKEN));
    let all: Vec<&Owner> = owners.iter().collect();
    world.cycle(&all);
    // A reserve-like odd emission: the carried unit makes the whole indivisible by three.
    world.donate(world.scenario.network.vault(VaultKind::Reward), 1);
    world.scenario.write(&world.scenario.network.network, &{
        let mut network = world.network();
        network.carried = 1;
        network
    });
    world.donation_moved(world.scenario.network.vault(VaultKind::Reward), None);
    let pool = world.cycle(&all);
    assert_eq!((pool.emission, pool.distributed), (EMISSION + 1, EMISSION));
    assert_invariants(&world);
    world.go_to_epoch(10);
    assert_eq!(reasons(&world, 1), [0, 0, 1]);
    assert_eq!(world.network().carried, 1);
    assert_invariants(&world);
}

// epoch-settle-5
#[test]
fn the_delegators_part_that_nobody_is_eligible_for_goes_to_the_next_emission() {
    let world = World::new();
    let ann = world.owner("ann", 1_000, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.next_epoch();
    world.request_all(&dora);
    let pool = world.crank(1, &[&ann]);
    // Half is the owner's, a tenth of the other half its commission; the rest has no taker.
    assert_eq!((pool.distributed, pool.reclaimed), (EMISSION / 20 * 11, EMISSION / 20 * 9));
    assert_eq!(world.provider(&ann).own_rewards().0, EMISSION / 20 * 11);
    world.go_to_epoch(10);
    assert_eq!(reasons(&world, 1), [0, EMISSION / 20 * 9, 0]);
    assert_eq!(world.network().carried, EMISSION / 20 * 9);
    assert_invariants(&world);
}

// epoch-emission-4
#[test]
fn a_keeper_that_weighs_only_itself_does_not_take_what_earlier_epochs_left() {
    let world = World::new();
    let (ann, ben) = (world.owner("ann", 0, 10_000 * TOKEN), world.owner("ben", 0, 90_000 * TOKEN));
    world.cycle(&[&ann, &ben]);
    world.next_epoch();
    world.finalize(1, &[&ann, &ben]);
    world.go_to_epoch(10);
    world.send(&[sweep(&world, 1)], &[]);
    assert_eq!(world.network().carried, EMISSION);
    for epoch in 2..9 {
        world.finalize(epoch, &[]);
    }
    // Ann alone is weighed: a tenth of the largest stake gets a tenth of the emission, and of what is
    // carried.
    let pool = world.crank(9, &[&ann]);
    assert_eq!(pool.emission, 2 * EMISSION / 10);
    assert_eq!(world.network().carried, EMISSION / 10 * 9);
    assert_invariants(&world);
}

// epoch-close-1
#[test]
fn the_rent_of_an_epoch_returns_to_whoever_opened_it() {
    let world = World::new();
    let eve = world.actor("eve", 0);
    world.next_epoch();
    let open = ix::open_epoch(&world.scenario.network.network, eve.address(), 0);
    let before = world.lamports(&eve.address());
    world.send(&[open], &[&eve]);
    let rent = world.lamports(&world.pool_key(0));
    assert_eq!(world.lamports(&eve.address()), before - rent);
    world.go_to_epoch(9);
    // A donation of lamports does not stand in the way either.
    world.scenario.chain.fund(&world.pool_key(0), 5_000_000);
    world.send(&[sweep(&world, 0)], &[]);
    world.refuses(close(&world, 0, world.scenario.keeper.address()), &[], E::WrongRentReceiver);
    world.send(&[close(&world, 0, eve.address())], &[]);
    assert_eq!(world.lamports(&eve.address()), before + 5_000_000);
    assert_invariants(&world);
}
