//! What attesters earn and lose (score-pay-1): pay for agreement, a fine for silence, nothing for dissent.

use crate::*;
use work_token_sdk::{AttesterAddresses, commit::Reports};
use work_token_tests::{Attester, BOND, everywhere, measured, one_by_one};

/// What the default parameters hand to attesters in an epoch in which one of them earned something.
const ATTESTERS: u64 = 2_000 * TOKEN;

fn claim(attester: &Attester) -> work_token_sdk::Instruction {
    ix::claim_attester_rewards(&attester.at, attester.actor.tokens)
}

#[test]
fn attesters_share_their_part_of_the_emission_by_their_agreement_with_the_medians() {
    let (world, ann, attesters) = measured(&[BOND, BOND, BOND]);
    let reports = [9_000, 9_000, 9_100].map(|value| everywhere(&[value]));
    let all: Vec<(&Attester, &Reports)> = attesters.iter().zip(&reports).collect();
    let shard = world.report(&all);
    world.score(1, &[&ann]);
    let pool = world.crank(1, &[&ann]);
    assert_eq!((pool.attester_emission, pool.emission), (ATTESTERS, EMISSION - ATTESTERS));

    let everybody: Vec<&Attester> = attesters.iter().collect();
    let settled = world.settle_attesters(&shard, &everybody);
    let pays: Vec<(u64, u64)> = settled.iter().map(|attester| (attester.pay, attester.fine)).collect();
    // A fifth of the tolerance of 500 costs a fifth.
    let ten = ATTESTERS * 10 / 28;
    assert_eq!(pays, [(ten, 0), (ten, 0), (ATTESTERS * 8 / 28, 0)]);
    assert_eq!(world.pool(1).attester_paid, 2 * ten + ATTESTERS * 8 / 28);
    assert!(world.settle_attesters(&shard, &everybody).is_empty(), "who is settled is passed over");
    world.send(&[claim(&attesters[0])], &[&attesters[0].actor]);
    assert_eq!(world.balance(&attesters[0].actor), ten);
    world.refuses(claim(&attesters[0]), &[&attesters[0].actor], E::NothingToClaim);
    assert_invariants(&world);
}

#[test]
fn pay_is_linear_in_the_bond_so_splitting_one_gains_nothing() {
    let unit = 64 << 24;
    let (world, ann, attesters) = measured(&[4 * unit, unit, unit, 2 * unit]);
    let reports = everywhere(&[9_000]);
    let shard = world.report(&attesters.iter().map(|attester| (attester, &reports)).collect::<Vec<_>>());
    world.score(1, &[&ann]);
    world.crank(1, &[&ann]);
    let settled = world.settle_attesters(&shard, &attesters.iter().collect::<Vec<_>>());
    let pays: Vec<u64> = settled.iter().map(|attester| attester.pay).collect();
    assert_eq!(pays, [4, 1, 1, 2].map(|part| ATTESTERS / 8 * part));
    assert_invariants(&world);
}

#[test]
fn pay_goes_to_its_owner_alone() {
    let (world, ann, attesters) = measured(&[BOND]);
    let (xena, reports) = (&attesters[0], everywhere(&[9_000]));
    let shard = world.report(&[(xena, &reports)]);
    world.score(1, &[&ann]);
    world.crank(1, &[&ann]);
    world.settle_attesters(&shard, &[xena]);
    let eve = world.actor("eve", 0);
    let stolen = AttesterAddresses { owner: eve.address(), ..xena.at };
    world.refuses(ix::claim_attester_rewards(&stolen, eve.tokens), &[&eve], E::WrongAttester);
    world.refuses(ix::claim_attester_rewards(&xena.at, eve.tokens), &[&xena.actor], E::NotTheTokenOwner);
    let vault = world.scenario.network.vault(VaultKind::Keeper);
    world.refuses(ix::claim_attester_rewards(&xena.at, vault), &[&xena.actor], E::VaultAsDestination);
    world.send(&[claim(xena)], &[&xena.actor]);
    assert_eq!(world.balance(&xena.actor), ATTESTERS);
    assert_invariants(&world);
}

