//! Starts the program at a pseudo-terminal, reads what a person would see there, and types.
#![expect(clippy::unwrap_used, reason = "a test that cannot open a terminal or start the program has failed")]

use std::io::{Read as _, Write as _};
use std::process::Child;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use pty_process::blocking::{Command, Pty, open};

use crate::support::{Home, PATIENCE, end_or_kill};

pub(crate) struct Terminal {
    pty: Arc<Pty>,
    child: Child,
    screen: Arc<Screen>,
}

/// Everything that was shown so far.
#[derive(Default)]
struct Screen {
    state: Mutex<Shown>,
    changed: Condvar,
}

#[derive(Default)]
struct Shown {
    bytes: Vec<u8>,
    /// How much of it [`Terminal::wait_for`] has passed.
    passed: usize,
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
        let (pty, screen) = (Arc::new(pty), Arc::new(Screen::default()));
        let (reader, written) = (Arc::clone(&pty), Arc::clone(&screen));
        thread::spawn(move || {
            let mut buffer = [0; 1024];
            // On Linux the end is an error: the other side is gone.
            while let Ok(count @ 1..) = (&*reader).read(&mut buffer) {
                written.state.lock().unwrap().bytes.extend_from_slice(&buffer[..count]);
                written.changed.notify_all();
            }
        });
        Self { pty, child, screen }
    }

    /// Waits until `text` is shown, after what was waited for before.
    pub(crate) fn wait_for(&self, text: &str) {
        let missing = |shown: &mut Shown| {
            let found = shown.bytes[shown.passed..].windows(text.len()).position(|part| part == text.as_bytes());
            if let Some(at) = found {
                shown.passed += at + text.len();
            }
            found.is_none()
        };
        let state = self.screen.state.lock().unwrap();
        let (state, waited) = self.screen.changed.wait_timeout_while(state, PATIENCE, missing).unwrap();
        assert!(!waited.timed_out(), "“{text}” was never shown:\n{}", String::from_utf8_lossy(&state.bytes));
    }

    /// Types, without a line break of its own.
    pub(crate) fn write(&self, keys: &str) {
        (&*self.pty).write_all(keys.as_bytes()).unwrap();
    }

    /// Waits for the program's end: its exit code, and everything that was shown.
    pub(crate) fn end(mut self) -> (Option<i32>, String) {
        end_or_kill(&mut self.child);
        let code = self.child.wait().unwrap().code();
        let shown = String::from_utf8_lossy(&self.screen.state.lock().unwrap().bytes).into_owned();
        assert!(!shown.contains("SECRET"), "{shown}");
        (code, shown)
    }
}
