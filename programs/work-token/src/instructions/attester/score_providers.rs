extern crate alloc;

use {
    super::mask_report::place_in,
    crate::{
        instructions::{common::*, crank::provider_batch::require_batch},
        stored::Stored,
    },
    alloc::vec::Vec,
    anchor_lang::prelude::*,
    work_token_interface::{
        WorkTokenError as E,
        events::{ProvidersScored, ScoredProvider},
        math::{Epoch, panel::Panel, score::MAX_METRICS},
        state::{EpochPool, EpochState, Network, Provider, ScoreShard, Terms},
    },
};

#[derive(Accounts)]
pub struct ScoreProviders {
    /// The network.
    #[account(address = pool.network @ E::WrongNetwork)]
    pub network: Stored<Network>,
    /// The epoch.
    #[account(mut)]
    pub pool: Stored<EpochPool>,
    /// The shard of the epoch that the providers have their seats in; none where nothing is attested, or nobody was seated.
    #[account(mut)]
    pub shard: Option<UncheckedAccount>,
}

/// Scores 1 to 24 providers, the remaining accounts, for an epoch that has ended: medians of what the shard's attesters reported, and what the chain
/// knows by itself. A provider that is scored, weighed, of another shard, or that nobody reported a metric of, is skipped: it keeps its last score
/// for two epochs (MD 4.2). The same holds for all of them while there is no shard, or less than two thirds of its bonds were revealed.
/// Signer: anybody. Rounds: medians to the lower of two.
/// Refuses: a network that measures nothing; before the reveal window has passed; once the epoch is finalized; a shard of another network or
/// epoch; an account that is no provider of this network.
pub fn handle_score_providers(ctx: &mut Context<ScoreProviders>) -> Result<()> {
    let providers = ctx.remaining_accounts()?;
    let ScoreProviders { network, pool, shard } = &mut ctx.accounts;
    require_batch(&providers)?;
    if !network.params.is_scored() {
        return Err(E::NotScored.into());
    }
    let terms = network.terms(now_ts()?);
    if pool.state != EpochState::Open as u8 {
        return Err(E::AlreadyFinalized.into());
    }
    if terms.now_ts < pool.weigh_from_ts {
        return Err(E::WeighNotOpen.into());
    }
    let mut judges = None;
    if network.params.is_attested() {
        judges = usable_shard(network, pool, shard, &terms)?;
        if judges.is_none() {
            return Ok(());
        }
    }

    let points_of =
        |judges: &Option<(Stored<ScoreShard>, Panel)>| judges.as_ref().map_or(0, |(shard, _)| shard.weighted_points());
    let points_before = points_of(&judges);
    let mut scored = Vec::with_capacity(providers.len());
    for view in &providers {
        scored.extend(score_one(*view, (network, &terms), pool, judges.as_mut())?);
    }
    let earned = points_of(&judges).saturating_sub(points_before);
    pool.attester_points = pool.attester_points.saturating_add(earned);
    pool.scored = pool.scored.saturating_add(u32::try_from(scored.len()).unwrap_or(0));
    if !scored.is_empty() {
        emit!(ProvidersScored { network: *network.address(), epoch: pool.epoch, providers: scored });
    }
    Ok(())
}

/// The epoch's shard, once its reveals are over; `None` when it was never made, or has no quorum.
fn usable_shard(
    network: &Stored<Network>,
    pool: &EpochPool,
    shard: &Option<UncheckedAccount>,
    terms: &Terms,
) -> Result<Option<(Stored<ScoreShard>, Panel)>> {
    let Some(shard) = shard.as_ref().filter(|shard| shard.account().data_len() > 0) else { return Ok(None) };
    let shard = Stored::<ScoreShard>::writable(*shard.account())?;
    require_same(&shard.network, network.address(), E::WrongShard)?;
    if shard.epoch != pool.epoch {
        return Err(E::WrongShard.into());
    }
    if network.work_ts(terms.now_ts) < shard.reveal_until_ts {
        return Err(E::RevealStillOpen.into());
    }
    Ok(shard.panel().filter(|_| shard.has_quorum()).map(|panel| (shard, panel)))
}

/// Scores one provider, unless there is nothing to do.
#[inline(never)]
fn score_one(
    view: AccountView,
    (network, terms): (&Stored<Network>, &Terms),
    pool: &mut EpochPool,
    judges: Option<&mut (Stored<ScoreShard>, Panel)>,
) -> Result<Option<ScoredProvider>> {
    let mut provider = Stored::<Provider>::writable(view)?;
    require_in_network(&provider, network)?;
    touch(&mut provider, terms);
    let (epoch, params) = (Epoch(pool.epoch), &network.params);
    if !provider.awaits_score(epoch) {
        return Ok(None);
    }
    let mut medians = [None; MAX_METRICS];
    if let Some((shard, panel)) = judges {
        let place = place_in(shard, &provider);
        let judged = place.and_then(|place| shard.judge(panel, place, &params.metrics, params.attester_tolerance_bps));
        let Some(of_shard) = judged else { return Ok(None) };
        medians = of_shard;
    }
    Ok(provider.score(epoch, params, &medians).map(|newly| ScoredProvider {
        provider: *provider.address(),
        values_bps: newly.values_bps,
        composite_ppm: newly.composite.0,
        score_ppm: newly.score.0,
        reputation_ppm: newly.reputation.0,
        tier: newly.tier,
    }))
}
