//! Places of the active set, signs of life, the trees.

use {
    super::{
        Case,
        Repeat::{Again, Once},
        Sender::{Anybody, Entitled},
    },
    crate::world::*,
    work_token_sdk::{
        addresses::queue_entry,
        ix,
        state::{QueueEntry, Tree},
    },
};

pub const CASES: &[Case] = &[
    Case {
        name: "init_tree",
        instruction: "init_tree",
        prepare: |world| {
            let tree = world.chain.key("a tree of C");
            let lamports = world.chain.net.with_svm(|svm| svm.minimum_balance_for_rent_exemption(Tree::SIZE));
            world.chain.must(&[ix::create_tree(world.rentier, tree, lamports)]);
            ix::init_tree(&world.c.at.network, world.attacker.key, tree, 0)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "take_place",
        instruction: "take_place",
        prepare: |world| ix::take_place(&world.p4, 2),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "challenge_place",
        instruction: "challenge_place",
        prepare: |world| {
            full(world);
            ix::challenge_place(&world.p4, world.p2.provider)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "swap_place",
        instruction: "swap_place",
        prepare: |world| {
            challenged(world);
            world.go_to(6 * DAY);
            ix::swap_place(&world.a.at.network, world.attacker.key, world.p4.provider, world.p2.provider)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "join_queue",
        instruction: "join_queue",
        prepare: |world| ix::join_queue(&world.p4, 1),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "admit_head",
        instruction: "admit_head",
        prepare: |world| {
            queued(world);
            ix::admit_head(&head(world))
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "pass_head",
        instruction: "pass_head",
        prepare: |world| {
            queued(world);
            world.request(&world.p4.own(), 500_000 * TOKEN);
            ix::pass_head(&head(world))
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "vacate_place",
        instruction: "vacate_place",
        prepare: |world| {
            unkept(world);
            ix::vacate_place(&world.a.at.network, world.p1.provider)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "heartbeat",
        instruction: "heartbeat",
        prepare: |world| ix::heartbeat(&world.a.at.network, world.provider(&world.p1).operator, world.p1.provider),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "declare_maintenance",
        instruction: "declare_maintenance",
        prepare: |world| {
            let when = ix::Maintenance { from_ts: START + 4 * DAY + 6 * HOUR, secs: 3_600 };
            let operator = world.provider(&world.p1).operator;
            ix::declare_maintenance(&world.a.at.network, operator, world.p1.provider, when)
        },
        sender: Entitled,
        repeat: Once,
    },
];

/// Every place is taken: the cap is two.
pub fn full(world: &World) {
    world.edit_network(&world.a, |network| (network.params.place_cap_mode, network.params.most_places) = (1, 2));
}

/// P4 waits for a place.
pub fn queued(world: &World) {
    world.chain.must(&[ix::join_queue(&world.p4, 1)]);
}

/// The entry whose turn it is.
pub fn head(world: &World) -> QueueEntry {
    world.read(&queue_entry(&world.a.at.network, 1))
}

/// P1 has been below the minimum stake for longer than its grace.
pub fn unkept(world: &World) {
    let below = world.provider(&world.p1).own_staked().0 + 1;
    world.edit_network(&world.a, |network| {
        (network.minimum_stake, network.pace.minimum_before) = (below, below);
        network.epoch_rules.iter_mut().for_each(|rules| rules.minimum_stake = below);
    });
    world.edit_provider(&world.p1, |provider| provider.underbonded_since_ts = 1);
}

/// P4 has challenged P2.
pub fn challenged(world: &World) {
    full(world);
    world.chain.must(&[ix::challenge_place(&world.p4, world.p2.provider)]);
}
