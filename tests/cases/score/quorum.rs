//! What gives a metric its value, and what happens where it has none (score-value-2, score-value-3).
//!
//! Kind of fault: one party decides for all, by speaking alone, by silence, or by a mask. Looked for further
//! members: a whole shard's quorum, which let one metric nobody reported leave a provider unscored (each
//! metric has its own now); a reveal that fails because of a mask (a masked value counts as none whenever it
//! was masked); a shard that the caller omits, or one that was never made (its empty address must be shown);
//! a provider whose place in the epoch is no longer in its seat (its record knows); a reveal that says
//! nothing (it is none); values on masked places (they count neither for the median nor for the half);
//! heartbeats in an outage; a milder fault after a severe one (the worst counts); the last report that makes
//! half (exactly half is enough, one unit less is not).

use crate::*;
use work_token_sdk::{
    ShardAddresses,
    commit::Reports,
    math::{Epoch, Ppm},
    state::{Metric, MetricSource, Offence, provider::record_flags},
};
use work_token_tests::{Attester, BOND, everywhere, measured, one_by_one, reported};

const STAKE: u64 = 10_000 * TOKEN;

fn uncapped(options: &mut ScenarioOptions) {
    options.params.share_cap_ppm = 1_000_000;
}

/// Somebody's stake stands behind ann; anybody can show it.
fn delegates(world: &World, attester: &Attester, owner: &Owner) -> Pubkey {
    world.give(attester.actor.tokens, 1_000 * TOKEN);
    let position = owner.at.position(attester.actor.address());
    let input =
        ix::Delegate { from: attester.actor.tokens, amount: 1_000 * TOKEN, min_shares_out: 0, max_open_claims: 0 };
    world.send(&[ix::delegate(&position, input)], &[&attester.actor]);
    position.delegation
}

fn mask(world: &World, shard: &ShardAddresses, attester: &Attester, owner: &Owner, interest: Pubkey) {
    let seat = world.shard(shard).opinion_of(&attester.actor.address()).expect("it is seated");
    world.send(&[ix::mask_report(shard, u8::try_from(seat).unwrap(), owner.at.provider, interest)], &[]);
}

/// A provider in a chosen place.
fn owner_at(world: &World, name: &str, place: u16) -> Owner {
    let owner = world.owner(name, 0, 0);
    world.give(owner.actor.tokens, STAKE);
    let stake = ix::stake_self(&owner.at, owner.actor.tokens, STAKE);
    world.send(&[stake, ix::take_place(&owner.at, place)], &[&owner.actor]);
    owner
}

#[test]
fn reports_by_half_of_the_bonds_exactly_make_a_value_and_by_one_unit_less_none() {
    for (silent, valued) in [(BOND, 1), (BOND + 1, 0)] {
        let (world, ann, attesters) = measured(&[BOND, silent]);
        world.report(&[(&attesters[0], &everywhere(&[9_000]))]);
        let scored = world.score(1, &[&ann]);
        let value = if valued == 1 { 9_000 } else { 2_000 };
        assert_eq!((scored[0].valued, scored[0].values_bps[0]), (valued, value), "else the reputation");
        let flags = world.record(&ann, 1).flags;
        assert_ne!(flags & record_flags::SCORED, 0);
        assert_eq!(flags & record_flags::ATTESTED != 0, valued == 1);
        assert_invariants(&world);
    }
}

#[test]
fn masked_bonds_do_not_count_for_the_half_and_a_third_of_all_must_report_anyway() {
    // Who reports, who is masked, and who is silent, if anybody.
    let cases: [(&[u64], u8); 7] = [
        (&[2 * BOND, BOND, 2 * BOND], 1),
        (&[2 * BOND, BOND, 2 * BOND + 1], 0),
        (&[BOND, BOND, BOND], 1),
        (&[BOND, BOND + 1, BOND], 0),
        (&[BOND, BOND, BOND + 1], 0),
        (&[BOND, 2 * BOND], 1),
        (&[BOND, 2 * BOND + 1], 0),
    ];
    for (bonds, valued) in cases {
        let (world, ann, attesters) = measured(bonds);
        let interest = delegates(&world, &attesters[1], &ann);
        let shard = world.report(&[(&attesters[0], &everywhere(&[9_000]))]);
        mask(&world, &shard, &attesters[1], &ann, interest);
        assert_eq!(world.score(1, &[&ann])[0].valued, valued, "{bonds:?}");
        assert_invariants(&world);
    }
}

