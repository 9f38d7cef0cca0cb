//! Formatter and clippy, for both workspaces and for what lies outside them.

use anyhow::Result;

use crate::context::{Context, run};

const DIRECTORIES: [&str; 4] = [".", "interface", "programs", "toolchain/bpf-builtins"];

pub fn formatter(context: &Context) -> Result<()> {
    for directory in DIRECTORIES {
        run(context.cargo(directory, &["fmt", "--all", "--check"]))?;
    }
    Ok(())
}

/// Warnings are errors. The release profile, because the tests use it and its build scripts are then run once.
pub fn clippy(context: &Context) -> Result<()> {
    let runs: [(&str, &[&str]); 5] = [
        (".", &["--workspace", "--all-targets"]),
        ("interface", &["--all-targets"]),
        ("interface", &["--all-targets", "--features", "anchor"]),
        ("programs", &["--workspace", "--all-targets"]),
        ("toolchain/bpf-builtins", &["--all-targets"]),
    ];
    for (directory, options) in runs {
        let arguments = [&["clippy", "--release"], options, &["--", "--deny", "warnings"]].concat();
        run(context.cargo(directory, &arguments))?;
    }
    Ok(())
}
