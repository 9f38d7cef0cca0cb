//! Reports: committed in their epoch, revealed after it, judged by the bonds behind them (score-commit-1,
//! score-value-1).

use crate::*;
use sha2::{Digest, Sha256};
use work_token_sdk::{
    ID, Instruction, ShardAddresses,
    commit::{Reports, reports_commitment},
    interface::commitments::ReportsCommitment,
    state::REPORT_BYTES,
};
use work_token_tests::{Attester, BOND, SALT, everywhere, measured, one_by_one};

fn outage(world: &World) -> Instruction {
    ix::record_outage(&world.scenario.network.network)
}

/// The chain stands still for so long: only a few slots pass.
fn halt(world: &World, secs: i64) {
    world.scenario.chain.turn_to(world.now() + secs, 10);
}

fn mask(shard: &ShardAddresses, seat: u8, provider: Pubkey, interest: Pubkey) -> Instruction {
    ix::mask_report(shard, seat, provider, interest)
}

/// The seat that an attester was drawn for.
fn seat_of(world: &World, shard: &ShardAddresses, attester: &Attester) -> u8 {
    world.shard(shard).opinion_of(&attester.actor.address()).expect("it is seated") as u8
}

#[test]
fn reports_are_committed_until_the_end_of_their_epoch_and_a_second_commitment_replaces_the_first() {
    let (world, _, attesters) = measured(&[BOND]);
    let xena = &attesters[0];
    let (first, second) = (everywhere(&[8_000]), everywhere(&[9_000]));
    let shard = world.draw_attesters(0);
    world.refuses(ix::commit_reports(&xena.at, &shard, [0; 32]), &[&xena.actor], E::ZeroCommitment);
    world.commit_reports(xena, &shard, &first);
    world.go_to_epoch(2);
    world.refuses(world.commit_reports_ix(xena, &shard, &second), &[&xena.actor], E::CommitHasPassed);
    world.pass(-1);
    world.commit_reports(xena, &shard, &second);
    world.pass(1);
    world.refuses(world.reveal_reports_ix(xena, &shard, &first), &[], E::CommitmentBroken);
    world.reveal_reports(xena, &shard, &second);
    world.refuses(world.reveal_reports_ix(xena, &shard, &second), &[], E::ReportsNotCommitted);
    assert_invariants(&world);
}

#[test]
fn reports_are_revealed_from_the_end_of_their_epoch_until_the_reveal_window_has_passed() {
    let (world, _, attesters) = measured(&[BOND, BOND, BOND]);
    let [xena, yves, zoe] = attesters.as_slice() else { panic!("three attesters") };
    let reports = everywhere(&[9_000]);
    let shard = world.draw_attesters(0);
    world.commit_reports(xena, &shard, &reports);
    world.commit_reports(yves, &shard, &reports);
    world.go_to_epoch(2);
    world.pass(-1);
    world.refuses(world.reveal_reports_ix(xena, &shard, &reports), &[], E::ReportRevealNotOpen);
    world.pass(1);
    world.refuses(world.reveal_reports_ix(zoe, &shard, &reports), &[], E::ReportsNotCommitted);
    world.pass(HOUR - 1);
    world.reveal_reports(xena, &shard, &reports);
    world.pass(1);
    world.refuses(world.reveal_reports_ix(yves, &shard, &reports), &[], E::ReportRevealHasPassed);
    assert_invariants(&world);
}

#[test]
fn a_value_above_the_whole_is_refused_with_all_the_others() {
    let (world, _, attesters) = measured(&[BOND]);
    let xena = &attesters[0];
    let shard = world.draw_attesters(0);
    let mut values = everywhere(&[10_000]).to_bytes();
    values[REPORT_BYTES - 2..].copy_from_slice(&10_001u16.to_le_bytes());
    let content = ReportsCommitment {
        network: &world.scenario.network.network,
        shard: &shard.shard,
        epoch: &1u32.to_le_bytes(),
        attester: &xena.actor.address(),
        values: &values,
        salt: &SALT,
    };
    let commitment: [u8; 32] = Sha256::digest(content.parts().concat()).into();
    world.send(&[ix::commit_reports(&xena.at, &shard, commitment)], &[&xena.actor]);
    world.next_epoch();
    let mut reveal = world.reveal_reports_ix(xena, &shard, &Reports::new());
    reveal.data[8..8 + REPORT_BYTES].copy_from_slice(&values);
    world.refuses(reveal, &[], E::ReportOutOfBounds);
    assert_invariants(&world);
}

