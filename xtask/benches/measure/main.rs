//! Measures every operation on the embedded chain and prints the result as one line of JSON, for `cargo xtask
//! bench`. The ELF is the one that WORK_TOKEN_ELF names.

mod dispute;
mod epoch;
mod job;
mod life;
mod lives;
mod network;
mod operations;
mod position;
mod provider;
mod score;

use std::process::ExitCode;

use work_token_xtask::bench::measure;

fn main() -> ExitCode {
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
    let measured = measure::all(&operations::all(), operations::account_bytes())?;
    Ok(serde_json::to_string(&measured)?)
}
