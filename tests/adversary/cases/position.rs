//! What the holder of a position signs, and its activation.

use {
    super::{
        Case,
        Repeat::{Again, Once},
        Sender::{Anybody, Entitled},
    },
    crate::world::*,
    solana_sdk::pubkey::Pubkey,
    work_token_sdk::{Instruction, ix},
};

pub const CASES: &[Case] = &[
    Case {
        name: "activate_delegation",
        instruction: "activate_delegation",
        prepare: |world| ix::activate_delegation(&world.p1.position(world.d3.key), world.paid_keeper()),
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "delegate",
        instruction: "delegate",
        prepare: |world| {
            let newcomer = person(&mut world.chain, &world.a, "d9");
            delegate(&world.p1.position(newcomer.key), newcomer.tokens, 500 * TOKEN)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "delegate, again",
        instruction: "delegate",
        prepare: |world| delegate(&world.p1.position(world.d1.key), world.d1.tokens, 500 * TOKEN),
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "request_unbonding",
        instruction: "request_unbonding",
        prepare: |world| ix::request_unbonding(&world.p1.position(world.d1.key), 3, 500 * TOKEN),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "request_unbonding, own stake",
        instruction: "request_unbonding",
        prepare: |world| ix::request_unbonding(&world.p1.own(), 2, 500 * TOKEN),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "request_unbonding, the ninth",
        instruction: "request_unbonding",
        prepare: |world| {
            let position = world.p1.position(world.d1.key);
            for _ in 0..6 {
                world.request(&position, TOKEN);
            }
            ix::request_unbonding(&position, 8, 500 * TOKEN)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "cancel_unbonding",
        instruction: "cancel_unbonding",
        prepare: |world| ix::cancel_unbonding(&world.p1.position(world.d1.key), 2),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "withdraw_unbonded",
        instruction: "withdraw_unbonded",
        prepare: |world| {
            world.go_to(15 * DAY);
            ix::withdraw_unbonded(&world.p1.position(world.d1.key), 1, world.d1.tokens)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "withdraw_unbonded, own stake",
        instruction: "withdraw_unbonded",
        prepare: |world| {
            world.go_to(39 * DAY);
            ix::withdraw_unbonded(&world.p1.own(), 1, world.o1.tokens)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "claim_rewards",
        instruction: "claim_rewards",
        prepare: |world| ix::claim_rewards(&world.p1.position(world.d1.key), world.d1.tokens),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "restake",
        instruction: "restake",
        prepare: |world| ix::restake(&world.p1.position(world.d1.key), 0),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "transfer_shares",
        instruction: "transfer_shares",
        prepare: |world| {
            let newcomer = person(&mut world.chain, &world.a, "d9");
            transfer_to(world, newcomer.key, 500 * TOKEN)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "transfer_shares, to one who holds some",
        instruction: "transfer_shares",
        prepare: |world| transfer_to(world, world.d2.key, 500 * TOKEN),
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "set_auto_restake",
        instruction: "set_auto_restake",
        prepare: |world| ix::set_auto_restake(&world.p1.position(world.d1.key), Some(5)),
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "set_direct",
        instruction: "set_direct",
        prepare: |world| ix::set_direct(&world.p1.position(world.d1.key), world.d1.key, true),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "set_direct, back",
        instruction: "set_direct",
        prepare: |world| {
            let set = |on| ix::set_direct(&world.p1.position(world.d1.key), world.d1.key, on);
            world.must(&[set(true)]);
            set(false)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "set_direct, the return",
        instruction: "set_direct",
        prepare: |world| {
            let position = world.p1.position(world.d1.key);
            world.must(&[true, false].map(|on| ix::set_direct(&position, world.d1.key, on)));
            world.go_to(30 * DAY);
            ix::set_direct(&position, world.keeper.key, false)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "restake_for",
        instruction: "restake_for",
        prepare: |world| {
            let position = world.p1.position(world.d1.key);
            world.must(&[ix::set_auto_restake(&position, Some(0))]);
            ix::restake_for(&position, world.paid_keeper())
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "restake_for, own stake",
        instruction: "restake_for",
        prepare: |world| {
            world.must(&[ix::set_auto_restake(&world.p1.own(), Some(0))]);
            ix::restake_for(&world.p1.own(), world.paid_keeper())
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "close_delegation",
        instruction: "close_delegation",
        prepare: |world| {
            empty_position(world);
            ix::close_delegation(&world.p1.position(world.d5.key), world.d5.key)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "close_delegation, by a stranger",
        instruction: "close_delegation",
        prepare: |world| {
            empty_position(world);
            world.go_to(45 * DAY);
            ix::close_delegation(&world.p1.position(world.d5.key), world.attacker.key)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "stake_self",
        instruction: "stake_self",
        prepare: |world| ix::stake_self(&world.p1, world.o1.tokens, 500 * TOKEN),
        sender: Entitled,
        repeat: Again,
    },
];

/// The first delegator gives to somebody.
fn transfer_to(world: &World, receiver: Pubkey, shares: u64) -> Instruction {
    let input = ix::TransferShares { shares, min_value: 0, max_open_claims: 0 };
    ix::transfer_shares(&world.p1.position(world.d1.key), receiver, input)
}

fn empty_position(world: &World) {
    world.go_to(15 * DAY);
    world.chain.must(&[ix::withdraw_unbonded(&world.p1.position(world.d5.key), 1, world.d5.tokens)]);
}
