//! A world that is taken back to where it was: what every history of many begins with.

use {
    crate::world::{Outside, World},
    litesvm::LiteSVM,
    solana_sdk::transaction::VersionedTransaction,
    work_token_sdk::transport::{Outcome, TransportError},
};

/// Everything of a world at one moment.
pub struct Fork {
    svm: LiteSVM,
    outside: Outside,
}

impl World {
    /// Everything as it is now.
    pub fn fork(&self) -> Fork {
        Fork { svm: self.snapshot(), outside: self.outside.borrow().clone() }
    }

    /// Takes everything back to a moment.
    pub fn restore(&self, fork: &Fork) {
        self.scenario.restore(&fork.svm);
        self.outside.borrow_mut().clone_from(&fork.outside);
    }

    /// From now on nobody looks at signatures, and the same transaction may be sent again: that takes most of
    /// the time of a long history, and the stories hold it.
    pub fn check_no_signatures(&self) {
        self.scenario.chain.with_svm(|svm| {
            let taken = std::mem::take(svm);
            *svm = taken.with_sigverify(false).with_blockhash_check(false);
        });
    }

    /// Sends a transaction, whatever comes of it.
    pub fn sends(&self, transaction: &VersionedTransaction) -> Result<Outcome, TransportError> {
        self.scenario.land(transaction)
    }
}
