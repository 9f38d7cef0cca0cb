//! Which cranks of disputes are due.

use {
    super::{DisputeWork, SEED_SLOTS, Snapshot, Work, snapshot::Docket, step::creditor_key},
    sha2::{Digest, Sha256},
    work_token_sdk::{
        Pubkey, addresses,
        draw::{JuryAt, KnownJuror, TreeAt, TreeEntry, juror_of_leaf, plan_entry, plan_jury},
        interface::commitments::randomness_source,
        ix::Creditor,
        state::{AppealShare, Dispute, Juror, Unbonding, dispute::RandomValue},
        view::{self, DisputeStep, DisputeView, DisputeWho, JurySeed, SlashView},
    },
};

/// Jurors that are called before the chain is read again.
const CALLS: usize = 8;
/// Parts of a slash that are worth an installment of their own: as large as what the network's limit lets
/// pass with each of its refills.
const USEFUL_PARTS: u64 = 8;
/// New locks for which a leaf is looked for, the largest first: if none of them finds one, smaller ones do
/// not.
const NEW_JURORS: usize = 4;

/// What is due for disputes, what they bind, and what they leave behind. Seats of one jury at a time are
/// drawn, since each draw changes what the next one finds.
pub fn due(snapshot: &Snapshot) -> Vec<Work> {
    let mut steps: Vec<Work> = lapses(snapshot).collect();
    let mut draws = true;
    for (key, dispute) in snapshot.docket.disputes.iter() {
        let found = of_dispute(snapshot, key, dispute, draws);
        draws &= !found.iter().any(|work| matches!(work, DisputeWork::Ballot(_)));
        steps.extend(found.into_iter().map(|work| Work::Dispute(*key, work)));
    }
    steps.extend(tickets(snapshot));
    steps.extend(jurors(snapshot));
    steps.extend(cases(snapshot));
    steps
}

/// Commitments whose hour has passed, where the challenger can be paid.
fn lapses(snapshot: &Snapshot) -> impl Iterator<Item = Work> {
    let (docket, work_ts) = (&snapshot.docket, snapshot.work_ts());
    let due = docket
        .openings
        .iter()
        .filter(move |(_, opening)| docket.paid_to.contains(&opening.challenger) && opening.lapse(work_ts).is_ok());
    due.map(|(key, _)| Work::LapseOpening(*key))
}

fn of_dispute(snapshot: &Snapshot, key: &Pubkey, dispute: &Dispute, draws: bool) -> Vec<DisputeWork> {
    let Some(at) = snapshot.dispute_at(dispute) else { return Vec::new() };
    let shown = view::dispute_view(&at);
    let step = |step| match step {
        DisputeStep::Advance => vec![DisputeWork::Advance],
        DisputeStep::CallJury if can_call(snapshot, dispute, shown.seed) => vec![DisputeWork::CallJury],
        DisputeStep::DrawJuror if draws => calls(snapshot, key, dispute),
        DisputeStep::Execute if shown.slash.as_ref().is_none_or(|slash| is_useful(dispute, slash)) => {
            vec![DisputeWork::Execute]
        }
        DisputeStep::Distribute => vec![DisputeWork::Distribute],
        DisputeStep::SettleBallots { .. } => ballots(&snapshot.docket, key),
        DisputeStep::Close => vec![DisputeWork::Close],
        _ => Vec::new(),
    };
    let mut found: Vec<DisputeWork> = shown.allowed.iter().flat_map(|allowed| step(allowed.what)).collect();
    found.extend(credits(snapshot, key, dispute, &shown));
    found.extend(appeals(snapshot, key, dispute));
    found
}

/// Whether an installment is worth executing: all that is due, or what cannot wait, or an eighth of the
/// whole. While the network's limit is nearly full each look finds a little room, which is left to grow.
fn is_useful(dispute: &Dispute, slash: &SlashView) -> bool {
    let sum = |parts: [u64; 2]| parts.into_iter().fold(0, u64::saturating_add);
    let (takes, due, whole) = (sum(slash.takes), sum(slash.due), slash.own[0].saturating_add(slash.delegated[0]));
    takes >= due.min(whole.div_ceil(USEFUL_PARTS)) || dispute.slash.confiscated > 0 || !dispute.unmoved().is_zero()
}

