//! What comes back of burned fees to those who did the work (epoch-work-1).
//!
//! Kind of fault: tokens that nobody burned are handed out for work, or what burned in one epoch is given
//! back in another. Looked for further members: jobs of one's own (they burn and bring nothing back), draw
//! fees and slash debts in the same book, fees settled between an epoch's end and its weighing, in either
//! order of weighing, an epoch that is passed, missed, never finalized or never settled, a provider that is
//! jailed, unscored, below its score or without stake, a frozen vault, a network that cannot mint.

use crate::*;
use math::{Amount, Epoch, Ppm, work_pay::burn_back};
use work_token_sdk::{event_types::EpochFinalized, presets::WORK_PAY, state::WorkPay};
use work_token_tests::{BOND, everywhere, reported};

const STAKE: u64 = 10_000 * TOKEN;
/// Burned of a fee, and the treasury's part.
const PART: u64 = FEE / 20;
/// What comes back of it at a score of one.
const BACK: u64 = PART / 10 * 9;

/// Nine tenths of what burned come back.
fn giving_back(options: &mut ScenarioOptions) {
    options.params.share_cap_ppm = 1_000_000;
    options.params.work_pay = WorkPay { burn_back_ppm: 900_000, ..WORK_PAY };
}

/// A network that measures nothing, with ann and ben at the same stake, after an epoch.
fn two() -> (World, Owner, Owner) {
    let world = World::with(giving_back);
    let (ann, ben) = (world.owner("ann", 0, STAKE), world.owner("ben", 0, STAKE));
    world.cycle(&[&ann, &ben]);
    (world, ann, ben)
}

/// Finalizes an epoch whose providers are weighed.
fn finalized(world: &World, epoch: u32) -> EpochFinalized {
    // Epochs before the first weight are finalized as they are.
    if world.network().next_to_finalize(world.now_epoch()).0 < epoch {
        world.finalize(epoch - 1, &[]);
    }
    world.wait_until_work(world.pool(epoch).finalizable_from_work_ts());
    let outcome = world.send(&[world.scenario.finalize_ix(epoch)], &[]);
    let event = events(&outcome).into_iter().find_map(|event| match event {
        Event::EpochFinalized(finalized) => Some(finalized),
        _ => None,
    });
    event.expect("the epoch is finalized")
}

// epoch-work-1
#[test]
fn nine_tenths_of_what_strangers_jobs_burned_come_back_to_who_did_them_to_the_unit() {
    let (world, ann, ben) = two();
    let before = [&ann, &ben].map(|owner| world.provider(owner).own_rewards().0);
    world.work(&ann, FEE + 19);
    assert_invariants(&world);
    let epoch = world.epoch();
    world.next_epoch();
    world.weigh(epoch, &[&ann, &ben]);
    let event = finalized(&world, epoch);
    assert_eq!((event.burned, event.burn_back, event.treasury), (PART - BACK, BACK, PART));
    assert_eq!(event.emission, EMISSION, "it is no part of what the weights share");
    let pool = world.settle(epoch, &[&ann, &ben]);
    let gained = |owner: &Owner, before: u64| world.provider(owner).own_rewards().0 - before;
    assert_eq!(gained(&ann, before[0]), EMISSION / 2 + FEE + 19 - 2 * PART + BACK);
    assert_eq!(gained(&ben, before[1]), EMISSION / 2, "nobody else gets anything of it");
    assert_eq!((pool.distributed, pool.undistributed().0), (EMISSION + BACK, 0));
    assert_invariants(&world);
}

// epoch-work-1: on jobs that were created, drawn, done and settled.
#[test]
fn a_job_brings_back_what_its_fee_burned_and_nothing_of_the_draw_fee_or_of_ones_own_jobs() {
    let market = Market::with(&[2 * STAKE], giving_back);
    let ann = &market.owners[0];
    market.give(ann.actor.tokens, 2 * FEE);
    let at = market.scenario.client(&ann.actor).unwrap();
    let order = market.scenario.job_input(&ann.actor, FIXED, FEE);
    let own = market.scenario.create_job(&ann.actor, &at, &order).unwrap();
    let (own, other) = (own.seat(0), market.submitted(FIXED, FEE));
    market.capture(&own.job);
    market.draw(&own);
    market.accept(&own);
    market.submit(&own);
    market.settle_seat(&own);
    market.settle_seat(&other);
    let epoch = market.epoch();
    let due = market.provider(ann).work.burn_due;
    assert!(due > 2 * PART, "both fees and the rests of both draw fees burn");
    market.next_epoch();
    market.finalize(epoch - 1, &[]);
    market.weigh(epoch, &[ann]);
    let event = finalized(&market, epoch);
    assert_eq!((event.burn_back, event.burned), (BACK, due - BACK));
    assert_invariants(&market);
}

