//! Reports of an attester, from a file.

use {
    crate::{
        chain::Session,
        failure::{Failure, Result},
        foreseen::refused,
        piped,
        text::number,
    },
    std::{
        collections::{BTreeMap, BTreeSet},
        mem::offset_of,
        path::Path,
    },
    work_token_sdk::{
        AttesterAddresses, Pubkey, ShardAddresses, WorkTokenError as E,
        commit::Reports,
        limits::SHARD_PROVIDERS,
        math::{Shares, minifloat::MOST, score::MAX_METRICS},
        state::{Delegation, Provider, ScoreShard},
    },
};

/// Reads reports: each value once. Units of work, of the metric at `units`, are amounts.
pub fn read(file: &Path, shard: &ShardAddresses, units: Option<usize>) -> Result<Reports> {
    let text = piped::read_text(file);
    let text = text.map_err(|error| Failure::Usage(format!("{}: {error}", file.display())))?;
    let mut reports = Reports::new();
    for (line_number, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let wrong = |why: String| Failure::Usage(format!("{}:{}: {why}", file.display(), line_number + 1));
        let expected = || {
            let units = units.map_or_else(String::new, |metric| {
                format!("; of metric {metric} `place,metric,units` with at most {MOST} units")
            });
            wrong(format!(
                "`place,metric,bps` is expected, a place of shard {}, a metric below {MAX_METRICS} and at most 10,000 bps{units}",
                shard.number
            ))
        };
        let (place, metric, value) = parse(line, shard.number).ok_or_else(expected)?;
        if reports.get(place, metric).is_some() {
            return Err(wrong("this metric of this place stands above already".to_owned()));
        }
        let set = match u16::try_from(value) {
            _ if units == Some(metric) => reports.set_units(place, metric, value),
            Ok(bps) => reports.set(place, metric, bps),
            Err(_) => Err(E::ReportOutOfBounds),
        };
        set.map_err(|_| expected())?;
    }
    Ok(reports)
}

fn parse(line: &str, shard: u16) -> Option<(usize, usize, u64)> {
    let mut fields = line.split(',').map(str::trim);
    let place: usize = number(fields.next()?)?;
    let (metric, value) = (number(fields.next()?)?, number(fields.next()?)?);
    let is_of = place / SHARD_PROVIDERS == usize::from(shard) && fields.next().is_none();
    is_of.then_some((place % SHARD_PROVIDERS, metric, value))
}

/// Refuses reports of which a part could never count: of a metric that nobody reports, of a place that
/// nobody has, of a provider that the attester must not report on; and such that say nothing, which cannot be
/// revealed. Who must report on nobody else of the shard may report on whom it must not: silence is fined,
/// and the value counts as none.
pub fn require_useful(
    session: &Session,
    attester: &AttesterAddresses,
    shard: &ScoreShard,
    reports: &Reports,
) -> Result<()> {
    let network = &attester.network.network;
    let pool = session.client().epoch(network, shard.epoch)?;
    let pool = pool.ok_or_else(|| Failure::Failed(format!("epoch {} is not open", shard.epoch)))?;
    let taken: BTreeMap<usize, (Pubkey, Provider)> = session
        .client()
        .providers(network)?
        .into_iter()
        .filter_map(|(key, provider)| Some((shard.row_in(&provider)?, (key, provider))))
        .collect();
    let barred = barred(session, attester, shard, &taken)?;
    let may_report = taken.keys().any(|place| !barred.contains(place));
    let (mut says, mut wrong) = (false, Vec::new());
    for place in 0..SHARD_PROVIDERS {
        for metric in (0..MAX_METRICS).filter(|metric| reports.get(place, *metric).is_some()) {
            says = true;
            let index = usize::from(shard.shard) * SHARD_PROVIDERS + place;
            if !pool.score_rules.metrics[metric].is_reported() {
                wrong.push(format!("metric {metric} of place {index}: nobody reports this metric"));
            } else if !taken.contains_key(&place) {
                wrong.push(format!("place {index}: no provider had it in epoch {}", shard.epoch));
            } else if may_report && barred.contains(&place) {
                wrong
                    .push(format!("place {index}: you own its provider or stand behind it, and must not report on it"));
            }
        }
    }
    wrong.dedup();
    if !wrong.is_empty() {
        return Err(Failure::Failed(format!("this could never count; leave it out: {}", wrong.join("; "))));
    }
    if says { Ok(()) } else { Err(refused(E::NothingReported)) }
}

/// Places of providers that the attester owns or stands behind, or was seen to.
fn barred(
    session: &Session,
    attester: &AttesterAddresses,
    shard: &ScoreShard,
    taken: &BTreeMap<usize, (Pubkey, Provider)>,
) -> Result<BTreeSet<usize>> {
    let of_attester = (offset_of!(Delegation, delegator), attester.owner);
    let positions = session.client().list::<Delegation>(&[of_attester])?;
    let behind: BTreeSet<Pubkey> = positions
        .into_iter()
        .filter(|(_, position)| position.total_shares() > Shares::ZERO)
        .map(|(_, position)| position.provider)
        .collect();
    let opinion = shard.opinion_of(&attester.owner).and_then(|index| shard.opinions.get(index));
    let is_barred = |place: usize, key: &Pubkey, provider: &Provider| {
        provider.owner == attester.owner
            || behind.contains(key)
            || opinion.is_some_and(|opinion| opinion.is_masked(place))
    };
    let places = taken.iter().filter(|(place, (key, provider))| is_barred(**place, key, provider));
    Ok(places.map(|(place, _)| *place).collect())
}
