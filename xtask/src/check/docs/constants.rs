//! The whole numbers that the sources declare as constants, and the defaults in the table of parameters.

use std::collections::{BTreeMap, BTreeSet};

use super::page::{Kind, Page, spans};
use crate::source;

/// In what a number is counted, as far as its name or its type says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scale {
    Plain,
    Seconds,
    /// The whole is this many.
    Part(u128),
}

/// A number of the sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Value {
    pub number: u128,
    pub scale: Scale,
}

/// What a name may mean: several files may have a constant of one name.
#[derive(Default)]
pub struct Constants {
    declared: BTreeMap<String, BTreeSet<String>>,
    defaults: BTreeMap<String, u128>,
}

impl Constants {
    /// Adds the constants of a file.
    pub fn add(&mut self, text: &str) {
        let code = source::code(text);
        for at in source::words(&code, "const") {
            let after = &code[at + "const".len()..];
            let Some((head, rest)) = after.split_once('=') else { continue };
            let Some((name, _)) = head.split_once(':') else { continue };
            let Some((value, _)) = rest.split_once(';') else { continue };
            if is_constant(name.trim()) {
                self.declared.entry(name.trim().to_owned()).or_default().insert(value.trim().to_owned());
            }
        }
    }

    /// Adds the columns `Name` and `Default` of a page's tables.
    pub fn add_defaults(&mut self, page: &Page) {
        let mut columns: Option<(usize, usize)> = None;
        for line in &page.lines {
            if line.kind != Kind::Table {
                columns = None;
                continue;
            }
            let cells: Vec<&str> = line.text.trim().trim_matches('|').split('|').map(str::trim).collect();
            let place = |title| cells.iter().position(|cell| *cell == title);
            match columns {
                None => columns = place("Name").zip(place("Default")),
                Some((name, value)) => {
                    let name = cells.get(name).and_then(|cell| spans(cell).first().map(|(_, name)| *name));
                    let value = cells.get(value).and_then(|cell| cell.replace(',', "").parse().ok());
                    if let Some((name, value)) = name.zip(value) {
                        self.defaults.insert(name.to_owned(), value);
                    }
                }
            }
        }
    }

    /// Whether a name is a parameter's.
    pub fn is_parameter(&self, name: &str) -> bool {
        self.defaults.contains_key(name)
    }

    /// Whether the sources declare a constant of that name.
    pub fn is_declared(&self, name: &str) -> bool {
        self.declared.contains_key(name)
    }

    /// What a name means, as far as it is a whole number.
    pub fn values(&self, name: &str) -> Vec<Value> {
        if let Some(number) = self.defaults.get(name) {
            return vec![Value { number: *number, scale: scale(name) }];
        }
        let texts = self.declared.get(name).into_iter().flatten();
        texts.filter_map(|text| self.evaluate(name, text, 0)).collect()
    }

    fn evaluate(&self, name: &str, text: &str, depth: u8) -> Option<Value> {
        let wrapped = ["Bps", "Ppm"].into_iter().find(|kind| text.starts_with(&format!("{kind}(")));
        let mut tokens = Tokens { rest: text, constants: self, depth };
        let number = tokens.shift()?;
        let scale = if wrapped.is_some() { scale(&format!("_{}", wrapped?.to_lowercase())) } else { scale(name) };
        tokens.rest.trim().is_empty().then_some(Value { number, scale })
    }
}

/// Whether a word is written like a constant.
pub fn is_constant(word: &str) -> bool {
    word.len() > 1
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

fn scale(name: &str) -> Scale {
    let parts = name.to_lowercase();
    let unit = |unit: &str| parts.split('_').any(|part| part == unit);
    if unit("ppm") || unit("reputation") {
        Scale::Part(1_000_000)
    } else if unit("bps") {
        Scale::Part(10_000)
    } else if unit("secs") {
        Scale::Seconds
    } else {
        Scale::Plain
    }
}

/// Reads sums, products and shifts of numbers and other constants.
struct Tokens<'a> {
    rest: &'a str,
    constants: &'a Constants,
    depth: u8,
}

