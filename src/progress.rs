//! How far long work is, on one line of the operator's terminal that is written anew and again. Nothing elsewhere.

use std::future::Future;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How often a growing file is looked at.
const EVERY: Duration = Duration::from_millis(200);

/// Beyond this there is nothing to be said yet.
const UNSAID: u64 = u64::MAX;

#[derive(Debug)]
pub(crate) struct Progress {
    shown: bool,
    percent: AtomicU64,
}

impl Progress {
    /// For work that nobody waits for.
    pub(crate) fn silent() -> Self {
        Self { shown: false, percent: AtomicU64::new(UNSAID) }
    }

    /// On standard error, if that is a terminal.
    pub(crate) fn at_terminal() -> Self {
        Self { shown: std::io::stderr().is_terminal(), ..Self::silent() }
    }

    /// What is being done from now on.
    pub(crate) fn begin(&self, what: &str) {
        self.percent.store(UNSAID, Ordering::Relaxed);
        self.show(&format!("{what} …"));
    }

    /// So much of it is done.
    pub(crate) fn at(&self, what: &str, done: u64, total: u64) {
        let percent = done.saturating_mul(100).checked_div(total).unwrap_or(100).min(100);
        if self.percent.swap(percent, Ordering::Relaxed) != percent {
            self.show(&format!("{what} … {percent} %"));
        }
    }

    /// Nothing is going on any more.
    pub(crate) fn end(&self) {
        self.show("");
    }

    /// Does `work`, which lets a file grow to about `total` bytes.
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
            // Back to the first column, and away with what stood there. A terminal that is gone needs no news.
            let _gone = write!(std::io::stderr(), "\r\x1b[K{line}");
        }
    }
}
