use crate::prelude::*;

use crate::instructions::epoch::batch::require_batch;
use work_token_interface::math::panel::Panel;
use work_token_interface::state::provider::Measured;

#[derive(Accounts)]
pub struct ScoreProviders {
    /// The network; an outage is recorded first.
    #[account(mut, address = pool.network @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The epoch.
    #[account(mut)]
    pub pool: Stored<EpochPool>,
    /// The shard of the epoch that the providers have their places in, or its empty address where nobody was
    /// drawn; none where nothing is attested.
    #[account(mut)]
    pub shard: Option<UncheckedAccount>,
}

/// Whose reports score a batch.
#[expect(clippy::large_enum_variant, reason = "one lives at a time, in place: nothing is boxed on chain")]
enum Judges {
    /// Nothing is attested.
    None,
    /// Nobody: the shard of this number was never made.
    Nobody(u16),
    /// The attesters of a shard.
    Of(Stored<ScoreShard>, Panel),
}

/// Scores 1 to 24 providers, the remaining accounts, for an epoch that has ended: medians of what the shard's
/// attesters reported, and what the chain knows by itself. A metric without a value counts as the provider's
/// reputation (score-value-3). A provider that is scored, weighed, or of another shard is skipped. Signer:
/// anybody. Rounds: medians to the lower of two. Refuses: an epoch that measures nothing; before the reveal
/// window has passed; once the epoch is finalized; a shard of another network or epoch; where something is
/// attested, no shard, or an empty account at another address than that of the first place's; an account that
/// is no provider of this network.
pub fn handle_score_providers(ctx: &mut Context<ScoreProviders>) -> Result<()> {
    let providers = ctx.remaining_accounts()?;
    let ScoreProviders { network, pool, shard } = &mut ctx.accounts;
    require_batch(&providers)?;
    let (now_ts, work_ts) = cross(network)?;
    let terms = network.terms(now_ts);
    pool.require_scorable(work_ts)?;
    let mut judges = Judges::None;
    if pool.has(pool_flags::ATTESTED) {
        judges = judges_of(network, pool, shard, &providers)?;
    }
    let excused = network.noted_rules(Epoch(pool.epoch)).map_or(0, |rules| rules.excused);

    let points_of = |judges: &Judges| match judges {
        Judges::Of(shard, _) => shard.weighted_points(),
        _ => 0,
    };
    let points_before = points_of(&judges);
    let mut scored = Vec::with_capacity(providers.len());
    for view in &providers {
        score_one(*view, (network, &terms), (pool, excused), &mut judges, &mut scored)?;
    }
    let earned = points_of(&judges).saturating_sub(points_before);
    pool.note_scored(u32::try_from(scored.len()).unwrap_or(0), earned);
    if !scored.is_empty() {
        emit!(ProvidersScored { network: *network.address(), epoch: pool.epoch, providers: scored });
    }
    Ok(())
}

/// The attesters of the shard given. That there is none the caller has to show, by its canonical address with
/// nothing there: else whoever scores first would choose whether reports count. It is that of the first place
/// among the providers; those of other shards are skipped.
fn judges_of(
    network: &Stored<Network>,
    pool: &EpochPool,
    shard: &Option<UncheckedAccount>,
    providers: &[AccountView],
) -> Result<Judges> {
    let shard = shard.as_ref().ok_or(E::WrongShard)?.account();
    if shard.data_len() == 0 {
        return nobody(network, pool, shard, providers);
    }
    let shard = Stored::<ScoreShard>::writable(*shard)?;
    require_at(&shard.network, network.address(), E::WrongShard)?;
    require(shard.epoch == pool.epoch, E::WrongShard)?;
    let panel = shard.panel().ok_or(E::ArithmeticOverflow)?;
    Ok(Judges::Of(shard, panel))
}

#[inline(never)]
fn nobody(
    network: &Stored<Network>,
    pool: &EpochPool,
    shard: &AccountView,
    providers: &[AccountView],
) -> Result<Judges> {
    let mut place = None;
    for view in providers {
        place = place.or(Stored::<Provider>::load(*view)?.place_in(Epoch(pool.epoch)));
    }
    let place = place.ok_or(E::WrongShard)?;
    let number = ScoreShard::number_of(place);
    let seeds = [seeds::SCORES, network.address().as_ref(), &pool.epoch.to_le_bytes(), &number.to_le_bytes()];
    require_at(shard.address(), &canonical_address(&seeds)?, E::WrongShard)?;
    Ok(Judges::Nobody(number))
}

/// Scores one provider, unless there is nothing to do.
#[inline(never)]
fn score_one(
    view: AccountView,
    (network, terms): (&Stored<Network>, &Terms),
    (pool, excused): (&EpochPool, u16),
    judges: &mut Judges,
    scored: &mut Vec<ScoredProvider>,
) -> Result<()> {
    let mut provider = Stored::<Provider>::writable(view)?;
    require_in_network(&provider, network)?;
    touch(&mut provider, network, terms);
    let (epoch, rules) = (Epoch(pool.epoch), &pool.score_rules);
    if !provider.awaits_score(epoch) {
        return Ok(());
    }
    let mut measured = Measured { excused, ..Measured::default() };
    match judges {
        Judges::None => (),
        Judges::Nobody(number) => {
            if provider.place_in(epoch).map(ScoreShard::number_of) != Some(*number) {
                return Ok(());
            }
        }
        Judges::Of(shard, panel) => {
            // By the epoch's record, which is at hand: by the shard's epoch it would cost twenty units more.
            let row = provider.place_in(epoch).and_then(|place| shard.row_of(place));
            let Some(row) = row else { return Ok(()) };
            measured.medians = shard.judge(panel, row, rules);
            measured.units = shard.units_metric();
        }
    }
    if let Some(newly) = provider.score(epoch, rules, &measured) {
        scored.push(ScoredProvider {
            provider: *provider.address(),
            values_bps: newly.values_bps,
            valued: newly.valued,
            composite_ppm: newly.composite.0,
            score_ppm: newly.score.0,
            reputation_ppm: newly.reputation.0,
            tier: newly.tier,
        });
    }
    Ok(())
}
