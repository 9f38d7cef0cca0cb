//! Prints docs/parameters.md. Run by `cargo xtask docs` and `cargo xtask check`.

use {
    std::fmt::Write,
    work_token_sdk::{
        limits::{
            EXECUTION_WINDOW_SECS, LEAST_STEP_BPS, LEAST_STEP_PPM, LEAST_STEP_PPT, METRIC_GATE_STEP_BPS,
            METRIC_WEIGHT_STEP_PPM, UNMEASURED_SECS,
        },
        parameters::{Parameter, Value, parameters, rules_of_class},
        presets::{JOB_RULES, NETWORK_PARAMS, Preset, PresetClass},
        state::{
            ChangeClass::{self, Cosmetic, Economic, Falling, Fixed, Mode, Safety},
            NetworkParams,
            governed::{Rule, Unit},
        },
    },
};

const DAY: i64 = 86_400;

fn main() {
    let params = NETWORK_PARAMS;
    let mut text = introduction(&params);
    text += "\n## A network's parameters\n\n";
    let all = parameters(&params);
    let is_of_disputes = |parameter: &&Parameter| parameter.name.starts_with("disputes.");
    let is_of_emission = |parameter: &&Parameter| parameter.name.starts_with("emission.");
    let plain = all.iter().filter(|parameter| !is_of_disputes(parameter) && !is_of_emission(parameter));
    table(&mut text, &params, plain);
    text += &metrics();
    text += "\n## The policy of the emission\n\nPart of the parameters. Rates are parts of the supply in a year, in 10^-12 \
        (ppt): ten percent are\n100,000,000,000.\n\n";
    table(&mut text, &params, all.iter().filter(is_of_emission));
    text += "\n## The rules of disputes\n\nPart of the parameters. Severities are counted from 1.\n\n";
    table(&mut text, &params, all.iter().filter(is_of_disputes));
    text += "\n## The rules of a class of jobs\n\n\
        A new class has its rules at once. A change of an existing one counts three days after it was made, and its\n\
        steps are measured from the rules that are in force when it is made.\n\n";
    table(&mut text, &params, rules_of_class(&JOB_RULES).iter());
    text += &presets();
    print!("{text}");
}

/// What networks that pay for performance measure, and their classes.
fn presets() -> String {
    let mut text = "\n## Presets\n\n\
        What `work-token network defaults --preset NAME` prints, as far as it differs from the defaults above, and\n\
        the classes of `work-token class defaults --preset NAME --class N`. The defaults measure nothing.\n"
        .to_owned();
    for preset in Preset::ALL {
        let params = preset.params();
        let _ = write!(text, "\n### {}\n\n| Metric | Source | Weight | Gate |\n|---|---|--:|--:|\n", preset.name());
        for metric in preset.metrics() {
            let label = String::from_utf8_lossy(&metric.label).trim_end_matches('\0').to_owned();
            let source = match () {
                () if metric.is_units() => "attested, units",
                () if metric.is_attested() => "attested",
                () => "signs of life",
            };
            let (weight, gate) = (grouped(metric.weight_ppm.into()), grouped(metric.gate_bps.into()));
            let _ = writeln!(text, "| {label} | {source} | {weight} | {gate} |");
        }
        text += "\n| Class | Paid | Providers | Least fee | Work, seconds | Accept | Dispute | Exposure |\n\
            |---|---|--:|--:|---|--:|--:|--:|\n";
        for (number, PresetClass { name, rules }) in (0..).zip(preset.classes()) {
            let number: u8 = number;
            let paid = if rules.is_metered() { "by the second" } else { "by result" };
            let [least, most, accept, dispute] =
                [rules.least_work_secs, rules.work_secs, rules.accept_secs, rules.challenge_secs]
                    .map(|secs| grouped(secs.into()));
            let _ = writeln!(
                text,
                "| {number} {name} | {paid} | {} | {} | {least} to {most} | {accept} | {dispute} | {} |",
                rules.redundancy,
                grouped(rules.minimum_fee),
                rules.exposure_factor
            );
        }
        let differs = parameters(&params).into_iter().zip(parameters(&NETWORK_PARAMS));
        let differs = differs.filter(|(of_preset, plain)| of_preset.value != plain.value);
        text += "\n| Other than by default | Value |\n|---|--:|\n";
        for (of_preset, _) in differs {
            let _ = writeln!(text, "| `{}` | {} |", of_preset.name, of_preset.value);
        }
    }
    text
}

