//! Who disputes, answers, judges, appeals, executes and claims.

use {
    super::{Temper, somebody},
    crate::{
        model::{BallotState, Dispute, Model, Phase, Seed},
        op::{FIRST_CHALLENGER, FIRST_JUROR, Op, PROVIDERS, Step, Target, Who},
    },
    rand::{
        Rng,
        seq::{IndexedRandom, IteratorRandom},
    },
    rand_chacha::ChaCha8Rng,
};

/// Challengers of a history.
const CHALLENGERS: std::ops::Range<Who> = FIRST_CHALLENGER..FIRST_JUROR;

/// Somebody works, commits, opens or lets its opening lapse.
pub fn open(rng: &mut ChaCha8Rng, temper: &Temper, model: &Model) -> Option<Step> {
    let opening = model.openings.keys().copied().choose(rng);
    match (rng.random_range(0..10), opening) {
        (0..2, Some(opening)) => return Some(vec![Op::Use { opening }]),
        (2, Some(opening)) => return Some(vec![Op::Lapse { opening }]),
        (3, _) => return work(rng, model),
        (4, _) => return seat(rng, model),
        _ => {}
    }
    let who = somebody(rng, CHALLENGERS);
    let target = target(rng, temper, model)?;
    let who = match target {
        // A client may leave the claim out, and only a client disputes a missed deadline.
        Target::Result { seat, .. } if rng.random_ratio(1, 2) => model.jobs[&seat].client,
        _ => who,
    };
    let severity = severity(rng, temper);
    let required = model.bond_to_open(who, target, severity)?;
    commit(rng, model, who, target, severity, required)
}

/// Commits, and mostly opens at once.
fn commit(rng: &mut ChaCha8Rng, model: &Model, who: Who, target: Target, severity: u8, required: u64) -> Option<Step> {
    let tenth = required.div_ceil(10);
    let deposit = match rng.random_range(0..20) {
        0 => required - 1,
        1 => required + tenth + 1,
        2..5 => required + tenth,
        5..9 => required + rng.random_range(0..=tenth),
        _ => required,
    };
    let commit = Op::Commit { who, target, severity, deposit };
    let opening = model.numbers[0];
    Some(if rng.random_ratio(1, 5) { vec![commit] } else { vec![commit, Op::Use { opening }] })
}

fn severity(rng: &mut ChaCha8Rng, temper: &Temper) -> u8 {
    let all: &[u8] =
        if temper.severe { &[3, 3, 3, 4] } else { &[1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 5] };
    *all.choose(rng).expect("some")
}

fn target(rng: &mut ChaCha8Rng, temper: &Temper, model: &Model) -> Option<Target> {
    let work = model.time.work();
    let open = model.jobs.iter().filter(|(_, job)| work < job.challenge_until).map(|(number, _)| *number);
    if let Some(seat) = open.choose(rng).filter(|_| rng.random_ratio(1, 2)) {
        return Some(Target::Result { seat, without_claim: rng.random_ratio(1, 4) });
    }
    let provider = if temper.floods { 0 } else { rng.random_range(0..PROVIDERS) };
    let now = model.time.epoch();
    let back = *[0, 0, 1, 1, 1, 2, 3, 7, 8].choose(rng).expect("some");
    Some(Target::Conduct { provider, epoch: now.checked_sub(back)? })
}

fn work(rng: &mut ChaCha8Rng, model: &Model) -> Option<Step> {
    let provider = (0..PROVIDERS).filter(|provider| model.providers[*provider].exists).choose(rng)?;
    let fee = 1 << rng.random_range(20..32);
    Some(vec![Op::Work { provider, client: somebody(rng, CHALLENGERS), fee, missed: rng.random_ratio(1, 5) }])
}

fn seat(rng: &mut ChaCha8Rng, model: &Model) -> Option<Step> {
    let seat = model.jobs.iter().filter(|(_, job)| !job.settled).map(|(number, _)| *number).choose(rng)?;
    Some(vec![if rng.random_ratio(1, 2) { Op::Approve { seat } } else { Op::SettleSeat { seat } }])
}