#[test]
fn a_commitment_names_program_network_shard_epoch_and_attester() {
    let (world, _, attesters) = measured(&[BOND]);
    let (xena, reports) = (&attesters[0], everywhere(&[9_000]));
    let shard = world.shard_at(0);
    let network = world.scenario.network.network;
    let parts: [&[u8]; 8] = [
        b"reports",
        ID.as_ref(),
        network.as_ref(),
        shard.shard.as_ref(),
        &1u32.to_le_bytes(),
        xena.at.owner.as_ref(),
        &reports.to_bytes(),
        &SALT,
    ];
    let commitment: [u8; 32] = Sha256::digest(parts.concat()).into();
    world.draw_attesters(0);
    world.send(&[ix::commit_reports(&xena.at, &shard, commitment)], &[&xena.actor]);
    world.next_epoch();
    world.reveal_reports(xena, &shard, &reports);
    assert_invariants(&world);
}

#[test]
fn a_commitment_cannot_be_copied_by_another_attester() {
    let (world, _, attesters) = measured(&[BOND, BOND]);
    let [xena, yves] = attesters.as_slice() else { panic!("two attesters") };
    let reports = everywhere(&[9_000]);
    let shard = world.draw_attesters(0);
    world.commit_reports(xena, &shard, &reports);
    let copied = reports_commitment(&xena.at, &shard, &reports, &SALT);
    world.send(&[ix::commit_reports(&yves.at, &shard, copied)], &[&yves.actor]);
    world.next_epoch();
    world.reveal_reports(xena, &shard, &reports);
    world.refuses(world.reveal_reports_ix(yves, &shard, &reports), &[], E::CommitmentBroken);
    assert_invariants(&world);
}

#[test]
fn a_commitment_cannot_be_replayed_in_another_epoch_or_shard() {
    let world = World::attested();
    world.owner("ann", 0, 10_000 * TOKEN);
    let bob = world.owner("bob", 0, 0);
    world.give(bob.actor.tokens, 10_000 * TOKEN);
    let stake = ix::stake_self(&bob.at, bob.actor.tokens, 10_000 * TOKEN);
    world.send(&[stake, ix::take_place(&bob.at, 48)], &[&bob.actor]);
    let xena = world.attester("xena", BOND);
    world.next_epoch();
    let (shard, other_shard) = (world.draw_attesters(0), world.draw_attesters(1));
    let reports = everywhere(&[9_000]);
    let commitment = reports_commitment(&xena.at, &shard, &reports, &SALT);
    for to in [&shard, &other_shard] {
        world.send(&[ix::commit_reports(&xena.at, to, commitment)], &[&xena.actor]);
    }
    world.next_epoch();
    world.reveal_reports(&xena, &shard, &reports);
    world.refuses(world.reveal_reports_ix(&xena, &other_shard, &reports), &[], E::CommitmentBroken);

    let other_epoch = world.draw_attesters(0);
    world.send(&[ix::commit_reports(&xena.at, &other_epoch, commitment)], &[&xena.actor]);
    world.next_epoch();
    world.refuses(world.reveal_reports_ix(&xena, &other_epoch, &reports), &[], E::CommitmentBroken);
    world.refuses(world.reveal_reports_ix(&xena, &shard, &reports), &[], E::ReportsNotCommitted);
    assert_invariants(&world);
}

#[test]
fn nobody_is_heard_on_its_own_provider_and_everybody_is_paid_for_the_others() {
    let world = World::attested();
    let (ann, bob) = (world.owner("ann", 0, 10_000 * TOKEN), world.owner("bob", 0, 10_000 * TOKEN));
    let xena = world.attesting_owner(&ann, BOND);
    let yves = world.attester("yves", BOND);
    world.next_epoch();
    let (praise, truth) = (one_by_one(&[10_000, 9_000]), one_by_one(&[9_000, 9_000]));
    let shard = world.draw_attesters(0);
    world.commit_reports(&xena, &shard, &praise);
    world.commit_reports(&yves, &shard, &truth);
    world.next_epoch();
    let mut elsewhere = world.reveal_reports_ix(&xena, &shard, &praise);
    elsewhere.accounts[3].pubkey = bob.at.provider;
    world.refuses(elsewhere, &[], E::WrongProvider);
    world.reveal_reports(&xena, &shard, &praise);
    world.reveal_reports(&yves, &shard, &truth);
    world.pass(HOUR);
    let scored = world.score(1, &[&ann, &bob]);
    assert_eq!([scored[0].values_bps[0], scored[1].values_bps[0]], [9_000; 2], "of ann only yves is heard");
    world.crank(1, &[&ann, &bob]);
    let settled = world.settle_attesters(&shard, &[&xena, &yves]);
    let pay = world.pool(1).attester_emission / 3;
    assert_eq!(settled[0].pay, pay, "one value of three; the provider it may not judge counts as reported");
    assert_invariants(&world);
}

