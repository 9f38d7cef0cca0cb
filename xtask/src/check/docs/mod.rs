//! Whether what the documents say can be followed: links, paths, rules, stories, commands, numbers, Rust.

mod commands;
mod constants;
mod fault;
mod links;
mod numbers;
mod old_ids;
mod page;
mod rules;
mod runs;
mod samples;
mod shell;
mod stories;

use std::path::Path;

use anyhow::{Result, ensure};

pub use commands::{Spoken, wrong};
use {
    constants::Constants,
    fault::Fault,
    links::Tree,
    page::{Kind, Page},
    rules::Rules,
    runs::Names,
    stories::Stories,
};

use crate::{
    context::{Context, read, read_file, run, write_file},
    source,
};

/// Longest line of text; tables and code may be longer.
const WIDTH: usize = 110;
/// Sources whose constants documents name.
const CONSTANTS: [&str; 4] = ["interface/src/", "math/src/", "programs/", "sdk/src/"];
/// The sources of the checks.
const CHECKS: &str = "xtask/src/check/";
const PARAMETERS: &str = "docs/parameters.md";
const EXAMPLE: &str = "commands";
/// What documents let run besides `cargo xtask`.
const PROGRAM: &str = "work-token";

/// Fails with a line for each fault that the files alone show.
pub fn check(context: &Context) -> Result<()> {
    let texts = texts(&context.root)?;
    report(&texts_only(&texts, &pages(&texts), paths(&context.root)?))
}

/// Fails with a line for each command that would not be taken, that fails, or that does not print what stands
/// below it.
pub fn check_commands(context: &Context) -> Result<()> {
    let texts = texts(&context.root)?;
    let pages = pages(&texts);
    report(&wrong_commands(context, &pages)?)?;
    let is_file = |path: &str| context.path(path).is_file();
    let steps = |page| shell::steps(page, is_file).into_iter().map(|step| (page.name.to_owned(), step));
    let steps: Vec<_> = pages.iter().flat_map(steps).collect();
    report(&runs::run(context, &steps, &Names::read(&texts, &stories(&texts)))?)
}

fn report(faults: &[Fault]) -> Result<()> {
    let lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
    ensure!(lines.is_empty(), "{} places:\n  {}", lines.len(), lines.join("\n  "));
    Ok(())
}

fn pages(texts: &[(String, String)]) -> Vec<Page<'_>> {
    texts.iter().filter(|(name, _)| name.ends_with(".md")).map(|(name, text)| Page::parse(name, text)).collect()
}

/// Everything that no other program needs to be built for.
fn texts_only(texts: &[(String, String)], pages: &[Page], paths: Vec<String>) -> Vec<Fault> {
    let tree = Tree { paths };
    let stories = stories(texts);
    let mut constants = Constants::default();
    for (name, text) in texts.iter().filter(|(name, _)| name.ends_with(".rs")) {
        if CONSTANTS.iter().any(|folder| name.starts_with(folder)) {
            constants.add(text);
        }
    }
    pages.iter().filter(|page| page.name == PARAMETERS).for_each(|page| constants.add_defaults(page));
    let mut rules = Rules::read(pages, &stories);
    let mut faults = std::mem::take(&mut rules.faults);
    faults.extend(links::broken_links(pages, &tree));
    for page in pages {
        faults.extend(too_wide(page));
        faults.extend(links::missing_paths(page, &tree));
        faults.extend(stories::missing(page, &stories));
        faults.extend(numbers::stale(page, &constants));
        faults.extend(samples::strange(page, texts));
    }
    for (name, text) in texts {
        // The texts of this check are those of its own tests: there only comments cite.
        let text = if name.starts_with(CHECKS) { source::comments(text) } else { text.clone() };
        faults.extend(rules.unknown(name, &text));
        if name.ends_with(".rs") {
            faults.extend(stories::untold(name, &source::comments(&text), &stories));
        }
        if !name.ends_with(".md") {
            faults.extend(links::missing_documents(name, &text, &tree));
            faults.extend(wide_comments(name, &text));
        }
    }
    faults.extend(rules.unnamed(&stories));
    faults.extend(old_ids::named_after(pages, &stories));
    faults
}

fn stories(texts: &[(String, String)]) -> Stories {
    let mut stories = Stories::default();
    texts.iter().filter(|(name, _)| name.ends_with(".rs")).for_each(|(name, text)| stories.add(name, text));
    stories
}

/// Comments of configurations and scripts; those of Rust are looked at with the other sizes of its files.
fn wide_comments(name: &str, text: &str) -> Vec<Fault> {
    if name.ends_with(".rs") {
        return Vec::new();
    }
    let comments = (1..).zip(text.lines()).filter(|(_, line)| line.trim_start().starts_with('#'));
    let wide = comments.map(|(at, line)| (at, line.chars().count())).filter(|(_, width)| *width > WIDTH);
    wide.map(|(at, width)| Fault::new(name, at, format!("{width} characters, {WIDTH} fit"))).collect()
}

