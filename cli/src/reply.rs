//! What a command answers, and how it is written: JSON for machines, tables for people.

use {
    crate::options::Format,
    comfy_table::{CellAlignment, Table, presets},
    serde_json::{Map, Value, json},
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
}

impl Reply {
    /// An answer that is shown as a table of its data.
    pub fn of(data: Value) -> Self {
        match data {
            Value::Object(data) => Self { data, ..Self::default() },
            other => Self { data: Map::from_iter([("value".to_owned(), other)]), ..Self::default() },
        }
    }

    /// The answers of several transactions of one command.
    pub fn steps(steps: Vec<Self>) -> Self {
        let plain: Option<Vec<String>> = steps.iter().map(|step| step.plain.clone()).collect();
        let count = steps.len();
        let rows: Vec<Value> = steps.into_iter().map(|step| Value::Object(step.data)).collect();
        let mut reply = Self::of(json!({ "transactions": count, "steps": rows }));
        // Unsigned messages stand alone, one a line.
        reply.plain = plain.filter(|lines| !lines.is_empty()).map(|lines| lines.join("\n"));
        reply
    }

    /// The answer as it goes to stdout.
    pub fn render(&self, format: Format) -> String {
        match (format, &self.plain) {
            (Format::Display, Some(plain)) => plain.clone(),
            (Format::Display, None) => describe(&self.data),
            (Format::Json, _) => {
                serde_json::to_string_pretty(&self.data).expect("a map with text keys can be written as JSON")
            }
            (Format::JsonCompact, _) => {
                serde_json::to_string(&self.data).expect("a map with text keys can be written as JSON")
            }
        }
    }
}

/// One object with what another one says besides.
pub fn joined(mut one: Value, other: Value) -> Value {
    if let (Some(one), Value::Object(other)) = (one.as_object_mut(), other) {
        one.extend(other);
    }
    one
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
            Value::Array(rows) if rows.first().is_some_and(Value::is_object) => lists.push((name, rows)),
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
    let keys: Vec<&str> =
        rows.first().and_then(Value::as_object).map(|row| row.keys().map(String::as_str).collect()).unwrap_or_default();
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
        Value::Number(number) if number.is_u64() => grouped(number),
        Value::Array(values) => values.iter().map(show).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let shown = [0u64, 12, 999, 1_000, 1_234_567].map(grouped);
        assert_eq!(shown, ["0", "12", "999", "1,000", "1,234,567"]);
    }
}
