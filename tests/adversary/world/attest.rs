//! Attesters of the world: three delegators of network A, one of them in B too; and verbs for what they do in epoch 4.

use {
    super::*,
    work_token_sdk::{
        AttesterAddresses, ShardAddresses,
        commit::{Reports, reports_commitment},
        math::Ppm,
        state::{Metric, MetricSource, ScoreShard},
    },
};

/// Salt of every commitment to reports.
const REPORT_SALT: [u8; 32] = [9; 32];

impl World {
    pub fn attester(&self, net: &Net, who: &Person) -> AttesterAddresses {
        AttesterAddresses::derive(net.at, who.key)
    }

    /// The first shard of an epoch.
    pub fn shard(&self, net: &Net, epoch: u32) -> ShardAddresses {
        ShardAddresses::derive(net.at, epoch, 0)
    }

    pub fn shard_state(&self, net: &Net, epoch: u32) -> Box<ScoreShard> {
        Box::new(self.read(&self.shard(net, epoch).shard))
    }

    /// Lets attesters measure, from now on.
    pub fn measure(&self, net: &Net) {
        let metric = Metric::new("quality", Ppm(1_000_000), MetricSource::Attested);
        self.edit_network(net, |network| network.params.metrics[0] = metric);
    }

    /// Captures the present epoch's seed.
    pub fn light_beacon(&self, net: &Net) {
        self.chain.must(&[ix::advance_beacon(&net.at.network)]);
        self.chain.net.advance_slots(12);
        self.chain.must(&[ix::advance_beacon(&net.at.network)]);
    }

    pub fn seat_attesters(&self, net: &Net, epoch: u32) -> Instruction {
        ix::seat_attesters(&self.shard(net, epoch), self.rentier)
    }

    /// Networks A and B measure in epoch 4, and their attesters are seated. Epoch 3 is finalized before.
    pub fn seated(&self) {
        self.finalize(&self.a, 3, &[&self.p1, &self.p2]);
        self.finalize(&self.b, 3, &[&self.q1]);
        for net in [&self.a, &self.b] {
            self.measure(net);
            self.light_beacon(net);
            self.chain.must(&[self.seat_attesters(net, 4)]);
        }
    }

    /// What everybody reports about the first two seats.
    pub fn reports(&self) -> Reports {
        let mut reports = Reports::new();
        for place in 0..2 {
            reports.set(place, 0, 9_000).expect("a place and a value that exist");
        }
        reports
    }

    pub fn commit_reports(&self, net: &Net, who: &Person) -> Instruction {
        let (attester, shard) = (self.attester(net, who), self.shard(net, 4));
        ix::commit_reports(&attester, &shard, reports_commitment(&attester, &shard, &self.reports(), &REPORT_SALT))
    }

    pub fn reveal_reports(&self, net: &Net, who: &Person) -> Instruction {
        ix::reveal_reports(&self.attester(net, who), &self.shard(net, 4), &self.reports(), REPORT_SALT)
    }

    /// D1 and D2 committed, D3 did not; in B D1 did.
    pub fn committed(&self) {
        self.seated();
        for (net, who) in [(&self.a, &self.d1), (&self.a, &self.d2), (&self.b, &self.d1)] {
            self.chain.must(&[self.commit_reports(net, who)]);
        }
    }

    /// They revealed, in the first seconds of epoch 5.
    pub fn revealed(&self) {
        self.committed();
        self.go_to(5 * DAY);
        for (net, who) in [(&self.a, &self.d1), (&self.a, &self.d2), (&self.b, &self.d1)] {
            self.chain.must(&[self.reveal_reports(net, who)]);
        }
    }

    /// Epoch 4 is open and can be scored and weighed.
    pub fn scorable(&self) {
        self.revealed();
        self.chain.must(&[self.open(&self.a, 4), self.open(&self.b, 4)]);
        self.go_to(5 * DAY + HOUR);
    }

    pub fn score(&self, net: &Net, providers: &[Pubkey]) -> Instruction {
        ix::score_providers(&net.at.network, 4, Some(0), providers)
    }

    /// Epoch 4 is finalized in A and B.
    pub fn finalized(&self) {
        self.scorable();
        self.chain.must(&[
            self.score(&self.a, &[self.p1.provider, self.p2.provider]),
            self.score(&self.b, &[self.q1.provider]),
            self.weigh(&self.a, 4, self.paid_keeper(), &[self.p1.provider, self.p2.provider]),
            self.weigh(&self.b, 4, self.keeper_of(&self.b.at), &[self.q1.provider]),
        ]);
        self.go_to(5 * DAY + 2 * HOUR);
        for net in [&self.a, &self.b] {
            self.chain.must(&[ix::finalize_epoch(&net.at, 4, self.keeper_of(&net.at))]);
        }
    }

    /// The settlement of attesters of network A.
    pub fn settle_attesters(&self, who: &[&Person]) -> Instruction {
        let attesters: Vec<_> = who.iter().map(|who| self.attester(&self.a, who).attester).collect();
        ix::settle_attesters(&self.shard(&self.a, 4), &attesters)
    }

    /// In epoch 0, so that they can be drawn from epoch 1 on.
    pub(super) fn register_attesters(&self) {
        for (net, who, place) in
            [(&self.a, self.d1, 0), (&self.a, self.d2, 1), (&self.a, self.d3, 2), (&self.b, self.d1, 0)]
        {
            let from = tokens(&self.chain, net, &who);
            self.chain.must(&[ix::register_attester(&self.attester(net, &who), from, 1_000 * TOKEN, place)]);
        }
    }

    /// Shards of epoch 3, which nobody reports about: neighbours of those that count.
    pub(super) fn seat_neighbours(&self) {
        for net in [&self.a, &self.b] {
            self.measure(net);
            self.light_beacon(net);
            self.chain.must(&[self.seat_attesters(net, 3)]);
            self.edit_network(net, |network| network.params.metrics[0] = Metric::ABSENT);
        }
    }
}
