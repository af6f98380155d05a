//! Asks at the terminal for the key of an encrypted database, if no place for it is configured.

use crate::config::{Encryption, Settings};
use crate::domain::database_key::{DatabaseKey, KeyForm};
use crate::failure::Failure;
use crate::storage::has_encryption;
use crate::terminal::{SystemTerminal, Terminal};

/// Maximum attempts with an invalid key.
const ATTEMPTS: usize = 3;

/// What the key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ask {
    /// The current key of the database.
    Known,
    /// A new key: asked for twice, because a typing error would lock the database permanently.
    New,
}

/// Adds the key to the settings of an encrypted database.
///
/// # Errors
///
/// Exit code 2 when this build does not support keys, the configured key cannot be used, or there is no terminal to ask
/// at.
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
    if !has_encryption() {
        return Err(no_cipher());
    }
    if encryption.key.as_ref().map_err(Clone::clone)?.is_none() {
        let key = ask_key(terminal, &format!("Key of {}: ", path.display()), encryption.form, ask)?;
        encryption.key = Ok(Some(key));
    }
    Ok(())
}

/// Asks for a key at this terminal.
pub(crate) fn new_key(form: KeyForm) -> Result<DatabaseKey, Failure> {
    ask_key(&mut SystemTerminal, "New key: ", form, Ask::New)
}

/// The key of a database that another program encrypted.
pub(crate) fn known_key(path: &std::path::Path, form: KeyForm) -> Result<DatabaseKey, Failure> {
    ask_key(&mut SystemTerminal, &format!("Key of {}: ", path.display()), form, Ask::Known)
}

/// The failure for a configured key that this build does not support.
pub(crate) fn no_cipher() -> Failure {
    Failure::config("A key of the database is configured, but this build of ticketbot cannot open encrypted databases")
        .help(
            "Use a released binary, or build it with: cargo build --release --features encryption. For a database that \
             is not encrypted, remove `db.key_template`, `db.key_file` and TICKETBOT_DB_KEY.",
        )
}

fn ask_key(terminal: &mut impl Terminal, prompt: &str, form: KeyForm, ask: Ask) -> Result<DatabaseKey, Failure> {
    if !terminal.is_there() {
        return Err(Failure::config("The key of the database is needed, and there is no terminal to ask for it at")
            .help("Name a file that holds it with `db.key_file`, or set the environment variable TICKETBOT_DB_KEY."));
    }
    let mut read = |prompt: &str| {
        terminal.ask_hidden(prompt).map(secrecy::SecretString::from).map_err(|error| {
            Failure::config("No key was given").cause(error).help("Nothing was changed. Start ticketbot again.")
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
    Err(Failure::config("That is no key").cause(last).help("Nothing was changed. Start ticketbot again."))
}

/// The key in a file named on the command line.
pub(crate) fn from_file(option: &str, path: &std::path::Path, form: KeyForm) -> Result<DatabaseKey, Failure> {
    crate::config::read_key(&format!("The file given with {option},"), path, form)
}
