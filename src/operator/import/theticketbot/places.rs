//! theticketbot's folders on each system, and the paths in its configuration.

use std::path::{Path, PathBuf};

use directories::BaseDirs;

use crate::domain::placeholder::Template;

/// Its folders, as its library (`platformdirs`) finds them. `None` if this system or user has none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Places {
    pub(super) config: Option<PathBuf>,
    pub(super) data: Option<PathBuf>,
    pub(super) state: Option<PathBuf>,
    pub(super) log: Option<PathBuf>,
    pub(super) runtime: Option<PathBuf>,
}

impl Places {
    /// The folders of the current user.
    pub(super) fn of_user() -> Self {
        let Some(base) = BaseDirs::new() else { return Self::default() };
        if cfg!(target_os = "windows") {
            let own = base.data_local_dir().join("thegamecracks").join("theticketbot");
            return Self { log: Some(own.join("Logs")), runtime: None, ..Self::all_in(own) };
        }
        if cfg!(target_os = "macos") {
            let log = base.home_dir().join("Library/Logs/theticketbot");
            return Self { log: Some(log), runtime: None, ..Self::all_in(base.data_dir().join("theticketbot")) };
        }
        let state = base.state_dir().map(|folder| folder.join("theticketbot"));
        Self {
            config: Some(base.config_dir().join("theticketbot")),
            data: Some(base.data_dir().join("theticketbot")),
            log: state.as_ref().map(|folder| folder.join("log")),
            state,
            runtime: base.runtime_dir().map(|folder| folder.join("theticketbot")),
        }
    }

    fn all_in(folder: PathBuf) -> Self {
        Self { config: Some(folder.clone()), data: Some(folder.clone()), state: Some(folder), log: None, runtime: None }
    }

    /// Resolves a path of its configuration; `None` for an unknown folder. A relative path starts at `started_in`, the
    /// folder in which theticketbot was started.
    pub(super) fn expand(&self, written: &str, started_in: &Path) -> Option<PathBuf> {
        let template = Template::parse(written);
        let folders: Vec<_> = self.named().into_iter().filter_map(|(name, path)| Some((name, path?))).collect();
        let is_known = |name: &&str| folders.iter().any(|(known, _)| known == name);
        if !template.names().iter().all(is_known) {
            return None;
        }
        let path = template.render(|name| folders.iter().find(|(known, _)| *known == name).map(|(_, path)| *path));
        Some(started_in.join(path))
    }

    fn named(&self) -> [(&'static str, Option<&str>); 5] {
        [
            ("USER_CONFIG_DIR", text(self.config.as_deref())),
            ("USER_DATA_DIR", text(self.data.as_deref())),
            ("USER_LOG_DIR", text(self.log.as_deref())),
            ("USER_RUNTIME_DIR", text(self.runtime.as_deref())),
            ("USER_STATE_DIR", text(self.state.as_deref())),
        ]
    }
}

fn text(path: Option<&Path>) -> Option<&str> {
    path.and_then(Path::to_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_paths_may_name_its_folders() {
        let places = Places { data: Some("/d/theticketbot".into()), ..Places::default() };
        let here = Path::new("/srv/bot");
        for (written, expected) in [
            ("${USER_DATA_DIR}/theticketbot.db", Some("/d/theticketbot/theticketbot.db")),
            ("$USER_DATA_DIR/a$$b.db", Some("/d/theticketbot/a$b.db")),
            ("data/theticketbot.db", Some("/srv/bot/data/theticketbot.db")),
            ("/var/lib/x.db", Some("/var/lib/x.db")),
            ("${USER_STATE_DIR}/x.db", None),
            ("${NOTHING}/x.db", None),
        ] {
            assert_eq!(places.expand(written, here), expected.map(PathBuf::from), "{written}");
        }
    }
}
