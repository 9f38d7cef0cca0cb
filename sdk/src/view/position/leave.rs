//! When can I leave, and what does leaving now forfeit?

use {
    crate::view::{Books, PositionAt, epoch::opened_now, touched, up_to_date},
    crate::{
        WorkTokenError,
        math::{Amount, Epoch, Shares, mul_div::mul_div_floor, position::Taken, reward},
        state::{EpochPool, EpochState, Ledger, PoolKind, Provider, Vaults, Weighing},
    },
};

/// When a ticket can be withdrawn, and what that pays at today's price with today's open claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TicketExit {
    /// The ticket's number.
    pub number: u32,
    /// It can be withdrawn from this second on. Unix seconds.
    pub matures_at_ts: i64,
    /// How long that is from now; 0 when it is mature.
    pub wait_secs: i64,
    /// What its withdrawal would pay. Base units.
    pub pays: u64,
    /// What would be held back for open disputes. Base units.
    pub holds: u64,
    /// Whether its stake was paid before and only a held part is left, which waits for its disputes.
    pub waits_for_disputes: bool,
}

/// What a request to leave would do now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// Number of the ticket that the request uses: build the instruction with it.
    pub ticket_number: u32,
    /// Whether that is the newest ticket, which already exists, because eight are live (position-ticket-1).
    pub joins_newest: bool,
    /// Shares that leave.
    pub shares: u64,
    /// What they are worth now; what is paid depends on the price at withdrawal. Base units.
    pub value: u64,
    /// What the shares that stay are worth now. Base units.
    pub rest: u64,
    /// The stake can be withdrawn from this second on. Unix seconds.
    pub matures_at_ts: i64,
    /// Rewards already earned; leaving does not touch them. Base units.
    pub claimable: u64,
    /// Epochs that are not settled yet, from the oldest to the present one: the leaving shares earn nothing
    /// from them. Cranking those that have ended before leaving saves their reward.
    pub forfeits: Vec<ForfeitedEpoch>,
    /// Why the request would be refused; `None` when it would not.
    pub refusal: Option<WorkTokenError>,
}

/// What the leaving shares give up of one epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForfeitedEpoch {
    /// The epoch.
    pub epoch: u32,
    /// Whether it has ended, so that it can be cranked before leaving.
    pub has_ended: bool,
    /// Leaving shares that count in it.
    pub shares: u64,
    /// Their reward. Base units.
    pub reward: u64,
    /// Whether the epoch is finalized, so that the reward is what settling would credit; else it is an
    /// estimate from the stakes known now.
    pub is_final: bool,
}

impl Leaving {
    /// What leaving now forfeits in all. Base units.
    pub fn forfeited(&self) -> u64 {
        self.forfeits.iter().fold(0, |sum, epoch| sum.saturating_add(epoch.reward))
    }

    /// The part of it that cranking first would save. Base units.
    pub fn saved_by_cranking(&self) -> u64 {
        self.forfeits.iter().filter(|epoch| epoch.has_ended).fold(0, |sum, epoch| sum.saturating_add(epoch.reward))
    }
}

/// Every ticket's way out, each as if it alone were withdrawn now.
pub fn exits(at: &PositionAt) -> Vec<TicketExit> {
    let Books { provider, position, .. } = up_to_date(at);
    at.tickets
        .iter()
        .map(|ticket| {
            let (mut provider, mut position, mut left) = (provider, position, *ticket);
            let withdrawn = provider.withdraw(&mut position, &mut left, at.now_ts).unwrap_or_default();
            TicketExit {
                number: ticket.number,
                matures_at_ts: ticket.matures_at_ts,
                wait_secs: ticket.matures_at_ts.saturating_sub(at.now_ts).max(0),
                pays: withdrawn.paid.0,
                holds: withdrawn.held.0,
                waits_for_disputes: ticket.is_held(),
            }
        })
        .collect()
}

/// What an epoch that is not final will bring depends on everybody in it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Field<'a> {
    /// The providers of the network, the one that is left included; those that are missing are not weighed.
    pub providers: &'a [Provider],
    /// The supply of the work token. Base units.
    pub supply: u64,
    /// What the reserve vault holds; nothing in Mint mode. Base units.
    pub reserve: u64,
    /// What the treasury holds. Base units.
    pub treasury: u64,
}

