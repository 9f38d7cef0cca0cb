//! A refusal, explained in a sentence.

use {
    solana_sdk::{instruction::InstructionError, transaction::TransactionError},
    std::fmt,
    work_token_interface::{WorkTokenError, errors::ERROR_OFFSET},
};

/// A transaction that the chain refused. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The chain's own error.
    pub error: TransactionError,
    /// The transaction's log up to the refusal.
    pub logs: Vec<String>,
}

impl Refusal {
    /// Index of the instruction that failed, if one did.
    pub fn instruction(&self) -> Option<u8> {
        match self.error {
            TransactionError::InstructionError(index, _) => Some(index),
            _ => None,
        }
    }

    /// The custom code, if the refusal carries one.
    pub fn code(&self) -> Option<u32> {
        match self.error {
            TransactionError::InstructionError(_, InstructionError::Custom(code)) => Some(code),
            _ => None,
        }
    }

    /// The program's own error, if it was the program that refused.
    pub fn work_token_error(&self) -> Option<WorkTokenError> {
        self.code().filter(|code| *code >= ERROR_OFFSET).and_then(WorkTokenError::from_code)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.work_token_error() {
            Some(error) => write!(f, "{} ({}): {}", error.name(), error.code(), error.message()),
            None => write!(f, "{}", self.error),
        }
    }
}

impl std::error::Error for Refusal {}
