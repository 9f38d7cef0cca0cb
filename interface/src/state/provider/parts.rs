//! What a provider's account consists of.

use crate::{
    Address,
    math::{GENERATION_RING, INDEX_RING, Pool},
};

/// Reasons for which a drawn provider is skipped.
pub const SKIP_REASONS: usize = 9;
/// Upheld faults that a provider remembers.
pub const OFFENCES: usize = 8;

of_math!(pool_fields, StakePool, Pool);

part! {
    /// The index at which a generation of the delegated pool ended.
    pub struct GenerationEnd {
        /// The generation that ended, plus one; 0 when the entry is empty.
        pub generation_plus_one: u32,
        /// Unused.
        pub padding: u32,
        /// Its last reward index, Q64.64.
        pub reward_index_x64: [u8; 16],
    }
}

part! {
    /// Rewards of the delegated pool.
    pub struct RewardState {
        /// Rewards per share since the beginning, Q64.64.
        pub reward_index_x64: [u8; 16],
        /// What the last division left, in 2^-64 base units.
        pub remainder_x64: u64,
        /// Distributed and not yet claimed. Base units.
        pub owed: u64,
        /// First epoch that is not settled; every earlier one is in the index or was passed.
        pub unsettled_epoch: u32,
        /// Unused.
        pub padding: u32,
        /// Index at the end of the last 16 settled epochs, by epoch modulo 16.
        pub index_ends_x64: [[u8; 16]; INDEX_RING as usize],
        /// Indexes at which the last four generations ended, by generation modulo 4.
        pub generation_ends: [GenerationEnd; GENERATION_RING as usize],
    }
}

part! {
    /// What open disputes claim from the two pools. Empty when `claim` is 0.
    pub struct Reservation {
        /// Number of the claim, from 1.
        pub claim: u32,
        /// Own rewards of the epochs from this one on stop vesting.
        pub frozen_from_epoch: u32,
        /// Claimed from the own pool and still in it, booked in full even beyond what the pool holds.
        pub own: u64,
        /// Claimed from the delegated pool and still in it.
        pub delegated: u64,
        /// What its disputes executed of the own pool's stake that is still there, but for those of the last
        /// entry. Base units.
        pub own_executed: u64,
        /// The same of the delegated pool.
        pub delegated_executed: u64,
        /// The same of the own pool, by the disputes of the last entry.
        pub own_last_executed: u64,
        /// The same of the delegated pool.
        pub delegated_last_executed: u64,
        /// Own rewards of those epochs whose places in the ring were needed. Base units.
        pub frozen: u64,
        /// Since when they do not vest. Unix seconds.
        pub frozen_since_ts: i64,
        /// Another dispute joins its last entry until then, if another claim takes it. Unix seconds.
        pub joinable_until_ts: i64,
        /// The last of those epochs.
        pub frozen_until_epoch: u32,
        /// Disputes that were opened in it.
        pub opened: u16,
        /// Disputes of it that ever held stake.
        pub joined: u16,
    }
}

part! {
    /// What was upheld of one epoch. Empty when `epoch_plus_one` is 0.
    pub struct Offence {
        /// Epoch of the verdict, plus one.
        pub epoch_plus_one: u32,
        /// Epoch of the fault.
        pub fault_epoch: u32,
        /// Its severity.
        pub severity: u8,
        /// Unused.
        pub padding: [u8; 3],
    }
}

part! {
    /// What a provider added last to the network's convictions of a severity. Empty when `epoch_plus_one` is
    /// 0.
    pub struct LastConviction {
        /// Epoch of the verdict, plus one.
        pub epoch_plus_one: u32,
        /// Unused.
        pub padding: u32,
        /// Its stake. Base units.
        pub stake: u64,
    }
}

part! {
    /// A provider's stake at the beginning of an epoch, and what the epoch brought.
    pub struct EpochRecord {
        /// The epoch.
        pub epoch: u32,
        /// Commission of the epoch.
        pub commission_bps: u16,
        /// See `record_flags`.
        pub flags: u16,
        /// Own principal, unbonding included: base of slashes.
        pub own_total: u64,
        /// Delegated principal, unbonding included: base of slashes.
        pub delegated_total: u64,
        /// Own principal that is not leaving.
        pub own_staked: u64,
        /// The least of it that stayed all through the epoch: only that earns the own part of the epoch's
        /// emission.
        pub own_kept: u64,
        /// Delegated principal that is not leaving.
        pub delegated_staked: u64,
        /// Delegated shares that share the epoch's reward; falls when one of them leaves before it is
        /// settled.
        pub delegated_shares: u64,
        /// Weight, once weighed.
        pub weight: u64,
        /// Fees of jobs settled in the epoch, the provider's part.
        pub fees: u64,
        /// Burned fees of jobs settled in the epoch for clients other than the owner; once weighed, what of
        /// them comes back. Base units.
        pub burned: u64,
        /// Units of work: once scored, as reported; once weighed, those that count.
        pub units: u64,
        /// The epoch's end. Unix seconds.
        pub ends_at_ts: i64,
        /// Score of the epoch, once scored. Millionths.
        pub score_ppm: u32,
        /// Declared maintenance in the epoch. Seconds.
        pub maintenance_secs: u32,
        /// How long own rewards of the epoch take to become free. Seconds.
        pub vesting_secs: u32,
        /// Leverage cap of the epoch.
        pub leverage: u16,
        /// Index of the place that the provider had in the epoch, plus one; 0 without one.
        pub place_plus_one: u16,
        /// Windows of the epoch with a sign of life.
        pub heartbeats: u16,
        /// Windows of the epoch that declared maintenance covers wholly.
        pub excused: u16,
        /// How often its leaf was drawn.
        pub drawn: u16,
        /// Seats of strangers' jobs that it did and that were paid. This and the counts below are shown and
        /// decide nothing (job-count-1, job-count-2).
        pub done: u16,
        /// Seats drawn for it that it declined.
        pub declined: u16,
        /// Seats drawn for it whose time to accept it let pass.
        pub passed: u16,
        /// Seats that it accepted and neither submitted nor revealed in time.
        pub failed: u16,
        /// Meters that it stopped itself before they had ended.
        pub stopped: u16,
        /// How often it was drawn and skipped, by `SkipReason`, from 1.
        pub skips: [u16; SKIP_REASONS],
        /// Tier of the epoch.
        pub tier: u8,
        /// Unused.
        pub padding: [u8; 5],
    }
}