// epoch-work-1
#[test]
fn a_score_below_one_leaves_the_rest_burned() {
    let world = World::measuring(&[reported("accuracy", 1_000_000)], giving_back);
    let (ann, xena) = (world.owner("ann", 0, STAKE), world.attester("xena", BOND));
    world.next_epoch();
    world.work(&ann, FEE);
    let scored = world.attested_cycle(&[(&xena, &everywhere(&[7_000]))], &[&ann]);
    let score = Ppm(scored[0].score_ppm);
    assert!(score < Ppm(500_000));
    let back = burn_back(Amount(PART), Ppm(900_000), score).0;
    let pool = world.pool(1);
    assert_eq!((pool.work.burn_back, pool.work.settled_burn_back), (back, back));
    assert_eq!(back, PART * u64::from(score.0) / 1_000_000 * 9 / 10, "5,000,000 divides evenly enough");
    assert_invariants(&world);
}

// epoch-work-1
#[test]
fn a_network_that_cannot_mint_gives_back_the_same_because_less_burns() {
    let world = World::with(|options| {
        giving_back(options);
        options.mode = EmissionMode::Reserve;
    });
    world.give(world.scenario.network.vault(VaultKind::Reserve), 1_000_000 * TOKEN);
    let ann = world.owner("ann", 0, STAKE);
    world.cycle(&[&ann]);
    let (epoch, before) = (world.epoch(), world.provider(&ann).own_rewards().0);
    world.work(&ann, FEE);
    let supply = world.scenario.chain.supply(&world.scenario.network.mint);
    world.next_epoch();
    world.weigh(epoch, &[&ann]);
    let event = finalized(&world, epoch);
    assert_eq!((event.burned, event.burn_back), (PART - BACK, BACK));
    assert_eq!(world.scenario.chain.supply(&world.scenario.network.mint), supply - (PART - BACK));
    world.settle(epoch, &[&ann]);
    assert_eq!(world.provider(&ann).own_rewards().0 - before, EMISSION + FEE - 2 * PART + BACK);
    assert_invariants(&world);
}

// epoch-work-1
#[test]
fn what_burned_comes_back_with_its_own_epoch_whichever_is_weighed_first() {
    for is_later_first in [false, true] {
        let (world, ann, ben) = two();
        let epoch = world.epoch();
        world.work(&ann, FEE);
        world.next_epoch();
        // Settled after the epoch's end and before it is weighed.
        world.work(&ann, 3 * FEE);
        world.next_epoch();
        let order = if is_later_first { [epoch + 1, epoch] } else { [epoch, epoch + 1] };
        let due = order.map(|epoch| (epoch, world.weigh(epoch, &[&ann, &ben]).burn_due));
        assert_eq!(due.iter().find(|(of, _)| *of == epoch).unwrap().1, PART);
        assert_eq!(due.iter().find(|(of, _)| *of == epoch + 1).unwrap().1, 3 * PART);
        assert_eq!(world.provider(&ann).work.burn_due, 0);
        for (epoch, fees) in [(epoch, 1), (epoch + 1, 3)] {
            let event = finalized(&world, epoch);
            assert_eq!((event.burned, event.burn_back), (fees * (PART - BACK), fees * BACK));
            world.settle(epoch, &[&ann, &ben]);
        }
        assert_invariants(&world);
    }
}

// epoch-work-1
#[test]
fn an_epoch_that_was_not_weighed_burns_all_of_its_fees_later_and_gives_nothing_back() {
    let (world, ann, ben) = two();
    let epoch = world.epoch();
    world.work(&ann, FEE);
    world.next_epoch();
    world.crank(epoch, &[&ben]);
    world.settle(epoch, &[&ann]);
    assert_eq!(world.provider(&ann).work.burn_due, PART);
    world.next_epoch();
    world.weigh(epoch + 1, &[&ann, &ben]);
    let event = finalized(&world, epoch + 1);
    assert_eq!((event.burned, event.burn_back), (PART, 0));
    assert_invariants(&world);
}

// epoch-work-1
#[test]
fn an_epoch_that_nobody_finalized_in_time_gives_nothing_back() {
    let (world, ann, ben) = two();
    let epoch = world.epoch();
    world.work(&ann, FEE);
    world.next_epoch();
    world.weigh(epoch, &[&ann, &ben]);
    world.go_to_epoch(epoch + 9);
    world.send(&[ix::sweep_epoch(&world.scenario.network.network, epoch)], &[]);
    assert_eq!((world.network().burn_due, world.network().carried), (PART, 0));
    assert_invariants(&world);
    let supply = world.scenario.chain.supply(&world.scenario.network.mint);
    world.cycle(&[&ann, &ben]);
    let emitted = world.pool(epoch + 9).emission + world.network().emitted_total / 100;
    assert!(world.scenario.chain.supply(&world.scenario.network.mint) <= supply + emitted - PART);
    assert_invariants(&world);
}

