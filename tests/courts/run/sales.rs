//! What happened to providers that passed to another owner, in what state, and to whom.

use crate::{
    model::{Dispute, JUDGES, Model, Phase, STANDS_BEHIND},
    op::{OWN, Op},
};

/// What must have happened in every test's histories.
pub const EXPECTED: [&str; 15] = [
    "a provider was handed over under an open dispute",
    "a provider was handed over while its jury was drawn or voted",
    "a provider was handed over while it was appealed or judged anew",
    "a provider was handed over while its slash was to be executed",
    "a provider was handed over with a ticket held for a claim",
    "a provider was handed over with a ticket that asks to leave",
    "a provider was handed over to a juror",
    "a provider was handed over to its challenger",
    "a provider was handed over with the counter-bond of who owned it",
    "an owner was called as a juror and did not sit",
    "who owned a provider before judged it",
    "an owner's stake paid for what it found there",
    "a ticket of an own position that had passed on was charged",
    "a judge did not take over what is disputed",
    "who stands behind a provider did not take it over",
];

/// What an operation brought.
pub fn of_op(op: &Op, before: &Model, after: &Model) -> Vec<&'static str> {
    let notes: Vec<(bool, &'static str)> = match *op {
        Op::AcceptOwner { provider, by, .. } => of_hand_over(provider, by, before),
        Op::Execute { dispute } => {
            let (old, new) = (&before.disputes[&dispute], &after.disputes[&dispute]);
            let found = new.owner != after.providers[new.provider].owner;
            let paid = new.stakes[0].executed > old.stakes[0].executed;
            vec![(found && paid, EXPECTED[11])]
        }
        Op::SettleTicket { at, .. } if at.1 == OWN => {
            let burned = after.money.supply < before.money.supply;
            vec![(burned && !after.providers[at.0].former.is_empty(), EXPECTED[12])]
        }
        _ => Vec::new(),
    };
    notes.into_iter().filter_map(|(holds, what)| holds.then_some(what)).collect()
}

fn of_hand_over(provider: usize, by: usize, before: &Model) -> Vec<(bool, &'static str)> {
    let known = &before.providers[provider];
    let any = |is_so: &dyn Fn(&Dispute) -> bool| {
        before.disputes.values().any(|dispute| dispute.provider == provider && is_so(dispute))
    };
    let in_phase = |phases: &[Phase]| any(&|dispute| phases.contains(&dispute.court.phase));
    let is_open = |dispute: &Dispute| dispute.court.phase != Phase::Decided;
    let is_appealed = |dispute: &Dispute| dispute.court.phase == Phase::Appeal || dispute.court.round() > 1;
    let challenges = |dispute: &Dispute| dispute.layers.iter().any(|layer| layer.who == by);
    let tickets = || before.tickets.iter().filter(|((at, _), _)| *at == (provider, OWN)).map(|(_, ticket)| ticket);
    vec![
        (any(&is_open), EXPECTED[0]),
        (in_phase(&[Phase::Draw, Phase::Commit, Phase::Reveal]), EXPECTED[1]),
        (any(&|dispute| is_open(dispute) && is_appealed(dispute)), EXPECTED[2]),
        (any(&|dispute| dispute.finished && !dispute.is_executed()), EXPECTED[3]),
        (tickets().any(|ticket| ticket.is_held()), EXPECTED[4]),
        (tickets().any(|ticket| ticket.shares > 0), EXPECTED[5]),
        (before.jury.all.contains_key(&by), EXPECTED[6]),
        (any(&|dispute| is_open(dispute) && challenges(dispute)), EXPECTED[7]),
        (known.counter_bond > 0 && known.counter_bonder == Some(known.owner), EXPECTED[8]),
    ]
}

/// Who was called to judge a provider that had passed on, and who sat.
pub fn of_dispute(old: &Dispute, new: &Dispute, model: &Model) -> Vec<&'static str> {
    let known = &model.providers[new.provider];
    let mut notes = Vec::new();
    if old.draw.of == new.draw.of && new.draw.called > old.draw.called {
        let called = &new.draw.leaves[old.draw.called..new.draw.called];
        if called.iter().any(|(_, who)| *who == known.owner) {
            notes.push(EXPECTED[9]);
        }
    }
    let sat = new.ballots.iter().filter(|(place, _)| !old.ballots.contains_key(place)).map(|(_, ballot)| ballot.juror);
    for juror in sat {
        assert_ne!(juror, known.owner, "an owner never judges what it owns");
        if known.former.contains(&juror) {
            notes.push(EXPECTED[10]);
        }
    }
    notes
}

/// Why somebody did not take over.
pub fn of_refusal(why: &str) -> Option<&'static str> {
    match why {
        JUDGES => Some(EXPECTED[13]),
        STANDS_BEHIND => Some(EXPECTED[14]),
        _ => None,
    }
}
