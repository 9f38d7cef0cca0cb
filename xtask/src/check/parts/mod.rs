//! What every instruction, account, error, event and parameter of the committed IDL must have, and what lacks
//! it. CONTRIBUTING.md is the same as checklists; it must name every place that is looked at here.

mod addin;
mod rules;
mod search;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use self::{
    addin::{ADDINS_EXCUSED, ADDINS_KINDS},
    rules::{EXCUSED, Excused, KINDS, Kind, Part},
    search::Tree,
};
use crate::{
    context::{Context, read_file},
    programs::{CORE, VOTES},
};

/// The page that lists them.
const PAGE: &str = "CONTRIBUTING.md";
/// Places to touch for a new instruction.
const MOST_PLACES: usize = 10;

pub fn check(context: &Context) -> Result<()> {
    let page = read_file(&context.path(PAGE))?;
    let tree = Tree::read(context)?;
    let mut found = Vec::new();
    for (program, kinds, excused) in [(CORE, KINDS, EXCUSED), (VOTES, ADDINS_KINDS, ADDINS_EXCUSED)] {
        let idl: Value = serde_json::from_str(&read_file(&context.path(&program.idl()))?)?;
        found.extend(missing(&idl, (kinds, excused), &tree)?);
        found.extend(unlisted(&page, kinds));
    }
    ensure!(found.is_empty(), "{} places:\n  {}", found.len(), found.join("\n  "));
    Ok(())
}

/// A line for everything that lacks a part, and for every excuse that nothing needs.
fn missing(idl: &Value, (kinds, excused): (&[Kind], &[Excused]), tree: &Tree) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    let mut needed = vec![false; excused.len()];
    for Kind { kind, parts, names, .. } in kinds {
        for name in names(idl).with_context(|| format!("the IDL lists no {kind}"))? {
            for part in parts.iter().filter(|part| !tree.shows(part, &name)) {
                let excuse = excused.iter().position(|excused| (excused.name, excused.what) == (&*name, part.what));
                match excuse {
                    Some(excuse) => needed[excuse] = true,
                    None => lines.push(format!("{kind} {name} lacks {} ({})", part.what, part.places())),
                }
            }
        }
    }
    let idle = excused.iter().zip(needed).filter(|(_, needed)| !needed);
    lines.extend(idle.map(|(excused, _)| format!("{} lacks {} no more: {}", excused.name, excused.what, excused.why)));
    Ok(lines)
}

/// What the page does not say.
fn unlisted(page: &str, kinds: &[Kind]) -> Vec<String> {
    let mut lines = Vec::new();
    for Kind { title, parts, .. } in kinds {
        let Some(section) = section(page, title) else {
            lines.push(format!("{PAGE} has no section `{title}`"));
            continue;
        };
        let unnamed = |part: &&Part| part.within.iter().any(|place| !section.contains(&format!("`{place}")));
        let unnamed = parts.iter().filter(unnamed);
        lines.extend(unnamed.map(|part| format!("{PAGE}, {title}: {} is in {}", part.what, part.places())));
    }
    let places = section(page, "An instruction").map_or(0, places);
    if places > MOST_PLACES {
        lines.push(format!("{PAGE}: an instruction touches {places} places, at most {MOST_PLACES}"));
    }
    lines
}

/// Numbered entries.
fn places(section: &str) -> usize {
    let is_numbered = |line: &&str| {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        digits > 0 && line[digits..].starts_with(". ")
    };
    section.lines().filter(is_numbered).count()
}

/// What stands under a heading of the second or third level.
fn section<'a>(page: &'a str, title: &str) -> Option<&'a str> {
    let start = page.find(&format!("## {title}\n"))?;
    let body = page[start..].split_once('\n')?.1;
    let end = ["\n## ", "\n### "].into_iter().filter_map(|next| body.find(next)).min();
    Some(&body[..end.unwrap_or(body.len())])
}

#[cfg(test)]
mod tests;
