use crate::prelude::*;

use work_token_interface::commitments;

#[derive(Accounts)]
pub struct DrawAttesters {
    /// Pays the rent and gets it back when the shard is closed.
    #[account(mut)]
    pub payer: Signer,
    /// The network.
    pub network: Stored<Network>,
    /// The present epoch; counts its shards.
    #[account(mut, constraint = is_at(&pool.network, network.address()) @ E::WrongNetwork)]
    pub pool: Stored<EpochPool>,
    /// The network's roster.
    pub roster: Stored<AttesterRoster>,
    /// The shard of the present epoch, at its canonical address.
    #[account(mut)]
    pub shard: UncheckedAccount,
    /// Creates the account.
    pub system_program: Program<System>,
}

/// Draws at most fifteen attesters for a shard of the present epoch: by bond, without repetition, from the
/// roster as it was when the epoch began, by the epoch's seed (score-draw-1, score-roster-5). They alone can
/// commit, and each owes its reports from now on, by the rules that the epoch began with (score-rules-1).
/// Signer: anybody. Refuses: an epoch in which nothing is attested, or another than the present; before the
/// seed is captured; in the second half of the epoch, or whoever draws them late has them all fined; a shard
/// without a taken place, for the same reason; a second time; when nobody can be drawn.
pub fn handle_draw_attesters(ctx: &mut Context<DrawAttesters>, shard: u16) -> Result<()> {
    let DrawAttesters { payer, network, pool, roster, shard: account, .. } = &mut ctx.accounts;
    require_at(&roster.network, network.address(), E::WrongNetwork)?;
    let now_ts = now_ts()?;
    let (epoch, seed) = (Epoch(pool.epoch), network.seed_of_shard(pool, shard, now_ts)?);

    let mut stored = open_shard(payer, network, account, (epoch, shard))?;
    stored.draw(pool, roster, |shard_and_draw| sha256(&commitments::attester(seed, shard_and_draw)))?;

    let attesters: Vec<Address> = stored.drawn().iter().map(|opinion| opinion.attester).collect();
    emit!(AttestersDrawn { network: *network.address(), epoch: epoch.0, shard, attesters });
    Ok(())
}

#[inline(never)]
fn open_shard(
    payer: &Signer,
    network: &Stored<Network>,
    account: &UncheckedAccount,
    (epoch, shard): (Epoch, u16),
) -> Result<Stored<ScoreShard>> {
    let (epoch_seed, shard_seed) = (epoch.0.to_le_bytes(), shard.to_le_bytes());
    let address = network.address();
    let mut stored = Stored::<ScoreShard>::create_canonical(
        payer,
        account,
        &rent()?,
        [seeds::SCORES, address.as_ref(), &epoch_seed, &shard_seed],
    )?;
    stored.shard = shard;
    stored.epoch = epoch.0;
    stored.network = *address;
    stored.payer = *payer.address();
    Ok(stored)
}
