//! What a dispute may do, said a second time and without its code: who may act when, how long it can last,
//! and what a verdict needs.

use work_token_math::dispute::{Machine, NO_VERDICT, Outcome, Phase, Side, sizes};

use super::{
    dispute::{CLOCKS, Case, half_work_ts},
    search::{ARBITER_SEVERITY, Action, wait},
};

fn secs(of: u32) -> i64 {
    i64::from(of)
}

fn jury_secs() -> i64 {
    secs(CLOCKS.draw) + secs(CLOCKS.commit) + secs(CLOCKS.reveal)
}

/// Longest time from the verdict of a round to the end: its appeal and all later ones, then the arbiter.
fn after_verdict(round: u8) -> i64 {
    i64::from(3u8.saturating_sub(round)) * (secs(CLOCKS.appeal) + jury_secs()) + secs(CLOCKS.arbiter)
}

/// Longest time that a dispute can still last.
pub fn longest(machine: &Machine) -> i64 {
    let round = machine.present().round;
    let fresh = if machine.redrawn != 0 { 0 } else { jury_secs() };
    let left = machine.until_work_ts;
    match machine.phase() {
        Phase::Answer => left + jury_secs() + fresh + after_verdict(1),
        Phase::Draw => left + secs(CLOCKS.commit) + secs(CLOCKS.reveal) + fresh + after_verdict(round),
        Phase::Commit => left + secs(CLOCKS.reveal) + fresh + after_verdict(round),
        Phase::Reveal => left + fresh + after_verdict(round),
        Phase::Appeal => left + jury_secs() + fresh + after_verdict(round + 1),
        Phase::Arbiter => left,
        Phase::Decided => 0,
    }
}

/// Whether the verdict stands against who appeals: less than somebody still claims for the one, more than
/// nothing for the other, a tie for both. Who defends a verdict does not lose by it.
pub fn loses(case: &Case, side: Side) -> bool {
    let machine = &case.machine;
    match side {
        Side::Challenger => machine.is_tied() || machine.verdict < case.highest_standing(),
        Side::Provider => machine.is_tied() || machine.verdict > 0,
        Side::ChallengerDefence | Side::ProviderDefence => false,
    }
}

fn paid(machine: &Machine, side: Side) -> u64 {
    machine.pots[usize::from(machine.present().round - 1)][side as usize]
}

fn full(machine: &Machine) -> u64 {
    machine.costs[usize::from(machine.present().round - 1)]
}

/// Whether somebody whom the verdict stands against has paid in full to be heard again.
fn is_funded(case: &Case) -> bool {
    [Side::Challenger, Side::Provider]
        .into_iter()
        .any(|side| loses(case, side) && paid(&case.machine, side) >= full(&case.machine))
}

/// Whether an action is allowed now. `None` where the program's own books exclude it: a ballot holds one
/// juror, a juror one vote, a dispute so many challengers.
pub fn is_lawful(case: &Case, action: Action) -> Option<bool> {
    let machine = &case.machine;
    let jury = machine.present();
    let phase = machine.phase();
    let first = machine.jury == 0;
    Some(match action {
        Action::Answer => phase == Phase::Answer,
        Action::Raise(severity) => {
            let open = phase == Phase::Answer || (first && phase == Phase::Draw);
            if open && !case.has_room() {
                return None;
            }
            open && severity > machine.claimed && severity <= 5
        }
        Action::Withdraw(severity) => {
            let open = phase == Phase::Answer || (first && matches!(phase, Phase::Draw | Phase::Commit));
            open && case.standing().any(|claim| claim == severity)
        }
        Action::Seat(_) => phase == Phase::Draw,
        Action::Commit => phase == Phase::Commit,
        Action::Reveal(_) if phase == Phase::Reveal && jury.revealed >= jury.committed => return None,
        Action::Reveal(vote) => phase == Phase::Reveal && vote <= machine.claimed,
        Action::Exclude(committed) => {
            let voting = matches!(phase, Phase::Draw | Phase::Commit | Phase::Reveal);
            let there_is = if committed { jury.committed > jury.revealed } else { jury.filled > jury.committed };
            if voting && !there_is {
                return None;
            }
            voting
        }
        Action::Fund(side, amount) => phase == Phase::Appeal && amount > 0 && amount <= payable(case, side),
        Action::Rule(severity) => {
            let found = severity <= 5 && machine.found >> severity & 1 == 1;
            let nothing_found = machine.found == 0;
            let alone = nothing_found && severity <= ARBITER_SEVERITY && severity <= case.highest_standing();
            phase == Phase::Arbiter && (found || alone)
        }
    })
}

