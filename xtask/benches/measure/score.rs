//! A life of scores: six metrics, fifteen attesters, twelve providers.

use anyhow::{Context as _, Result};
use work_token_localnet::{Actor, Scenario, ScenarioOptions};
use work_token_sdk::{
    AttesterAddresses, ProviderAddresses, Pubkey, ShardAddresses,
    commit::{Reports, reports_commitment},
    ix,
    math::Ppm,
    state::{AttesterRoster, EpochPool, Metric, MetricSource, NetworkParams, RosterEntry, ScoreShard},
};
use work_token_xtask::bench::measure::within;

use crate::life::{Life, TOKEN};

const PROVIDERS: usize = 12;
const ATTESTERS: u64 = 15;

fn metrics() -> [Metric; 6] {
    let labels = ["uptime", "accuracy", "latency", "compute", "data quality", "improvement"];
    let mut rest = 1_000_000;
    labels.map(|label| {
        let weight = if label == "improvement" { rest } else { 166_000 };
        rest -= weight;
        Metric::new(label, Ppm(weight), MetricSource::Attested)
    })
}

/// Lives it and returns what each operation cost.
pub fn live(options: &ScenarioOptions) -> Result<Life> {
    let params = NetworkParams { metrics: metrics(), ..options.params };
    let mut life = Life::of(Scenario::start(&ScenarioOptions { params, ..options.clone() })?);
    let (mut providers, mut first) = (Vec::new(), None);
    for number in 0..PROVIDERS {
        let owner = life.scenario.actor(&format!("owner {number}"), 1_000_000 * TOKEN);
        let provider = life.scenario.register(&owner, 500, 100_000 * TOKEN)?;
        providers.push(provider.provider);
        first.get_or_insert(provider);
    }
    let mut attesters = Vec::new();
    for number in 0..ATTESTERS {
        let owner = life.scenario.actor(&format!("attester {number}"), 10_000 * TOKEN);
        let at = AttesterAddresses::derive(life.scenario.network, owner.address());
        let bond = 1_000 * TOKEN + number * TOKEN;
        life.measure("register_attester", ix::register_attester(&at, owner.tokens, bond), &owner)?;
        attesters.push((owner, at));
    }
    life.scenario.next_epoch();
    let shard = report(&mut life, &attesters, &first.context("twelve")?)?;
    score(&mut life, &providers, &attesters, &shard)?;
    displace(&mut life, &attesters)?;
    leave(&mut life, &attesters)?;
    Ok(life)
}

fn beacon(life: &mut Life) -> Result<()> {
    let (keeper, network) = (life.keeper(), life.scenario.network.network);
    life.measure("advance_beacon", ix::advance_beacon(&network, None), &keeper)?;
    life.scenario.chain.advance_slots(12);
    life.measure("advance_beacon", ix::advance_beacon(&network, None), &keeper)
}

/// Bars an attester that has come to stand behind a provider.
fn mask(
    life: &mut Life,
    shard: &ShardAddresses,
    (owner, attester): &(Actor, AttesterAddresses),
    at: &ProviderAddresses,
) -> Result<()> {
    let keeper = life.keeper();
    let seat = life.scenario.read::<ScoreShard>(&shard.shard).opinion_of(&owner.address()).context("it is seated")?;
    life.aside(|life| {
        life.measure("set_reporter", ix::set_reporter(attester, Some(keeper.address())), owner)?;
        life.scenario.delegate(owner, at, 1_000 * TOKEN)?;
        let interest = at.position(owner.address()).delegation;
        life.measure("mask_report", ix::mask_report(shard, u8::try_from(seat)?, at.provider, interest), &keeper)
    })
}

fn report(
    life: &mut Life,
    attesters: &[(Actor, AttesterAddresses)],
    first: &ProviderAddresses,
) -> Result<ShardAddresses> {
    beacon(life)?;
    let keeper = life.keeper();
    let epoch = life.scenario.epoch();
    // Epoch 0 had no weight; it is finalized first.
    for open in [0, epoch] {
        let network = life.scenario.network.network;
        life.scenario.send(&[ix::open_epoch(&network, keeper.address(), open)], &[])?;
    }
    let shard = ShardAddresses::derive(life.scenario.network, epoch, 0);
    life.measure("draw_attesters, 15 of 15", ix::draw_attesters(&shard, keeper.address()), &keeper)?;
    mask(life, &shard, attesters.first().context("fifteen")?, first)?;
    let mut sealed = Vec::new();
    for (number, (owner, at)) in attesters.iter().enumerate() {
        let mut reports = Reports::new();
        for place in 0..PROVIDERS {
            for metric in 0..6 {
                // Values differ from attester to attester, in no order: the medians have to sort.
                let mixed = (number * 7_919 + place * 104_729 + metric * 1_299_709).wrapping_mul(2_654_435_761) >> 7;
                let bps = u16::try_from(mixed % 1_500 + 8_000)?;
                reports.set(place, metric, bps).map_err(|error| anyhow::anyhow!("{error}"))?;
            }
        }
        let salt = [u8::try_from(number)?; 32];
        let commitment = reports_commitment(at, &shard, &reports, &salt);
        life.measure("commit_reports", ix::commit_reports(at, &shard, commitment), owner)?;
        sealed.push((owner, at, reports, salt));
    }
    life.scenario.next_epoch();
    for (owner, at, reports, salt) in &sealed {
        life.measure("reveal_reports", ix::reveal_reports(at, &shard, reports, *salt), owner)?;
    }
    Ok(shard)
}

