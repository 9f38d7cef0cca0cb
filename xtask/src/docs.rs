//! `cargo xtask docs`: documentation that the sources write themselves.

use anyhow::{Result, ensure};

use crate::context::{Context, read, read_file, run, write_file};

pub const FILE: &str = "docs/parameters.md";
const EXAMPLE: &str = "parameters";

/// Writes the table of parameters.
pub fn write(context: &Context) -> Result<()> {
    write_file(&context.path(FILE), text(context)?)?;
    println!("{FILE}");
    Ok(())
}

/// Fails if the committed table is not the one that the sources give.
pub fn check(context: &Context) -> Result<()> {
    let committed = read_file(&context.path(FILE))?;
    ensure!(text(context)? == committed, "{FILE} differs from the sources: run `cargo xtask docs` and commit it");
    Ok(())
}

/// Printed by an example, because it needs the SDK and the defaults, and `cargo xtask` itself must not. Built like everything that is checked and tested,
/// so that nothing is compiled twice.
fn text(context: &Context) -> Result<String> {
    run(context.cargo(".", &["build", "--release", "--workspace", "--example", EXAMPLE]))?;
    read(context.command(context.target.join("release/examples").join(EXAMPLE), "."))
}
