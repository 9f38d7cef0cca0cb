//! Every invariant of the books, checked against everything that stands on the chain.

use {
    crate::World,
    std::collections::BTreeMap,
    work_token_sdk::{
        Account, ID, Pubkey,
        math::{Epoch, MAX_SUPPLY},
        state::{
            Delegation, EpochPool, EpochState, Network, ParamChange, PoolKind, Provider, StakePool, Unbonding,
            VaultKind,
            provider::{Terms, record_flags},
        },
        transport::{Filter, RawAccount, Transport},
    },
};

/// All accounts of the program.
#[derive(Default)]
struct Books {
    networks: BTreeMap<Pubkey, Network>,
    providers: BTreeMap<Pubkey, Provider>,
    positions: BTreeMap<Pubkey, Delegation>,
    tickets: BTreeMap<Pubkey, Unbonding>,
    epochs: BTreeMap<Pubkey, EpochPool>,
    changes: BTreeMap<Pubkey, ParamChange>,
}

/// Asserts every invariant. Every story ends with it.
#[track_caller]
pub fn assert_invariants(world: &World) {
    let books = Books::read(world);
    for (key, network) in &books.networks {
        let terms = network.terms(world.now());
        let providers: Vec<_> = books.providers.iter().filter(|(_, provider)| provider.network == *key).collect();
        for (provider_key, provider) in &providers {
            books.assert_provider(world, provider_key, provider, &terms);
        }
        let epochs: Vec<_> = books.epochs.values().filter(|pool| pool.network == *key).collect();
        for pool in &epochs {
            assert_epoch(pool, &providers);
        }
        assert_reward_vault(world, network, &providers, &epochs);
        assert_other_vaults(world, network);
    }
    books.assert_nothing_is_orphaned();
    assert_supplies(world, &books);
}

impl Books {
    fn read(world: &World) -> Self {
        let mut books = Self::default();
        let accounts =
            world.scenario.chain.program_accounts(&ID, &Filter::default()).expect("the embedded chain answers");
        for (key, account) in accounts {
            let known = read_into(&mut books.networks, key, &account)
                || read_into(&mut books.providers, key, &account)
                || read_into(&mut books.positions, key, &account)
                || read_into(&mut books.tickets, key, &account)
                || read_into(&mut books.epochs, key, &account)
                || read_into(&mut books.changes, key, &account);
            assert!(known, "{key} belongs to the program and is none of its accounts");
        }
        books
    }

    fn positions_of(&self, provider: &Pubkey) -> impl Iterator<Item = (&Pubkey, &Delegation)> {
        self.positions.iter().filter(move |(_, position)| position.provider == *provider)
    }

    fn tickets_of(&self, position: &Pubkey) -> impl Iterator<Item = &Unbonding> {
        self.tickets.values().filter(move |ticket| ticket.delegation == *position)
    }

    fn assert_provider(&self, world: &World, key: &Pubkey, provider: &Provider, terms: &Terms) {
        assert_pool(&provider.own);
        assert_pool(&provider.delegated);
        assert_exactly(
            world.tokens(&provider.stake_vault),
            provider.vault_books().0,
            donated(world, &provider.stake_vault),
            "the stake vault holds both pools, held parts and credits",
        );
        let tickets: Vec<_> = self.positions_of(key).flat_map(|(position, _)| self.tickets_of(position)).collect();
        for (kind, pool) in [(PoolKind::Own, &provider.own), (PoolKind::Delegated, &provider.delegated)] {
            let in_tickets: u64 = tickets
                .iter()
                .filter(|ticket| ticket.pool_kind() == kind && ticket.generation == pool.generation)
                .map(|ticket| ticket.shares)
                .sum();
            assert_eq!(pool.unbonding_shares, in_tickets, "unbonding shares are those of the live tickets");
            let in_positions: u64 = self
                .positions_of(key)
                .filter(|(_, position)| position.pool_kind() == kind && position.generation == pool.generation)
                .map(|(_, position)| position.total_shares().0)
                .sum();
            assert_eq!(pool.shares, in_positions + in_tickets, "every share is in a position or a ticket ({kind:?})");
        }
        assert_eq!(
            provider.held,
            tickets.iter().map(|ticket| ticket.held).sum::<u64>(),
            "what is held is held for tickets"
        );
        let positions: Vec<_> = self.positions_of(key).collect();
        assert_eq!(provider.live_positions as usize, positions.len(), "every position is counted");
        for (position_key, position) in &positions {
            self.assert_tickets(position_key, position);
        }
        for provider in [*provider, touched(provider, terms)] {
            assert_records(&provider);
            assert_index(&provider);
            assert_rewards_are_owed(&provider, &positions);
        }
        assert_divisors(&touched(provider, terms), &positions);
        for entry in &provider.vesting {
            assert!(entry.taken <= entry.amount, "no more is taken than vests");
        }
    }