#[test]
fn a_metric_that_too_few_reported_counts_as_the_reputation_at_its_gate_too() {
    for (gate_bps, composite) in [(2_000, 560_000 + 60_000), (2_001, 0)] {
        let speed = Metric { gate_bps, ..reported("speed", 300_000) };
        let world = World::measuring(&[reported("accuracy", 700_000), speed], uncapped);
        let (ann, xena) = (world.owner("ann", 0, STAKE), world.attester("xena", BOND));
        world.next_epoch();
        world.report(&[(&xena, &everywhere(&[8_000]))]);
        let scored = world.score(1, &[&ann]);
        assert_eq!((scored[0].values_bps[..2].to_vec(), scored[0].valued), (vec![8_000, 2_000], 0b01));
        assert_eq!(scored[0].composite_ppm, composite, "silence gives the other metric no more weight");
        assert_ne!(scored[0].reputation_ppm, 200_000, "one attested metric has a value");
        assert_invariants(&world);
    }
}

#[test]
fn where_no_attested_metric_has_a_value_the_reputation_stands_still() {
    let disputes = Metric::new("disputes", Ppm(500_000), MetricSource::DisputeRecord);
    let world = World::measuring(&[reported("accuracy", 500_000), disputes], uncapped);
    let (ann, xena) = (world.owner("ann", 0, STAKE), world.attester("xena", BOND));
    world.next_epoch();
    let shard = world.draw_attesters(0);
    world.next_epoch();
    world.pass(HOUR);
    let scored = world.score(1, &[&ann]);
    assert_eq!((scored[0].values_bps[..2].to_vec(), scored[0].valued), (vec![2_000, 10_000], 0b10));
    assert_eq!((scored[0].composite_ppm, scored[0].reputation_ppm), (600_000, 200_000));
    assert_eq!(scored[0].score_ppm, 400_000);
    assert_eq!((world.shard(&shard).scored, world.pool(1).scored), (0, 1), "no provider that anybody reported on");
    world.crank(1, &[&ann]);
    let pool = world.pool(1);
    assert_eq!((pool.stake_weighted, pool.stake_attested, pool.attester_emission), (STAKE, 0, 0));
    assert_invariants(&world);
    drop(xena);
}

#[test]
fn a_network_without_attested_metrics_needs_nobody_for_its_reputations() {
    let world = World::measuring(&[Metric::new("disputes", Ppm(1_000_000), MetricSource::DisputeRecord)], uncapped);
    let ann = world.owner("ann", 0, STAKE);
    world.next_epoch();
    world.next_epoch();
    let scored = world.score(1, &[&ann]);
    assert_eq!((scored[0].valued, scored[0].reputation_ppm), (1, 225_000));
    assert_invariants(&world);
}

#[test]
fn silence_of_forty_percent_in_one_shard_takes_nothing_from_its_providers() {
    let world = World::attested();
    let (ann, bob) = (world.owner("ann", 0, STAKE), owner_at(&world, "bob", 48));
    let attesters = world.attesters(&[BOND; 5]);
    world.next_epoch();
    let (first, second) = (world.draw_attesters(0), world.draw_attesters(1));
    let reports = everywhere(&[9_000]);
    for (number, attester) in attesters.iter().enumerate() {
        world.commit_reports(attester, &second, &reports);
        if number < 3 {
            world.commit_reports(attester, &first, &reports);
        }
    }
    world.next_epoch();
    for (number, attester) in attesters.iter().enumerate() {
        world.reveal_reports(attester, &second, &reports);
        if number < 3 {
            world.reveal_reports(attester, &first, &reports);
        }
    }
    world.pass(HOUR);
    world.score(1, &[&ann]);
    world.send(&[world.score_in_ix(1, Some(1), &[&bob])], &[]);
    world.crank(1, &[&ann, &bob]);
    let pool = world.pool(1);
    assert_eq!(world.weight(&ann, 1), world.weight(&bob, 1));
    assert!(pool.attester_emission > 0 && pool.distributed <= pool.emission);
    let share = math::reward::of_emission(math::Amount(pool.emission), world.weight(&bob, 1), pool.total_weight);
    assert!(share.0 <= EMISSION / 2, "at most its share: {}", share.0);
    assert_invariants(&world);
}

