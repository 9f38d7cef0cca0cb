//! A job, a seat, an attester and a shard that are closed stay closed; what is done twice in one transaction
//! is done once.

use {
    crate::{
        cases::job::{close, credited},
        revival::transfer,
        world::*,
    },
    work_token_sdk::{
        Instruction, WorkTokenError as E, ix,
        state::{Attester, Job, SeatState, VaultKind},
    },
};

#[test]
fn a_closed_job_and_its_seats_cannot_be_revived_within_the_transaction() {
    let world = World::new();
    let close = close(&world, world.c1.key);
    let seat = world.fixed();
    let revive = [seat.job.job, seat.assignment].map(|key| transfer(&world.c1.key, &key, 10_000_000));
    let afterwards = [
        close.clone(),
        ix::settle_job(&seat, world.attacker.key, world.p1.provider, world.c1.tokens),
        ix::approve_result(&seat, world.p1.provider, world.c1.tokens),
        ix::cancel_job(&seat, None, world.c1.tokens),
        ix::claim_credit(&seat, world.c1.tokens),
        ix::capture_seed(&seat.job, world.paid_keeper()),
    ];
    for after in afterwards {
        world.chain.refused(&[close.clone(), after.clone()], E::WrongAccountOwner);
        world.chain.refused(&[close.clone(), revive[0].clone(), revive[1].clone(), after], E::WrongAccountOwner);
    }
    world.chain.must(&[close]);
    // Its number, and so its address, is used up.
    let again = ix::create_job(&seat.job, &world.job_input(&world.a, &world.c1, FIXED));
    let refusal = world.chain.refusal(&[again]);
    assert!(["PrivilegeEscalation", "ProgramFailedToComplete"].contains(&refusal.as_str()), "{refusal}");
}

#[test]
fn a_closed_attester_cannot_be_revived_within_the_transaction_and_comes_back_as_a_new_one() {
    let world = World::new();
    let at = world.attester(&world.a, &world.d1);
    world.chain.must(&[ix::retire_attester(&at)]);
    world.go_to(10 * DAY);
    crate::cases::score::earned(&world, &world.a);
    let before = world.balance(&world.d1.tokens);
    let close = ix::close_attester(&at, world.d1.tokens);
    let revive = transfer(&world.d1.key, &at.attester, 10_000_000);
    for after in [close.clone(), ix::claim_attester_rewards(&at, world.d1.tokens), ix::retire_attester(&at)] {
        world.chain.refused(&[close.clone(), after.clone()], E::WrongAccountOwner);
        world.chain.refused(&[close.clone(), revive.clone(), after], E::WrongAccountOwner);
    }
    let register = ix::register_attester(&at, world.d1.tokens, 1_000 * TOKEN);
    world.chain.must(&[close, register]);
    let attester: Attester = world.read(&at.attester);
    assert_eq!((attester.bond, attester.credit, attester.retired_ts, attester.missed), (1_000 * TOKEN, 0, 0, 0));
    assert_eq!(world.balance(&world.d1.tokens), before + 3 * TOKEN, "bond out and in again, and what was earned");
    world.chain.refused(&[ix::claim_attester_rewards(&at, world.d1.tokens)], E::NothingToClaim);
}

#[test]
fn a_closed_shard_cannot_be_revived_or_drawn_again() {
    let world = World::new();
    world.finalized();
    let settle = world.settle_attesters(&[&world.d1, &world.d2, &world.d3]);
    world.chain.must(std::slice::from_ref(&settle));
    let shard = world.shard(&world.a, 4);
    let close = ix::close_score_shard(&shard, world.rentier);
    let revive = transfer(&world.attacker.key, &shard.shard, 10_000_000);
    for after in [close.clone(), settle.clone()] {
        world.chain.refused(&[close.clone(), after.clone()], E::WrongAccountOwner);
        world.chain.refused(&[close.clone(), revive.clone(), after], E::WrongAccountOwner);
    }
    world.chain.must(&[close]);
    world.light_beacon(&world.a);
    world.chain.refused(&[world.draw_attesters(&world.a, 4)], E::WrongEpoch);
}