#[test]
fn who_reports_on_fewer_than_95_percent_is_not_paid_and_its_part_joins_the_next_emission() {
    let world = World::attested();
    let owners: Vec<Owner> = (0..20).map(|i| world.owner(&format!("owner {i}"), 0, 10_000 * TOKEN)).collect();
    let attesters = world.attesters(&[BOND; 4]);
    world.next_epoch();
    let all: Vec<&Owner> = owners.iter().collect();
    let reports = [20, 20, 19, 18].map(|count| one_by_one(&vec![9_000; count]));
    let shard = world.report(&attesters.iter().zip(&reports).collect::<Vec<_>>());
    assert_eq!(world.score(1, &all).len(), 20);
    world.crank(1, &all);

    let settled = world.settle_attesters(&shard, &attesters.iter().collect::<Vec<_>>());
    let pays: Vec<(u64, u64)> = settled.iter().map(|attester| (attester.pay, attester.fine)).collect();
    let (most, enough) = (ATTESTERS * 20 / 77, ATTESTERS * 19 / 77);
    assert_eq!(pays, [(most, 0), (most, 0), (enough, 0), (0, 0)]);
    world.go_to_epoch(10);
    let carried = world.network().carried;
    let outcome = world.send(&[ix::sweep_epoch(&world.scenario.network.network, 1)], &[]);
    let events = decode_logs(&outcome.logs).events;
    let [Event::EpochSwept(swept)] = events.as_slice() else { panic!("one event: {events:?}") };
    assert_eq!(swept.attesters, ATTESTERS - 2 * most - enough);
    assert_eq!(world.network().carried, carried + swept.attesters + swept.rounding);
    assert_invariants(&world);
}

#[test]
fn who_does_not_reveal_is_fined_once_and_the_fine_burns() {
    let (world, ann, attesters) = measured(&[10 * BOND, BOND + 50 * TOKEN, BOND]);
    let [xena, yves, zoe] = attesters.as_slice() else { panic!("three attesters") };
    let reports = everywhere(&[9_000]);
    let shard = world.draw_attesters(0);
    world.commit_reports(xena, &shard, &reports);
    world.commit_reports(yves, &shard, &reports);
    world.next_epoch();
    world.reveal_reports(xena, &shard, &reports);
    world.pass(HOUR);
    world.score(1, &[&ann]);
    world.crank(1, &[&ann]);

    let mint = world.scenario.network.mint;
    let supply = world.scenario.chain.supply(&mint);
    let settled = world.settle_attesters(&shard, &[xena, yves, zoe, yves]);
    let fines: Vec<u64> = settled.iter().map(|attester| attester.fine).collect();
    assert_eq!(fines, [0, 50 * TOKEN, 50 * TOKEN], "committed or not, silence costs the same, and once");
    assert_eq!(world.scenario.chain.supply(&mint), supply - 100 * TOKEN);
    assert_eq!((world.attester_state(yves).bond, world.attester_state(zoe).bond), (BOND, BOND - 50 * TOKEN));
    assert_eq!((world.attester_state(yves).missed, world.attester_state(xena).missed), (1, 0));
    let roster = world.roster().unwrap();
    assert_eq!(
        (roster.count, roster.entries[1].next_bond, roster.entries[2].next_bond),
        (2, BOND, 0),
        "below the least bond, out"
    );
    assert!(world.settle_attesters(&shard, &[yves, zoe]).is_empty());
    world.next_epoch();
    let next = world.draw_attesters(0);
    assert_eq!(world.shard(&next).opinion_of(&zoe.actor.address()), None);
    assert_invariants(&world);
}

#[test]
fn dissent_costs_nothing_but_its_pay() {
    let (world, ann, attesters) = measured(&[3 * BOND, BOND]);
    let reports = [everywhere(&[9_000]), everywhere(&[0])];
    let shard = world.report(&attesters.iter().zip(&reports).collect::<Vec<_>>());
    world.score(1, &[&ann]);
    world.crank(1, &[&ann]);
    let settled = world.settle_attesters(&shard, &[&attesters[0], &attesters[1]]);
    assert_eq!((settled[0].pay, settled[0].fine), (ATTESTERS, 0));
    assert_eq!((settled[1].pay, settled[1].fine), (0, 0));
    assert_eq!(world.attester_state(&attesters[1]).bond, BOND);
    assert_invariants(&world);
}

#[test]
fn without_a_score_attesters_get_no_part_of_the_emission() {
    let (world, ann, attesters) = measured(&[BOND]);
    let reports = everywhere(&[9_000]);
    let shard = world.report(&[(&attesters[0], &reports)]);
    world.weigh_unscored(1, &[&ann]);
    let pool = world.crank(1, &[&ann]);
    assert_eq!((pool.attester_emission, pool.emission), (0, EMISSION - ATTESTERS), "their part stays unminted");
    let settled = world.settle_attesters(&shard, &[&attesters[0]]);
    assert_eq!((settled[0].pay, settled[0].fine), (0, 0));
    assert_invariants(&world);
}

