//! Time that passes only when everybody waits.

use {
    std::{
        collections::BTreeMap,
        future::Future,
        pin::Pin,
        sync::{Mutex, MutexGuard, PoisonError},
        task::{Context, Poll},
        time::Duration,
    },
    work_token_sdk::rpc::{Clock, Pause},
};

/// A clock that jumps to the next moment somebody waits for, as soon as all of one task have said for what.
#[derive(Default)]
pub struct VirtualClock {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    now: Duration,
    next: u64,
    waited_for: BTreeMap<u64, Duration>,
}

impl VirtualClock {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets time pass without anybody waiting.
    pub fn advance(&self, time: Duration) {
        self.inner().now += time;
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Duration {
        self.inner().now
    }

    fn sleep(&self, pause: Duration) -> Pause<'_> {
        Box::pin(Sleeping { clock: self, pause, timer: None })
    }
}

struct Sleeping<'a> {
    clock: &'a VirtualClock,
    pause: Duration,
    timer: Option<(u64, Duration)>,
}

impl Future for Sleeping<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut inner = self.clock.inner();
        let Some((timer, until)) = self.timer else {
            let (timer, until) = (inner.next, inner.now.saturating_add(self.pause));
            inner.next += 1;
            inner.waited_for.insert(timer, until);
            drop(inner);
            self.timer = Some((timer, until));
            context.waker().wake_by_ref();
            return Poll::Pending;
        };
        // Whoever else waits in this task has been asked once since.
        if inner.now < until && inner.waited_for.values().all(|other| *other >= until) {
            inner.now = until;
        }
        if inner.now < until {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        inner.waited_for.remove(&timer);
        Poll::Ready(())
    }
}

impl Drop for Sleeping<'_> {
    fn drop(&mut self) {
        if let Some((timer, _)) = self.timer {
            self.clock.inner().waited_for.remove(&timer);
        }
    }
}
