//! What a simulation says at the end.

use {
    super::{
        check::Violation,
        input::Row,
        run::{EpochResult, MAX_COMMISSION_PERCENT},
    },
    crate::reply::{Reply, Value, align_numbers, facts, grouped, note, say, table},
    std::time::Duration,
    work_token_sdk::limits::MIN_MINIMUM_STAKE,
};

const TOP: usize = 10;

/// Numbers of the whole run.
struct Totals {
    stake: u64,
    too_small: usize,
    capped: usize,
    dust: Vec<u64>,
    largest_deviation: u64,
    transactions: usize,
    cpu: Duration,
    slowest: Duration,
}

impl Totals {
    fn of(rows: &[Row], epochs: &[EpochResult]) -> Self {
        let dust = epochs.iter().map(|epoch| epoch.emission.saturating_sub(epoch.payouts.iter().sum())).collect();
        Self {
            stake: rows.iter().map(|row| row.stake).sum(),
            too_small: rows.iter().filter(|row| row.stake < MIN_MINIMUM_STAKE).count(),
            capped: rows.iter().filter(|row| row.commission_percent > MAX_COMMISSION_PERCENT).count(),
            dust,
            largest_deviation: epochs.iter().map(|epoch| epoch.found.largest_deviation).max().unwrap_or(0),
            transactions: epochs.iter().map(|epoch| epoch.transactions).max().unwrap_or(0),
            cpu: epochs.iter().map(|epoch| epoch.cpu).sum::<Duration>()
                / u32::try_from(epochs.len()).unwrap_or(1).max(1),
            slowest: epochs.iter().map(|epoch| epoch.cpu).max().unwrap_or_default(),
        }
    }

    fn deviation_millionths(&self) -> String {
        format!("{}.{:06}", self.largest_deviation / 1_000_000, self.largest_deviation % 1_000_000)
    }
}

/// The answer: table and JSON, and the failure if a check did not hold.
pub fn report(rows: &[Row], reward: u64, epochs: &[EpochResult], books: Option<String>) -> Reply {
    let totals = Totals::of(rows, epochs);
    notes(&totals, epochs);
    let inexact: Vec<&Violation> = epochs.iter().flat_map(|epoch| &epoch.found.inexact).collect();
    let far: Vec<&Violation> = epochs.iter().flat_map(|epoch| &epoch.found.far).collect();
    let mut failures: Vec<String> = Vec::new();
    failures.extend(inexact.first().map(|first| describe(first, "floor(emission x w / sum of w)", inexact.len())));
    failures.extend(far.first().map(|first| describe(first, "2 millionths around mainnet's rule", far.len())));
    failures.extend(books.clone());
    Reply {
        plain: Some(plain(rows, reward, epochs, &totals, &failures)),
        failed: (!failures.is_empty()).then(|| failures.join("; ")),
        ..Reply::of(data(rows, reward, epochs, &totals, &failures))
    }
}

fn notes(totals: &Totals, epochs: &[EpochResult]) {
    for epoch in epochs {
        say(&format!(
            "epoch {}: {} transactions, {:.2} s of process time",
            epoch.epoch,
            epoch.transactions,
            epoch.cpu.as_secs_f64()
        ));
    }
    say(&format!(
        "an epoch's cranking took {:.3} s of process time, {:.2} s at most",
        totals.cpu.as_secs_f64(),
        totals.slowest.as_secs_f64()
    ));
    note("all stake is own stake, so commission changes no payout");
    if totals.capped > 0 {
        note(&format!(
            "{} rows have a commission above the program's maximum; theirs was set to {MAX_COMMISSION_PERCENT} %",
            totals.capped
        ));
    }
    if totals.too_small > 0 {
        note(&format!(
            "{} rows have less stake than the least own stake of {MIN_MINIMUM_STAKE} and no credits; they are registered without stake",
            totals.too_small
        ));
    }
}

fn describe(first: &Violation, law: &str, count: usize) -> String {
    format!(
        "{count} payouts break {law}; the first: line {}, epoch {}: paid {}, expected {}",
        first.line, first.epoch, first.paid, first.expected
    )
}

