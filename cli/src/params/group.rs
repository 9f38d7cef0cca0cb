//! Rules that are a table of their own in a parameter file, and numbers alone: the emission's policy, and
//! what is paid for work.

use {
    super::{numbers, table},
    crate::{
        failure::{Failure, Result},
        reply::{self, Tell},
    },
    serde_json::Value,
    std::fmt::Write,
    work_token_sdk::state::governed::Governed,
};

/// What a parameter file calls the emission's policy.
pub const EMISSION: &str = "emission";
/// And what is paid for work.
pub const WORK_PAY: &str = "work_pay";

/// The rules for machines.
pub fn told(rules: &impl Governed) -> reply::Value {
    numbers::told(rules).tell()
}

/// The rules as TOML: a table, which stands after all plain values of the file.
pub fn to_toml(name: &str, rules: &impl Governed) -> String {
    let mut text = format!("\n[{name}]\n");
    for (name, value) in numbers::told(rules) {
        let _ = writeln!(text, "{name} = {value}");
    }
    text
}

/// What a whole table must name and this one does not.
pub fn missing<T: Governed>(name: &str, value: &Value) -> Vec<String> {
    let names = numbers::names::<T>().filter(|field| value.get(field).is_none());
    names.map(|field| format!("{name}.{field}")).collect()
}

/// Sets what is named; the rest stays.
pub fn set(name: &str, rules: &mut impl Governed, value: &Value) -> Result<()> {
    for (field, value) in table(name, value)? {
        if !numbers::set(rules, field, value)? {
            return Err(Failure::Usage(format!("{name}.{field} is no parameter of a network")));
        }
    }
    Ok(())
}
