//! 62x to 65x: the work on a place, its end, its money; and 80x: places of the active set.

use {
    super::{Provoke, with},
    crate::{
        cases::{
            client::{both, close, credited},
            place::{challenged, full, outage},
        },
        world::*,
    },
    work_token_sdk::{
        Instruction, WorkTokenError as E, ix,
        math::Amount,
        state::{PoolKind, Tree},
    },
};

pub const WORK: &[(E, Provoke)] = &[
    (E::NotAccepted, |world| {
        world.drawn(&world.fixed());
        submit(world)
    }),
    (E::NotAccepted, |world| {
        world.submitted(&world.fixed());
        submit(world)
    }),
    (E::OperatorsOnly, |world| {
        world.accepted(&world.fixed());
        with(submit(world), 0, world.attacker.key)
    }),
    (E::SubmissionHasPassed, |world| {
        world.accepted(&world.fixed());
        world.chain.net.advance(86_400);
        submit(world)
    }),
    (E::CommitFirst, |world| {
        world.triple_accepted();
        let (operator, provider) = world.worker(&world.triple(0));
        ix::submit_result(&world.triple(0), operator, provider, RESULT)
    }),
    (E::NotRedundant, |world| {
        world.accepted(&world.fixed());
        ix::commit_result(&world.fixed(), world.worker(&world.fixed()).0, [1; 32])
    }),
    (E::ZeroCommitment, |world| {
        world.triple_accepted();
        ix::commit_result(&world.triple(0), world.worker(&world.triple(0)).0, [0; 32])
    }),
    (E::RevealNotOpen, |world| {
        world.triple_accepted();
        world.chain.must(&[world.commit(0)]);
        world.reveal(0)
    }),
    (E::RevealHasPassed, |world| {
        world.triple_committed();
        world.chain.net.advance(HOUR);
        world.reveal(0)
    }),
    (E::NotCommitted, |world| {
        world.triple_accepted();
        world.reveal(0)
    }),
    (E::CommitmentBroken, |world| {
        world.triple_committed();
        ix::reveal_result(&world.triple(0), world.worker(&world.triple(0)).0, RESULT, [0; 32])
    }),
    (E::CommitmentBroken, |world| {
        // The commitment of the other seat, copied.
        world.triple_accepted();
        let copied = world.commitment(&world.triple(1));
        world
            .chain
            .must(&[ix::commit_result(&world.triple(0), world.worker(&world.triple(0)).0, copied), world.commit(1)]);
        world.reveal(0)
    }),
    (E::NotSubmitted, |world| {
        world.accepted(&world.fixed());
        world.settle(&world.fixed(), world.attacker.key)
    }),
    (E::NotSubmitted, |world| ix::rate_job(&world.fixed(), 1)),
    (E::ChallengeOpen, |world| {
        world.submitted(&world.fixed());
        world.chain.net.advance(3 * DAY - 1);
        world.settle(&world.fixed(), world.attacker.key)
    }),
    (E::NotExpired, |world| {
        world.accepted(&world.fixed());
        world.chain.net.advance(DAY - 1);
        let refunds = world.refunds(&world.fixed());
        ix::expire_job(&world.fixed(), world.paid_keeper(), Some(world.p1.provider), refunds)
    }),
    (E::SeatHasEnded, |world| {
        let seat = world.fixed();
        world.submitted(&seat);
        ix::expire_job(&seat, world.paid_keeper(), Some(world.p1.provider), world.refunds(&seat))
    }),
    (E::SeatHasEnded, |world| {
        let cancel = ix::cancel_job(&world.fixed(), None, world.c1.tokens);
        world.chain.must(std::slice::from_ref(&cancel));
        cancel
    }),
    (E::AlreadyAccepted, |world| {
        world.accepted(&world.fixed());
        ix::cancel_job(&world.fixed(), Some(world.p1.provider), world.c1.tokens)
    }),
    (E::WrongProvider, |world| {
        // Without the provider that has the seat its stake would stay bound.
        world.drawn(&world.fixed());
        ix::cancel_job(&world.fixed(), None, world.c1.tokens)
    }),
    (E::NotMetered, |world| {
        world.accepted(&world.fixed());
        ix::keep_alive(&world.fixed(), world.c1.key)
    }),
    (E::MeterEnded, |world| {
        world.accepted(&world.metered());
        world.chain.net.advance(600);
        ix::keep_alive(&world.metered(), world.c1.key)
    }),
    (E::MeterRunning, |world| {
        world.accepted(&world.metered());
        world.chain.net.advance(599);
        ix::stop_job(&world.metered(), world.attacker.key, world.worker(&world.metered()).1)
    }),
    (E::ExtensionTooLong, |world| {
        world.accepted(&world.fixed());
        extend(world, 43_201)
    }),
    (E::ExtensionTooLong, |world| {
        world.accepted(&world.fixed());
        let first = extend(world, 43_200);
        world.chain.must(&[first]);
        extend(world, u32::MAX)
    }),
    (E::ZeroAmount, |world| ix::extend_job(&world.fixed(), None, 0)),
    (E::NoCredit, |world| ix::claim_credit(&world.fixed(), world.c1.tokens)),
    (E::NoCredit, |world| {
        credited(world, &world.fixed());
        let claim = ix::claim_credit(&world.fixed(), world.c1.tokens);
        world.chain.must(std::slice::from_ref(&claim));
        claim
    }),
    (E::NotTheTokenOwner, |world| {
        credited(world, &world.fixed());
        ix::claim_credit(&world.fixed(), world.attacker.tokens)
    }),
    (E::JobNotOver, |world| ix::close_job(&world.job(&world.a, 0), world.c1.key, &[world.fixed().assignment])),
    (E::JobNotOver, |world| {
        credited(world, &world.fixed());
        ix::close_job(&world.job(&world.a, 0), world.c1.key, &[world.fixed().assignment])
    }),
    (E::JobNotOver, |world| {
        // Approved, and still disputable.
        let seat = both(world, World::submitted);
        world.chain.must(&[ix::approve_result(&seat, world.p1.provider, world.c1.tokens)]);
        ix::close_job(&seat.job, world.c1.key, &[seat.assignment])
    }),
    (E::TooEarlyToCloseJob, |world| {
        let close = close(world, world.attacker.key);
        world.go_to(38 * DAY - 1);
        close
    }),
    (E::WrongSeatCount, |world| {
        let mut close = close(world, world.c1.key);
        close.accounts.truncate(4);
        close
    }),
    (E::WrongSeatCount, |world| close_triple(world, [0, 2, 1])),
    // One seat, three times.
    (E::WrongAccountOwner, |world| close_triple(world, [0, 0, 0])),
    (E::RatingOutOfBounds, |world| {
        world.submitted(&world.fixed());
        ix::rate_job(&world.fixed(), 101)
    }),
    (E::NoOutage, |world| {
        outage(world, HOUR);
        ix::record_outage(&world.a.at.network)
    }),
    (E::OutageLimitReached, |world| {
        for _ in 0..2 {
            outage(world, 2 * DAY);
            let limit = ix::record_outage(&world.a.at.network);
            if world.network().outages.week_secs == 0 {
                world.chain.must(&[limit]);
            }
        }
        ix::record_outage(&world.a.at.network)
    }),
    (E::ClockHasGained, |world| {
        let refresh = ix::refresh_note(&world.a.at.network);
        world.chain.must(std::slice::from_ref(&refresh));
        outage(world, 2);
        refresh
    }),
];

