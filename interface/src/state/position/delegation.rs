//! One holder's position in one pool of one provider.

use crate::state::{PoolKind, Unbonding};
use crate::{
    Address, WorkTokenError as E,
    limits::*,
    math::{
        Amount, Epoch, IndexX64, Lot, Position, Shares,
        position::{MovedLot, add_lot},
    },
};

part! {
    /// Shares that begin to earn with an epoch. Empty when it has none.
    pub struct PendingLot {
        /// First epoch in which the lot earns.
        pub activation_epoch: u32,
        /// Unused.
        pub padding: u32,
        /// Its shares.
        pub shares: u64,
    }
}

part! {
    /// On which terms anybody may restake for a position, and when somebody did.
    pub struct AutoRestake {
        /// Not while open disputes claim more from the pool. Base units.
        pub max_open_claims: u64,
        /// The epoch in which somebody did last, plus one; 0 before.
        pub last_epoch_plus_one: u32,
        /// Unused.
        pub padding: u32,
    }
}

part! {
    /// From when on a position that votes itself is heard, and with what of its shares not yet. All zero
    /// while it does not vote itself.
    pub struct Voice {
        /// It is silent before; while it returns to the provider, the return is due then. Unix seconds.
        pub from_ts: i64,
        /// Shares that came by transfer and are silent until `arrived_ts`.
        pub arriving: u64,
        /// They are heard from then on, and no return is due before. Unix seconds.
        pub arrived_ts: i64,
    }
}

account! {
    /// One holder's position in one pool of one provider. The owner's position in the own pool is the same
    /// account type.
    pub struct Delegation {
        /// Layout version.
        pub version: u8,
        /// Bump of this account's address, as given at its creation; not necessarily the canonical one.
        pub bump: u8,
        /// 0 own, 1 delegated. Fixed at creation.
        pub pool: u8,
        /// See `position_flags`.
        pub flags: u8,
        /// Tickets whose shares are still in the pool.
        pub live_tickets: u8,
        /// Unused.
        pub padding: u8,
        /// Tickets that were paid but for a held part.
        pub held_tickets: u16,
        /// The network.
        pub network: Address,
        /// The provider.
        pub provider: Address,
        /// The holder; only it may act on the position.
        pub delegator: Address,
        /// Generation of the pool to which the shares belong.
        pub generation: u32,
        /// Number of the newest ticket; 0 before the first.
        pub last_ticket: u32,
        /// Shares that earn.
        pub shares: u64,
        /// Shares that do not earn yet, the older lot first. Unused in the own pool, whose rewards vest
        /// instead.
        pub pending: [PendingLot; 2],
        /// Reward index up to which `shares` were credited, Q64.64.
        pub reward_index_paid_x64: [u8; 16],
        /// Rewards earned and not yet claimed, in base units.
        pub credited: u64,
        /// When the position became empty; 0 while it is not. Unix seconds.
        pub emptied_at_ts: i64,
        /// What its holder said of restaking for it.
        pub auto_restake: AutoRestake,
        /// When it votes itself, and with what.
        pub voice: Voice,
    }
}

impl PendingLot {
    fn get(&self) -> Lot {
        Lot { activation: Epoch(self.activation_epoch), shares: Shares(self.shares) }
    }

    fn of(lot: Lot) -> Self {
        Self { activation_epoch: lot.activation.0, padding: 0, shares: lot.shares.0 }
    }
}

impl Delegation {
    /// Which pool the position is in.
    #[inline]
    pub fn pool_kind(&self) -> PoolKind {
        PoolKind::from_byte(self.pool)
    }

    /// The position's economics.
    #[inline]
    pub fn position(&self) -> Position {
        let [older, newer] = &self.pending;
        Position {
            generation: self.generation,
            shares: Shares(self.shares),
            lots: [older.get(), newer.get()],
            index_paid: IndexX64::from_le_bytes(self.reward_index_paid_x64),
            credited: Amount(self.credited),
        }
    }

    /// Stores the position's economics.
    #[inline]
    pub fn set_position(&mut self, position: Position) {
        let [older, newer] = position.lots;
        self.generation = position.generation;
        self.shares = position.shares.0;
        self.pending = [PendingLot::of(older), PendingLot::of(newer)];
        self.reward_index_paid_x64 = position.index_paid.to_le_bytes();
        self.credited = position.credited.0;
    }

    /// Adds shares that earn from `activation` on: [`add_lot`].
    #[inline]
    pub fn add_lot(&mut self, activation: Epoch, shares: Shares) -> Option<MovedLot> {
        let mut lots = self.pending.each_ref().map(PendingLot::get);
        let moved = add_lot(&mut lots, activation, shares)?;
        self.pending = lots.map(PendingLot::of);
        Some(moved)
    }

    /// All shares outside tickets.
    pub fn total_shares(&self) -> Shares {
        let [older, newer] = &self.pending;
        Shares(self.shares).saturating_add(Shares(older.shares)).saturating_add(Shares(newer.shares))
    }

    /// Whether a deposit that earns from an epoch on would wait alone, or with others of that epoch.
    pub fn waits_for_no_epoch_but(&self, activation: Epoch) -> bool {
        self.pending.iter().all(|lot| lot.get().takes(activation))
    }

    /// Whether nothing is left in it: no shares, no reward, no ticket.
    pub fn is_empty(&self) -> bool {
        let [older, newer] = &self.pending;
        self.live_tickets == 0
            && self.held_tickets == 0
            && self.shares == 0
            && self.credited == 0
            && older.shares == 0
            && newer.shares == 0
    }

    /// Notes when the position became empty, or that it is not.
    pub fn note_emptiness(&mut self, now_ts: i64) {
        if !self.is_empty() {
            self.emptied_at_ts = 0;
        } else if self.emptied_at_ts == 0 {
            self.emptied_at_ts = now_ts;
        }
    }

    /// Refuses to close a position that holds anything, or for somebody else than its holder within 30 days
    /// of becoming empty.
    pub fn require_closable(&self, closer: &Address, now_ts: i64) -> Result<(), E> {
        if !self.is_empty() {
            return Err(E::PositionNotEmpty);
        }
        let anybody_from_ts = self.emptied_at_ts.saturating_add(CLOSE_BY_ANYBODY_SECS);
        if *closer != self.delegator && (self.emptied_at_ts == 0 || now_ts < anybody_from_ts) {
            return Err(E::TooEarlyToClose);
        }
        Ok(())
    }

    /// Begins the position's next ticket, whose number [`Self::next_ticket`] says.
    pub fn open_ticket(&mut self, ticket: &mut Unbonding, address: &Address) {
        let (number, _) = self.next_ticket();
        ticket.network = self.network;
        ticket.pool = self.pool;
        ticket.number = number;
        ticket.delegation = *address;
        self.last_ticket = number;
        self.live_tickets = self.live_tickets.saturating_add(1);
        self.emptied_at_ts = 0;
    }

    /// Number of the ticket that the next request uses: a new one, or the newest when eight are live
    /// (position-ticket-1).
    pub fn next_ticket(&self) -> (u32, bool) {
        if self.live_tickets >= MAX_LIVE_TICKETS {
            (self.last_ticket, false)
        } else {
            (self.last_ticket.wrapping_add(1), true)
        }
    }
}
