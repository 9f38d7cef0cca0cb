//! Jobs: what clients and operators sign, and the draws, ends and credits of their seats.

use {
    super::{
        Case,
        Repeat::{Again, Once},
        Sender::{Anybody, Entitled},
    },
    crate::world::*,
    work_token_sdk::{
        Instruction, SeatAddresses, ix,
        state::{SeatState, job_flags},
    },
};

pub const CASES: &[Case] = &[
    Case {
        name: "register_client",
        instruction: "register_client",
        prepare: |world| {
            let newcomer = person(&mut world.chain, &world.a, "c9");
            ix::register_client(&world.client(&world.a, &newcomer))
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "create_job",
        instruction: "create_job",
        prepare: |world| world.create_job(&world.a, &world.c1, &world.job_input(&world.a, &world.c1, FIXED)),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "create_job, for three",
        instruction: "create_job",
        prepare: |world| world.create_job(&world.a, &world.c1, &world.job_input(&world.a, &world.c1, TRIPLE)),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "create_job, of a model",
        instruction: "create_job",
        prepare: |world| world.create_job(&world.a, &world.c1, &world.modelled()),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "cancel_job",
        instruction: "cancel_job",
        prepare: |world| ix::cancel_job(&world.fixed(), None, world.refunds(&world.fixed())),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "cancel_job, drawn",
        instruction: "cancel_job",
        prepare: |world| {
            let seat = both(world, World::drawn);
            ix::cancel_job(&seat, Some(world.p1.provider), world.refunds(&seat))
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "expire_job",
        instruction: "expire_job",
        prepare: |world| {
            world.go_to(5 * DAY + HOUR);
            let seat = world.fixed();
            ix::expire_job(&seat, world.paid_keeper(), None, world.refunds(&seat))
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "expire_job, accepted",
        instruction: "expire_job",
        prepare: |world| {
            let seat = both(world, World::accepted);
            world.go_to(5 * DAY + HOUR);
            ix::expire_job(&seat, world.paid_keeper(), Some(world.p1.provider), world.refunds(&seat))
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "extend_job",
        instruction: "extend_job",
        prepare: |world| {
            for seat in [world.fixed(), world.job(&world.b, 0).seat(0)] {
                world.edit_job(&seat, |job| job.work_secs = 3_600);
            }
            ix::extend_job(&world.fixed(), None, 60)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "extend_job, accepted",
        instruction: "extend_job",
        prepare: |world| {
            let seat = both(world, World::accepted);
            let (operator, _) = world.worker(&seat);
            ix::extend_job(&seat, Some(operator), 60)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "settle_job",
        instruction: "settle_job",
        prepare: |world| {
            let seat = both(world, World::submitted);
            world.go_to(8 * DAY);
            world.settle(&seat, world.attacker.key)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "settle_job, metered",
        instruction: "settle_job",
        prepare: |world| {
            let seat = world.metered();
            world.accepted(&seat);
            world.chain.net.advance(300);
            world.chain.must(&[ix::stop_job(&seat, world.hot_key, world.worker(&seat).1)]);
            world.go_to(8 * DAY);
            world.settle(&seat, world.attacker.key)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "approve_result",
        instruction: "approve_result",
        prepare: |world| {
            let seat = both(world, World::submitted);
            ix::approve_result(&seat, world.p1.provider, world.refunds(&seat))
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "rate_job",
        instruction: "rate_job",
        prepare: |world| ix::rate_job(&both(world, World::submitted), 100),
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "claim_credit",
        instruction: "claim_credit",
        prepare: |world| ix::claim_credit(&both(world, credited), world.c1.tokens),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "close_job",
        instruction: "close_job",
        prepare: |world| close(world, world.c1.key),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "close_job, of three seats by a stranger",
        instruction: "close_job",
        prepare: |world| {
            for seat in 0..3 {
                world.chain.must(&[ix::cancel_job(&world.triple(seat), None, world.c1.tokens)]);
            }
            world.go_to(40 * DAY);
            let seats = [0, 1, 2].map(|seat| world.triple(seat).assignment);
            ix::close_job(&world.job(&world.a, 1), world.attacker.key, &seats)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "capture_seed",
        instruction: "capture_seed",
        prepare: |world| ix::capture_seed(&world.job(&world.a, 3), world.paid_keeper()),
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "draw_job",
        instruction: "draw_job",
        prepare: |world| world.draw(&world.fixed()),
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "draw_job, after silence",
        instruction: "draw_job",
        prepare: |world| {
            let seat = both(world, World::drawn);
            world.chain.net.advance(600);
            world.draw(&seat)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "accept_job",
        instruction: "accept_job",
        prepare: |world| world.accept(&both(world, World::drawn)),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "accept_job, open to all",
        instruction: "accept_job",
        prepare: |world| {
            for seat in [world.fixed(), world.job(&world.b, 0).seat(0)] {
                world.edit_job(&seat, |job| job.flags |= job_flags::SELF_SELECTION);
            }
            let operator = world.provider(&world.p1).operator;
            ix::accept_job(&world.fixed(), operator, world.p1.provider, Some(world.p1.offer()))
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "decline_job",
        instruction: "decline_job",
        prepare: |world| {
            let seat = both(world, World::drawn);
            let (operator, provider) = world.worker(&seat);
            ix::decline_job(&seat, operator, provider)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "submit_result",
        instruction: "submit_result",
        prepare: |world| {
            let seat = both(world, World::accepted);
            let (operator, provider) = world.worker(&seat);
            ix::submit_result(&seat, operator, provider, RESULT)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "commit_result",
        instruction: "commit_result",
        prepare: |world| {
            world.triple_accepted();
            world.commit(0)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "reveal_result",
        instruction: "reveal_result",
        prepare: |world| {
            world.triple_committed();
            world.reveal(0)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "keep_alive",
        instruction: "keep_alive",
        prepare: |world| {
            world.accepted(&world.metered());
            world.chain.net.advance(300);
            ix::keep_alive(&world.metered(), world.hot_key)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "stop_job",
        instruction: "stop_job",
        prepare: |world| {
            world.accepted(&world.metered());
            world.chain.net.advance(300);
            ix::stop_job(&world.metered(), world.c1.key, world.worker(&world.metered()).1)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "stop_job, by a stranger once it has ended",
        instruction: "stop_job",
        prepare: |world| {
            world.accepted(&world.metered());
            world.chain.net.advance(600);
            ix::stop_job(&world.metered(), world.attacker.key, world.worker(&world.metered()).1)
        },
        sender: Anybody,
        repeat: Once,
    },
];

/// Brings the first job of C1 to the same state in both networks; its seat in A.
pub fn both(world: &World, act: fn(&World, &SeatAddresses)) -> SeatAddresses {
    act(world, &world.job(&world.b, 0).seat(0));
    act(world, &world.fixed());
    world.fixed()
}

/// Cancels a seat while its refund account is frozen.
pub fn credited(world: &World, seat: &SeatAddresses) {
    let to = world.refunds(seat);
    world.chain.net.set_frozen(&to, true);
    world.chain.must(&[ix::cancel_job(seat, None, to)]);
    world.chain.net.set_frozen(&to, false);
    assert!(world.seat(seat).credit > 0 && world.seat(seat).state() == SeatState::Cancelled);
}

/// Settles the first job of C1 in both networks; the instruction that closes that of A.
pub fn close(world: &World, who: work_token_sdk::Pubkey) -> Instruction {
    both(world, World::submitted);
    world.go_to(8 * DAY);
    let seat = both(world, |world, seat| world.chain.must(&[world.settle(seat, world.attacker.key)]));
    ix::close_job(&seat.job, who, &[seat.assignment])
}