#[test]
fn the_end_of_a_seat_comes_once() {
    let world = World::new();
    let seat = world.fixed();
    let refunds = world.refunds(&seat);
    let start = world.chain.snapshot();
    let twice = |instruction: Instruction, error| {
        world.chain.refused(&[instruction.clone(), instruction.clone()], error);
        world.chain.must(&[instruction]);
    };
    twice(ix::cancel_job(&seat, None, refunds), E::SeatHasEnded);
    world.chain.restore(&start);
    world.accepted(&seat);
    twice(ix::submit_result(&seat, world.worker(&seat).0, world.worker(&seat).1, RESULT), E::NotAccepted);
    twice(ix::approve_result(&seat, world.p1.provider, refunds), E::NotSubmitted);
    world.chain.restore(&start);
    world.accepted(&seat);
    world.go_to(5 * DAY + HOUR);
    twice(ix::expire_job(&seat, world.paid_keeper(), Some(world.p1.provider), refunds), E::SeatHasEnded);
    world.chain.restore(&start);
    credited(&world, &seat);
    twice(ix::claim_credit(&seat, world.c1.tokens), E::NoCredit);
}

#[test]
fn the_draw_fee_pays_every_crank_once_and_what_is_left_burns() {
    let world = World::new();
    let (seat, unseeded) = (world.fixed(), world.job(&world.a, 3));
    let start = world.balance(&world.keeper.tokens);
    let capture = ix::capture_seed(&unseeded, world.paid_keeper());
    world.chain.refused(&[capture.clone(), capture.clone()], E::SeedAlreadyCaptured);
    world.chain.must(&[capture]);
    let draw = world.draw(&seat);
    world.chain.refused(&[draw.clone(), draw.clone()], E::SeatNotOpen);
    world.chain.must(&[draw]);
    assert_eq!(world.seat(&seat).state(), SeatState::Drawn);
    let bounty = world.read::<Job>(&seat.job.job).bounty;
    assert_eq!(world.balance(&world.keeper.tokens), start + 2 * bounty);
    let escrow = world.balance(&world.a.vault(VaultKind::Escrow));
    let job: Job = world.read(&seat.job.job);
    world
        .chain
        .must(&[world.accept(&seat), ix::submit_result(&seat, world.worker(&seat).0, world.worker(&seat).1, RESULT)]);
    world.chain.must(&[ix::approve_result(&seat, world.p1.provider, world.c1.tokens)]);
    let held = FEE + job.bounties_left + job.draw_burn();
    assert_eq!(world.balance(&world.a.vault(VaultKind::Escrow)), escrow - held, "nothing of the job stays in escrow");
    assert_eq!(world.read::<Job>(&seat.job.job).bounties_left, 0);
}

#[test]
fn scores_and_attesters_repeated_in_one_transaction_count_once() {
    let world = World::new();
    world.scorable();
    let score = world.score(&world.a, &[world.p1.provider, world.p2.provider, world.p1.provider]);
    world.chain.must(&[score.clone(), score]);
    let shard = world.shard_state(&world.a, 4);
    assert_eq!(shard.scored, 2);
    let points: u32 = shard.opinions.iter().map(|seat| seat.points).sum();
    assert_eq!(points, 4 * 10_000, "two that revealed, two providers");
    world.chain.must(&[world.weigh(&world.a, 4, world.paid_keeper(), &[world.p1.provider, world.p2.provider])]);
    world.go_to(5 * DAY + 2 * HOUR);
    world.chain.must(&[ix::finalize_epoch(&world.a.at, 4, world.paid_keeper())]);
    let settle = world.settle_attesters(&[&world.d1, &world.d2, &world.d3, &world.d1]);
    let escrow = world.balance(&world.a.vault(VaultKind::Escrow));
    world.chain.must(&[settle.clone(), settle]);
    let of = |who: &Person| world.read::<Attester>(&world.attester(&world.a, who).attester);
    let (d1, d2, d3) = (of(&world.d1), of(&world.d2), of(&world.d3));
    assert!(d1.credit > 0 && d1.credit == d2.credit && d3.credit == 0);
    assert_eq!((d1.missed, d3.missed, d3.bond), (0, 1, 950 * TOKEN));
    assert_eq!(world.balance(&world.a.vault(VaultKind::Escrow)), escrow - 50 * TOKEN);
}
