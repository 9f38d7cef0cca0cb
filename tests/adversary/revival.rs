//! What is closed stays closed, and what is done twice in one breath is done once: sequences of instructions
//! in one transaction.

mod dispute;
mod job;
mod vote;

use {
    crate::{
        cases::{self, Repeat},
        world::*,
    },
    solana_sdk::{instruction::AccountMeta, pubkey::Pubkey},
    work_token_sdk::{
        Instruction, PositionAddresses, WorkTokenError as E, addresses, ix,
        math::Amount,
        state::{AuthorityRole, Delegation, EpochPool, Network, PoolKind, VaultKind},
    },
};

/// The system program's transfer.
pub fn transfer(from: &Pubkey, to: &Pubkey, lamports: u64) -> Instruction {
    let mut data = 2u32.to_le_bytes().to_vec();
    data.extend(lamports.to_le_bytes());
    let accounts = vec![AccountMeta::new(*from, true), AccountMeta::new(*to, false)];
    Instruction { program_id: ix::SYSTEM_PROGRAM, accounts, data }
}

/// What somebody has: tokens, and shares at today's price, leaving or not.
fn worth(world: &World, who: &Person, position: &PositionAddresses) -> u64 {
    let provider = world.provider(&position.provider);
    let state: Delegation = world.read(&position.delegation);
    let tickets = (1..=state.last_ticket).filter_map(|number| {
        let account = work_token_sdk::transport::Transport::account(&world.chain.net, &position.ticket(number).0);
        let account = account.expect("the embedded chain answers").filter(|account| !account.data.is_empty())?;
        Some(
            <work_token_sdk::state::Unbonding as work_token_sdk::Account>::decode(&account.data)
                .expect("a ticket")
                .shares,
        )
    });
    let shares = state.total_shares().0 + tickets.sum::<u64>();
    world.balance(&who.tokens) + provider.delegated.value(work_token_sdk::math::Shares(shares)).0
}

#[test]
fn a_ticket_that_was_withdrawn_cannot_be_withdrawn_again_though_its_address_lives_on() {
    let world = World::new();
    let (position, ticket) = (world.p1.position(world.d1.key), world.p1.position(world.d1.key).ticket(1).0);
    world.go_to(15 * DAY);
    let withdraw = ix::withdraw_unbonded(&position, 1, world.d1.tokens);
    let revive = transfer(&world.d1.key, &ticket, 10_000_000);
    world.chain.refused(&[withdraw.clone(), withdraw.clone()], E::WrongAccountOwner);
    world.chain.refused(&[withdraw.clone(), revive.clone(), withdraw.clone()], E::WrongAccountOwner);
    world.chain.refused(&[withdraw.clone(), revive.clone(), ix::cancel_unbonding(&position, 1)], E::WrongAccountOwner);
    world.chain.refused(&[ix::cancel_unbonding(&position, 1), revive.clone(), withdraw.clone()], E::WrongAccountOwner);
    world.chain.must(&[withdraw.clone(), revive]);
    world.chain.refused(&[withdraw], E::WrongAccountOwner);
}

#[test]
fn a_withdrawal_and_a_request_in_one_transaction_use_two_tickets() {
    let world = World::new();
    let position = world.p1.position(world.d1.key);
    world.go_to(15 * DAY);
    let before = worth(&world, &world.d1, &position);
    world.chain.must(&[
        ix::withdraw_unbonded(&position, 1, world.d1.tokens),
        ix::request_unbonding(&position, 3, TOKEN),
        ix::cancel_unbonding(&position, 3),
        ix::request_unbonding(&position, 4, TOKEN),
    ]);
    assert_eq!(worth(&world, &world.d1, &position), before);
    world.chain.refused(&[ix::withdraw_unbonded(&position, 4, world.d1.tokens)], E::NotMatured);
}

