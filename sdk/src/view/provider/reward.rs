//! What did an epoch bring a provider, and for what?

use crate::{
    math::Epoch,
    state::{EpochPool, EpochState, Provider},
};

/// What a finalized epoch brings a provider and its delegators, before it is split between them. Base units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EpochReward {
    /// The epoch.
    pub epoch: u32,
    /// Whether it was settled: then the provider has it, and its fees are no longer told apart.
    pub is_settled: bool,
    /// For being ready: its part of the emission by weight.
    pub by_weight: u64,
    /// For units of work: its part of the emission by those that count.
    pub by_units: u64,
    /// What comes back of the fees that its work for strangers burned.
    pub by_burn: u64,
    /// Its part of the fees of jobs; 0 once settled.
    pub fees: u64,
    /// Units of work that count.
    pub units: u64,
}

/// What an epoch brings. `None` before it is finalized, after its sweep, and where the provider remembers
/// nothing of it.
pub fn epoch_reward(provider: &Provider, pool: &EpochPool) -> Option<EpochReward> {
    if pool.state != EpochState::Finalized as u8 {
        return None;
    }
    let record = provider.record(Epoch(pool.epoch))?;
    let earned = record.earned(&pool.settle_terms(pool.ends_at_ts).ok()?);
    Some(EpochReward {
        epoch: pool.epoch,
        is_settled: provider.rewards.unsettled_epoch > pool.epoch,
        by_weight: earned.emission.0,
        by_units: earned.by_units.0,
        by_burn: earned.burn_back.0,
        fees: earned.fees.0,
        units: earned.units,
    })
}

#[cfg(test)]
mod tests {
    use {super::*, crate::fixtures::provider, crate::state::PaidWork, bytemuck::Zeroable};

    #[test]
    fn an_epoch_is_told_by_what_it_paid_for_and_work_counts_with_a_weight_only() {
        let mut provider = provider(50);
        let record = &mut provider.records[10 % 8];
        (record.weight, record.units, record.burned, record.fees) = (3, 2, 5, 7);
        let work = PaidWork { burn_back: 5, emission: 50, units: 5, ..PaidWork::NONE };
        let pool = EpochPool {
            epoch: 10,
            state: EpochState::Finalized as u8,
            emission: 100,
            total_weight: 10,
            work,
            ..EpochPool::zeroed()
        };
        let expected =
            EpochReward { epoch: 10, is_settled: false, by_weight: 30, by_units: 20, by_burn: 5, fees: 7, units: 2 };
        assert_eq!(epoch_reward(&provider, &pool), Some(expected));
        provider.rewards.unsettled_epoch = 11;
        assert!(epoch_reward(&provider, &pool).unwrap().is_settled);
        // Without a weight the record may still say what was reported and burned.
        provider.records[10 % 8].weight = 0;
        let unweighed = epoch_reward(&provider, &pool).unwrap();
        assert_eq!((unweighed.by_weight, unweighed.by_units, unweighed.by_burn, unweighed.fees), (0, 0, 0, 7));
        for state in [EpochState::Open, EpochState::Swept] {
            assert_eq!(epoch_reward(&provider, &EpochPool { state: state as u8, ..pool }), None);
        }
        assert_eq!(epoch_reward(&provider, &EpochPool { epoch: 11, ..pool }).map(|reward| reward.epoch), None);
    }
}