fn introduction(params: &NetworkParams) -> String {
    let mut text = format!(
        "# Parameters\n\n\
        Written by `cargo xtask docs` from the one list of them, which stands where they are declared\n\
        (`interface/src/state/network/params.rs`, `interface/src/state/network/policy.rs`,\n\
        `interface/src/state/network/work_pay.rs`, `interface/src/state/dispute/rules.rs`,\n\
        `interface/src/state/job/class.rs`): do not edit. What holds among several of them is in `validate` of\n\
        the class and in `interface/src/state/network/validate.rs`, and in [network](protocol/network.md),\n\
        `network-params-8` to `network-params-13`.\n\n\
        A change is proposed, waits, can be executed by anybody for {} from then on, and can be closed by anybody\n\
        after that. A set that touches several classes waits as long as the slowest. It is executed only while the\n\
        running epoch, and every earlier one that can still be opened, is open: each keeps the rules that it began\n\
        with.\n\n\
        | Class | One step | Waits |\n|---|---|---|\n",
        days(EXECUTION_WINDOW_SECS)
    );
    for class in [Cosmetic, Falling, Economic, Mode, Safety, Fixed] {
        let why = if class == Safety { ", the longer of the two unbonding times" } else { "" };
        let _ = writeln!(text, "| {class:?} | {} | {}{why} |", step(class), waits(params, class));
    }
    let (ppm, bps, ppt) = (grouped(LEAST_STEP_PPM), grouped(LEAST_STEP_BPS), grouped(LEAST_STEP_PPT));
    let _ = write!(
        text,
        "\nA step of one unit is always allowed; of parts {ppm} millionths, or {bps} hundredths of a percent, which is\n\
        1 % of the whole; of rates {ppt} ppt, which is 0.1 % a year. `max_supply` never falls below the mint's\n\
        supply. The defaults are those that `work-token network defaults` and `work-token class defaults` print;\n\
        *refused by* is the error of a number out of bounds, explained in [errors](errors.md). Amounts are for a\n\
        token of six decimals.\n"
    );
    text
}

/// How far one change may move a number of this class.
fn step(class: ChangeClass) -> &'static str {
    match class {
        Cosmetic | Mode => "any",
        Falling => "a fifth down",
        Economic | Safety => "a fifth",
        Fixed => "none",
    }
}

/// How long a change of this class waits, by the default parameters.
fn waits(params: &NetworkParams, class: ChangeClass) -> String {
    if class == Fixed { "never".to_owned() } else { days(params.delay_secs(class)) }
}

fn metrics() -> String {
    let (weight, gate) = (grouped(METRIC_WEIGHT_STEP_PPM.into()), grouped(METRIC_GATE_STEP_BPS.into()));
    format!(
        "\n### metrics\n\n\
        Six places, empty by default. A metric is its label and its source (attested, dispute record, heartbeat), its\n\
        weight in millionths and its gate in hundredths of a percent; the weights of all sum to 1,000,000, or there\n\
        are none. Weights move by at most {weight} millionths a step and gates by {gate} hundredths of a percent.\n\
        Another metric at a place begins without a weight, once what it replaces weighs no more than a step; only a\n\
        metric with a weight has a gate. Economic. To no metrics at all leads one step at any time, and from none any\n\
        weights without gates, at the earliest {} after they were set to none: Mode.\n",
        days(UNMEASURED_SECS)
    )
}

fn table<'a>(text: &mut String, params: &NetworkParams, parameters: impl Iterator<Item = &'a Parameter>) {
    text.push_str("| Name | Unit | Class | Step | Waits | Least | Most | Default | Refused by | What it is |\n");
    text.push_str("|---|---|---|---|---|--:|--:|--:|---|---|\n");
    for parameter in parameters.filter(|parameter| parameter.rule.unit != Unit::Zero) {
        let Parameter { name, doc, rule, value, .. } = parameter;
        let (least, most) = bounds(rule);
        let shown = match value {
            Value::Number(number) => grouped(*number),
            Value::Key(_) => "none".to_owned(),
            Value::Metric(_) => unreachable!("metrics are no numbers"),
        };
        let (unit, class, error) = (unit(rule.unit), rule.class, rule.error.name());
        let (step, waits) = (step(class), waits(params, class));
        let _ = writeln!(
            text,
            "| `{name}` | {unit} | {class:?} | {step} | {waits} | {least} | {most} | {shown} | `{error}` | {doc} |"
        );
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
        Unit::Ppt => "ppt a year",
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
