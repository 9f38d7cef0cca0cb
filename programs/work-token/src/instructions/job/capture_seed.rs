use crate::prelude::*;

use super::escrow::pay_job_bounty;
use super::seating::emit_seed;
use crate::slot_hashes::{Found, first_at_or_after};

#[derive(Accounts)]
pub struct CaptureSeed {
    /// Cranks, and is paid the bounty.
    pub keeper: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &job.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The job.
    #[account(mut)]
    pub job: Stored<Job>,
    /// The list of recent slot hashes.
    pub slot_hashes: UncheckedAccount,
    /// Where the draw fee lies.
    #[account(mut, constraint = is_at(escrow_vault.address(), &network.vaults.escrow) @ E::WrongVault)]
    pub escrow_vault: UncheckedAccount,
    /// A token account of the keeper, or none.
    #[account(mut)]
    pub keeper_account: Option<UncheckedAccount>,
    /// The work token.
    #[account(constraint = is_at(mint.address(), &network.mint) @ E::WrongMint)]
    pub mint: UncheckedAccount,
    /// The network's token program.
    #[account(constraint = is_at(token_program.address(), &network.token_program) @ E::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Keeps the seed of a job: the hash of the first existing slot from the armed one on, before the list of
/// hashes forgets it. One that was forgotten is armed once more; after that any eligible provider may take
/// the job (job-draw-2). Signer: a keeper, paid out of the draw fee. Refuses: before the slot has come; a
/// seed that is captured or given up.
pub fn handle_capture_seed(ctx: &mut Context<CaptureSeed>) -> Result<()> {
    let CaptureSeed { keeper, network, job, slot_hashes, escrow_vault, keeper_account, mint, .. } = &mut ctx.accounts;
    job.require_unseeded()?;
    let decided = match first_at_or_after(slot_hashes, job.seed_slot)? {
        Found::Hash(seed) => job.capture(seed),
        Found::Lost => {
            let clock = Clock::get()?;
            job.rearm(clock.slot, network.epoch_at(clock.unix_timestamp))
        }
        Found::NotYet => return Err(E::SeedSlotNotReached.into()),
    };
    pay_job_bounty(Till::of(network, mint), job, escrow_vault, (keeper, keeper_account));
    emit_seed(job, decided);
    Ok(())
}
