//! How the model refuses.

/// Whether an operation is done, or why it is refused.
pub type Verdict = Result<(), &'static str>;

/// Refuses for a reason unless something holds.
pub fn require(holds: bool, reason: &'static str) -> Verdict {
    if holds { Ok(()) } else { Err(reason) }
}
