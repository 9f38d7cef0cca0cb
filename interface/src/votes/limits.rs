//! Bounds of a registrar.

/// A record stands for at most so many slots, about a day; the maximum weight's stands as long
/// (vote-record-2).
pub const MAX_STANDING_SLOTS: u32 = 216_000;
/// The maximum weight is at least a tenth of the supply (vote-max-1).
pub const MIN_LEAST_MAX_PPM: u32 = 100_000;
/// And never more than all of it by this bound.
pub const MAX_LEAST_MAX_PPM: u32 = 1_000_000;
