//! Formatter and clippy, for both workspaces and for what lies outside them.

use anyhow::{Context as _, Result, ensure};

use crate::context::{Context, run};

const DIRECTORIES: [&str; 6] =
    [".", "interface", "programs", "tests/programs/signer", "toolchain/bpf-builtins", "toolchain/governance"];

pub fn formatter(context: &Context) -> Result<()> {
    each(DIRECTORIES, |directory| {
        run(context.cargo(directory, &["fmt", "--all", "--check"])).with_context(|| format!("in {directory}"))
    })
}

/// Warnings are errors. The release profile, because the tests use it and its build scripts are then run
/// once.
pub fn clippy(context: &Context) -> Result<()> {
    let runs: [(&str, &[&str]); 5] = [
        (".", &["--workspace", "--all-targets"]),
        ("interface", &["--all-targets"]),
        ("interface", &["--all-targets", "--features", "anchor"]),
        ("programs", &["--workspace", "--all-targets"]),
        ("toolchain/bpf-builtins", &["--all-targets"]),
    ];
    each(runs, |(directory, options)| {
        let arguments = [&["clippy", "--release"], options, &["--", "--deny", "warnings"]].concat();
        run(context.cargo(directory, &arguments)).with_context(|| format!("in {directory}"))
    })
}

/// Goes on after a failure: whoever mends the first place wants to know of the second.
fn each<T>(all: impl IntoIterator<Item = T>, one: impl Fn(T) -> Result<()>) -> Result<()> {
    let failures: Vec<_> =
        all.into_iter().filter_map(|item| one(item).err()).map(|error| format!("{error:#}")).collect();
    ensure!(failures.is_empty(), "{}", failures.join("; "));
    Ok(())
}
