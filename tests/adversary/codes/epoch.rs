//! 4xx: epochs.

use {
    super::Provoke,
    crate::world::*,
    work_token_sdk::{WorkTokenError as E, ix},
};

pub const CODES: &[(E, Provoke)] = &[
    (E::EpochNotOpenable, |world| world.open(&world.a, 5)),
    (E::EpochNotOpenable, |world| world.open(&world.a, u32::MAX)),
    (E::EpochNotOpenable, |world| {
        world.go_to(12 * DAY);
        world.open(&world.a, 3)
    }),
    (E::WeighNotOpen, |world| {
        world.chain.must(&[world.open(&world.a, 3)]);
        world.go_to(4 * DAY + HOUR - 1);
        world.weigh(&world.a, 3, world.paid_keeper(), &[world.p1.provider])
    }),
    (E::AlreadyFinalized, |world| world.weigh(&world.a, 2, world.paid_keeper(), &[world.p1.provider])),
    (E::AlreadyFinalized, |world| ix::finalize_epoch(&world.a.at, 2, world.paid_keeper())),
    (E::TooEarlyToFinalize, |world| {
        world.chain.must(&[world.open(&world.a, 3)]);
        world.go_to(4 * DAY + 5 * HOUR);
        world.chain.must(&[world.weigh(&world.a, 3, world.paid_keeper(), &[world.p1.provider])]);
        world.go_to(4 * DAY + 6 * HOUR - 1);
        ix::finalize_epoch(&world.a.at, 3, world.paid_keeper())
    }),
    (E::NotNextToFinalize, |world| {
        world.go_to(6 * DAY);
        world.chain.must(&[world.open(&world.a, 4)]);
        ix::finalize_epoch(&world.a.at, 4, world.paid_keeper())
    }),
    (E::NotFinalized, |world| {
        world.chain.must(&[world.open(&world.a, 3)]);
        ix::settle_providers(&world.a.at, 3, world.paid_keeper(), &[world.p1.provider])
    }),
    (E::TooEarlyToSweep, |world| {
        world.go_to(10 * DAY - 1);
        ix::sweep_epoch(&world.a.at.network, 1)
    }),
    (E::NotSwept, |world| ix::close_epoch(&world.a.at.network, 2, world.rentier)),
    (E::AlreadySwept, |world| {
        world.go_to(10 * DAY);
        world.chain.must(&[ix::sweep_epoch(&world.a.at.network, 1)]);
        ix::sweep_epoch(&world.a.at.network, 1)
    }),
    (E::EmptyBatch, |world| ix::settle_providers(&world.a.at, 2, world.paid_keeper(), &[])),
    (E::EmptyBatch, |world| ix::settle_providers(&world.a.at, 2, world.paid_keeper(), &[world.p1.provider; 25])),
];
