//! The part of the delegators' rewards that the provider keeps: it may fall at once and rise only after
//! notice.

use crate::units::Bps;

/// No commission is ever higher: 50 %.
pub const MAX_COMMISSION: Bps = Bps(5_000);
/// One announcement raises by at most this: 5 percentage points.
pub const MAX_COMMISSION_STEP: Bps = Bps(500);

/// When an announced commission takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// From the present epoch on: it does not rise.
    AtOnce,
    /// From the first epoch that begins after the notice.
    AfterNotice,
}

/// Why an announcement is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommissionError {
    /// Above [`MAX_COMMISSION`].
    AboveMaximum,
    /// More than [`MAX_COMMISSION_STEP`] above the present one.
    StepTooLarge,
}

/// Judges an announcement against the commission in force.
/// - Refuses: more than [`MAX_COMMISSION`]; a rise by more than [`MAX_COMMISSION_STEP`].
pub fn announce(present: Bps, announced: Bps) -> Result<Change, CommissionError> {
    if announced > MAX_COMMISSION {
        return Err(CommissionError::AboveMaximum);
    }
    if announced <= present {
        return Ok(Change::AtOnce);
    }
    if announced.saturating_sub(present) > MAX_COMMISSION_STEP {
        return Err(CommissionError::StepTooLarge);
    }
    Ok(Change::AfterNotice)
}
