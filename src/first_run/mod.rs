//! The first start: asks at a terminal for a token when there is no configuration.
//!
//! Decides whether to ask or to explain. `write` writes the file; login is elsewhere.

mod write;

use std::path::Path;

pub use write::{Undone, Written, write_config};

use crate::config::{self, Environment, Loaded, Settings, Token, Warning};
use crate::failure::Failure;
use crate::terminal::{SystemTerminal, Terminal};

/// Maximum attempts with a malformed token.
const ATTEMPTS: usize = 3;

/// What login needs.
#[derive(Debug)]
pub struct Ready {
    /// The settings in effect, including a file that was just written.
    pub settings: Settings,
    /// Well formed; Discord has not accepted it yet.
    pub token: Token,
    /// Warnings to log once logging has started.
    pub warnings: Vec<Warning>,
    /// The file that this start wrote, undone if Discord refuses the token. `None` on every later start.
    pub written: Option<Written>,
}

/// Returns a token: the configured one, or on the first start one that is asked for and saved.
///
/// # Errors
///
/// Exit code 2 when the token cannot be used, when a configuration exists but has none (the operator's file is never
/// rewritten), or when there is no terminal to ask at.
pub fn settle(loaded: Loaded, environment: &Environment) -> Result<Ready, Failure> {
    settle_at(&mut SystemTerminal, loaded, environment)
}

fn settle_at(terminal: &mut impl Terminal, loaded: Loaded, environment: &Environment) -> Result<Ready, Failure> {
    let Loaded { settings, token, warnings } = loaded;
    if let Some(token) = token? {
        return Ok(Ready { settings, token, warnings, written: None });
    }
    if let Some(path) = &settings.source.read {
        return Err(Failure::config(format!("No bot token is set in {}", path.display())).help(
            "Write it under `bot.token`, name a file that holds it with `bot.token_file`, or set the environment \
             variable TICKETBOT_TOKEN.",
        ));
    }
    let path = &settings.source.new_file;
    if !terminal.is_there() {
        return Err(nobody_to_ask(path));
    }
    let token = ask(terminal, path)?;
    let written = write_config(path, &token)?;
    terminal.print(&format!("Written to {}.", path.display()));
    reload(environment, token, written)
}

/// Reads the new file, so that this start sees what every later one sees.
fn reload(environment: &Environment, token: Token, written: Written) -> Result<Ready, Failure> {
    let Loaded { settings, mut warnings, .. } = config::load(environment, None)?;
    warnings.extend(written.warning().cloned());
    Ok(Ready { settings, token, warnings, written: Some(written) })
}

fn nobody_to_ask(path: &Path) -> Failure {
    Failure::config("ticketbot is not configured yet, and there is no terminal to ask for the bot's token at").help(
        format!(
            "Set the environment variable TICKETBOT_TOKEN, or write {} with the token under `bot.token` or a file that \
         holds it under `bot.token_file`, or start ticketbot once at a terminal.",
            path.display()
        ),
    )
}

fn ask(terminal: &mut impl Terminal, path: &Path) -> Result<Token, Failure> {
    terminal.print(&format!(
        "Welcome! ticketbot is not configured yet. All it needs is the token of your bot:\n\
         https://discord.com/developers/applications, your application, \"Bot\", \"Reset Token\".\n\
         It will be written to {}, which only you can read.\n\
         Nothing is shown while you type or paste it.",
        path.display()
    ));
    for left in (0..ATTEMPTS).rev() {
        let answer = terminal.ask_hidden("Token: ").map_err(|error| {
            Failure::config("No token was given")
                .cause(error)
                .help("Nothing was written. Start ticketbot again, or set the environment variable TICKETBOT_TOKEN.")
        })?;
        match Token::parse(&answer) {
            Ok(token) => return Ok(token),
            Err(error) if left > 0 => terminal.print(&format!("That is not a bot token: {error}. Please try again.")),
            Err(error) => terminal.print(&format!("That is not a bot token: {error}.")),
        }
    }
    Err(Failure::config(format!("No bot token was given in {ATTEMPTS} attempts"))
        .help("Nothing was written. Copy the token again in the Developer Portal and start ticketbot again."))
}

#[cfg(test)]
mod tests;
