//! The committed measurement and the comparison with a fresh one.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};

use super::{
    host::Speed,
    measure::{Measured, Measurement, Reading},
};
use crate::context::read_file;

/// `artifacts/bench.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Baseline {
    /// Of each program.
    pub elf_bytes: BTreeMap<String, u64>,
    pub key_sets: u64,
    pub account_bytes: BTreeMap<String, u64>,
    pub operations: Vec<Measurement>,
    /// What a keeper reads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<Reading>,
    /// Operations per second on the host. Shown, never compared: they depend on the machine.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub host: Vec<Speed>,
}

impl Baseline {
    pub fn new(elf_bytes: BTreeMap<String, u64>, measured: Measured) -> Result<Self> {
        let Measured { key_sets, account_bytes, operations, readings } = measured;
        ensure!(!operations.is_empty() && !readings.is_empty(), "nothing was measured");
        Ok(Self { elf_bytes, key_sets, account_bytes, operations, readings, host: Vec::new() })
    }

    pub fn read(path: &Path) -> Result<Self> {
        let text = read_file(path).context("there is no baseline yet: run `cargo xtask bench --write`")?;
        serde_json::from_str(&text).with_context(|| format!("{} is no baseline", path.display()))
    }

    /// What is wrong with a fresh measurement, seen from this baseline; one sentence each.
    pub fn complaints(&self, fresh: &Self) -> Vec<String> {
        let mut complaints = Vec::new();
        for (program, bytes) in &fresh.elf_bytes {
            match self.elf_bytes.get(program) {
                Some(then) => complaints.extend(growth(&format!("the ELF of {program}"), "bytes", *then, *bytes)),
                None => complaints.push(format!("{program} is not in the baseline")),
            }
        }
        for row in &fresh.operations {
            let name = format!("{} ({})", row.operation, row.tokens.name());
            match self.row(row) {
                Some(then) => complaints.extend(growth(&name, "compute units", then.max_cu, row.max_cu)),
                None => complaints.push(format!("{name} is not in the baseline")),
            }
            if let Some(budget) = row.budget_cu.filter(|budget| row.max_cu > *budget) {
                complaints.push(format!("{name} costs {} compute units, its budget is {budget}", row.max_cu));
            }
        }
        for row in self.operations.iter().filter(|row| fresh.row(row).is_none()) {
            complaints.push(format!(
                "{} ({}) is in the baseline and was not measured",
                row.operation,
                row.tokens.name()
            ));
        }
        complaints.extend(self.complaints_of_reading(fresh));
        if self.account_bytes != fresh.account_bytes {
            let (then, now) = (&self.account_bytes, &fresh.account_bytes);
            complaints.push(format!("account sizes changed: {then:?} then, {now:?} now"));
        }
        complaints
    }

    /// What a keeper reads beyond what it read, and what is measured now or then alone.
    fn complaints_of_reading(&self, fresh: &Self) -> Vec<String> {
        let mut complaints = Vec::new();
        for row in &fresh.readings {
            let name = format!("a keeper's look ({})", row.what);
            match self.readings.iter().find(|then| then.what == row.what) {
                Some(then) => {
                    complaints.extend(growth(&name, "requests", then.requests, row.requests));
                    complaints.extend(growth(&name, "bytes", then.bytes, row.bytes));
                }
                None => complaints.push(format!("{name} is not in the baseline")),
            }
        }
        let is_gone = |then: &&Reading| fresh.readings.iter().all(|row| row.what != then.what);
        let gone = self.readings.iter().filter(is_gone);
        complaints.extend(
            gone.map(|then| format!("a keeper's look ({}) is in the baseline and was not measured", then.what)),
        );
        complaints
    }

    fn row(&self, like: &Measurement) -> Option<&Measurement> {
        self.operations.iter().find(|row| row.operation == like.operation && row.tokens == like.tokens)
    }
}

/// More than 2 % above what it was.
fn growth(name: &str, unit: &str, then: u64, now: u64) -> Option<String> {
    let grown = u128::from(now) * 100 > u128::from(then) * 102;
    grown.then(|| format!("{name} grew from {then} to {now} {unit}, by more than 2 %"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Baseline, Measurement, Reading};
    use crate::bench::measure::Tokens;

    fn baseline(max_cu: u64, elf_bytes: u64) -> Baseline {
        let row = Measurement {
            operation: "delegate".to_owned(),
            tokens: Tokens::SplToken,
            min_cu: 900,
            max_cu,
            budget_cu: Some(1_100),
            tx_bytes: 451,
            accounts: 9,
        };
        let account_bytes = BTreeMap::from([("Delegation".to_owned(), 192)]);
        let readings = vec![Reading { what: "nothing is due".to_owned(), requests: 3, bytes: 5_000 }];
        let elf_bytes = BTreeMap::from([("work_token".to_owned(), elf_bytes)]);
        Baseline { elf_bytes, key_sets: 64, account_bytes, operations: vec![row], readings, host: Vec::new() }
    }

    #[test]
    fn two_percent_more_passes_and_one_unit_above_that_fails() {
        let then = baseline(1_000, 10_000);
        assert!(then.complaints(&baseline(1_020, 10_200)).is_empty());
        assert!(then.complaints(&baseline(500, 5_000)).is_empty());
        assert_eq!(then.complaints(&baseline(1_021, 10_000)).len(), 1);
        assert_eq!(then.complaints(&baseline(1_000, 10_201)).len(), 1);
    }

    #[test]
    fn a_keeper_may_not_ask_for_more_than_it_did() {
        let with = |what: &str, requests, bytes| Baseline {
            readings: vec![Reading { what: what.to_owned(), requests, bytes }],
            ..baseline(1_000, 1)
        };
        let then = with("idle", 3, 5_000);
        assert!(then.complaints(&with("idle", 2, 5_100)).is_empty());
        assert_eq!(then.complaints(&with("idle", 4, 5_101)).len(), 2);
        assert_eq!(then.complaints(&with("busy", 3, 5_000)).len(), 2, "one is new, and one is gone");
    }

    #[test]
    fn a_budget_holds_even_where_the_baseline_is_above_it() {
        assert_eq!(baseline(1_101, 1).complaints(&baseline(1_101, 1)).len(), 1);
    }

    #[test]
    fn rows_that_come_or_go_and_accounts_that_change_size_are_named() {
        let (then, mut now) = (baseline(1_000, 1), baseline(1_000, 1));
        now.operations[0].operation = "undelegate".to_owned();
        now.account_bytes.insert("Delegation".to_owned(), 200);
        let complaints = then.complaints(&now);
        assert_eq!(complaints.len(), 3, "{complaints:?}");
    }

    #[test]
    fn the_file_keeps_what_was_measured() {
        let then = baseline(1_000, 1);
        let text = serde_json::to_string(&then).unwrap();
        assert!(text.contains("\"tokens\":\"SPL Token\""));
        assert_eq!(serde_json::from_str::<Baseline>(&text).unwrap(), then);
    }
}