/// A dispute goes on.
pub fn progress(rng: &mut ChaCha8Rng, temper: &Temper, model: &Model) -> Option<Step> {
    // What people act in goes first, mostly.
    let acts = |dispute: &Dispute| dispute.court.phase != Phase::Decided && dispute.court.phase != Phase::Answer;
    let busy = model.disputes.iter().filter(|(_, dispute)| acts(dispute)).map(|(number, _)| *number).choose(rng);
    let any = model.disputes.keys().copied().choose(rng)?;
    let number = busy.filter(|_| rng.random_ratio(2, 3)).unwrap_or(any);
    let dispute = &model.disputes[&number];
    // What is judged anew is sold more often than what is judged once: it is rarer.
    let haste = if dispute.court.round() > 1 { 2 } else { 12 };
    if acts(dispute) && rng.random_ratio(1, haste) && super::owners::is_for_sale(model, dispute.provider) {
        return super::owners::accept(rng, model, dispute.provider);
    }
    let is_over = model.time.work() >= dispute.court.until;
    if is_over && dispute.court.phase != Phase::Decided && !rng.random_ratio(1, 8) {
        return Some(vec![Op::Advance { dispute: number }]);
    }
    match dispute.court.phase {
        Phase::Answer => before_answer(rng, temper, model, number, dispute),
        Phase::Draw => draw(rng, model, number, dispute),
        Phase::Commit => commit_votes(rng, model, number, dispute),
        Phase::Reveal => reveal_votes(rng, number, dispute),
        Phase::Appeal => appeal(rng, model, number, dispute),
        Phase::Arbiter => arbiter(rng, number, dispute),
        Phase::Decided if !dispute.finished => Some(vec![Op::Advance { dispute: number }]),
        Phase::Decided => after(rng, model, number, dispute),
    }
}

fn before_answer(
    rng: &mut ChaCha8Rng,
    temper: &Temper,
    model: &Model,
    number: usize,
    dispute: &Dispute,
) -> Option<Step> {
    match rng.random_range(0..20) {
        0 => concede(rng, number, dispute),
        1..5 => raise(rng, model, number, dispute),
        5..8 if temper.silent => None,
        5..13 if !temper.silent => answer(rng, model, number, dispute),
        13 => answer(rng, model, number, dispute),
        _ => None,
    }
}

fn answer(rng: &mut ChaCha8Rng, model: &Model, number: usize, dispute: &Dispute) -> Option<Step> {
    let provider = &model.providers[dispute.provider];
    let who = if rng.random_ratio(1, 6) { somebody(rng, CHALLENGERS) } else { provider.owner };
    let required = dispute.bonds();
    let missing = required.saturating_sub(provider.counter_bond);
    let bond = match rng.random_range(0..12) {
        0 => missing.saturating_sub(1),
        1 => missing + rng.random_range(0..1 << 24),
        2 => required.max(provider.counter_bond) + 1,
        _ => missing,
    };
    let answer = Op::Answer { dispute: number, who, bond };
    Some(if rng.random_ratio(1, 3) { vec![answer, Op::Call { dispute: number }] } else { vec![answer] })
}

/// An accomplice, or a third party, claims more.
fn raise(rng: &mut ChaCha8Rng, model: &Model, number: usize, dispute: &Dispute) -> Option<Step> {
    let who = somebody(rng, CHALLENGERS);
    let severity = (dispute.court.claimed + rng.random_range(0..3)).clamp(1, 5);
    let required = model.raising(number, severity)?;
    commit(rng, model, who, Target::Raise { dispute: number }, severity, required)
}

fn concede(rng: &mut ChaCha8Rng, number: usize, dispute: &Dispute) -> Option<Step> {
    let place = u8::try_from(rng.random_range(0..dispute.layers.len())).expect("five at most");
    Some(vec![Op::Concede { dispute: number, place }])
}

