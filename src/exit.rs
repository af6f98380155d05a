//! How the process ends.

use std::fmt::Display;
use std::io::{self, Write as _};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// 128 + SIGINT, as shells report a program that was interrupted.
pub(crate) const INTERRUPTED: u8 = 130;

/// How long a terminal or pipe may take to show the last message.
const WRITE_TIMEOUT: Duration = Duration::from_secs(1);

/// Prints on standard error why the program ends. Ends it even if nothing can be written.
pub fn report(reason: impl Display) {
    let text = format!("{reason}\n");
    let (done, said) = mpsc::channel();
    let writing = thread::Builder::new().name("exit reason".to_owned()).spawn(move || {
        let _gone = io::stderr().write_all(text.as_bytes());
        let _nobody_waits = done.send(());
    });
    if writing.is_ok() {
        let _in_time = said.recv_timeout(WRITE_TIMEOUT);
    }
}

/// Ends the process without the C library's exit handlers.
///
/// The exit handlers of SQLCipher and OpenSSL free what a thread of sqlx may still use to close a database: the process
/// would sometimes end with a segmentation fault instead of its exit code. We need none of them.
pub fn at_once(code: u8) -> ! {
    // Standard error is unbuffered. A failed flush of standard output cannot be reported to anybody.
    let _flushed = io::stdout().flush();
    signal_hook::low_level::exit(code.into())
}
