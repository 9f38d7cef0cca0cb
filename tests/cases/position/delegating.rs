//! Placing stake behind a provider.

use crate::*;

#[test]
fn a_delegation_begins_at_the_minimum() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.stranger("dora", &ann, 1_000 * TOKEN);
    for amount in [0, 1, 100 * TOKEN - 1] {
        world.refuses(world.delegate_ix(&dora, amount), &[&dora.actor], E::BelowMinimumDelegation);
    }
    world.delegate(&dora, 100 * TOKEN);
    let position = world.position(&dora);
    assert_eq!((position.shares, position.total_shares().0), (0, 100 * TOKEN));
    assert_eq!(position.pending[0].activation_epoch, 1);
    assert_eq!(world.balance(&dora.actor), 900 * TOKEN);
    assert_invariants(&world);
}

#[test]
fn a_second_deposit_of_the_same_epoch_joins_the_first() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.stranger("dora", &ann, 1_000 * TOKEN);
    world.delegate(&dora, 100 * TOKEN);
    world.delegate(&dora, 150 * TOKEN);
    let position = world.position(&dora);
    assert_eq!(position.pending.map(|lot| (lot.activation_epoch, lot.shares)), [(1, 250 * TOKEN), (0, 0)]);
    assert_eq!(world.provider(&ann).live_positions, 2);
    assert_invariants(&world);
}

#[test]
fn a_delegator_gets_at_least_the_shares_it_asked_for_or_none() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.stranger("dora", &ann, 1_000 * TOKEN);
    let ask = |min_shares_out| {
        let input = ix::Delegate { from: dora.actor.tokens, amount: 500 * TOKEN, min_shares_out, max_open_claims: 0 };
        ix::delegate(&dora.at, input)
    };
    world.refuses(ask(500 * TOKEN + 1), &[&dora.actor], E::FewerSharesThanAsked);
    world.refuses(ask(u64::MAX), &[&dora.actor], E::FewerSharesThanAsked);
    world.send(&[ask(500 * TOKEN)], &[&dora.actor]);
    assert_invariants(&world);
}

#[test]
fn after_a_slash_a_token_buys_more_shares_and_the_dust_stays_in_the_pool() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 3_000 * TOKEN);
    world.slash(&ann, PoolKind::Delegated, 999 * TOKEN + 7);
    let pool = *world.provider(&ann).delegated;
    let eric = world.holder("eric", &ann, 100 * TOKEN + 1);
    let (_, minted) = pool.deposit(math::Amount(100 * TOKEN + 1)).unwrap();
    assert_eq!(world.position(&eric).total_shares(), minted);
    assert!(minted.0 > 100 * TOKEN + 1);
    let pool = *world.provider(&ann).delegated;
    assert_eq!(pool.value(minted).0, 100 * TOKEN, "less than a base unit is lost");
    assert!(pool.value(world.position(&dora).total_shares()).0 >= 3_000 * TOKEN - 999 * TOKEN - 7);
    assert_invariants(&world);
}

// position-deposit-2
#[test]
fn a_depositor_says_how_many_open_claims_it_accepts() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.holder("dora", &ann, 1_000 * TOKEN);
    world.open_claim(&ann, 1, 0, 30 * TOKEN);
    world.open_claim(&ann, 2, 0, 5);
    let eric = world.stranger("eric", &ann, 1_000 * TOKEN);
    let delegate = |max_open_claims| {
        let input = ix::Delegate { from: eric.actor.tokens, amount: 500 * TOKEN, min_shares_out: 0, max_open_claims };
        ix::delegate(&eric.at, input)
    };
    world.refuses(delegate(0), &[&eric.actor], E::OpenClaims);
    world.refuses(delegate(30 * TOKEN + 4), &[&eric.actor], E::OpenClaims);
    world.send(&[delegate(30 * TOKEN + 5)], &[&eric.actor]);
    assert_invariants(&world);
}

// position-withdraw-3
#[test]
fn a_claim_on_the_own_pool_keeps_no_delegator_out_and_changes_no_weight() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    world.cycle(&[&ann]);
    world.open_claim(&ann, 1, 10_000 * TOKEN, 0);
    world.holder("dora", &ann, 1_000 * TOKEN);
    let pool = world.cycle(&[&ann]);
    assert_eq!(pool.total_weight, 10_000 * TOKEN);
    assert_invariants(&world);
}

