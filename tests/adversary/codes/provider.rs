//! 5xx: providers.

use {
    super::{Provoke, with},
    crate::world::*,
    work_token_sdk::{ProviderAddresses, WorkTokenError as E, args::AcceptOwnerArgs, ix},
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
    (E::OwnsItAlready, |world| ix::propose_owner(&world.p1, Some(world.o1.key))),
    (E::NotTheProposedOwner, |world| {
        world.handed_over();
        ix::accept_owner(&world.p1, world.c2.key, false, &anything(world))
    }),
    (E::HandoverNotDue, |world| {
        world.handed_over();
        world.go_to(14 * DAY - 1);
        world.accept_owner()
    }),
    (E::HandoverLapsed, |world| {
        world.handed_over();
        world.go_to(25 * DAY);
        world.accept_owner()
    }),
    (E::NewOwnerInterested, |world| {
        world.chain.must(&[ix::propose_owner(&world.p1, Some(world.d1.key))]);
        world.go_to(15 * DAY);
        ix::accept_owner(&world.p1, world.d1.key, false, &anything(world))
    }),
    (E::HandoverTermsBroken, |world| {
        world.handed_over();
        let agreed = AcceptOwnerArgs { min_own_staked: u64::MAX, ..anything(world) };
        ix::accept_owner(&world.p1, world.c1.key, false, &agreed)
    }),
    (E::NotTheProposedBeneficiary, |world| {
        world.agreed();
        ix::accept_beneficiary(&world.p1, world.c1.key, world.financed(), world.c1.tokens, None)
    }),
    (E::BeneficiaryTermsOutOfBounds, |world| {
        let terms = ix::BeneficiaryTerms { quota: 0, ..world.financed() };
        ix::propose_beneficiary(&world.p1, Some((world.c1.key, terms)))
    }),
    (E::BeneficiaryInForce, |world| {
        world.agreed();
        let terms = world.financed();
        world.chain.must(&[ix::propose_beneficiary(&world.p1, Some((world.c2.key, terms)))]);
        ix::accept_beneficiary(&world.p1, world.c2.key, terms, world.c2.tokens, None)
    }),
    (E::NotTheBeneficiary, |world| {
        world.agreed();
        ix::end_beneficiary(&world.p1, world.c2.key)
    }),
    (E::WrongBeneficiary, |world| {
        world.agreed();
        ix::claim_provider_rewards(&world.p1, world.o1.tokens)
    }),
    (E::TooManyOperators, |world| {
        for class in 0..4 {
            let key = world.chain.wallet(&format!("gpu {class}"));
            world.chain.must(&[ix::set_class_operator(&world.p1, class, Some(key))]);
        }
        ix::set_class_operator(&world.p1, 5, Some(world.keeper.key))
    }),
];

/// What C1 accepts of P1 as it is.
fn anything(world: &World) -> AcceptOwnerArgs {
    AcceptOwnerArgs {
        operator: world.keeper.key,
        reward_destination: world.c1.tokens,
        min_own_staked: 0,
        max_liabilities: u64::MAX,
        max_quota: u64::MAX,
        max_open_seats: u32::MAX,
        state: world.provider(&world.p1).state,
    }
}
