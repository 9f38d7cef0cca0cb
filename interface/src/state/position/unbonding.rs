//! A ticket: stake that has asked to leave.

use crate::state::PoolKind;
use crate::{
    Address, WorkTokenError as E,
    limits::MAX_CLAIMS,
    math::{Amount, dispute::Departed},
};

part! {
    /// What a ticket answers for of one claim. Empty when `number` is 0.
    pub struct TicketClaim {
        /// The claim's number.
        pub number: u32,
        /// How many disputes had joined it when the ticket left; of those that share the last entry one.
        pub joined: u32,
        /// The most that the claim takes. The sum of all may exceed `held`. Base units.
        pub part: u64,
        /// The ticket's share of what those disputes had executed by then, but for the last entry's. Base
        /// units.
        pub executed: u64,
        /// The same of the last entry's.
        pub last_executed: u64,
    }
}

account! {
    /// Stake that has asked to leave. It stays in its pool, and liable, until it is withdrawn.
    pub struct Unbonding {
        /// Layout version.
        pub version: u8,
        /// Bump of this account's address, as given at its creation.
        pub bump: u8,
        /// 0 own, 1 delegated; that of the position.
        pub pool: u8,
        /// Zero.
        pub flags: u8,
        /// The ticket's number in its position; never used twice.
        pub number: u32,
        /// The network.
        pub network: Address,
        /// The position.
        pub delegation: Address,
        /// Generation of the pool to which the shares belong.
        pub generation: u32,
        /// Epoch of the newest request in the ticket.
        pub exit_epoch: u32,
        /// Shares that leave; 0 once their value was paid.
        pub shares: u64,
        /// When the ticket can be withdrawn. Unix seconds.
        pub matures_at_ts: i64,
        /// Held back for open claims when the rest was paid. Base units.
        pub held: u64,
        /// What it took along of the pool's stake, in the units of `KeptState` at that time.
        pub weight: u64,
        /// And its bits.
        pub halvings: u32,
        /// Unused.
        pub padding: u32,
        /// The claims for which it is held.
        pub claims: [TicketClaim; MAX_CLAIMS],
    }
}

impl Unbonding {
    /// Which pool the ticket is in.
    pub fn pool_kind(&self) -> PoolKind {
        PoolKind::from_byte(self.pool)
    }

    /// Whether its shares have been paid and only a held part is left.
    pub fn is_held(&self) -> bool {
        self.shares == 0 && self.held > 0
    }

    /// Refuses to withdraw it before its time.
    #[inline]
    pub fn require_mature(&self, now_ts: i64) -> Result<(), E> {
        if now_ts < self.matures_at_ts { Err(E::NotMatured) } else { Ok(()) }
    }

    /// Prepares the ticket for shares of the pool's present generation: shares of an ended one are void and
    /// leave no trace, so that a request that joins the ticket does not bring them back to life.
    pub fn begin_request(&mut self, generation: u32) {
        if self.generation != generation {
            self.generation = generation;
            self.shares = 0;
        }
    }

    /// What it took along.
    pub fn departed(&self) -> Departed {
        Departed { weight: self.weight, halvings: self.halvings }
    }

    /// The place of a listed claim.
    pub fn place_of(&self, number: u32) -> Option<usize> {
        self.claims.iter().position(|listed| number != 0 && listed.number == number)
    }

    /// One of its claims has taken `charged`: it is struck from the list. Returns what burns, and what is the
    /// holder's: all that the claims that are left cannot take.
    pub fn strike(&mut self, place: usize, charged: Amount) -> (Amount, Amount) {
        if let Some(listed) = self.claims.get_mut(place) {
            *listed = bytemuck::Zeroable::zeroed();
        }
        let burned = charged.min(Amount(self.held));
        let rest = Amount(self.held).saturating_sub(burned);
        let kept = self.claims.iter().fold(Amount::ZERO, |sum, listed| sum.saturating_add(Amount(listed.part)));
        let kept = kept.min(rest);
        self.held = kept.0;
        if self.held == 0 {
            // Nothing is left that the others could take.
            self.claims = bytemuck::Zeroable::zeroed();
        }
        (burned, rest.saturating_sub(kept))
    }

    /// Whether no claim is listed any more.
    pub fn is_settled(&self) -> bool {
        self.claims.iter().all(|listed| listed.number == 0)
    }
}
