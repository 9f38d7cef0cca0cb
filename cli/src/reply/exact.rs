//! Integers in JSON. Many readers of JSON hold a number in 53 bits, which an amount may exceed: amounts, and
//! whatever else is not known to be small, are strings of digits. Times, durations, slots, epochs, ratios,
//! places and counts stay numbers.

use {
    serde_json::{Map, Value},
    work_token_sdk::{
        parameters,
        state::{
            DisputeRules, EmissionPolicy, JobRules, NetworkParams, SeverityRule,
            governed::{Governed, Unit},
        },
    },
};

/// Ends of names whose integers are small: the unit of what they count.
const UNITS: [&str; 15] = [
    "_ts",
    "_secs",
    "_slot",
    "_epoch",
    "_epochs",
    "_days",
    "_bps",
    "_ppm",
    "_per_mille",
    "_severity",
    "_units",
    "_version",
    "_decimals",
    "_seats",
    "_code",
];

/// Names whose integers are small, in groups: the chain, places and people, jobs and scores, disputes, runs.
const COUNTS: &[&str] = &[
    "slot",
    "secs",
    "epoch",
    "epochs",
    "epochs_left",
    "next_to_finalize",
    "param_changes",
    "count",
    "transactions",
    "instructions",
    "signatures",
    "transaction_bytes",
    "line",
    "place",
    "places",
    "cap",
    "taken",
    "free",
    "first_free",
    "tier",
    "positions",
    "open_disputes",
    "answered_disputes",
    "repeats",
    "disputes",
    "joined",
    "claim",
    "claims",
    "change",
    "tasks",
    "asked",
    "right",
    "pending",
    "waits_for",
    "ticket",
    "withdraws",
    "changes_of_parameters",
    "class",
    "classes",
    "seats",
    "seat",
    "leaf",
    "index",
    "looked_at",
    "done",
    "drawn",
    "declined",
    "passed",
    "failed",
    "stopped",
    "skips",
    "rating",
    "redundancy",
    "weighed",
    "settled",
    "scored",
    "providers",
    "active_providers",
    "shard",
    "first_place",
    "opinion",
    "missed",
    "aims_at",
    "severity",
    "claimed",
    "standing",
    "conceded",
    "verdict",
    "rulings",
    "raised",
    "step",
    "if_found",
    "jury",
    "juries",
    "round",
    "filled",
    "committed",
    "revealed",
    "installments",
    "vote",
    "rows",
    "jobs",
    "expired",
    "seed",
    "identities",
    "medians",
    "commissions_capped",
    "epochs_emitted",
    "draws_verified",
    "draws_not_accepted",
    "outside",
    "unprotected",
    "unprotected_outside",
    "minorities",
    "largest_deviation_millionths",
    "units_tolerance",
];

fn is_small(name: &str) -> bool {
    let is_counted = || COUNTS.contains(&name) || UNITS.iter().any(|unit| name.ends_with(unit));
    // An epoch has an emission, and the parameters have the rules of one, which are no number.
    let rule = is_small_rule(name).filter(|_| name != "emission");
    rule.unwrap_or_else(|| is_counted() && !name.ends_with("_per_epoch"))
}

/// Of a parameter or rule, whether it is counted in anything but base units.
fn is_small_rule(name: &str) -> Option<bool> {
    fn of<T: Governed>(name: &str) -> Option<bool> {
        let (_, rules) = parameters::fields::<T>().find(|(field, _)| field.name == name)?;
        Some(rules.iter().all(|rule| !matches!(rule.unit, Unit::Amount | Unit::Ppt)))
    }
    of::<NetworkParams>(name)
        .or_else(|| of::<EmissionPolicy>(name))
        .or_else(|| of::<DisputeRules>(name))
        .or_else(|| of::<SeverityRule>(name))
        .or_else(|| of::<JobRules>(name))
}

/// The value as it goes out. What stands in a list, or under a reason in `skips`, is counted as the list is.
pub fn exact(name: &str, value: &Value) -> Value {
    match value {
        Value::Number(number) if !number.is_f64() && !is_small(name) => Value::String(number.to_string()),
        Value::Array(values) => values.iter().map(|value| exact(name, value)).collect(),
        Value::Object(map) if name == "skips" => Value::Object(map.clone()),
        Value::Object(map) => Value::Object(all(map)),
        other => other.clone(),
    }
}

/// All values of an object.
pub fn all(map: &Map<String, Value>) -> Map<String, Value> {
    map.iter().map(|(name, value)| (name.clone(), exact(name, value))).collect()
}

#[cfg(test)]
mod tests {
    use {super::*, serde_json::json};

    #[test]
    fn amounts_are_strings_and_times_ratios_places_and_counts_are_numbers() {
        let given = json!({
            "fee": u64::MAX, "net": -5, "settles": [1, 2], "matures_at_ts": 1_800_000_000, "seats": [0, 2], "seat": 1,
            "commission_bps": 500, "skips": { "not active": 3 }, "vaults": { "escrow": 0 }, "ok": true, "none": null,
            "rows": [{ "amount": 7, "epoch": 3 }], "leverage": 16, "minimum_fee": 9, "number": 4,
            "emission_per_epoch": 1, "jailed_until_epoch": 2, "to_providers": 8, "active_providers": 9,
            "emission": 3,
        });
        let shown = json!({
            "fee": "18446744073709551615", "net": "-5", "settles": ["1", "2"], "matures_at_ts": 1_800_000_000,
            "seats": [0, 2], "seat": 1, "commission_bps": 500, "skips": { "not active": 3 }, "vaults": { "escrow": "0" },
            "ok": true, "none": null, "rows": [{ "amount": "7", "epoch": 3 }], "leverage": 16, "minimum_fee": "9",
            "number": "4", "emission_per_epoch": "1", "jailed_until_epoch": 2,
            "to_providers": "8", "active_providers": 9, "emission": "3",
        });
        assert_eq!(Value::Object(all(given.as_object().unwrap())), shown);
    }
}