impl Tokens<'_> {
    fn takes(&mut self, symbol: &str) -> bool {
        let after = self.rest.trim_start().strip_prefix(symbol);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    fn shift(&mut self) -> Option<u128> {
        let mut value = self.sum()?;
        while self.takes("<<") {
            value = value.checked_shl(u32::try_from(self.sum()?).ok()?)?;
        }
        Some(value)
    }

    fn sum(&mut self) -> Option<u128> {
        let mut value = self.product()?;
        loop {
            if self.takes("+") {
                value = value.checked_add(self.product()?)?;
            } else if self.takes("-") {
                value = value.checked_sub(self.product()?)?;
            } else {
                return Some(value);
            }
        }
    }

    fn product(&mut self) -> Option<u128> {
        let mut value = self.atom()?;
        loop {
            if self.takes("*") {
                value = value.checked_mul(self.atom()?)?;
            } else if self.takes("/") {
                value = value.checked_div(self.atom()?)?;
            } else {
                return Some(value);
            }
        }
    }

    /// A number, a name, or either in brackets, cast or not.
    fn atom(&mut self) -> Option<u128> {
        let value = if self.takes("(") {
            let inner = self.shift()?;
            self.takes(")").then_some(inner)?
        } else {
            let word = self.word()?;
            if self.takes("(") {
                let inner = self.shift()?;
                self.takes(")").then_some(inner)?
            } else {
                self.named(word)?
            }
        };
        if self.takes("as ") {
            self.word()?;
        }
        Some(value)
    }

    fn word(&mut self) -> Option<String> {
        let text = self.rest.trim_start();
        let end = text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').unwrap_or(text.len());
        self.rest = &text[end..];
        (end > 0).then(|| text[..end].to_owned())
    }

    fn named(&self, word: String) -> Option<u128> {
        let digits: String = word.chars().filter(|c| *c != '_').collect();
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        match (end, word.as_str()) {
            (1.., _) if digits[end..].is_empty() || digits[end..].starts_with(['u', 'i']) => digits[..end].parse().ok(),
            (_, "u16::MAX") => Some(u16::MAX.into()),
            (_, "u32::MAX") => Some(u32::MAX.into()),
            (_, "u64::MAX") => Some(u64::MAX.into()),
            _ if self.depth > 8 => None,
            (_, path) => {
                let name = path.rsplit("::").next()?;
                let text = self.constants.declared.get(name)?.first()?;
                Some(self.constants.evaluate(name, text, self.depth + 1)?.number)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Constants, Scale, Value};
    use crate::check::docs::page::Page;

    #[test]
    fn constants_are_evaluated() {
        let mut constants = Constants::default();
        constants.add("pub const STEPS: usize = 12;\npub const CAPACITY: usize = 1 << STEPS;\nconst A_SECS: i64 = 3 * 86_400;\npub const BB: Bps = Bps(6_000);\nconst CC: usize = 62 + CAPACITY as usize;\nconst DD: (u8, u8) = (1, 2);\nconst EE: u16 = u16::MAX;");
        let value = |name: &str| constants.values(name).first().map(|value| (value.number, value.scale));
        assert_eq!(value("CAPACITY"), Some((4_096, Scale::Plain)));
        assert_eq!(value("A_SECS"), Some((259_200, Scale::Seconds)));
        assert_eq!(value("BB"), Some((6_000, Scale::Part(10_000))));
        assert_eq!(value("CC"), Some((4_158, Scale::Plain)));
        assert_eq!(value("EE"), Some((65_535, Scale::Plain)));
        assert_eq!(value("DD"), None);
        assert!(constants.is_declared("DD") && !constants.is_declared("FF"));
    }

    #[test]
    fn defaults_are_read_from_the_table() {
        let mut constants = Constants::default();
        constants.add_defaults(&Page::parse(
            "p.md",
            "| Name | Least | Default |\n|---|---|---|\n| `a_secs` | 1 | 86,400 |\n",
        ));
        assert_eq!(constants.values("a_secs"), [Value { number: 86_400, scale: Scale::Seconds }]);
    }
}