/// A dispute whose slash waits for the network's limit, and until when; `None` where nothing waits.
pub fn waits_until_ts(snapshot: &Snapshot, dispute: &Dispute) -> Option<i64> {
    let mut at = snapshot.dispute_at(dispute)?;
    let waits = |at: &view::DisputeAt| {
        let shown = view::dispute_view(at);
        let is_due = shown.slash.as_ref().is_some_and(|slash| slash.due.iter().any(|part| *part > 0));
        let is_left = shown.needs_advance || shown.slash.as_ref().is_some_and(|slash| !is_useful(dispute, slash));
        is_due && is_left
    };
    if !waits(&at) {
        return None;
    }
    // Room grows steadily and an eighth passes with each refill, so that within two of them it is enough.
    let refill_secs = i64::try_from(snapshot.network.slash_room(snapshot.now_ts).1).unwrap_or(i64::MAX);
    let (mut waiting_ts, mut due_ts) = (at.now_ts, at.now_ts.saturating_add(refill_secs.saturating_mul(2)));
    while due_ts - waiting_ts > 1 {
        at.now_ts = waiting_ts + (due_ts - waiting_ts) / 2;
        if waits(&at) { waiting_ts = at.now_ts } else { due_ts = at.now_ts }
    }
    Some(due_ts)
}

/// Whether arming or capturing would do something: there is somebody to draw, the slot has come, or the
/// random value has changed.
fn can_call(snapshot: &Snapshot, dispute: &Dispute, seed: Option<JurySeed>) -> bool {
    let docket = &snapshot.docket;
    match seed {
        Some(JurySeed::NotArmed) => docket.tree.as_ref().is_some_and(|tree| tree.total() > 0),
        Some(JurySeed::AwaitsRandomness { .. }) => dispute.new_value(random_value(snapshot, dispute)).is_ok(),
        Some(JurySeed::Capturable) => snapshot.slot >= dispute.draw.seed_slot.saturating_add(SEED_SLOTS),
        _ => false,
    }
}

/// What the account of randomness is, as a hash, and its value at the place that a dispute reads.
fn random_value(snapshot: &Snapshot, dispute: &Dispute) -> Option<RandomValue> {
    let (key, (owner, data)) = (snapshot.randomness()?, snapshot.docket.randomness.as_ref()?);
    let place = dispute.randomness_offset.to_le_bytes();
    let mut source = Sha256::new();
    randomness_source(&key, owner, &place).iter().for_each(|part| source.update(part));
    let value = data.get(usize::from(dispute.randomness_offset)..)?.first_chunk::<32>()?;
    Some((source.finalize().into(), *value))
}

fn calls(snapshot: &Snapshot, key: &Pubkey, dispute: &Dispute) -> Vec<DisputeWork> {
    let docket = &snapshot.docket;
    let Some(provider) = snapshot.provider(&dispute.provider) else { return Vec::new() };
    let jury = JuryAt { network: &snapshot.network, dispute_address: key, dispute, provider, now_ts: snapshot.now_ts };
    let lookup = |leaf| {
        let (address, juror) = juror_of_leaf(dispute, leaf, docket.jurors_of(leaf))?;
        let position = snapshot.position(&addresses::interest(&dispute.provider, &juror.owner));
        Some(KnownJuror { address: *address, juror, position })
    };
    let plan = plan_jury(&jury, CALLS, lookup).map(|plan| plan.draws).unwrap_or_default();
    plan.into_iter().map(|drawn| DisputeWork::Ballot(drawn.accounts)).collect()
}

/// The jurors that are called next for a jury whose seed is captured, with their addresses.
pub fn called<'a>(docket: &'a Docket, dispute: &'a Dispute) -> impl Iterator<Item = (&'a Pubkey, &'a Juror)> {
    let (next, drawn) = (usize::from(dispute.called), usize::from(dispute.drawn));
    let leaves = dispute.leaves.get(next..drawn).filter(|_| dispute.is_seeded()).unwrap_or_default();
    leaves.iter().take(CALLS).filter_map(|leaf| juror_of_leaf(dispute, *leaf, docket.jurors_of(*leaf)))
}

/// Ballots to settle. Those that were not revealed first: where a jury had no quorum they pay the others.
fn ballots(docket: &Docket, key: &Pubkey) -> Vec<DisputeWork> {
    let mut of_dispute: Vec<_> = docket.ballots_of(key).collect();
    of_dispute.sort_by_key(|(_, ballot)| ballot.is_revealed());
    of_dispute.into_iter().map(|(key, _)| DisputeWork::SettleBallot(*key)).collect()
}