/// What a side can still pay: who appeals all of the price and in the first half only, who defends half of
/// it.
fn payable(case: &Case, side: Side) -> u64 {
    let machine = &case.machine;
    let full = full(machine);
    match side {
        Side::Challenger | Side::Provider if loses(case, side) && half_work_ts(machine) > 0 => {
            full - paid(machine, side)
        }
        Side::ChallengerDefence if loses(case, Side::Provider) => full.div_ceil(2) - paid(machine, side),
        Side::ProviderDefence if loses(case, Side::Challenger) => full.div_ceil(2) - paid(machine, side),
        _ => 0,
    }
}

/// The machine knows of its challengers what stands, and no conviction is for more than somebody claimed.
pub fn assert_parties_agree(case: &Case) {
    let standing = case.standing().fold(0u8, |bits, severity| bits | 1 << severity);
    assert_eq!(case.machine.standing, standing, "{case:?}");
    let claimed = case.parties.iter().map(|party| party.severity).max().unwrap_or(0);
    assert!(case.machine.claimed <= claimed && case.machine.severity() <= claimed);
    assert!(case.machine.floor <= 2 && (case.machine.floor == 0 || !case.machine.is_answered()));
}

/// With nobody who acts a dispute ends in time, however late and however often it is looked at.
pub fn assert_time_alone_decides(case: &Case) {
    let longest = longest(&case.machine);
    let at_once = wait(case, longest).machine;
    assert_eq!(at_once.phase(), Phase::Decided, "{case:?}");
    assert_ne!(at_once.outcome(), Outcome::Pending);
    let mut stepwise = case.machine;
    while stepwise.phase() != Phase::Decided {
        let now = stepwise.until_work_ts;
        assert!(now <= longest, "{case:?}");
        stepwise.advance(&CLOCKS, super::dispute::cost(case.machine.claimed), now);
    }
    assert_eq!(stepwise, at_once, "who looks late sees the same");
}

/// Every step keeps to the longest time, and a verdict comes only from votes or from the arbiter.
pub fn assert_step_is_lawful(before: &Case, after: &Case, now: i64, action: Option<Action>) {
    let (was, is) = (&before.machine, &after.machine);
    let relative = Machine { until_work_ts: is.until_work_ts - now, ..*is };
    assert!(now + longest(&relative) <= longest(was), "{before:?} {after:?}");
    assert!(is.verdict <= is.claimed || is.verdict == NO_VERDICT);
    let early = was.phase() == Phase::Answer && matches!(action, Some(Action::Withdraw(_)));
    assert!(was.found & !is.found == 0 && (early || was.claimed <= is.claimed));

    let ruled = matches!(action, Some(Action::Rule(_)));
    let jury = usize::from(was.jury);
    let voted = is.juries[jury].is_decided() && !was.juries[jury].is_decided();
    if voted {
        let (found, seats) = (is.juries[jury].revealed, is.juries[jury].size);
        assert!(3 * u16::from(found) >= u16::from(seats), "a third of the ballots voted");
        assert_eq!(was.phase(), Phase::Reveal);
        assert_eq!(is.verdict, is.juries[jury].verdict().min(after.highest_standing()), "cut to what is still claimed");
        assert_eq!(is.found, was.found | 1 << is.verdict);
        assert!(matches!(is.phase(), Phase::Appeal | Phase::Arbiter), "a verdict can be appealed");
    } else if was.verdict != is.verdict {
        let first = was.verdict == NO_VERDICT && is.phase() == Phase::Decided;
        let silent = is.outcome() == Outcome::Silent && is.verdict == before.highest_standing() && is.verdict <= 2;
        let cut = needs_confirmation(was) && was.phase() == Phase::Arbiter && is.verdict == 2;
        let allowed = ruled || cut || (first && (is.verdict == 0 || silent));
        assert!(allowed, "no verdict falls without a vote: {before:?} {after:?}");
    }
    assert_silence_concedes(before, after);
    assert_phases_follow(before, after);
    if is.phase() == Phase::Decided {
        assert_outcome_follows(before, after, ruled);
        assert!(!ruled || !is.is_tied(), "a ruling ends a tie");
    }
    assert_nobody_waits_in_vain(before, after, now, action);
}

/// Whether jurors of a young tree found more than they may alone.
fn needs_confirmation(machine: &Machine) -> bool {
    let judged = machine.juries.iter().any(|jury| jury.is_decided()) && !machine.is_tied();
    machine.cautious != 0 && judged && machine.verdict > 2 && machine.verdict != NO_VERDICT
}

