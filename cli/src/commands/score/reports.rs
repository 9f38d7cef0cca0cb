//! Reports of an attester, from a file.

use {
    crate::failure::{Failure, Result},
    std::path::Path,
    work_token_sdk::{ShardAddresses, commit::Reports, limits::SHARD_PROVIDERS},
};

/// Reads reports. What the attester must not report on may stand among them: it counts as none.
pub fn read(file: &Path, shard: &ShardAddresses) -> Result<Reports> {
    let text = std::fs::read_to_string(file);
    let text = text.map_err(|error| Failure::Usage(format!("{}: {error}", file.display())))?;
    let mut reports = Reports::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let entered = parse(line, shard.number).and_then(|(place, metric, bps)| reports.set(place, metric, bps).ok());
        entered.ok_or_else(|| {
            Failure::Usage(format!(
                "{}:{}: `seat,metric,bps` is expected, a seat of shard {} and at most 10,000 bps",
                file.display(),
                number + 1,
                shard.number
            ))
        })?;
    }
    Ok(reports)
}

fn parse(line: &str, shard: u16) -> Option<(usize, usize, u16)> {
    let mut fields = line.split(',').map(str::trim);
    let seat: usize = fields.next()?.parse().ok()?;
    let (metric, bps) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    let is_of = seat / SHARD_PROVIDERS == usize::from(shard) && fields.next().is_none();
    is_of.then_some((seat % SHARD_PROVIDERS, metric, bps))
}
