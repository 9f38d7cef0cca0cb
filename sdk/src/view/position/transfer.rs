//! What does a transfer of shares do, and would somebody restake for me?

use {
    crate::view::{Books, PositionAt, up_to_date},
    crate::{
        Pubkey, WorkTokenError,
        ix::TransferShares,
        math::{Amount, Shares},
        state::{Delegation, PoolKind, provider::TransferTerms},
    },
};

/// What giving shares to somebody would do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// What the shares are worth now. Base units.
    pub value: u64,
    /// The most shares that can be given: those that earn.
    pub active: u64,
    /// What the giver keeps of rewards already earned. Base units.
    pub claimable: u64,
    /// Whether the receiver votes itself because of them, as it did not before.
    pub votes_itself_now: bool,
    /// Why it would be refused; `None` when it would not.
    pub refusal: Option<WorkTokenError>,
}

/// What giving shares of the position to `receiver` would do. `to` is its position behind the same provider,
/// if it has one.
pub fn transfer(at: &PositionAt, receiver: &Pubkey, to: Option<&Delegation>, input: &TransferShares) -> Transfer {
    let Books { mut provider, mut position, .. } = up_to_date(at);
    let asked = TransferTerms { shares: Shares(input.shares), min_value: Amount(input.min_value) };
    let value = provider.delegated.value(asked.shares).0;
    let (active, claimable) = (position.shares, { provider }.pay_credited(&mut { position }).0);
    let mut try_it = || {
        if *receiver == position.delegator {
            return Err(WorkTokenError::SameHolder);
        }
        provider.require_joinable(at.network, receiver, input.max_open_claims, at.now_ts)?;
        let mut other = to.copied().unwrap_or(bytemuck::Zeroable::zeroed());
        if to.is_none() {
            provider.open_position(&mut other, PoolKind::Delegated, [&position.provider, receiver])?;
        }
        provider.transfer_shares(at.network, (&mut position, &mut other), &asked, at.now_ts)
    };
    let done = try_it();
    let votes_itself_now = done.is_ok_and(|done| done.votes_itself_now);
    Transfer { value, active, claimable, votes_itself_now, refusal: done.err() }
}

/// Whether anybody may restake for the holder, and what that would do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restaking {
    /// Whether the holder asked for it.
    pub is_on: bool,
    /// Not while open disputes claim more from the pool. Base units.
    pub max_open_claims: u64,
    /// What would become stake. Base units; 0 while it is refused.
    pub amount: u64,
    /// What the keeper would get. Base units; 0 while it is refused.
    pub bounty: u64,
    /// Why it would be refused; `None` when it is due.
    pub refusal: Option<WorkTokenError>,
}

/// Whether anybody may restake for the holder, and what that would do now.
pub fn restaking(at: &PositionAt) -> Restaking {
    let Books { mut provider, mut position, .. } = up_to_date(at);
    let now = (at.now_ts, at.network.epoch_at(at.now_ts));
    let done = provider.restake_for(at.network, &mut position, true, now);
    Restaking {
        is_on: at.position.auto_restakes(),
        max_open_claims: at.position.auto_restake.max_open_claims,
        amount: done.map_or(0, |done| done.amount.0),
        bounty: done.map_or(0, |done| done.bounty.0),
        refusal: done.err(),
    }
}
