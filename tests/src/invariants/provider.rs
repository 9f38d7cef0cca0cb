//! What holds of one provider's pools, records and index.

use work_token_sdk::{
    Pubkey,
    math::{Epoch, MAX_SUPPLY},
    state::{Delegation, PoolKind, Provider, StakePool},
};

pub(super) fn assert_pool(pool: &StakePool) {
    assert!(pool.tokens <= pool.shares, "a share never costs more than one token");
    assert!(pool.tokens < MAX_SUPPLY, "a pool holds less than 2^60");
    assert!(u128::from(pool.shares) <= 16 * u128::from(MAX_SUPPLY), "a pool has at most 2^64 shares");
    assert!(pool.unbonding_shares <= pool.shares, "what leaves is in the pool");
    assert_eq!(pool.tokens == 0, pool.shares == 0, "shares without tokens have ended with their generation");
}

/// The last eight epochs since the registration, each in its slot, none missing.
pub(super) fn assert_records(provider: &Provider) {
    let newest = provider.last_touched_epoch;
    let oldest = provider.registered_epoch.max(newest.saturating_sub(7));
    for epoch in oldest..=newest {
        assert!(provider.record(Epoch(epoch)).is_some(), "the record of epoch {epoch} is kept");
    }
    for record in provider.records.iter().filter(|record| record.flags != 0) {
        assert!((oldest..=newest).contains(&record.epoch), "no record of another epoch is left");
        assert!(record.own_staked <= record.own_total && record.delegated_staked <= record.delegated_total);
    }
}

/// The index ends of the settled epochs never fall, and none is above the index.
pub(super) fn assert_index(provider: &Provider) {
    let unsettled = provider.rewards.unsettled_epoch;
    let oldest = provider.registered_epoch.max(unsettled.saturating_sub(16));
    let index = |bytes: [u8; 16]| u128::from_le_bytes(bytes);
    let ends = (oldest..unsettled).map(|epoch| index(provider.rewards.index_ends_x64[epoch as usize % 16]));
    let mut last = 0;
    for end in ends.chain([index(provider.rewards.reward_index_x64)]) {
        assert!(end >= last, "index ends never fall");
        last = end;
    }
}

/// What positions were credited and could harvest never exceeds what their pool owes.
pub(super) fn assert_rewards_are_owed(provider: &Provider, positions: &[(&Pubkey, &Delegation)]) {
    let mut credited = 0u128;
    for (_, position) in positions {
        let mut position = **position;
        provider.harvest(&mut position);
        credited += u128::from(position.credited);
    }
    let owed = provider.rewards.owed;
    assert!(credited <= u128::from(owed), "positions may claim {credited}, the pool owes {owed}");
}

/// The divisor of every unsettled epoch is the sum of the shares that will be paid for it: no share is paid
/// without being counted, none is counted without being paid.
pub(super) fn assert_divisors(provider: &Provider, positions: &[(&Pubkey, &Delegation)]) {
    for record in provider.records.iter().filter(|record| record.flags != 0) {
        if record.epoch < provider.rewards.unsettled_epoch {
            continue;
        }
        let mut earning = 0;
        for (_, position) in positions {
            if position.pool_kind() == PoolKind::Own || position.generation != provider.delegated.generation {
                continue;
            }
            let lots = position.pending.iter().filter(|lot| lot.activation_epoch <= record.epoch);
            earning += position.shares + lots.map(|lot| lot.shares).sum::<u64>();
        }
        assert_eq!(record.delegated_shares, earning, "the divisor of epoch {} is what earns in it", record.epoch);
    }
}

/// Who lets nobody restake accepts no claims, and nobody restakes in an epoch to come.
pub fn assert_auto_restake(position: &Delegation, now: Epoch) {
    assert!(position.auto_restakes() || position.auto_restake.max_open_claims == 0);
    assert!(position.auto_restake.last_epoch_plus_one <= now.0 + 1);
}
