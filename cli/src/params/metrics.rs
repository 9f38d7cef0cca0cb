//! Metrics as text: `label source weight_ppm gate_bps`, and `availability` where it counts as such.

use {
    crate::failure::{Failure, Result},
    serde_json::Value,
    work_token_sdk::{
        math::{Ppm, score::MAX_METRICS},
        state::{Metric, MetricSource, metric_flags},
    },
};

/// What a parameter file calls them.
pub const NAME: &str = "metrics";

const SOURCES: [(MetricSource, &str); 5] = [
    (MetricSource::Attested, "attested"),
    (MetricSource::Volume, "volume"),
    (MetricSource::Completion, "completion"),
    (MetricSource::DisputeRecord, "dispute-record"),
    (MetricSource::Heartbeat, "heartbeat"),
];

/// The metrics that count, in order.
pub fn to_json(metrics: &[Metric; MAX_METRICS]) -> Value {
    metrics.iter().filter(|metric| metric.is_present()).map(|metric| Value::from(text(metric))).collect()
}

fn text(metric: &Metric) -> String {
    let label: String = metric.label.iter().take_while(|byte| **byte != 0).map(|byte| char::from(*byte)).collect();
    let source = SOURCES.iter().find(|(source, _)| *source as u8 == metric.source).map_or("unknown", |(_, name)| name);
    let flag = if metric.flags & metric_flags::AVAILABILITY != 0 { " availability" } else { "" };
    format!("{label} {source} {} {}{flag}", metric.weight_ppm, metric.gate_bps)
}

/// Reads them back.
pub fn read(texts: &[String]) -> Result<[Metric; MAX_METRICS]> {
    if texts.len() > MAX_METRICS {
        return Err(Failure::Usage(format!("a network has at most {MAX_METRICS} metrics")));
    }
    let mut metrics = [Metric::ABSENT; MAX_METRICS];
    for (metric, text) in metrics.iter_mut().zip(texts) {
        let parsed = parse(text).filter(|parsed| self::text(parsed).starts_with(text.trim()));
        *metric = parsed.ok_or_else(|| {
            Failure::Usage(format!(
                "{text:?} is no metric: `label source weight_ppm gate_bps [availability]` is expected"
            ))
        })?;
    }
    Ok(metrics)
}

fn parse(text: &str) -> Option<Metric> {
    let mut words = text.split_whitespace();
    let (label, source) = (words.next()?, words.next()?);
    let source = SOURCES.iter().find(|(_, name)| *name == source)?.0;
    let mut metric = Metric::new(label, Ppm(words.next()?.parse().ok()?), source);
    metric.gate_bps = words.next()?.parse().ok()?;
    match words.next() {
        None => {}
        Some("availability") => metric.flags |= metric_flags::AVAILABILITY,
        Some(_) => return None,
    }
    words.next().is_none().then_some(metric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_survive_their_text_and_nonsense_is_refused() {
        let texts = [
            "uptime attested 700000 9000 availability",
            "done completion 200000 0",
            "life heartbeat 100000 0 availability",
        ];
        let metrics = read(&texts.map(str::to_owned)).unwrap();
        assert_eq!(to_json(&metrics), serde_json::json!(texts));
        assert!(Metric::validate_all(&metrics).is_ok());
        for wrong in ["uptime", "uptime guessed 1 0", "uptime attested 1 0 often", "a attested 1 0 availability x"] {
            assert!(matches!(read(&[wrong.to_owned()]), Err(Failure::Usage(_))), "{wrong}");
        }
    }
}