#[test]
fn what_was_revealed_before_the_interest_was_shown_counts_for_nothing() {
    let world = World::attested();
    let (ann, bob) = (world.owner("ann", 0, 10_000 * TOKEN), world.owner("bob", 0, 10_000 * TOKEN));
    let dora = world.attester("dora", 2 * BOND);
    let xena = world.attester("xena", BOND);
    world.give(dora.actor.tokens, 1_000 * TOKEN);
    let position = ann.at.position(dora.actor.address());
    let input = ix::Delegate { from: dora.actor.tokens, amount: 1_000 * TOKEN, min_shares_out: 0, max_open_claims: 0 };
    world.send(&[ix::delegate(&position, input)], &[&dora.actor]);
    world.next_epoch();
    let (praise, truth) = (everywhere(&[10_000]), everywhere(&[3_000]));
    let shard = world.report(&[(&dora, &praise), (&xena, &truth)]);
    let seat = seat_of(&world, &shard, &dora);
    world.send(&[mask(&shard, seat, ann.at.provider, position.delegation)], &[]);
    let scored = world.score(1, &[&ann, &bob]);
    assert_eq!((scored[0].values_bps[0], scored[1].values_bps[0]), (3_000, 10_000), "only about ann she is not heard");
    assert_invariants(&world);
}

// position-transfer-3
#[test]
fn an_attester_that_took_shares_of_somebody_is_not_heard_about_that_provider() {
    let world = World::attested();
    let (ann, bob) = (world.owner("ann", 0, 10_000 * TOKEN), world.owner("bob", 0, 10_000 * TOKEN));
    let (dora, xena) = (world.attester("dora", 2 * BOND), world.attester("xena", BOND));
    let eric = world.holder("eric", &ann, 1_000 * TOKEN);
    world.begin_to_earn(&ann);
    let to = Holder { at: ann.at.position(dora.actor.address()), actor: dora.actor.clone() };
    world.transfer(&eric, &to, 1_000 * TOKEN);
    let (praise, truth) = (everywhere(&[10_000]), everywhere(&[3_000]));
    let shard = world.report(&[(&dora, &praise), (&xena, &truth)]);
    let seat = seat_of(&world, &shard, &dora);
    world.send(&[mask(&shard, seat, ann.at.provider, to.at.delegation)], &[]);
    let scored = world.score(1, &[&ann, &bob]);
    assert_eq!((scored[0].values_bps[0], scored[1].values_bps[0]), (3_000, 10_000), "only about ann she is not heard");
    assert_invariants(&world);
}

#[test]
fn nobody_is_barred_without_an_interest_of_its_own() {
    let world = World::attested();
    let (ann, bob) = (world.owner("ann", 0, 10_000 * TOKEN), world.owner("bob", 0, 10_000 * TOKEN));
    let dora = world.attester("dora", BOND);
    let eric = world.holder("eric", &ann, 1_000 * TOKEN);
    let at_bob = Holder { at: bob.at.position(dora.actor.address()), actor: world.actor("dora's purse", 0) };
    world.give(dora.actor.tokens, 1_000 * TOKEN);
    let input = ix::Delegate { from: dora.actor.tokens, amount: 1_000 * TOKEN, min_shares_out: 0, max_open_claims: 0 };
    world.send(&[ix::delegate(&at_bob.at, input)], &[&dora.actor]);
    let carl = world.owner("carl", 0, 0);
    world.next_epoch();
    let shard = world.draw_attesters(0);
    let seat = seat_of(&world, &shard, &dora);
    let (ann_key, bob_key) = (ann.at.provider, bob.at.provider);
    for (seat, provider, interest) in [
        (seat, ann_key, eric.at.delegation),
        (seat, ann_key, at_bob.at.delegation),
        (seat, ann_key, ann_key),
        (seat + 1, bob_key, at_bob.at.delegation),
        (u8::MAX, bob_key, at_bob.at.delegation),
    ] {
        world.refuses(mask(&shard, seat, provider, interest), &[], E::NothingToMask);
    }
    world.refuses(mask(&shard, seat, carl.at.provider, carl.at.provider), &[], E::WrongShard);
    let (request, _) = world.request_ix(&at_bob, 1_000 * TOKEN);
    world.send(&[request], &[&dora.actor]);
    world.refuses(mask(&shard, seat, bob_key, at_bob.at.delegation), &[], E::NothingToMask);
    assert_invariants(&world);
}

