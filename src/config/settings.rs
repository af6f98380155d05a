//! The settings as the program uses them: checked, complete, and without secrets that could print themselves.

use std::path::PathBuf;
use std::time::Duration;

use crate::domain::database_key::{DatabaseKey, KeyForm};
use crate::domain::shards::Share;
use crate::failure::Failure;

/// Everything an operator can set, except the token, which is handed on separately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Which file was read.
    pub source: ConfigSource,
    /// Where the token comes from; `None` without one.
    pub token_source: Option<TokenSource>,
    /// How large the images and files of one inbox message may be together, in bytes: 0 to 25,000,000.
    pub max_attachment_size: u64,
    /// Which events Discord is asked for, besides guilds.
    pub intents: Intents,
    /// The database.
    pub database: Database,
    /// The backups that the program makes by itself.
    pub backup: Backup,
    /// Where Discord is.
    pub discord: Discord,
    /// Which gateway shards this process runs; `None` for all that Discord recommends.
    pub shards: Option<Share>,
    /// What is logged, and where.
    pub log: Log,
    /// How long records are kept.
    pub retention: Retention,
    /// How long running work may take to end when the bot stops: 0 to 300 seconds.
    pub shutdown_grace: Duration,
}

/// Where the configuration lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigSource {
    /// The file that was read; `None` when there is none and the defaults hold.
    pub read: Option<PathBuf>,
    /// Where a first run would write one.
    pub new_file: PathBuf,
}

/// Where the token was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenSource {
    /// The environment variable `TICKETBOT_TOKEN`.
    Environment,
    /// The file that `bot.token_file` names.
    TokenFile(PathBuf),
    /// `bot.token` in the configuration file.
    Config,
}

/// Gateway intents. Guilds are always asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intents {
    /// Messages in guilds, without their text.
    pub guild_messages: bool,
    /// Members coming and going: privileged, so it must also be on in the Developer Portal.
    pub members: bool,
}

/// The `SQLite` database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Database {
    /// An absolute path. Neither the file nor its folder need exist yet.
    pub path: PathBuf,
    /// For each connection, in order. None of those that the program sets itself.
    pub pragmas: Vec<Pragma>,
    /// `None`: the database is not encrypted.
    pub encryption: Option<Encryption>,
}

/// An encrypted database.
#[derive(Debug, Clone)]
pub struct Encryption {
    /// How the key is to be understood.
    pub form: KeyForm,
    /// Where it comes from.
    pub source: KeySource,
    /// The key; `Ok(None)` until it was asked for, `Err` when the place that wins has none that can be used.
    pub key: Result<Option<DatabaseKey>, Failure>,
}

/// The same settings, whatever the key is.
impl PartialEq for Encryption {
    fn eq(&self, other: &Self) -> bool {
        (self.form, &self.source) == (other.form, &other.source)
    }
}

impl Eq for Encryption {}

/// Where the key of the database is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySource {
    /// The environment variable `TICKETBOT_DB_KEY`.
    Environment,
    /// The file that `db.key_file` names.
    File(PathBuf),
    /// Nowhere: it is asked for at the terminal.
    Prompt,
}

/// Backups that nobody has to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// An absolute path; `None` when none are made.
    pub directory: Option<PathBuf>,
    /// How many of them are kept: 1 to 365.
    pub keep: usize,
    /// Is one made every day?
    pub daily: bool,
    /// Must there be one before the tables are changed by an update?
    pub before_update: bool,
}

/// One `PRAGMA name = value`, safe to be put into a statement as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pragma {
    /// Lower-case letters, digits and underscores.
    pub name: String,
    /// A number, a word, or a quoted string with its quotes.
    pub value: String,
}

/// Where Discord's API is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discord {
    /// Scheme, host and port, without a slash at the end.
    pub api_base: String,
    /// Is it something else than Discord itself: a proxy or a simulator?
    pub custom: bool,
    /// Was it taken from the environment variable `TICKETBOT_API_BASE`?
    pub from_environment: bool,
    /// Has the operator allowed plain http to other machines?
    pub allow_insecure_http: bool,
}

/// The log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// The folder of the log files, an absolute path; `None` when they are off.
    pub directory: Option<PathBuf>,
    /// How many days a log file is kept: 1 to 3650.
    pub retention_days: u16,
    /// Directives for `EnvFilter`, already known to be well formed; may be empty.
    pub filter: String,
}

/// How long records are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Of a ticket, after it was closed: 1 to 3650 days.
    pub closed_tickets_days: u16,
    /// Of a ticket that is not closed, after Discord archived its thread because nobody wrote: 1 to 3650 days.
    pub dormant_tickets_days: u16,
}
