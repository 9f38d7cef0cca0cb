//! `cargo xtask docs`: documentation that the sources write themselves.

use anyhow::{Error, Result, ensure};

use crate::{
    bench,
    context::{Context, read, read_file, run, write_file},
    griefing::{Rules, attacks, document},
};

/// What the examples of this package print.
const PRINTED: [(&str, &str); 2] = [("docs/parameters.md", "parameters"), ("docs/errors.md", "errors")];
/// What follows from the table of parameters.
const GRIEFING: &str = "docs/griefing.md";

/// Writes the tables of parameters and errors, what harming somebody costs by those parameters, and what the
/// committed baseline says of costs.
pub fn write(context: &Context) -> Result<()> {
    for (file, text) in texts(context)? {
        write_file(&context.path(file), text)?;
        println!("{file}");
    }
    Ok(())
}

/// Fails if a committed document is not the one that the sources give, or if an attack is not priced as
/// promised.
pub fn check(context: &Context) -> Result<()> {
    for (file, text) in texts(context)? {
        let committed = read_file(&context.path(file))?;
        ensure!(text == committed, "{file} differs from the sources: run `cargo xtask docs` and commit it");
    }
    Ok(())
}

/// Documents and their texts.
fn texts(context: &Context) -> Result<Vec<(&'static str, String)>> {
    let [parameters, errors] = printed(context)?;
    let rules = Rules::read(&parameters.1).map_err(Error::msg)?;
    for attack in attacks(&rules) {
        ensure!(attack.holds(), "the defaults do not keep a promise: {attack:?}");
    }
    let mut texts = vec![parameters, errors, (GRIEFING, document(&rules))];
    texts.extend(bench::documents(context)?);
    Ok(texts)
}

/// Printed by examples, because they need the SDK and the defaults, and `cargo xtask` itself must not. Built
/// like everything that is checked and tested, so that nothing is compiled twice.
fn printed(context: &Context) -> Result<[(&'static str, String); 2]> {
    let mut arguments = vec!["build", "--release", "--workspace"];
    arguments.extend(PRINTED.iter().flat_map(|(_, example)| ["--example", *example]));
    run(context.cargo(".", &arguments))?;
    let examples = context.target.join("release/examples");
    let [parameters, errors] =
        PRINTED.map(|(file, example)| read(context.command(examples.join(example), ".")).map(|text| (file, text)));
    Ok([parameters?, errors?])
}
