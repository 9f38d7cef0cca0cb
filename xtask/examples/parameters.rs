//! Prints docs/parameters.md. Run by `cargo xtask docs` and `cargo xtask check`.

use {
    std::fmt::Write,
    work_token_sdk::{
        limits::{
            COSMETIC_DELAY_SECS, ECONOMIC_DELAY_SECS, EXECUTION_WINDOW_SECS, LEAST_STEP_BPS, LEAST_STEP_PPM,
            METRIC_GATE_STEP_BPS, METRIC_WEIGHT_STEP_PPM, UNMEASURED_SECS,
        },
        parameters::{Parameter, Value, parameters, rules_of_class},
        presets::{JOB_RULES, NETWORK_PARAMS},
        state::{
            ChangeClass,
            governed::{Rule, Unit},
        },
    },
};

const DAY: i64 = 86_400;

fn main() {
    let mut text = introduction();
    text += "\n## A network's parameters\n\n";
    let all = parameters(&NETWORK_PARAMS);
    let is_of_disputes = |parameter: &&Parameter| parameter.name.starts_with("disputes.");
    table(&mut text, all.iter().filter(|parameter| !is_of_disputes(parameter)));
    text += &metrics();
    text += "\n## The rules of disputes\n\nPart of the parameters. Severities are counted from 1.\n\n";
    table(&mut text, all.iter().filter(is_of_disputes));
    text += "\n## The rules of a class of jobs\n\nA new class has its rules at once. A change of an existing one counts three days after it was made, and its steps are \
        measured from the rules\nthat are in force when it is made.\n\n";
    table(&mut text, rules_of_class(&JOB_RULES).iter());
    print!("{text}");
}

fn introduction() -> String {
    let (day, three) = (days(COSMETIC_DELAY_SECS), days(ECONOMIC_DELAY_SECS));
    let classes = [
        (ChangeClass::Cosmetic, "any", day.as_str()),
        (ChangeClass::Falling, "downwards by a fifth", &three),
        (ChangeClass::Economic, "a fifth", &three),
        (ChangeClass::Mode, "any", &three),
        (ChangeClass::Safety, "a fifth", "the longer of the two unbonding times"),
        (ChangeClass::Fixed, "none", "never"),
    ];
    let mut text = format!(
        "# Parameters\n\n\
        Written by `cargo xtask docs` from the one list of them, which stands where they are declared (`interface/src/state/params.rs`,\n\
        `dispute_rules.rs`, `job_class.rs`): do not edit. What holds among several of them is in `validate` there.\n\n\
        A change is proposed, waits, can be executed by anybody for {} from then on, and can be closed by anybody after that. A set that touches\n\
        several classes waits as long as the slowest. It is executed only while the running epoch, and every earlier one that can still be\n\
        opened, is open: each keeps the rules that it began with.\n\n\
        | Class | One step | Waits |\n|---|---|---|\n",
        days(EXECUTION_WINDOW_SECS)
    );
    for (class, step, delay) in classes {
        let _ = writeln!(text, "| {class:?} | {step} | {delay} |");
    }
    let (ppm, bps) = (grouped(LEAST_STEP_PPM), grouped(LEAST_STEP_BPS));
    let _ = write!(
        text,
        "\nA step of one unit is always allowed; of parts {ppm} millionths, or {bps} hundredths of a percent, which is 1 % of \
        the whole.\n`max_supply` never falls below the mint's supply.\n"
    );
    text
}

fn metrics() -> String {
    let (weight, gate) = (grouped(METRIC_WEIGHT_STEP_PPM.into()), grouped(METRIC_GATE_STEP_BPS.into()));
    format!(
        "\n### metrics\n\n\
        Six places. A metric is its label and its source (attested, dispute record, heartbeat); the weights of all sum to 1,000,000, or there are none.\n\
        Weights move by at most {weight} millionths a step and gates by {gate} hundredths of a percent. Another metric at a place begins \
        without a weight, once\nwhat it replaces weighs no more than a step; only a metric with a weight has a gate. Economic. To no metrics at all leads one step at any\n\
        time, and from none any weights without gates, at the earliest {} after they were set to none: Mode.\n",
        days(UNMEASURED_SECS)
    )
}

fn table<'a>(text: &mut String, parameters: impl Iterator<Item = &'a Parameter>) {
    text.push_str("| Name | Unit | Class | Least | Most | Default | Refused by | What it is |\n");
    text.push_str("|---|---|---|--:|--:|--:|---|---|\n");
    for parameter in parameters.filter(|parameter| parameter.rule.unit != Unit::Zero) {
        let Parameter { name, doc, rule, value, .. } = parameter;
        let (least, most) = bounds(rule);
        let shown = match value {
            Value::Number(number) => grouped(*number),
            Value::Key(_) => "none".to_owned(),
            Value::Metric(_) => unreachable!("metrics are no numbers"),
        };
        let (unit, class, error) = (unit(rule.unit), rule.class, rule.error.name());
        let _ = writeln!(text, "| `{name}` | {unit} | {class:?} | {least} | {most} | {shown} | `{error}` | {doc} |");
    }
}

fn bounds(rule: &Rule) -> (String, String) {
    if rule.unit == Unit::Key { Default::default() } else { (grouped(rule.lower), grouped(rule.upper)) }
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Amount => "base units",
        Unit::Secs => "seconds",
        Unit::Epochs => "epochs",
        Unit::Number => "number",
        Unit::Ppm => "ppm",
        Unit::Bps => "bps",
        Unit::Choice => "choice",
        Unit::Key => "address",
        Unit::Zero => "padding",
    }
}

fn days(secs: i64) -> String {
    match secs / DAY {
        1 => "a day".to_owned(),
        days => format!("{days} days"),
    }
}

/// Digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