fn plain(rows: &[Row], reward: u64, epochs: &[EpochResult], totals: &Totals, failures: &[String]) -> String {
    let mut facts = table(&[]);
    let ok = if failures.is_empty() { "OK" } else { "FAILED" };
    let payouts = rows.len() * epochs.len();
    facts.add_rows([
        ["providers".to_owned(), grouped(rows.len())],
        ["epochs".to_owned(), grouped(epochs.len())],
        ["total stake".to_owned(), grouped(totals.stake)],
        ["reward of an epoch".to_owned(), grouped(reward)],
        ["emitted of it".to_owned(), grouped(epochs.last().map_or(0, |epoch| epoch.emission))],
        ["payouts compared".to_owned(), format!("{} {ok}", grouped(payouts))],
        ["largest deviation, millionths".to_owned(), format!("{} (2 allowed)", totals.deviation_millionths())],
        ["dust of an epoch".to_owned(), grouped(totals.dust.iter().max().unwrap_or(&0))],
        ["commissions capped at 50 %".to_owned(), grouped(totals.capped)],
        ["registered without stake".to_owned(), grouped(totals.too_small)],
        ["transactions of an epoch".to_owned(), grouped(totals.transactions)],
        ["CPU seconds of an epoch".to_owned(), format!("{:.3}", totals.cpu.as_secs_f64())],
    ]);
    align_numbers(&mut facts, 1);
    let mut top = table(&["", "vote account", "stake", "credits", "score", "payout of an epoch", "% of reward"]);
    for (rank, (row, payout)) in ranked(rows, epochs).into_iter().enumerate() {
        let share = u128::from(payout) * 100_000 / u128::from(reward);
        top.add_row([
            (rank + 1).to_string(),
            row.account.to_string(),
            grouped(row.stake),
            grouped(row.credits),
            grouped(row.score_ppm),
            grouped(payout),
            format!("{}.{:03}", share / 1_000, share % 1_000),
        ]);
    }
    align_numbers(&mut top, 2);
    format!("{facts}\n\nlargest payouts\n{top}")
}

/// The rows with the largest payouts of the last epoch.
fn ranked<'a>(rows: &'a [Row], epochs: &[EpochResult]) -> Vec<(&'a Row, u64)> {
    let payouts = epochs.last().map(|epoch| epoch.payouts.as_slice()).unwrap_or_default();
    let mut ranked: Vec<_> = rows.iter().zip(payouts.iter().copied()).collect();
    ranked.sort_by_key(|(row, payout)| (std::cmp::Reverse(*payout), row.line));
    ranked.truncate(TOP);
    ranked
}

fn data(rows: &[Row], reward: u64, epochs: &[EpochResult], totals: &Totals, failures: &[String]) -> Value {
    let payouts = epochs.last().map(|epoch| epoch.payouts.as_slice()).unwrap_or_default();
    let total_weight: u64 = rows.iter().map(Row::weight).sum();
    let provider = |(row, payout): (&Row, &u64)| {
        facts!({
            "line": row.line,
            "vote_account": row.account.to_string(),
            "stake": row.stake,
            "credits": row.credits,
            "score_ppm": row.score_ppm,
            "weight": row.weight(),
            "commission_bps": u16::from(row.commission_percent.min(MAX_COMMISSION_PERCENT)) * 100,
            "payout": payout,
        })
    };
    let epochs_data: Vec<Value> = epochs
        .iter()
        .zip(&totals.dust)
        .map(|(epoch, dust)| {
            facts!({
                "epoch": epoch.epoch,
                "emission": epoch.emission,
                "paid": epoch.emission - dust,
                "dust": dust,
                "transactions": epoch.transactions,
            })
        })
        .collect();
    facts!({
        "ok": failures.is_empty(),
        "failures": failures,
        "rows": rows.len(),
        "total_stake": totals.stake,
        "total_weight": total_weight,
        "reward": reward,
        "commissions_capped": totals.capped,
        "registered_without_stake": totals.too_small,
        "largest_deviation_millionths": totals.deviation_millionths(),
        "transactions_per_epoch": totals.transactions,
        "epochs": epochs_data,
        "providers": rows.iter().zip(payouts).map(provider).collect::<Vec<_>>(),
    })
}
