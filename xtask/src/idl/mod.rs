//! `cargo xtask idl`: the program's IDL without the Anchor CLI.
//!
//! With the feature `idl-build` each of Anchor's macros adds a test that prints its part. The CLI runs them
//! in the program crate alone; events and errors are declared in `interface`, so both are asked here, and
//! their parts merged.

mod blocks;
mod complete;
mod merge;

use anchor_lang_idl_spec::Idl;
use anyhow::{Context as _, Result, bail, ensure};

use crate::context::{Context, read, read_file, write_file};

pub const FILE: &str = "artifacts/idl/work_token.json";

/// Writes the IDL.
pub fn write(context: &Context) -> Result<()> {
    let text = text(&build(context)?)?;
    write_file(&context.path(FILE), text)?;
    println!("{FILE}");
    Ok(())
}

/// Fails if the committed IDL is not the one that the sources give.
pub fn check(context: &Context) -> Result<()> {
    let idl = build(context)?;
    complete::every_part_is_documented(&idl)?;
    complete::anchor_toml_names_the_program(&read_file(&context.path("Anchor.toml"))?, &idl.address)?;
    let (found, committed) = (text(&idl)?, read_file(&context.path(FILE))?);
    if let Some(line) = first_difference(&found, &committed) {
        bail!("{FILE} differs from the sources from line {line} on: run `cargo xtask idl` and commit it");
    }
    Ok(())
}

fn build(context: &Context) -> Result<Idl> {
    let mut parts = blocks::Parts::default();
    for directory in ["interface", "programs/work-token"] {
        let arguments = [
            "test",
            "--lib",
            "--features",
            "idl-build",
            "__anchor_private_print_idl",
            "--",
            "--show-output",
            "--quiet",
        ];
        let printed = read(context.cargo(directory, &arguments))?;
        let found = parts.add(&printed).with_context(|| format!("in what the tests of {directory} printed"))?;
        ensure!(found > 0, "the tests of {directory} printed no part of the IDL");
    }
    let manifest: toml::Table = toml::from_str(&read_file(&context.path("programs/work-token/Cargo.toml"))?)?;
    let version = manifest["package"]["version"].as_str().context("the program's manifest has no version")?;
    merge::merge(parts, version)
}

fn text(idl: &Idl) -> Result<String> {
    Ok(format!("{}\n", serde_json::to_string_pretty(idl)?))
}

fn first_difference(left: &str, right: &str) -> Option<usize> {
    if left == right {
        return None;
    }
    let same = left.lines().zip(right.lines()).take_while(|(left, right)| left == right).count();
    Some(same + 1)
}
