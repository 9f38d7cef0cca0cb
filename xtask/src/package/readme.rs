//! A crate's README: its own documentation, so that it is written once.

/// What `lib.rs` says above its items, under the crate's name. Lines that only make an example compile are
/// left out.
pub fn of(name: &str, source: &str) -> String {
    let mut text = format!("# {name}\n\n");
    let mut is_code = false;
    for line in source.lines().map_while(|line| line.strip_prefix("//!")) {
        let line = line.strip_prefix(' ').unwrap_or(line);
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        if is_fence && is_code {
            text.push_str("```rust\n");
        } else if is_code && (line == "#" || line.starts_with("# ")) {
            continue;
        } else {
            // Headings stand below the name.
            let deeper = if !is_code && line.starts_with('#') { "#" } else { "" };
            text.push_str(&format!("{deeper}{line}\n"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_readme_is_the_documentation_without_its_scaffolding() {
        let source = "//! What it is.\n//!\n//! # Example\n//!\n//! ```\n//! # fn main() {\n//! a();\n//! # }\n//! ```\npub mod a;\n//! no\n";
        let expected = "# it\n\nWhat it is.\n\n## Example\n\n```rust\na();\n```\n";
        assert_eq!(of("it", source), expected);
    }
}
