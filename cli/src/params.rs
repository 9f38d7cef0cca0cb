//! Network parameters as TOML or JSON, field by field as the program names them.

mod disputes;
pub mod file;
mod group;
mod metrics;
pub mod numbers;

use {
    crate::{
        failure::{Failure, Result},
        foreseen,
        reply::{self, Tell, facts},
    },
    serde_json::{Map, Value},
    std::path::Path,
    work_token_sdk::{
        errors::explain,
        parameters::{self, Change},
        state::{ChangeClass, EmissionPolicy, NetworkParams, WorkPay},
    },
};

/// What stands in a table of its own, after all plain values.
const TABLES: [&str; 3] = [group::EMISSION, group::WORK_PAY, disputes::NAME];

/// The parameters for machines.
pub fn told(params: &NetworkParams) -> reply::Map<String, reply::Value> {
    let mut map = numbers::told(params);
    map.insert(metrics::NAME.to_owned(), metrics::told(&params.metrics));
    map.insert(group::EMISSION.to_owned(), group::told(&params.emission));
    map.insert(group::WORK_PAY.to_owned(), group::told(&params.work_pay));
    map.insert(disputes::NAME.to_owned(), disputes::told(&params.disputes));
    map
}

fn set(params: &mut NetworkParams, name: &str, value: &Value) -> Result<()> {
    match name {
        metrics::NAME => params.metrics = metrics::read(&read::<Vec<String>>(name, value)?)?,
        group::EMISSION => group::set(name, &mut params.emission, value)?,
        group::WORK_PAY => group::set(name, &mut params.work_pay, value)?,
        disputes::NAME => disputes::set(&mut params.disputes, value)?,
        name if numbers::set(params, name, value)? => {}
        name => return Err(Failure::Usage(format!("{name} is no parameter of a network"))),
    }
    Ok(())
}

/// What would change, for machines: from what, to what, how it may change, after what delay, and whether one
/// step may go so far.
pub fn told_changes(changes: &[Change], delay_secs: impl Fn(ChangeClass) -> i64) -> reply::Value {
    let all = changes.iter().map(|change| {
        facts!({
            "name": change.name,
            "from": shown(&change.from),
            "to": shown(&change.to),
            "class": class(change.class),
            "delay_secs": delay_secs(change.class),
            "step": change.step.map_or_else(|error| error.name(), |()| "allowed"),
        })
    });
    all.collect()
}

/// Refuses changes of which one goes too far; the refusal names each that does.
pub fn require_steps(changes: &[Change]) -> Result<()> {
    let refused = changes.iter().filter_map(|change| change.step.err().map(|error| (change, error)));
    let refused: Vec<String> = refused
        .map(|(change, error)| {
            let (name, from, to) = (&change.name, shown(&change.from), shown(&change.to));
            format!("{name} from {from} to {to}: {}", explain(error))
        })
        .collect();
    if refused.is_empty() { Ok(()) } else { Err(Failure::Usage(refused.join("; "))) }
}

/// A class's name.
pub fn class(class: ChangeClass) -> String {
    format!("{class:?}").to_lowercase()
}

fn shown(value: &parameters::Value) -> reply::Value {
    match value {
        parameters::Value::Number(number) => number.tell(),
        parameters::Value::Key(key) => key.to_string().tell(),
        parameters::Value::Metric(metric) => metrics::text(metric).tell(),
    }
}

fn read<T: serde::de::DeserializeOwned>(name: &str, value: &Value) -> Result<T> {
    serde_json::from_value(value.clone()).map_err(|error| Failure::Usage(format!("{name} cannot be {value}: {error}")))
}

fn table<'a>(name: &str, value: &'a Value) -> Result<&'a Map<String, Value>> {
    value.as_object().ok_or_else(|| Failure::Usage(format!("{name} cannot be {value}: a table is expected")))
}

/// The parameters as TOML.
pub fn to_toml(params: &NetworkParams) -> String {
    let values = told(params);
    let plain = values.iter().filter(|(name, _)| !TABLES.contains(&name.as_str()));
    let text: String = plain.map(|(name, value)| format!("{name} = {value}\n")).collect();
    text + &group::to_toml(group::EMISSION, &params.emission)
        + &group::to_toml(group::WORK_PAY, &params.work_pay)
        + &disputes::to_toml(&params.disputes)
}

/// Reads a whole parameter set, or, given the present one, what a file changes in it.
pub fn load(path: &Path, present: Option<&NetworkParams>) -> Result<NetworkParams> {
    let named = |error: String| Failure::Usage(format!("{}: {error}", path.display()));
    let values = file::read(path)?;
    apply(&values, present).map_err(|failure| named(failure.to_string()))
}

