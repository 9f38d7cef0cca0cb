//! When an answer about a transaction counts. Pure rules; [`super::look`] asks.
//!
//! `getSignatureStatuses` and `getTransaction` take no minimum slot, so that a node that lags answers with
//! the same "nothing" as one that knows. Nothing counts only if the node had reached the slot at which the
//! transaction had expired, and still knows every block since the transaction could land.

use {
    crate::fate::Landed, serde::Deserialize, solana_rpc_client_api::config::CommitmentConfig,
    solana_transaction_error::TransactionError,
};

/// A blockhash is valid for so many blocks.
const BLOCKHASH_BLOCKS: u64 = 150;
/// A node keeps the signatures of so many slots at hand, whatever it keeps of blocks.
const SIGNATURE_SLOTS: u64 = 300;

/// What is so many slots deep no fork takes back.
const FORK_SLOTS: u64 = 32;

/// What a node says of a signature. Every field that decides something must be there.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    pub slot: u64,
    pub err: Option<TransactionError>,
    /// The same as `err`, in the form of old: where only one of them tells of an error there is one.
    pub status: Result<(), TransactionError>,
    pub confirmation_status: Option<String>,
}

impl Status {
    /// Where the transaction stands, if it does at this commitment. What is only processed a fork takes back,
    /// so that it never counts; a node that does not say how certain its block is says nothing.
    pub fn landed(&self, commitment: CommitmentConfig) -> Option<Landed> {
        let certain = match self.confirmation_status.as_deref() {
            Some("confirmed") => !commitment.is_finalized(),
            Some("finalized") => true,
            _ => false,
        };
        let error = self.err.clone().or_else(|| self.status.clone().err());
        certain.then_some(Landed { slot: self.slot, error })
    }
}

/// Whether "nothing" of a node proves that there is nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// It does.
    Proved,
    /// The node lags behind the slot at which the transaction had expired.
    TooEarly,
    /// The node must keep blocks since this slot, and it must be asked whether it does.
    NeedsHistorySince(u64),
}

/// What "nothing" proves that a node says at `context_slot` of a transaction that could land from
/// `since_slot` on and had expired at the finalized slot `expired_slot`.
pub fn nothing(since_slot: u64, expired_slot: u64, context_slot: u64) -> Nothing {
    if context_slot < expired_slot {
        Nothing::TooEarly
    } else if context_slot.saturating_sub(since_slot) <= SIGNATURE_SLOTS {
        Nothing::Proved
    } else {
        Nothing::NeedsHistorySince(since_slot)
    }
}

/// Of a blockhash that came from elsewhere, by the newest height and slot: the last height at which it can be
/// valid, and the slot before which what spends it cannot have landed.
pub fn foreign_blockhash(height: u64, slot: u64) -> (u64, u64) {
    // It may have been sent before, by somebody else, for as long as it has been valid: so many blocks, and
    // as many slots again that were skipped.
    (height.saturating_add(BLOCKHASH_BLOCKS), slot.saturating_sub(2 * BLOCKHASH_BLOCKS))
}

/// The slot before which a transaction cannot have landed that a node showed in no block at a slot: less what
/// a fork may take back.
pub fn before(slot: u64) -> u64 {
    slot.saturating_sub(FORK_SLOTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(confirmation: Option<&str>, err: Option<TransactionError>) -> Status {
        Status { slot: 9, err, status: Ok(()), confirmation_status: confirmation.map(Into::into) }
    }

    #[test]
    fn a_status_counts_at_its_commitment_and_at_weaker_ones_but_never_while_a_fork_may_take_it_back() {
        let landed = Some(Landed { slot: 9, error: None });
        let [processed, confirmed, finalized] =
            [CommitmentConfig::processed(), CommitmentConfig::confirmed(), CommitmentConfig::finalized()];
        assert_eq!(status(Some("processed"), None).landed(confirmed), None);
        assert_eq!(status(Some("processed"), None).landed(processed), None);
        assert_eq!(status(Some("confirmed"), None).landed(processed), landed);
        assert_eq!(status(Some("confirmed"), None).landed(confirmed), landed);
        assert_eq!(status(Some("confirmed"), None).landed(finalized), None);
        assert_eq!(status(Some("finalized"), None).landed(finalized), landed);
        for silent in [None, Some("rooted")] {
            assert_eq!(status(silent, None).landed(processed), None);
        }
    }

    #[test]
    fn an_error_that_stands_in_either_form_is_one() {
        let error = TransactionError::AccountInUse;
        let confirmed = CommitmentConfig::confirmed();
        assert_eq!(
            status(Some("confirmed"), Some(error.clone())).landed(confirmed).unwrap().error,
            Some(error.clone())
        );
        let old = Status { status: Err(error.clone()), ..status(Some("confirmed"), None) };
        assert_eq!(old.landed(confirmed).unwrap().error, Some(error));
    }

    #[test]
    fn nothing_counts_from_the_slot_of_expiry_on_and_only_with_every_block_since() {
        assert_eq!(nothing(1_000, 1_200, 1_199), Nothing::TooEarly);
        assert_eq!(nothing(1_000, 1_200, 1_200), Nothing::Proved);
        assert_eq!(nothing(1_000, 1_200, 1_300), Nothing::Proved);
        assert_eq!(nothing(1_000, 1_200, 1_301), Nothing::NeedsHistorySince(1_000));
        assert_eq!(nothing(1_000, 1_600, 1_600), Nothing::NeedsHistorySince(1_000));
    }
}
