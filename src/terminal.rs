//! Asking the operator for what must not be seen: the token, and the key of the database.

#[cfg(unix)]
mod mute;

use std::io::{self, IsTerminal as _};

/// Where questions are asked.
pub(crate) trait Terminal {
    fn is_there(&self) -> bool;
    /// Shows whole lines.
    fn say(&mut self, text: &str);
    /// Asks for a line that is not shown while it is typed.
    fn ask_hidden(&mut self, prompt: &str) -> io::Result<String>;
}

/// That of this process.
pub(crate) struct SystemTerminal;

impl Terminal for SystemTerminal {
    fn is_there(&self) -> bool {
        // The answer is read from /dev/tty, which a service can have as well; only standard input tells of a person.
        io::stdin().is_terminal()
    }

    fn say(&mut self, text: &str) {
        eprintln!("{text}");
    }

    fn ask_hidden(&mut self, prompt: &str) -> io::Result<String> {
        #[cfg(unix)]
        catch_interrupts()?;
        #[cfg(unix)]
        let _muted = mute::Muted::start()?;
        let answer = rpassword::prompt_password(prompt);
        if answer.is_err() {
            // The prompt is still waiting on its line; what follows begins a new one.
            eprintln!();
        }
        answer
    }
}

/// Makes Ctrl-C at the prompt an answer like any other.
///
/// Otherwise rpassword lets the signal end the process, and the terminal stays as it was made for the prompt: mute.
#[cfg(unix)]
fn catch_interrupts() -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let _entered = runtime.enter();
    // Once anyone has listened, the signal no longer ends the process; `crate::signals` listens from then on.
    tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt()).map(drop)
}
