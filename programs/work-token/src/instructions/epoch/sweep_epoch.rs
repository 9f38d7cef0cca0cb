use crate::prelude::*;

#[derive(Accounts)]
pub struct SweepEpoch {
    /// The network; what the epoch left joins its next emission.
    #[account(mut, constraint = is_at(network.address(), &pool.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The epoch.
    #[account(mut)]
    pub pool: Stored<EpochPool>,
}

/// Returns what an epoch emitted and could not hand out to the next emission, by reason (epoch-sweep-1). An
/// epoch that was never finalized emitted nothing; the burned and the treasury's parts of fees that it was
/// handed leave with the next epoch finalized (epoch-sweep-1). Signer: anybody. Refuses: before nine epochs
/// have passed; a second time.
pub fn handle_sweep_epoch(ctx: &mut Context<SweepEpoch>) -> Result<()> {
    let SweepEpoch { network, pool } = &mut ctx.accounts;
    let now = network.epoch_at(now_ts()?);
    let swept = network.sweep(pool, now)?;
    emit!(EpochSwept {
        network: *network.address(),
        epoch: pool.epoch,
        expired: swept.expired.0,
        no_eligible_shares: swept.reclaimed.0,
        rounding: swept.rounding.0,
        attesters: swept.attesters.0,
        carried: network.carried,
    });
    Ok(())
}
