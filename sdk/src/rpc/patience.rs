//! How long to go on asking, and how fast. Pure: faults and times go in, pauses come out.

use {super::answer::Fault, std::time::Duration};

/// The first pause; each further one is twice as long, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// Where nothing answers at all, so many further tries are enough: a person waits.
const SILENT_RETRIES: u32 = 3;

/// What is left of the patience with one question.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    until: Duration,
    pause: Duration,
    silent_retries: u32,
}

impl Patience {
    /// Patience from now on, for so long.
    pub fn new(now: Duration, patience: Duration) -> Self {
        Self { until: now.saturating_add(patience), pause: FIRST_PAUSE, silent_retries: SILENT_RETRIES }
    }

    /// What is left of it.
    pub fn left(&self, now: Duration) -> Duration {
        self.until.saturating_sub(now)
    }

    /// When to give up a step that may take so long.
    pub fn until(&self, now: Duration, longest: Duration) -> Duration {
        now.saturating_add(longest).min(self.until)
    }

    /// How long to wait before the question is asked again; `None` when it is of no use, or would be too
    /// late.
    pub fn pause_after(&mut self, fault: &Fault, now: Duration) -> Option<Duration> {
        match fault {
            Fault::Behind | Fault::Busy { .. } => {}
            Fault::Silent(_) => self.silent_retries = self.silent_retries.checked_sub(1)?,
            Fault::Refused(_) | Fault::Denied(_) | Fault::TooMuch(_) | Fault::Malformed(_) => return None,
        }
        let pause = self.pause.max(fault.retry_after().unwrap_or_default());
        self.pause = self.pause.saturating_mul(2).min(LONGEST_PAUSE);
        (pause < self.left(now)).then_some(pause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn busy(retry_after: Option<Duration>) -> Fault {
        Fault::Busy { what: "busy".into(), retry_after }
    }

    /// The pauses until it gives up.
    fn pauses(fault: &Fault, patience: Duration) -> Vec<Duration> {
        let (mut now, mut left) = (SECOND, Patience::new(SECOND, patience));
        let mut pauses = Vec::new();
        while let Some(pause) = left.pause_after(fault, now) {
            now += pause;
            pauses.push(pause);
        }
        assert!(now < SECOND + patience);
        pauses
    }

    #[test]
    fn it_asks_ever_more_slowly_and_never_beyond_its_patience() {
        let paused = pauses(&Fault::Behind, 30 * SECOND);
        let millis: Vec<u128> = paused.iter().take(5).map(Duration::as_millis).collect();
        assert_eq!(millis, [200, 400, 800, 1_600, 2_000]);
        assert_eq!(paused.len(), 17);
    }

    #[test]
    fn a_wait_that_a_node_asks_for_is_kept_unless_it_is_longer_than_the_patience() {
        assert_eq!(pauses(&busy(Some(10 * SECOND)), 30 * SECOND), [10 * SECOND; 2]);
        for too_long in [30 * SECOND, 60 * SECOND, Duration::from_secs(u64::MAX)] {
            assert_eq!(pauses(&busy(Some(too_long)), 30 * SECOND), []);
        }
        assert_eq!(pauses(&busy(Some(Duration::ZERO)), 30 * SECOND).len(), 17);
    }

    #[test]
    fn silence_is_borne_three_times_and_a_failure_not_at_all() {
        assert_eq!(pauses(&Fault::Silent("nobody".into()), 30 * SECOND).len(), 3);
        for fault in [Fault::Denied(String::new()), Fault::Malformed(String::new())] {
            assert_eq!(pauses(&fault, 30 * SECOND), []);
        }
    }
}
