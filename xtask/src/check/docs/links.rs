//! Whether what a document points at is there: files, headings of other documents, paths of the repository.

use std::path::{Component, Path, PathBuf};

use super::{
    fault::Fault,
    page::{Page, links, spans},
};

/// Files that are named without their folder only where there is such a file.
const NAMED: [&str; 3] = [".md", ".rs", ".sh"];

/// The files of the repository, and those of its folders that begin a path.
pub struct Tree {
    /// From the root, with `/`; folders too.
    pub paths: Vec<String>,
}

impl Tree {
    fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        path.is_empty() || self.paths.iter().any(|known| known == path)
    }

    /// Whether the first part of a path is a folder of the root.
    fn begins(&self, path: &str) -> bool {
        path.split('/').next().is_some_and(|first| self.has(first))
    }

    fn has_file(&self, name: &str) -> bool {
        self.paths.iter().any(|known| known.rsplit('/').next() == Some(name))
    }
}

/// Links of every page whose file or heading is not there.
pub fn broken_links(pages: &[Page], tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for page in pages {
        for line in page.prose() {
            let wrong = links(line.text).into_iter().filter_map(|target| broken(page, &target, pages, tree));
            faults.extend(wrong.map(|what| Fault::new(page.name, line.number, what)));
        }
    }
    faults
}

fn broken(page: &Page, target: &str, pages: &[Page], tree: &Tree) -> Option<String> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let (path, heading) = target.split_once('#').map_or((target, None), |(path, heading)| (path, Some(heading)));
    let Some(file) = resolve(page.name, path) else { return Some(format!("the link {target} leaves the repository")) };
    if !tree.has(&file) {
        return Some(format!("the link {target} leads nowhere"));
    }
    let heading = heading?;
    let found = pages.iter().find(|page| page.name == file)?.anchors().iter().any(|anchor| anchor == heading);
    (!found).then(|| format!("{file} has no heading #{heading}"))
}

/// A path as it is from the root; nothing if it lies outside.
fn resolve(page: &str, path: &str) -> Option<String> {
    if path.is_empty() {
        return Some(page.to_owned());
    }
    let mut found = PathBuf::new();
    for part in Path::new(page).parent()?.join(path).components() {
        match part {
            Component::Normal(name) => found.push(name),
            Component::ParentDir if !found.pop() => return None,
            Component::ParentDir | Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(found.to_string_lossy().replace('\\', "/"))
}

/// Paths between backticks that are none of the repository's.
pub fn missing_paths(page: &Page, tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for line in page.prose() {
        for (_, code) in spans(line.text) {
            if is_missing(page.name, code, tree) {
                faults.push(Fault::new(page.name, line.number, format!("there is no {code}")));
            }
        }
    }
    faults
}

fn is_missing(page: &str, code: &str, tree: &Tree) -> bool {
    let path = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-');
    if !code.chars().all(path) || code.starts_with(['/', '.', '-']) {
        return false;
    }
    let named = NAMED.iter().any(|ending| code.ends_with(ending) && code.len() > ending.len());
    if !code.contains('/') {
        return named && !tree.has_file(code);
    }
    let near = resolve(page, code).is_some_and(|path| tree.has(&path));
    (named || tree.begins(code)) && !near && !tree.has(code)
}

/// Documents that a comment or a configuration names and that are not there.
pub fn missing_documents(name: &str, text: &str, tree: &Tree) -> Vec<Fault> {
    let path = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-');
    let mut faults = Vec::new();
    for (at, line) in text.lines().enumerate() {
        for (start, _) in line.match_indices("docs/") {
            let word = &line[start..];
            let word = word[..word.find(|c| !path(c)).unwrap_or(word.len())].trim_end_matches('.');
            let whole = !line[..start].ends_with(path);
            if whole && word.ends_with(".md") && !tree.has(word) {
                faults.push(Fault::new(name, at + 1, format!("there is no {word}")));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::{Tree, broken_links, missing_documents, missing_paths};
    use crate::check::docs::page::Page;

    fn tree() -> Tree {
        let paths = ["README.md", "docs", "docs/a.md", "docs/b.md", "tests", "tests/cases", "tests/cases/lots.rs"];
        Tree { paths: paths.map(str::to_owned).into() }
    }

    #[test]
    fn a_link_to_a_renamed_file_or_heading_is_a_fault() {
        let text = "# One\n[a](b.md#two) [b](../README.md) [c](#one)\n[d](gone.md) [e](b.md#gone)\n[f](../../x)\n";
        let pages = [Page::parse("docs/a.md", text), Page::parse("docs/b.md", "# Two\n")];
        let found: Vec<_> = broken_links(&pages, &tree()).iter().map(ToString::to_string).collect();
        let expected = [
            "docs/a.md:3: the link gone.md leads nowhere",
            "docs/a.md:3: docs/b.md has no heading #gone",
            "docs/a.md:4: the link ../../x leaves the repository",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_path_between_backticks_must_be_there() {
        let text = "`tests/cases/lots.rs` `tests/` `b.md` `lots.rs` `base/units` `/etc/x` `a / b`\n`tests/cases/old.rs` `old.rs`";
        let found = missing_paths(&Page::parse("docs/a.md", text), &tree());
        let found: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found, ["docs/a.md:2: there is no tests/cases/old.rs", "docs/a.md:2: there is no old.rs"]);
    }

    #[test]
    fn a_comment_that_names_a_document_that_is_gone_is_a_fault() {
        let found = missing_documents("a.toml", "# see docs/a.md.\n# and docs/gone.md\n", &tree());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].to_string(), "a.toml:2: there is no docs/gone.md");
    }
}
