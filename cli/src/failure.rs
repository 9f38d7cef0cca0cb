//! How a command fails, and the exit code that says so.

use {
    serde_json::{Value, json},
    std::{fmt, io::Write, process::ExitCode},
    work_token_sdk::{ClientError, DecodeError, TransportError},
};

/// Why a command did not do what it was asked.
#[derive(Clone, Debug)]
pub enum Failure {
    /// The command makes no sense as it was given; nothing was run. Exit code 2.
    Usage(String),
    /// It was run and refused, or a check failed. Exit code 1.
    Failed(String),
    /// The chain could not be asked, or nothing is due yet; the same command may work later, and repeats
    /// nothing. Exit code 75.
    TryAgain(String),
    /// Something was sent and may or may not have landed. The same command asks after it before it sends
    /// anything. Exit code 76.
    Unknown(String),
}

/// The result of everything in this crate.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

impl Failure {
    /// What the process returns.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.code())
    }

    /// The same as a number.
    pub fn code(&self) -> u8 {
        match self {
            Self::Failed(_) => 1,
            Self::Usage(_) => 2,
            Self::TryAgain(_) => 75,
            Self::Unknown(_) => 76,
        }
    }

    /// The same failure where some of what was sent is of unknown fate, or was refused: that decides the
    /// code.
    pub fn after(self, unknown: bool, refused: bool) -> Self {
        match self {
            decided @ (Self::Usage(_) | Self::Unknown(_)) => decided,
            failure if unknown => Self::Unknown(failure.to_string()),
            failure if refused => Self::Failed(failure.to_string()),
            failure => failure,
        }
    }

    /// The failure for machines, with what was sent: signatures and fates.
    pub fn to_json(&self, sent: Vec<Value>) -> Value {
        let mut error = json!({ "exit_code": self.code(), "message": self.to_string() });
        if let [only] = sent.as_slice() {
            error["signature"] = only["signature"].clone();
        }
        if !sent.is_empty() {
            error["transactions"] = sent.into();
        }
        json!({ "error": error })
    }
}

/// A line on stderr. One that cannot be written is lost: nothing fails for it.
pub fn note(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(message) | Self::Failed(message) | Self::TryAgain(message) | Self::Unknown(message) => {
                f.write_str(message)
            }
        }
    }
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::Unreachable(_) | TransportError::Absent { .. } => Self::TryAgain(error.to_string()),
            TransportError::Unknown { .. } => Self::Unknown(error.to_string()),
            TransportError::Refused(_) | TransportError::Denied(_) | TransportError::Malformed(_) => {
                Self::Failed(error.to_string())
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unknown_decides_then_what_was_refused_and_then_the_failure() {
        let codes = |unknown, refused| {
            let failures =
                [Failure::Usage as fn(String) -> Failure, Failure::Failed, Failure::TryAgain, Failure::Unknown];
            failures.map(|failure| failure("no".into()).after(unknown, refused).code())
        };
        assert_eq!(codes(true, true), [2, 76, 76, 76]);
        assert_eq!(codes(true, false), [2, 76, 76, 76]);
        assert_eq!(codes(false, true), [2, 1, 1, 76]);
        assert_eq!(codes(false, false), [2, 1, 75, 76]);
    }

    #[test]
    fn a_failure_lists_what_was_sent_and_names_the_only_one() {
        let sent = |name: &str| json!({ "signature": name, "fate": "landed" });
        let failure = Failure::Unknown("nobody knows".into());
        let one = failure.to_json(vec![sent("a")]);
        assert_eq!((&one["error"]["signature"], &one["error"]["exit_code"]), (&"a".into(), &76.into()));
        let two = failure.to_json(vec![sent("a"), sent("b")]);
        assert_eq!(two["error"]["transactions"].as_array().map(Vec::len), Some(2));
        assert!(two["error"]["signature"].is_null());
        assert!(failure.to_json(Vec::new())["error"]["transactions"].is_null());
    }

    #[test]
    fn every_end_of_a_transaction_has_its_code() {
        let signature = work_token_sdk::Signature::default();
        let code = |error: TransportError| Failure::from(error).code();
        assert_eq!(code(TransportError::Unknown { signature, reason: String::new() }), 76);
        assert_eq!(code(TransportError::Absent { signature }), 75);
        assert_eq!(code(TransportError::Unreachable(String::new())), 75);
        assert_eq!(code(TransportError::Denied(String::new())), 1);
        assert_eq!(code(TransportError::Malformed(String::new())), 1);
    }
}
