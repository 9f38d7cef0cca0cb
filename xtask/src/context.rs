//! Where things are, and how other programs are run.

use std::{
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::programs::{CORE, PROGRAMS};

/// The checkout and its build directory.
pub struct Context {
    pub root: PathBuf,
    pub target: PathBuf,
    /// Refuse to change a lockfile. CI does; a person who has just added a dependency does not.
    pub locked: bool,
    /// Whether the ELFs in the target directory are fresh. Then every test and measurement started from here
    /// uses them.
    pub is_built: bool,
    /// Programs of the tests, once they are built, by the variables that name them.
    pub foreign: Vec<(&'static str, PathBuf)>,
    /// The definition of `cargo xtask` itself, by which commands in documents are read.
    pub command_line: clap::Command,
}

impl Context {
    /// Finds the checkout from where Cargo says that this package lies.
    pub fn find(command_line: clap::Command) -> Result<Self> {
        let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&package).parent().context("xtask lies in no directory")?.to_path_buf();
        ensure!(root.join(CORE.folder).is_dir(), "{} is not the project's root", root.display());
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(directory) => std::path::absolute(directory)?,
            None => root.join("target"),
        };
        Ok(Self { root, target, locked: false, is_built: false, foreign: Vec::new(), command_line })
    }

    /// A path of the repository, for messages and for reading.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Cargo in one of the repository's directories. Everything is built into one target directory, also what
    /// lies outside the host workspace; the sBPF build, whose compiler is another, chooses its own inside.
    pub fn cargo(&self, directory: &str, arguments: &[&str]) -> Command {
        let mut command = self.command("cargo", directory);
        // Cargo's own options end at `--`; of its commands only fmt resolves nothing and knows no `--locked`.
        let (own, passed_on) =
            arguments.split_at(arguments.iter().position(|word| *word == "--").unwrap_or(arguments.len()));
        command.args(own);
        if self.locked && own.first() != Some(&"fmt") {
            command.arg("--locked");
        }
        command.args(passed_on);
        command
    }

    /// A program in one of the repository's directories.
    pub fn command(&self, program: impl AsRef<OsStr>, directory: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.path(directory)).env("CARGO_TARGET_DIR", &self.target);
        // What Cargo says of this package. A build script that watches one of them would be run anew, and all
        // that depends on it built anew, whenever somebody calls Cargo without xtask in between.
        for (name, _) in env::vars_os().filter(|(name, _)| is_of_package(&name.to_string_lossy())) {
            command.env_remove(name);
        }
        if self.is_built {
            for program in PROGRAMS {
                command.env(program.variable, program.built(&self.target));
            }
            // Where solana-program-test looks for a program's file.
            command.env("SBF_OUT_DIR", self.target.join("sbf"));
        }
        command.envs(self.foreign.iter().map(|(variable, elf)| (variable, elf)));
        command
    }
}

/// Whether Cargo sets the variable for the program that it runs.
fn is_of_package(name: &str) -> bool {
    ["CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_BIN_", "CARGO_CRATE_"].iter().any(|of| name.starts_with(of))
}

/// Runs a command with its output on the terminal; an exit code other than 0 is an error that names the
/// command.
pub fn run(mut command: Command) -> Result<()> {
    let shown = show(&command);
    eprintln!("$ {shown}");
    let status = command.status().with_context(|| format!("cannot start `{shown}`"))?;
    ensure!(status.success(), "`{shown}` failed ({status})");
    Ok(())
}

/// Runs a command and returns its standard output. Notes stay on the terminal.
pub fn read(mut command: Command) -> Result<String> {
    let shown = show(&command);
    eprintln!("$ {shown}");
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot start `{shown}`"))?;
    if !output.status.success() {
        eprint!("{}", String::from_utf8_lossy(&output.stdout));
        bail!("`{shown}` failed ({})", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{shown}` printed something that is not UTF-8"))
}

/// Reads a file; the error names it.
pub fn read_file(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file and the directories above it; the error names it.
pub fn write_file(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory).with_context(|| format!("cannot create {}", directory.display()))?;
    }
    fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))
}

fn show(command: &Command) -> String {
    let mut words = vec![command.get_program()];
    words.extend(command.get_args());
    words.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
