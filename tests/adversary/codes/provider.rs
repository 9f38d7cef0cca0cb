//! 5xx: providers.

use {
    super::{Provoke, with},
    crate::world::*,
    work_token_sdk::{ProviderAddresses, WorkTokenError as E, ix},
};

pub const CODES: &[(E, Provoke)] = &[
    (E::NotTheProviderOwner, |world| with(ix::retire(&world.p1), 0, world.o2.key)),
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
    (E::OperatorIsOwner, |world| ix::set_operator(&world.p1, world.o1.key)),
    (E::VaultAsDestination, |world| ix::set_reward_destination(&world.p1, world.p1.stake_vault)),
];
