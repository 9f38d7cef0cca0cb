//! What everything of the add-in's IDL must have. Who may send its instructions, and with what, is tried like
//! the protocol's; what SPL Governance makes of it, by the real program.

use super::rules::{Excused, Kind, Part, Shown, named};

pub const ADDINS_EXCUSED: &[Excused] = &[
    Excused { name: "Network", what: "a layout", why: "it is the protocol's, which the add-in reads" },
    Excused { name: "Network", what: "its place in the list", why: "the same" },
];

/// Its heading in CONTRIBUTING.md.
const TITLE: &str = "The add-in";

pub const ADDINS_KINDS: &[Kind] = &[
    Kind { kind: "instruction", title: TITLE, names: |idl| named(&idl["instructions"]), parts: INSTRUCTION },
    Kind { kind: "account", title: TITLE, names: |idl| named(&idl["accounts"]), parts: ACCOUNT },
    Kind { kind: "error", title: TITLE, names: |idl| named(&idl["errors"]), parts: ERROR },
    Kind { kind: "event", title: TITLE, names: |idl| named(&idl["events"]), parts: EVENT },
];

const INSTRUCTION: &[Part] = &[
    Part { what: "a file of its own", within: &["programs/votes/src/instructions"], shown: Shown::File("#.rs") },
    Part { what: "a handler", within: &["programs/votes/src/instructions"], shown: Shown::Text("pub fn handle_#(") },
    Part { what: "an entry", within: &["programs/votes/src/lib.rs"], shown: Shown::Text("pub fn #(") },
    Part { what: "a builder", within: &["sdk/src/votes"], shown: Shown::Text("tag(\"#\")") },
    Part { what: "its accounts pinned", within: &["sdk/src/votes/tests.rs"], shown: Shown::Text("\"#\"") },
    Part { what: "an adversary's case", within: &["tests/adversary/cases"], shown: Shown::Text("instruction: \"#\"") },
    Part { what: "pinned refusals", within: &["tests/adversary/refusals_votes.tsv"], shown: Shown::Text("#") },
    Part { what: "a story that sends it", within: &["tests/cases/vote"], shown: Shown::Text("#(") },
    Part { what: "a measurement", within: &["xtask/benches/measure"], shown: Shown::Text("\"#") },
    Part { what: "a command that sends it", within: &["cli/src/commands"], shown: Shown::Text("#(") },
];

const ACCOUNT: &[Part] = &[
    Part { what: "a layout", within: &["interface/src/votes"], shown: Shown::Text("pub struct # {") },
    Part { what: "its place in the list", within: &["interface/src/votes/accounts.rs"], shown: Shown::Text("#") },
    Part { what: "a pinned layout", within: &["tests/cases"], shown: Shown::Text("#, 8, ") },
    Part { what: "golden bytes", within: &["tests/cases/program/golden"], shown: Shown::File("#.hex") },
    Part { what: "a row among the accounts", within: &["docs/protocol"], shown: Shown::Text("| `#`") },
];

const ERROR: &[Part] = &[
    Part { what: "its code and rule", within: &["interface/src/votes/errors.rs"], shown: Shown::Text("# = ") },
    Part {
        what: "somebody who refuses by it",
        within: &["programs/votes/src", "interface/src/votes"],
        shown: Shown::Text("#"),
    },
    Part { what: "somebody who provokes it", within: &["tests/adversary/codes"], shown: Shown::Text("#") },
];

const EVENT: &[Part] = &[
    Part { what: "its fields", within: &["interface/src/votes/events.rs"], shown: Shown::Text("# {") },
    Part { what: "somebody who writes it", within: &["programs/votes/src"], shown: Shown::Text("#") },
];
