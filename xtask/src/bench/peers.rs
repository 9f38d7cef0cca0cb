//! The README's rows: what the usual operations cost here, beside public programs that do the like.

use std::fmt::Write;

use anyhow::{Context as _, Result};

use super::{
    baseline::Baseline,
    measure::Tokens,
    table::{put, thousands},
};

const BEGIN: &str = "<!-- peers:begin -->";
const END: &str = "<!-- peers:end -->";

/// The programs that were measured; Jito's restaking and vault programs in their builds of July 2026.
const PEERS: [&str; 6] =
    ["Jito restaking", "PsyFi staking", "Kamino farms", "Jupiter locked voter", "SPL stake pool", "Marinade"];

/// How the figures below were come by. They are no part of the baseline: nothing here builds those programs.
const SOURCE: &str = "\
Here: the most of 64 key sets where epochs are cranked; [costs](docs/costs.md) has every instruction, and what
holders pay where nobody cranks. The others were measured on one virtual machine (LiteSVM 0.16, p-token),
median of 16 key sets, on the programs' public builds, Jito's of July 2026. Their first deposit includes the
account that it needs, a request to leave does not. No two programs do the same in an instruction: the figures
say what a user pays, no more.";

/// One row: what is done, the operations of the baseline that do it, for how many, and what the like costs
/// elsewhere, in the order of [`PEERS`]; 0 where a program has nothing like it, or nothing that was measured.
struct Row {
    what: &'static str,
    operations: &'static [&'static str],
    shared_by: u64,
    peers: [u64; 6],
}

const fn row(what: &'static str, operations: &'static [&'static str], peers: [u64; 6]) -> Row {
    Row { what, operations, shared_by: 1, peers }
}

const NONE: [u64; 6] = [0; 6];
const EPOCH: [&str; 6] = [
    "open_epoch",
    "weigh_providers, 24 with bounty",
    "finalize_epoch",
    "settle_providers, 24 with bounty",
    "sweep_epoch",
    "close_epoch",
];
const SCORES: &str = "score_providers, 12 with six metrics and fifteen attesters";

const ROWS: [Row; 20] = [
    row("create a network, or a pool", &["create_network"], [78_634, 37_855, 33_379, 0, 18_988, 0]),
    row("register a provider; at Jito, the first of four steps", &["register_provider"], [21_852, 0, 0, 0, 0, 0]),
    row("add own stake", &["stake_self"], NONE),
    row("delegate for the first time", &["delegate, first time"], [39_657, 47_721, 105_009, 55_797, 28_715, 48_250]),
    row("delegate again", &["delegate, again"], [24_736, 35_501, 77_688, 16_687, 15_294, 34_829]),
    row("claim rewards", &["claim_rewards"], [0, 17_123, 78_769, 0, 0, 0]),
    row("restake rewards", &["restake"], NONE),
    row("ask to leave", &["request_unbonding"], [33_035, 0, 89_654, 15_414, 0, 22_975]),
    row("withdraw", &["withdraw_unbonded"], [39_061, 33_291, 20_885, 19_965, 23_964, 17_846]),
    row("open an epoch", &["open_epoch"], [25_812, 0, 0, 0, 0, 0]),
    Row {
        what: "a whole epoch, for each of 24 providers (Jito: of 10, SPL: of 20)",
        operations: &EPOCH,
        shared_by: 24,
        peers: [19_630, 0, 0, 0, 22_803, 0],
    },
    row("close an epoch", &["close_epoch"], [9_482, 0, 0, 0, 0, 0]),
    row("create a job", &["create_job"], NONE),
    row("draw its provider out of 4,096", &["draw_job, 4,096 leaves"], NONE),
    row("submit the result", &["submit_result"], NONE),
    row("settle the fee", &["settle_job, first touch of an epoch"], NONE),
    row("score 12 providers by six metrics of 15 attesters", &[SCORES], NONE),
    row("open a dispute", &["open_dispute, with a new claim"], NONE),
    row("vote in a jury, both steps", &["commit_vote", "reveal_vote"], NONE),
    row("an installment of a slash, for a million delegators", &["execute_installment, 1,000,000 delegators"], NONE),
];

/// The README with the rows of this baseline between its two marks.
pub fn replace(readme: &str, baseline: &Baseline) -> Result<String> {
    put(readme, (BEGIN, END), &render(baseline)?)
}

/// The rows.
///
/// # Errors
///
/// The baseline has no operation of this name.
fn render(baseline: &Baseline) -> Result<String> {
    let mut text = format!("| Compute units of | here | {} |\n| --- |{}\n", PEERS.join(" | "), " ---: |".repeat(7));
    for row in &ROWS {
        let sum: u64 = row.operations.iter().map(|name| most(baseline, name)).sum::<Result<u64>>()?;
        let peers = row.peers.map(|cost| if cost == 0 { "-".to_owned() } else { thousands(cost) });
        let here = thousands(sum.div_ceil(row.shared_by));
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| {} | {here} | {} |", row.what, peers.join(" | "));
    }
    Ok(format!("{text}\n{SOURCE}"))
}

fn most(baseline: &Baseline, operation: &str) -> Result<u64> {
    let row = baseline.operations.iter().find(|row| row.operation == operation && row.tokens == Tokens::SplToken);
    Ok(row.with_context(|| format!("the README names `{operation}`, which the baseline lacks"))?.max_cu)
}

#[cfg(test)]
mod tests {
    use super::{Baseline, ROWS, render, replace};
    use crate::bench::tests::committed;

    #[test]
    fn every_row_of_the_readme_is_measured() {
        let text = render(&committed()).unwrap();
        assert_eq!(text.lines().filter(|line| line.starts_with("| ")).count(), 2 + ROWS.len());
        let nothing = Baseline { operations: Vec::new(), ..committed() };
        assert!(render(&nothing).unwrap_err().to_string().contains("create_network"));
    }

    #[test]
    fn the_readme_shows_the_committed_baseline() {
        let readme = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md"));
        assert_eq!(replace(readme, &committed()).unwrap(), readme, "run `cargo xtask docs`");
    }
}