fn apply(values: &Map<String, Value>, present: Option<&NetworkParams>) -> Result<NetworkParams> {
    let mut params = match present {
        Some(present) => *present,
        None => {
            let names = numbers::names::<NetworkParams>().chain([metrics::NAME]).chain(TABLES);
            let mut missing: Vec<String> =
                names.filter(|name| !values.contains_key(*name)).map(ToOwned::to_owned).collect();
            let in_table = |name: &str, missing: fn(&str, &Value) -> Vec<String>| {
                values.get(name).map(|value| missing(name, value)).unwrap_or_default()
            };
            missing.extend(in_table(group::EMISSION, group::missing::<EmissionPolicy>));
            missing.extend(in_table(group::WORK_PAY, group::missing::<WorkPay>));
            missing.extend(values.get(disputes::NAME).map(disputes::missing).unwrap_or_default());
            if !missing.is_empty() {
                return Err(Failure::Usage(format!("missing: {}", missing.join(", "))));
            }
            work_token_sdk::presets::NETWORK_PARAMS
        }
    };
    for (name, value) in values {
        set(&mut params, name, value)?;
    }
    params.validate().map_err(|error| Failure::Usage(foreseen::unfit(error, parameters::parameters(&params))))?;
    Ok(params)
}

#[cfg(test)]
mod tests {
    use {super::*, serde_json::json};

    /// The parameters as they go out.
    fn json(params: &NetworkParams) -> Map<String, Value> {
        told(params).iter().map(|(name, value)| (name.clone(), value.to_json())).collect()
    }

    #[test]
    fn the_default_parameters_survive_toml_and_json() {
        let params = work_token_sdk::presets::NETWORK_PARAMS;
        let from_toml: Map<String, Value> = toml::from_str(&to_toml(&params)).unwrap();
        assert_eq!(apply(&from_toml, None).unwrap(), params);
        assert_eq!(apply(&json(&params), None).unwrap(), params);
    }

    #[test]
    fn a_change_names_only_what_it_changes() {
        let present = work_token_sdk::presets::NETWORK_PARAMS;
        let change = Map::from_iter([("leverage".to_owned(), json!(15))]);
        let changed = apply(&change, Some(&present)).unwrap();
        assert_eq!(changed, NetworkParams { leverage: 15, ..present });
    }

    #[test]
    fn a_change_of_dispute_rules_names_only_what_it_changes() {
        let present = work_token_sdk::presets::NETWORK_PARAMS;
        let change = "[disputes]\njuror_fee = 2000000\nrandomness_offset = 8\nrandomness = \"SysvarC1ock11111111111111111111111111111111\"\n\
            randomness_owner = \"11111111111111111111111111111112\"\n\
            severities = [{}, { base_bps = 120 }, {}, {}, { installments = 4 }]\n";
        let changed = apply(&toml::from_str(change).unwrap(), Some(&present)).unwrap();
        let mut expected = present;
        (expected.disputes.juror_fee, expected.disputes.randomness_offset) = (2_000_000, 8);
        expected.disputes.severities[1].base_bps = 120;
        expected.disputes.randomness = "SysvarC1ock11111111111111111111111111111111".parse().unwrap();
        expected.disputes.randomness_owner = "11111111111111111111111111111112".parse().unwrap();
        assert_eq!(changed, expected);
        let from_toml: Map<String, Value> = toml::from_str(&to_toml(&changed)).unwrap();
        assert_eq!(apply(&from_toml, None).unwrap(), changed);
    }

    #[test]
    fn unknown_missing_and_unfit_parameters_are_refused() {
        let present = work_token_sdk::presets::NETWORK_PARAMS;
        let refusals = [
            (json!({ "leverages": 15 }), "leverages is no parameter"),
            (json!({ "leverage": -1 }), "leverage cannot be -1"),
            (json!({ "leverage": 65 }), "LeverageOutOfBounds"),
            (json!({ "disputes": { "juror_fees": 1 } }), "disputes.juror_fees is no rule"),
            (json!({ "disputes": { "juror_fee": -1 } }), "juror_fee cannot be -1"),
            (json!({ "disputes": { "severities": [{}] } }), "5 rows are expected"),
            (json!({ "disputes": 3 }), "a table is expected"),
        ];
        for (change, expected) in refusals {
            let refusal = apply(change.as_object().unwrap(), Some(&present)).unwrap_err().to_string();
            assert!(refusal.contains(expected), "{refusal}");
        }
        assert!(apply(&Map::new(), None).unwrap_err().to_string().contains("missing: emission_per_epoch"));
        let mut whole = json(&present);
        whole["disputes"].as_object_mut().unwrap().remove("juror_fee");
        assert!(apply(&whole, None).unwrap_err().to_string().contains("missing: disputes.juror_fee"));
    }
}
