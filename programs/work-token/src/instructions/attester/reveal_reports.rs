use {
    super::mask_report::place_in,
    crate::{
        hash::sha256,
        instructions::common::*,
        stored::{Stored, is_owned_by},
    },
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        commitments::ReportsCommitment,
        events::ReportsRevealed,
        state::{Attester, Network, Provider, REPORT_BYTES, ScoreShard},
    },
};

#[derive(Accounts)]
pub struct RevealReports {
    /// Who attests.
    #[account(constraint = is_at(owner.address(), &attester.owner) @ E::WrongAttester)]
    pub owner: Signer,
    /// The network.
    #[account(constraint = is_at(network.address(), &attester.network) @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The attester.
    pub attester: Stored<Attester>,
    /// The shard.
    #[account(mut)]
    pub shard: Stored<ScoreShard>,
    /// The address that the attester's own provider has or would have.
    #[account(constraint = is_at(own_provider.address(), &attester.own_provider) @ E::WrongProvider)]
    pub own_provider: UncheckedAccount,
}

/// Reveals an attester's reports about a shard: values by provider and metric, little-endian, 65,535 for
/// none. What it says of its own provider, or of one that it was seen to delegate to, counts as none and
/// spoils nothing else (W7).
/// Signer: the attester. Refuses: before the epoch's end and after the reveal window; reports that are not those committed to, or were revealed;
/// a value above 10,000 bps; no report at all.
pub fn handle_reveal_reports(
    ctx: &mut Context<RevealReports>,
    values: &[u8; REPORT_BYTES],
    salt: &[u8; 32],
) -> Result<()> {
    let RevealReports { owner, network, shard, own_provider, .. } = &mut ctx.accounts;
    require_same(&shard.network, network.address(), E::WrongShard)?;
    let (_, work_ts) = work_now(network)?;
    let (index, commitment) = shard.revealing(owner.address(), work_ts)?;
    let content = ReportsCommitment {
        network: network.address(),
        shard: shard.address(),
        epoch: &shard.epoch.to_le_bytes(),
        attester: owner.address(),
        values,
        salt,
    };
    if sha256(&content.parts()) != *commitment {
        return Err(E::CommitmentBroken.into());
    }

    if is_owned_by(own_provider.account(), &crate::ID) {
        let own = Stored::<Provider>::load(*own_provider.account())?;
        if let Some(place) = place_in(shard, &own) {
            shard.mask(index, place);
        }
    }
    shard.reveal(index, values)?;
    emit!(ReportsRevealed { shard: *shard.address(), attester: *owner.address() });
    Ok(())
}
