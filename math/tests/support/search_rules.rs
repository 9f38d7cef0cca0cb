//! What a dispute may do, said a second time and without its code: who may act when, how long it can last, and what a verdict needs.

use work_token_math::dispute::{Machine, NO_VERDICT, Outcome, Phase, Side, sizes};

use super::{
    dispute::{CLOCKS, half_work_ts},
    search::{Action, SIDES, wait},
};

fn secs(of: u32) -> i64 {
    i64::from(of)
}

fn jury_secs() -> i64 {
    secs(CLOCKS.seat) + secs(CLOCKS.commit) + secs(CLOCKS.reveal)
}

/// Longest time from the verdict of a round to the end: its appeal and all later ones, then the arbiter.
fn after_verdict(round: u8) -> i64 {
    i64::from(3u8.saturating_sub(round)) * (secs(CLOCKS.appeal) + jury_secs()) + secs(CLOCKS.arbiter)
}

/// Longest time that a dispute can still last.
pub fn longest(machine: &Machine) -> i64 {
    let round = machine.present().round;
    let fresh = if machine.redrawn { 0 } else { jury_secs() };
    let left = machine.until_work_ts;
    match machine.phase {
        Phase::Answer => left + jury_secs() + fresh + after_verdict(1),
        Phase::Seating => left + secs(CLOCKS.commit) + secs(CLOCKS.reveal) + fresh + after_verdict(round),
        Phase::Commit => left + secs(CLOCKS.reveal) + fresh + after_verdict(round),
        Phase::Reveal => left + fresh + after_verdict(round),
        Phase::Appeal => left + jury_secs() + fresh + after_verdict(round + 1),
        Phase::Arbiter => left,
        Phase::Decided => 0,
    }
}

/// Whether the verdict stands against a side: less than was claimed for the one, more than nothing for the other, a tie for both.
pub fn loses(machine: &Machine, side: Side) -> bool {
    match side {
        Side::Challenger => machine.tied || machine.verdict < machine.claimed,
        Side::Provider => machine.tied || machine.verdict > 0,
    }
}

fn paid(machine: &Machine, side: Side) -> u64 {
    machine.pots[usize::from(machine.present().round - 1)][side as usize]
}

fn full(machine: &Machine) -> u64 {
    machine.costs[usize::from(machine.present().round - 1)]
}

/// Whether an action is allowed now. `None` where the program's own books exclude it: a seat holds one juror, a juror one vote.
pub fn is_lawful(machine: &Machine, action: Action) -> Option<bool> {
    let jury = machine.present();
    let phase = machine.phase;
    let first = machine.jury == 0;
    Some(match action {
        Action::Answer => phase == Phase::Answer,
        Action::Raise(severity) => {
            let open = phase == Phase::Answer || (first && phase == Phase::Seating);
            open && severity > machine.claimed && severity <= 5
        }
        Action::Withdraw => phase == Phase::Answer || (first && matches!(phase, Phase::Seating | Phase::Commit)),
        Action::Seat(_) => phase == Phase::Seating,
        Action::Commit => phase == Phase::Commit,
        Action::Reveal(_) if phase == Phase::Reveal && jury.revealed >= jury.committed => return None,
        Action::Reveal(vote) => phase == Phase::Reveal && vote <= machine.claimed,
        Action::Exclude(committed) => {
            let voting = matches!(phase, Phase::Seating | Phase::Commit | Phase::Reveal);
            let there_is = if committed { jury.committed > jury.revealed } else { jury.filled > jury.committed };
            if voting && !there_is {
                return None;
            }
            voting
        }
        Action::Fund(side, amount) => {
            let lost = phase == Phase::Appeal && loses(machine, side);
            let in_time = phase == Phase::Appeal && (!lost || half_work_ts(machine) > 0);
            in_time
                && amount > 0
                && amount + paid(machine, side) <= if lost { full(machine) } else { full(machine).div_ceil(2) }
        }
        Action::Rule(severity) => {
            let found = severity <= 5 && machine.found >> severity & 1 == 1;
            phase == Phase::Arbiter && (severity == 0 || severity == machine.claimed || found)
        }
    })
}

/// With nobody who acts a dispute ends in time, however late and however often it is looked at.
pub fn assert_time_alone_decides(machine: &Machine) {
    let longest = longest(machine);
    let at_once = wait(machine, longest);
    assert_eq!(at_once.phase, Phase::Decided, "{machine:?}");
    assert_ne!(at_once.outcome, Outcome::Pending);
    let mut stepwise = *machine;
    while stepwise.phase != Phase::Decided {
        let now = stepwise.until_work_ts;
        assert!(now <= longest, "{machine:?}");
        stepwise.advance(&CLOCKS, super::dispute::cost(machine.claimed), now);
    }
    assert_eq!(stepwise, at_once, "who looks late sees the same");
}

