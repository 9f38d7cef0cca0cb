//! Whether what the documents say can be followed: links, paths, rules, stories, commands, numbers.

mod commands;
mod constants;
mod fault;
mod links;
mod numbers;
mod page;
mod rules;
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
const PARAMETERS: &str = "docs/parameters.md";
const EXAMPLE: &str = "commands";

/// Fails with a line for each fault that the files alone show.
pub fn check(context: &Context) -> Result<()> {
    let texts = texts(&context.root)?;
    report(&texts_only(&texts, &pages(&texts), paths(&context.root)?))
}

/// Fails with a line for each command that would not be taken.
pub fn check_commands(context: &Context) -> Result<()> {
    report(&wrong_commands(context, &pages(&texts(&context.root)?))?)
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
    let mut stories = Stories::default();
    let mut constants = Constants::default();
    for (name, text) in texts.iter().filter(|(name, _)| name.ends_with(".rs")) {
        stories.add(name, text);
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
    }
    for (name, text) in texts {
        // In a source only comments cite; its texts may be those of a test like the ones of this check.
        let text = if name.ends_with(".rs") { source::comments(text) } else { text.clone() };
        faults.extend(rules.unknown(name, &text));
        if !name.ends_with(".md") {
            faults.extend(links::missing_documents(name, &text, &tree));
        }
    }
    faults.extend(rules.unnamed(&stories));
    faults
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
    let others: Vec<Spoken> = pages.iter().flat_map(|page| commands::spoken(page, &["work-token"])).collect();
    let list = context.target.join("commands.json");
    write_file(&list, serde_json::to_vec(&others)?)?;
    run(context.cargo(".", &["build", "--release", "--workspace", "--example", EXAMPLE]))?;
    let mut example = context.command(context.target.join("release/examples").join(EXAMPLE), ".");
    example.arg(&list);
    let answers: Vec<Option<String>> = serde_json::from_str(&read(example)?)?;
    ensure!(answers.len() == others.len(), "{EXAMPLE} answered {} of {} commands", answers.len(), others.len());
    faults.extend(commands::faults(&others, answers));
    Ok(faults)
}

/// Every text in which something is cited, by its path from the root.
fn texts(root: &Path) -> Result<Vec<(String, String)>> {
    let files = source::files(root, &[".md", ".rs", ".toml", ".sh"])?;
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
    use super::{Page, texts_only, too_wide};

    #[test]
    fn a_line_is_too_wide_only_as_text() {
        let (long, word) = (format!("{} {}", "x".repeat(55), "y".repeat(55)), "x".repeat(111));
        let text = format!("{long}\n| {long} |\n```\n{long}\n```\n{word}\n");
        let found: Vec<_> = too_wide(&Page::parse("a.md", &text)).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["a.md:1: 111 characters, 110 fit"]);
    }

    #[test]
    fn ids_are_read_in_the_comments_of_sources_and_in_whole_documents() {
        let story = "/// (job-draw-1)\n#[test]\nfn a() {\n    f(\"(job-gone-1)\");\n}\n";
        let page = "### `job-draw-1` One\n`cases::b::a`\njob-gone-2\n";
        let texts = [("tests/cases/b.rs", story), ("docs/protocol/job.md", page), ("a.toml", "# job-gone-3\n")];
        let texts = texts.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let pages = [Page::parse(&texts[1].0, &texts[1].1)];
        let found: Vec<_> = texts_only(&texts, &pages, Vec::new()).iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            ["docs/protocol/job.md:3: there is no rule job-gone-2", "a.toml:1: there is no rule job-gone-3"]
        );
    }
}
