//! The baseline as Markdown: docs/costs.md.

use std::fmt::Write;

use anyhow::{Context as _, Result, ensure};

use super::{
    baseline::Baseline,
    measure::{Measurement, Tokens},
};

/// A document with everything between two marks replaced.
pub fn put(document: &str, (begin, end): (&str, &str), text: &str) -> Result<String> {
    let (before, rest) = document.split_once(begin).with_context(|| format!("there is no mark {begin}"))?;
    let (old, after) = rest.split_once(end).with_context(|| format!("there is no mark {end} after {begin}"))?;
    ensure!(!old.contains(begin) && !after.contains(begin), "the mark {begin} is there twice");
    Ok(format!("{before}{begin}\n{text}\n{end}{after}"))
}

/// The whole document: operations, account sizes and, where measured, host speeds.
pub fn costs(baseline: &Baseline) -> String {
    let mut text = format!(
        "# Costs\n\n\
        Written by `cargo xtask bench --write` and `cargo xtask docs` from `artifacts/bench.json`: do not edit.\n\n\
        Whole transactions on the sBPF v3 build, without the compute-budget instruction. *Least* and *most* are those\n\
        of {} random key sets: an address search costs more or less with the keys. SPL Token is p-token. Bytes are\n\
        those of the signed transaction, accounts those that the instruction names. `cargo xtask check` measures anew\n\
        and refuses a growth of more than 2 %, and anything above its budget.\n\n\
        No cost depends on the number of delegators, providers or jobs, and what missed epochs add is bounded by the\n\
        rings (`principle-cost-1` of [the principles](protocol/principles.md)).\n\n\
        ## Operations\n\n",
        baseline.key_sets
    );
    // Writing to a String cannot fail.
    let _ = write_all(&mut text, baseline);
    text
}

fn write_all(text: &mut String, baseline: &Baseline) -> std::fmt::Result {
    writeln!(text, "| Operation | CU, least | CU, most | Budget | Token-2022, most | Bytes | Accounts |")?;
    writeln!(text, "| --- | ---: | ---: | ---: | ---: | ---: | ---: |")?;
    for row in baseline.operations.iter().filter(|row| row.tokens == Tokens::SplToken) {
        let Measurement { operation, accounts, .. } = row;
        let budget = row.budget_cu.map_or_else(|| "-".to_owned(), thousands);
        let other =
            baseline.operations.iter().find(|other| other.operation == *operation && other.tokens != row.tokens);
        let token_2022 = other.map_or_else(|| "-".to_owned(), |other| thousands(other.max_cu));
        let (least, most, bytes) = (thousands(row.min_cu), thousands(row.max_cu), thousands(row.tx_bytes as u64));
        writeln!(text, "| {operation} | {least} | {most} | {budget} | {token_2022} | {bytes} | {accounts} |")?;
    }
    writeln!(text, "\n## The programs and their accounts\n\n| Program | Bytes |\n| --- | ---: |")?;
    for (name, bytes) in &baseline.elf_bytes {
        writeln!(text, "| {name} | {} |", thousands(*bytes))?;
    }
    writeln!(text, "\n| Account | Bytes |\n| --- | ---: |")?;
    for (name, bytes) in &baseline.account_bytes {
        writeln!(text, "| {name} | {} |", thousands(*bytes))?;
    }
    if !baseline.readings.is_empty() {
        writeln!(text, "\n## What a keeper asks an endpoint for\n")?;
        writeln!(text, "One look at a network with 4,096 providers and 100,000 positions, beside another one of the")?;
        writeln!(
            text,
            "same size, of which it reads nothing. Bytes are those of the accounts, as the chain keeps them;"
        )?;
        writeln!(text, "JSON has a third more. A growth of more than 2 % is refused.\n")?;
        writeln!(text, "| Where | Requests | Bytes |\n| --- | ---: | ---: |")?;
        for row in &baseline.readings {
            writeln!(text, "| {} | {} | {} |", row.what, thousands(row.requests), thousands(row.bytes))?;
        }
    }
    if !baseline.host.is_empty() {
        writeln!(text, "\n## On the host\n\nOne core of the machine that measured last; nothing compares them.")?;
        writeln!(text, "\n| Benchmark | Per second |\n| --- | ---: |")?;
        for speed in &baseline.host {
            writeln!(text, "| {} | {} |", speed.name, thousands(speed.per_second))?;
        }
    }
    Ok(())
}

/// Digits in groups of three.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Baseline, costs, put, thousands};
    use crate::bench::{
        host::Speed,
        measure::{Reading, Tokens},
        tests::committed,
    };

    #[test]
    fn every_part_of_the_baseline_is_shown() {
        let host = vec![Speed { name: "build".to_owned(), per_second: 1_234_567 }];
        let readings = vec![Reading { what: "nothing is due".to_owned(), requests: 3, bytes: 4_833 }];
        let baseline = Baseline { host, readings, ..committed() };
        let text = costs(&baseline);
        for row in &baseline.operations {
            let most = thousands(row.max_cu);
            let begins = format!("| {} | ", row.operation);
            assert!(
                text.lines().any(|line| line.starts_with(&begins) && line.contains(&format!(" {most} |"))),
                "{row:?}"
            );
        }
        let operations = baseline.operations.iter().filter(|row| row.tokens == Tokens::SplToken).count();
        let lines = text.lines().filter(|line| line.starts_with("| ")).count();
        let sizes = baseline.elf_bytes.len() + baseline.account_bytes.len();
        assert_eq!(lines, operations + sizes + 2 + 5 * 2, "a row each, and five heads");
        assert!(text.contains("| nothing is due | 3 | 4,833 |"));
        assert!(text.contains("| build | 1,234,567 |") && text.contains(&thousands(baseline.elf_bytes["work_token"])));
    }

    #[test]
    fn the_document_shows_the_committed_baseline() {
        let document = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/costs.md"));
        assert_eq!(costs(&committed()), document, "run `cargo xtask docs`");
    }

    #[test]
    fn what_is_between_the_marks_is_replaced_and_nothing_else() {
        let marks = ("<a>", "</a>");
        let once = put("# A\n<a>\nold\n</a>\nB\n", marks, "new").unwrap();
        assert_eq!(once, "# A\n<a>\nnew\n</a>\nB\n");
        assert_eq!(put(&once, marks, "new").unwrap(), once);
        assert!(put("no marks", marks, "new").is_err());
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
    }
}
