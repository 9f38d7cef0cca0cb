//! How much an epoch emits where the emission follows the stake (epoch-emission-7, epoch-emission-8), and
//! what caps it by either law (epoch-emission-3, epoch-emission-9).
//!
//! Rule: the rate moves by the stake that an epoch folded, as a part of the supply; fees that were taken from
//! the supply make it give way, never by more than they took; and below the maximum supply, a year's cap and
//! the window nothing else counts. Kind: a number that a stranger moves for free, or a party within an epoch
//! and back, and a fault of ours that mints. Looked for the former at every input of the law: stake counts
//! where it was staked when the epoch began and no lone weigher moves anything, fees cost what they move, and
//! nobody but who burns his own tokens changes the supply.

use crate::*;
use work_token_sdk::{
    math::emission::WEEKS,
    state::{EmissionLaw, NetworkParams},
};

pub const INITIAL: u64 = 50_000_000_000;
const YEAR: u64 = 365 * DAY as u64;

/// A network whose emission follows the stake, with 100,000 tokens of which `staked` are ann's stake.
pub fn following(staked: u64, edit: impl FnOnce(&mut ScenarioOptions)) -> (World, Owner) {
    let world = World::with(|options| {
        options.params.emission.law = EmissionLaw::Target as u8;
        options.params.share_cap_ppm = 1_000_000;
        edit(options);
    });
    let ann = world.owner("ann", 0, staked * TOKEN);
    world.actor("everybody else", (100_000 - staked) * TOKEN);
    world.cycle(&[&ann]);
    (world, ann)
}

/// What a rate makes of a supply in a day, keepers' part taken.
pub fn in_a_day(supply: u64, rate: u64) -> u64 {
    let whole = u128::from(supply) * u128::from(rate) * 86_400 / (1_000_000_000_000 * u128::from(YEAR));
    let whole = u64::try_from(whole).unwrap();
    whole - whole / 100
}

/// Epochs of so many days, and what follows from it for stake and for installments, one an epoch.
fn lasting(params: &mut NetworkParams, days: u32) {
    params.epoch_secs = days * 86_400;
    (params.unbonding_secs, params.own_unbonding_secs) = ((10 + days) * 86_400, (40 + days) * 86_400);
    params.disputes.severities.iter_mut().for_each(|rule| rule.installments = 1);
}

pub fn supply(world: &World) -> u64 {
    world.scenario.chain.supply(&world.scenario.network.mint)
}

// epoch-emission-7
#[test]
fn the_rate_rises_while_too_little_is_staked_and_falls_while_too_much_is() {
    // A tenth staked of half: four fifths of the target are missing. A 365th of that in a day.
    for (staked, rate, emission) in
        [(10_000, 50_109_589_041, 13_591_368), (90_000, 49_890_410_959, 13_531_919), (50_000, INITIAL, 13_561_644)]
    {
        let (world, ann) = following(staked, |_| ());
        assert_eq!(world.network().emission.rate_ppt, INITIAL, "an epoch without weight moves nothing");
        let pool = world.cycle(&[&ann]);
        assert_eq!((world.network().emission.rate_ppt, pool.emission), (rate, emission), "{staked}");
        assert_eq!(emission, in_a_day(100_000 * TOKEN, rate));
        let (had, before) = (supply(&world), world.network().emission.rate_ppt);
        let pool = world.cycle(&[&ann]);
        let now = world.network().emission.rate_ppt;
        assert_eq!(pool.emission, in_a_day(had, now), "of the supply that there is then");
        assert!(if staked < 50_000 { now > before } else { now < before || staked == 50_000 });
        assert_invariants(&world);
    }
}

// epoch-emission-7
#[test]
fn the_rate_stops_at_its_floor_and_at_its_ceiling() {
    for (staked, bound) in [(10_000, 50_000_000_001), (90_000, 49_999_999_999)] {
        let (world, ann) = following(staked, |options| {
            let policy = &mut options.params.emission;
            (policy.rate_floor_ppt, policy.rate_ceiling_ppt) = (INITIAL - 1, INITIAL + 1);
        });
        for _ in 0..3 {
            let had = supply(&world);
            let pool = world.cycle(&[&ann]);
            assert_eq!((world.network().emission.rate_ppt, pool.emission), (bound, in_a_day(had, bound)));
        }
        assert_invariants(&world);
    }
}

