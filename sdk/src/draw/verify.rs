//! Whether a draw that happened was right (job-draw-7): against the tree of its epoch while that is kept,
//! against its event for ever.

use {
    super::SeatSeed,
    crate::{
        Pubkey,
        events::SeatDrawn,
        math::Epoch,
        state::{Assignment, Job, SeatState, Tree, assignment_flags, job_flags},
    },
    thiserror::Error,
};

/// A seat whose draw is verified.
#[derive(Clone, Copy, Debug)]
pub struct DrawnSeat<'a> {
    /// The job's address.
    pub job_address: &'a Pubkey,
    /// The job.
    pub job: &'a Job,
    /// The seat.
    pub assignment: &'a Assignment,
}

/// What a draw is verified against.
#[derive(Clone, Copy, Debug)]
pub enum Evidence<'a> {
    /// The tree, while it still holds the epoch: providers are recomputed.
    Tree(&'a Tree),
    /// The draw's event: numbers are recomputed, and the event is held against the seat. Which provider has
    /// which number only a tree can say.
    Event(&'a SeatDrawn),
    /// Both: every skip is recomputed too.
    Both(&'a Tree, &'a SeatDrawn),
}

/// A draw that is as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedDraw {
    /// Epoch of the tree.
    pub tree_epoch: u32,
    /// The tree's total; 0 when no leaf was looked at.
    pub total: u64,
    /// The leaves that were looked at, in order.
    pub leaves: Vec<VerifiedLeaf>,
    /// The provider that got the seat in this draw: that of the last leaf. `None` when nobody did, or when
    /// one took the seat itself.
    pub winner: Option<Pubkey>,
}

/// A leaf that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VerifiedLeaf {
    /// Its number among the leaves of the seat.
    pub leaf: u8,
    /// The number that it draws, below the total.
    pub number: u64,
    /// Seat of the active set; `None` without a tree.
    pub index: Option<u16>,
    /// The provider.
    pub provider: Pubkey,
    /// Why the provider did not get the seat: see `SkipReason`. `None` when it did, and without an event.
    pub reason: Option<u8>,
}

/// What is wrong with a draw.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum DrawMismatch {
    /// There is nothing to recompute it from.
    #[error(
        "the job has no seed: it is not captured, or was armed again since; verify the event with the seed that was captured then"
    )]
    NotSeeded,
    /// The event is about something else.
    #[error("the event is of another seat")]
    OtherSeat,
    /// The tree, or the event, is of another epoch.
    #[error("the seed is drawn from the tree of epoch {expected}, this is of epoch {found}")]
    OtherEpoch {
        /// The epoch in which the seed was armed.
        expected: u32,
        /// That of the tree or the event; `u32::MAX` for a tree that was never written.
        found: u32,
    },
    /// Nothing can be drawn.
    #[error("the tree has no weight")]
    NoWeight,
    /// Tree and event disagree.
    #[error("the event says a total of {said}, the tree has {found}")]
    WrongTotal {
        /// The event's.
        said: u64,
        /// The tree's.
        found: u64,
    },
    /// The event tells of leaves that the seat did not look at.
    #[error("the event ends at leaf {said}, the seat has looked at {looked_at}")]
    WrongLeaves {
        /// Leaves up to the event's last.
        said: u16,
        /// Leaves that the seat has looked at.
        looked_at: u8,
    },
    /// Somebody else was to be looked at.
    #[error("leaf {leaf} draws {drawn}, not {found}")]
    WrongProvider {
        /// The leaf.
        leaf: u8,
        /// Whom it draws.
        drawn: Pubkey,
        /// Who was looked at, or got the seat.
        found: Pubkey,
    },
}

/// The provider that has, or last had, the seat because it was drawn; `None` for one that took the seat
/// itself.
fn drawn_provider(assignment: &Assignment) -> Option<Pubkey> {
    let is_accepted = assignment.accepted_work_ts != 0 && assignment.flags & assignment_flags::TAKEN == 0;
    (assignment.state() == SeatState::Drawn || is_accepted).then_some(assignment.provider)
}

/// Recomputes the draw of a seat. With a tree alone all its leaves, or only the last when the seed was armed
/// a second time and so the leaves before may be of the first one. With an event the leaves that the event
/// tells of.
///
/// # Errors
///
/// The first difference.
pub fn verify_draw(seat: &DrawnSeat, evidence: Evidence) -> Result<VerifiedDraw, DrawMismatch> {
    if !seat.job.has(job_flags::SEEDED) {
        return Err(DrawMismatch::NotSeeded);
    }
    let (tree, event) = match evidence {
        Evidence::Tree(tree) => return verify_tree(seat, tree),
        Evidence::Event(event) => (None, event),
        Evidence::Both(tree, event) => (Some(tree), event),
    };
    require_epoch(seat.job, event.tree_epoch)?;
    let seed = SeatSeed::of(seat.job_address, seat.job, seat.assignment.seat);
    let verified = verify_event(&seed, event, tree)?;
    let said = u16::from(event.first_leaf) + verified.leaves.len() as u16;
    let looked_at = seat.assignment.leaves;
    if said > u16::from(looked_at) {
        return Err(DrawMismatch::WrongLeaves { said, looked_at });
    }
    let has_seat = drawn_provider(seat.assignment).filter(|_| said == u16::from(looked_at));
    match (verified.winner, verified.leaves.last(), has_seat) {
        (Some(drawn), Some(last), Some(found)) if drawn != found => {
            Err(DrawMismatch::WrongProvider { leaf: last.leaf, drawn, found })
        }
        _ => Ok(verified),
    }
}

