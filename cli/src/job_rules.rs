//! Rules of a class of jobs as TOML or JSON, field by field as the program names them.

use {
    crate::failure::{Failure, Result},
    serde_json::{Map, Value, json},
    std::{fs, path::Path},
    work_token_sdk::{limits::MIN_JOB_FEE, state::JobRules},
};

const HOUR: u32 = 3_600;
const DAY: u32 = 24 * HOUR;

/// A fixed fee and one provider: an hour to seat, ten minutes to accept, at most a day to work, three to dispute.
pub const DEFAULTS: JobRules = JobRules {
    minimum_fee: MIN_JOB_FEE,
    seat_secs: HOUR,
    accept_secs: 600,
    least_work_secs: 60,
    work_secs: DAY,
    extension_secs: 12 * HOUR,
    reveal_secs: HOUR,
    challenge_secs: 3 * DAY,
    keep_alive_secs: 300,
    exposure_factor: 60,
    cancel_fee_bps: 500,
    detection_bps: 2_500,
    kind: 0,
    redundancy: 1,
    undecided_refund_bps: 5_000,
    padding: [0; 4],
};

macro_rules! fields {
    ($($field:ident),* $(,)?) => {
        /// The rules for machines.
        pub fn to_json(rules: &JobRules) -> Map<String, Value> {
            Map::from_iter([$( (stringify!($field).to_owned(), json!(rules.$field)) ),*])
        }

        fn set(rules: &mut JobRules, name: &str, value: &Value) -> Result<()> {
            let wrong = |error: serde_json::Error| Failure::Usage(format!("{name} cannot be {value}: {error}"));
            match name {
                $( stringify!($field) => rules.$field = serde_json::from_value(value.clone()).map_err(wrong)?, )*
                _ => return Err(Failure::Usage(format!("{name} is no rule of a class"))),
            }
            Ok(())
        }

        const NAMES: &[&str] = &[$(stringify!($field)),*];
    };
}

fields! {
    minimum_fee, seat_secs, accept_secs, least_work_secs, work_secs, extension_secs, reveal_secs, challenge_secs,
    keep_alive_secs, exposure_factor, cancel_fee_bps, detection_bps, kind, redundancy, undecided_refund_bps,
}

/// Reads a whole set, or, given the present one, what a file changes in it.
pub fn load(path: &Path, present: Option<JobRules>) -> Result<JobRules> {
    let named = |error: String| Failure::Usage(format!("{}: {error}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| named(error.to_string()))?;
    let values: Map<String, Value> = if path.extension().is_some_and(|extension| extension == "json") {
        serde_json::from_str(&text).map_err(|error| named(error.to_string()))?
    } else {
        toml::from_str(&text).map_err(|error| named(error.to_string()))?
    };
    let missing: Vec<&str> = NAMES.iter().copied().filter(|name| !values.contains_key(*name)).collect();
    if present.is_none() && !missing.is_empty() {
        return Err(named(format!("missing: {}", missing.join(", "))));
    }
    let mut rules = present.unwrap_or(DEFAULTS);
    for (name, value) in &values {
        set(&mut rules, name, value).map_err(|failure| named(failure.to_string()))?;
    }
    Ok(rules)
}
