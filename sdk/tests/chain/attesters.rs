use {
    crate::{market::Market, world::*},
    work_token_localnet::{Actor, ScenarioOptions},
    work_token_sdk::{
        AttesterAddresses, PositionAddresses, ProviderAddresses, Pubkey, ShardAddresses, WorkTokenError as E,
        canary::{Asked, Canary, CanarySet, grade},
        commit::{Reports, reports_commitment},
        ix,
        math::Ppm,
        state::{Attester, Metric, MetricSource, NetworkParams, Provider, ProviderState, ScoreShard},
        view::{NoWeight, ShardPhase, ShardStatus, shard_status, work_status},
    },
};

const BOND: u64 = 2_000 * TOKEN;
const SALT: [u8; 32] = [8; 32];

/// A market in which attesters report one metric, with three of them.
struct Measured {
    market: Market,
    attesters: Vec<(Actor, AttesterAddresses)>,
    position: PositionAddresses,
    shard: ShardAddresses,
}

impl Measured {
    /// It is the first half of epoch 4, and the attesters are seated. A delegator has been with the first
    /// provider since epoch 3.
    fn new() -> Self {
        Self::with(&[("quality", MetricSource::Attested)])
    }

    fn with(sources: &[(&str, MetricSource)]) -> Self {
        let mut metrics = [Metric::ABSENT; 6];
        for (metric, (label, source)) in metrics.iter_mut().zip(sources) {
            *metric = Metric::new(label, Ppm(1_000_000 / sources.len() as u32), *source);
        }
        let market = Market::with(NetworkParams { metrics, ..ScenarioOptions::default().params });
        let scenario = &market.scenario;
        let attesters: Vec<_> = (0..3)
            .map(|number| {
                let actor = scenario.actor(&format!("attester {number}"), 10_000 * TOKEN);
                let at = scenario.register_attester(&actor, BOND).expect("it registers");
                (actor, at)
            })
            .collect();
        let delegator = scenario.actor("delegator", 5_000 * TOKEN);
        let position = scenario.delegate(&delegator, &market.providers[0], 5_000 * TOKEN).unwrap();
        scenario.go_to_epoch(4);
        scenario.open(4).expect("it is opened");
        scenario.capture_beacon().expect("the seed is captured");
        assert_eq!(market.refusal(ix::advance_beacon(&scenario.network.network, None), &[]), E::BeaconReady);
        let shard = ShardAddresses::derive(scenario.network, 4, 0);
        market.send(ix::draw_attesters(&shard, scenario.keeper.address()), &[]);
        Self { attesters, position, shard, market }
    }

    fn state(&self) -> ScoreShard {
        self.market.read(&self.shard.shard)
    }

    fn status(&self) -> ShardStatus {
        let chain = &self.market.scenario.chain;
        shard_status(&self.market.network_state(), &self.state(), (chain.slot(), chain.now()))
    }

    fn places(&self) -> Vec<(usize, ProviderAddresses)> {
        let place = |at: &ProviderAddresses| usize::from(self.market.scenario.provider_state(at).place.index);
        self.market.providers.iter().map(|at| (place(at), *at)).collect()
    }

    /// All attesters commit to what they found out.
    fn commit(&self) -> Vec<Reports> {
        let commit = |(actor, at): &(Actor, AttesterAddresses)| {
            let reports = self.reports(&actor.address());
            let commitment = reports_commitment(at, &self.shard, &reports, &SALT);
            self.market.send(ix::commit_reports(at, &self.shard, commitment), &[actor]);
            reports
        };
        self.attesters.iter().map(commit).collect()
    }

