use crate::prelude::*;

#[derive(Accounts)]
pub struct OpenEpoch {
    /// Pays the rent and gets it back when the epoch is closed.
    #[account(mut)]
    pub payer: Signer,
    /// The network; remembers that the epoch is open.
    #[account(mut)]
    pub network: Stored<Network>,
    /// The epoch, at its canonical address.
    #[account(mut)]
    pub pool: UncheckedAccount,
    /// Creates the account.
    pub system_program: Program<System>,
}

/// Opens an epoch from its first second on. Its account carries the rules under which it began: everything
/// that weighing, scoring, finalizing and settling use. Parameters and classes change only while the
/// running epoch and every earlier one that can still be opened is open (network-params-6). Signer:
/// anybody. Refuses: an epoch that has not begun, or that ended more than eight epochs ago.
pub fn handle_open_epoch(ctx: &mut Context<OpenEpoch>, epoch: u32) -> Result<()> {
    let OpenEpoch { payer, network, pool, .. } = &mut ctx.accounts;
    let now = network.epoch_at(now_ts()?);
    let rules = network.open_epoch(Epoch(epoch), now)?;

    let number_seed = epoch.to_le_bytes();
    let mut pool = Stored::<EpochPool>::create_canonical(
        payer,
        pool,
        &rent()?,
        [seeds::EPOCH, network.address().as_ref(), &number_seed],
    )?;
    pool.network = *network.address();
    pool.payer = *payer.address();
    pool.begin(epoch, &rules, &network.params, network.most_bounty());

    emit!(EpochOpened { network: *network.address(), epoch, weigh_from_work_ts: pool.weigh_from_work_ts });
    Ok(())
}
