//! The parts, kind by kind, and who is excused from which.

use serde_json::Value;

/// Something that everything of a kind must have.
pub struct Part {
    /// What it is.
    pub what: &'static str,
    /// Files or folders in which it is looked for.
    pub within: &'static [&'static str],
    /// What shows it.
    pub shown: Shown,
}

/// What shows that something has a part.
pub enum Shown {
    /// A text stands in a file, `#` being the name.
    Text(&'static str),
    /// A file is called so, `#` being the name in small letters with underscores.
    File(&'static str),
    /// Its builder is used: there, or in a function below these that is used there, or in one that such a
    /// function uses.
    Sent(&'static [&'static str]),
}

impl Part {
    /// Where it is looked for, to be shown.
    pub fn places(&self) -> String {
        self.within.join(", ")
    }
}

/// What the IDL lists.
pub struct Kind {
    /// What one of them is called.
    pub kind: &'static str,
    /// Its heading in CONTRIBUTING.md.
    pub title: &'static str,
    /// The names of all; none if the IDL has no such list.
    pub names: fn(&Value) -> Option<Vec<String>>,
    /// What each must have.
    pub parts: &'static [Part],
}

/// One of a kind that lacks a part, and why it may.
pub struct Excused {
    pub name: &'static str,
    pub what: &'static str,
    pub why: &'static str,
}

pub const EXCUSED: &[Excused] = &[
    Excused { name: "Tree", what: "golden bytes", why: "164 KB of ones say no more than its layout" },
    Excused {
        name: "ChangeNotNext",
        what: "somebody who refuses by it",
        why: "an address holds the number, so that another one is WrongAddress; its code stays taken",
    },
];

pub const KINDS: &[Kind] = &[
    Kind { kind: "instruction", title: "An instruction", names: |idl| named(&idl["instructions"]), parts: INSTRUCTION },
    Kind { kind: "account", title: "An account", names: |idl| named(&idl["accounts"]), parts: ACCOUNT },
    Kind { kind: "error", title: "An error", names: |idl| named(&idl["errors"]), parts: ERROR },
    Kind { kind: "event", title: "An event", names: |idl| named(&idl["events"]), parts: EVENT },
    Kind { kind: "parameter", title: "A parameter", names: parameters, parts: PARAMETER },
];

const INSTRUCTION: &[Part] = &[
    Part { what: "a file of its own", within: &["programs/work-token/src/instructions"], shown: Shown::File("#.rs") },
    Part {
        what: "a handler",
        within: &["programs/work-token/src/instructions"],
        shown: Shown::Text("pub fn handle_#("),
    },
    Part { what: "an entry", within: &["programs/work-token/src/lib.rs"], shown: Shown::Text("pub fn #(") },
    Part { what: "a builder", within: &["sdk/src/ix"], shown: Shown::Text("pub fn #(") },
    Part { what: "its accounts pinned", within: &["sdk/src/ix/tests"], shown: Shown::Text("#(") },
    Part { what: "an adversary's case", within: &["tests/adversary/cases"], shown: Shown::Text("instruction: \"#\"") },
    Part { what: "pinned refusals", within: &["tests/adversary/refusals.tsv"], shown: Shown::Text("#") },
    Part {
        what: "a story that sends it",
        within: &["tests/cases"],
        shown: Shown::Sent(&["tests/src", "localnet/src", "sdk/src"]),
    },
    Part { what: "a measurement", within: &["xtask/benches/measure"], shown: Shown::Text("\"#") },
    Part {
        what: "a command that sends it",
        within: &["cli/src/commands", "cli/src/keeper"],
        shown: Shown::Sent(&["cli/src/keeper", "localnet/src", "sdk/src"]),
    },
];

const ACCOUNT: &[Part] = &[
    Part { what: "a layout", within: &["interface/src/state"], shown: Shown::Text("pub struct # {") },
    Part { what: "its place in the list", within: &["interface/src/accounts.rs"], shown: Shown::Text("#") },
    Part { what: "a pinned layout", within: &["tests/cases"], shown: Shown::Text("#, 8, ") },
    Part { what: "golden bytes", within: &["tests/cases/program/golden"], shown: Shown::File("#.hex") },
    Part { what: "invariants", within: &["tests/src/invariants"], shown: Shown::Text("#") },
    Part { what: "a row among the accounts", within: &["docs/protocol"], shown: Shown::Text("| `#`") },
];

const ERROR: &[Part] = &[
    Part { what: "its code and rule", within: &["interface/src/errors.rs"], shown: Shown::Text("# = ") },
    Part {
        what: "somebody who refuses by it",
        within: &["programs/work-token/src", "programs/accounts/src", "interface/src/state"],
        shown: Shown::Text("#"),
    },
    Part { what: "somebody who provokes it", within: &["tests/adversary/codes"], shown: Shown::Text("#") },
];

const EVENT: &[Part] = &[
    Part { what: "its fields", within: &["interface/src/events"], shown: Shown::Text("# {") },
    Part { what: "somebody who writes it", within: &["programs/work-token/src"], shown: Shown::Text("#") },
];

const PARAMETER: &[Part] =
    &[Part { what: "a line in the table", within: &["docs/parameters.md"], shown: Shown::Text("#") }];

/// The types whose fields are parameters.
const PARAMETERS: [&str; 5] = ["NetworkParams", "EmissionPolicy", "WorkPay", "DisputeRules", "JobRules"];

/// Names in a list of the IDL.
pub fn named(list: &Value) -> Option<Vec<String>> {
    list.as_array()?.iter().map(|entry| Some(entry["name"].as_str()?.to_owned())).collect()
}

fn parameters(idl: &Value) -> Option<Vec<String>> {
    let types = idl["types"].as_array()?;
    let mut found = Vec::new();
    for kind in PARAMETERS {
        let fields = &types.iter().find(|listed| listed["name"] == kind)?["type"]["fields"];
        found.extend(named(fields)?.into_iter().filter(|name| !is_room(name)));
    }
    Some(found)
}

fn is_room(name: &str) -> bool {
    name.starts_with("padding") || name == "reserved"
}
