//! Whom the seed of a jury draws for its next seats, and whether they can sit.
//!
//! A seat draws the number `floor(h * total / 2^128)`, with `h` the first 16 bytes of sha256("jury", seed, dispute,
//! jury, seat, draw), from the tree of jurors; a juror that cannot sit is drawn over, three times at most.

use {
    crate::{
        addresses,
        ix::SeatJuror,
        state::{Delegation, Dispute, Juror, Network, Provider, WorkTree},
    },
    solana_program::hash::hashv,
    solana_sdk::pubkey::Pubkey,
    std::collections::HashMap,
    work_token_interface::{WorkTokenError as E, commitments},
};

/// A jury that is being drawn, at a time.
#[derive(Clone, Copy, Debug)]
pub struct JuryAt<'a> {
    /// The network.
    pub network: &'a Network,
    /// The dispute's address.
    pub dispute_address: &'a Pubkey,
    /// The dispute.
    pub dispute: &'a Dispute,
    /// The accused.
    pub provider: &'a Provider,
    /// The network's tree of jurors.
    pub tree: &'a WorkTree,
    /// The time. Unix seconds.
    pub now_ts: i64,
}

/// Why a juror that was drawn cannot sit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JurorRefusal {
    /// Its lock is not older than the dispute, or seats bind it.
    LockNotFree,
    /// It is a challenger, or the client.
    Party,
    /// It owns the accused.
    Accused,
    /// It delegates to the accused, or has stake there that leaves or is held back.
    BehindAccused,
}

/// A draw of a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawnJuror {
    /// Index of the jury.
    pub jury: u8,
    /// The seat.
    pub seat: u8,
    /// How often the seat was drawn before.
    pub draw: u8,
    /// Leaf of the tree.
    pub leaf: u16,
    /// Who judges, if it sits.
    pub owner: Pubkey,
    /// For [`crate::ix::seat_juror`].
    pub accounts: SeatJuror,
    /// Why it cannot sit; `None` when it does.
    pub refusal: Option<JurorRefusal>,
    /// Whether the seat's draw is over: with a juror, or empty after too many in vain.
    pub ends_seat: bool,
    /// What a keeper that names an account of its own is paid for it. Base units.
    pub bounty: u64,
}

/// The next draws of a jury, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JuryPlan {
    /// The draws, one `seat_juror` each.
    pub draws: Vec<DrawnJuror>,
    /// The juror of the draw after them, which is not known to the lookup; `None` when the jury is drawn by then, or as
    /// many as were asked for are planned.
    pub next: Option<Pubkey>,
    /// Whether nothing of the jury is left to draw after them.
    pub is_complete: bool,
}

/// The hash that draws a seat of a jury.
pub fn juror_hash(seed: &[u8; 32], dispute: &Pubkey, [jury, seat, draw]: [u8; 3]) -> [u8; 32] {
    hashv(&commitments::juror(seed, dispute, &[jury, seat, draw])).to_bytes()
}

/// The lowest leaf of the tree of jurors that nobody has: for a new juror.
pub fn free_leaf(tree: &WorkTree) -> Option<u16> {
    (0u16..).zip(&tree.providers).find(|(_, juror)| **juror == Pubkey::default()).map(|(leaf, _)| leaf)
}

/// Plans the next draws of a jury, `most` at most, with the program's own rules on copies of the accounts, so that what
/// is planned is what happens as long as nothing else does. `lookup` gives a juror and the position of its owner at the
/// accused, if there is one; `None` for a juror that is not known yet: the plan then ends before it.
///
/// # Errors
///
/// What the program would refuse the first draw with.
pub fn plan_jury<'p>(
    at: &JuryAt,
    most: usize,
    mut lookup: impl FnMut(&Pubkey) -> Option<(&'p Juror, Option<&'p Delegation>)>,
) -> Result<JuryPlan, E> {
    let work_ts = at.network.work_ts(at.now_ts);
    let mut dispute = *at.dispute;
    dispute.require_seating(work_ts)?;
    let mut seated: HashMap<Pubkey, Juror> = HashMap::new();
    let mut plan = JuryPlan { draws: Vec::new(), next: None, is_complete: false };
    while !plan.is_complete && plan.draws.len() < most {
        let mut drawn = next_draw(at, &dispute)?;
        let Some((juror, position)) = lookup(&drawn.accounts.juror) else {
            plan.next = Some(drawn.accounts.juror);
            return Ok(plan);
        };
        let juror = seated.entry(drawn.accounts.juror).or_insert(*juror);
        drawn.owner = juror.owner;
        drawn.accounts.interest = addresses::interest(&dispute.provider, &juror.owner);
        drawn.refusal = juror_refusal(&dispute, at.provider, juror, position);
        let sits = drawn.refusal.is_none();
        if sits {
            juror.sit(dispute.juror_lock);
        }
        drawn.ends_seat = sits || dispute.redraw();
        if drawn.ends_seat {
            drawn.bounty = dispute.take_bounty();
            dispute.seat(sits, work_ts)?;
        }
        plan.is_complete = !dispute.is_seeded();
        plan.draws.push(drawn);
    }
    Ok(plan)
}

/// Whom the next draw finds; its owner is not known yet.
fn next_draw(at: &JuryAt, dispute: &Dispute) -> Result<DrawnJuror, E> {
    let [jury, seat, draw] = dispute.next_draw();
    let hash = juror_hash(dispute.jury_seed()?, at.dispute_address, [jury, seat, draw]);
    let (leaf, juror) = at.tree.drawn(&hash).ok_or(E::WrongJuror)?;
    let accounts = SeatJuror {
        juror_tree: at.network.juror_tree,
        juror: *juror,
        ballot: addresses::ballot(at.dispute_address, jury, seat),
        interest: Pubkey::default(),
    };
    let owner = Pubkey::default();
    Ok(DrawnJuror { jury, seat, draw, leaf, owner, accounts, refusal: None, ends_seat: false, bounty: 0 })
}

/// Why a juror may not judge a dispute; `position` is its owner's at the accused.
pub fn juror_refusal(
    dispute: &Dispute,
    accused: &Provider,
    juror: &Juror,
    position: Option<&Delegation>,
) -> Option<JurorRefusal> {
    if !juror.can_sit(dispute.opened_ts, dispute.juror_lock) {
        Some(JurorRefusal::LockNotFree)
    } else if dispute.is_party(&juror.owner) {
        Some(JurorRefusal::Party)
    } else if accused.owner == juror.owner {
        Some(JurorRefusal::Accused)
    } else if position.is_some_and(|position| {
        !position.total_shares().is_zero() || position.live_tickets > 0 || position.held_tickets > 0
    }) {
        Some(JurorRefusal::BehindAccused)
    } else {
        None
    }
}