#[test]
fn silence_costs_a_quarter_of_the_bond_where_less_than_half_of_the_bonds_revealed() {
    for (silent, fine) in [(2 * BOND, 50 * TOKEN), (2 * BOND + 4, BOND / 2 + 1)] {
        let (world, ann, attesters) = measured(&[2 * BOND, silent]);
        let shard = world.report(&[(&attesters[0], &everywhere(&[9_000]))]);
        world.score(1, &[&ann]);
        world.crank(1, &[&ann]);
        // What it added since is not what it was drawn by.
        world.add_bond(&attesters[1], 8 * BOND);
        let settled = world.settle_attesters(&shard, &[&attesters[0], &attesters[1]]);
        assert_eq!((settled[0].fine, settled[1].fine), (0, fine));
        assert_eq!(world.attester_state(&attesters[1]).bond, silent + 8 * BOND - fine);
        assert_invariants(&world);
    }
}

#[test]
fn a_frozen_escrow_vault_lets_fines_wait_and_stops_no_pay() {
    let (world, ann, attesters) = measured(&[2 * BOND, BOND]);
    let shard = world.report(&[(&attesters[0], &everywhere(&[9_000]))]);
    world.score(1, &[&ann]);
    world.crank(1, &[&ann]);
    let vault = world.scenario.network.vault(VaultKind::Escrow);
    world.set_frozen(&vault, true);
    let settled = world.settle_attesters(&shard, &[&attesters[1], &attesters[0]]);
    assert_eq!((settled.len(), settled[0].attester), (1, attesters[0].actor.address()));
    world.set_frozen(&vault, false);
    assert_eq!(world.settle_attesters(&shard, &[&attesters[1], &attesters[0]])[0].fine, 50 * TOKEN);
    assert_invariants(&world);
}

#[test]
fn attesters_are_settled_after_their_epoch_is_finalized_and_earn_nothing_after_its_sweep() {
    let (world, ann, attesters) = measured(&[BOND, 10 * BOND]);
    let [xena, yves] = attesters.as_slice() else { panic!("two attesters") };
    let (reports, late) = (everywhere(&[9_000]), world.attester("late", BOND));
    let shard = world.draw_attesters(0);
    world.commit_reports(yves, &shard, &reports);
    world.next_epoch();
    let other = world.draw_attesters(0);
    world.reveal_reports(yves, &shard, &reports);
    world.pass(HOUR);
    world.score(1, &[&ann]);
    world.refuses(world.settle_attesters_ix(&shard, &[yves]), &[], E::NotFinalized);
    world.crank(1, &[&ann]);
    world.refuses(world.settle_attesters_ix(&shard, &[&late]), &[], E::AttesterNotDrawn);
    let mut mixed = world.settle_attesters_ix(&shard, &[yves]);
    mixed.accounts[2].pubkey = other.shard;
    world.refuses(mixed, &[], E::WrongShard);

    world.go_to_epoch(10);
    world.send(&[ix::sweep_epoch(&world.scenario.network.network, 1)], &[]);
    let settled = world.settle_attesters(&shard, &[xena, yves]);
    assert_eq!((settled[0].pay, settled[0].fine), (0, 50 * TOKEN), "a fine does not lapse with the emission");
    assert_eq!((settled[1].pay, settled[1].fine), (0, 0), "what it earned has returned to the network");
    assert_invariants(&world);
}

#[test]
fn a_shard_closes_once_all_are_settled_and_its_rent_returns_to_its_payer() {
    let (world, ann, attesters) = measured(&[BOND, BOND]);
    let reports = everywhere(&[9_000]);
    world.open_present();
    world.capture_beacon();
    let payer = world.actor("payer", 0);
    let shard = world.shard_at(0);
    world.send(&[ix::draw_attesters(&shard, payer.address())], &[&payer]);
    for attester in &attesters {
        world.commit_reports(attester, &shard, &reports);
    }
    world.next_epoch();
    for attester in &attesters {
        world.reveal_reports(attester, &shard, &reports);
    }
    world.pass(HOUR);
    world.score(1, &[&ann]);
    world.crank(1, &[&ann]);
    world.settle_attesters(&shard, &[&attesters[0]]);
    world.refuses(ix::close_score_shard(&shard, payer.address()), &[], E::ShardNotSettled);
    world.settle_attesters(&shard, &[&attesters[1]]);
    let keeper = world.scenario.keeper.address();
    world.refuses(ix::close_score_shard(&shard, keeper), &[], E::WrongRentReceiver);
    let (lamports, rent) = (world.lamports(&payer.address()), world.lamports(&shard.shard));
    world.send(&[ix::close_score_shard(&shard, payer.address())], &[]);
    assert_eq!(world.lamports(&payer.address()), lamports + rent);
    assert!(!world.exists(&shard.shard));
    assert_invariants(&world);
}