/// Recomputes what an event tells, for a job that is closed or whose seed was armed again: the seed is that
/// of its `SeedDecided`.
///
/// # Errors
///
/// The first difference.
pub fn verify_event(seed: &SeatSeed, event: &SeatDrawn, tree: Option<&Tree>) -> Result<VerifiedDraw, DrawMismatch> {
    if event.job != *seed.job || event.seat != seed.seat {
        return Err(DrawMismatch::OtherSeat);
    }
    let winner = (event.provider != Pubkey::default()).then_some(event.provider);
    if winner.is_none() && event.skipped.is_empty() {
        // A silent provider lost the seat, or the seed was armed again: no leaf was looked at.
        return Ok(VerifiedDraw { tree_epoch: event.tree_epoch, total: 0, leaves: Vec::new(), winner });
    }
    if event.total == 0 {
        return Err(DrawMismatch::NoWeight);
    }
    if let Some(tree) = tree {
        require_tree(tree, event.tree_epoch)?;
        if tree.total() != event.total {
            return Err(DrawMismatch::WrongTotal { said: event.total, found: tree.total() });
        }
    }
    let skipped = event.skipped.iter().map(|skipped| (skipped.provider, Some(skipped.reason)));
    let looked_at = skipped.chain(winner.map(|provider| (provider, None)));
    let leaves = (event.first_leaf..=u8::MAX).zip(looked_at).map(|(leaf, (provider, reason))| {
        let index = tree.map(|tree| recompute(seed, tree, leaf, Some(provider))).transpose()?.map(|(index, _)| index);
        Ok(VerifiedLeaf { leaf, number: seed.number(leaf, event.total), index, provider, reason })
    });
    let leaves = leaves.collect::<Result<_, _>>()?;
    Ok(VerifiedDraw { tree_epoch: event.tree_epoch, total: event.total, leaves, winner })
}

fn verify_tree(seat: &DrawnSeat, tree: &Tree) -> Result<VerifiedDraw, DrawMismatch> {
    require_tree(tree, seat.job.tree_epoch)?;
    let (looked_at, total) = (seat.assignment.leaves, tree.total());
    let first = if seat.job.has(job_flags::REARMED) { looked_at.saturating_sub(1) } else { 0 };
    let seed = SeatSeed::of(seat.job_address, seat.job, seat.assignment.seat);
    let winner = drawn_provider(seat.assignment);
    let leaves = (first..looked_at).map(|leaf| {
        let found = winner.filter(|_| leaf + 1 == looked_at);
        let (index, provider) = recompute(&seed, tree, leaf, found)?;
        Ok(VerifiedLeaf { leaf, number: seed.number(leaf, total), index: Some(index), provider, reason: None })
    });
    let leaves = leaves.collect::<Result<_, _>>()?;
    Ok(VerifiedDraw { tree_epoch: seat.job.tree_epoch, total, leaves, winner })
}

/// What a leaf draws, which must be who was `found` there.
fn recompute(seed: &SeatSeed, tree: &Tree, leaf: u8, found: Option<Pubkey>) -> Result<(u16, Pubkey), DrawMismatch> {
    let drawn = seed.drawn(tree, leaf).ok_or(DrawMismatch::NoWeight)?;
    match found {
        Some(found) if found != drawn.provider => {
            Err(DrawMismatch::WrongProvider { leaf, drawn: drawn.provider, found })
        }
        _ => Ok((drawn.index, drawn.provider)),
    }
}

fn require_tree(tree: &Tree, epoch: u32) -> Result<(), DrawMismatch> {
    if !tree.is_of(Epoch(epoch)) {
        return Err(DrawMismatch::OtherEpoch { expected: epoch, found: tree.epoch_plus_one.wrapping_sub(1) });
    }
    if tree.total() == 0 { Err(DrawMismatch::NoWeight) } else { Ok(()) }
}

fn require_epoch(job: &Job, found: u32) -> Result<(), DrawMismatch> {
    let expected = job.tree_epoch;
    if expected == found { Ok(()) } else { Err(DrawMismatch::OtherEpoch { expected, found }) }
}
