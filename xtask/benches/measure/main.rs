//! Measures every operation on the embedded chain and prints the result as one line of JSON, for `cargo xtask
//! bench`. The ELF is the one that WORK_TOKEN_ELF names.

mod dispute;
mod epoch;
mod job;
mod keeper;
mod life;
mod lives;
mod network;
mod place;
mod position;
mod provider;
mod score;
mod vote;

use std::process::ExitCode;

use work_token_sdk::interface::{accounts::ACCOUNTS, votes::accounts::ACCOUNTS as ADDINS};
use work_token_xtask::bench::measure;

fn main() -> ExitCode {
    // A runner that asks which tests are in here gets its answer: none.
    if std::env::args().any(|argument| argument == "--list") {
        return ExitCode::SUCCESS;
    }
    match run() {
        Ok(json) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<String> {
    let account_bytes =
        ACCOUNTS.iter().chain(ADDINS).map(|account| (account.name.to_owned(), account.size as u64)).collect();
    let mut measured = measure::all(account_bytes, lives::live)?;
    measured.readings = keeper::readings()?;
    Ok(serde_json::to_string(&measured)?)
}