fn too_wide(page: &Page) -> Vec<Fault> {
    let wide = page
        .lines
        .iter()
        .filter(|line| line.kind == Kind::Text && line.text.chars().count() > WIDTH && line.text.trim().contains(' '));
    wide.map(|line| {
        Fault::new(page.name, line.number, format!("{} characters, {WIDTH} fit", line.text.chars().count()))
    })
    .collect()
}

/// Commands of `work-token` are read by its own definition, in an example: `cargo xtask` itself must not need
/// the embedded chain that the command line brings along.
fn wrong_commands(context: &Context, pages: &[Page]) -> Result<Vec<Fault>> {
    let own: Vec<Spoken> = pages.iter().flat_map(|page| commands::spoken(page, &["cargo", "xtask"])).collect();
    let answers = own.iter().map(|spoken| wrong(&context.command_line, spoken)).collect();
    let mut faults = commands::faults(&own, answers);
    let others: Vec<Spoken> = pages.iter().flat_map(|page| commands::spoken(page, &[PROGRAM])).collect();
    let list = context.target.join("commands.json");
    write_file(&list, serde_json::to_vec(&others)?)?;
    run(context.cargo(".", &["build", "--release", "--workspace", "--example", EXAMPLE, "--bin", PROGRAM]))?;
    let mut example = context.command(context.target.join("release/examples").join(EXAMPLE), ".");
    example.arg(&list);
    let answers: Vec<Option<String>> = serde_json::from_str(&read(example)?)?;
    ensure!(answers.len() == others.len(), "{EXAMPLE} answered {} of {} commands", answers.len(), others.len());
    faults.extend(commands::faults(&others, answers));
    Ok(faults)
}

/// Every text in which something is cited, by its path from the root.
fn texts(root: &Path) -> Result<Vec<(String, String)>> {
    let files = source::files(root, &[".md", ".rs", ".toml", ".sh", "run"])?;
    files.into_iter().map(|file| Ok((relative(root, &file)?, read_file(&file)?))).collect()
}

/// Every file and every folder, by its path from the root.
fn paths(root: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for file in source::files(root, &[""])? {
        let file = relative(root, &file)?;
        found.extend(file.match_indices('/').map(|(at, _)| file[..at].to_owned()));
        found.push(file);
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn relative(root: &Path, file: &Path) -> Result<String> {
    Ok(file.strip_prefix(root)?.to_string_lossy().replace('\\', "/"))
}

#[cfg(test)]
mod tests {
    use super::{Page, texts_only, too_wide, wide_comments};

    #[test]
    fn a_line_is_too_wide_only_as_text() {
        let (long, word) = (format!("{} {}", "x".repeat(55), "y".repeat(55)), "x".repeat(111));
        let text = format!("{long}\n| {long} |\n```\n{long}\n```\n{word}\n");
        let found: Vec<_> = too_wide(&Page::parse("a.md", &text)).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["a.md:1: 111 characters, 110 fit"]);
    }

    #[test]
    fn a_comment_of_a_configuration_or_a_script_has_the_width_of_a_text() {
        let text = format!("a = 1\n# {}\n  # {}\nb = \"{}\"\n", "x".repeat(108), "y".repeat(107), "z".repeat(200));
        let found: Vec<_> = wide_comments("a.toml", &text).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["a.toml:3: 111 characters, 110 fit"]);
    }

    #[test]
    fn ids_are_read_in_all_texts_but_those_of_the_checks_own_tests() {
        let story = "/// (job-draw-1)\n#[test]\nfn a() {\n    f(\"(job-gone-1)\");\n}\n";
        let page = "### `job-draw-1` One\n`cases::b::a`\njob-gone-2\n";
        let own = ("xtask/src/check/a.rs", "f(\"job-gone-4\"); // job-gone-5\n");
        let texts = [("tests/cases/b.rs", story), ("docs/protocol/job.md", page), ("a.toml", "# job-gone-3\n"), own];
        let texts = texts.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let pages = [Page::parse(&texts[1].0, &texts[1].1)];
        let found: Vec<_> = texts_only(&texts, &pages, Vec::new()).iter().map(ToString::to_string).collect();
        let expected = [
            "tests/cases/b.rs:4: there is no rule job-gone-1",
            "docs/protocol/job.md:3: there is no rule job-gone-2",
            "a.toml:1: there is no rule job-gone-3",
            "xtask/src/check/a.rs:1: there is no rule job-gone-5",
        ];
        assert_eq!(found, expected);
    }
}
