//! What the batches of an epoch have in common.

use crate::prelude::*;

/// Refuses an empty batch and one beyond what a transaction carries.
pub fn require_batch(providers: &[AccountView]) -> Result<()> {
    if providers.is_empty() || providers.len() > MAX_BATCH {
        return Err(E::EmptyBatch.into());
    }
    Ok(())
}
