//! The rules of disputes: a table of their own in a parameter file, with a row for each severity.

use {
    super::{numbers, read, table},
    crate::{
        failure::{Failure, Result},
        reply,
    },
    serde_json::Value,
    std::fmt::Write,
    work_token_sdk::state::{DisputeRules, SeverityRule},
};

/// What a parameter file calls them.
pub const NAME: &str = "disputes";
const SEVERITIES: &str = "severities";

/// The rules for machines.
pub fn told(rules: &DisputeRules) -> reply::Value {
    let mut map = numbers::told(rules);
    map.insert(SEVERITIES.to_owned(), rules.severities.iter().map(numbers::told).collect());
    reply::Value::Object(map)
}

/// The rules as TOML: a table, which stands after all plain values of the file.
pub fn to_toml(rules: &DisputeRules) -> String {
    let value = told(rules);
    let mut text = format!("\n[{NAME}]\n");
    for name in numbers::names::<DisputeRules>() {
        let _ = writeln!(text, "{name} = {}", value[name]);
    }
    for (severity, rule) in (1..).zip(&rules.severities) {
        let row = numbers::told(rule);
        let _ = write!(text, "\n# Severity {severity}\n[[{NAME}.{SEVERITIES}]]\n");
        for name in numbers::names::<SeverityRule>() {
            let _ = writeln!(text, "{name} = {}", row[name]);
        }
    }
    text
}

/// What a whole set of rules must name and this one does not.
pub fn missing(value: &Value) -> Vec<String> {
    let named = |table: &Value, name: &str| table.get(name).is_some();
    let rules = numbers::names::<DisputeRules>().chain([SEVERITIES]).filter(|name| !named(value, name));
    let mut missing: Vec<String> = rules.map(|name| format!("{NAME}.{name}")).collect();
    for row in value[SEVERITIES].as_array().into_iter().flatten() {
        let fields = numbers::names::<SeverityRule>().filter(|name| !named(row, name));
        missing.extend(fields.map(|name| format!("{NAME}.{SEVERITIES}.{name}")));
    }
    missing
}

/// Sets what is named; the rest stays.
pub fn set(rules: &mut DisputeRules, value: &Value) -> Result<()> {
    for (name, value) in table(NAME, value)? {
        match name.as_str() {
            SEVERITIES => set_severities(&mut rules.severities, value)?,
            name if numbers::set(rules, name, value)? => {}
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
            if !numbers::set(rule, name, value)? {
                return Err(Failure::Usage(format!("{NAME}.{SEVERITIES}.{name} is no rule of a severity")));
            }
        }
    }
    Ok(())
}
