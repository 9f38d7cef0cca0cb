use crate::prelude::*;

#[derive(Accounts)]
pub struct RetireAttester {
    /// Who attests.
    #[account(constraint = is_at(owner.address(), &attester.owner) @ E::WrongAttester)]
    pub owner: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &attester.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The attester.
    #[account(mut)]
    pub attester: Stored<Attester>,
    /// The network's roster.
    #[account(mut)]
    pub roster: Stored<AttesterRoster>,
}

/// Leaves the roster, for good, from the next epoch on: reports that it was drawn for, or is until then, are
/// still owed (score-roster-5). Signer: the owner. Refuses: a second time.
pub fn handle_retire_attester(ctx: &mut Context<RetireAttester>) -> Result<()> {
    let RetireAttester { owner, network, attester, roster } = &mut ctx.accounts;
    require_at(&roster.network, network.address(), E::WrongNetwork)?;
    let now_ts = now_ts()?;
    attester.retire(roster, network.epoch_at(now_ts), now_ts)?;
    let (network, owner, bond) = (*network.address(), *owner.address(), attester.bond);
    emit!(AttesterLeft { network, owner, bond, displaced_by: Address::default() });
    Ok(())
}
