//! A proposal as people read it.

use {
    crate::{
        reply::{Value, grouped},
        text::moment,
    },
    std::{fmt::Write, time::Duration},
};

/// What `governance show` says of a proposal, in lines.
pub fn sheet(data: &Value) -> String {
    let mut sheet = String::new();
    let mut line = |text: String| {
        let _ = writeln!(sheet, "{text}");
    };
    line(format!("{}: {}", text(&data["title"]), text(&data["state"])));
    for name in ["proposal", "realm", "treasury", "link"] {
        if !text(&data[name]).is_empty() {
            line(format!("  {name:<10} {}", text(&data[name])));
        }
    }
    line(format!("  next       {}", text(&data["next"])));
    line("\nWhat it does".into());
    for transaction in rows(&data["transactions"]) {
        what_it_does(transaction, &mut line);
    }
    let (tally, rules) = (&data["tally"], &data["rules"]);
    line(format!("\nWhat was voted, with {}", text(&data["votes_with"])));
    line(format!("  yes {}, no {}", text(&tally["yes"]), text(&tally["no"])));
    if !tally["yes_needed"].is_null() {
        line(format!(
            "  {} yes are needed: {} % of {}, as {}",
            text(&tally["yes_needed"]),
            text(&rules["yes_percent"]),
            text(&tally["could_vote"]),
            text(&data["thresholds_of"])
        ));
    }
    for vote in rows(&data["votes"]) {
        line(format!("  {:<7} {:>26} {}", text(&vote["vote"]), text(&vote["weight"]), text(&vote["voter"])));
        for with in rows(&vote["with"]) {
            let behind =
                if with["provider"].is_null() { "a position that is closed".into() } else { text(&with["provider"]) };
            line(format!("          with the voice {} behind {behind}", text(&with["voice"])));
        }
    }
    sheet.trim_end().to_owned()
}

/// A transaction with its instructions, and what each would change.
fn what_it_does(transaction: &Value, line: &mut impl FnMut(String)) {
    let when = match (integer(&transaction["executed_ts"]), integer(&transaction["executable_after_ts"])) {
        (Some(ts), _) => format!("was executed {}", moment(ts)),
        (None, Some(ts)) => format!("can be executed after {}, if it wins", moment(ts)),
        (None, None) => "is not voted on yet".into(),
    };
    line(format!("  {}. {when}", integer(&transaction["number"]).map_or(0, |number| number + 1)));
    for instruction in rows(&transaction["instructions"]) {
        line(format!("     it {}", text(&instruction["does"])));
        let facts = instruction.as_object().into_iter().flatten();
        for (name, value) in facts.filter(|(name, value)| *name != "does" && *name != "changes" && !value.is_null()) {
            line(format!("       {name}: {}", fact(name, value)));
        }
        if instruction["changes"].as_array().is_some_and(Vec::is_empty) {
            line("       nothing would differ from what holds now".into());
        }
        for change in rows(&instruction["changes"]) {
            line(format!("       {}", difference(change)));
        }
    }
}

/// A change: from what to what, and when it is in force after it was executed.
fn difference(change: &Value) -> String {
    let name = text(&change["name"]);
    let (from, to) = (fact(&name, &change["from"]), fact(&name, &change["to"]));
    let delay = integer(&change["delay_secs"]).map(|secs| format!(", {} after it is executed", span(secs)));
    let step = text(&change["step"]);
    let step = if matches!(step.as_str(), "" | "allowed") { String::new() } else { format!(" (REFUSED: {step})") };
    format!("{name}: {from} -> {to}{}{step}", delay.unwrap_or_default())
}

/// A value by its name: times as dates, durations in days and hours.
fn fact(name: &str, value: &Value) -> String {
    match value {
        value if name.ends_with("_ts") => integer(value).map_or_else(String::new, moment),
        value if name.ends_with("_secs") => integer(value).map_or_else(String::new, span),
        Value::Object(inner) => {
            let facts = inner.iter().filter(|(_, value)| !value.is_null());
            facts.map(|(name, value)| format!("{name} {}", fact(name, value))).collect::<Vec<_>>().join(", ")
        }
        value => text(value),
    }
}

fn span(secs: i64) -> String {
    humantime::format_duration(Duration::from_secs(secs.unsigned_abs())).to_string()
}

fn integer(value: &Value) -> Option<i64> {
    value.to_string().parse().ok()
}

fn rows(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Small(_) | Value::Amount(_) => grouped(value),
        other => other.to_string(),
    }
}