part! {
    /// A provider's place: its index in the work tree, and in which epochs it is its own.
    pub struct Place {
        /// Index of the leaf.
        pub index: u16,
        /// Unused.
        pub padding: u16,
        /// First epoch.
        pub from_epoch: u32,
        /// First epoch in which it is not; `u32::MAX` while the place is held, 0 when there never was one.
        pub until_epoch: u32,
        /// Unused.
        pub padding_2: u32,
    }
}

part! {
    /// A candidate's challenge for a place. Empty when `due_grace_ts` is 0. Its times are unix time less
    /// pauses, so that it stands still in a pause.
    pub struct PlaceChallenge {
        /// The provider whose place is challenged.
        pub incumbent: Address,
        /// The swap may follow from then on: the beginning of the second epoch after the challenge. Seconds.
        pub due_grace_ts: i64,
        /// The challenge lapses then: at the end of that epoch. Seconds.
        pub lapse_grace_ts: i64,
    }
}

part! {
    /// A candidate's wait for a place, and since when a place is held in jail.
    pub struct PlaceWait {
        /// Its number in the network's queue, until that has had its turn; 0 without one.
        pub number: u64,
        /// 1 once the number is lost.
        pub is_lost: u32,
        /// The epoch in which it was jailed, plus one; 0 while it is not.
        pub jailed_epoch_plus_one: u32,
    }
}

part! {
    /// One epoch's own reward on its way to the owner. Empty when `amount` is 0.
    pub struct VestingEntry {
        /// The epoch that earned it.
        pub epoch: u32,
        /// How long it takes to become free. Seconds.
        pub duration_secs: u32,
        /// When that begins: the epoch's end. Unix seconds.
        pub starts_at_ts: i64,
        /// The whole. Base units.
        pub amount: u64,
        /// What was already paid. Base units.
        pub taken: u64,
    }
}

part! {
    /// A declared absence.
    pub struct DeclaredMaintenance {
        /// The declared maintenance begins. Unix seconds.
        pub from_ts: i64,
        /// It ends. Unix seconds.
        pub until_ts: i64,
        /// No other can be declared before this epoch.
        pub allowed_epoch: u32,
        /// Unused.
        pub padding: u32,
    }
}

part! {
    /// What a provider's work binds, and what of its fees is on its way.
    pub struct WorkBooks {
        /// Own stake that open seats bind. Base units.
        pub exposure: u64,
        /// Burned fees of settled jobs, on their way to an epoch. In the reward vault. Base units.
        pub burn_due: u64,
        /// The treasury's part of settled fees, on its way. In the reward vault. Base units.
        pub treasury_due: u64,
    }
}

part! {
    /// What a provider's work is worth, by its score.
    pub struct Reputation {
        /// Last score, in millionths; the initial reputation before the first, neutral (1,000,000) in
        /// networks without metrics.
        pub score_ppm: u32,
        /// Reputation in millionths, times 4096.
        pub value_x12: u32,
        /// First epoch that was not scored.
        pub unscored_from_epoch: u32,
        /// Epochs weighed without a score since the last one.
        pub unscored_epochs: u8,
        /// Level; index into the network's tier multipliers.
        pub tier: u8,
        /// Unused.
        pub padding: [u8; 2],
    }
}

part! {
    /// What a provider was found guilty of.
    pub struct FaultRecord {
        /// Upheld faults, one for each faulty epoch. Another takes the place of an expired one, else of the
        /// mildest, else of the oldest.
        pub offences: [Offence; OFFENCES],
        /// What it added last to the network's convictions, by severity, from 3 on.
        pub convictions: [LastConviction; 3],
        /// Epoch of the last verdict that found one, plus one; 0 before the first.
        pub last_epoch_plus_one: u32,
        /// Unused.
        pub padding: u32,
    }
}

part! {
    /// What was deposited for a provider in its answered disputes.
    pub struct CounterBond {
        /// Deposited against the challengers of answered disputes. In the escrow vault. Base units.
        pub bond: u64,
        /// Who deposited it and gets it back.
        pub bonder: Address,
    }
}

part! {
    /// A provider's disputes and claims, and what they left behind.
    pub struct DisputeCounts {
        /// Disputes whose outcome was not yet applied.
        pub open: u32,
        /// Claims that were ever made.
        pub claims: u32,
        /// Disputes about its conduct that were ever opened.
        pub conduct: u32,
        /// First epoch in which it can leave jail; meaningless unless it is jailed.
        pub jailed_until_epoch: u32,
        /// Answered disputes whose outcome was not yet applied: the counter-bond stays for them.
        pub answered: u32,
        /// When the arbiter convicted it last without a jury, plus one; 0 before. Epoch.
        pub ruled_epoch_plus_one: u32,
    }
}
