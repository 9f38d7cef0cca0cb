//! Attesters at work, and what their reports bring.

use {
    super::{
        cast::{ATTESTERS, Who},
        world::{Member, World},
    },
    crate::failure::{Failure, Result},
    work_token_sdk::{
        ShardAddresses,
        commit::{Reports, reports_commitment},
        ix,
        limits::{HEARTBEAT_WINDOWS, SHARD_PROVIDERS},
        math::Epoch,
        state::{Metric, MetricSource, Provider, ScoreShard},
    },
};

/// What attesters see of who is up. Basis points.
const UP_BPS: u16 = 9_900;
/// Salt of every report.
const SALT: [u8; 32] = [7; 32];

impl World<'_> {
    /// Every attester sees the same: all are up but the lazy one.
    fn reports(&self, epoch: u32) -> Result<Reports> {
        let (mut reports, params) = (Reports::new(), self.scenario.network_state().params);
        for member in &self.members {
            let Some(state) = self.scenario.find::<Provider>(&member.at.provider) else {
                continue;
            };
            if state.place.is_held_in(Epoch(epoch)) {
                let is_down = self.lazy.is_some_and(|(lazy, since)| lazy == member.who && epoch >= since);
                let place = usize::from(state.place.index) % SHARD_PROVIDERS;
                let bps = if is_down { self.stage.down_bps } else { UP_BPS };
                let seen = params.metrics.iter().enumerate();
                for (metric, _) in seen.filter(|(_, metric)| metric.source == MetricSource::Attested as u8) {
                    let set = reports.set(place, metric, bps);
                    set.map_err(|error| Failure::Failed(error.message().to_owned()))?;
                }
                if let Some(units) = Metric::units_place(&params.metrics) {
                    let set = reports.set_units(place, units, member.work[0].units);
                    set.map_err(|error| Failure::Failed(error.message().to_owned()))?;
                }
            }
        }
        Ok(reports)
    }

    /// Whoever works gives a sign of life in every window that is left of an epoch, where that is measured;
    /// the lazy one gives none.
    pub fn give_signs(&mut self) -> Result<()> {
        let (network, epoch) = (self.scenario.network_state(), self.scenario.epoch());
        let measures = network.params.metrics.iter().any(|metric| metric.source == MetricSource::Heartbeat as u8);
        let (starts_at_ts, ends_at_ts) = (self.starts_at_ts(epoch), self.starts_at_ts(epoch + 1));
        let window_secs = (ends_at_ts - starts_at_ts) / i64::from(HEARTBEAT_WINDOWS);
        for window in (0..i64::from(HEARTBEAT_WINDOWS)).filter(|_| measures) {
            let middle_ts = starts_at_ts + window_secs * window + window_secs / 2;
            if middle_ts > self.scenario.now() {
                self.scenario.chain.set_now(middle_ts);
                self.give_sign(epoch)?;
            }
        }
        Ok(())
    }

    fn give_sign(&self, epoch: u32) -> Result<()> {
        let (mut signs, mut operators) = (Vec::new(), Vec::new());
        let awake = |member: &&Member| self.lazy.is_none_or(|(lazy, since)| lazy != member.who || epoch < since);
        for member in self.members.iter().filter(awake) {
            let state = self.scenario.find::<Provider>(&member.at.provider);
            if state.is_some_and(|state| state.place.is_held_in(Epoch(epoch))) {
                let operator = self.scenario.operator_of(&self.person(member.who).actor);
                let network = &self.scenario.network.network;
                signs.push(ix::heartbeat(network, operator.address(), member.at.provider));
                operators.push(operator);
            }
        }
        self.scenario.send(&signs, &operators.iter().collect::<Vec<_>>())?;
        Ok(())
    }

    fn shard(&self, epoch: u32) -> Option<ShardAddresses> {
        let shard = ShardAddresses::derive(self.scenario.network, epoch, 0);
        self.scenario.find::<ScoreShard>(&shard.shard).map(|_| shard)
    }

    /// Commits to reports about the present epoch, if attesters were drawn.
    pub fn commit(&mut self, epoch: u32) -> Result<()> {
        let Some(shard) = self.shard(epoch) else { return Ok(()) };
        let reports = self.reports(epoch)?;
        for (who, at) in ATTESTERS.iter().zip(self.attesters.clone()) {
            let commitment = reports_commitment(&at, &shard, &reports, &SALT);
            self.act(*who, ix::commit_reports(&at, &shard, commitment))?;
        }
        Ok(())
    }

    /// Reveals the reports about an epoch that is over.
    pub fn reveal(&mut self, epoch: u32) -> Result<()> {
        let Some(shard) = self.shard(epoch) else { return Ok(()) };
        let reports = self.reports(epoch)?;
        for at in &self.attesters {
            self.scenario.send(&[ix::reveal_reports(at, &shard, &reports, SALT)], &[])?;
        }
        Ok(())
    }

    /// Weight for each token that is staked behind a provider, in an epoch whose record is kept. Millionths.
    pub fn weight_ppm(&self, who: Who, epoch: u32) -> u64 {
        let provider = self.provider(who);
        let Some(record) = provider.record(Epoch(epoch)) else { return 0 };
        let staked = u128::from(record.own_staked) + u128::from(record.delegated_staked);
        let ppm = (u128::from(record.weight) * 1_000_000).checked_div(staked).unwrap_or(0);
        u64::try_from(ppm).unwrap_or(u64::MAX)
    }
}
