//! Spreads work over threads and takes the results in the order of the input.
//!
//! The feeder makes a slot for each item and puts it in two queues: with the item for whichever
//! worker is free, and alone for the taker, which waits for the slots in order. Both queues are
//! bounded, so a slow taker holds the feeder back and memory does not grow with the input.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How many items may be under way for each thread.
const UNDER_WAY: usize = 4;

/// Maps `items` on `threads` threads and hands the results to `take` in order, until it breaks.
pub fn map<T: Send, U: Send>(
    items: impl Iterator<Item = T> + Send,
    threads: usize,
    work: impl Fn(T) -> U + Sync,
    mut take: impl FnMut(U) -> ControlFlow<()>,
) {
    if threads <= 1 {
        let _ = items.map(work).try_for_each(take);
        return;
    }
    let (jobs, queue) = sync_channel(threads * UNDER_WAY);
    let (slots, order) = sync_channel::<Receiver<U>>(threads * UNDER_WAY);
    let queue = Mutex::new(queue);
    thread::scope(|scope| {
        scope.spawn(move || {
            for item in items {
                let (result, slot) = sync_channel(1);
                if slots.send(slot).is_err() || jobs.send((item, result)).is_err() {
                    return;
                }
            }
        });
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let job = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((item, result)) = job else { return };
                    // Nobody waits for the result if the taker has had enough.
                    let _ = result.send(work(item));
                }
            });
        }
        while let Ok(slot) = order.recv() {
            let Ok(result) = slot.recv() else { break };
            if take(result).is_break() {
                break;
            }
        }
        // The feeder must see that nobody takes any more, before the scope waits for it.
        drop(order);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order() {
        for threads in [1, 2, 5] {
            let mut taken = Vec::new();
            map(
                0..1000,
                threads,
                |i| i * 2,
                |i| {
                    taken.push(i);
                    ControlFlow::Continue(())
                },
            );
            assert_eq!(taken, (0..1000).map(|i| i * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_feeder_stops_when_the_taker_does() {
        for threads in [1, 3] {
            let mut left = 5;
            map(
                0..,
                threads,
                |i: u64| i,
                |_| {
                    left -= 1;
                    if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                },
            );
            assert_eq!(left, 0);
        }
    }
}