// epoch-emission-7
#[test]
fn who_weighs_alone_moves_no_rate_and_missed_epochs_neither_move_it_nor_emit() {
    let (world, ann) = following(4_000, |options| options.params.minimum_self_stake = TOKEN * 1_000);
    let ben = world.owner("ben", 0, 40_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann, &ben]);
    let (rate, had) = (world.network().emission.rate_ppt, supply(&world));
    // Less than half of the largest stake of eight epochs.
    let pool = world.cycle(&[&ann]);
    assert_eq!(world.network().emission.rate_ppt, rate);
    assert!(pool.emission <= in_a_day(had, rate) / 10 + 1, "and is scaled besides");
    let had = supply(&world);
    world.go_to_epoch(world.epoch() + 30);
    assert_eq!((world.network().emission.rate_ppt, supply(&world)), (rate, had));
    let pool = world.cycle(&[&ann, &ben]);
    assert!(pool.emission <= in_a_day(had, world.network().emission.rate_ppt), "one epoch's and no more");
    assert_invariants(&world);
}

// epoch-emission-3
#[test]
fn of_a_reserve_only_what_circulates_is_counted_and_it_may_run_dry_within_an_epoch() {
    let (world, ann) = following(50_000, |options| options.mode = EmissionMode::Reserve);
    let reserve = world.scenario.network.vault(VaultKind::Reserve);
    world.give(reserve, 1_000_000 * TOKEN);
    let first = world.cycle(&[&ann]).emission;
    assert_eq!(first, in_a_day(100_000 * TOKEN, INITIAL), "not of the eleven times as many that exist");
    let left = world.vault(VaultKind::Reserve);
    world.scenario.chain.edit(&reserve, |data| data[64..72].copy_from_slice(&(5 * TOKEN).to_le_bytes()));
    world.scenario.chain.edit(&world.scenario.network.mint, |data| {
        let supply = u64::from_le_bytes(data[36..44].try_into().unwrap());
        data[36..44].copy_from_slice(&(supply - (left - 5 * TOKEN)).to_le_bytes());
    });
    let emissions: Vec<_> = (0..2).map(|_| world.cycle(&[&ann]).emission).collect();
    assert_eq!(emissions, [5 * TOKEN - 5 * TOKEN / 100, 0]);
    assert_eq!(world.vault(VaultKind::Reserve), 0);
}

// epoch-emission-8
#[test]
fn the_emission_gives_way_by_a_seventh_of_what_fees_took_for_seven_epochs() {
    let market = Market::with(&[STAKE], |options| {
        options.params.emission.law = EmissionLaw::Target as u8;
        (options.params.emission.rate_floor_ppt, options.params.emission.rate_ceiling_ppt) = (INITIAL, INITIAL);
    });
    let ann = &market.owners[0];
    let seat = market.submitted(FIXED, FEE);
    market.settle_seat(&seat);
    let taken = 2 * (FEE / 20);
    let (epoch, mut lost) = (market.epoch(), 0);
    market.next_epoch();
    market.finalize(epoch - 1, &[]);
    for later in 0..9 {
        let had = supply(&market);
        let pool = if later == 0 { market.crank(epoch, &[ann]) } else { market.cycle(&[ann]) };
        let noted: u64 = market.network().emission.fees_taken.iter().sum();
        let whole = u64::try_from(u128::from(had) * u128::from(INITIAL) / 365 / 1_000_000_000_000).unwrap();
        let less = whole - noted / 7;
        assert_eq!(pool.emission, less - less / 100);
        lost += whole - less;
        assert!(noted == 0 || noted == taken, "{noted}: neither draw fees nor anything else");
    }
    assert!(lost <= taken && lost + 7 >= taken, "{lost} of {taken}: what they took and no more");
    assert_invariants(&market);
}

