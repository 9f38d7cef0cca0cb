//! 7xx: attesters and scores.

use {
    super::{Provoke, with},
    crate::{
        cases::{epoch::armed_by_value, jury::oracle, score::earned},
        world::*,
    },
    sha2::{Digest, Sha256},
    work_token_sdk::{
        Instruction, ShardAddresses, WorkTokenError as E,
        interface::commitments::ReportsCommitment,
        ix,
        state::{NO_REPORT, REPORT_BYTES},
    },
};

pub const CODES: &[(E, Provoke)] = &[
    (E::ZeroAmount, |world| register(world, 0)),
    (E::BondTooSmall, |world| register(world, 1_000 * TOKEN - 1)),
    (E::InsufficientFunds, |world| register(world, u64::MAX)),
    (E::BondMarginTooSmall, |world| {
        world.fill_roster();
        register(world, 1_050 * TOKEN)
    }),
    (E::ZeroAmount, |world| ix::add_attester_bond(&world.attester(&world.a, &world.d1), world.d1.tokens, 0)),
    (E::InsufficientFunds, |world| {
        ix::add_attester_bond(&world.attester(&world.a, &world.d1), world.d1.tokens, u64::MAX)
    }),
    (E::AttesterRetired, |world| {
        let attester = world.attester(&world.a, &world.d1);
        world.chain.must(&[ix::retire_attester(&attester)]);
        ix::add_attester_bond(&attester, world.d1.tokens, 1)
    }),
    (E::AttesterNotWaiting, |world| ix::aim_attester(&world.attester(&world.a, &world.d1))),
    (E::AttesterNotWaiting, |world| ix::displace_attester(&world.attester(&world.a, &world.d1), None)),
    (E::AttesterRetired, |world| {
        let attester = world.attester(&world.a, &world.d1);
        world.chain.must(&[ix::retire_attester(&attester)]);
        ix::aim_attester(&attester)
    }),
    (E::AttesterRetired, |world| {
        let attester = world.attester(&world.a, &world.d1);
        world.chain.must(&[ix::retire_attester(&attester)]);
        ix::commit_canaries(&attester, [7; 32])
    }),
    (E::Paused, |world| {
        let attester = world.aimed();
        world.chain.must(&[ix::pause(&world.a.at.network, world.a.guardian, 60)]);
        ix::aim_attester(&attester)
    }),
    (E::Paused, |world| {
        let attester = world.aimed();
        world.go_to(5 * DAY + 12 * HOUR);
        world.chain.must(&[ix::pause(&world.a.at.network, world.a.guardian, 60)]);
        ix::displace_attester(&attester, Some(world.attester(&world.a, &world.d1).attester))
    }),
    (E::DisplacementNotDue, |world| {
        let attester = world.aimed();
        world.go_to(5 * DAY + 12 * HOUR - 1);
        ix::displace_attester(&attester, Some(world.attester(&world.a, &world.d1).attester))
    }),
    (E::DisplacementNotDue, |world| {
        let attester = world.aimed();
        world.go_to(6 * DAY);
        ix::displace_attester(&attester, Some(world.attester(&world.a, &world.d1).attester))
    }),
    (E::WrongAttester, |world| {
        let attester = world.aimed();
        world.go_to(5 * DAY + 12 * HOUR);
        ix::displace_attester(&attester, Some(world.attester(&world.a, &world.d2).attester))
    }),
    (E::WrongAttester, |world| {
        let attester = world.aimed();
        world.go_to(5 * DAY + 12 * HOUR);
        ix::displace_attester(&attester, None)
    }),
    (E::AccountExists, |world| {
        ix::register_attester(&world.attester(&world.a, &world.d1), world.d1.tokens, 1_000 * TOKEN)
    }),
    (E::Paused, |world| {
        world.chain.must(&[ix::pause(&world.a.at.network, world.a.guardian, 60)]);
        register(world, 1_000 * TOKEN)
    }),
    (E::AttesterRetired, |world| {
        let retire = ix::retire_attester(&world.attester(&world.a, &world.d1));
        world.chain.must(std::slice::from_ref(&retire));
        retire
    }),
    (E::AttesterNotRetired, |world| close(world)),
    (E::BondLocked, |world| {
        world.chain.must(&[ix::retire_attester(&world.attester(&world.a, &world.d1))]);
        world.go_to(10 * DAY - 1);
        close(world)
    }),
    (E::WrongAttester, |world| with(ix::retire_attester(&world.attester(&world.a, &world.d1)), 0, world.d2.key)),
    (E::NothingToClaim, |world| claim(world)),
    (E::NotTheTokenOwner, |world| {
        earned(world, &world.a);
        ix::claim_attester_rewards(&world.attester(&world.a, &world.d1), world.d2.tokens)
    }),
    (E::NothingToClaim, |world| {
        earned(world, &world.a);
        world.chain.must(&[claim(world)]);
        claim(world)
    }),
    (E::SeedSlotNotReached, |world| {
        world.chain.must(&[ix::advance_beacon(&world.a.at.network, None)]);
        ix::advance_beacon(&world.a.at.network, None)
    }),
    (E::BeaconReady, |world| {
        world.light_beacon(&world.a);
        ix::advance_beacon(&world.a.at.network, None)
    }),
    (E::RandomnessUnchanged, |world| {
        armed_by_value(world);
        world.chain.net.advance_slots(12);
        ix::advance_beacon(&world.a.at.network, Some(oracle()))
    }),
    (E::WrongRandomness, |world| {
        armed_by_value(world);
        ix::advance_beacon(&world.a.at.network, None)
    }),
    (E::WrongRandomness, |world| {
        armed_by_value(world);
        ix::advance_beacon(&world.a.at.network, Some(world.attacker.tokens))
    }),
    (E::WrongSysvar, |world| with(ix::advance_beacon(&world.a.at.network, None), 1, solana_sdk::sysvar::clock::ID)),
    (E::NotScored, |world| {
        world.chain.must(&[world.open(&world.a, 4)]);
        world.light_beacon(&world.a);
        world.draw_attesters(&world.a, 4)
    }),
    (E::BeaconNotReady, |world| {
        world.measure(&world.a);
        world.chain.must(&[world.open(&world.a, 4)]);
        world.draw_attesters(&world.a, 4)
    }),
    (E::BeaconNotReady, |world| {
        // The seed of yesterday.
        world.begin_measuring(&world.a, 4);
        world.go_to(5 * DAY);
        world.chain.must(&[world.open(&world.a, 5)]);
        world.draw_attesters(&world.a, 5)
    }),
    (E::TooLateToDraw, |world| {
        world.begin_measuring(&world.a, 4);
        world.go_to(4 * DAY + 12 * HOUR);
        world.draw_attesters(&world.a, 4)
    }),
    (E::ShardOutOfRange, |world| draw_shard(world, 1)),
    (E::ShardOutOfRange, |world| draw_shard(world, u16::MAX)),
    (E::AccountExists, |world| {
        world.seated();
        world.draw_attesters(&world.a, 4)
    }),
    (E::WrongAddress, |world| {
        world.begin_measuring(&world.a, 4);
        with(world.draw_attesters(&world.a, 4), 4, world.shard(&world.a, 5).shard)
    }),
    (E::WrongEpoch, |world| {
        world.chain.must(&[world.open(&world.a, 3)]);
        with(draw_shard(world, 0), 2, pool(world, 3))
    }),
    (E::NoAttesters, |world| {
        for who in [&world.d1, &world.d2, &world.d3] {
            world.chain.must(&[ix::retire_attester(&world.attester(&world.a, who))]);
        }
        world.go_to(5 * DAY);
        world.begin_measuring(&world.a, 5);
        world.draw_attesters(&world.a, 5)
    }),
    (E::AttesterNotDrawn, |world| {
        let who = person(&mut world.chain, &world.a, "d9");
        let attester = world.attester(&world.a, &who);
        world.chain.must(&[ix::register_attester(&attester, who.tokens, 1_000 * TOKEN)]);
        world.seated();
        ix::commit_reports(&attester, &world.shard(&world.a, 4), [1; 32])
    }),
    (E::ZeroCommitment, |world| {
        world.seated();
        ix::commit_reports(&world.attester(&world.a, &world.d1), &world.shard(&world.a, 4), [0; 32])
    }),
    (E::CommitHasPassed, |world| {
        world.seated();
        world.go_to(5 * DAY);
        world.commit_reports(&world.a, &world.d1)
    }),
    (E::ReportsNotCommitted, |world| {
        world.committed();
        world.go_to(5 * DAY);
        world.reveal_reports(&world.a, &world.d3)
    }),
    (E::ReportsNotCommitted, |world| {
        world.revealed();
        world.reveal_reports(&world.a, &world.d1)
    }),
    (E::ReportRevealNotOpen, |world| {
        world.committed();
        world.go_to(5 * DAY - 1);
        world.reveal_reports(&world.a, &world.d1)
    }),
    (E::ReportRevealHasPassed, |world| {
        world.committed();
        world.go_to(5 * DAY + HOUR);
        world.reveal_reports(&world.a, &world.d1)
    }),
    (E::CommitmentBroken, |world| {
        world.committed();
        world.go_to(5 * DAY);
        let mut reveal = world.reveal_reports(&world.a, &world.d1);
        *reveal.data.last_mut().expect("a salt") ^= 1;
        reveal
    }),
    (E::CommitmentBroken, |world| {
        // D2's commitment, copied by D1.
        world.seated();
        let copied = world.commit_reports(&world.a, &world.d2).data[8..40].try_into().expect("32 bytes");
        world.chain.must(&[ix::commit_reports(
            &world.attester(&world.a, &world.d1),
            &world.shard(&world.a, 4),
            copied,
        )]);
        world.go_to(5 * DAY);
        world.reveal_reports(&world.a, &world.d1)
    }),
    (E::ReportOutOfBounds, |world| {
        world.seated();
        reveal_raw(world, 10_001)
    }),
    (E::ReportOutOfBounds, |world| {
        world.seated();
        reveal_raw(world, NO_REPORT - 1)
    }),
    (E::NothingReported, |world| {
        world.seated();
        reveal(world, &[u8::MAX; REPORT_BYTES])
    }),
    (E::NothingToMask, |world| {
        world.seated();
        mask(world, world.p1.position(world.d2.key).delegation)
    }),
    (E::NothingToMask, |world| {
        // P1 is not D1's own.
        world.seated();
        mask(world, world.p1.provider)
    }),
    (E::NothingToMask, |world| {
        world.seated();
        with_index(mask(world, world.p1.position(world.d1.key).delegation), 15)
    }),
    (E::WrongShard, |world| {
        // Without a seat there is no place in the shard.
        world.seated();
        with(mask(world, world.p1.position(world.d1.key).delegation), 2, world.p4.provider)
    }),
    (E::WrongShard, |world| {
        world.scorable();
        let shard = world.shard(&world.a, 3).shard;
        ix::score_providers_at(&world.a.at.network, pool(world, 4), Some(shard), &[world.p1.provider])
    }),
    (E::WrongShard, |world| {
        world.scorable();
        ix::score_providers(&world.a.at.network, 4, None, &[world.p1.provider])
    }),
    (E::WrongShard, |world| {
        // The empty address of a shard in which P1 has no place.
        world.scorable();
        ix::score_providers(&world.a.at.network, 4, Some(1), &[world.p1.provider])
    }),
    (E::NotScored, |world| {
        world.chain.must(&[world.open(&world.a, 3)]);
        world.go_to(4 * DAY + HOUR);
        ix::score_providers(&world.a.at.network, 3, None, &[world.p1.provider])
    }),
    (E::EmptyBatch, |world| {
        world.scorable();
        world.score(&world.a, &[])
    }),
    (E::WeighNotOpen, |world| {
        world.revealed();
        world.go_to(5 * DAY + HOUR - 1);
        world.score(&world.a, &[world.p1.provider])
    }),
    (E::RevealStillOpen, |world| {
        // An outage that is recorded after the epoch was finalized gives time to reveal again.
        world.finalized();
        world.edit_network(&world.a, |network| network.outages.secs += HOUR + 1);
        world.settle_attesters(&[&world.d3])
    }),
    (E::AlreadyFinalized, |world| {
        world.finalized();
        world.score(&world.a, &[world.p1.provider])
    }),
    (E::NotFinalized, |world| {
        world.scorable();
        world.settle_attesters(&[&world.d1])
    }),
    (E::WrongShard, |world| {
        world.finalized();
        let roster = work_token_sdk::addresses::attester_roster(&world.a.at.network);
        let attester = world.attester(&world.a, &world.d1).attester;
        ix::settle_attesters_at(&world.shard(&world.a, 3), pool(world, 4), roster, &[attester])
    }),
    (E::AttesterNotDrawn, |world| {
        let who = person(&mut world.chain, &world.a, "d9");
        let attester = world.attester(&world.a, &who);
        world.finalized();
        world.chain.must(&[ix::register_attester(&attester, who.tokens, 1_000 * TOKEN)]);
        ix::settle_attesters(&world.shard(&world.a, 4), &[attester.attester])
    }),
    (E::AttesterNotDrawn, |world| {
        // The empty address of one that never attested.
        world.finalized();
        let who = person(&mut world.chain, &world.a, "d9");
        ix::settle_attesters(&world.shard(&world.a, 4), &[world.attester(&world.a, &who).attester])
    }),
    (E::ShardsNotSettled, |world| {
        world.finalized();
        world.go_to(14 * DAY);
        world.chain.must(&[ix::sweep_epoch(&world.a.at.network, 4)]);
        ix::close_epoch(&world.a.at.network, 4, world.rentier)
    }),
    (E::ShardNotSettled, |world| {
        world.finalized();
        world.chain.must(&[world.settle_attesters(&[&world.d1, &world.d2])]);
        ix::close_score_shard(&world.shard(&world.a, 4), world.rentier)
    }),
    (E::WrongRentReceiver, |world| {
        world.finalized();
        world.chain.must(&[world.settle_attesters(&[&world.d1, &world.d2, &world.d3])]);
        ix::close_score_shard(&world.shard(&world.a, 4), world.attacker.key)
    }),
];

