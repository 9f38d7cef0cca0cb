use {
    crate::{market::Market, world::TOKEN},
    work_token_localnet::{Actor, ScenarioOptions},
    work_token_sdk::{
        AttesterAddresses, ProviderAddresses, Pubkey, ShardAddresses, WorkTokenError as E,
        canary::{Asked, Canary, CanarySet, grade},
        commit::{Reports, reports_commitment},
        ix,
        math::Ppm,
        state::{Attester, EpochPool, Metric, MetricSource, NetworkParams, ScoreShard},
        view::{ShardPhase, ShardStatus, shard_status, work_status},
    },
};

const BOND: u64 = 2_000 * TOKEN;

/// A market in which attesters report one metric, with three of them.
struct Measured {
    market: Market,
    attesters: Vec<(Actor, AttesterAddresses)>,
    shard: ShardAddresses,
}

impl Measured {
    /// It is the first half of epoch 4, and the attesters are seated.
    fn new() -> Self {
        let mut metrics = [Metric::ABSENT; 6];
        metrics[0] = Metric::new("quality", Ppm(1_000_000), MetricSource::Attested);
        let market = Market::with(NetworkParams { metrics, ..ScenarioOptions::default().params });
        let scenario = &market.scenario;
        let attesters: Vec<_> = (0..3u16)
            .map(|place| {
                let actor = scenario.actor(&format!("attester {place}"), 10_000 * TOKEN);
                let at = AttesterAddresses::derive(scenario.network, actor.address());
                market.send(ix::register_attester(&at, actor.tokens, BOND, place), &[&actor]);
                (actor, at)
            })
            .collect();
        scenario.go_to_epoch(4);
        let advance = ix::advance_beacon(&scenario.network.network);
        market.send(advance.clone(), &[]);
        scenario.chain.advance_slots(10);
        market.send(advance.clone(), &[]);
        assert_eq!(market.refusal(advance, &[]), E::BeaconReady);
        let shard = ShardAddresses::derive(scenario.network, 4, 0);
        market.send(ix::seat_attesters(&shard, scenario.keeper.address()), &[]);
        Self { attesters, shard, market }
    }

    fn state(&self) -> ScoreShard {
        self.market.scenario.read(&self.shard.shard)
    }

    fn status(&self) -> ShardStatus {
        shard_status(&self.market.scenario.network_state(), &self.state(), self.market.scenario.chain.now())
    }

    fn places(&self) -> Vec<(usize, ProviderAddresses)> {
        let place = |at: &ProviderAddresses| usize::from(self.market.scenario.provider_state(at).seat.index);
        self.market.providers.iter().map(|at| (place(at), *at)).collect()
    }

    /// What an attester found out by canary jobs, all answered rightly but one.
    fn reports(&self, attester: &Pubkey) -> Reports {
        let network = self.market.scenario.network_state();
        let seed = network.beacon.seed_of(work_token_sdk::math::Epoch(4)).expect("the beacon is ready");
        let tasks = (0..40).map(|byte| Canary { question: [byte; 32], answer: [byte + 1; 32] }).collect();
        let set = CanarySet::new(tasks).unwrap();
        let mut reports = Reports::new();
        for (place, at) in self.places() {
            let asked =
                Asked { network: &self.shard.network.network, epoch: 4, seed, attester, provider: &at.provider };
            let drawn = set.drawn(&asked, 10);
            let mut answers: Vec<_> = drawn.iter().map(|task| Some(task.answer)).collect();
            answers[0] = None;
            reports.set(place, 0, grade(&drawn, &answers).unwrap()).unwrap();
        }
        reports
    }
}

