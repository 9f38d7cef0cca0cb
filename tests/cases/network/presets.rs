//! Networks that pay for performance, as they are to begin with (network-preset-1).

use crate::*;
use math::{
    Amount, Ppm,
    minifloat::{decode, encode},
    work_pay::counted,
};
use work_token_sdk::{commit::Reports, presets::Preset, state::Metric};
use work_token_tests::{Attester, BOND};

/// Rewards without a share cap: a few providers have more than a fifth of the stake each.
fn market(preset: Preset) -> Market {
    let world = World::with(|options| {
        options.params = preset.params();
        options.params.share_cap_ppm = 1_000_000;
    });
    world.scenario.adopt_work_trees().expect("trees are adopted");
    for (number, class) in (0..).zip(preset.classes()) {
        world.set_class(number, &class.rules);
    }
    let owners: Vec<Owner> = ["ann", "bea", "cid"].map(|name| world.owner(name, 1_000, STAKE)).into();
    for owner in &owners {
        world.offer(owner, 0b111, 0);
    }
    let client = world.buyer("client", 1_000_000 * TOKEN);
    Market { world, owners, client }
}

/// Everybody gives all signs of life in what is left of an epoch.
fn give_signs(market: &Market) {
    let network = market.scenario.network.network;
    for owner in market.all() {
        let operator = market.scenario.operator_of(&owner.actor);
        market.send(&[ix::heartbeat(&network, operator.address(), owner.at.provider)], &[&operator]);
    }
}

/// Fees of the work that strangers let do in an epoch: little enough that emission does not give way wholly.
const WORK: u64 = 10 * FEE;
/// Units that attesters report of everybody.
const UNITS: u64 = 900_000;

/// What attesters report: the first provider is good, the second mediocre, the third below the gate of what
/// weighs most; all did the same work.
fn reports(market: &Market, preset: Preset) -> Reports {
    let place = |owner: &Owner| usize::from(market.provider(owner).place.index);
    let metrics = preset.metrics();
    let gated = metrics.iter().position(|metric| metric.gate_bps > 0).expect("a preset has a gate");
    let mut reports = Reports::new();
    for (owner, bps) in market.owners.iter().zip([9_500, 6_000, 9_500]) {
        for metric in 0..2 {
            reports.set(place(owner), metric, bps).expect("a place and a metric that exist");
        }
        if let Some(units) = Metric::units_place(&metrics) {
            reports.set_units(place(owner), units, UNITS).expect("a place and a metric that exist");
        }
    }
    let below = metrics[gated].gate_bps - 1;
    reports.set(place(&market.owners[2]), gated, below).expect("a place and a metric that exist");
    reports
}

/// What burned came back by the score, and the units that were covered count by it, where there are any.
fn paid_by_work(market: &Market, preset: Preset) {
    let (pool, rules) = (market.pool(3), preset.params().work_pay);
    let burned = Amount(WORK / 10);
    let mut sums = [0, 0];
    for owner in &market.owners[..2] {
        let record = market.record(owner, 3);
        let score = Ppm(record.score_ppm);
        let units = if Metric::units_place(&preset.metrics()).is_some() { UNITS } else { 0 };
        let units = decode(encode(units));
        assert_eq!(
            record.units,
            counted(units, Amount(STAKE), burned, score, &rules.unit_rules()),
            "{}",
            preset.name()
        );
        sums[0] += burned.0 / 10 * 8 * u64::from(record.score_ppm) / 1_000_000;
        sums[1] += record.units;
    }
    assert!(sums[0] > 0 && pool.work.burn_back.abs_diff(sums[0]) <= 2, "{}: {:?}", preset.name(), pool.work);
    assert_eq!(pool.work.units, sums[1], "{}", preset.name());
    assert_eq!(pool.work.emission > 0, rules.work_share_ppm > 0, "{}", preset.name());
}

// network-preset-1
#[test]
fn under_every_preset_work_is_drawn_and_paid_and_who_performs_better_earns_more() {
    for preset in Preset::ALL {
        let market = market(preset);
        let attesters: Vec<Attester> = market.attesters(&[BOND, BOND, BOND]);
        market.go_to_epoch(2);
        market.weigh_unscored(1, &market.all());
        market.next_epoch();
        give_signs(&market);
        let seat = market.submitted(0, FEE);
        for owner in &market.owners[..2] {
            market.work(owner, WORK);
        }
        let reports = reports(&market, preset);
        let shard = market.report(&attesters.iter().map(|attester| (attester, &reports)).collect::<Vec<_>>());
        market.score(3, &market.all());
        market.crank(3, &market.all());
        market.settle_attesters(&shard, &attesters.iter().collect::<Vec<_>>());

        let [good, fair, gated] = [0, 1, 2].map(|owner| market.record(&market.owners[owner], 3));
        assert!(good.weight > fair.weight && fair.weight > gated.weight, "{}", preset.name());
        // Half of the score is reputation, which a composite of nothing leaves.
        assert!(gated.score_ppm < fair.score_ppm && gated.score_ppm <= 500_000, "{}", preset.name());
        paid_by_work(&market, preset);
        market.settle_seat(&seat);
        assert_eq!(market.state_of(&seat), SeatState::Settled);
        assert_invariants(&market);
    }
}