/// The registration of a newcomer.
fn register(world: &mut World, bond: u64) -> Instruction {
    let newcomer = person(&mut world.chain, &world.a, "d9");
    ix::register_attester(&world.attester(&world.a, &newcomer), newcomer.tokens, bond)
}

fn close(world: &World) -> Instruction {
    ix::close_attester(&world.attester(&world.a, &world.d1), world.d1.tokens)
}

fn claim(world: &World) -> Instruction {
    ix::claim_attester_rewards(&world.attester(&world.a, &world.d1), world.d1.tokens)
}

fn pool(world: &World, epoch: u32) -> work_token_sdk::Pubkey {
    work_token_sdk::addresses::epoch_pool(&world.a.at.network, epoch)
}

fn draw_shard(world: &World, number: u16) -> Instruction {
    world.begin_measuring(&world.a, 4);
    ix::draw_attesters(&ShardAddresses::derive(world.a.at, 4, number), world.rentier)
}

fn mask(world: &World, interest: work_token_sdk::Pubkey) -> Instruction {
    let index = world.shard_state(&world.a, 4).opinion_of(&world.d1.key).expect("D1 is seated");
    let index = u8::try_from(index).expect("fifteen at most");
    ix::mask_report(&world.shard(&world.a, 4), index, world.p1.provider, interest)
}