#[test]
fn a_reveal_without_any_report_is_none_and_is_fined() {
    let (world, ann, attesters) = measured(&[10 * BOND, 2 * BOND]);
    let (xena, zoe) = (&attesters[0], &attesters[1]);
    let (reports, nothing) = (everywhere(&[9_000]), Reports::new());
    let shard = world.draw_attesters(0);
    world.commit_reports(xena, &shard, &reports);
    world.commit_reports(zoe, &shard, &nothing);
    world.next_epoch();
    world.reveal_reports(xena, &shard, &reports);
    world.refuses(world.reveal_reports_ix(zoe, &shard, &nothing), &[], E::NothingReported);
    world.pass(HOUR);
    world.score(1, &[&ann]);
    world.crank(1, &[&ann]);
    let settled = world.settle_attesters(&shard, &[xena, zoe]);
    assert_eq!((settled[0].fine, settled[1].fine, settled[1].pay), (0, 50 * TOKEN, 0));
    assert_invariants(&world);
}

#[test]
fn a_mask_shown_between_commitment_and_reveal_burns_no_reveal() {
    let world = World::attested();
    let (ann, bob) = (world.owner("ann", 0, STAKE), world.owner("bob", 0, STAKE));
    let attesters = world.attesters(&[6 * BOND, BOND]);
    let (dora, xena) = (&attesters[0], &attesters[1]);
    let interest = delegates(&world, dora, &ann);
    world.next_epoch();
    let (praise, truth) = (everywhere(&[10_000]), everywhere(&[2_500]));
    let shard = world.draw_attesters(0);
    world.commit_reports(dora, &shard, &praise);
    world.commit_reports(xena, &shard, &truth);
    mask(&world, &shard, dora, &ann, interest);
    world.next_epoch();
    world.reveal_reports(dora, &shard, &praise);
    world.reveal_reports(xena, &shard, &truth);
    world.pass(HOUR);
    let scored = world.score(1, &[&ann, &bob]);
    // Of ann only xena may speak, and a seventh of all bonds is less than a third.
    assert_eq!([scored[0].valued, scored[1].valued], [0, 1]);
    assert_eq!(scored[1].values_bps[0], 10_000, "of bob dora is heard");
    world.crank(1, &[&ann, &bob]);
    let settled = world.settle_attesters(&shard, &[dora, xena]);
    assert_eq!(settled[0].fine, 0);
    assert!(settled[0].pay > 0, "what she may say earns its pay");
    assert_invariants(&world);
}

#[test]
fn who_owns_the_only_provider_of_its_shard_is_neither_heard_nor_fined() {
    let world = World::attested();
    let ann = world.owner("ann", 0, STAKE);
    let xena = world.attesting_owner(&ann, BOND);
    let yves = world.attester("yves", BOND);
    world.next_epoch();
    let reports = everywhere(&[9_000]);
    let shard = world.report(&[(&xena, &everywhere(&[10_000])), (&yves, &reports)]);
    assert_eq!(world.score(1, &[&ann])[0].values_bps[0], 9_000);
    world.crank(1, &[&ann]);
    let settled = world.settle_attesters(&shard, &[&xena, &yves]);
    assert_eq!((settled[0].pay, settled[0].fine), (0, 0));
    assert!(settled[1].pay > 0);
    assert_invariants(&world);
}

#[test]
fn where_nobody_was_drawn_providers_are_scored_by_the_shards_empty_address() {
    let world = World::attested();
    let (ann, bob) = (world.owner("ann", 0, STAKE), owner_at(&world, "bob", 48));
    world.attester("xena", BOND);
    world.next_epoch();
    let seated = world.draw_attesters(0);
    world.next_epoch();
    world.pass(HOUR);

    let empty = world.score_in_ix(1, Some(1), &[&bob, &ann]);
    for (shard, error) in [
        (world.score_in_ix(1, Some(2), &[&bob]), E::WrongShard),
        (world.score_in_ix(1, Some(1), &[&ann]), E::WrongShard),
        (world.score_in_ix(1, None, &[&bob]), E::WrongShard),
        (world.score_in_ix(1, None, &[&ann]), E::WrongShard),
    ] {
        world.refuses(shard, &[], error);
    }
    let mut anywhere = empty.clone();
    anywhere.accounts[2].pubkey = world.actor("an empty account", 0).address();
    world.refuses(anywhere, &[], E::WrongShard);

    world.send(&[empty], &[]);
    assert_eq!(world.pool(1).scored, 1, "ann has her place in a shard that exists, and cannot be scored without it");
    let record = world.record(&bob, 1);
    assert_eq!(record.flags & (record_flags::SCORED | record_flags::ATTESTED), record_flags::SCORED);
    assert_eq!(record.score_ppm, 200_000, "all of it is reputation");
    assert!(world.exists(&seated.shard));
    assert_invariants(&world);
}

