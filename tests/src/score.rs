//! Measures, attesters and their reports, as verbs.

use {
    crate::{HOUR, Owner, TOKEN, World, epoch::keys, world::done},
    work_token_localnet::{Actor, ScenarioOptions},
    work_token_sdk::{
        AttesterAddresses, Instruction, Pubkey, ShardAddresses, addresses,
        commit::{Reports, reports_commitment},
        event_types::{ScoredProvider, SettledAttester},
        events::{Event, decode_logs},
        ix,
        limits::SHARD_PROVIDERS,
        math::{Epoch, Ppm, draw},
        state::{self, AttesterRoster, EpochRecord, Metric, MetricSource, ScoreShard, Tree},
    },
};

/// The salt of every commitment in the tests.
pub const SALT: [u8; 32] = [9; 32];
/// The smallest bond of the default parameters.
pub const BOND: u64 = 1_000 * TOKEN;

/// One that measures providers.
pub struct Attester {
    /// Its key and tokens.
    pub actor: Actor,
    /// Its addresses.
    pub at: AttesterAddresses,
}

/// A metric that attesters report.
pub fn reported(label: &str, weight_ppm: u32) -> Metric {
    Metric::new(label, Ppm(weight_ppm), MetricSource::Attested)
}

/// Reports that say the same of every place: a value for each of the first metrics.
pub fn everywhere(values: &[u16]) -> Reports {
    let mut reports = Reports::new();
    for place in 0..SHARD_PROVIDERS {
        say(&mut reports, place, values);
    }
    reports
}

/// Reports that give the first metric of the first places.
pub fn one_by_one(values: &[u16]) -> Reports {
    let mut reports = Reports::new();
    for (place, value) in values.iter().enumerate() {
        say(&mut reports, place, &[*value]);
    }
    reports
}

fn say(reports: &mut Reports, place: usize, values: &[u16]) {
    for (metric, value) in values.iter().enumerate() {
        reports.set(place, metric, *value).expect("a place, a metric and a value that exist");
    }
}

/// A network with one metric that attesters report, ann in its first place, and attesters with the given
/// bonds, in the first epoch in which all of them count.
pub fn measured(bonds: &[u64]) -> (World, Owner, Vec<Attester>) {
    let world = World::attested();
    let ann = world.owner("ann", 0, 10_000 * TOKEN);
    let attesters = world.attesters(bonds);
    world.next_epoch();
    (world, ann, attesters)
}

impl World {
    /// The default network with metrics, and some options changed.
    pub fn measuring(metrics: &[Metric], edit: impl FnOnce(&mut ScenarioOptions)) -> Self {
        Self::with(|options| {
            options.params.metrics[..metrics.len()].copy_from_slice(metrics);
            edit(options);
        })
    }

    /// The default network with one metric, which attesters report, and without a share cap.
    pub fn attested() -> Self {
        Self::measuring(&[reported("accuracy", 1_000_000)], |options| options.params.share_cap_ppm = 1_000_000)
    }

    /// Somebody with `amount` base units who does not attest yet.
    pub fn future_attester(&self, name: &str, amount: u64) -> Attester {
        let actor = self.actor(name, amount);
        let at = AttesterAddresses::derive(self.scenario.network, actor.address());
        Attester { actor, at }
    }

    /// The instruction with which somebody locks a bond.
    pub fn register_attester_ix(&self, attester: &Attester, bond: u64) -> Instruction {
        ix::register_attester(&attester.at, attester.actor.tokens, bond)
    }

    /// Locks a bond, and takes the first free place of the roster or aims at the smallest bond.
    pub fn attester(&self, name: &str, bond: u64) -> Attester {
        let attester = self.future_attester(name, bond);
        self.register_attester(&attester, bond);
        attester
    }

    /// Lets somebody attest.
    pub fn register_attester(&self, attester: &Attester, bond: u64) {
        self.send(&[self.register_attester_ix(attester, bond)], &[&attester.actor]);
    }

    /// Attesters with a bond each, called by their numbers.
    pub fn attesters(&self, bonds: &[u64]) -> Vec<Attester> {
        (0..).zip(bonds).map(|(number, bond): (usize, _)| self.attester(&format!("attester {number}"), *bond)).collect()
    }

