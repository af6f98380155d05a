//! A terminal that shows nothing of what is typed, from before the prompt until after the answer.
//!
//! rpassword alone prints the prompt first and mutes then. Who pastes at once would see the token, and Ctrl-C in between
//! would be lost.

use std::fs::{File, OpenOptions};
use std::io;

use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};

/// While it lives, the terminal of this process is mute.
pub(super) struct Muted {
    terminal: File,
    before: Termios,
}

impl Muted {
    /// Mutes the terminal. What was typed before is thrown away: it was no answer.
    pub(super) fn start() -> io::Result<Self> {
        let terminal = OpenOptions::new().read(true).write(true).open("/dev/tty")?;
        let before = tcgetattr(&terminal)?;
        let mut muted = before.clone();
        // The modes that rpassword sets, so that its setting them again changes nothing.
        muted.local_modes.remove(LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG);
        muted.special_codes[SpecialCodeIndex::VMIN] = 1;
        muted.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(&terminal, OptionalActions::Flush, &muted)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Muted {
    fn drop(&mut self) {
        // A terminal that is gone needs no mending.
        let _ = tcsetattr(&self.terminal, OptionalActions::Now, &self.before);
    }
}