/// Every step keeps to the longest time, and a verdict comes only from votes or from the arbiter.
pub fn assert_step_is_lawful(before: &Machine, after: &Machine, now: i64, action: Option<Action>) {
    let relative = Machine { until_work_ts: after.until_work_ts - now, ..*after };
    assert!(now + longest(&relative) <= longest(before), "{before:?} {after:?}");
    assert!(after.verdict <= after.claimed || after.verdict == NO_VERDICT);
    assert!(before.found & !after.found == 0 && before.claimed <= after.claimed);

    let ruled = matches!(action, Some(Action::Rule(_)));
    let jury = usize::from(before.jury);
    let voted = after.juries[jury].decided && !before.juries[jury].decided;
    if voted {
        let (found, seats) = (after.juries[jury].revealed, after.juries[jury].seats);
        assert!(3 * u16::from(found) >= u16::from(seats), "a third of the seats voted");
        assert_eq!(before.phase, Phase::Reveal);
        assert_eq!(after.found, before.found | 1 << after.verdict);
        assert!(matches!(after.phase, Phase::Appeal | Phase::Arbiter), "a verdict can be appealed");
    } else if before.verdict != after.verdict {
        let first = before.verdict == NO_VERDICT && after.phase == Phase::Decided;
        let silent = after.outcome == Outcome::Silent && after.verdict == before.claimed && before.claimed <= 2;
        assert!(
            ruled || (first && (after.verdict == 0 || silent)),
            "no verdict falls without a vote: {before:?} {after:?}"
        );
    }
    if before.phase == Phase::Appeal && after.phase != Phase::Appeal {
        let funded = SIDES.iter().any(|side| loses(before, *side) && paid(before, *side) >= full(before));
        assert_eq!(after.phase == Phase::Seating, funded, "only who lost and paid is heard again: {before:?}");
        assert!(funded || (after.phase == Phase::Decided && after.verdict == before.verdict));
    }
    if after.phase == Phase::Arbiter && before.phase != Phase::Arbiter {
        let last = after.present();
        assert!(if last.decided { last.round == 3 } else { after.redrawn }, "{before:?} {after:?}");
    }
    if after.phase == Phase::Decided {
        assert_outcome_follows(before, after, ruled);
        assert!(!ruled || !after.tied, "a ruling ends a tie");
    }
    assert_nobody_waits_in_vain(before, after, now, action);
}

/// A phase ends with its deadline, an appeal that the loser did not pay with its first half, and a vote with its last juror; not before.
fn assert_nobody_waits_in_vain(before: &Machine, after: &Machine, now: i64, action: Option<Action>) {
    let (jury, past) = (after.present(), after.jury.checked_sub(1).map(|past| after.juries[usize::from(past)]));
    if matches!(after.phase, Phase::Seating | Phase::Commit | Phase::Reveal) {
        let fresh = past.is_some_and(|past| past.round == jury.round);
        let seats = sizes(after.claimed)[usize::from(jury.round - 1)];
        assert_eq!(jury.seats, if fresh { 2 * seats } else { seats });
        assert!(!fresh || after.redrawn);
    }
    match action {
        None => {
            let appeal = before.phase == Phase::Appeal;
            let funded = appeal && SIDES.iter().any(|side| loses(before, *side) && paid(before, *side) >= full(before));
            let over = now >= before.until_work_ts || (appeal && !funded && now >= half_work_ts(before));
            assert_eq!(over, before.phase != after.phase || before.jury != after.jury, "{before:?} {after:?}");
        }
        Some(_) => {
            assert!(after.phase != Phase::Seating || jury.seated < jury.seats);
            assert!(after.phase != Phase::Commit || jury.committed < jury.filled);
            assert!(after.phase != Phase::Reveal || jury.revealed < jury.committed, "{before:?} {after:?}");
        }
    }
}

fn assert_outcome_follows(before: &Machine, after: &Machine, ruled: bool) {
    match after.outcome {
        Outcome::Pending => unreachable!("decided without an outcome"),
        Outcome::Silent => assert!(before.phase == Phase::Answer && !after.answered && after.claimed <= 2),
        Outcome::Withdrawn => assert!(before.phase == Phase::Answer && after.verdict == 0),
        Outcome::Conceded => assert!(after.jury == 0 && after.juries[0].revealed == 0 && after.verdict == 0),
        Outcome::Upheld => assert!(after.verdict > 0 && (ruled || (!before.tied && before.verdict == after.verdict))),
        Outcome::Dismissed => assert!(after.verdict == 0 && (ruled || (!before.tied && before.verdict == 0))),
        Outcome::Tied => assert!(after.verdict == 0 && before.tied && !ruled),
        Outcome::Undecided => {
            assert!(after.redrawn && after.verdict == 0 && before.verdict == NO_VERDICT);
            assert!(after.juries.iter().all(|jury| !jury.decided), "no jury came to a verdict");
        }
    }
}
