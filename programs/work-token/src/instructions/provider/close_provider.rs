use crate::prelude::*;

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
}

/// Closes a provider that has retired and on which nothing hangs any more, and its offer. Its vault is swept
/// and closed, the rents return to the owner.
/// Signer: anybody. Refuses: anything left in pools, positions, tickets, claims, credits, seats or vesting;
/// 90 epochs since it retired; without its offer.
pub fn handle_close_provider(ctx: &mut Context<CloseProvider>) -> Result<()> {
    let CloseProvider { network, provider, stake_vault, treasury_vault, offer, owner, mint, .. } = &mut ctx.accounts;
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
    emit!(ProviderClosed { provider: *provider.address(), dust });
    close(provider.view(), owner)
}
