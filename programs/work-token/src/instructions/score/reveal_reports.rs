use crate::prelude::*;

use work_token_interface::commitments::ReportsCommitment;

#[derive(Accounts)]
pub struct RevealReports {
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
/// spoils nothing else (score-mask-1). Signer: anybody who knows reports and salt, so that no cold key is
/// needed twice. Refuses: before the epoch's end and after the reveal window; reports that are not those
/// committed to, or were revealed; a value above 10,000 bps; no report at all.
pub fn handle_reveal_reports(
    ctx: &mut Context<RevealReports>,
    values: &[u8; REPORT_BYTES],
    salt: &[u8; 32],
) -> Result<()> {
    let RevealReports { network, attester, shard, own_provider, .. } = &mut ctx.accounts;
    require_at(&shard.network, network.address(), E::WrongShard)?;
    let (_, work_ts) = work_now(network)?;
    let (index, commitment) = shard.revealing(&attester.owner, work_ts)?;
    let content = ReportsCommitment {
        network: network.address(),
        shard: shard.address(),
        epoch: &shard.epoch.to_le_bytes(),
        attester: &attester.owner,
        values,
        salt,
    };
    require(sha256(&content.parts()) == *commitment, E::CommitmentBroken)?;

    if is_owned_by(own_provider, &crate::ID) {
        let own = Stored::<Provider>::load(*own_provider.account())?;
        if let Some(place) = shard.row_in(&own) {
            shard.mask(index, place);
        }
    }
    shard.reveal(index, values)?;
    emit!(ReportsRevealed { shard: *shard.address(), attester: attester.owner });
    Ok(())
}
