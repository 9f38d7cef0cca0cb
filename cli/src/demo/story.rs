//! What is told, as it happens: chapters, what happened in them and when, and what was promised.

use crate::text::moment;

/// Something that happened.
pub struct Event {
    /// When. Unix seconds.
    pub at_ts: i64,
    /// In which epoch.
    pub epoch: u32,
    /// What.
    pub text: String,
}

/// A thing that was promised, and whether it held.
pub struct Promise {
    /// What.
    pub name: &'static str,
    /// Whether.
    pub kept: bool,
}

/// A part of the story.
pub struct Chapter {
    /// Its name.
    pub title: &'static str,
    /// What is shown, and why it matters.
    pub why: &'static str,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// What was promised.
    pub promises: Vec<Promise>,
    /// What it meant, in words.
    pub outcome: String,
    /// By how much each role, and what belongs to nobody, gained. Base units.
    pub gains: Vec<(&'static str, i128)>,
    /// Books at its end: lines, and those of them that do not balance.
    pub books: (usize, Vec<String>),
}

impl Chapter {
    /// A chapter in which nothing has happened yet.
    pub const fn new(title: &'static str, why: &'static str) -> Self {
        Self {
            title,
            why,
            events: Vec::new(),
            promises: Vec::new(),
            outcome: String::new(),
            gains: Vec::new(),
            books: (0, Vec::new()),
        }
    }
}

/// The calendar date of a time, in UTC: `2027-01-15`.
pub fn date(ts: i64) -> String {
    moment(ts)[..10].to_owned()
}

/// Base units as tokens, cut to hundredths.
pub fn tokens(amount: u64) -> String {
    let hundredths = amount / 10_000;
    format!("{}.{:02}", crate::reply::grouped(hundredths / 100), hundredths % 100)
}

/// Base units as whole tokens, cut.
pub fn whole(amount: i128) -> String {
    crate::reply::grouped(amount.unsigned_abs() / 1_000_000)
}

/// Base units of what was gained or lost, cut to hundredths.
pub fn change(amount: i128) -> String {
    let sign = if amount < 0 { '-' } else { '+' };
    format!("{sign}{}", tokens(u64::try_from(amount.unsigned_abs()).unwrap_or(u64::MAX)))
}

/// Basis points as percent.
pub fn percent(bps: u16) -> String {
    let hundredths = if bps.is_multiple_of(100) { String::new() } else { format!(".{:02}", bps % 100) };
    format!("{}{hundredths} %", bps / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert_eq!([0, 951_782_400, 1_800_000_000].map(date), ["1970-01-01", "2000-02-29", "2027-01-15"]);
    }

    #[test]
    fn amounts_are_cut_not_rounded_up() {
        assert_eq!([0, 9_999, 19_999, 1_234_567_899].map(tokens), ["0.00", "0.00", "0.01", "1,234.56"]);
        assert_eq!([-1_239_999, 0, 10_000].map(change), ["-1.23", "+0.00", "+0.01"]);
        assert_eq!([0, 999_999, -1_234_567_899].map(whole), ["0", "0", "1,234"]);
        assert_eq!([1_205, 300, 50].map(percent), ["12.05 %", "3 %", "0.50 %"]);
    }
}
