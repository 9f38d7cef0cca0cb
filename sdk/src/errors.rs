//! A refusal, explained in a sentence: who refused, which rule was broken, and what the person can do about
//! it.

mod advice;
mod foreign;
mod governance;

use {
    crate::{Pubkey, interface::ID},
    solana_instruction_error::InstructionError,
    solana_transaction_error::TransactionError,
    std::{borrow::Cow, fmt},
    work_token_interface::{WorkTokenError, errors::ERROR_OFFSET, votes},
};

pub use {
    advice::{advice, votes_advice},
    foreign::{GOVERNANCE_PROGRAM, TOKEN_PROGRAMS},
};

/// A transaction that the chain refused. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The chain's own error.
    pub error: TransactionError,
    /// The transaction's log up to the refusal.
    pub logs: Vec<String>,
}

/// Who refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refuser {
    /// The Work Token program, by a rule of its own.
    WorkToken,
    /// The Work Token program, by a check that its framework makes for it.
    Framework,
    /// The system program, called to create an account or to move lamports.
    System,
    /// SPL Token or Token-2022.
    Token,
    /// An instance of SPL Governance.
    Governance,
    /// Another program of the transaction.
    Program(Pubkey),
    /// The runtime, while it ran an instruction.
    Runtime,
    /// The chain, before or after any instruction ran.
    Chain,
}

/// A refusal in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Who refused.
    pub refuser: Refuser,
    /// The error's name.
    pub name: Cow<'static, str>,
    /// Its code on the wire, if it is a custom one.
    pub code: Option<u32>,
    /// The broken rule, one sentence without its full stop.
    pub rule: Cow<'static, str>,
    /// What the person can do about it, where that is clear; one sentence without its full stop.
    pub advice: Option<&'static str>,
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

    /// The program that refused, as the log tells it: the innermost one that failed. `None` without a log.
    pub fn program(&self) -> Option<Pubkey> {
        self.logs.iter().find_map(|line| {
            let (program, rest) = line.strip_prefix("Program ")?.split_once(' ')?;
            rest.starts_with("failed: ").then(|| program.parse().ok())?
        })
    }

    /// The program's own error, if it was the program that refused. Without a log the code alone decides.
    pub fn work_token_error(&self) -> Option<WorkTokenError> {
        if self.program().is_some_and(|program| program != ID) {
            return None;
        }
        self.code().filter(|code| *code >= ERROR_OFFSET).and_then(WorkTokenError::from_code)
    }

    /// The refusal in words.
    pub fn explain(&self) -> Explanation {
        match &self.error {
            TransactionError::InstructionError(_, InstructionError::Custom(code)) => self.explain_code(*code),
            TransactionError::InstructionError(_, error) => foreign::instruction(error),
            error => foreign::transaction(error),
        }
    }

    /// Whether the program is an instance of SPL Governance: the one that all know, or one that logs like it.
    fn is_of_governance(&self, program: Pubkey) -> bool {
        program == GOVERNANCE_PROGRAM || {
            let called = format!("Program {program} invoke [");
            let mut lines = self.logs.iter().skip_while(|line| !line.starts_with(&called)).skip(1);
            lines.find(|line| line.starts_with("Program log: ")).is_some_and(|line| line.contains("VERSION:"))
                && self.logs.iter().any(|line| line.starts_with("Program log: GOVERNANCE-INSTRUCTION"))
        }
    }

    /// A refusal of the add-in of SPL Governance: its own, or of an account, by the codes of both programs.
    fn explain_votes(&self, code: u32) -> Option<Explanation> {
        let program = self.program().unwrap_or(votes::ID);
        if program != votes::ID {
            return None;
        }
        let own = votes::VotesError::from_code(code).map(explain_votes);
        let of_accounts = || WorkTokenError::from_code(code).map(explain);
        own.or_else(of_accounts).map(|told| Explanation { refuser: Refuser::Program(program), ..told })
    }

    fn explain_code(&self, code: u32) -> Explanation {
        if let Some(error) = self.work_token_error() {
            return explain(error);
        }
        if let Some(explanation) = self.explain_votes(code) {
            return explanation;
        }
        match self.program() {
            Some(program) if program == ID => {
                foreign::framework(code).unwrap_or_else(|| foreign::unknown(Refuser::WorkToken, code))
            }
            Some(program) if program == crate::ix::SYSTEM_PROGRAM => {
                foreign::system(code).unwrap_or_else(|| foreign::unknown(Refuser::System, code))
            }
            Some(program) if foreign::TOKEN_PROGRAMS.contains(&program) => {
                foreign::token(code).unwrap_or_else(|| foreign::unknown(Refuser::Token, code))
            }
            Some(program) if self.is_of_governance(program) => governance::governance(code),
            Some(program) => foreign::unknown(Refuser::Program(program), code),
            // Without a log a small code is most likely the token program's: the system program is called
            // only to create accounts.
            None => foreign::framework(code)
                .or_else(|| foreign::token(code))
                .unwrap_or_else(|| foreign::unknown(Refuser::Runtime, code)),
        }
    }
}

/// One of the program's own errors in words.
pub fn explain(error: WorkTokenError) -> Explanation {
    Explanation {
        refuser: Refuser::WorkToken,
        name: error.name().into(),
        code: Some(error.code()),
        rule: error.message().into(),
        advice: advice(error),
    }
}

/// One of the add-in's errors in words.
pub fn explain_votes(error: votes::VotesError) -> Explanation {
    Explanation {
        refuser: Refuser::Program(votes::ID),
        name: error.name().into(),
        code: Some(error.code()),
        rule: error.message().into(),
        advice: Some(votes_advice(error)),
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.refuser {
            Refuser::WorkToken | Refuser::Framework => {}
            Refuser::System => f.write_str("the system program refused: ")?,
            Refuser::Token => f.write_str("the token program refused: ")?,
            Refuser::Governance => f.write_str("SPL Governance refused: ")?,
            Refuser::Program(program) if program == votes::ID => f.write_str("the add-in of votes refused: ")?,
            Refuser::Program(program) => write!(f, "program {program} refused: ")?,
            Refuser::Runtime => f.write_str("the runtime refused: ")?,
            Refuser::Chain => f.write_str("the chain refused: ")?,
        }
        match self.code {
            Some(code) => write!(f, "{} ({code}): {}", self.name, self.rule)?,
            None => write!(f, "{}: {}", self.name, self.rule)?,
        }
        match self.advice {
            Some(advice) => write!(f, "; {advice}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.explain().fmt(f)
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests;
