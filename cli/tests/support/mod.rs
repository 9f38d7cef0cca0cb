//! Runs the built command.

#![allow(dead_code)]

use {
    serde_json::Value,
    std::{
        io::Write,
        path::{Path, PathBuf},
        process::{Command, Output, Stdio},
    },
};

/// What the command printed and returned.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// Stdout as the one JSON document it must be.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.stdout, self.stderr))
    }
}

/// The command with a home of its own, so that nobody's settings play a part.
pub fn command(args: &[&str]) -> Command {
    let home = std::env::temp_dir().join("work-token-cli-tests-without-a-home");
    let mut command = Command::new(env!("CARGO_BIN_EXE_work-token"));
    command.args(args).env("HOME", home);
    command
}

/// Runs the command.
pub fn work_token(args: &[&str]) -> Ran {
    ran(command(args).output().expect("the command starts"))
}

/// Runs the command with something piped in.
pub fn work_token_reads(args: &[&str], stdin: &str) -> Ran {
    let mut child = command(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    child.stdin.take().expect("a pipe").write_all(stdin.as_bytes()).expect("the command reads");
    ran(child.wait_with_output().expect("the command ends"))
}

/// What a process printed and returned.
pub fn ran(output: Output) -> Ran {
    Ran {
        code: output.status.code().expect("the command ends by itself"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8 on stdout"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8 on stderr"),
    }
}

/// A number, or an amount, which is a string of digits.
pub fn integer(value: &Value) -> i128 {
    let number = value.as_i64().map(i128::from).or_else(|| value.as_str()?.parse().ok());
    number.unwrap_or_else(|| panic!("{value} is no integer"))
}

/// A file that is gone after the test.
pub struct TemporaryFile(PathBuf);

impl TemporaryFile {
    pub fn new(name: &str, bytes: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("work-token-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).expect("a temporary file");
        Self(path)
    }

    pub fn path(&self) -> &str {
        self.0.to_str().expect("a path in UTF-8")
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The providers that come with the command.
pub fn example() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/providers.csv").to_string_lossy().into_owned()
}
