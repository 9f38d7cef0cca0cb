//! Whether the number beside a named constant, or beside a parameter, is the one that the sources have.
//!
//! These forms are read: `` `NAME` (16 ...) ``, `` 16 words (`NAME`) ``, `` (`NAME` 16, ...) `` and
//! `` (`NAME`, 16) ``. A number has digits, a power or is a word; a unit of time or a percent may follow.

use super::{
    constants::{Constants, Scale, Value, is_constant},
    fault::Fault,
    page::{Page, spans},
};

const WORDS: [(&str, u128, u128); 24] = [
    ("half", 1, 2),
    ("third", 1, 3),
    ("quarter", 1, 4),
    ("fifth", 1, 5),
    ("tenth", 1, 10),
    ("twentieth", 1, 20),
    ("hundredth", 1, 100),
    ("two", 2, 1),
    ("three", 3, 1),
    ("four", 4, 1),
    ("five", 5, 1),
    ("six", 6, 1),
    ("seven", 7, 1),
    ("eight", 8, 1),
    ("nine", 9, 1),
    ("ten", 10, 1),
    ("eleven", 11, 1),
    ("twelve", 12, 1),
    ("thirteen", 13, 1),
    ("fourteen", 14, 1),
    ("fifteen", 15, 1),
    ("sixteen", 16, 1),
    ("twenty", 20, 1),
    ("thirty", 30, 1),
];

const TIMES: [(&str, u128); 10] = [
    ("s", 1),
    ("seconds", 1),
    ("minute", 60),
    ("minutes", 60),
    ("hour", 3_600),
    ("hours", 3_600),
    ("day", 86_400),
    ("days", 86_400),
    ("week", 604_800),
    ("weeks", 604_800),
];

/// How far before its brackets the number of a name may stand, in words.
const REACH: usize = 3;

/// A number as a document says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Said {
    numerator: u128,
    denominator: u128,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    None,
    /// Of so many seconds.
    Time(u128),
    /// Of a whole of so many.
    Part(u128),
}

/// Numbers that differ from the sources, and names in capitals beside a number that no source declares.
pub fn stale(page: &Page, constants: &Constants) -> Vec<Fault> {
    let mut faults = Vec::new();
    for paragraph in page.paragraphs() {
        for (start, name) in spans(&paragraph.text) {
            let parameter = constants.is_parameter(name);
            if !is_constant(name) && !parameter {
                continue;
            }
            let (before, after) = (&paragraph.text[..start - 1], &paragraph.text[start + name.len() + 1..]);
            let Some(said) = beside(before, after) else { continue };
            let values = constants.values(name);
            let what = if !parameter && !constants.is_declared(name) {
                format!("no source declares {name}")
            } else if values.is_empty() || values.iter().any(|value| agrees(said, *value)) {
                continue;
            } else {
                let values: Vec<_> = values.iter().map(|value| value.number.to_string()).collect();
                format!("{name} is {}, not what stands here", values.join(" or "))
            };
            faults.push(Fault::new(page.name, paragraph.line(start), what));
        }
    }
    faults
}

fn beside(before: &str, after: &str) -> Option<Said> {
    if let Some(inside) = after.strip_prefix(" (") {
        return read(inside, false);
    }
    let ends = |inside: &str| inside.find([')', ',', ';']).is_some_and(|end| inside[..end].split(' ').count() <= 3);
    let in_brackets = before.rfind('(') > before.rfind(')');
    for separator in [", ", " "] {
        let inside = after.strip_prefix(separator).filter(|inside| in_brackets && ends(inside));
        if let Some(said) = inside.and_then(|inside| read(inside, false)) {
            return Some(said);
        }
    }
    let text = before.strip_suffix('(').filter(|_| after.starts_with([')', ',', ';']))?.trim_end();
    let words: Vec<&str> = text.split(' ').rev().take(REACH).take_while(|word| !word.contains('`')).collect();
    let tail = |count: usize| words[..count].iter().rev().copied().collect::<Vec<_>>().join(" ");
    (1..=words.len()).find_map(|count| read(&tail(count), true))
}

