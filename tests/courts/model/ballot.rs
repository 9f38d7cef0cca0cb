//! The ballots of a jury, and the draw that fills them.

use {
    super::court::{Court, Phase},
    crate::op::Who,
};

/// One ballot of a jury.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ballot {
    pub juror: Who,
    /// What it binds.
    pub lock: u64,
    /// Whether it is the juror's first on its jury.
    pub is_first: bool,
    pub state: BallotState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BallotState {
    Drawn,
    Committed(u8),
    Revealed(u8),
    Excluded,
}

/// How far the draw of a jury is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seed {
    #[default]
    None,
    /// The slot whose hash decides, and until which slot the arming is good.
    Armed(u64, u64),
    Known,
}

/// The draw of the present jury.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draw {
    /// Which jury, from 1; 0 before the first.
    pub of: usize,
    pub seed: Seed,
    /// The leaves that were drawn, and who had them.
    pub leaves: Vec<(u16, Who)>,
    /// How many leaves had been given by then.
    pub given: u64,
    pub called: usize,
    /// When it was armed. Unix seconds.
    pub armed_at: i64,
}

impl Draw {
    /// Where the draw of the present jury stands.
    pub fn seed(&self, court: &Court) -> Seed {
        let present = court.phase == Phase::Draw && self.of == court.juries.len();
        if present { self.seed } else { Seed::None }
    }
}
