//! Turns off the terminal's echo from before the prompt until after the answer.
//!
//! rpassword alone prints the prompt and then turns the echo off. A token pasted at once would show, and a Ctrl-C in
//! between would be lost.

use std::fs::{File, OpenOptions};
use std::io;

use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};

/// Keeps the terminal of this process without echo while it lives.
pub(super) struct Muted {
    terminal: File,
    before: Termios,
}

impl Muted {
    /// Turns the echo off. Discards earlier input: it was no answer.
    pub(super) fn start() -> io::Result<Self> {
        let terminal = OpenOptions::new().read(true).write(true).open("/dev/tty")?;
        let before = tcgetattr(&terminal)?;
        let mut muted = before.clone();
        // The same modes as rpassword's, so that rpassword changes nothing.
        muted.local_modes.remove(LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG);
        muted.special_codes[SpecialCodeIndex::VMIN] = 1;
        muted.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(&terminal, OptionalActions::Flush, &muted)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Muted {
    fn drop(&mut self) {
        // A closed terminal needs no restoring.
        let _ = tcsetattr(&self.terminal, OptionalActions::Now, &self.before);
    }
}