// epoch-emission-9
#[test]
fn no_year_emits_more_than_its_cap_and_a_cap_that_bound_frees_again_whatever_an_epoch_lasts() {
    for days in [1, 3] {
        let world = World::with(|options| {
            options.params.emission.year_cap = 150_000 * TOKEN;
            lasting(&mut options.params, days);
        });
        let ann = world.owner("ann", 0, 10_000 * TOKEN);
        let emissions: Vec<_> = (0..4).map(|_| world.cycle(&[&ann]).emission).collect();
        assert_eq!(emissions, [0, EMISSION, EMISSION / 2, 0]);
        let emitted_at = world.scenario.now();
        world.go_to_epoch(world.epoch() + 360 / days);
        assert_eq!(world.cycle(&[&ann]).emission, 0, "365 days are not over");
        let weeks = i64::try_from(WEEKS).unwrap();
        while world.scenario.now() < emitted_at + 7 * DAY * weeks {
            world.next_epoch();
        }
        assert_eq!(world.cycle(&[&ann]).emission, EMISSION, "378 days are");
        assert_invariants(&world);
    }
}

// epoch-emission-9: a year's weeks know nothing of epochs, whose length changes in the middle of it.
#[test]
fn a_year_is_a_year_across_a_change_of_the_length_of_epochs() {
    let world = World::with(|options| {
        options.params.emission.year_cap = 150_000 * TOKEN;
        options.params.own_unbonding_secs = 40 * 86_400;
    });
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    for _ in 0..4 {
        world.cycle(&[&ann]);
    }
    let emitted = world.network().emitted_total;
    assert_eq!(emitted, 150_000 * TOKEN);
    let number = crate::network::params_change::propose(&world, |params| params.epoch_secs += params.epoch_secs / 5);
    world.pass(41 * DAY);
    crate::network::params_change::put_in_force(&world, number);
    world.next_epoch();
    world.next_epoch();
    assert!(world.network().clock().length_in(world.now_epoch()) > 86_400);
    for _ in 0..3 {
        assert_eq!(world.cycle(&[&ann]).emission, 0);
    }
    assert_eq!(world.network().emission.weeks.iter().sum::<u64>(), emitted);
    assert_invariants(&world);
}

// epoch-emission-9: whatever a fault of the law would say, the window takes no more.
#[test]
fn the_window_holds_whatever_the_law_says_and_leaks() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    assert_eq!(world.cycle(&[&ann]).emission, EMISSION);
    // Constructed: what only a fault could have emitted. Nine epochs are 900,000 tokens, and a quarter.
    let now = world.scenario.now();
    world.scenario.edit_network(|network| {
        network.emission.window.set(&math::bucket::Bucket { level: math::Amount(1_125_000 * TOKEN), as_of_ts: now })
    });
    let (before, pool) = (world.network().emission.window, world.cycle(&[&ann]));
    let elapsed = u64::try_from(world.network().emission.window.as_of_ts - before.as_of_ts).unwrap();
    let leaked = u64::try_from(u128::from(1_125_000 * TOKEN) * u128::from(elapsed) / (9 * 86_400)).unwrap();
    let room = leaked.min(100_000 * TOKEN);
    assert!(elapsed < 2 * 86_400 && pool.emission == room - room / 100, "{elapsed}");
    assert_eq!(world.network().emission.window.tokens, 1_125_000 * TOKEN - leaked + room);
    for _ in 0..20 {
        assert_eq!(world.cycle(&[&ann]).emission, EMISSION, "and never binds what the law allows");
    }
    assert_invariants(&world);
}

// epoch-emission-10
#[test]
fn the_treasury_is_paid_up_to_its_cap_and_what_is_beyond_is_not_emitted() {
    let world = World::with(|options| {
        let policy = &mut options.params.emission;
        (policy.treasury_share_ppm, policy.treasury_cap) = (100_000, 15_000 * TOKEN);
    });
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    let mut found = Vec::new();
    for _ in 0..3 {
        let had = supply(&world);
        let emission = world.cycle(&[&ann]).emission;
        found.push((emission / TOKEN, world.vault(VaultKind::Treasury) / TOKEN, (supply(&world) - had) / TOKEN));
    }
    assert_eq!(found, [(89_000, 10_000, 100_000), (89_000, 15_000, 95_000), (89_000, 15_000, 90_000)]);
    assert_invariants(&world);
}

// epoch-emission-10: paid to the providers it would make it cheaper to wash.
#[test]
fn what_fees_owe_a_full_treasury_burns() {
    let market = Market::with(&[STAKE], |options| options.params.emission.treasury_cap = FEE / 20 - 1);
    let ann = &market.owners[0];
    let seat = market.submitted(FIXED, FEE);
    market.settle_seat(&seat);
    let (epoch, had, emitted) = (market.epoch(), supply(&market), market.network().emitted_total);
    market.next_epoch();
    market.finalize(epoch - 1, &[]);
    market.finalize(epoch, &[ann]);
    let emitted = market.network().emitted_total - emitted;
    assert_eq!(market.vault(VaultKind::Treasury), FEE / 20 - 1);
    let burned = had + emitted - supply(&market);
    assert_eq!(burned, FEE / 20 + 1 + draw_fee(1) - 2 * JOB_BOUNTY);
    assert_invariants(&market);
}

