//! A delegation's economics: active shares, two pending lots, and the rewards they have earned.
//!
//! A deposit made in epoch `e` is a *lot* that earns from epoch `e + 1` on. It becomes active lazily, when
//! the position is next touched and epoch `e` has been settled (position-lot-1), and is then credited from
//! the index at which epoch `e` closed.

use crate::{
    mul_div::mul_shift_64,
    units::{Amount, Epoch, IndexX64, Shares},
};

/// What a position needs to know of its provider's delegated pool.
pub trait IndexHistory {
    /// The reward index now.
    fn index(&self) -> IndexX64;
    /// The first epoch that is not yet settled: every earlier one is in [`Self::index`].
    fn unsettled_epoch(&self) -> Epoch;
    /// The index at which a settled epoch closed, or that of the oldest epoch still kept when it was lost.
    fn end_of(&self, epoch: Epoch) -> IndexX64;
    /// The generation of the pool now.
    fn generation(&self) -> u32;
    /// The index at which an earlier generation ended, while it is kept.
    fn generation_end(&self, generation: u32) -> Option<IndexX64>;
}

/// Shares that begin to earn with epoch `activation`. Empty when it has no shares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lot {
    /// First epoch in which the lot earns.
    pub activation: Epoch,
    /// Its shares.
    pub shares: Shares,
}

/// One delegator's claims on one delegated pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The pool generation to which the shares belong.
    pub generation: u32,
    /// Shares that earn.
    pub shares: Shares,
    /// Shares that do not earn yet, the older lot first.
    pub lots: [Lot; 2],
    /// Index up to which `shares` have been credited.
    pub index_paid: IndexX64,
    /// Rewards earned and not yet claimed.
    pub credited: Amount,
}

/// What a harvest brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Harvest {
    /// Rewards newly credited, of all shares.
    pub credited: Amount,
    /// The part of it that came with lots which became active in this harvest.
    pub from_lots: Amount,
    /// Shares that became active.
    pub activated: Shares,
    /// Shares that ceased to exist with their pool's generation.
    pub wiped: Shares,
}

/// A lot that was pushed to a later epoch; it no longer counts in unsettled epochs from `from` on
/// (position-lot-4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MovedLot {
    /// The epoch from which it had counted.
    pub from: Epoch,
    /// Its shares; zero when nothing was moved.
    pub shares: Shares,
}

/// Shares taken out of a position: by lot, newest first, then from the active ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// From lots: each with the epoch from which it had counted.
    pub lots: [Lot; 2],
    /// From the active shares, which counted in every unsettled epoch.
    pub active: Shares,
    /// All shares that are left.
    pub left: Shares,
}

impl Lot {
    /// Whether shares that earn from `activation` on can be put into it.
    #[inline]
    pub fn takes(&self, activation: Epoch) -> bool {
        self.shares.is_zero() || self.activation == activation
    }
}

impl Position {
    /// All shares, pending ones included.
    pub fn total_shares(&self) -> Shares {
        let [older, newer] = self.lots;
        self.shares.saturating_add(older.shares).saturating_add(newer.shares)
    }

    /// Whether the position holds neither shares nor rewards.
    pub fn is_empty(&self) -> bool {
        self.total_shares().is_zero() && self.credited.is_zero()
    }

    /// Credits everything earned since the last harvest and activates lots that are due. Must run before any
    /// change of shares.
    ///
    /// Active: `floor(shares * (index - index_paid) / 2^64)`. A lot that becomes active: `floor(shares *
    /// (index - end of the epoch before its activation) / 2^64)`. Floors; the dust stays in the reward vault.
    /// A position of an ended generation earns up to the index at which that generation ended, and no further
    /// (position-generation-1); its shares then count as zero.
    #[inline]
    pub fn harvest(&mut self, history: &impl IndexHistory) -> Harvest {
        if self.generation != history.generation() {
            return self.harvest_ended(history);
        }
        let index = history.index();
        let mut harvest = Harvest::default();
        let earned = if self.shares.is_zero() { Amount::ZERO } else { earned(self.shares, index, self.index_paid) };
        self.index_paid = index;
        let [older, newer] = self.lots;
        if !older.shares.is_zero() && older.activation <= history.unsettled_epoch() {
            harvest.take_lot(older, index, start_of(older, history));
            self.lots = [newer, Lot::default()];
            if !newer.shares.is_zero() && newer.activation <= history.unsettled_epoch() {
                harvest.take_lot(newer, index, start_of(newer, history));
                self.lots = [Lot::default(); 2];
            }
            self.shares = self.shares.saturating_add(harvest.activated);
        }
        harvest.credited = earned.saturating_add(harvest.from_lots);
        self.credited = self.credited.saturating_add(harvest.credited);
        harvest
    }