#[test]
fn bonds_weigh_unclipped_so_two_of_a_fifth_do_not_outvote_an_honest_three_fifths() {
    let (world, ann, attesters) = measured(&[6 * BOND, 2 * BOND, 2 * BOND]);
    for lie in [0, 10_000] {
        let reports = [9_000, lie, lie].map(|value| everywhere(&[value]));
        let scored = world.attested_cycle(&attesters.iter().zip(&reports).collect::<Vec<_>>(), &[&ann]);
        assert_eq!(scored[0].values_bps[0], 9_000);
    }
    let reports = [9_000, 1_000, 9_500].map(|value| everywhere(&[value]));
    let minority = &attesters.iter().zip(&reports).collect::<Vec<_>>()[1..];
    let scored = world.attested_cycle(minority, &[&ann]);
    assert_eq!(scored[0].valued, 0, "two fifths alone say nothing");
    assert_invariants(&world);
}

#[test]
fn of_two_values_with_equal_bonds_the_lower_counts() {
    let (world, ann, attesters) = measured(&[BOND, BOND]);
    let reports = [9_000, 8_000].map(|value| everywhere(&[value]));
    let scored = world.attested_cycle(&attesters.iter().zip(&reports).collect::<Vec<_>>(), &[&ann]);
    assert_eq!(scored[0].values_bps[0], 8_000);
    assert_invariants(&world);
}

#[test]
fn an_outage_moves_the_reveal_even_before_anybody_has_recorded_it() {
    let (world, ann, attesters) = measured(&[BOND, BOND]);
    let [xena, yves] = attesters.as_slice() else { panic!("two attesters") };
    let reports = everywhere(&[9_000]);
    let shard = world.draw_attesters(0);
    world.commit_reports(xena, &shard, &reports);
    world.commit_reports(yves, &shard, &reports);
    world.next_epoch();
    world.finalize(0, &[]);
    let ends_at_ts = world.now();
    halt(&world, 10 * HOUR);
    world.reveal_reports(yves, &shard, &reports);
    world.refuses(world.score_ix(1, &[&ann]), &[], E::WeighNotOpen);
    world.send(&[outage(&world)], &[]);
    let moved = world.network().outages.secs;
    assert_eq!(moved, 10 * HOUR - 6, "ten slots of 600 ms are no outage");
    world.wait_until(ends_at_ts + moved + HOUR - 1);
    world.reveal_reports(xena, &shard, &reports);
    world.pass(1);
    assert_eq!(world.score(1, &[&ann]).len(), 1);
    assert_invariants(&world);
}

#[test]
fn what_was_revealed_cannot_be_copied_when_an_outage_opens_the_commitment_again() {
    let (world, ann, attesters) = measured(&[BOND, BOND]);
    let [xena, yves] = attesters.as_slice() else { panic!("two attesters") };
    let reports = everywhere(&[9_000]);
    world.next_epoch();
    let shard = world.draw_attesters(0);
    world.commit_reports(xena, &shard, &reports);
    let ends_at_ts = world.pool(2).ends_at_ts;
    world.wait_until(ends_at_ts - 600 - HOUR);
    world.finalize(1, &[&ann]);
    assert_eq!(world.now(), ends_at_ts - 600);
    // Too little to be recorded, until it halts once more.
    halt(&world, HOUR / 3);
    world.reveal_reports(xena, &shard, &reports);
    halt(&world, HOUR / 3);
    world.send(&[outage(&world)], &[]);
    assert!(!world.network().work_ts(world.now()).has_reached(world.shard(&shard).commit_until_work_ts));
    world.refuses(world.commit_reports_ix(yves, &shard, &reports), &[&yves.actor], E::CommitHasPassed);
    assert_invariants(&world);
}

#[test]
fn nobody_is_fined_before_its_own_time_to_reveal_has_passed() {
    let (world, ann, attesters) = measured(&[10 * BOND, BOND]);
    let [xena, yves] = attesters.as_slice() else { panic!("two attesters") };
    let reports = everywhere(&[9_000]);
    let shard = world.report(&[(xena, &reports)]);
    world.score(1, &[&ann]);
    world.crank(1, &[&ann]);
    // An outage that was recorded only now moves the deadline back.
    let deadline = world.shard(&shard).reveal_until_work_ts;
    world.edit_network(|network| network.outages.secs += world.now() - deadline + 60);
    world.pass(59);
    world.refuses(world.settle_attesters_ix(&shard, &[yves]), &[], E::RevealStillOpen);
    world.pass(1);
    assert_eq!(world.settle_attesters(&shard, &[yves])[0].fine, 50 * TOKEN);
    assert_invariants(&world);
}
