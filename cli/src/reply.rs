//! What a command answers, and how it is written: JSON for machines, tables for people.

mod value;

pub(crate) use value::facts;
pub use {
    std::collections::BTreeMap as Map,
    value::{Count, Tell, Value},
};

use {
    crate::{
        failure::{self, Failure, Result},
        options::Format,
    },
    comfy_table::{CellAlignment, Table, presets},
    std::{
        io::{ErrorKind, Write},
        sync::OnceLock,
    },
};

/// The answer of a command.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// The data.
    pub data: Map<String, Value>,
    /// What people see instead of a table of the data.
    pub plain: Option<String>,
    /// A check that did not hold. The answer is shown all the same, and the command fails.
    pub failed: Option<String>,
    /// What was not done of several things. The answer says what was, and the command fails as this says.
    pub unfinished: Option<Failure>,
}

impl Reply {
    /// An answer that is shown as a table of its data.
    pub fn of(data: Value) -> Self {
        match data {
            Value::Object(data) => Self { data, ..Self::default() },
            other => Self { data: Map::from_iter([("value".to_owned(), other)]), ..Self::default() },
        }
    }

    /// The same answer that says something besides.
    pub fn with(mut self, facts: Value) -> Self {
        if let Value::Object(facts) = facts {
            self.data.extend(facts);
        }
        self
    }

    /// How the command fails, though it has an answer.
    pub fn failure(&self) -> Option<Failure> {
        self.failed.clone().map(Failure::Failed).or_else(|| self.unfinished.clone())
    }

    /// The answers of several transactions of one command.
    pub fn steps(steps: Vec<Self>) -> Self {
        let plain: Option<Vec<String>> = steps.iter().map(|step| step.plain.clone()).collect();
        let count = steps.len();
        let rows: Vec<Value> = steps.into_iter().map(|step| Value::Object(step.data)).collect();
        let mut reply = Self::of(facts!({ "transactions": count, "steps": rows }));
        // Unsigned messages stand alone, one a line.
        reply.plain = plain.filter(|lines| !lines.is_empty()).map(|lines| lines.join("\n"));
        reply
    }

    fn to_json(&self) -> serde_json::Value {
        self.data.iter().map(|(name, value)| (name.clone(), value.to_json())).collect()
    }

    /// The answer as it goes to stdout.
    pub fn render(&self, format: Format) -> String {
        match (format, &self.plain) {
            (Format::Display, Some(plain)) => plain.clone(),
            (Format::Display, None) => describe(&self.data),
            (Format::Json, _) => {
                serde_json::to_string_pretty(&self.to_json()).expect("a map of texts can be written as JSON")
            }
            (Format::JsonCompact, _) => {
                serde_json::to_string(&self.to_json()).expect("a map of texts can be written as JSON")
            }
        }
    }
}

/// How this process writes; people's tables until it is set.
static FORMAT: OnceLock<Format> = OnceLock::new();

/// Sets how this process writes what is said besides answers.
pub fn speak(format: Format) {
    let _ = FORMAT.set(format);
}

/// Whether only machines read.
pub fn is_for_machines() -> bool {
    FORMAT.get().is_some_and(|format| *format != Format::Display)
}

/// Says something besides the answer, on stderr: a line for people, one JSON object on a line for machines.
pub fn say(text: &str) {
    if is_for_machines() {
        failure::note(&serde_json::json!({ "note": text }).to_string());
    } else {
        failure::note(text);
    }
}

/// Says something that whoever reads should know.
pub fn note(text: &str) {
    if is_for_machines() { say(text) } else { say(&format!("note: {text}")) }
}

/// One object with what another one says besides.
pub fn joined(mut one: Value, other: Value) -> Value {
    if let (Some(one), Value::Object(other)) = (one.as_object_mut(), other) {
        one.extend(other);
    }
    one
}

