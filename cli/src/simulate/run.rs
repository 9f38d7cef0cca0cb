//! The rows become providers of an embedded network, and its epochs are cranked.

use {
    super::{
        check::{Found, Rule},
        cpu::CpuClock,
        input::Row,
    },
    crate::{
        failure::{Failure, Result},
        keeper::{Batches, Snapshot, plan},
    },
    indicatif::ProgressBar,
    std::time::Duration,
    work_token_localnet::{Scenario, ScenarioOptions},
    work_token_sdk::{
        Account, ProviderAddresses, Pubkey, ix,
        limits::MIN_MINIMUM_STAKE,
        math::{Epoch, MAX_SUPPLY, Ppm},
        presets::NETWORK_PARAMS,
        state::{
            EmissionPolicy, EpochPool, Metric, MetricSource, NetworkParams, Provider, VaultKind,
            provider::{EpochRecord, record_flags},
        },
        transport::Transport,
    },
};

/// Commission above this is refused by the program.
pub const MAX_COMMISSION_PERCENT: u8 = 50;

/// Stake counts from the epoch after the one in which it came.
const FIRST_WITH_STAKE: u32 = 1;

/// A network whose providers are the rows of a file.
pub struct Replay<'a> {
    scenario: Scenario,
    rows: &'a [Row],
    providers: Vec<Pubkey>,
    rule: Rule,
    reward: u64,
}

/// What one epoch brought.
pub struct EpochResult {
    /// Its number.
    pub epoch: u32,
    /// What it emitted, by the law.
    pub emission: u64,
    /// Payout of each row.
    pub payouts: Vec<u64>,
    /// The comparison with the laws.
    pub found: Found,
    /// Transactions that it took.
    pub transactions: usize,
    /// Process time that it took.
    pub cpu: Duration,
}

/// No bounties, no keepers' and attesters' parts, no share cap: the whole emission is shared by weight alone.
/// The one metric is the rows' credits.
fn params(reward: u64) -> NetworkParams {
    let mut metrics = [Metric::ABSENT; 6];
    metrics[0] = Metric::new("credits", Ppm(1_000_000), MetricSource::Attested);
    NetworkParams {
        emission_per_epoch: reward,
        max_supply: MAX_SUPPLY - 1,
        minimum_delegation: MIN_MINIMUM_STAKE,
        minimum_self_stake: MIN_MINIMUM_STAKE,
        weigh_bounty: 0,
        settle_bounty: 0,
        finalize_bounty: 0,
        activation_bounty: 0,
        keeper_cap: 0,
        share_cap_ppm: 1_000_000,
        keeper_share_ppm: 0,
        attester_share_ppm: 0,
        metrics,
        emission: EmissionPolicy { year_cap: MAX_SUPPLY - 1, ..NETWORK_PARAMS.emission },
        ..NETWORK_PARAMS
    }
}

impl<'a> Replay<'a> {
    /// Creates the network and registers every row as a provider, by transactions.
    pub fn begin(rows: &'a [Row], reward: u64, bar: &ProgressBar) -> Result<Self> {
        let options = ScenarioOptions { params: params(reward), ..ScenarioOptions::default() };
        let scenario = Scenario::start(&options).map_err(|error| Failure::Failed(error.to_string()))?;
        let mut replay =
            Self { scenario, rows, providers: Vec::with_capacity(rows.len()), rule: Rule::of(rows), reward };
        for row in rows {
            let provider = replay.register(row)?;
            replay.providers.push(provider);
            bar.inc(1);
        }
        replay.scenario.go_to_epoch(FIRST_WITH_STAKE);
        Ok(replay)
    }

    fn register(&self, row: &Row) -> Result<Pubkey> {
        let owner = self.scenario.actor(&row.account.to_string(), row.stake);
        let provider = ProviderAddresses::derive(self.scenario.network, owner.address());
        let mut instructions = vec![ix::register_provider(
            &provider,
            ix::RegisterProvider {
                operator: row.account,
                reward_destination: owner.tokens,
                metadata_hash: row.account.to_bytes(),
                commission_bps: u16::from(row.commission_percent.min(MAX_COMMISSION_PERCENT)) * 100,
            },
        )];
        if row.stake >= MIN_MINIMUM_STAKE {
            instructions.push(ix::stake_self(&provider, owner.tokens, row.stake));
            instructions
                .extend(self.scenario.network_state().first_free_place().map(|place| ix::take_place(&provider, place)));
        }
        let sent = self.scenario.send(&instructions, &[&owner]);
        sent.map_err(|error| Failure::Failed(format!("line {}: {error}", row.line)))?;
        Ok(provider.provider)
    }

    /// Enters the rows' scores into the records of an ended epoch, as if attesters had reported exactly
    /// these: hundredths of a percent, which is all that a report can say, would be too coarse for mainnet's
    /// credits.
    fn score(&self, epoch: u32) {
        let network = self.scenario.network_state();
        let terms = network.terms(self.scenario.chain.now());
        for (key, row) in self.providers.iter().zip(self.rows) {
            let mut state: Provider = self.scenario.read(key);
            state.touch(&network, &terms);
            let kept = |record: &&mut EpochRecord| record.epoch == epoch && record.flags & record_flags::KEPT != 0;
            if let Some(record) = state.records.iter_mut().find(kept) {
                record.score_ppm = row.score_ppm;
                record.flags |= record_flags::SCORED;
            }
            state.reputation.score_ppm = row.score_ppm;
            self.scenario.write(key, &state);
        }
    }

