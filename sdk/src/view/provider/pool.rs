//! Is this a good place to delegate, and would my deposit be accepted?

use {
    crate::view::{position::claim::unsettled_ended, starts_at_ts, touched},
    crate::{
        Pubkey, WorkTokenError,
        math::{
            Amount, Epoch, Shares,
            mul_div::{mul_checked, mul_div_floor},
            weight::effective_delegated,
        },
        state::{Delegation, Network, PoolKind, Provider},
    },
};

/// A provider's delegated pool, seen by one who may join it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolHealth {
    /// Principal of the pool, unbonding stake included. Base units.
    pub tokens: u64,
    /// All shares.
    pub shares: u64,
    /// Price of a share in millionths of a base unit, rounded down; 1,000,000 in a pool that was never
    /// slashed, and never more.
    pub share_price_ppm: u64,
    /// Delegated stake that is not leaving. Base units.
    pub staked: u64,
    /// The part of it that counts for weight and rewards: at most the leverage cap times the own stake. Base
    /// units.
    pub counted: u64,
    /// The part of it above the cap: it shares the rewards and brings none (epoch-weigh-2). Base units.
    pub uncounted: u64,
    /// What can still be delegated before the cap is reached. Base units.
    pub room: u64,
    /// The owner's stake that is not leaving. Base units.
    pub own_staked: u64,
    /// Open disputes: number and what each claims from the pool. Base units. Whoever joins answers for them
    /// (position-pool-6).
    pub open_claims: Vec<(u32, u64)>,
    /// Sum of what they claim: a deposit must accept at least as much. Base units.
    pub claimed: u64,
    /// Part of the delegators' rewards that the provider keeps.
    pub commission_bps: u16,
    /// What it will keep, if a change was announced.
    pub announced: Option<AnnouncedCommission>,
    /// First epoch that is not settled.
    pub unsettled_epoch: u32,
    /// Ended epochs that are not settled yet. More than a few means that nobody cranks for this provider;
    /// after eight their rewards are lost.
    pub unsettled_epochs: u32,
    /// Whether the provider leaves for good, so that it accepts no deposit.
    pub is_leaving: bool,
}

/// A commission that was announced and does not hold yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnnouncedCommission {
    /// The commission.
    pub commission_bps: u16,
    /// Its notice is over then. Unix seconds.
    pub effective_ts: i64,
    /// The first epoch for which it holds.
    pub first_epoch: u32,
    /// When that epoch begins. Unix seconds.
    pub first_epoch_ts: i64,
}

/// A deposit to try.
#[derive(Clone, Copy, Debug)]
pub struct Deposit {
    /// Who would delegate.
    pub delegator: Pubkey,
    /// Base units.
    pub amount: u64,
    /// Refuse to receive fewer shares.
    pub min_shares_out: u64,
    /// Open claims on the pool that the delegator accepts. Base units.
    pub max_open_claims: u64,
}

/// What a deposit would bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DepositPreview {
    /// Shares it would mint.
    pub shares: u64,
    /// First epoch in which they earn.
    pub earns_from_epoch: u32,
    /// When that epoch begins. Unix seconds.
    pub earns_from_ts: i64,
    /// The part of the deposit that counts for weight; the rest is above the leverage cap. Base units.
    pub counted: u64,
}

/// A provider's delegated pool at a time.
pub fn pool_health(network: &Network, provider: &Provider, now_ts: i64) -> PoolHealth {
    let provider = touched(network, provider, now_ts);
    let pool = *provider.delegated;
    let (own, staked) = (provider.own.staked(), pool.staked());
    let counted = effective_delegated(own, staked, network.params.leverage);
    let cap = mul_checked(own.0, u64::from(network.params.leverage)).unwrap_or(u64::MAX);
    let open = provider.reservations.iter().filter(|reservation| reservation.claim != 0);
    PoolHealth {
        tokens: pool.tokens.0,
        shares: pool.shares.0,
        share_price_ppm: match pool.shares.0 {
            0 => 1_000_000,
            shares => mul_div_floor(pool.tokens.0, 1_000_000, shares).unwrap_or(1_000_000),
        },
        staked: staked.0,
        counted: counted.0,
        uncounted: staked.saturating_sub(counted).0,
        room: cap.saturating_sub(staked.0),
        own_staked: own.0,
        open_claims: open.map(|reservation| (reservation.claim, reservation.delegated)).collect(),
        claimed: provider.claimed_from_delegated().0,
        commission_bps: provider.commission_bps,
        announced: announced(network, &provider),
        unsettled_epoch: provider.rewards.unsettled_epoch,
        unsettled_epochs: unsettled_ended(&provider, network, now_ts),
        is_leaving: provider.is_leaving(),
    }
}

fn announced(network: &Network, provider: &Provider) -> Option<AnnouncedCommission> {
    let effective_ts = provider.commission_effective_ts;
    if effective_ts == 0 {
        return None;
    }
    let first = network.clock().first_beginning_at_or_after(effective_ts);
    Some(AnnouncedCommission {
        commission_bps: provider.commission_announced_bps,
        effective_ts,
        first_epoch: first.0,
        first_epoch_ts: starts_at_ts(network, first),
    })
}

/// What a deposit sent now would bring, or the rule that refuses it. `position` is the delegator's, if it has
/// one already. The balance and the state of the token account are not looked at.
///
/// # Errors
///
/// The first rule that the program would refuse it by.
pub fn deposit(
    network: &Network,
    provider: &Provider,
    position: Option<&Delegation>,
    deposit: &Deposit,
    now_ts: i64,
) -> Result<DepositPreview, WorkTokenError> {
    let Deposit { delegator, amount, min_shares_out, max_open_claims } = deposit;
    provider.require_delegable(network, delegator, (*amount, *max_open_claims), now_ts)?;
    let mut provider = touched(network, provider, now_ts);
    let counted_before = counted(network, &provider);
    let mut position = match position {
        Some(position) => *position,
        None => {
            let mut opened = bytemuck::Zeroable::zeroed();
            let keys = [&Pubkey::default(), delegator];
            provider.open_position(&mut opened, PoolKind::Delegated, keys)?;
            opened
        }
    };
    let now = network.epoch_at(now_ts);
    let deposited = provider.delegate(&mut position, Amount(*amount), Shares(*min_shares_out), now)?;
    let earns_from: Epoch = deposited.earns_from;
    Ok(DepositPreview {
        shares: deposited.shares.0,
        earns_from_epoch: earns_from.0,
        earns_from_ts: starts_at_ts(network, earns_from),
        counted: counted(network, &provider).saturating_sub(counted_before).0.min(deposit.amount),
    })
}

fn counted(network: &Network, provider: &Provider) -> Amount {
    let (own, delegated) = (provider.own.staked(), provider.delegated.staked());
    effective_delegated(own, delegated, network.params.leverage)
}
