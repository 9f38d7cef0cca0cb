//! What documents tell a reader to type, and what they say comes of it.

use super::page::{Kind, Page, spans};

/// Languages of fences that hold commands; what is only indented has none.
pub const SHELLS: [&str; 5] = ["", "sh", "bash", "shell", "console"];
/// Words that begin a command wherever it stands. Besides them, a path of the repository does.
const PROGRAMS: [&str; 6] = ["cargo", "work-token", "grep", "cd", "anchor", "rustup"];
/// Commands that are run where a sentence mentions them, too: they take no chain and no time.
const MENTIONED: [&str; 1] = ["grep "];
/// What a prompt looks like.
const PROMPT: &str = "$ ";

/// A line to be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Counted from 1.
    pub line: usize,
    /// As a shell reads it: lines that continue it are joined, a prompt is left out.
    pub text: String,
    /// Where it is typed: below the root, or where an earlier line of its block went.
    pub directory: String,
    /// Lines that are said to be printed, with their numbers.
    pub shown: Vec<(usize, String)>,
}

impl Step {
    /// Its commands, each by its words: comments and assignments are left out.
    pub fn commands(&self) -> Vec<Vec<String>> {
        simple(&self.text)
    }

    /// The variables that it sets.
    pub fn variables(&self) -> Vec<&str> {
        let assigned = |word: &&str| word.split_once('=').is_some_and(|(name, _)| is_variable(name));
        let words = self.text.split_whitespace().take_while(assigned);
        words.filter_map(|word| word.split_once('=').map(|(name, _)| name)).collect()
    }
}

/// All steps of a page: what stands in its blocks of code, and commands of sentences that are to be run. A
/// block without a command shows what the last command of the sentence before it prints, if that ends in one.
pub fn steps(page: &Page, is_file: impl Fn(&str) -> bool) -> Vec<Step> {
    let begins = |text: &str| is_command(text, &is_file);
    let (mut found, mut block) = (Vec::new(), Vec::new());
    let mut before: Option<(usize, &str)> = None;
    let mut ended = true;
    for line in &page.lines {
        match line.kind {
            Kind::Code(language) if SHELLS.contains(&language) => block.push((line.number, line.text)),
            Kind::Code(_) | Kind::Fence => {}
            Kind::Text if line.text.trim().is_empty() => ended = true,
            Kind::Text | Kind::Table => {
                close(&mut found, std::mem::take(&mut block), before, &begins);
                let text = line.text.trim();
                before = before.filter(|_| !std::mem::take(&mut ended));
                before = spans(text).into_iter().map(|(_, code)| (line.number, code)).next_back().or(before);
                let mentioned =
                    spans(text).into_iter().filter(|(_, code)| MENTIONED.iter().any(|m| code.starts_with(m)));
                found.extend(mentioned.map(|(_, code)| step(line.number, code, "")));
            }
        }
    }
    close(&mut found, block, before, &begins);
    found
}

fn step(line: usize, text: &str, directory: &str) -> Step {
    Step { line, text: text.to_owned(), directory: directory.to_owned(), shown: Vec::new() }
}

/// The steps of one block.
fn close(
    found: &mut Vec<Step>,
    block: Vec<(usize, &str)>,
    before: Option<(usize, &str)>,
    begins: &dyn Fn(&str) -> bool,
) {
    if block.is_empty() {
        return;
    }
    let typed = |text: &str| begins(text.trim().strip_prefix(PROMPT).unwrap_or(text.trim()));
    let own = block.iter().any(|(_, text)| typed(text));
    let mut steps: Vec<Step> = Vec::new();
    if let Some((line, code)) = before.filter(|(_, code)| !own && begins(code)) {
        steps.push(step(line, code, ""));
    }
    let mut directory = String::new();
    let mut open = false;
    for (number, text) in block {
        let text = text.trim();
        let text = text.strip_prefix(PROMPT).unwrap_or(text);
        let part = text.strip_suffix('\\').unwrap_or(text);
        match steps.last_mut() {
            Some(last) if open => last.text += part,
            _ if begins(text) => {
                if let Some(to) = text.strip_prefix("cd ") {
                    directory = to.trim().to_owned();
                    continue;
                }
                steps.push(step(number, part, &directory));
            }
            Some(last) if !text.is_empty() && !text.starts_with('#') => last.shown.push((number, text.to_owned())),
            _ => {}
        }
        open = text.ends_with('\\');
    }
    found.extend(steps);
}

