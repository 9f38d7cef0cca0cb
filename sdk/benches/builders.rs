//! How many instructions a second one core builds, the addresses being derived beforehand.

use {
    criterion::{Criterion, Throughput, criterion_group, criterion_main},
    std::{hint::black_box, time::Duration},
    work_token_sdk::{
        Instruction, NetworkAddresses, PositionAddresses, ProviderAddresses, Pubkey, addresses::epoch_pool, ix,
    },
};

struct Inputs {
    position: PositionAddresses,
    ticket: (Pubkey, u8),
    epoch: Pubkey,
    tokens: Pubkey,
    keeper: ix::Keeper,
    providers: Vec<Pubkey>,
}

fn inputs() -> Inputs {
    let key = |byte| Pubkey::new_from_array([byte; 32]);
    let token_program = Pubkey::from_str_const("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
    let network = NetworkAddresses::derive(&key(1), 1, key(2), token_program);
    let position = ProviderAddresses::derive(network, key(3)).position(key(4));
    Inputs {
        ticket: position.ticket(1),
        epoch: epoch_pool(&network.network, 7),
        position,
        tokens: key(5),
        keeper: ix::Keeper { keeper: key(6), account: Some(key(7)) },
        providers: (0..8).map(|byte| key(100 + byte)).collect(),
    }
}

type Build = fn(&Inputs) -> Instruction;

/// What people and keepers send all day.
const DAY: [(&str, Build); 4] = [
    ("delegate", |inputs| {
        let delegate = ix::Delegate { from: inputs.tokens, amount: 1_000_000, min_shares_out: 0, max_open_claims: 0 };
        ix::delegate(&inputs.position, delegate)
    }),
    ("claim_rewards", |inputs| ix::claim_rewards(&inputs.position, inputs.tokens)),
    ("request_unbonding", |inputs| ix::request_unbonding_at(&inputs.position, inputs.ticket, 1_000)),
    ("settle_8_providers", |inputs| {
        ix::settle_providers_at(&inputs.position.provider.network, inputs.epoch, inputs.keeper, &inputs.providers)
    }),
];

fn builders(criterion: &mut Criterion) {
    let inputs = inputs();
    let mut group = criterion.benchmark_group("sdk");
    group.throughput(Throughput::Elements(1));
    for (name, build) in DAY {
        group.bench_function(name, |bencher| bencher.iter(|| black_box(build)(black_box(&inputs))));
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(700))
        .sample_size(20);
    targets = builders
}
criterion_main!(benches);
