//! Keepers and their bounties (epoch-bounty-1).

use crate::*;

const BOUNTY: u64 = 8_000;

/// A network with `n` providers in epoch 2, epoch 1 open for weighing, and `filled` in the keeper vault.
fn ready(n: usize, filled: u64, edit: impl FnOnce(&mut ScenarioOptions)) -> (World, Vec<Owner>) {
    let world = World::with(edit);
    let owners: Vec<_> = (0..n).map(|i| world.owner(&format!("owner {i}"), 0, 10_000 * TOKEN)).collect();
    world.next_epoch();
    world.finalize(0, &[]);
    world.next_epoch();
    world.open(1);
    world.pass(HOUR);
    world.give(world.scenario.network.vault(VaultKind::Keeper), filled);
    (world, owners)
}

fn earned(world: &World, act: impl FnOnce()) -> u64 {
    let before = world.balance(&world.scenario.keeper);
    act();
    world.balance(&world.scenario.keeper) - before
}

// epoch-bounty-1
#[test]
fn a_batch_is_paid_once_for_what_it_newly_did_and_a_repeat_works_unpaid() {
    let (world, owners) = ready(3, TOKEN, |_| ());
    let all: Vec<&Owner> = owners.iter().collect();
    let mut outcome = Default::default();
    let paid = earned(&world, || outcome = world.send(&[world.weigh_ix(1, &all)], &[]));
    assert_eq!(paid, 3 * BOUNTY);
    let token_program = format!("Program {} invoke [2]", TokenProgram::Spl.id());
    assert_eq!(outcome.logs.iter().filter(|line| **line == token_program).count(), 1, "one transfer for the batch");
    assert_eq!(earned(&world, || drop(world.send(&[world.weigh_ix(1, &all)], &[]))), 0);
    world.pass(HOUR);
    assert_eq!(earned(&world, || drop(world.send(&[world.finalize_ix(1)], &[]))), BOUNTY);
    assert_eq!(earned(&world, || drop(world.send(&[world.settle_ix(1, &all[..2])], &[]))), 2 * BOUNTY);
    assert_eq!(earned(&world, || drop(world.send(&[world.settle_ix(1, &all)], &[]))), BOUNTY);
    assert_eq!(earned(&world, || drop(world.send(&[world.settle_ix(1, &all)], &[]))), 0);
    assert_eq!(world.pool(1).keeper_paid, 7 * BOUNTY, "two for each provider and one");
    assert_invariants(&world);
}

// epoch-bounty-1
#[test]
fn what_has_neither_weight_nor_reward_pays_nothing() {
    let (world, owners) = ready(1, TOKEN, |_| ());
    let idle = world.owner("idle", 0, 10_000 * TOKEN);
    let registered = world.epoch();
    world.next_epoch();
    world.finalize(registered - 1, &[&owners[0]]);
    world.weigh(registered, &[&owners[0]]);
    assert_eq!(earned(&world, || drop(world.send(&[world.weigh_ix(registered, &[&idle])], &[]))), 0);
    assert_eq!((world.pool(registered).weighed, world.pool(registered).weighed_with_weight), (2, 1));
    world.finalize(registered, &[]);
    assert_eq!(earned(&world, || drop(world.send(&[world.settle_ix(registered, &[&idle])], &[]))), 0);
    assert_eq!(world.pool(registered).settled, 1);
    assert_invariants(&world);
}

// epoch-bounty-1
#[test]
fn an_epoch_pays_keepers_no_more_than_its_cap() {
    let (world, owners) = ready(3, TOKEN, |options| options.params.keeper_cap = 2 * BOUNTY + 100);
    let all: Vec<&Owner> = owners.iter().collect();
    assert_eq!(earned(&world, || drop(world.send(&[world.weigh_ix(1, &all[..1])], &[]))), BOUNTY);
    assert_eq!(earned(&world, || drop(world.send(&[world.weigh_ix(1, &all)], &[]))), BOUNTY + 100);
    assert_eq!(world.pool(1).weighed, 3);
    let pool = world.crank(1, &all);
    assert_eq!((pool.keeper_paid, pool.settled), (2 * BOUNTY + 100, 3));
    assert_invariants(&world);
}

// epoch-bounty-2
#[test]
fn with_an_empty_keeper_vault_every_crank_still_works() {
    let world = World::with(|options| options.params.keeper_share_ppm = 0);
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    let pool = world.cycle(&[&ann]);
    assert_eq!((pool.settled, pool.keeper_paid), (1, 0));
    assert_eq!(world.balance(&world.scenario.keeper), 0);
    assert_invariants(&world);
}

// epoch-bounty-2
#[test]
fn a_nearly_empty_keeper_vault_pays_what_it_has() {
    let (world, owners) = ready(1, 5, |options| options.params.keeper_share_ppm = 0);
    assert_eq!(earned(&world, || drop(world.send(&[world.weigh_ix(1, &[&owners[0]])], &[]))), 5);
    assert_invariants(&world);
}

