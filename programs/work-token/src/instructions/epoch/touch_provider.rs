use crate::prelude::*;

#[derive(Accounts)]
pub struct TouchProvider {
    /// The network.
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut)]
    pub provider: Stored<Provider>,
}

/// Brings a provider's records up to the present epoch. Every instruction that needs it does this itself;
/// nobody waits for it.
/// Signer: anybody. Refuses: nothing.
pub fn handle_touch_provider(ctx: &mut Context<TouchProvider>) -> Result<()> {
    let TouchProvider { network, provider } = &mut ctx.accounts;
    require_in_network(provider, network)?;
    touch(provider, network, &network.terms(now_ts()?));
    Ok(())
}