pub const PLACES: &[(E, Provoke)] = &[
    (E::OperatorsOnly, |world| ix::heartbeat(&world.a.at.network, world.o1.key, world.p1.provider)),
    (E::HeartbeatRepeated, |world| {
        let beat = ix::heartbeat(&world.a.at.network, world.provider(&world.p1).operator, world.p1.provider);
        world.chain.must(std::slice::from_ref(&beat));
        beat
    }),
    (E::MaintenanceTooOften, |world| {
        let first = maintenance(world, 4 * DAY + 2 * HOUR, 60);
        world.chain.must(&[first]);
        world.go_to(7 * DAY);
        maintenance(world, 7 * DAY + 2 * HOUR, 60)
    }),
    (E::MaintenanceOutOfBounds, |world| maintenance(world, 4 * DAY + 2 * HOUR, 0)),
    (E::MaintenanceOutOfBounds, |world| maintenance(world, 4 * DAY + 2 * HOUR, 6 * 3_600 + 1)),
    (E::MaintenanceOutOfBounds, |world| maintenance(world, 5 * DAY - HOUR, 3_601)),
    (E::MaintenanceNotAhead, |world| maintenance(world, 4 * DAY + HOUR - 1, 60)),
    (E::NotACandidate, |world| ix::take_place(&world.p1, 5)),
    (E::NotACandidate, |world| {
        full(world);
        ix::challenge_place(&world.p1, world.p2.provider)
    }),
    (E::BelowMinimumStake, |world| {
        world.edit_provider(&world.p4, |provider| _ = provider.slash(PoolKind::Own, Amount(490_001 * TOKEN)));
        ix::take_place(&world.p4, 2)
    }),
    (E::NoFreePlace, |world| {
        full(world);
        ix::take_place(&world.p4, 2)
    }),
    (E::PlaceTaken, |world| ix::take_place(&world.p4, 1)),
    (E::PlaceOutOfRange, |world| ix::take_place(&world.p4, 4_096)),
    (E::PlaceOutOfRange, |world| ix::take_place(&world.p4, u16::MAX)),
    (E::PlacesFree, |world| ix::challenge_place(&world.p4, world.p2.provider)),
    (E::PlaceNotHeld, |world| {
        full(world);
        ix::challenge_place(&world.p4, world.p3.provider)
    }),
    (E::PlaceImmune, |world| {
        full(world);
        world.edit_provider(&world.p2, |provider| provider.place.from_epoch = 4);
        ix::challenge_place(&world.p4, world.p2.provider)
    }),
    (E::PlaceMarginTooSmall, |world| {
        full(world);
        world.request(&world.p4.own(), 450_000 * TOKEN);
        ix::challenge_place(&world.p4, world.p1.provider)
    }),
    (E::Paused, |world| {
        full(world);
        world.chain.must(&[ix::pause(&world.a.at.network, world.a.guardian, 60)]);
        ix::challenge_place(&world.p4, world.p2.provider)
    }),
    (E::ChallengeFallen, |world| swap(world)),
    (E::ChallengeFallen, |world| {
        challenged(world);
        world.request(&world.p4.own(), TOKEN);
        world.go_to(6 * DAY);
        swap(world)
    }),
    (E::SwapNotDue, |world| {
        challenged(world);
        world.go_to(6 * DAY - 1);
        swap(world)
    }),
    (E::ChallengeLapsed, |world| {
        challenged(world);
        world.go_to(7 * DAY);
        swap(world)
    }),
    (E::TreeExists, |world| {
        let empty = empty_tree(world, Tree::SIZE);
        ix::init_tree(&world.a.at.network, world.attacker.key, empty, 0)
    }),
    (E::WrongTree, |world| {
        let empty = empty_tree(world, Tree::SIZE);
        ix::init_tree(&world.c.at.network, world.attacker.key, empty, 3)
    }),
    (E::NotAnEmptyTree, |world| {
        let empty = empty_tree(world, Tree::SIZE - 8);
        ix::init_tree(&world.c.at.network, world.attacker.key, empty, 0)
    }),
    (E::NotAnEmptyTree, |world| {
        // The tree of another network, or of the other parity.
        ix::init_tree(&world.c.at.network, world.attacker.key, world.trees[0], 0)
    }),
];

