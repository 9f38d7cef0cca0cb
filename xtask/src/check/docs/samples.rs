//! The Rust in documents: each block stands, as it is, in an example, which is compiled and run.

use super::{
    fault::Fault,
    page::{Kind, Page},
};

/// In whose files the blocks are looked for.
const EXAMPLES: &str = "/examples/";

/// Blocks that stand in no example.
pub fn strange(page: &Page, texts: &[(String, String)]) -> Vec<Fault> {
    let examples: Vec<Vec<&str>> = texts
        .iter()
        .filter(|(name, _)| name.contains(EXAMPLES) && name.ends_with(".rs"))
        .map(|(_, text)| text.lines().collect())
        .collect();
    let is_known = |block: &[&str]| examples.iter().any(|example| stands_in(block, example));
    let strange = blocks(page).into_iter().filter(|(_, block)| !is_known(block));
    strange.map(|(line, _)| Fault::new(page.name, line, "this Rust stands in no example".to_owned())).collect()
}

/// The lines of each block, and the number of the first.
fn blocks<'a>(page: &Page<'a>) -> Vec<(usize, Vec<&'a str>)> {
    let mut found: Vec<(usize, Vec<&str>)> = Vec::new();
    let mut open = false;
    for line in &page.lines {
        // `rust,ignore` is Rust too.
        let is_rust = matches!(line.kind, Kind::Code(language) if language.split(',').next() == Some("rust"));
        match found.last_mut() {
            Some((_, block)) if is_rust && open => block.push(line.text),
            _ if is_rust => found.push((line.number, vec![line.text])),
            _ => {}
        }
        open = is_rust;
    }
    found
}

/// Whether the block is a part of the example, which may be indented further.
fn stands_in(block: &[&str], example: &[&str]) -> bool {
    let same = |line: &str, indented: &str, by: &str| {
        line.trim().is_empty() && indented.trim().is_empty() || indented.strip_prefix(by) == Some(line)
    };
    example.windows(block.len()).any(|part| {
        let Some(by) = part[0].strip_suffix(block[0]).filter(|by| by.trim().is_empty()) else { return false };
        block.iter().zip(part).all(|(line, indented)| same(line, indented, by))
    })
}

#[cfg(test)]
mod tests {
    use super::{Page, strange};

    const EXAMPLE: &str = "fn main() {\n    let a = 1;\n\n    if a > 0 {\n        b();\n    }\n}\n";

    fn found(block: &str) -> usize {
        let page = format!("# A\n\n```rust\n{block}```\n\n```sh\nls\n```\n");
        let texts = [("sdk/examples/a.rs".to_owned(), EXAMPLE.to_owned()), ("b.rs".to_owned(), "no();\n".to_owned())];
        strange(&Page::parse("a.md", &page), &texts).len()
    }

    #[test]
    fn a_part_of_an_example_is_no_fault_however_deep_it_stands() {
        assert_eq!(found(EXAMPLE), 0);
        assert_eq!(found("let a = 1;\n\nif a > 0 {\n    b();\n}\n"), 0);
    }

    #[test]
    fn what_an_example_does_not_say_is_a_fault() {
        for block in ["let a = 2;\n", "let a = 1;\nif a > 0 {\n", "let a = 1;\n\nif a > 0 {\n  b();\n}\n", "no();\n"] {
            assert_eq!(found(block), 1, "{block}");
        }
        assert_eq!(found("let a = 1;\n").saturating_add(found("a = 1;\n")), 1, "half a line is none");
    }
}
