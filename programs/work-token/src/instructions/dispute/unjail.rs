use crate::prelude::*;

#[derive(Accounts)]
pub struct Unjail {
    /// Owns the provider.
    #[account(address = provider.owner @ E::NotTheProviderOwner)]
    pub owner: Signer,
    /// The network.
    #[account(address = provider.network @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
}

/// Leaves jail, to the seat if the provider still has one. It has weight again from the next epoch on.
/// Signer: the owner. Refuses: one that is not jailed; before its time; with debt; below the minimum stake.
pub fn handle_unjail(ctx: &mut Context<Unjail>) -> Result<()> {
    let Unjail { network, provider, .. } = &mut ctx.accounts;
    let terms = network.terms(now_ts()?);
    touch(provider, network, &terms);
    provider.unjail(network.minimum_of_next(terms.epoch), terms.epoch)?;
    emit!(ProviderUnjailed { provider: *provider.address(), state: provider.state });
    Ok(())
}