/// Credits of those who can be paid: the dispute closes after them. Each draws the challengers' reward for
/// the dispute besides; where none of it is anybody's who can be paid, a challenger who is due nothing draws
/// it.
fn credits(snapshot: &Snapshot, key: &Pubkey, dispute: &Dispute, shown: &DisputeView) -> Vec<DisputeWork> {
    let (mut found, mut due) = (Vec::new(), Vec::new());
    for allowed in &shown.allowed {
        let DisputeStep::ClaimCredit { .. } = allowed.what else { continue };
        let creditor = match allowed.who {
            DisputeWho::Party(place) => Creditor::Challenger(place),
            DisputeWho::Client => Creditor::Client,
            _ => continue,
        };
        due.push(creditor);
        if creditor_key(dispute, creditor).is_some_and(|owner| snapshot.docket.paid_to.contains(&owner)) {
            found.push(creditor);
        }
    }
    let fault = snapshot.docket.faults.get(&addresses::fault(&dispute.provider, dispute.offence_epoch));
    let draws = fault.is_some_and(|fault| { *dispute }.draw_reward(key, &mut { *fault }));
    if draws && !found.iter().any(|creditor| matches!(creditor, Creditor::Challenger(_))) {
        let parties = (0u8..).zip(&dispute.parties).filter(|(_, party)| party.severity != 0);
        let mut parties = parties.map(|(place, _)| Creditor::Challenger(place));
        found.extend(parties.find(|creditor| !due.contains(creditor)));
    }
    found.into_iter().map(DisputeWork::ClaimCredit).collect()
}

/// Payments for appeals of which nothing returns, or whose contributors can be paid: the dispute closes after
/// them.
fn appeals(snapshot: &Snapshot, key: &Pubkey, dispute: &Dispute) -> Vec<DisputeWork> {
    let docket = &snapshot.docket;
    let is_due = |share: &AppealShare| {
        let returns = { *dispute }.take_appeals(share);
        returns.is_ok_and(|amount| amount == 0 || docket.paid_to.contains(&share.owner))
    };
    docket
        .shares_of(key)
        .filter(|(_, share)| is_due(share))
        .map(|(share, _)| DisputeWork::ClaimAppeal(*share))
        .collect()
}

/// Tickets with claims whose disputes have ended, and whose holder can be paid.
fn tickets(snapshot: &Snapshot) -> impl Iterator<Item = Work> {
    let settle = |(key, ticket): (&Pubkey, &Unbonding)| {
        let position = snapshot.position(&ticket.delegation)?;
        snapshot.docket.paid_to.get(&position.delegator)?;
        let provider = snapshot.provider(&position.provider)?;
        let has_ended = |number: &u32| {
            let account = snapshot.docket.claim(&position.provider, *number);
            account.is_some_and(|found| found.claim.strike(&found.entries, &mut { *ticket }, provider).is_ok())
        };
        let listed = ticket.claims.iter().map(|listed| listed.number);
        let ended: Vec<u32> = listed.filter(has_ended).collect();
        (!ended.is_empty()).then_some(Work::SettleTicket(*key, ended))
    };
    snapshot.docket.tickets.iter().filter_map(settle)
}

/// Jurors whose leaf holds another weight than what has ripened, and one that waits for its first leaf: one
/// at a time, because each takes a leaf that the next would have found. Who is out of the tree left it or was
/// displaced, and decides itself whether to come back.
fn jurors(snapshot: &Snapshot) -> Vec<Work> {
    let (docket, network) = (&snapshot.docket, &snapshot.network);
    if network.juror_tree_is_frozen(snapshot.slot) {
        return Vec::new();
    }
    let rewritten = docket.jurors.iter().filter(|(_, juror)| juror.is_in_tree != 0).filter_map(|(key, juror)| {
        let weight = snapshot.ripe(juror).ripe();
        let entry = TreeEntry { leaf: juror.leaf, holder: None, weight };
        (weight != juror.leaf_weight).then_some(Work::SyncJuror(*key, entry))
    });
    let first = docket.tree.as_deref().and_then(|tree| {
        let at = TreeAt { network, tree, slot: snapshot.slot, now_ts: snapshot.now_ts };
        let mut new: Vec<_> = docket.jurors.iter().filter(|(_, juror)| juror.entered == 0).collect();
        new.sort_by_key(|(_, juror)| std::cmp::Reverse(snapshot.ripe(juror).ripe()));
        let mut new = new.into_iter().take(NEW_JURORS);
        new.find_map(|(key, juror)| {
            Some(Work::SyncJuror(*key, plan_entry(&at, key, juror, docket.jurors.iter()).ok()?))
        })
    });
    rewritten.chain(first).collect()
}

/// Claims that can shrink or close, and faults that nothing asks for any more.
fn cases(snapshot: &Snapshot) -> impl Iterator<Item = Work> {
    let (docket, now_ts) = (&snapshot.docket, snapshot.now_ts);
    let claims = docket.claims.iter().filter(move |(_, entry)| {
        let claim = &entry.claim;
        let shrinks = claim.claim.shrink(&claim.entries, entry.is_orphan);
        claim.claim.require_shrinkable(now_ts).is_ok() && shrinks.is_ok()
    });
    let faults = docket.faults.iter().filter(move |(_, fault)| fault.require_closable(now_ts).is_ok());
    let claims = claims.map(|(key, _)| Work::CloseClaim(*key));
    claims.chain(faults.map(|(key, _)| Work::CloseFault(*key)))
}
