//! How an operation is measured, and what is kept of it.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};

/// An address search costs more or less with the keys, so each operation runs with as many sets of keys.
pub const KEY_SETS: u64 = 64;

/// The token program that the network's mint belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Tokens {
    #[serde(rename = "SPL Token")]
    SplToken,
    #[serde(rename = "Token-2022")]
    Token2022,
}

impl Tokens {
    pub const ALL: [Self; 2] = [Self::SplToken, Self::Token2022];

    pub const fn name(self) -> &'static str {
        match self {
            Self::SplToken => "SPL Token",
            Self::Token2022 => "Token-2022",
        }
    }
}

/// One transaction with one operation, as the chain accounted for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Compute units of the whole transaction, without a compute-budget instruction's own.
    pub cu: u64,
    /// Bytes of the signed transaction on the wire.
    pub tx_bytes: usize,
    /// Accounts that the instruction names.
    pub accounts: usize,
}

/// Something that can be done on the chain and has a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its name in the table, such as `delegate, first time`: an instruction's name, and what is particular.
    /// Together with the token program it is unique.
    pub name: &'static str,
    /// The compute units that it may cost with SPL Token, where there is a budget.
    pub budget_cu: Option<u64>,
}

/// An operation with a budget.
pub const fn within(budget_cu: u64, name: &'static str) -> Operation {
    Operation { name, budget_cu: Some(budget_cu) }
}

impl From<&'static str> for Operation {
    fn from(name: &'static str) -> Self {
        Self { name, budget_cu: None }
    }
}

/// What one life of a network measured: each operation once, where it cost most, in the order of the table.
#[derive(Clone, Debug, Default)]
pub struct Costs(Vec<(Operation, Sample)>);

impl Costs {
    /// Adds what an operation cost. Of an operation that is measured again the dearer sample is kept.
    ///
    /// # Errors
    ///
    /// The same operation has another budget elsewhere.
    pub fn add(&mut self, operation: Operation, sample: Sample) -> Result<()> {
        let Some((known, dearest)) = self.0.iter_mut().find(|(known, _)| known.name == operation.name) else {
            self.0.push((operation, sample));
            return Ok(());
        };
        ensure!(*known == operation, "`{}` has two budgets", operation.name);
        if dearest.cu < sample.cu {
            *dearest = sample;
        }
        Ok(())
    }

    /// Adds all that another life measured.
    ///
    /// # Errors
    ///
    /// As for [`Self::add`].
    pub fn join(&mut self, other: Self) -> Result<()> {
        other.0.into_iter().try_for_each(|(operation, sample)| self.add(operation, sample))
    }
}

/// What one operation costs over all key sets: a row of the table and of the baseline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measurement {
    pub operation: String,
    pub tokens: Tokens,
    pub min_cu: u64,
    pub max_cu: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget_cu: Option<u64>,
    /// The largest of all key sets.
    pub tx_bytes: usize,
    pub accounts: usize,
}

/// What one look of a keeper reads in a network with as many providers as there are places and 100,000
/// positions: a row of the table and of the baseline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What is due there.
    pub what: String,
    pub requests: u64,
    /// Bytes of the accounts that are read, as the chain keeps them.
    pub bytes: u64,
}

/// What the bench target prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    pub key_sets: u64,
    /// Size of each account type with its discriminator.
    pub account_bytes: BTreeMap<String, u64>,
    pub operations: Vec<Measurement>,
    #[serde(default)]
    pub readings: Vec<Reading>,
}

/// Measures every operation with both token programs over all key sets. `live` is one life of a network;
/// equal key sets give equal costs.
pub fn all(account_bytes: BTreeMap<String, u64>, live: impl Fn(Tokens, u64) -> Result<Costs>) -> Result<Measured> {
    let mut rows: Vec<(Operation, [Vec<Sample>; 2])> = Vec::new();
    for (at, tokens) in Tokens::ALL.into_iter().enumerate() {
        for set in 0..KEY_SETS {
            let costs = live(tokens, set).with_context(|| format!("with {} and key set {set}", tokens.name()))?;
            for (operation, sample) in costs.0 {
                let known = rows.iter().position(|(known, _)| *known == operation).unwrap_or_else(|| {
                    rows.push((operation, Default::default()));
                    rows.len() - 1
                });
                rows[known].1[at].push(sample);
            }
        }
    }
    ensure!(!rows.is_empty(), "no operation is measured");
    let mut operations = Vec::new();
    for (operation, samples) in rows {
        for (tokens, samples) in Tokens::ALL.into_iter().zip(samples) {
            let is_in_all = samples.len() as u64 == KEY_SETS;
            ensure!(is_in_all, "`{}` is not measured in every life with {}", operation.name, tokens.name());
            operations.push(row(operation, tokens, &samples));
        }
    }
    Ok(Measured { key_sets: KEY_SETS, account_bytes, operations, readings: Vec::new() })
}

fn row(operation: Operation, tokens: Tokens, samples: &[Sample]) -> Measurement {
    Measurement {
        operation: operation.name.to_owned(),
        tokens,
        min_cu: samples.iter().map(|s| s.cu).min().unwrap_or_default(),
        max_cu: samples.iter().map(|s| s.cu).max().unwrap_or_default(),
        // Token-2022 is dearer by what its own program costs; the budgets are for SPL Token.
        budget_cu: operation.budget_cu.filter(|_| tokens == Tokens::SplToken),
        tx_bytes: samples.iter().map(|s| s.tx_bytes).max().unwrap_or_default(),
        accounts: samples.iter().map(|s| s.accounts).max().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, Costs, KEY_SETS, Sample, Tokens, all, within};

    fn sample(cu: u64) -> Sample {
        Sample { cu, tx_bytes: 300 + (cu % 2) as usize, accounts: 7 }
    }

    #[test]
    fn a_row_has_the_extremes_over_all_key_sets() {
        let measured = all(BTreeMap::new(), |tokens, set| {
            let mut costs = Costs::default();
            let base = if tokens == Tokens::SplToken { 1_000 } else { 2_000 };
            costs.add(within(5_000, "stairs"), sample(base + set))?;
            Ok(costs)
        });
        let rows = measured.unwrap().operations;
        assert_eq!((rows[0].min_cu, rows[0].max_cu, rows[0].budget_cu), (1_000, 999 + KEY_SETS, Some(5_000)));
        assert_eq!((rows[1].min_cu, rows[1].max_cu, rows[1].budget_cu), (2_000, 1_999 + KEY_SETS, None));
        assert_eq!((rows[0].tx_bytes, rows[0].accounts), (301, 7));
    }

    #[test]
    fn what_is_measured_twice_in_a_life_counts_where_it_is_dearest_and_has_one_budget() {
        let mut costs = Costs::default();
        for cu in [10, 30, 20] {
            costs.add("stairs".into(), sample(cu)).unwrap();
        }
        assert_eq!(costs.0, [("stairs".into(), sample(30))]);
        assert!(costs.add(within(5, "stairs"), sample(1)).is_err());
    }

    #[test]
    fn nothing_measured_and_what_only_some_lives_measure_are_errors() {
        assert!(all(BTreeMap::new(), |_, _| Ok(Costs::default())).is_err());
        let sometimes = all(BTreeMap::new(), |_, set| {
            let mut costs = Costs::default();
            costs.add("always".into(), sample(1))?;
            if set > 0 {
                costs.add("sometimes".into(), sample(1))?;
            }
            Ok(costs)
        });
        assert!(sometimes.unwrap_err().to_string().contains("`sometimes`"));
    }
}
