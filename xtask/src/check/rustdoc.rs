//! Whether the documentation of the crates can be built: every link in it leads somewhere.

use anyhow::{Context as _, Result};

use crate::context::{Context, run};

/// The workspace, and what is a member of neither.
const RUNS: [(&str, &[&str]); 2] = [(".", &["--workspace"]), ("interface", &[])];

/// Warnings are errors. The release profile, because of clippy: it has checked the same dependencies.
pub fn check(context: &Context) -> Result<()> {
    for (directory, options) in RUNS {
        let mut command = context.cargo(directory, &[&["doc", "--release", "--no-deps"], options].concat());
        command.env("RUSTDOCFLAGS", "--deny warnings");
        run(command).with_context(|| format!("in {directory}"))?;
    }
    Ok(())
}
