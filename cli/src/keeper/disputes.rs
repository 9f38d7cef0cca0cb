//! Which cranks of disputes are due.

use {
    super::{DisputeWork, Snapshot, Work},
    work_token_sdk::{
        Pubkey, addresses,
        draw::{JuryAt, plan_jury},
        state::Dispute,
        view::{self, DisputeStep, JurySeed},
    },
};

/// Slots between a seed's slot and its capture: its hash stands in the list of the next slot that has a block.
const SEED_SLOTS: u64 = 2;
/// Seats that are drawn before the chain is read again.
const SEATS: usize = 8;

/// What is due for disputes, what they bind, and what they leave behind. Seats of one jury at a time are drawn, since each draw changes what
/// the next one finds.
pub fn due(snapshot: &Snapshot) -> Vec<Work> {
    let mut steps = Vec::new();
    let mut draws = true;
    for (key, dispute) in &snapshot.docket.disputes {
        let found = of_dispute(snapshot, key, dispute, draws);
        draws &= !found.iter().any(|work| matches!(work, DisputeWork::Seat(_)));
        steps.extend(found.into_iter().map(|work| Work::Dispute(*key, work)));
    }
    steps.extend(tickets(snapshot));
    steps.extend(jurors(snapshot));
    steps.extend(cases(snapshot));
    steps
}

fn of_dispute(snapshot: &Snapshot, key: &Pubkey, dispute: &Dispute, draws: bool) -> Vec<DisputeWork> {
    let Some(at) = snapshot.dispute_at(dispute) else { return Vec::new() };
    let shown = view::dispute_view(&at);
    let step = |step| match step {
        DisputeStep::Advance => vec![DisputeWork::Advance],
        DisputeStep::CallJury if can_call(snapshot, dispute, shown.seed) => vec![DisputeWork::CallJury],
        DisputeStep::SeatJuror if draws => seats(snapshot, key, dispute),
        DisputeStep::Execute => vec![DisputeWork::Execute],
        DisputeStep::Distribute => vec![DisputeWork::Distribute],
        DisputeStep::CorrectScore => vec![DisputeWork::CorrectScore],
        DisputeStep::SettleBallots { .. } => ballots(snapshot, key),
        DisputeStep::Close => vec![DisputeWork::Close],
        _ => Vec::new(),
    };
    shown.allowed.iter().flat_map(|allowed| step(allowed.what)).collect()
}

/// Whether arming or capturing would do something: there is somebody to draw, the slot has come, or the random value has changed.
fn can_call(snapshot: &Snapshot, dispute: &Dispute, seed: Option<JurySeed>) -> bool {
    let docket = &snapshot.docket;
    match seed {
        Some(JurySeed::NotArmed) => docket.tree.as_ref().is_some_and(|tree| tree.total() > 0),
        Some(JurySeed::AwaitsRandomness { .. }) => docket.randomness.is_some_and(|value| value != dispute.seed),
        Some(JurySeed::Capturable) => snapshot.slot >= dispute.seed_slot.saturating_add(SEED_SLOTS),
        _ => false,
    }
}

fn seats(snapshot: &Snapshot, key: &Pubkey, dispute: &Dispute) -> Vec<DisputeWork> {
    let (docket, provider) = (&snapshot.docket, snapshot.provider(&dispute.provider));
    let (Some(tree), Some(provider)) = (docket.tree.as_deref(), provider) else { return Vec::new() };
    let network = &snapshot.network;
    let jury = JuryAt { network, dispute_address: key, dispute, provider, tree, now_ts: snapshot.now_ts };
    let lookup = |key: &Pubkey| {
        let juror = docket.jurors.get(key)?;
        Some((juror, snapshot.position(&addresses::interest(&dispute.provider, &juror.owner))))
    };
    let plan = plan_jury(&jury, SEATS, lookup).map(|plan| plan.draws).unwrap_or_default();
    plan.into_iter().map(|drawn| DisputeWork::Seat(drawn.accounts)).collect()
}

fn ballots(snapshot: &Snapshot, key: &Pubkey) -> Vec<DisputeWork> {
    let of_dispute = snapshot.docket.ballots.iter().filter(|(_, ballot)| ballot.dispute == *key);
    of_dispute.map(|(key, _)| DisputeWork::SettleBallot(*key)).collect()
}

/// Tickets whose claims have all ended, and whose holder can be paid.
fn tickets(snapshot: &Snapshot) -> impl Iterator<Item = Work> {
    let is_over = |ticket: &&super::docket::HeldTicket| {
        let Some(position) = snapshot.position(&ticket.ticket.delegation) else { return false };
        let mut listed = ticket.ticket.held_disputes.iter().filter(|number| **number != 0);
        let is_open =
            |number: &u32| snapshot.docket.claim(&position.provider, *number).is_some_and(|claim| claim.open > 0);
        ticket.to.is_some() && !listed.any(is_open)
    };
    snapshot.docket.tickets.iter().filter(is_over).map(|ticket| Work::SettleTicket(ticket.key))
}

/// Jurors whose leaf holds another weight than their lock, while the tree may change.
fn jurors(snapshot: &Snapshot) -> impl Iterator<Item = Work> {
    let may_change = !snapshot.network.juror_tree_is_frozen(snapshot.network.work_ts(snapshot.now_ts));
    let differs = snapshot.docket.jurors.iter().filter(move |(_, juror)| may_change && juror.leaf_weight != juror.lock);
    differs.map(|(key, _)| Work::SyncJuror(*key))
}

/// Claims and faults that nothing asks for any more.
fn cases(snapshot: &Snapshot) -> impl Iterator<Item = Work> {
    let (docket, now_ts) = (&snapshot.docket, snapshot.now_ts);
    let claims = docket.claims.iter().filter(move |(_, claim)| claim.require_closable(now_ts).is_ok());
    let faults = docket.faults.iter().filter(move |(_, fault)| fault.require_closable(now_ts).is_ok());
    let claims = claims.map(|(key, claim)| Work::CloseCase(*key, claim.payer));
    claims.chain(faults.map(|(key, fault)| Work::CloseCase(*key, fault.payer)))
}