    /// Lets an epoch pass, cranks it, and compares what everybody got with the laws.
    pub fn epoch(&self) -> Result<EpochResult> {
        let epoch = self.scenario.epoch();
        self.scenario.next_epoch();
        if epoch == FIRST_WITH_STAKE {
            // The epoch before had no weight; it waits until now to be finalized, and emits nothing.
            self.crank(epoch - 1)?;
        }
        self.score(epoch);
        let clock = CpuClock::start();
        let transactions = self.crank(epoch)?;
        let cpu = clock.elapsed();
        let payouts = self.payouts(epoch)?;
        let found = self.rule.check(self.rows, epoch, self.reward, &payouts);
        Ok(EpochResult { epoch, emission: self.rule.emission(self.reward), payouts, found, transactions, cpu })
    }

    /// Opens, weighs, finalizes and settles one epoch, waiting for its windows: a keeper's whole work,
    /// reading and planning included. Epochs are not swept here: what is swept would join the next emission,
    /// and every epoch is to share the same reward.
    fn crank(&self, epoch: u32) -> Result<usize> {
        let (chain, keeper) = (&self.scenario.chain, &self.scenario.keeper);
        let unpaid = ix::Keeper { keeper: keeper.address(), account: None };
        let mut transactions = 0;
        loop {
            let snapshot = Snapshot::read(chain, &self.scenario.network.network)?;
            let mut steps = plan(&snapshot, Batches::of(true));
            steps.retain(|step| step.epoch == epoch);
            for step in &steps {
                let crank: Vec<_> = step.instruction(&snapshot, unpaid).into_iter().collect();
                self.scenario.send(&crank, &[])?;
            }
            transactions += steps.len();
            match snapshot.next_window_of_this_epoch_ts() {
                Some(ts) if steps.is_empty() => chain.set_now(ts),
                None if steps.is_empty() => return Ok(transactions),
                _ => {}
            }
        }
    }

    /// What each row's provider got for an epoch: own stake only, so all of it vests for the owner.
    fn payouts(&self, epoch: u32) -> Result<Vec<u64>> {
        let mut payouts = Vec::with_capacity(self.rows.len());
        for ((index, row), account) in self.rows.iter().enumerate().zip(self.scenario.chain.accounts(&self.providers)?)
        {
            let account = account.ok_or_else(|| Failure::Failed(format!("line {}: the provider is gone", row.line)))?;
            let provider = Provider::decode(&account.data)?;
            let weight = provider.record(Epoch(epoch)).map_or(0, |record| record.weight);
            if weight != self.rule.weight(index) {
                let expected = self.rule.weight(index);
                return Err(Failure::Failed(format!("line {}: weight {weight} instead of {expected}", row.line)));
            }
            let vesting = provider.vesting.iter().find(|entry| entry.epoch == epoch && entry.amount > 0);
            payouts.push(vesting.map_or(0, |entry| entry.amount));
        }
        Ok(payouts)
    }

    /// Whether supply and vaults hold exactly what the epochs brought; the first difference otherwise.
    pub fn books(&self, epochs: &[EpochResult]) -> Option<String> {
        let chain = &self.scenario.chain;
        let paid: u64 = epochs.iter().flat_map(|epoch| &epoch.payouts).sum();
        let emitted: u64 = epochs.iter().map(|epoch| epoch.emission).sum();
        let stake: u64 = self.rows.iter().map(|row| row.stake).sum();
        let placed: u64 = self.rows.iter().map(|row| row.stake).filter(|stake| *stake >= MIN_MINIMUM_STAKE).sum();
        let states = || self.providers.iter().map(|provider| self.scenario.read::<Provider>(provider));
        let network = self.scenario.network_state();
        let left: u64 = self.pools().iter().map(|pool| pool.undistributed().0).sum::<u64>() + network.carried;
        let rewards = chain.token_balance(&self.scenario.network.vault(VaultKind::Reward));
        let books = [
            ("supply", chain.supply(&self.scenario.network.mint), stake + emitted),
            ("reward vault", rewards, emitted),
            ("own rewards and dust", states().map(|state| state.own_rewards().0).sum::<u64>() + left, emitted),
            ("payouts and dust", paid + left, emitted),
            ("stake vaults", states().map(|state| chain.token_balance(&state.stake_vault)).sum(), placed),
        ];
        let wrong = books.iter().find(|(_, found, expected)| found != expected);
        wrong.map(|(name, found, expected)| format!("{name}: {found} instead of {expected}"))
    }

    fn pools(&self) -> Vec<EpochPool> {
        Snapshot::read(&self.scenario.chain, &self.scenario.network.network)
            .map(|snapshot| snapshot.pools.into_values().collect())
            .unwrap_or_default()
    }
}
