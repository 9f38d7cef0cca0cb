//! 80x: places of the active set.

use {
    super::Provoke,
    crate::{
        cases::place::{challenged, full, head, queued},
        world::*,
    },
    work_token_sdk::{
        Instruction, WorkTokenError as E, ix,
        math::Amount,
        state::{PoolKind, Tree},
    },
};

pub const CODES: &[(E, Provoke)] = &[
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
    (E::PlacesQueued, |world| {
        queued(world);
        ix::take_place(&world.p4, 2)
    }),
    (E::AlreadyQueued, |world| {
        queued(world);
        ix::join_queue(&world.p4, 2)
    }),
    (E::NotACandidate, |world| ix::join_queue(&world.p1, 1)),
    (E::WrongAddress, |world| ix::join_queue(&world.p4, 2)),
    (E::NotTheHead, |world| {
        queued(world);
        let entry = head(world);
        world.edit_network(&world.a, |network| network.queue.given = 2);
        world.edit_network(&world.a, |network| network.queue.passed = 1);
        ix::admit_head(&entry)
    }),
    (E::NumberLost, |world| {
        queued(world);
        world.request(&world.p4.own(), 500_000 * TOKEN);
        ix::admit_head(&head(world))
    }),
    (E::NoFreePlace, |world| {
        full(world);
        queued(world);
        ix::admit_head(&head(world))
    }),
    (E::HeadIsFit, |world| {
        queued(world);
        ix::pass_head(&head(world))
    }),
    (E::PlaceNotHeld, |world| ix::vacate_place(&world.a.at.network, world.p4.provider)),
    (E::PlaceKept, |world| ix::vacate_place(&world.a.at.network, world.p1.provider)),
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
