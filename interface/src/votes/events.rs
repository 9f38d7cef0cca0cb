//! What the add-in says happened.

use crate::Address;

events! { votes:
    /// A realm's registrar was created, or its terms were set.
    RegistrarSet {
        /// The registrar.
        registrar: Address,
        /// The realm.
        realm: Address,
        /// The network whose stake votes.
        network: Address,
        /// Longest vote: voting time and cool-off. Seconds.
        longest_vote_secs: u32,
        /// How long a standing record stands; 0: none does. Slots.
        standing_slots: u32,
        /// Least maximum weight, in millionths of the supply.
        least_max_ppm: u32,
    }
    /// A voter was created.
    VoterCreated {
        /// The voter.
        voter: Address,
        /// The registrar.
        registrar: Address,
        /// Who votes.
        holder: Address,
    }
    /// A position was added to its holder's voter.
    PositionAdded {
        /// The voter.
        voter: Address,
        /// The position.
        position: Address,
        /// What begins to wait: shares of a position that votes itself, base units of an owner's.
        waiting: u64,
        /// It counts from then on. Unix seconds.
        ripe_ts: i64,
    }
    /// A position was taken out of its holder's voter.
    PositionRemoved {
        /// The voter.
        voter: Address,
        /// The position.
        position: Address,
    }
    /// A voter's weight was written.
    WeightUpdated {
        /// The voter.
        voter: Address,
        /// The record.
        record: Address,
        /// What it weighs. Base units.
        weight: u64,
        /// The last slot in which the record holds.
        expiry_slot: u64,
    }
    /// A realm's maximum weight was written.
    MaxWeightUpdated {
        /// The registrar.
        registrar: Address,
        /// Base units.
        weight: u64,
        /// The last slot in which the record holds.
        expiry_slot: u64,
    }
    /// A voter was closed with its records.
    VoterClosed {
        /// The voter.
        voter: Address,
    }
}

#[cfg(not(feature = "anchor"))]
join! { [votes] }
