//! The juries, the appeals and the slash of a dispute.

use {
    super::{Books, now},
    crate::{
        limits::RANDOMNESS_SECS,
        math::{
            Amount,
            dispute::{Jury, Machine, SIDES, Side, installment_due},
        },
        state::{Dispute, dispute::JuryCall, dispute_flags},
    },
};

/// A jury.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JuryView {
    /// Its size and votes.
    pub jury: Jury,
    /// What it found; `None` without a third of its votes.
    pub verdict: Option<u8>,
    /// Paid for a vote on the side that wins, by a ballot that binds the whole lock. Base units.
    pub fee: u64,
    /// What a whole ballot binds. Base units.
    pub lock: u64,
}

/// Where the seed of the present jury stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JurySeed {
    /// The jury is to be called.
    NotArmed,
    /// It is made of the next value of the account of randomness; after that second the hash of a slot
    /// decides.
    AwaitsRandomness {
        /// Unix seconds.
        until_ts: i64,
    },
    /// It is the hash of the first existing slot from this one on, which has not come.
    Waits {
        /// The slot.
        slot: u64,
    },
    /// It can be captured, for about 500 slots.
    Capturable,
    /// It is known, and who is called.
    Known {
        /// Leaves that were called.
        called: u8,
        /// Leaves that were drawn.
        drawn: u8,
    },
}

/// The appeals that can be funded. Lists are in the order of [`Side::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppealView {
    /// An appellant's full part; who defends the verdict against it pays half. Base units.
    pub cost: u64,
    /// Paid for each side. Base units.
    pub paid: [u64; SIDES],
    /// What can still be paid for each. Base units.
    pub fundable: [u64; SIDES],
    /// Which of them may appeal; who defends may not. Both appeal against a tie.
    pub loses: [bool; SIDES],
    /// An appellant can pay until then; without its whole part the verdict then stands. Unix seconds.
    pub appellants_until_ts: i64,
    /// Whether an appeal will be held.
    pub is_held: bool,
}

/// A slash that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlashView {
    /// The whole slash of the own side, and what of it was executed. Base units.
    pub own: [u64; 2],
    /// The same of the delegators.
    pub delegated: [u64; 2],
    /// Own rewards that burn with the first installment. Base units.
    pub confiscated: u64,
    /// Installments.
    pub installments: u8,
    /// Due now, own and delegated. Base units.
    pub due: [u64; 2],
    /// What `execute_installment` would take from the pools now: what is due, as far as the network's limit
    /// lets it, less what tickets that left pay. Base units.
    pub takes: [u64; 2],
    /// When the next installment is, or was, due; `None` once all were executed. Unix seconds.
    pub next_ts: Option<i64>,
    /// What the network's limit lets be slashed now; a proved fault passes it, and an eighth of any slash
    /// passes a refill. Base units.
    pub room: u64,
}

pub(super) fn juries(dispute: &Dispute, machine: &Machine) -> Vec<JuryView> {
    let called = (0u8..).zip(&machine.juries).filter(|(_, jury)| jury.round > 0);
    let view = called.map(|(index, jury)| {
        let (fee, lock) = dispute.ballot_terms(index);
        JuryView { jury: *jury, verdict: jury.is_decided().then(|| jury.verdict()), fee: fee.0, lock: lock.0 }
    });
    view.collect()
}

pub(super) fn seed(books: &Books) -> JurySeed {
    let mut dispute = books.dispute;
    match dispute.next_call(books.slot, (books.now_ts, books.work_ts())) {
        Ok(JuryCall::Arm) => JurySeed::NotArmed,
        Ok(JuryCall::OfRandomness) => {
            JurySeed::AwaitsRandomness { until_ts: dispute.draw.armed_ts.saturating_add(RANDOMNESS_SECS) }
        }
        Ok(JuryCall::OfSlot) if books.slot > dispute.draw.seed_slot => JurySeed::Capturable,
        Ok(JuryCall::OfSlot) => JurySeed::Waits { slot: dispute.draw.seed_slot },
        Err(_) => JurySeed::Known { called: dispute.called, drawn: dispute.drawn },
    }
}

pub(super) fn appeal(books: &Books, machine: &Machine) -> AppealView {
    let (clocks, work_ts) = (books.dispute.clocks(), books.work_ts());
    let index = usize::from(machine.present().round.saturating_sub(1));
    AppealView {
        cost: machine.costs.get(index).copied().unwrap_or(0),
        paid: machine.pots.get(index).copied().unwrap_or_default(),
        fundable: Side::ALL.map(|side| machine.fundable(side, &clocks, work_ts.0)),
        loses: Side::ALL.map(|side| machine.loses(side)),
        appellants_until_ts: books.unix(machine.appellants_until_work_ts(&clocks)),
        is_held: machine.is_appealed(),
    }
}

pub(super) fn slash(books: &Books) -> Option<SlashView> {
    let dispute = &books.dispute;
    let is_found = dispute.slash.own > 0 || dispute.slash.delegated > 0 || dispute.slash.confiscated > 0;
    if !dispute.has(dispute_flags::FINISHED) || !is_found {
        return None;
    }
    let due = dispute.due(books.work_ts());
    let is_open = |number: u8| {
        let of = |slash: u64| installment_due(Amount(slash), u32::from(number) + 1, dispute.installments).0;
        of(dispute.slash.own) > dispute.slash.own_executed
            || of(dispute.slash.delegated) > dispute.slash.delegated_executed
    };
    let open =
        if dispute.slash.confiscated > 0 { Some(0) } else { (0..dispute.installments).find(|number| is_open(*number)) };
    let due_ts = |number: u8| books.unix(dispute.installment_from_work_ts(number));
    let taken = now::execute_now(books).unwrap_or_default();
    Some(SlashView {
        own: [dispute.slash.own, dispute.slash.own_executed],
        delegated: [dispute.slash.delegated, dispute.slash.delegated_executed],
        confiscated: dispute.slash.confiscated,
        installments: dispute.installments,
        due: [due.own.0, due.delegated.0],
        takes: [taken.own.0, taken.delegated.0],
        next_ts: open.map(due_ts),
        room: books.network.slash_room(books.now_ts).0.0,
    })
}
