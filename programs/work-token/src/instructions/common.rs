//! Checks and moves that several instructions share.

use {
    crate::{stored::Stored, token},
    anchor_lang::{
        pinocchio::{address::address_eq, sysvars::Sysvar},
        prelude::*,
    },
    work_token_interface::{
        WorkTokenError as E,
        events::{BountyPaid, EpochsLost, OutageRecorded, RewardBooksShort, StakeDeposited},
        math::{Epoch, WorkTs, position::Harvest},
        state::{Delegation, EpochPool, Network, Provider, Terms, VaultKind, provider::Deposited},
    },
};

/// Unix seconds.
#[inline(never)]
pub fn now_ts() -> Result<i64> {
    now_ts_in_place()
}

/// The same without a call, where the budget is tight.
#[inline(always)]
pub fn now_ts_in_place() -> Result<i64> {
    Ok(Clock::get()?.unix_timestamp)
}

/// Unix seconds and work time, as if what is recordable of an outage had been recorded. For what refuses the late; what profits from a deadline that
/// has passed records first, by [`cross`].
#[inline(never)]
pub fn work_now(network: &Network) -> Result<(i64, WorkTs)> {
    let clock = Clock::get()?;
    Ok((clock.unix_timestamp, network.work_now(clock.slot, clock.unix_timestamp)))
}

/// Records what is recordable of an outage, then gives unix seconds and work time: nobody loses a deadline because nobody has recorded one yet (W8).
#[inline(never)]
pub fn cross(network: &mut Stored<Network>) -> Result<(i64, WorkTs)> {
    let clock = Clock::get()?;
    let now_ts = clock.unix_timestamp;
    if let Some(secs) = network.record_due(clock.slot, now_ts) {
        emit!(OutageRecorded { network: *network.address(), secs, outage_secs: network.outage_secs });
    }
    Ok((now_ts, network.work_ts(now_ts)))
}

/// Whether an account is the expected one. Out of line: a comparison of addresses is twenty instructions, and there are hundreds of them; what
/// has a tight budget compares in place, by Anchor's `address`.
#[inline(never)]
pub fn is_at(found: &Address, expected: &Address) -> bool {
    address_eq(found, expected)
}

/// Refuses two addresses that differ.
#[inline(never)]
pub fn require_same(left: &Address, right: &Address, error: E) -> Result<()> {
    if address_eq(left, right) { Ok(()) } else { Err(error.into()) }
}

/// The same without a call, where the budget is tight.
#[inline(always)]
pub fn require_same_in_place(left: &Address, right: &Address, error: E) -> Result<()> {
    if address_eq(left, right) { Ok(()) } else { Err(error.into()) }
}

/// Refuses a provider of another network.
#[inline(always)]
pub fn require_in_network(provider: &Provider, network: &Stored<Network>) -> Result<()> {
    require_same_in_place(&provider.network, network.address(), E::WrongNetwork)
}

/// Refuses a position of another provider.
#[inline(always)]
pub fn require_position(position: &Delegation, provider: &Stored<Provider>) -> Result<()> {
    require_same_in_place(&position.provider, provider.address(), E::WrongProvider)
}

/// Refuses a signer that does not own the position.
#[inline(always)]
pub fn require_holder(position: &Delegation, signer: &Signer) -> Result<()> {
    require_same_in_place(&position.delegator, signer.address(), E::NotTheOwner)
}

/// Brings a provider up to date and says what it lost.
#[inline(always)]
pub fn touch(provider: &mut Stored<Provider>, network: &Network, terms: &Terms) {
    // The common case: it was touched in this epoch.
    if terms.epoch.0 > provider.last_touched_epoch {
        touch_first(provider, network, terms);
    }
}

#[inline(never)]
fn touch_first(provider: &mut Stored<Provider>, network: &Network, terms: &Terms) {
    let touched = provider.touch(network, terms);
    if touched.lost_epochs > 0 || !touched.fees.is_zero() {
        emit!(EpochsLost { provider: *provider.address(), epochs: touched.lost_epochs, fees: touched.fees.0 });
    }
}

/// The same where the budget is tight and the network's terms serve for nothing else: mostly the provider was touched in this epoch, which it returns.
#[inline(always)]
pub fn touch_now(provider: &mut Stored<Provider>, network: &Network, now_ts: i64) -> Epoch {
    let epoch = network.epoch_at(now_ts);
    if epoch.0 > provider.last_touched_epoch {
        touch_first(provider, network, &network.terms(now_ts));
    }
    epoch
}

/// Brings provider and position up to date, in this order.
#[inline(always)]
pub fn settle(provider: &mut Stored<Provider>, position: &mut Delegation, network: &Network, terms: &Terms) -> Harvest {
    touch(provider, network, terms);
    provider.harvest(position)
}

/// Takes a position's credited rewards out of the books. An exit may not fail: books that fall short are reported, not refused.
#[inline(always)]
pub fn take_credited(provider: &mut Stored<Provider>, position: &mut Stored<Delegation>) -> u64 {
    let credited = position.credited;
    let paid = provider.pay_credited(position).0;
    if paid < credited {
        emit!(RewardBooksShort { provider: *provider.address(), delegation: *position.address(), credited, paid });
    }
    paid
}

/// Pays a keeper its bounty, if it gave an account of its own that can receive it and the epoch's cap and the vault allow it.
/// Never fails a crank (R H9).
#[inline(never)]
pub fn pay_bounty(
    network: &Stored<Network>,
    pool: &mut Stored<EpochPool>,
    keeper: &Signer,
    keeper_account: Option<&AccountView>,
    [vault, mint]: [&AccountView; 2],
    units: u32,
    each: u64,
) {
    let Some(to) = keeper_account else { return };
    let bounty = pool.bounty(units, each, token::vault_balance(vault));
    if bounty == 0 || token::vault_is_frozen(vault) || !can_receive(to, network, keeper) {
        return;
    }
    pool.keeper_paid = pool.keeper_paid.saturating_add(bounty);
    token::pay_from_network(network, network.address(), VaultKind::Keeper, [vault, mint, to], bounty);
    emit!(BountyPaid { network: *network.address(), epoch: pool.epoch, keeper: *keeper.address(), amount: bounty });
}

/// Whether an account can receive the work token for the keeper that signs.
pub fn can_receive(to: &AccountView, network: &Network, keeper: &Signer) -> bool {
    to.is_writable()
        && token::require_destination(to, network).is_ok()
        && token::belongs_to(to, keeper.address())
        && !token::demands_memo(to)
}

/// Says that stake was deposited, with the pool's totals afterwards.
#[inline(never)]
pub fn emit_deposit(provider: &Stored<Provider>, position: &Stored<Delegation>, amount: u64, deposited: &Deposited) {
    let pool = provider.pool(position.pool_kind());
    emit!(StakeDeposited {
        provider: *provider.address(),
        delegation: *position.address(),
        pool: position.pool,
        amount,
        shares: deposited.shares.0,
        earns_from_epoch: deposited.earns_from.0,
        pool_tokens: pool.tokens,
        pool_shares: pool.shares,
    });
}
