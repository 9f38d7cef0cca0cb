//! What time it is: unix seconds, and work time, which stands still while the chain does.

use crate::prelude::*;

/// Unix seconds.
#[inline(never)]
pub fn now_ts() -> Result<i64> {
    now_ts_in_place()
}

/// The same without a call, where the budget is tight.
#[inline(always)]
pub fn now_ts_in_place() -> Result<i64> {
    Ok(Clock::get()?.unix_timestamp)
}

/// Unix seconds and work time, as if what is recordable of an outage had been recorded. For what refuses the
/// late; what profits from a deadline that has passed records first, by [`cross`].
#[inline(never)]
pub fn work_now(network: &Network) -> Result<(i64, WorkTs)> {
    let clock = Clock::get()?;
    Ok((clock.unix_timestamp, network.work_now(clock.slot, clock.unix_timestamp)))
}

/// Records what is recordable of an outage, then gives unix seconds and work time: nobody loses a deadline
/// because nobody has recorded one yet (network-outage-2).
#[inline(never)]
pub fn cross(network: &mut Stored<Network>) -> Result<(i64, WorkTs)> {
    let clock = Clock::get()?;
    Ok((clock.unix_timestamp, cross_at(network, &clock)))
}

/// The same for who asks the clock for more: gives work time.
#[inline(always)]
pub fn cross_at(network: &mut Stored<Network>, clock: &Clock) -> WorkTs {
    let now_ts = clock.unix_timestamp;
    if let Some(secs) = network.record_due(clock.slot, now_ts) {
        emit!(OutageRecorded { network: *network.address(), secs, outage_secs: network.outages.secs });
    }
    network.work_ts(now_ts)
}