fn draw(rng: &mut ChaCha8Rng, model: &Model, number: usize, dispute: &Dispute) -> Option<Step> {
    match dispute.draw.seed(&dispute.court) {
        Seed::None => match rng.random_range(0..10) {
            0 => raise(rng, model, number, dispute),
            1 => concede(rng, number, dispute),
            2 => super::stake::enter_tree(model),
            _ => Some(vec![Op::Call { dispute: number }]),
        },
        Seed::Armed(slot, _) if model.time.slot <= slot + 1 && !rng.random_ratio(1, 10) => {
            Some(vec![Op::Pass { secs: rng.random_range(4..8) }])
        }
        Seed::Armed(..) => Some(vec![Op::Call { dispute: number }]),
        Seed::Known => {
            let left = dispute.draw.leaves.len() - dispute.draw.called;
            let undrawn = dispute.court.present().map_or(0, |jury| usize::from(jury.size - jury.drawn));
            let calls = if rng.random_ratio(1, 4) { 1 } else { undrawn.min(left) };
            Some(vec![Op::DrawJuror { dispute: number }; calls.max(1)])
        }
    }
}

/// The ballots of the present jury in a state.
fn ballots(dispute: &Dispute) -> impl Iterator<Item = (u8, u8, BallotState)> + '_ {
    let present = u8::try_from(dispute.court.juries.len()).expect("four at most") - 1;
    let all = dispute.ballots.iter().filter(move |((jury, _), _)| *jury == present);
    all.map(|((jury, index), ballot)| (*jury, *index, ballot.state))
}

/// What a ballot votes: most see the same, some see anything, some juries are divided.
fn vote_of(rng: &mut ChaCha8Rng, number: usize, index: u8, dispute: &Dispute) -> u8 {
    let claimed = dispute.court.claimed;
    if number % 5 == 3 {
        return if index.is_multiple_of(2) { claimed } else { 0 };
    }
    let other = u8::try_from((number * 7 + dispute.court.juries.len() / 2) % usize::from(claimed + 1)).expect("small");
    let truth = if number.is_multiple_of(2) { claimed } else { other };
    if rng.random_ratio(2, 3) { truth } else { rng.random_range(0..=claimed) }
}

fn commit_votes(rng: &mut ChaCha8Rng, model: &Model, number: usize, dispute: &Dispute) -> Option<Step> {
    match rng.random_range(0..16) {
        0 => return concede(rng, number, dispute),
        1 => return interest(rng, model, number, dispute),
        _ => {}
    }
    let absent = if rng.random_ratio(1, 3) { 3 } else { 12 };
    let drawn: Vec<_> = ballots(dispute).filter(|(.., state)| *state == BallotState::Drawn).collect();
    let mut step = Step::new();
    for (jury, index, _) in drawn {
        if !rng.random_ratio(1, absent) {
            step.push(Op::Vote { dispute: number, jury, index, vote: vote_of(rng, number, index, dispute) });
        }
    }
    (!step.is_empty()).then_some(step)
}

/// A juror that came to stand behind the provider is taken out, or comes to stand there.
fn interest(rng: &mut ChaCha8Rng, model: &Model, number: usize, dispute: &Dispute) -> Option<Step> {
    let (jury, index, _) = ballots(dispute).choose(rng)?;
    let juror = dispute.ballots[&(jury, index)].juror;
    let at = (dispute.provider, juror);
    Some(vec![match model.positions.contains_key(&at) {
        true => Op::Exclude { dispute: number, jury, index },
        false => Op::Delegate { at, amount: 1 << 20 },
    }])
}

fn reveal_votes(rng: &mut ChaCha8Rng, number: usize, dispute: &Dispute) -> Option<Step> {
    let silent = if rng.random_ratio(1, 4) { 3 } else { 20 };
    let mut step = Step::new();
    for (jury, index, state) in ballots(dispute) {
        if let BallotState::Committed(vote) = state
            && !rng.random_ratio(1, silent)
        {
            step.push(Op::Reveal { dispute: number, jury, index, vote });
        }
    }
    // The jury may be complete before the last of them.
    (!step.is_empty()).then_some(step)
}