/// Writes the answer to stdout. An answer may carry the failure of a check: it is shown all the same. What
/// stdout does not take goes to stderr, above all the signature of what has landed, unless the command only
/// reads.
pub fn print(reply: &Reply, format: Format, only_reads: bool) -> Result<Option<Failure>> {
    let mut stdout = std::io::stdout().lock();
    let written = writeln!(stdout, "{}", reply.render(format)).and_then(|()| stdout.flush());
    let failed = || Ok(reply.failure());
    let has_landed = !only_reads && signed(&Value::Object(reply.data.clone()));
    match written {
        Ok(()) => failed(),
        // Whoever read the output has seen enough, unless it is all that is known of what was sent.
        Err(error) if error.kind() == ErrorKind::BrokenPipe && !has_landed => failed(),
        Err(error) => {
            let lines = if format == Format::Json { Format::JsonCompact } else { format };
            failure::note(&reply.render(lines));
            let what = if has_landed { "what was asked for has landed, and its answer" } else { "the answer" };
            Err(Failure::Failed(format!("stdout: {error}; {what} stands on stderr")))
        }
    }
}

/// Whether the signature of something sent stands in it.
fn signed(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.iter().any(|(name, value)| name == "signature" && value.is_string() || signed(value)),
        Value::Array(values) => values.iter().any(signed),
        _ => false,
    }
}

/// An empty table in the style of all tables.
pub fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    if !header.is_empty() {
        table.set_header(header.to_vec());
    }
    table
}

/// Aligns the columns from `first` on to the right, as numbers want it.
pub fn align_numbers(table: &mut Table, first: usize) {
    for column in table.column_iter_mut().skip(first) {
        column.set_cell_alignment(CellAlignment::Right);
    }
}

/// A number with its thousands set apart.
pub fn grouped(number: impl ToString) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn describe(data: &Map<String, Value>) -> String {
    let mut facts = table(&[]);
    let mut lists = Vec::new();
    for (name, value) in data {
        match value {
            Value::Array(rows) if rows.first().and_then(Value::as_object).is_some() => lists.push((name, rows)),
            Value::Object(inner) => {
                for (key, value) in inner {
                    facts.add_row([format!("{name}.{key}"), show(value)]);
                }
            }
            value => {
                facts.add_row([name.clone(), show(value)]);
            }
        }
    }
    let mut parts = Vec::new();
    if facts.row_count() > 0 {
        parts.push(facts.to_string());
    }
    parts.extend(lists.into_iter().map(|(name, rows)| format!("{name}\n{}", list(rows))));
    parts.join("\n\n")
}

fn list(rows: &[Value]) -> Table {
    // Rows may differ in what they say, steps of a keeper above all: a column for whatever any of them says.
    let mut keys: Vec<&str> = Vec::new();
    for key in rows.iter().filter_map(Value::as_object).flat_map(Map::keys) {
        if !keys.contains(&key.as_str()) {
            keys.push(key);
        }
    }
    let mut table = table(&keys);
    for row in rows {
        table.add_row(keys.iter().map(|key| show(&row[*key])).collect::<Vec<_>>());
    }
    table
}

fn show(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        Value::Small(_) | Value::Amount(_) => {
            let digits = value.to_string();
            if digits.starts_with('-') { digits } else { grouped(digits) }
        }
        Value::Array(values) => values.iter().map(show).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_column_for_whatever_any_row_says() {
        let steps = [facts!({ "step": "open", "epoch": 3 }), facts!({ "step": "draw-job", "job": "J", "epoch": 4 })];
        let text = Reply::of(facts!({ "steps": steps })).render(Format::Display);
        let rows: Vec<Vec<&str>> = text
            .lines()
            .filter(|line| line.starts_with('│'))
            .map(|line| line.split(['│', '┆']).map(str::trim).filter(|cell| !cell.is_empty()).collect())
            .collect();
        let mut header = rows[0].clone();
        header.sort_unstable();
        assert_eq!(header, ["epoch", "job", "step"]);
        assert!(rows[1].contains(&"-") && rows[2].contains(&"J"), "{text}");
    }

    #[test]
    fn a_reply_that_must_not_be_lost_is_known_by_its_signature_wherever_that_stands() {
        for (reply, landed) in [
            (facts!({ "signature": "5x", "fee": 1 }), true),
            (facts!({ "steps": [facts!({ "step": "open" }), facts!({ "signature": "5x" })] }), true),
            (facts!({ "signature": null, "steps": Vec::<Value>::new() }), false),
        ] {
            assert_eq!(signed(&reply), landed, "{reply}");
        }
    }

    #[test]
    fn thousands_are_set_apart() {
        let shown = [0u64, 12, 999, 1_000, 1_234_567].map(grouped);
        assert_eq!(shown, ["0", "12", "999", "1,000", "1,234,567"]);
    }
}
