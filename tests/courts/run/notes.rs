//! What happened in a history beyond its operations: a set of histories in which something never happened
//! proves nothing of it.

use super::sales;
use crate::{
    model::{BallotState, Dispute, Model, Outcome},
    op::{OWN, Op, Step},
};

/// What must have happened in every test's histories.
pub const EXPECTED: [&str; 35] = [
    "the last entry of a claim was shared",
    "a claim was joined by a further dispute",
    "a dispute was raised by another person",
    "a layer lost a part",
    "a layer was found above another",
    "a layer was conceded",
    "a client's claim held stake only from the verdict on",
    "a missed deadline was disputed",
    "silence conceded what a jury could not take back",
    "a young tree's verdict was cut",
    "the arbiter convicted without a jury",
    "a counter-bond was lost",
    "a counter-bond was replaced",
    "an appeal was held",
    "an appeal was defended against",
    "a third jury was called",
    "a fresh jury was called",
    "a juror sat twice on a jury",
    "a juror bound less than a whole seat",
    "a juror lost its lock",
    "jurors without a quorum were paid by the absent",
    "the own stake paid jurors",
    "a further verdict of an epoch took less than alone",
    "a further seat cost twice its fee",
    "a fault was repeated",
    "convictions of others made a fault cost more",
    "the own stake left a debt",
    "own rewards were confiscated",
    "the limit cut an installment",
    "an eighth passed the limit",
    "a step was rewarded to an earlier commitment",
    "a ticket was charged",
    "a ticket paid all that it held",
    "everybody left a pool through an open claim",
    "stake came into a pool under a claim",
];

/// What a step that was done brought.
pub fn of_step(step: &Step, before: &Model, after: &Model) -> Vec<&'static str> {
    let mut notes = Vec::new();
    for op in step {
        of_op(op, before, after, &mut notes);
        notes.extend(sales::of_op(op, before, after));
    }
    for (number, dispute) in &after.disputes {
        match before.disputes.get(number) {
            Some(earlier) => {
                of_change(earlier, dispute, &mut notes);
                notes.extend(sales::of_dispute(earlier, dispute, after));
                if dispute.finished && !earlier.finished {
                    of_verdict(dispute, &mut notes);
                    of_conviction(dispute, before, after, &mut notes);
                }
                if dispute.ended && !earlier.ended {
                    of_reward(*number, dispute, before, after, &mut notes);
                }
            }
            None => of_opening(dispute, &mut notes),
        }
    }
    notes
}

/// Notes something where it holds.
fn note(notes: &mut Vec<&'static str>, holds: bool, what: &'static str) {
    if holds {
        notes.push(what);
    }
}

fn of_op(op: &Op, before: &Model, after: &Model, notes: &mut Vec<&'static str>) {
    match *op {
        Op::Answer { dispute, .. } => {
            let provider = after.disputes[&dispute].provider;
            let bonder = |model: &Model| model.providers[provider].counter_bonder;
            let replaced = bonder(before).is_some_and(|former| bonder(after) != Some(former));
            note(notes, replaced, "a counter-bond was replaced");
        }
        Op::Rule { dispute, .. } => {
            let ruled = |model: &Model| model.providers[after.disputes[&dispute].provider].ruled;
            note(notes, ruled(before) != ruled(after), "the arbiter convicted without a jury");
        }
        Op::Execute { dispute } => of_execution(&before.disputes[&dispute], &after.disputes[&dispute], after, notes),
        Op::Delegate { at, .. } => {
            let open = after.providers[at.0].places.iter().any(Option::is_some);
            note(notes, open, "stake came into a pool under a claim");
        }
        Op::Withdraw { at, .. } => {
            let pool = &after.providers[at.0].pools[usize::from(at.1 != OWN)];
            let open = after.providers[at.0].places.iter().any(Option::is_some);
            note(notes, open && pool.shares == 0, "everybody left a pool through an open claim");
        }
        Op::SettleTicket { at, ticket, .. } => {
            let burned = before.money.supply - after.money.supply;
            let held = before.tickets[&(at, ticket)].held;
            note(notes, burned > 0, "a ticket was charged");
            note(notes, burned > 0 && burned == held, "a ticket paid all that it held");
        }
        Op::SettleBallot { dispute, jury, index } => {
            let ballot = before.disputes.get(&dispute).and_then(|dispute| dispute.ballots.get(&(jury, index)));
            let Some(ballot) = ballot else { return };
            let [lock, lost] = [before, after].map(|model| model.jury.all[&ballot.juror].lock);
            note(notes, lost < lock, "a juror lost its lock");
            let earned = after.jury.all[&ballot.juror].credit > before.jury.all[&ballot.juror].credit;
            let decided = before.disputes[&dispute].court.juries[usize::from(jury)].decided;
            note(notes, earned && !decided, "jurors without a quorum were paid by the absent");
        }
        _ => {}
    }
}

