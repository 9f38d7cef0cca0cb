//! On which terms stake votes in a realm.

use {
    crate::reply::{Value, facts},
    clap::Args,
    work_token_sdk::votes::{
        RegistrarTerms,
        limits::{MAX_LEAST_MAX_PPM, MAX_STANDING_SLOTS, MIN_LEAST_MAX_PPM},
    },
};

/// On which terms stake votes in a realm.
#[derive(Args, Clone, Copy, Debug)]
pub struct Terms {
    /// Longest voting time and cool-off together of any of its governances [default: as it is; at first the
    /// network's longest, or the voting time of the governance that is created with it]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    longest_vote_secs: Option<u32>,
    /// For how many slots a weight stands that was written before a vote; 0: it is written with each vote
    /// [default: as it is; 0 at first]
    #[arg(long, value_parser = clap::value_parser!(u32).range(..=i64::from(MAX_STANDING_SLOTS)))]
    standing_slots: Option<u32>,
    /// Thresholds are parts of the stake, and of so many millionths of the supply at least [default: as it
    /// is; 100000 at first]
    #[arg(
        long,
        value_parser = clap::value_parser!(u32).range(i64::from(MIN_LEAST_MAX_PPM)..=i64::from(MAX_LEAST_MAX_PPM))
    )]
    least_max_ppm: Option<u32>,
}

impl Terms {
    /// Those of a new realm.
    pub fn of_new(&self, longest_vote_secs: u32) -> RegistrarTerms {
        self.over(RegistrarTerms { longest_vote_secs, standing_slots: 0, least_max_ppm: MIN_LEAST_MAX_PPM })
    }

    /// Whether any is named.
    pub const fn are_named(&self) -> bool {
        self.longest_vote_secs.is_some() || self.standing_slots.is_some() || self.least_max_ppm.is_some()
    }

    /// The present ones with what is named.
    pub fn over(&self, present: RegistrarTerms) -> RegistrarTerms {
        RegistrarTerms {
            longest_vote_secs: self.longest_vote_secs.unwrap_or(present.longest_vote_secs),
            standing_slots: self.standing_slots.unwrap_or(present.standing_slots),
            least_max_ppm: self.least_max_ppm.unwrap_or(present.least_max_ppm),
        }
    }
}

/// Terms, as they are shown.
pub fn terms(terms: &RegistrarTerms) -> Value {
    facts!({
        "longest_vote_secs": terms.longest_vote_secs,
        "standing_slots": terms.standing_slots,
        "least_max_ppm": terms.least_max_ppm,
    })
}
