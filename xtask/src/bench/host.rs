//! Host speed: how often per second a core runs what criterion measured.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::{
    context::{Context, read_file, run as execute},
    source,
};

/// The criterion benchmarks that are part of the table; they live in the SDK.
const BENCHES: [&str; 2] = ["builders", "math"];

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speed {
    pub name: String,
    pub per_second: u64,
}

#[derive(Deserialize)]
struct Benchmark {
    full_id: String,
}

#[derive(Deserialize)]
struct Estimates {
    /// Nanoseconds per iteration.
    median: Estimate,
}

#[derive(Deserialize)]
struct Estimate {
    point_estimate: f64,
}

/// Runs the benchmarks and reads what criterion left in the target directory.
pub fn measure(context: &Context) -> Result<Vec<Speed>> {
    let results = context.target.join("criterion");
    if results.exists() {
        // Benchmarks that have been renamed or removed would stay in the table for good.
        fs::remove_dir_all(&results).with_context(|| format!("cannot empty {}", results.display()))?;
    }
    for bench in BENCHES {
        // `--workspace` for the same features as everything else, so that dependencies are compiled once.
        execute(context.cargo(".", &["bench", "--workspace", "--bench", bench]))?;
    }
    ensure!(results.is_dir(), "{} measured nothing", BENCHES.join(" and "));
    let mut speeds = Vec::new();
    for file in source::files(&results, &["benchmark.json"])? {
        let directory = file.parent().context("a file lies in no directory")?;
        if directory.ends_with("new") {
            speeds.push(speed(directory)?);
        }
    }
    speeds.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(speeds)
}

fn speed(directory: &Path) -> Result<Speed> {
    let benchmark: Benchmark = serde_json::from_str(&read_file(&directory.join("benchmark.json"))?)?;
    let estimates: Estimates = serde_json::from_str(&read_file(&directory.join("estimates.json"))?)?;
    let nanoseconds = estimates.median.point_estimate;
    ensure!(nanoseconds > 0.0, "{} took no time", benchmark.full_id);
    Ok(Speed { name: benchmark.full_id, per_second: (1e9 / nanoseconds) as u64 })
}

#[cfg(test)]
mod tests {
    use super::{Speed, speed};
    use crate::context::write_file;

    #[test]
    fn a_speed_is_one_over_the_median() {
        let directory = std::env::temp_dir().join(format!("xtask-speed-{}", std::process::id()));
        write_file(&directory.join("benchmark.json"), r#"{"full_id":"ix/delegate","title":"t"}"#).unwrap();
        write_file(&directory.join("estimates.json"), r#"{"median":{"point_estimate":400.0},"mean":{}}"#).unwrap();
        let found = speed(&directory);
        std::fs::remove_dir_all(&directory).unwrap();
        assert_eq!(found.unwrap(), Speed { name: "ix/delegate".to_owned(), per_second: 2_500_000 });
    }
}
