//! How many instructions a second one core builds, the addresses being derived beforehand.

use {
    criterion::{Criterion, Throughput, criterion_group, criterion_main},
    std::{hint::black_box, time::Duration},
    work_token_sdk::{NetworkAddresses, PositionAddresses, ProviderAddresses, Pubkey, addresses::epoch_pool, ix},
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

/// One of each that people and keepers send all day.
fn day(inputs: &Inputs) -> [work_token_sdk::Instruction; 8] {
    let Inputs { position, ticket, epoch, tokens, keeper, providers } = inputs;
    let network = &position.provider.network;
    let delegate = ix::Delegate { from: *tokens, amount: 1_000_000, min_shares_out: 0, max_open_claims: 0 };
    [
        ix::delegate(position, delegate),
        ix::claim_rewards(position, *tokens),
        ix::restake(position, 0),
        ix::request_unbonding_at(position, *ticket, 1_000),
        ix::withdraw_unbonded_at(position, ticket.0, *tokens),
        ix::stake_self(&position.provider, *tokens, 1_000),
        ix::weigh_providers_at(network, *epoch, *keeper, providers),
        ix::settle_providers_at(network, *epoch, *keeper, providers),
    ]
}

fn builders(criterion: &mut Criterion) {
    let inputs = inputs();
    let mut group = criterion.benchmark_group("sdk");
    group.throughput(Throughput::Elements(8));
    group.bench_function("builders", |bencher| bencher.iter(|| day(black_box(&inputs))));
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .sample_size(20);
    targets = builders
}
criterion_main!(benches);
