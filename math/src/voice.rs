//! With what staked tokens vote: where they lie, up to the leverage.
//!
//! Delegated stake has a voice as far as it counts: what lies behind a provider beyond `leverage` times its
//! own stake takes a part of everybody's there, pro rata (position-direct-6). At each moment a share's voice
//! is one voter's at most, and whenever it passes to another it is silent for longer than any vote.

use crate::{
    mul_div::mul_div_floor,
    units::{Amount, Shares},
    weight::effective_delegated,
};

/// What of a provider's delegated stake is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    delegated: Amount,
    heard: Amount,
}

impl Reach {
    /// Of a provider's stake, as an epoch of this leverage began: `min(delegated, leverage * own)` of its
    /// delegated stake.
    #[inline]
    pub fn of(own: Amount, delegated: Amount, leverage: u32) -> Self {
        Self { delegated, heard: effective_delegated(own, delegated, leverage) }
    }

    /// The voice of a part of the delegated stake: `floor(part * heard / delegated)`, all of it where all is
    /// heard. Rounds down; nobody votes with the dust. Largest product: 2^60 * 2^60.
    #[inline]
    pub fn voice(&self, part: Amount) -> Amount {
        if self.heard == self.delegated {
            return part;
        }
        Amount(mul_div_floor(part.0, self.heard.0, self.delegated.0).unwrap_or(0))
    }
}

/// When a voice that passes to another voter now is heard again: after the longest vote and the `slack` by
/// which a record of it may outlast it. Saturates at the end of time.
#[inline]
pub fn heard_from_ts(now_ts: i64, longest_vote_secs: u32, slack_secs: u32) -> i64 {
    now_ts.saturating_add(i64::from(longest_vote_secs)).saturating_add(i64::from(slack_secs))
}

/// Shares that arrive with those that still do: one wait for all of them, which begins anew. Saturates, so
/// that what cannot be counted is silent.
#[inline]
pub fn arriving(before: Shares, arrived_ts: i64, more: Shares, now_ts: i64) -> Shares {
    let still = if now_ts < arrived_ts { before } else { Shares::ZERO };
    still.saturating_add(more)
}
