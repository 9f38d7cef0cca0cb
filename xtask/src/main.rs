//! The command line; everything that it does is in the library.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, CommandFactory, Parser, Subcommand};
use work_token_xtask::{bench, build, check, ci, context::Context, docs, foreign, idl, package};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds and checks the Work Token project")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the programs into sBPF v3 ELFs, setting up the toolchain first where it is missing
    Build(BuildArgs),
    /// Build SPL Governance for the tests that vote with it, unless the target directory has it
    Governance,
    /// Write artifacts/idl/ from the programs' and the interface's own description
    Idl {
        /// Write nothing; fail if a committed file differs
        #[arg(long)]
        check: bool,
    },
    /// Write docs/parameters.md, docs/errors.md, docs/griefing.md, docs/costs.md and the README's rows of
    /// costs from the lists and the baseline that are committed
    Docs {
        /// Write nothing; fail if the committed file differs
        #[arg(long)]
        check: bool,
    },
    /// Measure compute units, account bytes and transaction bytes of every operation
    Bench(BenchArgs),
    /// Formatter, lints, documentation, interface tests, whether anything lacks a part (see CONTRIBUTING.md),
    /// whether others can build and publish the crates for them, and whether artifact, IDL, written documents
    /// and benchmark baseline are up to date
    Check {
        /// Only what needs nothing but the sources: words, documents, sizes, circles, missing parts, refusals
        #[arg(long)]
        sources: bool,
    },
    /// Pack the crates that others use, as they would be published, and build what is in the archives
    Package {
        /// Where the sources lie, for the published manifests
        #[arg(long, value_name = "URL")]
        repository: Option<String>,
    },
    /// Everything: a fresh ELF, every check, every test against that ELF
    Ci,
}

#[derive(Args)]
struct BuildArgs {
    /// Only this one [default: all; work_token with --output]
    #[arg(long, value_name = "NAME")]
    program: Option<String>,
    /// Where to put its ELF [default: sbf/NAME.so in the target directory]
    #[arg(long, value_name = "FILE.so")]
    output: Option<PathBuf>,
    /// Copy all of them to artifacts/ too, with their sha256 and the versions that made them
    #[arg(long, conflicts_with_all = ["program", "output"])]
    install: bool,
}

#[derive(Args)]
struct BenchArgs {
    /// Compare with the committed baseline; fail above 2 % growth
    #[arg(long)]
    check: bool,
    /// Make this measurement the baseline; write docs/costs.md and the README's rows from it
    #[arg(long)]
    write: bool,
    /// Run the SDK's and the math crate's speed benchmarks too and put them into the baseline
    #[arg(long, requires = "write")]
    host: bool,
}

fn main() -> ExitCode {
    let command = Cli::parse().command;
    match run(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    let mut context = Context::find(Cli::command())?;
    match command {
        Command::Build(BuildArgs { program, output, install }) => {
            build::run(&context, (program.as_deref(), output.as_deref()), install)
        }
        Command::Governance => foreign::run(&context, &foreign::GOVERNANCE),
        Command::Idl { check: true } => idl::check(&context),
        Command::Idl { check: false } => idl::write(&context),
        Command::Docs { check: true } => docs::check(&context),
        Command::Docs { check: false } => docs::write(&context),
        Command::Bench(BenchArgs { check, write, host }) => bench::run(&context, bench::Request { check, write, host }),
        Command::Check { sources: true } => check::sources(&context),
        Command::Check { sources: false } => check::run(&mut context),
        Command::Package { repository } => package::run(&context, repository.as_deref()),
        Command::Ci => ci::run(&mut context),
    }
}
