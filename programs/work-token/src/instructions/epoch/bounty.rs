//! What a crank of an epoch pays its keeper.

use crate::prelude::*;

/// Pays a keeper its bounty, if it gave an account of its own that can receive it and the epoch's cap and the
/// vault allow it. Never fails a crank (epoch-bounty-2).
#[inline(never)]
pub fn pay_bounty(
    till: Till,
    pool: &mut Stored<EpochPool>,
    vault: &AccountView,
    (keeper, keeper_account): (&Signer, &Option<UncheckedAccount>),
    (units, each): (u32, u64),
) {
    let bounty = pool.bounty(units, each, token::vault_balance(vault));
    if bounty == 0 {
        return;
    }
    if let Some(to) = till.bounty_to(vault, (keeper, keeper_account)) {
        till.pay(vault, to, bounty);
        note_bounty(pool, keeper, bounty);
    }
}

/// Notes a bounty that was paid, if any was, and reports it.
#[inline(always)]
pub fn note_bounty(pool: &mut Stored<EpochPool>, keeper: &Signer, amount: u64) {
    if amount > 0 {
        pool.keeper_paid = pool.keeper_paid.saturating_add(amount);
        emit!(BountyPaid { network: pool.network, epoch: pool.epoch, keeper: *keeper.address(), amount });
    }
}
