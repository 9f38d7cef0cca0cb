//! `cargo xtask ci`: the test command. Builds a fresh ELF, checks everything, and tests everything against
//! that ELF.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, ensure};

use crate::{
    build,
    check::{self, Report},
    context::{Context, run as execute},
    foreign::{self, FOREIGN},
    source,
};

/// The host tests come last: what the runner says at its end is the last thing on the screen.
pub fn run(context: &mut Context) -> Result<()> {
    context.locked = true;
    must("packages", || execute(context.command(context.path("toolchain/test-packages.sh"), ".")))?;
    must("programs", || build::all(context).context("without an ELF there is nothing to test"))?;
    context.is_built = true;
    must("programs of the tests", || {
        for one in FOREIGN {
            context.foreign.push((one.variable, foreign::elf(context, one)?));
        }
        Ok(())
    })?;
    let mut report = Report::default();
    check::all(context, &mut report);
    report.step("bpf-builtins tests", || execute(context.cargo("toolchain/bpf-builtins", &["test", "--release"])));
    report.step("program tests", || execute(context.cargo("programs", &["test", "--release", "--lib"])));
    report.step("examples in the documentation", || {
        execute(context.cargo(".", &["test", "--release", "--workspace", "--doc"]))
    });
    report.step("examples", || examples(context));
    report.last_step("tests", || host_tests(context));
    report.finish()
}

/// A step without which no other can be run.
fn must(name: &str, step: impl FnOnce() -> Result<()>) -> Result<()> {
    let (result, minutes) = check::timed(name, step);
    result?;
    eprintln!("== {name}: done in {minutes:.1} min");
    Ok(())
}

/// Runs the SDK's examples, which assert what comes of them.
fn examples(context: &Context) -> Result<()> {
    execute(context.cargo(".", &["build", "--release", "--workspace", "--examples"]))?;
    let names = example_names(&context.path("sdk/examples"))?;
    ensure!(!names.is_empty(), "the SDK has no examples");
    let run = |name: &String| execute(context.command(context.target.join("release/examples").join(name), "."));
    names.iter().try_for_each(run)
}

/// The files of a folder that Cargo takes for examples.
fn example_names(folder: &Path) -> Result<Vec<String>> {
    let files = source::files(folder, &[".rs"])?;
    let own = files.iter().filter(|file| file.parent() == Some(folder));
    Ok(own.filter_map(|file| Some(file.file_stem()?.to_string_lossy().into_owned())).collect())
}

fn host_tests(context: &Context) -> Result<()> {
    if has_nextest(context) {
        return execute(context.cargo(".", &["nextest", "run", "--release", "--workspace", "--no-fail-fast"]));
    }
    execute(context.cargo(".", &["test", "--release", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"]))
}

fn has_nextest(context: &Context) -> bool {
    let mut command: Command = context.command("cargo", ".");
    command.args(["nextest", "--version"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
