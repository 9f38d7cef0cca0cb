//! Epochs: as far as somebody brings them.

use {
    crate::{
        chain::Chain,
        model::Model,
        op::{Op, Step},
    },
    rand::Rng,
    rand_chacha::ChaCha8Rng,
    work_token_sdk::{addresses, math::Epoch, state::EpochPool},
};

/// The next step of an epoch's life.
pub fn step(rng: &mut ChaCha8Rng, chain: &Chain, model: &Model) -> Option<Step> {
    let now = model.time.epoch();
    let network = chain.world.network();
    let next = network.next_to_finalize(Epoch(now)).0;
    if rng.random_ratio(1, 12) {
        return Some(vec![if rng.random_ratio(1, 2) { Op::RefreshNote } else { Op::RecordOutage }]);
    }
    if next > 0 && rng.random_ratio(1, 3) {
        return Some(vec![Op::Settle { epoch: next - 1 }]);
    }
    if next >= now {
        return (next > 9 && rng.random_ratio(1, 2)).then(|| vec![Op::Sweep { epoch: next - 9 }]);
    }
    let key = addresses::epoch_pool(&network_key(chain), next);
    let Some(pool) = chain.world.scenario.find::<EpochPool>(&key) else {
        return Some(vec![Op::OpenEpoch { epoch: next }, Op::Weigh { epoch: next }]);
    };
    let work = model.time.work();
    let wait = |until: i64| Some(vec![Op::Pass { secs: (until - work).max(1) }]);
    if work < pool.weigh_from_work_ts {
        return wait(pool.weigh_from_work_ts);
    }
    // What no record is kept of can be weighed no more.
    if pool.weighed == 0 && now - next < 8 && rng.random_ratio(3, 4) {
        return Some(vec![Op::Weigh { epoch: next }]);
    }
    if work < pool.finalizable_from_work_ts() {
        return wait(pool.finalizable_from_work_ts());
    }
    Some(vec![Op::Finalize { epoch: next }, Op::Settle { epoch: next }])
}

/// Whether every epoch that has ended is finalized.
pub fn is_up_to_date(chain: &Chain, model: &Model) -> bool {
    let now = model.time.epoch();
    chain.world.network().next_to_finalize(Epoch(now)).0 >= now
}

fn network_key(chain: &Chain) -> work_token_sdk::Pubkey {
    chain.world.scenario.network.network
}
