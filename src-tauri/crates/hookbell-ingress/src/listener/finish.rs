//! Storing that outlives its sender.
//!
//! A sender who hangs up takes its connection's task with it. What was begun for it goes on in a task of its own, which
//! is only made then: a task for each delivery would cost every delivery.

use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll, ready},
};

use tokio::runtime::Handle;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// `Err` says that the work panicked. The panic's text went to the panic hook.
pub(super) struct Panicked;

/// Work that is finished even if this future is dropped. Only the end of the listener cuts it off.
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
    /// `tasks` owns what goes on, and `cut` cuts it off.
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
