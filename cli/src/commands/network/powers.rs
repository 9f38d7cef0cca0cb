//! What admin, arbiter and a challenger can do to a provider together, and in how many days
//! (dispute-arbiter-1).

use {
    crate::{
        commands::dispute::show::name,
        reply::{Count, Value, facts},
    },
    work_token_sdk::view::{Conviction, Powers},
};

const DAY: u64 = 86_400;

/// What bounds them.
pub fn bounds(powers: &Powers) -> Value {
    facts!({
        "arbiter_severity": powers.arbiter_severity,
        "arbiter_convicts_again_after_epochs": powers.again_after_epochs,
        "juries_need_the_arbiter_above_2_until_ts": powers.cautious_until_ts,
        "new_arbiter_secs": powers.arbiter_change_secs,
        "insurance_secs": powers.insurance_secs,
        "paid_out_bps": powers.paid_out_bps,
        "insurance_bps": powers.insurance_bps,
        "slash_cap_bps": powers.slash_cap_bps,
        "slash_refill_secs": Count(powers.slash_refill_secs),
        "unbonding_secs": powers.unbonding_secs,
        "own_unbonding_secs": powers.own_unbonding_secs,
    })
}

/// A row for each way in which a severity can be found without a jury that was drawn by chance, at the
/// earliest, of a provider that does not answer. Days are whole ones, rounded down.
pub fn convictions(powers: &Powers) -> Vec<Value> {
    let row = |way: &Conviction| {
        facts!({
            "severity": way.severity,
            "by": name(&way.by),
            "changes_of_parameters": way.changes,
            "convicted_after_days": Count(way.convicted_after_secs / DAY),
            "slashed_after_days": Count(way.slashed_after_secs / DAY),
            "part_of_stake_bps": way.base_bps,
            "at_most_bps": way.most_bps,
            "expels": way.expels,
        })
    };
    powers.convictions.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use {
        super::*,
        work_token_sdk::{state::Network, view::powers},
    };

    #[test]
    fn the_arbiter_convicts_alone_up_to_its_severity_in_days_and_above_it_in_months() {
        let mut network: Network = bytemuck::Zeroable::zeroed();
        network.params = work_token_sdk::presets::NETWORK_PARAMS;
        let rows = convictions(&powers(&network, 0));
        let of = |by: &str, field: &str| {
            let rows = rows.iter().filter(|row| row["by"] == by);
            rows.map(|row| row[field].as_u64().unwrap()).collect::<Vec<_>>()
        };
        assert_eq!((of("silence", "severity"), of("silence", "convicted_after_days")), (vec![1, 2], vec![2, 2]));
        assert_eq!(of("arbiter", "part_of_stake_bps"), [10, 100, 500, 3_000, 10_000]);
        assert_eq!(of("arbiter", "changes_of_parameters"), [0, 0, 0, 1, 2]);
        assert_eq!(of("arbiter", "convicted_after_days"), [4, 4, 4, 35, 70]);
        assert_eq!(of("arbiter", "slashed_after_days"), [6, 6, 6, 37, 73]);
        assert_eq!(bounds(&powers(&network, 0))["arbiter_convicts_again_after_epochs"], 90);
    }
}
