//! The output of a running program, and waiting for more of it.
#![expect(clippy::unwrap_used, reason = "a poisoned lock means that the test has failed already")]

use std::io::Read;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use crate::support::PATIENCE;

/// Everything shown so far. A copy shares it.
#[derive(Clone, Default)]
pub(crate) struct Screen(Arc<Inner>);

#[derive(Default)]
struct Inner {
    state: Mutex<Shown>,
    changed: Condvar,
}

#[derive(Default)]
struct Shown {
    bytes: Vec<u8>,
    /// How much of it [`Screen::wait_for`] has passed.
    passed: usize,
    ended: bool,
}

impl Screen {
    /// Shows the output of `source` until its end.
    pub(crate) fn reading(mut source: impl Read + Send + 'static) -> Self {
        let screen = Self::default();
        let written = screen.clone();
        thread::spawn(move || {
            let mut buffer = [0; 1024];
            // On Linux the end of a terminal is an error: the other side is closed.
            while let Ok(count @ 1..) = source.read(&mut buffer) {
                written.0.state.lock().unwrap().bytes.extend_from_slice(&buffer[..count]);
                written.0.changed.notify_all();
            }
            written.0.state.lock().unwrap().ended = true;
            written.0.changed.notify_all();
        });
        screen
    }

    /// Waits until `text` is shown, after the text of the last wait.
    #[track_caller]
    pub(crate) fn wait_for(&self, text: &str) {
        let mut found = false;
        let missing = |shown: &mut Shown| {
            let rest = &shown.bytes[shown.passed..];
            if let Some(at) = rest.windows(text.len()).position(|part| part == text.as_bytes()) {
                shown.passed += at + text.len();
                found = true;
            }
            !found && !shown.ended
        };
        let state = self.0.state.lock().unwrap();
        let (state, _) = self.0.changed.wait_timeout_while(state, PATIENCE, missing).unwrap();
        let all = String::from_utf8_lossy(&state.bytes).into_owned();
        drop(state);
        assert!(found, "“{text}” was never shown:\n{all}");
    }

    /// Everything, after the program has ended and nothing more can come.
    pub(crate) fn whole(&self) -> String {
        let state = self.0.state.lock().unwrap();
        let (state, _) = self.0.changed.wait_timeout_while(state, PATIENCE, |shown| !shown.ended).unwrap();
        String::from_utf8_lossy(&state.bytes).into_owned()
    }
}
