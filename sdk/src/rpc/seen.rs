//! The newest slots that answers were made at. Several nodes behind one address are the normal case, and no
//! later answer may be older than an earlier one, whichever of them gives it.

use {
    solana_rpc_client_api::config::CommitmentConfig,
    std::sync::atomic::{AtomicU64, Ordering},
};

/// The newest slot of each commitment, the weakest first. A slot of one says nothing of a stronger one: a
/// node that is asked for what is confirmed does not have the slot that it is just processing.
#[derive(Debug, Default)]
pub struct Seen([AtomicU64; 3]);

fn level(commitment: CommitmentConfig) -> usize {
    if commitment.is_finalized() {
        2
    } else if commitment.is_confirmed() {
        1
    } else {
        0
    }
}

impl Seen {
    /// Notes that an answer of this commitment was made at a slot.
    pub fn saw(&self, commitment: CommitmentConfig, slot: u64) {
        self.0[level(commitment)].fetch_max(slot, Ordering::Relaxed);
    }

    /// What an answer of this commitment must have reached: all that was seen of it and of stronger ones.
    /// `None` before anything was seen.
    pub fn least(&self, commitment: CommitmentConfig) -> Option<u64> {
        let least = self.0[level(commitment)..].iter().map(|slot| slot.load(Ordering::Relaxed)).max();
        least.filter(|slot| *slot > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_counts_for_its_commitment_and_for_weaker_ones() {
        let [processed, confirmed, finalized] =
            [CommitmentConfig::processed(), CommitmentConfig::confirmed(), CommitmentConfig::finalized()];
        let seen = Seen::default();
        assert_eq!(seen.least(processed), None);
        seen.saw(processed, 100);
        assert_eq!((seen.least(processed), seen.least(confirmed), seen.least(finalized)), (Some(100), None, None));
        seen.saw(finalized, 70);
        assert_eq!((seen.least(confirmed), seen.least(finalized)), (Some(70), Some(70)));
        seen.saw(confirmed, 98);
        seen.saw(confirmed, 90);
        assert_eq!((seen.least(confirmed), seen.least(finalized)), (Some(98), Some(70)));
        assert_eq!(seen.least(processed), Some(100));
    }
}
