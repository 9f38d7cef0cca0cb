//! Metrics as text, place by place: `label source weight_ppm gate_bps`, and `-` for an empty place.

use {
    crate::{
        failure::{Failure, Result},
        reply::Value,
    },
    work_token_sdk::{
        math::{Ppm, score::MAX_METRICS},
        state::{Metric, MetricSource},
    },
};

/// What a parameter file calls them.
pub const NAME: &str = "metrics";

const EMPTY: &str = "-";
const SOURCES: [(MetricSource, &str); 4] = [
    (MetricSource::Attested, "attested"),
    (MetricSource::DisputeRecord, "dispute-record"),
    (MetricSource::Heartbeat, "heartbeat"),
    (MetricSource::Units, "units"),
];

/// The metrics, counting or only declared, in order: their places are what reports go by. What follows the
/// last is left out.
pub fn told(metrics: &[Metric; MAX_METRICS]) -> Value {
    let count = metrics.iter().rposition(|metric| *metric != Metric::ABSENT).map_or(0, |last| last + 1);
    metrics.iter().take(count).map(text).collect()
}

/// One metric.
pub fn text(metric: &Metric) -> String {
    if *metric == Metric::ABSENT {
        return EMPTY.to_owned();
    }
    let label: String = metric.label.iter().take_while(|byte| **byte != 0).map(|byte| char::from(*byte)).collect();
    let source = SOURCES.iter().find(|(source, _)| *source as u8 == metric.source).map_or("unknown", |(_, name)| name);
    format!("{label} {source} {} {}", metric.weight_ppm, metric.gate_bps)
}

/// Reads them back.
pub fn read(texts: &[String]) -> Result<[Metric; MAX_METRICS]> {
    if texts.len() > MAX_METRICS {
        return Err(Failure::Usage(format!("a network has at most {MAX_METRICS} metrics")));
    }
    let mut metrics = [Metric::ABSENT; MAX_METRICS];
    for (metric, text) in metrics.iter_mut().zip(texts) {
        // A label that is too long for its place would come back cut.
        let parsed = parse(text).filter(|parsed| self::text(parsed) == text.trim());
        *metric = parsed.ok_or_else(|| {
            Failure::Usage(format!(
                "{text:?} is no metric: `label source weight_ppm gate_bps` or `{EMPTY}` is expected"
            ))
        })?;
    }
    Ok(metrics)
}

fn parse(text: &str) -> Option<Metric> {
    if text.trim() == EMPTY {
        return Some(Metric::ABSENT);
    }
    // A label may have several words; what follows it never has.
    let words: Vec<&str> = text.split_whitespace().collect();
    let [label @ .., source, weight, gate] = &words[..] else { return None };
    let source = SOURCES.iter().find(|(_, name)| name == source)?.0;
    let mut metric = Metric::new(&label.join(" "), Ppm(weight.parse().ok()?), source);
    metric.gate_bps = gate.parse().ok()?;
    (!label.is_empty()).then_some(metric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_survive_their_text_with_their_places_and_nonsense_is_refused() {
        let texts = [
            "uptime attested 700000 9000",
            "-",
            "data quality dispute-record 0 0",
            "life heartbeat 300000 0",
            "tokens units 0 0",
        ];
        let metrics = read(&texts.map(str::to_owned)).unwrap();
        assert_eq!(told(&metrics), Value::from_iter(texts));
        assert!(Metric::validate_all(&metrics).is_ok());
        for wrong in ["uptime", "uptime guessed 1 0", "uptime attested 1 0 often", "a-label-of-seventeen attested 1 0"]
        {
            assert!(matches!(read(&[wrong.to_owned()]), Err(Failure::Usage(_))), "{wrong}");
        }
    }
}
