//! The active set: places, trees, signs of life, maintenance.

use crate::Address;

events! { place:
    /// A provider declared maintenance.
    MaintenanceDeclared {
        /// The provider.
        provider: Address,
        /// From then. Unix seconds.
        from_ts: i64,
        /// For so long.
        secs: u32,
    }
    /// An operator gave a sign of life.
    HeartbeatNoted {
        /// The provider.
        provider: Address,
        /// The epoch.
        epoch: u32,
        /// The window, of sixteen.
        window: u32,
    }
    /// A work tree was adopted.
    TreeAdopted {
        /// The network.
        network: Address,
        /// The tree.
        tree: Address,
        /// See `TreeKind`.
        kind: u8,
    }
    /// A provider took a place.
    PlaceTaken {
        /// The provider.
        provider: Address,
        /// The place.
        index: u16,
        /// First epoch.
        from_epoch: u32,
    }
    /// A candidate joined the queue for a place.
    QueueJoined {
        /// The candidate.
        provider: Address,
        /// Its number.
        number: u64,
        /// How many wait, itself included.
        waiting: u64,
    }
    /// The head of the queue got a place, which `PlaceTaken` names, or was passed.
    QueueMoved {
        /// The candidate.
        provider: Address,
        /// Its number.
        number: u64,
        /// Whether it got a place.
        admitted: bool,
        /// How many wait now.
        waiting: u64,
    }
    /// A provider that did not keep its place up lost it.
    PlaceVacated {
        /// The provider.
        provider: Address,
        /// The place.
        index: u16,
        /// Its state now: a candidate's, or still in jail.
        state: u8,
        /// The first epoch in which it is not its own.
        until_epoch: u32,
    }
    /// A place was challenged.
    PlaceChallenged {
        /// The candidate.
        candidate: Address,
        /// The incumbent.
        incumbent: Address,
        /// The swap may follow from then on, unless a pause comes between. Unix seconds.
        due_ts: i64,
        /// The challenge lapses then, unless a pause comes between. Unix seconds.
        lapses_ts: i64,
    }
    /// A challenged place changed hands, or the challenge fell.
    PlaceSwapped {
        /// The candidate.
        candidate: Address,
        /// The incumbent.
        incumbent: Address,
        /// The place.
        index: u16,
        /// Whether it changed hands.
        swapped: bool,
    }
}
