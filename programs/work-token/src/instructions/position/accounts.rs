//! What several instructions of a position share.

use crate::prelude::*;

use work_token_interface::state::provider::{Claimed, Deposited};

#[derive(Accounts)]
pub struct ClaimRewards {
    /// Holds the position.
    pub delegator: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// The position.
    #[account(mut)]
    pub delegation: Stored<Delegation>,
    /// The network's reward vault.
    #[account(mut, address = network.vaults.reward @ E::WrongVault)]
    pub reward_vault: UncheckedAccount,
    /// Claiming: any account of the work token that is no vault. Restaking: the provider's stake vault.
    #[account(mut)]
    pub to: UncheckedAccount,
    /// The work token.
    #[account(address = network.mint @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(address = network.token_program @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// An exit may not fail: books that fall short are reported, not refused.
#[inline(always)]
pub fn report_shortfall(position: &Stored<Delegation>, claimed: &Claimed) {
    let (credited, paid) = (claimed.credited.0, claimed.paid.0);
    if paid < credited {
        emit!(RewardBooksShort { delegation: *position.address(), credited, paid });
    }
}

/// Says that stake was deposited, with the pool's totals afterwards.
#[inline(never)]
pub fn emit_deposit(provider: &Stored<Provider>, position: &Stored<Delegation>, amount: u64, deposited: &Deposited) {
    let pool = provider.pool(position.pool_kind());
    emit!(StakeDeposited {
        delegation: *position.address(),
        pool: position.pool,
        amount,
        shares: deposited.shares.0,
        earns_from_epoch: deposited.earns_from.0,
        pool_tokens: pool.tokens,
        pool_shares: pool.shares,
    });
}

/// Says who votes with a position's stake from now on.
#[inline(never)]
pub fn emit_direct(provider: &Stored<Provider>, position: &Stored<Delegation>) {
    emit!(DirectSet {
        delegation: *position.address(),
        on: position.is_direct() && !position.is_returning(),
        from_ts: position.voice.from_ts,
        shares: position.total_shares().0,
        direct_shares: provider.direct_shares,
    });
}

/// Loads somebody's position in the delegated pool, or creates it at its rent.
#[inline(never)]
pub fn open_delegated(
    holder: &Signer,
    provider: &mut Stored<Provider>,
    delegation: &UncheckedAccount,
    bump: u8,
) -> Result<Stored<Delegation>> {
    if delegation.data_len() != 0 {
        let position = Stored::<Delegation>::writable(*delegation.account())?;
        require_position(&position, provider)?;
        require_holder(&position, holder)?;
        return Ok(position);
    }
    let mut position = Stored::<Delegation>::create(
        holder,
        delegation,
        &rent()?,
        ([seeds::DELEGATION, provider.address().as_ref(), holder.address().as_ref()], bump),
    )?;
    let key = *provider.address();
    provider.open_position(&mut position, PoolKind::Delegated, [&key, holder.address()])?;
    Ok(position)
}
