//! What work was done, and what was emitted for it.

/// What a provider did in an epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Units of work that attesters see.
    pub units: u64,
    /// Burned of its fees. Base units.
    pub burned: u64,
}

/// What an epoch emitted, as foretold. Base units.
#[derive(Clone, Copy, Debug)]
pub struct Emitted {
    /// What its rate makes.
    pub whole: u64,
    /// The same once it has given way to fees.
    pub less_fees: u64,
    /// Emitted in all.
    pub emitted: u64,
    /// What it gives way to.
    pub fees_taken: u64,
}