// epoch-weigh-2
#[test]
fn stake_above_the_leverage_cap_is_accepted_and_earns_no_weight() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 200_000 * TOKEN);
    world.cycle(&[&ann]);
    let pool = world.cycle(&[&ann]);
    assert_eq!((pool.stake_folded, pool.total_weight), (170_000 * TOKEN, 170_000 * TOKEN));
    assert_floor(world.claim(&dora), EMISSION - EMISSION / 17);
    assert_invariants(&world);
}

#[test]
fn each_provider_keeps_its_own_vault() {
    let world = World::new();
    let (ann, ben) = (world.owner("ann", 0, 10_000 * TOKEN), world.owner("ben", 0, 11_000 * TOKEN));
    world.holder("dora", &ann, 1_000 * TOKEN);
    world.holder("eric", &ben, 2_000 * TOKEN);
    assert_eq!((world.stake_vault(&ann), world.stake_vault(&ben)), (11_000 * TOKEN, 13_000 * TOKEN));
    world.slash(&ann, PoolKind::Delegated, 1_000 * TOKEN);
    assert_eq!(world.stake_vault(&ben), 13_000 * TOKEN);
    assert_invariants(&world);
}

#[test]
fn the_source_must_hold_the_work_token_and_be_free() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.stranger("dora", &ann, 1_000 * TOKEN);
    world.refuses(world.delegate_ix(&dora, 1_000 * TOKEN + 1), &[&dora.actor], E::InsufficientFunds);
    world.refuses(world.delegate_ix(&dora, u64::MAX), &[&dora.actor], E::InsufficientFunds);
    world.set_frozen(&dora.actor.tokens, true);
    world.refuses(world.delegate_ix(&dora, 500 * TOKEN), &[&dora.actor], E::TokenAccountFrozen);
    world.set_frozen(&dora.actor.tokens, false);

    let from = |from| {
        let input = ix::Delegate { from, amount: 500 * TOKEN, min_shares_out: 0, max_open_claims: 0 };
        ix::delegate(&dora.at, input)
    };
    world.refuses(from(Pubkey::new_from_array([8; 32])), &[&dora.actor], E::NotATokenAccount);
    let other_mint = Pubkey::new_from_array([9; 32]);
    let other = Pubkey::new_from_array([10; 32]);
    world.scenario.chain.create_mint(
        other_mint,
        &MintOptions {
            program: TokenProgram::Spl,
            decimals: 6,
            mint_authority: None,
            freeze_authority: None,
            extensions: Vec::new(),
        },
    );
    world.scenario.chain.create_token_account(other, TokenProgram::Spl, other_mint, dora.actor.address(), 500 * TOKEN);
    world.refuses(from(other), &[&dora.actor], E::WrongMint);
    world.refuses(from(other_mint), &[&dora.actor], E::NotATokenAccount);
    assert_invariants(&world);
}

#[test]
fn nobody_delegates_with_anothers_tokens() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.stranger("dora", &ann, 1_000 * TOKEN);
    let eve = world.stranger("eve", &ann, 0);
    let input = ix::Delegate { from: dora.actor.tokens, amount: 500 * TOKEN, min_shares_out: 0, max_open_claims: 0 };
    let before = Photo::of(&world);
    let stolen = world.tries(&[ix::delegate(&eve.at, input)], &[&eve.actor]);
    // 4: the token program's OwnerMismatch.
    refused_with_code(&world, &before, stolen, 4);
    assert_invariants(&world);
}

#[test]
fn only_its_holder_acts_on_a_position() {
    let world = World::new();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let dora = world.holder("dora", &ann, 1_000 * TOKEN);
    let ticket = world.request(&dora, 500 * TOKEN);
    let eve = world.actor("eve", 1_000 * TOKEN);
    let mut as_eve = dora.at;
    as_eve.holder = eve.address();
    let input = ix::Delegate { from: eve.tokens, amount: 500 * TOKEN, min_shares_out: 0, max_open_claims: 0 };
    world.pass(20 * DAY);
    for instruction in [
        ix::delegate(&as_eve, input),
        ix::request_unbonding(&as_eve, 2, 1),
        ix::cancel_unbonding(&as_eve, ticket),
        ix::withdraw_unbonded(&as_eve, ticket, eve.tokens),
        ix::claim_rewards(&as_eve, eve.tokens),
        ix::restake(&as_eve, 0),
    ] {
        world.refuses(instruction, &[&eve], E::NotTheOwner);
    }
    assert_invariants(&world);
}
