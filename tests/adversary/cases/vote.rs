//! What the add-in is told: by a realm's authority, by voters, and by anybody.

use {
    super::{
        Case,
        Repeat::{Again, Once},
        Sender::{Anybody, Entitled},
    },
    crate::world::*,
    work_token_sdk::{
        Instruction, Pubkey, ix,
        votes::{self, VoterAddresses, record},
    },
};

/// The realm that most cases are about.
pub const REALM: &str = "realm 1 of A";
/// A realm of the mint that two networks share.
const SHARED: &str = "realm 1 of C";
/// The action that is voted on nowhere: a comment.
const COMMENT: u8 = 1;

pub const CASES: &[Case] = &[
    Case {
        name: "create_registrar",
        instruction: "create_registrar",
        prepare: |world| join(world, "realm 3 of A"),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "create_registrar, of a mint of two networks",
        instruction: "create_registrar",
        prepare: |world| join(world, "realm 3 of C"),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "set_registrar",
        instruction: "set_registrar",
        prepare: |world| {
            world.voting();
            let realm = world.realm(REALM);
            votes::set_registrar(&realm.at, realm.authority, &votes::RegistrarTerms { standing_slots: 9, ..terms() })
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "update_max_voter_weight",
        instruction: "update_max_voter_weight",
        prepare: |world| {
            world.voting();
            votes::update_max_voter_weight(&world.realm(REALM).at)
        },
        sender: Anybody,
        repeat: Again,
    },
    Case {
        name: "update_max_voter_weight, of a mint of two networks",
        instruction: "update_max_voter_weight",
        prepare: |world| {
            world.voting();
            votes::update_max_voter_weight(&world.realm(SHARED).at)
        },
        sender: Anybody,
        repeat: Again,
    },
    Case {
        name: "create_voter",
        instruction: "create_voter",
        prepare: |world| {
            world.voting();
            votes::create_voter(&world.voter(REALM, &world.d3), world.rentier)
        },
        sender: Anybody,
        repeat: Once,
    },
    Case {
        name: "add_position",
        instruction: "add_position",
        prepare: |world| add_again(world, REALM, voice_of(&world.p1.position(world.d1.key))),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "add_position, in a network of a shared mint",
        instruction: "add_position",
        prepare: |world| add_again(world, SHARED, voice_of(&world.r1.position(world.d1.key))),
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "add_position, the owner's",
        instruction: "add_position",
        prepare: |world| {
            world.voting();
            let (at, position) = (world.voter(REALM, &world.o1), own_voice(&world.p1));
            world.must(&[votes::remove_position(&at, position[0])]);
            votes::add_position(&at, position)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "remove_position",
        instruction: "remove_position",
        prepare: |world| {
            world.voting();
            votes::remove_position(&d1s(world), world.p1.position(world.d1.key).delegation)
        },
        sender: Entitled,
        repeat: Once,
    },
    Case {
        name: "update_voter_weight, for a vote",
        instruction: "update_voter_weight",
        prepare: |world| {
            world.voting();
            votes::update_vote_weight(&d1s(world), true, &[first(world)], world.realm(REALM).on)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "update_voter_weight, for a vote, by anybody",
        instruction: "update_voter_weight",
        prepare: |world| {
            world.voting();
            votes::update_vote_weight(&d1s(world), false, &both(world), world.realm(REALM).on)
        },
        sender: Anybody,
        repeat: Again,
    },
    Case {
        name: "update_voter_weight, for another action",
        instruction: "update_voter_weight",
        prepare: |world| {
            world.voting();
            let target = world.realm(REALM).on.proposal;
            votes::update_voter_weight(&d1s(world), true, &[first(world)], (COMMENT, target))
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "update_voter_weight, for another action, by anybody",
        instruction: "update_voter_weight",
        prepare: |world| {
            world.voting();
            let target = world.realm(REALM).on.proposal;
            votes::update_voter_weight(&d1s(world), false, &both(world), (COMMENT, target))
        },
        sender: Anybody,
        repeat: Again,
    },
    Case {
        name: "update_voter_weight, that stands",
        instruction: "update_voter_weight",
        prepare: |world| {
            world.voting();
            votes::update_standing_weight(&d1s(world), true, &[first(world)])
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "update_voter_weight, that stands, by anybody",
        instruction: "update_voter_weight",
        prepare: |world| {
            world.voting();
            world.chain.net.advance_slots(u64::from(STANDING) + 1);
            votes::update_standing_weight(&d1s(world), false, &both(world))
        },
        sender: Anybody,
        repeat: Again,
    },
    Case {
        name: "update_voter_weight, the owner's",
        instruction: "update_voter_weight",
        prepare: |world| {
            world.voting();
            let at = world.voter(REALM, &world.o1);
            votes::update_vote_weight(&at, true, &[own_voice(&world.p1)], world.realm(REALM).on)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "update_voter_weight, in a network of a shared mint",
        instruction: "update_voter_weight",
        prepare: |world| {
            world.voting();
            let (at, position) = (world.voter(SHARED, &world.d1), voice_of(&world.r1.position(world.d1.key)));
            votes::update_vote_weight(&at, true, &[position], world.realm(SHARED).on)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "update_voter_weight, of a position that was closed",
        instruction: "update_voter_weight",
        prepare: |world| {
            world.voting();
            let at = closed_position(world);
            let position = voice_of(&world.p1.position(world.d5.key));
            votes::update_vote_weight(&at, true, &[position], world.realm(REALM).on)
        },
        sender: Entitled,
        repeat: Again,
    },
    Case {
        name: "close_voter",
        instruction: "close_voter",
        prepare: |world| {
            world.voting();
            votes::close_voter(&d1s(world), world.rentier)
        },
        sender: Entitled,
        repeat: Once,
    },
];

/// The first delegator's voter.
pub fn d1s(world: &World) -> VoterAddresses {
    world.voter(REALM, &world.d1)
}

/// The first delegator's position behind P1.
pub fn first(world: &World) -> [Pubkey; 2] {
    voice_of(&world.p1.position(world.d1.key))
}

/// All of its positions in A.
pub fn both(world: &World) -> [[Pubkey; 2]; 2] {
    [&world.p1, &world.p2].map(|provider| voice_of(&provider.position(world.d1.key)))
}

/// A realm's authority joins it to its network.
fn join(world: &mut World, realm: &str) -> Instruction {
    world.voting();
    let realm = world.realm(realm);
    votes::create_registrar(&realm.at, [realm.authority, world.rentier], &terms())
}

/// The first delegator adds a position that it took out.
fn add_again(world: &mut World, realm: &str, position: [Pubkey; 2]) -> Instruction {
    world.voting();
    let at = world.voter(realm, &world.d1);
    world.must(&[votes::remove_position(&at, position[0])]);
    votes::add_position(&at, position)
}

/// A voter whose one position was closed since it was added.
fn closed_position(world: &World) -> VoterAddresses {
    let (at, position) = (world.voter(REALM, &world.d5), world.p1.position(world.d5.key));
    world.must(&[
        ix::set_direct(&position, world.d5.key, true),
        votes::create_voter(&at, world.rentier),
        votes::add_position(&at, voice_of(&position)),
    ]);
    world.must(&[ix::withdraw_unbonded(&position, 1, world.d5.tokens), ix::close_delegation(&position, world.d5.key)]);
    at
}

/// What an account behind the declared ones of an update is: what is voted on, then positions, each with its
/// provider.
pub fn behind(instruction: &Instruction, number: usize) -> String {
    let casts = instruction.data.get(8..10) == Some(&[1, record::CAST_VOTE]);
    match (number, number.checked_sub(if casts { 2 } else { 0 })) {
        (0, None) => "proposal".into(),
        (_, None) => "governance".into(),
        (_, Some(number)) => format!("{}[{}]", ["position", "provider"][number % 2], number / 2),
    }
}