    /// What an attester found out by canary jobs, all answered rightly but one.
    fn reports(&self, attester: &Pubkey) -> Reports {
        let network = self.market.network_state();
        let seed = network.beacon.seed_of(work_token_sdk::math::Epoch(4)).expect("the beacon is ready");
        let tasks = (0..40).map(|byte| Canary { question: [byte; 32], answer: [byte + 1; 32] }).collect();
        let set = CanarySet::new(tasks).unwrap();
        let mut reports = Reports::new();
        for (place, at) in self.places() {
            let (network, provider) = (&self.shard.network.network, Some(&at.provider));
            let asked = Asked { network, epoch: 4, seed, attester, provider };
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
    let (_, masked) = measured.places()[1];
    let position = scenario.delegate(first, &masked, 200 * TOKEN).unwrap();
    let seat = measured.state().opinion_of(&first.address()).unwrap();
    market.send(ix::mask_report(shard, seat as u8, masked.provider, position.delegation), &[]);

    let committed = measured.commit();
    let reveal = |number: usize| {
        let (actor, at) = &measured.attesters[number];
        (ix::reveal_reports(at, shard, &committed[number], SALT), actor)
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
    assert_eq!((shown.phase, shown.bonds_revealed, shown.is_minority), (ShardPhase::Revealing, 2 * BOND, false));
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
    market.wait_until(measured.status().reveal_until_ts);
    assert_eq!(measured.status().phase, ShardPhase::Over);
    market.send(ix::score_providers(&network, 4, Some(0), &providers), &[]);
    let scored = work_status(&scenario.network_state(), &scenario.provider_state(&market.providers[0]), scenario.now());
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
    let before = scenario.balance(actor);
    market.send(ix::claim_attester_rewards(at, actor.tokens), &[actor]);
    assert!(scenario.balance(actor) > before);
    market.send(ix::retire_attester(at), &[actor]);
    let close = ix::close_attester(at, actor.tokens);
    assert_eq!(market.refusal(close.clone(), &[actor]), E::BondLocked);
    let state: Attester = scenario.read(&at.attester);
    let network = scenario.network_state();
    market.wait_until(state.unlocks_at_ts(&network.clock(), network.params.challenge_secs));
    market.send(close, &[actor]);
}

#[test]
fn leaving_forfeits_what_heartbeats_and_attesters_leave_of_an_epoch() {
    let measured = Measured::with(&[("quality", MetricSource::Attested), ("alive", MetricSource::Heartbeat)]);
    let (market, scenario, shard) = (&measured.market, &measured.market.scenario, &measured.shard);
    let [first, leaver, jailed, ..] = market.providers[..] else { panic!("five providers") };
    scenario.change::<Provider>(&jailed.provider, |state| state.state = ProviderState::Jailed as u8);
    for at in [&first, &leaver] {
        let operator = market.operator_of(&at.provider);
        market.send(ix::heartbeat(&scenario.network.network, operator.address(), at.provider), &[&operator]);
    }
    market.send(ix::request_unbonding(&leaver.own(), 1, 7_000 * TOKEN), &[&market.owner_of(&leaver.provider)]);
    assert_eq!([&first, &leaver, &jailed].map(|at| without_weight(scenario, at)), [None, None, Some(NoWeight::Jailed)]);

    let committed = measured.commit();
    market.wait_until(measured.status().commit_until_ts);
    for ((actor, at), reports) in measured.attesters.iter().zip(&committed).take(2) {
        market.send(ix::reveal_reports(at, shard, reports, SALT), &[actor]);
    }
    let providers: Vec<Pubkey> = market.providers.iter().map(|at| at.provider).collect();
    for epoch in [2, 3] {
        scenario.crank(epoch, &providers).expect("the epoch is cranked");
    }
    market.wait_until(measured.status().reveal_until_ts);
    market.send(ix::score_providers(&scenario.network.network, 4, Some(0), &providers), &[]);
    let (shown, paid) = forfeited_and_paid(scenario, &measured.position, 4, &[scenario.pool(4)]);
    assert!(paid > 0 && shown.abs_diff(paid) <= 1, "{shown} and {paid}");
    let pool = scenario.pool(4);
    assert_eq!(pool.weighed_with_weight, 4);
    assert!(pool.attester_emission > 0);
    assert_eq!(pool.stake_folded - pool.stake_weighted, (20_000 + 7_000) * TOKEN);
}