#[test]
fn a_position_closed_and_opened_again_in_one_transaction_is_a_new_one() {
    let world = World::new();
    let position = world.p1.position(world.d5.key);
    world.go_to(15 * DAY);
    let before = world.provider(&world.p1).live_positions;
    world.chain.must(&[
        ix::withdraw_unbonded(&position, 1, world.d5.tokens),
        ix::close_delegation(&position, world.d5.key),
        delegate(&position, world.d5.tokens, 500 * TOKEN),
        ix::request_unbonding(&position, 1, 100 * TOKEN),
    ]);
    let state: Delegation = world.read(&position.delegation);
    assert_eq!((state.last_ticket, state.live_tickets, state.credited), (1, 1, 0));
    assert_eq!(world.provider(&world.p1).live_positions, before);
    // Neither a claim on the past nor the old ticket comes with it.
    world.chain.refused(&[ix::claim_rewards(&position, world.d5.tokens)], E::NothingToClaim);
    world.chain.refused(&[ix::withdraw_unbonded(&position, 1, world.d5.tokens)], E::NotMatured);
    let close = ix::close_delegation(&position, world.d5.key);
    world.chain.refused(&[close.clone(), close], E::PositionNotEmpty);
}

#[test]
fn a_closed_epoch_cannot_be_opened_again() {
    let world = World::new();
    let network = world.a.at.network;
    world.go_to(10 * DAY);
    let close = ix::close_epoch(&network, 1, world.rentier);
    world.chain.must(&[ix::sweep_epoch(&network, 1), close.clone()]);
    world.chain.refused(&[world.open(&world.a, 1)], E::EpochNotOpenable);
    world.chain.refused(std::slice::from_ref(&close), E::WrongAccountOwner);
    world.go_to(11 * DAY);
    let revive = transfer(&world.attacker.key, &addresses::epoch_pool(&network, 2), 10_000_000);
    let again = ix::close_epoch(&network, 2, world.rentier);
    world
        .chain
        .refused(&[ix::sweep_epoch(&network, 2), again, revive, ix::sweep_epoch(&network, 2)], E::WrongAccountOwner);
}

#[test]
fn a_change_is_executed_or_cancelled_once() {
    let world = World::new();
    let network = world.a.at.network;
    world.go_to(4 * DAY + 12 * HOUR);
    world.open_due(&world.a);
    let (execute, cancel) = (
        ix::execute_params(&world.a.at, 1, world.rentier),
        ix::cancel_params(&network, world.a.admin, 1, world.rentier),
    );
    for pair in [[&execute, &execute], [&execute, &cancel], [&cancel, &execute], [&cancel, &cancel]] {
        world.chain.refused(&pair.map(Instruction::clone), E::WrongAccountOwner);
    }
    world.chain.must(&[execute]);
    assert_eq!(world.network().params_version, 2);
    // A cancelled change's number stays used.
    world.chain.must(&[ix::cancel_params(&network, world.a.admin, 2, world.rentier)]);
    let repeat = world.propose(2, &work_token_sdk::presets::NETWORK_PARAMS);
    world.chain.refused(&[repeat], E::WrongAddress);
}

#[test]
fn loops_of_one_holder_gain_nothing() {
    let world = World::new();
    let position = world.p1.position(world.d1.key);
    let before = worth(&world, &world.d1, &position);
    let credited = |world: &World| world.read::<Delegation>(&position.delegation).credited;
    world.chain.must(&[ix::claim_rewards(&position, world.d1.tokens)]);
    let claimed = worth(&world, &world.d1, &position) - before;
    for round in 0..20 {
        let number = 3 + round;
        world.chain.must(&[
            delegate(&position, world.d1.tokens, 500 * TOKEN),
            ix::request_unbonding(&position, number, 777 * TOKEN),
            ix::cancel_unbonding(&position, number),
        ]);
        world.chain.refused(&[ix::claim_rewards(&position, world.d1.tokens)], E::NothingToClaim);
        assert_eq!((worth(&world, &world.d1, &position), credited(&world)), (before + claimed, 0));
    }
}

