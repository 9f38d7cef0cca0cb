//! Every invariant of the books, checked against everything that stands on the chain.

mod dispute;
mod epoch;
mod job;
mod jury;
mod place;
mod provider;
mod score;
mod terms;
mod voice;
mod vote;

use {
    crate::World,
    epoch::{assert_emission, assert_epoch},
    provider::{
        assert_auto_restake, assert_divisors, assert_index, assert_pool, assert_records, assert_rewards_are_owed,
    },
    std::collections::BTreeMap,
    voice::assert_voices,
    work_token_sdk::{
        Account, ID, Pubkey, addresses,
        limits::CLAIM_ENTRIES,
        state::{
            AppealShare, Assignment, Attester, AttesterRoster, Ballot, Beneficiary, Claim, ClaimEntry, Client,
            Delegation, Dispute, DisputeOpening, EpochPool, EpochState, Fault, Handover, Job, JobClass, Juror, Model,
            Network, Offer, ParamChange, ParamDraft, PoolKind, Provider, QueueEntry, ScoreShard, Tree, Unbonding,
            VaultKind, dispute_flags, provider::Terms,
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
    drafts: BTreeMap<Pubkey, ParamDraft>,
    classes: BTreeMap<Pubkey, JobClass>,
    models: BTreeMap<Pubkey, Model>,
    clients: BTreeMap<Pubkey, Client>,
    jobs: BTreeMap<Pubkey, Job>,
    assignments: BTreeMap<Pubkey, Assignment>,
    offers: BTreeMap<Pubkey, Offer>,
    handovers: BTreeMap<Pubkey, Handover>,
    beneficiaries: BTreeMap<Pubkey, Beneficiary>,
    attesters: BTreeMap<Pubkey, Attester>,
    rosters: BTreeMap<Pubkey, AttesterRoster>,
    shards: BTreeMap<Pubkey, ScoreShard>,
    disputes: BTreeMap<Pubkey, Dispute>,
    claims: BTreeMap<Pubkey, Claim>,
    faults: BTreeMap<Pubkey, Fault>,
    ballots: BTreeMap<Pubkey, Ballot>,
    jurors: BTreeMap<Pubkey, Juror>,
    appeal_shares: BTreeMap<Pubkey, AppealShare>,
    openings: BTreeMap<Pubkey, DisputeOpening>,
    queued: BTreeMap<Pubkey, QueueEntry>,
}

/// Asserts every invariant. Every story ends with it.
#[track_caller]
pub fn assert_invariants(world: &World) {
    let books = Books::read(world);
    for (key, network) in &books.networks {
        let providers: Vec<_> = books.providers.iter().filter(|(_, provider)| provider.network == *key).collect();
        for (provider_key, provider) in &providers {
            books.assert_provider(world, provider_key, provider, network);
            assert_is_networks(world, &provider.stake_vault, key);
        }
        let epochs: Vec<_> = books.epochs.values().filter(|pool| pool.network == *key).collect();
        for pool in &epochs {
            assert_epoch(pool, &providers);
        }
        let pay = books.attester_credits(key) + books.confiscated(key) + books.owed_to_beneficiaries(key);
        assert_reward_vault(world, network, &providers, &epochs, pay);
        assert_other_vaults(world, network);
        assert_emission(network);
        VaultKind::ALL.iter().for_each(|kind| assert_is_networks(world, network.vault(*kind), key));
        books.assert_escrow(world, key, network);
        books.assert_places(key, network);
        books.assert_queue(key, network);
        books.assert_jobs(key);
        books.assert_models(key);
        books.assert_disputes(key);
        books.assert_juror_tree(world, key, network);
        books.assert_attesters(key);
    }
    books.assert_nothing_is_orphaned();
    assert_supplies(world, &books);
    books.assert_voters(world);
}

impl Books {
    fn read(world: &World) -> Self {
        let mut books = Self::default();
        let mut of_networks = Vec::new();
        let accounts =
            world.scenario.chain.program_accounts(&ID, &Filter::default()).expect("the embedded chain answers");
        for (key, account) in accounts {
            let is_adopted = account.data.iter().take(8).any(|byte| *byte != 0);
            let network = account.data.get(16..48).and_then(|bytes| Pubkey::try_from(bytes).ok());
            of_networks.extend(network.filter(|_| is_adopted).map(|network| (key, network)));
            let known = read_into(&mut books.networks, key, &account)
                || read_into(&mut books.providers, key, &account)
                || read_into(&mut books.positions, key, &account)
                || read_into(&mut books.tickets, key, &account)
                || read_into(&mut books.epochs, key, &account)
                || read_into(&mut books.changes, key, &account)
                || read_into(&mut books.drafts, key, &account)
                || read_into(&mut books.classes, key, &account)
                || read_into(&mut books.models, key, &account)
                || read_into(&mut books.clients, key, &account)
                || read_into(&mut books.jobs, key, &account)
                || read_into(&mut books.assignments, key, &account)
                || read_into(&mut books.offers, key, &account)
                || read_into(&mut books.handovers, key, &account)
                || read_into(&mut books.beneficiaries, key, &account)
                || read_into(&mut books.attesters, key, &account)
                || read_into(&mut books.rosters, key, &account)
                || read_into(&mut books.shards, key, &account)
                || read_into(&mut books.disputes, key, &account)
                || read_into(&mut books.claims, key, &account)
                || read_into(&mut books.faults, key, &account)
                || read_into(&mut books.ballots, key, &account)
                || read_into(&mut books.jurors, key, &account)
                || read_into(&mut books.appeal_shares, key, &account)
                || read_into(&mut books.openings, key, &account)
                || read_into(&mut books.queued, key, &account)
                || account.data.len() == Tree::SIZE;
            assert!(known, "{key} belongs to the program and is none of its accounts");
        }
        // A draft may be for a network that does not exist yet.
        let may_be_alone = |key| books.networks.contains_key(key) || books.drafts.contains_key(key);
        for (key, network) in of_networks.iter().filter(|(key, _)| !may_be_alone(key)) {
            assert!(books.networks.contains_key(network), "{key} has its network at byte 16");
        }
        books
    }

    fn positions_of(&self, provider: &Pubkey) -> impl Iterator<Item = (&Pubkey, &Delegation)> {
        self.positions.iter().filter(move |(_, position)| position.provider == *provider)
    }

    fn tickets_of(&self, position: &Pubkey) -> impl Iterator<Item = &Unbonding> {
        self.tickets.values().filter(move |ticket| ticket.delegation == *position)
    }

    fn assert_provider(&self, world: &World, key: &Pubkey, provider: &Provider, network: &Network) {
        let terms = &network.terms(world.now());
        assert_pool(&provider.own);
        assert_pool(&provider.delegated);
        assert_exactly(
            world.token_balance(&provider.stake_vault),
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
            assert_auto_restake(position, terms.epoch);
        }
        for provider in [*provider, touched(network, provider, terms)] {
            assert_records(&provider);
            assert_index(&provider);
            assert_rewards_are_owed(&provider, &positions);
        }
        assert_divisors(&touched(network, provider, terms), &positions);
        self.assert_terms(key, provider, &positions);
        assert_voices(network, provider, &positions, (world.now(), terms.epoch));
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
        for (key, draft) in &self.drafts {
            let has_hash = addresses::hash_of_params(&draft.params) == draft.hash;
            assert_eq!(draft.is_complete != 0, has_hash, "a draft is complete where it has its hash");
            assert!(!has_hash || *key == addresses::param_draft(&draft.network, &draft.author, &draft.params));
        }
        assert!(self.classes.values().all(|class| self.networks.contains_key(&class.network)));
        assert!(self.models.values().all(|model| self.networks.contains_key(&model.network)));
        assert!(self.clients.values().all(|client| self.networks.contains_key(&client.network)));
        assert!(self.jobs.values().all(|job| self.networks.contains_key(&job.network)));
        assert!(self.assignments.values().all(|seat| self.jobs.contains_key(&seat.job)));
        assert!(self.attesters.values().all(|attester| self.networks.contains_key(&attester.network)));
        assert!(self.rosters.values().all(|roster| self.networks.contains_key(&roster.network)));
        assert!(self.shards.values().all(|shard| self.networks.contains_key(&shard.network)));
        assert!(self.disputes.values().all(|dispute| self.networks.contains_key(&dispute.network)));
        assert!(self.ballots.values().all(|ballot| self.disputes.contains_key(&ballot.dispute)));
        assert!(self.ballots.values().all(|ballot| self.jurors.contains_key(&ballot.juror)));
        assert!(self.appeal_shares.values().all(|share| self.disputes.contains_key(&share.dispute)));
        assert!(self.jurors.values().all(|juror| self.networks.contains_key(&juror.network)));
        assert!(self.openings.values().all(|opening| self.networks.contains_key(&opening.network)));
        self.assert_no_claim_is_missed();
    }

    /// A claim's account outlives its disputes and every ticket that lists it; a fault's its disputes.
    fn assert_no_claim_is_missed(&self) {
        for dispute in self.disputes.values().filter(|dispute| !dispute.has(dispute_flags::ENDED)) {
            assert!(self.claim_of(&dispute.provider, dispute.claim).is_some(), "an open dispute finds its claim");
            let of_dispute =
                |fault: &&Fault| fault.provider == dispute.provider && fault.epoch == dispute.offence_epoch;
            assert!(self.faults.values().any(|fault| of_dispute(&fault)), "an open dispute finds its fault");
        }
        for ticket in self.tickets.values().filter(|ticket| ticket.is_held()) {
            let provider = self.positions[&ticket.delegation].provider;
            // Some stories construct claims without accounts.
            if self.claims.values().all(|claim| claim.provider != provider) {
                continue;
            }
            for listed in ticket.claims.iter().filter(|listed| listed.number != 0) {
                assert!(self.claim_of(&provider, listed.number).is_some(), "a ticket finds the claims that it lists");
            }
        }
    }

    fn claim_of(&self, provider: &Pubkey, number: u32) -> Option<&Claim> {
        self.claims.values().find(|claim| claim.provider == *provider && claim.number == number)
    }
}

fn read_into<A: Account>(accounts: &mut BTreeMap<Pubkey, A>, key: Pubkey, account: &RawAccount) -> bool {
    match A::decode(&account.data) {
        Ok(decoded) => {
            let entries = (account.data.len() - A::SIZE) / size_of::<ClaimEntry>();
            let size = if A::DISCRIMINATOR == Claim::DISCRIMINATOR { Claim::size_with(entries) } else { A::SIZE };
            assert_eq!(account.data.len(), size, "{key} is a {} of the wrong size", A::NAME);
            assert!(entries <= CLAIM_ENTRIES, "a claim has at most fifteen entries");
            accounts.insert(key, decoded);
            true
        }
        Err(_) => false,
    }
}

fn touched(network: &Network, provider: &Provider, terms: &Terms) -> Provider {
    let mut provider = *provider;
    provider.touch(network, terms);
    provider
}

fn donated(world: &World, vault: &Pubkey) -> u64 {
    world.outside.borrow().donated.get(vault).copied().unwrap_or(0)
}

fn assert_exactly(balance: u64, books: u64, donated: u64, what: &str) {
    assert!(balance >= books, "{what}: {balance} < {books}");
    assert_eq!(balance, books + donated, "{what}, and donations");
}

/// To the unit: what is owed to delegators, what vests for owners, fees not yet shared, what finalized epochs
/// have left, what is carried, what attesters may claim, and the burned and the treasury's part of fees on
/// their way.
fn assert_reward_vault(
    world: &World,
    network: &Network,
    providers: &[(&Pubkey, &Provider)],
    epochs: &[&EpochPool],
    attesters: u64,
) {
    let mut books = network.carried + network.burn_due + network.treasury_due + attesters;
    for (_, provider) in providers {
        books += provider.rewards.owed + provider.own_rewards().0 + provider.work.burn_due + provider.work.treasury_due;
        books += provider.records.iter().map(|record| record.fees).sum::<u64>();
    }
    for pool in epochs.iter().filter(|pool| pool.state == EpochState::Finalized as u8) {
        books += pool.undistributed().0;
    }
    for pool in epochs.iter().filter(|pool| pool.state == EpochState::Open as u8) {
        books += pool.burn_due + pool.treasury_due;
    }
    let donated = donated(world, &network.vaults.reward);
    assert_exactly(world.token_balance(&network.vaults.reward), books, donated, "the reward vault holds every reward");
}

/// The network and nobody else can move what is in a vault: it is the authority, and there is no delegate and
/// nobody who may close it.
fn assert_is_networks(world: &World, vault: &Pubkey, network: &Pubkey) {
    let data = world.scenario.chain.account(vault).expect("the embedded chain answers").expect("a vault").data;
    assert_eq!(data[32..64], network.to_bytes(), "the network is the authority of its vaults");
    assert_eq!((&data[72..76], &data[129..133]), (&[0; 4][..], &[0; 4][..]), "no delegate, nobody who may close it");
}

fn assert_other_vaults(world: &World, network: &Network) {
    let treasury = network.vault(VaultKind::Treasury);
    let paid = world.outside.borrow().to_treasury;
    assert!(
        world.token_balance(treasury) <= donated(world, treasury) + paid,
        "only fees, emission and donations enter the treasury"
    );
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
    accounts.iter().map(|(key, _)| u128::from(world.token_balance(key))).sum()
}
