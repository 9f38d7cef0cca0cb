//! What somebody committed to open, and what becomes of its deposit.

use crate::{
    math::WorkTs,
    state::{DisputeOpening, Lapsed, Network},
};

/// A commitment at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpeningView {
    /// What it deposited. Base units.
    pub deposit: u64,
    /// When it committed: what counts for the window, for priority and for which locks judge. Unix seconds.
    pub committed_ts: i64,
    /// What it committed to can be opened before then. An outage that is recorded later moves it. Unix
    /// seconds.
    pub until_ts: i64,
    /// Whether it still can. Afterwards anybody may let it lapse: `lapse_opening`.
    pub can_be_opened: bool,
    /// What returns of the deposit when it lapses. Base units.
    pub lapse_returns: u64,
    /// What burns of it then. Base units.
    pub lapse_burns: u64,
}

/// A commitment at a time.
pub fn opening_view(network: &Network, opening: &DisputeOpening, now_ts: i64) -> OpeningView {
    let Lapsed { returned, burned } = opening.lapsed();
    OpeningView {
        deposit: opening.deposit,
        committed_ts: opening.committed_ts,
        until_ts: network.unix_ts(WorkTs(opening.until_work_ts())),
        can_be_opened: opening.require_in_time(network.work_ts(now_ts)).is_ok(),
        lapse_returns: returned,
        lapse_burns: burned,
    }
}