// epoch-work-1
#[test]
fn what_was_not_settled_within_eight_epochs_returns_to_the_next_emission() {
    let (world, ann, ben) = two();
    let epoch = world.epoch();
    world.work(&ann, FEE);
    world.next_epoch();
    let pool = world.finalize(epoch, &[&ann, &ben]);
    assert_eq!(pool.undistributed().0, EMISSION + BACK);
    world.settle(epoch, &[&ben]);
    world.go_to_epoch(epoch + 9);
    let outcome = world.send(&[ix::sweep_epoch(&world.scenario.network.network, epoch)], &[]);
    let swept = events(&outcome).into_iter().find_map(|event| match event {
        Event::EpochSwept(swept) => Some(swept),
        _ => None,
    });
    let swept = swept.expect("it is swept");
    assert_eq!((swept.expired, swept.rounding, swept.carried), (EMISSION / 2 + BACK, 0, EMISSION / 2 + BACK));
    assert_invariants(&world);
}

// epoch-work-1
#[test]
fn a_provider_without_weight_gets_nothing_back_and_its_fees_burn_whole() {
    let (world, ann, ben) = two();
    world.lose_place(&ann, ProviderState::Jailed);
    world.next_epoch();
    let epoch = world.epoch();
    world.work(&ann, FEE);
    world.next_epoch();
    world.finalize(epoch - 1, &[&ann, &ben]);
    world.weigh(epoch, &[&ann, &ben]);
    let event = finalized(&world, epoch);
    assert_eq!((event.burned, event.burn_back), (PART, 0));
    world.settle(epoch, &[&ann, &ben]);
    assert_invariants(&world);
}

// epoch-work-1
#[test]
fn what_comes_back_is_shared_like_the_emission_and_without_own_stake_it_is_the_delegators() {
    let world = World::with(giving_back);
    let ann = world.owner("ann", 1_000, STAKE);
    let dora = world.holder("dora", &ann, STAKE);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    let own = world.provider(&ann).own_rewards().0;
    world.claim(&dora);
    world.work(&ann, FEE);
    let pool = world.cycle(&[&ann]);
    let (shared, fees) = (pool.emission + BACK, FEE - 2 * PART);
    assert_eq!(world.provider(&ann).own_rewards().0 - own, shared / 2 + fees / 2 + (shared + fees) / 20);
    assert_floor(world.claim(&dora), (shared + fees) / 20 * 9);

    // Own stake that left before the epoch began: the emission, and what comes back, is the delegators'.
    world.request_all(&ann);
    world.next_epoch();
    world.touch(&ann);
    let own = world.provider(&ann).own_rewards().0;
    world.work(&ann, FEE);
    let epoch = world.epoch();
    world.next_epoch();
    world.crank(epoch - 1, &[&ann]);
    let pool = world.crank(epoch, &[&ann]);
    assert_eq!(
        (pool.total_weight, pool.work.burn_back),
        (0, 0),
        "without own stake nothing counts, so there is no weight"
    );
    assert!(world.provider(&ann).own_rewards().0 >= own);
    assert_invariants(&world);
}

// epoch-work-1
#[test]
fn a_frozen_reward_vault_burns_nothing_and_gives_nothing_back() {
    let (world, ann, ben) = two();
    let epoch = world.epoch();
    world.work(&ann, FEE);
    world.freeze(VaultKind::Reward, true);
    world.next_epoch();
    let pool = world.crank(epoch, &[&ann, &ben]);
    assert_eq!((pool.work.burn_back, world.network().burn_due), (0, PART));
    assert_invariants(&world);
    world.freeze(VaultKind::Reward, false);
    world.next_epoch();
    world.weigh(epoch + 1, &[&ann, &ben]);
    let event = finalized(&world, epoch + 1);
    assert_eq!((event.burned, event.burn_back), (PART, 0), "later all of it burns");
    assert_invariants(&world);
}

// epoch-work-1
#[test]
fn nothing_is_left_of_a_record_that_leaves_the_ring() {
    let (world, ann, ben) = two();
    let epoch = world.epoch();
    world.work(&ann, FEE);
    world.next_epoch();
    world.finalize(epoch, &[&ann, &ben]);
    world.go_to_epoch(epoch + 8);
    world.touch(&ann);
    assert!(world.provider(&ann).record(Epoch(epoch)).is_none());
    assert_eq!(world.pool(epoch).undistributed().0, EMISSION + BACK);
    assert_invariants(&world);
}