#[test]
fn a_place_that_was_lost_and_taken_again_hides_nobody_from_its_score() {
    let (world, ann, attesters) = measured(&[BOND]);
    let shard = world.draw_attesters(0);
    let reports = one_by_one(&[1_000]);
    world.commit_reports(&attesters[0], &shard, &reports);
    world.lose_place(&ann, ProviderState::Candidate);
    world.send(&[ix::take_place(&ann.at, 60)], &[&ann.actor]);
    assert!(!world.provider(&ann).place.is_held_in(Epoch(1)), "her seat no longer knows what it was");
    world.next_epoch();
    world.reveal_reports(&attesters[0], &shard, &reports);
    world.pass(HOUR);
    assert_eq!(world.score(1, &[&ann])[0].values_bps[0], 1_000);
    assert_invariants(&world);
}

#[test]
fn an_owner_that_changed_its_place_is_still_barred_from_its_own_provider() {
    let world = World::attested();
    let ann = world.owner("ann", 0, STAKE);
    let xena = world.attesting_owner(&ann, 6 * BOND);
    let yves = world.attester("yves", 4 * BOND);
    world.next_epoch();
    let shard = world.draw_attesters(0);
    let (praise, truth) = (everywhere(&[10_000]), everywhere(&[3_000]));
    world.commit_reports(&xena, &shard, &praise);
    world.commit_reports(&yves, &shard, &truth);
    world.lose_place(&ann, ProviderState::Candidate);
    world.send(&[ix::take_place(&ann.at, 60)], &[&ann.actor]);
    world.next_epoch();
    world.reveal_reports(&xena, &shard, &praise);
    world.reveal_reports(&yves, &shard, &truth);
    world.pass(HOUR);
    assert_eq!(world.score(1, &[&ann])[0].values_bps[0], 3_000);
    assert_invariants(&world);
}

#[test]
fn a_milder_fault_improves_no_dispute_record() {
    let world = World::measuring(&[Metric::new("disputes", Ppm(1_000_000), MetricSource::DisputeRecord)], uncapped);
    let ann = world.owner("ann", 0, STAKE);
    world.go_to_epoch(3);
    world.touch(&ann);
    let fault =
        |epoch: u32, severity: u8| Offence { epoch_plus_one: epoch + 1, severity, ..bytemuck::Zeroable::zeroed() };
    for (offences, value) in
        [(vec![fault(2, 3)], 4_000), (vec![fault(2, 3), fault(2, 1)], 4_000), (vec![fault(0, 3), fault(2, 1)], 4_400)]
    {
        let photo = world.provider(&ann);
        world.edit_provider(&ann, |provider| provider.faults.offences[..offences.len()].copy_from_slice(&offences));
        let rules = world.network().params.score_rules(math::Amount(world.network().minimum_stake));
        let scored = world.provider(&ann).score(Epoch(2), &rules, &Default::default()).unwrap();
        assert_eq!(scored.values_bps[0], value);
        world.edit_provider(&ann, |provider| *provider = photo);
    }
    assert_invariants(&world);
}

#[test]
fn an_epoch_is_scored_and_fined_by_the_rules_that_it_began_with() {
    let (world, ann, attesters) = measured(&[10 * BOND, 2 * BOND]);
    let shard = world.report(&[(&attesters[0], &everywhere(&[9_000]))]);
    world.edit_network(|network| {
        network.params.attester_fine = 0;
        network.params.attester_bond = 100 * BOND;
        network.params.metrics[0] = Metric::new("alive", Ppm(1_000_000), MetricSource::Heartbeat);
    });
    world.send(&[world.score_in_ix(1, Some(0), &[&ann])], &[]);
    assert_ne!(world.record(&ann, 1).flags & record_flags::ATTESTED, 0, "it was attested");
    world.crank(1, &[&ann]);
    assert_eq!(world.settle_attesters(&shard, &[&attesters[1]])[0].fine, 50 * TOKEN);
    assert_eq!(world.roster().unwrap().count, 2, "the least bond is the epoch's, too");
    assert_invariants(&world);
}
