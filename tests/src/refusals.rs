//! A refusal names the broken rule and changes nothing.

use {
    crate::World,
    solana_sdk::{account::AccountSharedData, pubkey::Pubkey},
    std::collections::HashMap,
    work_token_localnet::Actor,
    work_token_sdk::{
        Instruction, WorkTokenError,
        transport::{Outcome, TransportError},
    },
};

/// Every account of the chain at one moment.
pub struct Photo(HashMap<Pubkey, AccountSharedData>);

impl Photo {
    /// Takes one.
    pub fn of(world: &World) -> Self {
        let accounts = world.scenario.chain.with_svm(|svm| svm.accounts_db().inner.clone());
        Self(accounts.into_iter().collect())
    }

    /// The first account, other than the fee payer's, that is not as it was.
    pub fn first_difference(&self, world: &World) -> Option<Pubkey> {
        let now = Self::of(world);
        let fee_payer = world.scenario.keeper.address();
        let changed = |key: &&Pubkey| **key != fee_payer && self.0.get(*key) != now.0.get(*key);
        now.0.keys().chain(self.0.keys()).find(changed).copied()
    }
}

/// Asserts that the program refused with `error` and that no account and no balance changed, but for the fee.
#[track_caller]
pub fn refused(world: &World, before: &Photo, result: Result<Outcome, TransportError>, error: WorkTokenError) {
    refused_with_code(world, before, result, error.code());
}

/// The same for a refusal of another program, or of Anchor.
#[track_caller]
pub fn refused_with_code(world: &World, before: &Photo, result: Result<Outcome, TransportError>, code: u32) {
    let expected = WorkTokenError::from_code(code).map_or_else(|| code.to_string(), |error| error.name().to_owned());
    match result {
        Ok(_) => panic!("expected {expected}, but it succeeded"),
        Err(TransportError::Refused(refusal)) => {
            assert!(refusal.code() == Some(code), "expected {expected}, got {refusal}\n{}", refusal.logs.join("\n"));
        }
        Err(error) => panic!("expected {expected}, got {error}"),
    }
    if let Some(key) = before.first_difference(world) {
        panic!("refused with {expected}, and yet {key} changed");
    }
}

impl World {
    /// Sends one instruction that must be refused with `error` and change nothing.
    #[track_caller]
    pub fn refuses(&self, instruction: Instruction, signers: &[&Actor], error: WorkTokenError) {
        self.refuses_all(&[instruction], signers, error);
    }

    /// The same for several instructions of one transaction.
    #[track_caller]
    pub fn refuses_all(&self, instructions: &[Instruction], signers: &[&Actor], error: WorkTokenError) {
        let before = Photo::of(self);
        refused(self, &before, self.tries(instructions, signers), error);
    }
}
