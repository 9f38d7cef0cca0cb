//! The rules of disputes: a table of their own in a parameter file, with a row for each severity.

use {
    super::read,
    crate::failure::{Failure, Result},
    serde_json::{Map, Value, json},
    std::fmt::Write,
    work_token_sdk::{
        Pubkey,
        state::{DisputeRules, SeverityRule},
    },
};

/// What a parameter file calls them.
pub const NAME: &str = "disputes";
const SEVERITIES: &str = "severities";
const KEYS: [&str; 2] = ["randomness", "randomness_owner"];

macro_rules! numbers {
    ($type:ty, $names:ident, $to_json:ident, $set:ident: $($field:ident),* $(,)?) => {
        const $names: &[&str] = &[$(stringify!($field)),*];

        fn $to_json(rules: &$type) -> Map<String, Value> {
            Map::from_iter([$((stringify!($field).to_owned(), json!(rules.$field))),*])
        }

        /// Whether there is a number of this name.
        fn $set(rules: &mut $type, name: &str, value: &Value) -> Result<bool> {
            match name {
                $( stringify!($field) => rules.$field = read(name, value)?, )*
                _ => return Ok(false),
            }
            Ok(true)
        }
    };
}

numbers! {
    DisputeRules, RULES, rules_to_json, set_rule:
    minimum_bond, juror_fee, juror_lock, arbiter_fee, answer_secs, seat_secs, commit_secs, reveal_secs, appeal_secs, arbiter_secs,
    juror_term_secs, slash_refill_epochs, claim_bond_bps, delta_bps, slash_cap_bps, randomness_offset, cover_from_severity,
}

numbers! {
    SeverityRule, SEVERITY, severity_to_json, set_severity: base_bps, reward_bps, jail_epochs, installments,
}

/// The rules for machines.
pub fn to_json(rules: &DisputeRules) -> Value {
    let mut map = rules_to_json(rules);
    for (name, key) in KEYS.into_iter().zip([rules.randomness, rules.randomness_owner]) {
        map.insert(name.to_owned(), key.to_string().into());
    }
    map.insert(SEVERITIES.to_owned(), rules.severities.iter().map(severity_to_json).map(Value::Object).collect());
    Value::Object(map)
}

/// The rules as TOML: a table, which stands after all plain values of the file.
pub fn to_toml(rules: &DisputeRules) -> String {
    let value = to_json(rules);
    let mut text = format!("\n[{NAME}]\n");
    for name in RULES.iter().chain(&KEYS) {
        let _ = writeln!(text, "{name} = {}", value[*name]);
    }
    for (severity, rule) in (1..).zip(&rules.severities) {
        let row = severity_to_json(rule);
        let _ = write!(text, "\n# Severity {severity}\n[[{NAME}.{SEVERITIES}]]\n");
        SEVERITY.iter().for_each(|name| {
            let _ = writeln!(text, "{name} = {}", row[*name]);
        });
    }
    text
}

/// What a whole set of rules must name and this one does not.
pub fn missing(value: &Value) -> Vec<String> {
    let named = |table: &Value, name: &str| table.get(name).is_some();
    let rules = RULES.iter().chain(&KEYS).chain(&[SEVERITIES]).filter(|name| !named(value, name));
    let mut missing: Vec<String> = rules.map(|name| format!("{NAME}.{name}")).collect();
    for row in value[SEVERITIES].as_array().into_iter().flatten() {
        let fields = SEVERITY.iter().filter(|name| !named(row, name));
        missing.extend(fields.map(|name| format!("{NAME}.{SEVERITIES}.{name}")));
    }
    missing
}

/// Sets what is named; the rest stays.
pub fn set(rules: &mut DisputeRules, value: &Value) -> Result<()> {
    for (name, value) in table(NAME, value)? {
        match name.as_str() {
            SEVERITIES => set_severities(&mut rules.severities, value)?,
            name if name == KEYS[0] => rules.randomness = key(name, value)?,
            name if name == KEYS[1] => rules.randomness_owner = key(name, value)?,
            name if set_rule(rules, name, value)? => {}
            name => return Err(Failure::Usage(format!("{NAME}.{name} is no rule of disputes"))),
        }
    }
    Ok(())
}

/// All five, in order; each names what changes in it.
fn set_severities(rules: &mut [SeverityRule; 5], value: &Value) -> Result<()> {
    let rows: Vec<Value> = read(SEVERITIES, value)?;
    if rows.len() != rules.len() {
        return Err(Failure::Usage(format!("{NAME}.{SEVERITIES}: {} rows are expected, in order", rules.len())));
    }
    for (rule, row) in rules.iter_mut().zip(&rows) {
        for (name, value) in table(SEVERITIES, row)? {
            if !set_severity(rule, name, value)? {
                return Err(Failure::Usage(format!("{NAME}.{SEVERITIES}.{name} is no rule of a severity")));
            }
        }
    }
    Ok(())
}

fn table<'a>(name: &str, value: &'a Value) -> Result<&'a Map<String, Value>> {
    value.as_object().ok_or_else(|| Failure::Usage(format!("{name} cannot be {value}: a table is expected")))
}

fn key(name: &str, value: &Value) -> Result<Pubkey> {
    let text: String = read(name, value)?;
    text.parse().map_err(|error| Failure::Usage(format!("{name} cannot be {value}: {error}")))
}
