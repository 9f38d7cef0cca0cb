//! `cargo xtask idl`: the programs' IDLs without the Anchor CLI.
//!
//! With the feature `idl-build` each of Anchor's macros adds a test that prints its part. The CLI runs them
//! in the program crate alone; events and errors are declared in `interface`, so both are asked here, and
//! their parts merged.

mod blocks;
mod complete;
mod merge;

use anchor_lang_idl_spec::Idl;
use anyhow::{Context as _, Result, bail, ensure};

use crate::{
    context::{Context, read, read_file, write_file},
    programs::{PROGRAMS, Program},
};

/// Writes the IDLs.
pub fn write(context: &Context) -> Result<()> {
    for program in PROGRAMS {
        let text = text(&build(context, program)?)?;
        write_file(&context.path(&program.idl()), text)?;
        println!("{}", program.idl());
    }
    Ok(())
}

/// Fails if a committed IDL is not the one that the sources give.
pub fn check(context: &Context) -> Result<()> {
    let anchor_toml = read_file(&context.path("Anchor.toml"))?;
    for program in PROGRAMS {
        let idl = build(context, program)?;
        complete::every_part_is_documented(&idl)?;
        complete::anchor_toml_names_the_program(&anchor_toml, program.name, &idl.address)?;
        let file = program.idl();
        let (found, committed) = (text(&idl)?, read_file(&context.path(&file))?);
        if let Some(line) = first_difference(&found, &committed) {
            bail!("{file} differs from the sources from line {line} on: run `cargo xtask idl` and commit it");
        }
    }
    Ok(())
}

fn build(context: &Context, program: &Program) -> Result<Idl> {
    let mut parts = blocks::Parts::default();
    for directory in ["interface", program.folder] {
        let printed = read(context.cargo(directory, &arguments(program, directory == "interface")))?;
        let found = parts.add(&printed).with_context(|| format!("in what the tests of {directory} printed"))?;
        ensure!(found > 0, "the tests of {directory} printed no part of the IDL of {}", program.name);
    }
    let manifest: toml::Table = toml::from_str(&read_file(&context.path(program.folder).join("Cargo.toml"))?)?;
    let version = manifest["package"]["version"].as_str().context("the program's manifest has no version")?;
    merge::merge(parts, version)
}

/// Of `interface`, which declares for all programs, only the tests of the program's own module.
fn arguments(program: &Program, is_shared: bool) -> Vec<&'static str> {
    let mut arguments = vec!["test", "--lib", "--features", "idl-build", "--", "--show-output", "--quiet"];
    match program.module {
        Some(module) if is_shared => arguments.push(module),
        _ => arguments.push("__anchor_private_print_idl"),
    }
    if program.module.is_none() && is_shared {
        for module in PROGRAMS.iter().filter_map(|other| other.module) {
            arguments.extend(["--skip", module]);
        }
    }
    arguments
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
