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

use super::{Receive, routes::Shared};

/// `Err` says that the work panicked. The panic's text went to the panic hook.
pub(super) struct Panicked;

/// Work that is finished even if this future is dropped. Only the end of the listener cuts it off.
pub(super) struct Finish<'s, F, R>
where
    F: Future<Output: Send> + Send + 'static,
    R: Receive,
{
    work: Option<Pin<Box<F>>>,
    shared: &'s Shared<R>,
}

impl<'s, F, R> Finish<'s, F, R>
where
    F: Future<Output: Send> + Send + 'static,
    R: Receive,
{
    pub(super) fn new(work: F, shared: &'s Shared<R>) -> Self {
        Self { work: Some(Box::pin(work)), shared }
    }
}

impl<F, R> Future for Finish<'_, F, R>
where
    F: Future<Output: Send> + Send + 'static,
    R: Receive,
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

impl<F, R> Drop for Finish<'_, F, R>
where
    F: Future<Output: Send> + Send + 'static,
    R: Receive,
{
    fn drop(&mut self) {
        // Without a runtime everything has ended.
        if let Some(work) = self.work.take()
            && let Ok(runtime) = Handle::try_current()
        {
            let Shared { tasks, cut, .. } = self.shared;
            tasks.spawn_on(cut.clone().run_until_cancelled_owned(work), &runtime);
        }
    }
}
