//! Every number an instruction takes, at its ends.

mod job;
mod vote;

use {
    crate::{causes::Cause, world::*},
    work_token_sdk::{
        Instruction, WorkTokenError as E, ix,
        state::{AuthorityRole, VaultKind},
    },
};

/// Nothing, dust, the supply's bound, the type's.
const ENDS: [u64; 7] = [0, 1, 2, (1 << 60) - 1, 1 << 60, (1 << 63) - 1, u64::MAX];

/// What must happen for each of the ends; `None` is success.
pub type Expected<Error = E> = [Option<Error>; 7];

pub fn check<Error: Into<Cause>>(
    world: &World,
    name: &str,
    expected: Expected<Error>,
    build: impl Fn(u64) -> Instruction,
) {
    let start = world.chain.snapshot();
    for (amount, expected) in ENDS.into_iter().zip(expected) {
        match expected {
            Some(error) => world.chain.refused(&[build(amount)], error),
            None => {
                assert!(world.chain.send(&[build(amount)]).is_ok(), "{name} of {amount}");
                world.chain.restore(&start);
            }
        }
    }
}

pub fn all(error: E) -> Expected {
    [Some(error); 7]
}

#[test]
fn deposits_at_the_ends_are_refused_by_name() {
    let world = World::new();
    let position = world.p1.position(world.d1.key);
    let (small, poor) = (Some(E::BelowMinimumDelegation), Some(E::InsufficientFunds));
    check(&world, "delegate", [small, small, small, poor, poor, poor, poor], |amount| {
        delegate(&position, world.d1.tokens, amount)
    });
    check(&world, "stake_self", [Some(E::ZeroAmount), None, None, poor, poor, poor, poor], |amount| {
        ix::stake_self(&world.p1, world.o1.tokens, amount)
    });
    let input = |min_shares_out, max_open_claims| {
        let input = ix::Delegate { from: world.d1.tokens, amount: 500 * TOKEN, min_shares_out, max_open_claims };
        ix::delegate(&position, input)
    };
    let fewer = Some(E::FewerSharesThanAsked);
    check(&world, "min_shares_out", [None, None, None, fewer, fewer, fewer, fewer], |shares| input(shares, 0));
    check(&world, "max_open_claims", [None::<E>; 7], |claims| input(0, claims));
    check(&world, "restake", [None::<E>; 7], |claims| ix::restake(&position, claims));
}

#[test]
fn a_wallet_with_the_whole_supply_cannot_fill_a_pool_beyond_it() {
    let world = World::new();
    for amount in [1 << 60, (1 << 63) - 1, u64::MAX] {
        for account in [world.d1.tokens, world.o1.tokens] {
            world.chain.net.edit(&account, |data| data[64..72].copy_from_slice(&u64::to_le_bytes(amount)));
        }
        world.chain.refused(&[delegate(&world.p1.position(world.d1.key), world.d1.tokens, amount)], E::PoolTooLarge);
        world.chain.refused(&[ix::stake_self(&world.p1, world.o1.tokens, amount)], E::PoolTooLarge);
    }
    // One unit below the bound, in an empty pool, is the most.
    let newcomer = world.p3.owner;
    assert_eq!(world.provider(&world.p3).owner, newcomer);
    let most = (1 << 60) - 1 - world.provider(&world.p2).delegated.tokens;
    world.chain.net.edit(&world.d1.tokens, |data| data[64..72].copy_from_slice(&u64::to_le_bytes(most + 1)));
    let position = world.p2.position(world.d1.key);
    world.chain.refused(&[delegate(&position, world.d1.tokens, most + 1)], E::PoolTooLarge);
    world.chain.must(&[delegate(&position, world.d1.tokens, most)]);
}

#[test]
fn exits_at_the_ends_are_refused_by_name() {
    let world = World::new();
    let (zero, few, rest) = (Some(E::ZeroAmount), Some(E::InsufficientShares), None);
    let expected = [zero, rest, rest, few, few, few, few];
    check(&world, "request_unbonding", expected, |shares| {
        ix::request_unbonding(&world.p1.position(world.d1.key), 3, shares)
    });
    check(&world, "request_unbonding, own", expected, |shares| ix::request_unbonding(&world.p1.own(), 2, shares));
}

#[test]
fn payments_of_the_treasury_at_the_ends_are_refused_by_name() {
    let world = World::new();
    world.chain.net.give_tokens(&world.a.vault(VaultKind::Treasury), 2);
    let large = Some(E::TreasuryStepExceeded);
    // Nothing withdraws the announcement.
    check(&world, "pay_treasury", [None, None, None, large, large, large, large], |amount| {
        ix::pay_treasury(&world.a.at, world.a.admin, world.d1.tokens, amount)
    });
}

#[test]
fn times_epochs_commissions_and_roles_at_the_ends_are_refused_by_name() {
    let world = World::new();
    let network = world.a.at.network;
    let cut = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let long = Some(E::PauseTooLong);
    check(&world, "pause", [long, None, None, long, long, long, long], |secs| {
        ix::pause(&network, world.a.guardian, cut(secs))
    });
    let (open, not) = (Some(E::AccountExists), Some(E::EpochNotOpenable));
    check(&world, "open_epoch", [open, open, open, not, not, not, not], |epoch| {
        ix::open_epoch(&network, world.rentier, cut(epoch))
    });
    let high = Some(E::CommissionAboveMaximum);
    check(&world, "announce_commission", [None, None, None, high, high, high, high], |bps| {
        ix::announce_commission(&world.p1, u16::try_from(bps).unwrap_or(u16::MAX))
    });
    for role in 3..=u8::MAX {
        let mut propose = ix::propose_authority(&network, world.a.admin, AuthorityRole::Admin, world.attacker.key);
        propose.data[8] = role;
        world.chain.refused(&[propose], E::UnknownRole);
    }
    check(&world, "a provider's touch", all(E::WrongNetwork), |_| {
        ix::touch_provider(&world.b.at.network, world.p1.provider)
    });
}
