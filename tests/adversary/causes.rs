//! Our programs, and why they refuse, whichever of them does.

use work_token_sdk::{
    ID, Pubkey, WorkTokenError,
    votes::{self, VotesError},
};
use work_token_xtask::programs::{CORE, Program, VOTES};

/// Both programs with their addresses.
pub const OURS: [(Pubkey, &Program); 2] = [(ID, &CORE), (votes::ID, &VOTES)];

/// Whether a program is one of ours.
pub fn is_ours(program: &Pubkey) -> bool {
    OURS.iter().any(|(address, _)| address == program)
}

/// An error of either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    /// As in its IDL.
    pub name: &'static str,
    /// On the wire.
    pub code: u32,
}

impl From<WorkTokenError> for Cause {
    fn from(error: WorkTokenError) -> Self {
        Self { name: error.name(), code: error.code() }
    }
}

impl From<VotesError> for Cause {
    fn from(error: VotesError) -> Self {
        Self { name: error.name(), code: error.code() }
    }
}

impl Cause {
    /// All of both.
    pub fn all() -> impl Iterator<Item = Self> {
        let own = VotesError::ALL.iter().copied().map(Self::from);
        WorkTokenError::ALL.iter().copied().map(Self::from).chain(own)
    }

    /// Behind the code with which one of ours refused: the add-in has codes of its own, and the protocol's
    /// for what is wrong with an account.
    pub fn of(program: &Pubkey, code: u32) -> Option<Self> {
        let own = (*program == votes::ID).then(|| VotesError::from_code(code).map(Self::from)).flatten();
        own.or_else(|| WorkTokenError::from_code(code).map(Self::from))
    }

    /// Whether a refusal's name is that of one of them.
    pub fn is_named(name: &str) -> bool {
        Self::all().any(|cause| cause.name == name)
    }
}