// epoch-bounty-2
#[test]
fn a_keeper_without_an_account_that_can_receive_works_unpaid() {
    let (world, owners) = ready(7, TOKEN, |_| ());
    let chain = &world.scenario.chain;
    let keeper = world.scenario.keeper.address();
    let eve = world.actor("eve", 0);
    let (frozen, foreign, uninitialised) =
        (Pubkey::new_from_array([21; 32]), Pubkey::new_from_array([22; 32]), Pubkey::new_from_array([23; 32]));
    let other_mint = Pubkey::new_from_array([24; 32]);
    let mint = world.scenario.network.mint;
    chain.create_mint(
        other_mint,
        &MintOptions {
            program: TokenProgram::Spl,
            decimals: 6,
            mint_authority: None,
            freeze_authority: None,
            extensions: Vec::new(),
        },
    );
    for (key, mint) in [(frozen, mint), (foreign, other_mint), (uninitialised, mint)] {
        chain.create_token_account(key, TokenProgram::Spl, mint, keeper, 0);
    }
    chain.set_frozen(&frozen, true);
    chain.edit(&uninitialised, |data| data[108] = 0);
    let absent = Pubkey::new_from_array([25; 32]);
    let accounts =
        [None, Some(eve.tokens), Some(frozen), Some(foreign), Some(uninitialised), Some(absent), Some(other_mint)];
    for (owner, account) in owners.iter().zip(accounts) {
        let weigh =
            ix::weigh_providers(&world.scenario.network, 1, ix::Keeper { keeper, account }, None, &[owner.at.provider]);
        world.send(&[weigh], &[]);
    }
    assert_eq!((world.pool(1).weighed, world.pool(1).keeper_paid), (7, 0));
    world.pass(HOUR);
    world.send(&[ix::finalize_epoch(&world.scenario.network, 1, ix::Keeper { keeper, account: Some(frozen) })], &[]);
    for (owner, account) in owners.iter().zip(accounts) {
        let settle =
            ix::settle_providers(&world.scenario.network, 1, ix::Keeper { keeper, account }, &[owner.at.provider]);
        world.send(&[settle], &[]);
    }
    assert_eq!((world.pool(1).settled, world.pool(1).keeper_paid), (7, 0));
    assert_invariants(&world);
}

// epoch-bounty-2
#[test]
fn an_account_of_token_2022_that_demands_memos_goes_unpaid_and_the_crank_works() {
    let (world, owners) = ready(2, TOKEN, |options| options.program = TokenProgram::Token2022);
    let keeper = world.scenario.keeper.address();
    let (demanding, immutable) = (Pubkey::new_from_array([31; 32]), Pubkey::new_from_array([32; 32]));
    const IMMUTABLE_OWNER: [u8; 4] = [7, 0, 0, 0];
    const MEMO_TRANSFER: [u8; 5] = [8, 0, 1, 0, 1];
    for (key, extension) in [(demanding, &MEMO_TRANSFER[..]), (immutable, &IMMUTABLE_OWNER[..])] {
        world.scenario.chain.create_token_account(key, TokenProgram::Token2022, world.scenario.network.mint, keeper, 0);
        let mut account = world.scenario.chain.account(&key).unwrap().unwrap();
        account.data.push(2);
        account.data.extend_from_slice(extension);
        account.lamports *= 2;
        world.scenario.chain.set_account(key, account);
    }
    for (owner, account) in owners.iter().zip([demanding, immutable]) {
        let batch = [owner.at.provider];
        let weigh = ix::weigh_providers(
            &world.scenario.network,
            1,
            ix::Keeper { keeper, account: Some(account) },
            None,
            &batch,
        );
        world.send(&[weigh], &[]);
    }
    assert_eq!(world.pool(1).weighed, 2);
    assert_eq!((world.token_balance(&demanding), world.token_balance(&immutable)), (0, BOUNTY));
    assert_invariants(&world);
}

// principle-frozen-1
#[test]
fn a_frozen_keeper_vault_stops_no_crank() {
    let (world, owners) = ready(1, TOKEN, |_| ());
    let vault = world.scenario.network.vault(VaultKind::Keeper);
    world.set_frozen(&vault, true);
    assert_eq!(earned(&world, || drop(world.send(&[world.weigh_ix(1, &[&owners[0]])], &[]))), 0);
    world.set_frozen(&vault, false);
    assert_eq!(world.pool(1).weighed, 1);
    assert_invariants(&world);
}

// epoch-bounty-2
#[test]
fn without_an_emission_nothing_is_paid_and_cranks_work() {
    let world = World::with(|options| options.mode = EmissionMode::Reserve);
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    let pool = world.cycle(&[&ann]);
    assert_eq!((pool.emission, pool.keeper_paid, pool.settled), (0, 0, 1));
    assert_eq!((world.vault(VaultKind::Keeper), world.balance(&world.scenario.keeper)), (0, 0));
    assert_invariants(&world);
}

// epoch-bounty-1
#[test]
fn the_keeper_vault_is_filled_by_a_share_of_the_emission() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.cycle(&[&ann]);
    // The first weigh found the vault empty; finalizing and settling were paid out of what finalizing
    // brought.
    assert_eq!(world.vault(VaultKind::Keeper), KEEPERS - 2 * BOUNTY);
    assert_eq!(world.balance(&world.scenario.keeper), 2 * BOUNTY);
    assert_invariants(&world);
}
