//! Time, as the transport sees it: it waits by a clock that is given to it, so that minutes of waiting can be
//! tested in no time.

use std::{
    future::Future,
    pin::Pin,
    time::{Duration, Instant},
};

/// A pause.
pub type Pause<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// What time it is, and how to let it pass.
pub trait Clock: Send + Sync {
    /// The time since some moment that stays the same.
    fn now(&self) -> Duration;
    /// Ends when so much time has passed.
    fn sleep(&self, pause: Duration) -> Pause<'_>;
}

/// The machine's own clock, which nobody can set back.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    begun: Instant,
}

impl Default for SystemClock {
    fn default() -> Self {
        Self { begun: Instant::now() }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        self.begun.elapsed()
    }

    fn sleep(&self, pause: Duration) -> Pause<'_> {
        Box::pin(tokio::time::sleep(pause))
    }
}
