//! Starts the program at a pseudo-terminal, reads its output, and types.
#![expect(clippy::unwrap_used, reason = "a test that cannot open a terminal or start the program has failed")]

use std::io::{Read, Write as _};
use std::process::Child;
use std::sync::Arc;

use pty_process::blocking::{Command, Pty, open};

use crate::screen::Screen;
use crate::support::{Home, end_or_kill};

pub(crate) struct Terminal {
    pty: Arc<Pty>,
    child: Child,
    screen: Screen,
}

/// The reading half; the writing half stays with [`Terminal`].
struct Output(Arc<Pty>);

impl Read for Output {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        (&*self.0).read(buffer)
    }
}

impl Terminal {
    /// Starts `program` in the home's work folder, with the terminal as its own.
    pub(crate) fn start(home: &Home, program: &str, arguments: &[&str]) -> Self {
        let (pty, pts) = open().unwrap();
        let child = Command::new(program)
            .args(arguments)
            .env_clear()
            .envs(home.environment())
            .current_dir(home.path("work"))
            .spawn(pts)
            .unwrap();
        let pty = Arc::new(pty);
        let screen = Screen::reading(Output(Arc::clone(&pty)));
        Self { pty, child, screen }
    }

    /// Waits until `text` is shown, after the text of the last wait.
    #[track_caller]
    pub(crate) fn wait_for(&self, text: &str) {
        self.screen.wait_for(text);
    }

    /// Types, without adding a line break.
    pub(crate) fn write(&self, keys: &str) {
        (&*self.pty).write_all(keys.as_bytes()).unwrap();
    }

    /// Waits for the program's end: its exit code, and everything that was shown.
    pub(crate) fn end(mut self) -> (Option<i32>, String) {
        end_or_kill(&mut self.child);
        let code = self.child.wait().unwrap().code();
        let shown = self.screen.whole();
        assert!(!shown.contains("SECRET"), "{shown}");
        (code, shown)
    }
}