    /// An owner of a provider that attests too.
    pub fn attesting_owner(&self, owner: &Owner, bond: u64) -> Attester {
        self.give(owner.actor.tokens, bond);
        let at = done(self.scenario.register_attester(&owner.actor, bond));
        Attester { actor: owner.actor.clone(), at }
    }

    /// Adds to a bond.
    pub fn add_bond(&self, attester: &Attester, amount: u64) {
        self.give(attester.actor.tokens, amount);
        self.send(&[ix::add_attester_bond(&attester.at, attester.actor.tokens, amount)], &[&attester.actor]);
    }

    /// The instruction with which an attester takes the place of another, or a free one.
    pub fn displace_ix(&self, attester: &Attester, holder: Option<&Attester>) -> Instruction {
        ix::displace_attester(&attester.at, holder.map(|holder| holder.at.attester))
    }

    /// Leaves the roster.
    pub fn retire_attester(&self, attester: &Attester) {
        self.send(&[ix::retire_attester(&attester.at)], &[&attester.actor]);
    }

    /// An attester's account.
    pub fn attester_state(&self, attester: &Attester) -> state::Attester {
        self.scenario.read(&attester.at.attester)
    }

    /// The network's roster, once there is one.
    pub fn roster(&self) -> Option<Box<AttesterRoster>> {
        self.scenario.find(&addresses::attester_roster(&self.scenario.network.network)).map(Box::new)
    }

    /// Opens the present epoch unless it is open.
    pub fn open_present(&self) {
        done(self.scenario.open(self.epoch()));
    }

    /// The instruction that brings the epoch's seed a step further.
    pub fn beacon_ix(&self) -> Instruction {
        ix::advance_beacon(&self.scenario.network.network, None)
    }

    /// Arms the epoch's seed, waits for its slot and captures it, unless that is done.
    pub fn capture_beacon(&self) {
        done(self.scenario.capture_beacon());
    }

    /// A shard of the present epoch.
    pub fn shard_at(&self, number: u16) -> ShardAddresses {
        ShardAddresses::derive(self.scenario.network, self.epoch(), number)
    }

    /// The instruction that draws the attesters of a shard of the present epoch; the keeper pays the rent.
    pub fn seat_attesters_ix(&self, number: u16) -> Instruction {
        ix::draw_attesters(&self.shard_at(number), self.scenario.keeper.address())
    }

    /// Opens the present epoch, captures its seed and draws the attesters of a shard.
    pub fn draw_attesters(&self, number: u16) -> ShardAddresses {
        self.open_present();
        self.capture_beacon();
        self.send(&[self.seat_attesters_ix(number)], &[]);
        self.shard_at(number)
    }

    /// A shard's account.
    pub fn shard(&self, at: &ShardAddresses) -> Box<ScoreShard> {
        Box::new(self.scenario.read(&at.shard))
    }

    /// The instruction that commits an attester to its reports.
    pub fn commit_reports_ix(&self, attester: &Attester, shard: &ShardAddresses, reports: &Reports) -> Instruction {
        ix::commit_reports(&attester.at, shard, reports_commitment(&attester.at, shard, reports, &SALT))
    }

    /// Commits to reports.
    pub fn commit_reports(&self, attester: &Attester, shard: &ShardAddresses, reports: &Reports) {
        self.send(&[self.commit_reports_ix(attester, shard, reports)], &[&attester.actor]);
    }

    /// The instruction that reveals reports.
    pub fn reveal_reports_ix(&self, attester: &Attester, shard: &ShardAddresses, reports: &Reports) -> Instruction {
        ix::reveal_reports(&attester.at, shard, reports, SALT)
    }

    /// Reveals reports.
    pub fn reveal_reports(&self, attester: &Attester, shard: &ShardAddresses, reports: &Reports) {
        self.send(&[self.reveal_reports_ix(attester, shard, reports)], &[]);
    }

