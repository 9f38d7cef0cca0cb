//! Names of tests say what holds and not where it was once written: none ends in an id of the table of old
//! ones.

use std::collections::BTreeSet;

use super::{
    fault::Fault,
    page::{Kind, Page},
    stories::Stories,
};

/// The table.
const PAGE: &str = "docs/protocol/old-ids.md";

/// Tests whose names end in an old id.
pub fn named_after(pages: &[Page], stories: &Stories) -> Vec<Fault> {
    let old: BTreeSet<String> = pages.iter().filter(|page| page.name == PAGE).flat_map(endings).collect();
    let ending = |name: &str| name.rsplit('_').next().filter(|part| old.contains(*part)).map(str::to_owned);
    let found = stories.all.iter().filter_map(|story| Some((story, ending(&story.name)?)));
    found
        .map(|(story, id)| {
            let what = format!("{} ends in the old id {id}: cite the rule in a comment", story.name);
            Fault::new(&story.file, story.line, what)
        })
        .collect()
}

/// What the ids of the table look like at the end of a name: those that are a letter and a number.
fn endings(page: &Page) -> Vec<String> {
    let rows = page.lines.iter().filter(|line| line.kind == Kind::Table);
    let ids = rows.filter_map(|line| line.text.trim_matches('|').split('|').next()?.split_whitespace().last());
    let is_id = |id: &&str| {
        let digits = id.trim_start_matches(|c: char| c.is_ascii_uppercase());
        id.len() == digits.len() + 1 && !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
    };
    ids.filter(is_id).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{PAGE, named_after};
    use crate::check::docs::{page::Page, stories::Stories};

    #[test]
    fn a_test_that_ends_in_an_old_id_is_named_with_its_line() {
        let table = "| Old | New |\n| --- | --- |\n| R H9 | `job-draw-1` |\n| E1 | x |\n| A 7.13 | y |\n| design note 26 | z |\n";
        let mut stories = Stories::default();
        let test = |name: &str| format!("/// Cites.\n#[test]\nfn {name}() {{}}\n");
        let names = ["a_h9", "b_of_u64", "c_e1_d5", "d_and_e1", "all_26", "h9_first", "up_to_7_13"];
        stories.add("tests/cases/job/a.rs", &names.map(test).concat());
        let found = named_after(&[Page::parse(PAGE, table)], &stories);
        let found: Vec<_> = found.iter().map(ToString::to_string).collect();
        let told = |line, name, id| {
            format!("tests/cases/job/a.rs:{line}: {name} ends in the old id {id}: cite the rule in a comment")
        };
        assert_eq!(found, [told(3, "a_h9", "h9"), told(12, "d_and_e1", "e1")]);
    }
}
