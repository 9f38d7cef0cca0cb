use {
    crate::{
        create::{canonical_bump, create, rent},
        instructions::common::now_ts,
        stored::Stored,
    },
    anchor_lang::prelude::*,
    pinocchio::cpi::Seed,
    work_token_interface::{
        WorkTokenError as E,
        events::EpochOpened,
        math::{Epoch, snapshot},
        seeds,
        state::{EpochPool, Network},
    },
};

#[derive(Accounts)]
pub struct OpenEpoch {
    /// Pays the rent and gets it back when the epoch is closed.
    #[account(mut)]
    pub payer: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The epoch, at its canonical address.
    #[account(mut)]
    pub pool: UncheckedAccount,
    /// Creates the account.
    pub system_program: Program<System>,
}

/// Opens an epoch that has ended, so that its providers can be weighed. Copies the rules under which that happens.
/// Signer: anybody. Refuses: an epoch that has not ended, or that ended more than eight epochs ago.
pub fn handle_open_epoch(ctx: &mut Context<OpenEpoch>, epoch: u32) -> Result<()> {
    let OpenEpoch { payer, network, pool, .. } = &mut ctx.accounts;
    let clock = network.clock();
    if !snapshot::can_open(Epoch(epoch), clock.epoch_at(now_ts()?)) {
        return Err(E::EpochNotOpenable.into());
    }
    let starts_at_ts = clock.starts_at_ts(Epoch(epoch)).ok_or(E::ArithmeticOverflow)?;
    let ends_at_ts = clock.starts_at_ts(Epoch(epoch).next()).ok_or(E::ArithmeticOverflow)?;

    let number_seed = epoch.to_le_bytes();
    let bump = canonical_bump(pool.account(), &[seeds::EPOCH, network.address().as_ref(), &number_seed])?;
    let bump_seed = [bump];
    create(
        payer.account(),
        pool.account(),
        &rent()?,
        (EpochPool::SIZE, &crate::ID),
        &[
            Seed::from(seeds::EPOCH),
            Seed::from(network.address().as_ref()),
            Seed::from(&number_seed),
            Seed::from(&bump_seed),
        ],
    )?;
    let mut pool = Stored::<EpochPool>::created(*pool.account());
    let params = &network.params;
    pool.bump = bump;
    pool.network = *network.address();
    pool.payer = *payer.address();
    pool.epoch = epoch;
    pool.vesting_epochs = params.vesting_epochs;
    pool.starts_at_ts = starts_at_ts;
    pool.ends_at_ts = ends_at_ts;
    pool.weigh_from_ts = ends_at_ts.saturating_add(i64::from(params.reveal_secs));
    pool.weigh_secs = params.weigh_secs;
    // Not the last epoch's stake: whoever alone is weighed in one epoch would set the base for the next.
    pool.stake_before = network.largest_stake().0;
    pool.keeper_cap = params.keeper_cap;
    pool.weigh_bounty = params.weigh_bounty;
    pool.settle_bounty = params.settle_bounty;
    pool.finalize_bounty = params.finalize_bounty;
    pool.leverage = params.leverage;
    pool.share_cap_ppm = params.share_cap_ppm;
    pool.tier_bps = params.tier_bps;
    pool.flags = network.pool_flags();

    emit!(EpochOpened { network: *network.address(), epoch, weigh_from_ts: pool.weigh_from_ts });
    Ok(())
}
