//! Who may not judge a provider: its owner, who stands behind it, and the parties.
//!
//! Its operator is not asked for. The owner names any key as operator, at once and without that key's leave,
//! and could so turn away each juror that it does not like; and the operator can judge under another key
//! anyway.

use crate::prelude::*;

/// Whether a drawn juror may judge. `position` is at the address of its position.
#[inline(never)]
pub fn may_vote(dispute: &Dispute, provider: &Stored<Provider>, juror: &Juror, position: &AccountView) -> bool {
    !dispute.is_party(&juror.owner)
        && !is_at(&provider.owner, &juror.owner)
        && !is_position_of(position, provider, &juror.owner)
}

/// Whether an account shows that somebody may not judge: its position at the provider, or the provider itself
/// for its owner and for a party.
pub fn is_interested(dispute: &Dispute, provider: &Stored<Provider>, owner: &Address, interest: &AccountView) -> bool {
    if is_at(interest.address(), provider.address()) {
        return is_at(&provider.owner, owner) || dispute.is_party(owner);
    }
    is_position_of(interest, provider, owner)
}

#[inline(never)]
fn is_position_of(account: &AccountView, provider: &Stored<Provider>, owner: &Address) -> bool {
    Stored::<Delegation>::load(*account).is_ok_and(|position| {
        is_at(&position.provider, provider.address())
            && is_at(&position.delegator, owner)
            && (position.total_shares() > Shares::ZERO || position.live_tickets > 0 || position.held_tickets > 0)
    })
}
