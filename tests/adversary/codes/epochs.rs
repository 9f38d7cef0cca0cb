//! 4xx and 5xx: epochs and providers.

use {
    super::{Provoke, with_args},
    crate::world::*,
    work_token_sdk::{ProviderAddresses, WorkTokenError as E, ix, state::VaultKind},
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
    (E::NotTheProviderOwner, |world| super::with(ix::retire(&world.p1), 0, world.o2.key)),
    (E::ProviderRetiring, |world| {
        let newcomer = person(&mut world.chain, &world.a, "d9");
        delegate(&world.p3.position(newcomer.key), newcomer.tokens, 500 * TOKEN)
    }),
    (E::AlreadyRetired, |world| ix::retire(&world.p3)),
    (E::CommissionAboveMaximum, |world| ix::announce_commission(&world.p1, 5_001)),
    (E::CommissionAboveMaximum, |world| {
        let owner = person(&mut world.chain, &world.a, "o4");
        let mut register = register(&ProviderAddresses::derive(world.a.at, owner.key), owner.tokens);
        let commission = register.data.len() - 4;
        register.data[commission..commission + 2].copy_from_slice(&5_001u16.to_le_bytes());
        register
    }),
    (E::CommissionStepTooLarge, |world| ix::announce_commission(&world.p1, 1_501)),
    (E::ProviderNotEmpty, |world| {
        world.go_to(91 * DAY);
        ix::close_provider(&world.p3)
    }),
    (E::ProviderNotEmpty, |world| {
        world.go_to(91 * DAY);
        ix::close_provider(&world.p1)
    }),
    (E::TooEarlyToCloseProvider, |world| {
        world.chain.must(&[ix::close_delegation(&world.p3.own(), world.p3.owner)]);
        world.go_to(90 * DAY - 1);
        ix::close_provider(&world.p3)
    }),
    (E::NothingToSweep, |world| ix::sweep_surplus(&world.p1)),
    (E::OperatorIsOwner, |world| ix::set_operator(&world.p1, world.o1.key)),
    (E::VaultAsDestination, |world| ix::set_reward_destination(&world.p1, world.p1.stake_vault)),
    (E::ZeroAmount, |world| {
        world.chain.net.give_tokens(&world.a.vault(VaultKind::Treasury), TOKEN);
        with_args(ix::pay_treasury(&world.a.at, world.a.admin, world.d1.tokens, 1), &0u64.to_le_bytes())
    }),
];
