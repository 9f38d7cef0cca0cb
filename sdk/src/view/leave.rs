//! When can I leave, and what does leaving now forfeit?

use {
    super::{Books, PositionAt, up_to_date},
    crate::{
        WorkTokenError,
        math::{
            Amount, Bps, Epoch, Ppm, Shares,
            mul_div::mul_div_floor,
            position::Taken,
            reward,
            weight::{Weighed, WeightRules, weigh},
        },
        state::{
            Delegation, EpochPool, EpochRecord, EpochState, Network, PoolKind, Provider, Unbonding,
            provider::record_flags,
        },
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
    /// Whether that is the newest ticket, which already exists, because eight are live (R M7).
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
    /// Epochs that are not settled yet, from the oldest to the present one: the leaving shares earn nothing from them. Cranking those
    /// that have ended before leaving saves their reward.
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
    /// Whether the epoch is finalized, so that the reward is what settling would credit; else it is an estimate from the stakes known now.
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
            let withdrawn = provider.withdraw(&mut position, &mut left).unwrap_or_default();
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

/// What asking now to leave with `shares` would do; `None` asks for all of them. `epochs` are the accounts of unsettled epochs, as many
/// as are at hand: what they know replaces an estimate.
pub fn leave(at: &PositionAt, shares: Option<u64>, epochs: &[EpochPool]) -> Leaving {
    let Books { provider, position, .. } = up_to_date(at);
    let shares = Shares(shares.unwrap_or(position.total_shares().0));
    let (ticket_number, is_new) = position.next_ticket();
    let newest = at.tickets.iter().find(|ticket| !is_new && ticket.number == ticket_number);
    let mut ticket = newest.copied().unwrap_or(bytemuck::Zeroable::zeroed());
    let requested = request(at, (provider, position), &mut ticket, shares);
    let forfeits = match (position.pool_kind(), position.position().take(shares)) {
        (PoolKind::Delegated, Some(taken)) => forfeits(at, &provider, &taken, epochs),
        _ => Vec::new(),
    };
    let pool = provider.pool(position.pool_kind()).get();
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

/// The request itself, on copies.
fn request(
    at: &PositionAt,
    (mut provider, mut position): (Provider, Delegation),
    ticket: &mut Unbonding,
    shares: Shares,
) -> Result<(), WorkTokenError> {
    let params = &at.network.params;
    let (minimum, unbonding_secs) = match position.pool_kind() {
        PoolKind::Own => (params.minimum_self_stake, params.own_unbonding_secs),
        PoolKind::Delegated => (params.minimum_delegation, params.unbonding_secs),
    };
    ticket.begin_request(provider.pool(position.pool_kind()).generation);
    let now = (at.now_ts, at.network.epoch_at(at.now_ts));
    provider.request_unbonding(&mut position, ticket, shares, Amount(minimum), unbonding_secs, now).map(drop)
}

fn forfeits(at: &PositionAt, provider: &Provider, taken: &Taken, epochs: &[EpochPool]) -> Vec<ForfeitedEpoch> {
    let now = at.network.epoch_at(at.now_ts);
    (provider.rewards.unsettled_epoch..=now.0)
        .filter_map(|epoch| {
            let record = provider.record(Epoch(epoch))?;
            let lots = taken.lots.iter().filter(|lot| lot.activation.0 <= epoch);
            let shares = lots.fold(taken.active, |sum, lot| sum.saturating_add(lot.shares));
            if shares.is_zero() {
                return None;
            }
            let account = epochs.iter().find(|pool| pool.epoch == epoch);
            let (delegated, is_final) = delegators_part(at.network, provider, record, account);
            let reward = mul_div_floor(delegated.0, shares.0, record.delegated_shares).unwrap_or(0);
            Some(ForfeitedEpoch { epoch, has_ended: Epoch(epoch) < now, shares: shares.0, reward, is_final })
        })
        .collect()
}

/// What an epoch brings the provider's delegators, and whether that is certain: exact once the epoch is finalized, else estimated by the
/// provider's weight against the network's stake.
fn delegators_part(
    network: &Network,
    provider: &Provider,
    record: &EpochRecord,
    account: Option<&EpochPool>,
) -> (Amount, bool) {
    let finalized = account.filter(|pool| pool.state != EpochState::Open as u8);
    let (emission, leverage) = match finalized {
        Some(pool) => (reward::of_emission(Amount(pool.emission), record.weight, pool.total_weight), pool.leverage),
        None => {
            let expected = expected_weight(network, provider, record, account);
            // The others weigh what they are known to have at stake; what the share cap takes from this provider counts for nobody.
            let others = network.stake_total.saturating_sub(expected.stake.0);
            let known = account.map_or(0, |pool| pool.total_weight);
            let total = others.saturating_add(expected.weight).max(known);
            let emission = reward::of_emission(providers_emission(network), expected.weight, total);
            (emission, account.map_or(network.params.leverage, |pool| pool.leverage))
        }
    };
    let split = reward::split(emission, Amount(record.fees), &record.snapshot(), leverage);
    (split.delegated, finalized.is_some())
}

fn expected_weight(
    network: &Network,
    provider: &Provider,
    record: &EpochRecord,
    account: Option<&EpochPool>,
) -> Weighed {
    if record.flags & record_flags::ELIGIBLE == 0 {
        return Weighed::default();
    }
    let rules: WeightRules = account.map_or(network.weight_rules(), EpochPool::weight_rules);
    let tiers = account.map_or(network.params.tier_bps, |pool| pool.tier_bps);
    let tier = Bps(tiers.get(usize::from(provider.tier)).copied().unwrap_or(10_000));
    let (own, delegated) = (Amount(record.own_staked), Amount(record.delegated_staked));
    let expected = weigh(own, delegated, Ppm(provider.score_ppm), tier, &rules);
    let is_weighed = record.flags & record_flags::WEIGHED != 0;
    Weighed { weight: if is_weighed { record.weight } else { expected.weight }, ..expected }
}

/// The providers' part of a whole epoch's emission.
fn providers_emission(network: &Network) -> Amount {
    let whole = network.params.emission_per_epoch;
    let keepers = mul_div_floor(whole, u64::from(network.params.keeper_share_ppm), Ppm::ONE).unwrap_or(0);
    Amount(whole.saturating_sub(keepers))
}
