//! How many reward computations a second one core makes: a provider's part of an epoch split and distributed,
//! and a position credited.

use {
    criterion::{Criterion, Throughput, criterion_group, criterion_main},
    std::{hint::black_box, time::Duration},
    work_token_sdk::math::{
        Amount, Bps, Epoch, IndexHistory, IndexX64, Position, Ppm, Shares,
        reward::{self, RewardIndex},
        snapshot::Snapshot,
        weight::{Stake, WeightRules, weigh},
    },
};

/// A provider's index in a settled epoch, as a position sees it.
struct Index(RewardIndex);

impl IndexHistory for Index {
    fn index(&self) -> IndexX64 {
        self.0.index
    }

    fn unsettled_epoch(&self) -> Epoch {
        Epoch(9)
    }

    fn end_of(&self, _: Epoch) -> IndexX64 {
        IndexX64::ZERO
    }

    fn generation(&self) -> u32 {
        0
    }

    fn generation_end(&self, _: u32) -> Option<IndexX64> {
        None
    }
}

fn snapshot() -> Snapshot {
    Snapshot {
        own_total: Amount(20_000_000_001),
        delegated_total: Amount(310_000_000_007),
        own_staked: Amount(20_000_000_001),
        own_kept: Amount(19_000_000_001),
        delegated_staked: Amount(310_000_000_007),
        delegated_shares: Shares(311_000_000_009),
        commission: Bps(750),
    }
}

/// Weight, part of the emission, split, index: what settling one provider computes.
fn settle(snapshot: &Snapshot, rules: &WeightRules) -> Option<RewardIndex> {
    let stake = Stake { own: snapshot.own_staked, own_kept: snapshot.own_kept, delegated: snapshot.delegated_staked };
    let weighed = weigh(&stake, Ppm(973_113), Bps(12_500), rules);
    let emission = reward::of_emission(Amount(99_000_000_000), weighed.weight, 5_123_456_789_012);
    let split = reward::split(emission, Amount(1_234_567), snapshot, rules.leverage);
    RewardIndex::default().distribute(split.delegated, snapshot.delegated_shares)
}

fn rewards(criterion: &mut Criterion) {
    let rules = WeightRules { leverage: 16, share_cap: Ppm(200_000), stake_before: Amount(5_000_000_000_000) };
    let snapshot = snapshot();
    let index = Index(settle(&snapshot, &rules).expect("there are shares"));
    let position = Position { shares: Shares(1_234_567_890), ..Position::default() };
    let mut group = criterion.benchmark_group("math");
    group.throughput(Throughput::Elements(1));
    group.bench_function("settle", |bencher| bencher.iter(|| settle(black_box(&snapshot), black_box(&rules))));
    group.bench_function("harvest", |bencher| {
        bencher.iter(|| {
            let mut position = *black_box(&position);
            position.harvest(black_box(&index));
            position
        });
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(700))
        .sample_size(20);
    targets = rewards
}
criterion_main!(benches);