fn appeal(rng: &mut ChaCha8Rng, model: &Model, number: usize, dispute: &Dispute) -> Option<Step> {
    let side = rng.random_range(0..4);
    let work = model.time.work();
    let whole = dispute.court.fundable(usize::from(side), work);
    if whole == 0 {
        return None;
    }
    let who = match side {
        0 | 2 => somebody(rng, CHALLENGERS),
        _ => model.providers[dispute.provider].owner,
    };
    let amount = match rng.random_range(0..6) {
        0 => whole / 2 + 1,
        1 => 1,
        _ => whole + rng.random_range(0..2),
    };
    Some(vec![Op::Fund { dispute: number, who, side, amount }])
}

fn arbiter(rng: &mut ChaCha8Rng, number: usize, dispute: &Dispute) -> Option<Step> {
    let found = dispute.court.found.iter().copied().choose(rng);
    let severity =
        if rng.random_ratio(1, 8) { rng.random_range(0..6) } else { found.unwrap_or(rng.random_range(0..4)) };
    rng.random_ratio(2, 3).then(|| vec![Op::Rule { dispute: number, severity }])
}

/// What follows from a decision, in any order.
fn after(rng: &mut ChaCha8Rng, model: &Model, number: usize, dispute: &Dispute) -> Option<Step> {
    let work = model.time.work();
    if !dispute.ended && work < dispute.slash_from && rng.random_ratio(1, 20) {
        return Some(vec![Op::Veto { dispute: number, keep_bps: *[0, 1, 5_000, 9_999].choose(rng).expect("some") }]);
    }
    let is_due = dispute.confiscated > 0 || dispute.due(work).iter().any(|due| *due > 0);
    if !dispute.ended && work >= dispute.slash_from && is_due && rng.random_ratio(3, 4) {
        return Some(vec![Op::Execute { dispute: number }]);
    }
    if !dispute.ended && dispute.is_executed() {
        return Some(vec![Op::Advance { dispute: number }]);
    }
    match rng.random_range(0..6) {
        0 => settle_ballots(rng, number, dispute),
        1 => Some(vec![Op::Distribute { dispute: number }]),
        2 => {
            let place = (0..dispute.layers.len()).filter(|place| dispute.layers[*place].credit > 0).choose(rng);
            let place = place.map_or(u8::MAX, |place| u8::try_from(place).expect("five at most"));
            Some(vec![Op::ClaimCredit { dispute: number, place }])
        }
        3 => {
            let ((who, side), _) = dispute.contributions.iter().choose(rng)?;
            Some(vec![Op::ClaimAppeal { dispute: number, who: *who, side: u8::try_from(*side).expect("four") }])
        }
        4 if dispute.ended => Some(vec![match rng.random_range(0..3) {
            0 => Op::CloseClaim { provider: dispute.provider, number: dispute.claim },
            1 => Op::CloseFault { provider: dispute.provider, epoch: dispute.epoch },
            _ => Op::CloseDispute { dispute: number },
        }]),
        _ => Some(vec![Op::ClaimCounterBond { provider: dispute.provider }]).filter(|_| rng.random_ratio(1, 4)),
    }
}

/// Ballots are settled, those that did not reveal first, or in any order.
fn settle_ballots(rng: &mut ChaCha8Rng, number: usize, dispute: &Dispute) -> Option<Step> {
    let mut all: Vec<_> = dispute.ballots.iter().collect();
    if rng.random_ratio(1, 5) {
        let ((jury, index), _) = all.choose(rng)?;
        return Some(vec![Op::SettleBallot { dispute: number, jury: *jury, index: *index }]);
    }
    all.sort_by_key(|(_, ballot)| matches!(ballot.state, BallotState::Revealed(_)));
    let settle = |((jury, index), _): &(&(u8, u8), _)| Op::SettleBallot { dispute: number, jury: *jury, index: *index };
    let step: Step = all.iter().map(settle).collect();
    (!step.is_empty()).then_some(step)
}