// network-payment-2
#[test]
fn the_treasury_pays_no_more_than_its_step_in_an_epoch() {
    let world = World::with(|options| {
        let params = &mut options.params;
        params.emission.treasury_step = 1_000 * TOKEN;
        lasting(params, 30);
    });
    let (admin, eve) = (&world.scenario.admin, world.actor("eve", 0));
    let treasury = world.scenario.network.vault(VaultKind::Treasury);
    world.donate(treasury, 10_000 * TOKEN);
    let pay = |tokens: u64| ix::pay_treasury(&world.scenario.network, admin.address(), eve.tokens, tokens * TOKEN);
    world.refuses(pay(1_001), &[admin], E::TreasuryStepExceeded);
    for (tokens, paid) in [(600, 600), (400, 1_000)] {
        world.send(&[pay(tokens)], &[admin]);
        world.pass(3 * DAY);
        world.send(&[pay(tokens)], &[admin]);
        assert_eq!(world.balance(&eve), paid * TOKEN);
    }
    world.send(&[pay(1)], &[admin]);
    world.pass(3 * DAY);
    world.refuses(pay(1), &[admin], E::TreasuryStepExceeded);
    // What was announced waits for the next epoch.
    world.next_epoch();
    world.send(&[pay(1)], &[admin]);
    assert_eq!(world.balance(&eve), 1_001 * TOKEN);
}

// network-params-12
#[test]
fn bounties_are_cut_to_a_hundredth_of_what_the_minimum_stake_earned_last() {
    let world = World::with(|options| {
        let params = &mut options.params;
        (params.weigh_bounty, params.settle_bounty, params.finalize_bounty) = (TOKEN, 9_000, 2 * TOKEN);
    });
    let cut = |epoch| {
        let pool = world.pool(epoch);
        [pool.weigh_bounty, pool.settle_bounty, pool.finalize_bounty]
    };
    // Nobody has earned anything: as if every token of the maximum supply were staked.
    world.next_epoch();
    world.open(0);
    assert_eq!(cut(0), [9_700, 9_000, 9_700]);
    // Eleven times the minimum earns 99,000 tokens: 9,000 for the minimum.
    let ann = world.owner("ann", 0, 110_000 * TOKEN);
    for _ in 0..3 {
        world.cycle(&[&ann]);
    }
    world.open(world.epoch());
    assert_eq!(cut(world.epoch()), [TOKEN, 9_000, 2 * TOKEN], "nothing to cut");
    world.scenario.edit_network(|network| network.emission.earned = 1_100 * TOKEN);
    world.next_epoch();
    world.open(world.epoch());
    assert_eq!(cut(world.epoch()), [TOKEN, 9_000, TOKEN], "a hundred tokens for the minimum");
    // An epoch in which nobody earns leaves it.
    world.next_epoch();
    world.finalize(world.epoch() - 1, &[]);
    assert_eq!(world.network().emission.earned, 1_100 * TOKEN);
}

// network-params-11
#[test]
fn the_highest_rate_and_the_years_cap_never_rise_and_the_law_begins_at_its_initial_rate() {
    use crate::network::params_change::{propose, put_in_force, refuses_to_propose};
    let world = World::new();
    refuses_to_propose(&world, |params| params.emission.rate_ceiling_ppt += 1, E::ParameterOnlyFalls);
    refuses_to_propose(&world, |params| params.emission.year_cap += 1, E::ParameterOnlyFalls);
    refuses_to_propose(&world, |params| params.emission.year_cap -= params.emission.year_cap / 5 + 1, E::StepTooLarge);
    world.scenario.edit_network(|network| network.emission.rate_ppt = 1);
    let number = propose(&world, |params| params.emission.law = EmissionLaw::Target as u8);
    world.pass(3 * DAY);
    put_in_force(&world, number);
    assert_eq!(world.network().emission.rate_ppt, INITIAL);
}
