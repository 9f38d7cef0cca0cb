//! The rules of the specification: each defined once and held by a story that exists; each citation means
//! one.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    fault::Fault,
    page::{Page, spans},
    stories::{Stories, is_story},
};

/// Where the specification is.
const FOLDER: &str = "docs/protocol/";
/// What ids begin with.
const NOUNS: [&str; 10] =
    ["principle", "network", "epoch", "provider", "position", "place", "job", "score", "jury", "dispute"];

/// A rule and the stories that it names.
struct Rule {
    page: String,
    line: usize,
    stories: BTreeSet<usize>,
}

/// The rules that the pages define.
pub struct Rules {
    rules: BTreeMap<String, Rule>,
    /// Ids with two headings, and rules without a story.
    pub faults: Vec<Fault>,
}

impl Rules {
    pub fn read(pages: &[Page], stories: &Stories) -> Self {
        let mut found = Self { rules: BTreeMap::new(), faults: Vec::new() };
        for page in pages.iter().filter(|page| page.name.starts_with(FOLDER)) {
            found.define(page);
        }
        for page in pages.iter().filter(|page| page.name.starts_with(FOLDER)) {
            found.hold(page, stories);
        }
        let without = found.rules.iter().filter(|(_, rule)| rule.stories.is_empty());
        found
            .faults
            .extend(without.map(|(id, rule)| Fault::new(&rule.page, rule.line, format!("{id} names no story"))));
        found
    }

    fn define(&mut self, page: &Page) {
        for (_, title, line) in page.headings() {
            let Some(id) = defined(title) else { continue };
            if let Some(first) = self.rules.get(id) {
                let what = format!("{id} has another heading, at {}:{}", first.page, first.line);
                self.faults.push(Fault::new(page.name, line, what));
                continue;
            }
            let rule = Rule { page: page.name.to_owned(), line, stories: BTreeSet::new() };
            self.rules.insert(id.to_owned(), rule);
        }
    }

    /// What stands below the heading of a rule, or beside its id in a row of a table.
    fn hold(&mut self, page: &Page, stories: &Stories) {
        let headings: BTreeMap<usize, Option<&str>> =
            page.headings().map(|(_, title, line)| (line, defined(title))).collect();
        let mut under: Option<&str> = None;
        for line in page.prose() {
            if let Some(heading) = headings.get(&line.number) {
                under = *heading;
            }
            let codes = spans(line.text);
            let beside = codes.first().map(|(_, code)| *code).filter(|code| is_id(code) && line.text.starts_with('|'));
            let Some(rule) = under.or(beside).and_then(|id| self.rules.get_mut(id)) else { continue };
            let cited = codes.into_iter().map(|(_, code)| code).filter(|code| is_story(code));
            rule.stories.extend(cited.filter_map(|code| stories.find(code)));
        }
    }

    /// Citations in a text that mean no rule.
    pub fn unknown(&self, name: &str, text: &str) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (at, line) in text.lines().enumerate() {
            let wrong = ids(line).into_iter().filter(|id| !self.rules.contains_key(*id));
            faults.extend(wrong.map(|id| Fault::new(name, at + 1, format!("there is no rule {id}"))));
        }
        faults
    }

    /// Stories that cite a rule which does not name them.
    pub fn unnamed(&self, stories: &Stories) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (at, story) in stories.all.iter().enumerate() {
            for (line, comment) in &story.comments {
                let wrong = ids(comment)
                    .into_iter()
                    .filter(|id| self.rules.get(*id).is_some_and(|rule| !rule.stories.contains(&at)));
                faults.extend(wrong.map(|id| {
                    Fault::new(&story.file, *line, format!("{} cites {id}, which does not name it", story.name))
                }));
            }
        }
        faults
    }
}

/// The id that a heading defines: the code with which its title begins.
fn defined(title: &str) -> Option<&str> {
    let code = title.strip_prefix('`')?;
    let id = &code[..code.find('`')?];
    is_id(id).then_some(id)
}

fn is_id(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    let [noun, topic, number] = parts[..] else { return false };
    NOUNS.contains(&noun)
        && !topic.is_empty()
        && topic.chars().all(|c| c.is_ascii_lowercase())
        && !number.is_empty()
        && number.chars().all(|c| c.is_ascii_digit())
}

/// All ids in a text.
pub fn ids(text: &str) -> Vec<&str> {
    let in_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    text.split(|c: char| !in_word(c)).filter(|word| is_id(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Rules, Stories, ids};
    use crate::check::docs::page::Page;

    const STORY: &str = "/// Says (job-draw-1, job-draw-2).\n#[test]\nfn a_story() {}\n";

    fn rules(pages: &[Page]) -> (Rules, Stories) {
        let mut stories = Stories::default();
        stories.add("tests/cases/job/draws.rs", STORY);
        (Rules::read(pages, &stories), stories)
    }

    #[test]
    fn ids_are_nouns_topics_and_numbers() {
        assert_eq!(ids("(job-draw-1, `score-mix-12`) job-draw x-draw-1 job-draw-1-2"), ["job-draw-1", "score-mix-12"]);
    }

    #[test]
    fn a_rule_without_a_story_and_one_defined_twice_are_faults() {
        let text = "### `job-draw-1` One\n- `cases::job::draws::a_story`\n### `job-draw-2` Two\n`cases::job::draws::gone`\n### `job-draw-1` Again\n";
        let (rules, _) = rules(&[Page::parse("docs/protocol/job.md", text)]);
        let found: Vec<_> = rules.faults.iter().map(ToString::to_string).collect();
        let expected = [
            "docs/protocol/job.md:5: job-draw-1 has another heading, at docs/protocol/job.md:1",
            "docs/protocol/job.md:3: job-draw-2 names no story",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_row_of_a_table_adds_stories_to_a_rule() {
        let text = "### `job-draw-1` One\nx\n## More\n| `job-draw-1` | `cases::job::draws::a_story` |\n";
        assert!(rules(&[Page::parse("docs/protocol/job.md", text)]).0.faults.is_empty());
    }

    #[test]
    fn an_id_without_a_rule_is_a_fault() {
        let (rules, _) =
            rules(&[Page::parse("docs/protocol/job.md", "### `job-draw-1` One\n`cases::job::draws::a_story`\n")]);
        let found = rules.unknown("a.rs", "// one\n// (job-draw-1, job-gone-7)\n");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].to_string(), "a.rs:2: there is no rule job-gone-7");
    }

    #[test]
    fn a_story_that_cites_a_rule_is_named_by_it() {
        let text = "### `job-draw-1` One\n`cases::job::draws::a_story`\n### `job-draw-2` Two\n`cases::job::draws::b`\n";
        let (rules, stories) = rules(&[Page::parse("docs/protocol/job.md", text)]);
        let found: Vec<_> = rules.unnamed(&stories).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["tests/cases/job/draws.rs:1: a_story cites job-draw-2, which does not name it"]);
    }
}
