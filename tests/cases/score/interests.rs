//! Who reports for an attester, and which interests bar it (score-mask-1, score-mask-2, score-commit-2).
//!
//! Kind of fault: an interest that a mask does not see; an interest that somebody else can attach to an
//! attester to bar it. Looked for in: owner, operator, keys of classes, beneficiary, positions, each of the
//! attester and of its reporter.

use crate::*;
use work_token_sdk::{Instruction, ShardAddresses, commit::reports_commitment};
use work_token_tests::{Attester, BOND, SALT, everywhere, measured};

fn opinion_of(world: &World, shard: &ShardAddresses, attester: &Attester) -> u8 {
    world.shard(shard).opinion_of(&attester.actor.address()).expect("it is seated") as u8
}

fn is_barred(world: &World, shard: &ShardAddresses, attester: &Attester) -> bool {
    let index = usize::from(opinion_of(world, shard, attester));
    world.shard(shard).opinions[index].is_masked(0)
}

/// Sends a mask and says whether it was accepted, leaving nothing of it.
fn bars(world: &World, shard: &ShardAddresses, attester: &Attester, mask: Instruction) -> bool {
    let before = *world.shard(shard);
    let is_accepted = world.tries(&[mask], &[]).is_ok();
    assert_eq!(is_accepted, is_barred(world, shard, attester));
    world.scenario.write(&shard.shard, &before);
    is_accepted
}

// score-commit-2
#[test]
fn a_reporter_commits_for_its_attester_and_has_no_power_over_its_bond() {
    let (world, _, attesters) = measured(&[BOND]);
    let (xena, hot) = (&attesters[0], world.actor("hot", 0));
    let shard = world.draw_attesters(0);
    let reports = everywhere(&[9_000]);
    let commitment = reports_commitment(&xena.at, &shard, &reports, &SALT);
    let commit = ix::commit_reports_by(&xena.at, hot.address(), &shard, commitment);
    world.refuses(commit.clone(), &[&hot], E::WrongAttester);
    let mut in_its_name = ix::set_reporter(&xena.at, Some(hot.address()));
    in_its_name.accounts[0].pubkey = hot.address();
    world.refuses(in_its_name, &[&hot], E::WrongAttester);
    world.send(&[ix::set_reporter(&xena.at, Some(hot.address()))], &[&xena.actor]);
    world.send(std::slice::from_ref(&commit), &[&hot]);
    for mut power in [
        ix::retire_attester(&xena.at),
        ix::claim_attester_rewards(&xena.at, hot.tokens),
        ix::set_reporter(&xena.at, None),
    ] {
        power.accounts[0].pubkey = hot.address();
        world.refuses(power, &[&hot], E::WrongAttester);
    }
    world.send(&[ix::set_reporter(&xena.at, None)], &[&xena.actor]);
    world.refuses(commit, &[&hot], E::WrongAttester);
    world.go_to_epoch(2);
    world.reveal_reports(xena, &shard, &reports);
    assert_invariants(&world);
}

// score-mask-2
#[test]
fn an_operator_is_barred_once_it_has_signed_as_one_and_not_because_an_owner_names_it() {
    let (world, ann, attesters) = measured(&[BOND, BOND]);
    let xena = &attesters[0];
    let shard = world.draw_attesters(0);
    let mask = || ix::mask_report(&shard, opinion_of(&world, &shard, xena), ann.at.provider, ann.at.provider);
    world.refuses(mask(), &[], E::NothingToMask);
    world.send(&[ix::set_operator(&ann.at, xena.actor.address())], &[&ann.actor]);
    world.refuses(mask(), &[], E::NothingToMask);
    let network = world.scenario.network.network;
    world.send(&[ix::heartbeat(&network, xena.actor.address(), ann.at.provider)], &[&xena.actor]);
    assert!(bars(&world, &shard, xena, mask()));
    world.send(&[ix::set_operator(&ann.at, ann.actor.tokens)], &[&ann.actor]);
    world.refuses(mask(), &[], E::NothingToMask);

    world.send(&[ix::set_class_operator(&ann.at, 3, Some(xena.actor.address()))], &[&ann.actor, &xena.actor]);
    let of_class = ix::mask_report(&shard, opinion_of(&world, &shard, xena), ann.at.provider, ann.at.offer());
    assert!(bars(&world, &shard, xena, of_class.clone()));
    world.send(&[ix::set_class_operator(&ann.at, 3, None)], &[&ann.actor]);
    world.refuses(of_class, &[], E::NothingToMask);
    assert_invariants(&world);
}

// score-mask-2
#[test]
fn a_beneficiary_is_barred_while_it_has_quota_left() {
    let (world, ann, attesters) = measured(&[BOND, BOND]);
    let xena = &attesters[0];
    let shard = world.draw_attesters(0);
    let seat = opinion_of(&world, &shard, xena);
    let mask = || ix::mask_report(&shard, seat, ann.at.provider, ann.at.beneficiary());
    let terms = ix::BeneficiaryTerms { quota: TOKEN, until_ts: world.now() + DAY };
    let key = xena.actor.address();
    world.send(&[ix::propose_beneficiary(&ann.at, Some((key, terms)))], &[&ann.actor]);
    world.refuses(mask(), &[], E::NothingToMask);
    world.send(&[ix::accept_beneficiary(&ann.at, key, terms, xena.actor.tokens, None)], &[&xena.actor]);
    assert!(bars(&world, &shard, xena, mask()));
    world.send(&[ix::end_beneficiary(&ann.at, key)], &[&xena.actor]);
    world.refuses(mask(), &[], E::NothingToMask);
    assert_invariants(&world);
}

// score-mask-2
#[test]
fn the_interests_of_its_reporter_bar_an_attester_too() {
    let (world, ann, attesters) = measured(&[BOND, BOND]);
    let [xena, yves] = attesters.as_slice() else { panic!("two attesters") };
    let shard = world.draw_attesters(0);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    let seat = opinion_of(&world, &shard, xena);
    let mask = |interest| ix::mask_reporter(&shard, seat, ann.at.provider, interest, xena.at.attester);
    world.refuses(mask(ann.at.provider), &[], E::NothingToMask);
    for (reporter, interest) in [(ann.actor.address(), ann.at.provider), (dora.actor.address(), dora.at.delegation)] {
        world.refuses(ix::mask_report(&shard, seat, ann.at.provider, interest), &[], E::NothingToMask);
        world.send(&[ix::set_reporter(&xena.at, Some(reporter))], &[&xena.actor]);
        assert!(bars(&world, &shard, xena, mask(interest)));
        world.send(&[ix::set_reporter(&xena.at, None)], &[&xena.actor]);
    }
    let of_another = ix::mask_reporter(&shard, seat, ann.at.provider, ann.at.provider, yves.at.attester);
    world.refuses(of_another, &[], E::WrongAttester);
    assert_invariants(&world);
}
