//! How the process ends.

use std::fmt::Display;
use std::io::{self, Write as _};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// 128 + SIGINT, as shells report a program that was interrupted.
pub(crate) const INTERRUPTED: u8 = 130;

/// How long a terminal or pipe may take to show the last word.
const LAST_WORD_WITHIN: Duration = Duration::from_secs(1);

/// Says on standard error why the program ends. It ends all the same when nothing can be written there.
pub fn say(last_word: impl Display) {
    let text = format!("{last_word}\n");
    let (done, said) = mpsc::channel();
    let writing = thread::Builder::new().name("last word".to_owned()).spawn(move || {
        let _gone = io::stderr().write_all(text.as_bytes());
        let _nobody_waits = done.send(());
    });
    if writing.is_ok() {
        let _in_time = said.recv_timeout(LAST_WORD_WITHIN);
    }
}

/// Ends the process without the C library's exit handlers.
///
/// SQLCipher and OpenSSL take down in theirs what a thread of sqlx's may still be closing a database with: the process
/// would now and then end by a segmentation fault instead of its exit code. Nothing of ours is left to them.
pub fn at_once(code: u8) -> ! {
    // Standard error has no buffer. Where standard output can't be written to, nobody is left to tell.
    let _flushed = io::stdout().flush();
    signal_hook::low_level::exit(code.into())
}
