//! What shows that somebody may not judge a provider.

use crate::prelude::*;

/// The position that somebody has at a provider, if the account is one.
#[inline(never)]
pub fn position_of(account: &AccountView, provider: &Stored<Provider>, owner: &Address) -> Option<Stored<Delegation>> {
    let position = Stored::<Delegation>::load(*account).ok()?;
    let is_its = is_at(&position.provider, provider.address()) && is_at(&position.delegator, owner);
    is_its.then_some(position)
}

/// Whether an account shows that somebody may not judge: its position at the provider, or the provider itself
/// for its owner and for a party.
pub fn is_interested(dispute: &Dispute, provider: &Stored<Provider>, owner: &Address, interest: &AccountView) -> bool {
    if is_at(interest.address(), provider.address()) {
        return dispute.interest_of(provider, owner, None).is_some();
    }
    position_of(interest, provider, owner).is_some_and(|position| position.stands_behind())
}
