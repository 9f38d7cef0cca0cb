//! 3xx: stake.

use {
    super::Provoke,
    crate::world::*,
    solana_sdk::pubkey::Pubkey,
    work_token_sdk::{
        Instruction, WorkTokenError as E, ix,
        math::{Amount, Epoch},
        state::{Delegation, PoolKind, Provider, Unbonding, provider::provider_flags},
    },
};

pub const CODES: &[(E, Provoke)] = &[
    (E::ZeroAmount, |world| ix::stake_self(&world.p1, world.o1.tokens, 0)),
    (E::ZeroAmount, |world| ix::request_unbonding(&world.p1.position(world.d1.key), 3, 0)),
    (E::BelowMinimumDelegation, |world| delegate(&world.p1.position(world.d1.key), world.d1.tokens, 100 * TOKEN - 1)),
    (E::BelowMinimumDelegation, |world| {
        // Everything but a dust's reward has left.
        let position = world.p1.position(world.d1.key);
        world.request(&position, 48_000 * TOKEN);
        let state: Delegation = world.read(&position.delegation);
        world.write(&position.delegation, &Delegation { credited: 1, ..state });
        ix::restake(&position, 0)
    }),
    (E::BelowMinimumSelfStake, |world| {
        let all = own_shares(world);
        world.request(&world.p1.own(), all);
        ix::stake_self(&world.p1, world.o1.tokens, 10_000 * TOKEN - 1)
    }),
    (E::RestBelowMinimum, |world| {
        ix::request_unbonding(&world.p1.position(world.d1.key), 3, 48_000 * TOKEN - 100 * TOKEN + 1)
    }),
    (E::RestBelowMinimum, |world| ix::request_unbonding(&world.p1.own(), 2, own_shares(world) - 10_000 * TOKEN + 1)),
    (E::PoolTooLarge, |world| {
        world.chain.net.edit(&world.d1.tokens, |data| data[64..72].copy_from_slice(&(1u64 << 60).to_le_bytes()));
        delegate(&world.p1.position(world.d1.key), world.d1.tokens, 1 << 60)
    }),
    (E::PoolSlashedTooDeep, |world| {
        let tokens = world.provider(&world.p1).delegated.tokens;
        edit_provider(world, |provider| _ = provider.slash(PoolKind::Delegated, Amount(tokens - tokens / 17)));
        delegate(&world.p1.position(world.d1.key), world.d1.tokens, 500 * TOKEN)
    }),
    (E::OpenClaims, |world| {
        claim(world, 1);
        delegate(&world.p1.position(world.d1.key), world.d1.tokens, 500 * TOKEN)
    }),
    (E::OpenClaims, |world| {
        claim(world, 1);
        ix::restake(&world.p1.position(world.d1.key), 0)
    }),
    (E::OpenClaims, |world| {
        claim(world, 1);
        transfer(world, world.d2.key, 500 * TOKEN)
    }),
    (E::OpenClaims, |world| {
        claim(world, 1);
        restakes(world)
    }),
    (E::OwnerCannotDelegate, |world| transfer(world, world.o1.key, 500 * TOKEN)),
    (E::SameHolder, |world| transfer(world, world.d1.key, 500 * TOKEN)),
    (E::ZeroAmount, |world| transfer(world, world.d2.key, 0)),
    (E::InsufficientShares, |world| transfer(world, world.d2.key, 48_000 * TOKEN + 1)),
    (E::RestBelowMinimum, |world| transfer(world, world.d2.key, 48_000 * TOKEN - 100 * TOKEN + 1)),
    (E::BelowMinimumDelegation, |world| transfer(world, world.keeper.key, 100 * TOKEN - 1)),
    (E::WorthLessThanAsked, |world| {
        let input = ix::TransferShares { shares: TOKEN, min_value: TOKEN + 1, max_open_claims: 0 };
        ix::transfer_shares(&world.p1.position(world.d1.key), world.d2.key, input)
    }),
    (E::NotAutoRestaked, |world| ix::restake_for(&world.p1.position(world.d1.key), world.paid_keeper())),
    (E::RestakedRecently, |world| {
        let restake = restakes(world);
        world.must(std::slice::from_ref(&restake));
        restake
    }),
    (E::TooLittleToRestake, |world| {
        let restake = restakes(world);
        let position = world.p1.position(world.d1.key);
        world.must(&[ix::claim_rewards(&position, world.d1.tokens)]);
        let state: Delegation = world.read(&position.delegation);
        world.write(&position.delegation, &Delegation { credited: 1, ..state });
        restake
    }),
    (E::RewardsShared, |world| {
        world.must(&[ix::set_auto_restake(&world.p1.own(), Some(0))]);
        edit_provider(world, |provider| provider.flags |= provider_flags::HAS_BENEFICIARY);
        ix::restake_for(&world.p1.own(), world.paid_keeper())
    }),
    (E::LotWaits, |world| {
        let position = world.p1.position(world.d1.key);
        world.must(&[delegate(&position, world.d1.tokens, 500 * TOKEN)]);
        world.go_to(5 * DAY);
        restakes(world)
    }),
    (E::NotThePool, |world| ix::set_direct(&world.p1.own(), world.o1.key, true)),
    (E::NotTheOwner, |world| ix::set_direct(&world.p1.position(world.d1.key), world.attacker.key, true)),
    (E::NoVoice, |world| {
        let mut network = world.network();
        network.params.longest_vote_secs = 0;
        world.write(&world.a.at.network, &network);
        direct(world, true)
    }),
    (E::AlreadyDirect, |world| {
        world.must(&[direct(world, true)]);
        direct(world, true)
    }),
    (E::NotDirect, |world| direct(world, false)),
    (E::ReturnNotDue, |world| {
        world.must(&[direct(world, true), direct(world, false)]);
        direct(world, false)
    }),
    (E::ReceiverNotDirect, |world| {
        world.must(&[direct(world, true)]);
        transfer(world, world.d2.key, 500 * TOKEN)
    }),
    (E::OwnerCannotDelegate, |world| delegate(&world.p1.own(), world.o1.tokens, 500 * TOKEN)),
    (E::NotThePool, |world| {
        // Own positions have no credit; were there one, it could not become delegated stake.
        let state: Delegation = world.read(&world.p1.own_position);
        world.write(&world.p1.own_position, &Delegation { credited: 1_000 * TOKEN, ..state });
        ix::restake(&world.p1.own(), 0)
    }),
    (E::InsufficientShares, |world| ix::request_unbonding(&world.p1.position(world.d1.key), 3, 48_000 * TOKEN + 1)),
    (E::FewerSharesThanAsked, |world| {
        let input = ix::Delegate {
            from: world.d1.tokens,
            amount: 500 * TOKEN,
            min_shares_out: 500 * TOKEN + 1,
            max_open_claims: 0,
        };
        ix::delegate(&world.p1.position(world.d1.key), input)
    }),
    (E::NotMatured, |world| {
        let position = world.p1.position(world.d1.key);
        let ticket: Unbonding = world.read(&position.ticket(1).0);
        world.chain.net.set_now(ticket.matures_at_ts - 1);
        ix::withdraw_unbonded(&position, 1, world.d1.tokens)
    }),
    (E::NothingToWithdraw, |world| {
        held_ticket(world);
        ix::withdraw_unbonded(&world.p1.position(world.d1.key), 1, world.d1.tokens)
    }),
    (E::TicketPartlyPaid, |world| {
        held_ticket(world);
        ix::cancel_unbonding(&world.p1.position(world.d1.key), 1)
    }),
    (E::TicketOfEndedGeneration, |world| {
        edit_provider(world, |provider| _ = provider.slash(PoolKind::Delegated, Amount(u64::MAX)));
        ix::cancel_unbonding(&world.p1.position(world.d1.key), 1)
    }),
    (E::WrongTicketNumber, |world| {
        let position = world.p1.position(world.d1.key);
        for _ in 0..6 {
            world.request(&position, TOKEN);
        }
        ix::request_unbonding(&position, 7, TOKEN)
    }),
    (E::NothingToClaim, |world| ix::claim_rewards(&world.p1.own(), world.o1.tokens)),
    (E::NothingToClaim, |world| {
        world.chain.must(&[ix::claim_provider_rewards(&world.p1, world.o1.tokens)]);
        ix::claim_provider_rewards(&world.p1, world.o1.tokens)
    }),
    (E::PositionNotEmpty, |world| ix::close_delegation(&world.p1.position(world.d1.key), world.d1.key)),
    (E::TooEarlyToClose, |world| {
        let position = world.p1.position(world.d5.key);
        world.go_to(15 * DAY);
        world.chain.must(&[ix::withdraw_unbonded(&position, 1, world.d5.tokens)]);
        world.go_to(45 * DAY - 1);
        ix::close_delegation(&position, world.attacker.key)
    }),
    (E::OwnPositionInUse, |world| ix::close_delegation(&world.p1.own(), world.o1.key)),
    (E::ArithmeticOverflow, |world| {
        let network = world.network();
        world.write(&world.a.at.network, &work_token_sdk::state::Network { param_changes: u32::MAX, ..network });
        world.propose(0, &work_token_sdk::presets::NETWORK_PARAMS)
    }),
    (E::LotNotDue, |world| ix::activate_delegation(&world.p1.position(world.d1.key), world.paid_keeper())),
];