fn of_execution(before: &Dispute, after: &Dispute, model: &Model, notes: &mut Vec<&'static str>) {
    let work = model.time.work();
    let taken: u64 = after.stakes.iter().map(|stake| stake.executed).sum::<u64>()
        - before.stakes.iter().map(|stake| stake.executed).sum::<u64>();
    let due: u64 = before.due(work).iter().sum();
    note(notes, taken < due, "the limit cut an installment");
    let filled = model.is_full();
    note(notes, taken < due && filled, "an eighth passed the limit");
}

fn of_opening(dispute: &Dispute, notes: &mut Vec<&'static str>) {
    note(notes, dispute.joined > crate::model::ENTRIES, "the last entry of a claim was shared");
    note(notes, dispute.joined > 1, "a claim was joined by a further dispute");
    note(notes, dispute.missed, "a missed deadline was disputed");
}

fn of_change(before: &Dispute, after: &Dispute, notes: &mut Vec<&'static str>) {
    let new_layer = after.layers.len() > before.layers.len();
    note(notes, new_layer && after.layers[0].who != after.layers[1].who, "a dispute was raised by another person");
    let conceded = |dispute: &Dispute| dispute.layers.iter().filter(|layer| layer.conceded).count();
    note(notes, conceded(after) > conceded(before), "a layer was conceded");
    note(notes, before.unreserved && after.joined > 0, "a client's claim held stake only from the verdict on");
    let juries = after.court.juries.len() > before.court.juries.len();
    if let Some(jury) = after.court.juries.last().filter(|_| juries) {
        let of_round = after.court.juries.iter().filter(|other| other.round == jury.round).count();
        note(notes, of_round > 1, "a fresh jury was called");
        note(notes, jury.round == 3 && of_round == 1, "a third jury was called");
    }
    if after.ballots.len() > before.ballots.len() {
        let new = after.ballots.iter().filter(|(key, _)| !before.ballots.contains_key(key));
        for ((jury, _), ballot) in new {
            let (_, lock) = after.ballot_terms(*jury, crate::rules::LEAST_LOCK);
            note(notes, !ballot.is_first, "a juror sat twice on a jury");
            note(
                notes,
                ballot.lock < lock && ballot.state == BallotState::Drawn,
                "a juror bound less than a whole seat",
            );
        }
    }
}

fn of_conviction(dispute: &Dispute, before: &Model, after: &Model, notes: &mut Vec<&'static str>) {
    let (provider, severity) = (dispute.provider, dispute.court.severity());
    let [old, new] = [before, after].map(|model| &model.providers[provider]);
    note(notes, new.counter_bond < old.counter_bond, "a counter-bond was lost");
    note(notes, new.debt > old.debt, "the own stake left a debt");
    if severity == 0 {
        return;
    }
    let verdict = after.time.epoch_at(dispute.court.until + after.time.lost);
    let repeats = before.repeats(provider, severity, dispute.epoch, verdict);
    note(notes, repeats > 0, "a fault was repeated");
    let correlation = before.correlation(provider, severity, verdict);
    note(notes, correlation > dispute.repeated(severity, repeats), "convictions of others made a fault cost more");
    let known = &before.faults[&(provider, dispute.epoch)];
    note(notes, known.applied[0] > 0, "a further verdict of an epoch took less than alone");
}

fn of_reward(number: usize, dispute: &Dispute, before: &Model, after: &Model, notes: &mut Vec<&'static str>) {
    let [old, new] = [before, after].map(|model| &model.faults[&(dispute.provider, dispute.epoch)].steps);
    let anothers =
        old.iter().zip(new).any(|(old, new)| new.reward > old.reward && new.owner.is_some_and(|(of, ..)| of != number));
    note(notes, anothers, "a step was rewarded to an earlier commitment");
}

fn of_verdict(after: &Dispute, notes: &mut Vec<&'static str>) {
    let court = &after.court;
    let severity = court.severity();
    let cut = court.cautious && court.verdict == Some(2) && court.found.iter().any(|found| *found > 2);
    note(notes, cut && court.outcome == Outcome::Upheld, "a young tree's verdict was cut");
    let conceded = court.conceded > 0 && court.verdict.unwrap_or(0) < court.conceded;
    note(notes, conceded, "silence conceded what a jury could not take back");
    for appeal in &court.appeals {
        let held = |side: usize, other: usize| {
            let paid = appeal.full > 0 && appeal.paid[side] >= appeal.full;
            (paid, paid && appeal.paid[other] > 0)
        };
        for (held, defended) in [held(0, 3), held(1, 2)] {
            note(notes, held, "an appeal was held");
            note(notes, defended, "an appeal was defended against");
        }
    }
    note(notes, after.jury_pay > 0, "the own stake paid jurors");
    note(notes, after.extra > 0, "a further seat cost twice its fee");
    note(notes, after.confiscated > 0, "own rewards were confiscated");
    for layer in after.layers.iter().filter(|layer| severity > 0 && !layer.withdrawn) {
        let part = severity > layer.below && severity < layer.severity;
        note(notes, part && !layer.conceded, "a layer lost a part");
        note(notes, layer.below > 0 && severity >= layer.severity, "a layer was found above another");
    }
}
