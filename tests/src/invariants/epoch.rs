//! What an epoch shares and who was weighed in it; what is remembered of the emission.

use work_token_sdk::{
    Pubkey,
    math::{Epoch, emission::MAX_RATE},
    state::{EpochPool, EpochState, Network, Provider, provider::record_flags},
};

/// An epoch hands out no more than it has, and its weights and units are the sums of those of its records.
pub fn assert_epoch(pool: &EpochPool, providers: &[(&Pubkey, &Provider)]) {
    assert!(pool.distributed + pool.reclaimed <= pool.shared().0, "no more is distributed than there is to share");
    let work = &pool.work;
    assert!(work.settled_units <= work.units && work.settled_burn_back <= work.burn_back);
    assert!(work.burn_back <= pool.burned / 10 * 9 + 9, "no more than nine tenths of what burned comes back");
    assert!(pool.keeper_paid <= pool.keeper_cap, "keepers get no more than the cap");
    assert!(pool.settled_weight <= pool.total_weight && pool.weighed_with_weight <= pool.weighed);
    if pool.state == EpochState::Open as u8 {
        assert_eq!((pool.emission, pool.distributed, pool.settled), (0, 0, 0), "an open epoch has nothing to share");
        assert_eq!((work.emission, work.settled_units, work.settled_burn_back), (0, 0, 0));
    }
    let weighed = providers.iter().filter(|(_, provider)| {
        provider.record(Epoch(pool.epoch)).is_some_and(|record| record.flags & record_flags::WEIGHED != 0)
    });
    let weighed = weighed.count();
    assert!(weighed <= pool.weighed as usize, "who was weighed is counted");
    let weight = |settled_only: bool| -> u64 {
        let records = providers.iter().filter_map(|(_, provider)| {
            let record = provider.record(Epoch(pool.epoch))?;
            (!settled_only || provider.rewards.unsettled_epoch > pool.epoch).then_some(record.weight)
        });
        records.sum()
    };
    if weighed < pool.weighed as usize {
        // Some of the records have left their rings, or their providers have closed.
        assert!(pool.total_weight >= weight(false), "the epoch's weight covers every recorded weight");
    } else {
        assert_eq!(pool.total_weight, weight(false), "the epoch's weight is the sum of the recorded weights");
        assert_eq!(pool.settled_weight, weight(true), "the settled weight is that of the settled providers");
        let records = providers.iter().filter_map(|(_, provider)| provider.record(Epoch(pool.epoch)));
        let units = records.filter(|record| record.weight > 0).map(|record| record.units).sum::<u64>();
        assert_eq!(work.units, units, "the epoch's units are the sum of those that count");
    }
}

/// What is remembered of the emission is a part of it.
pub fn assert_emission(network: &Network) {
    let emission = &network.emission;
    assert!(emission.weeks.iter().sum::<u64>() <= network.emitted_total, "weeks hold what was emitted");
    assert!((emission.next_fees as usize) < emission.fees_taken.len() && emission.rate_ppt <= MAX_RATE.0);
}