/// The first delegator gives to somebody.
fn transfer(world: &World, receiver: Pubkey, shares: u64) -> Instruction {
    let input = ix::TransferShares { shares, min_value: 0, max_open_claims: 0 };
    ix::transfer_shares(&world.p1.position(world.d1.key), receiver, input)
}

/// The first delegator votes itself, or does no more.
fn direct(world: &World, on: bool) -> Instruction {
    ix::set_direct(&world.p1.position(world.d1.key), world.d1.key, on)
}

/// Anybody may restake for the first delegator, and somebody does.
fn restakes(world: &World) -> Instruction {
    let position = world.p1.position(world.d1.key);
    world.must(&[ix::set_auto_restake(&position, Some(0))]);
    ix::restake_for(&position, world.paid_keeper())
}

fn own_shares(world: &World) -> u64 {
    let position: Delegation = world.read(&world.p1.own_position);
    position.shares
}

fn edit_provider(world: &World, edit: impl FnOnce(&mut Provider)) {
    let mut provider = world.provider(&world.p1);
    edit(&mut provider);
    world.write(&world.p1.provider, &provider);
}

/// Books an open dispute's claim on both pools.
fn claim(world: &World, amount: u64) {
    edit_provider(world, |provider| {
        // No epoch's rewards are frozen.
        provider.open_claim(1, true, (Epoch(u32::MAX), Epoch(u32::MAX)), (0, i64::MAX));
        provider.join_claim(1);
        provider.reserve(1, Amount(amount), Amount(amount));
    });
}

/// Leaves the first ticket of `d1` with a held part.
fn held_ticket(world: &World) {
    world.go_to(15 * DAY);
    claim(world, 1_000 * TOKEN);
    let withdraw: Instruction = ix::withdraw_unbonded(&world.p1.position(world.d1.key), 1, world.d1.tokens);
    world.chain.must(&[withdraw]);
}
