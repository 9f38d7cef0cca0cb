//! The end of a provider (provider-close-1).

use crate::*;
use work_token_sdk::state::Provider;

/// A provider that retired, and from which everybody has gone.
fn deserted() -> (World, Owner) {
    let world = World::new();
    let ann = world.owner("ann", 1_000, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    world.retire(&ann);
    let (ticket, own_ticket) = (world.request_all(&dora), world.request_all(&ann));
    world.pass(35 * DAY);
    world.withdraw(&dora, ticket);
    world.withdraw(&ann, own_ticket);
    world.claim(&dora);
    world.claim_own(&ann);
    world.close(&dora);
    world.close(&ann);
    (world, ann)
}

// provider-retire-1
#[test]
fn retiring_is_final_no_deposit_no_cancel_but_every_exit() {
    let world = World::new();
    let ann = world.owner("ann", 0, 20_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    let own_ticket = world.request(&ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    world.retire(&ann);
    world.refuses(ix::retire(&ann.at), &[&ann.actor], E::AlreadyRetired);
    world.give(ann.actor.tokens, 10_000 * TOKEN);
    world.refuses(ix::stake_self(&ann.at, ann.actor.tokens, 10_000 * TOKEN), &[&ann.actor], E::ProviderRetiring);
    world.give(dora.actor.tokens, 1_000 * TOKEN);
    world.refuses(world.delegate_ix(&dora, 1_000 * TOKEN), &[&dora.actor], E::ProviderRetiring);
    world.refuses(ix::restake(&dora.at, 0), &[&dora.actor], E::ProviderRetiring);
    world.refuses(ix::cancel_unbonding(&ann.at.own(), own_ticket), &[&ann.actor], E::ProviderRetiring);

    assert!(world.claim(&dora) > 0);
    let ticket = world.request_all(&dora);
    world.request_all(&ann);
    world.pass(35 * DAY);
    assert_eq!(world.withdraw(&dora, ticket), 10_000 * TOKEN);
    assert_eq!(world.withdraw(&ann, 1) + world.withdraw(&ann, 2), 20_000 * TOKEN);
    assert!(world.claim_own(&ann) > 0);
    assert_invariants(&world);
}

// provider-close-2
#[test]
fn a_provider_closes_ninety_epochs_after_it_retired_and_its_rents_return_to_the_owner() {
    let (world, ann) = deserted();
    let close = ix::close_provider(&ann.at);
    let retired = world.provider(&ann).retired_epoch;
    world.go_to_epoch(retired + 89);
    world.refuses(close.clone(), &[], E::TooEarlyToCloseProvider);
    world.go_to_epoch(retired + 90);
    let (owner, dust) = (world.lamports(&ann.actor.address()), world.provider(&ann).rewards.owed);
    let rents = world.lamports(&ann.at.provider) + world.lamports(&ann.at.stake_vault);
    world.send(&[close], &[]);
    assert_eq!(world.lamports(&ann.actor.address()), owner + rents);
    assert!(!world.exists(&ann.at.provider) && !world.exists(&ann.at.stake_vault));
    assert_eq!(world.network().carried, dust, "the dust of its roundings joins the next emission");
    assert_invariants(&world);
}

// provider-close-1
#[test]
fn nothing_may_hang_on_a_provider_that_closes() {
    let (world, ann) = deserted();
    world.go_to_epoch(world.provider(&ann).retired_epoch + 90);
    world.touch(&ann);
    let clean = world.provider(&ann);
    let edits: [fn(&mut Provider); 10] = [
        |p| (p.own.tokens, p.own.shares) = (1, 1),
        |p| (p.delegated.tokens, p.delegated.shares) = (1, 1),
        |p| p.live_positions = 1,
        |p| p.held = 1,
        |p| p.unmoved_slashes = 1,
        |p| p.own_claimable = 1,
        |p| (p.vesting[3].amount, p.vesting[3].duration_secs) = (p.vesting[3].taken + 1, 1),
        |p| p.reservations[3].claim = 9,
        |p| p.records[2].fees = 1,
        |p| p.state = ProviderState::Tombstoned as u8,
    ];
    for edit in edits {
        world.edit_provider(&ann, edit);
        world.refuses(ix::close_provider(&ann.at), &[], E::ProviderNotEmpty);
        world.scenario.write(&ann.at.provider, &clean);
    }
    world.send(&[ix::close_provider(&ann.at)], &[]);
    assert_invariants(&world);
}

#[test]
fn a_provider_that_has_not_retired_does_not_close() {
    let world = World::new();
    let ann = world.owner("ann", 0, 0);
    world.go_to_epoch(200);
    world.refuses(ix::close_provider(&ann.at), &[], E::ProviderNotEmpty);
    assert_invariants(&world);
}

// provider-close-1
#[test]
fn donated_tokens_and_lamports_do_not_keep_a_provider_from_closing() {
    let (world, ann) = deserted();
    world.go_to_epoch(world.provider(&ann).retired_epoch + 90);
    world.donate(ann.at.stake_vault, 77);
    for key in [ann.at.stake_vault, ann.at.provider] {
        world.scenario.chain.fund(&key, 5_000_000);
    }
    let (before, rents) =
        (world.lamports(&ann.actor.address()), world.lamports(&ann.at.provider) + world.lamports(&ann.at.stake_vault));
    world.send(&[ix::close_provider(&ann.at)], &[]);
    world.donation_moved(ann.at.stake_vault, Some(world.scenario.network.vault(VaultKind::Treasury)));
    assert_eq!(world.vault(VaultKind::Treasury), 77);
    assert_eq!(world.lamports(&ann.actor.address()), before + rents);
    assert_invariants(&world);
}

// provider-register-3
#[test]
fn the_address_of_a_closed_provider_may_be_used_again_and_remembers_nothing() {
    let (world, ann) = deserted();
    let again = || world.scenario.register(&ann.actor, 300, 10_000 * TOKEN);
    assert!(again().is_err(), "not while the old one is there");
    world.go_to_epoch(world.provider(&ann).retired_epoch + 90);
    world.send(&[ix::close_provider(&ann.at)], &[]);
    again().unwrap();
    let provider = world.provider(&ann);
    assert_eq!(
        (provider.state, provider.registered_epoch, provider.retired_epoch),
        (ProviderState::Active as u8, world.epoch(), 0)
    );
    assert_eq!((provider.own.generation, provider.rewards.owed, provider.commission_bps), (0, 0, 300));
    for epoch in world.epoch() - 8..world.epoch() {
        world.finalize(epoch, &[&ann]);
    }
    world.cycle(&[&ann]);
    assert_eq!(world.cycle(&[&ann]).stake_folded, 10_000 * TOKEN);
    assert_invariants(&world);
}

#[test]
fn rents_of_a_provider_go_to_its_owner_only() {
    let (world, ann) = deserted();
    world.go_to_epoch(world.provider(&ann).retired_epoch + 90);
    let mut close = ix::close_provider(&ann.at);
    close.accounts[4].pubkey = world.scenario.keeper.address();
    world.refuses(close, &[], E::WrongRentReceiver);
    assert_invariants(&world);
}
