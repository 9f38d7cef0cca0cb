//! How a command fails, and the exit code that says so.

use {
    serde_json::{Value, json},
    std::{fmt, process::ExitCode},
    work_token_sdk::{ClientError, DecodeError, TransportError},
};

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// The command makes no sense as it was given; nothing was run. Exit code 2.
    Usage(String),
    /// It was run and refused, or a check failed. Exit code 1.
    Failed(String),
    /// The chain could not be asked, or nothing is due yet; the same command may work later. Exit code 75.
    TryAgain(String),
}

/// The result of everything in this crate.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

impl Failure {
    /// What the process returns.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.code())
    }

    fn code(&self) -> u8 {
        match self {
            Self::Failed(_) => 1,
            Self::Usage(_) => 2,
            Self::TryAgain(_) => 75,
        }
    }

    /// The failure for machines.
    pub fn to_json(&self) -> Value {
        json!({ "error": { "exit_code": self.code(), "message": self.to_string() } })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(message) | Self::Failed(message) | Self::TryAgain(message) => f.write_str(message),
        }
    }
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::Unreachable(_) => Self::TryAgain(error.to_string()),
            TransportError::Refused(_) | TransportError::Malformed(_) => Self::Failed(error.to_string()),
        }
    }
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Self {
        match error {
            ClientError::Transport(error) => error.into(),
            error => Self::Failed(error.to_string()),
        }
    }
}

impl From<DecodeError> for Failure {
    fn from(error: DecodeError) -> Self {
        Self::Failed(error.to_string())
    }
}