#[test]
fn stake_that_comes_and_goes_within_an_epoch_earns_nothing() {
    let mut world = World::new();
    let sniper = person(&mut world.chain, &world.a, "sniper");
    let position = world.p1.position(sniper.key);
    // In the last second of epoch 4, and away in the first of epoch 5.
    world.go_to(5 * DAY - 1);
    world.chain.must(&[delegate(&position, sniper.tokens, 500_000 * TOKEN)]);
    world.go_to(5 * DAY);
    world.chain.must(&[ix::request_unbonding(&position, 1, 500_000 * TOKEN)]);
    for epoch in 3..6 {
        world.crank(&world.a, epoch, &[&world.p1, &world.p2]);
    }
    world.chain.refused(&[ix::claim_rewards(&position, sniper.tokens)], E::NothingToClaim);
    world.go_to(15 * DAY);
    world.chain.must(&[ix::withdraw_unbonded(&position, 1, sniper.tokens)]);
    assert_eq!(world.balance(&sniper.tokens), 1_000_000 * TOKEN);
}

#[test]
fn one_transaction_cannot_take_an_epoch_that_the_keepers_missed() {
    let world = World::new();
    let alone = [
        world.open(&world.a, 3),
        world.weigh(&world.a, 3, world.paid_keeper(), &[world.p1.provider]),
        ix::finalize_epoch(&world.a.at, 3, world.paid_keeper()),
    ];
    for day in 5..=10 {
        world.go_to(day * DAY);
        world.chain.refused(&alone, E::TooEarlyToFinalize);
    }
    // Nor, for as long as the others would have been in time, can one make it worthless.
    world.go_to(5 * DAY - 1);
    world.chain.refused(&[alone[0].clone(), alone[2].clone()], E::TooEarlyToFinalize);
    // Later than eight epochs nothing of it can be weighed any more: it ends without an emission.
    world.go_to(11 * DAY);
    let supply = world.chain.net.supply(&world.a.at.mint);
    world.chain.must(&alone);
    assert_eq!(world.chain.net.supply(&world.a.at.mint), supply);
}

#[test]
fn cranks_repeated_in_one_transaction_count_and_pay_once() {
    let world = World::new();
    let (keeper, providers) = (world.paid_keeper(), [world.p1.provider, world.p2.provider, world.p1.provider]);
    let weigh = world.weigh(&world.a, 3, keeper, &providers);
    let settle = ix::settle_providers(&world.a.at, 3, keeper, &providers);
    world.chain.net.give_tokens(&world.a.vault(VaultKind::Keeper), TOKEN);
    world.chain.must(&[world.open(&world.a, 3)]);
    world.go_to(4 * DAY + HOUR);
    let start = world.balance(&world.keeper.tokens);
    world.chain.must(&[weigh.clone(), weigh.clone(), weigh]);
    let pool: EpochPool = world.read(&addresses::epoch_pool(&world.a.at.network, 3));
    assert_eq!((pool.weighed, pool.keeper_paid), (2, 16_000));
    world.go_to(4 * DAY + 2 * HOUR);
    let finalize = ix::finalize_epoch(&world.a.at, 3, keeper);
    world.chain.refused(&[finalize.clone(), finalize.clone()], E::AlreadyFinalized);
    world.chain.must(&[finalize, settle.clone(), settle.clone(), settle]);
    let pool: EpochPool = world.read(&addresses::epoch_pool(&world.a.at.network, 3));
    assert_eq!((pool.settled, pool.keeper_paid), (2, 40_000));
    assert!(pool.distributed <= pool.emission);
    assert_eq!(world.balance(&world.keeper.tokens), start + 40_000);
}