#[test]
fn attesters_commit_reveal_and_are_paid_or_fined_and_providers_are_scored_as_shown() {
    let measured = Measured::new();
    let (market, scenario, shard) = (&measured.market, &measured.market.scenario, &measured.shard);
    assert_eq!((measured.status().phase, measured.status().attesters.len()), (ShardPhase::Committing, 3));

    // The first attester delegates to a provider: anybody may bar it from reporting on that one.
    let (first, _) = &measured.attesters[0];
    let (masked_place, masked) = measured.places()[1];
    let position = scenario.delegate(first, &masked, 200 * TOKEN).unwrap();
    let seat = measured.state().seat_of(&first.address()).unwrap();
    market.send(ix::mask_report(shard, seat as u8, masked.provider, position.delegation), &[]);

    let salt = [8; 32];
    let mut committed = Vec::new();
    for (actor, at) in &measured.attesters {
        let mut reports = measured.reports(&actor.address());
        reports.clear_masked(&measured.state(), &actor.address(), None);
        let commitment = reports_commitment(at, shard, &reports, &salt);
        market.send(ix::commit_reports(at, shard, commitment), &[actor]);
        committed.push(reports);
    }
    assert_eq!(committed[0].get(masked_place, 0), None);

    let reveal = |number: usize| {
        let (actor, at) = &measured.attesters[number];
        (ix::reveal_reports(at, shard, &committed[number], salt), actor)
    };
    let (early, actor) = reveal(0);
    market.wait_until(measured.status().commit_until_ts - 1);
    assert_eq!(market.refusal(early, &[actor]), E::ReportRevealNotOpen);
    market.wait_until(measured.status().commit_until_ts);
    for number in 0..2 {
        let (reveal, actor) = reveal(number);
        market.send(reveal, &[actor]);
    }
    let shown = measured.status();
    assert_eq!((shown.phase, shown.bonds_revealed, shown.has_quorum), (ShardPhase::Revealing, 2 * BOND, true));
    score_and_settle(&measured);
}

/// Scores, weighs and finalizes epoch 4, then settles its attesters and lets the first two leave.
fn score_and_settle(measured: &Measured) {
    let (market, scenario, shard) = (&measured.market, &measured.market.scenario, &measured.shard);
    let network = scenario.network.network;
    let providers: Vec<Pubkey> = market.providers.iter().map(|at| at.provider).collect();
    for epoch in [2, 3] {
        scenario.crank(epoch, &providers).expect("the epoch is cranked");
    }
    market.send(ix::open_epoch(&network, scenario.keeper.address(), 4), &[]);
    let pool: EpochPool = scenario.read(&work_token_sdk::addresses::epoch_pool(&network, 4));
    market.wait_until(pool.weigh_from_ts.max(measured.status().reveal_until_ts));
    assert_eq!(measured.status().phase, ShardPhase::Over);
    market.send(ix::score_providers(&network, 4, Some(0), &providers), &[]);
    let scored =
        work_status(&scenario.network_state(), &scenario.provider_state(&market.providers[0]), scenario.chain.now());
    assert!(scored.score_ppm > 0 && scored.reputation_ppm > 0);
    assert_eq!((measured.state().scored, measured.status().attesters.len()), (5, 3));

    scenario.crank(4, &providers).expect("the epoch is cranked");
    let accounts: Vec<Pubkey> = measured.attesters.iter().map(|(_, at)| at.attester).collect();
    market.send(ix::settle_attesters(shard, &accounts), &[]);
    let [paid, _, fined] = accounts[..] else { panic!("three attesters") };
    assert!(scenario.read::<Attester>(&paid).credit > 0);
    assert!(scenario.read::<Attester>(&fined).bond < BOND);
    market.send(ix::close_score_shard(shard, scenario.keeper.address()), &[]);

    let (actor, at) = &measured.attesters[0];
    let before = scenario.chain.token_balance(&actor.tokens);
    market.send(ix::claim_attester_rewards(at, actor.tokens), &[actor]);
    assert!(scenario.chain.token_balance(&actor.tokens) > before);
    market.send(ix::retire_attester(at), &[actor]);
    let close = ix::close_attester(at, actor.tokens);
    assert_eq!(market.refusal(close.clone(), &[actor]), E::BondLocked);
    let state: Attester = scenario.read(&at.attester);
    let network = scenario.network_state();
    market.wait_until(state.unlocks_at_ts(&network.clock(), network.params.challenge_secs));
    market.send(close, &[actor]);
}
