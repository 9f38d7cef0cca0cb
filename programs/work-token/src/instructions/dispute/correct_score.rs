use {
    crate::{instructions::common::*, stored::Stored},
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::ScoreCorrected,
        math::Epoch,
        state::{Dispute, Network, Provider, dispute_flags},
    },
};

#[derive(Accounts)]
pub struct CorrectScore {
    /// The network.
    #[account(address = dispute.network @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The provider.
    #[account(mut, address = dispute.provider @ E::WrongProvider)]
    pub provider: Stored<Provider>,
    /// The dispute about its score.
    #[account(mut)]
    pub dispute: Stored<Dispute>,
}

/// Sets the score that a jury found wrong to neutral. Stake, reputation and every other epoch stay as they are (R M25).
/// Signer: anybody. Refuses: a dispute that found no score wrong; a second time; once the epoch is finalized or the provider weighed for it.
pub fn handle_correct_score(ctx: &mut Context<CorrectScore>) -> Result<()> {
    let CorrectScore { network, provider, dispute } = &mut ctx.accounts;
    if !dispute.corrects_score() {
        return Err(E::WrongDispute.into());
    }
    if dispute.has(dispute_flags::CORRECTED) {
        return Err(E::EpochFinal.into());
    }
    let epoch = Epoch(dispute.offence_epoch);
    if epoch < network.next_to_finalize(network.epoch_at(now_ts()?)) {
        return Err(E::EpochFinal.into());
    }
    provider.correct_score(epoch)?;
    dispute.flags |= dispute_flags::CORRECTED;
    emit!(ScoreCorrected { dispute: *dispute.address(), provider: *provider.address(), epoch: epoch.0 });
    Ok(())
}