#[test]
fn an_authority_is_accepted_once_and_only_by_whom_it_was_offered_to() {
    let world = World::new();
    let (network, old) = (world.a.at.network, world.a.admin);
    let offer = |to| ix::propose_authority(&network, old, AuthorityRole::Admin, to);
    let accept = |who| ix::accept_authority(&network, who, AuthorityRole::Admin);
    world.chain.refused(&[offer(world.o1.key), accept(world.attacker.key)], E::NotThePendingAuthority);
    world.chain.refused(&[offer(world.o1.key), offer(world.o2.key), accept(world.o1.key)], E::NotThePendingAuthority);
    world
        .chain
        .refused(&[offer(world.o1.key), offer(Default::default()), accept(world.o1.key)], E::NotThePendingAuthority);
    world.chain.refused(&[offer(world.o1.key), accept(world.o1.key), accept(world.o1.key)], E::NotThePendingAuthority);
    world.chain.must(&[offer(world.o1.key), accept(world.o1.key)]);
    world.chain.refused(&[offer(old)], E::NotTheAdmin);
    assert_eq!(world.read::<Network>(&network).authorities.admin, world.o1.key);
}

#[test]
fn an_own_position_that_is_empty_again_waits_thirty_days_again() {
    let world = World::new();
    let (own, close) = (world.p2.own(), ix::close_delegation(&world.p2.own(), world.attacker.key));
    world.chain.must(&[ix::request_unbonding(&own, 1, 20_000 * TOKEN)]);
    world.go_to(40 * DAY);
    world.chain.must(&[
        ix::withdraw_unbonded(&own, 1, world.o2.tokens),
        ix::stake_self(&world.p2, world.o2.tokens, 10_000 * TOKEN),
        ix::request_unbonding(&own, 2, 10_000 * TOKEN),
        ix::retire(&world.p2),
    ]);
    world.go_to(75 * DAY);
    world.chain.must(&[ix::withdraw_unbonded(&own, 2, world.o2.tokens)]);
    world.chain.refused(std::slice::from_ref(&close), E::TooEarlyToClose);
    world.go_to(105 * DAY - 1);
    world.chain.refused(std::slice::from_ref(&close), E::TooEarlyToClose);
    world.go_to(105 * DAY);
    world.chain.must(&[close]);
}

/// Nothing notes when a position became empty by a slash, so its thirty days never begin: its holder alone
/// can close it.
#[test]
fn a_position_that_was_slashed_away_is_closed_by_its_holder_alone() {
    let mut world = World::new();
    let holder = person(&mut world.chain, &world.a, "d9");
    let position = world.p1.position(holder.key);
    world.chain.must(&[delegate(&position, holder.tokens, 500 * TOKEN)]);
    let mut provider = world.provider(&world.p1);
    provider.slash(PoolKind::Delegated, Amount(u64::MAX));
    world.write(&world.p1.provider, &provider);
    world.go_to(400 * DAY);
    world.chain.refused(&[ix::activate_delegation(&position, world.paid_keeper())], E::LotNotDue);
    world.chain.refused(&[ix::claim_rewards(&position, holder.tokens)], E::NothingToClaim);
    world.chain.refused(&[ix::close_delegation(&position, world.attacker.key)], E::TooEarlyToClose);
    world.chain.must(&[ix::close_delegation(&position, holder.key)]);
}

/// What may be sent again is named by its case, one by one; everything else happens once.
#[test]
fn what_is_done_once_is_refused_the_second_time_and_only_that() {
    let mut world = World::new();
    let start = world.chain.snapshot();
    let mut wrong = Vec::new();
    for case in cases::all().into_iter().filter(|case| case.repeat != Repeat::ByChance) {
        world.chain.restore(&start);
        let instruction = (case.prepare)(&mut world);
        let repeat = match world.chain.send(&[instruction.clone(), instruction.clone()]) {
            Ok(()) => Repeat::Again,
            Err(_) => {
                // Nor may it be sent again in a transaction of its own.
                world.chain.must(std::slice::from_ref(&instruction));
                world.chain.refusal(&[instruction]);
                Repeat::Once
            }
        };
        if repeat != case.repeat {
            wrong.push((case.name, repeat));
        }
    }
    assert!(wrong.is_empty(), "what each is: {wrong:#?}");
}
