//! What the disputes of one claim took, for the tickets that left while it was open.

use crate::{
    Address, WorkTokenError as E,
    limits::CLOSE_OBJECT_SECS,
    math::{Amount, mul_div::mul_wide, unbonding::charged},
    state::PoolKind,
};

part! {
    /// How much of what was claimed from a pool was executed, of the dispute that took the largest part of its own claim.
    pub struct Charge {
        /// Claimed. Base units.
        pub claimed: u64,
        /// Executed of it.
        pub executed: u64,
    }
}

account! {
    /// A claim on a provider's stake. Up to four are open at once; a fifth dispute joins the fourth, which ends with its last dispute (R C3).
    pub struct Claim {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// Unused.
        pub padding: [u8; 2],
        /// The claim's number at its provider, from 1.
        pub number: u32,
        /// The provider.
        pub provider: Address,
        /// Who paid this account's rent and gets it back.
        pub payer: Address,
        /// Disputes that have not ended.
        pub open: u32,
        /// Unused.
        pub padding_2: u32,
        /// No dispute joins from then on. Unix seconds.
        pub joinable_until_ts: i64,
        /// When the last dispute ended; 0 before. Unix seconds.
        pub ended_ts: i64,
        /// What tickets of the own pool answer for.
        pub own: Charge,
        /// What tickets of the delegated pool answer for.
        pub delegated: Charge,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl Charge {
    /// Notes a dispute that has ended. Tickets pay by the largest part, so that none escapes by leaving between two disputes that share a claim; for a claim of
    /// one dispute it is that dispute's, exactly.
    fn note(&mut self, claimed: u64, executed: u64) {
        if claimed > 0 && (self.claimed == 0 || mul_wide(executed, self.claimed) > mul_wide(self.executed, claimed)) {
            *self = Self { claimed, executed };
        }
    }
}

impl Claim {
    /// A dispute of the claim has ended, having taken `executed` of what it claimed from the own and from the delegated pool.
    pub fn end_one(&mut self, own: (u64, u64), delegated: (u64, u64), now_ts: i64) {
        self.own.note(own.0, own.1);
        self.delegated.note(delegated.0, delegated.1);
        self.open = self.open.saturating_sub(1);
        if self.open == 0 {
            self.ended_ts = now_ts;
        }
    }

    /// Refuses to close it before 30 days have passed since its last dispute ended: until then every ticket that it holds could be settled.
    pub fn require_closable(&self, now_ts: i64) -> Result<(), E> {
        if self.open > 0 {
            return Err(E::ClaimOpen);
        }
        let from_ts = self.ended_ts.saturating_add(CLOSE_OBJECT_SECS);
        if now_ts < from_ts { Err(E::TooEarlyToCloseDispute) } else { Ok(()) }
    }

    /// What a ticket's held part loses: `ceil(part * executed / claimed)` (R C3). Refuses while a dispute is open.
    pub fn charged(&self, kind: PoolKind, part: Amount) -> Result<Amount, E> {
        if self.open > 0 {
            return Err(E::ClaimOpen);
        }
        let charge = match kind {
            PoolKind::Own => &self.own,
            PoolKind::Delegated => &self.delegated,
        };
        if charge.claimed == 0 {
            return Ok(Amount::ZERO);
        }
        Ok(charged(part, Amount(charge.executed), Amount(charge.claimed)))
    }
}
