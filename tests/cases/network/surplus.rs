//! Donations, books and vaults (network-surplus-1, principle-outside-1).

use crate::*;

// network-surplus-1
#[test]
fn what_strangers_send_to_a_stake_vault_goes_to_the_treasury() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.holder("dora", &ann, 1_000 * TOKEN);
    let sweep = ix::sweep_surplus(&ann.at);
    world.refuses(sweep.clone(), &[], E::NothingToSweep);
    world.donate(ann.at.stake_vault, 123);
    assert_invariants(&world);
    world.send(&[sweep], &[]);
    world.donation_moved(ann.at.stake_vault, Some(world.scenario.network.vault(VaultKind::Treasury)));
    assert_eq!((world.vault(VaultKind::Treasury), world.stake_vault(&ann)), (123, 11_000 * TOKEN));
    assert_invariants(&world);
}

// network-surplus-1
#[test]
fn held_parts_and_unpaid_credits_of_slashes_are_in_the_books_and_no_surplus() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    // A slash of 400 whose receiver could not be paid yet.
    world.touch(&ann);
    world.edit_provider(&ann, |provider| {
        provider.slash(PoolKind::Own, math::Amount(400 * TOKEN));
        provider.unmoved_slashes = 400 * TOKEN;
    });
    world.refuses(ix::sweep_surplus(&ann.at), &[], E::NothingToSweep);
    assert_invariants(&world);
    world.donate(ann.at.stake_vault, 1);
    world.send(&[ix::sweep_surplus(&ann.at)], &[]);
    world.donation_moved(ann.at.stake_vault, Some(world.scenario.network.vault(VaultKind::Treasury)));
    assert_eq!(world.stake_vault(&ann), 10_000 * TOKEN);
    assert_invariants(&world);
}

// network-vault-2
#[test]
fn donations_to_shared_vaults_stay_there_and_no_instruction_guesses_their_books() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    for kind in [VaultKind::Reward, VaultKind::Escrow, VaultKind::Insurance] {
        world.donate(world.scenario.network.vault(kind), 1_000 * TOKEN);
    }
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    assert_floor(world.claim(&dora), EMISSION / 2);
    world.pass(7 * DAY);
    assert_eq!(world.claim_own(&ann), EMISSION / 2);
    assert!(world.vault(VaultKind::Reward) >= 1_000 * TOKEN);
    let mut sweep = ix::sweep_surplus(&ann.at);
    sweep.accounts[2].pubkey = world.scenario.network.vault(VaultKind::Reward);
    world.refuses(sweep, &[], E::WrongVault);
    assert_invariants(&world);
}

#[test]
fn a_surplus_goes_nowhere_but_to_the_treasury() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let eve = world.actor("eve", 0);
    world.donate(ann.at.stake_vault, 123);
    let mut sweep = ix::sweep_surplus(&ann.at);
    sweep.accounts[3].pubkey = eve.tokens;
    world.refuses(sweep, &[], E::WrongVault);
    assert_invariants(&world);
}

// principle-outside-1
#[test]
fn no_step_of_an_epoch_depends_on_an_account_outside_the_program() {
    let world = World::new();
    let ann = world.owner("ann", 1_000, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    // Every recipient there is gets frozen or closed.
    for account in [ann.actor.tokens, dora.actor.tokens, world.scenario.keeper.tokens, world.scenario.admin.tokens] {
        world.set_frozen(&account, true);
    }
    world.freeze(VaultKind::Treasury, true);
    world.send(&[ix::set_reward_destination(&ann.at, Pubkey::new_from_array([6; 32]))], &[&ann.actor]);
    let pool = world.cycle(&[&ann]);
    assert_eq!(pool.distributed, EMISSION);
    world.activate(&dora);
    world.go_to_epoch(10);
    world.send(&[ix::sweep_epoch(&world.scenario.network.network, 1)], &[]);
    let payer = world.scenario.keeper.address();
    world.send(&[ix::close_epoch(&world.scenario.network.network, 1, payer)], &[]);
    assert_invariants(&world);
}

#[test]
fn donations_change_no_price_no_weight_and_no_reward() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    world.donate(ann.at.stake_vault, 1_000_000 * TOKEN);
    let eric = world.holder("eric", &ann, 1_000 * TOKEN);
    assert_eq!(world.position(&eric).total_shares(), world.position(&dora).total_shares(), "nothing to inflate");
    world.cycle(&[&ann]);
    assert_eq!(world.cycle(&[&ann]).total_weight, 12_000 * TOKEN);
    let ticket = world.request_all(&dora);
    world.pass(10 * DAY);
    assert_eq!(world.withdraw(&dora, ticket), 1_000 * TOKEN);
    assert_invariants(&world);
}
