//! A memory budget for decoding pictures, shared by all decoding in this process.
//!
//! A picture is a stranger's file, and the memory needed to decode it doesn't follow from the file's size. So each
//! decoding first reserves what it needs and waits until that is free. A reservation above the whole budget is
//! refused.

use std::sync::{Condvar, Mutex, PoisonError};

/// The memory for all decoding together. A 48-megapixel photo fits, even if a decoder holds it twice.
const MAX_DECODING_BYTES: u64 = 448 << 20;

/// The budget of this process.
pub(super) static DECODING: Budget = Budget::new(MAX_DECODING_BYTES);

/// An amount of memory that is reserved in parts.
#[derive(Debug)]
pub(super) struct Budget {
    max_bytes: u64,
    used_bytes: Mutex<u64>,
    freed: Condvar,
}

/// A reserved part of a budget, released when dropped.
#[derive(Debug)]
pub(super) struct Reserved<'b> {
    budget: &'b Budget,
    bytes: u64,
}

impl Budget {
    const fn new(max_bytes: u64) -> Self {
        Self { max_bytes, used_bytes: Mutex::new(0), freed: Condvar::new() }
    }

    /// Reserves a part, blocking this thread until it is free. `None` if it exceeds the whole budget.
    pub(super) fn reserve(&self, bytes: u64) -> Option<Reserved<'_>> {
        if bytes > self.max_bytes {
            return None;
        }
        let used = self.used_bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |used: &mut u64| *used + bytes > self.max_bytes;
        let mut used = self.freed.wait_while(used, full).unwrap_or_else(PoisonError::into_inner);
        *used += bytes;
        Some(Reserved { budget: self, bytes })
    }
}

impl Drop for Reserved<'_> {
    fn drop(&mut self) {
        *self.budget.used_bytes.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.budget.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, thread};

    use super::*;

    #[test]
    fn three_at_once_never_take_more_than_the_budget() {
        let budget = Budget::new(100);
        let first = budget.reserve(60).unwrap();
        let second = budget.reserve(40).unwrap();
        let (sender, third) = mpsc::channel();
        thread::scope(|scope| {
            let budget = &budget;
            scope.spawn(move || sender.send(budget.reserve(50).unwrap().bytes));
            drop(second);
            assert_eq!(*budget.used_bytes.lock().unwrap(), 60, "40 are free, which is too little for the third");
            assert_eq!(third.try_recv(), Err(mpsc::TryRecvError::Empty));
            drop(first);
            assert_eq!(third.recv(), Ok(50));
        });
        assert_eq!(*budget.used_bytes.lock().unwrap(), 0, "all of it came back");
    }

    #[test]
    fn more_than_there_ever_is_is_refused_at_once() {
        let budget = Budget::new(100);
        let _all = budget.reserve(100).unwrap();
        assert!(budget.reserve(101).is_none());
    }
}
