//! Attesters, their roster, and the shards that they report on.

mod attester;
mod attesters;
mod canaries;
mod metric;
mod roster;
mod shard;

pub use attester::{Attester, NO_PLACE};
pub use attesters::{Due, Paid};
pub use canaries::CanarySets;
pub use metric::{Metric, MetricSource};
pub use roster::{AttesterDraw, AttesterRoster, RosterEntry, RosterTime};
pub use shard::{NO_REPORT, Opinion, OpinionState, REPORT_BYTES, ScoreShard};
