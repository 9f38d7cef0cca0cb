//! What joins a realm to a network whose stake votes in it.

use super::{
    VotesError as V,
    limits::{MAX_LEAST_MAX_PPM, MAX_STANDING_SLOTS, MIN_LEAST_MAX_PPM},
};
use crate::{
    Address,
    limits::VOICE_SLACK_SECS,
    math::{Amount, Ppm, inertia::maximum_weight},
    state::Network,
};

value! {
    /// What a realm's authority sets.
    pub struct RegistrarTerms {
        /// Longest vote of the realm: voting time and cool-off. Seconds.
        pub longest_vote_secs: u32,
        /// How long a standing record stands; 0: records hold for a slot only. Slots.
        pub standing_slots: u32,
        /// Least maximum weight, in millionths of the supply.
        pub least_max_ppm: u32,
    }
}

account! {
    crate::votes::ID,
    /// What joins a realm to a network whose stake votes in it.
    pub struct Registrar {
        /// Layout version.
        pub version: u8,
        /// Canonical bump of this account's address.
        pub bump: u8,
        /// Unused.
        pub padding: [u8; 6],
        /// The network whose stake votes.
        pub network: Address,
        /// The realm.
        pub realm: Address,
        /// The work token, the realm's community token.
        pub mint: Address,
        /// The program that owns the realm.
        pub governance_program: Address,
        /// The record of the maximum weight.
        pub max_record: Address,
        /// What the realm's authority set.
        pub terms: RegistrarTerms,
        /// Unused.
        pub padding_2: u32,
        /// Zero; room for later versions.
        pub reserved: [u8; 32],
    }
}

impl Registrar {
    /// Sets the terms.
    /// - Refuses: a network whose stake has no voice; a longest vote beyond the network's, in which a voice
    ///   that passed to another voter would be heard again (vote-registrar-2); records that stand for more
    ///   than a day; a least maximum outside its bounds.
    pub fn set_terms(&mut self, terms: RegistrarTerms, network: &Network) -> Result<(), V> {
        let longest = network.params.longest_vote_secs;
        if longest == 0 {
            return Err(V::StakeHasNoVoice);
        }
        if terms.longest_vote_secs == 0 || terms.longest_vote_secs > longest {
            return Err(V::RealmVoteOutOfBounds);
        }
        if terms.standing_slots > MAX_STANDING_SLOTS {
            return Err(V::StandingOutOfBounds);
        }
        if terms.least_max_ppm < MIN_LEAST_MAX_PPM || terms.least_max_ppm > MAX_LEAST_MAX_PPM {
            return Err(V::LeastMaximumOutOfBounds);
        }
        self.terms = terms;
        Ok(())
    }

    /// How long a voice that grows waits: the longest vote, and the time that a record may stand. Seconds.
    #[inline]
    pub fn wait_secs(&self) -> i64 {
        i64::from(self.terms.longest_vote_secs).saturating_add(i64::from(VOICE_SLACK_SECS))
    }

    /// The maximum weight (vote-max-1).
    /// - Refuses: before an epoch with stake was finalized.
    pub fn maximum_weight(&self, network: &Network, supply: u64) -> Result<Amount, V> {
        if network.finalized_with_stake == 0 {
            return Err(V::NothingFinalized);
        }
        Ok(maximum_weight(network.largest_stake(), Amount(supply), Ppm(self.terms.least_max_ppm)))
    }
}
