use crate::prelude::*;

use super::accounts::OwnerSettings;

/// Sets the token account that the owner's rewards go to by default.
/// Signer: the owner. Refuses: the provider's stake vault; any other account is judged when it is paid.
pub fn handle_set_reward_destination(ctx: &mut Context<OwnerSettings>, reward_destination: Address) -> Result<()> {
    let OwnerSettings { provider, .. } = &mut ctx.accounts;
    provider.set_reward_destination(reward_destination)?;
    emit!(RewardDestinationSet { provider: *provider.address(), reward_destination });
    Ok(())
}
