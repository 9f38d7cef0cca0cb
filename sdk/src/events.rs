//! What happened, read from a transaction's log.
//!
//! An event is a `Program data:` entry that this program wrote: one that stands in the log while this program
//! runs, and no program that it called. Any program can write such entries, so an entry of another program is
//! never taken for an event, whatever it says.

use {
    crate::Pubkey,
    base64::{Engine, prelude::BASE64_STANDARD},
    work_token_interface::ID,
};

pub use work_token_interface::events::*;

/// The events of a transaction, and what is missing from them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventLog {
    /// The events, in the order in which they were written.
    pub events: Vec<Event>,
    /// Entries of the program that are no event this SDK knows: written by a newer program.
    pub unknown: u32,
    /// The node cut the log short, so events may be missing; read the accounts instead.
    pub truncated: bool,
}

/// The events in a transaction's log.
pub fn decode_logs<L: AsRef<str>>(logs: &[L]) -> EventLog {
    let mut found = EventLog::default();
    let mut running: Vec<Option<Pubkey>> = Vec::new();
    for line in logs.iter().map(AsRef::as_ref) {
        if line == "Log truncated" {
            found.truncated = true;
        }
        let Some(entry) = line.strip_prefix("Program ") else { continue };
        if let Some(data) = entry.strip_prefix("data: ") {
            if running.last() == Some(&Some(ID)) {
                match decode_entry(data) {
                    Some(event) => found.events.push(event),
                    None => found.unknown += 1,
                }
            }
        } else {
            follow(&mut running, entry);
        }
    }
    found
}

/// Keeps the stack of running programs. What a program prints itself begins with `Program log:` and is no
/// such line.
fn follow(running: &mut Vec<Option<Pubkey>>, entry: &str) {
    let Some((program, rest)) = entry.split_once(' ') else { return };
    let Ok(program) = program.parse::<Pubkey>() else { return };
    if let Some(depth) = rest.strip_prefix("invoke [").and_then(|rest| rest.strip_suffix(']')) {
        let Ok(depth) = depth.parse::<usize>() else { return };
        // A truncated log may lack lines: the depth says how many programs still run.
        running.resize(depth.saturating_sub(1), None);
        running.push(Some(program));
    } else if rest == "success" || rest.starts_with("failed: ") {
        running.pop();
    }
}

/// One `Program data:` entry, without its prefix.
fn decode_entry(base64: &str) -> Option<Event> {
    Event::read(&BASE64_STANDARD.decode(base64).ok()?)
}

#[cfg(test)]
mod tests {
    use {super::*, crate::interface::tags};

    /// Where the length of an event's list stands, if it has one.
    fn list_at(name: &str) -> Option<usize> {
        Some(match name {
            "ProvidersWeighed" | "ProvidersSettled" | "ProvidersScored" => 32 + 4,
            "SeatDrawn" => 32 + 1 + 32 + 4 + 1 + 8,
            "AttestersDrawn" => 32 + 4 + 2,
            "AttestersSettled" => 32,
            _ => return None,
        })
    }

    fn sample(name: &str) -> Event {
        // Ones are a valid value of every field, a boolean included; a list needs its length.
        let mut fields = [1; 400];
        if let Some(at) = list_at(name) {
            fields[at..at + 4].copy_from_slice(&2u32.to_le_bytes());
        }
        Event::read(&[&tags::of_event(name)[..], &fields].concat()).expect("a sample of every event")
    }

    fn data(event: &Event) -> String {
        format!("Program data: {}", BASE64_STANDARD.encode(event.bytes()))
    }

    fn around(program: &Pubkey, depth: usize, lines: Vec<String>) -> Vec<String> {
        let mut log = vec![format!("Program {program} invoke [{depth}]")];
        log.extend(lines);
        log.push(format!("Program {program} consumed 2000 of 200000 compute units"));
        log.push(format!("Program {program} success"));
        log
    }

    #[test]
    fn every_event_round_trips_through_the_log() {
        let events: Vec<Event> = Event::NAMES.iter().map(|name| sample(name)).collect();
        let log = around(&ID, 1, events.iter().map(data).collect());
        assert_eq!(decode_logs(&log), EventLog { events, unknown: 0, truncated: false });
    }

    #[test]
    fn the_list_of_an_event_is_read_entry_by_entry() {
        let Event::SeatDrawn(drawn) = sample("SeatDrawn") else { panic!("another event") };
        let skipped = SkippedProvider { provider: Pubkey::new_from_array([1; 32]), reason: 1 };
        assert_eq!((drawn.skipped, drawn.self_selection), (vec![skipped; 2], true));
        let Event::AttestersDrawn(seated) = sample("AttestersDrawn") else { panic!("another event") };
        assert_eq!((seated.shard, seated.attesters), (257, vec![Pubkey::new_from_array([1; 32]); 2]));
        let Event::ProvidersScored(scored) = sample("ProvidersScored") else { panic!("another event") };
        assert_eq!((scored.providers.len(), scored.providers[1].values_bps), (2, [257; 6]));
        let Event::AttestersSettled(settled) = sample("AttestersSettled") else { panic!("another event") };
        assert_eq!(settled.attesters.len(), 2);
    }

    #[test]
    fn an_entry_that_another_program_wrote_is_no_event() {
        let stranger = Pubkey::new_from_array([9; 32]);
        let forged = data(&sample("RewardsClaimed"));
        assert_eq!(decode_logs(&around(&stranger, 1, vec![forged.clone()])), EventLog::default());

        let called = around(&stranger, 2, vec![forged.clone()]);
        assert_eq!(decode_logs(&around(&ID, 1, called)), EventLog::default(), "called by ours");

        let ours = around(&ID, 2, vec![forged.clone()]);
        let mut caller = ours;
        caller.push(forged.clone());
        assert_eq!(
            decode_logs(&around(&stranger, 1, caller)).events.len(),
            1,
            "only what ours wrote when it was called"
        );

        let printed = vec![format!("Program log: Program {ID} invoke [1]"), forged];
        assert_eq!(decode_logs(&around(&stranger, 1, printed)), EventLog::default(), "printed, not run");
    }

    #[test]
    fn after_a_call_returns_the_callers_entries_count_again() {
        let token = Pubkey::new_from_array([3; 32]);
        let mut lines = around(&token, 2, vec![]);
        lines.push(data(&sample("StakeDeposited")));
        assert_eq!(decode_logs(&around(&ID, 1, lines)).events, vec![sample("StakeDeposited")]);
    }

    #[test]
    fn what_is_unknown_or_cut_short_is_counted_and_never_guessed() {
        let entries =
            vec!["Program data: AAAAAAAAAAAAAAAA".into(), "Program data: not base64".into(), "Log truncated".into()];
        let found = decode_logs(&around(&ID, 1, entries));
        assert_eq!((found.events.len(), found.unknown, found.truncated), (0, 2, true));
        assert_eq!(Event::read(&[1, 2, 3]), None);
        let short = &sample("StakeDeposited").bytes()[..40];
        assert_eq!(Event::read(short), None);
    }
}
