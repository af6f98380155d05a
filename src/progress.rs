//! Shows the progress of long work on one line of the operator's terminal, rewritten in place. Silent elsewhere.

use std::future::Future;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How often a growing file is checked.
const EVERY: Duration = Duration::from_millis(200);

/// Above every total: nothing shown yet.
const NOT_PRINTED: u64 = u64::MAX;

#[derive(Debug)]
pub(crate) struct Progress {
    shown: bool,
    percent: AtomicU64,
}

impl Progress {
    /// For background work.
    pub(crate) fn silent() -> Self {
        Self { shown: false, percent: AtomicU64::new(NOT_PRINTED) }
    }

    /// On standard error, if that is a terminal.
    pub(crate) fn at_terminal() -> Self {
        Self { shown: std::io::stderr().is_terminal(), ..Self::silent() }
    }

    /// Sets the current task.
    pub(crate) fn begin(&self, what: &str) {
        self.percent.store(NOT_PRINTED, Ordering::Relaxed);
        self.show(&format!("{what} …"));
    }

    /// Shows its progress.
    pub(crate) fn at(&self, what: &str, done: u64, total: u64) {
        let percent = done.saturating_mul(100).checked_div(total).unwrap_or(100).min(100);
        if self.percent.swap(percent, Ordering::Relaxed) != percent {
            self.show(&format!("{what} … {percent} %"));
        }
    }

    /// Clears the line.
    pub(crate) fn end(&self) {
        self.show("");
    }

    /// Runs `work`, which lets a file grow to about `total` bytes.
    pub(crate) async fn watch<T>(&self, what: &str, file: &Path, total: u64, work: impl Future<Output = T>) -> T {
        self.begin(what);
        let mut work = std::pin::pin!(work);
        loop {
            tokio::select! {
                done = &mut work => return done,
                () = tokio::time::sleep(EVERY), if self.shown => {
                    let size = std::fs::metadata(file).map_or(0, |metadata| metadata.len());
                    self.at(what, size, total);
                }
            }
        }
    }

    fn show(&self, line: &str) {
        if self.shown {
            // Returns to the first column and clears the line. A closed terminal is no error.
            let _gone = write!(std::io::stderr(), "\r\x1b[K{line}");
        }
    }
}
