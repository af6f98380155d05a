//! The settings as the program uses them: checked, complete, and with secrets that never print themselves.

use std::path::PathBuf;
use std::time::Duration;

use crate::domain::database_key::{DatabaseKey, KeyForm};
use crate::domain::shards::ShardRange;
use crate::failure::Failure;

/// Everything an operator can set, except the token, which is passed separately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The file that was read.
    pub source: ConfigSource,
    /// The token's source; `None` without one.
    pub token_source: Option<TokenSource>,
    /// Maximum total size of one inbox message's images and files, in bytes: 0 to 25,000,000.
    pub max_attachment_size: u64,
    /// Gateway intents besides guilds.
    pub intents: Intents,
    /// The database.
    pub database: Database,
    /// The automatic backups.
    pub backup: Backup,
    /// The address of Discord.
    pub discord: Discord,
    /// The gateway shards of this process; `None` for all that Discord recommends.
    pub shards: Option<ShardRange>,
    /// The log's content and location.
    pub log: Log,
    /// How long records are kept.
    pub retention: Retention,
    /// Maximum time for running work when the bot stops: 0 to 300 seconds.
    pub shutdown_grace: Duration,
}

/// The configuration's location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigSource {
    /// The file that was read; `None` if there is none and the defaults apply.
    pub read: Option<PathBuf>,
    /// Where a first run would write one.
    pub new_file: PathBuf,
}

/// The token's source.
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
    /// For each connection, in order. Excludes those that the program sets itself.
    pub pragmas: Vec<Pragma>,
    /// `None`: the database is not encrypted.
    pub encryption: Option<Encryption>,
}

/// An encrypted database.
#[derive(Debug, Clone)]
pub struct Encryption {
    /// How the key is interpreted.
    pub form: KeyForm,
    /// The key's source.
    pub source: KeySource,
    /// The key; `Ok(None)` before it is asked for, `Err` if the place with precedence has an unusable one.
    pub key: Result<Option<DatabaseKey>, Failure>,
}

/// Equal settings, ignoring the key.
impl PartialEq for Encryption {
    fn eq(&self, other: &Self) -> bool {
        (self.form, &self.source) == (other.form, &other.source)
    }
}

impl Eq for Encryption {}

/// The source of the database's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeySource {
    /// The environment variable `TICKETBOT_DB_KEY`.
    Environment,
    /// The file that `db.key_file` names.
    File(PathBuf),
    /// None: it is asked for at the terminal.
    Prompt,
}

/// Automatic backups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// An absolute path; `None` turns them off.
    pub directory: Option<PathBuf>,
    /// How many are kept: 1 to 365.
    pub keep: usize,
    /// Whether one is made every day.
    pub daily: bool,
    /// Whether a migration requires one.
    pub before_update: bool,
}

/// One `PRAGMA name = value`, safe to insert into a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pragma {
    /// Lower-case letters, digits and underscores.
    pub name: String,
    /// A number, a word, or a quoted string with its quotes.
    pub value: String,
}

/// The address of Discord's API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discord {
    /// Scheme, host and port, without a trailing slash.
    pub api_base: String,
    /// Whether it is not Discord itself, but a proxy or simulator.
    pub custom: bool,
    /// Whether the environment variable `TICKETBOT_API_BASE` set it.
    pub from_environment: bool,
    /// Whether the operator allows plain http to other machines.
    pub allow_insecure_http: bool,
}

/// The log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// The folder of the log files, an absolute path; `None` turns them off.
    pub directory: Option<PathBuf>,
    /// How many days a log file is kept: 1 to 3650.
    pub retention_days: u16,
    /// Valid directives for `EnvFilter`; may be empty.
    pub filter: String,
}

/// How long records are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Of a ticket, after it was closed: 1 to 3650 days.
    pub closed_tickets_days: u16,
    /// Of an unclosed ticket, after Discord archived its inactive thread: 1 to 3650 days.
    pub dormant_tickets_days: u16,
}
