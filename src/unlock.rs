//! The key of an encrypted database, asked for at the terminal when the configuration names no place for it.

use crate::config::{Encryption, Settings};
use crate::domain::database_key::{DatabaseKey, KeyForm};
use crate::failure::Failure;
use crate::storage::cipher;
use crate::terminal::{SystemTerminal, Terminal};

/// How often something that is no key may be given.
const ATTEMPTS: usize = 3;

/// Whom it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ask {
    /// The key that the database has.
    Known,
    /// One that it is to have from now on: twice, because a slip of the finger would lock it for good.
    New,
}

/// Completes the settings of an encrypted database with its key.
///
/// # Errors
///
/// Exit code 2 when this build cannot use a key, when the configured one cannot be used, or when there is nobody to ask.
pub(crate) fn unlock(settings: &mut Settings, ask: Ask) -> Result<(), Failure> {
    unlock_at(&mut SystemTerminal, &settings.database.path.clone(), settings.database.encryption.as_mut(), ask)
}

fn unlock_at(
    terminal: &mut impl Terminal,
    path: &std::path::Path,
    encryption: Option<&mut Encryption>,
    ask: Ask,
) -> Result<(), Failure> {
    let Some(encryption) = encryption else { return Ok(()) };
    if !cipher::is_built_in() {
        return Err(no_cipher());
    }
    if encryption.key.as_ref().map_err(Clone::clone)?.is_none() {
        let key = ask_key(terminal, &format!("Key of {}: ", path.display()), encryption.form, ask)?;
        encryption.key = Ok(Some(key));
    }
    Ok(())
}

/// A key that is asked for at this terminal.
pub(crate) fn new_key(form: KeyForm) -> Result<DatabaseKey, Failure> {
    ask_key(&mut SystemTerminal, "New key: ", form, Ask::New)
}

/// The key of a database that another program has encrypted.
pub(crate) fn known_key(path: &std::path::Path, form: KeyForm) -> Result<DatabaseKey, Failure> {
    ask_key(&mut SystemTerminal, &format!("Key of {}: ", path.display()), form, Ask::Known)
}

/// A key is configured that this build cannot use.
pub(crate) fn no_cipher() -> Failure {
    Failure::config("A key of the database is configured, but this build of ticketbot cannot open encrypted databases")
        .next(
            "Use a released binary, or build it with: cargo build --release --features encryption. For a database that \
             is not encrypted, remove `db.key_template`, `db.key_file` and TICKETBOT_DB_KEY.",
        )
}

fn ask_key(terminal: &mut impl Terminal, prompt: &str, form: KeyForm, ask: Ask) -> Result<DatabaseKey, Failure> {
    if !terminal.is_there() {
        return Err(Failure::config("The key of the database is needed, and there is no terminal to ask for it at")
            .next("Name a file that holds it with `db.key_file`, or set the environment variable TICKETBOT_DB_KEY."));
    }
    let mut read = |prompt: &str| {
        terminal.ask_hidden(prompt).map(secrecy::SecretString::from).map_err(|error| {
            Failure::config("No key was given").because(error).next("Nothing was changed. Start ticketbot again.")
        })
    };
    let mut last = String::new();
    for _ in 0..ATTEMPTS {
        use secrecy::ExposeSecret as _;
        let answer = read(prompt)?;
        match DatabaseKey::parse(form, answer.expose_secret()) {
            Err(problem) => last = problem.to_string(),
            Ok(key) if ask == Ask::Known => return Ok(key),
            Ok(key) => {
                if read("The same again: ")?.expose_secret() == answer.expose_secret() {
                    return Ok(key);
                }
                "the two are not the same".clone_into(&mut last);
            }
        }
    }
    Err(Failure::config("That is no key").because(last).next("Nothing was changed. Start ticketbot again."))
}

/// The key in a file that was named on the command line.
pub(crate) fn from_file(option: &str, path: &std::path::Path, form: KeyForm) -> Result<DatabaseKey, Failure> {
    crate::config::read_key(&format!("The file given with {option},"), path, form)
}