fn score(
    life: &mut Life,
    providers: &[Pubkey],
    attesters: &[(Actor, AttesterAddresses)],
    shard: &ShardAddresses,
) -> Result<()> {
    let (keeper, network, epoch) = (life.keeper(), life.scenario.network, shard.epoch);
    life.scenario.chain.advance(3_600);
    // The first touch of an epoch is another row's.
    let touches: Vec<_> = providers.iter().map(|key| ix::touch_provider(&network.network, *key)).collect();
    life.scenario.send(&touches, &[])?;
    let scores = ix::score_providers(&network.network, epoch, Some(0), providers);
    life.measure(within(12 * 6_000, "score_providers, 12 with six metrics and fifteen attesters"), scores, &keeper)?;
    let paid = life.scenario.paid_keeper();
    life.scenario.send(&[ix::weigh_providers(&network, epoch, paid, None, providers)], &[])?;
    let key = work_token_sdk::addresses::epoch_pool(&network.network, 0);
    let wait = life.scenario.read::<EpochPool>(&key).finalizable_from_work_ts();
    life.scenario.chain.set_now(wait.max(life.scenario.chain.now() + 3_600));
    life.scenario.send(&[ix::finalize_epoch(&network, 0, paid)], &[])?;
    life.scenario.send(&[ix::finalize_epoch(&network, epoch, paid)], &[])?;
    let keys: Vec<Pubkey> = attesters.iter().map(|(_, at)| at.attester).collect();
    life.measure("settle_attesters, 15", ix::settle_attesters(shard, &keys), &keeper)?;
    let stranger = life.scenario.actor("stranger", 0);
    life.measure("close_score_shard", ix::close_score_shard(shard, keeper.address()), &stranger)
}

/// Somebody takes the place of the smallest bond, in a roster that is full.
fn displace(life: &mut Life, attesters: &[(Actor, AttesterAddresses)]) -> Result<()> {
    let (_, smallest) = attesters.first().context("fifteen")?;
    let keeper = life.keeper();
    life.aside(|life| {
        let network = life.scenario.network;
        let key = work_token_sdk::addresses::attester_roster(&network.network);
        let mut roster: Box<AttesterRoster> = Box::new(life.scenario.read(&key));
        for (entry, other) in roster.entries.iter_mut().skip(attesters.len()).zip(1..) {
            let attester = Pubkey::new_from_array([other; 32]);
            *entry = RosterEntry { attester, bond: 9_000 * TOKEN, next_bond: 9_000 * TOKEN };
        }
        roster.count = u16::try_from(roster.entries.len())?;
        life.scenario.write(&key, &*roster);
        let newcomer = life.scenario.actor("newcomer", 10_000 * TOKEN);
        let at = AttesterAddresses::derive(network, newcomer.address());
        life.scenario.send(&[ix::register_attester(&at, newcomer.tokens, 2_000 * TOKEN)], &[&newcomer])?;
        life.measure("aim_attester", ix::aim_attester(&at), &newcomer)?;
        life.scenario.next_epoch();
        life.scenario.chain.advance(i64::from(life.scenario.network_state().epoch_secs) / 2);
        life.measure("displace_attester", ix::displace_attester(&at, Some(smallest.attester)), &keeper)
    })
}

fn leave(life: &mut Life, attesters: &[(Actor, AttesterAddresses)]) -> Result<()> {
    let (owner, at) = attesters.first().context("fifteen")?;
    life.measure("claim_attester_rewards", ix::claim_attester_rewards(at, owner.tokens), owner)?;
    life.measure("add_attester_bond", ix::add_attester_bond(at, owner.tokens, TOKEN), owner)?;
    life.measure("commit_canaries", ix::commit_canaries(at, [7; 32]), owner)?;
    life.measure("retire_attester", ix::retire_attester(at), owner)?;
    life.scenario.go_to_epoch(life.scenario.epoch() + 10);
    life.measure("close_attester", ix::close_attester(at, owner.tokens), owner)
}
