//! The phases of a dispute, how it can end, and how long each phase lasts.

use crate::outage::most_outage_secs;

/// Where a dispute stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Phase {
    /// The provider may answer.
    #[default]
    Answer = 0,
    /// A jury is drawn.
    Draw = 1,
    /// Its jurors commit to votes.
    Commit = 2,
    /// They reveal them.
    Reveal = 3,
    /// There is a verdict; an appeal can be funded.
    Appeal = 4,
    /// The arbiter may rule.
    Arbiter = 5,
    /// It is over.
    Decided = 6,
}

impl Phase {
    /// From its byte; none that is unknown lets anybody act.
    pub const fn from_byte(byte: u8) -> Self {
        match byte {
            0 => Self::Answer,
            1 => Self::Draw,
            2 => Self::Commit,
            3 => Self::Reveal,
            4 => Self::Appeal,
            5 => Self::Arbiter,
            _ => Self::Decided,
        }
    }
}

/// How a dispute ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Outcome {
    /// It has not.
    #[default]
    Pending = 0,
    /// Nobody answered: executed as claimed.
    Silent = 1,
    /// Withdrawn before the answer.
    Withdrawn = 2,
    /// Withdrawn after it.
    Conceded = 3,
    /// A fault was found.
    Upheld = 4,
    /// None was found.
    Dismissed = 5,
    /// The last jury was divided in halves.
    Tied = 6,
    /// No jury came to a verdict, and the arbiter was silent.
    Undecided = 7,
}

impl Outcome {
    /// From its byte; none that is unknown convicts anybody.
    pub const fn from_byte(byte: u8) -> Self {
        match byte {
            0 => Self::Pending,
            1 => Self::Silent,
            2 => Self::Withdrawn,
            3 => Self::Conceded,
            4 => Self::Upheld,
            5 => Self::Dismissed,
            6 => Self::Tied,
            _ => Self::Undecided,
        }
    }
}

/// Sides of the appeals against one verdict.
pub const SIDES: usize = 4;

/// Who pays for an appeal. There are two appeals against one verdict, each with who appeals and who defends
/// it: challengers appeal for more, the provider for less. So who is content with the verdict loses nothing
/// because another on its own side is not (dispute-appeal-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Side {
    /// Challengers, appealing for a higher severity.
    Challenger = 0,
    /// The provider, appealing for a lower one.
    Provider = 1,
    /// Challengers, defending the verdict against the provider.
    ChallengerDefence = 2,
    /// The provider, defending it against challengers.
    ProviderDefence = 3,
}

impl Side {
    /// All of them, in order.
    pub const ALL: [Self; SIDES] = [Self::Challenger, Self::Provider, Self::ChallengerDefence, Self::ProviderDefence];

    /// From its byte.
    pub fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL.get(usize::from(byte)).copied()
    }

    /// Who appeals where this side pays: itself, or whom it defends the verdict against.
    pub fn appellant(self) -> Self {
        match self {
            Self::Challenger | Self::ProviderDefence => Self::Challenger,
            Self::Provider | Self::ChallengerDefence => Self::Provider,
        }
    }
}

/// How long each phase lasts. Seconds of work time, copied when the dispute is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Clocks {
    /// To answer.
    pub answer: u32,
    /// To draw a jury.
    pub draw: u32,
    /// To commit votes.
    pub commit: u32,
    /// To reveal them.
    pub reveal: u32,
    /// To fund an appeal; the losing side only in the first half.
    pub appeal: u32,
    /// For the arbiter.
    pub arbiter: u32,
}

impl Clocks {
    /// The longest dispute: answer, three rounds with their appeals, one fresh jury, the arbiter
    /// (dispute-time-1). Work time: outages come on top.
    pub fn longest_secs(&self) -> u64 {
        let jury = [self.draw, self.commit, self.reveal].into_iter().map(u64::from).fold(0, u64::saturating_add);
        let round = jury.saturating_add(u64::from(self.appeal));
        [round, round, round, jury, u64::from(self.answer), u64::from(self.arbiter)]
            .into_iter()
            .fold(0, u64::saturating_add)
    }

    /// The longest dispute in unix time, with every outage that can be recorded meanwhile (dispute-time-1).
    pub fn longest_with_outages_secs(&self) -> u64 {
        let work_secs = self.longest_secs();
        work_secs.saturating_add(most_outage_secs(work_secs))
    }
}

/// Why an action is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MachineError {
    /// The dispute is in another phase, or the phase's time has passed.
    WrongPhase,
    /// It was answered.
    AlreadyAnswered,
    /// A raised claim is higher than the present one, at most 5.
    NotRaised,
    /// A vote is for nothing higher than the claim.
    VoteTooHigh,
    /// The side cannot fund an appeal now: an appellant only in the first half, and none beyond its part.
    NotFundable,
    /// The arbiter confirms what a jury found; where none did, it dismisses, or confirms what was claimed up
    /// to its own most.
    NotARuling,
}
