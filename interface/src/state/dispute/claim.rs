//! What the disputes of one claim took, for the tickets that left while it was open.

use crate::{
    Address, WorkTokenError as E,
    limits::{CLAIM_ENTRIES, CLOSE_OBJECT_SECS},
    math::{Amount, dispute::Departed, mul_div::mul_wide, unbonding::charged},
    state::{KeptState, PoolKind, Unbonding},
};

part! {
    /// How much of what a dispute claimed from a pool it executed.
    pub struct Charge {
        /// Claimed. Base units.
        pub claimed: u64,
        /// Executed of it.
        pub executed: u64,
        /// What the pool had kept when the dispute joined.
        pub joined: KeptState,
    }
}

part! {
    /// A dispute of a claim, in the order in which they joined; the last entry is all that joined beyond.
    pub struct ClaimEntry {
        /// What tickets of the own pool answer for.
        pub own: Charge,
        /// What tickets of the delegated pool answer for.
        pub delegated: Charge,
        /// Disputes of the entry of which is certain what they take.
        pub ended: u32,
        /// Unused.
        pub padding: u32,
    }
}

account! {
    /// A claim on a provider's stake. Up to four are open at once; a further dispute joins the newest that
    /// takes it. Its entries follow, one for each dispute that was opened in it, [`CLAIM_ENTRIES`] at most;
    /// it outlives every ticket that lists it (position-settle-3).
    pub struct Claim {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// Unused.
        pub padding: [u8; 2],
        /// The claim's number at its provider, from 1.
        pub number: u32,
        /// The network.
        pub network: Address,
        /// The provider.
        pub provider: Address,
        /// Who paid this account's rent and gets it back.
        pub payer: Address,
        /// Disputes that have not ended.
        pub open: u32,
        /// Disputes that were ever opened in it.
        pub opened: u32,
        /// When the last dispute ended; 0 before. Unix seconds.
        pub ended_ts: i64,
    }
}

/// A claim's entries, as many as its account has room for.
pub type ClaimEntries = [ClaimEntry];

/// Which entry the dispute has that joins as the `joined`th, from 1.
pub const fn entry_of(joined: u16) -> usize {
    let place = (joined as usize).saturating_sub(1);
    if place < CLAIM_ENTRIES { place } else { CLAIM_ENTRIES - 1 }
}

impl Charge {
    /// Notes a dispute that has ended. Where several share the entry it keeps the one that took the largest
    /// part of its own claim.
    fn note(&mut self, ended: &Self, is_first: bool) {
        let is_larger = mul_wide(ended.executed, self.claimed) > mul_wide(self.executed, ended.claimed);
        if is_first || (ended.claimed > 0 && (self.claimed == 0 || is_larger)) {
            *self = *ended;
        }
    }

    /// What departed stake would have lost by the dispute, had it stayed. Rounds up.
    fn of(&self, departed: Departed) -> Amount {
        if self.executed == 0 { Amount::ZERO } else { departed.of(Amount(self.executed), self.joined.get()) }
    }

    /// The same as a part of what it answered for, where it is not known which of several disputes it
    /// answered for.
    fn at_most(&self, part: Amount) -> Amount {
        if self.claimed == 0 { Amount::ZERO } else { charged(part, Amount(self.executed), Amount(self.claimed)) }
    }
}

impl ClaimEntry {
    /// A dispute of the entry has ended.
    pub fn end_one(&mut self, own: &Charge, delegated: &Charge) {
        let is_first = self.ended == 0;
        self.own.note(own, is_first);
        self.delegated.note(delegated, is_first);
        self.ended = self.ended.saturating_add(1);
    }

    fn charge(&self, kind: PoolKind) -> &Charge {
        match kind {
            PoolKind::Own => &self.own,
            PoolKind::Delegated => &self.delegated,
        }
    }

    /// Whether tickets still pay by it.
    fn is_charged(&self) -> bool {
        self.own.executed > 0 || self.delegated.executed > 0
    }
}

impl Claim {
    /// Bytes that the account needs for a number of entries.
    pub const fn size_with(entries: usize) -> usize {
        Self::SIZE.saturating_add(entries.saturating_mul(size_of::<ClaimEntry>()))
    }

    /// Another dispute was opened in it. Returns how many entries it needs.
    pub fn open_one(&mut self) -> usize {
        self.open = self.open.saturating_add(1);
        self.opened = self.opened.saturating_add(1);
        self.ended_ts = 0;
        entry_of(u16::try_from(self.opened).unwrap_or(u16::MAX)).saturating_add(1)
    }

    /// A dispute of the claim has ended.
    pub fn end_one(&mut self, now_ts: i64) {
        self.open = self.open.saturating_sub(1);
        if self.open == 0 {
            self.ended_ts = now_ts;
        }
    }

    /// What a ticket's part of the claim loses: what its shares would have lost had they stayed, by the
    /// disputes that had joined when it left, at most the part. Rounds up. Where more disputes share the last
    /// entry than one, a ticket that left after one of them joined may pay more than it would have lost,
    /// never more than its part. `joined` is how many have joined so far. Refuses while one of the ticket's
    /// has not ended.
    pub fn charged(&self, entries: &ClaimEntries, ticket: &Unbonding, place: usize, joined: u16) -> Result<Amount, E> {
        let (kind, departed) = (ticket.pool_kind(), ticket.departed());
        let listed = ticket.claims.get(place).ok_or(E::WrongTicketList)?;
        let part = Amount(listed.part);
        let last = CLAIM_ENTRIES.saturating_sub(1);
        let mut lost = Amount::ZERO;
        let mut before = Amount(listed.executed);
        for (place, entry) in entries.iter().enumerate().take(usize::try_from(listed.joined).unwrap_or(usize::MAX)) {
            let sharing =
                if place == last { u32::from(joined.saturating_sub(u16::try_from(last).unwrap_or(0))) } else { 1 };
            if entry.ended == 0 || (self.open > 0 && entry.ended < sharing) {
                return Err(E::ClaimOpen);
            }
            let charge = entry.charge(kind);
            if place == last && entry.ended > 1 {
                lost = lost.saturating_add(charge.at_most(part));
            } else {
                before = if place == last { before.saturating_add(Amount(listed.last_executed)) } else { before };
                lost = lost.saturating_add(charge.of(departed));
            }
        }
        Ok(lost.saturating_sub(before).min(part))
    }

    /// How many entries it must keep once it has ended: the others' tickets lose nothing.
    fn charged_entries(entries: &ClaimEntries) -> usize {
        entries.iter().rposition(ClaimEntry::is_charged).map_or(0, |last| last.saturating_add(1))
    }

    /// To how many entries it shrinks now; `None` where it closes.
    ///
    /// Refuses: what cannot shrink any more while its provider is there. Whether it is time
    /// [`Self::require_shrinkable`] says.
    pub fn shrink(&self, entries: &ClaimEntries, is_orphan: bool) -> Result<Option<usize>, E> {
        if is_orphan {
            return Ok(None);
        }
        let kept = Self::charged_entries(entries);
        if kept < entries.len() { Ok(Some(kept)) } else { Err(E::TooEarlyToCloseDispute) }
    }

    /// Refuses to shrink it before 30 days have passed since its last dispute ended.
    pub fn require_shrinkable(&self, now_ts: i64) -> Result<(), E> {
        if self.open > 0 {
            return Err(E::ClaimOpen);
        }
        let from_ts = self.ended_ts.saturating_add(CLOSE_OBJECT_SECS);
        if now_ts < from_ts { Err(E::TooEarlyToCloseDispute) } else { Ok(()) }
    }
}
