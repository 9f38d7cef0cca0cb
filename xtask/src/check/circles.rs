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

/// Roots of binaries that test and measure, beside those of the crates.
const TESTS: [&str; 9] = [
    "xtask/benches/measure",
    "tests/src",
    "tests/cases",
    "tests/adversary",
    "tests/histories",
    "tests/courts",
    "tests/bank",
    "tests/wire",
    "tests/faults",
];

pub fn check(context: &Context) -> Result<()> {
    let sources = source::rust(&context.root)?;
    let mut found = Vec::new();
    for root in source::CRATES.into_iter().chain(TESTS) {
        let files = sources.iter().filter(|source| source.is_in(root));
        let circles = circles(&Crate::read(root, files).needs());
        found.extend(circles.iter().map(|circle| format!("{root}: {}", circle.join(", "))));
    }
    ensure!(found.is_empty(), "{} circles of files:\n  {}", found.len(), found.join("\n  "));
    Ok(())
}
