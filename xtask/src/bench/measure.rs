//! How an operation is measured, and what is kept of it.

use std::collections::{BTreeMap, BTreeSet};

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
pub trait Operation {
    /// Its name in the table, such as `delegate, first time`. Together with the token program it is unique.
    fn name(&self) -> &str;

    /// The compute units that it may cost with SPL Token, where the protocol sets a budget.
    fn budget_cu(&self) -> Option<u64> {
        None
    }

    /// Prepares a chain of its own, does it once, and reads off the cost. Equal key sets give equal samples.
    fn sample(&self, tokens: Tokens, key_set: u64) -> Result<Sample>;
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

/// What the bench target prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    pub key_sets: u64,
    /// Size of each account type with its discriminator.
    pub account_bytes: BTreeMap<String, u64>,
    pub operations: Vec<Measurement>,
}

/// Measures every operation with both token programs over all key sets.
pub fn all(operations: &[Box<dyn Operation>], account_bytes: BTreeMap<String, u64>) -> Result<Measured> {
    ensure!(!operations.is_empty(), "no operation is measured: benches/measure/operations.rs lists none");
    let mut rows = Vec::new();
    for operation in operations {
        for tokens in Tokens::ALL {
            let row = one(operation.as_ref(), tokens)
                .with_context(|| format!("cannot measure `{}` with {}", operation.name(), tokens.name()))?;
            rows.push(row);
        }
    }
    let names: BTreeSet<_> = rows.iter().map(|row| (&row.operation, row.tokens)).collect();
    ensure!(names.len() == rows.len(), "two operations have the same name");
    Ok(Measured { key_sets: KEY_SETS, account_bytes, operations: rows })
}

fn one(operation: &dyn Operation, tokens: Tokens) -> Result<Measurement> {
    let samples = (0..KEY_SETS).map(|set| operation.sample(tokens, set)).collect::<Result<Vec<_>>>()?;
    let (min_cu, max_cu) = (samples.iter().map(|s| s.cu).min(), samples.iter().map(|s| s.cu).max());
    Ok(Measurement {
        operation: operation.name().to_owned(),
        tokens,
        min_cu: min_cu.unwrap_or_default(),
        max_cu: max_cu.unwrap_or_default(),
        // Token-2022 is dearer by what its own program costs; the budgets are for SPL Token.
        budget_cu: operation.budget_cu().filter(|_| tokens == Tokens::SplToken),
        tx_bytes: samples.iter().map(|s| s.tx_bytes).max().unwrap_or_default(),
        accounts: samples.iter().map(|s| s.accounts).max().unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, KEY_SETS, Operation, Result, Sample, Tokens, all};

    struct Stairs;

    impl Operation for Stairs {
        fn name(&self) -> &str {
            "stairs"
        }
        fn budget_cu(&self) -> Option<u64> {
            Some(5_000)
        }
        fn sample(&self, tokens: Tokens, key_set: u64) -> Result<Sample> {
            let base = if tokens == Tokens::SplToken { 1_000 } else { 2_000 };
            Ok(Sample { cu: base + key_set, tx_bytes: 300 + (key_set % 2) as usize, accounts: 7 })
        }
    }

    #[test]
    fn a_row_has_the_extremes_over_all_key_sets() {
        let rows = all(&[Box::new(Stairs)], BTreeMap::new()).unwrap().operations;
        assert_eq!((rows[0].min_cu, rows[0].max_cu, rows[0].budget_cu), (1_000, 999 + KEY_SETS, Some(5_000)));
        assert_eq!((rows[1].min_cu, rows[1].max_cu, rows[1].budget_cu), (2_000, 1_999 + KEY_SETS, None));
        assert_eq!((rows[0].tx_bytes, rows[0].accounts), (301, 7));
    }

    #[test]
    fn nothing_measured_and_one_name_twice_are_errors() {
        assert!(all(&[], BTreeMap::new()).is_err());
        assert!(all(&[Box::new(Stairs), Box::new(Stairs)], BTreeMap::new()).is_err());
    }
}
