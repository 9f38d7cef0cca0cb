//! What do I own?

use {
    crate::view::{Books, PositionAt, starts_at_ts, up_to_date},
    crate::{
        math::{Epoch, Shares},
        state::{PoolKind, Unbonding},
    },
};

/// Everything a position holds, at today's price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holdings {
    /// Which pool the position is in.
    pub pool: PoolKind,
    /// Shares outside tickets, pending ones included.
    pub shares: u64,
    /// What they are worth now. Base units.
    pub value: u64,
    /// Shares that earn. In the own pool all of them; its rewards go to the owner by [`super::owner_claim`].
    pub active_shares: u64,
    /// What the active shares are worth now. Base units.
    pub active_value: u64,
    /// Shares that do not earn yet, the older lot first.
    pub lots: Vec<LotHolding>,
    /// Stake that has asked to leave, in the order given.
    pub tickets: Vec<TicketHolding>,
    /// Rewards that can be claimed now. Base units.
    pub claimable: u64,
    /// Shares that ceased to exist because their pool was slashed to zero since the position was last
    /// touched.
    pub wiped_shares: u64,
}

/// Shares that do not earn yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LotHolding {
    /// Its shares.
    pub shares: u64,
    /// What they are worth now. Base units.
    pub value: u64,
    /// First epoch in which they earn.
    pub earns_from_epoch: u32,
    /// When that epoch begins. Unix seconds.
    pub earns_from_ts: i64,
}

/// Stake that has asked to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketHolding {
    /// The ticket's number.
    pub number: u32,
    /// Its shares; 0 once they were paid or their pool was slashed to zero.
    pub shares: u64,
    /// What they are worth now, open claims not yet taken out. Base units.
    pub value: u64,
    /// When the ticket can be withdrawn. Unix seconds.
    pub matures_at_ts: i64,
    /// Whether it can be withdrawn now.
    pub is_mature: bool,
    /// Whether its pool was slashed to zero, so that only the held part is left.
    pub is_void: bool,
    /// Held back for open disputes when the rest was paid. Base units.
    pub held: u64,
    /// The claims it is held for, and the part each of them may take. Base units.
    pub held_for: Vec<(u32, u64)>,
}

impl Holdings {
    /// Stake, tickets, held parts and claimable rewards together. Base units.
    pub fn total(&self) -> u64 {
        let tickets = self.tickets.iter().map(|ticket| ticket.value.saturating_add(ticket.held));
        tickets.fold(self.value.saturating_add(self.claimable), u64::saturating_add)
    }
}

/// What a position holds at a time. Each part is rounded down by itself, as its withdrawal would be.
pub fn holdings(at: &PositionAt) -> Holdings {
    let Books { mut provider, mut position, harvest } = up_to_date(at);
    let kind = position.pool_kind();
    let pool = **provider.pool(kind);
    let worth = |shares: u64| pool.value(Shares(shares)).0;
    let lots = position.pending.iter().filter(|lot| lot.shares > 0).map(|lot| LotHolding {
        shares: lot.shares,
        value: worth(lot.shares),
        earns_from_epoch: lot.activation_epoch,
        earns_from_ts: starts_at_ts(at.network, Epoch(lot.activation_epoch)),
    });
    let lots = lots.collect();
    let generation = provider.pool(kind).generation;
    let tickets = at.tickets.iter().map(|ticket| ticket_holding(ticket, generation, worth, at.now_ts)).collect();
    let total = position.total_shares();
    let claimable = provider.pay_credited(&mut position);
    Holdings {
        pool: kind,
        shares: total.0,
        value: pool.value(total).0,
        active_shares: position.shares,
        active_value: worth(position.shares),
        lots,
        tickets,
        claimable: claimable.0,
        wiped_shares: harvest.wiped.0,
    }
}

fn ticket_holding(ticket: &Unbonding, generation: u32, worth: impl Fn(u64) -> u64, now_ts: i64) -> TicketHolding {
    let is_void = ticket.shares > 0 && ticket.generation != generation;
    let shares = if is_void { 0 } else { ticket.shares };
    let held_for = ticket.claims.iter().filter(|listed| listed.number != 0);
    TicketHolding {
        number: ticket.number,
        shares,
        value: worth(shares),
        matures_at_ts: ticket.matures_at_ts,
        is_mature: now_ts >= ticket.matures_at_ts,
        is_void,
        held: ticket.held,
        held_for: held_for.map(|listed| (listed.number, listed.part)).collect(),
    }
}
