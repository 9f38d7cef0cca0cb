//! Reads commands of `work-token` from a file and prints what is wrong with each, as JSON: a text, or null.

use std::{env, error::Error, fs};

use work_token_xtask::check::docs::{Spoken, wrong};

fn main() -> Result<(), Box<dyn Error>> {
    let file = env::args().nth(1).ok_or("which file?")?;
    let commands: Vec<Spoken> = serde_json::from_slice(&fs::read(file)?)?;
    let definition = work_token_cli::command();
    let answers: Vec<Option<String>> = commands.iter().map(|spoken| wrong(&definition, spoken)).collect();
    println!("{}", serde_json::to_string(&answers)?);
    Ok(())
}
