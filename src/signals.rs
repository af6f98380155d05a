//! The stop signal: Ctrl-C or SIGTERM stops gracefully, a second one ends the process at once.

use std::io;
use std::thread;

use tokio::runtime::Builder;
use tokio_util::sync::CancellationToken;

use crate::exit;

/// A token that the first signal cancels.
///
/// In its own thread: the second signal must end the process even if something blocks the bot's, such as a stuck
/// terminal.
pub(crate) fn listen() -> io::Result<CancellationToken> {
    let stop = CancellationToken::new();
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let mut signals = {
        let _inside = runtime.enter();
        Signals::new()?
    };
    let asked = stop.clone();
    let wait = async move {
        signals.next().await;
        asked.cancel();
        signals.next().await;
        exit::at_once(exit::INTERRUPTED);
    };
    thread::Builder::new().name("signals".to_owned()).spawn(move || runtime.block_on(wait))?;
    Ok(stop)
}

/// Lets the first signal end the process, also after a terminal prompt.
pub(crate) fn end_at_once() {
    tokio::spawn(async {
        if let Ok(mut signals) = Signals::new() {
            signals.next().await;
            exit::at_once(exit::INTERRUPTED);
        }
    });
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[expect(clippy::unnecessary_wraps, reason = "the same shape as on unix")]
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        let _asked = tokio::signal::ctrl_c().await;
    }
}