    fn assert_tickets(&self, key: &Pubkey, position: &Delegation) {
        let tickets: Vec<_> = self.tickets_of(key).collect();
        let live = tickets.iter().filter(|ticket| ticket.shares > 0).count();
        let held = tickets.iter().filter(|ticket| ticket.is_held()).count();
        assert_eq!(usize::from(position.live_tickets), live, "every live ticket is counted");
        assert_eq!(usize::from(position.held_tickets), held, "every held ticket is counted");
        assert_eq!(tickets.len(), live + held, "no empty ticket stays");
        assert!(tickets.iter().all(|ticket| ticket.number <= position.last_ticket), "no ticket has a number to come");
        assert!(tickets.iter().all(|ticket| ticket.pool == position.pool), "a ticket is in its position's pool");
    }

    fn assert_nothing_is_orphaned(&self) {
        assert!(self.providers.values().all(|provider| self.networks.contains_key(&provider.network)));
        assert!(self.positions.values().all(|position| self.providers.contains_key(&position.provider)));
        assert!(self.tickets.values().all(|ticket| self.positions.contains_key(&ticket.delegation)));
        assert!(self.epochs.values().all(|pool| self.networks.contains_key(&pool.network)));
        assert!(self.changes.values().all(|change| self.networks.contains_key(&change.network)));
    }
}

fn read_into<A: Account>(accounts: &mut BTreeMap<Pubkey, A>, key: Pubkey, account: &RawAccount) -> bool {
    match A::decode(&account.data) {
        Ok(decoded) => {
            assert_eq!(account.data.len(), A::SIZE, "{key} is a {} of the wrong size", A::NAME);
            accounts.insert(key, decoded);
            true
        }
        Err(_) => false,
    }
}

fn touched(provider: &Provider, terms: &Terms) -> Provider {
    let mut provider = *provider;
    provider.touch(terms);
    provider
}

fn donated(world: &World, vault: &Pubkey) -> u64 {
    world.outside.borrow().donated.get(vault).copied().unwrap_or(0)
}

fn assert_exactly(balance: u64, books: u64, donated: u64, what: &str) {
    assert!(balance >= books, "{what}: {balance} < {books}");
    assert_eq!(balance, books + donated, "{what}, and donations");
}

fn assert_pool(pool: &StakePool) {
    assert!(pool.tokens <= pool.shares, "a share never costs more than one token");
    assert!(pool.tokens < MAX_SUPPLY, "a pool holds less than 2^60");
    assert!(u128::from(pool.shares) <= 16 * u128::from(MAX_SUPPLY), "a pool has at most 2^64 shares");
    assert!(pool.unbonding_shares <= pool.shares, "what leaves is in the pool");
    assert_eq!(pool.tokens == 0, pool.shares == 0, "shares without tokens have ended with their generation");
}

/// The last eight epochs since the registration, each in its slot, none missing.
fn assert_records(provider: &Provider) {
    let newest = provider.last_touched_epoch;
    let oldest = provider.registered_epoch.max(newest.saturating_sub(7));
    for epoch in oldest..=newest {
        assert!(provider.record(Epoch(epoch)).is_some(), "the record of epoch {epoch} is kept");
    }
    for record in provider.records.iter().filter(|record| record.flags != 0) {
        assert!((oldest..=newest).contains(&record.epoch), "no record of another epoch is left");
        assert!(record.own_staked <= record.own_total && record.delegated_staked <= record.delegated_total);
    }
}

/// The index ends of the settled epochs never fall, and none is above the index.
fn assert_index(provider: &Provider) {
    let unsettled = provider.rewards.unsettled_epoch;
    let oldest = provider.registered_epoch.max(unsettled.saturating_sub(16));
    let index = |bytes: [u8; 16]| u128::from_le_bytes(bytes);
    let ends = (oldest..unsettled).map(|epoch| index(provider.rewards.index_ends_x64[epoch as usize % 16]));
    let mut last = 0;
    for end in ends.chain([index(provider.rewards.reward_index_x64)]) {
        assert!(end >= last, "index ends never fall");
        last = end;
    }
}

/// What positions were credited and could harvest never exceeds what their pool owes.
fn assert_rewards_are_owed(provider: &Provider, positions: &[(&Pubkey, &Delegation)]) {
    let mut credited = 0u128;
    for (_, position) in positions {
        let mut position = **position;
        provider.harvest(&mut position);
        credited += u128::from(position.credited);
    }
    let owed = provider.rewards.owed;
    assert!(credited <= u128::from(owed), "positions may claim {credited}, the pool owes {owed}");
}

