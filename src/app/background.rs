//! Background tasks that run as long as the bot: a task that panics is restarted.
//!
//! `crate::telemetry` logs where it panicked. Its state in memory is lost, so a restarted task reads its work from the
//! database.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::time;

/// The wait before the first restart. Each further panic doubles it.
const FIRST_WAIT: Duration = Duration::from_secs(1);

const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// A task that ran this long starts again with the first wait.
const RECOVERED: Duration = Duration::from_mins(10);

/// Runs the task that `start` creates until it ends by itself, and returns its output. After a panic, restarts it with
/// backoff. Dropping this future ends the task.
pub async fn restarted<F: Future>(name: &'static str, mut start: impl FnMut() -> F) -> F::Output {
    let mut wait = FIRST_WAIT;
    loop {
        let mut work = Box::pin(AssertUnwindSafe(start()).catch_unwind());
        let ended = if let Ok(ended) = time::timeout(RECOVERED, &mut work).await {
            ended
        } else {
            wait = FIRST_WAIT;
            work.await
        };
        if let Ok(output) = ended {
            return output;
        }
        tracing::error!(work = name, wait_s = wait.as_secs(), "background work panicked; it is started again");
        time::sleep(wait).await;
        wait = LONGEST_WAIT.min(wait * 2);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn work_that_panics_is_begun_again_until_it_ends_by_itself() {
        let runs = Cell::new(0);

        let output = restarted("a test", || {
            runs.set(runs.get() + 1);
            let run = runs.get();
            async move { if run < 4 { panic!("run {run}") } else { run } }
        });

        assert_eq!(output.await, 4);
    }

    #[tokio::test(start_paused = true)]
    #[expect(clippy::disallowed_methods, reason = "measures tokio's paused clock, as the waits do")]
    async fn the_waits_grow_to_a_minute_and_begin_anew_after_ten_good_ones() {
        let starts = Cell::new(Vec::new());
        let begin = time::Instant::now();

        restarted("a test", || {
            let mut all = starts.take();
            all.push(begin.elapsed().as_secs());
            let run = all.len();
            starts.set(all);
            async move {
                match run {
                    9 => time::sleep(RECOVERED + Duration::from_secs(1)).await,
                    11 => return,
                    _ => {}
                }
                panic!("run {run}");
            }
        })
        .await;

        let starts = starts.take();
        let waits: Vec<u64> = starts.windows(2).map(|two| two[1] - two[0]).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 601 + 1, 2]);
    }
}
