//! The work on a seat: what keepers draw, what operators sign, and the owner's offer.

use {
    super::{
        Case,
        Repeat::{Again, Once},
        Sender::{Anybody, Entitled},
        client::both,
    },
    crate::world::*,
    work_token_sdk::{args::SetOfferArgs, ix, limits::MAX_JOB_CLASSES, state::job_flags},
};

pub const CASES: &[Case] = &[
    Case {
        name: "set_offer",
        instruction: "set_offer",
        prepare: |world| {
            ix::set_offer(
                &world.p4,
                world.p4.owner,
                &SetOfferArgs { classes: 1, floors: [TOKEN; MAX_JOB_CLASSES], ..SetOfferArgs::default() },
            )
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "set_offer, again",
        instruction: "set_offer",
        prepare: |world| {
            ix::set_offer(
                &world.p1,
                world.p1.owner,
                &SetOfferArgs { classes: 1, floors: [TOKEN; MAX_JOB_CLASSES], ..SetOfferArgs::default() },
            )
        },
        sender: Entitled,
        repeat: Again,
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
