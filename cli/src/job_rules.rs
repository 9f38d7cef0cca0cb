//! Rules of a class of jobs as TOML or JSON, field by field as the program names them.

use {
    crate::{
        failure::{Failure, Result},
        params::{file, numbers},
        reply::{Map, Value},
    },
    std::path::Path,
    work_token_sdk::{presets, state::JobRules},
};

/// The rules for machines.
pub fn told(rules: &JobRules) -> Map<String, Value> {
    numbers::told(rules)
}

/// Reads a whole set, or, given the present one, what a file changes in it.
pub fn load(path: &Path, present: Option<JobRules>) -> Result<JobRules> {
    let named = |error: String| Failure::Usage(format!("{}: {error}", path.display()));
    let values = file::read(path)?;
    let missing: Vec<&str> = numbers::names::<JobRules>().filter(|name| !values.contains_key(*name)).collect();
    if present.is_none() && !missing.is_empty() {
        return Err(named(format!("missing: {}", missing.join(", "))));
    }
    let mut rules = present.unwrap_or(presets::JOB_RULES);
    for (name, value) in &values {
        let is_known = numbers::set(&mut rules, name, value).map_err(|failure| named(failure.to_string()))?;
        if !is_known {
            return Err(named(format!("{name} is no rule of a class")));
        }
    }
    Ok(rules)
}
