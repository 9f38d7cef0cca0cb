use crate::prelude::*;

use super::accounts::emit_sought;

#[derive(Accounts)]
pub struct AimAttester {
    /// Who attests.
    #[account(constraint = is_at(owner.address(), &attester.owner) @ E::WrongAttester)]
    pub owner: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &attester.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The attester, which holds no place.
    #[account(mut)]
    pub attester: Stored<Attester>,
    /// The network's roster.
    #[account(mut, constraint = is_at(&roster.network, network.address()) @ E::WrongNetwork)]
    pub roster: Stored<AttesterRoster>,
}

/// Takes a free place of the roster with a bond that waits, or, where no place is free, aims anew at the one
/// with the smallest bond (score-roster-3). Signer: the owner. Refuses: while paused; one that holds a place
/// or has retired; less than the least bond; where no place is free, a bond that does not exceed the smallest
/// by more than 5 %.
pub fn handle_aim_attester(ctx: &mut Context<AimAttester>) -> Result<()> {
    let AimAttester { network, attester, roster, .. } = &mut ctx.accounts;
    attester.aim(network, roster, now_ts()?)?;
    emit_sought(attester, roster);
    Ok(())
}