fn close_triple(world: &World, seats: [u8; 3]) -> Instruction {
    for seat in 0..3 {
        world.chain.must(&[ix::cancel_job(&world.triple(seat), None, world.c1.tokens)]);
    }
    ix::close_job(&world.job(&world.a, 1), world.c1.key, &seats.map(|seat| world.triple(seat).assignment))
}

fn submit(world: &World) -> Instruction {
    let (operator, provider) = world.worker(&world.fixed());
    ix::submit_result(&world.fixed(), operator, provider, RESULT)
}

fn extend(world: &World, secs: u32) -> Instruction {
    let (operator, _) = world.worker(&world.fixed());
    ix::extend_job(&world.fixed(), Some(operator), secs)
}

fn maintenance(world: &World, from_secs: i64, secs: u32) -> Instruction {
    let operator = world.provider(&world.p1).operator;
    let when = ix::Maintenance { from_ts: START + from_secs, secs };
    ix::declare_maintenance(&world.a.at.network, operator, world.p1.provider, when)
}

fn swap(world: &World) -> Instruction {
    ix::swap_place(&world.a.at.network, world.attacker.key, world.p4.provider, world.p2.provider)
}

/// Zeros that belong to the program.
fn empty_tree(world: &World, size: usize) -> work_token_sdk::Pubkey {
    let key = crate::chain::Chain::address("zeros of a chosen size");
    let account = solana_sdk::account::Account {
        lamports: 2_000_000_000,
        data: vec![0; size],
        owner: work_token_sdk::ID,
        executable: false,
        rent_epoch: u64::MAX,
    };
    world.chain.net.with_svm(|svm| svm.set_account(key, account)).expect("any account can be written");
    key
}
