//! `cargo xtask docs`: documentation that the sources write themselves.

use anyhow::{Error, Result, ensure};

use crate::{
    context::{Context, read, read_file, run, write_file},
    griefing::{Rules, attacks, document},
};

/// The table of parameters, and what follows from it.
pub const FILES: [&str; 2] = ["docs/parameters.md", "docs/griefing.md"];
const EXAMPLE: &str = "parameters";

/// Writes the table of parameters, and what harming somebody costs by them.
pub fn write(context: &Context) -> Result<()> {
    for (file, text) in FILES.into_iter().zip(texts(context)?) {
        write_file(&context.path(file), text)?;
        println!("{file}");
    }
    Ok(())
}

/// Fails if a committed document is not the one that the sources give, or if an attack is not priced as
/// promised.
pub fn check(context: &Context) -> Result<()> {
    for (file, text) in FILES.into_iter().zip(texts(context)?) {
        let committed = read_file(&context.path(file))?;
        ensure!(text == committed, "{file} differs from the sources: run `cargo xtask docs` and commit it");
    }
    Ok(())
}

fn texts(context: &Context) -> Result<[String; 2]> {
    let parameters = parameters(context)?;
    let rules = Rules::read(&parameters).map_err(Error::msg)?;
    for attack in attacks(&rules) {
        ensure!(attack.holds(), "the defaults do not keep a promise: {attack:?}");
    }
    Ok([parameters, document(&rules)])
}

/// Printed by an example, because it needs the SDK and the defaults, and `cargo xtask` itself must not. Built
/// like everything that is checked and tested, so that nothing is compiled twice.
fn parameters(context: &Context) -> Result<String> {
    run(context.cargo(".", &["build", "--release", "--workspace", "--example", EXAMPLE]))?;
    read(context.command(context.target.join("release/examples").join(EXAMPLE), "."))
}
