use crate::prelude::*;

use super::accounts::OwnerSettings;

/// Sets the hot key that works for the provider. It has no power over funds.
/// Signer: the owner. Refuses: the owner itself.
pub fn handle_set_operator(ctx: &mut Context<OwnerSettings>, operator: Address) -> Result<()> {
    let OwnerSettings { provider, .. } = &mut ctx.accounts;
    provider.set_operator(operator)?;
    emit!(OperatorSet { provider: *provider.address(), operator });
    Ok(())
}
