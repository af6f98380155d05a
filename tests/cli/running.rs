//! Starts the program like a service, without a terminal, and stops it with signals.
#![expect(clippy::unwrap_used, reason = "a test that cannot start the program or reach it has failed")]

use std::process::Child;

use rustix::process::{Pid, Signal, kill_process};

use crate::screen::Screen;
use crate::support::{Home, Outcome, end_or_kill};

/// The running program. Killed if dropped before its end.
pub(crate) struct Running {
    child: Child,
    stdout: Screen,
    stderr: Screen,
}

impl Running {
    pub(crate) fn start(home: &Home, arguments: &[&str]) -> Self {
        let mut child = home.command(arguments).spawn().unwrap();
        let stdout = Screen::reading(child.stdout.take().unwrap());
        let stderr = Screen::reading(child.stderr.take().unwrap());
        Self { child, stdout, stderr }
    }

    /// Waits until standard error shows `text`, after the text of the last wait.
    #[track_caller]
    pub(crate) fn wait_for(&self, text: &str) {
        self.stderr.wait_for(text);
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let id = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw).unwrap();
        kill_process(id, signal).unwrap();
    }

    /// Waits for the program's end.
    pub(crate) fn end(mut self) -> Outcome {
        end_or_kill(&mut self.child);
        let code = self.child.wait().unwrap().code();
        Outcome::new(code, self.stdout.whole(), self.stderr.whole())
    }

    /// Asks it to stop, and waits for its end.
    pub(crate) fn stop(self) -> Outcome {
        self.signal(Signal::TERM);
        self.end()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // After a normal end there is nothing to kill; after a failed test there may be.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
