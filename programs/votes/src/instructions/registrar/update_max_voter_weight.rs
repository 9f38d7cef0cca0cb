use crate::prelude::*;

#[derive(Accounts)]
pub struct UpdateMaxVoterWeight {
    /// The registrar.
    pub registrar: Stored<Registrar>,
    /// The network.
    #[account(constraint = is_at(network.address(), &registrar.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &registrar.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The record of the maximum weight.
    #[account(mut, constraint = is_at(max_record.address(), &registrar.max_record) @ V::WrongRecord)]
    pub max_record: UncheckedAccount,
}

/// Where the supply stands in a mint of either token program.
const SUPPLY: usize = 36;

/// Writes the maximum weight, for about a day: the largest stake of eight epochs, and no less than the
/// registrar's part of the supply (vote-max-1). Signer: anybody. Rounds: up. Refuses: before an epoch with
/// stake was finalized.
pub fn handle_update_max_voter_weight(ctx: &mut Context<UpdateMaxVoterWeight>) -> Result<()> {
    let UpdateMaxVoterWeight { registrar, network, mint, max_record } = &mut ctx.accounts;
    let supply = mint.try_borrow()?.get(SUPPLY..).and_then(|rest| rest.first_chunk()).copied();
    let supply = u64::from_le_bytes(supply.ok_or(E::WrongMint)?);
    let weight = registrar.maximum_weight(network, supply)?.0;
    let expiry_slot = Clock::get()?.slot.saturating_add(u64::from(MAX_STANDING_SLOTS));
    record::write_max(&mut max_record.account().clone().try_borrow_mut()?, weight, expiry_slot);
    emit!(MaxWeightUpdated { registrar: *registrar.address(), weight, expiry_slot });
    Ok(())
}
