//! Prints docs/errors.md. Run by `cargo xtask docs` and `cargo xtask check`.

use {
    std::fmt::Write,
    work_token_sdk::{
        errors::{Explanation, explain, explain_votes},
        interface::{WorkTokenError, errors::ERROR_OFFSET},
        votes::VotesError,
    },
};

/// Where a group of codes begins, what it is about, and the pages of the specification about that.
const GROUPS: [(u32, &str, &[&str]); 11] = [
    (100, "Accounts", &["principles"]),
    (200, "Networks and governance", &["network"]),
    (250, "Bounds of parameters", &["network"]),
    (300, "Stake", &["position"]),
    (400, "Epochs", &["epoch"]),
    (500, "Providers", &["provider", "place"]),
    (600, "Jobs and draws", &["job"]),
    (700, "Attesters and scores", &["score"]),
    (800, "Places of the active set", &["place"]),
    (900, "Disputes and juries", &["dispute", "jury"]),
    (1_000, "Votes: the add-in of SPL Governance", &["vote"]),
];

fn main() {
    let mut text = introduction();
    let core = WorkTokenError::ALL.iter().copied().map(explain);
    let all: Vec<Explanation> = core.chain(VotesError::ALL.iter().copied().map(explain_votes)).collect();
    for (at, (begin, title, pages)) in GROUPS.iter().enumerate() {
        let end = GROUPS.get(at + 1).map_or(u32::MAX, |next| next.0);
        let pages: Vec<_> = pages.iter().map(|page| format!("[{page}](protocol/{page}.md)")).collect();
        let _ = write!(text, "\n## {title}\n\nRules: {}.\n\n", pages.join(", "));
        text.push_str("| Code | Name | Rule | What to do |\n|--:|---|---|---|\n");
        for Explanation { name, code, rule, advice, .. } in &all {
            let code = code.unwrap_or_default();
            if (*begin..end).contains(&(code - ERROR_OFFSET)) {
                let _ = writeln!(text, "| {code} | `{name}` | {rule} | {} |", advice.unwrap_or("-"));
            }
        }
    }
    print!("{text}");
}

fn introduction() -> String {
    format!(
        "# Errors\n\n\
        Written by `cargo xtask docs` from `interface/src/errors.rs`, `interface/src/votes/errors.rs` and\n\
        `sdk/src/errors/advice.rs`: do not edit.\n\n\
        Every refusal of both programs: its code, its name in the IDL, the broken rule, and what a person can do\n\
        about it, where that is clear. Codes are {} + number, grouped by hundreds, and appended only: a gap is a\n\
        number that was given up. Those of the add-in begin at {}, and accounts are refused there by those of the\n\
        Work Token program. A refused transaction changes nothing but the fee payer's lamports.\n\n\
        Codes from 2,000 to 2,999 are checks that Anchor makes for the program, such as of an account that is not\n\
        writable or not the one expected. Smaller codes are those of the system program and of the token programs.\n\
        The runtime has errors without a code. `Refusal::explain` of the SDK puts all of them into the same words, and\n\
        the command line prints them so.\n",
        grouped(ERROR_OFFSET),
        grouped(ERROR_OFFSET + 1_000)
    )
}

/// Digits in groups of three; a code has four.
fn grouped(number: u32) -> String {
    format!("{},{:03}", number / 1_000, number % 1_000)
}