/// What asking now to leave with `shares` would do; `None` asks for all of them. `epochs` are the accounts of
/// unsettled epochs, as many as are at hand; an epoch that is not final is weighed and finalized on copies,
/// with the program's own rules.
pub fn leave(at: &PositionAt, shares: Option<u64>, epochs: &[EpochPool], field: &Field) -> Leaving {
    let Books { provider, position, .. } = up_to_date(at);
    let shares = Shares(shares.unwrap_or(position.total_shares().0));
    let (ticket_number, is_new) = position.next_ticket();
    let newest = at.tickets.iter().find(|ticket| !is_new && ticket.number == ticket_number);
    let mut ticket = newest.copied().unwrap_or(bytemuck::Zeroable::zeroed());
    let now = (at.now_ts, at.network.epoch_at(at.now_ts));
    let requested = { provider }.request_unbonding(at.network, &mut { position }, &mut ticket, shares, now);
    let forfeits = match (position.pool_kind(), position.position().take(shares)) {
        (PoolKind::Delegated, Some(taken)) => forfeits(at, &provider, &taken, epochs, field),
        _ => Vec::new(),
    };
    let pool = **provider.pool(position.pool_kind());
    Leaving {
        ticket_number,
        joins_newest: !is_new,
        shares: shares.0,
        value: pool.value(shares).0,
        rest: pool.value(position.total_shares().saturating_sub(shares)).0,
        matures_at_ts: ticket.matures_at_ts,
        claimable: { provider }.pay_credited(&mut { position }).0,
        forfeits,
        refusal: requested.err(),
    }
}

fn forfeits(
    at: &PositionAt,
    provider: &Provider,
    taken: &Taken,
    epochs: &[EpochPool],
    field: &Field,
) -> Vec<ForfeitedEpoch> {
    let now = at.network.epoch_at(at.now_ts);
    (provider.rewards.unsettled_epoch..=now.0)
        .filter_map(|epoch| {
            let epoch = Epoch(epoch);
            let record = provider.record(epoch)?;
            let lots = taken.lots.iter().filter(|lot| lot.activation <= epoch);
            let shares = lots.fold(taken.active, |sum, lot| sum.saturating_add(lot.shares));
            if shares.is_zero() {
                return None;
            }
            let account = epochs.iter().find(|pool| pool.epoch == epoch.0);
            let is_final = account.is_some_and(|pool| pool.state != EpochState::Open as u8);
            let pool = match account.filter(|_| is_final) {
                Some(pool) => *pool,
                None => expected(at, epoch, account, field),
            };
            let weight = if is_final { record.weight } else { expected_weight(provider, epoch, &pool) };
            let emission = reward::of_emission(Amount(pool.emission), weight, pool.total_weight);
            let split = reward::split(emission, Amount(record.fees), &record.snapshot(), pool.leverage);
            let reward = mul_div_floor(split.delegated.0, shares.0, record.delegated_shares).unwrap_or(0);
            Some(ForfeitedEpoch { epoch: epoch.0, has_ended: epoch < now, shares: shares.0, reward, is_final })
        })
        .collect()
}

/// An epoch as it would be finalized if everybody were weighed now: whoever awaits a score with the last one,
/// and nobody worked any more.
fn expected(at: &PositionAt, epoch: Epoch, account: Option<&EpochPool>, field: &Field) -> EpochPool {
    let mut network = *at.network;
    let mut pool = account.copied().unwrap_or_else(|| opened_now(&network, epoch));
    // Everybody, whoever awaits a score too.
    let weighing = Weighing { unscored_too: true, ..pool.begin_weighing(&network, network.work_ts(at.now_ts)) };
    for provider in field.providers {
        pool.weigh(&mut touched(&network, provider, at.now_ts), &weighing);
    }
    let ledger = Ledger {
        supply: Amount(field.supply),
        reserve: Amount(field.reserve),
        treasury: Amount(field.treasury),
        vaults: Vaults::OPEN,
    };
    network.finalize(&mut pool, true, &ledger, (network.epoch_at(at.now_ts), at.now_ts));
    pool
}

/// The provider's weight of an epoch that is not final: as it was weighed, or as it would be now.
fn expected_weight(provider: &Provider, epoch: Epoch, pool: &EpochPool) -> u64 {
    let recorded = provider.record(epoch).map_or(0, |record| record.weight);
    { *provider }.weigh(epoch, &pool.weigh_terms()).map_or(recorded, |weighed| weighed.weight)
}
