//! One IDL from the parts of both crates, in an order that depends on names alone.

use std::collections::BTreeMap;

use anchor_lang_idl_spec::{Idl, IdlTypeDef};
use anyhow::{Context as _, Result, ensure};

use super::blocks::Parts;

/// Joins the parts; fills in what the macros leave empty (address) or constant (version).
pub fn merge(parts: Parts, version: &str) -> Result<Idl> {
    let mut idl = parts.program.context("no test printed the program itself")?;
    idl.address = parts.address.context("no test printed the program's address")?;
    version.clone_into(&mut idl.metadata.version);
    idl.events = parts.events;
    idl.errors = parts.errors;
    idl.constants = parts.constants;
    idl.types = unique(idl.types.into_iter().chain(parts.types))?;
    for account in parts.accounts {
        if !idl.accounts.iter().any(|listed| listed.name == account.name) {
            idl.accounts.push(account);
        }
    }
    idl.accounts.sort_by(|a, b| a.name.cmp(&b.name));
    idl.constants.sort_by(|a, b| a.name.cmp(&b.name));
    idl.errors.sort_by_key(|error| error.code);
    idl.events.sort_by(|a, b| a.name.cmp(&b.name));
    idl.instructions.sort_by(|a, b| a.name.cmp(&b.name));
    for pair in idl.errors.windows(2) {
        ensure!(pair[0].code != pair[1].code, "{} and {} share the code {}", pair[0].name, pair[1].name, pair[0].code);
    }
    distinct("account", idl.accounts.iter().map(|one| (&one.name, &one.discriminator)))?;
    distinct("event", idl.events.iter().map(|one| (&one.name, &one.discriminator)))?;
    distinct("instruction", idl.instructions.iter().map(|one| (&one.name, &one.discriminator)))?;
    Ok(idl)
}

/// A type is printed wherever it is used; all its descriptions must be the same one.
fn unique(types: impl Iterator<Item = IdlTypeDef>) -> Result<Vec<IdlTypeDef>> {
    let mut by_name = BTreeMap::<String, IdlTypeDef>::new();
    for one in types {
        if let Some(other) = by_name.get(&one.name) {
            ensure!(*other == one, "two different types are called {}", one.name);
        }
        by_name.insert(one.name.clone(), one);
    }
    Ok(by_name.into_values().collect())
}

/// No discriminator may be empty, all zero (an account that was never written), or the beginning of another.
fn distinct<'a>(kind: &str, all: impl Iterator<Item = (&'a String, &'a Vec<u8>)> + Clone) -> Result<()> {
    for (name, bytes) in all.clone() {
        ensure!(bytes.iter().any(|byte| *byte != 0), "the discriminator of {kind} {name} is empty or zero");
        for (other, longer) in all.clone().filter(|(other, _)| *other != name) {
            ensure!(!longer.starts_with(bytes), "{kind}s {name} and {other} cannot be told apart");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::merge;
    use crate::idl::blocks::Parts;

    const PROGRAM: &str = r#"{"address":"","metadata":{"name":"p","version":"0.1.0","spec":"0.1.0"},
        "instructions":[{"name":"b","discriminator":[2],"accounts":[],"args":[]},
                        {"name":"a","discriminator":[1],"accounts":[],"args":[]}],
        "types":[{"name":"T","type":{"kind":"struct"}}]}"#;

    fn part(kind: &str, body: &str) -> String {
        format!("--- IDL begin {kind} ---\n{body}\n--- IDL end {kind} ---\n")
    }

    fn parts(texts: &[String]) -> Parts {
        let mut parts = Parts::default();
        for text in texts {
            parts.add(text).unwrap();
        }
        parts
    }

    #[test]
    fn parts_of_both_crates_become_one_sorted_idl_with_address_and_version() {
        let errors = part("errors", r#"[{"code":6001,"name":"Y"},{"code":6000,"name":"X"}]"#);
        let idl = merge(parts(&[errors, part("program", PROGRAM), part("address", "A1")]), "0.2.0").unwrap();
        assert_eq!((idl.address.as_str(), idl.metadata.version.as_str()), ("A1", "0.2.0"));
        assert_eq!(idl.instructions.iter().map(|i| i.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(idl.errors.iter().map(|e| e.code).collect::<Vec<_>>(), [6000, 6001]);
    }

    #[test]
    fn two_errors_with_one_code_and_two_types_with_one_name_are_refused() {
        let base = || vec![part("program", PROGRAM), part("address", "A1")];
        let mut twice = base();
        twice.push(part("errors", r#"[{"code":6000,"name":"X"},{"code":6000,"name":"Y"}]"#));
        assert!(merge(parts(&twice), "0.1.0").is_err());
        let mut other = base();
        let event =
            r#"{"event":{"name":"E","discriminator":[9]},"types":[{"name":"T","type":{"kind":"enum","variants":[]}}]}"#;
        other.push(part("event", event));
        assert!(merge(parts(&other), "0.1.0").is_err());
    }

    #[test]
    fn instructions_that_cannot_be_told_apart_are_refused() {
        let program = PROGRAM.replace("[2]", "[1,7]");
        assert!(merge(parts(&[part("program", &program), part("address", "A1")]), "0.1.0").is_err());
    }
}