/// The number with which a text begins. At the end of a sentence's part a word like `a` is none.
fn read(text: &str, whole: bool) -> Option<Said> {
    let mut words = text.split([' ', ')', ';']).filter(|word| !word.is_empty());
    let first = words.next()?.trim_end_matches([',', '.', ':']);
    let second = words.next().unwrap_or("").trim_end_matches([',', '.', ':']);
    let third = words.next().unwrap_or("");
    let time = |word: &str| TIMES.iter().find(|(name, _)| *name == word).map(|(_, secs)| Unit::Time(*secs));
    if matches!(first, "a" | "an" | "one") {
        if let Some(unit) = time(second) {
            return Some(Said { numerator: 1, denominator: 1, unit });
        }
        let word = WORDS.iter().find(|(name, _, denominator)| *name == second && *denominator > 1)?;
        return Some(Said { numerator: word.1, denominator: word.2, unit: Unit::None });
    }
    let (numerator, denominator) = number(first)?;
    // A percent sign, or the words of a part, instead of a unit of time.
    let unit = match (second, third) {
        ("%" | "percent", _) => Unit::Part(100),
        ("hundredths", "of") => Unit::Part(10_000),
        ("millionths" | "ppm", _) => Unit::Part(1_000_000),
        _ => time(second).unwrap_or(Unit::None),
    };
    // "the 3 words (`NAME`)" counts words; a number two words away without a unit is somebody else's.
    let far = whole && text.split(' ').count() > 2 && unit == Unit::None;
    (!far).then_some(Said { numerator, denominator, unit })
}

fn number(word: &str) -> Option<(u128, u128)> {
    let lower = word.to_lowercase();
    if let Some((_, numerator, denominator)) = WORDS.iter().find(|(name, ..)| *name == lower) {
        return Some((*numerator, *denominator));
    }
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Some((base, power)) = word.split_once('^') {
        let base: u128 = base.parse().ok()?;
        return Some((base.checked_pow(power.parse().ok()?)?, 1));
    }
    let plain = word.replace([',', '_'], "");
    match plain.split_once('.') {
        Some((whole, part)) => {
            let scale = 10_u128.checked_pow(u32::try_from(part.len()).ok()?)?;
            Some((format!("{whole}{part}").parse().ok()?, scale))
        }
        None => Some((plain.parse().ok()?, 1)),
    }
}

/// Whether a number is said of a value: as it is, as a part of its whole, in its unit of time, or as the part
/// that a divisor makes.
fn agrees(said: Said, value: Value) -> bool {
    let Said { numerator, denominator, unit } = said;
    let whole = match value.scale {
        Scale::Part(whole) => whole,
        Scale::Plain | Scale::Seconds => 1,
    };
    // numerator / denominator = left / right
    let equals = |left: u128, right: u128| {
        numerator.checked_mul(right).zip(left.checked_mul(denominator)).is_some_and(|(a, b)| a == b)
    };
    match unit {
        Unit::Time(secs) => equals(value.number, secs),
        Unit::Part(of) if whole > 1 => equals(value.number.saturating_mul(of), whole),
        Unit::Part(of) => equals(of, value.number) || equals(value.number, 1),
        Unit::None => {
            equals(value.number, 1) || equals(value.number, whole) || denominator > 1 && equals(1, value.number)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::stale;
    use crate::check::docs::{constants::Constants, page::Page};

    fn faults(text: &str) -> Vec<String> {
        let mut constants = Constants::default();
        constants.add("const RING: usize = 8;\nconst A_SECS: i64 = 3 * 86_400;\nconst B_BPS: u16 = 15_000;\nconst CUT: Bps = Bps(6_000);\nconst PART: u64 = 5;\nconst BIG: u64 = 1 << 60;\nconst NOT: u16 = u16::MAX;\nconst D_SECS: i64 = 86_400;");
        constants.add_defaults(&Page::parse("p.md", "| Name | Default |\n|---|---|\n| `wait_secs` | 864,000 |\n"));
        stale(&Page::parse("a.md", text), &constants).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn numbers_that_agree_in_any_form_are_no_fault() {
        let text = "Eight (`RING`), 8 epochs (`RING`), `RING` (8), (`RING` 8, `A_SECS`, 3 days) `A_SECS` (3 days), 3
days (`A_SECS`), `B_BPS` (1.5), `CUT` (60 %), a fifth (`PART`), 20 % (`PART`), `BIG` (2^60 base units),
65,535 (`NOT`), `D_SECS` (a day), `wait_secs` (10 days by default), `RING` (see below).";
        assert_eq!(faults(text), Vec::<String>::new());
    }

    #[test]
    fn a_stale_number_is_a_fault_with_its_line() {
        let text = "One,\n`RING` (9) and nine (`RING`)\n\n| `A_SECS` (4 days) |\n\nx 61 % (`CUT`), `wait_secs` (9 days), `GONE` (7)\n";
        let expected = [
            "a.md:2: RING is 8, not what stands here",
            "a.md:2: RING is 8, not what stands here",
            "a.md:4: A_SECS is 259200, not what stands here",
            "a.md:6: CUT is 6000, not what stands here",
            "a.md:6: wait_secs is 864000, not what stands here",
            "a.md:6: no source declares GONE",
        ];
        assert_eq!(faults(text), expected);
    }

    #[test]
    fn the_end_of_a_formula_is_no_number() {
        assert!(faults("`x * 10,500` (`RING`), `min(3, 9)` (`RING`)").is_empty());
    }
}
