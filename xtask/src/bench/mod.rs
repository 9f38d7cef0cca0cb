//! `cargo xtask bench`: what every operation costs, against what it cost when the baseline was committed.
//!
//! The measuring itself is the bench target `measure` of this package: it needs the embedded chain, which
//! xtask does not.

mod baseline;
mod host;
pub mod measure;
mod table;

use std::fs;

use anyhow::{Context as _, Result, ensure};

use self::{baseline::Baseline, measure::Measured};
use crate::{
    build,
    context::{Context, read, read_file, write_file},
};

pub const FILE: &str = "artifacts/bench.json";
const README: &str = "README.md";

/// What to do with a measurement. Without any of these it is printed.
#[derive(Default)]
pub struct Request {
    pub check: bool,
    pub write: bool,
    pub host: bool,
}

pub fn run(context: &Context, request: Request) -> Result<()> {
    let measured = measure(context)?;
    let elf = context.elf.clone().unwrap_or_else(|| context.path(build::ELF));
    let elf_bytes = fs::metadata(&elf).with_context(|| format!("cannot find {}", elf.display()))?.len();
    let mut fresh = Baseline::new(elf_bytes, measured)?;
    if request.check {
        check(context, &fresh)?;
    }
    if request.write {
        fresh.host = if request.host { host::measure(context)? } else { kept_speeds(context)? };
        write(context, &fresh)?;
    }
    if !request.check && !request.write {
        println!("{}", table::render(&fresh));
    }
    Ok(())
}

fn measure(context: &Context) -> Result<Measured> {
    // `--workspace` makes Cargo choose the same features as for the tests, so that dependencies are compiled
    // once.
    let mut command = context.cargo(".", &["bench", "--workspace", "--bench", "measure"]);
    if context.elf.is_none() {
        command.env("WORK_TOKEN_ELF", context.path(build::ELF));
    }
    let printed = read(command)?;
    let line =
        printed.lines().find(|line| line.starts_with('{')).context("the bench target `measure` printed no result")?;
    serde_json::from_str(line).context("what the bench target `measure` printed cannot be read")
}

fn check(context: &Context, fresh: &Baseline) -> Result<()> {
    let committed = Baseline::read(&context.path(FILE))?;
    let complaints = committed.complaints(fresh);
    ensure!(
        complaints.is_empty(),
        "{}\nIf that is meant, run `cargo xtask bench --write`, and say in the commit why it costs more.",
        complaints.join("\n"),
    );
    let readme = read_file(&context.path(README))?;
    ensure!(
        table::replace(&readme, &committed)? == readme,
        "the table in {README} is not that of {FILE}: run `cargo xtask bench --write`"
    );
    eprintln!("{} operations within 2 % of {FILE}", fresh.operations.len());
    Ok(())
}

fn write(context: &Context, fresh: &Baseline) -> Result<()> {
    let path = context.path(README);
    let readme = table::replace(&read_file(&path)?, fresh)?;
    write_file(&context.path(FILE), format!("{}\n", serde_json::to_string_pretty(fresh)?))?;
    write_file(&path, readme)?;
    println!("{FILE}\n{README}");
    Ok(())
}

/// Speeds depend on the machine and take minutes, so a measurement of costs keeps those of the last baseline.
fn kept_speeds(context: &Context) -> Result<Vec<host::Speed>> {
    let path = context.path(FILE);
    if path.exists() { Ok(Baseline::read(&path)?.host) } else { Ok(Vec::new()) }
}
