//! A claim, the disputes that joined it, and what a ticket lists of it.

use super::num::Kept;

/// Disputes of a claim that have an entry of their own but for the last, which is all that join beyond.
pub const ENTRIES: usize = 15;
/// A claim shrinks this long after its end. Seconds.
pub const CLOSE_AFTER: i64 = 30 * 86_400;

/// One dispute of a claim, from when on it held stake. By pool.
#[derive(Clone, Debug, PartialEq)]
pub struct Joined {
    pub dispute: usize,
    /// What had stayed of each pool by then.
    pub kept: [Kept; 2],
    /// Executed of its slash, by those who stayed and those who left together.
    pub executed: [u64; 2],
    /// In how many parts.
    pub parts: [u64; 2],
    /// What its slash takes in all, once no veto comes any more.
    pub certain: Option<[u64; 2]>,
    pub ended: bool,
}

/// A claim on a provider's stake.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claim {
    /// Disputes that were opened in it.
    pub opened: usize,
    /// Those that have not ended.
    pub open: usize,
    pub joined: Vec<Joined>,
    /// Held of each pool, while it is open.
    pub claimed: [u64; 2],
    /// When the last of them ended. Unix seconds.
    pub ended_at: i64,
    /// Until when it takes a dispute beyond the fourteenth if another claim does. Unix seconds.
    pub joinable_until: i64,
    /// Whether its provider still lists it.
    pub is_listed: bool,
    /// Entries that its account has room for.
    pub entries: usize,
}

/// What a ticket answers for of one claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub number: u32,
    /// The most that it pays.
    pub part: u64,
    /// What each dispute that had joined had executed by then.
    pub before: Vec<u64>,
}

impl Claim {
    /// The entry of the dispute that joins next.
    pub fn entry(joined: usize) -> usize {
        joined.min(ENTRIES - 1)
    }

    /// Whether a ticket that left when so many had joined can be settled.
    pub fn is_over_for(&self, had_joined: usize) -> bool {
        let answers = if had_joined >= ENTRIES { self.joined.len() } else { had_joined };
        self.open == 0 || self.joined[..answers].iter().all(|dispute| dispute.ended || dispute.certain.is_some())
    }

    /// How many entries tickets are still charged by.
    pub fn charged_entries(&self) -> usize {
        let charged = |joined: &Joined| joined.executed.iter().any(|executed| *executed > 0);
        self.joined.iter().rposition(charged).map_or(0, |last| Self::entry(last) + 1)
    }
}
