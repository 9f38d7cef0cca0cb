use crate::prelude::*;

use super::accounts::{PlaceRivals, require_displaces, touch_both};

/// Swaps a challenged place in the second epoch after its challenge, whose snapshot holds what the incumbent
/// has added meanwhile. If the candidate is no longer fit or no longer the stronger, its challenge falls
/// instead. A pause moves both times (W9).
/// Signer: anybody. Refuses: without a challenge of this place; while paused; before it is due; after it has
/// lapsed.
pub fn handle_swap_place(ctx: &mut Context<PlaceRivals>) -> Result<()> {
    let PlaceRivals { network, candidate, incumbent, .. } = &mut ctx.accounts;
    let terms = network.terms(now_ts()?);
    candidate.require_challenge_due(incumbent.address(), network, terms.now_ts)?;
    touch_both(network, candidate, incumbent, &terms)?;

    let displaces = require_displaces(network, candidate, incumbent, &terms).is_ok();
    let left = if displaces { incumbent.be_displaced(terms.epoch) } else { None };
    match left {
        Some(index) => candidate.take_place(index, terms.epoch),
        None => candidate.drop_challenge(),
    }
    emit!(PlaceSwapped {
        candidate: *candidate.address(),
        incumbent: *incumbent.address(),
        index: incumbent.place.index,
        swapped: left.is_some(),
    });
    Ok(())
}
