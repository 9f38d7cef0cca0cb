use crate::prelude::*;

use super::accounts::{PlaceRivals, touch_both};

/// Challenges a place when none is free. In the second epoch after this one it can be swapped, if the
/// candidate is still the stronger (place-challenge-1, place-swap-1). Signer: the candidate's owner. Refuses:
/// while paused; while a place is free; anyone but a candidate; less own stake than the network's minimum; an
/// incumbent without a place or in its first epoch; stake that does not exceed the incumbent's by more than 5
/// %, the smaller of the epoch's snapshot and the present one (place-stake-1).
pub fn handle_challenge_place(ctx: &mut Context<PlaceRivals>) -> Result<()> {
    let PlaceRivals { signer, network, candidate, incumbent } = &mut ctx.accounts;
    require_at(&candidate.owner, signer.address(), E::NotTheProviderOwner)?;
    let terms = network.terms(now_ts()?);
    touch_both(network, candidate, incumbent, &terms);
    let key = *incumbent.address();
    let (due_ts, lapses_ts) = candidate.challenge_place((&key, incumbent), network, &terms)?;
    emit!(PlaceChallenged { candidate: *candidate.address(), incumbent: key, due_ts, lapses_ts });
    Ok(())
}
