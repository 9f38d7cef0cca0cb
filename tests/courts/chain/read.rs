//! What is on the chain, and what happens there around the program.

use {
    super::Chain,
    crate::{
        model::{Money, Rewards, Seen, Time, UNDECIDED_REFUND, Vesting},
        op::{Op, Who},
    },
    bytemuck::Zeroable,
    std::collections::BTreeMap,
    work_token_sdk::{
        ClientAddresses,
        draw::juror_hash,
        limits::OPENING_SECS,
        presets,
        state::{Assignment, Dispute, EpochPool, EpochState, Job, Network, Provider, SeatState, VaultKind},
    },
};

impl Chain {
    /// Every token account.
    pub fn money(&self) -> Money {
        let tokens = |key| self.world.token_balance(key);
        let network = &self.world.scenario.network;
        Money {
            wallets: std::array::from_fn(|who| tokens(&self.people[who].tokens)),
            stakes: std::array::from_fn(|provider| tokens(&self.providers[provider].stake_vault)),
            escrow: self.world.vault(VaultKind::Escrow),
            insurance: self.world.vault(VaultKind::Insurance),
            rewards: self.world.vault(VaultKind::Reward),
            keeper: tokens(&self.world.scenario.keeper.tokens),
            supply: self.world.scenario.chain.supply(&network.mint),
        }
    }

    /// The clock, and what was recorded of outages.
    pub fn time(&self) -> Time {
        let network = self.world.network();
        Time {
            now: self.world.now(),
            slot: self.world.scenario.chain.slot(),
            noted: (network.outages.noted_slot, network.outages.noted_ts),
            lost: network.outages.secs,
            week_from: network.outages.week_from_ts,
            week_lost: i64::try_from(network.outages.week_secs).expect("a day at most"),
            anchor: (network.clock_anchor_ts, network.epoch_secs.into()),
            began_with: BTreeMap::new(),
        }
    }

    pub fn provider(&self, number: usize) -> Option<Provider> {
        self.world.scenario.find(&self.providers[number].provider)
    }

    pub fn dispute(&self, number: usize) -> Option<Dispute> {
        self.world.scenario.find(&self.disputes.get(number)?.dispute)
    }

    pub fn seat(&self, number: usize) -> Option<Assignment> {
        self.world.scenario.find(&self.seats.get(number)?.assignment)
    }

    pub fn job(&self, number: usize) -> Option<Job> {
        self.world.scenario.find(&self.seats.get(number)?.job.job)
    }

    /// The own rewards of a provider, as the model takes them.
    pub fn rewards(&self, provider: &Provider) -> Rewards {
        let vesting = provider.vesting.iter().filter(|entry| entry.amount > 0).map(|entry| Vesting {
            epoch: entry.epoch,
            from: entry.starts_at_ts,
            secs: entry.duration_secs.into(),
            amount: entry.amount,
            taken: entry.taken,
        });
        let open = provider.reservations.iter().filter(|claim| claim.claim != 0);
        let frozen = open.map(|claim| {
            let epochs = (claim.frozen_from_epoch, claim.frozen_until_epoch);
            (claim.claim, (claim.frozen, epochs, claim.frozen_since_ts))
        });
        Rewards { claimable: provider.own_claimable, vesting: vesting.collect(), frozen: frozen.collect() }
    }

    /// What happens around the program.
    pub fn give(&mut self, op: &Op) {
        let chain = &self.world.scenario.chain;
        match *op {
            Op::Pass { secs } => chain.advance(secs),
            Op::Halt { secs } => chain.halt(secs),
            Op::Work { provider, client, fee, missed } => self.work(provider, client, fee, missed),
            ref other => unreachable!("{other:?} is an instruction"),
        }
    }

    /// Writes a job with one seat that a provider has done, or whose deadline it has missed.
    fn work(&mut self, number: usize, client: Who, fee: u64, missed: bool) {
        let scenario = &self.world.scenario;
        let at = ClientAddresses::derive(scenario.network, self.people[client].address());
        let at = at.job(self.seats.len() as u64).seat(0);
        let (network, key) = (self.world.network(), self.providers[number].provider);
        let (now, work_ts) = (self.world.now(), network.work_ts(self.world.now()).0);
        let mut provider: Provider = scenario.read(&key);
        let window = i64::from(network.params.challenge_secs);
        let state = if missed { SeatState::Expired } else { SeatState::Submitted };
        let rules = work_token_sdk::state::JobRules {
            challenge_secs: network.params.challenge_secs,
            undecided_refund_bps: u16::try_from(UNDECIDED_REFUND).expect("below 10,000"),
            ..presets::JOB_RULES
        };
        let job = Job {
            version: ACCOUNT_VERSION,
            network: scenario.network.network,
            client: self.people[client].address(),
            operator: self.people[client].address(),
            refund_account: self.people[client].tokens,
            number: self.seats.len() as u64,
            fee,
            live_seats: u8::from(!missed),
            ended_ts: if missed { now } else { 0 },
            rules,
            ..Job::zeroed()
        };
        let seat = Assignment {
            version: ACCOUNT_VERSION,
            state: state as u8,
            network: scenario.network.network,
            job: at.job.job,
            provider: key,
            operator: provider.operator,
            fee,
            own_total: provider.own.tokens,
            delegated_total: provider.delegated.tokens,
            accepted_work_ts: work_ts,
            submitted_work_ts: if missed { 0 } else { work_ts },
            challenge_until_work_ts: work_ts + window,
            accepted_epoch: network.epoch_at(now).0,
            severities: network.params.disputes.severities,
            ..Assignment::zeroed()
        };
        assert!(OPENING_SECS > 0 && seat.settles_at_work_ts() > seat.challenge_until_work_ts);
        scenario.create(at.job.job, &job);
        scenario.create(at.assignment, &seat);
        if !missed {
            provider.open_seats += 1;
            scenario.write(&key, &provider);
            scenario.move_tokens(&self.people[client].tokens, &scenario.network.vault(VaultKind::Escrow), fee);
        }
        self.seats.push(at);
    }

    /// Stake that the finalized epochs had, as the network remembers it last.
    pub fn folded(&self, network: &Network) -> Vec<u64> {
        let count = network.finalized_with_stake.min(8);
        let from = network.finalized_with_stake - count;
        (from..network.finalized_with_stake).map(|place| network.stake_ring[place as usize % 8]).collect()
    }

    /// What epochs' accounts hold: emission that nobody settled, and fees on their way.
    pub fn left_in_epochs(&self) -> u64 {
        let pools = self.world.scenario.list::<EpochPool>();
        let left = |pool: &EpochPool| match pool.state {
            state if state == EpochState::Finalized as u8 => pool.undistributed().0,
            state if state == EpochState::Open as u8 => pool.burn_due + pool.treasury_due,
            _ => 0,
        };
        pools.iter().map(|(_, pool)| left(pool)).sum()
    }
}

/// The layout version of every account.
const ACCOUNT_VERSION: u8 = 1;

/// What the model looks at after a step.
pub struct Sight<'a> {
    pub chain: &'a Chain,
    /// By how much the supply fell in the step.
    pub burned: u64,
}

impl Seen for Sight<'_> {
    fn burned(&self) -> u64 {
        self.burned
    }

    fn draw_hash(&self, dispute: usize, jury: usize, draw: u8) -> [u8; 32] {
        let state = self.chain.dispute(dispute).expect("its jury was called");
        let jury = u8::try_from(jury).expect("at most four");
        juror_hash(&state.draw.seed, &self.chain.disputes[dispute].dispute, [jury, draw])
    }
}