/// Whether a line runs something that is known: what is only indented may as well be Rust, or what a program
/// printed.
fn is_command(text: &str, is_file: &impl Fn(&str) -> bool) -> bool {
    let assigned = |word: &&str| word.split_once('=').is_some_and(|(name, _)| is_variable(name));
    let mut words = text.split_whitespace().skip_while(assigned);
    // Nothing but variables: the command stands in the next line.
    let Some(first) = words.next().filter(|word| *word != "\\") else { return text.contains('=') };
    PROGRAMS.contains(&first) || first.contains('/') && is_file(first)
}

fn is_variable(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// The words of each command of a line: comments, prompts and assignments are left out.
pub fn simple(line: &str) -> Vec<Vec<String>> {
    let mut commands = vec![Vec::new()];
    let mut rest = line.trim();
    rest = rest.strip_prefix(PROMPT).unwrap_or(rest);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '#' => break,
            '\'' | '"' => rest[1..].find(first).map_or(rest.len(), |end| end + 2),
            _ => rest.find(char::is_whitespace).unwrap_or(rest.len()),
        };
        let word = rest[..length].trim_matches(['\'', '"']);
        let ends = matches!(word, "&&" | "||" | "|" | ";" | ">" | ">>" | "<" | "&");
        let current = commands.last_mut();
        if ends {
            commands.push(Vec::new());
        } else if let Some(current) = current {
            let assigns = current.is_empty() && word.contains('=');
            let closed = word.ends_with(';') && word.len() > 1;
            if !assigns {
                current.push(word.trim_end_matches(';').to_owned());
            }
            if closed {
                commands.push(Vec::new());
            }
        }
        rest = rest[length..].trim_start();
    }
    commands
}

/// Words that say that something follows.
pub fn is_gap(word: &str) -> bool {
    word == "..." || word == "…"
}

/// Words that a reader replaces: in capitals, or in angle brackets.
pub fn is_placeholder(word: &str) -> bool {
    let value = word.split_once('=').map_or(word, |(_, value)| value);
    value.starts_with('<')
        || value.len() > 1
            && value.starts_with(|c: char| c.is_ascii_uppercase())
            && value.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '_' | '.' | '-' | ','))
}

#[cfg(test)]
mod tests {
    use super::{Step, simple, steps};
    use crate::check::docs::page::Page;

    fn found(text: &str) -> Vec<Step> {
        steps(&Page::parse("a.md", text), |path| path == "toolchain/setup.sh")
    }

    fn lines(text: &str) -> Vec<(usize, String, usize)> {
        found(text).into_iter().map(|step| (step.line, step.text, step.shown.len())).collect()
    }

    #[test]
    fn blocks_hold_commands_and_what_they_print() {
        let text = "# A\n\n    $ X=1 work-token stake \\\n      5\n    staked 5\n\n    done\n    # a comment\n    toolchain/setup.sh  # more\n\n    let a = b;\n";
        assert_eq!(
            lines(text),
            [(3, "X=1 work-token stake 5".to_owned(), 2), (9, "toolchain/setup.sh  # more".to_owned(), 1)]
        );
        assert_eq!(found(text)[0].variables(), ["X"]);
        assert_eq!(found("x\n\n    let a = b;\n    tools/other.sh\n"), []);
    }

    #[test]
    fn a_block_without_a_command_shows_what_the_sentence_before_it_names() {
        let text = "Some lines of `x`, and of `work-token demo`:\n\n    All balance.\n\nSee `work-token`.\n\nMore.\n\n    nothing\n";
        assert_eq!(lines(text), [(1, "work-token demo".to_owned(), 1)]);
    }

    #[test]
    fn a_directory_holds_for_the_rest_of_its_block() {
        let found = found("x\n\n    cd programs\n    cargo a\n\ny\n\n    cargo b\n");
        assert_eq!(found.iter().map(|step| &*step.directory).collect::<Vec<_>>(), ["programs", ""]);
    }

    #[test]
    fn what_a_sentence_mentions_is_typed_if_it_only_looks() {
        assert_eq!(lines("Then `grep -rn x y` or `cargo test` do.\n"), [(1, "grep -rn x y".to_owned(), 0)]);
    }

    #[test]
    fn a_line_may_hold_several_commands() {
        let words = |line: &str| simple(line).into_iter().map(|words| words.join("_")).collect::<Vec<_>>();
        assert_eq!(words("A=1 a 'b c' && d; e | f > g # h"), ["a_b c", "d", "e", "f", "g"]);
    }
}
