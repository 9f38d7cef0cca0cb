//! What became of a provider's draws and seats, and why it has no weight.

use crate::{
    limits::UNSCORED_GRACE_EPOCHS,
    math::Epoch,
    state::{
        EpochRecord, Network, Provider, ProviderState,
        provider::{SKIP_REASONS, record_flags},
    },
};

/// What became of a provider's draws and seats in an epoch. Neither score nor weight reads it, because it can
/// be bought from either side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SeatCounts {
    /// The epoch.
    pub epoch: u32,
    /// How often its leaf was drawn.
    pub drawn: u16,
    /// How often it was then skipped, by [`SkipReason`], from 1.
    ///
    /// [`SkipReason`]: crate::state::SkipReason
    pub skips: [u16; SKIP_REASONS],
    /// Seats of strangers' jobs that it did and that were paid.
    pub done: u16,
    /// Seats that it declined.
    pub declined: u16,
    /// Seats whose time to accept it let pass.
    pub passed: u16,
    /// Seats that it accepted and neither submitted nor revealed in time.
    pub failed: u16,
    /// Meters that it stopped itself before they had ended.
    pub stopped: u16,
}

/// Why a provider has no weight in an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoWeight {
    /// It has no place of the active set.
    NoPlace,
    /// Its place begins with the next epoch, or it came out of jail within this one.
    NotYet,
    /// It is jailed.
    Jailed,
    /// It has retired, or was expelled.
    Leaving,
    /// Its own stake is below the minimum, and its grace is over.
    BelowMinimum,
    /// It had no own stake when the epoch began.
    NoStake,
    /// All its stake is own stake that asked to leave within the epoch, taken back or not.
    StakeLeft,
    /// Nobody scored it, and its grace without a score is over.
    Unscored,
    /// Its score is zero.
    ScoreZero,
}

/// The counts of every epoch that the provider remembers, the newest first.
pub(super) fn seat_counts(provider: &Provider) -> Vec<SeatCounts> {
    let kept = provider.records.iter().filter(|record| record.flags & record_flags::KEPT != 0);
    let mut counts: Vec<SeatCounts> = kept.map(counts_of).collect();
    counts.sort_unstable_by_key(|counts| core::cmp::Reverse(counts.epoch));
    counts
}

fn counts_of(record: &EpochRecord) -> SeatCounts {
    SeatCounts {
        epoch: record.epoch,
        drawn: record.drawn,
        skips: record.skips,
        done: record.done,
        declined: record.declined,
        passed: record.passed,
        failed: record.failed,
        stopped: record.stopped,
    }
}

/// Why a touched provider has no weight in the present epoch, as far as can be said before it is weighed.
pub(super) fn without_weight(network: &Network, provider: &Provider, now: Epoch) -> Option<NoWeight> {
    let record = provider.record(now)?;
    let is = |state: ProviderState| provider.state == state as u8;
    if record.flags & record_flags::ELIGIBLE == 0 {
        return Some(if is(ProviderState::Jailed) {
            NoWeight::Jailed
        } else if is(ProviderState::Retiring) || is(ProviderState::Tombstoned) {
            NoWeight::Leaving
        } else if is(ProviderState::Candidate) {
            NoWeight::NoPlace
        } else if provider.underbonded_since_ts != 0 {
            NoWeight::BelowMinimum
        } else {
            NoWeight::NotYet
        });
    }
    if record.own_staked == 0 {
        return Some(NoWeight::NoStake);
    }
    if record.own_kept == 0 && record.delegated_staked == 0 {
        return Some(NoWeight::StakeLeft);
    }
    let is_measured = network.params.is_scored();
    let is_scored = record.flags & record_flags::SCORED != 0;
    if is_measured && !is_scored && provider.reputation.unscored_epochs >= UNSCORED_GRACE_EPOCHS {
        return Some(NoWeight::Unscored);
    }
    (is_measured && provider.reputation.score_ppm == 0).then_some(NoWeight::ScoreZero)
}
