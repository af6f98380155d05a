//! Asks the operator for secrets: the token, and the key of the database.

#[cfg(unix)]
mod mute;

use std::io::{self, IsTerminal as _};

/// A place to ask questions.
pub(crate) trait Terminal {
    fn is_there(&self) -> bool;
    /// Prints whole lines.
    fn print(&mut self, text: &str);
    /// Asks for a line without echoing it.
    fn ask_hidden(&mut self, prompt: &str) -> io::Result<String>;
}

/// The terminal of this process.
pub(crate) struct SystemTerminal;

impl Terminal for SystemTerminal {
    fn is_there(&self) -> bool {
        // The answer is read from /dev/tty, which a service can have as well; only standard input shows that a person
        // is there.
        io::stdin().is_terminal()
    }

    fn print(&mut self, text: &str) {
        eprintln!("{text}");
    }

    fn ask_hidden(&mut self, prompt: &str) -> io::Result<String> {
        #[cfg(unix)]
        catch_interrupts()?;
        #[cfg(unix)]
        let _muted = mute::Muted::start()?;
        let answer = rpassword::prompt_password(prompt);
        if answer.is_err() {
            // The cursor is still on the line of the prompt; start a new one.
            eprintln!();
        }
        answer
    }
}

/// Treats Ctrl-C at the prompt as an answer.
///
/// Otherwise the signal would end the process inside rpassword, and the terminal would stay without echo.
#[cfg(unix)]
fn catch_interrupts() -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let _entered = runtime.enter();
    // Once somebody has listened, the signal no longer ends the process; `crate::signals` listens from then on.
    tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt()).map(drop)
}
