//! The baseline as Markdown, and its place in the README.

use std::fmt::Write;

use anyhow::{Context as _, Result, ensure};

use super::baseline::Baseline;

const BEGIN: &str = "<!-- bench:begin -->";
const END: &str = "<!-- bench:end -->";

/// The README with everything between the two marks replaced by the table.
pub fn replace(readme: &str, baseline: &Baseline) -> Result<String> {
    let (before, rest) = readme.split_once(BEGIN).with_context(|| format!("the README has no mark {BEGIN}"))?;
    let (old, after) = rest.split_once(END).with_context(|| format!("the README has no mark {END} after {BEGIN}"))?;
    ensure!(!old.contains(BEGIN) && !after.contains(BEGIN), "the README has the mark {BEGIN} twice");
    Ok(format!("{before}{BEGIN}\n{}\n{END}{after}", render(baseline)))
}

/// Operations, account sizes and, where measured, host speeds.
pub fn render(baseline: &Baseline) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = write_all(&mut text, baseline);
    text.trim_end().to_owned()
}

fn write_all(text: &mut String, baseline: &Baseline) -> std::fmt::Result {
    writeln!(text, "| Operation | Tokens | CU, least | CU, most | Budget | Transaction, bytes | Accounts |")?;
    writeln!(text, "| --- | --- | ---: | ---: | ---: | ---: | ---: |")?;
    for row in &baseline.operations {
        let budget = row.budget_cu.map_or_else(|| "-".to_owned(), thousands);
        let (operation, tokens, accounts) = (&row.operation, row.tokens.name(), row.accounts);
        let (least, most, bytes) = (thousands(row.min_cu), thousands(row.max_cu), thousands(row.tx_bytes as u64));
        writeln!(text, "| {operation} | {tokens} | {least} | {most} | {budget} | {bytes} | {accounts} |")?;
    }
    writeln!(
        text,
        "\nWhole transactions over {} random key sets, without compute-budget instructions.",
        baseline.key_sets
    )?;
    writeln!(text, "The program is {} bytes.", thousands(baseline.elf_bytes))?;
    if !baseline.account_bytes.is_empty() {
        writeln!(text, "\n| Account | Bytes |\n| --- | ---: |")?;
        for (name, bytes) in &baseline.account_bytes {
            writeln!(text, "| {name} | {} |", thousands(*bytes))?;
        }
    }
    if !baseline.host.is_empty() {
        writeln!(text, "\n| On the host, one core | Per second |\n| --- | ---: |")?;
        for speed in &baseline.host {
            writeln!(text, "| {} | {} |", speed.name, thousands(speed.per_second))?;
        }
    }
    Ok(())
}

fn thousands(number: u64) -> String {
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
    use std::collections::BTreeMap;

    use super::{Baseline, render, replace, thousands};
    use crate::bench::{
        host::Speed,
        measure::{Measurement, Tokens},
    };

    fn baseline() -> Baseline {
        let row = Measurement {
            operation: "claim".to_owned(),
            tokens: Tokens::Token2022,
            min_cu: 4_050,
            max_cu: 4_060,
            budget_cu: None,
            tx_bytes: 409,
            accounts: 8,
        };
        Baseline {
            elf_bytes: 250_000,
            key_sets: 64,
            account_bytes: BTreeMap::from([("Network".to_owned(), 2_088)]),
            operations: vec![row],
            host: vec![Speed { name: "build delegate".to_owned(), per_second: 1_234_567 }],
        }
    }

    #[test]
    fn every_part_of_the_baseline_is_shown() {
        let text = render(&baseline());
        for part in [
            "| claim | Token-2022 | 4,050 | 4,060 | - | 409 | 8 |",
            "250,000 bytes",
            "| Network | 2,088 |",
            "1,234,567",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn the_table_replaces_the_old_one_and_nothing_else() {
        let readme = "# A\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nB\n";
        let once = replace(readme, &baseline()).unwrap();
        assert!(
            once.starts_with("# A\n<!-- bench:begin -->\n| Operation") && once.ends_with("<!-- bench:end -->\nB\n")
        );
        assert!(!once.contains("old"));
        assert_eq!(replace(&once, &baseline()).unwrap(), once);
        assert!(replace("no marks", &baseline()).is_err());
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
    }
}
