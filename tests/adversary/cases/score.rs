//! Attesters: their bonds and reports, and the cranks around them.

use {
    super::{
        Case,
        Repeat::{Again, Once},
        Sender::{Anybody, Entitled},
    },
    crate::world::*,
    work_token_sdk::{
        ix,
        state::{Attester, VaultKind},
    },
};

pub const CASES: &[Case] = &[
    Case {
        name: "register_attester",
        instruction: "register_attester",
        prepare: |world| {
            let newcomer = person(&mut world.chain, &world.a, "d9");
            ix::register_attester(&world.attester(&world.a, &newcomer), newcomer.tokens, 1_000 * TOKEN)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "register_attester, the first",
        instruction: "register_attester",
        prepare: |world| {
            let from = tokens(&world.chain, &world.c, &world.d1);
            ix::register_attester(&world.attester(&world.c, &world.d1), from, 1_000 * TOKEN)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "add_attester_bond",
        instruction: "add_attester_bond",
        prepare: |world| ix::add_attester_bond(&world.attester(&world.a, &world.d1), world.d1.tokens, TOKEN),
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "aim_attester",
        instruction: "aim_attester",
        prepare: |world| ix::aim_attester(&world.aimed()),
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "displace_attester",
        instruction: "displace_attester",
        prepare: |world| {
            let attester = world.aimed();
            world.go_to(5 * DAY + 12 * HOUR);
            ix::displace_attester(&attester, Some(world.attester(&world.a, &world.d1).attester))
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "commit_canaries",
        instruction: "commit_canaries",
        prepare: |world| ix::commit_canaries(&world.attester(&world.a, &world.d1), [7; 32]),
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "set_reporter",
        instruction: "set_reporter",
        prepare: |world| ix::set_reporter(&world.attester(&world.a, &world.d1), Some(world.keeper.key)),
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "retire_attester",
        instruction: "retire_attester",
        prepare: |world| ix::retire_attester(&world.attester(&world.a, &world.d1)),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "close_attester",
        instruction: "close_attester",
        prepare: |world| {
            for net in [&world.a, &world.b] {
                world.chain.must(&[ix::retire_attester(&world.attester(net, &world.d1))]);
            }
            world.go_to(10 * DAY);
            earned(world, &world.a);
            ix::close_attester(&world.attester(&world.a, &world.d1), world.d1.tokens)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "claim_attester_rewards",
        instruction: "claim_attester_rewards",
        prepare: |world| {
            earned(world, &world.a);
            earned(world, &world.b);
            ix::claim_attester_rewards(&world.attester(&world.a, &world.d1), world.d1.tokens)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "draw_attesters",
        instruction: "draw_attesters",
        prepare: |world| {
            for net in [&world.a, &world.b] {
                world.begin_measuring(net, 4);
            }
            world.draw_attesters(&world.a, 4)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "mask_report",
        instruction: "mask_report",
        prepare: |world| {
            world.seated();
            let index = world.shard_state(&world.a, 4).opinion_of(&world.d1.key).expect("D1 is seated");
            let index = u8::try_from(index).expect("fifteen at most");
            let interest = world.p1.position(world.d1.key).delegation;
            ix::mask_report(&world.shard(&world.a, 4), index, world.p1.provider, interest)
        },
        sender: Anybody,
        repeat: Again,
    },
    Case {
        name: "commit_reports",
        instruction: "commit_reports",
        prepare: |world| {
            world.seated();
            world.commit_reports(&world.a, &world.d1)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "reveal_reports",
        instruction: "reveal_reports",
        prepare: |world| {
            world.committed();
            world.go_to(5 * DAY);
            world.reveal_reports(&world.a, &world.d1)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "score_providers",
        instruction: "score_providers",
        prepare: |world| {
            world.scorable();
            world.score(&world.a, &[world.p1.provider, world.p2.provider])
        },
        sender: Anybody,
        repeat: Again,
    },
    Case {
        name: "settle_attesters",
        instruction: "settle_attesters",
        prepare: |world| {
            world.finalized();
            world.settle_attesters(&[&world.d1, &world.d3])
        },
        sender: Anybody,
        repeat: Again,
    },
    Case {
        name: "close_score_shard",
        instruction: "close_score_shard",
        prepare: |world| {
            world.finalized();
            world.chain.must(&[world.settle_attesters(&[&world.d1, &world.d2, &world.d3])]);
            ix::close_score_shard(&world.shard(&world.a, 4), world.rentier)
        },
        sender: Anybody,
        repeat: Once,
    },
];

/// Constructs what D1 has earned in a network.
pub fn earned(world: &World, net: &Net) {
    let key = world.attester(net, &world.d1).attester;
    let mut attester: Attester = world.read(&key);
    attester.credit = 3 * TOKEN;
    world.write(&key, &attester);
    world.chain.net.give_tokens(&net.vault(VaultKind::Reward), 3 * TOKEN);
}
