use crate::prelude::*;

use super::accounts::beneficiary_of;

#[derive(Accounts)]
pub struct CloseProvider {
    /// The network; takes back the rounding dust of the delegators' rewards.
    #[account(mut)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
    /// Its stake vault.
    #[account(mut, constraint = is_at(stake_vault.address(), &provider.stake_vault) @ E::WrongVault)]
    pub stake_vault: UncheckedAccount,
    /// The network's treasury vault, for what strangers sent to the stake vault.
    #[account(mut, constraint = is_at(treasury_vault.address(), &network.vaults.treasury) @ E::WrongVault)]
    pub treasury_vault: UncheckedAccount,
    /// The owner, who paid the rent and gets it back.
    #[account(mut, constraint = is_at(owner.address(), &provider.owner) @ E::WrongRentReceiver)]
    pub owner: UncheckedAccount,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// Its offer, at its canonical address; empty if it never made one.
    #[account(mut)]
    pub offer: UncheckedAccount,
    /// The proposal of another owner; needed where there is one.
    #[account(mut)]
    pub handover: Option<UncheckedAccount>,
    /// Its beneficiary; needed where one was ever proposed.
    #[account(mut)]
    pub beneficiary: Option<UncheckedAccount>,
}

/// Closes a provider that has retired and on which nothing hangs any more, with its offer, its proposal of
/// an owner and its beneficiary; what that is owed, and could not receive since, goes to the next emission.
/// Its vault is swept and closed, the rents return to the owner.
/// Signer: anybody. Refuses: anything left in pools, positions, tickets, claims, credits, seats or vesting;
/// 90 epochs since it retired; without its offer.
pub fn handle_close_provider(ctx: &mut Context<CloseProvider>) -> Result<()> {
    let CloseProvider {
        network, provider, stake_vault, treasury_vault, owner, mint, offer, handover, beneficiary, ..
    } = &mut ctx.accounts;
    require_in_network(provider, network)?;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    let dust = provider.close(network, terms.epoch)?;

    let donated = token::vault_balance(stake_vault);
    Till::of(network, mint).pay(stake_vault, treasury_vault, donated);
    token::close_vault(network, stake_vault, owner);
    if provider.has_offer() {
        let offer = Stored::<Offer>::writable(*offer.account())?;
        require_at(&offer.provider, provider.address(), E::WrongOffer)?;
        close(offer.view(), owner)?;
    }
    if provider.has_handover() {
        let given = handover.as_ref().ok_or(E::WrongProvider)?;
        let handover = Stored::<Handover>::writable(*given.account())?;
        require_at(&handover.provider, provider.address(), E::WrongProvider)?;
        close(handover.view(), owner)?;
    }
    if let Some(beneficiary) = beneficiary_of(provider, beneficiary)? {
        provider.leave_owed(&beneficiary, network);
        close(beneficiary.view(), owner)?;
    }
    emit!(ProviderClosed { provider: *provider.address(), dust });
    close(provider.view(), owner)
}
