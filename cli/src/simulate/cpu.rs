//! Process time, from the kernel's own account of this process.

use std::time::{Duration, Instant};

/// Measures the time that this process spends on a processor; where the kernel does not say, the time on the
/// wall.
pub struct CpuClock {
    spent: Option<Duration>,
    wall: Instant,
}

impl CpuClock {
    /// Begins to measure.
    pub fn start() -> Self {
        Self { spent: process_time(), wall: Instant::now() }
    }

    /// Since the start.
    pub fn elapsed(&self) -> Duration {
        match (self.spent, process_time()) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            _ => self.wall.elapsed(),
        }
    }
}

/// User and system time of all threads, ended ones included: fields 14 and 15 of `/proc/self/stat`, in
/// hundredths of a second.
fn process_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is the program's name in parentheses and may contain spaces; the third follows the
    // last parenthesis.
    let (_, fields) = text.rsplit_once(')')?;
    let mut times = fields.split_whitespace().skip(11);
    let (user, system): (u64, u64) = (times.next()?.parse().ok()?, times.next()?.parse().ok()?);
    Some(Duration::from_millis(10 * (user + system)))
}
