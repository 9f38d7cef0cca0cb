//! Attesters at work, and what scores bring.

use {
    super::{LAZY, LAZY_FROM, Market, NEWCOMER},
    crate::failure::Result,
    work_token_sdk::{
        ShardAddresses,
        commit::{Reports, reports_commitment},
        ix,
        limits::SHARD_PROVIDERS,
        math::Epoch,
        state::ScoreShard,
    },
};

const GOOD_BPS: u16 = 9_900;
const BAD_BPS: u16 = 2_000;

impl Market<'_> {
    /// Every attester sees the same: all are up but the lazy one.
    fn reports(&self, epoch: u32) -> Result<Reports> {
        let mut reports = Reports::new();
        for (at, worker) in self.workers.iter().enumerate() {
            let seat = self.scenario.provider_state(&worker.at).place;
            if seat.is_held_in(Epoch(epoch)) {
                let value = if at == LAZY && epoch >= LAZY_FROM { BAD_BPS } else { GOOD_BPS };
                let place = usize::from(seat.index) % SHARD_PROVIDERS;
                let set = reports.set(place, 0, value);
                set.map_err(|error| crate::failure::Failure::Failed(error.message().to_owned()))?;
            }
        }
        Ok(reports)
    }

    fn shard(&self, epoch: u32) -> Option<ShardAddresses> {
        let shard = ShardAddresses::derive(self.scenario.network, epoch, 0);
        self.scenario.find::<ScoreShard>(&shard.shard).map(|_| shard)
    }

    /// Commits to reports about the present epoch, if attesters were drawn.
    pub fn commit(&mut self, epoch: u32) -> Result<()> {
        let Some(shard) = self.shard(epoch) else { return Ok(()) };
        let reports = self.reports(epoch)?;
        for (actor, at) in &self.attesters {
            let commitment = reports_commitment(at, &shard, &reports, &[7; 32]);
            self.scenario.send(&[ix::commit_reports(at, &shard, commitment)], &[actor])?;
        }
        Ok(())
    }

    /// Reveals the reports about an epoch that is over.
    pub fn reveal(&mut self, epoch: u32) -> Result<()> {
        let Some(shard) = self.shard(epoch) else { return Ok(()) };
        let reports = self.reports(epoch)?;
        for (_, at) in &self.attesters {
            self.scenario.send(&[ix::reveal_reports(at, &shard, &reports, [7; 32])], &[])?;
        }
        Ok(())
    }

    /// Weight for each token of stake, in millionths, in an epoch.
    fn weight_ppm(&self, worker: usize, epoch: u32) -> u64 {
        let state = self.scenario.provider_state(&self.workers[worker].at);
        state.record(Epoch(epoch)).filter(|record| record.own_staked > 0).map_or(0, |record| {
            let ppm = u128::from(record.weight) * 1_000_000 / u128::from(record.own_staked);
            u64::try_from(ppm).unwrap_or(u64::MAX)
        })
    }

    /// The one who will be lazy has reached a tier by then.
    pub fn remember_tier(&mut self) {
        self.before_ppm = (self.weight_ppm(LAZY, LAZY_FROM - 1), self.weight_ppm(0, LAZY_FROM - 1));
        let reached = self.scenario.provider_state(&self.workers[LAZY].at).tier == 1;
        self.promise("good reports earn reputation, and reputation a tier", reached);
    }

    /// What the chapter shows in the end.
    pub fn conclude(&mut self) {
        let lazy = self.scenario.provider_state(&self.workers[LAZY].at);
        let good = self.scenario.provider_state(&self.workers[0].at);
        self.promise("bad reports and silence cost the tier", lazy.tier == 0 && good.tier == 1);
        let fell = self.before_ppm.0 > 4 * self.weight_ppm(LAZY, LAZY_FROM + 2)
            && self.weight_ppm(0, LAZY_FROM + 2) >= self.before_ppm.1;
        self.promise("and most of the income for each token of stake", fell && lazy.score_ppm * 2 < good.score_ppm);
        let newcomer = self.weight_ppm(NEWCOMER, super::LAST - 1) > 0 && self.weight_ppm(LAZY, super::LAST - 1) == 0;
        self.promise("the newcomer earns in the place it took, the one before does not", newcomer);
        let near = self.workers.iter().all(|worker| {
            // Within four standard deviations, which one in 16,000 would miss.
            let distance = u128::from((worker.drawn * 1_000_000).abs_diff(worker.expected_ppm));
            distance * distance <= 16 * u128::from(worker.expected_ppm) * 1_000_000
        });
        self.promise("work arrives in proportion to stake times score", near);
        let all = self.tally.verified >= self.tally.jobs;
        self.promise("every draw can be recomputed from accounts alone", all);
    }
}
