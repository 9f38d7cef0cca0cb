//! A document, line by line: what is text, what a table, what code; its headings, links and code spans.

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    Text,
    Table,
    /// Inside a fence of this language, or indented, which has none.
    Code(&'a str),
    Fence,
}

/// A line of a document.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// Counted from 1.
    pub number: usize,
    pub text: &'a str,
    pub kind: Kind<'a>,
}

/// A document of the repository.
pub struct Page<'a> {
    /// Its path from the root, with `/`.
    pub name: &'a str,
    pub lines: Vec<Line<'a>>,
}

/// Text that may run over several lines.
pub struct Paragraph {
    pub text: String,
    /// Where each line begins, and its number.
    starts: Vec<(usize, usize)>,
}

impl Paragraph {
    /// The line of a byte.
    pub fn line(&self, at: usize) -> usize {
        self.starts.iter().rev().find(|(start, _)| *start <= at).map_or(0, |(_, line)| *line)
    }
}

impl<'a> Page<'a> {
    pub fn parse(name: &'a str, text: &'a str) -> Self {
        let mut lines: Vec<Line<'a>> = Vec::new();
        let mut fence: Option<(&str, &str)> = None;
        for (at, text) in text.lines().enumerate() {
            let trimmed = text.trim_start();
            let ticks = &trimmed[..trimmed.len() - trimmed.trim_start_matches('`').len()];
            let kind = match fence {
                Some((opened, _)) if ticks.len() >= opened.len() && trimmed.trim_end() == ticks => {
                    fence = None;
                    Kind::Fence
                }
                Some((_, language)) => Kind::Code(language),
                None if ticks.len() >= 3 => {
                    fence = Some((ticks, trimmed[ticks.len()..].split_whitespace().next().unwrap_or("")));
                    Kind::Fence
                }
                None if trimmed.starts_with('|') => Kind::Table,
                None if text.starts_with("    ") && indented(lines.last()) => Kind::Code(""),
                None => Kind::Text,
            };
            lines.push(Line { number: at + 1, text, kind });
        }
        Self { name, lines }
    }

    /// Text and rows of tables.
    pub fn prose(&self) -> impl Iterator<Item = &Line<'a>> {
        self.lines.iter().filter(|line| matches!(line.kind, Kind::Text | Kind::Table))
    }

    /// Level, title and line of each heading.
    pub fn headings(&self) -> impl Iterator<Item = (usize, &'a str, usize)> {
        self.lines.iter().filter(|line| line.kind == Kind::Text).filter_map(|line| {
            let title = line.text.trim_start_matches('#');
            let level = line.text.len() - title.len();
            (level > 0 && title.starts_with(' ')).then(|| (level, title.trim(), line.number))
        })
    }

    /// The names by which a link reaches the headings, as the usual code hosts make them.
    pub fn anchors(&self) -> Vec<String> {
        let mut anchors: Vec<String> = Vec::new();
        for (_, title, _) in self.headings() {
            let plain = anchor(title);
            let taken = |name: &String| anchors.contains(name);
            let free = (1..).map(|n| format!("{plain}-{n}")).find(|name| !taken(name));
            anchors.push(if taken(&plain) { free.unwrap_or_default() } else { plain });
        }
        anchors
    }

    /// Text whose lines belong together; a row of a table, a heading or an item of a list stands alone.
    pub fn paragraphs(&self) -> Vec<Paragraph> {
        let mut found: Vec<Paragraph> = Vec::new();
        let mut open = false;
        for line in &self.lines {
            let text = line.text.trim();
            let alone = line.kind == Kind::Table || text.starts_with('#');
            if text.is_empty() || !matches!(line.kind, Kind::Text | Kind::Table) {
                open = false;
                continue;
            }
            match found.last_mut() {
                Some(last) if open && !alone && !text.starts_with("- ") => {
                    last.text.push(' ');
                    last.starts.push((last.text.len(), line.number));
                    last.text.push_str(text);
                }
                _ => found.push(Paragraph { text: text.to_owned(), starts: vec![(0, line.number)] }),
            }
            open = !alone;
        }
        found
    }
}

/// Whether an indented line after this one is code and no continuation of a text.
fn indented(before: Option<&Line>) -> bool {
    before.is_none_or(|line| line.text.trim().is_empty() || line.kind == Kind::Code(""))
}

fn anchor(title: &str) -> String {
    let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// What stands between single backticks, and where it begins.
pub fn spans(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('`').map(|start| at + start + 1) {
        let Some(length) = text[start..].find('`') else { break };
        found.push((start, &text[start..start + length]));
        at = start + length + 1;
    }
    found
}

/// The targets of `[text](target)`, outside code.
pub fn links(text: &str) -> Vec<String> {
    let mut plain = text.to_owned();
    for (start, code) in spans(text) {
        plain.replace_range(start..start + code.len(), &" ".repeat(code.len()));
    }
    let after = |(at, _): (usize, &str)| {
        let target = &plain[at + 2..];
        Some(target[..target.find(')')?].split_whitespace().next()?.to_owned())
    };
    plain.match_indices("](").filter_map(after).collect()
}

#[cfg(test)]
mod tests {
    use super::{Kind, Page, links, spans};

    #[test]
    fn tables_and_code_are_no_text() {
        let text = "a\n| b |\n```sh\nc\n```\n\n    d\n- e\n    f\n";
        let kinds: Vec<_> = Page::parse("a.md", text).lines.iter().map(|line| line.kind).collect();
        let code = [Kind::Fence, Kind::Code("sh"), Kind::Fence, Kind::Text, Kind::Code("")];
        assert_eq!(kinds[..2], [Kind::Text, Kind::Table]);
        assert_eq!(kinds[2..7], code);
        assert_eq!(kinds[7..], [Kind::Text, Kind::Text]);
    }

    #[test]
    fn anchors_are_those_of_the_code_hosts() {
        let page = Page::parse("a.md", "# A title, `with code`\n## Again\n### Again\n```\n# no\n```\n");
        assert_eq!(page.anchors(), ["a-title-with-code", "again", "again-1"]);
    }

    #[test]
    fn links_in_code_are_none() {
        assert_eq!(links("[a](b.md#c) `[d](e)` ![f](g.svg \"h\")"), ["b.md#c", "g.svg"]);
        assert_eq!(spans("a `b` c `d e`"), [(3, "b"), (9, "d e")]);
    }

    #[test]
    fn a_paragraph_knows_its_lines() {
        let page = Page::parse("a.md", "one\ntwo\n\n- three\n- four\n  five\n");
        let found = page.paragraphs();
        let texts: Vec<_> = found.iter().map(|paragraph| paragraph.text.as_str()).collect();
        assert_eq!(texts, ["one two", "- three", "- four five"]);
        assert_eq!((found[0].line(1), found[0].line(5), found[2].line(8)), (1, 2, 6));
    }
}
