//! Files that need each other in a circle: neither can be read, moved or tested without the other.
//!
//! A file needs another one if it names what that one defines: in a `use`, in a path, or through `*`.
//! Re-exports are seen through, so that a `mod.rs` that only gathers what its folder holds is in nobody's
//! way; tests beside the code are left out, and calls of methods are not seen.

mod graph;
mod names;

use anyhow::{Result, ensure};

use self::{graph::circles, names::Crate};
use crate::{context::Context, source};

/// Roots of crates, and of test binaries.
const CRATES: [&str; 15] = [
    "math/src",
    "interface/src",
    "programs/work-token/src",
    "sdk/src",
    "localnet/src",
    "cli/src",
    "xtask/src",
    "xtask/benches/measure",
    "tests/src",
    "tests/cases",
    "tests/adversary",
    "tests/histories",
    "tests/courts",
    "tests/bank",
    "tests/wire",
];

/// Circles that stand, by a file in each: what has to be said in a new place first.
const STANDING: [(&str, &str); 7] = [
    ("interface/src", "state::params"),
    ("programs/work-token/src", "stored"),
    ("programs/work-token/src", "token::till"),
    ("sdk/src", "view::dispute::steps"),
    ("tests/src", "refusals"),
    ("tests/histories", "model"),
    ("tests/courts", "model"),
];

pub fn check(context: &Context) -> Result<()> {
    let sources = source::rust(&context.root)?;
    let mut found = Vec::new();
    let mut standing = STANDING.to_vec();
    for root in CRATES {
        let files = sources.iter().filter(|source| source.is_in(root));
        for circle in circles(&Crate::read(root, files).needs()) {
            let stands = standing.iter().position(|(of, file)| *of == root && circle.iter().any(|one| one == file));
            match stands {
                Some(known) => drop(standing.remove(known)),
                None => found.push(format!("{root}: {}", circle.join(", "))),
            }
        }
    }
    found.extend(standing.iter().map(|(root, file)| format!("{root}: no circle goes through {file} any more")));
    ensure!(found.is_empty(), "{} circles of files:\n  {}", found.len(), found.join("\n  "));
    Ok(())
}