    /// An epoch of the first shard up to its scores: attesters are seated, commit, reveal in the next epoch;
    /// its window passes. Returns the shard.
    pub fn report(&self, reports: &[(&Attester, &Reports)]) -> ShardAddresses {
        let shard = self.draw_attesters(0);
        for (attester, reports) in reports {
            self.commit_reports(attester, &shard, reports);
        }
        self.next_epoch();
        for (attester, reports) in reports {
            self.reveal_reports(attester, &shard, reports);
        }
        self.pass(HOUR);
        shard
    }

    /// The instruction that scores providers of the first shard, or without any.
    pub fn score_ix(&self, epoch: u32, owners: &[&Owner]) -> Instruction {
        let shard = self.network().params.is_attested().then_some(0);
        self.score_in_ix(epoch, shard, owners)
    }

    /// The instruction that scores providers by the reports of a shard.
    pub fn score_in_ix(&self, epoch: u32, shard: Option<u16>, owners: &[&Owner]) -> Instruction {
        ix::score_providers(&self.scenario.network.network, epoch, shard, &keys(owners))
    }

    /// Opens an ended epoch unless it is open, waits for its windows and scores providers; those that were
    /// newly scored.
    pub fn score(&self, epoch: u32, owners: &[&Owner]) -> Vec<ScoredProvider> {
        done(self.scenario.open(epoch));
        self.wait_until_work(self.pool(epoch).weigh_from_work_ts);
        let mut scored = Vec::new();
        for batch in owners.chunks(8) {
            let outcome = self.send(&[self.score_ix(epoch, batch)], &[]);
            for event in decode_logs(&outcome.logs).events {
                if let Event::ProvidersScored(event) = event {
                    scored.extend(event.providers);
                }
            }
        }
        scored
    }

    /// A whole epoch whose attesters all report: up to the settlement of its providers.
    pub fn attested_cycle(&self, reports: &[(&Attester, &Reports)], owners: &[&Owner]) -> Vec<ScoredProvider> {
        let shard = self.report(reports);
        let scored = self.score(shard.epoch, owners);
        self.crank(shard.epoch, owners);
        scored
    }

    /// Waits until those that were not scored are weighed too, and weighs them.
    pub fn weigh_unscored(&self, epoch: u32, owners: &[&Owner]) {
        done(self.scenario.open(epoch));
        self.wait_until_work(self.pool(epoch).unscored_from_work_ts());
        self.weigh(epoch, owners);
    }

    /// What a provider remembers of an epoch.
    pub fn record(&self, owner: &Owner, epoch: u32) -> EpochRecord {
        *self.provider(owner).record(Epoch(epoch)).expect("the record is kept")
    }

    /// A provider's weight in an epoch.
    pub fn weight(&self, owner: &Owner, epoch: u32) -> u64 {
        self.record(owner, epoch).weight
    }

    /// The instruction that settles attesters of a shard.
    pub fn settle_attesters_ix(&self, shard: &ShardAddresses, attesters: &[&Attester]) -> Instruction {
        let keys: Vec<Pubkey> = attesters.iter().map(|attester| attester.at.attester).collect();
        ix::settle_attesters(shard, &keys)
    }

    /// Settles attesters of a shard; those that were newly settled.
    pub fn settle_attesters(&self, shard: &ShardAddresses, attesters: &[&Attester]) -> Vec<SettledAttester> {
        let outcome = self.send(&[self.settle_attesters_ix(shard, attesters)], &[]);
        let settled = decode_logs(&outcome.logs).events.into_iter().find_map(|event| match event {
            Event::AttestersSettled(event) => Some(event.attesters),
            _ => None,
        });
        settled.unwrap_or_default()
    }

    /// The tree that an epoch is drawn from.
    pub fn tree(&self, epoch: u32) -> Box<Tree> {
        let key = self.scenario.work_tree(epoch).expect("the trees are adopted");
        Box::new(self.scenario.read(&key))
    }

    /// What a place weighs in the draws of an epoch; zero in a tree of another epoch.
    pub fn leaf(&self, place: u16, epoch: u32) -> u64 {
        let tree = self.tree(epoch);
        if !tree.is_of(Epoch(epoch)) {
            return 0;
        }
        draw::leaf(&tree.sums, place)
    }
}
