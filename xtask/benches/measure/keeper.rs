//! What a keeper asks a node for in a large network.

use anyhow::{Result, anyhow, ensure};
use work_token_localnet::large::{Copied, LOTS, POSITIONS, PROVIDERS, large};
use work_token_xtask::bench::measure::Reading;

/// Measures what one look reads: where nothing is due, where everybody is to be settled, where lots are.
pub fn readings() -> Result<Vec<Reading>> {
    let (mut chain, network) = large(PROVIDERS, POSITIONS);
    let mut rows = Vec::new();
    let mut look = |chain: &Copied, what: &str, all: bool, expected: (&str, usize)| -> Result<()> {
        chain.cost();
        let due = work_token_cli::due(chain, &network, all).map_err(|why| anyhow!("{what}: {why}"))?;
        let (requests, bytes) = chain.cost();
        let (step, count) = expected;
        ensure!(due.get(step).copied().unwrap_or(0) == count, "{what}: {expected:?} is due, and it finds {due:?}");
        rows.push(Reading { what: what.to_owned(), requests: requests as u64, bytes: bytes as u64 });
        Ok(())
    };
    let settling = ("settle", PROVIDERS.div_ceil(24));
    look(&chain, "an epoch to settle", false, settling)?;
    look(&chain, "an epoch to settle, looking for everything", true, settling)?;
    chain.settle_all();
    look(&chain, "nothing is due", false, ("settle", 0))?;
    chain.earn();
    look(&chain, &format!("{LOTS} lots to activate, looking for everything"), true, ("activate", LOTS))?;
    Ok(rows)
}
