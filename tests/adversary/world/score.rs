//! Attesters of the world: three delegators of network A, one of them in B too; and verbs for what they do in
//! epoch 4.

use {
    super::*,
    work_token_sdk::{
        AttesterAddresses, ShardAddresses,
        commit::{Reports, reports_commitment},
        math::Ppm,
        state::{AttesterRoster, Metric, MetricSource, ScoreShard},
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

    /// Lets attesters measure in the present epoch: it is opened with the metric, and its seed is captured.
    pub fn begin_measuring(&self, net: &Net, epoch: u32) {
        self.measure(net);
        self.chain.must(&[self.open(net, epoch)]);
        self.light_beacon(net);
    }

    /// Captures the present epoch's seed.
    pub fn light_beacon(&self, net: &Net) {
        self.chain.must(&[ix::advance_beacon(&net.at.network, None)]);
        self.chain.net.advance_slots(12);
        self.chain.must(&[ix::advance_beacon(&net.at.network, None)]);
    }

    pub fn draw_attesters(&self, net: &Net, epoch: u32) -> Instruction {
        ix::draw_attesters(&self.shard(net, epoch), self.rentier)
    }

    /// Networks A and B measure in epoch 4, and their attesters are seated. Epoch 3 is finalized before.
    pub fn seated(&self) {
        self.finalize(&self.a, 3, &[&self.p1, &self.p2]);
        self.finalize(&self.b, 3, &[&self.q1]);
        for net in [&self.a, &self.b] {
            self.begin_measuring(net, 4);
            self.chain.must(&[self.draw_attesters(net, 4)]);
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

    /// Epoch 4 can be scored and weighed.
    pub fn scorable(&self) {
        self.revealed();
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
        for (net, who) in [(&self.a, self.d1), (&self.a, self.d2), (&self.a, self.d3), (&self.b, self.d1)] {
            let from = tokens(&self.chain, net, &who);
            self.chain.must(&[ix::register_attester(&self.attester(net, &who), from, 1_000 * TOKEN)]);
        }
    }

    /// Shards of epoch 3, which nobody reports about: neighbours of those that count. The epoch's account is
    /// taken away again, because what is tried here begins with opening it.
    pub(super) fn draw_neighbours(&self) {
        for net in [&self.a, &self.b] {
            self.begin_measuring(net, 3);
            self.chain.must(&[self.draw_attesters(net, 3)]);
            self.edit_network(net, |network| network.params.metrics[0] = Metric::ABSENT);
            let pool = work_token_sdk::addresses::epoch_pool(&net.at.network, 3);
            let nothing =
                work_token_sdk::transport::RawAccount { lamports: 0, owner: Pubkey::default(), data: Vec::new() };
            self.chain.net.set_account(pool, nothing);
        }
    }

    /// Every place of the first roster is held with the smallest bond.
    pub fn fill_roster(&self) {
        let key = work_token_sdk::addresses::attester_roster(&self.a.at.network);
        let mut roster: Box<AttesterRoster> = Box::new(self.read(&key));
        roster.count = 192;
        for entry in roster.entries.iter_mut().filter(|entry| entry.next_bond == 0) {
            (entry.bond, entry.next_bond) = (1_000 * TOKEN, 1_000 * TOKEN);
        }
        self.write(&key, &*roster);
    }

    /// D9 aims at the place of D1, which it can take over from noon of epoch 5 on.
    pub fn aimed(&mut self) -> AttesterAddresses {
        let who = person(&mut self.chain, &self.a, "d9");
        let attester = self.attester(&self.a, &who);
        self.fill_roster();
        self.chain.must(&[ix::register_attester(&attester, who.tokens, 2_000 * TOKEN)]);
        attester
    }
}