/// Only who did not answer in time concedes, and only what silence executes; nothing takes it back.
fn assert_silence_concedes(before: &Case, after: &Case) {
    let (was, is) = (&before.machine, &after.machine);
    if was.phase() == Phase::Answer && is.phase() == Phase::Draw && !is.is_answered() {
        let conceded = before.standing().filter(|severity| *severity <= 2).max().unwrap_or(0);
        assert_eq!(is.floor, conceded);
        assert!(before.highest_standing() > 2, "else it would be over");
    } else {
        assert_eq!(was.floor, is.floor);
    }
    assert!(is.phase() != Phase::Decided || is.floor == 0 || is.severity() >= is.floor, "{after:?}");
}

fn assert_phases_follow(before: &Case, after: &Case) {
    let (was, is) = (&before.machine, &after.machine);
    if was.phase() == Phase::Appeal && is.phase() != Phase::Appeal {
        let funded = is_funded(before);
        assert_eq!(is.phase() == Phase::Draw, funded, "only who lost and paid is heard again: {before:?}");
        let next = if needs_confirmation(was) { Phase::Arbiter } else { Phase::Decided };
        assert!(funded || (is.phase() == next && is.verdict == was.verdict), "{before:?} {after:?}");
    }
    if is.phase() == Phase::Arbiter && was.phase() != Phase::Arbiter {
        let last = is.present();
        let confirms = was.phase() == Phase::Appeal && needs_confirmation(is);
        assert!(confirms || if last.is_decided() { last.round == 3 } else { is.redrawn != 0 }, "{before:?} {after:?}");
    }
}

/// A phase ends with its deadline, an appeal that the loser did not pay with its first half, and a vote with
/// its last juror; not before.
fn assert_nobody_waits_in_vain(before: &Case, after: &Case, now: i64, action: Option<Action>) {
    let (was, is) = (&before.machine, &after.machine);
    let (jury, past) = (is.present(), is.jury.checked_sub(1).map(|past| is.juries[usize::from(past)]));
    if matches!(is.phase(), Phase::Draw | Phase::Commit | Phase::Reveal) {
        let fresh = past.is_some_and(|past| past.round == jury.round);
        let seats = sizes(is.claimed)[usize::from(jury.round - 1)];
        assert_eq!(jury.size, if fresh { 2 * seats } else { seats });
        assert!(!fresh || is.redrawn != 0);
    }
    match action {
        None => {
            let appeal = was.phase() == Phase::Appeal;
            let early = appeal && !is_funded(before) && now >= half_work_ts(was);
            let over = now >= was.until_work_ts || early;
            assert_eq!(over, was.phase() != is.phase() || was.jury != is.jury, "{before:?} {after:?}");
        }
        Some(_) => {
            assert!(is.phase() != Phase::Draw || jury.drawn < jury.size);
            assert!(is.phase() != Phase::Commit || jury.committed < jury.filled);
            assert!(is.phase() != Phase::Reveal || jury.revealed < jury.committed, "{before:?} {after:?}");
        }
    }
}

fn assert_outcome_follows(before: &Case, after: &Case, ruled: bool) {
    let (was, is) = (&before.machine, &after.machine);
    let stood = !was.is_tied() && (was.verdict == is.verdict || needs_confirmation(was));
    match is.outcome() {
        Outcome::Pending => unreachable!("decided without an outcome"),
        Outcome::Silent => assert!(was.phase() == Phase::Answer && !is.is_answered() && before.highest_standing() <= 2),
        Outcome::Withdrawn => assert!(was.phase() == Phase::Answer && is.verdict == 0 && is.standing == 0),
        Outcome::Conceded => {
            assert!(is.jury == 0 && is.juries[0].revealed == 0 && is.verdict == 0 && is.standing == 0);
        }
        Outcome::Upheld if is.floor > 0 => assert!(!is.is_answered() && is.severity() >= is.floor),
        Outcome::Upheld => assert!(is.verdict > 0 && (ruled || stood)),
        Outcome::Dismissed => assert!(is.verdict == 0 && (ruled || stood)),
        Outcome::Tied => assert!(is.verdict == 0 && was.is_tied() && !ruled),
        Outcome::Undecided => {
            assert!(is.redrawn != 0 && is.verdict == 0 && was.verdict == NO_VERDICT);
            assert!(is.juries.iter().all(|jury| !jury.is_decided()), "no jury came to a verdict");
        }
    }
}
