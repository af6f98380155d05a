//! The configuration's inputs from outside the file: folders and environment variables, as values.
//!
//! Read once at start and passed on, so that tests supply their own without changing the process's environment.

use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};
use secrecy::SecretString;

use crate::failure::Failure;

/// The program's folders and environment variables.
#[derive(Debug, Clone)]
pub struct Environment {
    /// `TICKETBOT_TOKEN`, unless it is unset or blank.
    pub token: Option<SecretString>,
    /// `TICKETBOT_DB_KEY`, unless it is unset or empty.
    pub database_key: Option<SecretString>,
    /// `TICKETBOT_API_BASE`, unless it is unset or blank.
    pub api_base: Option<String>,
    /// `TICKETBOT_CLOCK_FILE`, unless it is unset or empty: see `clock_file`.
    pub clock_file: Option<PathBuf>,
    /// The working folder at start; an absolute path.
    pub working_directory: PathBuf,
    /// The platform's folders. `None`: this system or user has no such folder.
    pub folders: Folders,
}

/// The folders that a path in the configuration may use.
#[derive(Debug, Clone, Default)]
pub struct Folders {
    /// ticketbot's own folder for configuration.
    pub config: Option<PathBuf>,
    /// … for data that must not be lost.
    pub data: Option<PathBuf>,
    /// … for state, such as logs.
    pub state: Option<PathBuf>,
    /// … for caches.
    pub cache: Option<PathBuf>,
    /// The user's home folder.
    pub home: Option<PathBuf>,
    /// `CREDENTIALS_DIRECTORY`, set by systemd for `LoadCredential=`.
    pub credentials: Option<PathBuf>,
    /// The folder of `db.path`, once that is known: for backups.
    pub database: Option<PathBuf>,
}

impl Environment {
    /// The environment of this process.
    pub fn from_process() -> Result<Self, Failure> {
        let working_directory = std::env::current_dir().map_err(|error| {
            Failure::runtime("The folder that ticketbot was started in is gone or may not be read")
                .cause(error)
                .help("Change to another folder and start again.")
        })?;
        Ok(Self {
            token: variable("TICKETBOT_TOKEN").map(SecretString::from),
            database_key: std::env::var_os("TICKETBOT_DB_KEY")
                .filter(|value| !value.is_empty())
                .map(|value| SecretString::from(value.to_string_lossy().into_owned())),
            api_base: variable("TICKETBOT_API_BASE"),
            clock_file: std::env::var_os("TICKETBOT_CLOCK_FILE").filter(|value| !value.is_empty()).map(PathBuf::from),
            working_directory,
            folders: Folders::from_process(),
        })
    }
}

/// A value that is not Unicode is neither a token nor an address: it is refused when it is used.
fn variable(name: &str) -> Option<String> {
    let value = std::env::var_os(name)?.to_string_lossy().into_owned();
    (!value.trim().is_empty()).then_some(value)
}

impl Folders {
    fn from_process() -> Self {
        let own = ProjectDirs::from("", "", "ticketbot");
        let own = own.as_ref();
        Self {
            config: own.map(|own| own.config_dir().to_owned()),
            data: own.map(|own| own.data_dir().to_owned()),
            // macOS and Windows have no state folder; their local data folder is the nearest.
            state: own.map(|own| own.state_dir().unwrap_or_else(|| own.data_local_dir()).to_owned()),
            cache: own.map(|own| own.cache_dir().to_owned()),
            home: BaseDirs::new().map(|base| base.home_dir().to_owned()),
            credentials: std::env::var_os("CREDENTIALS_DIRECTORY").filter(|value| !value.is_empty()).map(PathBuf::from),
            database: None,
        }
    }

    /// The names allowed between `${` and `}`, each with its folder.
    pub(super) fn named(&self) -> [(&'static str, Option<&Path>); 7] {
        [
            ("USER_CONFIG_DIR", self.config.as_deref()),
            ("USER_DATA_DIR", self.data.as_deref()),
            ("USER_STATE_DIR", self.state.as_deref()),
            ("USER_CACHE_DIR", self.cache.as_deref()),
            ("HOME", self.home.as_deref()),
            ("CREDENTIALS_DIRECTORY", self.credentials.as_deref()),
            ("DB_DIR", self.database.as_deref()),
        ]
    }
}

#[cfg(test)]
impl Environment {
    /// An environment inside `root` with every folder but the credentials.
    pub(crate) fn within(root: &Path) -> Self {
        Self {
            token: None,
            database_key: None,
            api_base: None,
            clock_file: None,
            working_directory: root.join("work"),
            folders: Folders {
                config: Some(root.join("config/ticketbot")),
                data: Some(root.join("data/ticketbot")),
                state: Some(root.join("state/ticketbot")),
                cache: Some(root.join("cache/ticketbot")),
                home: Some(root.join("home")),
                credentials: None,
                database: None,
            },
        }
    }
}
