//! Who is called for the ballots of a jury, and whether they sit.
//!
//! When the seed of a jury is captured, as many leaves of the jurors' tree are drawn as it has ballots, and
//! sixteen more: the number of each is `floor(h * total / 2^128)`, with `h` the first 16 bytes of
//! sha256("jury", seed, dispute, jury, draw). They are called in that order, whatever happens afterwards; who
//! may not sit is called in vain, and when all were called the ballots that are left stay empty.

use {
    crate::{
        Pubkey, addresses,
        ix::DrawJuror,
        math::Amount,
        state::{Delegation, Dispute, Juror, Network, Provider, Tree},
    },
    solana_sha256_hasher::hashv,
    std::collections::HashMap,
    work_token_interface::{WorkTokenError as E, commitments},
};

pub use crate::state::dispute::JurorRefusal;

/// A jury that is being drawn, at a time.
#[derive(Clone, Copy, Debug)]
pub struct JuryAt<'a> {
    /// The network.
    pub network: &'a Network,
    /// The dispute's address.
    pub dispute_address: &'a Pubkey,
    /// The dispute, its seed captured: by the program, or in advance by [`predict_jury`].
    pub dispute: &'a Dispute,
    /// The accused.
    pub provider: &'a Provider,
    /// The time. Unix seconds.
    pub now_ts: i64,
}

/// What is known of a juror that is called.
#[derive(Clone, Copy, Debug)]
pub struct KnownJuror<'a> {
    /// Its account.
    pub address: Pubkey,
    /// The juror.
    pub juror: &'a Juror,
    /// The position of its owner at the accused, if there is one.
    pub position: Option<&'a Delegation>,
}

/// A juror that is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawnJuror {
    /// Index of the jury.
    pub jury: u8,
    /// The ballot that it is called for.
    pub index: u8,
    /// Its number among the leaves that were drawn for the jury.
    pub call: u8,
    /// Leaf of the tree.
    pub leaf: u16,
    /// Who judges, if it sits.
    pub owner: Pubkey,
    /// For [`crate::ix::draw_juror`].
    pub accounts: DrawJuror,
    /// Why it cannot sit; `None` when it does.
    pub refusal: Option<JurorRefusal>,
    /// What its ballot binds of its lock; 0 when it does not sit. Base units.
    pub bound: u64,
    /// Whether the ballot's draw is over: with a juror, or empty because nobody else is left to be called.
    pub ends_draw: bool,
    /// What a keeper that names an account of its own is paid for it. Base units.
    pub bounty: u64,
}

/// The next calls of a jury, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JuryPlan {
    /// The calls, one `draw_juror` each.
    pub draws: Vec<DrawnJuror>,
    /// The leaf that is called after them, whose juror is not known to the lookup; `None` when the jury is
    /// drawn by then, or as many as were asked for are planned.
    pub next: Option<u16>,
    /// Whether nothing of the jury is left to draw after them.
    pub is_complete: bool,
}

/// The hash that draws a leaf for a jury: `draw` is its number among those that are drawn.
pub fn juror_hash(seed: &[u8; 32], dispute: &Pubkey, [jury, draw]: [u8; 2]) -> [u8; 32] {
    hashv(&commitments::juror(seed, dispute, &[jury, draw])).to_bytes()
}

/// The dispute as it will be once the seed of its present jury, which must be armed, is captured: its leaves
/// are those that `seed` draws from the jurors' tree as it is now. The seed is the hash of the first existing
/// slot from `Dispute::seed_slot` on, or [`randomness_seed`] of the value that comes.
pub fn predict_jury(dispute_address: &Pubkey, dispute: &Dispute, tree: &Tree, seed: [u8; 32]) -> Dispute {
    let mut dispute = *dispute;
    let jury = dispute.machine.jury;
    dispute.draw_jury(seed, tree, |seed, number| juror_hash(seed, dispute_address, [jury, number]));
    dispute
}

/// The seed that a value of the account of randomness makes.
pub fn randomness_seed(value: &[u8; 32]) -> [u8; 32] {
    hashv(&commitments::jury_seed(value)).to_bytes()
}

/// The lowest leaf of the tree of jurors that nobody has.
pub fn free_leaf(tree: &Tree) -> Option<u16> {
    (0u16..).zip(&tree.providers).find(|(_, juror)| **juror == Pubkey::default()).map(|(leaf, _)| leaf)
}

/// Who had a leaf when the seed of the present jury was captured: the one that is called for it, whoever has
/// it now.
pub fn juror_of_leaf<'a>(
    dispute: &Dispute,
    leaf: u16,
    jurors: impl IntoIterator<Item = (&'a Pubkey, &'a Juror)>,
) -> Option<(&'a Pubkey, &'a Juror)> {
    jurors.into_iter().find(|(_, juror)| juror.had_leaf(leaf, dispute.draw.given))
}

/// Plans the next calls of a jury, `most` at most, with the program's own rules on copies of the accounts, so
/// that what is planned is what happens as long as nothing else does. `lookup` gives the juror that had a
/// leaf when the seed was captured ([`juror_of_leaf`]); `None` where it is not known yet: the plan then ends
/// before it.
///
/// # Errors
///
/// What the program would refuse the first call with.
pub fn plan_jury<'p>(
    at: &JuryAt,
    most: usize,
    mut lookup: impl FnMut(u16) -> Option<KnownJuror<'p>>,
) -> Result<JuryPlan, E> {
    let work_ts = at.network.work_ts(at.now_ts);
    let mut dispute = *at.dispute;
    dispute.require_drawing(work_ts)?;
    let mut drawn: HashMap<Pubkey, Juror> = HashMap::new();
    let mut plan = JuryPlan { draws: Vec::new(), next: None, is_complete: false };
    while !plan.is_complete && plan.draws.len() < most {
        let leaf = dispute.next_leaf()?;
        let Some(known) = lookup(leaf) else {
            plan.next = Some(leaf);
            return Ok(plan);
        };
        let juror = drawn.entry(known.address).or_insert(*known.juror);
        dispute.require_called(juror)?;
        let [jury, index] = dispute.next_ballot();
        let (refusal, bound) = match dispute.binds(at.provider, juror, known.position) {
            Ok(bound) => (None, bound),
            Err(refusal) => (Some(refusal), Amount::ZERO),
        };
        let (call, owner) = (dispute.called, juror.owner);
        let called = dispute.call_juror(juror, None, bound, true, work_ts)?;
        plan.draws.push(DrawnJuror {
            jury,
            index,
            call,
            leaf,
            owner,
            accounts: DrawJuror {
                juror: known.address,
                ballot: addresses::ballot(at.dispute_address, jury, index),
                interest: addresses::interest(&dispute.provider, &owner),
            },
            refusal,
            bound: bound.0,
            ends_draw: called.ends_draw(),
            bounty: called.bounty,
        });
        plan.is_complete = !dispute.is_seeded();
    }
    Ok(plan)
}

/// Why a juror may not sit on the present jury of a dispute; `position` is its owner's at the accused.
pub fn juror_refusal(
    dispute: &Dispute,
    accused: &Provider,
    juror: &Juror,
    position: Option<&Delegation>,
) -> Option<JurorRefusal> {
    dispute.binds(accused, juror, position).err()
}
