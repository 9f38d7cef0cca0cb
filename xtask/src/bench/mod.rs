//! `cargo xtask bench`: what every operation costs, against what it cost when the baseline was committed.
//!
//! The measuring itself is the bench target `measure` of this package: it needs the embedded chain, which
//! xtask does not.

mod baseline;
mod host;
pub mod measure;
mod peers;
mod table;

use std::{collections::BTreeMap, fs, path::PathBuf};

use anyhow::{Context as _, Result, ensure};

use self::{baseline::Baseline, measure::Measured};
use crate::{
    context::{Context, read, read_file, write_file},
    programs::{PROGRAMS, Program},
};

pub const FILE: &str = "artifacts/bench.json";
/// What is written from the baseline: the whole table, and the README's rows.
const DOCUMENTS: [&str; 2] = ["docs/costs.md", "README.md"];

/// What to do with a measurement. Without any of these it is printed.
#[derive(Default)]
pub struct Request {
    pub check: bool,
    pub write: bool,
    pub host: bool,
}

pub fn run(context: &Context, request: Request) -> Result<()> {
    let measured = measure(context)?;
    let mut fresh = Baseline::new(elf_bytes(context)?, measured)?;
    if request.check {
        check(context, &fresh)?;
    }
    if request.write {
        fresh.host = if request.host { host::measure(context)? } else { kept_speeds(context)? };
        write(context, &fresh)?;
    }
    if !request.check && !request.write {
        print!("{}", table::costs(&fresh));
    }
    Ok(())
}

fn measure(context: &Context) -> Result<Measured> {
    // `--workspace` makes Cargo choose the same features as for the tests, so that dependencies are compiled
    // once.
    let mut command = context.cargo(".", &["bench", "--workspace", "--bench", "measure"]);
    for program in PROGRAMS {
        command.env(program.variable, measured_elf(context, program));
    }
    let printed = read(command)?;
    let line =
        printed.lines().find(|line| line.starts_with('{')).context("the bench target `measure` printed no result")?;
    serde_json::from_str(line).context("what the bench target `measure` printed cannot be read")
}

/// The fresh build where there is one, else the committed.
fn measured_elf(context: &Context, program: &Program) -> PathBuf {
    if context.is_built { program.built(&context.target) } else { context.path(&program.elf()) }
}

fn elf_bytes(context: &Context) -> Result<BTreeMap<String, u64>> {
    let size = |program: &Program| {
        let elf = measured_elf(context, program);
        let bytes = fs::metadata(&elf).with_context(|| format!("cannot find {}", elf.display()))?.len();
        Ok((program.name.to_owned(), bytes))
    };
    PROGRAMS.iter().map(size).collect()
}

fn check(context: &Context, fresh: &Baseline) -> Result<()> {
    let committed = Baseline::read(&context.path(FILE))?;
    let complaints = committed.complaints(fresh);
    ensure!(
        complaints.is_empty(),
        "{}\nIf that is meant, run `cargo xtask bench --write`, and say in the commit why it costs more.",
        complaints.join("\n"),
    );
    eprintln!("{} operations within 2 % of {FILE}", fresh.operations.len());
    Ok(())
}

fn write(context: &Context, fresh: &Baseline) -> Result<()> {
    let documents = render(context, fresh)?;
    write_file(&context.path(FILE), format!("{}\n", serde_json::to_string_pretty(fresh)?))?;
    println!("{FILE}");
    for (file, text) in documents {
        write_file(&context.path(file), text)?;
        println!("{file}");
    }
    Ok(())
}

/// Documents and what the committed baseline says in them. Measures nothing; `cargo xtask docs` writes and
/// checks them.
pub fn documents(context: &Context) -> Result<[(&'static str, String); 2]> {
    render(context, &Baseline::read(&context.path(FILE))?)
}

fn render(context: &Context, baseline: &Baseline) -> Result<[(&'static str, String); 2]> {
    let [costs, readme] = DOCUMENTS;
    let rows = peers::replace(&read_file(&context.path(readme))?, baseline).context(readme)?;
    Ok([(costs, table::costs(baseline)), (readme, rows)])
}

/// Speeds depend on the machine and take minutes, so a measurement of costs keeps those of the last baseline.
fn kept_speeds(context: &Context) -> Result<Vec<host::Speed>> {
    let path = context.path(FILE);
    if path.exists() { Ok(Baseline::read(&path)?.host) } else { Ok(Vec::new()) }
}

#[cfg(test)]
mod tests {
    use super::Baseline;

    /// The committed baseline.
    pub fn committed() -> Baseline {
        let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../artifacts/bench.json"));
        serde_json::from_str(text).unwrap()
    }
}
