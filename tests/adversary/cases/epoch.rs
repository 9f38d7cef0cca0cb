//! An epoch's cranks and its beacon.

use {
    super::{
        Case,
        Repeat::{Again, Once},
        Sender::Anybody,
        jury::{ask_oracle, oracle, write_value},
    },
    crate::world::*,
    work_token_sdk::{Instruction, ProviderAddresses, Pubkey, ix, state::VaultKind},
};

pub const CASES: &[Case] = &[
    Case {
        name: "advance_beacon",
        instruction: "advance_beacon",
        prepare: |world| ix::advance_beacon(&world.a.at.network, None),
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "advance_beacon, to the seed",
        instruction: "advance_beacon",
        prepare: |world| {
            world.chain.must(&[ix::advance_beacon(&world.a.at.network, None)]);
            world.chain.net.advance_slots(12);
            ix::advance_beacon(&world.a.at.network, None)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "advance_beacon, by an account's value",
        instruction: "advance_beacon",
        prepare: |world| {
            armed_by_value(world);
            write_value(world, [2; 32]);
            ix::advance_beacon(&world.a.at.network, Some(oracle()))
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "open_epoch",
        instruction: "open_epoch",
        prepare: |world| world.open(&world.a, 3),
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "touch_provider",
        instruction: "touch_provider",
        prepare: |world| ix::touch_provider(&world.a.at.network, world.p1.provider),
        sender: Anybody,
        repeat: Again,
    },
    Case {
        name: "weigh_providers",
        instruction: "weigh_providers",
        prepare: |world| {
            world.chain.must(&[world.open(&world.a, 3)]);
            world.go_to(4 * DAY + HOUR);
            batch(World::weigh, world, 3, &[&world.p1, &world.p2])
        },
        sender: Anybody,
        repeat: Again,
    },
    Case {
        name: "finalize_epoch",
        instruction: "finalize_epoch",
        prepare: |world| {
            world.chain.must(&[world.open(&world.a, 3)]);
            world.go_to(4 * DAY + HOUR);
            world.chain.must(&[batch(World::weigh, world, 3, &[&world.p1])]);
            world.go_to(4 * DAY + 2 * HOUR);
            ix::finalize_epoch(&world.a.at, 3, world.paid_keeper())
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "finalize_epoch, from a reserve",
        instruction: "finalize_epoch",
        prepare: |world| {
            world.chain.must(&[world.open(&world.c, 3)]);
            world.go_to(4 * DAY + HOUR);
            let account = Some(tokens(&world.chain, &world.c, &world.keeper));
            let keeper = ix::Keeper { keeper: world.keeper.key, account };
            world.chain.must(&[world.weigh(&world.c, 3, keeper, &[world.r1.provider])]);
            world.go_to(4 * DAY + 2 * HOUR);
            ix::finalize_epoch(&world.c.at, 3, keeper)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "finalize_epoch, with fees",
        instruction: "finalize_epoch",
        prepare: |world| {
            world.finalize(&world.a, 3, &[&world.p1, &world.p2]);
            let seat = world.fixed();
            world.submitted(&seat);
            world.chain.must(&[ix::approve_result(&seat, world.p1.provider, world.c1.tokens)]);
            world.go_to(5 * DAY);
            world.chain.must(&[world.open(&world.a, 4)]);
            world.go_to(5 * DAY + HOUR);
            world.chain.must(&[batch(World::weigh, world, 4, &[&world.p1, &world.p2])]);
            world.go_to(5 * DAY + 2 * HOUR);
            ix::finalize_epoch(&world.a.at, 4, world.paid_keeper())
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "settle_providers",
        instruction: "settle_providers",
        prepare: |world| {
            world.finalize(&world.a, 3, &[&world.p1, &world.p2]);
            batch(settle_providers, world, 3, &[&world.p1, &world.p2])
        },
        sender: Anybody,
        repeat: Again,
    },
    Case {
        name: "sweep_epoch",
        instruction: "sweep_epoch",
        prepare: |world| {
            world.go_to(10 * DAY);
            ix::sweep_epoch(&world.a.at.network, 1)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "close_epoch",
        instruction: "close_epoch",
        prepare: |world| {
            world.go_to(10 * DAY);
            world.chain.must(&[ix::sweep_epoch(&world.a.at.network, 1)]);
            ix::close_epoch(&world.a.at.network, 1, world.rentier)
        },
        sender: Anybody,
        repeat: Once,
    },
];

type Batch = fn(&World, &Net, u32, ix::Keeper, &[Pubkey]) -> Instruction;

fn settle_providers(_: &World, net: &Net, epoch: u32, keeper: ix::Keeper, providers: &[Pubkey]) -> Instruction {
    ix::settle_providers(&net.at, epoch, keeper, providers)
}

fn batch(build: Batch, world: &World, epoch: u32, providers: &[&ProviderAddresses]) -> Instruction {
    let keys: Vec<_> = providers.iter().map(|provider| provider.provider).collect();
    // What the bounties come from; the first epochs emitted little.
    world.chain.net.give_tokens(&world.a.vault(VaultKind::Keeper), TOKEN);
    build(world, &world.a, epoch, world.paid_keeper(), &keys)
}

/// The beacon of A is armed by an account of randomness.
pub fn armed_by_value(world: &World) {
    ask_oracle(world);
    world.chain.must(&[ix::advance_beacon(&world.a.at.network, Some(oracle()))]);
}