fn with_index(mut mask: Instruction, index: u8) -> Instruction {
    mask.data[8] = index;
    mask
}

/// D1 commits to a value that no client of ours reports, about P1, and reveals it.
fn reveal_raw(world: &World, value: u16) -> Instruction {
    let mut values = world.reports().to_bytes();
    values[..2].copy_from_slice(&value.to_le_bytes());
    reveal(world, &values)
}

/// D1 commits to values and reveals them.
fn reveal(world: &World, values: &[u8; REPORT_BYTES]) -> Instruction {
    let (attester, shard) = (world.attester(&world.a, &world.d1), world.shard(&world.a, 4));
    let mut reveal = world.reveal_reports(&world.a, &world.d1);
    reveal.data[8..8 + REPORT_BYTES].copy_from_slice(values);
    let (values, salt) = reveal.data[8..].split_at(REPORT_BYTES);
    let content = ReportsCommitment {
        network: &world.a.at.network,
        shard: &shard.shard,
        epoch: &4u32.to_le_bytes(),
        attester: &world.d1.key,
        values,
        salt: salt.try_into().expect("32 bytes"),
    };
    let mut hasher = Sha256::new();
    content.parts().iter().for_each(|part| hasher.update(part));
    let commitment = hasher.finalize().into();
    world.chain.must(&[ix::commit_reports(&attester, &shard, commitment)]);
    world.go_to(5 * DAY);
    reveal
}
