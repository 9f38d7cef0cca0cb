//! 1xx: accounts.

use {
    super::{Provoke, with},
    crate::world::*,
    work_token_sdk::{WorkTokenError as E, addresses, ix, state::VaultKind},
};

pub const CODES: &[(E, Provoke)] = &[
    (E::WrongAccountOwner, |world| ix::touch_provider(&world.a.at.network, world.attacker.tokens)),
    (E::WrongAccountType, |world| ix::touch_provider(&world.a.at.network, world.p1.own_position)),
    (E::UnsupportedVersion, |world| {
        world.chain.net.edit(&world.p1.provider, |data| data[8] = 2);
        ix::touch_provider(&world.a.at.network, world.p1.provider)
    }),
    (E::AccountNotWritable, |world| {
        let mut touch = ix::touch_provider(&world.a.at.network, world.p1.provider);
        touch.accounts[1].is_writable = false;
        touch
    }),
    (E::WrongNetwork, |world| ix::touch_provider(&world.b.at.network, world.p1.provider)),
    (E::WrongProvider, |world| {
        with(ix::claim_rewards(&world.p1.position(world.d1.key), world.d1.tokens), 2, world.p2.provider)
    }),
    (E::WrongDelegation, |world| {
        let (ticket, _) = world.p2.position(world.d1.key).ticket(1);
        with(ix::cancel_unbonding(&world.p1.position(world.d1.key), 1), 4, ticket)
    }),
    (E::WrongVault, |world| {
        let deposit = delegate(&world.p1.position(world.d1.key), world.d1.tokens, 500 * TOKEN);
        with(deposit, 5, world.p2.stake_vault)
    }),
    (E::WrongMint, |world| {
        let from = tokens(&world.chain, &world.b, &world.d1);
        delegate(&world.p1.position(world.d1.key), from, 500 * TOKEN)
    }),
    (E::WrongTokenProgram, |world| {
        let deposit = delegate(&world.p1.position(world.d1.key), world.d1.tokens, 500 * TOKEN);
        with(deposit, 7, world.c.at.token_program)
    }),
    (E::TokenAccountFrozen, |world| {
        world.chain.net.set_frozen(&world.d1.tokens, true);
        delegate(&world.p1.position(world.d1.key), world.d1.tokens, 500 * TOKEN)
    }),
    (E::NotATokenAccount, |world| delegate(&world.p1.position(world.d1.key), world.rentier, 500 * TOKEN)),
    (E::AccountExists, |world| world.open(&world.a, 2)),
    (E::WrongAddress, |world| with(world.open(&world.a, 3), 2, addresses::epoch_pool(&world.a.at.network, 9))),
    (E::NotTheOwner, |world| {
        with(ix::claim_rewards(&world.p1.position(world.d1.key), world.d2.tokens), 0, world.d2.key)
    }),
    (E::VaultAsDestination, |world| {
        ix::claim_rewards(&world.p1.position(world.d1.key), world.a.vault(VaultKind::Treasury))
    }),
    (E::WrongRentReceiver, |world| ix::cancel_params(&world.a.at.network, world.a.admin, 1, world.attacker.key)),
    (E::NotTheTokenOwner, |world| ix::claim_provider_rewards(&world.p1, world.attacker.tokens)),
    (E::InsufficientFunds, |world| {
        let all = world.balance(&world.d1.tokens);
        delegate(&world.p1.position(world.d1.key), world.d1.tokens, all + 1)
    }),
];
