use crate::prelude::*;

#[derive(Accounts)]
pub struct SetAutoRestake {
    /// Holds the position.
    pub delegator: Signer,
    /// The position.
    #[account(mut)]
    pub delegation: Stored<Delegation>,
}

/// Says whether anybody may turn what the position earns into stake, and up to which open claims on its pool.
/// A full exit ends it (position-restake-1).
/// Signer: the holder. Refuses: nothing else.
pub fn handle_set_auto_restake(ctx: &mut Context<SetAutoRestake>, on: bool, max_open_claims: u64) -> Result<()> {
    let SetAutoRestake { delegator, delegation } = &mut ctx.accounts;
    require_holder(delegation, delegator)?;
    delegation.set_auto_restake(on, max_open_claims);
    let max_open_claims = delegation.auto_restake.max_open_claims;
    emit!(AutoRestakeSet { delegation: *delegation.address(), on, max_open_claims });
    Ok(())
}
