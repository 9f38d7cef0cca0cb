//! The simulation itself: that its checks can fail, and that its books cannot lie.

use {
    super::{
        agent::Kind,
        provider::{Conduct, Provider},
        setting::{Rules, Scene, TOKEN},
        world::World,
    },
    work_token_sdk::math::{Amount, Ppm},
};

const EPOCHS: u32 = 200;

/// A smaller network, so that the tests are quick.
fn small() -> Scene {
    Scene { jobs_per_epoch: 64, ..Scene::default() }
}

fn run(rules: Rules, scene: Scene) -> World {
    let mut world = World::begin(rules, scene, 7, EPOCHS);
    for _ in 0..EPOCHS {
        world.next_epoch().expect("the books balance");
    }
    world
}

fn holds(world: &World, name: &str) -> bool {
    let claims = world.claims();
    claims.iter().find(|claim| claim.name == name).unwrap_or_else(|| panic!("no claim {name}")).holds
}

fn agent(world: &World, kind: Kind) -> usize {
    world.agents.iter().position(|agent| agent.kind == kind).expect("one of each kind")
}

#[test]
fn all_promises_are_kept_under_the_default_rules() {
    let world = run(Rules::default(), Scene::default());
    for claim in world.claims() {
        assert!(claim.holds, "{}: {}", claim.promise, claim.found);
    }
}

#[test]
fn the_same_seed_gives_the_same_gains_and_another_one_others() {
    let gains = |seed: u64| {
        let mut world = World::begin(Rules::default(), small(), seed, 20);
        for _ in 0..20 {
            world.next_epoch().expect("the books balance");
        }
        world.agents.iter().map(|agent| agent.net()).collect::<Vec<_>>()
    };
    assert_eq!(gains(1), gains(1));
    assert_ne!(gains(1), gains(2));
}

#[test]
fn above_the_share_cap_splitting_gains_and_the_check_says_so() {
    // A cap of a twentieth cuts three twentieths under one identity, and not the eight parts of them
    // (epoch-weigh-3).
    let world = run(Rules { share_cap: Ppm(50_000), ..Rules::default() }, small());
    assert!(!holds(&world, "splitting_gains_nothing"));
    assert!(holds(&world, "copying_earns_less"));
}

#[test]
fn without_canary_tasks_copying_earns_as_much_and_the_check_says_so() {
    let world = run(Rules::default(), Scene { canary_bps: 0, ..small() });
    assert!(!holds(&world, "copying_earns_less"));
}

#[test]
fn a_majority_of_colluders_moves_every_median_and_no_promise_covers_that() {
    let world = run(Rules::default(), Scene { colluder_bond: 2_000_000 * TOKEN, ..small() });
    assert!(world.tally.unprotected_outside > 0);
    assert_eq!(world.tally.outside, 0);
    assert!(!holds(&world, "minority_moves_no_median"), "a run without any protected median shows nothing");
}

#[test]
fn one_median_outside_what_was_measured_breaks_the_promise() {
    let mut world = run(Rules::default(), small());
    assert!(holds(&world, "minority_moves_no_median"));
    world.tally.outside = 1;
    assert!(!holds(&world, "minority_moves_no_median"));
}

#[test]
fn each_promise_about_gains_is_broken_by_a_gain_that_breaks_it() {
    let cases = [
        (Kind::SybilSplitter, "splitting_gains_nothing"),
        (Kind::BondSplitter, "splitting_a_bond_gains_nothing"),
        (Kind::CopyingAttester, "copying_earns_less"),
        (Kind::LazyProvider, "idling_earns_less"),
        (Kind::UnavailableProvider, "idling_earns_less"),
        (Kind::SilentAttester, "misreporting_earns_less"),
        (Kind::LazyAttester, "misreporting_earns_less"),
        (Kind::ColludingAttester, "misreporting_earns_less"),
    ];
    for (kind, name) in cases {
        let mut world = World::begin(Rules::default(), small(), 7, 100);
        for _ in 0..100 {
            world.next_epoch().expect("the books balance");
        }
        assert!(holds(&world, name), "{kind:?}");
        let index = agent(&world, kind);
        world.agents[index].earn(1_000_000_000 * TOKEN, 0);
        assert!(!holds(&world, name), "{kind:?}");
    }
}

#[test]
fn a_base_unit_from_nowhere_or_to_nowhere_ends_the_run() {
    let wrongs: [fn(&mut World); 6] = [
        |world| world.agents[0].purse += 1,
        |world| world.providers[0].own.0 -= 1,
        |world| world.attesters[0].bond += 1,
        |world| world.vaults.treasury -= 1,
        |world| world.vaults.burned += 1,
        |world| world.vaults.escrow += 1,
    ];
    for (number, wrong) in wrongs.into_iter().enumerate() {
        let mut world = run(Rules::default(), Scene { jobs_per_epoch: 8, ..small() });
        wrong(&mut world);
        assert!(world.next_epoch().is_err(), "wrong {number}");
    }
}

#[test]
fn a_theft_between_two_agents_is_seen_although_the_sum_is_right() {
    let mut world = run(Rules::default(), Scene { jobs_per_epoch: 8, ..small() });
    world.agents[0].purse -= 1;
    world.agents[1].purse += 1;
    let error = world.audit().expect_err("two purses are wrong");
    assert!(error.contains("honest twin"), "{error}");
}

#[test]
fn identities_of_the_same_score_weigh_together_no_more_than_one_with_all_of_their_stake() {
    let rules = Rules::default();
    let conduct = Conduct { machines: 0, declines: 0, fails: 0, signs_of_life: u16::MAX };
    for score in [Ppm(1), Ppm(333_333), Ppm(827_411), Ppm(1_000_000)] {
        for tier in 0..4 {
            let weight = |stake: u64| {
                let mut provider = Provider::new(0, Amount(stake), conduct, 0);
                provider.score = score;
                provider.weigh(tier, &rules, Amount::ZERO).weight
            };
            let (stake, parts) = (60_000_000 * TOKEN + 5, 8);
            let split: u64 = (0..parts).map(|part| weight(stake / parts + u64::from(part < stake % parts))).sum();
            let whole = weight(stake);
            assert!(split <= whole && whole - split < 3 * parts, "{split} {whole}");
        }
    }
}
