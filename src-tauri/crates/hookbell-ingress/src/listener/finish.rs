//! Finishes storing even if the sender is gone.
//!
//! When a sender hangs up, its connection's task is dropped. Work that has started moves to a new task, which is
//! spawned only then: spawning one for each delivery would slow every delivery down.

use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll, ready},
};

use tokio::runtime::Handle;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// The work panicked. The panic hook got the message.
pub(super) struct Panicked;

/// Work that finishes even if this future is dropped. Only the end of the listener cancels it.
pub(super) struct Finish<'l, F>
where
    F: Future<Output: Send> + Send + 'static,
{
    work: Option<Pin<Box<F>>>,
    tasks: &'l TaskTracker,
    cut: &'l CancellationToken,
}

impl<'l, F> Finish<'l, F>
where
    F: Future<Output: Send> + Send + 'static,
{
    /// `tasks` owns the continued work, and `cut` cancels it.
    pub(super) fn new(work: F, tasks: &'l TaskTracker, cut: &'l CancellationToken) -> Self {
        Self { work: Some(Box::pin(work)), tasks, cut }
    }
}

impl<F> Future for Finish<'_, F>
where
    F: Future<Output: Send> + Send + 'static,
{
    type Output = Result<F::Output, Panicked>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(work) = self.work.as_mut() else { return Poll::Ready(Err(Panicked)) };
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)));
        let done = match polled {
            Ok(polled) => Ok(ready!(polled)),
            Err(_) => Err(Panicked),
        };
        self.work = None;
        Poll::Ready(done)
    }
}

impl<F> Drop for Finish<'_, F>
where
    F: Future<Output: Send> + Send + 'static,
{
    fn drop(&mut self) {
        // Without a runtime everything has ended.
        if let Some(work) = self.work.take()
            && let Ok(runtime) = Handle::try_current()
        {
            self.tasks.spawn_on(self.cut.clone().run_until_cancelled_owned(work), &runtime);
        }
    }
}
