//! `cargo xtask check`: whether the checkout may be committed. All checks run, whatever the first ones say.

pub mod artifact;
mod circles;
pub mod docs;
mod glossary;
mod lints;
mod parts;
mod refusals;
mod rustdoc;
mod sizes;
mod wasm;
mod words;

use std::time::Instant;

use anyhow::{Result, bail};

use crate::{
    bench, build,
    context::{Context, run as execute},
    docs as written, idl, package,
    programs::PROGRAMS,
};

/// Runs checks one after the other and remembers which of them failed.
#[derive(Default)]
pub struct Report {
    failed: Vec<&'static str>,
}

impl Report {
    /// Runs one check; its error is shown at once and counted at the end.
    pub fn step(&mut self, name: &'static str, check: impl FnOnce() -> Result<()>) {
        match timed(name, check) {
            (Ok(()), minutes) => eprintln!("== {name}: passed in {minutes:.1} min"),
            (Err(error), minutes) => {
                eprintln!("== {name}: FAILED in {minutes:.1} min: {error:#}");
                self.failed.push(name);
            }
        }
    }

    /// Runs the last step. Where it passes, what it printed itself stays the last thing on the screen: the
    /// test runner says how long it took.
    pub fn last_step(&mut self, name: &'static str, check: impl FnOnce() -> Result<()>) {
        if let (Err(error), minutes) = timed(name, check) {
            eprintln!("== {name}: FAILED in {minutes:.1} min: {error:#}");
            self.failed.push(name);
        }
    }

    /// Fails if any step did.
    pub fn finish(self) -> Result<()> {
        if self.failed.is_empty() {
            return Ok(());
        }
        bail!("failed: {}", self.failed.join(", "))
    }
}

/// Says what begins, does it, and gives the minutes that it took.
pub fn timed(name: &str, step: impl FnOnce() -> Result<()>) -> (Result<()>, f32) {
    eprintln!("\n== {name}");
    let start = Instant::now();
    let result = step();
    (result, start.elapsed().as_secs_f32() / 60.0)
}

/// Everything that does not run the tests of the host workspace.
pub fn run(context: &mut Context) -> Result<()> {
    let mut report = Report::default();
    report.step("build", || build::all(context));
    context.is_built = PROGRAMS.iter().all(|program| program.built(&context.target).exists());
    all(context, &mut report);
    report.finish()
}

/// What needs nothing but the sources: seconds.
pub fn sources(context: &Context) -> Result<()> {
    let mut report = Report::default();
    read_sources(context, &mut report);
    report.finish()
}

/// The checks, with the ELF already built; `ci` adds the tests.
pub fn all(context: &Context, report: &mut Report) {
    report.step("formatter", || lints::formatter(context));
    read_sources(context, report);
    report.step("clippy", || lints::clippy(context));
    report.step("rustdoc", || rustdoc::check(context));
    report.step("wasm32", || wasm::check(context));
    report.step("package", || package::run(context, None));
    report.step("interface tests", || interface_tests(context));
    report.step("artifact", || artifact::check(context));
    report.step("idl", || idl::check(context));
    report.step("docs", || written::check(context));
    report.step("commands in documents", || docs::check_commands(context));
    report.step("bench", || bench::run(context, bench::Request { check: true, ..Default::default() }));
}

fn read_sources(context: &Context, report: &mut Report) {
    report.step("words", || words::check(context));
    report.step("glossary", || glossary::check(context));
    report.step("documents", || docs::check(context));
    report.step("sizes", || sizes::check(context));
    report.step("circles of files", || circles::check(context));
    report.step("parts", || parts::check(context));
    report.step("refusals", || refusals::check(context));
}

/// `interface` is a member of neither workspace, so `--workspace` does not reach its tests.
fn interface_tests(context: &Context) -> Result<()> {
    execute(context.cargo("interface", &["test", "--release"]))?;
    execute(context.cargo("interface", &["test", "--release", "--features", "anchor"]))
}
