//! Numbers and addresses of a set of rules, as the program's list of them has it: no field can be forgotten
//! here.

use {
    super::read,
    crate::{
        failure::{Failure, Result},
        reply::{self, Count, Tell},
    },
    bytemuck::{bytes_of, bytes_of_mut},
    serde_json::Value,
    work_token_sdk::{
        Pubkey, parameters,
        state::governed::{Field, Governed, Rule, Unit},
    },
};

/// Every field that a file names, with the rules of its numbers: all but padding and what has a list of its
/// own.
fn fields<T: Governed>() -> impl Iterator<Item = (&'static Field, &'static [Rule])> {
    parameters::fields::<T>().filter(|(_, rules)| rules.iter().any(|rule| rule.unit != Unit::Zero))
}

/// Their names.
pub fn names<T: Governed>() -> impl Iterator<Item = &'static str> {
    fields::<T>().map(|(field, _)| field.name)
}

/// The values for machines: numbers, lists of numbers, addresses. A rule says by its unit and its bound what
/// its number is.
pub fn told<T: Governed>(values: &T) -> reply::Map<String, reply::Value> {
    let bytes = bytes_of(values);
    let one = |rule: &Rule| match rule.unit {
        Unit::Key => Pubkey::try_from(&bytes[rule.place()]).unwrap_or_default().to_string().tell(),
        Unit::Amount | Unit::Ppt => rule.value(bytes).tell(),
        _ if rule.upper > Count::EXACT => rule.value(bytes).tell(),
        _ => Count(rule.value(bytes)).tell(),
    };
    let all = fields::<T>().map(|(field, rules)| {
        let value = match rules {
            [rule] => one(rule),
            rules => rules.iter().map(one).collect(),
        };
        (field.name.to_owned(), value)
    });
    all.collect()
}

/// Sets a field. Whether there is one of this name.
pub fn set<T: Governed>(values: &mut T, name: &str, value: &Value) -> Result<bool> {
    let Some((_, rules)) = fields::<T>().find(|(field, _)| field.name == name) else { return Ok(false) };
    let bytes = bytes_of_mut(values);
    match rules {
        [rule] => set_one(bytes, rule, name, value)?,
        rules => {
            let list: Vec<Value> = read(name, value)?;
            if list.len() != rules.len() {
                return Err(Failure::Usage(format!("{name} cannot be {value}: {} numbers are expected", rules.len())));
            }
            for (rule, value) in rules.iter().zip(&list) {
                set_one(bytes, rule, name, value)?;
            }
        }
    }
    Ok(true)
}

fn set_one(bytes: &mut [u8], rule: &Rule, name: &str, value: &Value) -> Result<()> {
    let wrong = |reason: String| Failure::Usage(format!("{name} cannot be {value}: {reason}"));
    let place = &mut bytes[rule.place()];
    if rule.unit == Unit::Key {
        let key: Pubkey = read::<String>(name, value)?.parse().map_err(|error| wrong(format!("{error}")))?;
        place.copy_from_slice(key.as_ref());
        return Ok(());
    }
    // As our own JSON has it, an amount is a string.
    let digits = value.as_str().and_then(crate::text::number);
    let number: u64 = digits.map_or_else(|| read(name, value), Ok)?;
    let number = number.to_le_bytes();
    let (low, high) = number.split_at(place.len());
    if high.iter().any(|byte| *byte != 0) {
        return Err(wrong("it is too large".to_owned()));
    }
    place.copy_from_slice(low);
    Ok(())
}
