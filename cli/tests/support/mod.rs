//! Runs the built command.

#![allow(dead_code)]

use {
    serde_json::Value,
    std::{
        path::{Path, PathBuf},
        process::{Command, Output},
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

/// Runs the command with a home of its own, so that nobody's settings play a part.
pub fn work_token(args: &[&str]) -> Ran {
    let home = std::env::temp_dir().join("work-token-cli-tests-without-a-home");
    let output: Output = Command::new(env!("CARGO_BIN_EXE_work-token"))
        .args(args)
        .env("HOME", home)
        .output()
        .expect("the command starts");
    Ran {
        code: output.status.code().expect("the command ends by itself"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8 on stdout"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8 on stderr"),
    }
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
