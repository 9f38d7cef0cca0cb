//! 62x to 65x: the work on a seat, its end, its money.

use {
    super::{Provoke, with},
    crate::{
        cases::job::{both, close, credited},
        world::*,
    },
    work_token_sdk::{Instruction, WorkTokenError as E, ix},
};

pub const CODES: &[(E, Provoke)] = &[
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
