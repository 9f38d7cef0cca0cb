//! Positions, the stake behind a provider: deposits, tickets, rewards.

use crate::Address;

events! { position:
    /// Stake was deposited into a pool.
    StakeDeposited {
        /// The position.
        delegation: Address,
        /// 0 own, 1 delegated.
        pool: u8,
        /// Base units.
        amount: u64,
        /// Shares minted.
        shares: u64,
        /// First epoch in which they earn.
        earns_from_epoch: u32,
        /// The pool's principal afterwards.
        pool_tokens: u64,
        /// The pool's shares afterwards.
        pool_shares: u64,
    }
    /// Stake asked to leave.
    UnbondingRequested {
        /// The position.
        delegation: Address,
        /// The ticket's number.
        ticket: u32,
        /// Shares that leave.
        shares: u64,
        /// Their value now; what is paid depends on the price at withdrawal.
        value: u64,
        /// When the ticket can be withdrawn. Unix seconds.
        matures_at_ts: i64,
    }
    /// A ticket went back into its pool.
    UnbondingCancelled {
        /// The position.
        delegation: Address,
        /// The ticket's number.
        ticket: u32,
        /// Its shares.
        shares: u64,
    }
    /// A matured ticket was paid.
    StakeWithdrawn {
        /// The position; it names its provider.
        delegation: Address,
        /// The ticket's number.
        ticket: u32,
        /// Paid out.
        paid: u64,
        /// Held back for open disputes.
        held: u64,
        /// The pool's principal afterwards.
        pool_tokens: u64,
    }
    /// A delegator's rewards were paid out.
    RewardsClaimed {
        /// The position.
        delegation: Address,
        /// Base units.
        amount: u64,
        /// Whether they became stake.
        restaked: bool,
    }
    /// The books of a pool owed less than a position had been credited; only what was owed was paid. Never
    /// seen; watch for it.
    RewardBooksShort {
        /// The position.
        delegation: Address,
        /// What it had been credited.
        credited: u64,
        /// What was paid.
        paid: u64,
    }
    /// A lot became active and paid the keeper who saw to it.
    LotActivated {
        /// The position.
        delegation: Address,
        /// Shares that became active.
        shares: u64,
        /// Taken out of the lot's reward for the keeper.
        bounty: u64,
    }
    /// Shares changed their holder.
    SharesTransferred {
        /// The position that gave them.
        delegation: Address,
        /// The position that has them.
        to: Address,
        /// How many.
        shares: u64,
        /// What they are worth now.
        value: u64,
        /// All shares of the giver afterwards, those that wait included.
        left: u64,
        /// All shares of the receiver afterwards, those that wait included.
        held: u64,
    }
    /// A holder said whether anybody may restake for it.
    AutoRestakeSet {
        /// The position.
        delegation: Address,
        /// Whether anybody may.
        on: bool,
        /// Not while open disputes claim more from the pool. Base units.
        max_open_claims: u64,
    }
    /// A position votes itself, returns its voice to the provider's owner, or has returned it.
    DirectSet {
        /// The position.
        delegation: Address,
        /// Whether it votes itself.
        on: bool,
        /// It is heard from then on; if it does not vote itself, the return is due then, and 0 if it is
        /// completed. Unix seconds.
        from_ts: i64,
        /// All shares of the position, those that wait included.
        shares: u64,
        /// All shares behind the provider whose holders vote themselves, or return their voice.
        direct_shares: u64,
    }
    /// What a position had earned became stake, by somebody else than its holder.
    RewardsRestaked {
        /// The position.
        delegation: Address,
        /// 0 own, 1 delegated.
        pool: u8,
        /// What it had earned. Base units.
        earned: u64,
        /// Taken out of it for the keeper; the rest is the deposit. Base units.
        bounty: u64,
        /// Shares minted.
        shares: u64,
        /// First epoch in which they earn.
        earns_from_epoch: u32,
        /// The pool's principal afterwards.
        pool_tokens: u64,
        /// The pool's shares afterwards.
        pool_shares: u64,
    }
    /// An empty position was closed.
    PositionClosed {
        /// The position.
        delegation: Address,
    }
    /// Parts of a ticket's held part were settled.
    TicketSettled {
        /// The position.
        delegation: Address,
        /// The ticket.
        ticket: u32,
        /// Paid to the holder.
        paid: u64,
        /// What its disputes took; burned.
        burned: u64,
        /// Still held, for claims that have not ended.
        held: u64,
    }
}