/// The divisor of every unsettled epoch is the sum of the shares that will be paid for it: no share is paid without being counted,
/// none is counted without being paid.
fn assert_divisors(provider: &Provider, positions: &[(&Pubkey, &Delegation)]) {
    for record in provider.records.iter().filter(|record| record.flags != 0) {
        if record.epoch < provider.rewards.unsettled_epoch {
            continue;
        }
        let mut earning = 0;
        for (_, position) in positions {
            if position.pool_kind() == PoolKind::Own || position.generation != provider.delegated.generation {
                continue;
            }
            let lots = position.pending.iter().filter(|lot| lot.activation_epoch <= record.epoch);
            earning += position.shares + lots.map(|lot| lot.shares).sum::<u64>();
        }
        assert_eq!(record.delegated_shares, earning, "the divisor of epoch {} is what earns in it", record.epoch);
    }
}

fn assert_epoch(pool: &EpochPool, providers: &[(&Pubkey, &Provider)]) {
    assert!(pool.distributed + pool.reclaimed <= pool.emission, "no more is distributed than was emitted");
    assert!(pool.keeper_paid <= pool.keeper_cap, "keepers get no more than the cap");
    assert!(pool.settled_weight <= pool.total_weight && pool.weighed_with_weight <= pool.weighed);
    if pool.state == EpochState::Open as u8 {
        assert_eq!((pool.emission, pool.distributed, pool.settled), (0, 0, 0), "an open epoch has nothing to share");
    }
    let weighed = providers.iter().filter(|(_, provider)| {
        provider.record(Epoch(pool.epoch)).is_some_and(|record| record.flags & record_flags::WEIGHED != 0)
    });
    let weighed = weighed.count();
    assert!(weighed <= pool.weighed as usize, "who was weighed is counted");
    let weight = |settled_only: bool| -> u64 {
        let records = providers.iter().filter_map(|(_, provider)| {
            let record = provider.record(Epoch(pool.epoch))?;
            (!settled_only || provider.rewards.unsettled_epoch > pool.epoch).then_some(record.weight)
        });
        records.sum()
    };
    if weighed < pool.weighed as usize {
        // Some of the records have left their rings, or their providers have closed.
        assert!(pool.total_weight >= weight(false), "the epoch's weight covers every recorded weight");
    } else {
        assert_eq!(pool.total_weight, weight(false), "the epoch's weight is the sum of the recorded weights");
        assert_eq!(pool.settled_weight, weight(true), "the settled weight is that of the settled providers");
    }
}

/// To the unit: what is owed to delegators, what vests for owners, fees not yet shared, what finalized epochs have left, what is carried.
fn assert_reward_vault(world: &World, network: &Network, providers: &[(&Pubkey, &Provider)], epochs: &[&EpochPool]) {
    let mut books = network.carried;
    for (_, provider) in providers {
        books += provider.rewards.owed + provider.own_rewards().0;
        books += provider.records.iter().map(|record| record.fees).sum::<u64>();
    }
    for pool in epochs.iter().filter(|pool| pool.state == EpochState::Finalized as u8) {
        books += pool.undistributed().0;
    }
    let donated = donated(world, &network.reward_vault);
    assert_exactly(world.tokens(&network.reward_vault), books, donated, "the reward vault holds every reward");
}

fn assert_other_vaults(world: &World, network: &Network) {
    for kind in [VaultKind::Escrow, VaultKind::Insurance, VaultKind::Treasury] {
        let vault = network.vault(kind);
        assert!(world.tokens(vault) <= donated(world, vault), "nothing enters {kind:?} yet but donations");
    }
}

/// Supply = what was given + what was emitted - what was burned, and every unit of it is in some account.
fn assert_supplies(world: &World, books: &Books) {
    let mut emitted: BTreeMap<Pubkey, u64> = BTreeMap::new();
    for network in books.networks.values() {
        *emitted.entry(network.mint).or_default() += if network.mints() { network.emitted_total } else { 0 };
    }
    let outside = world.outside.borrow();
    let of = |table: &BTreeMap<Pubkey, u64>, mint: &Pubkey| table.get(mint).copied().unwrap_or(0);
    for (mint, emitted) in emitted {
        let expected = of(&outside.given, &mint) + emitted - of(&outside.burned, &mint);
        assert_eq!(
            world.scenario.chain.supply(&mint),
            expected,
            "the supply is what was given and emitted, less what burned"
        );
        assert_eq!(held_in_all(world, &mint), u128::from(expected), "every unit of the supply is in some account");
    }
}

fn held_in_all(world: &World, mint: &Pubkey) -> u128 {
    let of_mint = Filter { size: None, bytes: vec![(0, mint.to_bytes().to_vec())] };
    let program = world.scenario.program.id();
    let accounts = world.scenario.chain.program_accounts(&program, &of_mint).expect("the embedded chain answers");
    accounts.iter().map(|(key, _)| u128::from(world.tokens(key))).sum()
}