    fn harvest_ended(&mut self, history: &impl IndexHistory) -> Harvest {
        let mut harvest = Harvest { wiped: self.total_shares(), ..Harvest::default() };
        if let Some(end) = history.generation_end(self.generation) {
            for lot in self.lots {
                if !lot.shares.is_zero() && lot.activation <= history.unsettled_epoch() {
                    harvest.take_lot(lot, end, start_of(lot, history));
                }
            }
            harvest.credited = earned(self.shares, end, self.index_paid).saturating_add(harvest.from_lots);
        }
        harvest.activated = Shares::ZERO;
        self.credited = self.credited.saturating_add(harvest.credited);
        *self = Self {
            generation: history.generation(),
            index_paid: history.index(),
            credited: self.credited,
            ..Self::default()
        };
        harvest
    }

    /// Gives active shares to another position of the same pool. Both are harvested, so that both were paid
    /// up to the same index: the receiver earns what the giver would have earned with them, from that index
    /// on, in the epochs that are not settled too, and no divisor changes (position-transfer-1). Exact.
    /// `None`, and nothing changed, when there are fewer, when the receiver's overflow, and when one was not
    /// harvested.
    pub fn give(&mut self, to: &mut Self, shares: Shares) -> Option<()> {
        if self.index_paid != to.index_paid || self.generation != to.generation {
            return None;
        }
        let rest = self.shares.checked_sub(shares)?;
        to.shares = to.shares.checked_add(shares)?;
        self.shares = rest;
        Some(())
    }

    /// Adds shares that earn from `activation` on. With both lots taken by other epochs the newer one is
    /// moved to `activation`: it loses the epochs between, and the caller takes it out of their unsettled
    /// records (position-lot-4). `None`, and nothing changed, when the shares overflow.
    pub fn add_lot(&mut self, activation: Epoch, shares: Shares) -> Option<MovedLot> {
        add_lot(&mut self.lots, activation, shares)
    }

    /// Takes shares out, the newest lot first, so that what has earned longest stays longest. `None`, and
    /// nothing changed, when there are fewer.
    pub fn take(&mut self, shares: Shares) -> Option<Taken> {
        let left = self.total_shares().checked_sub(shares)?;
        let [older, newer] = self.lots;
        let from_newer = newer.shares.min(shares);
        let rest = without(shares, from_newer);
        let from_older = older.shares.min(rest);
        let active = without(rest, from_older);
        self.lots = [less(older, from_older), less(newer, from_newer)];
        self.shares = without(self.shares, active);
        Some(Taken {
            lots: [
                Lot { activation: older.activation, shares: from_older },
                Lot { activation: newer.activation, shares: from_newer },
            ],
            active,
            left,
        })
    }
}

/// [`Position::add_lot`] of the lots alone: no more of a position is read or written.
#[inline]
pub fn add_lot(lots: &mut [Lot; 2], activation: Epoch, shares: Shares) -> Option<MovedLot> {
    let [older, newer] = lots;
    for lot in [&mut *older, &mut *newer] {
        if lot.takes(activation) {
            *lot = Lot { activation, shares: lot.shares.checked_add(shares)? };
            return Some(MovedLot::default());
        }
    }
    let moved = MovedLot { from: newer.activation, shares: newer.shares };
    *newer = Lot { activation, shares: newer.shares.checked_add(shares)? };
    Some(moved)
}

impl Harvest {
    fn take_lot(&mut self, lot: Lot, index: IndexX64, start: IndexX64) {
        self.from_lots = self.from_lots.saturating_add(earned(lot.shares, index, start));
        self.activated = self.activated.saturating_add(lot.shares);
    }
}

/// What is left of shares without a part of them. Wraps nowhere: the part is the lesser of them and others,
/// or what others of a sum that is no smaller do not have.
#[inline(always)]
fn without(shares: Shares, part: Shares) -> Shares {
    Shares(shares.0.wrapping_sub(part.0))
}

fn less(lot: Lot, shares: Shares) -> Lot {
    let rest = without(lot.shares, shares);
    if rest.is_zero() { Lot::default() } else { Lot { shares: rest, ..lot } }
}

fn start_of(lot: Lot, history: &impl IndexHistory) -> IndexX64 {
    history.end_of(Epoch(lot.activation.0.saturating_sub(1)))
}

/// `floor(shares * (to - from) / 2^64)`; zero when the index has not risen. Part of tokens already in the
/// reward vault, so below 2^60.
#[inline]
fn earned(shares: Shares, to: IndexX64, from: IndexX64) -> Amount {
    if to.0 <= from.0 {
        return Amount::ZERO;
    }
    Amount(mul_shift_64(shares.0, to.saturating_sub(from).0).unwrap_or(0))
}
