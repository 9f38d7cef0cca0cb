//! One jury: its ballots, its votes, and its verdict.

/// The highest severity of a fault; 0 dismisses.
pub const MAX_SEVERITY: u8 = 5;
/// From this severity on juries are larger: 7, 15 and 31 ballots instead of 3, 7 and 15 (jury-size-1).
const LARGE_FROM: u8 = 4;

stored! {
    $
    /// A jury's ballots and votes.
    pub struct Jury, jury_fields {
        /// Round that it judges, from 1; 0 when it does not exist.
        pub round: u8 as u8,
        /// How many ballots it has.
        pub size: u8 as u8,
        /// Ballots whose draw is over: filled, or left empty.
        pub drawn: u8 as u8,
        /// Ballots with a juror.
        pub filled: u8 as u8,
        /// Votes committed.
        pub committed: u8 as u8,
        /// Votes revealed, less those of jurors that were excluded.
        pub revealed: u8 as u8,
        /// Votes by severity; 0 dismisses.
        pub tally: [u8; 6] as [u8; 6],
        /// 1 once it came to a verdict: a third of its ballots revealed.
        pub decided: u8 as u8,
        /// Ballots settled of jurors that did not reveal.
        pub absent: u8 as u8,
        /// Unused.
        pub padding: [u8; 2] as [u8; 2],
    }
}

/// Ballots of the juries of the three rounds, for a claim of a severity.
pub fn sizes(severity: u8) -> [u8; 3] {
    if severity >= LARGE_FROM { [7, 15, 31] } else { [3, 7, 15] }
}

/// Whether enough of the ballots voted: a third (jury-verdict-2).
pub fn quorum(size: u8, revealed: u8) -> bool {
    size > 0 && u16::from(revealed).saturating_mul(3) >= u16::from(size)
}

/// The severity that at least half of the votes do not exceed: exactly half for dismissing dismisses. Robust:
/// one vote moves it by one place.
pub fn lower_median(tally: &[u8; 6]) -> u8 {
    let all = tally.iter().fold(0u16, |sum, votes| sum.saturating_add(u16::from(*votes)));
    let mut seen = 0u16;
    for (severity, votes) in (0u8..).zip(tally) {
        seen = seen.saturating_add(u16::from(*votes));
        if seen > 0 && seen.saturating_mul(2) >= all {
            return severity;
        }
    }
    0
}

impl Jury {
    /// A jury that is to be drawn.
    pub fn new(round: u8, size: u8) -> Self {
        Self { round, size, ..Self::default() }
    }

    /// Whether it came to a verdict.
    #[inline]
    pub fn is_decided(&self) -> bool {
        self.decided != 0
    }

    /// Whether exactly half of the votes dismiss: a tie, which dismisses and which either side may appeal
    /// (jury-verdict-1).
    pub fn is_tied(&self) -> bool {
        let [dismissing, ..] = self.tally;
        self.revealed > 0 && u16::from(dismissing).saturating_mul(2) == u16::from(self.revealed)
    }

    /// The severity that it found.
    pub fn verdict(&self) -> u8 {
        lower_median(&self.tally)
    }

    /// Votes on the side of a final severity: those that dismissed, or those that did not.
    pub fn coherent(&self, severity: u8) -> u8 {
        let [dismissing, ..] = self.tally;
        if severity == 0 { dismissing } else { self.revealed.saturating_sub(dismissing) }
    }
}
