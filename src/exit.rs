//! How the process ends.

use std::io::{self, Write as _};

/// 128 + SIGINT, as shells report a program that was interrupted.
pub(crate) const INTERRUPTED: u8 = 130;

/// Ends the process without the C library's exit handlers.
///
/// SQLCipher and OpenSSL take down in theirs what a thread of sqlx's may still be closing a database with: the process
/// would now and then end by a segmentation fault instead of its exit code. Nothing of ours is left to them.
pub fn at_once(code: u8) -> ! {
    // Standard error has no buffer. Where standard output can't be written to, nobody is left to tell.
    let _flushed = io::stdout().flush();
    signal_hook::low_level::exit(code.into())
}
