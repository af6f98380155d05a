//! Reloads the configuration file while the bot runs.

use std::path::PathBuf;
use std::sync::Mutex;

use crate::app::Limits;
use crate::config::{self, Environment, Settings};
use crate::discord::state::Reload;
use crate::failure::Failure;

/// The settings that handlers need.
pub(super) fn limits(settings: &Settings) -> Limits {
    Limits { attachments: settings.max_attachment_size, answer_within: Limits::ANSWER_WITHIN }
}

/// The settings' source and last values.
pub(super) struct ConfigFile {
    path: Option<PathBuf>,
    known: Mutex<Settings>,
}

impl ConfigFile {
    pub(super) fn of(settings: &Settings) -> Self {
        Self { path: settings.source.read.clone(), known: Mutex::new(settings.clone()) }
    }
}

impl Reload for ConfigFile {
    fn reload(&self) -> Result<(Limits, bool), Failure> {
        let loaded = config::load(&Environment::from_process()?, self.path.as_deref())?;
        let mut known = self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        // Only this can change without a restart; the token is not compared, because it is not kept.
        known.max_attachment_size = loaded.settings.max_attachment_size;
        let restart_needed = *known != loaded.settings;
        Ok((limits(&loaded.settings), restart_needed))
    }
}
