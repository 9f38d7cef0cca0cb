//! One ballot of a jury.

use crate::{Address, WorkTokenError as E};

/// Life of a ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum BallotState {
    /// The juror was drawn.
    Drawn = 0,
    /// It committed to a vote.
    Committed = 1,
    /// It revealed it.
    Revealed = 2,
    /// It may not judge: its lock is lost and its vote does not count.
    Excluded = 3,
}

account! {
    /// A ballot of a jury and its vote. Each ballot of a jury has its own lock, also when one juror is drawn
    /// twice; on several juries one lock stands for all (jury-fine-2).
    pub struct Ballot {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// Index of the jury in its dispute.
        pub jury: u8,
        /// Index of the ballot in its jury.
        pub index: u8,
        /// See `BallotState`.
        pub state: u8,
        /// The severity voted for, once revealed.
        pub vote: u8,
        /// 1 for the juror's first ballot on the jury.
        pub is_first: u8,
        /// Unused.
        pub padding: u8,
        /// The network.
        pub network: Address,
        /// The dispute.
        pub dispute: Address,
        /// The juror's account.
        pub juror: Address,
        /// The juror's owner, who votes.
        pub owner: Address,
        /// Who paid this account's rent and gets it back.
        pub payer: Address,
        /// What the ballot binds of the juror's lock. Base units.
        pub lock: u64,
        /// The commitment.
        pub commitment: [u8; 32],
    }
}

impl Ballot {
    /// What became of it.
    pub fn state(&self) -> BallotState {
        match self.state {
            0 => BallotState::Drawn,
            1 => BallotState::Committed,
            2 => BallotState::Revealed,
            _ => BallotState::Excluded,
        }
    }

    /// Refuses a ballot in another state.
    pub fn require(&self, state: BallotState, error: E) -> Result<(), E> {
        if self.state == state as u8 { Ok(()) } else { Err(error) }
    }

    /// Whether it was revealed and counts.
    pub fn is_revealed(&self) -> bool {
        self.state == BallotState::Revealed as u8
    }
}
