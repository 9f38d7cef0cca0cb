use crate::prelude::*;

use work_token_interface::math::reward::of_emission;
use work_token_interface::math::snapshot;

#[derive(Accounts)]
pub struct SweepEpoch {
    /// The network; what the epoch left joins its next emission.
    #[account(mut, constraint = is_at(network.address(), &pool.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The epoch.
    #[account(mut)]
    pub pool: Stored<EpochPool>,
}

/// Returns what an epoch emitted and could not hand out to the next emission, by reason (R M9). An epoch that
/// was never finalized emitted nothing; the burned and the treasury's parts of fees that it was handed leave
/// with the next epoch finalized (R C8).
/// Signer: anybody. Refuses: before nine epochs have passed; a second time.
pub fn handle_sweep_epoch(ctx: &mut Context<SweepEpoch>) -> Result<()> {
    let SweepEpoch { network, pool } = &mut ctx.accounts;
    require(pool.state != EpochState::Swept as u8, E::AlreadySwept)?;
    require(snapshot::can_sweep(Epoch(pool.epoch), network.epoch_at(now_ts()?)), E::TooEarlyToSweep)?;
    let undistributed = pool.undistributed();
    let unsettled_weight = pool.total_weight.saturating_sub(pool.settled_weight);
    let expired = of_emission(Amount(pool.emission), unsettled_weight, pool.total_weight).min(undistributed);
    let reclaimed = Amount(pool.reclaimed).min(undistributed.saturating_sub(expired));
    let attesters = Amount(pool.attester_emission.saturating_sub(pool.attester_paid));
    let rounding = undistributed.saturating_sub(expired).saturating_sub(reclaimed).saturating_sub(attesters);
    network.carried = network.carried.saturating_add(undistributed.0);
    if pool.state == EpochState::Open as u8 {
        // The providers no longer carry them, and a finalized epoch has already burned and paid its own.
        network.burn_due = network.burn_due.saturating_add(core::mem::take(&mut pool.burn_due));
        network.treasury_due = network.treasury_due.saturating_add(core::mem::take(&mut pool.treasury_due));
    }
    pool.state = EpochState::Swept as u8;
    emit!(EpochSwept {
        network: *network.address(),
        epoch: pool.epoch,
        expired: expired.0,
        no_eligible_shares: reclaimed.0,
        rounding: rounding.0,
        attesters: attesters.0,
        carried: network.carried,
    });
    Ok(())
}
