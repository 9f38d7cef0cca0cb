//! What governs a network, and what becomes of its outages and surplus.

use {
    super::{
        Case,
        Repeat::{Again, Once},
        Sender::{Anybody, Entitled},
    },
    crate::{chain::Chain, world::*},
    work_token_localnet::TokenProgram,
    work_token_sdk::{
        Instruction, NetworkAddresses,
        args::SetModelArgs,
        ix,
        presets::NETWORK_PARAMS,
        state::{AuthorityRole, EmissionMode, NetworkParams, VaultKind},
    },
};

pub const CASES: &[Case] = &[
    Case {
        name: "create_network",
        instruction: "create_network",
        prepare: |world| {
            let creator = world.chain.wallet("creator");
            let at = NetworkAddresses::derive(&creator, 7, Chain::address("mint N"), TokenProgram::Spl.id());
            mint(&world.chain, &at, TokenProgram::Spl, EmissionMode::Mint);
            draft(&world.chain, &at.network, creator, &NETWORK_PARAMS);
            ix::create_network(&at, &creation(creator, 7, EmissionMode::Mint))
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "propose_authority",
        instruction: "propose_authority",
        prepare: |world| {
            ix::propose_authority(&world.a.at.network, world.a.admin, AuthorityRole::Guardian, world.attacker.key)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "accept_authority",
        instruction: "accept_authority",
        prepare: |world| {
            let (network, heir) = (world.a.at.network, world.chain.wallet("heir"));
            world.chain.must(&[ix::propose_authority(&network, world.a.admin, AuthorityRole::Admin, heir)]);
            ix::accept_authority(&network, heir, AuthorityRole::Admin)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "pause",
        instruction: "pause",
        prepare: |world| ix::pause(&world.a.at.network, world.a.guardian, 3_600),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "unpause",
        instruction: "unpause",
        prepare: |world| {
            world.chain.must(&[ix::pause(&world.a.at.network, world.a.guardian, 3_600)]);
            ix::unpause(&world.a.at.network, world.a.guardian)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "draft_params, the first part",
        instruction: "draft_params",
        prepare: |world| {
            let [first, ..] = ix::draft_params(&world.a.at.network, world.rentier, &NETWORK_PARAMS);
            first
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "draft_params, the last part",
        instruction: "draft_params",
        prepare: |world| {
            let parts = ix::draft_params(&world.a.at.network, world.rentier, &NETWORK_PARAMS);
            let [before @ .., last] = parts;
            before.into_iter().for_each(|write| world.chain.must(&[write]));
            last
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "close_draft",
        instruction: "close_draft",
        prepare: |world| {
            let [first, ..] = ix::draft_params(&world.a.at.network, world.rentier, &NETWORK_PARAMS);
            world.chain.must(&[first]);
            ix::close_draft(&world.a.at.network, world.rentier, &NETWORK_PARAMS)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "propose_params",
        instruction: "propose_params",
        prepare: |world| {
            let params = NetworkParams { leverage: 15, ..NETWORK_PARAMS };
            world.propose(3, &params)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "execute_params",
        instruction: "execute_params",
        prepare: |world| {
            world.go_to(4 * DAY + 5 * HOUR);
            world.open_due(&world.a);
            ix::execute_params(&world.a.at, 1, world.rentier)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "cancel_params",
        instruction: "cancel_params",
        prepare: |world| ix::cancel_params(&world.a.at.network, world.a.admin, 1, world.rentier),
        sender: Entitled,
        repeat: Once,
    },
    Case { name: "pay_treasury", instruction: "pay_treasury", prepare: from_treasury, sender: Entitled, repeat: Once },
    Case {
        name: "pay_treasury, as announced",
        instruction: "pay_treasury",
        prepare: |world| {
            let pay = from_treasury(world);
            world.chain.must(std::slice::from_ref(&pay));
            world.chain.net.advance(3 * DAY);
            pay
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "set_job_class",
        instruction: "set_job_class",
        prepare: |world| {
            world.open_due(&world.a);
            ix::set_job_class(&world.a.at.network, world.a.admin, world.rentier, 7, &rules(FIXED))
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "set_job_class, again",
        instruction: "set_job_class",
        prepare: |world| {
            world.open_due(&world.a);
            ix::set_job_class(&world.a.at.network, world.a.admin, world.rentier, FIXED, &rules(FIXED))
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "set_model",
        instruction: "set_model",
        prepare: |world| world.set_model(&world.a, &World::model_args("torch")),
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "set_model, again",
        instruction: "set_model",
        prepare: |world| world.set_model(&world.a, &SetModelArgs { hash: [9; 32], ..World::model_args("lamp") }),
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "sweep_surplus",
        instruction: "sweep_surplus",
        prepare: |world| {
            world.chain.net.give_tokens(&world.p1.stake_vault, TOKEN);
            ix::sweep_surplus(&world.p1)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "record_outage",
        instruction: "record_outage",
        prepare: |world| {
            outage(world, 2 * DAY);
            ix::record_outage(&world.a.at.network)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "refresh_note",
        instruction: "refresh_note",
        prepare: |world| ix::refresh_note(&world.a.at.network),
        sender: Anybody,
        repeat: Again,
    },
];

/// Time passes in which there is no slot.
pub fn outage(world: &World, secs: i64) {
    world.halt(secs);
}

/// The admin pays O2 out of a treasury that holds something.
fn from_treasury(world: &mut World) -> Instruction {
    for net in [&world.a, &world.b] {
        world.chain.net.give_tokens(&net.vault(VaultKind::Treasury), 5 * TOKEN);
    }
    ix::pay_treasury(&world.a.at, world.a.admin, world.o2.tokens, 2 * TOKEN)
}
