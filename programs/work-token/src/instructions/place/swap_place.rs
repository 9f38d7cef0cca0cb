use crate::prelude::*;

use super::accounts::{PlaceRivals, touch_both};

/// Swaps a challenged place in the second epoch after its challenge, whose snapshot holds what the incumbent
/// has added meanwhile. If the candidate is no longer fit or no longer the stronger, its challenge falls
/// instead. A pause moves both times (place-swap-2). Signer: anybody. Refuses: without a challenge of this
/// place; while paused; before it is due; after it has lapsed.
pub fn handle_swap_place(ctx: &mut Context<PlaceRivals>) -> Result<()> {
    let PlaceRivals { network, candidate, incumbent, .. } = &mut ctx.accounts;
    let terms = network.terms(now_ts()?);
    touch_both(network, candidate, incumbent, &terms);
    let key = *incumbent.address();
    let swapped = candidate.swap_place((&key, incumbent), network, &terms)?;
    let (candidate, index) = (*candidate.address(), incumbent.place.index);
    emit!(PlaceSwapped { candidate, incumbent: key, index, swapped });
    Ok(())
}
